"""Mistakes people make with normalisation layers: everything here is wrong on purpose."""

from __future__ import annotations

from math import sqrt

from ..norms import Array, Layer, Vector, layer_norm, normalised, rms_norm, statistics


def other_axis(values: Array, layer: Layer, groups: int = 1, epsilon: float = 1e-5) -> Array:
    """Wrong on purpose: mixes up batch norm and layer norm; instance norm for group norm."""
    swapped: dict[Layer, Layer] = {"batch": "layer", "layer": "batch", "group": "instance"}
    return normalised(values, swapped.get(layer, "layer"), groups, epsilon)


def undivided(values: Array, layer: Layer, groups: int = 1, epsilon: float = 1e-5) -> Array:
    """Wrong on purpose: only takes the mean of the position's own row off."""
    return [[[v - sum(row) / len(row) for v in row] for row in example] for example in values]


def swapped_statistics(
    layer: Layer, examples: int, channels: int, positions: int, groups: int = 1
) -> tuple[int, int]:
    """Wrong on purpose: the number of values for the number of means, and the other way round."""
    means, values = statistics(layer, examples, channels, positions, groups)
    return values, means


def positions_apart(
    layer: Layer, examples: int, channels: int, positions: int, groups: int = 1
) -> tuple[int, int]:
    """Wrong on purpose: a mean for each position, as for vectors without any."""
    means, values = statistics(layer, examples, channels, positions, groups)
    return means * positions, values // positions


def sample_variance(
    values: Vector, scales: Vector, shifts: Vector, epsilon: float = 1e-5
) -> Vector:
    """Wrong on purpose: the variance by n − 1."""
    mean = sum(values) / len(values)
    variance = sum((v - mean) ** 2 for v in values) / (len(values) - 1)
    unit = [(v - mean) / sqrt(variance + epsilon) for v in values]
    return [g * u + b for g, u, b in zip(scales, unit, shifts, strict=True)]


def divided_by_variance(
    values: Vector, scales: Vector, shifts: Vector, epsilon: float = 1e-5
) -> Vector:
    """Wrong on purpose: divides by the variance instead of the standard deviation."""
    mean = sum(values) / len(values)
    variance = sum((v - mean) ** 2 for v in values) / len(values)
    unit = [(v - mean) / (variance + epsilon) for v in values]
    return [g * u + b for g, u, b in zip(scales, unit, shifts, strict=True)]


def centred_first(values: Vector, scales: Vector, epsilon: float = 1e-8) -> Vector:
    """Wrong on purpose: takes the mean off, which is layer norm."""
    return layer_norm(values, scales, [0.0] * len(values), epsilon)


def euclidean_length(values: Vector, scales: Vector, epsilon: float = 1e-8) -> Vector:
    """Wrong on purpose: divides by the root of the sum, not of the mean, of squares."""
    return [v / sqrt(len(values)) for v in rms_norm(values, scales, epsilon)]


def keeps_the_new(
    batches: list[list[float]], momentum: float = 0.1, unbiased: bool = True
) -> list[float]:
    """Wrong on purpose: m weighs the old value, as in Keras."""
    mean, variance = 0.0, 1.0
    for batch in batches:
        centre = sum(batch) / len(batch)
        spread = sum((v - centre) ** 2 for v in batch) / (len(batch) - unbiased)
        mean = momentum * mean + (1 - momentum) * centre
        variance = momentum * variance + (1 - momentum) * spread
    return [mean, variance]


def starts_at_zero(
    batches: list[list[float]], momentum: float = 0.1, unbiased: bool = True
) -> list[float]:
    """Wrong on purpose: the running variance starts at 0 instead of 1."""
    mean = variance = 0.0
    for batch in batches:
        centre = sum(batch) / len(batch)
        spread = sum((v - centre) ** 2 for v in batch) / (len(batch) - unbiased)
        mean += momentum * (centre - mean)
        variance += momentum * (spread - variance)
    return [mean, variance]


def bias_unscaled(
    weights: list[Vector],
    biases: Vector,
    scales: Vector,
    shifts: Vector,
    means: Vector,
    variances: Vector,
    epsilon: float = 1e-5,
) -> list[Vector]:
    """Wrong on purpose: takes μ off the bias and adds β without scaling what lies between."""
    rows = []
    for k, row in enumerate(weights):
        factor = scales[k] / sqrt(variances[k] + epsilon)
        rows.append([*(w * factor for w in row), biases[k] - means[k] + shifts[k]])
    return rows


def bias_forgotten(
    weights: list[Vector],
    biases: Vector,
    scales: Vector,
    shifts: Vector,
    means: Vector,
    variances: Vector,
    epsilon: float = 1e-5,
) -> list[Vector]:
    """Wrong on purpose: leaves the layer's own bias out."""
    rows = []
    for k, row in enumerate(weights):
        factor = scales[k] / sqrt(variances[k] + epsilon)
        rows.append([*(w * factor for w in row), shifts[k] - means[k] * factor])
    return rows


def constant_statistics(
    values: Vector, slopes: Vector, scale: float = 1.0, epsilon: float = 1e-5
) -> Vector:
    """Wrong on purpose: as if mean and variance did not depend on the values."""
    mean = sum(values) / len(values)
    variance = sum((v - mean) ** 2 for v in values) / len(values)
    return [scale * g / sqrt(variance + epsilon) for g in slopes]
