"""Mistakes with multi-head attention: everything here is wrong on purpose."""

from __future__ import annotations

from math import sqrt

from ..multi_head import multi_head, multi_head_input_gradient
from ..nested import Matrix, _transposed


def one_wide_head(
    inputs: Matrix,
    query_weights: Matrix,
    key_weights: Matrix,
    value_weights: Matrix,
    output_weights: Matrix,
    heads: int,
    causal: bool = False,
) -> Matrix:
    """Wrong on purpose: one softmax over the full width."""
    maps = (query_weights, key_weights, value_weights, output_weights)
    return multi_head(inputs, *maps, 1, causal)


def root_of_the_full_width(
    inputs: Matrix,
    query_weights: Matrix,
    key_weights: Matrix,
    value_weights: Matrix,
    output_weights: Matrix,
    heads: int,
    causal: bool = False,
) -> Matrix:
    """Wrong on purpose: divides by √d instead of by the root of a head's width."""
    shrunk = [[w / sqrt(heads) for w in row] for row in query_weights]
    return multi_head(inputs, shrunk, key_weights, value_weights, output_weights, heads, causal)


def no_output_map(
    inputs: Matrix,
    query_weights: Matrix,
    key_weights: Matrix,
    value_weights: Matrix,
    output_weights: Matrix,
    heads: int,
    causal: bool = False,
) -> Matrix:
    """Wrong on purpose: stops at the joined heads."""
    width = range(len(output_weights))
    identity = [[float(i == j) for j in width] for i in width]
    return multi_head(inputs, query_weights, key_weights, value_weights, identity, heads, causal)


def weights_transposed(
    inputs: Matrix,
    query_weights: Matrix,
    key_weights: Matrix,
    value_weights: Matrix,
    output_weights: Matrix,
    heads: int,
    causal: bool = False,
) -> Matrix:
    """Wrong on purpose: takes the weights' columns for their rows."""
    q, k, v, o = map(_transposed, (query_weights, key_weights, value_weights, output_weights))
    return multi_head(inputs, q, k, v, o, heads, causal)


def values_path_only(
    inputs: Matrix,
    query_weights: Matrix,
    key_weights: Matrix,
    value_weights: Matrix,
    output_weights: Matrix,
    upstream: Matrix,
    heads: int,
    causal: bool = False,
) -> Matrix:
    """Wrong on purpose: takes the attention weights for constants."""
    from ..attention_gradients import value_gradient
    from ..multi_head import _check, _heads, _joined
    from ..nested import _product

    _check(inputs, [query_weights, key_weights, value_weights, output_weights], heads)
    maps = (query_weights, key_weights, value_weights)
    q, k, v = (_heads(_product(inputs, _transposed(w)), heads) for w in maps)
    slopes = _heads(_product(upstream, output_weights), heads)
    rows = zip(q, k, v, slopes, strict=True)
    by_value = [value_gradient(a, b, c, u, causal) for a, b, c, u in rows]
    return _product(_joined(by_value), value_weights)


def other_head_count(
    inputs: Matrix,
    query_weights: Matrix,
    key_weights: Matrix,
    value_weights: Matrix,
    output_weights: Matrix,
    upstream: Matrix,
    heads: int,
    causal: bool = False,
) -> Matrix:
    """Wrong on purpose: the gradient of one wide head."""
    maps = (query_weights, key_weights, value_weights, output_weights)
    return multi_head_input_gradient(inputs, *maps, upstream, 1, causal)
