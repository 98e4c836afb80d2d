"""Matches: each left side once. A caret marks where reading fails."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quizkit import grading
from quizkit.model import Misread, Understood, Variant

Make = Callable[..., Variant]

LEFTS = {"relu": "ReLU", "tanh": "tanh", "soft": "softmax"}
RIGHTS = ("(−1, 1)", "sums to 1", "≥ 0", "all integers")


@pytest.fixture
def ranges(make: Make) -> Variant:
    return make("match", (2, 0, 1), options=LEFTS, rights=RIGHTS)


@pytest.mark.parametrize(
    "raw",
    [
        *("1c 2a 3b", "1c, 2a, 3b", "1-c 2-a 3-b", "1c2a3b", "1 c 2 a 3 b", "3b 1c 2a"),
        *("1) c; 2) a; 3) b", "1=C 2=A 3=B", "1→c 2→a 3→b"),
        *("c1 a2 b3", "a2,b3,c1", "c1a2b3"),
        *("cab", "C A B", "c, a, b", "c-a-b"),
    ],
)
def test_pairs_are_named_in_many_ways(ranges: Variant, raw: str) -> None:
    assert grading.read(raw, ranges) == Understood((2, 0, 1))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("^", "missing 1, 2, 3"),
        ("1c 2a^ ", "missing 3"),
        ("ca^", "missing 3"),
        ("1c 2a ^1b", "found 1 again"),
        ("1c 2a ^4b", "from 1 to 3"),
        ("1c 2a ^0b", "from 1 to 3"),
        ("1c 2a 3^e", "a to d"),
        ("ca^e", "a to d"),
        ("cab^a", "found more"),
        ("1c ^a", "a pair such as"),
        ("^100a", "a pair such as"),
        ("c^\x00", "pairs such as"),
        ("^²", "a pair such as"),
    ],
)
def test_says_where_reading_failed(ranges: Variant, text: str, expected: str) -> None:
    reading = grading.read(text.replace("^", ""), ranges)
    assert isinstance(reading, Misread)
    assert reading.position == text.index("^")
    assert expected in reading.problem
    assert reading.problem.isprintable()


def test_a_right_side_may_be_given_twice(ranges: Variant) -> None:
    assert grading.read("cca", ranges) == Understood((2, 2, 0))


@pytest.mark.parametrize(
    ("value", "verdict", "score"),
    [
        ((2, 0, 1), "right", 1),
        ((2, 0, 3), "partly", (0.1 - 1 / 24) / (3 / 24)),  # as have 3 of 24 random matches
        ((2, 1, 0), "wrong", 0),
        ((0, 1, 2), "wrong", 0),
    ],
)
def test_less_than_half_earns_nothing(
    ranges: Variant, value: tuple[int, ...], verdict: str, score: float
) -> None:
    grade = grading.grade(value, ranges)
    assert grade.verdict == verdict
    assert grade.score == pytest.approx(score)


def test_exactly_half_is_partly_where_there_is_much_to_match(make: Make) -> None:
    lefts = {f"left-{n}": f"left {n}" for n in range(4)}
    rights = tuple(f"right {n}" for n in range(6))
    variant = make("match", (0, 1, 2, 3), options=lefts, rights=rights)
    half = grading.grade((0, 1, 4, 5), variant)
    assert half.verdict == "partly"
    assert 1 / 3 < half.score < 1 / 2
    assert grading.grade((0, 4, 3, 5), variant).score == 0
    few = {"relu": "ReLU", "tanh": "tanh"}
    assert grading.grade((0, 2), make("match", (0, 1), options=few, rights=RIGHTS)).score == 0


def test_right_sides_of_the_same_text_are_the_same(make: Make) -> None:
    variant = make("match", (0, 1, 2), options=LEFTS, rights=("R", "R", "S"))
    assert grading.grade((1, 0, 2), variant).verdict == "right"


def test_each_wrong_pair_is_put_right(ranges: Variant) -> None:
    feedback = grading.grade((2, 1, 0), ranges).feedback
    assert feedback == (
        "2) tanh: a) (−1, 1), not b. tanh explained. "
        "3) softmax: b) sums to 1, not a. soft explained."
    )


def test_the_key_is_shown_pair_by_pair(ranges: Variant) -> None:
    assert grading.key_text(ranges) == "1c: ReLU – ≥ 0; 2a: tanh – (−1, 1); 3b: softmax – sums to 1"
