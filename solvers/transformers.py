"""Counts for transformers: attention, with keys and values shared or not, and whole blocks.

Multi-query attention is one key-value head, multi-head attention as many as query heads; a head is
width / heads wide. MACs leave out biases, norms, softmax and activation functions.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from .macs import _check_factor, _flops, _meta
from .ranges import _one_of
from .shapes import _least

NormKind = Literal["layer norm", "RMS norm"]


def attention_parameters(
    width: int, heads: int, key_value_heads: int, bias: bool = True, output_bias: bool = True
) -> int:
    """2 d^2 + 2 d d kv / heads weights; biases d + 2 d kv / heads, and d of the output map

    [Vaswani et al. 2017, sec. 3.2.2; Shazeer 2019; Ainslie et al. 2023]
    """
    narrow = _narrow(width, heads, key_value_heads)
    weights = 2 * width * (width + narrow)
    return weights + (width + 2 * narrow if bias else 0) + (width if output_bias else 0)


def attention_parameters_by_torch(
    width: int, heads: int, key_value_heads: int, bias: bool = True, output_bias: bool = True
) -> int:
    """Elements of real layers, which a real grouped attention on the meta device accepts."""
    _check_heads(width, heads, key_value_heads)
    layers = _torch_attention(width, heads, key_value_heads, bias, output_bias)
    _attend(layers, _meta(1, 2, width), heads, key_value_heads)
    return _numel(layers)


def feed_forward_parameters(width: int, inner: int, gated: bool = False, bias: bool = True) -> int:
    """2 d f weights, 3 d f with a gate (SwiGLU); biases f + d, 2 f + d with a gate

    [Vaswani et al. 2017, sec. 3.3; Shazeer 2020]
    """
    _least(1, width=width, inner=inner)
    maps = 2 if gated else 1
    return (maps + 1) * width * inner + (maps * inner + width if bias else 0)


def feed_forward_parameters_by_torch(
    width: int, inner: int, gated: bool = False, bias: bool = True
) -> int:
    """Elements of real Linear layers, through which a real vector passes on the meta device."""
    _least(1, width=width, inner=inner)
    layers = _torch_feed_forward(width, inner, gated, bias)
    _feed(layers, _meta(1, width))
    return _numel(layers)


def block_parameters(
    width: int,
    heads: int,
    key_value_heads: int,
    inner: int,
    gated: bool = False,
    bias: bool = True,
    norm: NormKind = "layer norm",
) -> int:
    """Attention + feed-forward + two norms (2 d each, RMS norm d): 12 d^2 + 13 d for f = 4 d with biases

    [Vaswani et al. 2017, sec. 3; Radford et al. 2019; Touvron et al. 2023]
    """
    _one_of(NormKind, norm=norm)
    attention = attention_parameters(width, heads, key_value_heads, bias, bias)
    norms = 2 * width * (2 if norm == "layer norm" else 1)
    return attention + feed_forward_parameters(width, inner, gated, bias) + norms


def block_parameters_by_torch(
    width: int,
    heads: int,
    key_value_heads: int,
    inner: int,
    gated: bool = False,
    bias: bool = True,
    norm: NormKind = "layer norm",
) -> int:
    """Elements of the real layers of one block, through which real rows pass on the meta device."""
    from torch import nn

    _check_heads(width, heads, key_value_heads)
    _least(1, inner=inner)
    kind: Any = nn.LayerNorm if norm == "layer norm" else nn.RMSNorm
    first, second = kind(width, device="meta"), kind(width, device="meta")
    mixing = _torch_attention(width, heads, key_value_heads, bias, bias)
    feeding = _torch_feed_forward(width, inner, gated, bias)
    rows = _meta(1, 2, width)
    rows = rows + _attend(mixing, first(rows), heads, key_value_heads)
    _feed(feeding, second(rows))
    return _numel(mixing, feeding, first, second)


def attention_macs(
    length: int,
    width: int,
    heads: int,
    key_value_heads: int,
    causal: bool = False,
    flops_per_mac: int = 1,
) -> int:
    """n (2 d^2 + 2 d d kv / heads) for the four maps + 2 n^2 d for scores and mixing; `causal` counts
    only the n (n + 1) / 2 scores that are used   [Vaswani et al. 2017, table 1]"""
    _least(1, length=length)
    _check_factor(flops_per_mac)
    maps = length * 2 * width * (width + _narrow(width, heads, key_value_heads))
    scores = length * (length + 1) // 2 if causal else length**2
    return (maps + 2 * scores * width) * flops_per_mac


def attention_macs_by_torch(
    length: int,
    width: int,
    heads: int,
    key_value_heads: int,
    causal: bool = False,
    flops_per_mac: int = 1,
) -> int:
    """torch's FLOP counter watches real attention on the meta device; causal: row after row."""
    _least(1, length=length)
    _check_heads(width, heads, key_value_heads)
    _check_factor(flops_per_mac)
    layers = _torch_attention(width, heads, key_value_heads, False, False)

    def work() -> None:
        rows = _meta(1, length, width)
        if not causal:
            _attend(layers, rows, heads, key_value_heads)
            return
        from torch.nn.functional import scaled_dot_product_attention

        query, key, value = _split(layers, rows, heads, key_value_heads)
        for at in range(length):
            seen = key[:, :, : at + 1], value[:, :, : at + 1]
            scaled_dot_product_attention(query[:, :, at : at + 1], *seen, enable_gqa=True)
        layers[3](rows)

    return _flops(work) // 2 * flops_per_mac


def attention_against_lstm(length: int, width: int, heads: int) -> float:
    """(4 n d^2 + 2 n^2 d) / (8 n d^2): multiplications of self-attention over those of an LSTM layer
    with d inputs and d units   [Vaswani et al. 2017, table 1; Hochreiter & Schmidhuber 1997]"""
    return attention_macs(length, width, heads, heads) / (length * 8 * width**2)


def attention_against_lstm_by_torch(length: int, width: int, heads: int) -> float:
    """torch's FLOP counter watches real attention, and a real LSTM cell at each position."""
    from torch import nn

    _least(1, length=length)
    _check_heads(width, heads, heads)
    layers = _torch_attention(width, heads, heads, False, False)
    attention = _flops(lambda: _attend(layers, _meta(1, length, width), heads, heads))
    gates = [nn.Linear(width, 4 * width, bias=False, device="meta") for _ in range(2)]
    row = _meta(1, width)
    recurrence = _flops(lambda: [gate(row) for _ in range(length) for gate in gates])
    return attention / recurrence


def block_macs(
    length: int,
    width: int,
    heads: int,
    key_value_heads: int,
    inner: int,
    gated: bool = False,
    flops_per_mac: int = 1,
) -> int:
    """Attention over all n^2 pairs + 2 n d f, 3 n d f with a gate   [Kaplan et al. 2020, table 1]"""
    attention = attention_macs(length, width, heads, key_value_heads)
    feeding = length * feed_forward_parameters(width, inner, gated, False)
    _check_factor(flops_per_mac)
    return (attention + feeding) * flops_per_mac


def block_macs_by_torch(
    length: int,
    width: int,
    heads: int,
    key_value_heads: int,
    inner: int,
    gated: bool = False,
    flops_per_mac: int = 1,
) -> int:
    """torch's FLOP counter watches a real block on the meta device."""
    _least(1, length=length, inner=inner)
    _check_heads(width, heads, key_value_heads)
    _check_factor(flops_per_mac)
    mixing = _torch_attention(width, heads, key_value_heads, False, False)
    feeding = _torch_feed_forward(width, inner, gated, False)
    rows = _meta(1, length, width)
    work = _flops(lambda: _feed(feeding, _attend(mixing, rows, heads, key_value_heads)))
    return work // 2 * flops_per_mac


def _torch_attention(width: int, heads: int, shared: int, bias: bool, output_bias: bool) -> Any:
    from torch import nn

    narrow = shared * (width // heads)
    layers = [nn.Linear(width, out, bias=bias, device="meta") for out in (width, narrow, narrow)]
    return nn.ModuleList([*layers, nn.Linear(width, width, bias=output_bias, device="meta")])


def _split(layers: Any, rows: Any, heads: int, shared: int) -> Iterator[Any]:
    for layer, count in zip(layers, (heads, shared, shared), strict=False):
        yield layer(rows).unflatten(-1, (count, -1)).transpose(1, 2)


def _attend(layers: Any, rows: Any, heads: int, shared: int) -> Any:
    from torch.nn.functional import scaled_dot_product_attention

    query, key, value = _split(layers, rows, heads, shared)
    mixed = scaled_dot_product_attention(query, key, value, enable_gqa=True)
    return layers[3](mixed.transpose(1, 2).flatten(-2))


def _torch_feed_forward(width: int, inner: int, gated: bool, bias: bool) -> Any:
    from torch import nn

    up = [nn.Linear(width, inner, bias=bias, device="meta") for _ in range(2 if gated else 1)]
    return nn.ModuleList([*up, nn.Linear(inner, width, bias=bias, device="meta")])


def _feed(layers: Any, rows: Any) -> Any:
    *up, down = layers
    hidden = up[0](rows)
    return down(hidden * up[1](rows) if len(up) == 2 else hidden)


def _numel(*layers: Any) -> int:
    return sum(values.numel() for layer in layers for values in layer.parameters())


def _narrow(width: int, heads: int, key_value_heads: int) -> int:
    """Width of all keys of a position together."""
    _check_heads(width, heads, key_value_heads)
    return width // heads * key_value_heads


def _check_heads(width: int, heads: int, key_value_heads: int) -> None:
    _least(1, width=width, heads=heads, key_value_heads=key_value_heads)
    if width % heads:
        raise ValueError(f"heads must divide the width {width}, found {heads}")
    if heads % key_value_heads:
        raise ValueError(f"key_value_heads must divide the heads {heads}, found {key_value_heads}")
