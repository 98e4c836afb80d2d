"""Mistakes with the counts of transformer layers: everything here is wrong on purpose."""

from __future__ import annotations

from ..transformers import (
    NormKind,
    attention_macs,
    attention_parameters,
    block_parameters,
    feed_forward_parameters,
)


def times_heads(
    width: int, heads: int, key_value_heads: int, bias: bool = True, output_bias: bool = True
) -> int:
    """Wrong on purpose: gives each head maps of the full width."""
    return heads * attention_parameters(width, 1, 1, bias, output_bias)


def no_output_map(
    width: int, heads: int, key_value_heads: int, bias: bool = True, output_bias: bool = True
) -> int:
    """Wrong on purpose: forgets the output map."""
    whole = attention_parameters(width, heads, key_value_heads, bias, False)
    return whole - width * width


def heads_not_shared(
    width: int, heads: int, key_value_heads: int, bias: bool = True, output_bias: bool = True
) -> int:
    """Wrong on purpose: gives every query head keys and values of its own."""
    return attention_parameters(width, heads, heads, bias, output_bias)


def two_maps(width: int, inner: int, gated: bool = False, bias: bool = True) -> int:
    """Wrong on purpose: forgets the gate's map."""
    return feed_forward_parameters(width, inner, False, bias)


def one_way(width: int, inner: int, gated: bool = False, bias: bool = True) -> int:
    """Wrong on purpose: forgets the way back down."""
    return width * inner + (inner if bias else 0)


def attention_only(
    width: int,
    heads: int,
    key_value_heads: int,
    inner: int,
    gated: bool = False,
    bias: bool = True,
    norm: NormKind = "layer norm",
) -> int:
    """Wrong on purpose: counts the attention, which is the smaller part."""
    return attention_parameters(width, heads, key_value_heads, bias, bias)


def one_norm(
    width: int,
    heads: int,
    key_value_heads: int,
    inner: int,
    gated: bool = False,
    bias: bool = True,
    norm: NormKind = "layer norm",
) -> int:
    """Wrong on purpose: counts one norm."""
    whole = block_parameters(width, heads, key_value_heads, inner, gated, bias, norm)
    return whole - width * (2 if norm == "layer norm" else 1)


def scores_forgotten(
    length: int,
    width: int,
    heads: int,
    key_value_heads: int,
    causal: bool = False,
    flops_per_mac: int = 1,
) -> int:
    """Wrong on purpose: counts the four maps only, so that length seems to cost linearly."""
    maps = attention_parameters(width, heads, key_value_heads, False, False)
    return length * maps * flops_per_mac


def scores_per_head(
    length: int,
    width: int,
    heads: int,
    key_value_heads: int,
    causal: bool = False,
    flops_per_mac: int = 1,
) -> int:
    """Wrong on purpose: multiplies the scores' work by the heads, although each is narrower."""
    maps = scores_forgotten(length, width, heads, key_value_heads, causal, flops_per_mac)
    whole = attention_macs(length, width, heads, key_value_heads, causal, flops_per_mac)
    return maps + heads * (whole - maps)


def mixing_forgotten(
    length: int,
    width: int,
    heads: int,
    key_value_heads: int,
    causal: bool = False,
    flops_per_mac: int = 1,
) -> int:
    """Wrong on purpose: counts the scores, and forgets that values are mixed with them."""
    maps = scores_forgotten(length, width, heads, key_value_heads, causal, flops_per_mac)
    whole = attention_macs(length, width, heads, key_value_heads, causal, flops_per_mac)
    return maps + (whole - maps) // 2
