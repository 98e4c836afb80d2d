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
@given(st.integers(1, 4), st.lists(st.integers(-20, 20), min_size=12, max_size=12))
def test_equal_shards_leave_no_gap(size: int, slopes: list[int]) -> None:
    equal = [slopes[start : start + size] for start in range(0, 12, size)]
    assert distributed.averaging_gap(equal) == 0


def test_unequal_shards_by_hand() -> None:
    # (2 + 4 + 6 + 20) / 4 = 8, but (4 + 20) / 2 = 12
    assert distributed.full_gradient([[2, 4, 6], [20]]) == 8
    assert distributed.averaging_gap([[2, 4, 6], [20]]) == 4


@pytest.mark.parametrize("devices", range(1, 9))
def test_ring_traffic_agrees_with_a_ring_played_through(devices: int) -> None:
    expected = outcome(distributed.ring_traffic_by_loop, devices, 120)
    assert outcome(distributed.ring_traffic, devices, 120) == expected


def test_ring_traffic_by_hand() -> None:
    # four devices, chunks of 25 MB, three sends to add up and three to spread
    assert distributed.ring_traffic(4, 100) == Fraction(150)
