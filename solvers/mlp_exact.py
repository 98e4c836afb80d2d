"""Exact gradients in fractions of nets of linear and ReLU layers with a squared loss.

The net and the losses are those of `mlp`; only linear and ReLU layers and squared losses keep fractions
exact, all others are in `mlp_gradients` and `mlp_training`. Numbers are taken as the decimals that were
written: 0.1 is 1/10. ReLU has no gradient at a pre-activation of 0: it is refused. At most 5 steps;
trained biases and the loss after training are in `mlp_exact_runs`.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, Literal

from .mlp import Layers, _check_net, _check_problem
from .nested import Matrix, _check_chosen, _combined, _dot, _product, _transposed
from .ranges import _one_of

Piecewise = Literal["linear", "relu"]
Squares = Literal["half squared", "mean squared"]
Exact = list[list[Fraction]]
MOST_STEPS = 5  # the digits of the fractions multiply with each step


def exact_outputs(
    inputs: Matrix, weights: Layers, biases: Matrix, activations: list[Piecewise]
) -> Exact:
    """W a + b and max(0, ·), layer after layer, one row per example"""
    _one_of(Piecewise, activations=activations)
    _check(inputs, None, weights, biases, activations)
    x, matrices, offsets = _exact([inputs, weights, biases])
    outputs: Exact = _forward(x, matrices, offsets, activations)[1][-1]
    return outputs


def exact_outputs_by_sympy(
    inputs: Matrix, weights: Layers, biases: Matrix, activations: list[Piecewise]
) -> Exact:
    """sympy's matrices of rationals."""
    import sympy

    _check(inputs, None, weights, biases, activations)
    x, ones = _rationals(_exact(inputs)), sympy.ones(len(inputs), 1)
    for matrix, offsets, name in zip(_exact(weights), _exact(biases), activations, strict=True):
        x = x * _rationals(matrix).T + ones * _rationals([offsets])
        x = x.applyfunc(lambda z: sympy.Max(z, 0)) if name == "relu" else x
    return [[Fraction(int(v.p), int(v.q)) for v in x.row(i)] for i in range(x.rows)]


def exact_weight_gradient(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Piecewise],
    loss: Squares,
    layer: int,
    mean: bool = True,
) -> Exact:
    """∂L/∂W = Σ δ a_beforeᵀ over the examples   [Nielsen 2015, BP4]"""
    _one_of(Piecewise, activations=activations)
    _one_of(Squares, loss=loss)
    _check(inputs, targets, weights, biases, activations)
    _check_chosen("layer", layer, len(weights))
    x, t, matrices, offsets = _exact([inputs, targets, weights, biases])
    deltas, below = _backward(x, t, matrices, offsets, activations, loss, mean)
    return _product(_transposed(deltas[layer - 1]), below[layer - 1])


def exact_weight_gradient_by_fractions(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Piecewise],
    loss: Squares,
    layer: int,
    mean: bool = True,
) -> Exact:
    """Central differences, without error: L is quadratic in a weight while no ReLU switches."""
    _check(inputs, targets, weights, biases, activations)
    _check_chosen("layer", layer, len(weights))
    x, t, matrices, offsets = _exact([inputs, targets, weights, biases])
    slopes: list[Exact] = _quotients(x, t, matrices, offsets, activations, loss, mean)[0]
    return slopes[layer - 1]


def exact_weight_gradient_by_autograd(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Piecewise],
    loss: Squares,
    layer: int,
    mean: bool = True,
) -> Matrix:
    """torch's backward pass through real layers, in floating point."""
    from .mlp_gradients import weight_gradient_by_autograd

    _check(inputs, targets, weights, biases, activations)
    names: Any = activations
    return weight_gradient_by_autograd(inputs, targets, weights, biases, names, loss, layer, mean)


def exact_bias_gradient(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Piecewise],
    loss: Squares,
    layer: int,
    mean: bool = True,
) -> list[Fraction]:
    """∂L/∂b = Σ δ over the examples   [Nielsen 2015, BP3]"""
    _one_of(Piecewise, activations=activations)
    _one_of(Squares, loss=loss)
    _check(inputs, targets, weights, biases, activations)
    _check_chosen("layer", layer, len(weights))
    x, t, matrices, offsets = _exact([inputs, targets, weights, biases])
    deltas, _ = _backward(x, t, matrices, offsets, activations, loss, mean)
    return [sum(column, Fraction(0)) for column in zip(*deltas[layer - 1], strict=True)]


def exact_bias_gradient_by_fractions(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Piecewise],
    loss: Squares,
    layer: int,
    mean: bool = True,
) -> list[Fraction]:
    """Central differences, without error: L is quadratic in a bias while no ReLU switches."""
    _check(inputs, targets, weights, biases, activations)
    _check_chosen("layer", layer, len(weights))
    x, t, matrices, offsets = _exact([inputs, targets, weights, biases])
    slopes: Exact = _quotients(x, t, matrices, offsets, activations, loss, mean)[1]
    return slopes[layer - 1]


def exact_bias_gradient_by_autograd(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Piecewise],
    loss: Squares,
    layer: int,
    mean: bool = True,
) -> list[float]:
    """torch's backward pass through real layers, in floating point."""
    from .mlp_gradients import bias_gradient_by_autograd

    _check(inputs, targets, weights, biases, activations)
    names: Any = activations
    return bias_gradient_by_autograd(inputs, targets, weights, biases, names, loss, layer, mean)


def exact_trained_weights(
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
) -> Exact:
    """One layer's W after steps of W ← W − rate ∂L/∂W, b ← b − rate ∂L/∂b in all layers at once"""
    _one_of(Piecewise, activations=activations)
    _one_of(Squares, loss=loss)
    _check(inputs, targets, weights, biases, activations, steps)
    _check_chosen("layer", layer, len(weights))
    problem = (inputs, targets, weights, biases, activations, loss)
    return _trained(*problem, rate, steps, mean)[0][layer - 1]


def exact_trained_weights_by_fractions(
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
) -> Exact:
    """Each step's gradient from exact central differences of the loss."""
    _check(inputs, targets, weights, biases, activations, steps)
    _check_chosen("layer", layer, len(weights))
    problem = (inputs, targets, weights, biases, activations, loss)
    return _stepped(*problem, rate, steps, mean)[0][layer - 1]


def exact_trained_weights_by_torch(
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
) -> Matrix:
    """Steps of torch.optim.SGD on real layers, in floating point."""
    from .mlp_training import trained_weights_by_torch

    _check(inputs, targets, weights, biases, activations, steps)
    names: Any = activations
    problem = (inputs, targets, weights, biases, names, loss)
    return trained_weights_by_torch(*problem, layer, rate, steps, mean)


def _exact(values: Any) -> Any:
    return [_exact(each) for each in values] if isinstance(values, list) else Fraction(str(values))


def _rationals(matrix: Exact) -> Any:
    import sympy

    return sympy.Matrix(
        [[sympy.Rational(v.numerator, v.denominator) for v in row] for row in matrix]
    )


def _forward(x: Any, weights: Any, biases: Any, activations: list[Piecewise]) -> tuple[Any, Any]:
    """z of all layers, and their signals with the inputs first."""
    sums, found = [], [x]
    for matrix, offsets, name in zip(weights, biases, activations, strict=True):
        units = list(zip(matrix, offsets, strict=True))
        z = [[_dot(row, example) + b for row, b in units] for example in found[-1]]
        sums.append(z)
        found.append([[max(v, Fraction(0)) for v in row] for row in z] if name == "relu" else z)
    return sums, found


def _backward(
    x: Any,
    t: Any,
    weights: Any,
    biases: Any,
    activations: list[Piecewise],
    loss: Squares,
    mean: bool,
) -> tuple[Any, Any]:
    """δ of all layers, and what each of them was fed."""
    sums, found = _forward(x, weights, biases, activations)
    gates = [_gates(z, name) for z, name in zip(sums, activations, strict=True)]
    scale = Fraction(1) if loss == "half squared" else Fraction(2, len(t[0]))
    scale /= len(x) if mean else 1
    deltas = [_combined(lambda y, aim, gate: scale * (y - aim) * gate, found[-1], t, gates[-1])]
    for below in reversed(range(len(weights) - 1)):
        back = _product(deltas[0], weights[below + 1])
        deltas.insert(0, _combined(lambda g, gate: g * gate, back, gates[below]))
    return deltas, found


def _gates(z: Exact, name: Piecewise) -> list[list[int]]:
    if name == "relu" and any(0 in row for row in z):
        raise ValueError(f"pre-activations must not be 0 before relu, found {z}")
    return [[int(name == "linear" or v > 0) for v in row] for row in z]


def _trained(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Piecewise],
    loss: Squares,
    rate: float,
    steps: int,
    mean: bool,
) -> tuple[list[Exact], Exact]:
    """All weights and biases after steps with the gradients of backpropagation."""
    x, t, matrices, offsets = _exact([inputs, targets, weights, biases])
    for _ in range(steps):
        deltas, below = _backward(x, t, matrices, offsets, activations, loss, mean)
        slopes = [
            _product(_transposed(delta), fed) for delta, fed in zip(deltas, below, strict=False)
        ]
        by_bias = [[sum(column) for column in zip(*delta, strict=True)] for delta in deltas]
        matrices, offsets = _descended(matrices, offsets, slopes, by_bias, rate)
    return matrices, offsets


def _stepped(
    inputs: Matrix,
    targets: Matrix,
    weights: Layers,
    biases: Matrix,
    activations: list[Piecewise],
    loss: Squares,
    rate: float,
    steps: int,
    mean: bool,
) -> tuple[list[Exact], Exact]:
    """All weights and biases after steps with exact central differences of the loss."""
    x, t, matrices, offsets = _exact([inputs, targets, weights, biases])
    for _ in range(steps):
        slopes, by_bias = _quotients(x, t, matrices, offsets, activations, loss, mean)
        matrices, offsets = _descended(matrices, offsets, slopes, by_bias, rate)
    return matrices, offsets


def _value(outputs: Exact, targets: Exact, loss: Squares, mean: bool) -> Fraction:
    errors = _combined(lambda y, aim: (y - aim) ** 2, outputs, targets)
    total = Fraction(sum(map(sum, errors)), 2 if loss == "half squared" else len(targets[0]))
    return total / (len(outputs) if mean else 1)


def _quotients(
    x: Any,
    t: Any,
    weights: Any,
    biases: Any,
    activations: list[Piecewise],
    loss: Squares,
    mean: bool,
) -> Any:
    """The central difference quotient of the loss in each weight and bias."""

    def value(net: Any) -> tuple[Fraction, list[Any]]:
        sums, found = _forward(x, net[0], net[1], activations)
        gates = [_gates(z, name) for z, name in zip(sums, activations, strict=True)]
        return _value(found[-1], t, loss, mean), gates

    return _quotient(value, [weights, biases], value([weights, biases])[1])


def _quotient(value: Callable[[Any], tuple[Fraction, Any]], net: Any, gates: Any) -> Any:
    def one_moved(place: int) -> Callable[[Any], tuple[Fraction, Any]]:
        return lambda entry: value([*net[:place], entry, *net[place + 1 :]])

    if isinstance(net, list):
        return [_quotient(one_moved(place), net[place], gates) for place in range(len(net))]
    step = Fraction(1, 1000)
    while True:
        try:
            ends = [value(net + step), value(net - step)]
        except ValueError:  # a step to the very point where a ReLU switches
            ends = []
        if ends and all(end[1] == gates for end in ends):
            return (ends[0][0] - ends[1][0]) / (2 * step)
        step /= 7


def _descended(
    weights: Any, biases: Any, slopes: Any, by_bias: Any, rate: float
) -> tuple[list[Exact], Exact]:
    step = _exact(rate)

    def moved(values: Any, gradient: Any) -> Exact:
        return _combined(lambda v, g: v - step * g, values, gradient)

    return [moved(*pair) for pair in zip(weights, slopes, strict=True)], moved(biases, by_bias)


def _check(
    inputs: Matrix,
    targets: Matrix | None,
    weights: Layers,
    biases: Matrix,
    activations: list[Piecewise],
    steps: int = 0,
) -> None:
    names: Any = activations
    if targets is None:
        _check_net(inputs, weights, biases, names)
    else:
        _check_problem(inputs, targets, weights, biases, names, "half squared")
    if not 0 <= steps <= MOST_STEPS:
        raise ValueError(f"steps must be from 0 to {MOST_STEPS}, found {steps}")
