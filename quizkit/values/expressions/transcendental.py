"""Sine, arctangent and the error function within bounds: series, with what they leave out."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from functools import lru_cache

from quizkit.values.expressions.interval import (
    ONE,
    ZERO,
    Arithmetic,
    Interval,
    Real,
    Undefined,
    Unsure,
)

GUARD = 12  # digits more than asked for, which take up the rounding of a series
_FARTHEST = 10**12  # beyond it, sine and cosine are not worked out


def _context(digits: int) -> Context:
    return Context(digits + GUARD, ROUND_HALF_EVEN, Emin=-(10**15), Emax=10**15)


@lru_cache(maxsize=16)
def _pi(digits: int) -> Decimal:
    """π = 16 atan(1/5) - 4 atan(1/239)   [Machin 1706]"""
    scale: int = 10 ** (digits + 20)

    def inverse(n: int) -> int:
        total: int = scale // n
        term = total
        sign, k = -1, 3
        while term:
            term //= n * n
            total += sign * (term // k)
            sign, k = -sign, k + 2
        return total

    return Decimal(16 * inverse(5) - 4 * inverse(239)).scaleb(-digits - 20, Context(digits + 40))


def pi(arithmetic: Arithmetic) -> Interval:
    """π"""
    value = arithmetic.near.plus(_pi(arithmetic.digits))
    return arithmetic.around(value, value)


def sin(arithmetic: Arithmetic, a: Real) -> Real:
    """sin a"""
    return a if a == 0 else _turned(arithmetic, a, 0)


def cos(arithmetic: Arithmetic, a: Real) -> Real:
    """cos a"""
    return Fraction(1) if a == 0 else _turned(arithmetic, a, 1)


def _turned(arithmetic: Arithmetic, a: Real, quarter: int) -> Real:
    """sin(a + quarter·π/2): the series at the middle, and no more change than the interval is wide."""
    x = arithmetic.interval(a)
    if x.low.copy_abs() > _FARTHEST or x.high.copy_abs() > _FARTHEST:
        raise Unsure
    context = _context(arithmetic.digits)
    middle = context.divide(context.add(x.low, x.high), Decimal(2))
    width = arithmetic.up.subtract(x.high, x.low)
    half = context.divide(_pi(arithmetic.digits + GUARD + 20), Decimal(2))
    turns = context.divide(middle, half).to_integral_value()
    # The product needs the digits that the subtraction takes away.
    wide = Context(arithmetic.digits + 2 * GUARD + 16)
    rest = context.plus(wide.subtract(middle, wide.multiply(turns, _half_pi(arithmetic.digits))))
    place = (int(turns) + quarter) % 4
    value = _sine_series(context, rest) if place % 2 == 0 else _cosine_series(context, rest)
    value = value.copy_negate() if place > 1 else value
    error = arithmetic.up.add(width, Decimal((0, (1,), -arithmetic.digits - 4)) if turns else ZERO)
    near = arithmetic.around(arithmetic.near.plus(value), arithmetic.near.plus(value))
    low, high = arithmetic.down.subtract(near.low, error), arithmetic.up.add(near.high, error)
    return Interval(max(low, -ONE), min(high, ONE))


@lru_cache(maxsize=16)
def _half_pi(digits: int) -> Decimal:
    return Context(digits + 50).divide(_pi(digits + GUARD + 20), Decimal(2))


def _sine_series(context: Context, x: Decimal) -> Decimal:
    total = term = x
    square = context.multiply(x, x).copy_negate()
    k = 1
    while True:
        term = context.divide(context.multiply(term, square), Decimal((k + 1) * (k + 2)))
        last, total, k = total, context.add(total, term), k + 2
        if total == last:
            return total


def _cosine_series(context: Context, x: Decimal) -> Decimal:
    total = term = ONE
    square = context.multiply(x, x).copy_negate()
    k = 0
    while True:
        term = context.divide(context.multiply(term, square), Decimal((k + 1) * (k + 2)))
        last, total, k = total, context.add(total, term), k + 2
        if total == last:
            return total


def atan(arithmetic: Arithmetic, a: Real) -> Real:
    """atan a, which rises with a"""
    if a == 0:
        return Fraction(0)
    x = arithmetic.interval(a)
    low = arithmetic.near.plus(_atan(arithmetic.digits, x.low))
    bounds = arithmetic.around(low, low)
    width = arithmetic.up.subtract(x.high, x.low)  # the slope is at most 1
    return Interval(bounds.low, arithmetic.up.add(bounds.high, width)) if width else bounds


def _atan(digits: int, x: Decimal) -> Decimal:
    """atan x = 2 atan(x / (1 + √(1 + x²))), halved until its series is short."""
    context = _context(digits)
    if x.copy_abs() > 1:
        half = _half_pi(digits)
        rest = _atan(digits, context.divide(ONE, x.copy_abs()))
        return context.subtract(half, rest).copy_sign(x)
    halvings = 0
    while x.copy_abs() > Decimal("0.05"):
        below = context.add(ONE, context.sqrt(context.add(ONE, context.multiply(x, x))))
        x = context.divide(x, below)
        halvings += 1
    total = power = x
    square = context.multiply(x, x).copy_negate()
    k = 3
    while True:
        power = context.multiply(power, square)
        last, total, k = total, context.add(total, context.divide(power, Decimal(k))), k + 2
        if total == last:
            return context.multiply(total, Decimal(2**halvings))


def asin(arithmetic: Arithmetic, a: Real) -> Real:
    """asin a = atan(a / √(1 - a²))"""
    at_most_one = arithmetic.sign(arithmetic.sub(Fraction(1), arithmetic.abs(a)))
    if at_most_one < 0:
        raise Undefined
    if at_most_one == 0:
        half = arithmetic.div(pi(arithmetic), Fraction(2))
        return half if arithmetic.sign(a) > 0 else arithmetic.neg(half)
    rest = arithmetic.sub(Fraction(1), arithmetic.mul(a, a))
    return atan(arithmetic, arithmetic.div(a, arithmetic.sqrt(rest)))


def acos(arithmetic: Arithmetic, a: Real) -> Real:
    """acos a = π/2 - asin a"""
    if a == 1:
        return Fraction(0)
    return arithmetic.sub(arithmetic.div(pi(arithmetic), Fraction(2)), asin(arithmetic, a))


def erf(arithmetic: Arithmetic, a: Real) -> Real:
    """erf a = 2a/√π · e^(-a²) · Σ (2a²)^k / (1·3·…·(2k+1)), which rises with a   [DLMF 7.6.2]"""
    if a == 0:
        return Fraction(0)
    x = arithmetic.interval(a)
    bounds = _erf(arithmetic, x.low)
    width = arithmetic.up.multiply(2, arithmetic.up.subtract(x.high, x.low))  # the slope is below 2
    return Interval(max(bounds.low, -ONE), min(arithmetic.up.add(bounds.high, width), ONE))


def _erf(arithmetic: Arithmetic, x: Decimal) -> Interval:
    if x < 0:
        value = _erf(arithmetic, x.copy_negate())
        return Interval(value.high.copy_negate(), value.low.copy_negate())
    if x == 0:
        return Interval(ZERO, ZERO)
    context = _context(arithmetic.digits)
    square = context.multiply(x, x)
    if square > Decimal(arithmetic.digits) * 3:  # then e^(-x²) < 10^-digits, and erfc is smaller
        return Interval(arithmetic.down.subtract(ONE, Decimal((0, (1,), -arithmetic.digits))), ONE)
    total = term = ONE
    k = 1
    while True:
        term = context.divide(
            context.multiply(term, context.multiply(Decimal(2), square)), Decimal(2 * k + 1)
        )
        last, total, k = total, context.add(total, term), k + 1
        if total == last:
            break
    scale = context.divide(
        context.multiply(Decimal(2), x), context.sqrt(_pi(arithmetic.digits + GUARD))
    )
    result = context.multiply(context.multiply(scale, total), context.exp(square.copy_negate()))
    return arithmetic.around(arithmetic.near.plus(result), arithmetic.near.plus(result))
