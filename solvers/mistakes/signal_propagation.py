"""Mistakes people make with the variance through layers: everything here is wrong on purpose."""

from __future__ import annotations

from math import sqrt

from ..signal_propagation import Activation, Pass, mean_field_variance, variance_ratio


def other_direction(
    widths: list[int], variances: list[float], activation: Activation, direction: Pass = "forward"
) -> float:
    """Wrong on purpose: fan-out on the way forward, fan-in on the way back."""
    turned: Pass = "backward" if direction == "forward" else "forward"
    return variance_ratio(widths, variances, activation, turned)


def half_forgotten(
    widths: list[int], variances: list[float], activation: Activation, direction: Pass = "forward"
) -> float:
    """Wrong on purpose: halves where nothing is cut off, and not where half is."""
    other: Activation = "linear" if activation == "relu" else "relu"
    return variance_ratio(widths, variances, other, direction)


def deviation_ratio(
    widths: list[int], variances: list[float], activation: Activation, direction: Pass = "forward"
) -> float:
    """Wrong on purpose: the ratio of standard deviations."""
    return sqrt(variance_ratio(widths, variances, activation, direction))


def summed_branches(blocks: int, branch: float = 1.0, scale: float = 1.0) -> float:
    """Wrong on purpose: adds the start's variance once per block."""
    return 1 + blocks * scale**2 * branch


def unsquared_scale(blocks: int, branch: float = 1.0, scale: float = 1.0) -> float:
    """Wrong on purpose: multiplies the branch's variance by c instead of c²."""
    return float((1 + abs(scale) * branch) ** blocks)


def linear_units(weight_variance: float, bias_variance: float, start: float, depth: int) -> float:
    """Wrong on purpose: as if tanh let everything through."""
    for _ in range(depth):
        start = weight_variance * start + bias_variance
    return start


def one_layer(weight_variance: float, bias_variance: float, start: float, depth: int) -> float:
    """Wrong on purpose: the first layer only."""
    return mean_field_variance(weight_variance, bias_variance, start, 1)
