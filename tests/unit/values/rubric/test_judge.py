"""Whole answers: the verdict, the points behind it, and what does not count."""

from __future__ import annotations

import pytest

from quizkit.values.rubric.judge import judge
from quizkit.values.rubric.points import point
from tests.unit.values.rubric.rubrics import DROPOUT, PARTLY, RIGHT, UNDECIDED, WRONG, judged


@pytest.mark.parametrize(("name", "answer"), RIGHT)
def test_right(name: str, answer: str) -> None:
    found = judged(name, answer)
    assert (found.verdict, found.score) == ("right", 1.0), found


@pytest.mark.parametrize(("name", "answer"), PARTLY)
def test_partly(name: str, answer: str) -> None:
    found = judged(name, answer)
    assert (found.verdict, found.score) == ("partly", 0.5), found


@pytest.mark.parametrize(("name", "answer"), WRONG)
def test_wrong(name: str, answer: str) -> None:
    found = judged(name, answer)
    assert (found.verdict, found.score) == ("wrong", 0.0), found


@pytest.mark.parametrize(("name", "answer"), UNDECIDED)
def test_unclear_points_that_decide_leave_it_undecided(name: str, answer: str) -> None:
    found = judged(name, answer)
    assert found.verdict == "undecided", found
    assert "unclear" in [each.standing for each in found.points]


def test_a_contradiction_caps_the_credit_and_knows_its_clause() -> None:
    points = (
        point("one", 3, ("batch statistics",)),
        point("two", 1, ("reduces noise",)),
    )
    answer = "It uses the statistics of the batch, and it increases the noise."
    found = judge(answer, points)
    assert (found.verdict, found.score) == ("partly", 0.5)
    against = found.points[1]
    assert against.standing == "contradicted"
    assert against.span is not None
    assert answer[slice(*against.span)] == "and it increases the noise"


def test_weights_count() -> None:
    points = (point("one", 3, ("batch statistics",)), point("two", 1, ("reduces noise",)))
    assert judge("Batch statistics are used.", points).score == 0.75
    assert judge("The noise is reduced.", points).score == 0.25


def test_length_earns_nothing() -> None:
    short = judged("dropout", "Neurons can't depend on each other.")
    more = (
        " That is how it is with these networks, as one can read in many books on the matter." * 5
    )
    long = judged("dropout", "Neurons can't depend on each other." + more)
    assert (long.verdict, long.score) == (short.verdict, short.score)


@pytest.mark.parametrize(
    ("answer", "guard"),
    [
        ("", "no words"),
        ("!?", "no words"),
        ("Why does dropout reduce overfitting?", "the question is repeated"),
        ("Dropout reduces overfitting because dropout does reduce overfitting", "the question is repeated"),
        ("ensemble ensemble ensemble ensemble networks units", "key words without sentences"),
        ("dropout ensemble network units rely co-adaptation robust big map", "key words without sentences"),
        ("units the is cannot of the rely on of co-adaptation the to", "key words without sentences"),
        ("Units cannot rely on each other.", ""),
    ],
)  # fmt: skip
def test_what_does_not_count(answer: str, guard: str) -> None:
    found = judge(answer, DROPOUT[1], DROPOUT[0])
    assert found.guard == guard
    assert not guard or found.score == 0


def test_a_question_back_is_no_answer() -> None:
    assert judged("dropout", "Do units not rely on each other?").verdict == "wrong"


def test_what_others_think_is_not_held_against_the_answer() -> None:
    said = "Many people think that it increases co-adaptation, but units cannot rely on each other."
    assert judged("dropout", said).points[0].standing == "covered"
    own = said.replace("Many people think that it", "It")
    assert judged("dropout", own).points[0].standing == "contradicted"


def test_it_stands_for_what_was_spoken_of() -> None:
    assert judged("decay", "The weights are pulled to zero, they become smaller.").score == 0.5
    assert judged("decay", "The units are pulled to zero, they become smaller.").score == 0.0
