"""Classical problems that the articles touch: round trips, the discrete Fourier transform, least squares."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise, permutations

from .ranges import _numbers


def shortest_tour(cities: list[list[float]]) -> float:
    """min over all orders of the length of the closed path through the cities (Euclidean)."""
    _check_cities(cities)
    first, *others = cities
    return min(_closed_length([first, *order]) for order in permutations(others))


def shortest_tour_by_loop(cities: list[list[float]]) -> float:
    """The same by dynamic programming over subsets   [Held & Karp 1962]"""
    _check_cities(cities)
    rest = range(1, len(cities))
    best = {(1 << j, j): math.dist(cities[0], cities[j]) for j in rest}
    for _ in range(len(cities) - 2):
        longer: dict[tuple[int, int], float] = {}
        for (visited, last), length in best.items():
            for j in rest:
                if not visited & 1 << j:
                    state = (visited | 1 << j, j)
                    more = length + math.dist(cities[last], cities[j])
                    longer[state] = min(more, longer.get(state, more))
        best = longer
    return min(length + math.dist(cities[last], cities[0]) for (_, last), length in best.items())


def nearest_tour_excess(cities: list[list[float]]) -> float:
    """Length of the tour that always goes on to the nearest unvisited city, over the shortest one's."""
    return nearest_tour(cities) / shortest_tour(cities)


def nearest_tour_excess_by_loop(cities: list[list[float]]) -> float:
    """The same from the sequence of distances, the cities struck off one by one."""
    _check_cities(cities)
    left, here, walked = list(range(1, len(cities))), 0, []
    while left:
        away = sorted((math.dist(cities[here], cities[j]), j) for j in left)
        walked.append(away[0][0])
        here = away[0][1]
        left.remove(here)
    walked.append(math.dist(cities[here], cities[0]))
    return math.fsum(walked) / shortest_tour_by_loop(cities)


def nearest_tour(cities: list[list[float]]) -> float:
    """Length of the closed tour from the first city, always on to the nearest unvisited one; of cities
    equally near the first listed   [Rosenkrantz, Stearns & Lewis 1977]"""
    _check_cities(cities)
    path, left = [cities[0]], cities[1:]
    while left:
        path.append(min(left, key=lambda city: math.dist(path[-1], city)))
        left = [city for city in left if city is not path[-1]]
    return _closed_length(path)


def nearest_tour_by_numpy(cities: list[list[float]]) -> float:
    """The table of all distances, whose column is struck out when a city is reached."""
    import numpy as np

    _check_cities(cities)
    points = np.array(cities, dtype=float)
    distances = np.linalg.norm(points[:, None] - points, axis=2)
    open_ones, here, walked = distances.copy(), 0, 0.0
    for _ in range(len(cities) - 1):
        open_ones[:, here] = np.inf
        there = int(open_ones[here].argmin())
        walked += float(distances[here, there])
        here = there
    return walked + float(distances[here, 0])


def _check_cities(cities: list[list[float]]) -> None:
    if not 3 <= len(cities) <= 8 or any(len(city) != 2 for city in cities):
        raise ValueError(f"cities must be 3 to 8 points of the plane, found {cities}")
    _numbers(cities=cities)


def _closed_length(path: list[list[float]]) -> float:
    return math.fsum(math.dist(a, b) for a, b in pairwise([*path, path[0]]))


def different_tours(cities: int) -> int:
    """(n - 1)! / 2 round trips: neither the start nor the direction makes a tour another one."""
    if not 3 <= cities <= 12:
        raise ValueError(f"cities must be from 3 to 12, found {cities}")
    return math.factorial(cities - 1) // 2


def different_tours_by_counting(cities: int) -> int:
    """Tours told apart by the set of their links; n cities from those of n - 1, link by link."""
    if not 3 <= cities <= 12:
        raise ValueError(f"cities must be from 3 to 12, found {cities}")
    if cities > 7:  # a new city can be put into each of the n - 1 links of a shorter tour
        return (cities - 1) * different_tours_by_counting(cities - 1)
    tours = set()
    for order in permutations(range(cities)):
        tours.add(frozenset(frozenset(link) for link in pairwise([*order, order[0]])))
    return len(tours)


def symmetric_dft(values: list[float]) -> list[float]:
    """X_k = sum_n x_n cos(2 pi k n / N), real because x_n = x_(N-n)   [Oppenheim & Schafer, DFT]"""
    _numbers(values=values)
    size = len(values)
    if size < 2 or any(abs(values[n] - values[-n]) > 0 for n in range(1, size)):
        raise ValueError(f"values must be symmetric, x_n = x_(N-n), found {values}")
    return [
        math.fsum(x * math.cos(2 * math.pi * k * n / size) for n, x in enumerate(values))
        for k in range(size)
    ]


def symmetric_dft_by_numpy(values: list[float]) -> list[float]:
    """The fast Fourier transform, whose imaginary parts vanish here."""
    import numpy as np

    transformed = np.fft.fft(np.array(values, dtype=float))
    if len(values) < 2 or np.abs(transformed.imag).max() > 1e-9:
        raise ValueError(f"values must be symmetric, x_n = x_(N-n), found {values}")
    return [float(x) for x in transformed.real]


def steps_worth_normal_equations(samples: int, features: int) -> int:
    """ceil((n p^2 + p^3 / 3) / (4 n p)): descent steps that cost as much [Golub & Van Loan, 5.3]"""
    _check_samples(samples, features)
    direct = samples * features**2 + Fraction(features**3, 3)
    return math.ceil(direct / (4 * samples * features))


def steps_worth_normal_equations_by_loop(samples: int, features: int) -> int:
    """Steps taken one after the other until their flops reach those of the direct solution."""
    _check_samples(samples, features)
    products = samples * features * features * 3  # in thirds of a flop, so that all is whole
    factorisation = features * features * features
    spent = steps = 0
    while spent < products + factorisation:
        spent += 3 * (2 * samples * features + 2 * samples * features)  # X w, then its transpose
        steps += 1
    return steps


def descent_cost_ratio(samples: int, features: int, steps: int) -> float:
    """Flops of `steps` descent steps over those of the normal equations: 4 n p k / (n p^2 + p^3/3)"""
    _check_ratio(samples, features, steps)
    direct = Fraction(samples * features**2) + Fraction(features**3, 3)
    return float(4 * samples * features * steps / direct)


def descent_cost_ratio_by_loop(samples: int, features: int, steps: int) -> float:
    """The same with each method's flops added up part by part."""
    _check_ratio(samples, features, steps)
    descent = 0
    for _ in range(steps):
        predictions = 2 * samples * features
        gradient = 2 * features * samples
        descent += predictions + gradient
    squares = sum(samples for _ in range(features) for _ in range(features))
    return descent / (squares + features * features * features / 3)


def _check_samples(samples: int, features: int) -> None:
    if features < 1 or samples < features:
        found = f"{features} and {samples}"
        raise ValueError(f"features must be at least 1, samples at least as many, found {found}")


def _check_ratio(samples: int, features: int, steps: int) -> None:
    if min(samples, features) < 1:
        raise ValueError(f"sizes must be at least 1, found {samples} samples, {features} features")
    if not 0 <= steps <= 1_000_000:
        raise ValueError(f"steps must be from 0 to 1000000, found {steps}")
