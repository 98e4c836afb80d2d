"""Values between processes and files: canonical Python values, and tagged JSON for them."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

from quizkit.errors import SolverBroken
from quizkit.model import Value


def canonical(raw: Any) -> Value:
    """The `Value` that a solver's return stands for: arrays and lists as tuples, a dict as its pairs."""
    if isinstance(raw, bool | str | Fraction | int):
        return raw if not isinstance(raw, Fraction) or raw.denominator != 1 else raw.numerator
    if isinstance(raw, float):
        return float(raw) + 0.0  # a plain float, and -0.0 becomes 0.0
    if isinstance(raw, list | tuple):
        return tuple(canonical(item) for item in raw)
    if isinstance(raw, dict):
        return tuple((str(key), canonical(item)) for key, item in raw.items())
    if hasattr(raw, "tolist"):  # numpy and torch, which are not imported for this
        return canonical(raw.tolist())
    raise SolverBroken(
        f"a solver returned {type(raw).__name__}; expected bool, int, float, Fraction, str, "
        "a list, tuple or dict of them, or an array"
    )


def to_json(value: Any) -> Any:
    """JSON for a value; what JSON lacks is tagged: `{"fraction": "1/3"}`, `{"float": "nan"}`."""
    if isinstance(value, Fraction):
        return {"fraction": f"{value.numerator}/{value.denominator}"}
    if isinstance(value, float) and not math.isfinite(value):
        return {"float": repr(value)}
    if isinstance(value, list | tuple):
        return [to_json(item) for item in value]
    return value


def from_json(data: Any) -> Value:
    """The value that `to_json` wrote."""
    if isinstance(data, list):
        return tuple(from_json(item) for item in data)
    if isinstance(data, dict):
        if "fraction" in data:
            return Fraction(data["fraction"])
        return float(data["float"])
    value: Value = data
    return value
