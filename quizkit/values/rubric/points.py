"""The state of each key point: covered, missed, contradicted or unclear, and which words decide it."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from quizkit.values.rubric.phrasings import (
    Match,
    Phrasing,
    Reading,
    compiled,
    relation,
    strictly,
)

Standing = Literal["covered", "missed", "contradicted", "unclear"]


# Of one clause: it says what contradicts, or the contrary of what is accepted.
_Said = Literal["covered", "missed", "opposed", "reversed", "unclear"]
_ORDER: tuple[_Said, ...] = ("opposed", "covered", "reversed", "unclear")
_STANDING: dict[_Said, Standing] = {
    "opposed": "contradicted",
    "reversed": "contradicted",
    "covered": "covered",
    "unclear": "unclear",
}


class Point(Struct, frozen=True):
    """A key point, compiled."""

    slug: str
    weight: int
    accept: tuple[Phrasing, ...]
    contradict: tuple[Phrasing, ...]


class Found(Struct, frozen=True):
    """What became of a point, and the part of the answer that decided it (from, to)."""

    slug: str
    weight: int
    standing: Standing
    span: tuple[int, int] | None = None


class Heard(Struct, frozen=True):
    """A clause as it is compared, and how far it counts."""

    reading: Reading
    span: tuple[int, int]
    counts: bool = True  # neither stuffing, nor the question copied, nor a question itself
    turned: bool = False  # says what would be otherwise
    is_whole: bool = True  # one clause; else two neighbours taken together
    is_tied: bool = False  # two neighbours of which one says when, or which


def point(
    slug: str, weight: int, accept: tuple[str, ...], contradict: tuple[str, ...] = ()
) -> Point:
    """A key point from its phrasings as a rubric has them."""
    accepted, contradicting = (
        tuple(reading for text in texts for reading in compiled(text))
        for texts in (accept, contradict)
    )
    return Point(slug, weight, accepted, contradicting)


def standing(of: Point, heard: list[Heard]) -> Found:
    """What is clearly said decides: what contradicts, what covers, the contrary, then a near miss."""
    found: dict[_Said, tuple[int, int]] = {}
    for clause in heard:
        said = _said(of, clause)
        if said != "missed":
            found.setdefault(said, clause.span)
    for each in _ORDER:
        if each in found:
            return Found(of.slug, of.weight, _STANDING[each], found[each])
    return Found(of.slug, of.weight, "missed")


def _said(of: Point, clause: Heard) -> _Said:
    accepted = [relation(phrasing, clause.reading) for phrasing in of.accept]
    if not clause.is_whole:
        said: _Said = "covered" if clause.is_tied else "unclear"
        return said if clause.counts and any(m.relation == "says" for m in accepted) else "missed"
    if clause.turned:
        return _said_otherwise(accepted) if clause.counts else "missed"
    opposed = [strictly(phrasing, clause.reading) for phrasing in of.contradict]
    found = _weighed(_best(accepted), _best(opposed), accepted)
    return "missed" if not clause.counts and found in ("covered", "unclear") else found


def _weighed(taken: Match | None, against: Match | None, accepted: list[Match]) -> _Said:
    """Where a clause seems to say both, the closer phrasing decides; words in another order say less."""
    if taken and against:
        if taken.is_ordered and (not against.is_ordered or taken.size > against.size):
            return "covered"
        return "opposed" if against.is_ordered else "unclear"
    if taken:
        return "unclear" if taken.is_swapped else "covered"
    if against and against.is_ordered:
        return "opposed"
    relations = {match.relation for match in accepted}
    if "reverses" in relations:
        return "reversed"
    return "unclear" if relations & {"nearly", "names"} else "missed"


def _best(matches: list[Match]) -> Match | None:
    """The match that says most, if any does."""
    said = [match for match in matches if match.relation == "says"]
    return max(said, key=lambda match: (match.is_ordered, match.size), default=None)


def _said_otherwise(accepted: list[Match]) -> _Said:
    """Of what would be so otherwise: its contrary is so; what is accepted may be meant of either."""
    relations = {match.relation for match in accepted}
    if "reverses" in relations and "says" not in relations:
        return "covered"
    return "unclear" if relations & {"says", "names", "nearly"} else "missed"
