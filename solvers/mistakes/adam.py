"""Mistakes people make with Adam and its relatives: everything here is wrong on purpose."""

from __future__ import annotations

from math import sqrt

from ..adam import adam, adamw


def uncorrected(
    weight: float,
    gradients: list[float],
    rate: float,
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
    decay: float = 0.0,
    amsgrad: bool = False,
) -> float:
    """Wrong on purpose: leaves out the bias correction of both averages."""
    mean = square = 0.0
    for gradient in gradients:
        slope = gradient + decay * weight
        mean = beta1 * mean + (1 - beta1) * slope
        square = beta2 * square + (1 - beta2) * slope**2
        weight -= rate * mean / (sqrt(square) + epsilon)
    return weight


def decoupled(
    weight: float,
    gradients: list[float],
    rate: float,
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
    decay: float = 0.0,
    amsgrad: bool = False,
) -> float:
    """Wrong on purpose: AdamW's decay in Adam."""
    return adamw(weight, gradients, rate, beta1, beta2, epsilon, decay, amsgrad)


def decay_in_the_gradient(
    weight: float,
    gradients: list[float],
    rate: float,
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
    decay: float = 0.01,
    amsgrad: bool = False,
) -> float:
    """Wrong on purpose: the L2 penalty's gradient through Adam's averages, called AdamW."""
    return adam(weight, gradients, rate, beta1, beta2, epsilon, decay, amsgrad)


def decay_without_rate(
    weight: float,
    gradients: list[float],
    rate: float,
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
    decay: float = 0.01,
    amsgrad: bool = False,
) -> float:
    """Wrong on purpose: shrinks by λ instead of η λ in each step, as if torch left out the rate."""
    return adamw(weight, gradients, rate, beta1, beta2, epsilon, decay / rate, amsgrad)


def squares_in_the_maximum(
    weight: float,
    gradients: list[float],
    rate: float,
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
) -> float:
    """Wrong on purpose: Adam's running root mean square instead of the decayed maximum."""
    return adam(weight, gradients, rate, beta1, beta2, epsilon)


def without_lookahead(
    weight: float,
    gradients: list[float],
    rate: float,
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
    momentum_decay: float = 0.004,
) -> float:
    """Wrong on purpose: plain Adam."""
    return adam(weight, gradients, rate, beta1, beta2, epsilon)
