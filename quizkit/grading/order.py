"""Orders: items put so that each comes after all that must precede it."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from itertools import combinations
from typing import Any

from quizkit.grading.guessing import arranged, chances_of, corrected
from quizkit.grading.letters import labelled, letter, picked
from quizkit.model import Grade, Reading, Value, Variant
from quizkit.values.numbers import Unreadable, attempt

BLIND = Fraction(1, 10)  # what a random order may earn in the mean

Before = frozenset[tuple[str, str]]


def read(raw: str, variant: Variant) -> Reading:
    """The slugs of all items in the order typed."""
    return attempt(_read, raw, variant)


def grade(value: Value, variant: Variant) -> Grade:
    """Right where no required pair is reversed; else a share for the longest part, above chance."""
    order, before = _slugs(value), _before(variant)
    reversed_pairs = [(b, a) for a, b in combinations(order, 2) if (b, a) in before]
    if not reversed_pairs:
        return Grade(verdict="right", score=1.0, feedback="Right: every item is in its place.")
    score = _score(order, before)
    first, second = (f"“{labelled(variant.options, slug)}”" for slug in reversed_pairs[0])
    return Grade(
        verdict="partly" if score else "wrong",
        score=score,
        feedback=f"{first} must come before {second}, not after it.",
    )


def key_text(variant: Variant) -> str:
    """One valid order."""
    # The key is transitively closed, so whatever must precede an item has fewer predecessors.
    before = _before(variant)
    order = sorted(variant.options, key=lambda item: sum(b == item.slug for _, b in before))
    return " → ".join(labelled(variant.options, item.slug) for item in order)


def _read(raw: str, variant: Variant) -> Value:
    order = picked(raw, variant.options)
    missing = [letter(n) for n, item in enumerate(variant.options) if item.slug not in order]
    if missing:
        expected = f"expected each of the {len(variant.options)} letters once"
        raise Unreadable(f"{expected}, missing {', '.join(missing)}", len(raw.rstrip()))
    return tuple(order)


def _score(order: tuple[str, ...], before: Before) -> float:
    """The share that the longest part in order makes up, as far as guessing has no part in it.

    The mean share of all orders is taken for 0. What lies above it is paid as far as a random order earns
    at most 0.1 in the mean: of three items nothing but the right order, of five 0.55 for four in order.
    """
    items = tuple(sorted(order))
    return float(corrected(_share(order, before), _chances(items, before), BLIND))


def _share(order: tuple[str, ...], before: Before) -> Fraction:
    """How far the longest part in order exceeds the part that no order can get wrong, as a share.

    A complete reversal thus has 0; for a total order the share is (longest - 1) / (items - 1).
    """
    least = _longest_part(order, before)
    return Fraction(_longest_part(order, _reversed(order, before)) - least, len(order) - least)


@lru_cache(64)
def _chances(items: tuple[str, ...], before: Before) -> dict[Fraction, Fraction]:
    """How often a random order has each share."""
    orders = arranged(len(items), len(items))
    return chances_of(_share(tuple(items[at] for at in order), before) for order in orders)


def _reversed(order: tuple[str, ...], before: Before) -> Before:
    return frozenset((b, a) for a, b in combinations(order, 2) if (b, a) in before)


def _longest_part(items: tuple[str, ...], pairs: Before) -> int:
    """The most items of which no two are a pair; the pairs must be transitive.

    That is the number of items less a maximum matching of the pairs. [Dilworth 1950]
    """
    matched: dict[str, str] = {}

    def finds_partner(item: str, tried: set[str]) -> bool:
        for other in items:
            if (item, other) in pairs and other not in tried:
                tried.add(other)
                if other not in matched or finds_partner(matched[other], tried):
                    matched[other] = item
                    return True
        return False

    return len(items) - sum(finds_partner(item, set()) for item in items)


def _before(variant: Variant) -> Before:
    pairs: Any = variant.key
    return frozenset((a, b) for a, b in pairs)


def _slugs(value: Any) -> tuple[str, ...]:
    return tuple(value)
