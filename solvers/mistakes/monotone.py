"""Mistakes with isotonic regression: everything here is wrong on purpose."""

from __future__ import annotations

from fractions import Fraction
from itertools import accumulate

from .. import monotone


def running_maximum(values: list[int], weights: list[int]) -> list[Fraction]:
    """Wrong on purpose: each value raised to the largest so far."""
    return [Fraction(value) for value in accumulate(values, max)]


def put_in_order(values: list[int], weights: list[int]) -> list[Fraction]:
    """Wrong on purpose: the values sorted, which moves them to other places."""
    return [Fraction(value) for value in sorted(values)]


def neighbours_pooled_once(values: list[int], weights: list[int]) -> list[Fraction]:
    """Wrong on purpose: one pass over the pairs; a new violation before them is not looked at."""
    fit = [Fraction(value) for value in values]
    for i in range(1, len(fit)):
        if fit[i] < fit[i - 1]:
            fit[i - 1] = fit[i] = (fit[i - 1] + fit[i]) / 2
    return fit


def weights_ignored(values: list[int], weights: list[int]) -> Fraction:
    """Wrong on purpose: all weights 1."""
    return monotone.isotonic_error(values, [])


def error_of_the_maximum(values: list[int], weights: list[int]) -> Fraction:
    """Wrong on purpose: the error of the running maximum."""
    rows = zip(weights or [1] * len(values), values, accumulate(values, max), strict=True)
    return Fraction(sum(w * (y - f) ** 2 for w, y, f in rows))
