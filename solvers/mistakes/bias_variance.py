"""Mistakes people make with bias, variance and soft targets: everything here is wrong on purpose."""

from __future__ import annotations

from ..bias_variance import Vector, decomposition, polynomial_bias_variance


def bias_unsquared(predictions: Vector, truth: float, noise: float = 0.0) -> list[float]:
    """Wrong on purpose: the bias itself, in the sum too."""
    _, variance, _ = decomposition(predictions, truth, noise)
    bias = sum(predictions) / len(predictions) - truth
    return [bias, variance, bias + variance + noise]


def sample_variance(predictions: Vector, truth: float, noise: float = 0.0) -> list[float]:
    """Wrong on purpose: the variance by n − 1, with which the parts exceed the whole."""
    bias, variance, _ = decomposition(predictions, truth, noise)
    larger = variance * len(predictions) / max(len(predictions) - 1, 1)
    return [bias, larger, bias + larger + noise]


def noise_averaged(
    inputs: Vector, truths: Vector, degree: int, at: float, truth: float, noise: float
) -> list[float]:
    """Wrong on purpose: σ² (d + 1)/n at each point, which holds on average over the inputs only."""
    bias, _ = polynomial_bias_variance(inputs, truths, degree, at, truth, noise)
    return [bias, noise**2 * (degree + 1) / len(inputs)]


def deviation(
    inputs: Vector, truths: Vector, degree: int, at: float, truth: float, noise: float
) -> list[float]:
    """Wrong on purpose: bias and standard deviation, not squared."""
    bias, variance = polynomial_bias_variance(inputs, truths, degree, at, truth, noise)
    return [float(bias**0.5), float(variance**0.5)]


def target_not_sharing(classes: int, target: int, smoothing: float) -> Vector:
    """Wrong on purpose: the ε goes to the K − 1 other classes only."""
    rest = smoothing / (classes - 1)
    return [1 - smoothing if k == target else rest for k in range(classes)]


def sum_above_one(classes: int, target: int, smoothing: float) -> Vector:
    """Wrong on purpose: adds ε/K without taking ε off the target."""
    return [(k == target) + smoothing / classes for k in range(classes)]


def shares_swapped(first: Vector, second: Vector, share: float) -> Vector:
    """Wrong on purpose: λ weighs the second example."""
    return [share * b + (1 - share) * a for a, b in zip(first, second, strict=True)]


def halved(first: Vector, second: Vector, share: float) -> Vector:
    """Wrong on purpose: the plain mean."""
    return [(a + b) / 2 for a, b in zip(first, second, strict=True)]
