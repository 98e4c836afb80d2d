"""First weights: what breaks the symmetry of units that start alike, and what does not."""

from __future__ import annotations

import math
from typing import Any

import pytest
import torch

from solvers.experiments import starts
from solvers.nets import data
from solvers.nets.initial import initial
from tests.solvers.experiments.judging import (
    FRESH,
    assert_any_company,
    assert_no_effect,
    assert_verdict,
)

LN = math.log
TANH = {"activation": "tanh", "rule": "glorot"}
RELU = {"activation": "relu", "rule": "he"}
SIGMOID = {"activation": "sigmoid", "rule": "glorot", "scale": 1.0}

# experiment, conditions, smallest effect of interest, verdict
EXPECTED: list[tuple[str, dict[str, Any], float, str]] = [
    ("hidden_units_apart", {"dropout": 0.5}, 1e-6, "supported"),
    ("hidden_units_apart", {"dropout": 0.5, "weights": "zero"}, 1e-6, "refuted"),
    ("one_layer_alike", {}, 0.01, "supported"),
    ("one_layer_alike", {"alike": "last"}, 0.01, "supported"),
    ("one_layer_alike", {"alike": "both"}, 0.01, "refuted"),
    ("one_layer_alike", {"value": 0.0}, 0.01, "supported"),
    ("one_layer_alike", {"value": 0.0, "activation": "relu"}, 0.01, "refuted"),
    # weights too large: gradients explode backwards, and with ReLU signals forwards too
    ("first_layer_gradient", {**TANH, "scale": 5.0}, -LN(10), "refuted"),
    ("first_layer_gradient", {**RELU, "scale": 2.0}, -LN(100), "refuted"),
    ("signal_at_depth", {**TANH, "scale": 5.0}, -LN(1.1), "supported"),
    ("signal_at_depth", {**RELU, "scale": 2.0}, -LN(1e4), "refuted"),
    # which ratio shows it
    ("growth_through_layers", {**TANH, "scale": 5.0, "ratio": "signal"}, LN(10), "refuted"),
    ("growth_through_layers", {**TANH, "scale": 5.0, "ratio": "errors"}, LN(10), "supported"),
    ("growth_through_layers", {**TANH, "scale": 5.0, "ratio": "weights"}, LN(10), "supported"),
    ("growth_through_layers", {**RELU, "scale": 2.0, "ratio": "signal"}, LN(100), "supported"),
    ("growth_through_layers", {**RELU, "scale": 2.0, "ratio": "errors"}, LN(100), "supported"),
    ("growth_through_layers", {**RELU, "scale": 2.0, "ratio": "weights"}, 0.0, "refuted"),
    ("growth_through_layers", {**TANH, "scale": 2.0}, LN(10), "refuted"),
    ("growth_through_layers", {**SIGMOID, "ratio": "signal"}, -LN(1.5), "supported"),
    ("growth_through_layers", {**SIGMOID, "ratio": "errors"}, -LN(1e4), "refuted"),
    ("growth_through_layers", {**SIGMOID, "ratio": "weights"}, -LN(1e4), "refuted"),
    ("growth_through_layers", {**SIGMOID, "scale": 2.0}, -LN(100), "refuted"),
]
RATIOS = ("signal", "errors", "weights")
NEVER: list[tuple[str, dict[str, Any]]] = [
    ("hidden_units_apart", {"dropout": 0.0}),
    ("hidden_units_apart", {"dropout": 0.5, "weights": "zero"}),
    ("one_layer_alike", {"alike": "both"}),
    ("one_layer_alike", {"value": 0.0, "activation": "relu"}),
]


@pytest.mark.usefixtures("device")
@pytest.mark.parametrize(("name", "conditions", "above", "verdict"), EXPECTED)
def test_the_verdict_repeats_on_fresh_seeds(
    name: str, conditions: dict[str, Any], above: float, verdict: str
) -> None:
    assert_verdict(getattr(starts, name), conditions, above, verdict)


@pytest.mark.usefixtures("device")
@pytest.mark.parametrize(("name", "conditions"), NEVER)
def test_what_stays_alike_stays_so_to_the_last_bit(name: str, conditions: dict[str, Any]) -> None:
    assert set(getattr(starts, name)(seeds=16, first=FRESH, **conditions)) == {0.0}


def test_a_seed_measures_the_same_in_any_company() -> None:
    assert_any_company(starts.hidden_units_apart, {"dropout": 0.5})
    assert_any_company(starts.one_layer_alike, {})
    for ratio in RATIOS:
        assert_any_company(starts.growth_through_layers, {"ratio": ratio, "depth": 3})


@pytest.mark.usefixtures("device")
@pytest.mark.parametrize("ratio", RATIOS)
def test_nothing_grows_where_the_last_hidden_layer_is_the_first(ratio: str) -> None:
    assert_no_effect(starts.growth_through_layers, {"ratio": ratio, "depth": 1}, LN(10))


@pytest.mark.parametrize("conditions", [{**TANH, "scale": 5.0}, {**RELU, "scale": 2.0}])
def test_growth_is_that_which_autograd_finds_on_real_layers(conditions: dict[str, Any]) -> None:
    found = [
        starts.growth_through_layers(4, ratio=ratio, first=FRESH, **conditions) for ratio in RATIOS
    ]
    for number, seen in enumerate(zip(*found, strict=True)):
        assert seen == pytest.approx(_by_autograd(FRESH + number, **conditions), rel=1e-9)


def _by_autograd(seed: int, activation: str, rule: Any, scale: float) -> list[float]:
    """Growth of signal, ∂L/∂z and ∂L/∂W over ten hidden layers of 16 units."""
    sizes, nets = (16, *[16] * 10, 1), range(seed, seed + 1)
    inputs, targets = (torch.from_numpy(a[..., 0]) for a in data.linear_regression(nets, 8, 16))
    weights = [
        torch.from_numpy(layer[:-1, :, 0].T.copy()).requires_grad_()
        for layer in initial(sizes, nets, rule, 0, scale)
    ]
    values, sums, signals = inputs, [], []
    for layer in weights[:-1]:
        sums.append(torch.nn.functional.linear(values, layer))
        sums[-1].retain_grad()
        values = getattr(torch, activation)(sums[-1])
        signals.append(values)
    torch.nn.functional.mse_loss(values @ weights[-1].T, targets).backward()
    pairs = (
        (signals[-1], signals[0]),
        (sums[0].grad, sums[-1].grad),
        (weights[0].grad, weights[9].grad),
    )
    return [
        math.log(float(late.detach().norm()) / float(early.detach().norm()))
        for late, early in pairs
    ]


def test_too_few_layers_are_refused() -> None:
    with pytest.raises(ValueError, match="depth must be at least 2, found 1"):
        starts.signal_at_depth(4, depth=1)
    with pytest.raises(ValueError, match="depth must be at least 1, found 0"):
        starts.growth_through_layers(4, depth=0)
