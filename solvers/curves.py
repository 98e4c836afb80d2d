"""What an activation function's curve is like: range, limits, steepness, kinks, moments, traits."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from math import cos, exp, inf, isclose, pi, sqrt
from typing import Any, Literal

from .formulas import FORMULAS, Activation, Jet
from .functions import FARTHEST, _jet, _parameter, _symbolic, _torch_function


def value_range(function: Activation, parameter: float | None = None) -> list[float]:
    """[inf f, sup f] over all real inputs, attained or not"""
    return _extremes(function, _parameter(function, parameter), order=0)


def value_range_by_torch(function: Activation, parameter: float | None = None) -> list[float]:
    """The smallest and largest of torch's values on a wide grid that zooms in on them."""
    f = _torch_function(function, _parameter(function, parameter))
    return _zoomed(f, far=FARTHEST)


def slope_range(function: Activation, parameter: float | None = None) -> list[float]:
    """[inf f′, sup f′] over all inputs; at a kink both one-sided slopes count"""
    return _extremes(function, _parameter(function, parameter), order=1)


def slope_range_by_autograd(function: Activation, parameter: float | None = None) -> list[float]:
    """The same zooming search over autograd's slopes."""
    f = _torch_function(function, _parameter(function, parameter))
    return _zoomed(partial(_autograd_slopes, f), far=1e30)


def lipschitz(function: Activation, parameter: float | None = None) -> float:
    """The largest |f(x) − f(y)| / |x − y|: the steepest slope, ∞ for a function that jumps"""
    p = _parameter(function, parameter)
    if any(_jet(function, x, p, "left")[0] != v for x, v in _right_values(function, p)):
        return inf
    return max(map(abs, _extremes(function, p, order=1)))


def lipschitz_by_differences(function: Activation, parameter: float | None = None) -> float:
    """The steepest chord of torch's values between neighbours on a grid, refined around it."""
    import torch

    f = _torch_function(function, _parameter(function, parameter))
    sizes = torch.logspace(-6, 4, 2001, dtype=torch.float64)
    x, steepest, width = torch.cat([-sizes.flip(0), 0 * sizes[:1], sizes]), 0.0, inf
    while width > 1e-7:
        chords = (torch.diff(f(x)) / torch.diff(x)).abs()
        place, steepest = int(chords.argmax()), float(chords.max())
        low, high = x[max(place - 1, 0)], x[min(place + 2, len(x) - 1)]
        width = float(high - low) / max(1.0, float(high.abs()))
        x = torch.linspace(float(low), float(high), 31, dtype=torch.float64)
    return inf if steepest > 1e4 else steepest


def limits(function: Activation, parameter: float | None = None) -> list[float]:
    """[lim f for x → −∞, lim f for x → +∞]"""
    return _far_out(function, _parameter(function, parameter), order=0)


def limits_by_sympy(function: Activation, parameter: float | None = None) -> list[float]:
    """Limits of sympy."""
    return _symbolic_limits(function, _parameter(function, parameter), order=0)


def slope_limits(function: Activation, parameter: float | None = None) -> list[float]:
    """[lim f′ for x → −∞, lim f′ for x → +∞]: 0 where the function saturates"""
    return _far_out(function, _parameter(function, parameter), order=1)


def slope_limits_by_sympy(function: Activation, parameter: float | None = None) -> list[float]:
    """Limits by sympy of the symbolic derivative."""
    return _symbolic_limits(function, _parameter(function, parameter), order=1)


def kinks(function: Activation, parameter: float | None = None) -> list[float]:
    """The inputs at which f has no derivative: it jumps, or its one-sided slopes differ"""
    p = _parameter(function, parameter)
    sides = [
        (x, _jet(function, x, p, "left"), _jet(function, x, p, "right"))
        for x in _breaks(function, p)
    ]
    return [x for x, left, right in sides if left[:2] != right[:2]]


def kinks_by_sympy(function: Activation, parameter: float | None = None) -> list[float]:
    """Each end of a symbolic piece, where the neighbours' values or derivatives differ."""
    import sympy

    x, p = sympy.Symbol("x", real=True), sympy.Rational(_parameter(function, parameter))
    found = []
    for (left, _, end), (right, _, _) in pairwise(_symbolic(function, x, p)):
        gap = left - right
        if gap.subs(x, end) != 0 or sympy.diff(gap, x).subs(x, end) != 0:
            found.append(float(end))
    return found


def moment(
    function: Activation,
    order: int,
    of: Literal["value", "slope"] = "value",
    parameter: float | None = None,
) -> float:
    """E[f(Z)ᵏ] or E[f′(Z)ᵏ] for Z ~ N(0, 1): order 1 is the mean output, 1/order 2 He's gain squared"""
    p, which = _moment_arguments(function, order, of, parameter)
    cuts = sorted(
        {x / 2 for x in range(-20, 21)} | {b for b in _breaks(function, p) if abs(b) < 10}
    )
    total = 0.0
    for low, high in pairwise(cuts):
        half, middle = (high - low) / 2, (high + low) / 2
        for node, weight in _GAUSS:
            x = middle + half * node
            density = exp(-x * x / 2) / sqrt(2 * pi)
            total += half * weight * density * _jet(function, x, p, "left")[which] ** order
    return total


def moment_by_quadrature(
    function: Activation,
    order: int,
    of: Literal["value", "slope"] = "value",
    parameter: float | None = None,
) -> float:
    """mpmath's adaptive integral of the symbolic pieces against the normal density."""
    import mpmath  # type: ignore[import-untyped]
    import sympy

    p, which = _moment_arguments(function, order, of, parameter)
    x, total = sympy.Symbol("x", real=True), mpmath.mpf(0)
    for expr, low, high in _symbolic(function, x, sympy.Rational(p)):
        f = sympy.lambdify(x, sympy.diff(expr, x, which), "mpmath")
        points = sorted(
            {max(low, -12), min(high, 12)} | {k for k in range(-12, 13) if low < k < high}
        )
        integral = mpmath.quad(partial(_weighted, f, order), [mpmath.mpf(float(c)) for c in points])
        total += integral if points[0] < points[-1] else 0
    return float(total)


def _legendre(x: float, degree: int) -> tuple[float, float]:
    """Legendre's polynomial and its derivative."""
    before, now = 1.0, x
    for k in range(2, degree + 1):
        before, now = now, ((2 * k - 1) * x * now - (k - 1) * before) / k
    return now, degree * (x * now - before) / (x * x - 1)


def _gauss(degree: int) -> list[tuple[float, float]]:
    """Gauss's nodes and weights on [−1, 1], the nodes by Newton's method."""
    found = []
    for k in range(degree):
        x = cos(pi * (k + 0.75) / (degree + 0.5))
        for _ in range(6):
            f, slope = _legendre(x, degree)
            x -= f / slope
        found.append((x, 2 / ((1 - x * x) * _legendre(x, degree)[1] ** 2)))
    return found


_GAUSS = _gauss(8)
_SIZES = [10 ** (k / 8) for k in range(-40, 33)]
_GRID = [*(-x for x in reversed(_SIZES)), 0.0, *_SIZES]


def _breaks(function: Activation, p: float) -> tuple[float, ...]:
    return FORMULAS[function].breaks(p)


def _right_values(function: Activation, p: float) -> list[tuple[float, float]]:
    return [(x, _jet(function, x, p, "right")[0]) for x in _breaks(function, p)]


def _boundless(value: float) -> float:
    """What a value far out tends to: infinity or 0 where it is huge or tiny."""
    if abs(value) > 1e20:
        return inf if value > 0 else -inf
    return value if abs(value) > 1e-30 else 0.0


def _extremes(function: Activation, p: float, order: int) -> list[float]:
    """Smallest and largest of f or f′ over a grid, all pieces' ends, and where the next one is 0."""
    ends = [-FARTHEST, *_breaks(function, p), FARTHEST]
    at_break = FORMULAS[function].at_break
    grid = [x / p for x in _GRID] if function == "swish" else _GRID  # its extrema lie at c/β
    found = [at_break(p)] if at_break is not None and order == 0 else []
    for curve, (low, high) in zip(FORMULAS[function].curves, pairwise(ends), strict=True):
        f = partial(_at, curve, p)
        jets = [(x, f(x)) for x in [low, *(x for x in grid if low < x < high), high]]
        found += [jet[order] for _, jet in jets]
        for (a, left), (b, right) in pairwise(jets):
            if left[order + 1] * right[order + 1] < 0:
                found.append(f(_root(lambda x, f=f: f(x)[order + 1], a, b))[order])  # type: ignore[misc]
    return [_boundless(min(found)), _boundless(max(found))]


def _at(curve: Callable[[float, float], Jet], p: float, x: float) -> Jet:
    return curve(x, p)


def _root(f: Callable[[float], float], low: float, high: float) -> float:
    """Bisection; an extremum is known twice as exactly as its place."""
    rising = f(high) > 0
    for _ in range(34):
        middle = (low + high) / 2
        if (f(middle) > 0) == rising:
            high = middle
        else:
            low = middle
    return (low + high) / 2


def _far_out(function: Activation, p: float, order: int) -> list[float]:
    found = []
    for end in (-FARTHEST, FARTHEST):
        nearer, far = (_boundless(_jet(function, x, p, "left")[order]) for x in (end / 2, end))
        if nearer != far and not isclose(nearer, far):
            raise ValueError(f"function must be one that has limits, found {function}")
        found.append(far)
    return found


def _symbolic_limits(function: Activation, p: float, order: int) -> list[float]:
    import sympy

    x = sympy.Symbol("x", real=True)
    pieces = _symbolic(function, x, sympy.Rational(p).limit_denominator(10**6))
    ends = [(pieces[0][0], -sympy.oo), (pieces[-1][0], sympy.oo)]
    found = [sympy.limit(sympy.diff(expr, x, order), x, end) for expr, end in ends]
    if any(isinstance(limit, sympy.AccumBounds) for limit in found):
        raise ValueError(f"function must be one that has limits, found {function}")
    return [float(limit) for limit in found]


def _moment_arguments(
    function: Activation, order: int, of: str, parameter: float | None
) -> tuple[float, int]:
    if not 1 <= order <= 4:
        raise ValueError(f"order must be from 1 to 4, found {order}")
    return _parameter(function, parameter), ("value", "slope").index(of)


def _weighted(f: Callable[[Any], Any], order: int, x: Any) -> Any:
    import mpmath

    return f(x) ** order * mpmath.npdf(x)


def _autograd_slopes(f: Callable[[Any], Any], x: Any) -> Any:
    import torch

    x = x.detach().requires_grad_()
    return torch.autograd.grad(f(x).sum(), x)[0]


def _zoomed(f: Callable[[Any], Any], far: float) -> list[float]:
    """Smallest and largest of f on a grid from 1e-12 to 1e12 of both signs, refined around both."""
    import torch

    sizes = torch.logspace(-12, 12, 4801, dtype=torch.float64)
    ends = torch.tensor([far], dtype=torch.float64)
    grid = torch.cat([-ends, -sizes.flip(0), 0 * ends, sizes, ends])
    found = []
    for sign in (-1, 1):
        x = grid
        best = -inf
        for _ in range(8):
            values = sign * f(x)
            best = max(best, float(values.max()))
            place = int(values.argmax())
            low, high = float(x[max(place - 1, 0)]), float(x[min(place + 1, len(x) - 1)])
            x = torch.linspace(low, high, 401, dtype=torch.float64)
        found.append(_boundless(sign * best))
    return found
