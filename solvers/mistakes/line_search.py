"""Mistakes people make with curvature and line search: everything here is wrong on purpose."""

from __future__ import annotations

from ..line_search import Matrix, Vector, backtracking_rate, newton_step


def diagonal_only(weights: Vector, gradient: Vector, hessian: Matrix) -> Vector:
    """Wrong on purpose: divides by the diagonal, as if the Hessian had nothing else."""
    alone = [[h if j == k else 0.0 for j, h in enumerate(row)] for k, row in enumerate(hessian)]
    return newton_step(weights, gradient, alone)


def uphill(weights: Vector, gradient: Vector, hessian: Matrix) -> Vector:
    """Wrong on purpose: adds H⁻¹ g."""
    return newton_step(weights, [-g for g in gradient], hessian)


def multiplied(weights: Vector, gradient: Vector, hessian: Matrix) -> Vector:
    """Wrong on purpose: multiplies by the Hessian instead of its inverse."""
    turned = [sum(h * g for h, g in zip(row, gradient, strict=True)) for row in hessian]
    return [w - t for w, t in zip(weights, turned, strict=True)]


def norm_unsquared(gradient: Vector, hessian: Matrix) -> float:
    """Wrong on purpose: 1/gᵀHg, without the gradient's own square."""
    rows = [sum(h * g for h, g in zip(row, gradient, strict=True)) for row in hessian]
    return 1 / sum(r * g for r, g in zip(rows, gradient, strict=True))


def any_decrease(
    weights: Vector,
    curvatures: Vector,
    start: float,
    shrink: float = 0.5,
    share: float = 1e-4,
) -> float:
    """Wrong on purpose: takes the first rate at which the loss does not rise."""
    return backtracking_rate(weights, curvatures, start, shrink, 1e-9)


def one_too_many(
    weights: Vector,
    curvatures: Vector,
    start: float,
    shrink: float = 0.5,
    share: float = 1e-4,
) -> float:
    """Wrong on purpose: shrinks once more after the condition holds."""
    return shrink * backtracking_rate(weights, curvatures, start, shrink, share)
