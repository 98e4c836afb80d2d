"""Wrong on purpose, every function of it: mistakes about perceptrons and parameter counts."""

from __future__ import annotations

from itertools import pairwise

from ..perceptron import Gate

_ROWS = ((0, 0), (0, 1), (1, 0), (1, 1))
_TARGETS = {"AND": "0001", "OR": "0111", "NAND": "1110", "NOR": "1000", "XOR": "0110"}


def constant_activation(inputs: list[int], weights: list[int], slope: int) -> int:
    """Wrong on purpose: takes the factor for a constant output."""
    return slope


def no_activation(inputs: list[int], weights: list[int], slope: int) -> int:
    """Wrong on purpose: stops at the weighted sum."""
    return sum(w * x for w, x in zip(weights, inputs, strict=True))


def sum_times_sum(inputs: list[int], weights: list[int], slope: int) -> int:
    """Wrong on purpose: multiplies the sum of the inputs by the sum of the weights."""
    return slope * sum(inputs) * sum(weights)


def added_layers(fan_in: int, fan_out: int, biases: bool = False) -> int:
    """Wrong on purpose: adds the two widths."""
    return fan_in + fan_out


def all_pairs_of_both(fan_in: int, fan_out: int, biases: bool = False) -> int:
    """Wrong on purpose: links every node with every other, within a layer too."""
    nodes = fan_in + fan_out
    return nodes * (nodes - 1) // 2


def hidden_layers(widths: list[int], count_input: bool = False) -> int:
    """Wrong on purpose: counts the hidden layers only."""
    return len(widths) - 2


def neurons(widths: list[int], count_input: bool = False) -> int:
    """Wrong on purpose: counts neurons instead of layers."""
    return sum(widths[1:])


def one_bias_per_layer(widths: list[int], biases: bool = True) -> int:
    """Wrong on purpose: one bias for a whole layer."""
    return sum(a * b + 1 for a, b in pairwise(widths))


def biases_for_inputs(widths: list[int], biases: bool = True) -> int:
    """Wrong on purpose: gives the input nodes biases too."""
    return widths[0] + sum((a + 1) * b for a, b in pairwise(widths))


def swapped_sign(
    weights: list[int], bias: int, inputs: list[int], target: int, rate: int = 1
) -> list[int]:
    """Wrong on purpose: moves away from the target, y − t instead of t − y."""
    step = -rate if target else rate
    return [*(w + step * x for w, x in zip(weights, inputs, strict=True)), bias + step]


def kept_bias(
    weights: list[int], bias: int, inputs: list[int], target: int, rate: int = 1
) -> list[int]:
    """Wrong on purpose: leaves the bias as it was."""
    step = rate if target else -rate
    return [*(w + step * x for w, x in zip(weights, inputs, strict=True)), bias]


def ignored_inputs(
    weights: list[int], bias: int, inputs: list[int], target: int, rate: int = 1
) -> list[int]:
    """Wrong on purpose: adds the error itself, not error times input."""
    step = rate if target else -rate
    return [*(w + step for w in weights), bias + step]


def whole_pass_with_old_weights(
    gate: Gate, start: list[int], fires_at_zero: bool = False
) -> list[int]:
    """Wrong on purpose: judges all four rows with the weights of the start."""
    total = list(start)
    for (x1, x2), target in zip(_ROWS, _TARGETS[gate], strict=True):
        z = start[0] * x1 + start[1] * x2 + start[2]
        error = int(target) - int(z > 0 or (fires_at_zero and z == 0))
        total = [t + error * x for t, x in zip(total, (x1, x2, 1), strict=True)]
    return total


def no_bias_update(gate: Gate, start: list[int], fires_at_zero: bool = False) -> list[int]:
    """Wrong on purpose: never moves the bias."""
    w1, w2, b = start
    for (x1, x2), target in zip(_ROWS, _TARGETS[gate], strict=True):
        z = w1 * x1 + w2 * x2 + b
        error = int(target) - int(z > 0 or (fires_at_zero and z == 0))
        w1, w2 = w1 + error * x1, w2 + error * x2
    return [w1, w2, b]


def strict_threshold(units: list[list[int]]) -> list[int]:
    """Wrong on purpose: a unit fires only above its threshold, not at it."""
    first, second, output = units

    def fires(unit: list[int], a: int, b: int) -> int:
        return int(unit[0] * a + unit[1] * b > unit[2])

    return [fires(output, fires(first, *x), fires(second, *x)) for x in _ROWS]


def one_layer_only(units: list[list[int]]) -> list[int]:
    """Wrong on purpose: feeds the inputs straight into the output unit."""
    w1, w2, threshold = units[2]
    return [int(w1 * a + w2 * b >= threshold) for a, b in _ROWS]


def linear_pieces(depth: int) -> int:
    """Wrong on purpose: thinks that pieces add up, two per layer."""
    return 2 * depth


def as_many_as_pieces(depth: int) -> int:
    """Wrong on purpose: one unit per piece, though k kinks make k + 1 pieces."""
    return int(2**depth)


def as_many_as_deep(depth: int) -> int:
    """Wrong on purpose: the same number of units as the deep net."""
    return 2 * depth


def wrong_order(first: list[list[int]], second: list[list[int]]) -> list[list[int]]:
    """Wrong on purpose: first · second, as if the second layer came first."""
    columns = list(zip(*second, strict=True))
    return [[sum(a * b for a, b in zip(row, c, strict=True)) for c in columns] for row in first]


def elementwise(first: list[list[int]], second: list[list[int]]) -> list[list[int]]:
    """Wrong on purpose: multiplies entry by entry."""
    return [[a * b for a, b in zip(r, s, strict=True)] for r, s in zip(first, second, strict=True)]


def added(first: list[list[int]], second: list[list[int]]) -> list[list[int]]:
    """Wrong on purpose: adds the matrices."""
    return [[a + b for a, b in zip(r, s, strict=True)] for r, s in zip(first, second, strict=True)]
