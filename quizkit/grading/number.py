"""Numbers: exact, as near as the question says, or an estimate within a factor."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from quizkit.grading.compared import compared, shown_answer, shown_key
from quizkit.model import Alternative, Grade, Misread, Reading, Understood, Value, Variant
from quizkit.values.numbers import read_number
from quizkit.values.tolerance import factor_between, read_tolerance

if TYPE_CHECKING:
    from quizkit.diagnosis import Compute

HALF = 0.5


def read(raw: str, variant: Variant) -> Reading:
    """The number typed, in the question's unit; a calculation is worked out."""
    reading = read_number(raw, variant.unit)
    if not isinstance(reading, Misread):
        return reading
    from quizkit.values.typed import read_typed

    key: Any = variant.key
    found = read_typed(raw, variant.unit, reading, variant.ask, is_negative=key < 0)
    return _asked_about(raw, found, variant)


def _asked_about(raw: str, found: Reading, variant: Variant) -> Reading:
    """The reading, unless `2e^-5` is wrong and would be right as `2e-5`, which some mean by it."""
    from quizkit.values import notations

    other = notations.as_power_of_ten(raw)
    again = read_number(other, variant.unit) if other != raw else found
    if again is found or not isinstance(again, Understood) or not isinstance(found, Understood):
        return found
    is_right = [grade(each.value, variant).verdict == "right" for each in (found, again)]
    return notations.misread_power(raw) if is_right == [False, True] else found


def grade(value: Value, variant: Variant, compute: Compute | None = None) -> Grade:
    """Right within the tolerance; else the convention or misconception that gives this number."""
    if variant.fermi is not None:
        return _estimate(value, variant, *variant.fermi)
    tolerance = read_tolerance(variant.within, variant.unit)
    key = _with_unit(shown_key(variant.key, tolerance), variant)

    def differs() -> str:
        return f"Not {_with_unit(shown_answer(value), variant)}; the key is {key}."

    return compared(value, variant, tolerance, key, differs, compute, lambda: _taken(variant))


def key_text(variant: Variant) -> str:
    """The number with the digits asked for and its unit."""
    tolerance = read_tolerance(variant.within, variant.unit)
    return _with_unit(shown_key(variant.key, tolerance), variant)


def _estimate(value: Any, variant: Variant, full: float, part: float) -> Grade:
    """Full credit within one factor of the key, half within a larger one."""
    key = key_text(variant)
    expected: Any = variant.key
    off = factor_between(value, expected)
    if off is None:
        told = f"No factor makes {shown_answer(value)} of the key, about {key}."
        return Grade(verdict="wrong", score=0.0, feedback=told)
    side = "above" if abs(Fraction(value)) > abs(Fraction(expected)) else "below"
    if off <= Fraction(str(full)):
        told = f"Right: within a factor of {full:g} of {key}."
        return Grade(verdict="right", score=1.0, feedback=told)
    told = f"A factor of about {float(min(off, Fraction(10**300))):.2g} {side} {key}"
    if off <= Fraction(str(part)):
        told += f": the right order, but a factor of {full:g} was asked for."
        return Grade(verdict="partly", score=HALF, feedback=told)
    mistake = next((m for m in variant.misconceptions if _is_like(value, m.value, full)), None)
    return Grade(
        verdict="wrong",
        score=0.0,
        feedback=f"{told}. {mistake.because}" if mistake else f"{told}.",
        misconception=mistake.name if mistake else None,
    )


def _is_like(value: Value, other: Value, full: float) -> bool:
    off = factor_between(value, other)
    return off is not None and off <= Fraction(str(full))


def _taken(variant: Variant) -> tuple[Alternative, ...]:
    if not variant.unit:
        return ()
    from quizkit.grading.conventions import taken

    return taken(variant.key, variant.unit)


def _with_unit(number: str, variant: Variant) -> str:
    return f"{number} {variant.unit}" if variant.unit else number
