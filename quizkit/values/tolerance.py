"""When is an answer near enough? Only as far as its question says, compared exactly."""

from __future__ import annotations

import math
import re
from fractions import Fraction
from typing import Any, Literal

from msgspec import Struct

MAX_DIGITS = 30

_AMOUNT = r"(?P<amount>\d{1,18}(?:\.\d{1,18})?(?:[eE][-+]?\d{1,3})?)"
_FORMS = re.compile(_AMOUNT + r" ?(?P<kind>%|sig|dp|[A-Za-z/·]+)?")


class Tolerance(Struct, frozen=True):
    """`1 %` relative, `0.5` absolute, `3 sig` or `2 dp`: one unit of the last digit asked for."""

    kind: Literal["relative", "absolute", "sig", "dp"]
    amount: Fraction


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
    if isinstance(key, tuple) or isinstance(answer, tuple):
        return (
            isinstance(key, tuple)
            and isinstance(answer, tuple)
            and len(key) == len(answer)
            and all(agrees(a, k, tolerance) for a, k in zip(answer, key, strict=True))
        )
    if _is_number(answer) and _is_number(key):
        if not (math.isfinite(answer) and math.isfinite(key)):
            return str(float(answer)) == str(float(key))
        return abs(Fraction(answer) - Fraction(key)) <= margin(key, tolerance)
    return type(answer) is type(key) and bool(answer == key)


def close(one: Any, other: Any, relative: float) -> bool:
    """Whether two routes to a value agree: relative to the largest element, with a floor of 1e-6."""
    if relative == 0:
        return agrees(one, other, None)
    scale = max([1e-6, *(abs(x) for x in _numbers(one) if math.isfinite(x))])
    return agrees(one, other, Tolerance("absolute", Fraction(relative) * Fraction(scale)))


def _leading_place(value: Fraction) -> int:
    """The decimal exponent of the first significant digit; 0 for 0."""
    if value == 0:
        return 0
    place = len(str(abs(value.numerator))) - len(str(value.denominator))
    return place if abs(value) >= Fraction(10) ** place else place - 1


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | Fraction) and not isinstance(value, bool)


def _numbers(value: Any) -> list[Any]:
    if isinstance(value, tuple):
        return [number for item in value for number in _numbers(item)]
    return [value] if _is_number(value) else []
