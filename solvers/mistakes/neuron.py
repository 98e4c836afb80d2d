"""Mistakes with one sigmoid neuron. All of it is wrong on purpose."""

from __future__ import annotations

from math import tanh


def without_activation(x: float, weight: float, bias: float) -> float:
    """Wrong on purpose: stops at the pre-activation."""
    return weight * x + bias


def with_tanh(x: float, weight: float, bias: float) -> float:
    """Wrong on purpose: tanh instead of the sigmoid."""
    return tanh(weight * x + bias)


def without_half(output: float, target: float) -> float:
    """Wrong on purpose: forgets the half."""
    return (output - target) ** 2


def without_slope(x: float, output: float, target: float) -> float:
    """Wrong on purpose: leaves out the sigmoid's derivative."""
    return (output - target) * x


def without_input(x: float, output: float, target: float) -> float:
    """Wrong on purpose: stops at the pre-activation, without the factor x."""
    return (output - target) * output * (1 - output)


def turned_round(x: float, output: float, target: float) -> float:
    """Wrong on purpose: target minus output."""
    return (target - output) * output * (1 - output) * x


def uphill(weight: float, rate: float, slope: float) -> float:
    """Wrong on purpose: adds the slope."""
    return weight + rate * slope


def without_rate(weight: float, rate: float, slope: float) -> float:
    """Wrong on purpose: forgets the learning rate."""
    return weight - slope
