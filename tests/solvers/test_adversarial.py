"""Divergences and bounds: entropies, all events and pairings, Gauss-Hermite nodes, autograd."""

from __future__ import annotations

import math
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from solvers import adversarial, generative, variational
from solvers.mistakes import adversarial as wrong_adversarial
from solvers.mistakes import variational as wrong_variational
from tests.solvers.drawn import Draw, Solver, assert_differs, assert_routes_agree, settings


def shares(random: Random) -> dict[str, Any]:
    drawn = {}
    for name in ("real", "generated"):
        counts = random.choice([[1, 0, 3, 4], [2, 2, 2, 2], [5, 3, 0, 0], [1, 1, 2, 4]])
        drawn[name] = [n / 8 for n in random.sample(counts, 4)]
    return drawn


def shares_with_base(random: Random) -> dict[str, Any]:
    return {**shares(random), "base": random.choice([2.0, math.e, 10.0])}


def masses(random: Random) -> dict[str, Any]:
    return {
        "places": random.sample(range(10), 4),
        "real": [random.randint(0, 4) for _ in range(4)],
        "generated": [random.randint(0, 4) for _ in range(4)],
    }


def samples(random: Random) -> dict[str, Any]:
    return {name: [random.randint(0, 9) for _ in range(5)] for name in ("first", "second")}


def judged(random: Random) -> dict[str, Any]:
    goal = random.choice(["saturating", "non-saturating"])
    return {"probability": random.randint(0, 20) / 20, "goal": goal}


def code(random: Random) -> dict[str, Any]:
    return {
        name: [random.randint(-8, 8) / 4 for _ in range(3)] for name in ("means", "log_variances")
    }


def numbers(**ranges: tuple[float, float]) -> Draw:
    def draw(random: Random) -> dict[str, Any]:
        return {name: round(random.uniform(*each), 2) for name, each in ranges.items()}

    return draw


real, positive = (-2.0, 2.0), (0.0, 2.0)
two = numbers(mean=real, deviation=positive, other_mean=real, other_deviation=positive)
sampled = numbers(mean=real, log_variance=real, noise=real, target=real)
expected = numbers(mean=real, deviation=positive, target=real)
bound = numbers(observed=real, slope=real, noise=positive, mean=real, deviation=positive)
evidence = numbers(observed=real, slope=real, noise=positive)

ROUTES: list[tuple[Solver, Solver, Draw]] = [
    (adversarial.jensen_shannon, adversarial.jensen_shannon_by_numpy, shares_with_base),
    (adversarial.total_variation, adversarial.total_variation_by_loop, shares),
    (adversarial.wasserstein, adversarial.wasserstein_by_counting, masses),
    (adversarial.matched_distance, adversarial.matched_distance_by_loop, samples),
    (adversarial.generator_slope, adversarial.generator_slope_by_autograd, judged),
    (variational.kl_to_standard, variational.kl_to_standard_by_quadrature, code),
    (variational.gaussian_kl, variational.gaussian_kl_by_torch, two),
    (variational.pathwise_gradient, variational.pathwise_gradient_by_autograd, sampled),
    (variational.expected_gradient, variational.expected_gradient_by_quadrature, expected),
    (variational.lower_bound, variational.lower_bound_by_quadrature, bound),
    (variational.log_evidence, variational.log_evidence_by_numpy, evidence),
]

MISTAKES: list[tuple[Solver, Solver, Draw]] = [
    (wrong_adversarial.not_halved, adversarial.jensen_shannon, shares),
    (wrong_adversarial.one_side_only, adversarial.jensen_shannon, shares),
    (wrong_adversarial.sum_of_gaps, adversarial.total_variation, shares),
    (wrong_adversarial.largest_gap, adversarial.total_variation, shares),
    (wrong_adversarial.places_ignored, adversarial.wasserstein, masses),
    (wrong_adversarial.distance_of_means, adversarial.wasserstein, masses),
    (wrong_adversarial.paired_as_listed, adversarial.matched_distance, samples),
    (wrong_adversarial.goals_swapped, adversarial.generator_slope, judged),
    (wrong_adversarial.slope_in_probability, adversarial.generator_slope, judged),
    (wrong_variational.half_forgotten, variational.kl_to_standard, code),
    (wrong_variational.logarithm_for_variance, variational.kl_to_standard, code),
    (wrong_variational.means_only, variational.kl_to_standard, code),
    (wrong_variational.reversed_direction, variational.gaussian_kl, two),
    (wrong_variational.noise_ignored, variational.pathwise_gradient, sampled),
    (wrong_variational.slope_by_deviation, variational.pathwise_gradient, sampled),
    (wrong_variational.spread_has_no_slope, variational.expected_gradient, expected),
    (wrong_variational.divergence_added, variational.lower_bound, bound),
    (wrong_variational.evidence_for_bound, variational.lower_bound, bound),
    (wrong_variational.prior_ignored, variational.log_evidence, evidence),
]


@pytest.mark.parametrize(("solver", "witness", "draw"), ROUTES)
def test_routes_agree(solver: Solver, witness: Solver, draw: Draw) -> None:
    assert_routes_agree(solver, witness, draw)


@pytest.mark.parametrize(("mistake", "solver", "draw"), MISTAKES)
def test_mistakes_are_wrong(mistake: Solver, solver: Solver, draw: Draw) -> None:
    assert_differs(mistake, solver, draw)


def test_a_generator_can_gain_twice_the_divergence() -> None:
    for drawn in settings(shares, 20):
        excess = generative.generator_excess(**drawn)
        assert 2 * adversarial.jensen_shannon(**drawn) == pytest.approx(excess, abs=1e-12)


def test_apart_the_divergence_is_full_but_only_the_transport_distance_tells_how_far() -> None:
    apart = [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]
    assert adversarial.jensen_shannon(*apart, base=2) == pytest.approx(1)
    assert adversarial.total_variation(*apart) == 1
    assert adversarial.wasserstein([0, 1, 5], [1, 0, 0], [0, 0, 1]) == 5
    assert adversarial.wasserstein([0, 1, 5], [1, 0, 1], [0, 1, 1]) == Fraction(1, 2)


def test_the_bound_lies_below_the_evidence_and_touches_it_at_the_posterior() -> None:
    for drawn in settings(bound, 30):
        if min(drawn["noise"], drawn["deviation"]) > 0:
            top = variational.log_evidence(drawn["observed"], drawn["slope"], drawn["noise"])
            assert variational.lower_bound(**drawn) <= top + 1e-12
    # x = z + noise of variance 1: the posterior of z at x = 2 is N(1, 1/2).
    touching = variational.lower_bound(2.0, 1.0, 1.0, 1.0, math.sqrt(0.5))
    assert touching == pytest.approx(variational.log_evidence(2.0, 1.0, 1.0))


@pytest.mark.parametrize(
    ("solver", "arguments", "said"),
    [
        (adversarial.jensen_shannon, ([0.5, 0.5], [0.5, 0.6]), "generated must be"),
        (adversarial.jensen_shannon, ([1.0], [1.0], 1.0), "base"),
        (adversarial.total_variation, ([], []), "real must be"),
        (adversarial.wasserstein, ([1, 1], [1, 1], [1, 1]), "distinct"),
        (adversarial.wasserstein, ([1, 2], [0, 0], [1, 1]), "real must be 2 counts"),
        (adversarial.matched_distance, ([1], [1, 2]), "as many samples"),
        (adversarial.generator_slope, (1.0, "saturating"), "probability"),
        (variational.kl_to_standard, ([], []), "log_variances"),
        (variational.gaussian_kl, (0.0, 0.0, 0.0, 1.0), "deviation must be above 0"),
        (variational.lower_bound, (0.0, 1.0, -1.0, 0.0, 1.0), "noise"),
    ],
)
def test_bad_arguments_are_named(solver: Solver, arguments: tuple[Any, ...], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        solver(*arguments)
