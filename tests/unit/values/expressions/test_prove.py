"""Proofs by sympy: what is equal is shown to be, what is not never is, and nothing takes long."""

from __future__ import annotations

import pytest

from quizkit import grading
from quizkit.errors import SolverTimedOut
from quizkit.model import Given, Understood, Value, Variant
from quizkit.values.expressions.prove import SECONDS, proved
from tests.effort import at_most

DOMAINS = {"x": "real", "a": "positive", "n": "positive integer"}

EQUAL = [
    ("tanh(x)", "2 sigmoid(2x) - 1"),
    ("log(a^2)", "2 log a"),
    ("log(1 + e^x)", "x + log(1 + e^-x)"),
    ("sin(x)^2", "1 - cos(x)^2"),
    ("sqrt(x^2)", "|x|"),
    ("(x + 1)^3", "x^3 + 3x^2 + 3x + 1"),
]
DIFFERENT = [
    ("x", "x + 10^-40"),
    ("sqrt(x^2)", "x"),
    ("log(x^2)", "2 log x + 1"),
    ("tanh(x)", "2 sigmoid(x) - 1"),
    ("a^n", "n^a"),
]


@pytest.mark.parametrize(("one", "other"), EQUAL)
def test_what_is_equal_is_proved(one: str, other: str) -> None:
    assert proved(one, other, DOMAINS)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_what_differs_is_not(one: str, other: str) -> None:
    assert not proved(one, other, DOMAINS)


@pytest.mark.parametrize("text", ["x = 1", "[x, a]", "sum_{i=1}^n i", "x +", "y", "n!"])
def test_what_sympy_is_not_given_is_not_proved(text: str) -> None:
    assert not proved(text, text, DOMAINS)


def test_a_long_search_is_given_up() -> None:
    tower = "*".join(f"(sin({k}x) + cos(x^{k}) + sqrt(a + {k}))" for k in range(1, 9))
    with at_most(SECONDS + 2):
        proved(tower, f"({tower}) + sin(x)^9 - sin(x)^8", DOMAINS)


def asked(compute: object) -> grading.Grade:
    variant = Variant(
        id="t/q",
        kind="expression",
        level="fresher",
        difficulty=1,
        seed=1,
        fingerprint="f",
        given={},
        ask="?",
        key="log(1 + e^(2x)) + max(x, 0)",
        why="!",
        domains={"x": "real"},
    )
    reading = grading.read("2x + log(1 + e^(-2x)) + relu(x)", variant)
    assert isinstance(reading, Understood)
    return grading.grade(reading.value, variant, compute)  # type: ignore[arg-type]


def test_a_grade_says_whether_it_was_sampled_or_proved() -> None:
    def compute(name: str, given: Given) -> Value:
        assert name == "proof:"
        return proved(**given)

    def slow(name: str, given: Given) -> Value:
        raise SolverTimedOut("too long")

    for each in (None, slow, compute):
        assert asked(each).verdict == "right"
    sampled = "equal at" in asked(None).feedback
    assert ("equal at" in asked(slow).feedback) is sampled
    assert "equal at" not in asked(compute).feedback or not sampled
