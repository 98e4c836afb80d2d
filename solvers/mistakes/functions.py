"""Wrong on purpose, every function of it: mistakes about activation functions and their curves."""

from __future__ import annotations

from math import exp, log
from typing import Literal

from ..curves import limits, moment, value_range
from ..formulas import Activation
from ..functions import derivative, value
from ..vector_functions import (
    Gate,
    gated_linear_unit,
    log_softmax,
    maxout,
    tempered_softmax,
    tempered_softmax_jacobian,
)

Side = Literal["both", "left", "right"]


# Values.


def without_leak(function: Activation, at: float, parameter: float | None = None) -> float:
    """Wrong on purpose: 0 for all negative inputs, as if it were ReLU."""
    return max(at, 0.0)


def mirrored_exponent(function: Activation, at: float, parameter: float | None = None) -> float:
    """Wrong on purpose: the sign of the exponent turned, which mirrors the input."""
    return value(function, -at, parameter)


def gate_only(function: Activation, at: float, parameter: float | None = None) -> float:
    """Wrong on purpose: the gate without the input that it multiplies, σ(x) for SiLU."""
    if at == 0:
        raise ValueError("at must not be 0, where the gate cannot be read off")
    return value(function, at, parameter) / at


# Derivatives.


def value_for_derivative(
    function: Activation, at: float, parameter: float | None = None, side: Side = "both"
) -> float:
    """Wrong on purpose: f(x) instead of f′(x)."""
    return value(function, at, parameter)


def slope_at_output(
    function: Activation, at: float, parameter: float | None = None, side: Side = "both"
) -> float:
    """Wrong on purpose: f′ at the output f(x) instead of at the input x."""
    return derivative(function, value(function, at, parameter), parameter, side)


def output_rule_on_input(
    function: Activation, at: float, parameter: float | None = None, side: Side = "both"
) -> float:
    """Wrong on purpose: a (1 − a) and 1 − a² with the input x in place of the output a."""
    return 1 - at**2 if function == "tanh" else at * (1 - at)


def step_slope(
    function: Activation, at: float, parameter: float | None = None, side: Side = "both"
) -> float:
    """Wrong on purpose: ReLU's slope, 1 or 0, for every rectifier."""
    return float(at > 0)


def no_product_rule(
    function: Activation, at: float, parameter: float | None = None, side: Side = "both"
) -> float:
    """Wrong on purpose: the gate alone as the slope of input times gate, σ(x) for SiLU."""
    return gate_only(function, at, parameter)


def slope_squared(
    function: Activation, at: float, parameter: float | None = None, side: Side = "both"
) -> float:
    """Wrong on purpose: f′(x)² for f″(x)."""
    return derivative(function, at, parameter, side) ** 2


def slope_on_whole_line(function: Activation, at: float, parameter: float | None = None) -> float:
    """Wrong on purpose: ∂/∂α = x for positive inputs too, where α is not used."""
    return at


def slope_in_input(function: Activation, at: float, parameter: float | None = None) -> float:
    """Wrong on purpose: differentiates with respect to the input, not the parameter."""
    return derivative(function, at, parameter, "right")


# Curves.


def no_dip(function: Activation, parameter: float | None = None) -> list[float]:
    """Wrong on purpose: 0 as the lower end, although the curve dips below."""
    return [0.0, value_range(function, parameter)[1]]


def zero_to_one(function: Activation, parameter: float | None = None) -> list[float]:
    """Wrong on purpose: the sigmoid's range."""
    return [0.0, 1.0]


def minus_one_to_one(function: Activation, parameter: float | None = None) -> list[float]:
    """Wrong on purpose: the range of tanh."""
    return [-1.0, 1.0]


def range_for_slopes(function: Activation, parameter: float | None = None) -> list[float]:
    """Wrong on purpose: the range of the values given as the range of the slopes."""
    return value_range(function, parameter)


def slope_at_zero(function: Activation, parameter: float | None = None) -> float:
    """Wrong on purpose: takes the slope at 0 for the steepest."""
    return abs(derivative(function, 0.0, parameter, "right"))


def always_one(function: Activation, parameter: float | None = None) -> float:
    """Wrong on purpose: no activation function is steeper than 1."""
    return 1.0


def odd_limits(function: Activation, parameter: float | None = None) -> list[float]:
    """Wrong on purpose: the left limit as minus the right one, as for tanh."""
    right = limits(function, parameter)[1]
    return [-right, right]


def function_of_mean(
    function: Activation,
    order: int,
    of: Literal["value", "slope"] = "value",
    parameter: float | None = None,
) -> float:
    """Wrong on purpose: f(E[Z])ᵏ for E[f(Z)ᵏ]."""
    jet = derivative(function, 0.0, parameter, "left")
    return (value(function, 0.0, parameter) if of == "value" else jet) ** order


def power_of_mean(
    function: Activation,
    order: int,
    of: Literal["value", "slope"] = "value",
    parameter: float | None = None,
) -> float:
    """Wrong on purpose: E[f(Z)]ᵏ for E[f(Z)ᵏ]."""
    return moment(function, 1, of, parameter) ** order


# Vectors.


def softmax_twice(logits: list[float], temperature: float = 1.0) -> list[float]:
    """Wrong on purpose: softmax of probabilities, as when the loss applies it once more."""
    once = tempered_softmax(logits, temperature)
    return tempered_softmax(once, temperature)


def temperature_multiplied(logits: list[float], temperature: float = 1.0) -> list[float]:
    """Wrong on purpose: multiplies by the temperature, so that a higher one sharpens."""
    return tempered_softmax([z * temperature for z in logits])


def tempered_afterwards(logits: list[float], temperature: float = 1.0) -> list[float]:
    """Wrong on purpose: divides the probabilities, which then do not sum to 1."""
    return [p / temperature for p in tempered_softmax(logits)]


def jacobian_without_temperature(
    logits: list[float], temperature: float = 1.0
) -> list[list[float]]:
    """Wrong on purpose: the inner derivative 1/T forgotten."""
    rows = tempered_softmax_jacobian(logits, temperature)
    return [[temperature * v for v in row] for row in rows]


def independent_logits(logits: list[float], temperature: float = 1.0) -> list[list[float]]:
    """Wrong on purpose: only the diagonal, as if each probability had a logit of its own."""
    rows = tempered_softmax_jacobian(logits, temperature)
    return [[v * (i == j) for j, v in enumerate(row)] for i, row in enumerate(rows)]


def log_of_sum(logits: list[float]) -> float:
    """Wrong on purpose: ln Σ z, without the exponentials."""
    if sum(logits) <= 0:
        raise ValueError(f"logits must have a positive sum, found {logits}")
    return log(sum(logits))


def largest_only(logits: list[float]) -> float:
    """Wrong on purpose: only the maximum, and not what the others add."""
    return max(logits)


def sum_not_subtracted(logits: list[float]) -> list[float]:
    """Wrong on purpose: z − Σ z instead of z − ln Σ exp z."""
    return [z - sum(logits) for z in logits]


def one_minus_softmax(values: list[float]) -> list[float]:
    """Wrong on purpose: 1 − softmax, which does not sum to 1."""
    return [1 - p for p in tempered_softmax(values)]


def clipped_softmax(logits: list[float]) -> list[float]:
    """Wrong on purpose: negative logits cut to 0, the rest divided by its sum."""
    kept = [max(z, 0.0) for z in logits]
    if not any(kept):
        raise ValueError(f"logits must have a positive one, found {logits}")
    return [z / sum(kept) for z in kept]


def rectified_maxout(inputs: list[float], weights: list[list[float]], biases: list[float]) -> float:
    """Wrong on purpose: 0 taken as one more piece."""
    return max(0.0, maxout(inputs, weights, biases))


def biases_apart(inputs: list[float], weights: list[list[float]], biases: list[float]) -> float:
    """Wrong on purpose: the maximum before the biases are added."""
    zeros = [0.0 for _ in biases]
    return maxout(inputs, weights, zeros) + max(biases)


def swapped_gate(values: list[float], gates: list[float], gate: Gate = "sigmoid") -> list[float]:
    """Wrong on purpose: the nonlinearity on the values instead of on the gates."""
    return gated_linear_unit(gates, values, gate)


def added_gate(values: list[float], gates: list[float], gate: Gate = "sigmoid") -> list[float]:
    """Wrong on purpose: adds the gate instead of multiplying by it."""
    ones = gated_linear_unit([1.0 for _ in values], gates, gate)
    return [v + g for v, g in zip(values, ones, strict=True)]


def rectified_once(values: list[float]) -> list[float]:
    """Wrong on purpose: plain ReLU, without the negative half."""
    return [max(x, 0.0) for x in values]


def unnormalised(logits: list[float], temperature: float = 1.0) -> list[float]:
    """Wrong on purpose: exponentials that are not divided by their sum."""
    return [exp(min(z / temperature, 700.0)) for z in logits]


def no_delta(logits: list[float]) -> list[list[float]]:
    """Wrong on purpose: −p_j in every entry, the 1 on the diagonal forgotten."""
    p = [exp(v) for v in log_softmax(logits)]
    return [[-b for b in p] for _ in p]
