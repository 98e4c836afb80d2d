"""The state of each key point: covered, missed, contradicted or unclear, and which words decide it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from quizkit.values.rubric.matching import Match, relation, strictly
from quizkit.values.rubric.phrasings import Phrasing, compiled
from quizkit.values.rubric.readings import Reading
from quizkit.values.rubric.roles import Role

Standing = Literal["covered", "missed", "contradicted", "unclear"]


# Of one clause: it says what contradicts; says it; says its contrary; something speaks for and against
# it; comes close, where a word or a direction is lacking, or where two clauses say it together. What is
# disputed is said, with a detail that contradicts.
Said = Literal["opposed", "covered", "disputed", "reversed", "doubtful", "close", "missed"]
_STANDING: dict[Said, Standing] = {  # what is said clearly decides
    "opposed": "contradicted",
    "covered": "covered",
    "disputed": "unclear",
    "reversed": "contradicted",
    "doubtful": "unclear",
    "close": "unclear",
    "missed": "missed",
}


LONG = 3  # size of a contrary that one of the same clause does not outvote by being a little longer
_CLEAR = frozenset(("says", "reverses"))  # beside which it says nothing what comes close


class Near(NamedTuple):
    """Of one point the phrasings that a clause may say, and those of accept that lack one word in it."""

    accept: list[Phrasing]
    contradict: list[Phrasing]
    nearly: list[Phrasing]


class Point(Struct, frozen=True):
    """A key point, compiled."""

    slug: str
    weight: int
    accept: tuple[Phrasing, ...]
    contradict: tuple[Phrasing, ...]
    says: str = ""
    role: Role = Role()
    is_optional: bool = False
    is_supposed: bool = False  # says what would be so otherwise: `Without them every layer ...`


class Found(Struct, frozen=True):
    """What became of a point, and the part of the answer that decided it (from, to)."""

    slug: str
    weight: int
    standing: Standing
    span: tuple[int, int] | None = None
    said: Said = "missed"
    is_optional: bool = False


class Heard(Struct, frozen=True):
    """A clause as it is compared, which phrasings of each point may fit it, and how far it counts."""

    reading: Reading
    near: list[Near]
    span: tuple[int, int]
    counts: bool = True  # neither stuffing, nor the question copied, nor a question itself
    turned: bool = False  # says what would be otherwise
    is_whole: bool = True  # one clause; else two neighbours taken together
    named: frozenset[str] = frozenset()  # of the things compared, those that it is about
    is_tied: bool = False  # two neighbours of which one says when, or which
    asserts: bool = False  # has a verb, and some length
    about: Reading | None = None  # as it is read for what contradicts
    corrected: bool = False  # the X of `not X but Y`
    trails: bool = False  # joined to what would be otherwise, so that it may be meant so too


def point(
    slug: str,
    weight: int,
    accept: tuple[str, ...],
    contradict: tuple[str, ...] = (),
    says: str = "",
    *,
    is_optional: bool = False,
) -> Point:
    """A key point from its phrasings as a rubric has them."""
    accepted = tuple(each for text in accept for each in compiled(text, is_wide=True))
    contradicting = tuple(each for text in contradict for each in compiled(text))
    told = says.lower().split()
    is_supposed = told[:1] in (["without"], ["otherwise"]) or not {"would", "could"}.isdisjoint(
        told
    )
    return Point(
        slug,
        weight,
        accepted,
        contradicting,
        says,
        is_optional=is_optional,
        is_supposed=is_supposed,
    )


def sayings(of: Point, at: int, heard: list[Heard]) -> list[Said]:
    """What each clause says of a point, which is the one with the number `at`."""
    return [_said_in_role(of, at, clause) for clause in heard]


def standing(of: Point, said: list[Said], heard: list[Heard]) -> Found:
    """What is clearly said decides: what contradicts, what covers, the contrary, then a near miss.

    What is both said and contradicted is unclear.
    """
    found: dict[Said, tuple[int, int]] = {}
    for each, clause in zip(said, heard, strict=True):
        found.setdefault(each, clause.span)
    against = found.get("disputed", found.get("opposed"))
    if against and ("disputed" in found or "covered" in found):
        # Of two sides of a comparison what is true of one is often said by denying it of the other.
        return Found(of.slug, of.weight, "unclear", against, "disputed", of.is_optional)
    for each, state in _STANDING.items():
        if each in found and each != "missed":
            return Found(of.slug, of.weight, state, found[each], each, of.is_optional)
    return Found(of.slug, of.weight, "missed", is_optional=of.is_optional)


def unweighed(said: list[list[Said]], heard: list[Heard]) -> list[tuple[int, int]]:
    """The clauses that assert something, and decide no point: they may be true or false."""
    counted = [
        clause.span
        for clause, each in zip(heard, zip(*said, strict=True), strict=True)
        if any(one in ("covered", "opposed", "disputed", "reversed") for one in each)
    ]
    return [
        clause.span
        for clause in heard
        if clause.is_whole
        and clause.asserts
        and not any(start <= clause.span[0] and clause.span[1] <= end for start, end in counted)
    ]


def _said_in_role(of: Point, at: int, clause: Heard) -> Said:
    said = _said(clause, clause.near[at], is_supposed=of.is_supposed)
    if clause.trails and said in (
        "opposed",
        "disputed",
        "reversed",
        "doubtful",
    ):  # it says what would be so
        said = _said(replace(clause, turned=True), clause.near[at], is_supposed=of.is_supposed)
    if clause.corrected and said == "reversed":
        return "missed"  # what is so instead follows
    if said in ("covered", "reversed", "close") and of.role.is_swapped(clause.named):
        return "doubtful" if said == "covered" else "missed"
    return said


def _said(clause: Heard, near: Near, *, is_supposed: bool) -> Said:
    accepted = _relations(near.accept, clause, is_enough=_is_sure if not clause.turned else _never)
    if not clause.is_whole:
        return _said_together(clause, _best(accepted), near.contradict)
    against = None if clause.turned else _best(_opposed(clause, near.contradict))
    if not (against or any(match.relation in _CLEAR for match in accepted)):
        # Only then it matters what comes close.
        accepted += _relations(near.nearly, clause, is_enough=_never)
    if clause.turned:
        said = _said_otherwise(accepted, is_supposed=is_supposed)
        return said if clause.counts else "missed"
    found = _weighed(_best(accepted), against, accepted)
    return found if clause.counts or found in ("opposed", "reversed") else "missed"


def _relations(
    phrasings: list[Phrasing], clause: Heard, *, is_enough: Callable[[Match], bool]
) -> list[Match]:
    """How the clause stands to each, the largest first, up to one after which no other can say more."""
    found = []
    for phrasing in phrasings:
        found.append(relation(phrasing, clause.reading))
        if is_enough(found[-1]):
            break
    return found


def _is_sure(match: Match) -> bool:
    return match.relation == "says" and match.is_ordered and not match.is_swapped


def _never(_: Match) -> bool:
    return False


def _opposed(clause: Heard, contradict: list[Phrasing]) -> list[Match]:
    found = []
    for phrasing in contradict:
        match = strictly(phrasing, clause.about or clause.reading)
        if not match.is_parted:
            found.append(match)
            if match.relation == "says" and match.is_ordered:
                break
    return found


def _said_together(clause: Heard, taken: Match | None, contradict: list[Phrasing]) -> Said:
    """Of two neighbours; only where one says when, or what, the other may contradict."""
    if clause.is_tied:
        against = _best(_opposed(clause, contradict))
        if against and against.is_ordered and (not taken or against.size > taken.size):
            return "opposed"
    if not taken or not clause.counts:
        return "missed"
    return "covered" if clause.is_tied else "close"


def _weighed(taken: Match | None, against: Match | None, accepted: list[Match]) -> Said:
    """Where a clause seems to say both, the closer phrasing decides; words in another order say less.

    A contrary in the clause's own words that is hardly shorter leaves it open.
    """
    if taken and against:
        if taken.is_ordered and (not against.is_ordered or taken.size > against.size):
            return "disputed" if _is_near(against, taken) else "covered"
        return "opposed" if against.is_ordered else "doubtful"
    if taken:
        is_sure = not taken.is_swapped and taken.size >= _most_reversed(accepted)
        return "covered" if is_sure else "doubtful"
    if against and against.is_ordered:
        return "opposed"
    relations = {match.relation for match in accepted}
    if "reverses" in relations:
        return "reversed"
    if "doubts" in relations:
        return "doubtful"
    return "close" if relations & {"names", "nearly"} else "missed"


def _is_near(against: Match, taken: Match) -> bool:
    is_own = against.is_ordered and not against.is_implied and not against.is_led
    return is_own and against.size >= max(LONG, taken.size - 1)


def _most_reversed(matches: list[Match]) -> int:
    """The size of the longest phrasing whose contrary is said."""
    return max((each.size for each in matches if each.relation == "reverses"), default=0)


def _best(matches: list[Match]) -> Match | None:
    """The match that says most, if any does."""
    said = [match for match in matches if match.relation == "says"]
    return max(said, key=_fitness, default=None)


def _fitness(match: Match) -> tuple[bool, int, bool]:
    return match.is_ordered, match.size, not match.is_swapped


def _said_otherwise(accepted: list[Match], *, is_supposed: bool) -> Said:
    """Of what would be so otherwise: its contrary is so; what is accepted may be meant of either.

    Where the point itself says what would be so otherwise, it is meant.
    """
    relations = {match.relation for match in accepted}
    if is_supposed and "says" in relations and "reverses" not in relations:
        return "covered"
    if "reverses" in relations and "says" not in relations:
        return "doubtful" if is_supposed else "covered"
    return "doubtful" if relations & {"says", "names", "nearly", "doubts"} else "missed"
