"""Which mistake gives this answer: another convention, misconceptions known to the question, or a slip."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import lru_cache
from typing import Any

from msgspec import Struct

from quizkit.errors import QuizkitError
from quizkit.model import Alternative, Given, Value, Variant
from quizkit.values.carry import canonical
from quizkit.values.guesses import arrays, numbers, shapes
from quizkit.values.tolerance import is_number

Compute = Callable[[str, Given], Value]
Agrees = Callable[[Any, Any], bool]

# A slip is named only if a random wrong answer would look like it less often than this.
CHANCE = 0.05
AND = ", or if "  # between two slips that both give the answer
_TOLD = 2
_STOCK = (0, 1, -1)
_ALL_SIGNS = "every sign is turned round"
_SIGN, _UPSIDE_DOWN = "the sign is turned round", "the fraction is turned upside down"
_TOO_MANY, _TOO_FEW = "you count one too many", "you count one too few"
_FACTORS = {2: "a factor of 2 goes wrong", 10: "a factor of 10 goes wrong"}
_UNIT_FACTORS = {
    8: "bits are taken for bytes, or bytes for bits",
    100: "per cent are taken for a share, or a share for per cent",
    1000: "a unit prefix goes wrong, a factor of 1,000",
    1024: "a binary unit prefix goes wrong, a factor of 1,024",
}
_WITHOUT_FORMULA = frozenset((_ALL_SIGNS, _SIGN, _TOO_MANY, _TOO_FEW))
_GENERAL = _WITHOUT_FORMULA | {_UPSIDE_DOWN, *_FACTORS.values(), *_UNIT_FACTORS.values()}


class Diagnosis(Struct, frozen=True):
    """The convention under which an answer is right, and every misconception that gives it."""

    convention: str | None = None
    misconceptions: tuple[Alternative, ...] = ()


def diagnose(value: Value, variant: Variant, agrees: Agrees) -> Diagnosis:
    """What explains a wrong answer, judged by the same `agrees(answer, alternative)` as the key."""
    return Diagnosis(
        next((other.name for other in variant.conventions if agrees(value, other.value)), None),
        tuple(mistake for mistake in variant.misconceptions if agrees(value, mistake.value)),
    )


def slip_behind(
    value: Value, variant: Variant, agrees: Agrees, compute: Compute | None
) -> str | None:
    """The slip that gives this wrong answer, to be read after "if"; None where none does, or by chance.

    One in the solver's formula goes before those that any number invites; two that both give the value
    are both told, and where more do, nothing is known. 0, 1 and −1 are typed without any formula.
    """
    is_stock = _is_stock(value)
    found: dict[str, Any] = {}
    for phrase, other in slips_of(variant, None if is_stock else compute):
        if found and phrase in _GENERAL:
            break
        gives = agrees(value, other) and not agrees(other, variant.key)
        if gives and (not is_stock or phrase in _WITHOUT_FORMULA):
            found.setdefault(phrase, other)
    if not 0 < len(found) <= _TOLD:
        return None
    rare = all(chance(other, variant, agrees) < CHANCE for other in found.values())
    return AND.join(found) if rare else None


def chance(other: Value, variant: Variant, agrees: Agrees) -> float:
    """How often a random wrong answer to this question is this value."""
    if not _is_number(variant.key):
        return _chance_of_tuple(other, variant, agrees)
    answers = numbers(_stream(variant), variant.key)
    like = _near(answers, other, agrees)
    if not like:
        return 0.0
    right = _near(answers, variant.key, agrees)
    both = range(max(right.start, like.start), min(right.stop, like.stop))
    return (len(like) - len(both)) / max(1, len(answers) - len(right))


def wrong_answers(variant: Variant, agrees: Agrees) -> list[Value]:
    """Random wrong answers to a question for a number, a shape or an array; none to others."""
    return [answer for answer in _drawn(variant) if not agrees(answer, variant.key)]


def _chance_of_tuple(other: Value, variant: Variant, agrees: Agrees) -> float:
    wrong = wrong_answers(variant, agrees)
    return sum(agrees(answer, other) for answer in wrong) / max(1, len(wrong))


def _drawn(variant: Variant) -> tuple[Any, ...]:
    """Random answers; none where the key is neither a number nor a tuple of them."""
    key: Any = variant.key
    if _is_number(key):
        return numbers(_stream(variant), key)
    if isinstance(key, tuple) and variant.kind == "shape":
        return shapes(_stream(variant), key)
    return arrays(_stream(variant), key) if isinstance(key, tuple) and _numbers(key) else ()


def _stream(variant: Variant) -> str:
    return f"wrong answers to {variant.id} {variant.seed}"


def _is_stock(value: Any) -> bool:
    """Whether it is 0, 1 or −1, or an array of nothing else than one of them."""
    if isinstance(value, tuple):
        return bool(value) and all(item == value[0] and _is_stock(item) for item in value)
    # An answer that is whole has been read as an int; nearly all others are seen here at once.
    return -1 <= value <= 1 if type(value) is int else type(value) is float and value in _STOCK


def _near(answers: tuple[Any, ...], other: Any, agrees: Agrees) -> range:
    """Where those stand that agree with a number, among answers in order."""
    # Python compares a float with a fraction in many steps.
    place = float(other) if isinstance(other, Fraction) else other
    start, stop = bisect_left(answers, place), bisect_right(answers, place)
    below = _run(start, lambda n: agrees(answers[start - n - 1], other))
    above = _run(len(answers) - stop, lambda n: agrees(answers[stop + n], other))
    return range(start - below, stop + above)


def _run(length: int, holds: Callable[[int], bool]) -> int:
    """How many of the first of `length` places hold, if none does after one that does not.

    Doubling steps first: mostly there are none or few, and each look costs.
    """
    reach = 1
    while reach <= length and holds(reach - 1):
        reach *= 2
    low, high = reach // 2, min(reach - 1, length)
    return bisect_left(range(high), True, low, key=lambda n: not holds(n))


def slips_of(variant: Variant, compute: Compute | None) -> tuple[tuple[str, Any], ...]:
    """Slips in the solver's formula, then those that any computed number invites."""
    general = _general(variant)
    if compute is None or variant.solver is None:
        return general
    try:
        own: Any = compute(f"slips:{variant.solver}", {**variant.given, **variant.asked})
    except QuizkitError:  # they are a courtesy: without them the answer is wrong all the same
        return general
    return (*own, *general)


def _general(variant: Variant) -> tuple[tuple[str, Any], ...]:
    """Slips that any number invites, and any array."""
    key: Any = variant.key
    if _is_number(key):
        return _common(key, bool(variant.unit))
    if variant.kind != "shape" and isinstance(key, tuple) and _numbers(key):
        return ((_ALL_SIGNS, _scaled(key, -1)),)
    return ()


@lru_cache(256, typed=True)
def _common(key: Any, has_unit: bool) -> tuple[tuple[str, Any], ...]:
    factors = _FACTORS | (_UNIT_FACTORS if has_unit else {})
    return tuple((phrase, canonical(other)) for phrase, other in _changed(key, factors))


def _changed(key: Any, factors: dict[int, str]) -> Iterator[tuple[str, Any]]:
    exact = Fraction(key)
    if exact == 0:
        return
    yield _SIGN, -exact
    yield _UPSIDE_DOWN, 1 / exact
    if exact.denominator == 1:
        yield _TOO_MANY, exact + 1
        yield _TOO_FEW, exact - 1
    for factor, phrase in factors.items():
        yield phrase, exact * factor
        yield phrase, exact / factor


def _scaled(value: Any, factor: int) -> Any:
    if isinstance(value, tuple):
        return tuple(_scaled(item, factor) for item in value)
    return value * factor


def _numbers(value: Any) -> bool:
    if isinstance(value, tuple):
        return all(_numbers(item) for item in value)
    return _is_number(value)


def _is_number(value: Any) -> bool:
    return is_number(value) and (type(value) is int or math.isfinite(value))
