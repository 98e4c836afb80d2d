"""Multi-head attention of given weights: outputs and the gradient by its input.

`inputs` has a row per position. Projections are y = W x, W with a row per output feature, no biases; head k
has features (k − 1) d/h + 1 to k d/h of queries, keys and values; the heads' outputs are joined and
mapped by `output_weights`. With `causal`, a position sees itself and those before it.
"""

from __future__ import annotations

from itertools import chain
from typing import Any

from .attention_gradients import (
    attention,
    key_gradient,
    query_gradient,
    value_gradient,
)
from .nested import (
    Matrix,
    _autograd,
    _check_matrix,
    _check_rows,
    _combined,
    _product,
    _tensor,
    _transposed,
)
from .ranges import _numbers


def multi_head(
    inputs: Matrix,
    query_weights: Matrix,
    key_weights: Matrix,
    value_weights: Matrix,
    output_weights: Matrix,
    heads: int,
    causal: bool = False,
) -> Matrix:
    """W_O · joined softmax(Q_k K_kᵀ/√(d/h)) V_k   [Vaswani et al. 2017, 3.2.2]"""
    _numbers(
        inputs=inputs,
        query_weights=query_weights,
        key_weights=key_weights,
        value_weights=value_weights,
        output_weights=output_weights,
    )
    maps = [query_weights, key_weights, value_weights]
    _check(inputs, [*maps, output_weights], heads)
    parts = zip(*(_heads(_product(inputs, _transposed(w)), heads) for w in maps), strict=True)
    joined = _joined([attention(q, k, v, causal) for q, k, v in parts])
    return _product(joined, _transposed(output_weights))


def multi_head_by_torch(
    inputs: Matrix,
    query_weights: Matrix,
    key_weights: Matrix,
    value_weights: Matrix,
    output_weights: Matrix,
    heads: int,
    causal: bool = False,
) -> Matrix:
    """A real torch.nn.MultiheadAttention."""
    weights = [query_weights, key_weights, value_weights, output_weights]
    _check(inputs, weights, heads)
    found: Matrix = _torch_outputs(_tensor(inputs), weights, heads, causal).tolist()
    return found


def multi_head_input_gradient(
    inputs: Matrix,
    query_weights: Matrix,
    key_weights: Matrix,
    value_weights: Matrix,
    output_weights: Matrix,
    upstream: Matrix,
    heads: int,
    causal: bool = False,
) -> Matrix:
    """∂L/∂x = ∂L/∂Q W_Q + ∂L/∂K W_K + ∂L/∂V W_V: the input is used three times"""
    _numbers(
        inputs=inputs,
        query_weights=query_weights,
        key_weights=key_weights,
        value_weights=value_weights,
        output_weights=output_weights,
        upstream=upstream,
    )
    maps = [query_weights, key_weights, value_weights]
    _check(inputs, [*maps, output_weights], heads)
    _check_matrix("upstream", upstream, len(inputs), len(inputs[0]))
    parts = [_heads(_product(inputs, _transposed(w)), heads) for w in maps]
    slopes = _heads(_product(upstream, output_weights), heads)
    gradients = (query_gradient, key_gradient, value_gradient)
    found = [
        _joined([rule(q, k, v, u, causal) for q, k, v, u in zip(*parts, slopes, strict=True)])
        for rule in gradients
    ]
    ways = [_product(rows, w) for rows, w in zip(found, maps, strict=True)]
    return _combined(lambda *entries: sum(entries), *ways)


def multi_head_input_gradient_by_autograd(
    inputs: Matrix,
    query_weights: Matrix,
    key_weights: Matrix,
    value_weights: Matrix,
    output_weights: Matrix,
    upstream: Matrix,
    heads: int,
    causal: bool = False,
) -> Matrix:
    """torch's backward pass through a real torch.nn.MultiheadAttention."""
    weights = [query_weights, key_weights, value_weights, output_weights]
    _check(inputs, weights, heads)
    _check_matrix("upstream", upstream, len(inputs), len(inputs[0]))
    x = _tensor(inputs, slopes=True)
    outputs = _torch_outputs(x, weights, heads, causal)
    slopes: Matrix = _autograd((outputs * _tensor(upstream)).sum(), x)
    return slopes


def _heads(rows: Matrix, heads: int) -> list[Matrix]:
    size = len(rows[0]) // heads
    return [[row[at : at + size] for row in rows] for at in range(0, len(rows[0]), size)]


def _joined(parts: list[Matrix]) -> Matrix:
    return [list(chain(*rows)) for rows in zip(*parts, strict=True)]


def _torch_outputs(x: Any, weights: list[Matrix], heads: int, causal: bool) -> Any:
    import torch

    width = len(weights[0])
    layer = torch.nn.MultiheadAttention(width, heads, bias=False, dtype=torch.float64)
    layer.requires_grad_(False)
    layer.in_proj_weight.copy_(torch.cat([_tensor(w) for w in weights[:3]]))
    layer.out_proj.weight.copy_(_tensor(weights[3]))
    later = torch.ones(len(x), len(x), dtype=torch.bool).triu(1) if causal else None
    return layer(x, x, x, attn_mask=later, need_weights=False)[0]


def _check(inputs: Matrix, weights: list[Matrix], heads: int) -> None:
    _check_rows("inputs", inputs)
    width = len(inputs[0])
    names = ("query_weights", "key_weights", "value_weights", "output_weights")
    for name, matrix in zip(names, weights, strict=True):
        _check_matrix(name, matrix, width, width)
    if heads < 1 or width % heads:
        raise ValueError(f"heads must divide the width {width}, found {heads}")
