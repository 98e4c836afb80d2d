"""A clause as it is compared: where each stem stands, what turns it, and what may be taken as said before."""

from __future__ import annotations

from collections.abc import Set
from itertools import pairwise

from msgspec import Struct, field

from quizkit.values.rubric import lexicon
from quizkit.values.rubric.polarity import State, states
from quizkit.values.rubric.stems import stem
from quizkit.values.rubric.words import Word

MAX_PLACES = 6  # of one stem; a clause that repeats it more often says no more by that


class Reading(Struct, frozen=True):
    """A clause's words as they are compared: their states, and what may be taken as said before."""

    words: tuple[Word, ...]
    states: tuple[State, ...]
    places: dict[str, tuple[int, ...]]  # where each stem stands; two words joined count as one too
    implied: frozenset[str] = frozenset()  # what the words before give to `it`, or to no subject
    asked: frozenset[str] = frozenset()  # what the question names, and need not be named again
    before: frozenset[str] = frozenset()  # all that `it` may stand for besides
    pronoun: int | None = None  # where `it` stands
    topic: frozenset[str] = frozenset()  # all that the question names
    subjects: frozenset[str] = frozenset()  # all that the rubric's contradictions are about
    turned: dict[frozenset[str], tuple[State, ...]] = field(default_factory=dict)  # a memo

    def states_but(self, neutral: Set[str]) -> tuple[State, ...]:
        """The state of each word where words with a `neutral` stem turn nothing."""
        own = frozenset(neutral & self.places.keys())
        if not own:
            return self.states
        if own not in self.turned:
            self.turned[own] = tuple(states(self.words, own))
        return self.turned[own]


def reading(
    clause: tuple[Word, ...],
    implied: frozenset[str] = frozenset(),
    asked: frozenset[str] = frozenset(),
    before: frozenset[str] = frozenset(),
    topic: frozenset[str] = frozenset(),
    subjects: frozenset[str] = frozenset(),
) -> Reading:
    """Prepares a clause once for all phrasings."""
    pronouns = [at for at, word in enumerate(clause[:2]) if word.text in lexicon.PRONOUNS]
    pronoun = pronouns[0] if pronouns and (implied or before) else None
    places, turns = _places(clause), tuple(states(clause))
    return Reading(clause, turns, places, implied, asked, before, pronoun, topic, subjects)


def joined(one: Reading, other: Reading) -> Reading:
    """Two neighbouring clauses as one, neither of which reaches into the other."""
    both = (*one.words, *other.words)
    return Reading(both, (*one.states, *other.states), _places(both), subjects=one.subjects)


def _joins(word: Word) -> bool:
    """Whether a word may be half of another: `over fitting`, `drop out`, but not `sequences at`."""
    return word.text not in lexicon.FUNCTION or word.text in lexicon.PARTICLES


def _places(clause: tuple[Word, ...]) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for at, word in enumerate(clause):
        found.setdefault(word.stem, []).append(at)
    for at, (one, other) in enumerate(pairwise(clause)):
        if _joins(one) and _joins(other):
            found.setdefault(stem(one.text + other.text), []).append(at)
    for at, (one, tie, other) in enumerate(zip(clause, clause[1:], clause[2:], strict=False)):
        if tie.text in ("to", "by"):  # `end to end`, `step by step`
            found.setdefault(stem(one.text + tie.text + other.text), []).append(at)
    return {each: tuple(at[:MAX_PLACES]) for each, at in found.items()}
