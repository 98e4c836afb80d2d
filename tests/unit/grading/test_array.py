"""Arrays: compared and told element by element."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

import pytest

from quizkit import grading
from quizkit.model import Grade, Understood, Variant

Make = Callable[..., Variant]


def graded(raw: str, variant: Variant) -> Grade:
    reading = grading.read(raw, variant)
    assert isinstance(reading, Understood), reading
    return grading.grade(reading.value, variant)


@pytest.mark.parametrize(
    ("key", "raw", "feedback"),
    [
        ((1, 2, 3), "1 2 4", "Element 3: expected 3, found 4."),
        ((1, 2, 3), "[0.5, 2, 3]", "Element 1: expected 1, found 0.5."),
        (
            ((1, 2), (3, 4)),
            "1 2; 5 6",
            "Row 2, column 1: expected 3, found 5; row 2, column 2: expected 4, found 6.",
        ),
        (
            (1, 2, 3, 4, 5),
            "0 0 0 0 0",
            "Element 1: expected 1, found 0; element 2: expected 2, found 0; "
            "element 3: expected 3, found 0; and 2 more.",
        ),
        (
            (((1,), (2,)),),
            "[[[1], [3]]]",
            "Element (1, 2, 1) (counted from 1): expected 2, found 3.",
        ),
        (
            ((1, 2), (3, 4)),
            "1 3; 2 4",
            "That is the transpose: rows and columns are exchanged. The key is [[1, 2], [3, 4]].",
        ),
        (
            ((1, 2, 3), (4, 5, 6)),
            "1 4; 2 5; 3 6",
            "That is the transpose: rows and columns are exchanged. "
            "The key is [[1, 2, 3], [4, 5, 6]].",
        ),
        (
            (1, 2, 3),
            "1; 2; 3",
            "Another shape: expected shape (3,), found (3, 1). The key is [1, 2, 3].",
        ),
    ],
)
def test_what_differs_is_told(make: Make, key: Any, raw: str, feedback: str) -> None:
    grade = graded(raw, make("array", key))
    assert (grade.verdict, grade.score, grade.feedback) == ("wrong", 0, feedback)


def test_a_symmetric_matrix_is_its_own_transpose(make: Make) -> None:
    assert graded("1 2; 2 1", make("array", ((1, 2), (2, 1)))).verdict == "right"


def test_elements_have_the_tolerance_of_the_question(make: Make) -> None:
    variant = make("array", (1 / 3, 2 / 3), within="2 dp")
    assert graded("0.33, 0.67", variant).verdict == "right"
    assert graded("0.33, 0.65", variant).feedback == "Element 2: expected 0.67, found 0.65."
    assert graded("[1/3, 2/3]", variant).verdict == "right"


def test_misconceptions_come_first(make: Make) -> None:
    variant = make("array", (1, 2), misconceptions={"reversed": (2, 1)})
    assert graded("2 1", variant).feedback == "reversed explained."


def test_numbers_of_the_key_have_no_separators(make: Make) -> None:
    variant = make("array", (12345, Fraction(1, 3)))
    assert grading.key_text(variant) == "[12345, 1/3]"


def slopes(weights: list[list[Fraction]], x: list[int], t: list[int]) -> list[list[Fraction]]:
    """The gradient of ½|Wx − t|² by W from central differences, exact since the loss is quadratic."""

    def loss() -> Fraction:
        outputs = [
            sum((w * v for w, v in zip(row, x, strict=True)), Fraction(0)) for row in weights
        ]
        return sum(((y - u) ** 2 for y, u in zip(outputs, t, strict=True)), Fraction(0)) / 2

    found = []
    for row in weights:
        found.append([])
        for place, weight in enumerate(row):
            row[place] = weight + 1
            above = loss()
            row[place] = weight - 1
            found[-1].append((above - loss()) / 2)
            row[place] = weight
    return found


@pytest.mark.parametrize(("x", "t"), [([1, 2, 3], [0, 1]), ([2, -1, 0], [5, 4])])
def test_a_gradient_counts_in_either_layout(make: Make, x: list[int], t: list[int]) -> None:
    weights = [[Fraction(1), Fraction(0), Fraction(2)], [Fraction(0), Fraction(1), Fraction(-1)]]
    found = slopes(weights, x, t)
    key = tuple(map(tuple, found))
    across = typed(zip(*found, strict=True))
    assert graded(across, make("array", key, either_layout=True)).verdict == "right"
    assert graded(across, make("array", key)).verdict == "wrong"
    off = typed([value + 1 for value in column] for column in zip(*found, strict=True))
    assert graded(off, make("array", key, either_layout=True)).verdict == "wrong"


def typed(rows: Iterable[Iterable[Fraction]]) -> str:
    return "[" + ", ".join(f"[{', '.join(map(str, row))}]" for row in rows) + "]"


@pytest.mark.parametrize("raw", ["[1, 2, 3]", "[[1, 2, 3]]", "[[1], [2], [3]]"])
def test_a_vector_may_be_a_row_or_a_column(make: Make, raw: str) -> None:
    for key in ((1, 2, 3), ((1, 2, 3),), ((1,), (2,), (3,))):
        assert graded(raw, make("array", key, either_layout=True)).verdict == "right"
    assert (
        graded("[3, 2, 1]", make("array", ((1,), (2,), (3,)), either_layout=True)).verdict
        == "wrong"
    )
