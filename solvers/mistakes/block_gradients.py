"""Mistakes with gradients through parts of a net: everything here is wrong on purpose."""

from __future__ import annotations

from ..block_gradients import (
    _check_mask,
    _check_residual,
    _check_tokens,
    dropout_gradient,
    embedding_gradient,
    residual_gradient,
)
from ..nested import Matrix, Vector


def repeats_overwritten(
    tokens: list[int], vocabulary: int, upstream: Matrix, padding: int | None = None
) -> Matrix:
    """Wrong on purpose: a token that comes twice keeps the slope of its last place."""
    _check_tokens(tokens, vocabulary, upstream, padding)
    table = [[0.0 for _ in upstream[0]] for _ in range(vocabulary)]
    for token, slopes in zip(tokens, upstream, strict=True):
        if token != padding:
            table[token] = slopes
    return table


def padding_learns(
    tokens: list[int], vocabulary: int, upstream: Matrix, padding: int | None = None
) -> Matrix:
    """Wrong on purpose: treats the padding as a token like any other."""
    _check_tokens(tokens, vocabulary, upstream, padding)
    return embedding_gradient(tokens, vocabulary, upstream)


def mask_forgotten(mask: list[int], rate: float, upstream: Vector, inverted: bool = True) -> Vector:
    """Wrong on purpose: lets the slopes of dropped units through."""
    return dropout_gradient([1 for _ in mask], rate, upstream, inverted)


def scale_turned_round(
    mask: list[int], rate: float, upstream: Vector, inverted: bool = True
) -> Vector:
    """Wrong on purpose: scales where training is not scaled, and not where it is."""
    return dropout_gradient(mask, rate, upstream, not inverted)


def divided_by_the_rate(
    mask: list[int], rate: float, upstream: Vector, inverted: bool = True
) -> Vector:
    """Wrong on purpose: divides by the share that is dropped."""
    _check_mask(mask, rate, upstream)
    if not rate:
        raise ValueError("rate must be above 0 to divide by it, found 0")
    return [slope * keep / rate for slope, keep in zip(upstream, mask, strict=True)]


def skip_forgotten(inputs: Vector, inner: Matrix, outer: Matrix, upstream: Vector) -> Vector:
    """Wrong on purpose: only what comes back through the weights."""
    whole = residual_gradient(inputs, inner, outer, upstream)
    return [slope - direct for slope, direct in zip(whole, upstream, strict=True)]


def skip_only(inputs: Vector, inner: Matrix, outer: Matrix, upstream: Vector) -> Vector:
    """Wrong on purpose: only what comes back past the weights."""
    _check_residual(inputs, inner, outer, upstream)
    return upstream


def slopes_summed(depth: int, slope: float, skip: bool) -> float:
    """Wrong on purpose: adds the blocks' slopes instead of multiplying them."""
    return depth * (slope + skip)


def skip_as_a_constant(depth: int, slope: float, skip: bool) -> float:
    """Wrong on purpose: one skip around the whole stack: 1 + slope^depth."""
    return float(slope**depth + skip)
