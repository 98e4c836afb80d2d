"""Numbers among words: what stands around one is left out, and nothing that would change it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from quizkit.model import Misread, Understood
from quizkit.values.numbers import read_number
from quizkit.values.typed import read_typed
from tests.effort import at_most


def value(text: str, unit: str | None = None, ask: str = "", **more: bool) -> object:
    reading = read_number(text, unit)
    if isinstance(reading, Misread):
        reading = read_typed(text, unit, reading, ask, **more)
    return reading.value if isinstance(reading, Understood) else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("n_params = 784*256 + 256 = 200960", 200960),
        ("σ(2) ≈ 0.88", Fraction("0.88")),
        ("P(D|+) = 2/13", Fraction(2, 13)),
        ("approx. 0.69315", Fraction("0.69315")),
        ("ca. 6.91", Fraction("6.91")),
        ("loss: about 3", None),
        ("about 3", 3),
        ("391 steps", 391),
        ("391 weight updates.", 391),
        ("4 million parameters", 4_000_000),
        ("3.15×10^23 FLOPs", 315 * 10**21),
        ("768 × 50 257", 768 * 50257),
    ],
)
def test_what_stands_around_a_number_is_left_out(text: str, expected: object) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "391 or 400 steps",
        "not 391",
        "at least 391",
        "2 = 391",
        "391 = 400",
        "391 = 400 steps",
        "x > 3 = 391",
        "391 MB",
        "391 kilobytes",
        "391 thousandths",
        "steps",
        "step 391 of 400",
    ],
)
def test_what_says_something_else_is_asked_about(text: str) -> None:
    assert value(text) is None


def test_where_the_question_names_what_is_counted_nothing_else_is() -> None:
    ask = "How many epochs do 391 iterations make, at one byte an image?"
    assert value("7 epochs", ask=ask) == 7
    assert value("7 batches", ask=ask) is None
    assert value("7 bytes", ask=ask) == 7
    assert value("7 bytes", ask="How many are there?") is None


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("1 h 30 min", "h", Fraction(3, 2)),
        ("1h30min", "min", 90),
        ("2 days, 3 h and 30 min", "h", Fraction(103, 2)),
        ("1 min 30 s", "h", Fraction(1, 40)),
        ("30 min 1 h", "h", None),
        ("1 h 90 min", "h", None),
        ("1 h 30 GB", "h", None),
        ("approx. 14 GB", "GB", 14),
        (r"14\,\text{GB}", "GB", 14),
        ("14 steps", "GB", None),
    ],
)
def test_with_units(text: str, unit: str, expected: object) -> None:
    assert value(text, unit) == expected


def test_a_range_is_a_difference_only_where_a_negative_number_is_asked_for() -> None:
    assert value("0.7 - 1") is None
    assert value("0.7 - 1", is_negative=True) == Fraction(-3, 10)


def test_what_cannot_be_read_is_told_as_the_plain_reader_tells_it() -> None:
    plainly = Misread("as the plain reader tells it", 0)
    assert read_typed("seven or 8", None, plainly) is plainly


@pytest.mark.parametrize("text", ["a" * 200, "1 h " * 50, "= " * 100 + "1", "1 steps " * 25])
def test_long_texts_are_read_soon(text: str) -> None:
    with at_most(0.1):
        value(text, "h")
        value(text, ask=text)
