"""Several options: part credit that guessing does not earn. A caret marks where reading fails."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quizkit import grading
from quizkit.model import Misread, Understood, Variant

Make = Callable[..., Variant]

OPTIONS = {"relu": "ReLU", "tanh": "tanh", "step": "a step", "elu": "ELU", "sine": "a sine"}


@pytest.fixture
def variant(make: Make) -> Variant:
    return make("multi", ("elu", "relu"), options=OPTIONS)


@pytest.mark.parametrize(
    "raw", ["ad", "da", "a, d", "A D", "a) d)", "a; d", "(a, d)", "a-d", "relu, elu", "a, elu"]
)
def test_options_are_named_in_any_order(variant: Variant, raw: str) -> None:
    assert grading.read(raw, variant) == Understood(("elu", "relu"))


def test_none_is_an_answer(variant: Variant) -> None:
    assert grading.read(" None ", variant) == Understood(())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("^", "or none"),
        (" , ^", "or none"),
        ("a, ^f", "a to e"),
        ("a^f", "a to e"),
        ("a, ^a", "found a again"),
        ("a, ^relu", "found a again"),
        ("a ^+ b", "expected letters"),
        ("a^\x00", "expected letters"),
        ("^1", "expected letters"),
        ("a^nd b", "expected letters"),
    ],
)
def test_says_where_reading_failed(variant: Variant, text: str, expected: str) -> None:
    reading = grading.read(text.replace("^", ""), variant)
    assert isinstance(reading, Misread)
    assert reading.position == text.index("^")
    assert expected in reading.problem
    assert reading.problem.isprintable()


@pytest.mark.parametrize(
    ("slugs", "verdict", "score"),
    [
        (("elu", "relu"), "right", 1),
        (("elu",), "partly", 0.05 / (2 / 5)),  # of blind picks of one, two in five hit
        (("elu", "relu", "sine"), "partly", 0.05 / (3 / 10)),
        (("elu", "sine"), "wrong", 0),
        (("sine",), "wrong", 0),
        ((), "wrong", 0),
        (tuple(OPTIONS), "wrong", 0),
    ],
)
def test_false_picks_cost_and_what_chance_gives_is_not_paid(
    variant: Variant, slugs: tuple[str, ...], verdict: str, score: float
) -> None:
    grade = grading.grade(slugs, variant)
    assert (grade.verdict, grade.score) == (verdict, pytest.approx(score))


def test_where_most_are_right_a_false_pick_costs_more(make: Make) -> None:
    most = make("multi", ("elu", "relu", "sine", "tanh"), options=OPTIONS)
    assert grading.grade(tuple(OPTIONS), most).score == 0
    assert grading.grade(("elu", "relu", "tanh"), most).score == pytest.approx(0.05 / (4 / 10))


def test_where_all_or_none_are_right(make: Make) -> None:
    everything = make("multi", tuple(sorted(OPTIONS)), options=OPTIONS)
    assert grading.grade(tuple(OPTIONS), everything).verdict == "right"
    assert grading.grade((), everything).verdict == "wrong"
    nothing = make("multi", (), options=OPTIONS)
    assert grading.grade((), nothing).verdict == "right"
    assert grading.grade(("relu",), nothing).verdict == "wrong"
    assert grading.key_text(nothing) == "none of them"


def test_each_misjudged_option_is_explained(variant: Variant) -> None:
    grade = grading.grade(("relu", "step"), variant)
    assert grade.feedback == "Not c) a step: step explained. Missed d) ELU: elu explained."
    assert grade.misconception == "step"


def test_the_key_is_shown_with_letters(variant: Variant) -> None:
    assert grading.key_text(variant) == "a) ReLU; d) ELU"
