"""Mistakes with distances between distributions: everything here is wrong on purpose."""

from __future__ import annotations

import math
from fractions import Fraction

from .. import adversarial
from ..adversarial import Goal


def not_halved(real: list[float], generated: list[float], base: float = math.e) -> float:
    """Wrong on purpose: KL(p ‖ m) + KL(q ‖ m), twice the divergence."""
    return 2 * adversarial.jensen_shannon(real, generated, base)


def one_side_only(real: list[float], generated: list[float], base: float = math.e) -> float:
    """Wrong on purpose: KL(p ‖ m) alone."""
    terms = (p * math.log(2 * p / (p + q)) for p, q in zip(real, generated, strict=True) if p)
    return math.fsum(terms) / math.log(base)


def sum_of_gaps(real: list[float], generated: list[float]) -> float:
    """Wrong on purpose: Σ |p − q|, not halved."""
    return 2 * adversarial.total_variation(real, generated)


def largest_gap(real: list[float], generated: list[float]) -> float:
    """Wrong on purpose: only the single outcome that differs most."""
    return max(abs(p - q) for p, q in zip(real, generated, strict=True))


def places_ignored(places: list[int], real: list[int], generated: list[int]) -> Fraction:
    """Wrong on purpose: each moved mass counts 1, however far it goes."""
    total, other = sum(real), sum(generated)
    pairs = zip(real, generated, strict=True)
    return sum((abs(Fraction(a, total) - Fraction(b, other)) for a, b in pairs), Fraction(0)) / 2


def distance_of_means(places: list[int], real: list[int], generated: list[int]) -> Fraction:
    """Wrong on purpose: |mean − mean|, a lower bound only."""
    means = [
        Fraction(sum(x * n for x, n in zip(places, counts, strict=True)), sum(counts))
        for counts in (real, generated)
    ]
    return abs(means[0] - means[1])


def paired_as_listed(first: list[int], second: list[int]) -> Fraction:
    """Wrong on purpose: samples paired as they come, not sorted."""
    pairs = zip(first, second, strict=True)
    return Fraction(sum(abs(x - y) for x, y in pairs), len(first))


def goals_swapped(probability: float, goal: Goal) -> float:
    """Wrong on purpose: the other loss's slope."""
    other: Goal = "saturating" if goal == "non-saturating" else "non-saturating"
    return adversarial.generator_slope(probability, other)


def slope_in_probability(probability: float, goal: Goal) -> float:
    """Wrong on purpose: the derivative by D, the sigmoid's slope left out."""
    return -1 / (1 - probability) if goal == "saturating" else -1 / probability
