"""Positional encodings, sinusoidal and rotary, and what their products depend on."""

from __future__ import annotations

import math
from typing import Literal

from .ranges import _numbers, _one_of

Pairing = Literal["adjacent", "halves"]


def sinusoid(position: int, width: int, base: float = 10000) -> list[float]:
    """[sin ω₀p, cos ω₀p, sin ω₁p, ...], ωᵢ = base^(−2i/width)   [Vaswani et al. 2017, 3.5]"""
    _check_width(width, base)
    angles = (position * base ** (-2 * i / width) for i in range(width // 2))
    return [each(angle) for angle in angles for each in (math.sin, math.cos)]


def sinusoid_by_torch(position: int, width: int, base: float = 10000) -> list[float]:
    """A unit number turned `position` times by each pair's complex factor; imaginary part first."""
    import torch

    _check_width(width, base)
    rates = torch.logspace(0, -1, width // 2 + 1, base, dtype=torch.float64)[:-1]
    turned = torch.polar(torch.ones_like(rates), rates) ** position
    return [float(x) for x in torch.stack([turned.imag, turned.real], 1).flatten()]


def sinusoid_product(first: int, second: int, width: int, base: float = 10000) -> float:
    """PE(p) · PE(q) = Σ cos(ωᵢ (p − q)): only the offset counts"""
    _numbers(base=base)
    _check_width(width, base)
    offset = first - second
    return math.fsum(math.cos(offset * base ** (-2 * i / width)) for i in range(width // 2))


def sinusoid_product_by_numpy(first: int, second: int, width: int, base: float = 10000) -> float:
    """Both encodings written out and multiplied."""
    import numpy as np

    _check_width(width, base)
    rates = np.exp(-np.log(base) * np.arange(0, width, 2) / width)
    rows = [np.concatenate([np.sin(p * rates), np.cos(p * rates)]) for p in (first, second)]
    return float(rows[0] @ rows[1])


def rotated(
    vector: list[float], position: int, pairing: Pairing = "adjacent", base: float = 10000
) -> list[float]:
    """Each pair turned by the angle p ωᵢ, ωᵢ = base^(−2i/width)   [RoPE: Su et al. 2021]

    Pairs are neighbours (2i, 2i + 1), or (i, i + width/2) for "halves".
    """
    _one_of(Pairing, pairing=pairing)
    _numbers(vector=vector, base=base)
    _check_width(len(vector), base)
    turned = list(vector)
    for i, (one, other) in enumerate(_pairs(len(vector), pairing)):
        angle = position * base ** (-2 * i / len(vector))
        c, s = math.cos(angle), math.sin(angle)
        turned[one] = c * vector[one] - s * vector[other]
        turned[other] = s * vector[one] + c * vector[other]
    return turned


def rotated_by_numpy(
    vector: list[float], position: int, pairing: Pairing = "adjacent", base: float = 10000
) -> list[float]:
    """Pairs as complex numbers, multiplied by exp(i p ω)."""
    import numpy as np

    _check_width(len(vector), base)
    width = len(vector)
    order = (
        np.arange(width).reshape(-1, 2).T
        if pairing == "adjacent"
        else np.arange(width).reshape(2, -1)
    )
    parts = np.array(vector, dtype=float)[order]
    factors = np.exp(1j * position * np.power(base, -np.arange(0, width, 2) / width))
    turned = (parts[0] + 1j * parts[1]) * factors
    result = np.empty(width)
    result[order] = [turned.real, turned.imag]
    return [float(x) for x in result]


def rotary_score(
    query: list[float], key: list[float], at: int, key_at: int, base: float = 10000
) -> float:
    """Re Σ qᵢ k̄ᵢ exp(i (m − n) ωᵢ) over neighbouring pairs: only the offset counts [Su et al. 2021]"""
    _numbers(query=query, key=key, base=base)
    _check_query(query, key, base)
    score = 0.0
    for i in range(0, len(query), 2):
        angle = (at - key_at) * base ** (-i / len(query))
        along = query[i] * key[i] + query[i + 1] * key[i + 1]
        across = query[i] * key[i + 1] - query[i + 1] * key[i]
        score += along * math.cos(angle) + across * math.sin(angle)
    return score


def rotary_score_by_numpy(
    query: list[float], key: list[float], at: int, key_at: int, base: float = 10000
) -> float:
    """Query and key turned by rotation matrices at their own positions, then multiplied."""
    import numpy as np

    _check_query(query, key, base)
    width = len(query)
    turned = []
    for vector, position in ((query, at), (key, key_at)):
        matrix = np.zeros((width, width))
        for i in range(0, width, 2):
            angle = position * base ** (-i / width)
            c, s = np.cos(angle), np.sin(angle)
            matrix[i : i + 2, i : i + 2] = [[c, -s], [s, c]]
        turned.append(matrix @ np.array(vector))
    return float(turned[0] @ turned[1])


def _pairs(width: int, pairing: Pairing) -> list[tuple[int, int]]:
    if pairing == "adjacent":
        return [(i, i + 1) for i in range(0, width, 2)]
    return [(i, i + width // 2) for i in range(width // 2)]


def _check_width(width: int, base: float) -> None:
    if width < 2 or width % 2:
        raise ValueError(f"width must be even and at least 2, found {width}")
    if base <= 1:
        raise ValueError(f"base must be above 1, found {base}")


def _check_query(query: list[float], key: list[float], base: float) -> None:
    _check_width(len(query), base)
    if len(key) != len(query):
        raise ValueError(f"key must have {len(query)} entries like the query, found {len(key)}")
