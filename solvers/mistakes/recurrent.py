"""Mistakes about recurrent networks: everything here is wrong on purpose."""

from __future__ import annotations

import math
from typing import Literal

CellName = Literal["RNN", "LSTM", "GRU"]
Directions = Literal["one direction", "both directions"]


def swapped_matrices(
    inputs: list[float],
    previous: list[float],
    input_weights: list[list[float]],
    state_weights: list[list[float]],
    offsets: list[float],
) -> list[float]:
    """Wrong on purpose: applies W_x to the state and W_h to the input."""
    return _relu(_affine(previous, input_weights), _affine(inputs, state_weights), offsets)


def no_memory(
    inputs: list[float],
    previous: list[float],
    input_weights: list[list[float]],
    state_weights: list[list[float]],
    offsets: list[float],
) -> list[float]:
    """Wrong on purpose: leaves out the recurrent term W_h h."""
    return _relu(_affine(inputs, input_weights), [0.0] * len(previous), offsets)


def no_activation(
    inputs: list[float],
    previous: list[float],
    input_weights: list[list[float]],
    state_weights: list[list[float]],
    offsets: list[float],
) -> list[float]:
    """Wrong on purpose: forgets the ReLU."""
    parts = (_affine(inputs, input_weights), _affine(previous, state_weights), offsets)
    return [sum(column) for column in zip(*parts, strict=True)]


def no_recurrent_weights(cell: CellName, inputs: int, hidden: int, biases: int = 1) -> int:
    """Wrong on purpose: counts the input weights and biases but not the h × h recurrent ones."""
    return _blocks(cell) * hidden * (inputs + biases)


def one_block(cell: CellName, inputs: int, hidden: int, biases: int = 1) -> int:
    """Wrong on purpose: counts one affine map, as if the cell had no gates."""
    return hidden * (inputs + hidden + biases)


def gates_only(cell: CellName, inputs: int, hidden: int, biases: int = 1) -> int:
    """Wrong on purpose: counts the gates but forgets the candidate."""
    return (_blocks(cell) - 1) * hidden * (inputs + hidden + biases)


def copied_per_step(inputs: int, hidden: int, length: int, biases: int = 1) -> int:
    """Wrong on purpose: gives every time step weights of its own."""
    return length * hidden * (inputs + hidden + biases)


def input_weights_only(inputs: int, hidden: int, length: int, biases: int = 1) -> int:
    """Wrong on purpose: leaves out the h × h weights from state to state."""
    return hidden * (inputs + biases)


def weights_only(inputs: int, hidden: int, length: int, biases: int = 1) -> int:
    """Wrong on purpose: leaves out the bias vector."""
    return hidden * (inputs + hidden)


def features_last(
    batch: int,
    length: int,
    features: int,
    hidden: int,
    directions: Directions,
    batch_first: bool = True,
) -> tuple[int, int, int]:
    """Wrong on purpose: keeps the number of input features as the last size."""
    return (batch, length, features)


def last_step_only(
    batch: int,
    length: int,
    features: int,
    hidden: int,
    directions: Directions,
    batch_first: bool = True,
) -> tuple[int, int]:
    """Wrong on purpose: gives the output of one step in place of all steps."""
    return (batch, 2 * hidden if directions == "both directions" else hidden)


def last_use_only(weight: float, start: float, inputs: list[float], target: float) -> float:
    """Wrong on purpose: differentiates only the last use of the shared weight."""
    states = _states(weight, start, inputs)
    return (states[-1] - target) * states[-2]


def no_chain(weight: float, start: float, inputs: list[float], target: float) -> float:
    """Wrong on purpose: adds the steps' terms without the factors w between step and loss."""
    states = _states(weight, start, inputs)
    return (states[-1] - target) * sum(states[:-1])


def averaged(weight: float, start: float, inputs: list[float], target: float) -> float:
    """Wrong on purpose: takes the mean over the steps where the sum is due."""
    states = _states(weight, start, inputs)
    last = len(inputs) - 1
    terms = [weight ** (last - t) * states[t] for t in range(len(inputs))]
    return (states[-1] - target) * sum(terms) / len(inputs)


def product_with_lag(weight: float, lag: int) -> float:
    """Wrong on purpose: adds the factor up where it multiplies."""
    return weight * lag


def one_factor_too_few(weight: float, lag: int) -> float:
    """Wrong on purpose: counts the states' gaps without the last one."""
    return weight ** (lag - 1)


def no_tanh(
    forget_gate: float, input_gate: float, output_gate: float, candidate: float, cell: float
) -> float:
    """Wrong on purpose: gates the cell state without squashing it first."""
    return output_gate * (forget_gate * cell + input_gate * candidate)


def no_output_gate(
    forget_gate: float, input_gate: float, output_gate: float, candidate: float, cell: float
) -> float:
    """Wrong on purpose: leaves the output gate out."""
    return math.tanh(forget_gate * cell + input_gate * candidate)


def forget_means_drop(
    forget_gate: float, input_gate: float, output_gate: float, candidate: float, cell: float
) -> float:
    """Wrong on purpose: takes the forget gate as the fraction thrown away."""
    return output_gate * math.tanh((1 - forget_gate) * cell + input_gate * candidate)


def _blocks(cell: CellName) -> int:
    return {"RNN": 1, "GRU": 3, "LSTM": 4}[cell]


def _affine(entries: list[float], rows: list[list[float]]) -> list[float]:
    return [sum(w * x for w, x in zip(row, entries, strict=True)) for row in rows]


def _relu(first: list[float], second: list[float], offsets: list[float]) -> list[float]:
    return [max(0, sum(column)) for column in zip(first, second, offsets, strict=True)]


def _states(weight: float, start: float, inputs: list[float]) -> list[float]:
    states = [start]
    for entry in inputs:
        states.append(weight * states[-1] + entry)
    return states
