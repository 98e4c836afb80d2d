"""Mistakes people make with scaling and batch norm: everything here is wrong on purpose."""

from __future__ import annotations

from ..normalisation import Method


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


def _variance(values: list[float]) -> float:
    return sum((value - _mean(values)) ** 2 for value in values) / len(values)


def divided_by_variance(values: list[float], method: Method, sample: bool = False) -> list[float]:
    """Wrong on purpose: divides by σ² instead of σ."""
    return [(value - _mean(values)) / _variance(values) for value in values]


def divided_by_range(values: list[float], method: Method, sample: bool = False) -> list[float]:
    """Wrong on purpose: divides by the range, as mean normalisation does."""
    return [(value - _mean(values)) / (max(values) - min(values)) for value in values]


def squeezed(values: list[float], method: Method, sample: bool = False) -> list[float]:
    """Wrong on purpose: min-max scaling instead of standardising."""
    return [(value - min(values)) / (max(values) - min(values)) for value in values]


def stayed_in_unit_range(
    value: float, low: float, high: float, new_low: float, new_high: float
) -> float:
    """Wrong on purpose: scales to [0, 1] and stops there."""
    return (value - low) / (high - low)


def unshifted(value: float, low: float, high: float, new_low: float, new_high: float) -> float:
    """Wrong on purpose: stretches to the new width but forgets to add the new lower end."""
    return (value - low) / (high - low) * (new_high - new_low)


def minimum_kept(value: float, low: float, high: float, new_low: float, new_high: float) -> float:
    """Wrong on purpose: does not subtract the minimum."""
    return new_low + value / (high - low) * (new_high - new_low)


def not_scaled_back(
    values: list[float], scale: float, shift: float, sample: bool = False
) -> list[float]:
    """Wrong on purpose: normalises, but forgets γ and β."""
    return [(value - _mean(values)) / _variance(values) ** 0.5 for value in values]


def shifted_first(
    values: list[float], scale: float, shift: float, sample: bool = False
) -> list[float]:
    """Wrong on purpose: adds β before multiplying by γ."""
    return [value * scale + shift * scale for value in not_scaled_back(values, scale, shift)]


def variance_in_the_denominator(
    values: list[float], scale: float, shift: float, sample: bool = False
) -> list[float]:
    """Wrong on purpose: divides by σ² instead of σ."""
    return [scale * (v - _mean(values)) / _variance(values) + shift for v in values]


def unrooted(
    value: float, running_mean: float, running_variance: float, scale: float, shift: float
) -> float:
    """Wrong on purpose: divides by the variance."""
    return scale * (value - running_mean) / running_variance + shift


def without_scale_and_shift(
    value: float, running_mean: float, running_variance: float, scale: float, shift: float
) -> float:
    """Wrong on purpose: forgets γ and β."""
    return float((value - running_mean) / running_variance**0.5)


def only_shift(
    value: float, running_mean: float, running_variance: float, scale: float, shift: float
) -> float:
    """Wrong on purpose: normalises the example as a batch of one; only β is left."""
    return shift


def plain_ratio(first: float, second: float) -> float:
    """Wrong on purpose: the ratio of the standard deviations, not squared."""
    return max(first, second) / min(first, second)


def rooted_ratio(first: float, second: float) -> float:
    """Wrong on purpose: the root of the ratio."""
    return float((max(first, second) / min(first, second)) ** 0.5)


def replaced(running: float, batch: list[float], momentum: float, weighs_new: bool = True) -> float:
    """Wrong on purpose: takes the batch mean as the running mean."""
    return _mean(batch)


def added(running: float, batch: list[float], momentum: float, weighs_new: bool = True) -> float:
    """Wrong on purpose: keeps the old value whole and adds a share of the new one."""
    return running + momentum * _mean(batch)
