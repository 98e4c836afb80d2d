"""Answers compared with computed values: the key, then conventions, then misconceptions.

An answer that is right under another convention (MB for MiB, channels last for channels first) is not
wrong: the work is right, only what was asked for is not given. It has half the credit and is partly
right, with the convention named; no mistake is counted, and the pace of practice stays.
"""

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
HALF = 0.5  # the credit of what is right under another convention
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
    """The grade of a value; `differs()`, and the slip that gives it, where nothing known does.

    `taken()` are the key's values under other readings of its unit or its axes.
    """

    def is_near(answer: Any, other: Any) -> bool:
        return agrees(answer, other, tolerance)

    if is_near(value, variant.key):
        return Grade(verdict="right", score=1.0, feedback=f"Right: {key}.")
    found = diagnose(value, variant, is_near)
    if found.convention is not None:
        others = {other.name: other.because for other in variant.conventions}
        return otherwise(found.convention, others[found.convention])
    if found.misconceptions:
        return _wrong(_told(found.misconceptions), found.misconceptions[0].name)
    for other in taken():
        is_other = is_near(value, other.value) and _is_alike(value, other.value)
        if is_other and not is_near(other.value, variant.key):
            return otherwise(other.name, other.because)
    if is_rounded(value, variant.key):
        return _wrong(f"{differs()} {_rounded(tolerance)}", ROUNDED)
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
    above, below = value.as_integer_ratio()
    place = last_place(above, below)
    if place is not None and place[0] == 1 and abs(above) * place[1] < _DIGITS * below:
        return True
    return bool(Fraction(repr(float(value))) == value)


def shown_array(value: Any, each: Callable[[Any], str]) -> str:
    """Nested tuples as lists; their numbers have no separators, since commas part the elements."""
    if isinstance(value, tuple):
        return "[" + ", ".join(shown_array(item, each) for item in value) + "]"
    return each(value).replace(",", "")


def _wrong(feedback: str, misconception: str | None = None) -> Grade:
    return Grade(verdict="wrong", score=0.0, feedback=feedback, misconception=misconception)


def otherwise(convention: str, because: str) -> Grade:
    """What is right under another convention, which was not asked for."""
    return Grade(verdict="partly", score=HALF, feedback=because, convention=convention)


def _rounded(tolerance: Tolerance | None) -> str:
    """That a value is the key rounded too early, and what was asked for."""
    said = "That is the key rounded too early, to fewer digits than asked for:"
    if tolerance is None:
        return f"{said} the question wants the exact number."
    if tolerance.kind == "absolute":
        return f"{said} the question wants it to within {float(tolerance.amount):g}."
    if tolerance.kind == "relative":
        return f"{said} the question wants it to within {float(100 * tolerance.amount):g} %."
    name = "decimal" if tolerance.kind == "dp" else "significant figure"
    plural = "" if tolerance.amount == 1 else "s"
    return f"{said} the question wants {tolerance.amount} {name}{plural}."


def _told(mistakes: tuple[Alternative, ...]) -> str:
    """Why: one mistake's words, or those of all that lead to the same answer."""
    reasons = list(dict.fromkeys(mistake.because for mistake in mistakes))
    if len(reasons) == 1:
        return reasons[0]
    return "Several mistakes give this answer: " + " Or: ".join(reasons)
