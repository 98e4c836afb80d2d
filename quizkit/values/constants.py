"""Numbers with a name: π, e, √2, ln 10, log2(8), one half as ½; exact, or to fifty digits."""

from __future__ import annotations

from decimal import Context, Decimal
from fractions import Fraction
from math import factorial, isqrt

DIGITS = 50
LARGEST_FACTORIAL = 100
_PI = Fraction("3.14159265358979323846264338327950288419716939937510")
_LARGEST = 10**100

VULGAR = {
    **dict(zip("½¼¾⅓⅔", ("1/2", "1/4", "3/4", "1/3", "2/3"), strict=True)),
    **dict(zip("⅕⅖⅗⅘⅙⅚", ("1/5", "2/5", "3/5", "4/5", "1/6", "5/6"), strict=True)),
    **dict(zip("⅐⅛⅜⅝⅞⅑⅒", ("1/7", "1/8", "3/8", "5/8", "7/8", "1/9", "1/10"), strict=True)),
}
WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "hundred")


class OutOfDomain(ValueError):
    """No value here, or too large a one; the message says which was expected."""


def constant(name: str) -> Fraction:
    """π, e, or a number word."""
    if name in ("π", "pi"):
        return _PI
    if name == "e":
        return Fraction(_context().exp(Decimal(1)))
    return Fraction(100 if name == "hundred" else WORDS.index(name) + 1)


def applied(name: str, argument: Fraction) -> Fraction:
    """A root, a logarithm or a power of e."""
    if name in ("√", "sqrt"):
        return _root(argument)
    if abs(argument) > _LARGEST:
        raise OutOfDomain("expected a smaller argument")
    if name == "exp":
        if abs(argument) > 200:
            raise OutOfDomain("expected an argument of at most 200")
        return Fraction(_context().exp(_decimal(argument)))
    if argument <= 0:
        raise OutOfDomain("expected an argument above 0")
    base = {"log2": 2, "log10": 10}.get(name)
    return _exact_power(argument, base) if base else Fraction(_context().ln(_decimal(argument)))


def product_to(number: Fraction) -> Fraction:
    """The factorial of a whole number."""
    if number.denominator != 1 or not 0 <= number <= LARGEST_FACTORIAL:
        raise OutOfDomain(f"expected the factorial of a whole number up to {LARGEST_FACTORIAL}")
    return Fraction(factorial(int(number)))


def _root(argument: Fraction) -> Fraction:
    if argument < 0 or argument > _LARGEST:
        raise OutOfDomain("expected a root of a number from 0 to 10^100")
    above, below = isqrt(argument.numerator), isqrt(argument.denominator)
    if above**2 == argument.numerator and below**2 == argument.denominator:
        return Fraction(above, below)
    return Fraction(_context().sqrt(_decimal(argument)))


def _exact_power(argument: Fraction, base: int) -> Fraction:
    """The logarithm to a base, a whole number where it is one."""
    context = _context()
    value = Fraction(context.divide(context.ln(_decimal(argument)), context.ln(Decimal(base))))
    near = round(value)
    return Fraction(near) if Fraction(base) ** near == argument else value


def _decimal(value: Fraction) -> Decimal:
    return _context().divide(Decimal(value.numerator), Decimal(value.denominator))


def _context() -> Context:
    return Context(prec=DIGITS)
