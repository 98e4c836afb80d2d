"""What nets can learn by heart, and units that die: the controls."""

from __future__ import annotations

from typing import Any

import numpy
import pytest

from solvers.experiments import capacity, saturation
from tests.solvers.experiments.judging import (
    FRESH,
    assert_any_company,
    assert_no_effect,
    assert_verdict,
)

# experiment, conditions, smallest effect of interest, verdict
EXPECTED: list[tuple[str, dict[str, Any], float, str]] = [
    ("memorised_labels", {}, 0.99, "supported"),
    ("memorised_labels", {"twins": True}, 0.99, "refuted"),
    ("best_xor_accuracy", {"layers": 0}, 0.9, "refuted"),
    ("best_xor_accuracy", {"layers": 0, "table": "and"}, 0.9, "supported"),
    ("best_xor_accuracy", {"table": "and"}, 0.9, "supported"),
]


@pytest.mark.usefixtures("device")
@pytest.mark.parametrize(("name", "conditions", "above", "verdict"), EXPECTED)
def test_the_verdict_repeats_on_fresh_seeds(
    name: str, conditions: dict[str, Any], above: float, verdict: str
) -> None:
    assert_verdict(getattr(capacity, name), conditions, above, verdict)


@pytest.mark.usefixtures("device")
@pytest.mark.parametrize("activation", ["relu", "leaky_relu"])
def test_without_a_learning_rate_no_unit_dies(activation: Any) -> None:
    conditions = {"rate": 0.0, "activation": activation, "steps": 20}
    assert_no_effect(saturation.dead_units, conditions, 0.1)


@pytest.mark.usefixtures("device")
def test_of_twins_with_opposite_labels_at_most_one_is_right() -> None:
    for hidden, steps in ((1, 30), (32, 3), (32, 400)):
        values = capacity.memorised_labels(16, hidden, steps=steps, twins=True, first=FRESH)
        assert max(values) <= 0.5


@pytest.mark.usefixtures("device")
def test_a_single_point_and_its_twin_end_at_even_odds() -> None:
    """Two equal points with labels 0 and 1: cross-entropy is least at a logit of 0, so none is told."""
    assert set(capacity.memorised_labels(16, points=1, steps=400, twins=True, first=FRESH)) == {0.0}
    assert numpy.mean(capacity.memorised_labels(16, points=1, first=FRESH)) == 1.0


@pytest.mark.usefixtures("device")
@pytest.mark.parametrize(
    ("experiment", "conditions"),
    [
        (capacity.memorised_labels, {"steps": 30, "twins": True}),
        (capacity.best_xor_accuracy, {"steps": 100, "activation": "tanh"}),
        (capacity.deep_linear_loss, {"steps": 50}),
        (saturation.dead_units, {"steps": 20}),
    ],
)
def test_a_seed_measures_the_same_in_any_company(
    experiment: Any, conditions: dict[str, Any]
) -> None:
    assert_any_company(experiment, conditions)
