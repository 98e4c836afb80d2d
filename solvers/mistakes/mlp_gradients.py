"""Mistakes in backpropagation: everything here is wrong on purpose."""

from __future__ import annotations

from typing import Any

from ..mlp import Activation, Layers, Loss, _check_problem, _forward
from ..mlp_gradients import _backward, _output_delta, _slope, bias_gradient, weight_gradient
from ..nested import Matrix, Vector, _check_chosen, _combined, _product, _transposed


def no_hidden_slope(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Activation],
    loss: Loss,
    layer: int,
    mean: bool = True,
) -> Matrix:
    """Wrong on purpose: leaves out f′(z) of the hidden layers."""
    problem = (inputs, targets, weights, biases, activations, loss)
    return _wrong_gradient(*problem, layer, mean, hidden_slope=False)


def no_output_slope(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Activation],
    loss: Loss,
    layer: int,
    mean: bool = True,
) -> Matrix:
    """Wrong on purpose: leaves out the output activation's derivative, as if squares had none."""
    problem = (inputs, targets, weights, biases, activations, loss)
    return _wrong_gradient(*problem, layer, mean, output_slope=False)


def slope_of_the_signal(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Activation],
    loss: Loss,
    layer: int,
    mean: bool = True,
) -> Matrix:
    """Wrong on purpose: takes f′ at the signal a instead of at the pre-activation z."""
    problem = (inputs, targets, weights, biases, activations, loss)
    return _wrong_gradient(*problem, layer, mean, at_signal=True)


def weights_skipped(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Activation],
    loss: Loss,
    layer: int,
    mean: bool = True,
) -> Matrix:
    """Wrong on purpose: hands errors down without the weights between the layers."""
    ones = [[[1.0 for _ in row] for row in matrix] for matrix in weights]
    problem = (inputs, targets, weights, biases, activations, loss)
    return _wrong_gradient(*problem, layer, mean, carriers=ones)


def from_pre_activations(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Activation],
    loss: Loss,
    layer: int,
    mean: bool = True,
) -> Matrix:
    """Wrong on purpose: multiplies δ with the z of the layer before, not with its signal."""
    _checked(inputs, targets, weights, biases, activations, loss, layer)
    sums, _ = _forward(inputs, weights, biases, activations)
    deltas, _ = _backward(inputs, targets, weights, biases, activations, loss, mean)
    return _product(_transposed(deltas[layer - 1]), [inputs, *sums][layer - 1])


def gradient_transposed(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Activation],
    loss: Loss,
    layer: int,
    mean: bool = True,
) -> Matrix:
    """Wrong on purpose: a row per input instead of per unit."""
    problem = (inputs, targets, weights, biases, activations, loss)
    return _transposed(weight_gradient(*problem, layer, mean))


def sign_turned(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Activation],
    loss: Loss,
    layer: int,
    mean: bool = True,
) -> Matrix:
    """Wrong on purpose: target minus output."""
    slopes = weight_gradient(inputs, targets, weights, biases, activations, loss, layer, mean)
    return [[-slope for slope in row] for row in slopes]


def other_reduction(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Activation],
    loss: Loss,
    layer: int,
    mean: bool = True,
) -> Matrix:
    """Wrong on purpose: the sum over the examples for their mean, or the mean for the sum."""
    return weight_gradient(inputs, targets, weights, biases, activations, loss, layer, not mean)


def last_example_only(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Activation],
    loss: Loss,
    layer: int,
    mean: bool = True,
) -> Matrix:
    """Wrong on purpose: each example's gradient overwrites the one before."""
    _checked(inputs, targets, weights, biases, activations, loss, layer)
    net = (weights, biases, activations)
    return weight_gradient(inputs[-1:], targets[-1:], *net, loss, layer, mean)


def bias_of_the_last_example(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Activation],
    loss: Loss,
    layer: int,
    mean: bool = True,
) -> Vector:
    """Wrong on purpose: δ of one example, without the sum over the batch."""
    _checked(inputs, targets, weights, biases, activations, loss, layer)
    deltas, _ = _backward(inputs, targets, weights, biases, activations, loss, mean)
    return deltas[layer - 1][-1]


def bias_sees_the_input(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Activation],
    loss: Loss,
    layer: int,
    mean: bool = True,
) -> Vector:
    """Wrong on purpose: treats the bias as a weight and multiplies with what the layer is fed."""
    slopes = weight_gradient(inputs, targets, weights, biases, activations, loss, layer, mean)
    return [sum(row) for row in slopes]


def bias_forgotten(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Activation],
    loss: Loss,
    layer: int,
    mean: bool = True,
) -> Vector:
    """Wrong on purpose: takes a bias for a constant, whose derivative is 0."""
    problem = (inputs, targets, weights, biases, activations, loss)
    return [0.0 for _ in bias_gradient(*problem, layer, mean)]


def _wrong_gradient(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Activation],
    loss: Loss,
    layer: int,
    mean: bool,
    *,
    hidden_slope: bool = True,
    output_slope: bool = True,
    at_signal: bool = False,
    carriers: Any = None,
) -> Matrix:
    """∂L/∂W of a backward pass with one thing wrong."""
    _checked(inputs, targets, weights, biases, activations, loss, layer)
    sums, found = _forward(inputs, weights, biases, activations)
    rows = zip(found[-1] if at_signal else sums[-1], found[-1], targets, strict=True)
    last = activations[-1] if output_slope else "linear"
    delta = [_output_delta(last, loss, *row) for row in rows]
    for below in reversed(range(layer - 1, len(weights) - 1)):
        delta = _product(delta, (carriers or weights)[below + 1])
        if hidden_slope:
            places = found[below + 1] if at_signal else sums[below]
            slopes = [[_slope(activations[below], z) for z in row] for row in places]
            delta = _combined(lambda g, s: g * s, delta, slopes)
    share = len(inputs) if mean else 1
    return [
        [slope / share for slope in row] for row in _product(_transposed(delta), found[layer - 1])
    ]


def _checked(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Activation],
    loss: Loss,
    layer: int,
) -> None:
    _check_problem(inputs, targets, weights, biases, activations, loss)
    _check_chosen("layer", layer, len(weights))
