"""Mistakes with region proposals: everything here is wrong on purpose."""

from __future__ import annotations

from fractions import Fraction

from .. import proposals


def counts_not_normalised(first: list[int], second: list[int]) -> Fraction:
    """Wrong on purpose: Σ min of the raw counts."""
    return Fraction(sum(map(min, first, second)))


def half_distance(first: list[int], second: list[int]) -> Fraction:
    """Wrong on purpose: how unlike they are."""
    return 1 - proposals.histogram_intersection(first, second)


def joint_share(first: int, second: int, image: int) -> Fraction:
    """Wrong on purpose: the regions' share of the image, so that large ones merge first."""
    return Fraction(first + second, image)


def ratio_of_sizes(first: int, second: int, image: int) -> Fraction:
    """Wrong on purpose: how equal the sizes are."""
    return Fraction(min(first, second), max(first, second))


def holes_share(
    first: list[int], second: list[int], first_size: int, second_size: int, image: int
) -> Fraction:
    """Wrong on purpose: the share of the holes, not 1 less it."""
    return 1 - proposals.fill_similarity(first, second, first_size, second_size, image)
