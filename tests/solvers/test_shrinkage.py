"""shrinkage, dropout_moments, bias_variance: every mask, every sign of the noise, numpy's fits."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from solvers import bias_variance, dropout_moments, regularisation, shrinkage
from solvers.mistakes import bias_variance as wrong_parts
from solvers.mistakes import dropout_moments as wrong_dropout
from solvers.mistakes import shrinkage as wrong
from tests.solvers.drawn import Draw, Solver, assert_differs, assert_routes_agree


def numbers(random: Random, count: int) -> list[float]:
    return [random.uniform(-2, 2) for _ in range(count)]


def design(random: Random, **more: Any) -> dict[str, Any]:
    rows, width = random.randint(3, 5), random.randint(1, 2)
    inputs = [numbers(random, width) for _ in range(rows)]
    return {"inputs": inputs, "targets": numbers(random, rows), **more}


def ridged(random: Random) -> dict[str, Any]:
    flags = {"averaged": random.random() < 0.5}
    return design(random, penalty=random.choice([0.0, 0.1, 1.0, 5.0, -1.0]), **flags)


def lassoed(random: Random) -> dict[str, Any]:
    return design(random, l1=random.choice([0.0, 0.3, 1.0, -1.0]), l2=random.choice([0.0, 0.5]))


def spectrum(random: Random) -> dict[str, Any]:
    values = [random.uniform(0.0, 4) for _ in range(random.randint(0, 4))]
    return {"singular_values": values, "penalty": random.choice([0.0, 0.5, 3.0, -1.0])}


def stopped(random: Random) -> dict[str, Any]:
    rate, steps = random.choice([0.01, 0.1, 0.9]), random.randint(0, 30)
    return {"curvature": random.uniform(0.1, 2), "rate": rate, "steps": steps}


def dropping(random: Random) -> dict[str, Any]:
    count = random.randint(0, 5)
    rate = random.choice([0.0, 0.2, 0.5, 0.8, 1.0])
    flags = {"rate": rate, "inverted": random.random() < 0.5}
    return {"weights": numbers(random, count), "inputs": numbers(random, count), **flags}


def penalised(random: Random) -> dict[str, Any]:
    count, rate = random.randint(1, 4), random.choice([0.0, 0.2, 0.5, 1.0])
    examples = [numbers(random, count) for _ in range(3)]
    targets = numbers(random, 3)
    return {
        "weights": numbers(random, count),
        "examples": examples,
        "targets": targets,
        "rate": rate,
    }


def connected(random: Random) -> dict[str, Any]:
    weights = [numbers(random, 3) for _ in range(2)]
    return {
        "weights": weights,
        "inputs": numbers(random, 3),
        "rate": random.choice([0.2, 0.5, 1.0]),
    }


def two_units(random: Random) -> dict[str, Any]:
    found = connected(random)
    first, second = found.pop("weights")
    return {"first": first, "second": second, **found}


def widths(random: Random) -> dict[str, Any]:
    return {
        "units": [random.randint(0 if random.random() < 0.1 else 1, 5) for _ in range(3)],
        "weights": random.random() < 0.5,
    }


def predicted(random: Random) -> dict[str, Any]:
    predictions = numbers(random, random.randint(0, 5))
    return {"predictions": predictions, "truth": 0.5, "noise": random.choice([0.0, 0.3, -1.0])}


def polynomial(random: Random) -> dict[str, Any]:
    inputs = [float(x) for x in random.sample(range(-3, 4), random.randint(2, 6))]
    degree, point = random.randint(0, 3), random.uniform(-3, 3)
    more = {"degree": degree, "at": point, "truth": point**2, "noise": random.choice([0.0, 0.5])}
    return {"inputs": inputs, "truths": [x**2 for x in inputs], **more}


def smoothed(random: Random) -> dict[str, Any]:
    smoothing = random.choice([0.0, 0.1, 0.4, 1.1])
    return {"classes": random.randint(1, 6), "target": random.randint(0, 3), "smoothing": smoothing}


def mixing(random: Random) -> dict[str, Any]:
    count = random.randint(0, 4)
    share = random.choice([0.0, 0.3, 1.0, 1.5])
    return {"first": numbers(random, count), "second": numbers(random, count), "share": share}


CASES: list[tuple[Solver, Solver, Draw, tuple[Solver, ...]]] = [
    (shrinkage.ridge, shrinkage.ridge_by_numpy, ridged, (wrong.other_loss, wrong.unpenalised)),
    (
        shrinkage.shrinkage_factors,
        shrinkage.shrinkage_factors_by_numpy,
        spectrum,
        (wrong.unsquared, wrong.lost_share),
    ),
    (
        shrinkage.degrees_of_freedom,
        shrinkage.degrees_of_freedom_by_numpy,
        spectrum,
        (wrong.parameters_counted,),
    ),
    (
        shrinkage.lasso,
        shrinkage.lasso_by_numpy,
        lassoed,
        (wrong.whole_penalty, wrong.shrunk_like_ridge),
    ),
    (
        shrinkage.stopped_factor,
        shrinkage.stopped_factor_by_torch,
        stopped,
        (wrong.steps_times_rate, wrong.what_is_left),
    ),
    (
        shrinkage.equivalent_penalty,
        shrinkage.equivalent_penalty_by_loop,
        stopped,
        (wrong.rate_times_steps,),
    ),
    (
        dropout_moments.dropped_mean,
        dropout_moments.dropped_mean_by_counting,
        dropping,
        (wrong_dropout.scaling_mixed_up, wrong_dropout.rate_for_kept),
    ),
    (
        dropout_moments.dropped_variance,
        dropout_moments.dropped_variance_by_counting,
        dropping,
        (wrong_dropout.other_variance, wrong_dropout.square_of_sum),
    ),
    (
        dropout_moments.dropout_penalty,
        dropout_moments.dropout_penalty_by_counting,
        penalised,
        (wrong_dropout.odds_turned, wrong_dropout.plain_decay),
    ),
    (
        dropout_moments.drop_connect_variance,
        dropout_moments.drop_connect_variance_by_counting,
        connected,
        (wrong_dropout.rescaled,),
    ),
    (
        dropout_moments.dropout_covariance,
        dropout_moments.dropout_covariance_by_counting,
        two_units,
        (wrong_dropout.independent_units,),
    ),
    (
        dropout_moments.thinned_nets,
        dropout_moments.thinned_nets_by_counting,
        widths,
        (wrong_dropout.units_as_nets, wrong_dropout.other_switches),
    ),
    (
        bias_variance.decomposition,
        bias_variance.decomposition_by_fractions,
        predicted,
        (wrong_parts.bias_unsquared, wrong_parts.sample_variance),
    ),
    (
        bias_variance.polynomial_bias_variance,
        bias_variance.polynomial_bias_variance_by_numpy,
        polynomial,
        (wrong_parts.noise_averaged, wrong_parts.deviation),
    ),
    (
        bias_variance.smoothed_targets,
        bias_variance.smoothed_targets_by_torch,
        smoothed,
        (wrong_parts.target_not_sharing, wrong_parts.sum_above_one),
    ),
    (
        bias_variance.mixed,
        bias_variance.mixed_by_torch,
        mixing,
        (wrong_parts.shares_swapped, wrong_parts.halved),
    ),
]


@pytest.mark.parametrize(("solver", "witness", "draw", "mistakes"), CASES)
def test_the_routes_agree_and_the_mistakes_differ(
    solver: Solver, witness: Solver, draw: Draw, mistakes: tuple[Solver, ...]
) -> None:
    assert_routes_agree(solver, witness, draw)
    for mistake in mistakes:
        assert_differs(mistake, solver, draw)


def test_penalties_worked_by_hand() -> None:
    # orthonormal columns: ridge divides by 1 + λ, lasso takes λ off, early stopping 1 − 0.9^t
    identity, targets = [[1.0, 0.0], [0.0, 1.0]], [3.0, -0.5]
    assert shrinkage.ridge(identity, targets, 1.0) == [1.5, -0.25]
    assert shrinkage.lasso(identity, targets, 1.0) == [2.0, 0.0]
    assert shrinkage.lasso(identity, targets, 1.0) == regularisation.soft_threshold(targets, 1.0)
    assert shrinkage.lasso(identity, targets, 1.0, l2=1.0) == [1.0, 0.0]
    assert shrinkage.degrees_of_freedom([1.0, 1.0], 1.0) == 1.0
    assert shrinkage.stopped_factor(1.0, 0.1, 2) == pytest.approx(0.19)


def test_the_equivalent_penalty_makes_ridge_stop_where_descent_does() -> None:
    penalty = shrinkage.equivalent_penalty(4.0, 0.01, 20)
    (weight,) = shrinkage.ridge([[2.0]], [2.0], penalty)  # curvature 4, minimum 1
    assert weight == pytest.approx(shrinkage.stopped_factor(4.0, 0.01, 20))
    assert shrinkage.equivalent_penalty(1e-4, 0.01, 20) == pytest.approx(1 / (0.01 * 20), rel=1e-3)


def test_what_is_alike_is_refused() -> None:
    for route in (shrinkage.ridge, shrinkage.ridge_by_numpy):
        with pytest.raises(ValueError, match=r"inverse|independent"):
            route([[1.0, 2.0], [2.0, 4.0]], [1.0, 2.0], 0.0)


def test_a_line_through_a_parabola_is_biased_and_a_parabola_is_not() -> None:
    inputs = [-1.0, 0.0, 1.0, 2.0]
    setting = (inputs, [x * x for x in inputs])
    straight = bias_variance.polynomial_bias_variance(*setting, 1, 0.0, 0.0, 1.0)
    curved = bias_variance.polynomial_bias_variance(*setting, 2, 0.0, 0.0, 1.0)
    assert straight[0] > 0.1
    assert curved[0] == pytest.approx(0, abs=1e-12)
    assert curved[1] > straight[1]


def designed(random: Random) -> dict[str, Any]:
    width = random.randint(1, 2)
    return {
        "inputs": [numbers(random, width) for _ in range(random.randint(width + 2, 7))],
        "weights": numbers(random, width),
        "at": numbers(random, width),
        "noise": random.choice([0.0, 0.5, 2.0]),
        "penalty": random.choice([0.0, 0.1, 1.0, 10.0]),
    }


def test_what_ridge_adds_is_the_mean_over_all_signs_of_the_noise() -> None:
    solver, witness = bias_variance.ridge_excess, bias_variance.ridge_excess_by_numpy
    assert_routes_agree(solver, witness, designed)


@pytest.mark.parametrize(("factor", "samples"), [(0.5, 4), (0.9, 3), (0.1, 9)])
def test_a_shrunk_mean_by_its_own_formula(factor: float, samples: int) -> None:
    """c²σ²/n + (1 − c)²μ² less σ²/n, c = n/(n + λ)."""
    penalty, mean, deviation = samples / factor - samples, 1.5, 2.0
    found = bias_variance.ridge_excess([[1.0]] * samples, [mean], [1.0], deviation, penalty)
    spread = deviation**2 / samples
    assert found == pytest.approx(factor**2 * spread + ((1 - factor) * mean) ** 2 - spread)


def test_some_bias_always_pays_where_there_is_noise() -> None:
    """Hoerl & Kennard 1970, theorem 4.3: summed over the coefficients, for small penalties."""
    inputs, weights = [[1.0, 0.9], [0.2, 0.1], [-1.0, -1.3], [0.4, 0.6]], [3.0, -2.0]
    axes = ([1.0, 0.0], [0.0, 1.0])

    def excess(noise: float) -> float:
        return sum(bias_variance.ridge_excess(inputs, weights, at, noise, 1e-3) for at in axes)

    assert excess(1.0) < 0 < excess(0.0)


def test_bad_designs_are_named() -> None:
    with pytest.raises(ValueError, match="weights and at"):
        bias_variance.ridge_excess([[1.0]], [1.0], [1.0, 2.0], 1.0, 1.0)
    with pytest.raises(ValueError, match="inputs must be 1 to 10 rows of 1"):
        bias_variance.ridge_excess([[1.0, 2.0]], [1.0], [1.0], 1.0, 1.0)
    with pytest.raises(ValueError, match="penalty"):
        bias_variance.ridge_excess([[1.0]], [1.0], [1.0], 1.0, -1.0)


def test_thinned_nets_of_a_small_net() -> None:
    assert dropout_moments.thinned_nets([3, 2]) == 32
    assert dropout_moments.thinned_nets([3, 2], weights=True) == 64
