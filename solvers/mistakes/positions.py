"""Mistakes with positional encodings: everything here is wrong on purpose."""

from __future__ import annotations

import math

from .. import positions
from ..positions import Pairing


def cosine_first(position: int, width: int, base: float = 10000) -> list[float]:
    """Wrong on purpose: sine and cosine swapped."""
    right = positions.sinusoid(position, width, base)
    return [right[i ^ 1] for i in range(width)]


def own_frequency_per_entry(position: int, width: int, base: float = 10000) -> list[float]:
    """Wrong on purpose: the exponent counts entries, so that a pair has two frequencies."""
    angles = (position * base ** (-i / width) for i in range(width))
    return [math.cos(angle) if i % 2 else math.sin(angle) for i, angle in enumerate(angles)]


def counted_from_one(position: int, width: int, base: float = 10000) -> list[float]:
    """Wrong on purpose: positions counted from 1."""
    return positions.sinusoid(position + 1, width, base)


def sum_of_positions(first: int, second: int, width: int, base: float = 10000) -> float:
    """Wrong on purpose: cos of the sum of the positions."""
    return positions.sinusoid_product(first, -second, width, base)


def width_terms(first: int, second: int, width: int, base: float = 10000) -> float:
    """Wrong on purpose: one term per entry, not one per pair."""
    return 2 * positions.sinusoid_product(first, second, width, base)


def turned_backwards(
    vector: list[float], position: int, pairing: Pairing = "adjacent", base: float = 10000
) -> list[float]:
    """Wrong on purpose: the sign of the sine swapped."""
    return positions.rotated(vector, -position, pairing, base)


def added(
    vector: list[float], position: int, pairing: Pairing = "adjacent", base: float = 10000
) -> list[float]:
    """Wrong on purpose: adds the sinusoid, as in the first transformer."""
    code = positions.sinusoid(position, len(vector), base)
    return [x + y for x, y in zip(vector, code, strict=True)]


def other_pairing(
    vector: list[float], position: int, pairing: Pairing = "adjacent", base: float = 10000
) -> list[float]:
    """Wrong on purpose: the pairs of the other convention."""
    other: Pairing = "halves" if pairing == "adjacent" else "adjacent"
    return positions.rotated(vector, position, other, base)


def positions_ignored(
    query: list[float], key: list[float], at: int, key_at: int, base: float = 10000
) -> float:
    """Wrong on purpose: the plain product."""
    return math.fsum(q * k for q, k in zip(query, key, strict=True))


def key_not_turned(
    query: list[float], key: list[float], at: int, key_at: int, base: float = 10000
) -> float:
    """Wrong on purpose: only the query is turned."""
    return positions.rotary_score(query, key, at, 0, base)
