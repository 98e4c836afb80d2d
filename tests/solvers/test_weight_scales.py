"""weight_scales, signal_propagation: what torch really draws, every sign of every weight."""

from __future__ import annotations

from itertools import product
from math import e, sqrt
from random import Random
from typing import Any, get_args

import pytest

from solvers import signal_propagation, weight_scales
from solvers.mistakes import signal_propagation as wrong_signals
from solvers.mistakes import weight_scales as wrong
from tests.solvers.drawn import Draw, Solver, assert_differs, assert_routes_agree


def layer(random: Random) -> dict[str, Any]:
    kind = random.choice(get_args(weight_scales.Kind))
    dense = kind == "dense" and random.random() < 0.9
    kernel = [] if dense else [random.randint(1, 4) for _ in range(random.randint(1, 3))]
    inputs, outputs = (random.randint(1, 4) * 6 for _ in range(2))
    groups = 1 if dense else random.choice([1, 2, 3, 5])
    return {"kind": kind, "inputs": inputs, "outputs": outputs, "kernel": kernel, "groups": groups}


def scheme(random: Random) -> dict[str, Any]:
    fan_in, fan_out = (random.choice([0, 3, 16, 40, 100]) for _ in range(2))
    kind = random.choice(get_args(weight_scales.Scheme))
    return {
        "scheme": kind,
        "fan_in": fan_in,
        "fan_out": fan_out,
        "gain": random.choice([0.5, 1, 2]),
    }


def activated(random: Random) -> dict[str, Any]:
    activation = random.choice(get_args(weight_scales.Gain))
    return {"activation": activation, "slope": random.choice([0.01, 0.2, 1.0])}


def cut(random: Random) -> dict[str, Any]:
    ends = random.choice([(-2.0, 2.0), (-1.0, 3.0), (0.0, 1.0), (2.0, 1.0), (-0.3, 0.1)])
    flags = {"absolute": random.random() < 0.5}
    return {"deviation": random.choice([0.1, 1.0, 2.5]), "low": ends[0], "high": ends[1], **flags}


def tall(random: Random) -> dict[str, Any]:
    width, height = random.randint(1, 3), random.randint(2, 4)
    return {"rows": [[random.uniform(-2, 2) for _ in range(width)] for _ in range(height)]}


def net(random: Random) -> dict[str, Any]:
    widths = [random.randint(1, 9) for _ in range(random.randint(1, 4))]
    return {
        "widths": widths,
        "variances": [random.uniform(0.1, 2) for _ in widths[1:]],
        "activation": random.choice(["linear", "relu"]),
        "direction": random.choice(["forward", "backward"]),
    }


def residual(random: Random) -> dict[str, Any]:
    blocks, branch = random.randint(0, 12), random.choice([0.0, 0.5, 1.0])
    return {"blocks": blocks, "branch": branch, "scale": random.choice([1.0, 0.3, -0.5])}


def field(random: Random) -> dict[str, Any]:
    variances = {
        "weight_variance": random.uniform(0.5, 4),
        "bias_variance": random.choice([0, 0.1]),
    }
    return {**variances, "start": random.uniform(0.1, 4), "depth": random.randint(0, 4)}


CASES: list[tuple[Solver, Solver, Draw, tuple[Solver, ...]]] = [
    (
        weight_scales.fans,
        weight_scales.fans_by_torch,
        layer,
        (wrong.swapped_fans, wrong.kernel_forgotten, wrong.groups_forgotten),
    ),
    (
        weight_scales.weight_deviation,
        weight_scales.weight_deviation_by_torch,
        scheme,
        (wrong.variance_as_deviation, wrong.by_fan_out),
    ),
    (
        weight_scales.weight_limit,
        weight_scales.weight_limit_by_torch,
        scheme,
        (wrong.deviation_as_limit, wrong.width_as_deviation),
    ),
    (
        weight_scales.gain,
        weight_scales.gain_by_torch,
        activated,
        (wrong.gain_squared, wrong.relu_for_all),
    ),
    (
        weight_scales.truncated_variance,
        weight_scales.truncated_variance_by_quadrature,
        cut,
        (wrong.untruncated, wrong.other_cuts),
    ),
    (weight_scales.orthonormal, weight_scales.orthonormal_by_numpy, tall, ()),
    (weight_scales.orthogonality_error, weight_scales.orthogonality_error_by_numpy, tall, ()),
    (
        signal_propagation.variance_ratio,
        signal_propagation.variance_ratio_by_quadrature,
        net,
        (
            wrong_signals.other_direction,
            wrong_signals.half_forgotten,
            wrong_signals.deviation_ratio,
        ),
    ),
    (
        signal_propagation.residual_variance,
        signal_propagation.residual_variance_by_fractions,
        residual,
        (wrong_signals.summed_branches, wrong_signals.unsquared_scale),
    ),
    (
        signal_propagation.mean_field_variance,
        signal_propagation.mean_field_variance_by_quadrature,
        field,
        (wrong_signals.linear_units, wrong_signals.one_layer),
    ),
]


@pytest.mark.parametrize(("solver", "witness", "draw", "mistakes"), CASES)
def test_the_routes_agree_and_the_mistakes_differ(
    solver: Solver, witness: Solver, draw: Draw, mistakes: tuple[Solver, ...]
) -> None:
    assert_routes_agree(solver, witness, draw)
    for mistake in mistakes:
        assert_differs(mistake, solver, draw)


def test_every_sign_of_every_weight_gives_the_variance_on_average() -> None:
    start, first, second = [1.0, -2.0, 0.5], 2, 2  # widths 3, 2, 2; weights ±1/2
    total = 0.0
    patterns = list(product((-0.5, 0.5), repeat=3 * first + first * second))
    for weights in patterns:
        hidden = [
            max(0.0, sum(w * x for w, x in zip(weights[3 * k : 3 * k + 3], start, strict=True)))
            for k in range(first)
        ]
        rest = weights[3 * first :]
        outputs = [rest[2 * k] * hidden[0] + rest[2 * k + 1] * hidden[1] for k in range(second)]
        total += sum(max(0.0, z) ** 2 for z in outputs) / second
    ratio = signal_propagation.variance_ratio([3, 2, 2], [0.25, 0.25], "relu")
    assert total / len(patterns) == pytest.approx(ratio * sum(x * x for x in start) / 3)


def test_a_normal_cut_at_two_deviations_keeps_the_known_share() -> None:
    # 0.87962566 is the constant by which JAX and Keras divide the deviation
    assert sqrt(weight_scales.truncated_variance(1.0)) == pytest.approx(0.87962566103423978)
    assert weight_scales.truncated_variance(0.02, absolute=True) == pytest.approx(0.02**2)


def test_torch_reads_the_fans_of_a_transposed_layer_the_other_way_round() -> None:
    assert weight_scales.fans("conv", 8, 16, [3, 3]) == (72, 144)
    assert weight_scales.fans("transposed", 8, 16, [3, 3]) == (144, 72)
    with pytest.raises(ValueError, match="groups must divide 8 and 6"):
        weight_scales.fans("conv", 8, 6, [3], groups=4)


def test_orthonormal_columns_keep_lengths_and_are_found_to() -> None:
    q = weight_scales.orthonormal([[1.0, 2.0], [3.0, -1.0], [0.5, 4.0]])
    assert weight_scales.orthogonality_error(q) < 1e-14
    image = [row[0] * 3 + row[1] * 4 for row in q]
    assert sqrt(sum(v * v for v in image)) == pytest.approx(5)
    assert weight_scales.orthogonality_error([[1.0, 1.0], [0.0, 1.0]]) == 1
    for route in (weight_scales.orthonormal, weight_scales.orthonormal_by_numpy):
        with pytest.raises(ValueError, match="independent"):
            route([[1.0, 2.0], [2.0, 4.0]])


def test_scaled_residual_blocks_stay_below_e() -> None:
    assert signal_propagation.residual_variance(10) == 1024
    assert 2.6 < signal_propagation.residual_variance(100, scale=0.1) < e


def test_glorots_weights_keep_linear_signals_of_equal_widths() -> None:
    deviation = weight_scales.weight_deviation("glorot", 50, 50)
    kept = signal_propagation.variance_ratio([50] * 9, [deviation**2] * 8, "linear")
    assert kept == pytest.approx(1)
    he = weight_scales.weight_deviation("he", 50, 50)
    assert signal_propagation.variance_ratio([50] * 9, [he**2] * 8, "relu") == pytest.approx(1)
