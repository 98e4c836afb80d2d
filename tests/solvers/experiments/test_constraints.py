"""Descent on single examples with a projection: verdicts, controls, and the minimum by another route."""

from __future__ import annotations

from typing import Any

import numpy
import pytest

from solvers.experiments import constraints
from solvers.nets import data
from tests.solvers.experiments.judging import FRESH, assert_any_company, assert_verdict

EXPECTED: list[tuple[dict[str, Any], str]] = [
    ({}, "refuted"),
    ({"share": 0.2}, "refuted"),
    ({"projected": False}, "supported"),
    ({"share": 2.0, "projected": False}, "refuted"),
    ({"steps": 20}, "supported"),  # too few steps to show anything
]


@pytest.mark.usefixtures("device")
@pytest.mark.parametrize(("conditions", "verdict"), EXPECTED)
def test_the_verdict_repeats_on_fresh_seeds(conditions: dict[str, Any], verdict: str) -> None:
    assert_verdict(constraints.constrained_distance, conditions, 0.1, verdict)


@pytest.mark.usefixtures("device")
def test_a_constraint_that_does_not_bind_changes_nothing() -> None:
    with_it, without = (
        constraints.constrained_distance(16, projected, share=20.0, first=FRESH)
        for projected in (True, False)
    )
    assert with_it == without


@pytest.mark.usefixtures("device")
def test_the_distance_shrinks_with_the_steps() -> None:
    few, many = (
        numpy.median(constraints.constrained_distance(64, steps=steps, first=FRESH))
        for steps in (500, 8000)
    )
    assert many < few / 2


@pytest.mark.usefixtures("device")
def test_a_seed_measures_the_same_in_any_company() -> None:
    assert_any_company(constraints.constrained_distance, {"steps": 100})


def test_the_minimum_is_where_projected_full_gradients_come_to_rest() -> None:
    nets = range(FRESH, FRESH + 8)
    inputs, targets = data.linear_regression(nets, 64, 3, noise=1.0)
    radius = numpy.array([0.3, 0.5, 0.8, 1.0, 1.5, 2.0, 5.0, 9.0])
    found = constraints._minimum(inputs, targets, radius)
    for net, limit in enumerate(radius):
        x, y, w = inputs[..., net], targets[:, 0, net], numpy.zeros(3)
        for _ in range(3000):
            w = w - 0.2 * x.T @ (x @ w - y) / len(x)
            w = w * min(1, limit / numpy.linalg.norm(w))
        assert found[:, net] == pytest.approx(w, abs=1e-9)


def test_bad_arguments_are_named() -> None:
    with pytest.raises(ValueError, match="share must be above 0"):
        constraints.constrained_distance(4, share=0.0)
    with pytest.raises(ValueError, match="half of steps must be at least 1"):
        constraints.constrained_distance(4, steps=1)
