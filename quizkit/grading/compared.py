"""Answers compared with computed values: the key, then conventions, then misconceptions."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from typing import Any

from quizkit.diagnosis import Compute, diagnose, slip_behind
from quizkit.model import Alternative, Grade, Understood, Value, Variant
from quizkit.values.numbers import read_number
from quizkit.values.show import show, show_rounded
from quizkit.values.tolerance import Tolerance, agrees, is_rounded, last_place

LONGEST = 24
# How near, relatively, another reading of the unit must be: digits are copied, not hit by chance.
ALIKE = 400  # to one part in so many
ROUNDED = "rounded-too-early"
_DIGITS = 10**15  # a float keeps the digits of any decimal below it


def compared(
    value: Value,
    variant: Variant,
    tolerance: Tolerance | None,
    key: str,
    differs: Callable[[], str],
    compute: Compute | None = None,
    taken: Callable[[], tuple[Alternative, ...]] = tuple,
) -> Grade:
    """The grade of a value; `differs()`, and the slip that gives it, where no known mistake does.

    `taken()` are the key's values under other readings of its unit or its axes.
    """

    def is_near(answer: Any, other: Any) -> bool:
        return agrees(answer, other, tolerance)

    if is_near(value, variant.key):
        return Grade(verdict="right", score=1.0, feedback=f"Right: {key}.")
    found = diagnose(value, variant, is_near)
    if found.convention is not None:
        others = {other.name: other.because for other in variant.conventions}
        return _wrong(others[found.convention], convention=found.convention)
    if found.misconceptions:
        return _wrong(_told(found.misconceptions), misconception=found.misconceptions[0].name)
    for other in taken():
        is_other = is_near(value, other.value) and _is_alike(value, other.value)
        if is_other and not is_near(other.value, variant.key):
            return _wrong(other.because, convention=other.name)
    if is_rounded(value, variant.key):
        return _wrong(differs(), misconception=ROUNDED)
    slip = slip_behind(value, variant, is_near, compute)
    also = f" This is also what you get if {slip}." if slip else ""
    return _wrong(differs() + also)


def _is_alike(value: Any, other: Any) -> bool:
    """In whole numbers, since each answer with a wrong unit comes this way; shapes are exact anyway."""
    if isinstance(value, tuple) or isinstance(other, tuple):
        return True
    above, below = value.as_integer_ratio()
    over, under = other.as_integer_ratio()
    return bool(abs(above * under - over * below) * ALIKE <= abs(over) * below)


@lru_cache(512, typed=True)
def shown_key(key: Any, tolerance: Tolerance | None) -> str:
    """A number of the key with the digits asked for, or all where those would not be right."""
    rounded = show_rounded(key, tolerance)
    reading = read_number(rounded)
    is_right = isinstance(reading, Understood) and agrees(reading.value, key, tolerance)
    return rounded if is_right else show(key)


def shown_answer(value: Any) -> str:
    """A number that was typed, exactly, or marked as rounded where that would be long."""
    exact = show(value if isinstance(value, int) or not _is_short(value) else float(value))
    return exact if len(exact) <= LONGEST else f"≈{float(value):.6g}"


def _is_short(value: Any) -> bool:
    """Whether a float shows all digits: seen at once for a decimal of at most 15."""
    place = last_place(*value.as_integer_ratio())
    if (
        place is not None
        and place[0] == 1
        and abs(value.numerator) * place[1] < _DIGITS * value.denominator
    ):
        return True
    return bool(Fraction(repr(float(value))) == value)


def shown_array(value: Any, each: Callable[[Any], str]) -> str:
    """Nested tuples as lists; their numbers have no separators, since commas part the elements."""
    if isinstance(value, tuple):
        return "[" + ", ".join(shown_array(item, each) for item in value) + "]"
    return each(value).replace(",", "")


def _wrong(
    feedback: str, *, misconception: str | None = None, convention: str | None = None
) -> Grade:
    return Grade(
        verdict="wrong",
        score=0.0,
        feedback=feedback,
        misconception=misconception,
        convention=convention,
    )


def _told(mistakes: tuple[Alternative, ...]) -> str:
    """Why: one mistake's words, or those of all that lead to the same answer."""
    reasons = list(dict.fromkeys(mistake.because for mistake in mistakes))
    if len(reasons) == 1:
        return reasons[0]
    return "Several mistakes give this answer: " + " Or: ".join(reasons)
