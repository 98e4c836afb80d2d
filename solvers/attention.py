"""Attention and transformers: weights, outputs, parameter counts, order and lengths."""

from __future__ import annotations

import math
from typing import Any, Literal

from .ranges import _numbers, _one_of

Matrix = list[list[float]]
Shown = Literal["its last state only", "its states at all steps"]


def attend(query: list[float], keys: list[list[float]], values: list[list[float]]) -> list[float]:
    """softmax(q Kᵀ / √d_k) V for one query   [Vaswani et al. 2017, eq. 1]"""
    _numbers(query=query, keys=keys, values=values)
    _check_attention(query, keys, values)
    weights = attention_weights(query, keys)
    columns = zip(*values, strict=True)
    return [sum(w * v for w, v in zip(weights, column, strict=True)) for column in columns]


def attend_by_torch(
    query: list[float], keys: list[list[float]], values: list[list[float]]
) -> list[float]:
    """torch's scaled_dot_product_attention in float64."""
    import torch

    _check_attention(query, keys, values)
    q, k, v = (torch.tensor([m], dtype=torch.float64) for m in ([query], keys, values))
    mixed = torch.nn.functional.scaled_dot_product_attention(q, k, v)
    return [float(entry) for entry in mixed[0, 0]]


def attention_weights(query: list[float], keys: list[list[float]]) -> list[float]:
    """softmax(q Kᵀ / √d_k) for one query: positive, with sum 1   [Vaswani et al. 2017, eq. 1]"""
    _numbers(query=query, keys=keys)
    _check_attention(query, keys, keys)
    scale = math.sqrt(len(query))
    scores = [sum(q * k for q, k in zip(query, key, strict=True)) / scale for key in keys]
    return _softmax(scores)


def attention_weights_by_torch(query: list[float], keys: list[list[float]]) -> list[float]:
    """With the identity as values, torch's attention puts out its weights."""
    import torch

    _check_attention(query, keys, keys)
    q, k = (torch.tensor([m], dtype=torch.float64) for m in ([query], keys))
    identity = torch.eye(len(keys), dtype=torch.float64)[None]
    mixed = torch.nn.functional.scaled_dot_product_attention(q, k, identity)
    return [float(entry) for entry in mixed[0, 0]]


def causal_weights(scores: list[float], position: int) -> list[float]:
    """softmax over the keys 1..position, 0 on the later ones   [Vaswani et al. 2017, 3.2.3]"""
    _numbers(scores=scores)
    _check_position(scores, position)
    return _softmax(scores[:position]) + [0.0] * (len(scores) - position)


def causal_weights_by_torch(scores: list[float], position: int) -> list[float]:
    """The row of a score matrix whose upper triangle was filled with -inf before the softmax."""
    import torch

    _check_position(scores, position)
    square = torch.tensor([scores] * len(scores), dtype=torch.float64)
    later = torch.ones_like(square, dtype=torch.bool).triu(diagonal=1)
    row = square.masked_fill(later, -torch.inf).softmax(dim=-1)[position - 1]
    return [float(weight) for weight in row]


def multi_head_parameters(width: int, heads: int, bias: bool = True) -> int:
    """4 d² + 4 d: query, key, value and output maps of all heads   [Vaswani et al. 2017, 3.2.2]"""
    _check_heads(width, heads)
    return 4 * width * (width + bias)


def multi_head_parameters_by_torch(width: int, heads: int, bias: bool = True) -> int:
    """The elements of a real torch.nn.MultiheadAttention."""
    import torch

    _check_heads(width, heads)
    layer = torch.nn.MultiheadAttention(width, heads, bias=bias, device="meta")
    return sum(values.numel() for values in layer.parameters())


def encoder_layer_parameters(width: int, heads: int, inner: int, bias: bool = True) -> int:
    """4d² + 4d attention, 2df + f + d feed-forward, 4d two norms   [Vaswani et al. 2017, 3]"""
    _check_heads(width, heads)
    _check_positive(inner=inner)
    attention = 4 * width * (width + bias)
    feed_forward = width * inner + bias * inner + inner * width + bias * width
    norms = 2 * width * (1 + bias)
    return attention + feed_forward + norms


def encoder_layer_parameters_by_torch(width: int, heads: int, inner: int, bias: bool = True) -> int:
    """The elements of a real torch.nn.TransformerEncoderLayer."""
    import torch

    _check_heads(width, heads)
    _check_positive(inner=inner)
    layer = torch.nn.TransformerEncoderLayer(width, heads, inner, bias=bias, device="meta")
    return sum(values.numel() for values in layer.parameters())


def handed_over(length: int, hidden: int, shown: Shown) -> int:
    """Numbers a recurrent encoder shows its decoder: h, or length · h with attention
    [Sutskever et al. 2014; Bahdanau et al. 2015, section 3]"""
    _one_of(Shown, shown=shown)
    _check_positive(length=length, hidden=hidden)
    return hidden if shown == "its last state only" else length * hidden


def handed_over_by_torch(length: int, hidden: int, shown: Shown) -> int:
    """A real GRU encoder: all its outputs, or its last state alone."""
    import torch

    _check_positive(length=length, hidden=hidden)
    with torch.no_grad():
        outputs, last = torch.nn.GRU(3, hidden)(torch.zeros(length, 3))
    return int((last if shown == "its last state only" else outputs).numel())


def order_gap(tokens: list[list[float]], order: list[int], positions: bool) -> float:
    """max |A(P X) - P A(X)| of self-attention A with Q = K = V = X; `positions` adds sinusoids
    [Vaswani et al. 2017, 3.5]"""
    _numbers(tokens=tokens)
    _check_order(tokens, order)
    straight = _self_attention(_placed(tokens, positions))
    shuffled = _self_attention(_placed([tokens[i] for i in order], positions))
    pairs = zip((straight[i] for i in order), shuffled, strict=True)
    return max(abs(a - b) for rows in pairs for a, b in zip(*rows, strict=True))


def order_gap_by_torch(tokens: list[list[float]], order: list[int], positions: bool) -> float:
    """The same gap of torch's scaled_dot_product_attention."""
    import torch

    _check_order(tokens, order)
    x = torch.tensor(tokens, dtype=torch.float64)
    place = torch.arange(len(tokens), dtype=torch.float64)[:, None]
    column = torch.arange(x.shape[1], dtype=torch.float64)
    angle = place / 10000 ** (2 * (column // 2) / x.shape[1])
    signal = torch.where(column % 2 == 0, angle.sin(), angle.cos()) * positions

    def attention(rows: Any) -> Any:
        rows = (rows + signal)[None]
        return torch.nn.functional.scaled_dot_product_attention(rows, rows, rows)[0]

    return float((attention(x[order]) - attention(x)[order]).abs().max())


def encoder_vectors(length: int, width: int) -> int:
    """How many vectors self-attention puts out for `length` input vectors, by running it"""
    _check_positive(length=length, width=width)
    if length**2 * width > 10**6:
        raise ValueError(f"length² · width must be at most 10⁶ here, found {length}² · {width}")
    tokens = [[math.sin(i + j) for j in range(width)] for i in range(length)]
    return len(_self_attention(tokens))


def encoder_vectors_by_torch(length: int, width: int) -> int:
    """The first size of what a real two-layer torch encoder puts out."""
    import torch

    _check_positive(length=length, width=width)
    layer = torch.nn.TransformerEncoderLayer(width, 1, 2 * width)
    stack = torch.nn.TransformerEncoder(layer, 2, enable_nested_tensor=False)
    with torch.no_grad():
        return int(stack(torch.zeros(length, width)).shape[0])


def _softmax(scores: list[float]) -> list[float]:
    highest = max(scores)
    powers = [math.exp(score - highest) for score in scores]
    return [power / sum(powers) for power in powers]


def _self_attention(rows: Matrix) -> Matrix:
    return [attend(row, rows, rows) for row in rows]


def _placed(tokens: Matrix, positions: bool) -> Matrix:
    if not positions:
        return tokens
    return [
        [x + _sinusoid(place, column, len(row)) for column, x in enumerate(row)]
        for place, row in enumerate(tokens)
    ]


def _sinusoid(place: int, column: int, width: int) -> float:
    angle = place / 10000 ** (2 * (column // 2) / width)
    return math.cos(angle) if column % 2 else math.sin(angle)


def _check_positive(**sizes: int) -> None:
    for name, size in sizes.items():
        if size < 1:
            raise ValueError(f"{name} must be at least 1, found {size}")


def _check_heads(width: int, heads: int) -> None:
    _check_positive(width=width, heads=heads)
    if width % heads:
        raise ValueError(f"heads must divide the width {width}, found {heads}")


def _check_attention(query: list[float], keys: Matrix, values: Matrix) -> None:
    if not query or not keys or any(len(key) != len(query) for key in keys):
        raise ValueError(f"keys must have the query's size {len(query)}, found {keys}")
    if len(values) != len(keys) or len({len(value) for value in values}) != 1:
        raise ValueError(f"values must be one vector per key ({len(keys)}), found {values}")


def _check_position(scores: list[float], position: int) -> None:
    if not 1 <= position <= len(scores):
        raise ValueError(f"position must be from 1 to {len(scores)}, found {position}")


def _check_order(tokens: Matrix, order: list[int]) -> None:
    if sorted(order) != list(range(len(tokens))):
        raise ValueError(f"order must rearrange 0..{len(tokens) - 1}, found {order}")
