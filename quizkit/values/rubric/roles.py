"""Of which of the things compared each point speaks, so that an answer that swaps them does not pass."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from itertools import takewhile

from msgspec import Struct

from quizkit.values.rubric import lexicon
from quizkit.values.rubric.stems import stem
from quizkit.values.rubric.synonyms import NAMES
from quizkit.values.rubric.words import Word, words

# Words of a question that compares.
_COMPARING = frozenset(
    map(
        stem,
        (
            "differ",
            "difference",
            "roles",
            "each",
            "distinguish",
            "preferred",
            "rather",
            "than",
            "or",
        ),
    )
)


OFTEN = 2  # phrasings of a point that name what then is no rival
COMMON = 12  # phrasings of another point that name what then is not its own


class Role(Struct, frozen=True):
    """Stems that name what a point is about, and what other points of the question are about."""

    own: frozenset[str] = frozenset()
    rivals: frozenset[str] = frozenset()

    def is_swapped(self, named: Set[str]) -> bool:
        """Whether of what a passage names the point's own is lacking and a rival is there."""
        return bool(self.rivals & named) and not self.own & named


def roles(
    says: Sequence[str], asking: Sequence[Word], phrased: Sequence[Mapping[str, int]]
) -> list[Role]:
    """The role of each point, by what it says first of the question's words.

    A word with which several points begin parts nothing, and what a point's own phrasings often name is
    no rival. `phrased` says in how many of them a stem occurs.
    """
    topic = {word.stem for word in asking if word.stem and word.text not in lexicon.FUNCTION}
    if _COMPARING.isdisjoint(word.stem for word in asking):
        return [Role() for _ in says]
    leads = [_lead(text, topic) for text in says]
    owns = [_alike(_own(at, leads, phrased)) for at in range(len(leads))]
    every = frozenset().union(*owns)
    return [
        Role(own, frozenset(each for each in every - own if found.get(each, 0) < OFTEN))
        if own
        else Role()
        for own, found in zip(owns, phrased, strict=True)
    ]


def _own(
    at: int, leads: Sequence[Set[str]], phrased: Sequence[Mapping[str, int]]
) -> frozenset[str]:
    """What a point begins with and names itself, and no point does that begins otherwise."""
    apart = [other for other, lead in enumerate(leads) if lead != leads[at]]
    return frozenset(
        each
        for each in leads[at]
        if each in phrased[at]
        and not any(
            each in leads[other] or phrased[other].get(each, 0) >= COMMON for other in apart
        )
    )


def _lead(text: str, topic: Set[str]) -> frozenset[str]:
    """The words with which it begins, as far as they stand in the question: of `High bias: it` two."""
    content = [word.stem for word in words(text) if word.stem and word.text not in lexicon.FUNCTION]
    return frozenset(takewhile(topic.__contains__, content))


def _alike(stems: Set[str]) -> frozenset[str]:
    """With other names, and with words that say as much of the same: `large` of `high`."""
    meant = {lexicon.CONCEPTS[each] for each in stems if each in lexicon.CONCEPTS}
    concepts = {each for each, concept in lexicon.CONCEPTS.items() if concept in meant}
    names = [row for row in NAMES if not row.isdisjoint(stems)]
    return frozenset(stems).union(concepts, *names)
