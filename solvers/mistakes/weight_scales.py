"""Mistakes people make with the size of initial weights: everything here is wrong on purpose."""

from __future__ import annotations

from math import prod, sqrt

from ..weight_scales import Gain, Kind, Scheme, fans, truncated_variance, weight_deviation


def swapped_fans(
    kind: Kind, inputs: int, outputs: int, kernel: list[int], groups: int = 1
) -> tuple[int, int]:
    """Wrong on purpose: fan-out for fan-in."""
    fan_in, fan_out = fans(kind, inputs, outputs, kernel, groups)
    return fan_out, fan_in


def kernel_forgotten(
    kind: Kind, inputs: int, outputs: int, kernel: list[int], groups: int = 1
) -> tuple[int, int]:
    """Wrong on purpose: counts channels only."""
    fan_in, fan_out = fans(kind, inputs, outputs, kernel, groups)
    return fan_in // prod(kernel), fan_out // prod(kernel)


def groups_forgotten(
    kind: Kind, inputs: int, outputs: int, kernel: list[int], groups: int = 1
) -> tuple[int, int]:
    """Wrong on purpose: lets each filter see all channels."""
    return fans(kind, inputs, outputs, kernel)


def variance_as_deviation(scheme: Scheme, fan_in: int, fan_out: int, gain: float = 1.0) -> float:
    """Wrong on purpose: the variance."""
    return weight_deviation(scheme, fan_in, fan_out, gain) ** 2


def by_fan_out(scheme: Scheme, fan_in: int, fan_out: int, gain: float = 1.0) -> float:
    """Wrong on purpose: fan-out for fan-in, and for both fans."""
    return weight_deviation(scheme, fan_out, fan_out, gain)


def deviation_as_limit(scheme: Scheme, fan_in: int, fan_out: int, gain: float = 1.0) -> float:
    """Wrong on purpose: a = σ."""
    return weight_deviation(scheme, fan_in, fan_out, gain)


def width_as_deviation(scheme: Scheme, fan_in: int, fan_out: int, gain: float = 1.0) -> float:
    """Wrong on purpose: √12 σ, the whole width of the interval."""
    return sqrt(12) * weight_deviation(scheme, fan_in, fan_out, gain)


def gain_squared(activation: Gain, slope: float = 0.01) -> float:
    """Wrong on purpose: the factor of the variance, 2 for ReLU."""
    squares: dict[Gain, float] = {"tanh": 25 / 9, "selu": 9 / 16, "relu": 2.0}
    return 2 / (1 + slope**2) if activation == "leaky-relu" else squares.get(activation, 1.0)


def relu_for_all(activation: Gain, slope: float = 0.01) -> float:
    """Wrong on purpose: √2 whatever follows."""
    return sqrt(2)


def untruncated(
    deviation: float, low: float = -2.0, high: float = 2.0, absolute: bool = False
) -> float:
    """Wrong on purpose: the variance before the cut."""
    return deviation**2


def other_cuts(
    deviation: float, low: float = -2.0, high: float = 2.0, absolute: bool = False
) -> float:
    """Wrong on purpose: takes the cuts in σ where they are absolute, and the other way round."""
    return truncated_variance(deviation, low, high, not absolute)
