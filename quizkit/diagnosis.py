"""Which mistake gives this answer: another convention, misconceptions known to the question, or a slip."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import lru_cache
from random import Random
from typing import Any

from msgspec import Struct

from quizkit.errors import QuizkitError
from quizkit.model import Alternative, Given, Value, Variant
from quizkit.values.carry import canonical
from quizkit.values.tolerance import is_number

Compute = Callable[[str, Given], Value]
Agrees = Callable[[Any, Any], bool]

# A slip is named only if a random wrong answer would look like it less often than this.
CHANCE = 0.05
_DRAWS = 400
_FACTORS = {2: "a factor of 2 goes wrong", 10: "a factor of 10 goes wrong"}
_UNIT_FACTORS = {
    8: "bits are taken for bytes, or bytes for bits",
    100: "per cent are taken for a share, or a share for per cent",
    1000: "a unit prefix goes wrong, a factor of 1,000",
    1024: "a binary unit prefix goes wrong, a factor of 1,024",
}


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
    """The slip that gives this wrong answer, to be read after "if"; None where none does, or by chance."""
    for phrase, other in slips_of(variant, compute):
        if agrees(value, other) and not agrees(other, variant.key):
            return phrase if chance(other, variant, agrees) < CHANCE else None
    return None


def chance(other: Value, variant: Variant, agrees: Agrees) -> float:
    """How often a random wrong answer to this question is this value; 0 for anything but a number."""
    if not _is_number(variant.key):
        return 0.0
    answers = _random_answers(f"wrong answers to {variant.id} {variant.seed}", variant.key)
    like = _near(answers, other, agrees)
    if not like:
        return 0.0
    right = _near(answers, variant.key, agrees)
    both = range(max(right.start, like.start), min(right.stop, like.stop))
    return (len(like) - len(both)) / max(1, len(answers) - len(right))


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


@lru_cache(256, typed=True)
def _random_answers(stream: str, key: Any) -> tuple[Any, ...]:
    """Half of them anywhere up to twice the key, half within its order of magnitude; whole if it is."""
    return tuple(sorted(_drawn(Random(stream), key)))


def _drawn(random: Random, key: Any) -> Iterator[Any]:
    whole = Fraction(key).denominator == 1
    size = abs(float(key)) or 1.0
    sign = -1 if key < 0 else 1
    for draw in range(_DRAWS):
        if draw % 2:
            found = random.random() * (2 * size + (10 if whole else 0))
        else:
            found = size * 10 ** (2 * random.random() - 1)
        yield sign * (round(found) if whole else found)


def slips_of(variant: Variant, compute: Compute | None) -> Iterator[tuple[str, Any]]:
    """Slips in the solver's formula, then those that any computed number invites."""
    if compute is not None and variant.solver is not None:
        try:
            found: Any = compute(f"slips:{variant.solver}", {**variant.given, **variant.asked})
        except (
            QuizkitError
        ):  # the slips are a courtesy: without them the answer is wrong all the same
            found = ()
        yield from found
    if _is_number(variant.key):
        yield from _common(variant.key, bool(variant.unit))
    elif variant.kind != "shape" and isinstance(variant.key, tuple) and _numbers(variant.key):
        yield "every sign is turned round", _scaled(variant.key, -1)


@lru_cache(256, typed=True)
def _common(key: Any, has_unit: bool) -> tuple[tuple[str, Any], ...]:
    factors = _FACTORS | (_UNIT_FACTORS if has_unit else {})
    return tuple((phrase, canonical(other)) for phrase, other in _changed(key, factors))


def _changed(key: Any, factors: dict[int, str]) -> Iterator[tuple[str, Any]]:
    exact = Fraction(key)
    if exact == 0:
        return
    yield "the sign is turned round", -exact
    yield "the fraction is turned upside down", 1 / exact
    if exact.denominator == 1:
        yield "you count one too many", exact + 1
        yield "you count one too few", exact - 1
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
