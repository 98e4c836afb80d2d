"""Recurrent nets: the verdicts on fresh seeds, the controls, and what no net can do."""

from __future__ import annotations

import math
from typing import Any

import pytest

from solvers.experiments import recurrences
from tests.solvers.experiments.judging import (
    assert_any_company,
    assert_no_effect,
    assert_verdict,
)

LN = math.log
LARGE_LSTM = {"cell": "lstm", "start": "orthogonal", "noise": 0.1}

# experiment, conditions, smallest effect of interest, verdict
EXPECTED: list[tuple[str, dict[str, Any], float, str]] = [
    ("gradient_over_lag", {}, LN(10), "supported"),
    ("gradient_over_lag", {"start": "uniform"}, LN(10), "supported"),
    ("gradient_over_lag", {"lag": 5}, LN(10), "refuted"),
    ("gradient_over_lag", {"cell": "linear", "radius": 1.0}, LN(10), "refuted"),
    ("gradient_over_lag", {"cell": "relu", "radius": 1.0}, LN(10), "supported"),
    ("gradient_over_lag", {"start": "orthogonal", "radius": 1.0}, LN(20), "refuted"),
    ("gradient_over_lag", {"start": "orthogonal"}, LN(10), "supported"),
    ("gradient_over_lag", {"cell": "linear", "radius": 1.5}, -LN(10), "refuted"),
    ("gradient_over_lag", {"start": "identity", "radius": 2.0}, LN(10), "supported"),
    ("gradient_over_lag", {"cell": "lstm", "start": "uniform"}, LN(10), "supported"),
    ("gradient_over_lag", {**LARGE_LSTM, "radius": 8.0}, -LN(100), "refuted"),
    ("gradient_over_lag", {**LARGE_LSTM, "radius": 1.0}, LN(10), "supported"),
    ("memory_against_plain", {}, LN(10), "supported"),
    ("memory_against_plain", {"rival": "gru"}, LN(10), "supported"),
    ("memory_against_plain", {"lag": 5}, LN(10), "refuted"),
    ("memory_against_plain", {"start": "orthogonal"}, LN(10), "refuted"),
    ("lstm_against_plain", {}, 0.5, "supported"),
    ("lstm_against_plain", {"lag": 5}, 0.5, "refuted"),
    ("lstm_against_plain", {"forget": 0.0}, 0.5, "refuted"),
    ("lstm_against_plain", {"start": "orthogonal"}, 0.5, "refuted"),
    ("forget_bias", {}, 0.5, "supported"),
    ("forget_bias", {"lag": 10}, 0.5, "refuted"),
    ("forget_bias", {"lag": 10, "bias": -1.0}, 0.0, "refuted"),
    ("recurrent_start", {}, 0.5, "supported"),
    ("recurrent_start", {"lag": 5}, 0.5, "refuted"),
    ("recurrent_start", {"cell": "relu", "start": "identity"}, 0.5, "supported"),
    ("recurrent_start", {"cell": "relu"}, 0.5, "refuted"),
    ("lstm_against_gru", {}, LN(1.2), "supported"),
    ("lstm_against_gru", {"update": 1.0}, LN(1.2), "supported"),
    ("lstm_against_gru", {"task": "sum", "lag": 5, "forget": 0.0}, LN(1.2), "refuted"),
    ("clipping_against_none", {}, 0.5, "supported"),
    ("clipping_against_none", {"rate": 0.01}, 0.5, "refuted"),
    (
        "clipping_against_none",
        {"cell": "tanh", "start": "orthogonal", "radius": 1.0},
        0.5,
        "refuted",
    ),
    (
        "clipping_against_none",
        {"cell": "lstm", "start": "orthogonal", "radius": 2.0, "rate": 1.0},
        0.5,
        "supported",
    ),
    (
        "clipping_against_none",
        {"cell": "lstm", "start": "orthogonal", "radius": 1.0, "rate": 0.1},
        0.5,
        "refuted",
    ),
    ("future_explained", {}, 0.5, "refuted"),
    ("future_explained", {"both": True}, 0.5, "supported"),
    ("future_explained", {"ahead": -1}, 0.5, "supported"),
]
CONTROLS: list[tuple[str, dict[str, Any], float]] = [
    ("gradient_over_lag", {"cell": "linear", "start": "orthogonal", "radius": 1.0}, LN(10)),
    ("memory_against_plain", {"rival": "lstm"}, LN(10)),
    ("lstm_against_plain", {"rival": "lstm", "lag": 10}, 0.5),
    ("forget_bias", {"bias": 0.0, "lag": 10}, 0.5),
    ("recurrent_start", {"start": "uniform"}, 0.5),
    ("lstm_against_gru", {"rival": "gru", "forget": 0.0}, LN(1.2)),
    ("clipping_against_none", {"clip": 1e9}, 0.5),
    ("future_explained", {"updates": 200}, 0.5),
]
COMPANY: list[tuple[str, dict[str, Any]]] = [
    ("gradient_over_lag", {}),
    ("memory_against_plain", {"lag": 5}),
    ("lstm_against_plain", {"lag": 5, "updates": 10}),
    ("recurrent_start", {"lag": 5, "updates": 10}),
    ("lstm_against_gru", {"task": "sum", "lag": 4}),
    ("future_explained", {"both": True, "updates": 10}),
]


@pytest.mark.usefixtures("device")
@pytest.mark.parametrize(("name", "conditions", "above", "verdict"), EXPECTED)
def test_the_verdict_repeats_on_fresh_seeds(
    name: str, conditions: dict[str, Any], above: float, verdict: str
) -> None:
    assert_verdict(getattr(recurrences, name), conditions, above, verdict)


@pytest.mark.usefixtures("device")
@pytest.mark.parametrize(("name", "conditions", "above"), CONTROLS)
def test_where_nothing_differs_no_effect_is_found(
    name: str, conditions: dict[str, Any], above: float
) -> None:
    assert_no_effect(getattr(recurrences, name), conditions, above)


@pytest.mark.usefixtures("device")
@pytest.mark.parametrize(("name", "conditions"), COMPANY)
def test_a_seed_measures_the_same_in_any_company(name: str, conditions: dict[str, Any]) -> None:
    assert_any_company(getattr(recurrences, name), conditions)


@pytest.mark.usefixtures("device")
@pytest.mark.parametrize("cell", ["tanh", "lstm", "gru"])
def test_no_states_so_far_tell_what_comes(cell: Any) -> None:
    for updates in (1, 60):
        values = recurrences.future_explained(32, cell=cell, updates=updates)
        assert max(values) <= 1e-12


@pytest.mark.usefixtures("device")
@pytest.mark.parametrize("radius", [0.5, 1.0, 1.5])
def test_a_linear_orthogonal_net_scales_the_gradient_by_the_radius_each_step(
    radius: float,
) -> None:
    faded = recurrences.gradient_over_lag(8, "linear", "orthogonal", radius, lag=7)
    assert faded == pytest.approx([-7 * LN(radius)] * 8, abs=1e-9)


def test_impossible_conditions_are_refused() -> None:
    with pytest.raises(ValueError, match="ahead must be from -3 to 3"):
        recurrences.future_explained(1, ahead=4)
    with pytest.raises(ValueError, match="lag must be at least 1"):
        recurrences.forget_bias(1, lag=0)
