"""Scaled dot-product attention with given queries, keys and values, and its gradients.

`queries` has a row per position that looks, `keys` and `values` a row per position looked at. Scores are
S = Q Kᵀ/√d, weights P = softmax of S's rows, outputs O = P V. With `causal`, query i sees keys 1..i.
`upstream` is ∂L/∂O.
"""

from __future__ import annotations

from math import exp, sqrt
from typing import Any

from .nested import (
    Matrix,
    Vector,
    _autograd,
    _check_matrix,
    _check_rows,
    _check_vector,
    _dot,
    _product,
    _tensor,
    _transposed,
)
from .ranges import _numbers


def softmax_jacobian(logits: Vector) -> Matrix:
    """∂y_i/∂z_j = y_i ([i = j] − y_j)   [Bridle 1990]"""
    _numbers(logits=logits)
    _check_logits(logits)
    y = _softmax(logits)
    places = range(len(y))
    return [[y[i] * ((i == j) - y[j]) for j in places] for i in places]


def softmax_jacobian_by_autograd(logits: Vector) -> Matrix:
    """torch's derivative of each output in turn."""
    _check_logits(logits)
    z = _tensor(logits, slopes=True)
    return [_autograd(z.softmax(0)[i], z) for i in range(len(logits))]


def softmax_gradient(logits: Vector, upstream: Vector) -> Vector:
    """∂L/∂z = y ∘ (u − u · y) for u = ∂L/∂y"""
    _numbers(logits=logits, upstream=upstream)
    _check_logits(logits)
    _check_vector("upstream", upstream, len(logits))
    return _softmax_back(_softmax(logits), upstream)


def softmax_gradient_by_autograd(logits: Vector, upstream: Vector) -> Vector:
    """torch's backward pass."""
    _check_logits(logits)
    _check_vector("upstream", upstream, len(logits))
    z = _tensor(logits, slopes=True)
    slopes: Vector = _autograd(z.softmax(0) @ _tensor(upstream), z)
    return slopes


def weights(queries: Matrix, keys: Matrix, causal: bool = False) -> Matrix:
    """P = softmax(Q Kᵀ/√d), a row per query   [Vaswani et al. 2017, eq. 1]"""
    _numbers(queries=queries, keys=keys)
    _check(queries, keys, keys, causal)
    return _weights(queries, keys, causal)


def weights_by_torch(queries: Matrix, keys: Matrix, causal: bool = False) -> Matrix:
    """What torch's attention puts out for the identity as values."""
    import torch

    _check(queries, keys, keys, causal)
    identity = torch.eye(len(keys), dtype=torch.float64)
    found: Matrix = _torch_attention(_tensor(queries), _tensor(keys), identity, causal).tolist()
    return found


def attention(queries: Matrix, keys: Matrix, values: Matrix, causal: bool = False) -> Matrix:
    """O = softmax(Q Kᵀ/√d) V, a row per query   [Vaswani et al. 2017, eq. 1]"""
    _numbers(queries=queries, keys=keys, values=values)
    _check(queries, keys, values, causal)
    return _product(_weights(queries, keys, causal), values)


def attention_by_torch(
    queries: Matrix, keys: Matrix, values: Matrix, causal: bool = False
) -> Matrix:
    """torch's scaled_dot_product_attention."""
    _check(queries, keys, values, causal)
    q, k, v = map(_tensor, (queries, keys, values))
    found: Matrix = _torch_attention(q, k, v, causal).tolist()
    return found


def score_gradient(
    queries: Matrix, keys: Matrix, values: Matrix, upstream: Matrix, causal: bool = False
) -> Matrix:
    """∂L/∂S = P ∘ (D − row sums of P ∘ D) with D = ∂L/∂O Vᵀ; S is scaled   [Dao et al. 2022, B.2]"""
    _numbers(queries=queries, keys=keys, values=values, upstream=upstream)
    _check_loss(queries, keys, values, upstream, causal)
    return _score_slopes(queries, keys, values, upstream, causal)


def score_gradient_by_autograd(
    queries: Matrix, keys: Matrix, values: Matrix, upstream: Matrix, causal: bool = False
) -> Matrix:
    """torch's gradient by a matrix of zeros that it adds to the scores."""
    import torch

    _check_loss(queries, keys, values, upstream, causal)
    extra = torch.zeros(len(queries), len(keys), dtype=torch.float64, requires_grad=True)
    seen = torch.ones(len(queries), len(keys)).tril() if causal else torch.ones(extra.shape)
    bias = extra.masked_fill(seen == 0, -torch.inf)
    q, k, v = (_tensor(rows)[None] for rows in (queries, keys, values))
    outputs = torch.nn.functional.scaled_dot_product_attention(q, k, v, attn_mask=bias)
    slopes: Matrix = _autograd((outputs[0] * _tensor(upstream)).sum(), extra)
    return slopes


def query_gradient(
    queries: Matrix, keys: Matrix, values: Matrix, upstream: Matrix, causal: bool = False
) -> Matrix:
    """∂L/∂Q = ∂L/∂S K/√d   [Dao et al. 2022, B.2]"""
    _numbers(queries=queries, keys=keys, values=values, upstream=upstream)
    _check_loss(queries, keys, values, upstream, causal)
    slopes = _score_slopes(queries, keys, values, upstream, causal)
    return _shrunk(_product(slopes, keys))


def query_gradient_by_autograd(
    queries: Matrix, keys: Matrix, values: Matrix, upstream: Matrix, causal: bool = False
) -> Matrix:
    """torch's backward pass through its attention."""
    return _torch_slopes(queries, keys, values, upstream, causal, 0)


def key_gradient(
    queries: Matrix, keys: Matrix, values: Matrix, upstream: Matrix, causal: bool = False
) -> Matrix:
    """∂L/∂K = (∂L/∂S)ᵀ Q/√d   [Dao et al. 2022, B.2]"""
    _numbers(queries=queries, keys=keys, values=values, upstream=upstream)
    _check_loss(queries, keys, values, upstream, causal)
    slopes = _score_slopes(queries, keys, values, upstream, causal)
    return _shrunk(_product(_transposed(slopes), queries))


def key_gradient_by_autograd(
    queries: Matrix, keys: Matrix, values: Matrix, upstream: Matrix, causal: bool = False
) -> Matrix:
    """torch's backward pass through its attention."""
    return _torch_slopes(queries, keys, values, upstream, causal, 1)


def value_gradient(
    queries: Matrix, keys: Matrix, values: Matrix, upstream: Matrix, causal: bool = False
) -> Matrix:
    """∂L/∂V = Pᵀ ∂L/∂O   [Dao et al. 2022, B.2]"""
    _numbers(queries=queries, keys=keys, values=values, upstream=upstream)
    _check_loss(queries, keys, values, upstream, causal)
    return _product(_transposed(_weights(queries, keys, causal)), upstream)


def value_gradient_by_autograd(
    queries: Matrix, keys: Matrix, values: Matrix, upstream: Matrix, causal: bool = False
) -> Matrix:
    """torch's backward pass through its attention."""
    return _torch_slopes(queries, keys, values, upstream, causal, 2)


def _softmax(row: Vector) -> Vector:
    powers = [exp(z - max(row)) for z in row]
    return [power / sum(powers) for power in powers]


def _softmax_back(y: Vector, upstream: Vector) -> Vector:
    shared = _dot(y, upstream)
    return [out * (slope - shared) for out, slope in zip(y, upstream, strict=True)]


def _weights(queries: Matrix, keys: Matrix, causal: bool) -> Matrix:
    scores = _shrunk(_product(queries, _transposed(keys)), len(keys[0]))
    if not causal:
        return [_softmax(row) for row in scores]
    return [
        _softmax(row[: place + 1]) + [0.0 for _ in row[place + 1 :]]
        for place, row in enumerate(scores)
    ]


def _score_slopes(
    queries: Matrix, keys: Matrix, values: Matrix, upstream: Matrix, causal: bool
) -> Matrix:
    by_weight = _product(upstream, _transposed(values))
    rows = zip(_weights(queries, keys, causal), by_weight, strict=True)
    return [_softmax_back(shares, slopes) for shares, slopes in rows]


def _shrunk(rows: Matrix, width: int | None = None) -> Matrix:
    """Divided by the root of the width d, that of the rows unless it is given."""
    root = sqrt(width or len(rows[0]))
    return [[entry / root for entry in row] for row in rows]


def _torch_attention(q: Any, k: Any, v: Any, causal: bool) -> Any:
    from torch.nn.functional import scaled_dot_product_attention

    return scaled_dot_product_attention(q[None], k[None], v[None], is_causal=causal)[0]


def _torch_slopes(
    queries: Matrix, keys: Matrix, values: Matrix, upstream: Matrix, causal: bool, of: int
) -> Matrix:
    _check_loss(queries, keys, values, upstream, causal)
    leaves = [_tensor(rows, slopes=True) for rows in (queries, keys, values)]
    q, k, v = leaves
    total = (_torch_attention(q, k, v, causal) * _tensor(upstream)).sum()
    slopes: Matrix = _autograd(total, leaves[of])
    return slopes


def _check_logits(logits: Vector) -> None:
    if not logits:
        raise ValueError("logits must have at least 1 entry, found none")


def _check(queries: Matrix, keys: Matrix, values: Matrix, causal: bool) -> None:
    for name, rows in (("queries", queries), ("keys", keys), ("values", values)):
        _check_rows(name, rows)
    if len(keys[0]) != len(queries[0]):
        raise ValueError(f"keys must be as wide as queries, {len(queries[0])}, found {keys}")
    if len(values) != len(keys):
        raise ValueError(f"values must be one row per key ({len(keys)}), found {len(values)}")
    if causal and len(queries) != len(keys):
        count = f"{len(keys)} keys for {len(queries)} queries"
        raise ValueError(f"keys must be as many as queries for a causal mask, found {count}")


def _check_loss(
    queries: Matrix, keys: Matrix, values: Matrix, upstream: Matrix, causal: bool
) -> None:
    _check(queries, keys, values, causal)
    _check_matrix("upstream", upstream, len(queries), len(values[0]))
