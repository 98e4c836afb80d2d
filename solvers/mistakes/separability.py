"""Mistakes with separating planes: everything here is wrong on purpose."""

from __future__ import annotations

import math
from fractions import Fraction

from .. import separability


def through_the_origin(points: list[list[int]], labels: list[int]) -> bool:
    """Wrong on purpose: only planes through the origin are looked for."""
    try:
        separability.perceptron_mistakes(points, labels, bias=False)
    except ValueError:
        return False
    return True


def along_one_axis(points: list[list[int]], labels: list[int]) -> bool:
    """Wrong on purpose: one feature alone must divide the classes."""
    ranges = [
        [[p[axis] for p, y in zip(points, labels, strict=True) if y == sign] for sign in (1, -1)]
        for axis in range(len(points[0]))
    ]
    return any(max(one) < min(two) or max(two) < min(one) for one, two in ranges)


def not_squared(
    points: list[list[int]], labels: list[int], separator: list[int], bias: bool = False
) -> float:
    """Wrong on purpose: R/γ."""
    return math.sqrt(separability.mistake_bound(points, labels, separator, bias))


def separator_not_normalised(
    points: list[list[int]], labels: list[int], separator: list[int], bias: bool = False
) -> Fraction:
    """Wrong on purpose: y w · x taken for the margin, w not of length 1."""
    length = sum(w * w for w in separator)
    return separability.mistake_bound(points, labels, separator, bias) / length


def one_pass(points: list[list[int]], labels: list[int], bias: bool = True) -> int:
    """Wrong on purpose: stops after the first pass."""
    seen = [[*point, 1] if bias else point for point in points]
    weights, mistakes = [0] * len(seen[0]), 0
    for y, point in zip(labels, seen, strict=True):
        if y * sum(w * x for w, x in zip(weights, point, strict=True)) <= 0:
            weights = [w + y * x for w, x in zip(weights, point, strict=True)]
            mistakes += 1
    return mistakes


def full_gap(points: list[list[int]], labels: list[int]) -> float:
    """Wrong on purpose: the whole street between the classes, not its half."""
    return 2 * separability.widest_margin(points, labels)


def nearest_pair(points: list[list[int]], labels: list[int]) -> float:
    """Wrong on purpose: half of the distance between the nearest points, not between the hulls."""
    pairs = [
        sum((a - b) ** 2 for a, b in zip(one, other, strict=True))
        for one, y in zip(points, labels, strict=True)
        for other, rival in zip(points, labels, strict=True)
        if y > rival
    ]
    return math.sqrt(min(pairs)) / 2
