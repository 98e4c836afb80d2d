"""Mistakes people make with clipping and penalties: everything here is wrong on purpose."""

from __future__ import annotations

from ..penalties import Matrix, Vector, clip_by_global_norm, penalised_gradient


def other_norm(gradients: Matrix, limit: float, together: bool = True) -> Matrix:
    """Wrong on purpose: each tensor by itself where all belong together, and the other way round."""
    return clip_by_global_norm(gradients, limit, not together)


def by_value(gradients: Matrix, limit: float, together: bool = True) -> Matrix:
    """Wrong on purpose: holds each entry within the limit."""
    return [[max(-limit, min(limit, g)) for g in tensor] for tensor in gradients]


def always_scaled(gradients: Matrix, limit: float, together: bool = True) -> Matrix:
    """Wrong on purpose: stretches short gradients to the limit too."""
    short = min(limit, 1e-12)
    small = clip_by_global_norm(gradients, short, together)
    return [[g * limit / short for g in tensor] for tensor in small]


def forgotten_two(
    gradient: Vector, weights: Vector, l1: float = 0.0, l2: float = 0.0, halved: bool = True
) -> Vector:
    """Wrong on purpose: 2 λ w where the penalty has a half, λ w where it has none."""
    return penalised_gradient(gradient, weights, l1, l2, not halved)


def signless(
    gradient: Vector, weights: Vector, l1: float = 0.0, l2: float = 0.0, halved: bool = True
) -> Vector:
    """Wrong on purpose: adds λ₁ whatever the weight's sign."""
    smooth = penalised_gradient(gradient, weights, 0.0, l2, halved)
    return [g + l1 for g in smooth]


def all_to_the_limit(rows: Matrix, limit: float) -> Matrix:
    """Wrong on purpose: stretches short rows to the limit too."""
    return [[w * limit / (sum(v * v for v in row) ** 0.5 or 1) for w in row] for row in rows]


def squared_norm(rows: Matrix, limit: float) -> Matrix:
    """Wrong on purpose: holds the squared norm against the limit."""
    norms = [sum(w * w for w in row) for row in rows]
    return [
        [w * limit / norm if norm > limit else w for w in row]
        for row, norm in zip(rows, norms, strict=True)
    ]


def square_as_length(rate: float, decay: float, slope: float, coupled: bool = True) -> float:
    """Wrong on purpose: the squared length at the balance."""
    kept = 1 - (rate * decay if coupled else decay)
    return float(((rate * slope) ** 2 / (1 - kept**2)) ** 0.5)


def shrinks_to_nothing(rate: float, decay: float, slope: float, coupled: bool = True) -> float:
    """Wrong on purpose: decay wins, as if no gradient lengthened the weights."""
    return 0.0


def other_half(gradient: float, penalty: float, halved: bool = True) -> float:
    """Wrong on purpose: mixes up λ/2 w² and λ w²."""
    return -gradient / (2 * penalty if halved else penalty)


def same_sign(gradient: float, penalty: float, halved: bool = True) -> float:
    """Wrong on purpose: rests where the gradient points."""
    return gradient / (penalty if halved else 2 * penalty)
