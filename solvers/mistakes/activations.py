"""Wrong on purpose, every function of it: mistakes about activation functions."""

from __future__ import annotations

from math import exp, tanh
from typing import Literal


def proportional(logits: list[float]) -> list[float]:
    """Wrong on purpose: divides the logits by their sum, without exponentials."""
    return [z / sum(logits) for z in logits]


def sigmoids(logits: list[float]) -> list[float]:
    """Wrong on purpose: one sigmoid per logit instead of a softmax."""
    return [1 / (1 + exp(-z)) for z in logits]


def over_largest(logits: list[float]) -> list[float]:
    """Wrong on purpose: subtracts the maximum and forgets to normalise."""
    return [exp(z - max(logits)) for z in logits]


def diagonal_only(probabilities: list[float]) -> list[list[float]]:
    """Wrong on purpose: treats softmax as a function of each logit alone."""
    p = probabilities
    return [[a * (1 - a) * (i == j) for j, _ in enumerate(p)] for i, a in enumerate(p)]


def positive_off_diagonal(probabilities: list[float]) -> list[list[float]]:
    """Wrong on purpose: loses the minus sign beside the diagonal."""
    p = probabilities
    return [[a * (1 - a) if i == j else a * b for j, b in enumerate(p)] for i, a in enumerate(p)]


def no_delta(probabilities: list[float]) -> list[list[float]]:
    """Wrong on purpose: −p_i p_j everywhere, the own term p_i on the diagonal missing."""
    return [[-a * b for b in probabilities] for a in probabilities]


def other_function(function: Literal["sigmoid", "tanh"], output: float) -> float:
    """Wrong on purpose: takes the slope rule of the other function."""
    return 1 - output**2 if function == "sigmoid" else output * (1 - output)


def output_as_input(function: Literal["sigmoid", "tanh"], output: float) -> float:
    """Wrong on purpose: takes the output for the input and applies the function again."""
    a = 1 / (1 + exp(-output)) if function == "sigmoid" else tanh(output)
    return a * (1 - a) if function == "sigmoid" else 1 - a * a


def one_minus_output(function: Literal["sigmoid", "tanh"], output: float) -> float:
    """Wrong on purpose: 1 − a for both."""
    return 1 - output
