"""Rates by which an arm is tuned: the best of a grid, on seeds that judge nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import inf
from statistics import median

from .common import TUNING

# Takes nets and rates, and counts steps: all nets at the first rate come first; below 0 or NaN: never there.
Counting = Callable[[range, list[float]], Sequence[float]]


def best_rate(count: Counting, rates: list[float], seeds: int, of: str) -> float:
    """The rate with the fewest steps in the typical one of so many tuning seeds

    A best rate on the grid's edge may not be the best there is, and is refused.
    """
    counts = count(range(TUNING, TUNING + seeds), rates)
    arrived = [steps if steps >= 0 else inf for steps in counts]
    typical = [median(arrived[start : start + seeds]) for start in range(0, len(arrived), seeds)]
    best = typical.index(min(typical))
    if typical[best] == inf:
        raise ValueError(
            f"steps must be enough for {of} to get there at some rate of the grid, found none from "
            f"{rates[0]:.4g} to {rates[-1]:.4g}"
        )
    if best in (0, len(rates) - 1):
        raise ValueError(f"the best rate of {of} must lie inside the grid, found {rates[best]:.4g}")
    return rates[best]


def doubling(lowest: float, count: int) -> list[float]:
    """lowest · 2⁰, 2¹, ...: so many rates."""
    return [lowest * 2.0**power for power in range(count)]
