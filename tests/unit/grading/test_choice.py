"""Choices and claims: what a letter stands for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from quizkit import grading
from quizkit.model import Misread, Option, Understood, Variant

Make = Callable[..., Variant]

OPTIONS = {"max-pooling": "Max pooling", "dropout": "Dropout", "batch-norm": "Batch  normalisation"}
SIZES = {"key": "22", "off-by-one": "2", "padded": "1,024", "half": "0.5"}


@pytest.fixture
def layers(make: Make) -> Variant:
    return make("choice", "dropout", options=OPTIONS)


@pytest.fixture
def sizes(make: Make) -> Variant:
    return make("choice", "key", options=SIZES)


@pytest.mark.parametrize(
    "raw",
    ["b", "B", " b ", "b)", "b.", "(b)", "2", "dropout", "DROPOUT", "Dropout"],
)
def test_an_option_has_many_names(layers: Variant, raw: str) -> None:
    assert grading.read(raw, layers) == Understood("dropout")


def test_a_text_is_recognised_whatever_its_case_and_spaces(layers: Variant) -> None:
    assert grading.read("batch normalisation ", layers) == Understood("batch-norm")


@pytest.mark.parametrize("raw", ["", "  ", "d", "0", "4", "ab", "drop", "b) no", "\x00", "²"])
def test_what_names_no_option_is_misread(layers: Variant, raw: str) -> None:
    reading = grading.read(raw, layers)
    assert isinstance(reading, Misread)
    assert reading.position == len(raw) - len(raw.lstrip())
    assert "a letter, a to c" in reading.problem
    assert reading.problem.isprintable()


@pytest.mark.parametrize(
    ("raw", "slug"),
    [
        ("22", "key"),
        ("22.0", "key"),
        ("2", "off-by-one"),
        ("1024", "padded"),
        ("1/2", "half"),
        ("a", "key"),
        ("padded", "padded"),
    ],
)
def test_a_number_means_the_option_with_that_value(sizes: Variant, raw: str, slug: str) -> None:
    assert grading.read(raw, sizes) == Understood(slug)


@pytest.mark.parametrize("raw", ["1", "3", "4", "key", "KEY"])
def test_no_place_and_no_giveaway_among_computed_options(sizes: Variant, raw: str) -> None:
    assert isinstance(grading.read(raw, sizes), Misread)


def test_digits_within_texts_make_places_ambiguous(make: Make) -> None:
    variant = make("choice", "small", options={"small": "a 3×3 kernel", "large": "a 5×5 kernel"})
    assert isinstance(grading.read("1", variant), Misread)


def test_the_chosen_option_explains_itself(layers: Variant) -> None:
    right, wrong = (grading.grade(slug, layers) for slug in ("dropout", "batch-norm"))
    assert (right.verdict, right.score, right.misconception) == ("right", 1, None)
    assert right.feedback == "dropout explained."
    assert (wrong.verdict, wrong.score, wrong.misconception) == ("wrong", 0, "batch-norm")
    assert wrong.feedback == "batch-norm explained."


def test_an_option_without_a_reason_still_has_feedback(make: Make) -> None:
    variant = make("choice", "key", options=SIZES)
    silent = tuple(Option(slug=o.slug, text=o.text, because="") for o in variant.options)
    variant = replace(variant, options=silent)
    assert grading.grade("key", variant).feedback == "Right."
    assert grading.grade("off-by-one", variant).feedback == "Not 2; the key is a) 22."


def test_the_key_is_shown_with_its_letter(layers: Variant) -> None:
    assert grading.key_text(layers) == "b) Dropout"


@pytest.mark.parametrize(
    ("raws", "holding"),
    [
        (["holds", "H", "h", "true", "t", " Holds "], "holds"),
        (["fails", "F", "false"], "fails"),
        (["depends", "D"], "depends"),
    ],
)
def test_a_claim_holds_fails_or_depends(make: Make, raws: list[str], holding: str) -> None:
    variant = make("claim", "fails", right_statement="tanh'(0) = 1.")
    assert {grading.read(raw, variant) for raw in raws} == {Understood(holding)}
    grade = grading.grade(holding, variant)
    assert (grade.verdict == "right") == (grade.score == 1) == (holding == "fails")
    assert grade.feedback == "tanh'(0) = 1."
    assert grade.misconception is None


@pytest.mark.parametrize("raw", ["", "maybe", "a", "hold", "\x1b"])
def test_no_other_word_judges_a_claim(make: Make, raw: str) -> None:
    reading = grading.read(raw, make("claim", "fails"))
    assert isinstance(reading, Misread)
    assert reading.problem.isprintable()


def test_the_key_of_a_claim(make: Make) -> None:
    assert grading.key_text(make("claim", "fails")) == "fails"
