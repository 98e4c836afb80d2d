"""Mistakes with similarities: everything here is wrong on purpose."""

from __future__ import annotations

import math

from .. import similarities
from ..similarities import Vector


def not_normalised(first: Vector, second: Vector) -> float:
    """Wrong on purpose: the plain product."""
    return math.fsum(a * b for a, b in zip(first, second, strict=True))


def margin_on_the_cosine(cosine: float, margin: float, scale: float) -> float:
    """Wrong on purpose: s (cos θ − m), which is CosFace."""
    return similarities.cosface_logit(cosine, margin, scale)


def margin_makes_it_easier(cosine: float, margin: float, scale: float) -> float:
    """Wrong on purpose: s cos(θ − m), which helps the true class."""
    return scale * math.cos(math.acos(cosine) - margin)


def margin_not_scaled(cosine: float, margin: float, scale: float) -> float:
    """Wrong on purpose: s cos θ − m."""
    return scale * cosine - margin


def width_not_squared(inputs: Vector, centre: Vector, width: float) -> float:
    """Wrong on purpose: σ for σ²."""
    return similarities.radial_unit(inputs, centre, math.sqrt(width))


def half_forgotten(inputs: Vector, centre: Vector, width: float) -> float:
    """Wrong on purpose: exp(−‖x − c‖²/σ²)."""
    return similarities.radial_unit(inputs, centre, width) ** 2


def positive_and_negative_swapped(
    anchor: Vector, positive: Vector, negative: Vector, margin: float
) -> float:
    """Wrong on purpose: pushes the positive away."""
    return similarities.triplet_loss(anchor, negative, positive, margin)


def never_satisfied(anchor: Vector, positive: Vector, negative: Vector, margin: float) -> float:
    """Wrong on purpose: without max(0, ·), so that the loss falls below 0."""
    return math.dist(anchor, positive) ** 2 - math.dist(anchor, negative) ** 2 + margin
