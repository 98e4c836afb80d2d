"""Normalisation of a batch of feature vectors, a row per example, and its gradients.

x̂ = (x − mean)/√(variance + ε), y = γ x̂ + β with one γ and β per feature; the variance divides by the number
of values. They are taken over: "batch" each feature's column; "layer" each row; "group" each of `groups`
equal parts of a row; "rms" each row, with x̂ = x/√(mean of squares + ε): nothing is subtracted.
`upstream` is ∂L/∂y.
"""

from __future__ import annotations

from itertools import chain
from math import sqrt
from typing import Any, Literal

from .nested import (
    Matrix,
    Vector,
    _autograd,
    _check_matrix,
    _check_rows,
    _check_vector,
    _dot,
    _tensor,
    _transposed,
)
from .ranges import _numbers, _one_of

Norm = Literal["batch", "layer", "group", "rms"]


def normalised(
    norm: Norm, inputs: Matrix, scale: Vector, shift: Vector, epsilon: float, groups: int = 1
) -> Matrix:
    """γ x̂ + β   [Ioffe & Szegedy 2015; Ba et al. 2016; Wu & He 2018; Zhang & Sennrich 2019]"""
    _numbers(inputs=inputs, scale=scale, shift=shift, epsilon=epsilon)
    _one_of(Norm, norm=norm)
    _check(norm, inputs, scale, epsilon, groups)
    _check_vector("shift", shift, len(scale))
    rows = _units(norm, inputs, epsilon, groups)
    return [[g * x + b for g, x, b in zip(scale, row, shift, strict=True)] for row in rows]


def normalised_by_torch(
    norm: Norm, inputs: Matrix, scale: Vector, shift: Vector, epsilon: float, groups: int = 1
) -> Matrix:
    """torch's functions; a shift after its RMS norm, which has none."""
    _check(norm, inputs, scale, epsilon, groups)
    _check_vector("shift", shift, len(scale))
    values: Matrix = _torch_norm(
        norm, _tensor(inputs), _tensor(scale), _tensor(shift), epsilon, groups
    ).tolist()
    return values


def input_gradient(
    norm: Norm,
    inputs: Matrix,
    scale: Vector,
    upstream: Matrix,
    epsilon: float,
    groups: int = 1,
) -> Matrix:
    """(g − mean g − x̂ mean(g x̂))/√(variance + ε) with g = γ ∂L/∂y; for "rms" without mean g

    [Ioffe & Szegedy 2015, section 3; simplified]
    """
    _numbers(inputs=inputs, scale=scale, upstream=upstream, epsilon=epsilon)
    _one_of(Norm, norm=norm)
    _check(norm, inputs, scale, epsilon, groups)
    _check_matrix("upstream", upstream, len(inputs), len(scale))
    scaled = [[u * g for u, g in zip(row, scale, strict=True)] for row in upstream]
    pairs = zip(_sets(norm, inputs, groups), _sets(norm, scaled, groups), strict=True)
    found = [_set_gradient(norm, values, slopes, epsilon) for values, slopes in pairs]
    return _from_sets(norm, found, groups)


def input_gradient_by_autograd(
    norm: Norm,
    inputs: Matrix,
    scale: Vector,
    upstream: Matrix,
    epsilon: float,
    groups: int = 1,
) -> Matrix:
    """torch's backward pass through its functions."""
    _check(norm, inputs, scale, epsilon, groups)
    _check_matrix("upstream", upstream, len(inputs), len(scale))
    x = _tensor(inputs, slopes=True)
    y = _torch_norm(norm, x, _tensor(scale), None, epsilon, groups)
    slopes: Matrix = _autograd((y * _tensor(upstream)).sum(), x)
    return slopes


def scale_gradient(
    norm: Norm,
    inputs: Matrix,
    scale: Vector,
    upstream: Matrix,
    epsilon: float,
    groups: int = 1,
) -> Vector:
    """∂L/∂γ = Σ ∂L/∂y x̂ over the examples   [Ioffe & Szegedy 2015, section 3]"""
    _numbers(inputs=inputs, scale=scale, upstream=upstream, epsilon=epsilon)
    _one_of(Norm, norm=norm)
    _check(norm, inputs, scale, epsilon, groups)
    _check_matrix("upstream", upstream, len(inputs), len(scale))
    columns = zip(
        _transposed(upstream), _transposed(_units(norm, inputs, epsilon, groups)), strict=True
    )
    return [_dot(slopes, units) for slopes, units in columns]


def scale_gradient_by_autograd(
    norm: Norm,
    inputs: Matrix,
    scale: Vector,
    upstream: Matrix,
    epsilon: float,
    groups: int = 1,
) -> Vector:
    """torch's backward pass through its functions."""
    _check(norm, inputs, scale, epsilon, groups)
    _check_matrix("upstream", upstream, len(inputs), len(scale))
    gamma = _tensor(scale, slopes=True)
    y = _torch_norm(norm, _tensor(inputs), gamma, None, epsilon, groups)
    slopes: Vector = _autograd((y * _tensor(upstream)).sum(), gamma)
    return slopes


def evaluation_gradient(
    inputs: Matrix,
    running_mean: Vector,
    running_variance: Vector,
    scale: Vector,
    upstream: Matrix,
    epsilon: float,
) -> Matrix:
    """∂L/∂x = γ ∂L/∂y /√(running variance + ε): batch norm in evaluation has constant statistics"""
    _numbers(
        inputs=inputs,
        running_mean=running_mean,
        running_variance=running_variance,
        scale=scale,
        upstream=upstream,
        epsilon=epsilon,
    )
    _check_running(inputs, running_mean, running_variance, scale, upstream, epsilon)
    pairs = zip(scale, running_variance, strict=True)
    factors = [gamma / sqrt(variance + epsilon) for gamma, variance in pairs]
    return [[u * factor for u, factor in zip(row, factors, strict=True)] for row in upstream]


def evaluation_gradient_by_autograd(
    inputs: Matrix,
    running_mean: Vector,
    running_variance: Vector,
    scale: Vector,
    upstream: Matrix,
    epsilon: float,
) -> Matrix:
    """torch's backward pass through a real BatchNorm1d in evaluation."""
    import torch

    _check_running(inputs, running_mean, running_variance, scale, upstream, epsilon)
    layer = torch.nn.BatchNorm1d(len(scale), eps=epsilon, dtype=torch.float64).eval()
    layer.requires_grad_(False)
    layer.weight.copy_(_tensor(scale))
    layer.running_mean, layer.running_var = _tensor(running_mean), _tensor(running_variance)
    x = _tensor(inputs, slopes=True)
    slopes: Matrix = _autograd((layer(x) * _tensor(upstream)).sum(), x)
    return slopes


def _sets(norm: Norm, rows: Matrix, groups: int) -> Matrix:
    """The lists of values that are normalised together."""
    if norm == "batch":
        return _transposed(rows)
    size = len(rows[0]) // (groups if norm == "group" else 1)
    return [row[at : at + size] for row in rows for at in range(0, len(row), size)]


def _from_sets(norm: Norm, sets: Matrix, groups: int) -> Matrix:
    """Rows again."""
    if norm == "batch":
        return _transposed(sets)
    parts = groups if norm == "group" else 1
    return [[*chain(*sets[at : at + parts])] for at in range(0, len(sets), parts)]


def _unit_set(norm: Norm, values: Vector, epsilon: float) -> tuple[Vector, float]:
    """x̂ and its divisor, for values that are normalised together."""
    centre = 0.0 if norm == "rms" else sum(values) / len(values)
    moved = [value - centre for value in values]
    width = sqrt(_dot(moved, moved) / len(values) + epsilon)
    return [value / width for value in moved], width


def _units(norm: Norm, inputs: Matrix, epsilon: float, groups: int) -> Matrix:
    sets = [_unit_set(norm, values, epsilon)[0] for values in _sets(norm, inputs, groups)]
    return _from_sets(norm, sets, groups)


def _set_gradient(norm: Norm, values: Vector, slopes: Vector, epsilon: float) -> Vector:
    units, width = _unit_set(norm, values, epsilon)
    centre = 0.0 if norm == "rms" else sum(slopes) / len(slopes)
    along = _dot(slopes, units) / len(units)
    return [(slope - centre - x * along) / width for slope, x in zip(slopes, units, strict=True)]


def _torch_norm(norm: Norm, x: Any, scale: Any, shift: Any, epsilon: float, groups: int) -> Any:
    from torch.nn import functional

    if norm == "batch":
        return functional.batch_norm(x, None, None, scale, shift, training=True, eps=epsilon)
    if norm == "layer":
        return functional.layer_norm(x, x.shape[1:], scale, shift, epsilon)
    if norm == "group":
        return functional.group_norm(x, groups, scale, shift, epsilon)
    plain = functional.rms_norm(x, x.shape[1:], scale, epsilon)
    return plain if shift is None else plain + shift


def _check(norm: Norm, inputs: Matrix, scale: Vector, epsilon: float, groups: int) -> None:
    _check_rows("inputs", inputs)
    features = len(inputs[0])
    _check_vector("scale", scale, features)
    _check_epsilon(epsilon)
    if norm == "group" and (groups < 1 or features % groups):
        raise ValueError(f"groups must divide the {features} features, found {groups}")
    if norm != "group" and groups != 1:
        raise ValueError(f"groups must be 1 for {norm} norm, found {groups}")
    sets = _sets(norm, inputs, groups)
    if norm != "rms" and len(sets[0]) < 2:
        raise ValueError(f"inputs must give at least 2 values to normalise, found {inputs}")
    if any(_too_even(norm, values) for values in sets):
        raise ValueError(f"inputs must vary within what is normalised, found {inputs}")


def _too_even(norm: Norm, values: Vector) -> bool:
    """Whether rounding would decide: the spread is tiny beside the values."""
    centre = 0.0 if norm == "rms" else sum(values) / len(values)
    spread = max(abs(value - centre) for value in values)
    return spread <= 1e-4 * max(map(abs, values)) or spread == 0


def _check_epsilon(epsilon: float) -> None:
    if not 0 < epsilon <= 1:
        raise ValueError(f"epsilon must be above 0 and at most 1, found {epsilon}")


def _check_running(
    inputs: Matrix,
    running_mean: Vector,
    running_variance: Vector,
    scale: Vector,
    upstream: Matrix,
    epsilon: float,
) -> None:
    _check_rows("inputs", inputs)
    features = len(inputs[0])
    rows = {"running_mean": running_mean, "running_variance": running_variance, "scale": scale}
    for name, values in rows.items():
        _check_vector(name, values, features)
    _check_matrix("upstream", upstream, len(inputs), features)
    _check_epsilon(epsilon)
    if min(running_variance) < 0:
        raise ValueError(f"running_variance must be at least 0, found {running_variance}")
