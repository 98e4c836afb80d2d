"""Mistakes people make with adaptive rates: everything here is wrong on purpose."""

from __future__ import annotations

from math import sqrt

from ..adaptive import Scaling


def root_forgotten(
    weight: float,
    gradients: list[float],
    rate: float,
    epsilon: float = 1e-10,
    initial: float = 0.0,
) -> float:
    """Wrong on purpose: divides by the sum of squares, not by its root."""
    total = initial
    for gradient in gradients:
        total += gradient**2
        weight -= rate * gradient / (total + epsilon)
    return weight


def sum_restarted(
    weight: float,
    gradients: list[float],
    rate: float,
    epsilon: float = 1e-10,
    initial: float = 0.0,
) -> float:
    """Wrong on purpose: each step knows its own gradient only."""
    for gradient in gradients:
        weight -= rate * gradient / (sqrt(initial + gradient**2) + epsilon)
    return weight


def epsilon_inside(
    weight: float,
    gradients: list[float],
    rate: float,
    smoothing: float = 0.99,
    epsilon: float = 1e-8,
    centred: bool = False,
    momentum: float = 0.0,
) -> float:
    """Wrong on purpose: ε under the root, where it counts as its own root."""
    square = mean = velocity = 0.0
    for gradient in gradients:
        square = smoothing * square + (1 - smoothing) * gradient**2
        mean = smoothing * mean + (1 - smoothing) * gradient
        spread = square - mean**2 if centred else square
        velocity = momentum * velocity + gradient / sqrt(spread + epsilon)
        weight -= rate * velocity
    return weight


def summed_squares(
    weight: float,
    gradients: list[float],
    rate: float,
    smoothing: float = 0.99,
    epsilon: float = 1e-8,
    centred: bool = False,
    momentum: float = 0.0,
) -> float:
    """Wrong on purpose: Adagrad's sum of squares instead of the running mean."""
    total = 0.0
    for gradient in gradients:
        total += gradient**2
        weight -= rate * gradient / (sqrt(total) + epsilon)
    return weight


def swapped_smoothing(
    weight: float,
    gradients: list[float],
    rate: float,
    smoothing: float = 0.99,
    epsilon: float = 1e-8,
    centred: bool = False,
    momentum: float = 0.0,
) -> float:
    """Wrong on purpose: α weighs the new square, 1 − α the old mean."""
    square = 0.0
    for gradient in gradients:
        square = (1 - smoothing) * square + smoothing * gradient**2
        weight -= rate * gradient / (sqrt(square) + epsilon)
    return weight


def epsilon_outside(
    weight: float,
    gradients: list[float],
    smoothing: float = 0.9,
    epsilon: float = 1e-6,
    rate: float = 1.0,
) -> float:
    """Wrong on purpose: ε added to both roots, which makes the first step a thousand times smaller."""
    square = moved = 0.0
    for gradient in gradients:
        square = smoothing * square + (1 - smoothing) * gradient**2
        step = gradient * (sqrt(moved) + epsilon) / (sqrt(square) + epsilon)
        moved = smoothing * moved + (1 - smoothing) * step**2
        weight -= rate * step
    return weight


def nominal_rate(rule: Scaling, gradients: list[float], rate: float) -> float:
    """Wrong on purpose: the rate as set, not divided by anything."""
    return rate


def last_gradient_only(rule: Scaling, gradients: list[float], rate: float) -> float:
    """Wrong on purpose: divides by the last gradient's magnitude only."""
    return rate / abs(gradients[-1])
