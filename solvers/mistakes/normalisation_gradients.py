"""Mistakes with the gradients of normalisation: everything here is wrong on purpose."""

from __future__ import annotations

from ..nested import Matrix, Vector, _dot, _transposed
from ..normalisation_gradients import (
    Norm,
    _check,
    _from_sets,
    _sets,
    _unit_set,
    evaluation_gradient,
    input_gradient,
    normalised,
)


def constant_statistics(
    norm: Norm,
    inputs: Matrix,
    scale: Vector,
    upstream: Matrix,
    epsilon: float,
    groups: int = 1,
) -> Matrix:
    """Wrong on purpose: takes mean and variance for constants, as in evaluation."""
    return _wrong(norm, inputs, scale, upstream, epsilon, groups, keep=())


def constant_variance(
    norm: Norm,
    inputs: Matrix,
    scale: Vector,
    upstream: Matrix,
    epsilon: float,
    groups: int = 1,
) -> Matrix:
    """Wrong on purpose: takes the variance for a constant."""
    return _wrong(norm, inputs, scale, upstream, epsilon, groups, keep=("mean",))


def constant_mean(
    norm: Norm,
    inputs: Matrix,
    scale: Vector,
    upstream: Matrix,
    epsilon: float,
    groups: int = 1,
) -> Matrix:
    """Wrong on purpose: takes the mean for a constant."""
    return _wrong(norm, inputs, scale, upstream, epsilon, groups, keep=("variance",))


def scale_forgotten(
    norm: Norm,
    inputs: Matrix,
    scale: Vector,
    upstream: Matrix,
    epsilon: float,
    groups: int = 1,
) -> Matrix:
    """Wrong on purpose: leaves out γ."""
    return input_gradient(norm, inputs, [1.0 for _ in scale], upstream, epsilon, groups)


def inputs_for_units(
    norm: Norm,
    inputs: Matrix,
    scale: Vector,
    upstream: Matrix,
    epsilon: float,
    groups: int = 1,
) -> Vector:
    """Wrong on purpose: ∂L/∂γ from x instead of from x̂."""
    _check(norm, inputs, scale, epsilon, groups)
    pairs = zip(_transposed(upstream), _transposed(inputs), strict=True)
    return [_dot(slopes, values) for slopes, values in pairs]


def shift_gradient_for_scale(
    norm: Norm,
    inputs: Matrix,
    scale: Vector,
    upstream: Matrix,
    epsilon: float,
    groups: int = 1,
) -> Vector:
    """Wrong on purpose: Σ ∂L/∂y, which is the gradient of β."""
    _check(norm, inputs, scale, epsilon, groups)
    return [sum(column) for column in _transposed(upstream)]


def training_for_evaluation(
    inputs: Matrix,
    running_mean: Vector,
    running_variance: Vector,
    scale: Vector,
    upstream: Matrix,
    epsilon: float,
) -> Matrix:
    """Wrong on purpose: differentiates the batch's statistics, which evaluation does not use."""
    return input_gradient("batch", inputs, scale, upstream, epsilon)


def variance_for_deviation(
    inputs: Matrix,
    running_mean: Vector,
    running_variance: Vector,
    scale: Vector,
    upstream: Matrix,
    epsilon: float,
) -> Matrix:
    """Wrong on purpose: divides by the variance, without its root."""
    squared = [variance**2 for variance in running_variance]
    return evaluation_gradient(inputs, running_mean, squared, scale, upstream, epsilon)


def over_the_other_axis(
    norm: Norm, inputs: Matrix, scale: Vector, shift: Vector, epsilon: float, groups: int = 1
) -> Matrix:
    """Wrong on purpose: layer norm for batch norm, and batch norm for the others."""
    return normalised("layer" if norm == "batch" else "batch", inputs, scale, shift, epsilon)


def _wrong(
    norm: Norm,
    inputs: Matrix,
    scale: Vector,
    upstream: Matrix,
    epsilon: float,
    groups: int,
    keep: tuple[str, ...],
) -> Matrix:
    """The gradient with the terms of only some of the statistics."""
    _check(norm, inputs, scale, epsilon, groups)
    scaled = [[u * g for u, g in zip(row, scale, strict=True)] for row in upstream]
    found: Matrix = []
    for values, slopes in zip(
        _sets(norm, inputs, groups), _sets(norm, scaled, groups), strict=True
    ):
        units, width = _unit_set(norm, values, epsilon)
        centre = sum(slopes) / len(slopes) if "mean" in keep and norm != "rms" else 0.0
        along = _dot(slopes, units) / len(units) if "variance" in keep else 0.0
        parts = zip(slopes, units, strict=True)
        found.append([(slope - centre - x * along) / width for slope, x in parts])
    return _from_sets(norm, found, groups)
