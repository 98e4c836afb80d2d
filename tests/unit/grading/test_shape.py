"""Shapes: exact, told axis by axis."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quizkit import grading
from quizkit.model import Grade, Understood, Variant

Make = Callable[..., Variant]


def graded(raw: str, variant: Variant) -> Grade:
    reading = grading.read(raw, variant)
    assert isinstance(reading, Understood), reading
    return grading.grade(reading.value, variant)


@pytest.mark.parametrize(
    ("raw", "feedback"),
    [
        ("28x15", "Axis 1: 28 is right; axis 2: expected 14, found 15."),
        ("28", "Expected 2 axes, (28, 14); found 1, (28,)."),
        ("()", "Expected 2 axes, (28, 14); found 0, ()."),
        (
            "14x28",
            "The sizes are right, their order is not: "
            "axis 1: expected 28, found 14; axis 2: expected 14, found 28.",
        ),
    ],
)
def test_each_axis_is_told(make: Make, raw: str, feedback: str) -> None:
    grade = graded(raw, make("shape", (28, 14)))
    assert (grade.verdict, grade.score, grade.feedback) == ("wrong", 0, feedback)


def test_the_key_is_right(make: Make) -> None:
    assert graded("(28, 14)", make("shape", (28, 14))).verdict == "right"


def test_misconceptions_come_first(make: Make) -> None:
    grade = graded("30x30", make("shape", (28, 28), misconceptions={"padded": (30, 30)}))
    assert grade.misconception == "padded"
    assert grade.feedback == "padded explained."


def test_one_axis_is_shown_as_python_writes_it(make: Make) -> None:
    assert grading.key_text(make("shape", (64,))) == "(64,)"
