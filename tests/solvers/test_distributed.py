"""Frozen layers, shard gradients and ring traffic against torch and a played-through ring."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers import distributed

calm = settings(max_examples=40, deadline=None)
shards = st.lists(st.lists(st.integers(-20, 20), max_size=4), max_size=4)


def outcome(function: Callable[..., Any], *given: Any) -> Any:
    """What a function returns, or ValueError itself where it refuses."""
    try:
        return function(*given)
    except ValueError:
        return ValueError


@calm
@given(*[st.integers(0, 9)] * 3)
def test_head_agrees_with_a_frozen_network(features: int, hidden: int, classes: int) -> None:
    expected = outcome(distributed.trainable_in_head_by_torch, features, hidden, classes)
    assert outcome(distributed.trainable_in_head, features, hidden, classes) == expected


@calm
@given(shards)
def test_gradients_agree_with_autograd(shards: list[list[int]]) -> None:
    for solver, witness in (
        (distributed.full_gradient, distributed.full_gradient_by_autograd),
        (distributed.averaging_gap, distributed.averaging_gap_by_autograd),
    ):
        assert outcome(solver, shards) == outcome(witness, shards)


@calm
@given(st.lists(st.integers(-20, 20), max_size=6))
def test_a_shards_mean_is_its_gradient(shard: list[int]) -> None:
    expected = outcome(distributed.shard_mean_by_autograd, shard)
    assert outcome(distributed.shard_mean, shard) == expected


@calm
@given(st.integers(1, 4), st.lists(st.integers(-20, 20), min_size=12, max_size=12))
def test_equal_shards_leave_no_gap(size: int, slopes: list[int]) -> None:
    equal = [slopes[start : start + size] for start in range(0, 12, size)]
    assert distributed.averaging_gap(equal) == 0


def test_unequal_shards_by_hand() -> None:
    # (2 + 4 + 6 + 20) / 4 = 8, but (4 + 20) / 2 = 12
    assert distributed.full_gradient([[2, 4, 6], [20]]) == 8
    assert distributed.averaging_gap([[2, 4, 6], [20]]) == 4


INPUTS = [[1, -2], [1, -1], [1, 0], [1, 1], [1, 2], [1, -1], [1, 0], [1, 1], [1, 2], [1, -2]]
TARGETS = [-3, -1, 1, 3, 5, -1, 1, 4, 5, -3]


@calm
@given(
    st.integers(0, 9),
    st.integers(0, 4),
    st.integers(0, 3),
    st.lists(st.integers(-9, 9), min_size=10, max_size=10),
)
def test_gain_agrees_with_replicas(
    devices: int, steps: int, more_steps: int, targets: list[int]
) -> None:
    setting = (INPUTS, targets, devices, steps, more_steps)
    found = outcome(distributed.parallel_gain, *setting)
    expected = outcome(distributed.parallel_gain_by_torch, *setting)
    assert found is expected or float(found) == pytest.approx(expected, rel=1e-9, abs=1e-13)


@calm
@given(
    st.sampled_from([1, 2, 4, 8]),
    st.integers(0, 8),
    st.lists(st.integers(-9, 9), min_size=10, max_size=10),
)
def test_devices_alone_gain_nothing(devices: int, steps: int, targets: list[int]) -> None:
    assert distributed.parallel_gain(INPUTS, targets, devices, steps) == 0


def test_more_steps_can_gain() -> None:
    # From 0, one step of rate 8/20 along the mean gradient: w = (9, 25)/8 · 8/20 by hand.
    one, new = distributed._trained([list(zip(INPUTS[:8], TARGETS[:8], strict=True))], 1), 5
    assert one == [Fraction(9, 20), Fraction(25, 20)]
    assert (one[0] + 2 * one[1] - new) ** 2 == Fraction(41, 20) ** 2
    assert distributed.parallel_gain(INPUTS, TARGETS, 4, 2, 2) > Fraction(3, 10)


def test_unequal_shards_are_refused_by_the_gain() -> None:
    with pytest.raises(ValueError, match="devices must divide the 8 examples, found 3"):
        distributed.parallel_gain(INPUTS, TARGETS, 3, 1)
    with pytest.raises(ValueError, match="held_out"):
        distributed.parallel_gain(INPUTS, TARGETS, 2, 1, 0, 10)
    with pytest.raises(ValueError, match="steps"):
        distributed.parallel_gain(INPUTS, TARGETS, 2, 30, 11)
    with pytest.raises(ValueError, match="a target each"):
        distributed.parallel_gain(INPUTS, TARGETS[1:], 2, 1)
    with pytest.raises(ValueError, match="other than 0"):
        distributed.parallel_gain([[0]] * 3, [1, 2, 3], 1, 1, 0, 1)


@pytest.mark.parametrize("devices", range(1, 9))
def test_ring_traffic_agrees_with_a_ring_played_through(devices: int) -> None:
    expected = outcome(distributed.ring_traffic_by_loop, devices, 120)
    assert outcome(distributed.ring_traffic, devices, 120) == expected


def test_ring_traffic_by_hand() -> None:
    # four devices, chunks of 25 MB, three sends to add up and three to spread
    assert distributed.ring_traffic(4, 100) == Fraction(150)
