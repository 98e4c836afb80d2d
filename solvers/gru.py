"""One step of a GRU cell with given weights, and its gradient by what went in.

The blocks of units lie below each other in the weights, a row per unit, in the order that `order` names.
r, z = σ(W x + b + U h + d). The candidate n is tanh(W x + b + U (r h) + d) with the reset before the
product [Cho et al. 2014], tanh(W x + b + r (U h + d)) with it after [torch, cuDNN]. h' = z h + (1 − z) n
where `update_keeps` [Cho et al. 2014; torch], otherwise h' = (1 − z) h + z n [Chung et al. 2014].
"""

from __future__ import annotations

from math import tanh
from typing import Any, Literal

from .lstm import _blocks, _check_stacked, _mapped, _sigmoid
from .nested import (
    Matrix,
    Vector,
    _autograd,
    _check_vector,
    _dot,
    _tensor,
    _transposed,
)
from .ranges import _numbers, _one_of

GruOrder = Literal["rzn", "zrn"]
Reset = Literal["before", "after"]


def gru_step(
    inputs: Vector,
    hidden: Vector,
    input_weights: Matrix,
    state_weights: Matrix,
    offsets: Vector,
    state_offsets: Vector,
    reset: Reset,
    update_keeps: bool = True,
    order: GruOrder = "rzn",
) -> Vector:
    """h' = z h + (1 − z) n, or with z and 1 − z exchanged   [Cho et al. 2014; Chung et al. 2014]"""
    _numbers(
        inputs=inputs,
        hidden=hidden,
        input_weights=input_weights,
        state_weights=state_weights,
        offsets=offsets,
        state_offsets=state_offsets,
    )
    _one_of(Reset, reset=reset)
    _check_gru(inputs, hidden, input_weights, state_weights, offsets, state_offsets)
    weights = (input_weights, state_weights, offsets, state_offsets)
    gates = _gru_gates(inputs, hidden, *weights, reset, order)
    keeps = gates["z"] if update_keeps else [1 - z for z in gates["z"]]
    parts = zip(keeps, hidden, gates["n"], strict=True)
    return [keep * h + (1 - keep) * n for keep, h, n in parts]


def gru_step_by_torch(
    inputs: Vector,
    hidden: Vector,
    input_weights: Matrix,
    state_weights: Matrix,
    offsets: Vector,
    state_offsets: Vector,
    reset: Reset,
    update_keeps: bool = True,
    order: GruOrder = "rzn",
) -> Vector:
    """A real GRUCell; with the reset before the product, one made of torch's functions."""
    _check_gru(inputs, hidden, input_weights, state_weights, offsets, state_offsets)
    cell = _torch_gru(
        input_weights, state_weights, offsets, state_offsets, reset, update_keeps, order
    )
    state: Vector = cell(_tensor(inputs), _tensor(hidden)).tolist()
    return state


def gru_gradient(
    inputs: Vector,
    hidden: Vector,
    input_weights: Matrix,
    state_weights: Matrix,
    offsets: Vector,
    state_offsets: Vector,
    slopes: Vector,
    by: Literal["inputs", "hidden"],
    reset: Reset,
    update_keeps: bool = True,
    order: GruOrder = "rzn",
) -> Vector:
    """∂L/∂x or ∂L/∂h from ∂L/∂h' (`slopes`); by h also straight through the share that is kept"""
    _numbers(
        inputs=inputs,
        hidden=hidden,
        input_weights=input_weights,
        state_weights=state_weights,
        offsets=offsets,
        state_offsets=state_offsets,
        slopes=slopes,
    )
    _one_of(("inputs", "hidden"), by=by)
    _one_of(Reset, reset=reset)
    _check_gru(inputs, hidden, input_weights, state_weights, offsets, state_offsets)
    _check_vector("slopes", slopes, len(hidden))
    weights = (input_weights, state_weights, offsets, state_offsets)
    gates = _gru_gates(inputs, hidden, *weights, reset, order)
    by_sum, by_hidden = _gru_back(gates, hidden, state_weights, slopes, reset, update_keeps, order)
    if by == "hidden":
        return by_hidden
    stacked = [slope for name in order for slope in by_sum[name]]
    return [_dot(column, stacked) for column in _transposed(input_weights)]


def gru_gradient_by_autograd(
    inputs: Vector,
    hidden: Vector,
    input_weights: Matrix,
    state_weights: Matrix,
    offsets: Vector,
    state_offsets: Vector,
    slopes: Vector,
    by: Literal["inputs", "hidden"],
    reset: Reset,
    update_keeps: bool = True,
    order: GruOrder = "rzn",
) -> Vector:
    """torch's backward pass through the cell."""
    _check_gru(inputs, hidden, input_weights, state_weights, offsets, state_offsets)
    _check_vector("slopes", slopes, len(hidden))
    cell = _torch_gru(
        input_weights, state_weights, offsets, state_offsets, reset, update_keeps, order
    )
    leaves = {name: _tensor(v, slopes=True) for name, v in (("inputs", inputs), ("hidden", hidden))}
    total = cell(leaves["inputs"], leaves["hidden"]) @ _tensor(slopes)
    found: Vector = _autograd(total, leaves[by])
    return found


def _gru_gates(
    inputs: Vector,
    hidden: Vector,
    input_weights: Matrix,
    state_weights: Matrix,
    offsets: Vector,
    state_offsets: Vector,
    reset: Reset,
    order: GruOrder,
) -> dict[str, Vector]:
    """r, z, n, and u: U h + d of the candidate, or U (r h) + d with the reset before."""
    x = _blocks(_mapped(input_weights, inputs, offsets), order)
    loops, own = _blocks(state_weights, order), _blocks(state_offsets, order)
    gates: dict[str, Vector] = {}
    for name in "rz":
        parts = zip(x[name], _mapped(loops[name], hidden, own[name]), strict=True)
        gates[name] = [_sigmoid(v + u) for v, u in parts]
    r = gates["r"]
    seen = [gate * h for gate, h in zip(r, hidden, strict=True)] if reset == "before" else hidden
    gates["u"] = _mapped(loops["n"], seen, own["n"])
    shares = r if reset == "after" else [1.0 for _ in r]
    rows = zip(x["n"], shares, gates["u"], strict=True)
    gates["n"] = [tanh(v + share * u) for v, share, u in rows]
    return gates


def _gru_back(
    gates: dict[str, Vector],
    hidden: Vector,
    state_weights: Matrix,
    slopes: Vector,
    reset: Reset,
    update_keeps: bool,
    order: GruOrder,
) -> tuple[dict[str, Vector], Vector]:
    """∂L by the pre-activations of each block, and by h."""
    r, z, n, u = (gates[name] for name in "rznu")
    sign = 1 if update_keeps else -1
    keeps = z if update_keeps else [1 - each for each in z]
    loops = {name: _transposed(rows) for name, rows in _blocks(state_weights, order).items()}
    by_n = [g * (1 - k) * (1 - m * m) for g, k, m in zip(slopes, keeps, n, strict=True)]
    by_z = [
        sign * g * (h - m) * k * (1 - k) for g, h, m, k in zip(slopes, hidden, n, z, strict=True)
    ]
    if reset == "before":
        by_seen = [_dot(column, by_n) for column in loops["n"]]
        by_gate = [g * h for g, h in zip(by_seen, hidden, strict=True)]
        through = [g * gate for g, gate in zip(by_seen, r, strict=True)]
    else:
        by_gate = [g * each for g, each in zip(by_n, u, strict=True)]
        fed = [g * gate for g, gate in zip(by_n, r, strict=True)]
        through = [_dot(column, fed) for column in loops["n"]]
    by_r = [g * gate * (1 - gate) for g, gate in zip(by_gate, r, strict=True)]
    kept = [g * k for g, k in zip(slopes, keeps, strict=True)]
    gated = [_dot(a, by_r) + _dot(b, by_z) for a, b in zip(loops["r"], loops["z"], strict=True)]
    by_hidden = [sum(parts) for parts in zip(kept, through, gated, strict=True)]
    return {"r": by_r, "z": by_z, "n": by_n}, by_hidden


def _torch_gru(
    input_weights: Matrix,
    state_weights: Matrix,
    offsets: Vector,
    state_offsets: Vector,
    reset: Reset,
    update_keeps: bool,
    order: GruOrder,
) -> Any:
    """With z for 1 − z, the update's weights are turned round: σ(−a) = 1 − σ(a)."""
    import torch

    def ordered(rows: Any) -> Any:
        blocks = dict(zip(order, _tensor(rows).chunk(3), strict=True))
        return torch.cat([blocks["r"], blocks["z"] * (1 if update_keeps else -1), blocks["n"]])

    given = [ordered(each) for each in (input_weights, state_weights, offsets, state_offsets)]
    if reset == "after":
        cell = torch.nn.GRUCell(given[0].shape[1], given[1].shape[1], dtype=torch.float64)
        cell.requires_grad_(False)
        for name, values in zip(cell._parameters, given, strict=True):
            getattr(cell, name).copy_(values)
        return cell
    w, loop, b, d = (each.chunk(3) for each in given)

    def reset_first(x: Any, h: Any) -> Any:
        r, z = (torch.sigmoid(w[k] @ x + loop[k] @ h + b[k] + d[k]) for k in (0, 1))
        n = torch.tanh(w[2] @ x + loop[2] @ (r * h) + b[2] + d[2])
        return torch.lerp(n, h, z)

    return reset_first


def _check_gru(
    inputs: Vector,
    hidden: Vector,
    input_weights: Matrix,
    state_weights: Matrix,
    offsets: Vector,
    state_offsets: Vector,
) -> None:
    _check_stacked(inputs, hidden, input_weights, state_weights, offsets, 3)
    _check_vector("state_offsets", state_offsets, len(offsets))
