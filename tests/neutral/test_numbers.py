"""Numbers, bare and with units, on the neutral sets: no wrong one is taken, nearly every right one is."""

from __future__ import annotations

import pytest

from quizkit import grading
from quizkit.model import Understood
from tests.neutral.scores import cases, is_taken, score, variant_of


@pytest.mark.parametrize(
    ("name", "least"),
    [
        (f"{name}{number}", 0.97)
        for name in ("numbers", "units")
        for number in ("", "_2", "_3", "_4")
    ],
)
def test_the_set_is_judged_as_labelled(name: str, least: float) -> None:
    found = score(name)
    assert found.accepted == []
    assert found.slow == []
    assert found.accuracy >= least, found.refused


def test_a_wrong_label_would_be_noticed() -> None:
    case = next(case for case in cases("numbers") if case["right"])
    assert is_taken(case["answer"], variant_of("numbers", case))
    assert not is_taken(case["answer"], variant_of("numbers", {**case, "key": "-123.25"}))


@pytest.mark.parametrize(
    ("id_", "convention"),
    [
        ("u013", "GB for GiB"),
        ("u016", "1,000 for 1,024"),
        ("u031", "1,024 for 1,000"),
        ("u099", "bytes for bits"),
    ],
)
def test_a_unit_taken_for_another_is_named(id_: str, convention: str) -> None:
    case = next(case for case in cases("units") if case["id"] == id_)
    variant = variant_of("units", case)
    reading = grading.read(case["answer"], variant)
    assert isinstance(reading, Understood)
    grade = grading.grade(reading.value, variant)
    assert (grade.verdict, grade.convention) == ("partly", convention)
