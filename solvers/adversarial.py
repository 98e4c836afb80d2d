"""Distances between distributions that adversarial nets lower, and the slopes that a generator sees."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import accumulate, pairwise, permutations, product
from typing import Literal

from .ranges import _numbers, _one_of

Goal = Literal["saturating", "non-saturating"]
MOST_SAMPLES = 6


def jensen_shannon(real: list[float], generated: list[float], base: float = math.e) -> float:
    """½ KL(p ‖ m) + ½ KL(q ‖ m), m = (p + q)/2; at most log 2   [Lin 1991]"""
    _numbers(real=real, generated=generated, base=base)
    _check_distributions(real, generated, base)
    middle = [(p + q) / 2 for p, q in zip(real, generated, strict=True)]
    terms = (
        share * math.log(share / m)
        for shares in (real, generated)
        for share, m in zip(shares, middle, strict=True)
        if share
    )
    return max(math.fsum(terms) / 2 / math.log(base), 0.0)


def jensen_shannon_by_numpy(
    real: list[float], generated: list[float], base: float = math.e
) -> float:
    """H(m) − ½ H(p) − ½ H(q), by entropies."""
    import numpy as np

    _check_distributions(real, generated, base)
    rows = np.array([real, generated, np.add(real, generated) / 2])
    entropies = -(rows * np.log(np.where(rows > 0, rows, 1))).sum(1)
    return max(float(entropies @ [-0.5, -0.5, 1] / np.log(base)), 0.0)


def total_variation(real: list[float], generated: list[float]) -> float:
    """½ Σ |p − q|: the largest difference in the probability of any event"""
    _numbers(real=real, generated=generated)
    _check_distributions(real, generated)
    return math.fsum(abs(p - q) for p, q in zip(real, generated, strict=True)) / 2


def total_variation_by_loop(real: list[float], generated: list[float]) -> float:
    """Every set of outcomes tried as the event."""
    _check_distributions(real, generated)
    gaps = [p - q for p, q in zip(real, generated, strict=True)]
    events = product([0, 1], repeat=len(gaps))
    return max(
        math.fsum(gap for gap, inside in zip(gaps, event, strict=True) if inside)
        for event in events
    )


def wasserstein(places: list[int], real: list[int], generated: list[int]) -> Fraction:
    """Σ |F(x) − G(x)| · gap on a line, counts as masses over their sum   [Vallender 1974]"""
    _check_masses(places, real, generated)
    rows = sorted(zip(places, real, generated, strict=True))
    gaps = [b[0] - a[0] for a, b in pairwise(rows)]
    sums = [list(accumulate(row[i] for row in rows)) for i in (1, 2)]
    levels = zip(*sums, strict=True)
    totals = sum(real), sum(generated)
    return sum(
        (
            gap * abs(Fraction(f, totals[0]) - Fraction(g, totals[1]))
            for gap, (f, g) in zip(gaps, levels, strict=False)
        ),
        Fraction(0),
    )


def wasserstein_by_counting(places: list[int], real: list[int], generated: list[int]) -> Fraction:
    """Grains of equal mass moved one by one, the leftmost to the leftmost."""
    _check_masses(places, real, generated)
    total, other = sum(real), sum(generated)
    start = [x for x, n in sorted(zip(places, real, strict=True)) for _ in range(n * other)]
    end = [x for x, n in sorted(zip(places, generated, strict=True)) for _ in range(n * total)]
    return Fraction(sum(abs(a - b) for a, b in zip(start, end, strict=True)), total * other)


def matched_distance(first: list[int], second: list[int]) -> Fraction:
    """Mean |xᵢ − yᵢ| of sorted samples of one size: W₁ on a line   [Peyré & Cuturi 2019]"""
    _check_samples(first, second)
    pairs = zip(sorted(first), sorted(second), strict=True)
    return Fraction(sum(abs(x - y) for x, y in pairs), len(first))


def matched_distance_by_loop(first: list[int], second: list[int]) -> Fraction:
    """The cheapest of all ways to pair the samples."""
    _check_samples(first, second)
    costs = (
        sum(abs(x - y) for x, y in zip(first, order, strict=True)) for order in permutations(second)
    )
    return Fraction(min(costs), len(first))


def generator_slope(probability: float, goal: Goal) -> float:
    """d/dlogit of log(1 − D) is −D, of −log D is −(1 − D), at D = σ(logit)  [Goodfellow 2014, 3]"""
    _one_of(Goal, goal=goal)
    _check_probability(probability)
    return -probability if goal == "saturating" else probability - 1


def generator_slope_by_autograd(probability: float, goal: Goal) -> float:
    """torch's log-sigmoid of the logit or of its negative, differentiated."""
    import torch

    _check_probability(probability)
    logit = torch.tensor(probability, dtype=torch.float64).logit().requires_grad_()
    signed, sign = (-logit, 1) if goal == "saturating" else (logit, -1)
    (slope,) = torch.autograd.grad(sign * torch.nn.functional.logsigmoid(signed), logit)
    return float(slope)


def _check_distributions(real: list[float], generated: list[float], base: float = 2) -> None:
    for name, shares in (("real", real), ("generated", generated)):
        wrong = len(shares) != len(real) or min(shares, default=-1) < 0
        if wrong or abs(sum(shares) - 1) > 1e-9:
            raise ValueError(f"{name} must be {len(real)} probabilities of sum 1, found {shares}")
    if base <= 1:
        raise ValueError(f"base must be above 1, found {base}")


def _check_masses(places: list[int], real: list[int], generated: list[int]) -> None:
    if len(set(places)) != len(places):
        raise ValueError(f"places must be distinct, found {places}")
    for name, counts in (("real", real), ("generated", generated)):
        if len(counts) != len(places) or min(counts, default=-1) < 0 or not any(counts):
            raise ValueError(f"{name} must be {len(places)} counts, not all 0, found {counts}")


def _check_samples(first: list[int], second: list[int]) -> None:
    if not 1 <= len(first) <= MOST_SAMPLES or len(first) != len(second):
        raise ValueError(f"first and second must be as many samples, 1 to {MOST_SAMPLES}")


def _check_probability(probability: float) -> None:
    if not 0 < probability < 1:
        raise ValueError(f"probability must be between 0 and 1, found {probability}")
