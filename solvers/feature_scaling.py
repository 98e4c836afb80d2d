"""Scaling of a feature's values: to any range, robustly, to unit length; fitted here, applied there."""

from __future__ import annotations

from math import floor, sqrt
from typing import Any, Literal

from .ranges import _count, _numbers, _one_of, _share

Scaler = Literal["min-max", "mean", "z-score", "robust", "max-abs"]
Norm = Literal["l1", "l2", "max"]


def fitted_and_applied(
    train: list[float], values: list[float], scaler: Scaler, sample: bool = False
) -> list[float]:
    """(x − shift)/width with shift and width of the training values

    robust: median and interquartile range, quantiles interpolated linearly; z-score: σ by n,
    or by n − 1 where `sample`   [scikit-learn, preprocessing]
    """
    _numbers(train=train, values=values)
    _one_of(Scaler, scaler=scaler)
    shift, width = _fitted(train, scaler, sample)
    return [(value - shift) / width for value in values]


def fitted_and_applied_by_numpy(
    train: list[float], values: list[float], scaler: Scaler, sample: bool = False
) -> list[float]:
    """The straight line through two points that numpy's statistics fix."""
    import numpy as np

    _spread(train)
    low, middle, high = (float(q) for q in np.quantile(train, [0.25, 0.5, 0.75]))
    mean, deviation = float(np.mean(train)), float(np.std(train, ddof=int(sample)))
    smallest, largest = float(np.min(train)), float(np.max(train))
    points: dict[Scaler, tuple[float, float]] = {
        "min-max": (smallest, largest),
        "mean": (mean, mean + largest - smallest),
        "z-score": (mean, mean + deviation),
        "robust": (middle, middle + high - low),
        "max-abs": (0.0, float(np.abs(train).max())),
    }
    zero, one = points[scaler]
    if one == zero:
        raise ValueError(f"the middle half of train must not be all equal, found {train}")
    slope, offset = np.linalg.solve([[zero, 1.0], [one, 1.0]], [0.0, 1.0])
    return [float(slope * value + offset) for value in values]


def unscaled(
    train: list[float], scaled: list[float], scaler: Scaler, sample: bool = False
) -> list[float]:
    """shift + width · z: back to the feature's own unit"""
    _numbers(train=train, scaled=scaled)
    _one_of(Scaler, scaler=scaler)
    shift, width = _fitted(train, scaler, sample)
    return [shift + width * value for value in scaled]


def unscaled_by_numpy(
    train: list[float], scaled: list[float], scaler: Scaler, sample: bool = False
) -> list[float]:
    """Linear interpolation between two scaled values whose originals are known."""
    ends = [min(train, default=0.0), max(train, default=0.0)]
    low, high = fitted_and_applied_by_numpy(train, ends, scaler, sample)
    return [ends[0] + (z - low) / (high - low) * (ends[1] - ends[0]) for z in scaled]


def to_range(values: list[float], low: float = 0.0, high: float = 1.0) -> list[float]:
    """a + (x − min)(b − a)/(max − min)   [scikit-learn, MinMaxScaler]"""
    _numbers(values=values, low=low, high=high)
    _spread(values)
    if not low < high:
        raise ValueError(f"low must be below high, found {low} and {high}")
    smallest, width = min(values), max(values) - min(values)
    return [low + (value - smallest) * (high - low) / width for value in values]


def to_range_by_numpy(values: list[float], low: float = 0.0, high: float = 1.0) -> list[float]:
    """numpy's interpolation between the ends."""
    import numpy as np

    _spread(values)
    if not low < high:
        raise ValueError(f"low must be below high, found {low} and {high}")
    return [float(v) for v in np.interp(values, [min(values), max(values)], [low, high])]


def unit_length(values: list[float], norm: Norm = "l2") -> list[float]:
    """x/‖x‖ with Σ|x|, √Σx² or max|x|   [scikit-learn, Normalizer]"""
    _one_of(Norm, norm=norm)
    _numbers(values=values)
    sizes = {
        "l1": sum(map(abs, values)),
        "l2": sqrt(sum(v * v for v in values)),
        "max": max(map(abs, values), default=0.0),
    }
    if sizes[norm] == 0:
        raise ValueError(f"values must not all be 0, found {values}")
    return [value / sizes[norm] for value in values]


def unit_length_by_torch(values: list[float], norm: Norm = "l2") -> list[float]:
    """torch's normalize, with the order of the norm."""
    import torch

    if not any(values):
        raise ValueError(f"values must not all be 0, found {values}")
    order = {"l1": 1.0, "l2": 2.0, "max": float("inf")}[norm]
    x = torch.tensor(values, dtype=torch.float64)
    return [float(v) for v in torch.nn.functional.normalize(x, p=order, dim=0, eps=1e-300)]


def quantile(values: list[float], share: float) -> float:
    """x₍ₖ₎ + f (x₍ₖ₊₁₎ − x₍ₖ₎) at position (n − 1) q = k + f   [Hyndman & Fan 1996, type 7]"""
    _numbers(values=values, share=share)
    _count(**{"the number of values": len(values)})
    if share != 1:
        _share(share=share)
    ordered, place = sorted(values), (len(values) - 1) * share
    below = min(floor(place), len(values) - 1)
    above = min(below + 1, len(values) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def quantile_by_torch(values: list[float], share: float) -> float:
    """torch.quantile with linear interpolation."""
    import torch

    _count(**{"the number of values": len(values)})
    if share != 1:
        _share(share=share)
    return float(torch.quantile(torch.tensor(values, dtype=torch.float64), share))


def _fitted(train: list[float], scaler: Scaler, sample: bool) -> tuple[float, float]:
    """Shift and width."""
    _spread(train)
    mean = sum(train) / len(train)
    square = sum((value - mean) ** 2 for value in train) / (len(train) - sample)
    between = max(train) - min(train)
    middle = quantile(train, 0.75) - quantile(train, 0.25)
    fits: dict[Scaler, tuple[float, float]] = {
        "min-max": (min(train), between),
        "mean": (mean, between),
        "z-score": (mean, sqrt(square)),
        "robust": (quantile(train, 0.5), middle),
        "max-abs": (0.0, max(map(abs, train))),
    }
    if fits[scaler][1] == 0:
        raise ValueError(f"the middle half of train must not be all equal, found {train}")
    return fits[scaler]


def _spread(values: list[Any]) -> None:
    if len(values) < 2 or min(values) == max(values):
        raise ValueError(f"values must not all be equal, found {values}")
