"""Full-batch gradient descent on the nets of `mlp`, whose text has the conventions.

Floating point, at most 100 steps. Fractions are exact for linear and ReLU layers with squared losses only:
see `mlp_exact`.
"""

from __future__ import annotations

from typing import Any

from .mlp import (
    Activation,
    Layers,
    Loss,
    _check_problem,
    _torch_loss,
    _torch_net,
    _torch_run,
    loss_value,
)
from .mlp_gradients import _backward, _complex_loss
from .nested import (
    Matrix,
    Vector,
    _check_chosen,
    _combined,
    _complex_slopes,
    _product,
    _tensor,
    _transposed,
)
from .ranges import _finite, _numbers, _one_of

MOST_STEPS = 100


def trained_weights(
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
    """One layer's W after steps of W ← W − rate ∂L/∂W, all layers at once   [Rumelhart et al. 1986]"""
    _numbers(inputs=inputs, targets=targets, weights=weights, biases=biases, rate=rate)
    _one_of(Activation, activations=activations)
    _one_of(Loss, loss=loss)
    _check_training(inputs, targets, weights, biases, activations, loss, steps)
    _check_chosen("layer", layer, len(weights))
    problem = (inputs, targets, weights, biases, activations, loss)
    return [
        [_finite(w) for w in row] for row in _trained(*problem, rate, steps, mean)[0][layer - 1]
    ]


def trained_weights_by_torch(
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
    """Steps of torch.optim.SGD on real layers."""
    _check_training(inputs, targets, weights, biases, activations, loss, steps)
    _check_chosen("layer", layer, len(weights))
    problem = (inputs, targets, weights, biases, activations, loss)
    net, _ = _trained_net(*problem, rate, steps, mean)
    values: Matrix = net[layer - 1][0].weight.tolist()
    return values


def trained_weights_by_differences(
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
    """Each step's gradient from complex steps of the forward pass alone."""
    _check_training(inputs, targets, weights, biases, activations, loss, steps)
    _check_chosen("layer", layer, len(weights))
    problem = (inputs, targets, weights, biases, activations, loss)
    return _stepped(*problem, rate, steps, mean)[0][layer - 1]


def trained_biases(
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
) -> Vector:
    """One layer's b after steps of b ← b − rate ∂L/∂b, all layers at once   [Rumelhart et al. 1986]"""
    _numbers(inputs=inputs, targets=targets, weights=weights, biases=biases, rate=rate)
    _one_of(Activation, activations=activations)
    _one_of(Loss, loss=loss)
    _check_training(inputs, targets, weights, biases, activations, loss, steps)
    _check_chosen("layer", layer, len(weights))
    problem = (inputs, targets, weights, biases, activations, loss)
    return [_finite(b) for b in _trained(*problem, rate, steps, mean)[1][layer - 1]]


def trained_biases_by_torch(
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
) -> Vector:
    """Steps of torch.optim.SGD on real layers."""
    _check_training(inputs, targets, weights, biases, activations, loss, steps)
    _check_chosen("layer", layer, len(weights))
    problem = (inputs, targets, weights, biases, activations, loss)
    net, _ = _trained_net(*problem, rate, steps, mean)
    values: Vector = net[layer - 1][0].bias.tolist()
    return values


def trained_biases_by_differences(
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
) -> Vector:
    """Each step's gradient from complex steps of the forward pass alone."""
    _check_training(inputs, targets, weights, biases, activations, loss, steps)
    _check_chosen("layer", layer, len(weights))
    problem = (inputs, targets, weights, biases, activations, loss)
    return _stepped(*problem, rate, steps, mean)[1][layer - 1]


def loss_after(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Activation],
    loss: Loss,
    rate: float,
    steps: int = 1,
    mean: bool = True,
) -> float:
    """The loss with the weights and biases that the steps of descent have reached"""
    _one_of(Activation, activations=activations)
    _check_training(inputs, targets, weights, biases, activations, loss, steps)
    problem = (inputs, targets, weights, biases, activations, loss)
    moved = _trained(*problem, rate, steps, mean)
    return loss_value(inputs, targets, *moved, activations, loss, mean)


def loss_after_by_torch(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Activation],
    loss: Loss,
    rate: float,
    steps: int = 1,
    mean: bool = True,
) -> float:
    """torch's loss of real layers after steps of torch.optim.SGD."""
    _check_training(inputs, targets, weights, biases, activations, loss, steps)
    problem = (inputs, targets, weights, biases, activations, loss)
    return float(_trained_net(*problem, rate, steps, mean)[1].item())


def loss_after_by_differences(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Activation],
    loss: Loss,
    rate: float,
    steps: int = 1,
    mean: bool = True,
) -> float:
    """Each step's gradient from complex steps of the forward pass alone; torch's loss of the net there."""
    _check_training(inputs, targets, weights, biases, activations, loss, steps)
    problem = (inputs, targets, weights, biases, activations, loss)
    net = _torch_net(*_stepped(*problem, rate, steps, mean), activations)
    return float(_torch_loss(_torch_run(net, _tensor(inputs)), targets, loss, mean).item())


def _trained(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Activation],
    loss: Loss,
    rate: float,
    steps: int,
    mean: bool,
) -> tuple[Layers, Matrix]:
    for _ in range(steps):
        deltas, below = _backward(inputs, targets, weights, biases, activations, loss, mean)
        slopes = [
            _product(_transposed(delta), fed) for delta, fed in zip(deltas, below, strict=False)
        ]
        offsets = [[sum(column) for column in zip(*delta, strict=True)] for delta in deltas]
        weights = [_moved(w, g, rate) for w, g in zip(weights, slopes, strict=True)]
        biases = _moved(biases, offsets, rate)
    return weights, biases


def _moved(values: Matrix, slopes: Matrix, rate: float) -> Matrix:
    return _combined(lambda value, slope: value - rate * slope, values, slopes)


def _trained_net(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Activation],
    loss: Loss,
    rate: float,
    steps: int,
    mean: bool,
) -> tuple[Any, Any]:
    """A real net after training, and its loss then."""
    import torch

    net = _torch_net(weights, biases, activations)
    parameters = [values for linear, _ in net for values in linear.parameters()]
    optimiser = torch.optim.SGD(parameters, lr=rate)
    for _ in range(steps):
        optimiser.zero_grad()
        _torch_loss(_torch_run(net, _tensor(inputs), smooth=True), targets, loss, mean).backward()
        optimiser.step()
    return net, _torch_loss(_torch_run(net, _tensor(inputs)), targets, loss, mean)


def _stepped(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Activation],
    loss: Loss,
    rate: float,
    steps: int,
    mean: bool,
) -> tuple[Layers, Matrix]:
    for _ in range(steps):

        def value(net: Any) -> complex:
            return _complex_loss(inputs, targets, net[0], net[1], activations, loss, mean)

        matrices, offsets = _complex_slopes(value, [weights, biases])
        weights = [_moved(w, g, rate) for w, g in zip(weights, matrices, strict=True)]
        biases = _moved(biases, offsets, rate)
    return weights, biases


def _check_training(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Activation],
    loss: Loss,
    steps: int,
) -> None:
    _check_problem(inputs, targets, weights, biases, activations, loss)
    if not 0 <= steps <= MOST_STEPS:
        raise ValueError(f"steps must be from 0 to {MOST_STEPS}, found {steps}")
