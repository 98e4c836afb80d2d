"""Roles: what is said of one of the things compared does not count for the other."""

from __future__ import annotations

import pytest

from quizkit.values.rubric.judge import judge
from quizkit.values.rubric.points import point
from quizkit.values.rubric.rubric import Rubric, rubric

RATE = rubric(
    (
        point(
            "high",
            1,
            ("overshoots minimum", "high|large diverges"),
            says="Too high: the steps overshoot the minimum.",
        ),
        point("low", 1, ("slow training", "low|small slow"), says="Too low: it is slow."),
    ),
    "What is the difference between a learning rate that is too high and one that is too low?",
)


def verdict(answer: str, by: Rubric = RATE) -> str:
    return judge(answer, by).verdict


@pytest.mark.parametrize(
    "answer",
    [
        "If it is too high, it overshoots the minimum. If it is too low, training is slow.",
        "Too high: overshoots the minimum; too low: slow training",
        "A large rate overshoots the minimum, while training is slow with a small one.",
        "It overshoots the minimum or training is slow.",
    ],
)
def test_said_of_its_own_it_passes(answer: str) -> None:
    assert verdict(answer) == "right"


@pytest.mark.parametrize(
    "answer",
    [
        "If it is too low, it overshoots the minimum. If it is too high, training is slow.",
        "Too low: overshoots the minimum; too high: slow training",
        "A small rate overshoots the minimum, while training is slow with a large one.",
    ],
)
def test_said_of_the_other_it_does_not(answer: str) -> None:
    assert verdict(answer) != "right"


def test_only_a_question_that_compares_has_roles() -> None:
    assert any(each.role.rivals for each in RATE.points)
    plain = rubric(RATE.points, "Why is a high learning rate bad, and a low one too?")
    assert not any(each.role.rivals for each in plain.points)
