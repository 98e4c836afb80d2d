"""Orders: right where no required pair is reversed. A caret marks where reading fails."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quizkit import grading
from quizkit.model import Misread, Understood, Variant

Make = Callable[..., Variant]

STEPS = {"update": "Update", "forward": "Forward", "loss": "Loss", "backward": "Backward"}
TOTAL = (
    *(("forward", later) for later in ("loss", "backward", "update")),
    *(("loss", later) for later in ("backward", "update")),
    ("backward", "update"),
)


@pytest.fixture
def steps(make: Make) -> Variant:
    return make("order", TOTAL, options=STEPS)


@pytest.mark.parametrize(
    "raw",
    [
        *("bcda", "BCDA", "b, c, d, a", "b c, d a", "b) c) d) a)"),
        *("b > c > d > a", "b -> c -> d -> a", "b → c → d → a", "b-c-d-a"),
        "forward, loss, backward, update",
    ],
)
def test_items_are_named_in_order(steps: Variant, raw: str) -> None:
    reading = grading.read(raw, steps)
    assert reading == Understood(("forward", "loss", "backward", "update"))
    assert grading.grade(("forward", "loss", "backward", "update"), steps).verdict == "right"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("^", "missing a, b, c, d"),
        ("b, c^ ", "missing a, d"),
        ("bcd^b", "found b again"),
        ("bcd^e", "a to d"),
        ("bcda^\x1b", "expected letters"),
    ],
)
def test_each_item_is_named_once(steps: Variant, text: str, expected: str) -> None:
    reading = grading.read(text.replace("^", ""), steps)
    assert isinstance(reading, Misread)
    assert reading.position == text.index("^")
    assert expected in reading.problem
    assert reading.problem.isprintable()


@pytest.mark.parametrize(
    ("order", "verdict", "score"),
    [
        ("bcda", "right", 1),
        # Three of four in order have 9 of 24 orders, of which all four have one.
        ("cbda", "partly", (0.1 - 1 / 24) / (9 / 24)),
        ("abcd", "partly", (0.1 - 1 / 24) / (9 / 24)),
        ("cbad", "wrong", 0),
        ("adcb", "wrong", 0),
    ],
)
def test_the_longest_part_in_order_earns_a_share(
    steps: Variant, order: str, verdict: str, score: float
) -> None:
    reading = grading.read(order, steps)
    assert isinstance(reading, Understood)
    grade = grading.grade(reading.value, steps)
    assert grade.verdict == verdict
    assert grade.score == pytest.approx(score)


def test_a_partial_order_has_many_right_answers(make: Make) -> None:
    options = {"shuffle": "Shuffle", "split": "Split", "train": "Train"}
    variant = make("order", (("shuffle", "train"), ("split", "train")), options=options)
    assert grading.grade(("split", "shuffle", "train"), variant).verdict == "right"
    assert grading.grade(("shuffle", "split", "train"), variant).verdict == "right"
    assert grading.grade(("train", "split", "shuffle"), variant).score == 0
    assert grading.key_text(variant) == "a) Shuffle → b) Split → c) Train"


def test_the_first_reversed_pair_is_told(steps: Variant) -> None:
    grade = grading.grade(("loss", "forward", "backward", "update"), steps)
    assert grade.feedback == "“b) Forward” must come before “c) Loss”, not after it."


def test_the_key_is_a_valid_order(steps: Variant) -> None:
    assert grading.key_text(steps) == "b) Forward → c) Loss → d) Backward → a) Update"
