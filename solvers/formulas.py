"""The formulas of the activation functions: value, slope and curvature side by side, piece by piece."""

from __future__ import annotations

from collections.abc import Callable
from math import atan, cos, erfc, exp, expm1, log1p, pi, sin, sqrt, tanh
from typing import Literal, NamedTuple

Jet = tuple[float, float, float]  # f, f′, f″
Curve = Callable[[float, float], Jet]  # of the input x and the function's parameter
Activation = Literal[
    "identity",
    "linear",
    "heaviside",
    "sign",
    "sigmoid",
    "hard-sigmoid",
    "log-sigmoid",
    "tanh",
    "hard-tanh",
    "tanh-shrink",
    "soft-shrink",
    "hard-shrink",
    "softsign",
    "arctan",
    "relu",
    "relu6",
    "squared-relu",
    "leaky-relu",
    "prelu",
    "elu",
    "selu",
    "celu",
    "softplus",
    "gelu",
    "gelu-tanh",
    "silu",
    "swish",
    "hard-swish",
    "mish",
    "gaussian",
    "sine",
    "square",
]


class Pieces(NamedTuple):
    """Smooth curves, where they meet, and the value at a meeting point if it is neither's."""

    breaks: Callable[[float], tuple[float, ...]]
    curves: tuple[Curve, ...]
    at_break: Callable[[float], float] | None = None


def _s(x: float) -> Jet:
    """The sigmoid without overflow; its slope as σ(x) σ(−x), which keeps its digits far out."""
    small = exp(-abs(x))
    tail, bulk = small / (1 + small), 1 / (1 + small)
    s, rest = (bulk, tail) if x >= 0 else (tail, bulk)
    return s, s * rest, s * rest * (rest - s)


def _scaled(jet: Jet, outer: float, inner: float) -> Jet:
    """outer · f(inner · x), from the jet of f at inner · x."""
    f, f1, f2 = jet
    return outer * f, outer * inner * f1, outer * inner * inner * f2


def _gated(x: float, gate: Jet) -> Jet:
    """x · g(x), by the product rule."""
    g, g1, g2 = gate
    return x * g, g + x * g1, 2 * g1 + x * g2


def _softplus(x: float, b: float) -> Jet:
    s, s1, _ = _s(b * x)
    return max(x, 0.0) + log1p(exp(-abs(b * x))) / b, s, b * s1


def _log_sigmoid(x: float, _: float) -> Jet:
    f, f1, f2 = _softplus(-x, 1.0)
    return -f, f1, -f2


def _tanh(x: float, _: float = 0) -> Jet:
    _, slope, bend = _s(2 * x)
    return tanh(x), 4 * slope, 8 * bend


def _tanh_shrink(x: float, p: float) -> Jet:
    t, _, bend = _tanh(x)
    return x - t, t * t, -bend


def _softsign(x: float, sign: float) -> Jet:
    d = 1 + sign * x
    return x / d, 1 / d**2, -2 * sign / d**3


def _arctan(x: float, _: float) -> Jet:
    return atan(x), 1 / (1 + x * x), -2 * x / (1 + x * x) ** 2


def _exponential(a: float, x: float, width: float = 1.0) -> Jet:
    e = exp(x / width)
    return a * expm1(x / width), a / width * e, a / width**2 * e


def _normal(x: float) -> Jet:
    """The cumulative normal distribution Φ."""
    density = exp(-x * x / 2) / sqrt(2 * pi)
    return erfc(-x / sqrt(2)) / 2, density, -x * density


def _gelu_tanh(x: float, _: float) -> Jet:
    """x σ(u) with u = 2 √(2/π) (x + 0.044715 x³)   [Hendrycks & Gimpel 2016]"""
    c = 2 * sqrt(2 / pi)
    u, u1, u2 = c * (x + 0.044715 * x**3), c * (1 + 0.134145 * x * x), c * 0.26829 * x
    s, s1, s2 = _s(u)
    return _gated(x, (s, s1 * u1, s2 * u1 * u1 + s1 * u2))


def _mish(x: float, _: float) -> Jet:
    w, w1, w2 = _softplus(x, 1.0)
    t, t1, t2 = _tanh(w)
    return _gated(x, (t, t1 * w1, t2 * w1 * w1 + t1 * w2))


def _hard_swish(x: float, _: float) -> Jet:
    return x * (x + 3) / 6, (2 * x + 3) / 6, 1 / 3


def _gaussian(x: float, _: float) -> Jet:
    f = exp(-x * x)
    return f, -2 * x * f, (4 * x * x - 2) * f


def _line(slope: float, offset: float = 0.0) -> Curve:
    return lambda x, _: (slope * x + offset, slope, 0.0)


def _square(x: float, _: float) -> Jet:
    return x * x, 2 * x, 2.0


def _leaky(x: float, p: float) -> Jet:
    return p * x, p, 0.0


def _smooth(curve: Curve) -> Pieces:
    return Pieces(lambda _: (), (curve,))


def _joined(breaks: list[float], *curves: Curve) -> Pieces:
    return Pieces(lambda _: tuple(breaks), curves)


_ZERO, _ONE, _X = _line(0.0), _line(0.0, 1.0), _line(1.0)
_SCALE, _ALPHA = 1.0507009873554805, 1.6732632423543772  # [Klambauer et al. 2017]

FORMULAS: dict[str, Pieces] = {
    "identity": _smooth(_X),
    "linear": _smooth(_leaky),
    "heaviside": Pieces(lambda _: (0.0,), (_ZERO, _ONE), lambda p: p),
    "sign": Pieces(lambda _: (0.0,), (_line(0.0, -1.0), _ONE), lambda _: 0.0),
    "sigmoid": _smooth(lambda x, _: _s(x)),
    "hard-sigmoid": Pieces(
        lambda p: (-0.5 / p, 0.5 / p), (_ZERO, lambda x, p: (p * x + 0.5, p, 0.0), _ONE)
    ),
    "log-sigmoid": _smooth(_log_sigmoid),
    "tanh": _smooth(_tanh),
    "hard-tanh": _joined([-1.0, 1.0], _line(0.0, -1.0), _X, _ONE),
    "tanh-shrink": _smooth(_tanh_shrink),
    "soft-shrink": Pieces(
        lambda p: (-p, p), (lambda x, p: (x + p, 1.0, 0.0), _ZERO, lambda x, p: (x - p, 1.0, 0.0))
    ),
    "hard-shrink": Pieces(lambda p: (-p, p), (_X, _ZERO, _X), lambda _: 0.0),
    "softsign": _joined([0.0], lambda x, _: _softsign(x, -1), lambda x, _: _softsign(x, 1)),
    "arctan": _smooth(_arctan),
    "relu": _joined([0.0], _ZERO, _X),
    "relu6": _joined([0.0, 6.0], _ZERO, _X, _line(0.0, 6.0)),
    "squared-relu": _joined([0.0], _ZERO, _square),
    "leaky-relu": _joined([0.0], _leaky, _X),
    "prelu": _joined([0.0], _leaky, _X),
    "elu": _joined([0.0], lambda x, a: _exponential(a, x), _X),
    "selu": _joined([0.0], lambda x, _: _exponential(_SCALE * _ALPHA, x), _line(_SCALE)),
    "celu": _joined([0.0], lambda x, a: _exponential(a, x, a), _X),
    "softplus": _smooth(_softplus),
    "gelu": _smooth(lambda x, _: _gated(x, _normal(x))),
    "gelu-tanh": _smooth(_gelu_tanh),
    "silu": _smooth(lambda x, _: _gated(x, _s(x))),
    "swish": _smooth(lambda x, b: _gated(x, _scaled(_s(b * x), 1.0, b))),
    "hard-swish": _joined([-3.0, 3.0], _ZERO, _hard_swish, _X),
    "mish": _smooth(_mish),
    "gaussian": _smooth(_gaussian),
    "sine": _smooth(lambda x, _: (sin(x), cos(x), -sin(x))),
    "square": _smooth(_square),
}
# What the parameter of a function is, for those that have one.
PARAMETERS = {
    "linear": "the slope",
    "heaviside": "the value at 0, from 0 to 1",
    "hard-sigmoid": "the slope in the middle, above 0",
    "soft-shrink": "the threshold, above 0",
    "hard-shrink": "the threshold, above 0",
    "leaky-relu": "the slope for negative inputs",
    "prelu": "the slope for negative inputs",
    "elu": "the depth α, above 0",
    "celu": "the depth α, above 0",
    "softplus": "the sharpness β, above 0",
    "swish": "the sharpness β, above 0",
}
