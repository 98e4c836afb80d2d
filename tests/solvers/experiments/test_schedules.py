"""Schedules: when a falling rate is needed, when it costs, and whether the order matters."""

from __future__ import annotations

import math
from typing import Any

import pytest

from solvers.experiments import schedules
from tests.solvers.experiments.judging import (
    assert_any_company,
    assert_no_effect,
    assert_verdict,
)

LN = math.log

# experiment, conditions, smallest effect of interest, verdict
EXPECTED: list[tuple[str, dict[str, Any], float, str]] = [
    ("schedule_and_floor", {}, 1e-3, "supported"),
    ("schedule_and_floor", {"schedule": "inverse"}, 1e-3, "supported"),
    ("schedule_and_floor", {"schedule": "warm_up"}, 1e-3, "refuted"),
    ("schedule_and_floor", {"noise": 0.0}, 1e-3, "refuted"),
    ("schedule_and_floor", {"batch": 32}, 1e-3, "refuted"),
    ("schedule_and_floor", {"rate": 0.01, "epochs": 10}, 1e-3, "refuted"),
    ("rising_against_falling", {}, 1e-3, "supported"),
    ("rising_against_falling", {"noise": 0.0}, 1e-3, "refuted"),
    ("cosine_against_step", {}, 1e-3, "refuted"),
    ("cosine_against_step", {"epochs": 10}, 1e-3, "supported"),
    ("cosine_against_step", {"epochs": 5, "rate": 0.02}, 1e-3, "refuted"),
    ("warm_up", {}, LN(1.2), "supported"),
    ("warm_up", {"rate": 0.03}, LN(1.2), "refuted"),
]
CONTROLS: list[tuple[str, dict[str, Any], float]] = [
    ("schedule_and_floor", {"schedule": "constant"}, 1e-3),
    ("rising_against_falling", {"batch": 32, "epochs": 10}, 1e-3),
    ("cosine_against_step", {"rival": "cosine"}, 1e-3),
    ("warm_up", {"schedule": "constant"}, LN(1.2)),
]
COMPANY: list[tuple[str, dict[str, Any]]] = [
    ("schedule_and_floor", {"epochs": 5}),
    ("rising_against_falling", {"epochs": 5}),
    ("warm_up", {"steps": 20}),
]


@pytest.mark.usefixtures("device")
@pytest.mark.parametrize(("name", "conditions", "above", "verdict"), EXPECTED)
def test_the_verdict_repeats_on_fresh_seeds(
    name: str, conditions: dict[str, Any], above: float, verdict: str
) -> None:
    assert_verdict(getattr(schedules, name), conditions, above, verdict)


@pytest.mark.usefixtures("device")
@pytest.mark.parametrize(("name", "conditions", "above"), CONTROLS)
def test_where_nothing_differs_no_effect_is_found(
    name: str, conditions: dict[str, Any], above: float
) -> None:
    assert_no_effect(getattr(schedules, name), conditions, above)


@pytest.mark.usefixtures("device")
@pytest.mark.parametrize(("name", "conditions"), COMPANY)
def test_a_seed_measures_the_same_in_any_company(name: str, conditions: dict[str, Any]) -> None:
    assert_any_company(getattr(schedules, name), conditions)
