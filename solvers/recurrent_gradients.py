"""A recurrent layer of given weights: its states, and backpropagation through time, whole or truncated.

h_t = f(W_x x_t + W_h h_(t−1) + b), t = 1..T, h_0 = `start`; `input_weights` is W_x and `state_weights` W_h, a
row per unit. The loss is known by `upstream`, whose row t is the derivative of step t's own loss by h_t.

Truncation "sliding": the loss of each step is sent back through `window` uses of the weights, its own
step included   [Williams & Peng 1990]. "chunks": the sequence is cut into pieces of `window` steps, and
nothing is sent back from a piece to the one before. With window = T both are the whole gradient.
"""

from __future__ import annotations

from math import tanh
from typing import Any, Literal

from .nested import (
    Matrix,
    Vector,
    _autograd,
    _check_matrix,
    _check_rows,
    _check_vector,
    _dot,
    _tensor,
    _transposed,
)
from .ranges import _numbers, _one_of

Function = Literal["tanh", "linear"]
Truncation = Literal["sliding", "chunks"]


def states(
    inputs: Matrix,
    start: Vector,
    input_weights: Matrix,
    state_weights: Matrix,
    offsets: Vector,
    function: Function = "tanh",
) -> Matrix:
    """h_1..h_T, a row per step   [Goodfellow et al. 2016, eq. 10.8, 10.9]"""
    _numbers(
        inputs=inputs,
        start=start,
        input_weights=input_weights,
        state_weights=state_weights,
        offsets=offsets,
    )
    _one_of(Function, function=function)
    _check(inputs, start, input_weights, state_weights, offsets)
    return _states(inputs, start, input_weights, state_weights, offsets, function)[1:]


def states_by_torch(
    inputs: Matrix,
    start: Vector,
    input_weights: Matrix,
    state_weights: Matrix,
    offsets: Vector,
    function: Function = "tanh",
) -> Matrix:
    """A real RNN layer; for the linear function, whose layer torch lacks, a product of matrices."""
    import torch

    _check(inputs, start, input_weights, state_weights, offsets)
    if function == "linear":
        return _affine_states(inputs, start, input_weights, state_weights, offsets)
    layer: Any = torch.nn.RNN(len(inputs[0]), len(start), dtype=torch.float64)
    with torch.no_grad():
        for name, given in (("ih", input_weights), ("hh", state_weights)):
            getattr(layer, f"weight_{name}_l0").copy_(_tensor(given))
        layer.bias_ih_l0.copy_(_tensor(offsets))
        layer.bias_hh_l0.zero_()
        found: Matrix = layer(_tensor(inputs), _tensor([start]))[0].tolist()
    return found


def input_weight_gradient(
    inputs: Matrix,
    start: Vector,
    input_weights: Matrix,
    state_weights: Matrix,
    offsets: Vector,
    upstream: Matrix,
    window: int,
    truncation: Truncation = "sliding",
    function: Function = "tanh",
) -> Matrix:
    """∂L/∂W_x = Σ_t δ_t x_tᵀ, δ = ∂L/∂(pre-activation)   [Goodfellow et al. 2016, 10.2.2]"""
    _numbers(
        inputs=inputs,
        start=start,
        input_weights=input_weights,
        state_weights=state_weights,
        offsets=offsets,
        upstream=upstream,
    )
    _one_of(Truncation, truncation=truncation)
    _one_of(Function, function=function)
    net = (inputs, start, input_weights, state_weights, offsets, function)
    deltas, _ = _through_time(*net, upstream, window, truncation)
    return [[_dot(unit, column) for column in _transposed(inputs)] for unit in _transposed(deltas)]


def input_weight_gradient_by_autograd(
    inputs: Matrix,
    start: Vector,
    input_weights: Matrix,
    state_weights: Matrix,
    offsets: Vector,
    upstream: Matrix,
    window: int,
    truncation: Truncation = "sliding",
    function: Function = "tanh",
) -> Matrix:
    """torch through an unrolled net, cut by detaching states."""
    net = (inputs, start, input_weights, state_weights, offsets, function)
    slopes: Matrix = _unrolled_slopes(*net, upstream, window, truncation, "input_weights")
    return slopes


def state_weight_gradient(
    inputs: Matrix,
    start: Vector,
    input_weights: Matrix,
    state_weights: Matrix,
    offsets: Vector,
    upstream: Matrix,
    window: int,
    truncation: Truncation = "sliding",
    function: Function = "tanh",
) -> Matrix:
    """∂L/∂W_h = Σ_t δ_t h_(t−1)ᵀ, δ = ∂L/∂(pre-activation)   [Goodfellow et al. 2016, 10.2.2]"""
    _numbers(
        inputs=inputs,
        start=start,
        input_weights=input_weights,
        state_weights=state_weights,
        offsets=offsets,
        upstream=upstream,
    )
    _one_of(Truncation, truncation=truncation)
    _one_of(Function, function=function)
    net = (inputs, start, input_weights, state_weights, offsets, function)
    deltas, _ = _through_time(*net, upstream, window, truncation)
    before = _transposed(_states(*net)[:-1])
    return [[_dot(unit, column) for column in before] for unit in _transposed(deltas)]


def state_weight_gradient_by_autograd(
    inputs: Matrix,
    start: Vector,
    input_weights: Matrix,
    state_weights: Matrix,
    offsets: Vector,
    upstream: Matrix,
    window: int,
    truncation: Truncation = "sliding",
    function: Function = "tanh",
) -> Matrix:
    """torch through an unrolled net, cut by detaching states."""
    net = (inputs, start, input_weights, state_weights, offsets, function)
    slopes: Matrix = _unrolled_slopes(*net, upstream, window, truncation, "state_weights")
    return slopes


def offset_gradient(
    inputs: Matrix,
    start: Vector,
    input_weights: Matrix,
    state_weights: Matrix,
    offsets: Vector,
    upstream: Matrix,
    window: int,
    truncation: Truncation = "sliding",
    function: Function = "tanh",
) -> Vector:
    """∂L/∂b = Σ_t δ_t, δ = ∂L/∂(pre-activation)   [Goodfellow et al. 2016, 10.2.2]"""
    _numbers(
        inputs=inputs,
        start=start,
        input_weights=input_weights,
        state_weights=state_weights,
        offsets=offsets,
        upstream=upstream,
    )
    _one_of(Truncation, truncation=truncation)
    _one_of(Function, function=function)
    net = (inputs, start, input_weights, state_weights, offsets, function)
    return [sum(unit) for unit in _transposed(_through_time(*net, upstream, window, truncation)[0])]


def offset_gradient_by_autograd(
    inputs: Matrix,
    start: Vector,
    input_weights: Matrix,
    state_weights: Matrix,
    offsets: Vector,
    upstream: Matrix,
    window: int,
    truncation: Truncation = "sliding",
    function: Function = "tanh",
) -> Vector:
    """torch through an unrolled net, cut by detaching states."""
    net = (inputs, start, input_weights, state_weights, offsets, function)
    slopes: Vector = _unrolled_slopes(*net, upstream, window, truncation, "offsets")
    return slopes


def start_gradient(
    inputs: Matrix,
    start: Vector,
    input_weights: Matrix,
    state_weights: Matrix,
    offsets: Vector,
    upstream: Matrix,
    window: int,
    truncation: Truncation = "sliding",
    function: Function = "tanh",
) -> Vector:
    """∂L/∂h_0: what arrives before the first step   [Werbos 1990]"""
    _numbers(
        inputs=inputs,
        start=start,
        input_weights=input_weights,
        state_weights=state_weights,
        offsets=offsets,
        upstream=upstream,
    )
    _one_of(Truncation, truncation=truncation)
    _one_of(Function, function=function)
    net = (inputs, start, input_weights, state_weights, offsets, function)
    return _through_time(*net, upstream, window, truncation)[1]


def start_gradient_by_autograd(
    inputs: Matrix,
    start: Vector,
    input_weights: Matrix,
    state_weights: Matrix,
    offsets: Vector,
    upstream: Matrix,
    window: int,
    truncation: Truncation = "sliding",
    function: Function = "tanh",
) -> Vector:
    """torch through an unrolled net, cut by detaching states."""
    net = (inputs, start, input_weights, state_weights, offsets, function)
    slopes: Vector = _unrolled_slopes(*net, upstream, window, truncation, "start")
    return slopes


def _states(
    inputs: Matrix,
    start: Vector,
    input_weights: Matrix,
    state_weights: Matrix,
    offsets: Vector,
    function: Function,
) -> Matrix:
    """h_0..h_T."""
    found = [start]
    units = list(zip(input_weights, state_weights, offsets, strict=True))
    for x in inputs:
        sums = [_dot(row, x) + _dot(loop, found[-1]) + b for row, loop, b in units]
        found.append([tanh(z) for z in sums] if function == "tanh" else sums)
    return found


def _through_time(
    inputs: Matrix,
    start: Vector,
    input_weights: Matrix,
    state_weights: Matrix,
    offsets: Vector,
    function: Function,
    upstream: Matrix,
    window: int,
    truncation: Truncation,
) -> tuple[Matrix, Vector]:
    """δ of each step, summed over the losses that reach it, and ∂L/∂h_0."""
    _check(inputs, start, input_weights, state_weights, offsets)
    _check_losses(inputs, start, upstream, window)
    found = _states(inputs, start, input_weights, state_weights, offsets, function)[1:]
    back = _transposed(state_weights)
    deltas, at_start = [[0.0 for _ in start] for _ in inputs], [0.0 for _ in start]
    for last, given in enumerate(upstream):
        carried, first = given, _first(last, window, truncation)
        for step in range(last, first - 1, -1):
            slopes = [1 - h * h if function == "tanh" else 1.0 for h in found[step]]
            delta = [g * s for g, s in zip(carried, slopes, strict=True)]
            deltas[step] = [a + b for a, b in zip(deltas[step], delta, strict=True)]
            carried = [_dot(row, delta) for row in back]
        if first == 0:
            at_start = [a + b for a, b in zip(at_start, carried, strict=True)]
    return deltas, at_start


def _first(last: int, window: int, truncation: Truncation) -> int:
    """The earliest step, counted from 0, that the loss of step `last` reaches."""
    return last - last % window if truncation == "chunks" else max(0, last - window + 1)


def _affine_states(
    inputs: Matrix, start: Vector, input_weights: Matrix, state_weights: Matrix, offsets: Vector
) -> Matrix:
    """Powers of the one matrix that takes (h, 1, x_t) on: no loop over h."""
    import torch

    w, sources = _tensor(state_weights), _tensor(inputs) @ _tensor(input_weights).T
    sources = torch.cat([_tensor([start]), sources + _tensor(offsets)])
    powers = [torch.linalg.matrix_power(w, k) for k in range(len(sources))]
    sums = [sum(powers[t - k] @ sources[k] for k in range(t + 1)) for t in range(1, len(sources))]
    return [each.tolist() for each in sums]


def _unrolled_slopes(
    inputs: Matrix,
    start: Vector,
    input_weights: Matrix,
    state_weights: Matrix,
    offsets: Vector,
    function: Function,
    upstream: Matrix,
    window: int,
    truncation: Truncation,
    by: str,
) -> Any:
    import torch

    _check(inputs, start, input_weights, state_weights, offsets)
    _check_losses(inputs, start, upstream, window)
    given = {
        "start": start,
        "input_weights": input_weights,
        "state_weights": state_weights,
        "offsets": offsets,
    }
    leaves = {name: _tensor(each, slopes=True) for name, each in given.items()}
    x, rows, total = _tensor(inputs), _tensor(upstream), torch.tensor(0.0, dtype=torch.float64)

    def step(h: Any, t: int) -> Any:
        z = leaves["input_weights"] @ x[t] + leaves["state_weights"] @ h + leaves["offsets"]
        return torch.tanh(z) if function == "tanh" else z

    for last in range(len(inputs)):
        cut = (last // window) * window if truncation == "chunks" else last + 1 - window
        h = leaves["start"]
        for t in range(last + 1):
            h = step(h.detach() if t == cut and t > 0 else h, t)
        total = total + rows[last] @ h
    return _autograd(total, leaves[by])


def _check(
    inputs: Matrix, start: Vector, input_weights: Matrix, state_weights: Matrix, offsets: Vector
) -> None:
    _check_rows("inputs", inputs)
    if not start:
        raise ValueError("start must have at least 1 entry, found none")
    _check_matrix("input_weights", input_weights, len(start), len(inputs[0]))
    _check_matrix("state_weights", state_weights, len(start), len(start))
    _check_vector("offsets", offsets, len(start))


def _check_losses(inputs: Matrix, start: Vector, upstream: Matrix, window: int) -> None:
    _check_matrix("upstream", upstream, len(inputs), len(start))
    if not 1 <= window <= len(inputs):
        raise ValueError(f"window must be from 1 to {len(inputs)} steps, found {window}")
