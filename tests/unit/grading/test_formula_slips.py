"""Slips that give a wrong formula: named where they do, for nothing else, and not for a guess."""

from __future__ import annotations

from typing import Any

import pytest

from quizkit.grading import expression
from quizkit.grading.formula_slips import MOST, slip_behind, slips
from quizkit.model import Grade, Understood, Variant
from quizkit.values.expressions.decide import equivalent
from quizkit.values.expressions.read import read_tree
from tests.effort import at_most

REAL: dict[str, Any] = {"x": "real", "y": "real", "n": "positive integer"}


def graded(raw: str, key: str) -> Grade:
    named: dict[str, Any] = {"id": "t/q", "level": "fresher", "difficulty": 1, "seed": 1}
    variant = Variant(
        kind="expression",
        key=key,
        fingerprint="f",
        given={},
        ask="?",
        why="!",
        domains=REAL,
        **named,
    )
    reading = expression.read(raw, variant)
    assert isinstance(reading, Understood), reading
    return expression.grade(reading.value, variant)


@pytest.mark.parametrize(
    ("raw", "key", "slip"),
    [
        ("-y(1-y)", "y(1-y)", "the sign is turned round"),
        ("y^2-y", "y(1-y)", "the sign is turned round"),
        ("4x", "2x", "a factor of 2 goes wrong"),
        ("x", "2x", "a factor of 2 goes wrong"),
        ("3/x", "x/3", "the fraction is turned upside down"),
        ("x^2", "x^2 + y", "the term y is left out"),
        ("x^2 - y", "x^2 + y", "the sign of the term y is turned round"),
        ("cos(x^2)", "2x cos(x^2)", "the factor 2·x is left out"),
        ("σ(x)", "σ(x)(1-σ(x))", "the factor 1 - sigmoid(x) is left out"),
        ("x y^2", "x/y^2", "it is multiplied by y^2, not divided"),
        ("x/y", "x/y^2", "the power of y is left out"),
        ("(x+1) y", "(x-1) y", "the sign within x - 1 is turned round"),
        ("cos x", "sin x", "cos is taken for sin"),
        ("x > 2", "x < 2", "the inequality is turned round"),
        ("x ≤ 2", "x < 2", "the boundary itself is taken in or left out"),
        ("[-1, -x]", "[1, x]", "the sign is turned round"),
        ("y = -2x", "y = 2x", "the sign of one side is turned round"),
    ],
)
def test_the_usual_slips_are_named(raw: str, key: str, slip: str) -> None:
    found = graded(raw, key)
    assert found.verdict == "wrong"
    assert found.feedback.endswith(f" This is also what you get if {slip}.")


@pytest.mark.parametrize(
    ("raw", "key"),
    [("x + 7y", "x + y"), ("1", "y(1-y)"), ("0", "x"), ("-1", "1/2"), ("{x, 1}", "{x, 2}")],
)
def test_nothing_is_named_for_other_mistakes_and_for_guesses(raw: str, key: str) -> None:
    found = graded(raw, key)
    assert found.verdict == "wrong"
    assert "This is also" not in found.feedback


KEYS = [
    "2x",
    "x y/(x+y)",
    "e^-x",
    "x^2 + 3y - 1",
    "-x log(1+y^2)",
    "sin(2x) cos(y)",
    "x < y",
    "n!/(n+1)",
]


@pytest.mark.parametrize("key", KEYS)
def test_what_a_slip_makes_of_a_key_is_named_by_a_slip_that_makes_it(key: str) -> None:
    tree = read_tree(key, REAL)

    def is_same(one: Any, other: Any) -> bool:
        return equivalent(one, other, REAL).verdict in ("right", "sampled")

    by_phrase: dict[str, list[Any]] = {}
    for phrase, other in slips(tree):
        by_phrase.setdefault(phrase, []).append(other)
    assert 2 <= len(by_phrase) <= MOST
    for others in by_phrase.values():
        for other in others:
            found = slip_behind(other, tree, REAL, is_same)
            if found is not None:
                assert any(is_same(other, each) for each in by_phrase[found])


def test_the_search_for_a_slip_is_bounded() -> None:
    long = " + ".join(f"sin({k} x) exp(-{k} y^2)" for k in range(1, 41))
    with at_most(0.5):
        assert graded(f"{long} + x", long).verdict == "wrong"
