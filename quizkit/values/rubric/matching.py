"""How a clause stands to a phrasing: it says it, says its contrary, comes near, or does nothing of it."""

from __future__ import annotations

from collections.abc import Set
from itertools import pairwise
from typing import NamedTuple

from msgspec import Struct

from quizkit.values.rubric import lexicon
from quizkit.values.rubric.clauses import is_verb
from quizkit.values.rubric.phrasings import LEAST_NEAR, Phrasing, Slot, weight
from quizkit.values.rubric.readings import Reading
from quizkit.values.rubric.senses import BEST, Relation, demanded, sense
from quizkit.values.rubric.words import Word


class Match(Struct, frozen=True):
    """How a clause stands to a phrasing, by how many slots, and whether its first word comes first."""

    relation: Relation
    size: int = 0
    is_ordered: bool = True
    is_denial: bool = False  # negative, and its subject is taken as said
    is_parted: bool = False  # another subject stands between its words
    is_swapped: bool = False  # two things that the question names have changed places
    is_implied: bool = False  # a word of it is taken from what was said before
    is_led: bool = False  # another subject stands before its words


class Filled(NamedTuple):
    """A slot, what the word in it says of it, and where that stands; −1 where it is taken as said."""

    slot: Slot
    said: Relation
    at: int


PAIR = 2
_NOTHING = Match("nothing")


def relation(phrasing: Phrasing, clause: Reading) -> Match:
    """How a clause stands to a phrasing; what only the question names cannot make a contradiction."""
    strict = strictly(phrasing, clause)
    if strict.relation in ("says", "reverses") or not (clause.asked or clause.before):
        return strict
    stems = [slot.stems for slot in phrasing.slots]
    if all(each.isdisjoint(clause.asked) and each.isdisjoint(clause.before) for each in stems):
        return strict  # nothing in it that might be taken as said
    lenient = _relation(phrasing, clause, clause.asked, clause.before)
    if lenient.relation == "reverses" or (lenient.relation == "says" and lenient.is_denial):
        return Match("doubts")  # of which of the things asked about it is denied cannot be told
    return lenient


def strictly(phrasing: Phrasing, clause: Reading) -> Match:
    """How a clause stands to a phrasing by its own words and the subject before it."""
    return _relation(phrasing, clause, frozenset(), frozenset())


def _relation(phrasing: Phrasing, clause: Reading, asked: Set[str], before: Set[str]) -> Match:
    lackable = int(len(phrasing.slots) >= LEAST_NEAR)
    places: list[list[int]] = []
    told: list[list[int]] = []
    lacking = 0
    for slot in phrasing.slots:
        places.append(_places(slot, clause))
        # What the question names is taken as said where it would be the subject.
        told.append(_told(slot, clause, asked if not told else frozenset(), before))
        lacking += not (places[-1] or told[-1])
        if lacking > lackable:
            return _NOTHING
    own = sum(map(bool, places))
    taken = sum(other == [-1] and not found for found, other in zip(places, told, strict=True))
    if own < taken:
        return _NOTHING
    filled = _filled(phrasing, clause, places, told)
    lacking = len(places) - len(filled)
    if not filled or lacking > lackable:
        return _NOTHING
    said = _together(filled, phrasing, lacking, clause)
    if said not in ("says", "reverses"):
        return Match(said)  # nothing else is asked of it
    size = sum(weight(each.slot) for each in filled)
    ordered = _is_ordered([each.at for each in filled], clause)
    denial, parted = _is_denial(filled, clause), _is_parted(filled, clause)
    implied = any(at in (-1, clause.pronoun) for _, _, at in filled)
    swapped, led = _is_swapped(filled, clause), _is_led(filled, clause)
    return Match(said, size, ordered, denial, parted, swapped, implied, led)


def _places(slot: Slot, clause: Reading) -> list[int]:
    """Where words stand that fill the slot, or its contrary."""
    fillers = slot.fillers
    return [at for each, found in clause.places.items() if each in fillers for at in found]


def _told(slot: Slot, clause: Reading, asked: Set[str], before: Set[str]) -> list[int]:
    """Where `it` stands for the slot; −1 for a subject that is left out."""
    stems = slot.stems
    if not (stems.isdisjoint(clause.implied) and stems.isdisjoint(before)):
        if clause.pronoun is not None:
            return [clause.pronoun]
        return [] if slot.sign else [-1]
    return [-1] if not slot.sign and not slot.written.isdisjoint(asked) else []


def _filled(
    phrasing: Phrasing, clause: Reading, places: list[list[int]], told: list[list[int]]
) -> list[Filled]:
    """Each slot with the word that fills it best; no word fills two."""
    states = clause.states_but(phrasing.neutral)
    taken: set[int] = set()
    filled: list[Filled] = []
    for slot, found, other in zip(phrasing.slots, places, told, strict=True):
        free = [at for at in found if at not in taken]
        free = free or [at for at in other if at < 0 or at not in taken]
        if not free:
            continue
        said = {at: sense(slot, at, clause, states, phrasing) for at in free}
        at = free[0]
        if len(said) > 1:
            first = filled[0].at if filled else -1
            at = min(said, key=lambda at: (BEST.index(said[at]), at < first, at))
        filled.append(Filled(slot, said[at], at))
        taken.add(at)
    return filled


def _is_ordered(places: list[int], clause: Reading) -> bool:
    """Whether the phrasing's first word, mostly its subject, comes first; two neighbours may swap."""
    own = [at for at in places if at >= 0]
    if len(own) < len(places) or own[0] == min(own):
        return True
    if len(own) != PAIR or _between(clause, *own):
        return False
    low, high = sorted(own)
    return not any(word.text in ("and", "or", "nor") for word in clause.words[low:high])


def _is_denial(filled: list[Filled], clause: Reading) -> bool:
    """Whether something is denied of a subject that the clause itself does not name."""
    denied = (slot.sign < 0 or clause.states[at].negated for slot, _, at in filled if at >= 0)
    return filled[0].at < 0 and any(denied)


def _is_parted(filled: list[Filled], clause: Reading) -> bool:
    """Whether another subject stands between: `the visible layer holds data and the hidden features`."""
    own = [each.at for each in filled if each.at >= 0]
    known = frozenset().union(*(each.slot.stems for each in filled))
    between = {word.stem for word in clause.words[min(own) + 1 : max(own)]}
    return bool(between & clause.subjects - known)


def _is_led(filled: list[Filled], clause: Reading) -> bool:
    """Whether another subject comes first: `an epoch has many iterations and goes through all data`."""
    known = frozenset().union(*(each.slot.stems for each in filled))
    first = min(each.at for each in filled if each.at >= 0)
    return any(word.stem in clause.subjects - known for word in clause.words[:first])


def _is_swapped(filled: list[Filled], clause: Reading) -> bool:
    """Whether two things of the question stand in the other order, as where roles are swapped."""
    named = [at for slot, _, at in filled if at >= 0 and slot.stems & clause.topic]
    for one, other in pairwise(named):
        if one > other and any(map(is_verb, clause.words[other + 1 : one])):
            return True
    return False


def _between(clause: Reading, one: int, other: int) -> int:
    """How many words with content stand between two places."""
    low, high = sorted((one, other))
    return sum(word.text not in lexicon.FUNCTION for word in clause.words[low + 1 : high])


def _together(filled: list[Filled], phrasing: Phrasing, lacking: int, clause: Reading) -> Relation:
    relations = [each.said for each in filled]
    if any(slot.sign < 0 and said == "says" for slot, said, _ in filled):
        # One negation covers the whole clause: it is the one that the phrasing has itself.
        relations = [
            "says" if not slot.sign and said == "reverses" else said for slot, said, _ in filled
        ]
    if "nothing" in relations:
        return "nothing"
    turned = relations.count("reverses")
    if turned and lacking:
        return "nothing"
    signed = sum(bool(slot.sign) for slot in phrasing.slots)
    if turned > 1 and turned == signed and len(filled) == len(phrasing.slots):
        return "says"  # less of the one gives less of the other
    if turned:
        return "reverses" if _is_clear(filled, clause) else "nothing"
    if lacking and not signed and _denies(clause):
        return "nothing"
    if "doubts" in relations:
        return "doubts"
    if not signed and _is_denied_beyond(filled, clause):
        return "doubts"
    if "names" in relations:
        return "nothing" if lacking else "names"
    return "nearly" if lacking else "says"


def _is_denied_beyond(filled: list[Filled], clause: Reading) -> bool:
    """Whether all that fills the slots stands before a denial: of these things something is denied."""
    last = max(each.at for each in filled)
    after = range(last + 1, len(clause.words))
    return any(
        clause.words[at].text in ("not", "never")
        and clause.words[at - 1].text in lexicon.AUXILIARIES
        for at in after
    )


def _denies(clause: Reading) -> bool:
    """Whether anything is denied in a clause; what comes near may then be meant the other way."""
    return any(state.negated for state in clause.states)


def _is_clear(filled: list[Filled], clause: Reading) -> bool:
    """Whether the contrary is said of just this: an opposite word must stand beside another slot's."""
    for slot, said, at in filled:
        if said == "reverses" and at >= 0 and _is_opposite(slot, clause.words[at]):
            others = [other for _, _, other in filled if other not in (at, -1)]
            if not others or min(_between(clause, at, other) for other in others):
                return False
    return True


def _is_opposite(slot: Slot, word: Word) -> bool:
    _, own = lexicon.CONCEPTS.get(word.stem, ("", 0))
    return own * (slot.sign or 1) == -demanded(slot, word) != 0
