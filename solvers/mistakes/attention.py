"""Mistakes about attention and transformers: everything here is wrong on purpose."""

from __future__ import annotations

import math
from typing import Literal

Shown = Literal["its last state only", "its states at all steps"]


def unscaled(query: list[float], keys: list[list[float]], values: list[list[float]]) -> list[float]:
    """Wrong on purpose: forgets to divide the scores by √d_k."""
    return _mix(_softmax(_scores(query, keys, 1)), values)


def scaled_by_width(
    query: list[float], keys: list[list[float]], values: list[list[float]]
) -> list[float]:
    """Wrong on purpose: divides the scores by d_k, without the root."""
    return _mix(_softmax(_scores(query, keys, len(query))), values)


def without_softmax(
    query: list[float], keys: list[list[float]], values: list[list[float]]
) -> list[float]:
    """Wrong on purpose: mixes with the raw scores."""
    return _mix(_scores(query, keys, math.sqrt(len(query))), values)


def unmasked(scores: list[float], position: int) -> list[float]:
    """Wrong on purpose: lets the query see later keys."""
    return _softmax(scores)


def masked_after(scores: list[float], position: int) -> list[float]:
    """Wrong on purpose: masks after the softmax, so that the row does not sum to 1."""
    return _softmax(scores)[:position] + [0.0] * (len(scores) - position)


def masked_with_zero(scores: list[float], position: int) -> list[float]:
    """Wrong on purpose: puts score 0 in place of -inf on the later keys."""
    return _softmax(scores[:position] + [0.0] * (len(scores) - position))


def one_width_per_head(width: int, heads: int, bias: bool = True) -> int:
    """Wrong on purpose: gives each head query, key and value maps of the full width."""
    return (3 * heads + 1) * width * (width + bias)


def no_output_map(width: int, heads: int, bias: bool = True) -> int:
    """Wrong on purpose: forgets the map that joins the heads."""
    return 3 * width * (width + bias)


def split_twice(width: int, heads: int, bias: bool = True) -> int:
    """Wrong on purpose: counts query, key and value maps for one head only."""
    return 3 * (width // heads) * (width + bias) + width * (width + bias)


def no_norms(width: int, heads: int, inner: int, bias: bool = True) -> int:
    """Wrong on purpose: leaves out scale and shift of the two layer norms."""
    return 4 * width * (width + bias) + _feed_forward(width, inner, bias)


def attention_only(width: int, heads: int, inner: int, bias: bool = True) -> int:
    """Wrong on purpose: leaves out the feed-forward part."""
    return 4 * width * (width + bias) + 2 * width * (1 + bias)


def half_feed_forward(width: int, heads: int, inner: int, bias: bool = True) -> int:
    """Wrong on purpose: counts the map up to the inner width and not the map back."""
    return 4 * width * (width + bias) + inner * (width + bias) + 2 * width * (1 + bias)


def other_way_round(length: int, hidden: int, shown: Shown) -> int:
    """Wrong on purpose: swaps the encoder with and the one without attention."""
    return length * hidden if shown == "its last state only" else hidden


def words_only(length: int, hidden: int, shown: Shown) -> int:
    """Wrong on purpose: counts one number a word."""
    return length


def _feed_forward(width: int, inner: int, bias: bool) -> int:
    return inner * (width + bias) + width * (inner + bias)


def _scores(query: list[float], keys: list[list[float]], scale: float) -> list[float]:
    return [sum(q * k for q, k in zip(query, key, strict=True)) / scale for key in keys]


def _softmax(scores: list[float]) -> list[float]:
    powers = [math.exp(score) for score in scores]
    return [power / sum(powers) for power in powers]


def _mix(weights: list[float], values: list[list[float]]) -> list[float]:
    columns = zip(*values, strict=True)
    return [sum(w * v for w, v in zip(weights, column, strict=True)) for column in columns]
