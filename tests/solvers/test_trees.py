"""Trees and separating planes: pairs counted, null vectors of sympy, the dual perceptron, XOR."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from random import Random
from typing import Any

import pytest

from solvers import perceptron, separability, trees
from solvers.mistakes import separability as wrong_planes
from solvers.mistakes import trees as wrong_trees
from tests.agreement import outcome
from tests.solvers.drawn import Draw, Solver, assert_differs, assert_routes_agree, settings

SQUARE = [[0, 0], [0, 1], [1, 0], [1, 1]]


def points(random: Random) -> dict[str, Any]:
    axes, count = random.choice([1, 2, 2, 3]), random.randint(2, 6)
    return {
        "points": [[random.randint(-4, 4) for _ in range(axes)] for _ in range(count)],
        "labels": random.choices([-1, 1], k=count),
    }


def halved(random: Random) -> dict[str, Any]:
    """Points of the plane, mostly separable: labelled by a line that misses them."""
    normal = [random.choice([-2, -1, 1, 2]), random.randint(-2, 2)]
    drawn = [[random.randint(-4, 4) for _ in range(2)] for _ in range(random.randint(3, 6))]
    level = random.choice([-3, -1, 0, 1, 3])
    sides = [2 * sum(w * x for w, x in zip(normal, p, strict=True)) > level for p in drawn]
    return {"points": drawn, "labels": [1 if side else -1 for side in sides]}


def trained(random: Random) -> dict[str, Any]:
    return {**halved(random), "bias": random.random() < 0.7}


def bounded(random: Random) -> dict[str, Any]:
    drawn = halved(random)
    return {**drawn, "separator": [random.randint(-3, 3) for _ in range(2)], "bias": False}


def separated(random: Random) -> dict[str, Any]:
    weights = [random.randint(1, 3), random.randint(-3, -1)]
    drawn = [[random.randint(-4, 4), random.randint(-4, 4)] for _ in range(4)]
    labels = [1 if sum(map(int.__mul__, weights, point)) > 0 else -1 for point in drawn]
    return {"points": drawn, "labels": labels, "separator": weights}


def node(random: Random) -> dict[str, Any]:
    return {"counts": [random.randint(0, 9) for _ in range(random.randint(2, 4))]}


def node_with_base(random: Random) -> dict[str, Any]:
    return {**node(random), "base": random.choice([2.0, 3.0, 10.0])}


def branches(random: Random) -> dict[str, Any]:
    classes = random.randint(2, 3)
    return {"branches": [[random.randint(0, 6) for _ in range(classes)] for _ in range(2)]}


def branches_with_base(random: Random) -> dict[str, Any]:
    return {**branches(random), "base": random.choice([2.0, 4.0])}


def valued(random: Random) -> dict[str, Any]:
    count = random.randint(3, 8)
    return {
        "values": [float(random.randint(0, 9)) for _ in range(count)],
        "labels": random.choices([0, 1, 2], k=count),
        "measure": random.choice(["entropy", "gini", "error"]),
    }


ROUTES: list[tuple[Solver, Solver, Draw]] = [
    (separability.is_separable, separability.is_separable_by_sympy, points),
    (separability.mistake_bound, separability.mistake_bound_by_sympy, separated),
    (separability.perceptron_mistakes, separability.perceptron_mistakes_by_numpy, trained),
    (separability.widest_margin, separability.widest_margin_by_numpy, halved),
    (trees.node_entropy, trees.node_entropy_by_torch, node_with_base),
    (trees.gini, trees.gini_by_counting, node),
    (trees.information_gain, trees.information_gain_by_numpy, branches_with_base),
    (trees.gini_gain, trees.gini_gain_by_counting, branches),
    (trees.gain_ratio, trees.gain_ratio_by_fractions, branches),
    (trees.best_threshold, trees.best_threshold_by_numpy, valued),
    (trees.stump_accuracy, trees.stump_accuracy_by_loop, points),
]

MISTAKES: list[tuple[Solver, Solver, Draw]] = [
    (wrong_planes.through_the_origin, separability.is_separable, points),
    (wrong_planes.along_one_axis, separability.is_separable, points),
    (wrong_planes.not_squared, separability.mistake_bound, separated),
    (wrong_planes.separator_not_normalised, separability.mistake_bound, separated),
    (wrong_planes.one_pass, separability.perceptron_mistakes, halved),
    (wrong_planes.full_gap, separability.widest_margin, halved),
    (wrong_planes.nearest_pair, separability.widest_margin, halved),
    (wrong_trees.natural_logarithm, trees.node_entropy, node),
    (wrong_trees.minority_term_only, trees.node_entropy, node),
    (wrong_trees.sum_of_squares, trees.gini, node),
    (wrong_trees.error_rate, trees.gini, node),
    (wrong_trees.without_replacement, trees.gini, node),
    (wrong_trees.branches_unweighted, trees.information_gain, branches),
    (wrong_trees.entropy_left, trees.information_gain, branches),
    (wrong_trees.gini_unweighted, trees.gini_gain, branches),
    (wrong_trees.plain_gain, trees.gain_ratio, branches),
    (wrong_trees.middle_of_the_range, trees.best_threshold, valued),
    (wrong_trees.value_itself, trees.best_threshold, valued),
    (wrong_trees.majority_only, trees.stump_accuracy, points),
    (wrong_trees.first_axis_only, trees.stump_accuracy, points),
]


@pytest.mark.parametrize(("solver", "witness", "draw"), ROUTES)
def test_routes_agree(solver: Solver, witness: Solver, draw: Draw) -> None:
    assert_routes_agree(solver, witness, draw, 30)


@pytest.mark.parametrize(("mistake", "solver", "draw"), MISTAKES)
def test_mistakes_are_wrong(mistake: Solver, solver: Solver, draw: Draw) -> None:
    assert_differs(mistake, solver, draw)


def test_separable_boolean_functions_are_as_many_as_published() -> None:
    """14 of 16 for two inputs; the two constant ones have one class only, and are left out here."""
    tables = [list(labels) for labels in product([-1, 1], repeat=4) if len(set(labels)) == 2]
    separable = [labels for labels in tables if separability.is_separable(SQUARE, labels)]
    assert len(separable) + 2 == perceptron.separable_functions(2) == 14
    assert [-1, 1, 1, -1] not in separable


def test_the_rule_keeps_to_its_bound() -> None:
    seen = 0
    for drawn in settings(separated, 60):
        mistakes = outcome(
            separability.perceptron_mistakes,
            {"points": drawn["points"], "labels": drawn["labels"], "bias": False},
        )
        bound = outcome(separability.mistake_bound, drawn)
        if bound is not ValueError:
            assert mistakes <= bound
            seen += 1
    assert seen > 15


def test_touching_hulls_are_not_separable() -> None:
    assert not separability.is_separable([[0, 0], [2, 2], [1, 1]], [1, 1, -1])
    assert not separability.is_separable([[1, 1], [1, 1]], [1, -1])
    assert separability.is_separable([[0, 0, 0], [1, 1, 1]], [1, -1])


def test_margin_by_hand() -> None:
    # The nearest points are (0, 1) and (0, −1) on one side and (2, 0) on the other.
    assert separability.widest_margin([[0, 1], [0, -1], [2, 0]], [-1, -1, 1]) == 1
    assert separability.widest_margin([[0, 0], [3, 4]], [-1, 1]) == 2.5


def test_weather_table_of_quinlan() -> None:
    """The 14 days of Quinlan (1986): 9 to 5, and outlook's three branches gain 0.247 bits."""
    assert trees.node_entropy([9, 5]) == pytest.approx(0.940, abs=5e-4)
    outlook = [[2, 3], [4, 0], [3, 2]]
    assert trees.information_gain(outlook) == pytest.approx(0.247, abs=5e-4)
    assert trees.information_gain([[3, 3], [6, 2]]) == pytest.approx(0.048, abs=5e-4)


def test_xor_gains_nothing_by_one_question() -> None:
    labels = [0, 1, 1, 0]
    assert trees.stump_accuracy(SQUARE, labels) == Fraction(1, 2)
    assert trees.gini_gain([[1, 1], [1, 1]]) == 0
    assert trees.information_gain([[1, 1], [1, 1]]) == 0


def test_ties_go_to_the_lowest_threshold() -> None:
    assert trees.best_threshold([1.0, 2.0, 3.0, 4.0], [0, 1, 1, 0], "gini") == 1.5
    assert trees.best_threshold([1.0, 2.0, 4.0, 9.0], [0, 0, 1, 1], "entropy") == 3


@pytest.mark.parametrize(
    ("solver", "arguments", "said"),
    [
        (separability.is_separable, (SQUARE, [1, 1, 1, 1]), "both present"),
        (separability.is_separable, ([[0, 0], [1]], [1, -1]), "coordinates"),
        (separability.is_separable, ([[i] for i in range(11)], [1] * 10 + [-1]), "at most 10"),
        (separability.perceptron_mistakes, (SQUARE, [1, -1, -1, 1]), "separable"),
        (separability.perceptron_mistakes, ([[1, 0], [2, 0]], [1, -1], False), "separable"),
        (separability.mistake_bound, ([[1, 0], [0, 1]], [1, -1], [1, 1]), "separator"),
        (separability.widest_margin, ([[0], [1]], [1, -1]), "plane"),
        (trees.node_entropy, ([0, 0],), "counts"),
        (trees.node_entropy, ([1, 2], 1.0), "base"),
        (trees.gini, ([2, -1],), "counts"),
        (trees.information_gain, ([[1], [1, 2]],), "branches"),
        (trees.gain_ratio, ([[1, 2], [0, 0]],), "two at least"),
        (trees.best_threshold, ([1.0, 1.0], [0, 1], "gini"), "values"),
        (trees.stump_accuracy, ([], []), "points"),
    ],
)
def test_bad_arguments_are_named(solver: Solver, arguments: tuple[Any, ...], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        solver(*arguments)
