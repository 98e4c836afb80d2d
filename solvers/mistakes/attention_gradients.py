"""Mistakes with attention's values and gradients: everything here is wrong on purpose."""

from __future__ import annotations

from math import sqrt

from ..attention_gradients import (
    _check_logits,
    _check_loss,
    _score_slopes,
    _softmax,
    _weights,
    attention,
    key_gradient,
    query_gradient,
    value_gradient,
    weights,
)
from ..nested import Matrix, Vector, _product, _transposed


def diagonal_only(logits: Vector) -> Matrix:
    """Wrong on purpose: the sigmoid's y (1 − y) on the diagonal, 0 elsewhere."""
    _check_logits(logits)
    y = _softmax(logits)
    return [[y[i] * (1 - y[i]) * (i == j) for j in range(len(y))] for i in range(len(y))]


def sign_of_the_rest(logits: Vector) -> Matrix:
    """Wrong on purpose: + y_i y_j off the diagonal."""
    _check_logits(logits)
    y = _softmax(logits)
    places = range(len(y))
    return [[y[i] * (1 - y[i]) if i == j else y[i] * y[j] for j in places] for i in places]


def elementwise_slope(logits: Vector, upstream: Vector) -> Vector:
    """Wrong on purpose: u y (1 − y), as if each output had only its own logit."""
    _check_logits(logits)
    return [u * y * (1 - y) for u, y in zip(upstream, _softmax(logits), strict=True)]


def unscaled_weights(queries: Matrix, keys: Matrix, causal: bool = False) -> Matrix:
    """Wrong on purpose: leaves out 1/√d."""
    return weights(_grown(queries, sqrt(len(keys[0]))), keys, causal)


def divided_by_width(queries: Matrix, keys: Matrix, causal: bool = False) -> Matrix:
    """Wrong on purpose: divides by d instead of by √d."""
    return weights(_grown(queries, 1 / sqrt(len(keys[0]))), keys, causal)


def softmax_over_queries(queries: Matrix, keys: Matrix, causal: bool = False) -> Matrix:
    """Wrong on purpose: the softmax down the columns."""
    return _transposed(weights(keys, queries, causal))


def unscaled(queries: Matrix, keys: Matrix, values: Matrix, causal: bool = False) -> Matrix:
    """Wrong on purpose: leaves out 1/√d."""
    return attention(_grown(queries, sqrt(len(keys[0]))), keys, values, causal)


def mask_after_softmax(
    queries: Matrix, keys: Matrix, values: Matrix, causal: bool = False
) -> Matrix:
    """Wrong on purpose: sets later weights to 0 after the softmax, so that rows no longer sum to 1."""
    whole = weights(queries, keys)
    kept = [[p * (j <= i or not causal) for j, p in enumerate(row)] for i, row in enumerate(whole)]
    return _product(kept, values)


def mask_turned_round(
    queries: Matrix, keys: Matrix, values: Matrix, causal: bool = False
) -> Matrix:
    """Wrong on purpose: lets each position see itself and the later ones."""
    return attention(queries[::-1], keys[::-1], values[::-1], causal)[::-1]


def mask_forgotten(queries: Matrix, keys: Matrix, values: Matrix, causal: bool = False) -> Matrix:
    """Wrong on purpose: lets each position see the later ones."""
    return attention(queries, keys, values, False)


def root_forgotten(
    queries: Matrix, keys: Matrix, values: Matrix, upstream: Matrix, causal: bool = False
) -> Matrix:
    """Wrong on purpose: 1/√d in the forward pass, but not in ∂L/∂Q."""
    slopes = query_gradient(queries, keys, values, upstream, causal)
    return _grown(slopes, sqrt(len(keys[0])))


def softmax_skipped(
    queries: Matrix, keys: Matrix, values: Matrix, upstream: Matrix, causal: bool = False
) -> Matrix:
    """Wrong on purpose: ∂L/∂P for ∂L/∂S."""
    _check_loss(queries, keys, values, upstream, causal)
    by_weight = _product(upstream, _transposed(values))
    return _grown(_product(by_weight, keys), 1 / sqrt(len(keys[0])))


def softmax_diagonal(
    queries: Matrix, keys: Matrix, values: Matrix, upstream: Matrix, causal: bool = False
) -> Matrix:
    """Wrong on purpose: P (1 − P) for the softmax's Jacobian."""
    _check_loss(queries, keys, values, upstream, causal)
    by_weight = _product(upstream, _transposed(values))
    pairs = zip(_weights(queries, keys, causal), by_weight, strict=True)
    slopes = [[p * (1 - p) * d for p, d in zip(*rows, strict=True)] for rows in pairs]
    return _grown(_product(slopes, keys), 1 / sqrt(len(keys[0])))


def keys_for_queries(
    queries: Matrix, keys: Matrix, values: Matrix, upstream: Matrix, causal: bool = False
) -> Matrix:
    """Wrong on purpose: ∂L/∂K from ∂L/∂S without its transpose."""
    _check_loss(queries, keys, values, upstream, causal)
    if len(queries) != len(keys):
        return key_gradient(queries, keys, values, upstream, causal)
    slopes = _score_slopes(queries, keys, values, upstream, causal)
    return _grown(_product(slopes, queries), 1 / sqrt(len(keys[0])))


def weights_not_transposed(
    queries: Matrix, keys: Matrix, values: Matrix, upstream: Matrix, causal: bool = False
) -> Matrix:
    """Wrong on purpose: ∂L/∂V from P without its transpose."""
    _check_loss(queries, keys, values, upstream, causal)
    if len(queries) != len(keys):
        return value_gradient(queries, keys, values, upstream, causal)
    return _product(_weights(queries, keys, causal), upstream)


def _grown(rows: Matrix, factor: float) -> Matrix:
    return [[entry * factor for entry in row] for row in rows]
