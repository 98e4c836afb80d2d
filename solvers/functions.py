"""Activation functions by name: value, first and second derivative, and slope in the parameter.

The parameter is the slope, depth, sharpness or threshold of the functions that have one: see `formulas`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from math import exp, expm1
from typing import Any, Literal

from .formulas import FORMULAS, PARAMETERS, Activation, Jet
from .ranges import _one_of

FARTHEST = 1e50  # larger inputs are refused, so that no square or cube overflows


def value(function: Activation, at: float, parameter: float | None = None) -> float:
    """f(at), for example gelu(x) = x Φ(x), silu(x) = x σ(x), mish(x) = x tanh(ln(1 + eˣ))"""
    p, x = _parameter(function, parameter), _input(at)
    breaks, _, at_break = FORMULAS[function]
    if x in breaks(p) and at_break is not None:
        return at_break(p)
    return _jet(function, x, p, "right")[0]


def value_by_torch(function: Activation, at: float, parameter: float | None = None) -> float:
    """torch's own function in float64."""
    import torch

    p = _parameter(function, parameter)
    return float(_torch_function(function, p)(torch.tensor(_input(at), dtype=torch.float64)))


def derivative(
    function: Activation,
    at: float,
    parameter: float | None = None,
    side: Literal["both", "left", "right"] = "both",
) -> float:
    """f′(at), or the slope on one side; refused where both are asked and the sides differ"""
    _one_of(("both", "left", "right"), side=side)
    return _from_sides(function, at, parameter, side, order=1)


def derivative_by_autograd(
    function: Activation,
    at: float,
    parameter: float | None = None,
    side: Literal["both", "left", "right"] = "both",
) -> float:
    """Autograd through torch's function, a few roundings to the left and to the right."""
    import torch

    p, hair = _parameter(function, parameter), max(1e-15 * abs(_input(at)), 1e-300)
    x = torch.tensor([at - hair, at + hair], dtype=torch.float64, requires_grad=True)
    values = _torch_function(function, p)(x)
    left, right = (float(slope) for slope in torch.autograd.grad(values.sum(), x)[0])
    if side != "both":
        return left if side == "left" else right
    jump = torch.diff(values.detach())[0]
    if abs(left - right) > 1e-9 * max(1.0, abs(left)) or abs(jump) > 1e-9 * max(1.0, abs(at) ** 2):
        raise ValueError(f"at must be where {function} has one derivative, found {at}")
    return (left + right) / 2


def second_derivative(
    function: Activation,
    at: float,
    parameter: float | None = None,
    side: Literal["both", "left", "right"] = "both",
) -> float:
    """f″(at), or the curvature on one side; refused where both are asked and the sides differ"""
    _one_of(("both", "left", "right"), side=side)
    return _from_sides(function, at, parameter, side, order=2)


def second_derivative_by_sympy(
    function: Activation,
    at: float,
    parameter: float | None = None,
    side: Literal["both", "left", "right"] = "both",
) -> float:
    """The symbolic function differentiated twice, then evaluated with 30 digits."""
    import sympy

    x, p = sympy.Symbol("x", real=True), sympy.Rational(_parameter(function, parameter))
    point = sympy.Rational(_input(at))
    near = [expr for expr, low, high in _symbolic(function, x, p) if low <= point <= high]
    sides = {"left": near[:1], "right": near[-1:], "both": near}[side]
    for order in range(3):
        found = [sympy.N(sympy.diff(expr, x, order).subs(x, point), 30) for expr in sides]
        if max(found) - min(found) > 1e-12:
            raise ValueError(f"at must be where {function} bends once, found {at}")
    return float(found[0])


def parameter_derivative(function: Activation, at: float, parameter: float | None = None) -> float:
    """∂f/∂parameter at an input: PReLU min(x, 0), ELU eˣ − 1 below 0, swish x² σ′(βx)"""
    p, x = _parameter(function, parameter), _input(at)
    return _learned(function)(x, p)


def parameter_derivative_by_differences(
    function: Activation, at: float, parameter: float | None = None
) -> float:
    """The difference quotient of torch's values for two close parameters."""
    import torch

    p, x = _parameter(function, parameter), torch.tensor(_input(at), dtype=torch.float64)
    _learned(function)
    h = 1e-5 * max(abs(p), 1e-3)
    high, low = (float(_torch_function(function, q)(x)) for q in (p + h, p - h))
    return (high - low) / (2 * h)


def _jet(function: Activation, x: float, p: float, side: str) -> Jet:
    breaks, curves, _ = FORMULAS[function]
    place = bisect_left if side == "left" else bisect_right
    return curves[place(breaks(p), x)](x, p)


def _from_sides(
    function: Activation, at: float, parameter: float | None, side: str, order: int
) -> float:
    p, x = _parameter(function, parameter), _input(at)
    left, right = _jet(function, x, p, "left"), _jet(function, x, p, "right")
    if side == "both" and left[: order + 1] != right[: order + 1]:
        raise ValueError(
            f"at must be where {function} has derivative {order}, or side left or right, found {at}"
        )
    return (left if side == "left" else right)[order]


def _elu_by_depth(x: float, _: float) -> float:
    return expm1(min(x, 0.0))


def _celu_by_depth(x: float, a: float) -> float:
    z = min(x, 0.0) / a
    return expm1(z) - z * exp(z)


def _softplus_by_sharpness(x: float, b: float) -> float:
    f, f1, _ = FORMULAS["softplus"].curves[0](x, b)
    return (x * f1 - f) / b


def _swish_by_sharpness(x: float, b: float) -> float:
    return x * (x * FORMULAS["sigmoid"].curves[0](b * x, 0.0)[1])


_BY_PARAMETER: dict[str, Callable[[float, float], float]] = {
    "linear": lambda x, _: x,
    "leaky-relu": lambda x, _: min(x, 0.0),
    "prelu": lambda x, _: min(x, 0.0),
    "elu": _elu_by_depth,
    "celu": _celu_by_depth,
    "softplus": _softplus_by_sharpness,
    "swish": _swish_by_sharpness,
}


def _learned(function: Activation) -> Callable[[float, float], float]:
    if function not in _BY_PARAMETER:
        raise ValueError(f"function must be one of {', '.join(_BY_PARAMETER)}, found {function}")
    return _BY_PARAMETER[function]


def _input(at: float) -> float:
    if not abs(at) <= FARTHEST:
        raise ValueError(f"at must be from −1e50 to 1e50, found {at}")
    return at


def _parameter(function: Activation, parameter: float | None) -> float:
    """The parameter, 0 for a function that has none; refused where one is missing or out of range."""
    if function not in FORMULAS:
        raise ValueError(f"function must be one of {', '.join(FORMULAS)}, found {function}")
    meaning = PARAMETERS.get(function)
    if meaning is None:
        if parameter is not None:
            raise ValueError(f"parameter must be left out for {function}, found {parameter}")
        return 0.0
    low = 0 if "from 0" in meaning else 1e-12 if "above 0" in meaning else -1e9
    if parameter is None or not low <= parameter <= (1 if "to 1" in meaning else 1e9):
        raise ValueError(f"parameter of {function} must be {meaning}, found {parameter}")
    return parameter


def _torch_function(function: Activation, p: float) -> Callable[[Any], Any]:
    import torch
    from torch.nn import functional as F

    bell = torch.distributions.Normal(0.0, torch.tensor(0.5, dtype=torch.float64).sqrt())
    functions: dict[str, Callable[[Any], Any]] = {
        "identity": torch.nn.Identity(),
        "linear": lambda x: torch.mul(x, p),
        "heaviside": lambda x: torch.where(x == 0, p, (torch.sign(x) + 1) / 2),
        "sign": torch.sign,
        "sigmoid": torch.sigmoid,
        "hard-sigmoid": lambda x: torch.clamp(p * x + 0.5, 0, 1),
        "log-sigmoid": F.logsigmoid,
        "tanh": torch.tanh,
        "hard-tanh": F.hardtanh,
        "tanh-shrink": F.tanhshrink,
        "soft-shrink": lambda x: F.softshrink(x, p),
        "hard-shrink": lambda x: F.hardshrink(x, p),
        "softsign": F.softsign,
        "arctan": torch.atan,
        "relu": F.relu,
        "relu6": F.relu6,
        "squared-relu": lambda x: torch.square(F.relu(x)),
        "leaky-relu": lambda x: F.leaky_relu(x, p),
        "prelu": lambda x: F.prelu(x, torch.tensor([p], dtype=torch.float64)),
        "elu": lambda x: F.elu(x, p),
        "selu": F.selu,
        "celu": lambda x: p * F.celu(x / p),  # its slopes for other α are rounded to float32
        "softplus": lambda x: F.softplus(x, p, threshold=100),
        "gelu": F.gelu,
        "gelu-tanh": lambda x: F.gelu(x, approximate="tanh"),
        "silu": F.silu,
        "swish": lambda x: F.silu(p * x) / p,
        "hard-swish": F.hardswish,
        "mish": F.mish,
        "gaussian": lambda x: (bell.log_prob(x) - bell.log_prob(0 * x)).exp(),  # type: ignore[no-untyped-call]
        "sine": torch.sin,
        "square": torch.square,
    }
    return functions[function]


def _symbolic(function: Activation, x: Any, p: Any) -> list[tuple[Any, Any, Any]]:
    """The function in sympy, as it is usually written: smooth pieces, each with its ends."""
    import sympy as sp

    sigmoid, half, oo = 1 / (1 + sp.exp(-x)), sp.Rational(1, 2), sp.oo
    scale, alpha = sp.Rational(1.0507009873554805), sp.Rational(1.6732632423543772)
    inner = sp.sqrt(2 / sp.pi) * (x + sp.Rational("0.044715") * x**3)
    grown = (1 + sp.exp(x)) ** 2
    smooth = {
        "identity": x,
        "linear": p * x,
        "sigmoid": sigmoid,
        "log-sigmoid": -sp.log(1 + sp.exp(-x)),
        "tanh": sp.tanh(x),
        "tanh-shrink": x - sp.tanh(x),
        "arctan": sp.atan(x),
        "softplus": sp.log(1 + sp.exp(p * x)) / p,
        "gelu": x * half * (1 + sp.erf(x / sp.sqrt(2))),
        "gelu-tanh": x / (1 + sp.exp(-2 * inner)),
        "silu": x * sigmoid,
        "swish": x / (1 + sp.exp(-p * x)),
        "mish": x * (grown - 1) / (grown + 1),
        "gaussian": sp.exp(-(x**2)),
        "sine": sp.sin(x),
        "square": x**2,
    }
    if function in smooth:
        return [(smooth[function], -oo, oo)]
    zero, one = sp.Integer(0), sp.Integer(1)
    two: dict[str, tuple[Any, Any]] = {
        "heaviside": (zero, one),
        "sign": (-one, one),
        "softsign": (x / (1 - x), x / (1 + x)),
        "relu": (zero, x),
        "squared-relu": (zero, x**2),
        "leaky-relu": (p * x, x),
        "prelu": (p * x, x),
        "elu": (p * (sp.exp(x) - 1), x),
        "selu": (scale * alpha * (sp.exp(x) - 1), scale * x),
        "celu": (p * (sp.exp(x / p) - 1), x),
    }
    if function in two:
        left, right = two[function]
        return [(left, -oo, zero), (right, zero, oo)]
    low, middle, high, start, end = {
        "hard-sigmoid": (zero, p * x + half, one, -half / (p or 1), half / (p or 1)),
        "hard-tanh": (-one, x, one, -one, one),
        "soft-shrink": (x + p, zero, x - p, -p, p),
        "hard-shrink": (x, zero, x, -p, p),
        "relu6": (zero, x, 6 * one, zero, 6 * one),
        "hard-swish": (zero, x * (x + 3) / 6, x, -3 * one, 3 * one),
    }[function]
    return [(low, -oo, start), (middle, start, end), (high, end, oo)]
