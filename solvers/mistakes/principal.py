"""Mistakes with principal components: everything here is wrong on purpose."""

from __future__ import annotations

import math

from .. import principal


def second_moments(points: list[list[float]], sample: bool = False) -> list[float]:
    """Wrong on purpose: the points are not centred."""
    mirrored = [[-x for x in point] for point in points]
    scale = len(points) / (len(points) - 1) if sample else 1
    return [scale * x for x in principal.component_variances(points + mirrored)]


def singular_values(points: list[list[float]], sample: bool = False) -> list[float]:
    """Wrong on purpose: singular values of the centred points, neither squared nor divided."""
    return [math.sqrt(x * len(points)) for x in principal.component_variances(points)]


def variances_of_features(points: list[list[float]], components: int) -> float:
    """Wrong on purpose: the largest variances of single features, none rotated."""
    single = [
        principal.component_variances([[x] for x in column])[0]
        for column in zip(*points, strict=True)
    ]
    return math.fsum(sorted(single, reverse=True)[:components]) / math.fsum(single)


def share_of_deviations(points: list[list[float]], components: int) -> float:
    """Wrong on purpose: roots of the eigenvalues in place of the eigenvalues."""
    roots = [math.sqrt(x) for x in principal.component_variances(points)]
    return math.fsum(roots[:components]) / math.fsum(roots)


def share_lost(points: list[list[float]], components: int) -> float:
    """Wrong on purpose: the share that is lost."""
    return 1 - principal.explained_share(points, components)


def towards_the_mean(points: list[list[float]]) -> list[float]:
    """Wrong on purpose: not centred, so that the direction points at the mean."""
    return principal.first_direction(points + [[-x for x in point] for point in points])


def difference_of_means(first: list[list[int]], second: list[list[int]]) -> list[float]:
    """Wrong on purpose: along m₂ − m₁, the scatter left out."""
    means = [[sum(c) / len(each) for c in zip(*each, strict=True)] for each in (first, second)]
    gap = [high - low for low, high in zip(*means, strict=True)]
    return [x / math.hypot(*gap) for x in gap]
