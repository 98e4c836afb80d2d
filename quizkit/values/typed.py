"""Numbers as they stand among words and signs: `approx. 0.69`, `σ(2) ≈ 0.88`, `391 steps`, `1 h 30 min`."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise

from quizkit.model import Misread, Reading, Understood
from quizkit.values.expressions.tree import table
from quizkit.values.numbers import LONGEST, compiled, factor_of, read_number

_HEDGE = r"\s*(?:approx(?:imately|\.)?|about|roughly|around|circa|ca\.?|nearly)\s+(?=[^A-Za-z])"
_EQUALS = r"[=≈]"
_LAST_WORD = r"(?<![A-Za-z-])(?P<word>[A-Za-z]+(?:-[A-Za-z]+)?)\s*\.?\s*\Z"
_PARTS = r"(?P<amount>[0-9]+(?:\.[0-9]+)?)\s*(?P<unit>[A-Za-zµ]+)(?:\s*(?:,|and))?\s*"
_OTHER_UNIT = r"\s*[-−]?[0-9][0-9.,]*\s*[A-Za-z%µ][A-Za-z%µ/]*\s*"
_MOST_WORDS = 2  # behind a number: `weight updates`
_MOST_PARTS = 4
# What is counted in this field; where the question itself names some, one of those is meant.
_COUNTED = table(
    "step iteration update epoch batch sample example image token parameter param weight bias unit "
    "neuron node layer channel filter kernel pixel row column element value multiplication "
    "addition multiply-add operation op flop mac edge link connection head position class point "
    "pass run device gpu cell box anchor window path trip round"
)


def read_typed(
    text: str, unit: str | None, misread: Misread, ask: str = "", *, is_negative: bool = False
) -> Reading:
    """What the plain reader misread: a number with a left side, a hedge or what is counted

    A calculation is worked out. `0.7 - 1` is one where a negative number is asked for, else a range.
    """
    if len(text) > LONGEST or not compiled("[0-9]").search(text):
        return misread
    if unit and compiled(_OTHER_UNIT).fullmatch(text):
        return misread  # a plain number in a unit that does not fit
    bare = _bare(text, "" if unit else ask, is_counted=not unit)
    if bare != text and isinstance(again := read_number(bare, unit), Understood):
        return again
    if unit and (total := _sum_of_parts(bare, unit)) is not None:
        return Understood(total.numerator if total.denominator == 1 else total)
    from quizkit.values.calculations import read_calculation

    return read_calculation(bare, unit, misread, is_negative=is_negative)


def _bare(text: str, ask: str, *, is_counted: bool) -> str:
    """With blanks for all that stands around the number; places stay as they are."""
    equals = compiled(_EQUALS).search(text)
    if equals is not None:
        from quizkit.values.expressions.labels import is_label

        if is_label(text[: equals.start()]):
            text = _blank(text, 0, equals.end())
    hedge = compiled(_HEDGE).match(text)
    if hedge is not None:
        text = _blank(text, 0, hedge.end())
    for _ in range(_MOST_WORDS if is_counted else 0):
        last = _last_word(text, ask)
        if last is None:
            break
        text = _blank(text, last.start("word"), len(text))
    return text


def _last_word(text: str, ask: str) -> re.Match[str] | None:
    """What is counted, at the end: of the things that the question names, if it names any."""
    found = compiled(_LAST_WORD).search(text)
    if found is None:
        return None
    asked = {_singular(word) for word in compiled("[A-Za-z-]+").findall(ask)}
    word = _singular(found["word"])
    return found if word in (asked if asked & _COUNTED else _COUNTED) else None


def _singular(word: str) -> str:
    word = word.lower()
    for ending, other in (("ches", "ch"), ("sses", "ss"), ("xes", "x"), ("ases", "as"), ("s", "")):
        if word.endswith(ending) and not word.endswith(("ss", "ias")):
            return word.removesuffix(ending) + other
    return word


def _sum_of_parts(text: str, unit: str) -> Fraction | None:
    """`1 h 30 min` in the question's unit: each part smaller than one of the unit before it."""
    found = list(compiled(_PARTS).finditer(text.strip()))
    if not 1 < len(found) <= _MOST_PARTS or "".join(part[0] for part in found) != text.strip():
        return None
    factors = [factor_of(part["unit"], unit) for part in found]
    known = [factor for factor in factors if factor is not None]
    sizes = [Fraction(part["amount"]) * factor for part, factor in zip(found, known, strict=False)]
    if len(known) < len(found) or any(
        later >= factor for factor, (_, later) in zip(known, pairwise(sizes), strict=False)
    ):
        return None
    return sum(sizes, Fraction(0))


def _blank(text: str, start: int, stop: int) -> str:
    return text[:start] + " " * (stop - start) + text[stop:]
