"""Mistakes people make with steps of descent: everything here is wrong on purpose."""

from __future__ import annotations

from ..descent import least_squares_gradient


def ascended(
    weight: float,
    inputs: list[float],
    targets: list[float],
    rate: float,
    averaged: bool = True,
    halved: bool = False,
) -> float:
    """Wrong on purpose: adds the gradient, and so climbs."""
    return weight + rate * least_squares_gradient(weight, inputs, targets, averaged, halved)


def without_inputs(
    weight: float,
    inputs: list[float],
    targets: list[float],
    rate: float,
    averaged: bool = True,
    halved: bool = False,
) -> float:
    """Wrong on purpose: leaves out the inner derivative x."""
    errors = [weight * x - y for x, y in zip(inputs, targets, strict=True)]
    return weight - rate * 2 * sum(errors) / len(errors)


def one_velocity(
    weight: float, curvature: float, rate: float, momentum: float, steps: int, damped: bool = False
) -> float:
    """Wrong on purpose: plain gradient descent, the velocity is forgotten."""
    for _ in range(steps):
        weight -= rate * curvature * weight
    return weight


def stale_gradient(
    weight: float, curvature: float, rate: float, momentum: float, steps: int, damped: bool = False
) -> float:
    """Wrong on purpose: takes the gradient once, at the start, and keeps it."""
    velocity, gradient = 0.0, curvature * weight
    for _ in range(steps):
        velocity = momentum * velocity + gradient
        weight -= rate * velocity
    return weight


def uncorrected_adam(
    weight: float, gradient: float, rate: float, beta1: float, beta2: float
) -> float:
    """Wrong on purpose: leaves out the bias correction."""
    return float(
        weight - rate * (1 - beta1) * gradient / ((1 - beta2) * gradient * gradient) ** 0.5
    )


def plain_step(weight: float, gradient: float, rate: float, beta1: float, beta2: float) -> float:
    """Wrong on purpose: a step of plain gradient descent."""
    return weight - rate * gradient


def wrong_way(weight: float, gradient: float, rate: float, beta1: float, beta2: float) -> float:
    """Wrong on purpose: moves along the gradient."""
    return weight + rate * (1 if gradient > 0 else -1)


def two_uncorrected(
    weight: float, gradients: list[float], rate: float, beta1: float, beta2: float
) -> float:
    """Wrong on purpose: Adam without its bias correction."""
    mean = square = 0.0
    for gradient in gradients:
        mean = beta1 * mean + (1 - beta1) * gradient
        square = beta2 * square + (1 - beta2) * gradient**2
        weight -= rate * mean / square**0.5
    return weight


def signs_only(
    weight: float, gradients: list[float], rate: float, beta1: float, beta2: float
) -> float:
    """Wrong on purpose: takes each step as a full rate against the gradient's sign."""
    return weight - sum(rate if gradient > 0 else -rate for gradient in gradients)


def undivided(gradients: list[float], batch: int, replacement: bool = True) -> float:
    """Wrong on purpose: the variance of a single example's gradient."""
    mean = sum(gradients) / len(gradients)
    return sum((g - mean) ** 2 for g in gradients) / len(gradients)


def divided_twice(gradients: list[float], batch: int, replacement: bool = True) -> float:
    """Wrong on purpose: divides by b² (the variance of one example's share of the mean)."""
    return undivided(gradients, batch) / batch**2


def divided_by_root(gradients: list[float], batch: int, replacement: bool = True) -> float:
    """Wrong on purpose: divides by √b, as is right for the standard deviation."""
    return float(undivided(gradients, batch) / batch**0.5)


def swapped_updates(examples: int, batch: int, drop_last: bool = False) -> tuple[int, int, int]:
    """Wrong on purpose: full-batch and single-example descent mixed up."""
    return examples, 1, -(-examples // batch)


def counted_examples(examples: int, batch: int, drop_last: bool = False) -> tuple[int, int, int]:
    """Wrong on purpose: counts the gradients computed, not the updates made."""
    return examples, examples, examples
