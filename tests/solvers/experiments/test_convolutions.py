"""Convolution and pooling: the verdicts on fresh seeds, the controls, and the invariants."""

from __future__ import annotations

import math
from typing import Any

import pytest

from solvers.experiments import convolutions
from tests.solvers.experiments.judging import (
    assert_any_company,
    assert_no_effect,
    assert_verdict,
)

LN = math.log

# experiment, conditions, smallest effect of interest, verdict
EXPECTED: list[tuple[str, dict[str, Any], float, str]] = [
    ("pooling_against_none", {}, LN(1.2), "supported"),
    ("pooling_against_none", {"pool": "average"}, LN(1.2), "supported"),
    ("pooling_against_none", {"window": 8}, LN(1.2), "supported"),
    ("pooling_against_none", {"shift": 4}, LN(1.2), "refuted"),
    ("pooling_against_none", {"window": 2, "shift": 2}, LN(1.2), "refuted"),
    ("shifted_features", {}, 1e-9, "refuted"),
    ("shifted_features", {"pool": "average"}, 1e-9, "refuted"),
    ("shifted_features", {"padding": "zero"}, 1e-9, "supported"),
    ("shifted_features", {"window": 2}, 1e-9, "supported"),
    ("shifted_features", {"window": 2, "moved_along": True}, 1e-9, "supported"),
    ("shifted_features", {"window": 2, "shift": 2, "moved_along": True}, 1e-9, "refuted"),
    ("shifted_features", {"pool": "none"}, 1e-9, "supported"),
    ("shifted_features", {"pool": "none", "moved_along": True}, 1e-9, "refuted"),
    (
        "shifted_features",
        {"pool": "none", "moved_along": True, "padding": "zero"},
        1e-9,
        "supported",
    ),
    ("unseen_positions", {}, 0.2, "supported"),
    ("unseen_positions", {"pool": "average"}, 0.2, "supported"),
    ("unseen_positions", {"pool": "none"}, 0.2, "refuted"),
    ("unseen_positions", {"seen": True}, 0.2, "refuted"),
    ("sharing_against_local", {}, 0.1, "supported"),
    ("sharing_against_local", {"points": 64}, 0.1, "refuted"),
    ("sharing_against_local", {"task": "place"}, -0.1, "refuted"),
]
CONTROLS: list[tuple[str, dict[str, Any], float]] = [
    ("pooling_against_none", {"pool": "none"}, LN(1.2)),
    ("pooling_against_none", {"window": 1}, LN(1.2)),
    ("shifted_features", {"shift": 0, "padding": "zero", "window": 2}, 1e-9),
    ("unseen_positions", {"rival": "convolution"}, 0.2),
    ("sharing_against_local", {"sharing": True}, 0.1),
]
COMPANY: list[tuple[str, dict[str, Any]]] = [
    ("pooling_against_none", {}),
    ("shifted_features", {"window": 2}),
    ("unseen_positions", {"updates": 10}),
    ("sharing_against_local", {"updates": 10}),
]


@pytest.mark.usefixtures("device")
@pytest.mark.parametrize(("name", "conditions", "above", "verdict"), EXPECTED)
def test_the_verdict_repeats_on_fresh_seeds(
    name: str, conditions: dict[str, Any], above: float, verdict: str
) -> None:
    assert_verdict(getattr(convolutions, name), conditions, above, verdict)


@pytest.mark.usefixtures("device")
@pytest.mark.parametrize(("name", "conditions", "above"), CONTROLS)
def test_where_nothing_differs_no_effect_is_found(
    name: str, conditions: dict[str, Any], above: float
) -> None:
    assert_no_effect(getattr(convolutions, name), conditions, above)


@pytest.mark.usefixtures("device")
@pytest.mark.parametrize(("name", "conditions"), COMPANY)
def test_a_seed_measures_the_same_in_any_company(name: str, conditions: dict[str, Any]) -> None:
    assert_any_company(getattr(convolutions, name), conditions)


@pytest.mark.usefixtures("device")
@pytest.mark.parametrize("pool", ["max", "average"])
def test_pooling_over_all_of_a_cyclic_convolution_never_notices_a_shift(pool: Any) -> None:
    for shift in range(16):
        assert max(convolutions.shifted_features(8, pool=pool, shift=shift)) < 1e-12


def test_a_window_that_leaves_nothing_to_change_is_refused() -> None:
    with pytest.raises(ValueError, match="window must be at most 8"):
        convolutions.pooling_against_none(4, window=16)
