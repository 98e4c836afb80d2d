"""Exact biases and losses, in fractions, after steps of gradient descent; the limits of `mlp_exact`.

Linear and ReLU layers, squared losses, at most 5 steps, no pre-activation of 0 before a ReLU on the way;
`mlp_training` has all other nets, in floating point.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from .mlp import Layers
from .mlp_exact import Piecewise, Squares, _check, _exact, _forward, _stepped, _trained, _value
from .nested import Matrix, _check_chosen, _dot
from .ranges import _one_of


def exact_trained_biases(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Piecewise],
    loss: Squares,
    layer: int,
    rate: float,
    steps: int = 1,
    mean: bool = True,
) -> list[Fraction]:
    """One layer's b after the steps of `exact_trained_weights`"""
    _one_of(Piecewise, activations=activations)
    _one_of(Squares, loss=loss)
    _check(inputs, targets, weights, biases, activations, steps)
    _check_chosen("layer", layer, len(weights))
    problem = (inputs, targets, weights, biases, activations, loss)
    return _trained(*problem, rate, steps, mean)[1][layer - 1]


def exact_trained_biases_by_fractions(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Piecewise],
    loss: Squares,
    layer: int,
    rate: float,
    steps: int = 1,
    mean: bool = True,
) -> list[Fraction]:
    """Each step's gradient from exact central differences of the loss."""
    _check(inputs, targets, weights, biases, activations, steps)
    _check_chosen("layer", layer, len(weights))
    problem = (inputs, targets, weights, biases, activations, loss)
    return _stepped(*problem, rate, steps, mean)[1][layer - 1]


def exact_trained_biases_by_torch(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Piecewise],
    loss: Squares,
    layer: int,
    rate: float,
    steps: int = 1,
    mean: bool = True,
) -> list[float]:
    """Steps of torch.optim.SGD on real layers, in floating point."""
    from .mlp_training import trained_biases_by_torch

    _check(inputs, targets, weights, biases, activations, steps)
    names: Any = activations
    problem = (inputs, targets, weights, biases, names, loss)
    return trained_biases_by_torch(*problem, layer, rate, steps, mean)


def exact_loss_after(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Piecewise],
    loss: Squares,
    rate: float,
    steps: int = 1,
    mean: bool = True,
) -> Fraction:
    """The loss with the weights and biases that the steps have reached"""
    _one_of(Piecewise, activations=activations)
    _one_of(Squares, loss=loss)
    _check(inputs, targets, weights, biases, activations, steps)
    problem = (inputs, targets, weights, biases, activations, loss)
    moved = _trained(*problem, rate, steps, mean)
    x, t = _exact([inputs, targets])
    return _value(_forward(x, *moved, activations)[1][-1], t, loss, mean)


def exact_loss_after_by_fractions(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Piecewise],
    loss: Squares,
    rate: float,
    steps: int = 1,
    mean: bool = True,
) -> Fraction:
    """Steps by exact central differences; then, example by example, errors squared and added up."""
    _check(inputs, targets, weights, biases, activations, steps)
    problem = (inputs, targets, weights, biases, activations, loss)
    matrices, offsets = _stepped(*problem, rate, steps, mean)
    total = Fraction(0)
    for example, aims in zip(_exact(inputs), _exact(targets), strict=True):
        signal = example
        for matrix, offset, name in zip(matrices, offsets, activations, strict=True):
            z = [_dot(row, signal) + b for row, b in zip(matrix, offset, strict=True)]
            signal = [v if v > 0 or name == "linear" else Fraction(0) for v in z]
        squares = sum((y - aim) ** 2 for y, aim in zip(signal, aims, strict=True))
        total += Fraction(squares, 2 if loss == "half squared" else len(aims))
    return total / len(inputs) if mean else total


def exact_loss_after_by_torch(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Piecewise],
    loss: Squares,
    rate: float,
    steps: int = 1,
    mean: bool = True,
) -> float:
    """torch's loss of real layers after steps of torch.optim.SGD, in floating point."""
    from .mlp_training import loss_after_by_torch

    _check(inputs, targets, weights, biases, activations, steps)
    names: Any = activations
    problem = (inputs, targets, weights, biases, names, loss)
    return loss_after_by_torch(*problem, rate, steps, mean)
