"""Identities of activations: how far they are out at some points, and proofs for all inputs by sympy.

A solver measures the largest gap, 0 where only rounding is left; its witness `_by_identity` simplifies the
same gap symbolically. The arguments say what is claimed, so that a false variant can be tried as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import cosh, exp, log, tanh
from typing import Any, Literal

from .curves import slope_range
from .functions import derivative, value
from .ranges import _in_float64, _numbers, _one_of

Squasher = Literal["sigmoid", "tanh"]
Gated = Literal["silu", "gelu", "mish"]
POINTS = (-3.0, -1.25, -0.5, 0.75, 2.0)


def tanh_as_sigmoid_gap(outer: float, inner: float, shift: float) -> float:
    """|tanh x − (outer σ(inner x) + shift)|: 0 for 2, 2 and −1"""
    _numbers(outer=outer, inner=inner, shift=shift)
    return _largest_gap(tanh(x) - outer * value("sigmoid", inner * x) - shift for x in POINTS)


def tanh_as_sigmoid_gap_by_identity(outer: float, inner: float, shift: float) -> float:
    """Both sides in exponentials, the difference simplified."""
    import sympy as sp

    x, o, i, s = _x(), *map(sp.Rational, (outer, inner, shift))
    return _proved(sp.tanh(x) - o / (1 + sp.exp(-i * x)) - s)


def reflection_gap(function: Squasher, total: float) -> float:
    """|f(x) + f(−x) − total|: total is 1 for the sigmoid and 0 for tanh, which is odd"""
    _numbers(total=total)
    return _largest_gap(value(function, x) + value(function, -x) - total for x in POINTS)


def reflection_gap_by_identity(function: Squasher, total: float) -> float:
    """The sum of the function and its mirror image, simplified."""
    import sympy as sp

    f = _squasher(function)
    return _proved(f + f.subs(_x(), -_x()) - sp.Rational(total))


def slope_rule_gap(function: Squasher, constant: float, linear: float, square: float) -> float:
    """|f′ − (c + l f + s f²)|: σ′ = σ − σ² and tanh′ = 1 − tanh²"""
    _numbers(constant=constant, linear=linear, square=square)
    outputs = [(derivative(function, x), value(function, x)) for x in POINTS]
    return _largest_gap(f1 - constant - linear * f - square * f * f for f1, f in outputs)


def slope_rule_gap_by_identity(
    function: Squasher, constant: float, linear: float, square: float
) -> float:
    """The symbolic derivative against the polynomial in the output."""
    import sympy as sp

    f, (c, m, s) = _squasher(function), map(sp.Rational, (constant, linear, square))
    return _proved(sp.diff(f, _x()) - c - m * f - s * f**2)


def steepest_slope(function: Literal["sigmoid", "tanh", "arctan", "gaussian"]) -> float:
    """sup f′: 1/4 for the sigmoid, 1 for tanh"""
    return slope_range(function)[1]


def steepest_slope_by_identity(
    function: Literal["sigmoid", "tanh", "arctan", "gaussian"],
) -> float:
    """f′ at every solution of f″ = 0, and its limits; exp x = u makes the equation algebraic."""
    import sympy as sp

    x, u = _x(), sp.Symbol("u", positive=True)
    inner = sp.log(u) if function in ("sigmoid", "tanh") else u - 1 / u  # both reach every number
    f = {
        "sigmoid": 1 / (1 + sp.exp(-x)),
        "tanh": (sp.exp(2 * x) - 1) / (sp.exp(2 * x) + 1),
        "arctan": sp.atan(x),
        "gaussian": sp.exp(-(x**2)),
    }[function]
    bend = sp.simplify(sp.diff(f, x, 2).subs(x, inner))
    slopes = [sp.diff(f, x).subs(x, inner.subs(u, root)) for root in sp.solve(bend, u)]
    ends = [sp.limit(sp.diff(f, x), x, end) for end in (-sp.oo, sp.oo)]
    return float(max(sp.N(slope, 30) for slope in [*slopes, *ends]))


def gated_difference_gap(function: Gated, coefficient: float) -> float:
    """|f(x) − f(−x) − coefficient x|: 0 for SiLU and GELU with 1, whose gates sum to 1; never for Mish"""
    _numbers(coefficient=coefficient)
    pairs = ((x, value(function, x) - value(function, -x)) for x in POINTS)
    return _largest_gap(difference - coefficient * x for x, difference in pairs)


def gated_difference_gap_by_identity(function: Gated, coefficient: float) -> float:
    """The function less its mirror image, simplified."""
    import sympy as sp

    x = _x()
    f = {
        "silu": x / (1 + sp.exp(-x)),
        "gelu": x * (1 + sp.erf(x / sp.sqrt(2))) / 2,
        "mish": x * ((1 + sp.exp(x)) ** 2 - 1) / ((1 + sp.exp(x)) ** 2 + 1),
    }[function]
    return _proved(f - f.subs(x, -x) - sp.Rational(coefficient) * x)


def silu_slope_gap(product_rule: bool) -> float:
    """|silu′ − (σ + x σ (1 − σ))|, the second term only if the product rule was heeded"""
    return _largest_gap(
        derivative("silu", x) - value("sigmoid", x) - product_rule * x * derivative("sigmoid", x)
        for x in POINTS
    )


def silu_slope_gap_by_identity(product_rule: bool) -> float:
    """The symbolic derivative of x σ(x)."""
    import sympy as sp

    x, s = _x(), _squasher("sigmoid")
    return _proved(sp.diff(x * s, x) - s - int(product_rule) * x * s * (1 - s))


def mish_gate_gap(power: int) -> float:
    """|tanh(softplus x) − (wᵏ − 1)/(wᵏ + 1)| with w = 1 + eˣ: 0 for k = 2"""
    with _in_float64():
        gates = ((value("mish", x) / x, (1 + exp(x)) ** power) for x in POINTS)
        return _largest_gap(gate - (w - 1) / (w + 1) for gate, w in gates)


def mish_gate_gap_by_identity(power: int) -> float:
    """tanh of the logarithm, written in exponentials."""
    import sympy as sp

    w = 1 + sp.exp(_x())
    return _proved(sp.tanh(sp.log(w)).rewrite(sp.exp) - (w**power - 1) / (w**power + 1))


def softplus_slope_gap(sharpness: float) -> float:
    """|softplus′ − σ(sharpness · x)|: 0 for 1"""
    slopes = ((x, derivative("softplus", x, 1.0)) for x in POINTS)
    return _largest_gap(slope - value("sigmoid", sharpness * x) for x, slope in slopes)


def softplus_slope_gap_by_identity(sharpness: float) -> float:
    """The symbolic derivative of ln(1 + eˣ)."""
    import sympy as sp

    x, b = _x(), sp.Rational(sharpness)
    return _proved(sp.diff(sp.log(1 + sp.exp(x)), x) - 1 / (1 + sp.exp(-b * x)))


def softplus_difference_gap(coefficient: float) -> float:
    """|softplus(x) − softplus(−x) − coefficient x|: 0 for 1"""
    _numbers(coefficient=coefficient)
    pairs = ((x, value("softplus", x, 1.0) - value("softplus", -x, 1.0)) for x in POINTS)
    return _largest_gap(difference - coefficient * x for x, difference in pairs)


def softplus_difference_gap_by_identity(coefficient: float) -> float:
    """The logarithms joined: ln((1 + eˣ)/(1 + e⁻ˣ)) and its quotient simplified."""
    import sympy as sp

    x = _x()
    quotient = sp.simplify((1 + sp.exp(x)) / (1 + sp.exp(-x)))
    return _proved(sp.log(quotient) - sp.Rational(coefficient) * x)


def relu_split_gap(sign: int, result: Literal["x", "|x|"]) -> float:
    """|relu(x) + sign · relu(−x) − result|: minus gives x, plus gives |x|"""
    _one_of(("x", "|x|"), result=result)
    wanted: Callable[[float], float] = abs if result == "|x|" else float
    return _largest_gap(value("relu", x) + sign * value("relu", -x) - wanted(x) for x in POINTS)


def relu_split_gap_by_identity(sign: int, result: Literal["x", "|x|"]) -> float:
    """Both half-lines apart: x = r and x = −r with r > 0."""
    import sympy as sp

    r = sp.Symbol("r", positive=True)
    wanted = {"x": r, "|x|": sp.Abs(r)}[result], {"x": -r, "|x|": sp.Abs(-r)}[result]
    gaps = [sp.Max(x, 0) + sign * sp.Max(-x, 0) - w for x, w in zip((r, -r), wanted, strict=True)]
    sizes = {0: [x for x in POINTS if x > 0], 1: [-x for x in POINTS if x < 0]}
    return _largest_gap(float(g.subs(r, size)) for i, g in enumerate(gaps) for size in sizes[i])


def relu_scaling_gap(factor: float) -> float:
    """|relu(c x) − c relu(x)|: 0 for c ≥ 0 (positively homogeneous), not below"""
    return _largest_gap(value("relu", factor * x) - factor * value("relu", x) for x in POINTS)


def relu_scaling_gap_by_identity(factor: float) -> float:
    """The difference as a function on both half-lines, where relu is a straight line."""
    import sympy as sp

    c, r = sp.Rational(factor), sp.Symbol("r", positive=True)
    halves = {side: sp.Max(side * c * r, 0) - c * sp.Max(side * r, 0) for side in (1, -1)}
    steepness = {side: sp.simplify(gap / r) for side, gap in halves.items()}
    return float(max(abs(steepness[1 if x > 0 else -1]) * abs(x) for x in POINTS))


def elu_slope_gap(alpha: float, offset: float) -> float:
    """|f′ − (f + offset)| of ELU for negative x: 0 for offset α"""
    _numbers(alpha=alpha, offset=offset)
    below = [x for x in POINTS if x < 0]
    return _largest_gap(
        derivative("elu", x, alpha) - value("elu", x, alpha) - offset for x in below
    )


def elu_slope_gap_by_identity(alpha: float, offset: float) -> float:
    """The symbolic derivative of α (eˣ − 1)."""
    import sympy as sp

    x, a = _x(), sp.Rational(alpha)
    f = a * (sp.exp(x) - 1)
    return _proved(sp.diff(f, x) - f - sp.Rational(offset), [x for x in POINTS if x < 0])


def swish_limit(at: float, sharp: bool) -> float:
    """lim x σ(βx): relu(x) for β → ∞ if sharp, x/2 for β → 0"""
    return value("swish", at, 1e8 if sharp else 1e-12)


def swish_limit_by_sympy(at: float, sharp: bool) -> float:
    """The limit in β by sympy."""
    import sympy as sp

    b, x = sp.Symbol("b", positive=True), sp.Rational(at)
    return float(sp.limit(x / (1 + sp.exp(-b * x)), b, sp.oo if sharp else 0))


def log_cosh_offset() -> float:
    """lim |x| − ln cosh x: ln 2, by which log-cosh stays below the absolute error"""
    return 20.0 - log(cosh(20.0))


def log_cosh_offset_by_sympy() -> float:
    """The limit by sympy, of ln(eˣ / cosh x)."""
    import sympy as sp

    x = _x()
    return float(sp.log(sp.limit(2 / (1 + sp.exp(-2 * x)), x, sp.oo)))


def huber_jump(threshold: float, offset: float) -> float:
    """|½ d² − δ (|d| − offset · δ)| at d = δ: 0 for offset ½, so that the pieces meet"""
    _numbers(threshold=threshold, offset=offset)
    if threshold <= 0:
        raise ValueError(f"threshold must be positive, found {threshold}")
    return _largest_gap([threshold**2 / 2 - threshold * (threshold - offset * threshold)])


def huber_jump_by_sympy(threshold: float, offset: float) -> float:
    """The limits of both pieces where they meet."""
    import sympy as sp

    if threshold <= 0:
        raise ValueError(f"threshold must be positive, found {threshold}")
    d, k, c = sp.Symbol("d", positive=True), sp.Rational(threshold), sp.Rational(offset)
    inside, outside = sp.limit(d**2 / 2, d, k, "-"), sp.limit(k * (d - c * k), d, k, "+")
    return float(abs(inside - outside))


def _largest_gap(gaps: Iterable[float]) -> float:
    """The largest in magnitude, where rounding errors below 1e-12 count as 0"""
    worst = max(map(abs, gaps))
    return float(worst) if worst > 1e-12 else 0.0


def _x() -> Any:
    import sympy

    return sympy.Symbol("x", real=True)


def _squasher(function: Squasher) -> Any:
    import sympy as sp

    x = _x()
    return 1 / (1 + sp.exp(-x)) if function == "sigmoid" else sp.tanh(x)


def _proved(gap: Any, points: Iterable[float] = POINTS) -> float:
    """0 if the gap vanishes for all x by simplification, else its largest size at the points."""
    import sympy as sp

    simple = sp.simplify(gap.rewrite(sp.exp))
    if simple == 0:
        return 0.0
    return max(abs(float(sp.N(gap.subs(_x(), sp.Rational(x)), 20))) for x in points)
