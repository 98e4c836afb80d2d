"""Numbers typed as calculations: `64*64 + 64`, `1 - 1/4`, `e^-1`, `comb(10, 3)`, `256*1024 B`."""

from __future__ import annotations

import re
from fractions import Fraction

from quizkit.model import Misread, Reading, Understood
from quizkit.values.expressions.evaluate import evaluated
from quizkit.values.expressions.interval import Interval, Undefined, Unsure, arithmetic
from quizkit.values.expressions.read import read_tree
from quizkit.values.numbers import LARGEST, LONGEST, PLAIN, Unreadable, compiled, factor_of
from quizkit.values.plain_sums import NotPlain, plain_sum

DIGITS = 60
MOST_BITS = 10_000  # of a denominator
# With its unit behind the last figure or bracket.
_WITH_UNIT = r"(?P<sum>.*[0-9)])\s*(?P<unit>[A-Za-z%µ][A-Za-z%/·*^0-9-]{0,19})"
_BY = r"(?<=[0-9)])\s*[xX]\s*(?=[0-9(])"
_OTHER_BASE = r"(?<![\w.])0[xX][0-9]"  # `0x400x2`: no product with 0
_RANGE = r"\s*([0-9.]+)\s*-\s*([0-9.]+)\s*"
_GROUPS = r"(?<![0-9.,])[1-9][0-9]{0,2}(?:\s[0-9]{3})+(?![0-9.,])"  # thousands parted by blanks
_BARE_LEAST = r"(?<![A-Za-z])(?:min|max)(?![A-Za-z]|\s*\()"  # `30 min 1` is a time
_SIDE_BY_SIDE = r"[0-9]\s+[0-9]"
_DIFFERENT = Fraction(1, 200)  # sides of an equation that differ by more are two answers


def read_calculation(
    text: str, unit: str | None, misread: Misread, *, is_negative: bool = False
) -> Reading:
    """The value of a calculation without names, in the question's unit; else `misread`.

    `12 - 13` is a range, unless a negative number is asked for.
    """
    if len(text) > LONGEST or compiled(_OTHER_BASE).search(text):
        return misread
    plain = compiled(_BY).sub("*", compiled(_GROUPS).sub(_without_blanks, text))
    if compiled(_SIDE_BY_SIDE).search(plain) or "+-" in plain:  # `3 +- 1` are two numbers
        return misread
    try:
        parts = [
            _value(part, unit or "", is_negative=is_negative)
            for part in compiled("[=≈]").split(plain)
            if part.strip()
        ]
    except (Unreadable, Undefined, Unsure, ValueError):
        return misread
    if not parts or any(map(_is_out_of_range, parts)):
        return misread
    last = parts[-1]
    if any(_apart(part, last, unit) > _DIFFERENT * abs(last) for part in parts):
        return Misread("expected both sides of = to be the same number", text.rfind("="))
    return Understood(last.numerator if last.denominator == 1 else last)


def _is_out_of_range(part: Fraction) -> bool:
    """Whether a float cannot hold it, or Python will not write its digits."""
    return abs(part) >= LARGEST or part.denominator.bit_length() > MOST_BITS


def _apart(part: Fraction, last: Fraction, unit: str | None) -> Fraction:
    """How far the sides of an equation are apart; `3/4 = 75 %` is one where per cent are asked for."""
    if unit == "%":
        return min(abs(part - last), abs(part * 100 - last))
    return abs(part - last)


def _without_blanks(found: re.Match[str]) -> str:
    return "".join(found[0].split())


def _value(text: str, unit: str, *, is_negative: bool) -> Fraction:
    found = compiled(_WITH_UNIT).fullmatch(text.strip()) if unit else None
    factor = factor_of(found["unit"], unit) if found else None
    if unit == "%" and "%" in text and (text.count("%") > 1 or found is None):
        factor = Fraction(100)  # each per cent is a share, and the sum of them is asked in per cent
    elif found and factor is not None:
        text = found["sum"]
    if compiled(_BARE_LEAST).search(text):
        raise Unreadable("expected brackets behind min and max", 0)
    typed_range = compiled(_RANGE).fullmatch(text)
    if typed_range and not is_negative and Fraction(typed_range[1]) < Fraction(typed_range[2]):
        raise Unreadable("expected one number, not a range", 0)
    try:
        return plain_sum(text.translate(PLAIN).strip()) * (factor or 1)
    except NotPlain:
        value = evaluated(read_tree(text, {}), {}, arithmetic(DIGITS), _no_element)
    if isinstance(value, Interval):
        value = (Fraction(value.low) + Fraction(value.high)) / 2
    if not isinstance(value, Fraction):
        raise Unreadable("expected one number", 0)
    return value * (factor or 1)


def _no_element(*_: object) -> Fraction:
    raise Undefined  # no family of numbers is declared
