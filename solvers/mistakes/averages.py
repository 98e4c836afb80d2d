"""Mistakes people make with moving averages: everything here is wrong on purpose."""

from __future__ import annotations

from ..averages import moving_average


def other_bias(values: list[float], beta: float, corrected: bool = True) -> float:
    """Wrong on purpose: corrects where it should not, and the other way round."""
    return moving_average(values, beta, not corrected)


def plain_mean(values: list[float], beta: float, corrected: bool = True) -> float:
    """Wrong on purpose: all values weigh the same."""
    return sum(values) / len(values)


def swapped_weights(values: list[float], beta: float, corrected: bool = True) -> float:
    """Wrong on purpose: β weighs the new value."""
    return moving_average(values, 1 - beta, corrected)


def corrected_once(beta: float, step: int) -> float:
    """Wrong on purpose: 1/(1 − β) at each step."""
    return 1 / (1 - beta)


def factor_itself(beta: float, step: int) -> float:
    """Wrong on purpose: multiplies by 1 − βᵗ instead of dividing by it."""
    return float(1 - beta**step)


def window_as_half_life(beta: float) -> float:
    """Wrong on purpose: 1/(1 − β), after which 1/e is left and not 1/2."""
    return 1 / (1 - beta)


def counted_from_zero(beta: float) -> float:
    """Wrong on purpose: β/(1 − β), the mean age with the newest value's age taken as 0."""
    return beta / (1 - beta)


def older_share(beta: float, count: int) -> float:
    """Wrong on purpose: βⁿ, what all the older values weigh."""
    return float(beta**count)


def one_e_fold(beta: float, count: int) -> float:
    """Wrong on purpose: n steps as a share of the window 1/(1 − β)."""
    return min(1.0, count * (1 - beta))


def averaged_window(beta: float, variance: float = 1.0) -> float:
    """Wrong on purpose: σ² over 1/(1 − β) values that all weigh the same."""
    return variance * (1 - beta)


def deviation_of_average(beta: float, variance: float = 1.0) -> float:
    """Wrong on purpose: the standard deviation."""
    return float((variance * (1 - beta) / (1 + beta)) ** 0.5)


def other_terminal(rate: float, momentum: float, averaged: bool = False) -> float:
    """Wrong on purpose: divides by 1 − β for the average, and not for the sum."""
    return rate / (1 - momentum) if averaged else rate


def times_momentum(rate: float, momentum: float, averaged: bool = False) -> float:
    """Wrong on purpose: adds only one step of the velocity."""
    return rate * (1 + momentum)
