"""Steps that look at the curvature: Newton's step, exact and backtracking line search."""

from __future__ import annotations

from typing import Any

from .ranges import _inside, _numbers, _positive

Vector = list[float]
Matrix = list[list[float]]


def newton_step(weights: Vector, gradient: Vector, hessian: Matrix) -> Vector:
    """w − H⁻¹ g   [Boyd & Vandenberghe 2004, 9.5]"""
    _numbers(weights=weights, gradient=gradient, hessian=hessian)
    _square(gradient, hessian)
    return [w - d for w, d in zip(weights, _solved(hessian, gradient), strict=True)]


def newton_step_by_numpy(weights: Vector, gradient: Vector, hessian: Matrix) -> Vector:
    """The same with the inverse matrix of numpy."""
    import numpy as np

    _square(gradient, hessian)
    if abs(np.linalg.det(np.array(hessian))) < 1e-12:
        raise ValueError(f"hessian must have an inverse, found {hessian}")
    return [float(w) for w in np.array(weights) - np.linalg.inv(np.array(hessian)) @ gradient]


def exact_rate(gradient: Vector, hessian: Matrix) -> float:
    """gᵀg/gᵀHg: the rate with the lowest loss along −g on a quadratic   [Nocedal & Wright 2006, 3.3]"""
    _numbers(gradient=gradient, hessian=hessian)
    _square(gradient, hessian)
    bend = _form(gradient, hessian)
    _positive(**{"the curvature along the gradient": bend})
    return sum(g * g for g in gradient) / bend


def exact_rate_by_numpy(gradient: Vector, hessian: Matrix) -> float:
    """The vertex of the parabola through three losses along the line."""
    import numpy as np

    _square(gradient, hessian)
    g, h = np.array(gradient), np.array(hessian)
    scale = 1 / max(1e-300, float(np.abs(h).max()))
    losses = [g @ (-t * g) + t * t * (g @ h @ g) / 2 for t in (0.0, scale, 2 * scale)]
    bent, slope, _ = np.polyfit([0.0, 1.0, 2.0], losses, 2)
    if not bent > 1e-12 * abs(slope):
        raise ValueError(f"the curvature along the gradient must be above 0, found {bent}")
    return float(-slope / (2 * bent) * scale)


def backtracking_rate(
    weights: Vector,
    curvatures: Vector,
    start: float,
    shrink: float = 0.5,
    share: float = 1e-4,
) -> float:
    """The first of η₀, ρ η₀, ρ² η₀, ... with L(w − η g) ≤ L(w) − c η |g|², L = ½ Σ h w²   [Armijo 1966]"""
    _numbers(weights=weights, curvatures=curvatures, start=start, shrink=shrink, share=share)
    _searched(weights, curvatures, start, shrink, share)
    slopes = [h * w for h, w in zip(curvatures, weights, strict=True)]
    loss, square = _loss(weights, curvatures), sum(g * g for g in slopes)
    rate = start
    while True:
        moved = [w - rate * g for w, g in zip(weights, slopes, strict=True)]
        if _loss(moved, curvatures) <= loss - share * rate * square + 1e-12 * loss:
            return rate
        rate *= shrink


def backtracking_rate_by_fractions(
    weights: Vector,
    curvatures: Vector,
    start: float,
    shrink: float = 0.5,
    share: float = 1e-4,
) -> float:
    """On a quadratic the condition is η ≤ 2 (1 − c) gᵀg/gᵀHg, here in exact fractions."""
    from fractions import Fraction

    _searched(weights, curvatures, start, shrink, share)
    slopes = [Fraction(h) * Fraction(w) for h, w in zip(curvatures, weights, strict=True)]
    bend = sum(Fraction(h) * g * g for h, g in zip(curvatures, slopes, strict=True))
    limit = 2 * (1 - Fraction(share)) * sum(g * g for g in slopes) / bend
    tries = 0
    while Fraction(start) * Fraction(shrink) ** tries > limit * (1 + Fraction(1, 10**11)):
        tries += 1
    return start * shrink**tries


def _loss(weights: Vector, curvatures: Vector) -> float:
    return sum(h * w * w for h, w in zip(curvatures, weights, strict=True)) / 2


def _form(vector: Vector, matrix: Matrix) -> float:
    return sum(
        a * m * b
        for a, row in zip(vector, matrix, strict=True)
        for m, b in zip(row, vector, strict=True)
    )


def _solved(matrix: Matrix, right: Vector) -> Vector:
    """Gaussian elimination, the largest pivot first."""
    rows: list[Any] = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for k in range(len(rows)):
        best = max(range(k, len(rows)), key=lambda i: abs(rows[i][k]))
        rows[k], rows[best] = rows[best], rows[k]
        if abs(rows[k][k]) < 1e-12:
            raise ValueError(f"the matrix must have an inverse, found {matrix}")
        rows[k] = [value / rows[k][k] for value in rows[k]]
        for i in range(len(rows)):
            if i != k:
                rows[i] = [a - rows[i][k] * b for a, b in zip(rows[i], rows[k], strict=True)]
    return [row[-1] for row in rows]


def _square(gradient: Vector, hessian: Matrix) -> None:
    size = len(gradient)
    if not size or any(len(row) != size for row in hessian) or len(hessian) != size:
        raise ValueError(f"hessian must be {size}×{size}, found {hessian}")


def _searched(
    weights: Vector, curvatures: Vector, start: float, shrink: float, share: float
) -> None:
    _positive(start=start)
    _inside(shrink=shrink, share=share)
    if len(weights) != len(curvatures) or not any(weights):
        raise ValueError(f"weights must be one per curvature and not all 0, found {weights}")
    _positive(**{"the least curvature": min(curvatures)})
