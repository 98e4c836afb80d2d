"""One step of an LSTM cell with given weights, and its gradient by what went in.

The blocks of units lie below each other in the weights, a row per unit, in the order that `order` names;
"ifgo" is torch's and Keras's. i, f, o = σ(W x + U h + b), g = tanh(W x + U h + b), c' = f c + i g,
h' = o tanh c'.
"""

from __future__ import annotations

from math import exp, tanh
from typing import Any, Literal

from .nested import (
    Matrix,
    Vector,
    _autograd,
    _check_matrix,
    _check_vector,
    _dot,
    _tensor,
    _transposed,
)
from .ranges import _numbers, _one_of

LstmOrder = Literal["ifgo", "igfo", "ifog"]


def lstm_step(
    inputs: Vector,
    hidden: Vector,
    cell: Vector,
    input_weights: Matrix,
    state_weights: Matrix,
    offsets: Vector,
    order: LstmOrder = "ifgo",
) -> Matrix:
    """[h', c']: c' = f c + i g, h' = o tanh c'   [Gers, Schmidhuber & Cummins 2000]"""
    _numbers(
        inputs=inputs,
        hidden=hidden,
        cell=cell,
        input_weights=input_weights,
        state_weights=state_weights,
        offsets=offsets,
    )
    gates = _lstm_gates(inputs, hidden, cell, input_weights, state_weights, offsets, order)
    i, f, g, o = (gates[name] for name in "ifgo")
    state = [f * c + i * g for f, c, i, g in zip(f, cell, i, g, strict=True)]
    return [[o * tanh(c) for o, c in zip(o, state, strict=True)], state]


def lstm_step_by_torch(
    inputs: Vector,
    hidden: Vector,
    cell: Vector,
    input_weights: Matrix,
    state_weights: Matrix,
    offsets: Vector,
    order: LstmOrder = "ifgo",
) -> Matrix:
    """A real LSTMCell, its rows put into torch's order."""
    _check_lstm(inputs, hidden, cell, input_weights, state_weights, offsets)
    layer = _torch_lstm(input_weights, state_weights, offsets, order)
    states = layer(_tensor(inputs), (_tensor(hidden), _tensor(cell)))
    return [state.tolist() for state in states]


def lstm_gates(
    inputs: Vector,
    hidden: Vector,
    cell: Vector,
    input_weights: Matrix,
    state_weights: Matrix,
    offsets: Vector,
    order: LstmOrder = "ifgo",
) -> Matrix:
    """The gates and the candidate after σ and tanh, a row each, in the order of the weights"""
    _numbers(
        inputs=inputs,
        hidden=hidden,
        cell=cell,
        input_weights=input_weights,
        state_weights=state_weights,
        offsets=offsets,
    )
    _one_of(LstmOrder, order=order)
    gates = _lstm_gates(inputs, hidden, cell, input_weights, state_weights, offsets, order)
    return [gates[name] for name in order]


def lstm_gates_by_torch(
    inputs: Vector,
    hidden: Vector,
    cell: Vector,
    input_weights: Matrix,
    state_weights: Matrix,
    offsets: Vector,
    order: LstmOrder = "ifgo",
) -> Matrix:
    """torch's linear map of (x, h) joined, cut into four."""
    import torch

    _check_lstm(inputs, hidden, cell, input_weights, state_weights, offsets)
    joined = torch.cat([_tensor(input_weights), _tensor(state_weights)], 1)
    sums = torch.nn.functional.linear(_tensor(inputs + hidden), joined, _tensor(offsets)).chunk(4)
    pairs = zip(order, sums, strict=True)
    return [(z.tanh() if name == "g" else z.sigmoid()).tolist() for name, z in pairs]


def lstm_gradient(
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
    """∂L/∂x, ∂L/∂h or ∂L/∂c from ∂L/∂h' and ∂L/∂c'; by c it is f ∘ (∂L/∂c' + ∂L/∂h' o (1 − tanh² c'))"""
    _numbers(
        inputs=inputs,
        hidden=hidden,
        cell=cell,
        input_weights=input_weights,
        state_weights=state_weights,
        offsets=offsets,
        hidden_slopes=hidden_slopes,
        cell_slopes=cell_slopes,
    )
    _one_of(("inputs", "hidden", "cell"), by=by)
    units = len(hidden)
    _check_vector("hidden_slopes", hidden_slopes, units)
    _check_vector("cell_slopes", cell_slopes, units)
    gates = _lstm_gates(inputs, hidden, cell, input_weights, state_weights, offsets, order)
    by_cell, by_sum = _lstm_back(gates, cell, hidden_slopes, cell_slopes)
    if by == "cell":
        return [slope * f for slope, f in zip(by_cell, gates["f"], strict=True)]
    stacked = [slope for name in order for slope in by_sum[name]]
    weights = input_weights if by == "inputs" else state_weights
    return [_dot(column, stacked) for column in _transposed(weights)]


def lstm_gradient_by_autograd(
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
    """torch's backward pass through a real LSTMCell."""
    _check_lstm(inputs, hidden, cell, input_weights, state_weights, offsets)
    _check_vector("hidden_slopes", hidden_slopes, len(hidden))
    _check_vector("cell_slopes", cell_slopes, len(hidden))
    layer = _torch_lstm(input_weights, state_weights, offsets, order)
    given = {"inputs": inputs, "hidden": hidden, "cell": cell}
    leaves = {name: _tensor(each, slopes=True) for name, each in given.items()}
    new, state = layer(leaves["inputs"], (leaves["hidden"], leaves["cell"]))
    total = new @ _tensor(hidden_slopes) + state @ _tensor(cell_slopes)
    slopes: Vector = _autograd(total, leaves[by])
    return slopes


def _sigmoid(x: float) -> float:
    return 1 / (1 + exp(-x)) if x >= 0 else exp(x) / (1 + exp(x))


def _blocks(rows: Any, order: str) -> dict[str, Any]:
    units = len(rows) // len(order)
    return {name: rows[k * units : (k + 1) * units] for k, name in enumerate(order)}


def _mapped(weights: Matrix, entries: Vector, offsets: Vector) -> Vector:
    return [_dot(row, entries) + b for row, b in zip(weights, offsets, strict=True)]


def _lstm_gates(
    inputs: Vector,
    hidden: Vector,
    cell: Vector,
    input_weights: Matrix,
    state_weights: Matrix,
    offsets: Vector,
    order: LstmOrder,
) -> dict[str, Vector]:
    _check_lstm(inputs, hidden, cell, input_weights, state_weights, offsets)
    from_state = _mapped(state_weights, hidden, offsets)
    sums = _blocks(_mapped(input_weights, inputs, from_state), order)
    return {k: [tanh(z) if k == "g" else _sigmoid(z) for z in sums[k]] for k in order}


def _lstm_back(
    gates: dict[str, Vector], cell: Vector, hidden_slopes: Vector, cell_slopes: Vector
) -> tuple[Vector, dict[str, Vector]]:
    """∂L/∂c', all that reaches it, and ∂L by the pre-activations of each block."""
    by_cell: Vector = []
    by_sum: dict[str, Vector] = {name: [] for name in "ifgo"}
    rows = zip(*(gates[name] for name in "ifgo"), cell, hidden_slopes, cell_slopes, strict=True)
    for i, f, g, o, c, by_hidden, direct in rows:
        squashed = tanh(f * c + i * g)
        slope = direct + by_hidden * o * (1 - squashed**2)
        by_cell.append(slope)
        by_sum["i"].append(slope * g * i * (1 - i))
        by_sum["f"].append(slope * c * f * (1 - f))
        by_sum["g"].append(slope * i * (1 - g * g))
        by_sum["o"].append(by_hidden * squashed * o * (1 - o))
    return by_cell, by_sum


def _torch_lstm(
    input_weights: Matrix, state_weights: Matrix, offsets: Vector, order: LstmOrder
) -> Any:
    import torch

    def ordered(rows: Any) -> Any:
        blocks = dict(zip(order, _tensor(rows).chunk(4), strict=True))
        return torch.cat([blocks[name] for name in "ifgo"])

    units = len(offsets) // 4
    layer = torch.nn.LSTMCell(len(input_weights[0]), units, dtype=torch.float64)
    layer.requires_grad_(False)
    layer.weight_ih.copy_(ordered(input_weights))
    layer.weight_hh.copy_(ordered(state_weights))
    layer.bias_ih.copy_(ordered(offsets))
    layer.bias_hh.zero_()
    return layer


def _check_lstm(
    inputs: Vector,
    hidden: Vector,
    cell: Vector,
    input_weights: Matrix,
    state_weights: Matrix,
    offsets: Vector,
) -> None:
    _check_vector("cell", cell, len(hidden))
    _check_stacked(inputs, hidden, input_weights, state_weights, offsets, 4)


def _check_stacked(
    inputs: Vector,
    hidden: Vector,
    input_weights: Matrix,
    state_weights: Matrix,
    offsets: Vector,
    blocks: int,
) -> None:
    for name, entries in (("inputs", inputs), ("hidden", hidden)):
        if not entries:
            raise ValueError(f"{name} must have at least 1 entry, found none")
    rows = blocks * len(hidden)
    _check_matrix("input_weights", input_weights, rows, len(inputs))
    _check_matrix("state_weights", state_weights, rows, len(hidden))
    _check_vector("offsets", offsets, rows)
