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
_NUMBERS = frozenset((int, float, Fraction))
_NOISE = 10**12  # a float may be off by its value over this
_TENS = tuple(10**digits for digits in range(MAX_DIGITS + 1))

_AMOUNT = r"(?P<amount>\d{1,18}(?:\.\d{1,18})?(?:[eE][-+]?\d{1,3})?)"
_FORMS = re.compile(_AMOUNT + r" ?(?P<kind>%|sig|dp|[A-Za-z/·]+)?")


class Tolerance(Struct, frozen=True):
    """`1 %` relative, `0.5` absolute, `3 sig` or `2 dp`: one unit of the last digit asked for."""

    kind: Literal["relative", "absolute", "sig", "dp"]
    amount: Fraction

    def __hash__(self) -> int:
        """Without that of a fraction, which takes longer than what is looked up by it."""
        return hash((self.kind, self.amount.as_integer_ratio()))


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
    if type(answer) in _NUMBERS and type(key) in _NUMBERS:  # first, since most answers are
        return _is_within(answer, key, tolerance)
    if type(answer) is str:  # the symbol of an axis
        return type(key) is str and answer == key
    if isinstance(key, tuple) or isinstance(answer, tuple):
        return (
            isinstance(key, tuple)
            and isinstance(answer, tuple)
            and len(key) == len(answer)
            and _all_agree(answer, key, tolerance)
        )
    if is_number(answer) and is_number(key):
        return _is_within(answer, key, tolerance)
    return type(answer) is type(key) and bool(answer == key)


def _all_agree(
    answers: tuple[Any, ...], keys: tuple[Any, ...], tolerance: Tolerance | None
) -> bool:
    pairs = zip(answers, keys, strict=True)  # a loop is quicker than `all` of a generator
    for answer, key in pairs:  # noqa: SIM110
        if not agrees(answer, key, tolerance):
            return False
    return True


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
    if not (is_number(answer) and is_number(key)):
        return False
    try:
        above, below = answer.as_integer_ratio()
        over, under = key.as_integer_ratio()
    except (OverflowError, ValueError):  # infinite, or no number
        return False
    # All in whole numbers over below x under, since each wrong answer comes this way.
    apart = abs(above * under - over * below)
    if not 0 < apart * _NEAR <= abs(over) * below or (under == 1 and abs(over) < _LONG_WHOLE):
        return False
    place = last_place(above, below)
    return place is not None and apart * 2 * place[1] <= place[0] * below * under


def last_place(above: int, below: int) -> tuple[int, int] | None:
    """The unit of the last digit that is not 0: 1/100 of 0.67, 100 of 1,200; None for no decimal."""
    if above == 0 or below > _TENS[-1]:
        return None
    if below == 1:
        digits = str(above)
        return 10 ** (len(digits) - len(digits.rstrip("0"))), 1
    for unit in _TENS:
        if unit % below == 0:
            return 1, unit
    return None


def close(one: Any, other: Any, relative: float) -> bool:
    """Whether two routes to a value agree: relative to the largest element, with a floor of 1e-6."""
    if relative == 0:
        return agrees(one, other, None)
    scale = max([1e-6, *(abs(x) for x in _numbers(one) if math.isfinite(x))])
    return agrees(one, other, Tolerance("absolute", Fraction(relative) * Fraction(scale)))


def _is_within(answer: Any, key: Any, tolerance: Tolerance | None) -> bool:
    """|answer - key| <= margin in whole numbers, since this is asked for each of many slips."""
    try:
        above, below = answer.as_integer_ratio()
        over, under = key.as_integer_ratio()
    except (OverflowError, ValueError):  # infinite, or no number
        return str(float(answer)) == str(float(key))
    distance = apart = abs(above * under - over * below)  # times below x under
    if tolerance is None or apart == 0:
        return bool(apart == 0)
    if tolerance.kind == "dp":  # the most frequent, first
        allowed = below * under
        apart *= _TENS[tolerance.amount.numerator]
    elif tolerance.kind == "relative":
        amount, unit = tolerance.amount.as_integer_ratio()
        allowed = amount * abs(over) * below
        apart *= unit
    elif tolerance.kind == "absolute":
        amount, unit = tolerance.amount.as_integer_ratio()
        allowed = amount * below * under
        apart *= unit
    else:
        digits = tolerance.amount.numerator
        # A unit of the s-th digit is at most 10^(1 - s) of the key: what is twice as far is seen at once.
        if over and apart * _TENS[digits - 1] > 2 * abs(over) * below:
            return False
        amount, unit = _margin_of_digits(over, under, digits)
        allowed = amount * below * under
        apart *= unit
    if apart <= allowed:
        return True
    if type(answer) is not float and type(key) is not float:
        return False
    is_noise = apart <= 2 * allowed or distance * _NOISE <= abs(over) * below
    return is_noise and _is_on_bound(answer, key, tolerance)


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
