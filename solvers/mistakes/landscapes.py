"""Mistakes people make with the limit of the rate: everything here is wrong on purpose."""

from __future__ import annotations


def flattest_direction(first: float, second: float) -> float:
    """Wrong on purpose: lets the smaller curvature set the limit."""
    return 1 / min(first, second)


def forgot_the_two(first: float, second: float) -> float:
    """Wrong on purpose: 2 over the coefficient, which is half the curvature."""
    return 2 / max(first, second)


def one_over_curvature(first: float, second: float) -> float:
    """Wrong on purpose: the rate that lands in the steep direction's minimum at once."""
    return 1 / (2 * max(first, second))
