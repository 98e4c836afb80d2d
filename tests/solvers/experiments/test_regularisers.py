"""Regularisers: where they narrow the gap, where they help, and where they do harm."""

from __future__ import annotations

import math
from typing import Any

import pytest

from solvers.experiments import regularisers
from tests.solvers.experiments.judging import (
    DEVICES,
    assert_any_company,
    assert_no_effect,
    assert_verdict,
)

LN = math.log
MUCH_DATA = {"points": 320, "hidden": 4, "steps": 40}

# experiment, conditions, smallest effect of interest, verdict
EXPECTED: list[tuple[str, dict[str, Any], float, str]] = [
    ("dropout_and_gap", {}, 0.05, "supported"),
    ("dropout_and_gap", {"hidden": 2, "points": 160}, 0.05, "refuted"),
    ("dropout_and_gap", {"points": 12, "hidden": 32, "steps": 200}, 0.05, "refuted"),
    ("dropout_and_accuracy", {"flipped": 0.2}, 0.01, "supported"),
    ("dropout_and_accuracy", {"hidden": 2, "points": 160, "rate": 0.9}, 0.01, "refuted"),
    ("dropout_and_accuracy", MUCH_DATA, 0.01, "refuted"),
    ("decay_and_accuracy", MUCH_DATA, 0.01, "refuted"),
    ("jitter_and_accuracy", MUCH_DATA, 0.01, "refuted"),
    ("decay_and_accuracy", {"flipped": 0.2}, 0.01, "supported"),
    ("decay_and_gap", {"decay": 1.0}, 0.05, "supported"),
    ("decay_and_gap", {"hidden": 2, "points": 160, "decay": 0.003}, 0.05, "refuted"),
    ("decay_and_loss", {}, 0.02, "supported"),
    ("decay_and_loss", {"hidden": 2, "points": 160, "decay": 0.1}, 0.02, "refuted"),
    ("decay_and_accuracy", {"decay": 1.0}, 0.01, "refuted"),
    ("jitter_and_gap", {"jitter": 6.0}, 0.05, "supported"),
    ("jitter_and_accuracy", {"flipped": 0.2, "jitter": 1.0}, 0.01, "supported"),
    ("jitter_and_accuracy", {"jitter": 6.0}, 0.01, "refuted"),
    ("stopping_and_gap", {}, 0.05, "supported"),
    ("stopping_and_gap", {"hidden": 2, "points": 160}, 0.05, "refuted"),
    ("stopping_and_loss", {}, 0.02, "supported"),
    ("stopping_and_loss", {"steps": 10}, 0.02, "refuted"),
    ("flipped_labels_memorised", {}, 0.1, "supported"),
    ("flipped_labels_memorised", {"strength": 0.001}, 0.1, "refuted"),
    ("flipped_labels_memorised", {"regulariser": "stopping", "strength": 0.125}, 0.1, "supported"),
    ("decoupled_decay", {}, LN(1.2), "supported"),
    ("decoupled_decay", {"kind": "gd"}, LN(1.2), "refuted"),
]
CONTROLS: list[tuple[str, dict[str, Any], float]] = [
    ("dropout_and_gap", {"rate": 0.0}, 0.05),
    ("dropout_and_accuracy", {"rate": 0.0}, 0.01),
    ("decay_and_gap", {"decay": 0.0}, 0.05),
    ("decay_and_loss", {"decay": 0.0}, 0.02),
    ("decay_and_accuracy", {"decay": 0.0}, 0.01),
    ("jitter_and_gap", {"jitter": 0.0}, 0.05),
    ("jitter_and_accuracy", {"jitter": 0.0}, 0.01),
    ("stopping_and_gap", {"patience": 0}, 0.05),
    ("stopping_and_loss", {"patience": 0}, 0.02),
    ("flipped_labels_memorised", {"regulariser": "none"}, 0.1),
    ("decoupled_decay", {"kind": "gd"}, LN(1.2)),
    ("decoupled_decay", {"decay": 0.0}, LN(1.2)),
]
COMPANY: list[tuple[str, dict[str, Any]]] = [
    ("dropout_and_gap", {"steps": 20}),
    ("jitter_and_accuracy", {"steps": 20}),
    ("stopping_and_loss", {"steps": 20}),
    ("flipped_labels_memorised", {"steps": 20}),
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
    assert_verdict(getattr(regularisers, name), conditions, above, verdict)


@pytest.mark.parametrize(("name", "conditions", "above"), CONTROLS)
def test_where_nothing_differs_no_effect_is_found(
    name: str, conditions: dict[str, Any], above: float
) -> None:
    assert_no_effect(getattr(regularisers, name), conditions, above)


@pytest.mark.parametrize(("name", "conditions"), COMPANY)
def test_a_seed_measures_the_same_in_any_company(name: str, conditions: dict[str, Any]) -> None:
    assert_any_company(getattr(regularisers, name), conditions)
