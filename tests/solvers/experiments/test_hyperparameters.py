"""Depth, width, learning rate and dropout's rate: which matters where, and what dropout costs in steps."""

from __future__ import annotations

import math
from typing import Any

import numpy
import pytest

from solvers.experiments import hyperparameters
from tests.solvers.experiments.judging import (
    FRESH,
    assert_any_company,
    assert_no_effect,
    assert_verdict,
)

LN = math.log

# experiment, conditions, smallest effect of interest, verdict
EXPECTED: list[tuple[str, dict[str, Any], float, str]] = [
    ("sizes_against_rates", {}, -0.05, "refuted"),
    ("sizes_against_rates", {"decades": 0.3}, 0.05, "supported"),
    ("dropout_and_steps", {"rate": 0.2}, LN(1.5), "refuted"),
    ("dropout_and_steps", {"rate": 0.5}, LN(1.5), "supported"),
    ("dropout_and_steps", {"rate": 0.5}, LN(3), "refuted"),
    ("dropout_and_steps", {"rate": 0.8}, LN(5), "supported"),
    ("dropout_and_steps", {"rate": 0.5, "layers": 2}, LN(2.4), "supported"),
    ("dropout_and_steps", {"rate": 0.5, "hidden": 64}, LN(2), "refuted"),
]


@pytest.mark.usefixtures("device")
@pytest.mark.parametrize(("name", "conditions", "above", "verdict"), EXPECTED)
def test_the_verdict_repeats_on_fresh_seeds(
    name: str, conditions: dict[str, Any], above: float, verdict: str
) -> None:
    assert_verdict(getattr(hyperparameters, name), conditions, above, verdict)


@pytest.mark.usefixtures("device")
def test_dropout_of_nothing_takes_no_steps() -> None:
    assert_no_effect(hyperparameters.dropout_and_steps, {"rate": 0.0}, LN(1.5))


@pytest.mark.usefixtures("device")
def test_one_rate_has_no_spread_and_leaves_that_of_the_sizes() -> None:
    alone = hyperparameters.sizes_against_rates(16, decades=0.0, steps=20, first=FRESH)
    nets = range(FRESH, FRESH + 16)
    sets = tuple(
        hyperparameters._clouds(nets, stream, count)
        for stream, count in (("train", 40), ("fresh", 100))
    )
    told = [hyperparameters._told(size, 0.01, nets, sets, 20) for size in hyperparameters._SIZES]
    spread = [max(each) - min(each) for each in zip(*told, strict=True)]
    assert alone == pytest.approx(spread)
    assert min(alone) >= 0


def test_opposite_clouds_are_of_one_class() -> None:
    inputs, labels = hyperparameters._clouds(range(64), "any", 80)
    same_sign = inputs[:, 0] * inputs[:, 1] > 0
    assert (same_sign == (labels[:, 0] > 0.5)).mean() > 0.9
    assert labels.mean() == 0.5
    # no straight line through the middle is better than a coin
    assert numpy.mean((inputs[:, 0] > 0) == (labels[:, 0] > 0.5)) == pytest.approx(0.5, abs=0.03)


@pytest.mark.usefixtures("device")
@pytest.mark.parametrize(
    ("name", "conditions"),
    [("sizes_against_rates", {"steps": 10}), ("dropout_and_steps", {"rate": 0.2})],
)
def test_a_seed_measures_the_same_in_any_company(name: str, conditions: dict[str, Any]) -> None:
    assert_any_company(getattr(hyperparameters, name), conditions)


@pytest.mark.parametrize(
    ("name", "conditions", "message"),
    [
        ("sizes_against_rates", {"steps": 0}, "steps must be at least 1"),
        ("dropout_and_steps", {"rate": 1.0}, "dropout must be in"),
        ("dropout_and_steps", {"layers": 0}, "layers must be at least 1"),
    ],
)
def test_bad_conditions_are_refused(name: str, conditions: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        getattr(hyperparameters, name)(4, **conditions)
