"""Text answers: what is read, how a grade tells of each point, and that nothing else decides."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from quizkit import grading
from quizkit.grading.explain import explained
from quizkit.model import KeyPoint, Misread, Understood, Variant

POINTS = (
    KeyPoint(
        slug="alone",
        says="Units cannot rely on particular other units.",
        weight=2,
        accept=("units not rely|depend", "reduces co-adaptation"),
        contradict=("increases co-adaptation",),
    ),
    KeyPoint(slug="ensemble", says="It is like an ensemble.", weight=1, accept=("like ensemble",)),
)
VARIANT = Variant(
    id="t/q", kind="text", level="fresher", difficulty=1, seed=1, fingerprint="f", given={},
    ask="Why does dropout reduce overfitting?", key="Units do not depend on others.", why="!",
    points=POINTS, evidence=("cited",),
)  # fmt: skip


def graded(raw: str) -> grading.Grade:
    reading = grading.read(raw, VARIANT)
    assert isinstance(reading, Understood)
    return grading.grade(reading.value, VARIANT)


def test_every_point_is_told_of() -> None:
    found = graded("It is like an ensemble.")
    assert (found.verdict, found.evidence) == ("partly", ("cited",))
    assert found.score == pytest.approx(1 / 3)
    assert found.feedback.splitlines() == [
        "missed: Units cannot rely on particular other units.",
        "seems covered: It is like an ensemble.",
    ]


def test_the_clause_that_contradicts_is_quoted() -> None:
    found = graded("It's like an ensemble,\n but it  increases co-adaptation!")
    assert (found.verdict, found.score) == ("wrong", 0.0)
    assert "contradicted: Units cannot rely" in found.feedback
    assert "You wrote: “it increases co-adaptation”." in found.feedback


def test_a_right_answer_is_told_which_points_it_seems_to_cover() -> None:
    found = graded("Units do not depend on others; it is like an ensemble.")
    assert (found.verdict, found.score) == ("right", 1.0)
    assert found.feedback.count("seems covered: ") == 2


def test_what_a_right_answer_asserts_besides_is_not_judged() -> None:
    plain = "Units do not depend on others; it is like an ensemble."
    assert "not judged" not in graded(plain).feedback
    more = graded(f"{plain} The learning rate must always be exactly zero.")
    assert more.verdict == "right"
    assert more.feedback.splitlines()[-1] == (
        "not judged: “The learning rate must always be exactly zero”"
    )


def test_unsure_it_shows_the_points_and_fails_nobody() -> None:
    found = graded("Co-adaptation of the units has to do with it.")
    assert found.verdict == "undecided"
    assert found.feedback.startswith("Some of it could not be told")
    assert "unclear: Units cannot rely on particular other units." in found.feedback


def test_an_optional_point_that_is_missed_is_offered() -> None:
    points = (POINTS[0], replace(POINTS[1], optional=True))
    variant = replace(VARIANT, points=points)
    found = grading.grade("Units do not depend on others.", variant)
    assert (found.verdict, found.score) == ("right", 1.0)
    assert found.feedback.splitlines()[-1] == "could be added: It is like an ensemble."


def test_what_does_not_count_is_said() -> None:
    assert "the question is repeated" in graded("Why does dropout reduce overfitting").feedback


@pytest.mark.parametrize(
    ("raw", "problem", "position"),
    [("", "in words", 0), ("  42! ", "in words", 5), ("a" * 2001, "at most 2,000", 2000)],
)
def test_what_is_no_text_is_asked_again(raw: str, problem: str, position: int) -> None:
    reading = grading.read(raw, VARIANT)
    assert isinstance(reading, Misread)
    assert problem in reading.problem
    assert reading.position == position


def test_each_step_of_the_decision_is_told() -> None:
    steps = explained("It increases co-adaptation. ", VARIANT)
    assert "alone (weight 2): contradicted by “It increases co-adaptation”" in steps
    assert "ensemble (weight 1): missed" in steps
    assert steps[-1] == "so it is wrong, worth 0"
    guarded = explained("Why does dropout reduce overfitting", VARIANT)
    assert "not counted: the question is repeated" in guarded


def test_the_key_is_a_model_answer() -> None:
    assert grading.key_text(VARIANT) == "Units do not depend on others."
    assert grading.is_typed("text")
