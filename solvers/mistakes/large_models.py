"""Mistakes with caches, low-rank adapters and experts: everything here is wrong on purpose."""

from __future__ import annotations

from fractions import Fraction

from ..large_models import Counted, cache_bytes, expert_parameters


def keys_only(
    layers: int,
    key_value_heads: int,
    head_width: int,
    length: int,
    batch: int = 1,
    bytes_per_value: int = 2,
) -> int:
    """Wrong on purpose: forgets the values."""
    whole = cache_bytes(layers, key_value_heads, head_width, length, batch, bytes_per_value)
    return whole // 2


def one_layer(
    layers: int,
    key_value_heads: int,
    head_width: int,
    length: int,
    batch: int = 1,
    bytes_per_value: int = 2,
) -> int:
    """Wrong on purpose: counts one layer's cache."""
    return cache_bytes(1, key_value_heads, head_width, length, batch, bytes_per_value)


def values_counted(
    layers: int,
    key_value_heads: int,
    head_width: int,
    length: int,
    batch: int = 1,
    bytes_per_value: int = 2,
) -> int:
    """Wrong on purpose: gives the number of values for their bytes."""
    return cache_bytes(layers, key_value_heads, head_width, length, batch, 1)


def new_tokens_only(prompt: int, tokens: int, cached: bool) -> int:
    """Wrong on purpose: forgets that the prompt is computed too."""
    return tokens


def each_time_all(prompt: int, tokens: int, cached: bool) -> int:
    """Wrong on purpose: computes the final length at every step."""
    return tokens * (prompt + tokens)


def full_matrix(inputs: int, outputs: int, rank: int, matrices: int = 1) -> int:
    """Wrong on purpose: counts the frozen matrix."""
    return matrices * inputs * outputs


def one_factor(inputs: int, outputs: int, rank: int, matrices: int = 1) -> int:
    """Wrong on purpose: counts one of the two factors."""
    return matrices * rank * inputs


def rank_squared(inputs: int, outputs: int, rank: int, matrices: int = 1) -> int:
    """Wrong on purpose: counts a rank x rank matrix between."""
    return matrices * (rank * (inputs + outputs) + rank**2)


def rank_over_width(inputs: int, outputs: int, rank: int) -> Fraction:
    """Wrong on purpose: says rank / inputs, one factor only."""
    return Fraction(rank, inputs)


def router_forgotten(
    width: int,
    inner: int,
    experts: int,
    active: int,
    gated: bool = True,
    counted: Counted = "total",
) -> int:
    """Wrong on purpose: forgets the router."""
    whole = expert_parameters(width, inner, experts, active, gated, counted)
    return whole - width * experts


def total_and_active_swapped(
    width: int,
    inner: int,
    experts: int,
    active: int,
    gated: bool = True,
    counted: Counted = "total",
) -> int:
    """Wrong on purpose: counts all experts for the active ones, and these for all."""
    other: Counted = "active" if counted == "total" else "total"
    return expert_parameters(width, inner, experts, active, gated, other)
