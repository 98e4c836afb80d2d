"""norms, feature_scaling: torch's layers and numpy's statistics; worked by hand."""

from __future__ import annotations

from random import Random
from typing import Any, get_args

import pytest

from solvers import feature_scaling, norms
from solvers.mistakes import feature_scaling as wrong_scaling
from solvers.mistakes import norms as wrong
from tests.solvers.drawn import Draw, Solver, assert_differs, assert_routes_agree


def numbers(random: Random, count: int, scale: float = 3) -> list[float]:
    return [random.uniform(-scale, scale) for _ in range(count)]


def array(random: Random) -> dict[str, Any]:
    examples, channels, size = random.randint(1, 3), random.choice([2, 4]), random.randint(1, 4)
    values = [[numbers(random, size) for _ in range(channels)] for _ in range(examples)]
    layer, epsilon = random.choice(get_args(norms.Layer)), random.choice([0.0, 1e-5, 0.1])
    return {
        "values": values,
        "layer": layer,
        "groups": random.choice([1, 2, 3]),
        "epsilon": epsilon,
    }


def sizes(random: Random) -> dict[str, Any]:
    found = {name: random.randint(0, 6) for name in ("examples", "channels", "positions")}
    groups = random.choice([1, 2, 3])
    return {"layer": random.choice(get_args(norms.Layer)), **found, "groups": groups}


def vector(random: Random, *names: str) -> dict[str, Any]:
    count = random.randint(1, 5)
    flat = random.random() < 0.1
    values = [0.0] * count if flat else numbers(random, count)
    return {
        "values": values,
        **{name: numbers(random, count) for name in names},
        "epsilon": random.choice([0.0, 1e-5, 0.1]),
    }


def batches(random: Random) -> dict[str, Any]:
    count = random.randint(1, 4)
    found = [numbers(random, random.randint(1 + (count > 1), 5)) for _ in range(count)]
    momentum = random.choice([0.0, 0.1, 0.9, 1.0, 1.1])
    return {"batches": found, "momentum": momentum, "unbiased": random.random() < 0.5}


def foldable(random: Random) -> dict[str, Any]:
    units = random.randint(1, 3)
    vectors = {name: numbers(random, units) for name in ("biases", "scales", "shifts", "means")}
    spreads = [random.uniform(-0.1, 4) for _ in range(units)]
    weights = [numbers(random, 2) for _ in range(units)]
    return {"weights": weights, **vectors, "variances": spreads, "epsilon": 1e-5}


def fitting(random: Random, other: str = "values") -> dict[str, Any]:
    train = [float(random.randint(-4, 9)) for _ in range(random.randint(1, 6))]
    scaler = random.choice(get_args(feature_scaling.Scaler))
    drawn = {"train": train, other: numbers(random, 3), "scaler": scaler}
    return {**drawn, "sample": random.random() < 0.5}


def ranged(random: Random) -> dict[str, Any]:
    low, high = random.choice([(0.0, 1.0), (-1.0, 1.0), (2.0, 5.0), (1.0, 1.0)])
    return {"values": numbers(random, random.randint(1, 5)), "low": low, "high": high}


def unit(random: Random) -> dict[str, Any]:
    values = [float(random.randint(-4, 4)) for _ in range(random.randint(1, 4))]
    return {"values": values, "norm": random.choice(get_args(feature_scaling.Norm))}


def sharing(random: Random) -> dict[str, Any]:
    share = random.choice([0.0, 0.1, 0.25, 0.5, 0.75, 1.0, 1.1])
    return {"values": numbers(random, random.randint(0, 6)), "share": share}


CASES: list[tuple[Solver, Solver, Draw, tuple[Solver, ...]]] = [
    (norms.normalised, norms.normalised_by_torch, array, (wrong.other_axis, wrong.undivided)),
    (
        norms.statistics,
        norms.statistics_by_counting,
        sizes,
        (wrong.swapped_statistics, wrong.positions_apart),
    ),
    (
        norms.layer_norm,
        norms.layer_norm_by_torch,
        lambda random: vector(random, "scales", "shifts"),
        (wrong.sample_variance, wrong.divided_by_variance),
    ),
    (
        norms.rms_norm,
        norms.rms_norm_by_torch,
        lambda random: vector(random, "scales"),
        (wrong.centred_first, wrong.euclidean_length),
    ),
    (
        norms.running_statistics,
        norms.running_statistics_by_torch,
        batches,
        (wrong.keeps_the_new, wrong.starts_at_zero),
    ),
    (norms.folded, norms.folded_by_torch, foldable, (wrong.bias_unscaled, wrong.bias_forgotten)),
    (
        norms.input_gradient,
        norms.input_gradient_by_autograd,
        lambda random: {**vector(random, "slopes"), "scale": random.choice([1.0, -2.0])},
        (wrong.constant_statistics,),
    ),
    (
        feature_scaling.fitted_and_applied,
        feature_scaling.fitted_and_applied_by_numpy,
        fitting,
        (wrong_scaling.fitted_anew, wrong_scaling.fitted_on_all, wrong_scaling.other_deviation),
    ),
    (
        feature_scaling.unscaled,
        feature_scaling.unscaled_by_numpy,
        lambda random: fitting(random, "scaled"),
        (wrong_scaling.shift_first,),
    ),
    (
        feature_scaling.to_range,
        feature_scaling.to_range_by_numpy,
        ranged,
        (wrong_scaling.range_forgotten, wrong_scaling.without_shift),
    ),
    (
        feature_scaling.unit_length,
        feature_scaling.unit_length_by_torch,
        unit,
        (
            wrong_scaling.squared_length,
            wrong_scaling.signed_sum,
            wrong_scaling.euclidean_always,
        ),
    ),
    (
        feature_scaling.quantile,
        feature_scaling.quantile_by_torch,
        sharing,
        (wrong_scaling.nearest_value, wrong_scaling.position_of_n),
    ),
]


@pytest.mark.parametrize(("solver", "witness", "draw", "mistakes"), CASES)
def test_the_routes_agree_and_the_mistakes_differ(
    solver: Solver, witness: Solver, draw: Draw, mistakes: tuple[Solver, ...]
) -> None:
    assert_routes_agree(solver, witness, draw)
    for mistake in mistakes:
        assert_differs(mistake, solver, draw)


def test_folding_into_a_convolution_is_torchs_own() -> None:
    import torch

    conv = torch.nn.Conv2d(2, 3, 2, dtype=torch.float64).eval()
    norm = torch.nn.BatchNorm2d(3, dtype=torch.float64)
    for entry in norm.parameters():
        torch.nn.init.uniform_(entry, 0.5, 2)
    norm(conv(torch.arange(64.0, dtype=torch.float64).sin().view(2, 2, 4, 4)))
    state = norm.eval().state_dict()
    names = ("weight", "bias", "running_mean", "running_var")
    assert conv.bias is not None
    rows = norms.folded(
        conv.weight.flatten(1).tolist(), conv.bias.tolist(), *(state[n].tolist() for n in names)
    )
    fused = torch.nn.utils.fusion.fuse_conv_bn_eval(conv, norm)
    assert fused.bias is not None
    expected = torch.cat([fused.weight.flatten(1), fused.bias[:, None]], 1).tolist()
    assert rows == [pytest.approx(row) for row in expected]


def test_group_norm_lies_between_layer_and_instance_norm() -> None:
    values = [[[1.0, 2.0], [3.0, 7.0]], [[0.0, 5.0], [2.0, 2.5]]]
    assert norms.normalised(values, "group", 1) == norms.normalised(values, "layer")
    assert norms.normalised(values, "group", 2) == norms.normalised(values, "instance")
    assert norms.statistics("batch", 8, 16, 25) == (16, 200)
    assert norms.statistics("group", 8, 16, 25, groups=4) == (32, 100)


def test_gradients_through_a_norm_neither_shift_nor_stretch() -> None:
    values, slopes = [1.0, 2.0, 4.0, 9.0], [0.3, -1.0, 2.0, 0.1]
    found = norms.input_gradient(values, slopes, epsilon=1e-15)
    assert sum(found) == pytest.approx(0, abs=1e-12)
    assert sum(g * v for g, v in zip(found, values, strict=True)) == pytest.approx(0, abs=1e-12)


def test_a_robust_scaling_hardly_notices_an_outlier() -> None:
    # quartiles 2 and 4, median 3, whatever the largest value
    for largest in (5.0, 500.0):
        train = [1.0, 2.0, 3.0, 4.0, largest]
        assert feature_scaling.fitted_and_applied(train, [5.0], "robust") == [1.0]
    with pytest.raises(ValueError, match="middle half"):
        feature_scaling.fitted_and_applied([1.0, 2.0, 2.0, 2.0, 3.0], [5.0], "robust")
