"""Computation graphs given as data: values, and derivatives in forward and in reverse mode.

Each node is text: "input", "constant 2.5", or an operation with the numbers of earlier nodes, counted
from 1: "add 1 2", "pow 3 1" (node 3 to the power of node 1), "sin 2". The last node is the output.
`inputs` are the values of the input nodes in turn.
"""

from __future__ import annotations

from collections.abc import Callable
from math import cos, exp, log, sin, sqrt, tanh
from typing import Any, NamedTuple

from .nested import Vector, _check_chosen
from .ranges import _numbers

Value = Callable[..., float]
FARTHEST, NEAREST, LARGEST_EXPONENT = 1e100, 1e-100, 200  # so that nothing overflows


class Operation(NamedTuple):
    """What a node computes from its parents' values, and its local derivative by each of them."""

    value: Value
    slopes: tuple[Value, ...]
    allowed: Callable[..., bool] = lambda *_: True


def _sigmoid(x: float) -> float:
    return 1 / (1 + exp(-x)) if x >= 0 else exp(x) / (1 + exp(x))


_OPERATIONS = {
    "add": Operation(lambda a, b: a + b, (lambda _a, _b: 1.0, lambda _a, _b: 1.0)),
    "sub": Operation(lambda a, b: a - b, (lambda _a, _b: 1.0, lambda _a, _b: -1.0)),
    "mul": Operation(lambda a, b: a * b, (lambda _a, b: b, lambda a, _b: a)),
    "div": Operation(
        lambda a, b: a / b,
        (lambda _a, b: 1 / b, lambda a, b: -a / b**2),
        lambda _a, b: abs(b) > NEAREST,
    ),
    "pow": Operation(
        lambda a, b: a**b,
        (lambda a, b: b * a ** (b - 1), lambda a, b: a**b * log(a)),
        lambda a, b: a > NEAREST and abs(b * log(a)) < LARGEST_EXPONENT,
    ),
    "max": Operation(
        max, (lambda a, b: float(a > b), lambda a, b: float(b > a)), lambda a, b: a != b
    ),
    "neg": Operation(lambda a: -a, (lambda _a: -1.0,)),
    "square": Operation(lambda a: a * a, (lambda a: 2 * a,)),
    "sqrt": Operation(sqrt, (lambda a: 0.5 / sqrt(a),), lambda a: a > NEAREST),
    "exp": Operation(exp, (exp,), lambda a: a < LARGEST_EXPONENT),
    "log": Operation(log, (lambda a: 1 / a,), lambda a: a > NEAREST),
    "sin": Operation(sin, (cos,)),
    "cos": Operation(cos, (lambda a: -sin(a),)),
    "tanh": Operation(tanh, (lambda a: 1 - tanh(a) ** 2,)),
    "sigmoid": Operation(_sigmoid, (lambda a: _sigmoid(a) * _sigmoid(-a),)),
    "relu": Operation(lambda a: max(a, 0.0), (lambda a: float(a > 0),), lambda a: a != 0),
}


def node_value(nodes: list[str], inputs: Vector, node: int) -> float:
    """The value of one node, counted from 1, in the forward pass"""
    _numbers(inputs=inputs)
    _check_chosen("node", node, len(nodes))
    return _values(nodes, inputs)[node - 1]


def node_value_by_torch(nodes: list[str], inputs: Vector, node: int) -> float:
    """torch's own operations in float64."""
    _check_chosen("node", node, len(nodes))
    return float(_torch_values(nodes, inputs)[0][node - 1].item())


def adjoint(nodes: list[str], inputs: Vector, node: int) -> float:
    """∂output/∂node: Σ over its uses of the user's adjoint · the local slope
    [Baydin et al. 2018, 3.2; Goodfellow et al. 2016, 6.5]"""
    _numbers(inputs=inputs)
    _check_chosen("node", node, len(nodes))
    return _adjoints(nodes, inputs)[node - 1]


def adjoint_by_autograd(nodes: list[str], inputs: Vector, node: int) -> float:
    """torch's backward pass from the last node."""
    import torch

    _check_chosen("node", node, len(nodes))
    values, _ = _torch_values(nodes, inputs)
    (slope,) = torch.autograd.grad(
        values[-1], values[node - 1], allow_unused=True, materialize_grads=True
    )
    return float(slope)


def adjoint_by_sympy(nodes: list[str], inputs: Vector, node: int) -> float:
    """The output as an expression of a symbol put in the node's place, differentiated, to 30 digits."""
    import sympy

    _check_chosen("node", node, len(nodes))
    _values(nodes, inputs)  # refuses what has no derivative
    symbol = sympy.Symbol("v", real=True)
    output = _symbolic(nodes, inputs, {node - 1: symbol})[-1]
    at = _symbolic(nodes, inputs, {})[node - 1]
    slope = sympy.diff(output, symbol).subs(symbol, sympy.N(at, 40))
    return float(sympy.N(slope, 30))


def gradient(nodes: list[str], inputs: Vector) -> Vector:
    """∂output/∂input for each input, all from one reverse pass   [Baydin et al. 2018, 3.2]"""
    _numbers(inputs=inputs)
    adjoints = _adjoints(nodes, inputs)
    return [adjoints[place] for place, text in enumerate(nodes) if text.split() == ["input"]]


def gradient_by_autograd(nodes: list[str], inputs: Vector) -> Vector:
    """torch's backward pass."""
    import torch

    values, leaves = _torch_values(nodes, inputs)
    slopes = torch.autograd.grad(values[-1], leaves, allow_unused=True, materialize_grads=True)
    return [float(slope) for slope in slopes]


def gradient_by_sympy(nodes: list[str], inputs: Vector) -> Vector:
    """The output as an expression of the inputs, differentiated by each, to 30 digits."""
    import sympy

    _values(nodes, inputs)  # refuses what has no derivative
    places = [place for place, text in enumerate(nodes) if text.split() == ["input"]]
    symbols = dict(zip(places, sympy.symbols(f"x:{len(places)}", real=True), strict=True))
    output = _symbolic(nodes, inputs, symbols)[-1]
    at = [(symbols[place], sympy.Rational(str(x))) for place, x in zip(places, inputs, strict=True)]
    return [float(sympy.N(output.diff(symbol).subs(at), 30)) for symbol, _ in at]


def tangent(nodes: list[str], inputs: Vector, direction: Vector, node: int) -> float:
    """Forward mode: the derivative of a node along a direction of the inputs, Σ local slope · tangent of
    the parent   [Baydin et al. 2018, 3.1]"""
    _numbers(inputs=inputs, direction=direction)
    _check_chosen("node", node, len(nodes))
    _check_direction(inputs, direction)
    values, ways = _values(nodes, inputs), iter(direction)
    tangents: Vector = []
    for name, parents in map(_parsed, nodes):
        here = [values[parent] for parent in parents]
        slopes = [slope(*here) for slope in _slopes(name)]
        moved = sum(s * tangents[p] for s, p in zip(slopes, parents, strict=True))
        tangents.append(next(ways) if name == "input" else moved)
    return float(tangents[node - 1])


def tangent_by_autograd(nodes: list[str], inputs: Vector, direction: Vector, node: int) -> float:
    """torch's gradient of the node, times the direction."""
    import torch

    _check_chosen("node", node, len(nodes))
    _check_direction(inputs, direction)
    values, leaves = _torch_values(nodes, inputs)
    slopes = torch.autograd.grad(
        values[node - 1], leaves, allow_unused=True, materialize_grads=True
    )
    return float(sum(float(s) * d for s, d in zip(slopes, direction, strict=True)))


def _parsed(text: str) -> tuple[str, list[int]]:
    """The operation, and its parents' places counted from 0."""
    name, *parts = text.split()
    return name, [int(part) - 1 for part in parts] if name in _OPERATIONS else []


def _graph(nodes: list[str]) -> list[tuple[str, list[int]]]:
    """All nodes, each found to be well formed."""
    if not nodes:
        raise ValueError("nodes must be at least 1, found none")
    return [_node(place, text) for place, text in enumerate(nodes)]


def _node(place: int, text: str) -> tuple[str, list[int]]:
    name, *parts = text.split() or [""]
    if name in ("input", "constant"):
        if len(parts) != (name == "constant"):
            raise ValueError(f'nodes must be "input" or "constant 2.5", found {text!r}')
        return name, []
    if name not in _OPERATIONS:
        known = ", ".join(["input", "constant", *_OPERATIONS])
        raise ValueError(f"an operation must be one of {known}, found {text!r}")
    count = len(_OPERATIONS[name].slopes)
    if len(parts) != count or any(not p.isdecimal() or not 1 <= int(p) <= place for p in parts):
        wanted = f"{count} of the {place} nodes before it"
        raise ValueError(f"node {place + 1} must name {wanted}, found {text!r}")
    return _parsed(text)


def _values(nodes: list[str], inputs: Vector) -> Vector:
    """The forward pass."""
    _check_inputs(nodes, inputs)
    given, values = iter(inputs), list[float]()
    for text, (name, parents) in zip(nodes, _graph(nodes), strict=True):
        here = [values[parent] for parent in parents]
        if name in ("input", "constant"):
            values.append(next(given) if name == "input" else float(text.split()[1]))
            continue
        if not _OPERATIONS[name].allowed(*here):
            raise ValueError(f"{name} must have a value and a derivative, found it at {here}")
        values.append(_OPERATIONS[name].value(*here))
        if abs(values[-1]) > FARTHEST:
            raise ValueError(f"values must be at most {FARTHEST:g}, found {values[-1]:g}")
    return values


def _slopes(name: str) -> tuple[Value, ...]:
    return _OPERATIONS[name].slopes if name in _OPERATIONS else ()


def _adjoints(nodes: list[str], inputs: Vector) -> Vector:
    """The reverse pass: adjoints of all nodes."""
    values = _values(nodes, inputs)
    adjoints = [0.0] * len(nodes)
    adjoints[-1] = 1.0
    for place in reversed(range(len(nodes))):
        name, parents = _parsed(nodes[place])
        here = [values[parent] for parent in parents]
        for slope, parent in zip(_slopes(name), parents, strict=True):
            adjoints[parent] += adjoints[place] * slope(*here)
    return adjoints


def _torch_values(nodes: list[str], inputs: Vector) -> tuple[list[Any], list[Any]]:
    """Tensors of all nodes, each part of torch's graph, and those of the inputs."""
    import torch

    _values(nodes, inputs)  # refuses what has no derivative
    names = {"div": "true_divide", "max": "maximum"}
    leaves = [torch.tensor(x, dtype=torch.float64, requires_grad=True) for x in inputs]
    given, values = iter(leaves), list[Any]()
    for text in nodes:
        name, parents = _parsed(text)
        here = [values[parent] for parent in parents]
        if name == "input":
            values.append(next(given))
        elif name == "constant":
            number = float(text.split()[1])
            values.append(torch.tensor(number, dtype=torch.float64, requires_grad=True))
        else:
            values.append(getattr(torch, names.get(name, name))(*here))
    return values, leaves


def _symbolic(nodes: list[str], inputs: Vector, replaced: dict[int, Any]) -> list[Any]:
    """All nodes as expressions, some of them replaced."""
    import sympy

    rules: dict[str, Any] = {
        "add": lambda a, b: a + b,
        "sub": lambda a, b: a - b,
        "mul": lambda a, b: a * b,
        "div": lambda a, b: a / b,
        "pow": lambda a, b: a**b,
        "max": sympy.Max,
        "neg": lambda a: -a,
        "square": lambda a: a**2,
        "sigmoid": lambda a: 1 / (1 + sympy.exp(-a)),
        "relu": lambda a: sympy.Max(a, 0),
    }
    given, found = iter(inputs), list[Any]()
    for place, text in enumerate(nodes):
        name, parents = _parsed(text)
        if name == "input":
            expression: Any = sympy.Rational(str(next(given)))
        elif name == "constant":
            expression = sympy.Rational(text.split()[1])
        else:
            rule = rules.get(name) or getattr(sympy, name)
            expression = rule(*(found[parent] for parent in parents))
        found.append(replaced.get(place, expression))
    return found


def _check_inputs(nodes: list[str], inputs: Vector) -> None:
    count = sum(text.split() == ["input"] for text in nodes)
    if len(inputs) != count:
        raise ValueError(f"inputs must be {count}, one per input node, found {len(inputs)}")


def _check_direction(inputs: Vector, direction: Vector) -> None:
    if len(direction) != len(inputs):
        raise ValueError(f"direction must have {len(inputs)} entries, found {len(direction)}")
