"""Units: exact factors, the same as where each unit is defined."""

from __future__ import annotations

from fractions import Fraction

import pytest

from quizkit.model import Misread, Understood
from quizkit.values.numbers import read_number
from quizkit.values.units import factor
from tests.effort import at_most

# Typed unit, question's unit, and one of the former in the latter, from the units' definitions.
FACTORS = [
    ("KiB", "B", 2**10),
    ("GiB", "MiB", 2**10),
    ("TB", "GB", 10**3),
    ("MB", "MiB", Fraction(10**6, 2**20)),
    ("Mb", "MB", Fraction(1, 8)),
    ("Mbit", "bits", 10**6),
    ("Gbit/s", "GB/s", Fraction(1, 8)),
    ("Gbps", "Gbit/s", 1),
    ("megabytes", "kB", 10**3),
    ("mebibyte", "B", 2**20),
    ("ms", "s", Fraction(1, 1000)),
    ("µs", "ms", Fraction(1, 1000)),
    ("us", "ns", 1000),
    ("min", "s", 60),
    ("hours", "minutes", 60),
    ("day", "h", 24),
    ("GPU-days", "GPU hours", 24),
    ("TFLOP/s", "GFLOP/s", 10**3),
    ("TFLOPS", "FLOP/s", 10**12),
    ("gflops", "FLOPs", 10**9),
    ("GMACs", "GFLOPs", 2),
    ("FLOPs", "MACs", Fraction(1, 2)),
    ("k images/min", "images/s", Fraction(50, 3)),
    ("tokens per second", "tokens/s", 1),
    ("tok/s", "tokens/s", 1),
    ("GB s^-1", "MB/s", 1000),
    ("B parameters", "million parameters", 1000),
    ("bn params", "parameters", 10**9),
    ("MHz", "Hz", 10**6),
    ("1/s".removeprefix("1"), "Hz", 1),
    ("kWh", "J", 3_600_000),
    ("J/s", "W", 1),
    ("milliwatts", "W", Fraction(1, 1000)),
    ("km", "m", 1000),
    ("widgets/hour", "widgets/min", Fraction(1, 60)),
]

FOREIGN = [
    ("s", "MB"),
    ("mb", "MB"),
    ("M", "MiB"),
    ("nats", "bits"),
    ("B/s", "B"),
    ("FLOP", "FLOP/s"),
    ("epochs", "iterations"),
    ("furlongs", "m"),
    ("m", "min"),
    ("s s s s s s s s s s", "s"),
    ("B" * 61, "B"),
    ("", "B"),
    ("/", "B"),
    ("s^9", "s"),
]


@pytest.mark.parametrize(("typed", "unit", "amount"), FACTORS)
def test_a_unit_is_converted_exactly(typed: str, unit: str, amount: Fraction) -> None:
    assert factor(typed, unit) == amount


@pytest.mark.parametrize(("typed", "unit", "amount"), FACTORS)
def test_and_back(typed: str, unit: str, amount: Fraction) -> None:
    back = factor(unit, typed)
    assert back is None or back * amount == 1


@pytest.mark.parametrize(("typed", "unit"), FOREIGN)
def test_what_is_no_unit_of_that_kind_is_none(typed: str, unit: str) -> None:
    assert factor(typed, unit) is None


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("4 TFLOP/s", "TFLOP/s", 4),
        ("4000 GFLOP/s", "TFLOP/s", 4),
        ("1.5 GiB", "MiB", 1536),
        ("90 min", "hours", Fraction(3, 2)),
        ("1.5 hours", "minutes", 90),
        ("250 ms", "s", Fraction(1, 4)),
        ("2 Gbit/s", "MB/s", 250),
        ("3.6k images/h", "images/s", 1),
        ("12 per cent", "%", 12),
        ("7 billion", "B parameters", 7),
    ],
)
def test_numbers_in_another_unit_are_read_in_the_question_s(
    text: str, unit: str, value: Fraction
) -> None:
    assert read_number(text, unit) == Understood(value)


@pytest.mark.parametrize(
    "tail", ["s" * 190, "/s" * 90, "a b " * 45, "µ" * 190, "s^-" * 60, "1/" * 90]
)
def test_hostile_units_are_misread_at_once(tail: str) -> None:
    with at_most(0.1):
        reading = read_number(f"1 {tail}", "MB/s")
    assert isinstance(reading, Misread)
