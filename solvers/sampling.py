"""Folds, bootstrap samples, and how empty spaces of many dimensions are."""

from __future__ import annotations

import math
from fractions import Fraction


def fold_sizes(examples: int, folds: int) -> list[int]:
    """n mod k folds of ⌊n/k⌋ + 1 examples, then ⌊n/k⌋: as equal as can be"""
    _check_folds(examples, folds)
    size, larger = divmod(examples, folds)
    return [size + (i < larger) for i in range(folds)]


def fold_sizes_by_counting(examples: int, folds: int) -> list[int]:
    """Examples dealt out like cards, one to each fold in turn."""
    _check_folds(examples, folds)
    dealt = [example % folds for example in range(examples)]
    return [dealt.count(fold) for fold in range(folds)]


def bootstrap_share(examples: int) -> Fraction:
    """1 − (1 − 1/n)ⁿ, towards 1 − 1/e = 0.632: share of examples in a bootstrap sample [Efron 1983]"""
    _check_examples(examples)
    return 1 - Fraction(examples - 1, examples) ** examples


def bootstrap_share_by_loop(examples: int) -> Fraction:
    """The expected number of different examples, draw by draw: a new one has chance (n − seen)/n."""
    _check_examples(examples)
    seen = Fraction(0)
    for _ in range(examples):
        seen += (examples - seen) / examples
    return seen / examples


def bootstrap_samples(examples: int) -> int:
    """C(2n − 1, n) different bootstrap samples, the order ignored   [Efron & Tibshirani 1993]"""
    _check_examples(examples)
    return math.comb(2 * examples - 1, examples)


def bootstrap_samples_by_counting(examples: int) -> int:
    """Ways to write n as counts of each example, built up example by example."""
    _check_examples(examples)
    ways = [1] + [0] * examples
    for _ in range(examples):
        for drawn in range(1, examples + 1):
            ways[drawn] += ways[drawn - 1]
    return ways[examples]


def edge_for_share(percent: int, dimensions: int) -> float:
    """r^(1/p): edge of a sub-cube with the share r of a unit cube   [Hastie et al. 2009, 2.5]"""
    _check_space(percent, dimensions)
    return math.pow(percent / 100, 1 / dimensions)


def edge_for_share_by_loop(percent: int, dimensions: int) -> float:
    """Halving the interval, in exact fractions, until the cube's volume fits."""
    _check_space(percent, dimensions)
    low, high = Fraction(0), Fraction(1)
    for _ in range(50):
        middle = (low + high) / 2
        fits = middle**dimensions <= Fraction(percent, 100)
        low, high = (middle, high) if fits else (low, middle)
    return float(low)


def shell_share(percent: int, dimensions: int) -> Fraction:
    """1 − (1 − ε)^p: share of a ball's volume in its outer shell of ε radii   [Bishop 2006, eq. 1.76]"""
    _check_space(percent, dimensions)
    return 1 - (1 - Fraction(percent, 100)) ** dimensions


def shell_share_by_sympy(percent: int, dimensions: int) -> Fraction:
    """Integral of the surface, proportional to r^(p − 1), over the shell and over all radii."""
    import sympy

    _check_space(percent, dimensions)
    radius = sympy.Symbol("radius", positive=True)
    surface = radius ** (dimensions - 1)
    inner = 1 - sympy.Rational(percent, 100)
    share = sympy.integrate(surface, (radius, inner, 1)) / sympy.integrate(surface, (radius, 0, 1))
    return Fraction(int(share.p), int(share.q))


def ball_share(dimensions: int) -> float:
    """π^(p/2)/(2^p Γ(p/2 + 1)): share of the cube that its inscribed ball fills  [Bishop, ex. 1.18-19]"""
    _check_space(1, dimensions)
    half = dimensions / 2
    return math.pow(math.pi / 4, half) / math.gamma(half + 1)


def ball_share_by_quadrature(dimensions: int) -> float:
    """Slices: each ball is piled up from balls of one dimension less, Gauss-Legendre in the angle."""
    import numpy as np

    _check_space(1, dimensions)
    nodes, weights = np.polynomial.legendre.leggauss(80)
    angles = (nodes + 1) * np.pi / 4
    slices = [float(weights @ np.cos(angles) ** p * np.pi / 4) for p in range(1, dimensions + 1)]
    return math.prod(slices)


def nearest_distance(points: int, dimensions: int) -> float:
    """(1 − ½^(1/N))^(1/p): median distance of the nearest of N points in a unit ball from its centre

    [Hastie et al. 2009, eq. 2.24]
    """
    _check_space(1, dimensions)
    _check_examples(points)
    return math.pow(1 - math.pow(0.5, 1 / points), 1 / dimensions)


def nearest_distance_by_loop(points: int, dimensions: int) -> float:
    """Halving the interval until all points lie farther with chance ½."""
    _check_space(1, dimensions)
    _check_examples(points)
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        # log1p keeps the digits where the ball within `middle` is almost empty.
        farther = points * math.log1p(-(middle**dimensions)) > -math.log(2)
        low, high = (middle, high) if farther else (low, middle)
    return low


def _check_folds(examples: int, folds: int) -> None:
    if not 2 <= folds <= examples:
        raise ValueError(
            f"folds must be from 2 to the number of examples {examples}, found {folds}"
        )


def _check_examples(examples: int) -> None:
    if not 1 <= examples <= 500:
        raise ValueError(f"there must be 1 to 500 of them, found {examples}")


def _check_space(percent: int, dimensions: int) -> None:
    if not 0 < percent < 100:
        raise ValueError(f"percent must be above 0 and below 100, found {percent}")
    if not 1 <= dimensions <= 100:
        raise ValueError(f"dimensions must be from 1 to 100, found {dimensions}")
