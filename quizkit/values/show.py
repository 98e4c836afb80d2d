"""Values as people read them."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from typing import Any

from quizkit.values.tolerance import Tolerance


def show(value: Any, spec: str = "") -> str:
    """A value in text, exactly as far as it is known; `spec` is a format such as `.3f` for its numbers."""
    if isinstance(value, bool | str):
        return str(value)
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_element(item, spec) for item in value) + "]"
    if spec:
        return _formatted(value, spec)
    if isinstance(value, int):
        return f"{value:,}" if abs(value) >= 10_000 else str(value)
    if isinstance(value, Fraction):
        return str(value)
    return _shortest(value)


def show_shape(sizes: tuple[Any, ...]) -> str:
    """`(64, 28, 28)`; one axis is `(64,)`, as Python writes it; sizes have no separators."""
    inner = ", ".join(map(str, sizes))
    return f"({inner},)" if len(sizes) == 1 else f"({inner})"


def show_rounded(value: Any, tolerance: Tolerance | None) -> str:
    """A computed value with the digits that its question asks for, six significant ones by default."""
    if isinstance(value, list | tuple):
        return "[" + ", ".join(show_rounded(item, tolerance) for item in value) + "]"
    if not isinstance(value, float | Fraction) or not math.isfinite(value):
        return show(value)
    if tolerance is not None and tolerance.kind == "dp":
        return _formatted(value, f".{int(tolerance.amount)}f")
    if isinstance(value, Fraction) and tolerance is None:
        return show(value)
    digits = int(tolerance.amount) if tolerance is not None and tolerance.kind == "sig" else 6
    rounded = Context(prec=digits, rounding=ROUND_HALF_EVEN).create_decimal(_decimal(value))
    if rounded and not -5 < rounded.adjusted() < 15:
        return f"{rounded:.{digits}g}"
    return f"{rounded.normalize():f}"


def _element(item: Any, spec: str) -> str:
    """Within a list a comma only separates: `[12345, 6]`."""
    if isinstance(item, int) and not isinstance(item, bool) and not spec:
        return str(item)
    return show(item, spec)


def _shortest(value: float) -> str:
    if not math.isfinite(value):
        return {"inf": "∞", "-inf": "-∞"}.get(repr(value), "nan")
    if value.is_integer() and abs(value) < 1e15:
        return show(int(value))
    return repr(value)


def _formatted(value: int | float | Fraction, spec: str) -> str:
    text = format(_decimal(value) if isinstance(value, Fraction) else value, spec)
    return text.replace("-0", "0", 1) if not text.strip("-0.%") else text


def _decimal(value: int | float | Fraction) -> Decimal:
    exact = Fraction(value)
    return Context(prec=60).divide(Decimal(exact.numerator), Decimal(exact.denominator))
