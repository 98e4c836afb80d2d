"""Numbers: exact, or as near as the question says."""

from __future__ import annotations

from quizkit.diagnosis import Compute
from quizkit.grading.compared import compared, shown_answer, shown_key
from quizkit.model import Grade, Reading, Value, Variant
from quizkit.values.numbers import read_number
from quizkit.values.tolerance import read_tolerance


def read(raw: str, variant: Variant) -> Reading:
    """The number typed, in the question's unit."""
    return read_number(raw, variant.unit)


def grade(value: Value, variant: Variant, compute: Compute | None = None) -> Grade:
    """Right within the tolerance; else the convention or misconception that gives this number."""
    key = key_text(variant)
    tolerance = read_tolerance(variant.within, variant.unit)
    answer = _with_unit(shown_answer(value), variant)
    return compared(
        value, variant, tolerance, key, lambda: f"Not {answer}; the key is {key}.", compute
    )


def key_text(variant: Variant) -> str:
    """The number with the digits asked for and its unit."""
    tolerance = read_tolerance(variant.within, variant.unit)
    return _with_unit(shown_key(variant.key, tolerance), variant)


def _with_unit(number: str, variant: Variant) -> str:
    return f"{number} {variant.unit}" if variant.unit else number
