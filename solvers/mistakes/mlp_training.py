"""Mistakes in training by hand: everything here is wrong on purpose."""

from __future__ import annotations

from ..mlp import Activation, Layers, Loss
from ..mlp_gradients import bias_gradient, weight_gradient
from ..mlp_training import _check_training, _moved, _trained, trained_weights
from ..nested import Matrix, _check_chosen


def uphill(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Activation],
    loss: Loss,
    layer: int,
    rate: float,
    steps: int = 1,
    mean: bool = True,
) -> Matrix:
    """Wrong on purpose: adds the gradient."""
    problem = (inputs, targets, weights, biases, activations, loss)
    return trained_weights(*problem, layer, -rate, steps, mean)


def one_step_only(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Activation],
    loss: Loss,
    layer: int,
    rate: float,
    steps: int = 1,
    mean: bool = True,
) -> Matrix:
    """Wrong on purpose: stops after the first step."""
    problem = (inputs, targets, weights, biases, activations, loss)
    return trained_weights(*problem, layer, rate, min(steps, 1), mean)


def first_gradient_kept(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Activation],
    loss: Loss,
    layer: int,
    rate: float,
    steps: int = 1,
    mean: bool = True,
) -> Matrix:
    """Wrong on purpose: goes all steps along the gradient at the start."""
    problem = (inputs, targets, weights, biases, activations, loss)
    return trained_weights(*problem, layer, rate * steps, 1, mean)


def biases_kept(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Activation],
    loss: Loss,
    layer: int,
    rate: float,
    steps: int = 1,
    mean: bool = True,
) -> Matrix:
    """Wrong on purpose: never moves the biases."""
    _check_training(inputs, targets, weights, biases, activations, loss, steps)
    _check_chosen("layer", layer, len(weights))
    for _ in range(steps):
        problem = (inputs, targets, weights, biases, activations, loss)
        weights, _ = _trained(*problem, rate, 1, mean)
    return weights[layer - 1]


def updated_weights_used(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Activation],
    loss: Loss,
    layer: int,
    rate: float,
    steps: int = 1,
    mean: bool = True,
) -> Matrix:
    """Wrong on purpose: moves the last layer first and computes the next gradient with it moved."""
    _check_training(inputs, targets, weights, biases, activations, loss, steps)
    _check_chosen("layer", layer, len(weights))
    for _ in range(steps):
        for number in range(len(weights), 0, -1):
            at = (inputs, targets, weights, biases, activations, loss, number, mean)
            slopes, offsets = weight_gradient(*at), bias_gradient(*at)
            moved = _moved(weights[number - 1], slopes, rate)
            weights = [*weights[: number - 1], moved, *weights[number:]]
            row = _moved([biases[number - 1]], [offsets], rate)
            biases = [*biases[: number - 1], *row, *biases[number:]]
    return weights[layer - 1]


def other_reduction(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Activation],
    loss: Loss,
    layer: int,
    rate: float,
    steps: int = 1,
    mean: bool = True,
) -> Matrix:
    """Wrong on purpose: the sum over the examples for their mean, or the mean for the sum."""
    problem = (inputs, targets, weights, biases, activations, loss)
    return trained_weights(*problem, layer, rate, steps, not mean)
