"""Mistakes people make with the scaling of features: everything here is wrong on purpose."""

from __future__ import annotations

from ..feature_scaling import Norm, Scaler, fitted_and_applied, unit_length


def fitted_anew(
    train: list[float], values: list[float], scaler: Scaler, sample: bool = False
) -> list[float]:
    """Wrong on purpose: fits shift and width to the very values that are scaled."""
    return fitted_and_applied(values, values, scaler, sample)


def fitted_on_all(
    train: list[float], values: list[float], scaler: Scaler, sample: bool = False
) -> list[float]:
    """Wrong on purpose: fits to training and new values together (leakage)."""
    return fitted_and_applied([*train, *values], values, scaler, sample)


def other_deviation(
    train: list[float], values: list[float], scaler: Scaler, sample: bool = False
) -> list[float]:
    """Wrong on purpose: divides by n − 1 instead of n, or the other way round."""
    return fitted_and_applied(train, values, scaler, not sample)


def shift_first(
    train: list[float], scaled: list[float], scaler: Scaler, sample: bool = False
) -> list[float]:
    """Wrong on purpose: scales the scaled values once more instead of back."""
    return fitted_and_applied(train, scaled, scaler, sample)


def range_forgotten(values: list[float], low: float = 0.0, high: float = 1.0) -> list[float]:
    """Wrong on purpose: multiplies by the upper end only."""
    return [high * value for value in fitted_and_applied(values, values, "min-max")]


def without_shift(values: list[float], low: float = 0.0, high: float = 1.0) -> list[float]:
    """Wrong on purpose: scales to the width b − a and leaves the start at 0."""
    return [(high - low) * value for value in fitted_and_applied(values, values, "min-max")]


def squared_length(values: list[float], norm: Norm = "l2") -> list[float]:
    """Wrong on purpose: divides by the sum of squares."""
    return [value / sum(v * v for v in values) for value in values]


def signed_sum(values: list[float], norm: Norm = "l2") -> list[float]:
    """Wrong on purpose: divides by the sum, in which signs cancel."""
    return [value / (sum(values) or 1.0) for value in values]


def euclidean_always(values: list[float], norm: Norm = "l2") -> list[float]:
    """Wrong on purpose: the root of the sum of squares, whichever norm is asked."""
    return unit_length(values, "l2" if norm != "l2" else "max")


def nearest_value(values: list[float], share: float) -> float:
    """Wrong on purpose: takes the value at the rounded position, without interpolation."""
    return sorted(values)[round((len(values) - 1) * share)]


def position_of_n(values: list[float], share: float) -> float:
    """Wrong on purpose: the value at position n q, counted from 0."""
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]
