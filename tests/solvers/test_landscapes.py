"""landscapes: limits that really are limits, valleys found by roots."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers import landscapes


@given(st.floats(0.1, 20), st.floats(0.1, 20))
def test_the_rate_limit_is_where_descent_turns(first: float, second: float) -> None:
    limit = landscapes.rate_limit(first, second)
    assert limit == pytest.approx(landscapes.rate_limit_by_loop(first, second), rel=1e-9)
    for factor, converges in ((0.99, True), (1.01, False)):
        ratios = [landscapes.distance_ratio(factor * limit, 2 * c) for c in (first, second)]
        assert (max(ratios) < 1) is converges


@given(st.floats(0.01, 5), st.floats(0.01, 20))
@settings(max_examples=10, deadline=None)
def test_a_real_step_scales_the_distance(rate: float, curvature: float) -> None:
    assert landscapes.distance_ratio(rate, curvature) == pytest.approx(
        landscapes.distance_ratio_by_autograd(rate, curvature), abs=1e-12
    )


@given(st.lists(st.integers(1, 19), min_size=1, max_size=5, unique=True))
def test_what_is_seen_is_what_the_factor_says(tenths: list[int]) -> None:
    items = [f"tenths-{k}" for k in tenths if k != 10]  # at the limit itself it swings for ever
    assert landscapes.rate_behaviour(items, 2) == (landscapes.rate_behaviour_by_fractions(items, 2))


@pytest.mark.parametrize(
    "behaviour", [landscapes.rate_behaviour, landscapes.rate_behaviour_by_fractions]
)
def test_a_rate_must_be_readable(behaviour: object) -> None:
    with pytest.raises(ValueError, match="tenths-<whole number>, found half"):
        behaviour(["half"], 2)  # type: ignore[operator]


def test_saddles() -> None:
    options = ["difference-of-squares", "product", "sum-of-squares", "mild-coupling"]
    assert landscapes.saddles(options) == ["difference-of-squares", "product"]
    more = [*options, "strong-coupling", "negative-sum"]
    assert landscapes.saddles(more) == landscapes.saddles_by_autograd(more)


@given(st.floats(-3, 3), st.floats(0, 6), st.sampled_from([-1.0, -0.5, 0.5, 1.0]))
@settings(max_examples=25, deadline=None)
def test_excess_loss_is_that_of_the_valley_downhill(start: float, well: float, tilt: float) -> None:
    slope = 4 * start**3 - 2 * well * start + tilt
    if abs(slope) < 0.1 or abs(8 * well**3 - 27 * tilt**2) < 20:
        return  # starts on a crest, or in a landscape with a nearly flat ledge
    assert landscapes.excess_loss(start, well, tilt) == pytest.approx(
        landscapes.excess_loss_by_numpy(start, well, tilt), abs=1e-6
    )


def test_descent_can_end_in_the_wrong_valley() -> None:
    assert landscapes.excess_loss(2, 4, 1) > 2.8
    assert landscapes.excess_loss(-2, 4, 1) == 0
    with pytest.raises(ValueError, match="start must be in"):
        landscapes.excess_loss(4, 4, 1)
