"""Shapes: exact, and told axis by axis."""

from __future__ import annotations

from typing import Any

from quizkit.diagnosis import Compute
from quizkit.grading.compared import compared
from quizkit.model import Grade, Reading, Value, Variant
from quizkit.values.arrays import read_shape
from quizkit.values.show import show_shape


def read(raw: str, variant: Variant) -> Reading:  # noqa: ARG001
    """The sizes typed."""
    return read_shape(raw)


def grade(value: Value, variant: Variant, compute: Compute | None = None) -> Grade:
    """Right where every size is; else a known mistake, or which axes differ."""
    return compared(
        value, variant, None, key_text(variant), lambda: _slip(value, variant.key), compute
    )


def key_text(variant: Variant) -> str:
    """The shape as Python writes it."""
    key: Any = variant.key
    return show_shape(key)


def _slip(found: Any, expected: Any) -> str:
    if len(found) != len(expected):
        axes = f"{len(expected)} {'axis' if len(expected) == 1 else 'axes'}"
        return f"Expected {axes}, {show_shape(expected)}; found {len(found)}, {show_shape(found)}."
    told = "; ".join(_axis(n, *pair) for n, pair in enumerate(zip(found, expected, strict=True), 1))
    if sorted(found) == sorted(expected):
        return f"The sizes are right, their order is not: {told}."
    return f"{told[0].upper()}{told[1:]}."


def _axis(number: int, found: int, expected: int) -> str:
    if found == expected:
        return f"axis {number}: {found} is right"
    return f"axis {number}: expected {expected}, found {found}"
