"""Backpropagation through the nets of `mlp`, whose text has the conventions: gradients of one pass."""

from __future__ import annotations

from math import tanh
from typing import Any

from .mlp import (
    KINK,
    LEAK,
    Activation,
    Layers,
    Loss,
    _check_problem,
    _forward,
    _sigmoid,
    _torch_loss,
    _torch_net,
    _torch_run,
)
from .nested import (
    Matrix,
    Vector,
    _autograd,
    _check_chosen,
    _combined,
    _complex_slopes,
    _dot,
    _product,
    _tensor,
    _transposed,
)
from .ranges import _numbers, _one_of


def error_signal(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Activation],
    loss: Loss,
    layer: int,
    mean: bool = True,
) -> Matrix:
    """δ = ∂L/∂z of a layer, a row per example: (δ_after W_after) ∘ f′(z)   [Nielsen 2015, BP1, BP2]"""
    _numbers(inputs=inputs, targets=targets, weights=weights, biases=biases)
    _one_of(Activation, activations=activations)
    _one_of(Loss, loss=loss)
    _check_problem(inputs, targets, weights, biases, activations, loss)
    _check_chosen("layer", layer, len(weights))
    return _backward(inputs, targets, weights, biases, activations, loss, mean)[0][layer - 1]


def error_signal_by_autograd(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Activation],
    loss: Loss,
    layer: int,
    mean: bool = True,
) -> Matrix:
    """torch's derivative by what a real layer puts out."""
    _check_problem(inputs, targets, weights, biases, activations, loss)
    _check_chosen("layer", layer, len(weights))
    run = _torch_run(_torch_net(weights, biases, activations), _tensor(inputs), smooth=True)
    slopes: Matrix = _autograd(_torch_loss(run, targets, loss, mean), run[2 * layer - 1])
    return slopes


def weight_gradient(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Activation],
    loss: Loss,
    layer: int,
    mean: bool = True,
) -> Matrix:
    """∂L/∂W = Σ δ a_beforeᵀ over the examples, of W's shape   [Nielsen 2015, BP4]"""
    _numbers(inputs=inputs, targets=targets, weights=weights, biases=biases)
    _one_of(Activation, activations=activations)
    _one_of(Loss, loss=loss)
    _check_problem(inputs, targets, weights, biases, activations, loss)
    _check_chosen("layer", layer, len(weights))
    deltas, below = _backward(inputs, targets, weights, biases, activations, loss, mean)
    return _product(_transposed(deltas[layer - 1]), below[layer - 1])


def weight_gradient_by_autograd(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Activation],
    loss: Loss,
    layer: int,
    mean: bool = True,
) -> Matrix:
    """torch's backward pass through real layers."""
    _check_problem(inputs, targets, weights, biases, activations, loss)
    _check_chosen("layer", layer, len(weights))
    net = _torch_net(weights, biases, activations)
    run = _torch_run(net, _tensor(inputs), smooth=True)
    slopes: Matrix = _autograd(_torch_loss(run, targets, loss, mean), net[layer - 1][0].weight)
    return slopes


def weight_gradient_by_differences(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Activation],
    loss: Loss,
    layer: int,
    mean: bool = True,
) -> Matrix:
    """A complex step in each weight of the forward pass alone."""
    _check_problem(inputs, targets, weights, biases, activations, loss)
    _check_chosen("layer", layer, len(weights))

    def moved(matrix: Any) -> complex:
        nets = [*weights[: layer - 1], matrix, *weights[layer:]]
        return _complex_loss(inputs, targets, nets, biases, activations, loss, mean)

    slopes: Matrix = _complex_slopes(moved, weights[layer - 1])
    return slopes


def bias_gradient(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Activation],
    loss: Loss,
    layer: int,
    mean: bool = True,
) -> Vector:
    """∂L/∂b = Σ δ over the examples   [Nielsen 2015, BP3]"""
    _numbers(inputs=inputs, targets=targets, weights=weights, biases=biases)
    _one_of(Activation, activations=activations)
    _one_of(Loss, loss=loss)
    _check_problem(inputs, targets, weights, biases, activations, loss)
    _check_chosen("layer", layer, len(weights))
    deltas, _ = _backward(inputs, targets, weights, biases, activations, loss, mean)
    return [sum(column) for column in zip(*deltas[layer - 1], strict=True)]


def bias_gradient_by_autograd(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Activation],
    loss: Loss,
    layer: int,
    mean: bool = True,
) -> Vector:
    """torch's backward pass through real layers."""
    _check_problem(inputs, targets, weights, biases, activations, loss)
    _check_chosen("layer", layer, len(weights))
    net = _torch_net(weights, biases, activations)
    run = _torch_run(net, _tensor(inputs), smooth=True)
    slopes: Vector = _autograd(_torch_loss(run, targets, loss, mean), net[layer - 1][0].bias)
    return slopes


def bias_gradient_by_differences(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Activation],
    loss: Loss,
    layer: int,
    mean: bool = True,
) -> Vector:
    """A complex step in each bias of the forward pass alone."""
    _check_problem(inputs, targets, weights, biases, activations, loss)
    _check_chosen("layer", layer, len(weights))

    def moved(row: Any) -> complex:
        offsets = [*biases[: layer - 1], row, *biases[layer:]]
        return _complex_loss(inputs, targets, weights, offsets, activations, loss, mean)

    slopes: Vector = _complex_slopes(moved, biases[layer - 1])
    return slopes


def input_gradient(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Activation],
    loss: Loss,
    mean: bool = True,
) -> Matrix:
    """∂L/∂x = δ_1 W_1, a row per example"""
    _numbers(inputs=inputs, targets=targets, weights=weights, biases=biases)
    _one_of(Activation, activations=activations)
    _one_of(Loss, loss=loss)
    _check_problem(inputs, targets, weights, biases, activations, loss)
    deltas, _ = _backward(inputs, targets, weights, biases, activations, loss, mean)
    return _product(deltas[0], weights[0])


def input_gradient_by_autograd(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Activation],
    loss: Loss,
    mean: bool = True,
) -> Matrix:
    """torch's backward pass down to the inputs."""
    _check_problem(inputs, targets, weights, biases, activations, loss)
    x = _tensor(inputs, slopes=True)
    run = _torch_run(_torch_net(weights, biases, activations), x, smooth=True)
    slopes: Matrix = _autograd(_torch_loss(run, targets, loss, mean), x)
    return slopes


def _slope(name: Activation, z: float) -> float:
    """f′(z) of an activation that works on one number."""
    if name in ("relu", "leaky-relu"):
        if abs(z) < KINK:
            raise ValueError(f"pre-activations must not be 0 before {name}, found {z}")
        return 1.0 if z > 0 else LEAK * (name == "leaky-relu")
    if name in ("sigmoid", "tanh"):
        return _sigmoid(z) * _sigmoid(-z) if name == "sigmoid" else 1 - tanh(z) ** 2
    return _sigmoid(z) if name == "softplus" else 1.0


def _output_delta(name: Activation, loss: Loss, z: Vector, y: Vector, t: Vector) -> Vector:
    errors = [out - aim for out, aim in zip(y, t, strict=True)]
    if loss == "cross-entropy":
        return errors
    if loss == "binary cross-entropy":
        return [error / len(y) for error in errors]
    by_output = [error * (1 if loss == "half squared" else 2 / len(y)) for error in errors]
    if name == "softmax":  # J = diag(y) − y yᵀ
        shared = _dot(by_output, y)
        return [out * (slope - shared) for out, slope in zip(y, by_output, strict=True)]
    return [slope * _slope(name, each) for slope, each in zip(by_output, z, strict=True)]


def _backward(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Activation],
    loss: Loss,
    mean: bool,
) -> tuple[Layers, Layers]:
    """δ of all layers, and what each of them was fed."""
    sums, found = _forward(inputs, weights, biases, activations)
    last = zip(sums[-1], found[-1], targets, strict=True)
    share = len(inputs) if mean else 1
    deltas = [[[d / share for d in _output_delta(activations[-1], loss, *row)] for row in last]]
    for below in reversed(range(len(weights) - 1)):
        slopes = [[_slope(activations[below], z) for z in row] for row in sums[below]]
        back = _product(deltas[0], weights[below + 1])
        deltas.insert(0, _combined(lambda g, s: g * s, back, slopes))
    return deltas, found


def _complex_loss(
    inputs: Matrix,
    targets: Matrix,
    weights: Any,
    biases: Any,
    activations: list[Activation],
    loss: Loss,
    mean: bool,
) -> complex:
    import cmath

    def softplus(z: complex) -> complex:
        return z + cmath.log(1 + cmath.exp(-z)) if z.real > 0 else cmath.log(1 + cmath.exp(z))

    def activated(name: str, row: list[complex]) -> list[complex]:
        if name in ("relu", "leaky-relu") and any(abs(z.real) < KINK for z in row):
            raise ValueError(f"pre-activations must not be 0 before {name}, found {row}")
        if name == "softmax":
            return [1 / sum(cmath.exp(other - z) for other in row) for z in row]
        rules = {
            "relu": lambda z: z * (z.real > 0),
            "leaky-relu": lambda z: z * (1 if z.real > 0 else LEAK),
            "sigmoid": lambda z: (1 + cmath.tanh(z / 2)) / 2,
            "tanh": cmath.tanh,
            "softplus": softplus,
        }
        return [rules[name](z) if name in rules else z for z in row]

    total: complex = 0
    for example, target in zip(inputs, targets, strict=True):
        row: Any = example
        for matrix, offsets, name in zip(weights, biases, activations, strict=True):
            z = [complex(_dot(unit, row) + b) for unit, b in zip(matrix, offsets, strict=True)]
            row = activated(name, z)
        if loss == "cross-entropy":
            total -= sum(t * cmath.log(y) for t, y in zip(target, row, strict=True))
        elif loss == "binary cross-entropy":
            parts = [
                t * softplus(-e) + (1 - t) * softplus(e) for t, e in zip(target, z, strict=True)
            ]
            total += sum(parts) / len(row)
        else:
            squares = sum((y - t) ** 2 for t, y in zip(target, row, strict=True))
            total += squares / (2 if loss == "half squared" else len(row))
    return total / (len(inputs) if mean else 1)
