"""Gradients through an embedding table, dropout and a residual block; `upstream` is ∂L/∂output."""

from __future__ import annotations

from .mlp import KINK
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
from .ranges import _in_float64, _numbers


def embedding_gradient(
    tokens: list[int], vocabulary: int, upstream: Matrix, padding: int | None = None
) -> Matrix:
    """∂L/∂table: a token's row adds up the slopes of all its places; those unseen, and padding's, stay 0

    Tokens count from 0.
    """
    _numbers(upstream=upstream)
    _check_tokens(tokens, vocabulary, upstream, padding)
    table = [[0.0 for _ in upstream[0]] for _ in range(vocabulary)]
    for token, slopes in zip(tokens, upstream, strict=True):
        if token != padding:
            table[token] = [a + b for a, b in zip(table[token], slopes, strict=True)]
    return table


def embedding_gradient_by_autograd(
    tokens: list[int], vocabulary: int, upstream: Matrix, padding: int | None = None
) -> Matrix:
    """torch's backward pass through its embedding."""
    import torch

    _check_tokens(tokens, vocabulary, upstream, padding)
    width = len(upstream[0])
    table = torch.zeros(vocabulary, width, dtype=torch.float64, requires_grad=True)
    rows = torch.nn.functional.embedding(torch.tensor(tokens), table, padding)
    slopes: Matrix = _autograd((rows * _tensor(upstream)).sum(), table)
    return slopes


def dropout_gradient(
    mask: list[int], rate: float, upstream: Vector, inverted: bool = True
) -> Vector:
    """∂L/∂x = u ∘ mask/(1 − rate): units dropped (mask 0) get none; without 1/(1 − rate) where the
    training is not scaled   [Srivastava et al. 2014]"""
    _numbers(rate=rate, upstream=upstream)
    _check_mask(mask, rate, upstream)
    kept = 1 / (1 - rate) if inverted else 1.0
    return [slope * kept * keep for slope, keep in zip(upstream, mask, strict=True)]


def dropout_gradient_by_autograd(
    mask: list[int], rate: float, upstream: Vector, inverted: bool = True
) -> Vector:
    """torch's backward pass through a fill of the dropped units with 0."""
    import torch

    _check_mask(mask, rate, upstream)
    x = torch.ones(len(mask), dtype=torch.float64, requires_grad=True)
    scaled = x / (1 - rate) if inverted else x
    outputs = scaled.masked_fill(torch.tensor(mask) == 0, 0.0)
    slopes: Vector = _autograd(outputs @ _tensor(upstream), x)
    return slopes


def residual_gradient(inputs: Vector, inner: Matrix, outer: Matrix, upstream: Vector) -> Vector:
    """∂L/∂x = u + W1ᵀ ([W1 x > 0] ∘ W2ᵀ u) for y = x + W2 relu(W1 x)   [He et al. 2016b, eq. 5]"""
    _numbers(inputs=inputs, inner=inner, outer=outer, upstream=upstream)
    _check_residual(inputs, inner, outer, upstream)
    by_signal = [_dot(column, upstream) for column in _transposed(outer)]
    gated = [slope * (_dot(row, inputs) > 0) for slope, row in zip(by_signal, inner, strict=True)]
    through = [_dot(column, gated) for column in _transposed(inner)]
    return [direct + slope for direct, slope in zip(upstream, through, strict=True)]


def residual_gradient_by_autograd(
    inputs: Vector, inner: Matrix, outer: Matrix, upstream: Vector
) -> Vector:
    """torch's backward pass."""
    _check_residual(inputs, inner, outer, upstream)
    x = _tensor(inputs, slopes=True)
    y = x + _tensor(outer) @ (_tensor(inner) @ x).relu()
    slopes: Vector = _autograd(y @ _tensor(upstream), x)
    return slopes


def residual_chain(depth: int, slope: float, skip: bool) -> float:
    """∂y/∂x = (1 + slope)^depth through blocks y = x + slope x; slope^depth without the skips"""
    _numbers(slope=slope)
    _check_depth(depth)
    with _in_float64():
        return float((slope + skip) ** depth)


def residual_chain_by_autograd(depth: int, slope: float, skip: bool) -> float:
    """torch's backward pass through the blocks, one after another."""
    import torch

    _check_depth(depth)
    x = torch.ones((), dtype=torch.float64, requires_grad=True)
    y = x
    for _ in range(depth):
        y = slope * y + y if skip else slope * y
    return float(torch.autograd.grad(y, x)[0])


def _check_tokens(
    tokens: list[int], vocabulary: int, upstream: Matrix, padding: int | None
) -> None:
    _check_rows("upstream", upstream)
    _check_vector("tokens", tokens, len(upstream))
    for name, entries in (("tokens", tokens), ("padding", [0 if padding is None else padding])):
        if any(not 0 <= entry < vocabulary for entry in entries):
            raise ValueError(f"{name} must be from 0 to {vocabulary - 1}, found {entries}")


def _check_mask(mask: list[int], rate: float, upstream: Vector) -> None:
    _check_vector("upstream", upstream, len(mask))
    if set(mask) - {0, 1}:
        raise ValueError(f"mask must be of 0 and 1, found {mask}")
    if not 0 <= rate < 1:
        raise ValueError(f"rate must be at least 0 and below 1, found {rate}")


def _check_residual(inputs: Vector, inner: Matrix, outer: Matrix, upstream: Vector) -> None:
    _check_rows("inner", inner)
    _check_matrix("inner", inner, len(inner), len(inputs))
    _check_matrix("outer", outer, len(inputs), len(inner))
    _check_vector("upstream", upstream, len(inputs))
    sums = [_dot(row, inputs) for row in inner]
    if any(abs(z) < KINK for z in sums):
        raise ValueError(f"pre-activations must not be 0 before relu, found {sums}")


def _check_depth(depth: int) -> None:
    if not 1 <= depth <= 200:
        raise ValueError(f"depth must be from 1 to 200, found {depth}")
