"""Mistakes with round trips: everything here is wrong on purpose."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise

from .. import tours


def way_back_forgotten(cities: list[list[float]], order: list[int]) -> float:
    """Wrong on purpose: the last link is left out."""
    return math.fsum(math.dist(cities[a], cities[b]) for a, b in pairwise(order))


def city_blocks(cities: list[list[float]], order: list[int]) -> float:
    """Wrong on purpose: |Δx| + |Δy| in place of the straight line."""
    return math.fsum(
        abs(x - y)
        for a, b in pairwise([*order, order[0]])
        for x, y in zip(cities[a], cities[b], strict=True)
    )


def as_listed(cities: list[list[float]]) -> float:
    """Wrong on purpose: nothing is exchanged."""
    return tours.tour_length(cities, list(range(len(cities))))


def all_subsets(cities: int) -> int:
    """Wrong on purpose: n 2ⁿ, the order of growth taken for the number."""
    return int(cities * 2**cities)


def all_orders(cities: int) -> int:
    """Wrong on purpose: (n − 1)!, brute force."""
    return math.factorial(cities - 1)


def pairs_of_links(cities: int) -> int:
    """Wrong on purpose: n (n − 1)/2, neighbouring links included."""
    return math.comb(cities, 2)


def one_unit_per_city(cities: int, fixed_start: bool = False) -> int:
    """Wrong on purpose: n units."""
    return cities - fixed_start


def links_for_units(cities: int, fixed_start: bool = False) -> int:
    """Wrong on purpose: one unit per pair of cities."""
    return math.comb(cities - fixed_start, 2)


def winner_only(
    ring: list[list[int]], city: list[int], percent: int, radius: int
) -> list[list[Fraction]]:
    """Wrong on purpose: the neighbours stay."""
    return tours.ring_step(ring, city, percent, 0)


def everyone(
    ring: list[list[int]], city: list[int], percent: int, radius: int
) -> list[list[Fraction]]:
    """Wrong on purpose: every unit moves."""
    rate = Fraction(percent, 100)
    return [[a + rate * (b - a) for a, b in zip(unit, city, strict=True)] for unit in ring]
