"""Mistakes people make with descent on quadratics: everything here is wrong on purpose."""

from __future__ import annotations

from math import ceil, log
from typing import Literal

from ..quadratics import Method, condition_number, stability_limit


def one_over_curvature(curvature: float, method: Method = "plain", momentum: float = 0.0) -> float:
    """Wrong on purpose: the rate that reaches the minimum at once, not the limit."""
    return 1 / curvature


def momentum_narrows(curvature: float, method: Method = "plain", momentum: float = 0.0) -> float:
    """Wrong on purpose: as if momentum's rate η/(1 − β) had to stay below 2/h."""
    return 2 * (1 - momentum) / curvature


def heavy_ball_always(curvature: float, method: Method = "plain", momentum: float = 0.0) -> float:
    """Wrong on purpose: one limit for each kind of momentum."""
    return stability_limit(curvature, "heavy-ball", momentum)


def without_momentum(
    curvature: float, rate: float, method: Method = "plain", momentum: float = 0.0
) -> float:
    """Wrong on purpose: |1 − η h| whatever the momentum."""
    return abs(1 - rate * curvature)


def momentum_itself(
    curvature: float, rate: float, method: Method = "plain", momentum: float = 0.0
) -> float:
    """Wrong on purpose: β, which is its square where the roots are complex."""
    return momentum


def upside_down(curvatures: list[float]) -> float:
    """Wrong on purpose: the least curvature over the largest."""
    return min(curvatures) / max(curvatures)


def root_of_condition(curvatures: list[float]) -> float:
    """Wrong on purpose: the condition of a square root of the Hessian."""
    return float(condition_number(curvatures) ** 0.5)


def limit_as_best(curvatures: list[float]) -> float:
    """Wrong on purpose: 2/h_max, at which the steepest direction swings for ever."""
    return 2 / max(curvatures)


def steepest_in_one_step(curvatures: list[float]) -> float:
    """Wrong on purpose: 1/h_max."""
    return 1 / max(curvatures)


def mean_curvature(curvatures: list[float]) -> float:
    """Wrong on purpose: 1 over the sum of both curvatures."""
    return 1 / (min(curvatures) + max(curvatures))


def rate_of_flattest(curvatures: list[float], method: Literal["plain", "heavy-ball"]) -> float:
    """Wrong on purpose: 1 − 1/κ, which belongs to the rate 1/h_max."""
    return 1 - 1 / condition_number(curvatures)


def other_method(curvatures: list[float], method: Literal["plain", "heavy-ball"]) -> float:
    """Wrong on purpose: κ for √κ and the other way round."""
    root = condition_number(curvatures) ** (0.5 if method == "plain" else 1)
    return float((root - 1) / (root + 1))


def unsquared_momentum(curvatures: list[float]) -> float:
    """Wrong on purpose: (√κ − 1)/(√κ + 1), the contraction."""
    return other_method(curvatures, "plain")


def plain_rate(curvatures: list[float]) -> float:
    """Wrong on purpose: the best rate without momentum."""
    return 2 / (min(curvatures) + max(curvatures))


def rounded_down(tolerance: float, contraction: float) -> int:
    """Wrong on purpose: one step too few."""
    return ceil(log(tolerance) / log(contraction) - 1e-9) - 1


def inverse_ratio(tolerance: float, contraction: float) -> int:
    """Wrong on purpose: as if each step took off the factor's share of the start."""
    return ceil((1 - tolerance) / (1 - contraction))


def batch_forgotten(
    curvature: float, rate: float, noise: float, batch: int = 1, momentum: float = 0.0
) -> float:
    """Wrong on purpose: the noise of single examples, whatever the batch and the momentum."""
    return rate * noise / (curvature * (2 - rate * curvature))


def gradient_noise(
    curvature: float, rate: float, noise: float, batch: int = 1, momentum: float = 0.0
) -> float:
    """Wrong on purpose: the variance of the gradient, not of the weight."""
    return noise / batch
