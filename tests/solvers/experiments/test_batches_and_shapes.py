"""Mini-batches, first variances, bumps, trees and staircases: verdicts, controls and company."""

from __future__ import annotations

import math
from typing import Any

import numpy
import pytest

from solvers.experiments import batches, shapes, variances
from tests.solvers.experiments.judging import (
    assert_any_company,
    assert_no_effect,
    assert_verdict,
)

LN = math.log
MODULES = (batches, shapes, variances)

# experiment, conditions, smallest effect of interest, verdict
EXPECTED: list[tuple[str, dict[str, Any], float, str]] = [
    ("batch_noise", {}, LN(1.9), "supported"),
    ("batch_noise", {"times": 2}, LN(1.9), "refuted"),
    ("small_batches", {"batch": 8}, LN(1.2), "supported"),
    ("small_batches", {"count": "updates"}, LN(1.2), "refuted"),
    ("small_batches", {"batch": 1}, LN(1.2), "refuted"),
    ("full_batch_on_fresh_data", {}, 0.02, "refuted"),
    ("full_batch_on_fresh_data", {}, -0.05, "refuted"),
    ("full_batch_on_fresh_data", {"count": "updates"}, 0.02, "refuted"),
    ("full_batch_on_fresh_data", {"count": "updates", "amount": 40}, 0.02, "refuted"),
    ("full_batch_on_fresh_data", {"count": "updates", "batch": 2}, 0.3, "supported"),
    ("full_batch_on_fresh_data", {"amount": 60}, 0.02, "refuted"),
    ("full_batch_on_fresh_data", {"batch": 2}, 0.2, "supported"),
    ("full_batch_on_fresh_data", {"batch": 2, "rate": 0.1}, -0.2, "refuted"),
    ("he_against_glorot", {"depth": 8}, LN(1.2), "supported"),
    ("he_against_glorot", {"depth": 1}, LN(1.2), "refuted"),
    ("fan_average", {}, LN(1.5), "supported"),
    ("fan_average", {"rule": "lecun"}, LN(1.5), "refuted"),
    ("fan_average", {"rule": "lecun", "way": "backward"}, LN(1.5), "supported"),
    ("fan_average", {"wide": 8}, LN(1.5), "refuted"),
    ("one_bump_on_xor", {}, 0.9, "supported"),
    ("one_bump_on_xor", {"unit": "sigmoid"}, 0.9, "refuted"),
    ("tree_against_line", {}, 0.05, "supported"),
    ("tree_against_line", {"truth": "slanted"}, 0.05, "refuted"),
    ("isotonic_against_copying", {}, LN(1.2), "supported"),
    ("isotonic_against_copying", {"truth": "wave"}, LN(1.2), "refuted"),
    ("isotonic_against_copying", {"rival": "line"}, LN(1.2), "refuted"),
]
CONTROLS: list[tuple[str, dict[str, Any], float]] = [
    ("batch_noise", {"times": 1}, LN(1.9)),
    ("small_batches", {"batch": 64}, LN(1.2)),
    ("full_batch_on_fresh_data", {"batch": 60}, 0.02),
    ("he_against_glorot", {"rival": "he"}, LN(1.2)),
]
COMPANY: list[tuple[str, dict[str, Any]]] = [
    ("batch_noise", {"draws": 3}),
    ("small_batches", {"amount": 3}),
    ("full_batch_on_fresh_data", {"amount": 3}),
    ("he_against_glorot", {"steps": 10}),
    ("one_bump_on_xor", {"steps": 10}),
    ("tree_against_line", {}),
    ("isotonic_against_copying", {}),
]


def named(name: str) -> Any:
    return next(getattr(module, name) for module in MODULES if hasattr(module, name))


@pytest.mark.usefixtures("device")
@pytest.mark.parametrize(("name", "conditions", "above", "verdict"), EXPECTED)
def test_the_verdict_repeats_on_fresh_seeds(
    name: str, conditions: dict[str, Any], above: float, verdict: str
) -> None:
    assert_verdict(named(name), conditions, above, verdict)


@pytest.mark.usefixtures("device")
@pytest.mark.parametrize(("name", "conditions", "above"), CONTROLS)
def test_where_nothing_differs_no_effect_is_found(
    name: str, conditions: dict[str, Any], above: float
) -> None:
    assert_no_effect(named(name), conditions, above)


@pytest.mark.usefixtures("device")
@pytest.mark.parametrize(("name", "conditions"), COMPANY)
def test_a_seed_measures_the_same_in_any_company(name: str, conditions: dict[str, Any]) -> None:
    assert_any_company(named(name), conditions)


def test_noise_without_replacement_falls_as_sampling_theory_says() -> None:
    """Var ∝ (N − B) / (B (N − 1)): from 4 to 16 of 64 points √((60/4)/(48/16)) = √5."""
    found = batches.batch_noise(64, draws=200, first=10_000)
    assert float(numpy.median(found)) == pytest.approx(0.5 * math.log(5), abs=0.02)


@pytest.mark.parametrize(
    ("name", "conditions", "message"),
    [
        ("batch_noise", {"batch": 32, "times": 4}, "at most 64"),
        ("small_batches", {"amount": 0}, "amount must be at least 1"),
        ("tree_against_line", {"seeds": 0}, "seeds must be at least 1"),
    ],
)
def test_bad_conditions_are_refused(name: str, conditions: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        named(name)(**conditions)
