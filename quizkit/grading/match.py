"""Matches: each numbered left side with its lettered right side."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Any

from quizkit.grading.guessing import arranged, chances_of, corrected
from quizkit.grading.letters import letter, sentence, span
from quizkit.model import Grade, Reading, Value, Variant
from quizkit.values.numbers import Cursor, Unreadable, attempt, quoted

LEAST = Fraction(1, 2)
BLIND = Fraction(1, 10)  # what a random match may earn in the mean

_LINK = r"[ \t]*(?:[-–:=.)→>]+[ \t]*)?"
_PAIR = (
    rf"(?P<left>[0-9]{{1,2}}){_LINK}(?P<right>[A-Za-z])"
    rf"|(?P<name>[A-Za-z]){_LINK}(?P<number>[0-9]{{1,2}})(?![0-9])"
)
_LETTER = r"[A-Za-z]"
_BETWEEN = r"[\s,;()>→-]*"


def read(raw: str, variant: Variant) -> Reading:
    """The index of the right side given to each left side: from `1c 2a 3b`, `c1 a2 b3` or `cab`."""
    return attempt(_read, raw, variant)


def grade(value: Value, variant: Variant) -> Grade:
    """A share for what is matched, above chance; and the right partner of each left side that is not."""
    pairs = list(zip(_indices(value), _indices(variant.key), strict=True))
    wrong = _wrong(_indices(value), _indices(variant.key), variant.rights)
    if not wrong:
        return Grade(verdict="right", score=1.0, feedback="Right: every pair.")
    score = _score(_share(len(wrong), len(pairs)), _indices(variant.key), variant.rights)
    return Grade(
        verdict="partly" if score else "wrong",
        score=score,
        feedback=" ".join(_told(index, pairs[index][0], variant) for index in wrong),
    )


def key_text(variant: Variant) -> str:
    """Each left side with its right one."""
    return "; ".join(
        f"{number}{letter(right)}: {left.text} – {variant.rights[right]}"
        for number, (left, right) in enumerate(
            zip(variant.options, _indices(variant.key), strict=True), 1
        )
    )


def _read(raw: str, variant: Variant) -> Value:
    cursor = Cursor(raw)
    cursor.take(_BETWEEN)
    by_number = any(char.isdigit() for char in raw)
    given: dict[int, int] = {}
    while cursor.rest:
        at = cursor.at
        left, right = _pair(cursor, variant) if by_number else (len(given), _name(cursor, variant))
        if left in given:
            raise Unreadable(f"expected each number once, found {left + 1} again", at)
        if left >= len(variant.options):
            raise Unreadable(f"expected {len(variant.options)} letters, found more", at)
        given[left] = right
        cursor.take(_BETWEEN)
    missing = [str(n + 1) for n in range(len(variant.options)) if n not in given]
    if missing:
        example = "a partner for each number, as in 1b 2a"
        raise Unreadable(f"expected {example}; missing {', '.join(missing)}", len(raw.rstrip()))
    return tuple(given[left] for left in range(len(variant.options)))


def _pair(cursor: Cursor, variant: Variant) -> tuple[int, int]:
    """The indices of a left and a right side typed together."""
    at = cursor.at
    found = cursor.take(_PAIR)
    if found is None:
        raise Unreadable(f"expected a pair such as 1b, found {quoted(cursor.rest)}", at)
    side = "left" if found["left"] else "number"
    left = int(found[side])
    if not 1 <= left <= len(variant.options):
        raise Unreadable(f"expected a number from 1 to {len(variant.options)}", found.start(side))
    side = "right" if found["right"] else "name"
    return left - 1, _right(found[side], found.start(side), variant)


def _name(cursor: Cursor, variant: Variant) -> int:
    at = cursor.at
    found = cursor.take(_LETTER)
    if found is None:
        raise Unreadable(f"expected pairs such as 1b 2a, found {quoted(cursor.rest)}", at)
    return _right(found[0], at, variant)


def _right(name: str, at: int, variant: Variant) -> int:
    index = ord(name.lower()) - ord("a")
    if index >= len(variant.rights):
        raise Unreadable(f"expected a letter, {span(len(variant.rights))}", at)
    return index


def _wrong(
    given: tuple[int, ...], key: tuple[int, ...], rights: tuple[str, ...]
) -> tuple[int, ...]:
    """Which left sides are not matched. By their texts: two of them may belong to the same one."""
    pairs = enumerate(zip(given, key, strict=True))
    return tuple(n for n, (a, b) in pairs if rights[a] != rights[b])


def _share(wrong: int, pairs: int) -> Fraction:
    return 1 - Fraction(wrong, pairs)


def _score(share: Fraction, key: tuple[int, ...], rights: tuple[str, ...]) -> float:
    """The share matched, once that is half, as far as guessing has no part in it.

    The mean share of all ways to match is taken for 0. What lies above it is paid as far as a random way
    earns at most 0.1 in the mean: of three pairs nothing but the right match, of four 0.23 for two.
    """
    return float(corrected(share, _chances(key, rights), BLIND)) if share >= LEAST else 0.0


@lru_cache(64)
def _chances(key: tuple[int, ...], rights: tuple[str, ...]) -> dict[Fraction, Fraction]:
    """How often a random way to match, no right side taken twice, has each share."""
    ways = arranged(len(rights), len(key))
    return chances_of(_share(len(_wrong(way, key, rights)), len(key)) for way in ways)


def _told(index: int, found: int, variant: Variant) -> str:
    left, right = variant.options[index], _indices(variant.key)[index]
    because = f" {sentence(left.because)}" if left.because else ""
    partner = f"{letter(right)}) {variant.rights[right]}"
    return f"{index + 1}) {left.text}: {sentence(f'{partner}, not {letter(found)}')}{because}"


def _indices(value: Any) -> tuple[int, ...]:
    return tuple(value)
