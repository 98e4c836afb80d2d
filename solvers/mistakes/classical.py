"""Wrong on purpose: mistakes that people make with classical problems."""

from __future__ import annotations

import math
from itertools import pairwise

from ..classical import nearest_tour


def one_way(cities: list[list[float]]) -> float:
    """Wrong on purpose: the shortest open path from the first city; the way back is left out."""
    from itertools import permutations

    first, *others = cities
    return min(
        math.fsum(math.dist(a, b) for a, b in pairwise([first, *order]))
        for order in permutations(others)
    )


def nearest_first(cities: list[list[float]]) -> float:
    """Wrong on purpose: always on to the nearest unvisited city."""
    return nearest_tour(cities)


def as_listed(cities: list[list[float]]) -> float:
    """Wrong on purpose: the cities in the order in which they are listed."""
    return math.fsum(math.dist(a, b) for a, b in pairwise([*cities, cities[0]]))


def every_start(cities: int) -> int:
    """Wrong on purpose: n! counts each tour once for every start and direction."""
    return math.factorial(cities)


def both_directions(cities: int) -> int:
    """Wrong on purpose: (n - 1)! counts each tour in both directions."""
    return math.factorial(cities - 1)


def averaged(values: list[float]) -> list[float]:
    """Wrong on purpose: divides by N, as the inverse transform does."""
    size = len(values)
    return [
        sum(x * math.cos(2 * math.pi * k * n / size) for n, x in enumerate(values)) / size
        for k in range(size)
    ]


def half_speed(values: list[float]) -> list[float]:
    """Wrong on purpose: cos(pi k n / N), half the frequency."""
    size = len(values)
    return [
        sum(x * math.cos(math.pi * k * n / size) for n, x in enumerate(values)) for k in range(size)
    ]


def products_only(samples: int, features: int) -> int:
    """Wrong on purpose: forgets the factorisation's p^3 / 3."""
    return math.ceil(features / 4)


def half_a_step(samples: int, features: int) -> int:
    """Wrong on purpose: counts 2 n p flops a step, the predictions without the gradient."""
    return math.ceil((samples * features**2 + features**3 / 3) / (2 * samples * features))
