"""Exponents and bases as programs write them, held against Python's own readers of them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizkit import grading
from quizkit.model import Misread, Understood, Variant
from quizkit.values.numbers import read_number
from quizkit.values.typed import read_typed


def question(key: Any, **more: Any) -> Variant:
    named: dict[str, Any] = {"id": "t/q", "level": "fresher", "difficulty": 1, "seed": 1}
    return Variant(
        kind="number", key=key, fingerprint="f", given={}, ask="?", why="!", **named, **more
    )


def verdict(raw: str, key: Any, **more: Any) -> str:
    """`misread` where it is asked again; the place must be one of the text."""
    reading = grading.read(raw, question(key, **more))
    if isinstance(reading, Understood):
        return grading.grade(reading.value, question(key, **more)).verdict
    assert 0 <= reading.position <= len(raw)
    return "misread"


WRITTEN = [
    ("1 e-3", Fraction(1, 1000)),
    ("x = 1 e-3", Fraction(1, 1000)),
    ("2.5 e-5", Fraction(25, 10**6)),
    ("2.5 e−5", Fraction(25, 10**6)),
    ("2.5 e+3", 2500),
    ("2.5 E3", 2500),
    ("2 * 1 e-3", Fraction(2, 1000)),
    ("0x400", 1024),
    ("0X400", 1024),
    ("0xff", 255),
    ("0x2710", 10000),
    ("0b101", 5),
    ("0o17", 15),
    ("8 x 0x400", 8192),
    ("0x400 + 1", 1025),
    ("0x400 = 1024", 1024),
    ("0 x 5", 0),
    ("10x5", 50),
    ("2 e^2", Fraction("14.778112197861300454460854921150015624")),
]


@pytest.mark.parametrize(("raw", "key"), WRITTEN)
def test_what_is_written_as_a_program_does(raw: str, key: Any) -> None:
    assert verdict(raw, key, within="1e-30") == "right"


def test_with_a_unit() -> None:
    assert verdict("1 e-3 s", Fraction(1, 1000), unit="s") == "right"
    assert verdict("0x400 MiB", 1024, unit="MiB") == "right"


E = Fraction("2.71828182845904523536")


@pytest.mark.parametrize(
    ("raw", "keys"),
    [
        ("1000e", (1000, 1000 * E)),
        ("1000 e", (1000, 1000 * E)),
        ("2 e - 5", (Fraction(2, 10**5), 2 * E - 5)),
        ("2e -5", (Fraction(2, 10**5), 2 * E - 5)),
        ("2*e-5", (Fraction(2, 10**5), 2 * E - 5)),
        ("1 e3", (1000, 3 * E)),
        ("1e 3", (1000, 3 * E)),
        ("0x400x2", (2048,)),
        ("0x12345678901", (0x12345678901,)),
    ],
)
def test_what_can_be_read_in_two_ways_is_asked_again(raw: str, keys: tuple[Any, ...]) -> None:
    assert [verdict(raw, key, within="1e-12") for key in keys] == ["misread"] * len(keys)


@pytest.mark.parametrize("raw", ["2*e - 5", "(2*e) - 5", "2*exp(1) - 5"])
def test_what_the_question_back_proposes_can_be_read(raw: str) -> None:
    assert verdict(raw, 2 * E - 5, within="1e-12") == "right"


def test_a_power_of_e_is_asked_about_only_where_one_of_ten_would_be_right() -> None:
    assert verdict("2e^-5", Fraction(2, 10**5)) == "misread"
    assert verdict("2e^-5", 7) == "wrong"
    assert verdict("2e^-5", 2 * E**-5, within="1e-12") == "right"


def test_the_caret_stands_under_the_e() -> None:
    reading = grading.read("about 1000e", question(1000))
    assert isinstance(reading, Misread)
    assert "about 1000e"[reading.position] == "e"


def typed(raw: str) -> object:
    reading = read_number(raw)
    if isinstance(reading, Misread):
        reading = read_typed(raw, None, reading)
    return reading.value if isinstance(reading, Understood) else None


@given(st.integers(0, 2**36 - 1), st.sampled_from("xob"))
def test_other_bases_are_read_as_python_reads_them(number: int, base: str) -> None:
    assert typed("0" + format(number, base).join((base, ""))) == number


@given(st.integers(0, 10**6), st.integers(0, 9), st.integers(-30, 30), st.sampled_from(" \t\u00a0"))
def test_a_blank_before_a_signed_exponent_changes_nothing(
    whole: int, part: int, exponent: int, blank: str
) -> None:
    tight = f"{whole}.{part}e{exponent:+d}"
    assert typed(tight.replace("e", f"{blank}e")) == Fraction(tight)
