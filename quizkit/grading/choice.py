"""Choices and claims: one letter, or what it stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizkit.grading.letters import labelled, letter, span
from quizkit.model import Grade, Misread, Option, Reading, Understood, Value, Variant
from quizkit.values.numbers import quoted, read_number

# The slug of a computed option that is right; to type it would give the answer away.
COMPUTED = "key"

_LETTER = r"\(?(?P<letter>[a-z])[).:]?"
_HOLDINGS = {
    **dict.fromkeys(("holds", "h", "true", "t"), "holds"),
    **dict.fromkeys(("fails", "f", "false"), "fails"),
    **dict.fromkeys(("depends", "d"), "depends"),
}


def read(raw: str, variant: Variant) -> Reading:
    """The slug of the option that a letter, number, slug or text names; for a claim a holding."""
    typed = " ".join(raw.split()).casefold()
    at = len(raw) - len(raw.lstrip())
    if variant.kind == "claim":
        holding = _HOLDINGS.get(typed)
        wanted = "expected holds, fails or depends (h, f or d)"
        return Understood(holding) if holding else Misread(f"{wanted}, found {_found(raw)}", at)
    slug = next(_named(typed, variant), None)
    if slug is None:
        wanted = f"expected a letter, {span(len(variant.options))}"
        return Misread(f"{wanted}, found {_found(raw)}", at)
    return Understood(slug)


def grade(value: Value, variant: Variant) -> Grade:
    """Right or wrong, with why the chosen option is right or tempting."""
    is_right = value == variant.key
    mistake = None
    if variant.kind == "claim":
        feedback = variant.right_statement
    else:
        chosen = next(option for option in variant.options if option.slug == value)
        feedback = chosen.because or _verdict(chosen, is_right, variant)
        mistake = None if is_right else chosen.slug
    return Grade(
        verdict="right" if is_right else "wrong",
        score=float(is_right),
        feedback=feedback,
        misconception=mistake,
    )


def key_text(variant: Variant) -> str:
    """The right option with its letter, or whether the claim holds."""
    key = str(variant.key)
    return key if variant.kind == "claim" else labelled(variant.options, key)


def _named(typed: str, variant: Variant) -> Iterator[str]:
    """The options that were meant, the surest first."""
    found = re.fullmatch(_LETTER, typed)
    for index, option in enumerate(variant.options):
        if found and found["letter"] == letter(index):
            yield option.slug
    for option in variant.options:
        slug = option.slug if option.slug != COMPUTED else None
        if typed in (slug, " ".join(option.text.split()).casefold()):
            yield option.slug
    yield from _numbered(typed, variant)


def _numbered(typed: str, variant: Variant) -> list[str]:
    """The options that are this number; or the one at this place, where no option has a digit."""
    if any(char.isdigit() for option in variant.options for char in option.text):
        reading = read_number(typed, variant.unit)
        return [
            option.slug
            for option in variant.options
            if isinstance(reading, Understood) and _is_number(option, reading.value, variant.unit)
        ]
    places = {str(place): option.slug for place, option in enumerate(variant.options, 1)}
    return [places[typed]] if typed in places else []


def _is_number(option: Option, number: Value, unit: str | None) -> bool:
    reading = read_number(option.text, unit)
    return isinstance(reading, Understood) and reading.value == number


def _verdict(chosen: Option, is_right: bool, variant: Variant) -> str:
    return "Right." if is_right else f"Not {chosen.text}; the key is {key_text(variant)}."


def _found(raw: str) -> str:
    return quoted(raw.strip()) if raw.strip() else "nothing"
