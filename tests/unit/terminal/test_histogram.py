"""Pictures of numbers: every finite value is counted once, and the bars are to scale."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizkit.terminal.histogram import bins, drawn

NUMBERS = st.lists(st.floats(-1e6, 1e6, allow_nan=False), min_size=1, max_size=50)


@given(NUMBERS)
def test_every_value_falls_into_one_bin(values: list[float]) -> None:
    edges, counts = bins(values)
    assert sum(counts) == len(values)
    assert len(edges) == len(counts) <= 14
    assert counts[0] > 0
    assert counts[-1] > 0


def test_edges_are_round_and_equally_far_apart() -> None:
    edges, counts = bins([0.1, 0.33, 0.5, 1.05])
    assert edges == pytest.approx([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0])
    assert counts == [1, 0, 1, 0, 1, 0, 0, 0, 0, 1]


def test_what_is_not_finite_is_left_out() -> None:
    assert bins([math.nan, math.inf, 2.0])[1] == [1]
    assert bins([math.nan]) == ([], [])
    assert drawn([math.nan], 40) == ""


def test_bars_are_as_long_as_their_counts_and_fit() -> None:
    lines = drawn([0.0] * 30 + [5.0] * 15 + [10.0], 40).splitlines()
    bars = [line.count("█") for line in lines]
    assert bars[0] == 2 * bars[5]
    assert lines[-1].endswith(" 1")
    assert "▏" in drawn([0.0] * 3000 + [1.0], 40)
    assert max(map(len, lines)) <= 40
