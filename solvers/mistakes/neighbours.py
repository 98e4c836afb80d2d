"""Mistakes with neighbours and clusters: everything here is wrong on purpose."""

from __future__ import annotations

from fractions import Fraction

from .. import neighbours
from ..neighbours import Points


def nearest_alone(points: Points, labels: list[int], query: list[int], k: int) -> int:
    """Wrong on purpose: k = 1, whatever k is."""
    gaps = [sum((a - b) ** 2 for a, b in zip(point, query, strict=True)) for point in points]
    return labels[gaps.index(min(gaps))]


def majority_of_all(points: Points, labels: list[int], query: list[int], k: int) -> int:
    """Wrong on purpose: all points vote."""
    return max(sorted(set(labels)), key=labels.count)


def mean_over_all(points: Points, centres: Points) -> list[list[Fraction]]:
    """Wrong on purpose: each centre to the mean of all points."""
    mean = [Fraction(sum(column), len(points)) for column in zip(*points, strict=True)]
    return [mean for _ in centres]


def old_centre_counted(points: Points, centres: Points) -> list[list[Fraction]]:
    """Wrong on purpose: the old centre counts as one more point of its cluster."""
    return neighbours.cluster_step(points + centres, centres)


def centres_not_moved(points: Points, centres: Points, steps: int) -> Fraction:
    """Wrong on purpose: the spread about the first centres."""
    return neighbours.cluster_spread(points, centres, 0)


def mean_spread(points: Points, centres: Points, steps: int) -> Fraction:
    """Wrong on purpose: the mean, not the sum."""
    return neighbours.cluster_spread(points, centres, steps) / len(points)
