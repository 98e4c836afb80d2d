"""When is an answer near enough? Only as far as its question says, compared exactly."""

from __future__ import annotations

import math
import re
from fractions import Fraction
from functools import lru_cache
from typing import Any, Literal

from msgspec import Struct

MAX_DIGITS = 30
_NEAR = 10  # a rounded value is within a tenth of the key
_LONG_WHOLE = 1000
_LARGE = 10**300
_EXACT = frozenset((int, Fraction))
_NUMBERS = frozenset((int, float, Fraction))
_NOISE = 1e-12  # what a float may be off, relative

_AMOUNT = r"(?P<amount>\d{1,18}(?:\.\d{1,18})?(?:[eE][-+]?\d{1,3})?)"
_FORMS = re.compile(_AMOUNT + r" ?(?P<kind>%|sig|dp|[A-Za-z/·]+)?")


class Tolerance(Struct, frozen=True):
    """`1 %` relative, `0.5` absolute, `3 sig` or `2 dp`: one unit of the last digit asked for."""

    kind: Literal["relative", "absolute", "sig", "dp"]
    amount: Fraction


@lru_cache(512)
def read_tolerance(stated: str | float | None, unit: str | None = None) -> Tolerance | None:
    """The tolerance that `within` states, or `ValueError`; an absolute one may repeat the unit."""
    if stated is None:
        return None
    text = str(stated)
    form = _FORMS.fullmatch(text.strip())
    if form is None or form["kind"] not in (None, "%", "sig", "dp", unit):
        allowed = "'1 %', '0.5', '3 sig' or '2 dp'" + (f", '0.5 {unit}'" if unit else "")
        raise ValueError(f"within is {text!r}; expected a form such as {allowed}")
    amount = Fraction(form["amount"])
    if form["kind"] == "%" and unit != "%":
        return Tolerance("relative", amount / 100)
    if form["kind"] in ("sig", "dp"):
        least = 1 if form["kind"] == "sig" else 0
        if amount.denominator != 1 or not least <= amount <= MAX_DIGITS:
            wanted = f"a whole number of digits from {least} to {MAX_DIGITS}"
            raise ValueError(f"within is {text!r}; expected {wanted}")
        return Tolerance(form["kind"], amount)  # type: ignore[arg-type]
    return Tolerance("absolute", amount)


def margin(key: Any, tolerance: Tolerance | None) -> Fraction:
    """How far from the key an answer may lie; 0 when the question demands it exactly."""
    if tolerance is None:
        return Fraction(0)
    if tolerance.kind == "absolute":
        return tolerance.amount
    if tolerance.kind == "relative":
        return tolerance.amount * abs(Fraction(key))
    if tolerance.kind == "dp":
        return Fraction(1, 10 ** int(tolerance.amount))
    return Fraction(10) ** (_leading_place(Fraction(key)) - int(tolerance.amount) + 1)


def agrees(answer: Any, key: Any, tolerance: Tolerance | None) -> bool:
    """Whether an answer is the key, element by element; a value exactly on the bound counts."""
    if type(answer) in _EXACT and type(key) in _EXACT:  # first, since most answers are
        return bool(answer == key) if tolerance is None else _is_within(answer, key, tolerance)
    if isinstance(key, tuple) or isinstance(answer, tuple):
        return (
            isinstance(key, tuple)
            and isinstance(answer, tuple)
            and len(key) == len(answer)
            and all(agrees(a, k, tolerance) for a, k in zip(answer, key, strict=True))
        )
    if is_number(answer) and is_number(key):
        if not (_is_finite(answer) and _is_finite(key)):
            return str(float(answer)) == str(float(key))
        return _is_within(answer, key, tolerance)
    return type(answer) is type(key) and bool(answer == key)


def factor_between(one: Any, other: Any) -> Fraction | None:
    """The factor >= 1 from the smaller to the larger of two numbers of one sign; else None."""
    if not (is_number(one) and is_number(other) and _is_finite(one) and _is_finite(other)):
        return None
    first, second = Fraction(one), Fraction(other)
    if first * second <= 0:
        return None
    return max(first / second, second / first)


def is_rounded(answer: Any, key: Any) -> bool:
    """Whether a decimal with fewer digits is the key rounded to them, not simply another number.

    It must be within 10 % of the key, and a whole key must have four digits or more.
    """
    if not (is_number(answer) and is_number(key) and _is_finite(key) and _is_finite(answer)):
        return False
    above, below = answer.as_integer_ratio()
    over, under = key.as_integer_ratio()
    # All in whole numbers over below x under, since each wrong answer comes this way.
    apart = abs(above * under - over * below)
    if not 0 < apart * _NEAR <= abs(over) * below or (under == 1 and abs(over) < _LONG_WHOLE):
        return False
    place = last_place(above, below)
    return place is not None and apart * 2 * place[1] <= place[0] * below * under


def last_place(above: int, below: int) -> tuple[int, int] | None:
    """The unit of the last digit that is not 0: 1/100 of 0.67, 100 of 1,200; None for no decimal."""
    if above == 0 or below > 10**MAX_DIGITS:
        return None
    if below == 1:
        digits = str(above)
        return 10 ** (len(digits) - len(digits.rstrip("0"))), 1
    for places in range(1, MAX_DIGITS + 1):
        if 10**places % below == 0:
            return 1, 10**places
    return None


def close(one: Any, other: Any, relative: float) -> bool:
    """Whether two routes to a value agree: relative to the largest element, with a floor of 1e-6."""
    if relative == 0:
        return agrees(one, other, None)
    scale = max([1e-6, *(abs(x) for x in _numbers(one) if math.isfinite(x))])
    return agrees(one, other, Tolerance("absolute", Fraction(relative) * Fraction(scale)))


def _is_within(answer: Any, key: Any, tolerance: Tolerance | None) -> bool:
    """|answer - key| <= margin in whole numbers, since this is asked for each of many slips."""
    above, below = answer.as_integer_ratio()
    over, under = key.as_integer_ratio()
    apart, whole = abs(above * under - over * below), below * under  # the distance is apart / whole
    if tolerance is None or apart == 0:
        return bool(apart == 0)
    if tolerance.kind == "dp" and type(answer) is not float and type(key) is not float:
        return bool(apart * 10**tolerance.amount.numerator <= whole)  # the most frequent, at once
    # A unit of the s-th digit is at most 10^(1 - s) of the key: what is twice as far is seen at once.
    if tolerance.kind == "sig" and over:
        digits = tolerance.amount.numerator
        if apart * 10 ** (digits - 1) > 2 * abs(over) * below:
            return False
    room, unit = _margin(key, tolerance)
    if apart * unit <= room * whole:
        return True
    if type(answer) is not float and type(key) is not float:
        return False
    if apart > _LARGE * whole or room > _LARGE * unit or abs(over) > _LARGE * under:
        return False
    distance = apart / whole
    if abs(distance - room / unit) > _NOISE * (distance + abs(over / under)):
        return False
    return _is_on_bound(answer, key, tolerance)


def _margin(key: Any, tolerance: Tolerance) -> tuple[int, int]:
    """The margin as numerator and denominator."""
    amount, unit = tolerance.amount.as_integer_ratio()
    if tolerance.kind == "absolute":
        return amount, unit
    if tolerance.kind == "dp":
        return 1, 10**amount
    if tolerance.kind == "relative":
        over, under = key.as_integer_ratio()
        return amount * abs(over), unit * under
    return _margin_of_digits(*key.as_integer_ratio(), amount)


@lru_cache(512)
def _margin_of_digits(over: int, under: int, digits: int) -> tuple[int, int]:
    """By whole numbers, since to look a fraction up in a cache is dear."""
    return margin(Fraction(over, under), Tolerance("sig", Fraction(digits))).as_integer_ratio()


def _is_on_bound(answer: Any, key: Any, tolerance: Tolerance) -> bool:
    """Whether the decimals that floats stand for lie on the bound, as 0.35 does of 0.3."""
    decimal = _decimal(key)
    return abs(_decimal(answer) - decimal) == margin(decimal, tolerance)


def _is_finite(value: Any) -> bool:
    return type(value) is not float or math.isfinite(value)


def _decimal(value: Any) -> Fraction:
    return Fraction(f"{value:.15g}") if isinstance(value, float) else Fraction(value)


def _leading_place(value: Fraction) -> int:
    """The decimal exponent of the first significant digit; 0 for 0."""
    if value == 0:
        return 0
    place = len(str(abs(value.numerator))) - len(str(value.denominator))
    return place if abs(value) >= Fraction(10) ** place else place - 1


def is_number(value: Any) -> bool:
    """Whether it is an int, a float or a Fraction; a bool is none. `isinstance` alone is slow."""
    return type(value) in _NUMBERS or (isinstance(value, int | float) and type(value) is not bool)


def _numbers(value: Any) -> list[Any]:
    if isinstance(value, tuple):
        return [number for item in value for number in _numbers(item)]
    return [value] if is_number(value) else []
