"""Several of the options: every right one and no other."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from math import comb
from typing import Any

from quizkit.grading.guessing import paid
from quizkit.grading.letters import labelled, picked, sentence, span
from quizkit.model import Grade, Option, Reading, Value, Variant
from quizkit.values.numbers import Unreadable, attempt

LEAST = Fraction(1, 2)
BLIND = Fraction(1, 20)  # what a blind pick may earn in the mean


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
    """The share of the right options picked, less what false picks cost, as far as guessing has no part.

    A false pick costs a share of the rarer of right and wrong, and less than half earns nothing. What is
    left is paid as far as a blind pick of as many options earns at most 0.05 in the mean, which the full
    credit of the one right answer may exceed alone: of three or four options nothing is left but that.
    """
    share = _share(hits, false, right, options)
    if not share:
        return 0.0
    return float(paid(share, _chances(hits + false, right, options), BLIND))


def _share(hits: int, false: int, right: int, options: int) -> Fraction:
    if not hits:
        return Fraction(0)
    cost = Fraction(false, min(right, options - right)) if false else 0
    share = Fraction(hits, right) - cost
    return share if share >= LEAST else Fraction(0)


def _chances(picks: int, right: int, options: int) -> dict[Fraction, Fraction]:
    """How often a blind pick of so many options has each share."""
    found: Counter[Fraction] = Counter()
    for hits in range(max(0, picks - (options - right)), min(picks, right) + 1):
        ways = comb(right, hits) * comb(options - right, picks - hits)
        found[_share(hits, picks - hits, right, options)] += ways
    total = comb(options, picks)
    return {share: Fraction(ways, total) for share, ways in found.items()}


def _told(word: str, option: Option, variant: Variant) -> str:
    return f"{word} {labelled(variant.options, option.slug)}: {sentence(option.because)}"


def _slugs(value: Any) -> tuple[str, ...]:
    return tuple(value)
