"""Wrong on purpose, every function of it: mistakes in backpropagation and clipping."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, hypot

Matrix = list[list[int]]


def without_relu(inputs: list[int], hidden: Matrix, output: list[int]) -> int:
    """Wrong on purpose: hands on the sums of the hidden units as they are."""
    return sum(v * z for v, z in zip(output, _sums(inputs, hidden), strict=True))


def rectified_output(inputs: list[int], hidden: Matrix, output: list[int]) -> int:
    """Wrong on purpose: ReLU at the output too."""
    return max(0, _output(inputs, hidden, output))


def columns_for_rows(inputs: list[int], hidden: Matrix, output: list[int]) -> int:
    """Wrong on purpose: takes a column of W1 for the weights of a hidden unit."""
    columns = [list(column) for column in zip(*hidden, strict=True)]
    return _output(inputs, columns, output)


def relu_passes_all(
    inputs: list[int], hidden: Matrix, output: list[int], target: int
) -> list[list[int]]:
    """Wrong on purpose: sends the error through units that are switched off."""
    error = _output(inputs, hidden, output) - target
    return [[error * v * x for x in inputs] for v in output]


def sign_turned(
    inputs: list[int], hidden: Matrix, output: list[int], target: int
) -> list[list[int]]:
    """Wrong on purpose: target minus output."""
    return [[-g for g in row] for row in _gradient(inputs, hidden, output, target)]


def output_weights_skipped(
    inputs: list[int], hidden: Matrix, output: list[int], target: int
) -> list[list[int]]:
    """Wrong on purpose: the error reaches the hidden units without their output weights."""
    return _gradient(inputs, hidden, output, target, skip=True)


def transposed(
    inputs: list[int], hidden: Matrix, output: list[int], target: int
) -> list[list[int]]:
    """Wrong on purpose: rows and columns exchanged."""
    return [list(row) for row in zip(*_gradient(inputs, hidden, output, target), strict=True)]


def sign_turned_output(
    inputs: list[int], hidden: Matrix, output: list[int], target: int
) -> list[int]:
    """Wrong on purpose: target minus output."""
    error = target - _output(inputs, hidden, output)
    return [error * h for h in _signals(inputs, hidden)]


def error_times_weights(
    inputs: list[int], hidden: Matrix, output: list[int], target: int
) -> list[int]:
    """Wrong on purpose: multiplies by the weight instead of what flows through it."""
    error = _output(inputs, hidden, output) - target
    return [error * v for v in output]


def error_times_sums(
    inputs: list[int], hidden: Matrix, output: list[int], target: int
) -> list[int]:
    """Wrong on purpose: uses the weighted sums from before the ReLU."""
    error = _output(inputs, hidden, output) - target
    return [error * z for z in _sums(inputs, hidden)]


def one_sign_turned(
    inputs: list[int], hidden: Matrix, output: list[int], target: int, unit: int, source: int
) -> int:
    """Wrong on purpose: target minus output."""
    return -_gradient(inputs, hidden, output, target)[unit - 1][source - 1]


def one_without_output_weight(
    inputs: list[int], hidden: Matrix, output: list[int], target: int, unit: int, source: int
) -> int:
    """Wrong on purpose: forgets the output weight on the path."""
    return _gradient(inputs, hidden, output, target, skip=True)[unit - 1][source - 1]


def one_without_input(
    inputs: list[int], hidden: Matrix, output: list[int], target: int, unit: int, source: int
) -> int:
    """Wrong on purpose: stops at the hidden unit's error signal."""
    x = inputs[source - 1]
    return _gradient(inputs, hidden, output, target)[unit - 1][source - 1] // x


def step_uphill(
    inputs: list[int], hidden: Matrix, output: list[int], target: int, rate: float
) -> list[list[float]]:
    """Wrong on purpose: adds the gradient."""
    return _moved(hidden, _gradient(inputs, hidden, output, target), -rate)


def output_first(
    inputs: list[int], hidden: Matrix, output: list[int], target: int, rate: float
) -> list[list[float]]:
    """Wrong on purpose: changes the output weights first and sends the error through the new ones."""
    error = _output(inputs, hidden, output) - target
    signals = _signals(inputs, hidden)
    new = [v - rate * error * h for v, h in zip(output, signals, strict=True)]
    gradient = [
        [error * v * (h > 0) * x for x in inputs] for v, h in zip(new, signals, strict=True)
    ]
    return _moved(hidden, gradient, rate)


def gates_ignored(
    inputs: list[int], hidden: Matrix, output: list[int], target: int, rate: float
) -> list[list[float]]:
    """Wrong on purpose: moves the weights of units that are switched off."""
    return _moved(hidden, relu_passes_all(inputs, hidden, output, target), rate)


def no_output_slope(x: float, first: float, second: float, target: float) -> float:
    """Wrong on purpose: forgets the slope of the output's sigmoid."""
    a, y = _chain(x, first, second)
    return (y - target) * second * a * (1 - a) * x


def no_hidden_slope(x: float, first: float, second: float, target: float) -> float:
    """Wrong on purpose: forgets the slope of the hidden sigmoid."""
    y = _chain(x, first, second)[1]
    return (y - target) * y * (1 - y) * second * x


def chain_sign_turned(x: float, first: float, second: float, target: float) -> float:
    """Wrong on purpose: target minus output."""
    a, y = _chain(x, first, second)
    return (target - y) * y * (1 - y) * second * a * (1 - a) * x


def clip_each_entry(gradient: list[float], limit: float) -> list[float]:
    """Wrong on purpose: clips by value where the norm was asked for."""
    return [max(-limit, min(limit, g)) for g in gradient]


def clip_whole_norm(gradient: list[float], limit: float) -> list[float]:
    """Wrong on purpose: clips by norm where the entries were asked for."""
    scale = min(1.0, limit / hypot(*gradient))
    return [g * scale for g in gradient]


def to_unit_length(gradient: list[float], limit: float) -> list[float]:
    """Wrong on purpose: scales to length 1 instead of to the limit."""
    return [g / hypot(*gradient) for g in gradient]


def over_limit(gradient: list[float], limit: float) -> list[float]:
    """Wrong on purpose: divides by the limit."""
    return [g / limit for g in gradient]


def sum_of_sizes(gradient: list[float], limit: float) -> list[float]:
    """Wrong on purpose: the sum of the absolute values in place of the Euclidean norm."""
    return [g * limit / sum(abs(x) for x in gradient) for g in gradient]


def large_entries_dropped(gradient: list[float], limit: float) -> list[float]:
    """Wrong on purpose: sets entries beyond the limit to 0."""
    return [g if abs(g) <= limit else 0.0 for g in gradient]


def signs_lost(gradient: list[float], limit: float) -> list[float]:
    """Wrong on purpose: negative entries are cut to +limit, or not at all."""
    return [min(limit, abs(g)) for g in gradient]


def sum_of_slopes(depth: int, weight: float = 1.0) -> float:
    """Wrong on purpose: multiplies by the number of layers instead of taking the power."""
    return 0.25 * depth


def value_for_slope(depth: int, weight: float = 1.0) -> float:
    """Wrong on purpose: the sigmoid's value at 0, 1/2, for its slope."""
    return float(0.5**depth)


def one_layer_less(depth: int, weight: float = 1.0) -> float:
    """Wrong on purpose: forgets one of the units."""
    return float(0.25 ** (depth - 1))


def _sums(inputs: list[int], hidden: Matrix) -> list[int]:
    return [sum(w * x for w, x in zip(row, inputs, strict=True)) for row in hidden]


def _signals(inputs: list[int], hidden: Matrix) -> list[int]:
    return [max(z, 0) for z in _sums(inputs, hidden)]


def _output(inputs: list[int], hidden: Matrix, output: list[int]) -> int:
    return sum(v * h for v, h in zip(output, _signals(inputs, hidden), strict=True))


def _gradient(
    inputs: list[int], hidden: Matrix, output: list[int], target: int, *, skip: bool = False
) -> list[list[int]]:
    error = _output(inputs, hidden, output) - target
    signals = _signals(inputs, hidden)
    return [
        [error * (1 if skip else v) * (h > 0) * x for x in inputs]
        for v, h in zip(output, signals, strict=True)
    ]


def _moved(hidden: Matrix, gradient: Sequence[Sequence[float]], rate: float) -> list[list[float]]:
    return [
        [w - rate * g for w, g in zip(row, slopes, strict=True)]
        for row, slopes in zip(hidden, gradient, strict=True)
    ]


def _chain(x: float, first: float, second: float) -> tuple[float, float]:
    a = 1 / (1 + exp(-first * x))
    return a, 1 / (1 + exp(-second * a))
