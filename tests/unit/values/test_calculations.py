"""Calculations typed for a number; Python's own arithmetic on the same texts is the second route."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest

from quizkit.model import Misread, Understood
from quizkit.values.calculations import read_calculation
from tests.effort import at_most

ASKED_AGAIN = Misread("asked again", 0)


def value(text: str, unit: str | None = None) -> object:
    reading = read_calculation(text, unit, ASKED_AGAIN)
    return reading.value if isinstance(reading, Understood) else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("64*64 + 64", 64 * 64 + 64),
        ("1 - 1/4", 1 - Fraction(1, 4)),
        ("(28 - 5 + 2*2)//2 + 1", (28 - 5 + 2 * 2) // 2 + 1),
        ("2**10 - 1", 2**10 - 1),
        ("3*(4 + 5)/7", Fraction(27, 7)),
        ("10*20", 200),
        ("0.1 + 0.2", Fraction(3, 10)),
    ],
)
def test_exact_ones_are_exact(text: str, expected: int | Fraction) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("e^-1", math.exp(-1)),
        ("exp(-1) + 1", math.exp(-1) + 1),
        ("log(2)", math.log(2)),
        ("sqrt(2)/2", math.sqrt(2) / 2),
        ("comb(10, 3)", 120),
        ("1/(1 + e^(-0.5))", 1 / (1 + math.exp(-0.5))),
        ("3 × 3 × 64", 576),
        ("3x3x64", 576),
        ("5!/2", 60),
    ],
)
def test_functions_and_signs(text: str, expected: float) -> None:
    found = value(text)
    assert isinstance(found, int | Fraction)
    assert float(found) == pytest.approx(expected, rel=1e-15)


def test_a_unit_behind_is_read() -> None:
    assert value("256*1024 B", "KiB") == 256
    assert value("2*3 GB", "GB") == 6
    assert value("2*3 apples", "GB") is None


def test_both_sides_of_an_equation_must_be_one_number() -> None:
    assert value("28 - 5 + 1 = 24") == 24
    assert value("1/3 = 0.333") == Fraction(333, 1000)
    reading = read_calculation("28 - 5 + 1 = 23", None, ASKED_AGAIN)
    assert reading == Misread("expected both sides of = to be the same number", 11)


@pytest.mark.parametrize(
    "text",
    ["", "abc", "3 or 4", "12-13", "1, 2", "1 2", "1/0", "x + 1", "[1, 2]", "3 < 4", "1 +", "10^301",
     "9**9**9", "9**9**9**9", "(" * 150 + "1", "99999!", "2^(10^9)", "import os", "__import__('os')"],
)  # fmt: skip
def test_all_else_is_asked_again_and_soon(text: str) -> None:
    with at_most(0.5):
        assert read_calculation(text, None, ASKED_AGAIN) is ASKED_AGAIN


@pytest.mark.parametrize("text", ["2**-999999", "1/(3^9000)", "(1/3)^20000"])
def test_what_python_cannot_write_out_is_asked_again(text: str) -> None:
    with at_most(0.1):
        assert read_calculation(text, None, ASKED_AGAIN) == ASKED_AGAIN


def test_what_it_can_is_not() -> None:
    assert value("2^-900 + 0") == Fraction(1, 2**900)
