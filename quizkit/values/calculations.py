"""Numbers typed as calculations: `64*64 + 64`, `1 - 1/4`, `e^-1`, `comb(10, 3)`, `256*1024 B`."""

from __future__ import annotations

from fractions import Fraction

from quizkit.model import Misread, Reading, Understood
from quizkit.values.expressions.evaluate import evaluated
from quizkit.values.expressions.interval import Interval, Undefined, Unsure, arithmetic
from quizkit.values.expressions.read import read_tree
from quizkit.values.numbers import LARGEST, LONGEST, Unreadable, compiled, factor_of

DIGITS = 60
# With its unit behind the last figure or bracket.
_WITH_UNIT = r"(?P<sum>.*[0-9)])\s*(?P<unit>[A-Za-z%µ][A-Za-z%/·*^0-9-]{0,19})"
_BY = r"(?<=[0-9)])\s*[xX]\s*(?=[0-9(])"
_RANGE = r"\s*([0-9.]+)\s*-\s*([0-9.]+)\s*"
_SIDE_BY_SIDE = r"[0-9]\s+[0-9]"
_DIFFERENT = Fraction(1, 200)  # sides of an equation that differ by more are two answers


def read_calculation(text: str, unit: str | None, misread: Misread) -> Reading:
    """The value of a calculation without names, in the question's unit; else `misread`."""
    if len(text) > LONGEST or compiled(_SIDE_BY_SIDE).search(text):
        return misread
    plain = compiled(_BY).sub("*", text)
    try:
        parts = [_value(part, unit or "") for part in plain.split("=") if part.strip()]
    except (Unreadable, Undefined, Unsure, ValueError):
        return misread
    if not parts or any(abs(part) >= LARGEST for part in parts):
        return misread
    last = parts[-1]
    if any(abs(part - last) > _DIFFERENT * abs(last) for part in parts):
        return Misread("expected both sides of = to be the same number", text.rfind("="))
    return Understood(last.numerator if last.denominator == 1 else last)


def _value(text: str, unit: str) -> Fraction:
    found = compiled(_WITH_UNIT).fullmatch(text.strip()) if unit else None
    factor = factor_of(found["unit"], unit) if found else None
    if found and factor is not None:
        text = found["sum"]
    typed_range = compiled(_RANGE).fullmatch(text)
    if typed_range and Fraction(typed_range[1]) < Fraction(typed_range[2]):
        raise Unreadable("expected one number, not a range", 0)
    value = evaluated(read_tree(text, {}), {}, arithmetic(DIGITS), _no_element)
    if isinstance(value, Interval):
        value = (Fraction(value.low) + Fraction(value.high)) / 2
    if not isinstance(value, Fraction):
        raise Unreadable("expected one number", 0)
    return value * (factor or 1)


def _no_element(*_: object) -> Fraction:
    raise Undefined  # no family of numbers is declared
