"""Nearest neighbours and k-means on a few points, in exact fractions."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

Points = list[list[int]]


def nearest_vote(points: Points, labels: list[int], query: list[int], k: int) -> int:
    """The most frequent label among the k nearest points; ties are refused   [Cover & Hart 1967]"""
    _check_labelled(points, labels, query, k)
    rows = sorted(zip((_gap(point, query) for point in points), labels, strict=True))
    if k < len(rows) and rows[k - 1][0] == rows[k][0]:
        raise ValueError(f"points must differ in distance where the {k} nearest end")
    votes = Counter(label for _, label in rows[:k]).most_common()
    if len(votes) > 1 and votes[0][1] == votes[1][1]:
        raise ValueError(f"k must leave no tie between labels, found {k}")
    return votes[0][0]


def nearest_vote_by_numpy(points: Points, labels: list[int], query: list[int], k: int) -> int:
    """Points asked how many others are nearer; labels weighed by a table of ones."""
    import numpy as np

    _check_labelled(points, labels, query, k)
    gaps = np.linalg.norm(np.array(points) - np.array(query), axis=1).round(12)
    near = (gaps[None] < gaps[:, None]).sum(1) < k
    kinds = np.unique(labels)
    votes = (np.array(labels)[near][:, None] == kinds).sum(0)
    if near.sum() != k or (votes == votes.max()).sum() > 1:
        raise ValueError("points must differ in distance, and labels in votes")
    return int(kinds[votes.argmax()])


def cluster_step(points: Points, centres: Points) -> list[list[Fraction]]:
    """Lloyd's step: each centre becomes the mean of the points nearest to it; of ties the first

    [Lloyd 1982]; a centre without points stays
    """
    _check_centres(points, centres)
    exact = [[Fraction(x) for x in centre] for centre in centres]
    return _moved(points, exact)


def cluster_step_by_numpy(points: Points, centres: Points) -> list[list[Fraction]]:
    """One-hot memberships: a matrix product gives sums, its column sums the sizes."""
    import numpy as np

    _check_centres(points, centres)
    rows, means = np.array(points), np.array(centres)
    # ‖x‖² is the same for all centres, so that −2 x·c + ‖c‖² decides.
    nearest = (-2 * rows @ means.T + (means**2).sum(1)).argmin(1)
    members = np.eye(len(means), dtype=int)[nearest]
    sums, sizes = members.T @ rows, members.sum(0)
    return [
        [Fraction(int(x), int(n)) for x in total] if n else [Fraction(int(x)) for x in old]
        for total, n, old in zip(sums, sizes, means, strict=True)
    ]


def cluster_spread(points: Points, centres: Points, steps: int) -> Fraction:
    """Σ squared distance of each point to its nearest centre after `steps` steps of Lloyd"""
    _check_centres(points, centres)
    if steps < 0:
        raise ValueError(f"steps must be 0 or more, found {steps}")
    exact = [[Fraction(x) for x in centre] for centre in centres]
    for _ in range(steps):
        exact = _moved(points, exact)
    return sum(
        (min(_exact_gap(point, centre) for centre in exact) for point in points), Fraction(0)
    )


def cluster_spread_by_loop(points: Points, centres: Points, steps: int) -> Fraction:
    """Memberships kept; a cluster's spread is Σ of squared distances of its pairs over its size."""
    _check_centres(points, centres)
    if steps < 0:
        raise ValueError(f"steps must be 0 or more, found {steps}")
    now = [[Fraction(x) for x in centre] for centre in centres]
    for _ in range(steps):
        for place, group in enumerate(_groups(points, list(now))):
            if group:
                now[place] = [
                    Fraction(sum(column), len(group)) for column in zip(*group, strict=True)
                ]
    total = Fraction(0)
    for centre, group in zip(now, _groups(points, now), strict=True):
        if group:
            mean = [Fraction(sum(column), len(group)) for column in zip(*group, strict=True)]
            pairs = sum(_gap(a, b) for a in group for b in group)
            total += Fraction(pairs, 2 * len(group)) + len(group) * sum(
                (m - c) ** 2 for m, c in zip(mean, centre, strict=True)
            )
    return total


def _groups(points: Points, centres: list[list[Fraction]]) -> list[Points]:
    groups: list[Points] = [[] for _ in centres]
    for point in points:
        gaps = [_exact_gap(point, centre) for centre in centres]
        groups[gaps.index(min(gaps))].append(point)
    return groups


def _moved(points: Points, centres: list[list[Fraction]]) -> list[list[Fraction]]:
    return [
        [Fraction(sum(column), len(group)) for column in zip(*group, strict=True)] if group else old
        for group, old in zip(_groups(points, centres), centres, strict=True)
    ]


def _gap(one: list[int], other: list[int]) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def _exact_gap(point: list[int], centre: list[Fraction]) -> Fraction:
    return sum(((a - b) ** 2 for a, b in zip(point, centre, strict=True)), Fraction(0))


def _check_labelled(points: Points, labels: list[int], query: list[int], k: int) -> None:
    if len(labels) != len(points) or any(len(point) != len(query) for point in points):
        raise ValueError("points must have a label each, and the size of the query")
    if not 1 <= k <= len(points):
        raise ValueError(f"k must be from 1 to {len(points)}, found {k}")


def _check_centres(points: Points, centres: Points) -> None:
    sizes = {len(row) for row in [*points, *centres]}
    if not points or not centres or len(sizes) != 1:
        raise ValueError("points and centres must be one at least, all of one size")
