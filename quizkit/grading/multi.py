"""Several of the options: every right one and no other."""

from __future__ import annotations

from typing import Any

from quizkit.grading.letters import labelled, picked, sentence, span
from quizkit.model import Grade, Option, Reading, Value, Variant
from quizkit.values.numbers import Unreadable, attempt

LEAST = 0.5


def read(raw: str, variant: Variant) -> Reading:
    """The slugs of the options picked, sorted; `none` is the empty tuple."""
    return attempt(_read, raw, variant)


def grade(value: Value, variant: Variant) -> Grade:
    """Right, or a share that guessing does not earn; and why, for each option misjudged."""
    chosen, key = set(_slugs(value)), set(_slugs(variant.key))
    false = [option for option in variant.options if option.slug in chosen - key]
    missed = [option for option in variant.options if option.slug in key - chosen]
    score = _score(len(key) - len(missed), len(false), len(key), len(variant.options))
    if chosen == key:
        return Grade(verdict="right", score=1.0, feedback=f"Right: {key_text(variant)}.")
    return Grade(
        verdict="partly" if score else "wrong",
        score=score,
        feedback=" ".join(
            _told(word, option, variant)
            for word, options in (("Not", false), ("Missed", missed))
            for option in options
        ),
        misconception=false[0].slug if false else None,
    )


def key_text(variant: Variant) -> str:
    """The right options with their letters."""
    slugs = [option.slug for option in variant.options if option.slug in _slugs(variant.key)]
    return "; ".join(labelled(variant.options, slug) for slug in slugs) or "none of them"


def _read(raw: str, variant: Variant) -> Value:
    if raw.strip().lower() == "none":
        return ()
    slugs = picked(raw, variant.options)
    if not slugs:
        wanted = f"expected letters from {span(len(variant.options))}, such as ac, or none"
        raise Unreadable(wanted, len(raw))
    return tuple(sorted(slugs))


def _score(hits: int, false: int, right: int, options: int) -> float:
    """The share of the right options picked, less as much, or more, for each false pick.

    A false pick costs a share of the rarer of right and wrong, and less than half earns nothing:
    to pick all earns 0, and to pick at random next to nothing.
    """
    if not hits:
        return 0.0
    share = hits / right - (false / min(right, options - right) if false else 0)
    return share if share >= LEAST else 0.0


def _told(word: str, option: Option, variant: Variant) -> str:
    return f"{word} {labelled(variant.options, option.slug)}: {sentence(option.because)}"


def _slugs(value: Any) -> tuple[str, ...]:
    return tuple(value)
