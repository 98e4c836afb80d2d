"""Clipping: what it stops, when it lets a net learn, and what it costs."""

from __future__ import annotations

import math
from typing import Any

import pytest

from solvers.experiments import clipping
from tests.solvers.experiments.judging import (
    assert_any_company,
    assert_no_effect,
    assert_verdict,
)

LN = math.log

# experiment, conditions, smallest effect of interest, verdict
EXPECTED: list[tuple[str, dict[str, Any], float, str]] = [
    ("clipping_and_blowing_up", {}, 0.5, "supported"),
    ("clipping_and_blowing_up", {"rate": 0.1}, 0.5, "refuted"),
    ("clipping_and_learning", {}, LN(2), "supported"),
    ("clipping_and_learning", {"clip": 1.0}, LN(2), "refuted"),
    ("clipping_and_learning", {"clip": None}, LN(2), "refuted"),
    ("clipping_and_speed", {"clip": 0.1}, LN(1.2), "refuted"),
    ("clipping_and_direction", {}, 1.0, "supported"),
    ("clipping_and_direction", {"kind": "norm"}, 1.0, "refuted"),
]
CONTROLS: list[tuple[str, dict[str, Any], float]] = [
    ("clipping_and_blowing_up", {"clip": math.inf}, 0.5),
    ("clipping_and_learning", {"clip": None}, LN(2)),
    ("clipping_and_speed", {"clip": math.inf}, LN(1.2)),
    ("clipping_and_direction", {"clip": math.inf}, 1.0),
    ("clipping_and_direction", {"kind": "norm"}, 1.0),
]
COMPANY: list[tuple[str, dict[str, Any]]] = [
    ("clipping_and_learning", {"steps": 20}),
    ("clipping_and_direction", {}),
]


@pytest.mark.usefixtures("device")
@pytest.mark.parametrize(("name", "conditions", "above", "verdict"), EXPECTED)
def test_the_verdict_repeats_on_fresh_seeds(
    name: str, conditions: dict[str, Any], above: float, verdict: str
) -> None:
    assert_verdict(getattr(clipping, name), conditions, above, verdict)


@pytest.mark.usefixtures("device")
@pytest.mark.parametrize(("name", "conditions", "above"), CONTROLS)
def test_where_nothing_differs_no_effect_is_found(
    name: str, conditions: dict[str, Any], above: float
) -> None:
    assert_no_effect(getattr(clipping, name), conditions, above)


@pytest.mark.usefixtures("device")
@pytest.mark.parametrize(("name", "conditions"), COMPANY)
def test_a_seed_measures_the_same_in_any_company(name: str, conditions: dict[str, Any]) -> None:
    assert_any_company(getattr(clipping, name), conditions)
