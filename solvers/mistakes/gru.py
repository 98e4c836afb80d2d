"""Mistakes with GRU cells: everything here is wrong on purpose."""

from __future__ import annotations

from typing import Literal

from ..gru import GruOrder, Reset, gru_gradient, gru_step
from ..nested import Matrix, Vector


def update_turned_round(
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
    """Wrong on purpose: z and 1 − z exchanged against the convention asked."""
    weights = (input_weights, state_weights, offsets, state_offsets)
    return gru_step(inputs, hidden, *weights, reset, not update_keeps, order)


def reset_elsewhere(
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
    """Wrong on purpose: the reset gate after the product for before it, or the other way round."""
    other: Reset = "after" if reset == "before" else "before"
    weights = (input_weights, state_weights, offsets, state_offsets)
    return gru_step(inputs, hidden, *weights, other, update_keeps, order)


def reset_and_update_exchanged(
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
    """Wrong on purpose: reads the reset gate's weights as the update gate's."""
    other: GruOrder = "zrn" if order == "rzn" else "rzn"
    weights = (input_weights, state_weights, offsets, state_offsets)
    return gru_step(inputs, hidden, *weights, reset, update_keeps, other)


def kept_share_forgotten(
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
    """Wrong on purpose: leaves out the way from h to h' past the candidate and the gates."""
    weights = (input_weights, state_weights, offsets, state_offsets)
    ending = (reset, update_keeps, order)
    whole = gru_gradient(inputs, hidden, *weights, slopes, by, *ending)
    if by == "inputs":
        return whole
    kept = [_kept(k, inputs, hidden, weights, ending) * slopes[k] for k in range(len(hidden))]
    return [all_of_it - share for all_of_it, share in zip(whole, kept, strict=True)]


def _kept(
    unit: int,
    inputs: Vector,
    hidden: Vector,
    weights: tuple[Matrix, Matrix, Vector, Vector],
    ending: tuple[Reset, bool, GruOrder],
) -> float:
    """The share of the old state in the new one."""
    from ..gru import _gru_gates

    reset, update_keeps, order = ending
    update = _gru_gates(inputs, hidden, *weights, reset, order)["z"][unit]
    return update if update_keeps else 1 - update
