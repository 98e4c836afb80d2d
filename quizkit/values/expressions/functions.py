"""Functions of real numbers, each with the domain on which it has a value."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

from quizkit.values.expressions import transcendental as series
from quizkit.values.expressions.interval import Arithmetic, Interval, Real, Undefined, Unsure

LARGEST_FACTORIAL = 2000
ONE, TWO = Fraction(1), Fraction(2)


def _factorial(_: Arithmetic, n: Real) -> Real:
    if not isinstance(n, Fraction) or n.denominator != 1 or n < 0:
        raise Undefined
    if n > LARGEST_FACTORIAL:
        raise Unsure
    return Fraction(math.factorial(int(n)))


def _gamma(arithmetic: Arithmetic, x: Real) -> Real:
    """Γ at whole numbers and halves: Γ(n) = (n-1)!, Γ(1/2) = √π, Γ(x+1) = x Γ(x)."""
    if not isinstance(x, Fraction) or x.denominator > 2 or x > LARGEST_FACTORIAL:
        raise Unsure
    if x.denominator == 1:
        return _factorial(arithmetic, x - 1)
    if x < 0:
        raise Unsure
    steps = int(x - Fraction(1, 2))
    rising = Fraction(1)
    for k in range(steps):
        rising *= Fraction(2 * k + 1, 2)
    return arithmetic.mul(arithmetic.kept(rising), arithmetic.sqrt(series.pi(arithmetic)))


def _binomial(_: Arithmetic, n: Real, k: Real) -> Real:
    if (
        not (isinstance(n, Fraction) and isinstance(k, Fraction))
        or n.denominator * k.denominator != 1
    ):
        raise Undefined
    if n < 0 or k < 0:
        raise Undefined
    if n > LARGEST_FACTORIAL:
        raise Unsure
    return Fraction(math.comb(int(n), int(k)))


def _logarithm(arithmetic: Arithmetic, x: Real, base: Real | None = None) -> Real:
    if base is None:
        return arithmetic.log(x)
    if not (isinstance(x, Interval) or isinstance(base, Interval)) and min(x, base) > 0 != base - 1:
        exact = _whole_logarithm(x, base)
        if exact is not None:
            return Fraction(exact)
    return arithmetic.div(arithmetic.log(x), arithmetic.log(base))


def _whole_logarithm(x: Fraction, base: Fraction) -> int | None:
    """n where x is base^n."""
    bits = [math.log2(each.numerator) - math.log2(each.denominator) for each in (x, base)]
    if not bits[1]:  # a base too near 1 for floats
        return None
    n = round(bits[0] / bits[1])
    return n if abs(n) <= LARGEST_FACTORIAL and base**n == x else None


def _sigmoid(arithmetic: Arithmetic, x: Real) -> Real:
    return arithmetic.div(ONE, arithmetic.add(ONE, arithmetic.exp(arithmetic.neg(x))))


def _tanh(arithmetic: Arithmetic, x: Real) -> Real:
    if x == 0:
        return Fraction(0)
    double = arithmetic.exp(arithmetic.mul(TWO, x))
    return arithmetic.div(arithmetic.sub(double, ONE), arithmetic.add(double, ONE))


def _sinh(arithmetic: Arithmetic, x: Real) -> Real:
    a, b = arithmetic.exp(x), arithmetic.exp(arithmetic.neg(x))
    return arithmetic.div(arithmetic.sub(a, b), TWO)


def _cosh(arithmetic: Arithmetic, x: Real) -> Real:
    a, b = arithmetic.exp(x), arithmetic.exp(arithmetic.neg(x))
    return arithmetic.div(arithmetic.add(a, b), TWO)


def _asinh(arithmetic: Arithmetic, x: Real) -> Real:
    root = arithmetic.sqrt(arithmetic.add(arithmetic.mul(x, x), ONE))
    return arithmetic.log(arithmetic.add(x, root))


def _acosh(arithmetic: Arithmetic, x: Real) -> Real:
    if arithmetic.is_less(x, ONE):
        raise Undefined
    root = arithmetic.sqrt(arithmetic.sub(arithmetic.mul(x, x), ONE))
    return arithmetic.log(arithmetic.add(x, root))


def _atanh(arithmetic: Arithmetic, x: Real) -> Real:
    ratio = arithmetic.div(arithmetic.add(ONE, x), arithmetic.sub(ONE, x))
    return arithmetic.div(arithmetic.log(ratio), TWO)


def _softplus(arithmetic: Arithmetic, x: Real) -> Real:
    return arithmetic.log(arithmetic.add(ONE, arithmetic.exp(x)))


def _normal_cdf(arithmetic: Arithmetic, x: Real) -> Real:
    """Φ(x) = (1 + erf(x/√2)) / 2"""
    inner = series.erf(arithmetic, arithmetic.div(x, arithmetic.sqrt(TWO)))
    return arithmetic.div(arithmetic.add(ONE, inner), TWO)


def _normal_pdf(arithmetic: Arithmetic, x: Real) -> Real:
    """φ(x) = e^(-x²/2) / √(2π)"""
    above = arithmetic.exp(arithmetic.div(arithmetic.mul(x, x), Fraction(-2)))
    return arithmetic.div(above, arithmetic.sqrt(arithmetic.mul(TWO, series.pi(arithmetic))))


def _leaky(arithmetic: Arithmetic, x: Real, slope: Real = Fraction(1, 100)) -> Real:
    return x if arithmetic.sign(x) >= 0 else arithmetic.mul(slope, x)


def _elu(arithmetic: Arithmetic, x: Real, scale: Real = ONE) -> Real:
    if arithmetic.sign(x) > 0:
        return x
    return arithmetic.mul(scale, arithmetic.sub(arithmetic.exp(x), ONE))


def _mod(arithmetic: Arithmetic, a: Real, b: Real) -> Real:
    """What is left of a, with the sign of b."""
    whole = arithmetic.floor(arithmetic.div(a, b))
    return arithmetic.sub(a, arithmetic.mul(whole, b))


def _round(arithmetic: Arithmetic, x: Real) -> Real:
    if isinstance(x, Fraction) and x.denominator == 2:
        return Fraction(round(x))  # halves to the even neighbour, as Python and IEEE 754 do
    return arithmetic.floor(arithmetic.add(x, Fraction(1, 2)))


def _root(arithmetic: Arithmetic, x: Real, degree: Real) -> Real:
    if not isinstance(degree, Fraction) or degree.denominator != 1 or degree > 10**6:
        raise Undefined
    return arithmetic.root(x, int(degree))


def _quotient(above: Callable[..., Real] | None, below: Callable[..., Real]) -> Callable[..., Real]:
    """tan = sin/cos and the like; 1/cos where there is nothing above."""

    def quotient(arithmetic: Arithmetic, x: Real) -> Real:
        return arithmetic.div(ONE if above is None else above(arithmetic, x), below(arithmetic, x))

    return quotient


def _clip(arithmetic: Arithmetic, x: Real, low: Real, high: Real) -> Real:
    return _minimum(arithmetic, arithmetic.max(x, low), high)


def _minimum(arithmetic: Arithmetic, a: Real, b: Real) -> Real:
    return arithmetic.neg(arithmetic.max(arithmetic.neg(a), arithmetic.neg(b)))


SCALAR: dict[str, Callable[..., Real]] = {
    "+": Arithmetic.add,
    "-": Arithmetic.sub,
    "⊙": Arithmetic.mul,
    "/": Arithmetic.div,
    "*": Arithmetic.mul,
    "^": Arithmetic.power,
    "pow": Arithmetic.power,
    "neg": Arithmetic.neg,
    "percent": lambda a, x: a.div(x, Fraction(100)),
    "//": lambda a, x, y: a.floor(a.div(x, y)),
    "mod": _mod,
    "exp": Arithmetic.exp,
    "log": _logarithm,
    "log2": lambda a, x: _logarithm(a, x, TWO),
    "log10": lambda a, x: _logarithm(a, x, Fraction(10)),
    "log1p": lambda a, x: a.log(a.add(ONE, x)),
    "expm1": lambda a, x: a.sub(a.exp(x), ONE),
    "sqrt": Arithmetic.sqrt,
    "cbrt": lambda a, x: a.root(x, 3),
    "root": _root,
    "square": lambda a, x: a.whole_power(x, 2),
    "reciprocal": lambda a, x: a.div(ONE, x),
    "rsqrt": lambda a, x: a.div(ONE, a.sqrt(x)),
    "abs": Arithmetic.abs,
    "sign": lambda a, x: Fraction(a.sign(x)),
    "floor": Arithmetic.floor,
    "ceil": lambda a, x: -a.floor(a.neg(x)),
    "round": _round,
    "clip": _clip,
    "sin": series.sin,
    "cos": series.cos,
    "tan": _quotient(series.sin, series.cos),
    "cot": _quotient(series.cos, series.sin),
    "sec": _quotient(None, series.cos),
    "csc": _quotient(None, series.sin),
    "asin": series.asin,
    "acos": series.acos,
    "atan": series.atan,
    "sinh": _sinh,
    "cosh": _cosh,
    "tanh": _tanh,
    "coth": _quotient(None, _tanh),
    "sech": _quotient(None, _cosh),
    "asinh": _asinh,
    "acosh": _acosh,
    "atanh": _atanh,
    "sigmoid": _sigmoid,
    "sigmoid'": lambda a, x: a.mul(_sigmoid(a, x), _sigmoid(a, a.neg(x))),
    "tanh'": lambda a, x: a.sub(ONE, a.mul(_tanh(a, x), _tanh(a, x))),
    "softplus'": _sigmoid,
    "sin'": series.cos,
    "cos'": lambda a, x: a.neg(series.sin(a, x)),
    "exp'": Arithmetic.exp,
    "log'": lambda a, x: a.div(ONE, x),
    "logsigmoid": lambda a, x: a.neg(_softplus(a, a.neg(x))),
    "logit": lambda a, x: a.log(a.div(x, a.sub(ONE, x))),
    "relu": lambda a, x: a.max(x, Fraction(0)),
    "leakyrelu": _leaky,
    "elu": _elu,
    "softplus": _softplus,
    "logaddexp": lambda a, x, y: a.add(x, _softplus(a, a.sub(y, x))),
    "softsign": lambda a, x: a.div(x, a.add(ONE, a.abs(x))),
    "mish": lambda a, x: a.mul(x, _tanh(a, _softplus(a, x))),
    "silu": lambda a, x: a.mul(x, _sigmoid(a, x)),
    "gelu": lambda a, x: a.mul(x, _normal_cdf(a, x)),
    "hardtanh": lambda a, x: _clip(a, x, -ONE, ONE),
    "erf": series.erf,
    "erfc": lambda a, x: a.sub(ONE, series.erf(a, x)),
    "normalcdf": _normal_cdf,
    "normalpdf": _normal_pdf,
    "step": lambda a, x: Fraction(int(a.sign(x) >= 0)),
    "factorial": _factorial,
    "binomial": _binomial,
    "gamma": _gamma,
    "kronecker": lambda a, i, j: Fraction(int(a.sign(a.sub(i, j)) == 0)),
}
