"""Mistakes people make with momentum: everything here is wrong on purpose."""

from __future__ import annotations

from ..optimisers import heavy_ball, scheduled_heavy_ball, sgd


def rate_twice(
    weight: float,
    gradients: list[float],
    rate: float,
    momentum: float,
    averaged: bool = False,
    decay: float = 0.0,
) -> float:
    """Wrong on purpose: the rate both in the velocity and in the step."""
    return heavy_ball(weight, gradients, rate * rate, momentum, averaged, decay)


def other_velocity(
    weight: float,
    gradients: list[float],
    rate: float,
    momentum: float,
    averaged: bool = False,
    decay: float = 0.0,
) -> float:
    """Wrong on purpose: averages the gradients where they are summed, and the other way round."""
    return heavy_ball(weight, gradients, rate, momentum, not averaged, decay)


def velocity_forgotten(
    weight: float,
    gradients: list[float],
    rate: float,
    momentum: float,
    averaged: bool = False,
    decay: float = 0.0,
) -> float:
    """Wrong on purpose: plain gradient descent."""
    return sgd(weight, gradients, rate, decay)


def without_lookahead(
    weight: float, gradients: list[float], rate: float, momentum: float, decay: float = 0.0
) -> float:
    """Wrong on purpose: the step of the heavy ball, which does not look ahead."""
    return heavy_ball(weight, gradients, rate, momentum, False, decay)


def velocity_only_ahead(
    weight: float, gradients: list[float], rate: float, momentum: float, decay: float = 0.0
) -> float:
    """Wrong on purpose: steps along β v and leaves out the newest gradient."""
    velocity = 0.0
    for gradient in gradients:
        velocity = momentum * velocity + gradient + decay * weight
        weight -= rate * momentum * velocity
    return weight


def gradient_here(
    weight: float, curvature: float, rate: float, momentum: float, steps: int
) -> float:
    """Wrong on purpose: takes the gradient at the weight, not at the point looked ahead to."""
    velocity = 0.0
    for _ in range(steps):
        velocity = momentum * velocity - rate * curvature * weight
        weight += velocity
    return weight


def weight_ahead(
    weight: float, curvature: float, rate: float, momentum: float, steps: int
) -> float:
    """Wrong on purpose: gives the point looked ahead to, w + β v, instead of the weight."""
    velocity = 0.0
    for _ in range(steps):
        velocity = momentum * velocity + curvature * weight
        weight -= rate * (curvature * weight + momentum * velocity)
    return weight


def rate_at_the_other_place(
    weight: float,
    gradients: list[float],
    rates: list[float],
    momentum: float,
    rate_inside: bool = False,
) -> float:
    """Wrong on purpose: old gradients keep their own rate where they take the new one, or reverse."""
    return scheduled_heavy_ball(weight, gradients, rates, momentum, not rate_inside)


def unsigned(
    weight: float,
    gradients: list[float],
    rate: float,
    beta1: float = 0.9,
    beta2: float = 0.99,
    decay: float = 0.0,
) -> float:
    """Wrong on purpose: steps along the average itself, not along its sign."""
    mean = 0.0
    for gradient in gradients:
        weight -= rate * (beta1 * mean + (1 - beta1) * gradient + decay * weight)
        mean = beta2 * mean + (1 - beta2) * gradient
    return weight


def one_beta(
    weight: float,
    gradients: list[float],
    rate: float,
    beta1: float = 0.9,
    beta2: float = 0.99,
    decay: float = 0.0,
) -> float:
    """Wrong on purpose: the sign of the stored average, the newest gradient mixed in by β₂."""
    mean = 0.0
    for gradient in gradients:
        mean = beta2 * mean + (1 - beta2) * gradient
        weight -= rate * ((mean > 0) - (mean < 0) + decay * weight)
    return weight
