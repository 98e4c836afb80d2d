"""A rubric is held to account by its own tests."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from quizkit.model import Entry, Point, TextQuestion
from quizkit.verify.keys import check
from quizkit.verify.report import Report
from quizkit.verify.tamper import tampered

QUESTION = TextQuestion(
    level="fresher",
    difficulty=1,
    ask="How does L2 regularisation act on the weights and on overfitting?",
    why="So.",
    reference="r",
    points={
        "weights": Point(
            says="Weights stay small.",
            accept=("weights small", "shrinks weights"),
            contradict=("increases weights", "weights larger"),
        ),
        "overfitting": Point(
            says="Less overfitting.",
            accept=("reduces overfitting",),
            contradict=("increases overfitting",),
        ),
    },
    accept=(
        "The weights stay small, which reduces overfitting.",
        "It shrinks the weights. There is less overfitting.",
        "Weights get smaller and overfitting is reduced.",
    ),
    partly=("The weights stay small.", "It reduces overfitting."),
    reject=(
        "It increases the weights and overfitting.",
        "The weights do not shrink.",
        "It makes the data larger.",
    ),
)


def refused(name: str, given: Any) -> Any:
    raise AssertionError(name)


def checked(question: TextQuestion) -> Report:
    entry = Entry(id="t/q", where="f:1", fingerprint="f", stamp="s", question=question)
    return check(entry, {}, refused)


def test_a_rubric_whose_tests_hold_is_right_and_cited() -> None:
    found = checked(QUESTION)
    assert (found.status, found.problems, found.evidence) == ("right", (), ("cited",))


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"accept": (*QUESTION.accept, QUESTION.partly[0])}, "is graded partly"),
        ({"accept": (*QUESTION.accept, QUESTION.reject[0])}, "is graded wrong"),
        ({"partly": (*QUESTION.partly, QUESTION.accept[0])}, "is graded right"),
        ({"partly": (*QUESTION.partly, QUESTION.reject[2])}, "is graded wrong"),
        ({"reject": (*QUESTION.reject, QUESTION.accept[0])}, "is graded right"),
        ({"partly": (*QUESTION.partly, "42")}, "cannot be read"),
    ],
)
def test_a_test_that_fails_is_reported_with_its_points(
    changes: dict[str, Any], problem: str
) -> None:
    found = checked(replace(QUESTION, **changes))
    assert found.status == "wrong"
    assert any(problem in text for text in found.problems), found.problems
    assert all("weight 1" in text for text in found.problems if "graded" in text)


def test_a_point_turned_round_is_noticed() -> None:
    changed = list(tampered(QUESTION))
    assert [what for what, _ in changed] == ["weights turned round", "overfitting turned round"]
    for _, question in changed:
        assert checked(question).status == "wrong"
