"""Fully connected nets with given weights: their signals and their loss.

A layer is z = W a + b, a' = f(z); `weights` holds one matrix per layer with a row per unit, `biases` one
vector per layer, `activations` one name per layer, the output's last. Inputs and targets have one row
per example. Layers are counted from 1. ReLU and leaky ReLU have no gradient at z = 0: it is refused.

Loss of one example with K outputs y: "half squared" Σ (y − t)²/2, "mean squared" Σ (y − t)²/K,
"binary cross-entropy" −Σ (t ln y + (1 − t) ln(1 − y))/K of sigmoids, "cross-entropy" −Σ t ln y of a
softmax. `mean` averages over the examples; otherwise they are summed.
"""

from __future__ import annotations

from math import exp, fsum, log, log1p, tanh
from typing import Any, Literal

from .nested import (
    Matrix,
    Vector,
    _check_chosen,
    _check_matrix,
    _check_rows,
    _check_vector,
    _dot,
    _tensor,
)
from .ranges import _numbers, _one_of

Activation = Literal["linear", "relu", "leaky-relu", "sigmoid", "tanh", "softplus", "softmax"]
Loss = Literal["half squared", "mean squared", "binary cross-entropy", "cross-entropy"]
Layers = list[Matrix]
LEAK = 0.01  # slope of leaky ReLU below 0, torch's default [Maas et al. 2013]
KINK = 1e-9  # a pre-activation this near to 0 counts as 0


def signals(
    inputs: Matrix, weights: Layers, biases: Matrix, activations: list[Activation], layer: int
) -> Matrix:
    """a = f(W a_before + b) of one layer, one row per example   [Nielsen 2015, ch. 2]"""
    _numbers(inputs=inputs, weights=weights, biases=biases)
    _one_of(Activation, activations=activations)
    _check_net(inputs, weights, biases, activations)
    _check_chosen("layer", layer, len(weights))
    return _forward(inputs, weights, biases, activations)[1][layer]


def signals_by_torch(
    inputs: Matrix, weights: Layers, biases: Matrix, activations: list[Activation], layer: int
) -> Matrix:
    """Real Linear layers and torch's activation functions."""
    _check_net(inputs, weights, biases, activations)
    _check_chosen("layer", layer, len(weights))
    net = _torch_net(weights, biases, activations)
    values: Matrix = _torch_run(net, _tensor(inputs))[2 * layer].tolist()
    return values


def pre_activations(
    inputs: Matrix, weights: Layers, biases: Matrix, activations: list[Activation], layer: int
) -> Matrix:
    """z = W a_before + b of one layer, one row per example   [Nielsen 2015, ch. 2]"""
    _numbers(inputs=inputs, weights=weights, biases=biases)
    _one_of(Activation, activations=activations)
    _check_net(inputs, weights, biases, activations)
    _check_chosen("layer", layer, len(weights))
    return _forward(inputs, weights, biases, activations)[0][layer - 1]


def pre_activations_by_torch(
    inputs: Matrix, weights: Layers, biases: Matrix, activations: list[Activation], layer: int
) -> Matrix:
    """What real Linear layers put out."""
    _check_net(inputs, weights, biases, activations)
    _check_chosen("layer", layer, len(weights))
    net = _torch_net(weights, biases, activations)
    values: Matrix = _torch_run(net, _tensor(inputs))[2 * layer - 1].tolist()
    return values


def loss_value(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Activation],
    loss: Loss,
    mean: bool = True,
) -> float:
    """The loss as in the module's text, averaged over the examples or summed"""
    _numbers(inputs=inputs, targets=targets, weights=weights, biases=biases)
    _one_of(Activation, activations=activations)
    _one_of(Loss, loss=loss)
    _check_problem(inputs, targets, weights, biases, activations, loss)
    sums, outputs = _forward(inputs, weights, biases, activations)
    rows = zip(sums[-1], outputs[-1], targets, strict=True)
    return fsum(_loss(loss, *row) for row in rows) / (len(inputs) if mean else 1)


def loss_value_by_torch(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Activation],
    loss: Loss,
    mean: bool = True,
) -> float:
    """torch's loss functions, those for logits where there is a cross-entropy."""
    _check_problem(inputs, targets, weights, biases, activations, loss)
    run = _torch_run(_torch_net(weights, biases, activations), _tensor(inputs))
    return float(_torch_loss(run, targets, loss, mean).item())


# The pass by hand.


def _sigmoid(z: float) -> float:
    return 1 / (1 + exp(-z)) if z >= 0 else exp(z) / (1 + exp(z))


def _softplus(z: float) -> float:
    return max(z, 0.0) + log1p(exp(-abs(z)))


def _softmax(row: Vector) -> Vector:
    powers = [exp(z - max(row)) for z in row]
    return [power / sum(powers) for power in powers]


def _activated(name: Activation, row: Vector) -> Vector:
    if name == "softmax":
        return _softmax(row)
    rules = {
        "linear": lambda z: z,
        "relu": lambda z: max(z, 0.0),
        "leaky-relu": lambda z: z if z > 0 else LEAK * z,
        "sigmoid": _sigmoid,
        "tanh": tanh,
        "softplus": _softplus,
    }
    return [rules[name](z) for z in row]


def _forward(
    inputs: Matrix, weights: Layers, biases: Matrix, activations: list[Activation]
) -> tuple[Layers, Layers]:
    """z of all layers, and their signals with the inputs first."""
    sums: Layers = []
    found = [inputs]
    for matrix, offsets, name in zip(weights, biases, activations, strict=True):
        units = list(zip(matrix, offsets, strict=True))
        sums.append([[_dot(row, example) + b for row, b in units] for example in found[-1]])
        found.append([_activated(name, row) for row in sums[-1]])
    return sums, found


def _loss(loss: Loss, z: Vector, y: Vector, t: Vector) -> float:
    if loss == "cross-entropy":
        top = max(z)
        return fsum(
            aim * (top + log(sum(exp(each - top) for each in z)) - each)
            for aim, each in zip(t, z, strict=True)
        )
    pairs = list(zip(z, y, t, strict=True))
    if loss == "binary cross-entropy":
        return fsum(_softplus(each) - aim * each for each, _, aim in pairs) / len(y)
    squares = fsum((out - aim) ** 2 for _, out, aim in pairs)
    return squares / (2 if loss == "half squared" else len(y))


# The same with real torch layers.


def _torch_net(weights: Layers, biases: Matrix, activations: list[Activation]) -> Any:
    """Pairs of a real Linear layer and a real activation."""
    import torch
    from torch import nn

    kinds: dict[str, Any] = {
        "linear": nn.Identity(),
        "relu": nn.ReLU(),
        "leaky-relu": nn.LeakyReLU(LEAK),
        "sigmoid": nn.Sigmoid(),
        "tanh": nn.Tanh(),
        "softplus": nn.Softplus(threshold=1000),  # torch cuts it off above its threshold
        "softmax": nn.Softmax(dim=-1),
    }
    net = []
    for matrix, offsets, name in zip(weights, biases, activations, strict=True):
        linear: Any = nn.Linear(len(matrix[0]), len(matrix), dtype=torch.float64)
        with torch.no_grad():
            linear.weight.copy_(_tensor(matrix))
            linear.bias.copy_(_tensor(offsets))
        net.append((linear, kinds[name]))
    return net


def _torch_run(net: Any, x: Any, smooth: bool = False) -> list[Any]:
    """The inputs, then z and a of each layer in turn; with `smooth`, no z at a kink."""
    from torch import nn

    run = [x]
    for linear, activation in net:
        z = linear(run[-1])
        at_kink = isinstance(activation, nn.ReLU | nn.LeakyReLU) and bool((z.abs() < KINK).any())
        if smooth and at_kink:
            raise ValueError(
                f"pre-activations must not be 0 before {activation}, found {z.tolist()}"
            )
        run += [z, activation(z)]
    return run


def _torch_loss(run: list[Any], targets: Matrix, loss: Loss, mean: bool) -> Any:
    from torch.nn import functional

    z, y, t = run[-2], run[-1], _tensor(targets)
    if loss == "cross-entropy":
        each = functional.cross_entropy(z, t, reduction="none")
    elif loss == "binary cross-entropy":
        each = functional.binary_cross_entropy_with_logits(z, t, reduction="none").mean(1)
    elif loss == "mean squared":
        each = functional.mse_loss(y, t, reduction="none").mean(1)
    else:
        each = functional.mse_loss(y, t, reduction="none").sum(1) / 2
    return each.mean() if mean else each.sum()


def _check_net(
    inputs: Matrix, weights: Layers, biases: Matrix, activations: list[Activation]
) -> None:
    _check_rows("inputs", inputs)
    if not weights:
        raise ValueError("weights must have at least 1 layer, found none")
    _check_vector("biases", biases, len(weights))
    _check_vector("activations", activations, len(weights))
    if "softmax" in activations[:-1]:
        raise ValueError(f"activations must have softmax as the last only, found {activations}")
    width = len(inputs[0])
    for number, (matrix, offsets) in enumerate(zip(weights, biases, strict=True), 1):
        if not matrix:
            raise ValueError(f"weights must have at least 1 unit per layer, found {weights}")
        _check_matrix(f"weights of layer {number}", matrix, len(matrix), width)
        _check_vector(f"biases of layer {number}", offsets, len(matrix))
        width = len(matrix)


def _check_problem(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Activation],
    loss: Loss,
) -> None:
    _check_net(inputs, weights, biases, activations)
    _check_matrix("targets", targets, len(inputs), len(biases[-1]))
    fitting = {"cross-entropy": "softmax", "binary cross-entropy": "sigmoid"}.get(loss)
    if fitting is None:
        return
    if activations[-1] != fitting:
        raise ValueError(
            f"the last activation must be {fitting} for {loss}, found {activations[-1]}"
        )
    if any(not 0 <= t <= 1 for row in targets for t in row):
        raise ValueError(f"targets must be from 0 to 1 for {loss}, found {targets}")
    if loss == "cross-entropy" and any(abs(sum(row) - 1) > 1e-9 for row in targets):
        raise ValueError(f"targets must have rows of sum 1 for {loss}, found {targets}")
