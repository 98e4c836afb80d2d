"""A rubric as answers are held against it: its points, what it knows by name, and where each word occurs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from quizkit.values.rubric import lexicon
from quizkit.values.rubric.guards import is_content
from quizkit.values.rubric.phrasings import LEAST_NEAR, Phrasing
from quizkit.values.rubric.points import Near, Point
from quizkit.values.rubric.readings import Reading
from quizkit.values.rubric.roles import roles
from quizkit.values.rubric.stems import stem
from quizkit.values.rubric.typos import is_typo
from quizkit.values.rubric.words import Word, words

SHORTEST = 4  # letters of a word in which a slip of the keyboard is overlooked
LONG = 7  # letters of a word that is rather a slip than another word
MAX_MENDED = 24  # words of an answer, unknown to the rubric, that are looked at for a slip

# Where a stem occurs: the numbers of phrasings, and a bit for the slot.
_Places = dict[str, list[tuple[int, int]]]


class Rubric(Struct, frozen=True):
    """Compiled once for all answers to a question."""

    topic: frozenset[str]  # content words of the question
    compared: frozenset[str]  # stems that name the things that are compared
    subjects: frozenset[str]  # stems that contradictions begin with, and that name a point
    points: tuple[Point, ...]
    asked: frozenset[str]  # content words of the question that the rubric knows
    known: frozenset[str]  # stems of its phrasings
    texts: dict[str, list[str]]  # its longer words as written, by first letter
    phrasings: tuple[tuple[int, int, Phrasing], ...]  # of which point, accept (0) or contradict
    fillers: _Places
    stems: _Places

    def near(self, clause: Reading) -> list[Near]:
        """Of each point the phrasings of which a clause has all words; of accepted ones also all but one."""
        filled: dict[int, int] = {}
        taken = clause.implied | clause.before | clause.asked
        for places, said in ((self.fillers, clause.places), (self.stems, taken)):
            for each in said:
                for number, bit in places.get(each, ()):
                    filled[number] = filled.get(number, 0) | bit
        found = [Near([], [], []) for _ in self.points]
        for number in sorted(filled):
            at, kind, phrasing = self.phrasings[number]
            lacking = len(phrasing.slots) - filled[number].bit_count()
            if not lacking:
                found[at][kind].append(phrasing)
            elif lacking == 1 and kind == 0 and len(phrasing.slots) >= LEAST_NEAR:
                found[at].nearly.append(phrasing)
        return found

    def mended(self, typed: tuple[Word, ...], memo: dict[str, str | None]) -> tuple[Word, ...]:
        """The words, those with a slip of the keyboard as the rubric's; a memo bounds the search."""
        return tuple(
            word
            if word.stem in self.known or len(word.text) < SHORTEST
            else self._meant(word, memo)
            for word in typed
        )

    def _meant(self, word: Word, memo: dict[str, str | None]) -> Word:
        if word.text not in memo and len(memo) < MAX_MENDED:
            memo[word.text] = self._corrected(word)
        meant = memo.get(word.text)
        return word if meant is None else word._replace(text=meant, stem=stem(meant))

    def _corrected(self, word: Word) -> str | None:
        own = (lexicon.VERBS, lexicon.CONCEPTS, lexicon.PREVENTING, lexicon.UP, lexicon.DOWN)
        is_word = any(word.stem in words for words in own)
        if (is_word and len(word.text) < LONG) or word.text in lexicon.NO_SLIPS:
            return None  # a word of its own; a long one may share its stem with a slip: `varience`
        likely = self.texts.get(word.text[0], ())
        return next((text for text in likely if is_typo(word.text, text)), None)


def rubric(points: Sequence[Point], ask: str = "") -> Rubric:
    """Compiles the points of a question."""
    phrasings = tuple(
        (at, kind, phrasing)
        for at, point in enumerate(points)
        for kind, several in enumerate((point.accept, point.contradict))
        for phrasing in sorted(several, key=lambda each: each.size, reverse=True)
    )
    fillers: _Places = {}
    stems: _Places = {}
    texts: set[str] = set()
    for number, (_, _, phrasing) in enumerate(phrasings):
        for bit, slot in enumerate(phrasing.slots):
            texts |= slot.texts
            for places, several in ((fillers, slot.fillers), (stems, slot.stems)):
                for each in several:
                    places.setdefault(each, []).append((number, 1 << bit))
    slots = [slot for _, _, phrasing in phrasings for slot in phrasing.slots]
    known = frozenset(each for slot in slots for each in slot.stems | slot.opposites)
    asking = words(ask)
    topic = frozenset(word.stem for word in asking if is_content(word))
    asked = content(asking) & known
    parts = roles([point.says for point in points], asking, [_phrased(each) for each in points])
    points = [replace(point, role=role) for point, role in zip(points, parts, strict=True)]
    compared = frozenset().union(*(role.own for role in parts))
    return Rubric(
        topic,
        compared,
        _subjects(points),
        tuple(points),
        asked,
        known,
        _by_letter(texts),
        phrasings,
        fillers,
        stems,
    )


def _subjects(points: Sequence[Point]) -> frozenset[str]:
    """Stems that name a point, and with which contradictions begin: `visible`, `hidden`."""
    slugs = {stem(point.slug) for point in points}
    firsts = [each.slots[0].stems for point in points for each in point.contradict]
    return frozenset(chain(*firsts)) & slugs


def _phrased(point: Point) -> Counter[str]:
    """In how many of its accepted phrasings each stem occurs."""
    texts = {phrasing.text for phrasing in point.accept}
    return Counter(each for text in texts for each in {word.stem for word in words(text)})


def _by_letter(texts: set[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for text in sorted(texts):
        found.setdefault(text[0], []).append(text)
    return found


def content(found: Sequence[Word]) -> frozenset[str]:
    """What words speak of; a direction is never implied."""
    return frozenset(word.stem for word in found if names(word))


def names(word: Word) -> bool:
    """Whether a word names something, rather than a direction or a relation."""
    return is_content(word) and word.stem not in lexicon.TURNING
