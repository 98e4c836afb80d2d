"""Round trips: their length, improving by 2-opt, the exact search's cost, and nets that look for them."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import combinations, pairwise

from .ranges import _numbers

MOST_CITIES = 10


def tour_length(cities: list[list[float]], order: list[int]) -> float:
    """Σ distances along `order`, and back to its start (Euclidean)"""
    _numbers(cities=cities)
    _check_order(cities, order)
    return _length([cities[i] for i in order])


def tour_length_by_numpy(cities: list[list[float]], order: list[int]) -> float:
    """Norms of the differences between the tour and itself moved on by one."""
    import numpy as np

    _check_order(cities, order)
    path = np.array(cities, dtype=float)[order]
    return float(np.linalg.norm(path - np.roll(path, 1, axis=0), axis=1).sum())


def two_opt(cities: list[list[float]]) -> float:
    """Length when no exchange of two links shortens the tour; start: as listed, best exchange first

    [Croes 1958]
    """
    _numbers(cities=cities)
    _check_cities(cities)
    tour = list(range(len(cities)))
    while True:
        gains = [
            (round(_gain(cities, tour, i, j), 9), -i, -j)
            for i, j in combinations(range(len(tour)), 2)
        ]
        gain, i, j = max(gains)
        if gain <= 0:
            return tour_length(cities, tour)
        tour[1 - i : 1 - j] = tour[1 - i : 1 - j][::-1]


def two_opt_by_numpy(cities: list[list[float]]) -> float:
    """Every stretch of the tour really turned round, and the whole length measured anew."""
    import numpy as np

    _check_cities(cities)
    tour = np.array(cities, dtype=float)
    spans = list(combinations(range(len(tour)), 2))
    while True:
        turned = [
            np.concatenate([tour[: i + 1], tour[i + 1 : j + 1][::-1], tour[j + 1 :]])
            for i, j in spans
        ]
        lengths = np.array([np.linalg.norm(t - np.roll(t, 1, 0), axis=1).sum() for t in turned])
        now = np.linalg.norm(tour - np.roll(tour, 1, 0), axis=1).sum()
        gains = np.round(now - lengths, 9)
        if gains.max() <= 0:
            return float(now)
        tour = turned[int(np.argmax(gains))]


def subset_states(cities: int) -> int:
    """(n − 1) 2^(n − 2) pairs (set of visited cities, last one) of the exact search [Held & Karp 1962]"""
    _check_number(cities)
    return (cities - 1) << (cities - 2)


def subset_states_by_counting(cities: int) -> int:
    """Sets of cities other than the first listed, each with its possible last ones."""
    _check_number(cities)
    others = range(1, cities)
    return sum(len(chosen) for size in others for chosen in combinations(others, size))


def exchanges(cities: int) -> int:
    """n (n − 3)/2 tours that differ from one by two links"""
    _check_number(cities)
    return cities * (cities - 3) // 2


def exchanges_by_counting(cities: int) -> int:
    """Each stretch of the tour turned round; new tours told apart by their links."""
    _check_number(cities)
    tour = tuple(range(cities))
    turned = {
        _links((*tour[: i + 1], *tour[i + 1 : j + 1][::-1], *tour[j + 1 :]))
        for i, j in combinations(tour, 2)
    }
    return len(turned - {_links(tour)})


def assignment_units(cities: int, fixed_start: bool = False) -> int:
    """n² units (city, place in the tour) of a Hopfield net; (n − 1)² with a fixed first city

    [Hopfield & Tank 1985]
    """
    _check_number(cities)
    return (cities - fixed_start) ** 2


def assignment_units_by_counting(cities: int, fixed_start: bool = False) -> int:
    """City and place written out as a table, the fixed ones struck off."""
    _check_number(cities)
    free = range(1, cities) if fixed_start else range(cities)
    return len({(city, place) for city in free for place in free})


def ring_step(
    ring: list[list[int]], city: list[int], percent: int, radius: int
) -> list[list[Fraction]]:
    """The unit nearest the city and those up to `radius` along the ring move percent/100 of the way

    [self-organising map: Kohonen 1982; equal steps within the radius; of ties the first wins]
    """
    _check_ring(ring, percent, radius)
    gaps = [sum((a - b) ** 2 for a, b in zip(unit, city, strict=True)) for unit in ring]
    winner, rate = gaps.index(min(gaps)), Fraction(percent, 100)
    moved = []
    for place, unit in enumerate(ring):
        apart = abs(place - winner)
        near = min(apart, len(ring) - apart) <= radius
        moved.append([a + rate * near * (b - a) for a, b in zip(unit, city, strict=True)])
    return moved


def ring_step_by_loop(
    ring: list[list[int]], city: list[int], percent: int, radius: int
) -> list[list[Fraction]]:
    """From the winner, walked outwards in both directions; weighted means of unit and city."""
    _check_ring(ring, percent, radius)
    winner = min(range(len(ring)), key=lambda place: math.dist(ring[place], city))
    reached = {(winner + step) % len(ring) for step in range(-radius, radius + 1)}
    return [
        [
            Fraction((100 - percent) * a + percent * b, 100) if place in reached else Fraction(a)
            for a, b in zip(unit, city, strict=True)
        ]
        for place, unit in enumerate(ring)
    ]


def _length(path: list[list[float]]) -> float:
    return math.fsum(math.dist(a, b) for a, b in pairwise([*path, path[0]]))


def _gain(cities: list[list[float]], tour: list[int], i: int, j: int) -> float:
    a, b, c, d = (cities[tour[k % len(tour)]] for k in (i, i + 1, j, j + 1))
    return math.dist(a, b) + math.dist(c, d) - math.dist(a, c) - math.dist(b, d)


def _links(tour: tuple[int, ...]) -> frozenset[frozenset[int]]:
    return frozenset(frozenset(pair) for pair in pairwise([*tour, tour[0]]))


def _check_cities(cities: list[list[float]]) -> None:
    if not 3 <= len(cities) <= MOST_CITIES or any(len(city) != 2 for city in cities):
        raise ValueError(f"cities must be 3 to {MOST_CITIES} points of the plane")


def _check_order(cities: list[list[float]], order: list[int]) -> None:
    _check_cities(cities)
    if sorted(order) != list(range(len(cities))):
        raise ValueError(f"order must hold each of 0 to {len(cities) - 1} once, found {order}")


def _check_number(cities: int) -> None:
    if not 3 <= cities <= 16:
        raise ValueError(f"cities must be from 3 to 16, found {cities}")


def _check_ring(ring: list[list[int]], percent: int, radius: int) -> None:
    if len(ring) < 3 or radius < 0 or 2 * radius >= len(ring):
        raise ValueError(f"ring must have 3 units, and more than 2 · radius, found {len(ring)}")
    if not 0 < percent <= 100:
        raise ValueError(f"percent must be above 0 and at most 100, found {percent}")
