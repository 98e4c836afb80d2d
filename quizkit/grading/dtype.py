"""Number formats, by any of their names."""

from __future__ import annotations

from quizkit.model import Grade, Reading, Value, Variant
from quizkit.values.dtypes import bits, canonical
from quizkit.values.numbers import attempt
from quizkit.values.same import same

# Bits of exponent and of mantissa, where two formats have the same width.
_FIELDS = {
    "float16": (5, 10),
    "bfloat16": (8, 7),
    "float8_e4m3fn": (4, 3),
    "float8_e5m2": (5, 2),
}


def read(raw: str, variant: Variant) -> Reading:  # noqa: ARG001
    """The format typed, by its standard name."""
    return attempt(canonical, raw)


def grade(value: Value, variant: Variant) -> Grade:
    """Right for the same format; else whether kind or width is wrong."""
    found, key = str(value), canonical(str(variant.key))
    if found == key:
        return Grade(verdict="right", score=1.0, feedback=f"Right: {key}.")
    named = next((m for m in variant.misconceptions if same("dtype", found, m.value)), None)
    return Grade(
        verdict="wrong",
        score=0.0,
        feedback=named.because if named else _difference(found, key),
        misconception=named.name if named else None,
    )


def reasons(value: Value, variant: Variant) -> list[str]:
    """Both by their standard names."""
    return [f"it is {value}, the key is {canonical(str(variant.key))}"]


def key_text(variant: Variant) -> str:
    """The format by its standard name."""
    return canonical(str(variant.key))


def _difference(found: str, key: str) -> str:
    told = f"Not {found}; the key is {key}"
    if found in _FIELDS and key in _FIELDS and bits(found) == bits(key):
        (exponent, mantissa), (own, rest) = _FIELDS[key], _FIELDS[found]
        fields = f"{exponent} bits of exponent and {mantissa} of mantissa, against {own} and {rest}"
        return f"{told}: as wide, with {fields}."
    if _kind(found) == _kind(key):
        return f"{told}: the kind is right, the width is not, {bits(found)} bits for {bits(key)}."
    return f"{told}."


def _kind(name: str) -> str:
    return name.rstrip("0123456789")
