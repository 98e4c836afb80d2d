"""An answer held against a rubric: the state of each point, the verdict, and how sure it is."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from quizkit.values.rubric.clauses import Clause, clauses
from quizkit.values.rubric.guards import is_copied, is_stuffed, is_terse
from quizkit.values.rubric.hearing import heard
from quizkit.values.rubric.points import Found, Standing, sayings, standing, unweighed
from quizkit.values.rubric.rubric import Rubric

Verdict = Literal["right", "partly", "wrong", "undecided"]

# What must be sure for the rest to be granted: so much of the weight, and so many points.
MOST = Fraction(1, 2)
LEAST = 2
CAP = Fraction(1, 2)  # of the credit, where something is contradicted


class Judgement(Struct, frozen=True):
    """The verdict, the share of the credit that is sure, and what became of each point."""

    verdict: Verdict
    score: float
    points: tuple[Found, ...]
    guard: str = ""  # why parts of the answer do not count
    unweighed: tuple[tuple[int, int], ...] = ()  # what asserts something, and decided no point


def judge(answer: str, rubric: Rubric) -> Judgement:
    """Grades an answer; unclear points that decide the verdict leave it undecided."""
    said = clauses(answer)
    guard = _guard(said, rubric.topic)
    taken = heard(said, rubric, counts=not guard)
    table = [sayings(point, at, taken) for at, point in enumerate(rubric.points)]
    found = tuple(
        standing(point, each, taken) for point, each in zip(rubric.points, table, strict=True)
    )
    if is_terse(said):
        found = tuple(_doubted(each) for each in found)
    least = _granted(found)
    most = [replace(each, standing="covered") if _is_open(each) else each for each in least]
    verdict: Verdict = _verdict(least)
    is_disputed = verdict == "right" and any(map(_is_disputed, least))
    if not guard and (is_disputed or verdict != _verdict(most) or _is_read_so(least)):
        verdict = "undecided"
    score = {"right": 1.0, "wrong": 0.0}.get(verdict, float(_share(least)))
    return Judgement(verdict, score, least, guard, tuple(unweighed(table, taken)))


def _verdict(found: Sequence[Found]) -> Verdict:
    """What open points leave it at if they are not covered."""
    covered = _weight(found, "covered")
    if not covered or _weight(_asked(found), "contradicted") >= covered:
        return "wrong"
    is_full = all(each.standing == "covered" for each in _asked(found))
    return "right" if is_full else "partly"


def _is_read_so(found: Sequence[Found]) -> bool:
    """Whether it is wrong only because what it denies was read as a point's contrary.

    A clause that says a contrary in the rubric's own words is surer.
    """
    against = [each for each in found if each.standing == "contradicted"]
    is_only_denied = all(each.said == "reversed" for each in against)
    return _verdict(found) == "wrong" and _weight(found, "covered") > 0 and is_only_denied


def _asked(found: Sequence[Found]) -> list[Found]:
    """The points that must be made; no other one costs credit, though its contrary leaves all undecided."""
    return [each for each in found if not each.is_optional]


def _weight(found: Sequence[Found], standing: Standing) -> int:
    return sum(each.weight for each in found if each.standing == standing)


def _is_disputed(found: Found) -> bool:
    """Whether something is said against the point, though it need not be made, or is made besides."""
    return found.standing == "contradicted" or found.said == "disputed"


def _is_open(found: Found) -> bool:
    return found.standing == "unclear"


def _granted(found: tuple[Found, ...]) -> tuple[Found, ...]:
    """With what comes close taken as covered, where most is covered and nothing speaks against it.

    A lone contrary in such an answer is more likely misread than meant, so it is left open.
    """
    total = sum(each.weight for each in found)
    sure = [each for each in found if each.standing == "covered"]
    if len(sure) < LEAST or _weight(sure, "covered") < MOST * total:
        return found
    others = {each.said for each in found if each not in sure and not each.is_optional}
    if not others <= {"close", "reversed"}:
        return found
    taken: Standing = "unclear" if "reversed" in others else "covered"
    return tuple(
        each if each in sure or each.is_optional else replace(each, standing=taken)
        for each in found
    )


def _share(found: Sequence[Found]) -> Fraction:
    share = Fraction(_weight(found, "covered"), sum(each.weight for each in found))
    return min(share, CAP) if _weight(_asked(found), "contradicted") else share


def _doubted(found: Found) -> Found:
    """Of mere notes it cannot be told whether they claim what they name."""
    if found.standing != "covered":
        return found
    return replace(found, standing="unclear", said="doubtful")


def _guard(said: list[Clause], topic: frozenset[str]) -> str:
    if not any(word.stem for clause in said for word in clause.words):
        return "no words"
    if is_copied(said, topic):
        return "the question is repeated"
    return "key words without sentences" if is_stuffed(said) else ""
