"""Numbers that are written with a name or a sign; the math module's floats are the second route."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest

from quizkit.model import Misread, Understood
from quizkit.values.numbers import read_number
from tests.effort import at_most

EXACT = [
    ("½", Fraction(1, 2)),
    ("-¾", Fraction(-3, 4)),
    ("1½", Fraction(3, 2)),
    ("10 1/2", Fraction(21, 2)),
    ("2 3/4", Fraction(11, 4)),
    ("25'557'032", 25_557_032),
    ("25’557’032", 25_557_032),
    ("one million", 10**6),
    ("seven billion", 7 * 10**9),
    ("1.5 × 2^10", 1536),
    ("5!", 120),
    ("sqrt(9/4)", Fraction(3, 2)),
    ("√16", 4),
    ("log2(1/8)", -3),
    ("log10(1000)", 3),
    ("x = 7", 7),
    ("acc_1 ≈ 0.5", Fraction(1, 2)),
    (r"\frac{3}{4}", Fraction(3, 4)),
    (r"2.5 \times 10^{-3}", Fraction(1, 400)),
    (r"$12\%$", Fraction(3, 25)),
]
IRRATIONAL = [
    ("π", math.pi),
    ("2π", 2 * math.pi),
    ("3 pi/4", 3 * math.pi / 4),
    ("e", math.e),
    ("sqrt(2)", math.sqrt(2)),
    ("√2/2", math.sqrt(2) / 2),
    ("1/√2", 1 / math.sqrt(2)),
    ("-ln 10", -math.log(10)),
    ("ln(0.5)", math.log(0.5)),
    ("log2(10)", math.log2(10)),
    ("exp(2)", math.exp(2)),
    (r"\sqrt{2}", math.sqrt(2)),
]
MISREAD = ["seven", "one", "10 3/2", "ln(0)", "√", "ln()", "sqrt(1+1)", "101!", "3!!", "exp(1e9)"]
MISREAD += ["pie", "e3x", "½½", "25'57", "log(10)", "x = y", "sqrt(-1)", r"\frac{1}{0}", r"\frac{"]


@pytest.mark.parametrize(("text", "value"), EXACT)
def test_named_numbers_are_read_exactly(text: str, value: Fraction) -> None:
    assert read_number(text) == Understood(value)


@pytest.mark.parametrize(("text", "value"), IRRATIONAL)
def test_irrational_numbers_are_read_beyond_a_float_s_digits(text: str, value: float) -> None:
    reading = read_number(text)
    assert isinstance(reading, Understood)
    assert math.isclose(float(reading.value), value, rel_tol=1e-15)  # type: ignore[arg-type]


def test_a_root_is_known_to_many_digits() -> None:
    reading = read_number("sqrt(2)")
    assert isinstance(reading, Understood)
    assert isinstance(reading.value, Fraction)
    assert abs(reading.value**2 - 2) < Fraction(1, 10**45)


@pytest.mark.parametrize("text", MISREAD)
def test_what_has_no_value_is_misread(text: str) -> None:
    reading = read_number(text)
    assert isinstance(reading, Misread)
    assert 0 <= reading.position <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "ln(" * 60,
        "√" * 200,
        "exp(200)" * 20,
        "{" * 200,
        r"\frac{1}{" * 20,
        "1½" * 90,
        "sqrt(" + "9" * 190 + ")",
    ],
)
def test_hostile_names_cost_little(text: str) -> None:
    with at_most(0.1):
        read_number(text)
