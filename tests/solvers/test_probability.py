"""Probabilities, regressions and samples: cases counted, gradients solved, slices piled up."""

from __future__ import annotations

import math
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from solvers import probability, regression, sampling
from solvers.mistakes import probability as wrong_probability
from solvers.mistakes import regression as wrong_regression
from solvers.mistakes import sampling as wrong_sampling
from tests.agreement import outcome
from tests.solvers.drawn import Draw, Solver, assert_differs, assert_routes_agree, settings


def priors(random: Random) -> dict[str, Any]:
    return {
        "priors": [random.randint(0, 9) for _ in range(3)],
        "likelihoods": [random.randint(0, 100) for _ in range(3)],
    }


def bits(random: Random, count: int) -> list[int]:
    return random.choices([0, 1], k=count)


def words(random: Random) -> dict[str, Any]:
    return {
        "rows": [bits(random, 3) for _ in range(7)],
        "labels": bits(random, 7),
        "query": bits(random, 3),
        "smoothing": random.choice([0, 1, 1, 2]),
    }


def smoothed(random: Random) -> dict[str, Any]:
    return {**words(random), "smoothing": random.choice([1, 2])}


def numbers(**ranges: tuple[float, float]) -> Draw:
    def draw(random: Random) -> dict[str, Any]:
        return {name: round(random.uniform(*each), 2) for name, each in ranges.items()}

    return draw


def table(random: Random) -> dict[str, Any]:
    columns = random.randint(2, 3)
    rows = [[random.randint(0, 6) for _ in range(columns)] for _ in range(2)]
    return {"table": rows, "base": random.choice([2.0, 10.0])}


def ridge(random: Random) -> dict[str, Any]:
    count = random.randint(2, 5)
    return {
        "rows": [[random.randint(-4, 4) for _ in range(2)] for _ in range(count)],
        "targets": [random.randint(-9, 9) for _ in range(count)],
        "penalty": random.choice([0, 1, 3]),
    }


def odds(random: Random) -> dict[str, Any]:
    return {name: [random.randint(0, 20) for _ in range(2)] for name in ("zero", "one")}


def stepped(random: Random) -> dict[str, Any]:
    count = random.randint(2, 4)
    return {
        "rows": [[random.uniform(-2, 2) for _ in range(2)] for _ in range(count)],
        "labels": bits(random, count),
        "weights": [random.uniform(-1, 1) for _ in range(2)],
        "rate": random.choice([0.1, 1.0]),
    }


def whole(**ranges: tuple[int, int]) -> Draw:
    def draw(random: Random) -> dict[str, Any]:
        return {name: random.randint(*each) for name, each in ranges.items()}

    return draw


real = (-3.0, 3.0)
dense = numbers(x=real, mean=real, deviation=(0.3, 3.0))
two = numbers(x=real, first=real, second=real, deviation=(0.3, 3.0), prior=(0.05, 0.95))
folds = whole(examples=(1, 40), folds=(1, 12))
examples = whole(examples=(0, 30))
space = whole(percent=(1, 99), dimensions=(0, 20))
dimensions = whole(dimensions=(0, 20))
scattered = whole(points=(1, 500), dimensions=(1, 20))

ROUTES: list[tuple[Solver, Solver, Draw]] = [
    (probability.posteriors, probability.posteriors_by_counting, priors),
    (probability.naive_bayes, probability.naive_bayes_by_numpy, words),
    (probability.shared_spread_posterior, probability.shared_spread_posterior_by_torch, two),
    (probability.mutual_information, probability.mutual_information_by_numpy, table),
    (regression.ridge_weights, regression.ridge_weights_by_sympy, ridge),
    (regression.log_odds_weights, regression.log_odds_weights_by_numpy, odds),
    (regression.logistic_step, regression.logistic_step_by_autograd, stepped),
    (sampling.fold_sizes, sampling.fold_sizes_by_counting, folds),
    (sampling.bootstrap_share, sampling.bootstrap_share_by_loop, examples),
    (sampling.bootstrap_samples, sampling.bootstrap_samples_by_counting, examples),
    (sampling.edge_for_share, sampling.edge_for_share_by_loop, space),
    (sampling.shell_share, sampling.shell_share_by_sympy, space),
    (sampling.ball_share, sampling.ball_share_by_quadrature, dimensions),
    (sampling.nearest_distance, sampling.nearest_distance_by_loop, scattered),
]

MISTAKES: list[tuple[Solver, Solver, Draw]] = [
    (wrong_probability.priors_ignored, probability.posteriors, priors),
    (wrong_probability.not_normalised, probability.posteriors, priors),
    (wrong_probability.prior_of_one_half, probability.naive_bayes, smoothed),
    (wrong_probability.not_smoothed, probability.naive_bayes, smoothed),
    (wrong_probability.values_not_counted, probability.naive_bayes, smoothed),
    (wrong_probability.root_forgotten, probability.gaussian_density, dense),
    (wrong_probability.variance_not_squared, probability.gaussian_density, dense),
    (wrong_probability.prior_forgotten, probability.shared_spread_posterior, two),
    (wrong_probability.other_class, probability.shared_spread_posterior, two),
    (wrong_probability.joint_entropy, probability.mutual_information, table),
    (wrong_probability.wrong_base, probability.mutual_information, table),
    (wrong_regression.penalty_forgotten, regression.ridge_weights, ridge),
    (wrong_regression.penalty_per_row, regression.ridge_weights, ridge),
    (wrong_regression.features_one_by_one, regression.ridge_weights, ridge),
    (wrong_regression.probabilities_for_log_odds, regression.log_odds_weights, odds),
    (wrong_regression.slope_not_relative, regression.log_odds_weights, odds),
    (wrong_regression.uphill, regression.logistic_step, stepped),
    (wrong_regression.summed, regression.logistic_step, stepped),
    (wrong_sampling.rest_in_the_last, sampling.fold_sizes, folds),
    (wrong_sampling.training_parts, sampling.fold_sizes, folds),
    (wrong_sampling.left_out, sampling.bootstrap_share, examples),
    (wrong_sampling.everyone, sampling.bootstrap_share, examples),
    (wrong_sampling.ordered, sampling.bootstrap_samples, examples),
    (wrong_sampling.without_replacement, sampling.bootstrap_samples, examples),
    (wrong_sampling.share_itself, sampling.edge_for_share, space),
    (wrong_sampling.share_per_dimension, sampling.edge_for_share, space),
    (wrong_sampling.thickness_itself, sampling.shell_share, space),
    (wrong_sampling.core_share, sampling.shell_share, space),
    (wrong_sampling.as_in_the_plane, sampling.ball_share, dimensions),
    (wrong_sampling.even_spacing, sampling.nearest_distance, scattered),
]


@pytest.mark.parametrize(("solver", "witness", "draw"), ROUTES)
def test_routes_agree(solver: Solver, witness: Solver, draw: Draw) -> None:
    assert_routes_agree(solver, witness, draw, 12 if "sympy" in witness.__name__ else 40)


@pytest.mark.parametrize(("mistake", "solver", "draw"), MISTAKES)
def test_mistakes_are_wrong(mistake: Solver, solver: Solver, draw: Draw) -> None:
    assert_differs(mistake, solver, draw)


def test_densities_are_slopes_of_the_distribution_function() -> None:
    for drawn in settings(dense, 40):
        slope = probability.gaussian_density_by_differences(**drawn)
        assert probability.gaussian_density(**drawn) == pytest.approx(slope, rel=1e-6)


def test_independent_variables_tell_nothing() -> None:
    assert probability.mutual_information([[2, 4], [3, 6]]) == pytest.approx(0, abs=1e-12)
    assert probability.mutual_information([[5, 0], [0, 5]]) == pytest.approx(1)


def test_published_figures_of_many_dimensions() -> None:
    """Hastie et al. 2009, 2.5: edges 0.63 and 0.80; 500 points in 10 dimensions: 0.52."""
    assert sampling.edge_for_share(1, 10) == pytest.approx(0.63, abs=5e-3)
    assert sampling.edge_for_share(10, 10) == pytest.approx(0.80, abs=6e-3)
    assert sampling.nearest_distance(500, 10) == pytest.approx(0.52, abs=5e-3)
    assert sampling.ball_share(2) == pytest.approx(math.pi / 4)
    assert sampling.ball_share(3) == pytest.approx(math.pi / 6)


def test_samples_by_hand() -> None:
    assert sampling.fold_sizes(10, 3) == [4, 3, 3]
    assert sampling.bootstrap_share(2) == Fraction(3, 4)
    assert float(sampling.bootstrap_share(500)) == pytest.approx(1 - 1 / math.e, abs=1e-3)
    assert sampling.bootstrap_samples(3) == 10


def test_weights_by_hand() -> None:
    assert regression.ridge_weights([[1], [2]], [1, 3]) == [Fraction(7, 5)]
    assert regression.ridge_weights([[1], [2]], [1, 3], 2) == [1]
    assert outcome(regression.ridge_weights, {"rows": [[1, 2]], "targets": [1]}) is ValueError
    assert regression.log_odds_weights([3, 1], [1, 3]) == pytest.approx([-math.log(3), math.log(9)])


@pytest.mark.parametrize(
    ("solver", "arguments", "said"),
    [
        (probability.posteriors, ([1, -1], [5, 5]), "priors"),
        (probability.posteriors, ([1, 1], [5, 101]), "likelihoods"),
        (probability.posteriors, ([1, 0], [0, 5]), "products are 0"),
        (probability.naive_bayes, ([[1]], [1], [1]), "both present"),
        (probability.naive_bayes, ([[1], [0]], [1, 0], [2]), "zeros and ones"),
        (probability.naive_bayes, ([[0], [0]], [1, 0], [1], 0), "smoothing 0"),
        (probability.gaussian_density, (0.0, 0.0, 0.0), "deviation"),
        (probability.shared_spread_posterior, (0.0, 0.0, 1.0, 1.0, 1.0), "prior"),
        (probability.mutual_information, ([[0, 0]],), "table"),
        (probability.mutual_information, ([[1]], 1.0), "base"),
        (regression.ridge_weights, ([], []), "rows"),
        (regression.ridge_weights, ([[1]], [1], -1), "penalty"),
        (regression.log_odds_weights, ([0, 1], [1, 1]), "counts"),
        (regression.logistic_step, ([[1.0]], [2], [0.0], 0.1), "labels"),
        (regression.logistic_step, ([[1.0]], [1], [0.0, 1.0], 0.1), "rows"),
        (sampling.fold_sizes, (3, 4), "folds"),
        (sampling.bootstrap_share, (0,), "1 to 500"),
        (sampling.shell_share, (100, 3), "percent"),
        (sampling.ball_share, (0,), "dimensions"),
    ],
)
def test_bad_arguments_are_named(solver: Solver, arguments: tuple[Any, ...], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        solver(*arguments)
