"""Mistakes people make with shrunken linear models: everything here is wrong on purpose."""

from __future__ import annotations

from ..shrinkage import Matrix, Vector, lasso, ridge


def other_loss(inputs: Matrix, targets: Vector, penalty: float, averaged: bool = False) -> Vector:
    """Wrong on purpose: λ for a mean of squares where it is a sum, or the other way round."""
    size = len(inputs)
    return ridge(inputs, targets, penalty / size if averaged else penalty * size, averaged)


def unpenalised(inputs: Matrix, targets: Vector, penalty: float, averaged: bool = False) -> Vector:
    """Wrong on purpose: plain least squares."""
    return ridge(inputs, targets, 0.0)


def unsquared(singular_values: Vector, penalty: float) -> Vector:
    """Wrong on purpose: d/(d + λ), singular values for eigenvalues."""
    return [d / (d + penalty) for d in singular_values]


def lost_share(singular_values: Vector, penalty: float) -> Vector:
    """Wrong on purpose: the share taken away."""
    return [penalty / (d * d + penalty) for d in singular_values]


def parameters_counted(singular_values: Vector, penalty: float) -> float:
    """Wrong on purpose: the number of weights, as without a penalty."""
    return float(len(singular_values))


def whole_penalty(inputs: Matrix, targets: Vector, l1: float, l2: float = 0.0) -> Vector:
    """Wrong on purpose: the threshold of |Xw − y|² + λ |w|₁, half as large."""
    return lasso(inputs, targets, l1 / 2, l2)


def shrunk_like_ridge(inputs: Matrix, targets: Vector, l1: float, l2: float = 0.0) -> Vector:
    """Wrong on purpose: the L1 penalty's weight in ridge's place."""
    return ridge(inputs, targets, l1 + l2)


def steps_times_rate(curvature: float, rate: float, steps: int) -> float:
    """Wrong on purpose: each step covers the same length."""
    return rate * curvature * steps


def what_is_left(curvature: float, rate: float, steps: int) -> float:
    """Wrong on purpose: the share of the way that is left."""
    return float((1 - rate * curvature) ** steps)


def rate_times_steps(curvature: float, rate: float, steps: int) -> float:
    """Wrong on purpose: η t instead of its inverse: as if longer training were a larger penalty."""
    return rate * steps
