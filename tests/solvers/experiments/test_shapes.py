"""Bumps, trees and staircases: controls, and each fit by another route."""

from __future__ import annotations

from typing import Any

import numpy
import pytest

from quizkit.verify.judgement import judge
from solvers.experiments import shapes
from tests.solvers.experiments.judging import FRESH, SEEDS, assert_any_company, assert_no_effect

LN_OF_1_2 = 0.1823
CONTROLS: list[tuple[str, dict[str, Any], float]] = [
    ("tree_against_line", {"rival": "tree"}, 0.05),
    ("tree_against_line", {"rival": "tree", "truth": "slanted"}, 0.05),
    ("isotonic_against_copying", {"rival": "isotonic"}, LN_OF_1_2),
    ("isotonic_against_copying", {"rival": "isotonic", "truth": "wave"}, LN_OF_1_2),
]
COMPANY: list[tuple[str, dict[str, Any]]] = [
    ("tree_against_line", {"truth": "coin"}),
    ("isotonic_against_copying", {"truth": "wave", "rival": "line"}),
    ("one_bump_on_xor", {"unit": "sigmoid", "steps": 20}),
]


@pytest.mark.usefixtures("device")
@pytest.mark.parametrize(("name", "conditions", "above"), CONTROLS)
def test_where_nothing_differs_no_effect_is_found(
    name: str, conditions: dict[str, Any], above: float
) -> None:
    assert_no_effect(getattr(shapes, name), conditions, above)


@pytest.mark.usefixtures("device")
@pytest.mark.parametrize(("name", "conditions"), COMPANY)
def test_a_seed_measures_the_same_in_any_company(name: str, conditions: dict[str, Any]) -> None:
    assert_any_company(getattr(shapes, name), conditions)


@pytest.mark.usefixtures("device")
def test_neither_tree_nor_line_foresees_a_coin() -> None:
    gaps = shapes.tree_against_line(SEEDS, truth="coin", first=FRESH)
    backwards = [-gap for gap in gaps]
    assert judge(gaps, 0.05).verdict == judge(backwards, 0.05).verdict == "refuted"
    assert float(numpy.mean(gaps)) == pytest.approx(0, abs=0.02)  # four standard errors


@pytest.mark.usefixtures("device")
def test_a_tree_is_the_best_of_all_trees_tried_one_by_one() -> None:
    nets = range(FRESH, FRESH + 6)
    for truth in ("coin", "checkerboard", "slanted"):
        inputs, labels = shapes._labelled(truth, nets, 24, "train")
        tree = shapes._tree(inputs, labels)
        grown = shapes._grown(tree, inputs) == labels
        for net in range(6):
            assert tree.errors[net] == _fewest(inputs[..., net], labels[:, net])
            assert tree.errors[net] == (~grown[:, net]).sum()


def _fewest(inputs: Any, labels: Any) -> int:
    """The fewest errors of a leaf, or of any first split with any split or leaf on either side."""
    cuts = [(feature, cut) for feature in (0, 1) for cut in shapes._CUTS]

    def leaf(rows: Any) -> int:
        return int(min(labels[rows].sum(), (~labels[rows]).sum()))

    def stump(rows: Any) -> int:
        lows = [inputs[:, feature] <= cut for feature, cut in cuts]
        return min(leaf(rows), *(leaf(rows & low) + leaf(rows & ~low) for low in lows))

    lows = [inputs[:, feature] <= cut for feature, cut in cuts]
    everything = numpy.ones(len(labels), dtype=bool)
    return min(leaf(everything), *(stump(low) + stump(~low) for low in lows))


def test_a_tree_labels_new_points_by_the_box_in_which_they_lie() -> None:
    """Four points in four boxes: the tree is known, and so is what it says elsewhere in each box."""
    inputs = numpy.array([[-0.9, -0.9], [-0.9, 0.9], [0.9, -0.9], [0.9, 0.9]])[..., None]
    labels = numpy.array([[False], [True], [True], [False]])
    tree = shapes._tree(inputs, labels)
    assert tree.errors.tolist() == [0]
    assert (shapes._grown(tree, inputs * 1.1) == labels).all()
    alone = shapes._tree(inputs, numpy.ones((4, 1), dtype=bool))
    assert alone.first.tolist() == [0]
    assert shapes._grown(alone, inputs).all()


@pytest.mark.usefixtures("device")
def test_a_line_is_that_of_the_normal_equations() -> None:
    nets = range(FRESH, FRESH + 6)
    inputs, labels = shapes._labelled("slanted", nets, 24, "train")
    fresh, _ = shapes._labelled("slanted", nets, 50, "test")
    said = shapes._line(inputs, labels, fresh)
    for net in range(6):
        design = numpy.column_stack([inputs[..., net], numpy.ones(24)])
        weights = numpy.linalg.solve(design.T @ design, design.T @ (2.0 * labels[:, net] - 1))
        assert (said[:, net] == (fresh[..., net] @ weights[:2] + weights[2] > 0)).all()


@pytest.mark.usefixtures("device")
@pytest.mark.parametrize("points", [1, 2, 7, 32])
def test_isotonic_fits_are_those_of_pooling_adjacent_violators(points: int) -> None:
    noisy = shapes.normals(3, "staircase", range(8), (points,)) + numpy.arange(points)[:, None] / 9
    fitted = shapes._isotonic(noisy)
    assert (numpy.diff(fitted, axis=0) >= -1e-12).all()
    for net in range(8):
        assert fitted[:, net] == pytest.approx(_pooled(noisy[:, net].tolist()), abs=1e-12)


def _pooled(targets: list[float]) -> list[float]:
    """Neighbours in the wrong order share their mean, until none is left [Ayer 1955]."""
    blocks: list[tuple[float, int]] = []
    for target in targets:
        total, size = target, 1
        while blocks and blocks[-1][0] / blocks[-1][1] > total / size:
            before, count = blocks.pop()
            total, size = total + before, size + count
        blocks.append((total, size))
    return [total / size for total, size in blocks for _ in range(size)]


@pytest.mark.usefixtures("device")
def test_no_monotone_unit_gets_more_than_three_points() -> None:
    assert max(shapes.one_bump_on_xor(64, unit="sigmoid", starts=32, first=FRESH)) <= 0.75
