"""Mistakes with regression: everything here is wrong on purpose."""

from __future__ import annotations

import math
from fractions import Fraction

from .. import regression


def penalty_forgotten(
    rows: list[list[int]], targets: list[int], penalty: int = 0
) -> list[Fraction]:
    """Wrong on purpose: plain least squares."""
    return regression.ridge_weights(rows, targets)


def penalty_per_row(rows: list[list[int]], targets: list[int], penalty: int = 0) -> list[Fraction]:
    """Wrong on purpose: λ n on the diagonal, the mean's penalty with the sum's loss."""
    return regression.ridge_weights(rows, targets, penalty * len(rows))


def features_one_by_one(
    rows: list[list[int]], targets: list[int], penalty: int = 0
) -> list[Fraction]:
    """Wrong on purpose: each feature fitted alone, as if they were uncorrelated."""
    return [
        regression.ridge_weights([[x] for x in column], targets, penalty)[0]
        for column in zip(*rows, strict=True)
    ]


def probabilities_for_log_odds(zero: list[int], one: list[int]) -> list[float]:
    """Wrong on purpose: the difference of probabilities, a linear fit."""
    start, end = (counts[1] / sum(counts) for counts in (zero, one))
    return [start, end - start]


def slope_not_relative(zero: list[int], one: list[int]) -> list[float]:
    """Wrong on purpose: the second weight is the log odds at x = 1, the intercept not taken off."""
    return [math.log(counts[1] / counts[0]) for counts in (zero, one)]


def uphill(
    rows: list[list[float]], labels: list[int], weights: list[float], rate: float
) -> list[float]:
    """Wrong on purpose: the step goes up the slope."""
    return regression.logistic_step(rows, labels, weights, -rate)


def summed(
    rows: list[list[float]], labels: list[int], weights: list[float], rate: float
) -> list[float]:
    """Wrong on purpose: the sum over the examples, not the mean."""
    return regression.logistic_step(rows, labels, weights, rate * len(rows))
