"""Mistakes with LSTM cells: everything here is wrong on purpose."""

from __future__ import annotations

from math import tanh
from typing import Literal

from ..lstm import LstmOrder, _lstm_gates, lstm_gradient, lstm_step
from ..nested import Matrix, Vector


def forget_and_input_exchanged(
    inputs: Vector,
    hidden: Vector,
    cell: Vector,
    input_weights: Matrix,
    state_weights: Matrix,
    offsets: Vector,
    order: LstmOrder = "ifgo",
) -> Matrix:
    """Wrong on purpose: the forget gate lets the candidate in, the input gate keeps the cell."""
    gates = _lstm_gates(inputs, hidden, cell, input_weights, state_weights, offsets, order)
    return _combined({**gates, "i": gates["f"], "f": gates["i"]}, cell)


def cell_not_squashed(
    inputs: Vector,
    hidden: Vector,
    cell: Vector,
    input_weights: Matrix,
    state_weights: Matrix,
    offsets: Vector,
    order: LstmOrder = "ifgo",
) -> Matrix:
    """Wrong on purpose: h' = o c', without tanh."""
    gates = _lstm_gates(inputs, hidden, cell, input_weights, state_weights, offsets, order)
    state = _combined(gates, cell)[1]
    return [[o * c for o, c in zip(gates["o"], state, strict=True)], state]


def forgets_by_the_forget_gate(
    inputs: Vector,
    hidden: Vector,
    cell: Vector,
    input_weights: Matrix,
    state_weights: Matrix,
    offsets: Vector,
    order: LstmOrder = "ifgo",
) -> Matrix:
    """Wrong on purpose: takes an open forget gate to erase: c' = (1 − f) c + i g."""
    gates = _lstm_gates(inputs, hidden, cell, input_weights, state_weights, offsets, order)
    return _combined({**gates, "f": [1 - f for f in gates["f"]]}, cell)


def other_order(
    inputs: Vector,
    hidden: Vector,
    cell: Vector,
    input_weights: Matrix,
    state_weights: Matrix,
    offsets: Vector,
    order: LstmOrder = "ifgo",
) -> Matrix:
    """Wrong on purpose: reads the blocks in another library's order."""
    other: LstmOrder = "igfo" if order == "ifgo" else "ifgo"
    return lstm_step(inputs, hidden, cell, input_weights, state_weights, offsets, other)


def cell_path_only(
    inputs: Vector,
    hidden: Vector,
    cell: Vector,
    input_weights: Matrix,
    state_weights: Matrix,
    offsets: Vector,
    hidden_slopes: Vector,
    cell_slopes: Vector,
    by: Literal["inputs", "hidden", "cell"],
    order: LstmOrder = "ifgo",
) -> Vector:
    """Wrong on purpose: forgets that the new hidden state depends on the cell too."""
    none = [0.0 for _ in hidden_slopes]
    net = (inputs, hidden, cell, input_weights, state_weights, offsets)
    return lstm_gradient(*net, none, cell_slopes, by, order)


def hidden_path_only(
    inputs: Vector,
    hidden: Vector,
    cell: Vector,
    input_weights: Matrix,
    state_weights: Matrix,
    offsets: Vector,
    hidden_slopes: Vector,
    cell_slopes: Vector,
    by: Literal["inputs", "hidden", "cell"],
    order: LstmOrder = "ifgo",
) -> Vector:
    """Wrong on purpose: forgets what comes back along the cell from later steps."""
    none = [0.0 for _ in cell_slopes]
    net = (inputs, hidden, cell, input_weights, state_weights, offsets)
    return lstm_gradient(*net, hidden_slopes, none, by, order)


def _combined(gates: dict[str, Vector], cell: Vector) -> Matrix:
    rows = zip(*(gates[name] for name in "ifg"), cell, strict=True)
    state = [f * c + i * g for i, f, g, c in rows]
    return [[o * tanh(c) for o, c in zip(gates["o"], state, strict=True)], state]
