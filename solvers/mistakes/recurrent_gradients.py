"""Mistakes with backpropagation through time: everything here is wrong on purpose."""

from __future__ import annotations

from ..nested import Matrix, Vector, _dot, _transposed
from ..recurrent_gradients import (
    Function,
    Truncation,
    _states,
    _through_time,
    offset_gradient,
    state_weight_gradient,
)


def one_step_back(
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
    """Wrong on purpose: each loss changes the weights by their last use only."""
    net = (inputs, start, input_weights, state_weights, offsets, upstream)
    return state_weight_gradient(*net, 1, truncation, function)


def last_loss_only(
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
    """Wrong on purpose: forgets the losses of the earlier steps."""
    rows = [[0.0 for _ in row] for row in upstream[:-1]] + upstream[-1:]
    net = (inputs, start, input_weights, state_weights, offsets, rows)
    return state_weight_gradient(*net, window, truncation, function)


def no_slope(
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
    """Wrong on purpose: leaves out tanh's derivative on the way back."""
    net = (inputs, start, input_weights, state_weights, offsets)
    deltas, _ = _through_time(*net, "linear", upstream, window, truncation)
    before = _transposed(_states(*net, function)[:-1])
    return [[_dot(unit, column) for column in before] for unit in _transposed(deltas)]


def own_state(
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
    """Wrong on purpose: multiplies δ_t with h_t instead of with h_(t−1)."""
    net = (inputs, start, input_weights, state_weights, offsets, function)
    deltas, _ = _through_time(*net, upstream, window, truncation)
    own = _transposed(_states(*net)[1:])
    return [[_dot(unit, column) for column in own] for unit in _transposed(deltas)]


def not_transposed(
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
    """Wrong on purpose: sends errors of a linear layer back through W_h instead of through its transpose."""
    turned = _transposed(state_weights)
    net = (inputs, start, input_weights, turned, offsets, upstream)
    return offset_gradient(*net, window, truncation, "linear")


def bias_once(
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
    """Wrong on purpose: counts the bias at the last step only, though all steps use it."""
    net = (inputs, start, input_weights, state_weights, offsets, function)
    return _through_time(*net, upstream, window, truncation)[0][-1]
