"""Numbers: key, convention, misconception, slip."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from quizkit import grading
from quizkit.model import Grade, Understood, Variant

Make = Callable[..., Variant]

EARLY = "That is the key rounded too early, to fewer digits than asked for: the question wants"


def graded(raw: str, variant: Variant) -> Grade:
    reading = grading.read(raw, variant)
    assert isinstance(reading, Understood), reading
    return grading.grade(reading.value, variant)


@pytest.fixture
def sizes(make: Make) -> Variant:
    return make(
        "number",
        22,
        conventions={"ceil": 23},
        misconceptions={"off-by-one": 21, "forgot-plus-one": 21, "rounded-up": 23},
        evidence=("computed", "agreed"),
    )


def test_the_key_is_right_and_carries_its_evidence(sizes: Variant) -> None:
    assert graded("22.0", sizes) == Grade(
        verdict="right", score=1.0, feedback="Right: 22.", evidence=("computed", "agreed")
    )


def test_a_convention_comes_before_a_misconception(sizes: Variant) -> None:
    grade = graded("23", sizes)
    assert (grade.verdict, grade.score) == ("partly", 0.5)  # half the credit, and not called wrong
    assert (grade.convention, grade.misconception) == ("ceil", None)
    assert grade.feedback == "ceil explained."


def test_all_misconceptions_are_told_and_the_first_is_named(sizes: Variant) -> None:
    grade = graded("21", sizes)
    assert (grade.convention, grade.misconception) == (None, "off-by-one")
    assert "off-by-one explained." in grade.feedback
    assert "forgot-plus-one explained." in grade.feedback


def test_one_misconception_is_told_in_its_own_words(make: Make) -> None:
    variant = make("number", 22, misconceptions={"off-by-one": 21})
    assert graded("21", variant).feedback == "off-by-one explained."


def test_a_misconception_that_coincides_with_the_key_does_no_harm(make: Make) -> None:
    variant = make("number", 1, misconceptions={"forgot-stride": 1}, conventions={"same": 1})
    assert graded("1", variant).verdict == "right"


@pytest.mark.parametrize(
    ("key", "more", "raw", "feedback"),
    [
        (22, {}, "12", "Not 12; the key is 22."),
        (22, {"unit": "MiB"}, "12", "Not 12 MiB; the key is 22 MiB."),
        (Fraction(1, 3), {}, "0.333", f"Not 0.333; the key is 1/3. {EARLY} the exact number."),
        (Fraction(1, 3), {}, "2/7", "Not 2/7; the key is 1/3."),
        (
            Fraction(1, 3),
            {},
            "2/3",
            "Not 2/3; the key is 1/3. This is also what you get if a factor of 2 goes wrong.",
        ),
        (2 / 3, {"within": "2 dp"}, "0.7", f"Not 0.7; the key is 0.67. {EARLY} 2 decimals."),
        (25_600_000, {}, "25M", "Not 25,000,000; the key is 25,600,000."),
        (22, {}, "2^200", "Not ≈1.60694e+60; the key is 22."),
        (
            1234567.8,
            {"within": "0.001"},
            "1234570",
            f"Not 1,234,570; the key is 1234567.8. {EARLY} it to within 0.001.",
        ),
    ],
)
def test_feedback_on_a_slip_is_true(
    make: Make, key: Any, more: dict[str, Any], raw: str, feedback: str
) -> None:
    assert graded(raw, make("number", key, **more)).feedback == feedback


@pytest.mark.parametrize(
    ("within", "raw", "verdict"),
    [
        ("3 dp", "0.667", "right"),
        ("3 dp", "0.66666666", "right"),
        ("3 dp", "0.666", "right"),
        ("3 dp", "0.665", "wrong"),
        ("1 %", "0.67", "right"),
        ("1 %", "66.7 %", "right"),
        ("1 %", "0.68", "wrong"),
        ("2 sig", "2/3", "right"),
    ],
)
def test_tolerance_is_the_question_s(make: Make, within: str, raw: str, verdict: str) -> None:
    assert graded(raw, make("number", 2 / 3, within=within)).verdict == verdict


def test_sizes_are_converted(make: Make) -> None:
    variant = make("number", 512, unit="MiB", within="0.5 MiB")
    assert graded("0.5 GiB", variant).verdict == "right"
    assert graded("512 MB", variant).convention == "MB for MiB"


def test_the_key_is_shown_with_digits_and_unit(make: Make) -> None:
    assert grading.key_text(make("number", 2 / 3, within="3 dp", unit="s")) == "0.667 s"
