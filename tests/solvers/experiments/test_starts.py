"""First weights: what breaks the symmetry of units that start alike, and what does not."""

from __future__ import annotations

from typing import Any

import pytest

from solvers.experiments import starts
from tests.solvers.experiments.judging import (
    DEVICES,
    FRESH,
    assert_any_company,
    assert_verdict,
)

# experiment, conditions, smallest effect of interest, verdict
EXPECTED: list[tuple[str, dict[str, Any], float, str]] = [
    ("hidden_units_apart", {"dropout": 0.5}, 1e-6, "supported"),
    ("hidden_units_apart", {"dropout": 0.5, "weights": "zero"}, 1e-6, "refuted"),
    ("one_layer_alike", {}, 0.01, "supported"),
    ("one_layer_alike", {"alike": "last"}, 0.01, "supported"),
    ("one_layer_alike", {"alike": "both"}, 0.01, "refuted"),
    ("one_layer_alike", {"value": 0.0}, 0.01, "supported"),
    ("one_layer_alike", {"value": 0.0, "activation": "relu"}, 0.01, "refuted"),
]
NEVER: list[tuple[str, dict[str, Any]]] = [
    ("hidden_units_apart", {"dropout": 0.0}),
    ("hidden_units_apart", {"dropout": 0.5, "weights": "zero"}),
    ("one_layer_alike", {"alike": "both"}),
    ("one_layer_alike", {"value": 0.0, "activation": "relu"}),
]


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize(("name", "conditions", "above", "verdict"), EXPECTED)
def test_the_verdict_repeats_on_fresh_seeds(
    name: str,
    conditions: dict[str, Any],
    above: float,
    verdict: str,
    device: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("QUIZKIT_DEVICE", device)
    assert_verdict(getattr(starts, name), conditions, above, verdict)


@pytest.mark.parametrize(("name", "conditions"), NEVER)
def test_what_stays_alike_stays_so_to_the_last_bit(name: str, conditions: dict[str, Any]) -> None:
    assert set(getattr(starts, name)(seeds=16, first=FRESH, **conditions)) == {0.0}


def test_a_seed_measures_the_same_in_any_company() -> None:
    assert_any_company(starts.hidden_units_apart, {"dropout": 0.5})
    assert_any_company(starts.one_layer_alike, {})
