"""Principal components and linear discriminants of a few points, by rotations of the covariance."""

from __future__ import annotations

import math
from fractions import Fraction

from .ranges import _numbers

MOST_FEATURES = 5


def component_variances(points: list[list[float]], sample: bool = False) -> list[float]:
    """Eigenvalues of the covariance, largest first; divided by n, by n − 1 if `sample` [Pearson 1901]"""
    _numbers(points=points)
    _check_points(points, 1)
    values = _rotated(_covariance(points))[0]
    scale = len(points) / (len(points) - 1) if sample else 1
    return sorted((max(value, 0.0) * scale for value in values), reverse=True)


def component_variances_by_numpy(points: list[list[float]], sample: bool = False) -> list[float]:
    """Squared singular values of the centred points, without any covariance matrix."""
    import numpy as np

    _check_points(points, 1)
    centred = np.array(points, dtype=float) - np.mean(points, axis=0)
    values = np.zeros(len(points[0]))
    found = np.linalg.svd(centred, compute_uv=False) ** 2 / (len(points) - sample)
    values[: len(found)] = found
    return [float(value) if value > 1e-12 else 0.0 for value in values]


def explained_share(points: list[list[float]], components: int) -> float:
    """Σ of the largest eigenvalues over Σ of all: share of the variance kept   [Jolliffe 2002]"""
    _numbers(points=points)
    _check_points(points, components)
    values = component_variances(points)
    if sum(values) < 1e-9:
        raise ValueError("points must not all be the same")
    return math.fsum(values[:components]) / math.fsum(values)


def explained_share_by_torch(points: list[list[float]], components: int) -> float:
    """1 less the squared error of the best copy of that rank, over the squared spread."""
    import torch

    _check_points(points, components)
    centred = torch.tensor(points, dtype=torch.float64)
    centred = centred - centred.mean(0)
    if float((centred**2).sum()) < 1e-9:
        raise ValueError("points must not all be the same")
    _, _, directions = torch.linalg.svd(centred, full_matrices=True)
    kept = directions[:components].T @ directions[:components]
    return 1 - float(((centred - centred @ kept) ** 2).sum() / (centred**2).sum())


def first_direction(points: list[list[float]]) -> list[float]:
    """Unit vector along which the points vary most; its largest entry is positive   [Pearson 1901]"""
    _numbers(points=points)
    _check_points(points, 1)
    values, vectors = _rotated(_covariance(points))
    order = sorted(range(len(values)), key=lambda i: -values[i])
    if len(order) > 1 and values[order[0]] - values[order[1]] < 1e-6:
        raise ValueError("points must vary most along one direction only")
    return _pointed([row[order[0]] for row in vectors])


def first_direction_by_numpy(points: list[list[float]]) -> list[float]:
    """The first right singular vector of the centred points."""
    import numpy as np

    _check_points(points, 1)
    centred = np.array(points, dtype=float) - np.mean(points, axis=0)
    _, spread, directions = np.linalg.svd(centred, full_matrices=True)
    squares = [*(spread**2 / len(points)), 0.0]
    if len(points[0]) > 1 and squares[0] - squares[1] < 1e-6:
        raise ValueError("points must vary most along one direction only")
    return _pointed([float(x) for x in directions[0]])


def fisher_direction(first: list[list[int]], second: list[list[int]]) -> list[float]:
    """Unit vector along S_W⁻¹(m₂ − m₁), S_W the scatter within both classes, in the plane

    [Fisher 1936; Bishop 2006, eq. 4.30]
    """
    _check_classes(first, second)
    means = [_exact_mean(points) for points in (first, second)]
    a, b, d = (
        sum(
            (x[i] - mean[i]) * (x[j] - mean[j])
            for points, mean in zip((first, second), means, strict=True)
            for x in points
        )
        for i, j in ((0, 0), (0, 1), (1, 1))
    )
    gap = [high - low for low, high in zip(*means, strict=True)]
    if a * d == b * b or not any(gap):
        raise ValueError("classes must spread in both dimensions, about different means")
    inverse = [d * gap[0] - b * gap[1], a * gap[1] - b * gap[0]]
    length = math.hypot(*inverse)
    return [float(x) / length for x in inverse]


def fisher_direction_by_numpy(first: list[list[int]], second: list[list[int]]) -> list[float]:
    """Least squares on targets −1 and 1 finds the same direction   [Bishop 2006, 4.1.5]"""
    import numpy as np

    _check_classes(first, second)
    points = np.array([*first, *second], dtype=float)
    targets = np.repeat([-1.0, 1.0], [len(first), len(second)])
    within = np.concatenate([np.array(each) - np.mean(each, axis=0) for each in (first, second)])
    if np.linalg.matrix_rank(within) < 2 or np.allclose(np.mean(first, 0), np.mean(second, 0)):
        raise ValueError("classes must spread in both dimensions, about different means")
    columns = np.column_stack([points, np.ones(len(points))])
    weights = np.linalg.lstsq(columns, targets, rcond=None)[0][:2]
    return [float(x) for x in weights / np.linalg.norm(weights)]


def _covariance(points: list[list[float]]) -> list[list[float]]:
    size = len(points)
    means = [math.fsum(column) / size for column in zip(*points, strict=True)]
    centred = [[x - m for x, m in zip(point, means, strict=True)] for point in points]
    axes = range(len(means))
    return [[math.fsum(row[i] * row[j] for row in centred) / size for j in axes] for i in axes]


def _rotated(matrix: list[list[float]]) -> tuple[list[float], list[list[float]]]:
    """Eigenvalues and, as columns, eigenvectors: rotations until no entry off the diagonal is left."""
    axes = range(len(matrix))
    vectors = [[float(i == j) for j in axes] for i in axes]
    pairs = [(i, j) for i in axes for j in range(i)]
    for _ in range(30):
        for i, j in pairs:
            angle = math.atan2(2 * matrix[i][j], matrix[j][j] - matrix[i][i]) / 2
            c, s = math.cos(angle), math.sin(angle)
            matrix = _turned(_transposed(_turned(matrix, i, j, c, s)), i, j, c, s)
            vectors = _turned(vectors, i, j, c, s)
    return [matrix[i][i] for i in axes], vectors


def _turned(rows: list[list[float]], i: int, j: int, c: float, s: float) -> list[list[float]]:
    turned = [list(row) for row in rows]
    for row, new in zip(rows, turned, strict=True):
        new[i], new[j] = c * row[i] - s * row[j], s * row[i] + c * row[j]
    return turned


def _transposed(matrix: list[list[float]]) -> list[list[float]]:
    return [list(column) for column in zip(*matrix, strict=True)]


def _pointed(vector: list[float]) -> list[float]:
    largest = max(vector, key=lambda x: round(abs(x), 9))
    return [x if largest > 0 else -x for x in vector]


def _exact_mean(points: list[list[int]]) -> list[Fraction]:
    return [Fraction(sum(column), len(points)) for column in zip(*points, strict=True)]


def _check_points(points: list[list[float]], components: int) -> None:
    features = len(points[0]) if points else 0
    if len(points) < 2 or any(len(point) != features for point in points):
        raise ValueError("points must be two at least, all of one size")
    if features > MOST_FEATURES or not 1 <= components <= features:
        raise ValueError(f"components must be from 1 to {features} (at most {MOST_FEATURES})")


def _check_classes(first: list[list[int]], second: list[list[int]]) -> None:
    if not first or not second or any(len(point) != 2 for point in [*first, *second]):
        raise ValueError("first and second must be points of the plane, one at least each")
