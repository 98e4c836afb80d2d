"""Wrong on purpose, every function of it: mistakes about initial weights."""

from __future__ import annotations

from math import sqrt

from ..initialisation import hidden_weights


def deviation_as_limit(fan_in: int, fan_out: int) -> float:
    """Wrong on purpose: takes the standard deviation for the end of the interval."""
    return sqrt(2 / (fan_in + fan_out))


def variance_as_limit(fan_in: int, fan_out: int) -> float:
    """Wrong on purpose: takes the variance for the end of the interval."""
    return 2 / (fan_in + fan_out)


def he_limit(fan_in: int, fan_out: int) -> float:
    """Wrong on purpose: He's uniform limit, from fan_in alone."""
    return sqrt(6 / fan_in)


def he_variance(fan_in: int) -> float:
    """Wrong on purpose: the variance instead of the standard deviation."""
    return 2 / fan_in


def lecun_deviation(fan_in: int) -> float:
    """Wrong on purpose: no factor 2 for the half that ReLU cuts off."""
    return sqrt(1 / fan_in)


def relu_forgotten(width: int, deviation: float, depth: int) -> float:
    """Wrong on purpose: linear layers, without the half that ReLU cuts off."""
    return float((width * deviation**2) ** depth)


def one_layer(width: int, deviation: float, depth: int) -> float:
    """Wrong on purpose: the factor of a single layer."""
    return width * deviation**2 / 2


def deviation_for_variance(width: int, deviation: float, depth: int) -> float:
    """Wrong on purpose: does not square the standard deviation."""
    return float((width * deviation / 2) ** depth)


def one_unit_only(
    inputs: list[int], weight: int, output_weight: int, target: int
) -> list[list[int]]:
    """Wrong on purpose: counts only one of the two hidden units in the forward pass."""
    error = output_weight * weight * sum(inputs) - target
    return [[error * output_weight * x for x in inputs] for _ in (1, 2)]


def no_inputs(inputs: list[int], weight: int, output_weight: int, target: int) -> list[list[int]]:
    """Wrong on purpose: leaves out the factor that differs between inputs."""
    error = 2 * output_weight * weight * sum(inputs) - target
    return [[error * output_weight for _ in inputs] for _ in (1, 2)]


def sign_turned(inputs: list[int], weight: int, output_weight: int, target: int) -> list[list[int]]:
    """Wrong on purpose: target minus output."""
    error = target - 2 * output_weight * weight * sum(inputs)
    return [[error * output_weight * x for x in inputs] for _ in (1, 2)]


def ascent(targets: list[int], output_weights: list[int], rate: float) -> list[list[float]]:
    """Wrong on purpose: goes up the gradient instead of down."""
    return [[-w for w in row] for row in hidden_weights(targets, output_weights, rate)]


def summed(targets: list[int], output_weights: list[int], rate: float) -> list[list[float]]:
    """Wrong on purpose: the gradient of the sum over the four examples instead of the mean."""
    return hidden_weights(targets, output_weights, 4 * rate)


def output_weights_left_out(
    targets: list[int], output_weights: list[int], rate: float
) -> list[list[float]]:
    """Wrong on purpose: passes the output's error back without the output weights."""
    return hidden_weights(targets, [1, 1], rate)
