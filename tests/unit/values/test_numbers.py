"""Numbers as people type them. A caret in a text marks where reading must fail."""

from __future__ import annotations

from fractions import Fraction

import pytest

from quizkit.model import Misread, Understood
from quizkit.values.numbers import quoted, read_number
from tests.effort import at_most

READ = [
    ("28", 28),
    ("-3.5", Fraction(-7, 2)),
    ("+5", 5),
    (".5", Fraction(1, 2)),
    ("5.", 5),
    ("22.0", 22),
    ("1e-3", Fraction(1, 1000)),
    ("1.5E+3", 1500),
    ("0.1", Fraction(1, 10)),
    ("1,234.5", Fraction(2469, 2)),
    ("1,234", 1234),
    ("1 234 567", 1_234_567),
    ("1\u202f234\u00a0567", 1_234_567),
    ("1_000", 1000),
    ("3/4", Fraction(3, 4)),
    ("-3 / 4", Fraction(-3, 4)),
    ("1.5/3", Fraction(1, 2)),
    ("12 %", Fraction(3, 25)),
    ("12.5percent", Fraction(1, 8)),
    ("25.6M", 25_600_000),
    ("7B", 7_000_000_000),
    ("3k", 3000),
    ("2 G", 2 * 10**9),
    ("1T", 10**12),
    ("1.5 million", 1_500_000),
    ("2^10", 1024),
    ("2**10", 1024),
    ("-2^2", -4),
    ("10^-3", Fraction(1, 1000)),
    ("10⁻³", Fraction(1, 1000)),
    ("2¹⁰", 1024),
    ("1/2^10", Fraction(1, 1024)),
    ("3×10^8", 3 * 10**8),
    ("3*10^8", 3 * 10**8),
    ("3 x 10^8", 3 * 10**8),
    ("6.02·10²³", 602 * 10**21),
    ("−3", -3),
    ("\u2009−\u20093", -3),
    ("= 5", 5),
    ("≈5.5", Fraction(11, 2)),
    ("~5", 5),
    ("-0", 0),
    ("0.000", 0),
]

IN_UNIT = [
    ("12", "%", 12),
    ("12 %", "%", 12),
    ("12 percent", "%", 12),
    ("3", "iterations", 3),
    ("3 iterations", "iterations", 3),
    ("1 iteration", "iterations", 1),
    ("3 Classes", "class", 3),
    ("25.6M parameters", "parameters", 25_600_000),
    ("25.6M", "million parameters", Fraction(128, 5)),
    ("25,600,000 parameters", "million parameters", Fraction(128, 5)),
    ("25.6", "M", Fraction(128, 5)),
    ("500k", "M", Fraction(1, 2)),
    ("3.8G", "GFLOPs", Fraction(19, 5)),
    ("3800 MFLOPs", "GFLOPs", Fraction(19, 5)),
    ("3.8 GFLOPs", "FLOPs", 3_800_000_000),
    ("3 GMACs", "MACs", 3_000_000_000),
    ("512", "MiB", 512),
    ("512 MiB", "MiB", 512),
    ("512 MiB", "B", 512 * 2**20),
    ("1 GiB", "MiB", 1024),
    ("1 GB", "MB", 1000),
    ("1 KB", "B", 1000),
    ("1 kB", "bytes", 1000),
    ("1 TiB", "GiB", 1024),
    ("7B", "kB", Fraction(7, 1000)),
    ("8 Mbit", "MB", 1),
    ("1 MB", "Mbit", 8),
    ("2 m²", "m²", 2),
]

MISREAD = [
    ("^", "a number"),
    ("   ^", "a number"),
    ("^seven", "a number"),
    ("^inf", "a number"),
    ("-^inf", "a number"),
    ("^nan", "a number"),
    ("^１２", "a number"),
    ("^(2)", "a number"),
    ("--3".replace("--", "-^-"), "a number"),
    ("1^,5", "groups of three"),
    ("  −1^,5", "write a decimal point, as in 1.5"),
    ("0^,123", "groups of three"),
    ("1^,2345", "groups of three"),
    ("1,234^,5", "groups of three"),
    ("1.234^,5", "groups of three"),
    ("1 234 5678".replace(" 5678", " ^5678"), "nothing after the number"),
    ("1.2^.3", "nothing after the number"),
    ("3 ^+ 4", "or a calculation that can be worked out"),
    ("3 ^* 4", "or a calculation that can be worked out"),
    ("9**9^**9", "or a calculation that can be worked out"),
    ("1/^0", "other than 0"),
    ("1/^x", "a number"),
    ("2**^0.5", "a whole exponent"),
    ("2** ^(3)", "a whole exponent"),
    ("10**^401", "a whole exponent"),
    ("1e^401", "a whole exponent"),
    ("1e^-999999999999999", "a whole exponent"),
    ("-^1e300", "nearer to zero"),
    ("^100000000000000000000**2", "smaller power"),
    ("3/^99999999**400", "smaller power"),
    ("^0**-1", "other than 0"),
    ("12 ^MB", "nothing after the number"),
    ("3 ^s", "nothing after the number"),
    ("12 ^%%", "nothing after the number"),
    ("28^\x00", "nothing after the number"),
]

MISREAD_IN_UNIT = [
    ("3 ^M", "MiB", "MiB or nothing"),
    ("3 ^mb", "MB", "MB or nothing"),
    ("3 ^nats", "bits", "bits or nothing"),
    ("3 ^epochs", "iterations", "iterations or nothing"),
    ("12 ^%", "iterations", "iterations or nothing"),
]

HOSTILE = [
    "9" * 10_000_000,
    "1," * 5_000_000,
    "(" * 10_000_000,
    "__import__('os').system('true')",
    "9**9**9",
    "9^9^9^9",
    "1e99999999999",
    "10^" + "9" * 190,
    "99999999999999999999^400",
    "1" + " 234" * 49 + "x",
    "1_" * 99 + "x",
    "=" * 199,
    "\x1b]0;title\x07",
    "\x00" * 100,
    "\ud800",
]


def marked(text: str) -> tuple[str, int]:
    """The text without its caret, and where the caret stood."""
    return text.replace("^", "", 1), text.index("^")


@pytest.mark.parametrize(("text", "value"), READ)
def test_reads_exactly(text: str, value: int | Fraction) -> None:
    reading = read_number(text)
    assert reading == Understood(value)
    assert isinstance(reading, Understood)
    assert type(reading.value) is type(value)


@pytest.mark.parametrize(("text", "unit", "value"), IN_UNIT)
def test_converts_to_the_unit_asked_for(text: str, unit: str, value: int | Fraction) -> None:
    assert read_number(text, unit) == Understood(value)


@pytest.mark.parametrize(("text", "expected"), MISREAD)
def test_says_where_reading_failed(text: str, expected: str) -> None:
    raw, position = marked(text)
    reading = read_number(raw)
    assert isinstance(reading, Misread)
    assert reading.position == position
    assert expected in reading.problem


@pytest.mark.parametrize(("text", "unit", "expected"), MISREAD_IN_UNIT)
def test_another_unit_is_misread(text: str, unit: str, expected: str) -> None:
    raw, position = marked(text)
    reading = read_number(raw, unit)
    assert isinstance(reading, Misread)
    assert reading.position == position
    assert expected in reading.problem


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_misread_at_once(text: str) -> None:
    with at_most(0.1):
        reading = read_number(text)
    assert isinstance(reading, Misread)
    assert reading.problem.isprintable()
    assert len(reading.problem) < 200


def test_a_quotation_is_short_and_printable() -> None:
    assert quoted("a\x1b[31mb\u202e") == "'a�[31mb�'"
    assert quoted("x" * 10_000_000) == "'" + "x" * 40 + "…'"
