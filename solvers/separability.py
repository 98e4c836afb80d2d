"""Whether a hyperplane divides two classes, how soon the perceptron finds one, and the widest margin."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, permutations
from math import gcd, sqrt

MOST_POINTS = 10
MOST_MISTAKES = 10_000


def is_separable(points: list[list[int]], labels: list[int]) -> bool:
    """Whether y(w · x + b) > 0 has a solution: variables eliminated one by one [Fourier & Motzkin]"""
    _check_labelled(points, labels)
    return _has_solution([[1, *point] for point in points], labels)


def is_separable_by_sympy(points: list[list[int]], labels: list[int]) -> bool:
    """No subset of at most d + 2 points has classes whose hulls meet   [Kirchberger 1903]

    They meet where a null vector of the signed points (y, y x) has entries of one sign.
    """
    import sympy

    _check_labelled(points, labels)
    rows = list(_signed(points, labels))
    for size in range(2, len(points[0]) + 3):
        for chosen in combinations(rows, size):
            null = sympy.Matrix(chosen).T.nullspace()
            if len(null) == 1 and (all(x > 0 for x in null[0]) or all(x < 0 for x in null[0])):
                return False
    return True


def mistake_bound(
    points: list[list[int]], labels: list[int], separator: list[int], bias: bool = False
) -> Fraction:
    """R²/γ², R = max ‖x‖, γ = min y w · x / ‖w‖ for a separator w from the origin  [Novikoff 1962]

    With `bias` each point gets a last entry 1, for which the separator has an entry too.
    """
    seen = _seen(points, labels, bias)
    radius = max(_dot(point, point) for point in seen)
    least = min(y * _dot(separator, point) for y, point in zip(labels, seen, strict=True))
    if len(separator) != len(seen[0]) or least <= 0:
        raise ValueError(f"separator must have all points on their side, found {separator}")
    return Fraction(radius * _dot(separator, separator), least * least)


def mistake_bound_by_sympy(
    points: list[list[int]], labels: list[int], separator: list[int], bias: bool = False
) -> Fraction:
    """The separator brought to length 1 first, margins and norms of sympy's vectors."""
    import sympy

    seen = [sympy.Matrix(point) for point in _seen(points, labels, bias)]
    unit = sympy.Matrix(separator)
    if len(separator) != len(seen[0]) or not any(separator):
        raise ValueError(f"separator must have all points on their side, found {separator}")
    unit = unit / unit.norm()
    margin = min(y * unit.dot(point) for y, point in zip(labels, seen, strict=True))
    if margin <= 0:
        raise ValueError(f"separator must have all points on their side, found {separator}")
    ratio = sympy.nsimplify((max(point.norm() for point in seen) / margin) ** 2)
    return Fraction(int(ratio.p), int(ratio.q))


def perceptron_mistakes(points: list[list[int]], labels: list[int], bias: bool = True) -> int:
    """Updates w += y x while y w · x ≤ 0, from w = 0, in turn, until a pass without one [Rosenblatt]"""
    _check_separable(points, labels, bias)
    seen = _seen(points, labels, bias)
    weights = [0] * len(seen[0])
    mistakes, changed = 0, True
    while changed:
        changed = False
        for y, point in zip(labels, seen, strict=True):
            if y * _dot(weights, point) <= 0:
                weights = [w + y * x for w, x in zip(weights, point, strict=True)]
                mistakes, changed = mistakes + 1, True
        _check_effort(mistakes)
    return mistakes


def perceptron_mistakes_by_numpy(
    points: list[list[int]], labels: list[int], bias: bool = True
) -> int:
    """The dual form: how often each point was mistaken, seen through the table of inner products."""
    import numpy as np

    _check_separable(points, labels, bias)
    rows = np.array(_seen(points, labels, bias)) * np.array(labels)[:, None]
    gram, times, index, right = rows @ rows.T, np.zeros(len(rows), int), 0, 0
    while right < len(rows):
        if gram[index] @ times <= 0:
            times[index], right = times[index] + 1, 0
        else:
            right += 1
        index = (index + 1) % len(rows)
        _check_effort(int(times.sum()))
    return int(times.sum())


def widest_margin(points: list[list[int]], labels: list[int]) -> float:
    """Distance of the hard-margin line from the nearest points of the plane: half of that between
    the classes' hulls   [Bennett & Bredensteiner 2000]"""
    _check_plane(points, labels)
    sides = _sides(points, labels)
    gaps = (
        _squared_distance(point, *segment)
        for one, other in permutations(sides)
        for point in one
        for segment in combinations([*other, other[0]], 2)
    )
    return sqrt(min(gaps)) / 2


def widest_margin_by_numpy(points: list[list[int]], labels: list[int]) -> float:
    """The best of all directions in which two points decide: along a link, or at right angles to it."""
    import numpy as np

    _check_plane(points, labels)
    ups, downs = (np.array(side, dtype=float) for side in _sides(points, labels))
    links = np.array([np.subtract(a, b) for a, b in permutations(points, 2) if a != b], dtype=float)
    directions = np.concatenate([links, links[:, ::-1] * [1, -1]])
    directions /= np.linalg.norm(directions, axis=1)[:, None]
    return float(((directions @ ups.T).min(1) - (directions @ downs.T).max(1)).max() / 2)


def _has_solution(points: list[list[int]], labels: list[int]) -> bool:
    rows = {_shortest(tuple(y * x for x in p)) for y, p in zip(labels, points, strict=True)}
    for _ in range(len(points[0])):
        above = [row for row in rows if row[-1] > 0]
        below = [row for row in rows if row[-1] < 0]
        rows = {row[:-1] for row in rows if not row[-1]}
        rows |= {_cancelled(up, down) for up in above for down in below}
    return not rows  # what is left says 0 > 0


def _signed(points: list[list[int]], labels: list[int]) -> Iterator[tuple[int, ...]]:
    return ((y, *(y * x for x in point)) for y, point in zip(labels, points, strict=True))


def _cancelled(up: tuple[int, ...], down: tuple[int, ...]) -> tuple[int, ...]:
    row = (up[-1] * low - down[-1] * high for low, high in zip(down[:-1], up[:-1], strict=True))
    return _shortest(tuple(row))


def _shortest(row: tuple[int, ...]) -> tuple[int, ...]:
    factor = gcd(*row) or 1
    return tuple(entry // factor for entry in row)


def _dot(one: list[int], other: list[int]) -> int:
    return sum(a * b for a, b in zip(one, other, strict=False))


def _sides(points: list[list[int]], labels: list[int]) -> list[list[list[int]]]:
    return [[x for x, y in zip(points, labels, strict=True) if y == sign] for sign in (1, -1)]


def _squared_distance(point: list[int], start: list[int], end: list[int]) -> Fraction:
    way = [b - a for a, b in zip(start, end, strict=True)]
    gone = [b - a for a, b in zip(start, point, strict=True)]
    length = _dot(way, way)
    share = (
        min(max(Fraction(_dot(gone, way), length), Fraction(0)), Fraction(1))
        if length
        else Fraction(0)
    )
    return sum(((g - share * w) ** 2 for g, w in zip(gone, way, strict=True)), Fraction(0))


def _seen(points: list[list[int]], labels: list[int], bias: bool) -> list[list[int]]:
    _check_labelled(points, labels)
    return [[*point, 1] for point in points] if bias else points


def _check_labelled(points: list[list[int]], labels: list[int]) -> None:
    if len(points) != len(labels) or set(labels) != {-1, 1}:
        raise ValueError(f"labels must be -1 and 1, both present, one per point, found {labels}")
    if not 1 <= len(points[0]) <= 3 or any(len(point) != len(points[0]) for point in points):
        raise ValueError(f"points must all have 1, 2 or 3 coordinates, found {points}")
    if len(points) > MOST_POINTS:
        raise ValueError(f"points must be at most {MOST_POINTS}, found {len(points)}")


def _check_separable(points: list[list[int]], labels: list[int], bias: bool) -> None:
    if not _has_solution(_seen(points, labels, bias), labels):
        raise ValueError("points must be separable; otherwise the rule never ends")


def _check_effort(mistakes: int) -> None:
    if mistakes > MOST_MISTAKES:
        raise ValueError(f"points must be separated by {MOST_MISTAKES} updates at most")


def _check_plane(points: list[list[int]], labels: list[int]) -> None:
    if not is_separable(points, labels):
        raise ValueError("points must be separable; otherwise there is no margin")
    if len(points[0]) != 2:
        raise ValueError(f"points must lie in the plane, found {len(points[0])} coordinates")
