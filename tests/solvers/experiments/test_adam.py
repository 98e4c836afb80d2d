"""Adam against descent with and without momentum, on all points and on batches; and how rates are tuned."""

from __future__ import annotations

import math
from typing import Any

import numpy
import pytest
import torch

from solvers.experiments import adam, grids
from solvers.experiments.common import TUNING
from solvers.nets import data
from solvers.nets.initial import initial
from solvers.nets.loop import make, stepper
from solvers.nets.model import Net
from solvers.nets.updates import Kind, Optimiser
from tests.solvers.experiments.judging import (
    FRESH,
    assert_any_company,
    assert_no_effect,
    assert_verdict,
)

LN = math.log
BATCHES = {"batch": 8, "steps": 1000}

# conditions, smallest effect of interest, verdict
EXPECTED: list[tuple[dict[str, Any], float, str]] = [
    ({}, LN(1.2), "supported"),
    ({"spread": 7.0}, LN(3), "supported"),
    ({"spread": 30.0}, LN(10), "supported"),
    ({"rival": "momentum"}, LN(1.2), "refuted"),
    ({"rival": "momentum", "spread": 7.0}, LN(3), "refuted"),
    ({"rival": "momentum", "spread": 30.0}, LN(3), "supported"),
    ({**BATCHES}, LN(1.2), "supported"),
    ({**BATCHES, "spread": 7.0}, LN(3), "supported"),
    ({**BATCHES, "rival": "momentum", "spread": 7.0}, LN(3), "refuted"),
]
CONTROLS: list[dict[str, Any]] = [
    {"rival": "adam"},
    {"rival": "adam", "spread": 7.0, **BATCHES},
]
CHEAP: list[dict[str, Any]] = [{"steps": 60}, {"rival": "momentum", "batch": 8, "steps": 200}]


@pytest.mark.usefixtures("device")
@pytest.mark.parametrize(("conditions", "above", "verdict"), EXPECTED)
def test_the_verdict_repeats_on_fresh_seeds(
    conditions: dict[str, Any], above: float, verdict: str
) -> None:
    assert_verdict(adam.adam_against_descent, conditions, above, verdict)


@pytest.mark.usefixtures("device")
@pytest.mark.parametrize("conditions", CONTROLS)
def test_where_nothing_differs_no_effect_is_found(conditions: dict[str, Any]) -> None:
    assert_no_effect(adam.adam_against_descent, conditions, LN(1.2))


@pytest.mark.usefixtures("device")
@pytest.mark.parametrize("conditions", CHEAP)
def test_a_seed_measures_the_same_in_any_company(conditions: dict[str, Any]) -> None:
    assert_any_company(adam.adam_against_descent, conditions)


@pytest.mark.parametrize(("kind", "rate"), [("gd", 3.84), ("momentum", 0.768), ("adam", 0.32)])
def test_steps_are_those_of_the_loop_of_modules(kind: Kind, rate: float) -> None:
    net, nets = Net((2, 8, 1), loss="cross_entropy"), range(FRESH, FRESH + 3)
    points = data.moons(32)
    found = adam._steps(nets, *points, kind, [rate], None, 300)
    x, y = (torch.from_numpy(numpy.array(array)) for array in points)
    weights = initial(net.sizes, nets)
    for number in range(3):
        module = make(net, [layer[..., number] for layer in weights])
        step, count = stepper(net, module, Optimiser(kind, rate), rate), 0
        while torch.nn.functional.binary_cross_entropy_with_logits(module(x), y) > 0.2:
            step(x, y)
            count += 1
        assert found[number] == count > 0


def test_the_best_rate_has_the_fewest_steps_in_the_typical_seed() -> None:
    def count(nets: range, rates: list[float]) -> list[float]:
        assert nets == range(TUNING, TUNING + 3)
        assert rates == [0.5, 1.0, 2.0, 4.0]
        return [9, 9, 9, 7, 8, -1, 5, 6, math.nan, 1, -1, -1]  # a single lucky seed is not typical

    assert grids.best_rate(count, grids.doubling(0.5, 4), 3, "descent") == 2.0


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        ([3, 4, 5], "the best rate of descent must lie inside the grid, found 1"),
        ([5, 4, 3], "the best rate of descent must lie inside the grid, found 4"),
        ([-1, math.nan, -1], "steps must be enough for descent to get there .*, found none"),
    ],
)
def test_a_best_rate_that_may_not_be_the_best_is_refused(steps: list[float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        grids.best_rate(lambda nets, rates: steps, grids.doubling(1.0, 3), 1, "descent")


def test_rates_on_the_edge_too_few_steps_and_unknown_rivals_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(ValueError, match="steps must be enough for gd"):
        adam.adam_against_descent(4, steps=3)
    with pytest.raises(ValueError, match="rival must be one of"):
        adam.adam_against_descent(4, rival="sgd")  # type: ignore[arg-type]
    monkeypatch.setitem(adam._GRIDS, "gd", [0.1, 0.2, 0.4])
    with pytest.raises(ValueError, match=r"must lie inside the grid, found 0\.4"):
        adam.adam_against_descent(4)
