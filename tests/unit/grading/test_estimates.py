"""Numbers beyond right and wrong: estimates, units taken for others, rounding, bounds in decimal."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from quizkit import grading
from quizkit.grading.explain import explained
from quizkit.model import Grade, Understood, Variant

Make = Callable[..., Variant]


def graded(raw: str, variant: Variant) -> Grade:
    reading = grading.read(raw, variant)
    assert isinstance(reading, Understood), reading
    return grading.grade(reading.value, variant)


@pytest.mark.parametrize(
    ("raw", "verdict", "score"),
    [
        ("6e23", "right", 1),
        ("3e23", "right", 1),
        ("12e23", "right", 1),
        ("12.01e23", "partly", 0.5),
        ("2.99e23", "partly", 0.5),
        ("6e24", "partly", 0.5),
        ("0.6e23", "partly", 0.5),
        ("6.1e24", "wrong", 0),
        ("5.9e22", "wrong", 0),
        ("0", "wrong", 0),
        ("-6e23", "wrong", 0),
    ],
)
def test_estimates_within_the_declared_factors(
    make: Make, raw: str, verdict: str, score: float
) -> None:
    grade = graded(raw, make("number", 6 * 10**23, fermi=(2.0, 10.0)))
    assert (grade.verdict, grade.score) == (verdict, score)


def test_an_estimate_says_how_far_off_it_is(make: Make) -> None:
    variant = make("number", 1000, fermi=(2.0, 10.0), misconceptions={"bits": 125_000})
    assert "factor of about 5 above" in graded("5000", variant).feedback
    assert "factor of about 50 below" in graded("20", variant).feedback
    grade = graded("130k", variant)
    assert grade.misconception == "bits"
    assert "bits explained." in grade.feedback


@pytest.mark.parametrize(
    ("key", "unit", "raw", "convention"),
    [
        (512, "MiB", "512 MB", "MB for MiB"),
        (512, "MB", "512 MiB", "MiB for MB"),
        (1, "GiB", "1 GB", "GB for GiB"),
        (1024, "MiB", "1 GB", "GB for GiB"),
        (2, "GiB", "2000 MiB", "1,000 for 1,024"),
        (2, "GB", "2048 MB", "1,024 for 1,000"),
        (64, "MB", "64 Mb", "bits for bytes"),
        (64, "MB", "512", "bytes for bits"),
        (64, "Mbit", "64 MB", "bytes for bits"),
        (4, "GFLOPs", "4 GMACs", "FLOPs against MACs"),
        (4, "GFLOPs", "2", "FLOPs against MACs"),
        (4, "GMACs", "4 GFLOPs", "FLOPs against MACs"),
        (4, "TFLOP/s", "8 TFLOP/s", "FLOPs against MACs"),
        (100, "MB/s", "100 MiB/s", "MiB for MB"),
    ],
)
def test_a_unit_taken_for_another_is_named_as_a_convention(
    make: Make, key: int, unit: str, raw: str, convention: str
) -> None:
    grade = graded(raw, make("number", key, unit=unit))
    assert (grade.verdict, grade.score, grade.convention) == ("partly", 0.5, convention)
    assert grade.feedback.startswith("That is right ")


def test_the_same_amount_in_another_unit_is_right(make: Make) -> None:
    for raw in ("2 GMACs", "4000 MFLOPs", "4e9 FLOPs", "0.004 TFLOPs"):
        assert graded(raw, make("number", 4, unit="GFLOPs")).verdict == "right"


def test_a_number_that_is_near_such_a_value_by_chance_is_not_taken_for_it(make: Make) -> None:
    variant = make("number", 512, unit="MiB", within="1 %")
    assert graded("488", variant).convention == "MB for MiB"
    assert graded("490", variant).convention is None


def test_without_such_a_unit_nothing_is_taken_for_anything(make: Make) -> None:
    assert graded("512", make("number", 64, unit="images")).convention is None
    assert graded("2", make("number", 4)).convention is None


def test_the_author_s_mistake_is_named_before_a_unit_s(make: Make) -> None:
    variant = make("number", 64, unit="MB", misconceptions={"forgot-the-byte": 512})
    grade = graded("512", variant)
    assert (grade.misconception, grade.convention) == ("forgot-the-byte", None)


@pytest.mark.parametrize(
    ("key", "within", "raw", "rounded"),
    [
        (2 / 3, "3 dp", "0.67", True),
        (2 / 3, "3 dp", "0.7", True),
        (2 / 3, "3 dp", "0.66", False),
        (2 / 3, "3 dp", "0.6", False),
        (Fraction(1, 3), None, "0.333", True),
        (25_557_032, None, "25.6M", True),
        (25_557_032, None, "25M", False),
        (101, None, "100", False),
        (22, None, "20", False),
        (3.14159, "4 sig", "3", True),
        (0.5, "0.001", "1", False),
    ],
)
def test_rounding_too_early_is_recognised(
    make: Make, key: Any, within: str | None, raw: str, rounded: bool
) -> None:
    grade = graded(raw, make("number", key, within=within))
    assert grade.verdict == "wrong"
    assert (grade.misconception == "rounded-too-early") is rounded


@pytest.mark.parametrize(
    ("key", "within", "bound", "beyond"),
    [
        (0.3, "0.05", "0.35", "0.3500000001"),
        (0.1 + 0.2, "0.1", "0.4", "0.4000000001"),
        (0.1 + 0.2, "0.1", "0.2", "0.1999999999"),
        (0.7, "10 %", "0.77", "0.7700000001"),
        (1.1, "1 dp", "1.2", "1.2000000001"),
        (2.675, "3 sig", "2.685", "2.6850000001"),
    ],
)
def test_a_value_on_the_bound_counts_in_decimal(
    make: Make, key: float, within: str, bound: str, beyond: str
) -> None:
    variant = make("number", key, within=within)
    assert graded(bound, variant).verdict == "right"
    assert graded(beyond, variant).verdict == "wrong"


@pytest.mark.parametrize(
    ("key", "within", "raw", "asked"),
    [
        (3.14159, "2 dp", "3.1", "the question wants 2 decimals."),
        (3.14159, "1 dp", "3", "the question wants 1 decimal."),
        (3.14159, "3 sig", "3.1", "the question wants 3 significant figures."),
        (3.14159, "0.1 %", "3.1", "the question wants it to within 0.1 %."),
        (3.14159, "0.01", "3.1", "the question wants it to within 0.01."),
        (12_345, None, "12300", "the question wants the exact number."),
    ],
)
def test_rounding_too_early_is_said_in_words(
    make: Make, key: float, within: str | None, raw: str, asked: str
) -> None:
    grade = graded(raw, make("number", key, within=within))
    assert (grade.verdict, grade.misconception) == ("wrong", "rounded-too-early")
    said = "That is the key rounded too early, to fewer digits than asked for: "
    assert grade.feedback.endswith(said + asked)
    assert "the key is" in grade.feedback


def test_a_short_decimal_of_a_float_is_explained(make: Make) -> None:
    told = explained("0.5", make("number", 0.0625, misconceptions={"doubled": 0.125}))
    assert told[1] == "against the key, 0.0625: differs (|difference| 0.4375, must be exact)"
    assert told[-1] == "so it is wrong, worth 0"
