"""An answer held against a rubric: the state of each point, the verdict, and how sure it is."""

from __future__ import annotations

from collections.abc import Sequence, Set
from fractions import Fraction
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from quizkit.values.rubric import lexicon
from quizkit.values.rubric.clauses import Clause, clauses, is_verb
from quizkit.values.rubric.guards import is_copied, is_stuffed, is_terse
from quizkit.values.rubric.phrasings import Reading, joined, reading
from quizkit.values.rubric.points import Found, Heard, Point, standing
from quizkit.values.rubric.words import Word, is_typo, stem, words

Verdict = Literal["right", "partly", "wrong", "undecided"]

MAX_CLAUSES = 80
SHORTEST = 6  # letters of a word in which a slip of the keyboard is overlooked
_TYING = ("when", "if", "where", "which", "who", "whenever")
CAP = Fraction(1, 2)  # of the credit, where something is contradicted


class Judgement(Struct, frozen=True):
    """The verdict, the share of the credit that is sure, and what became of each point."""

    verdict: Verdict
    score: float
    points: tuple[Found, ...]
    guard: str = ""  # why parts of the answer do not count


def judge(answer: str, points: Sequence[Point], ask: str = "") -> Judgement:
    """Grades an answer; unclear points that decide the verdict leave it undecided."""
    said = clauses(answer)[:MAX_CLAUSES]
    guard = _guard(said, ask)
    heard = _heard(said, points, ask, counts=not guard)
    found = tuple(standing(point, heard) for point in points)
    if is_terse(said):
        found = tuple(_doubted(each) for each in found)
    least = _verdict([each.standing for each in found], found)
    most = _verdict(
        ["covered" if each.standing == "unclear" else each.standing for each in found], found
    )
    verdict: Verdict = least if least == most or guard else "undecided"
    score = 0.0 if verdict == "wrong" else float(_share(found))
    return Judgement(verdict, score, found, guard)


def _verdict(standings: Sequence[str], found: Sequence[Found]) -> Verdict:
    weights = {"covered": 0, "contradicted": 0}
    for each, state in zip(found, standings, strict=True):
        if state in weights:
            weights[state] += each.weight
    if not weights["covered"] or weights["contradicted"] >= weights["covered"]:
        return "wrong"
    return "right" if weights["covered"] == sum(each.weight for each in found) else "partly"


def _share(found: Sequence[Found]) -> Fraction:
    covered = sum(each.weight for each in found if each.standing == "covered")
    share = Fraction(covered, sum(each.weight for each in found))
    return min(share, CAP) if any(each.standing == "contradicted" for each in found) else share


def _doubted(found: Found) -> Found:
    """Of mere notes it cannot be told whether they claim what they name."""
    return replace(found, standing="unclear") if found.standing == "covered" else found


def _guard(said: list[Clause], ask: str) -> str:
    if not any(word.stem for clause in said for word in clause.words):
        return "no words"
    if is_copied(said, ask):
        return "the question is repeated"
    return "key words without sentences" if is_stuffed(said) else ""


def _heard(said: list[Clause], points: Sequence[Point], ask: str, *, counts: bool) -> list[Heard]:
    """Each clause, and each two neighbours of one sentence together."""
    slots = [
        slot
        for point in points
        for phrasing in (*point.accept, *point.contradict)
        for slot in phrasing.slots
    ]
    known = frozenset(stem for slot in slots for stem in slot.stems | slot.opposites)
    texts = frozenset(text for slot in slots for text in slot.texts)
    asked = _content(words(ask)) & known
    heard: list[Heard] = []
    readings: list[Reading] = []
    subject: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()
    first: frozenset[str] = frozenset()
    for index, clause in enumerate(said):
        typed = _mended(clause.words, known, texts)
        own = _content(typed)
        has_pronoun = any(word.text in lexicon.PRONOUNS for word in clause.words[:2])
        is_about_it = has_pronoun and bool(before)
        given = frozenset() if is_about_it or (named | own) & asked else asked
        if index and clause.sentence != said[index - 1].sentence:
            subject = first  # a new sentence goes on with what the last one was about
        implied = _implied(clause, subject)
        others = before if has_pronoun else frozenset()
        readings.append(reading(typed, implied, given, others, asked))
        if not clause.reported:
            kept = counts and not clause.asks
            span = (clause.start, clause.end)
            heard.append(Heard(readings[-1], span, kept, clause.turned))
            if index and _belong_together(said[index - 1], clause):
                both = joined(*readings[-2:])
                span = (said[index - 1].start, clause.end)
                tied = clause.bound in _TYING or _is_heading(said[index - 1], clause)
                heard.append(Heard(both, span, kept, is_whole=False, is_tied=tied))
        named |= own
        subject, before = _subject(clause) or subject, own
        if not index or clause.sentence != said[index - 1].sentence:
            first = subject
    return heard


def _mended(typed: tuple[Word, ...], known: Set[str], texts: Set[str]) -> tuple[Word, ...]:
    """The words, those with a slip of the keyboard as the rubric's."""
    return tuple(
        word if word.stem in known or len(word.text) < SHORTEST else _meant(word, texts)
        for word in typed
    )


def _meant(word: Word, texts: Set[str]) -> Word:
    if word.stem in lexicon.VERBS or word.stem in lexicon.CONCEPTS or word.text in lexicon.FUNCTION:
        return word
    meant = next((text for text in sorted(texts) if is_typo(word.text, text)), None)
    return word if meant is None else word._replace(text=meant, stem=stem(meant))


def _is_heading(one: Clause, other: Clause) -> bool:
    """`High bias: the model is too simple`"""
    is_marked = other.bound == ":" or other.bound.startswith(("-", "–", "—"))
    return is_marked and not any(map(is_verb, one.words))


def _belong_together(one: Clause, other: Clause) -> bool:
    apart = ("but", "whereas", "while", "instead", "than", "unlike", "versus", "although", "though")
    is_plain = not (one.turned or other.turned or one.reported)
    return is_plain and one.sentence == other.sentence and other.bound not in apart


def _content(found: Sequence[Word]) -> frozenset[str]:
    """What words speak of; a direction is never implied."""
    return frozenset(word.stem for word in found if _names(word))


def _names(word: Word) -> bool:
    is_content = bool(word.stem) and word.text not in lexicon.FUNCTION
    return is_content and word.stem not in lexicon.TURNING


def _subject(clause: Clause) -> frozenset[str]:
    """The content words before the clause's first verb."""
    found: list[str] = []
    for word in clause.words:
        if is_verb(word):
            break
        if _names(word):
            found.append(word.stem)
    return frozenset(found[:4])


def _implied(clause: Clause, subject: frozenset[str]) -> frozenset[str]:
    """The subject before a clause, if it has a pronoun instead of one, or none."""
    first = clause.words[0]
    is_open = (
        any(word.text in lexicon.PRONOUNS for word in clause.words[:2])
        or is_verb(first)
        or first.text.endswith("ing")
        or clause.bound in ("and", "-", ":", "->")
        or first.text in ("by", "to", "so", "then", "also")
    )
    return subject if is_open else frozenset()
