"""What learners are told of slips, on the real questions: nothing that is not so of the formula shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from quizkit import grading
from quizkit.bank.bank import Bank, Shelf
from quizkit.grading.explain import explained
from quizkit.model import Grade, Understood
from quizkit.variant import make
from quizkit.worker import Compute

TOLD = "This is also what you get if "
HARMLESS = {"the sign is turned round", "you count one too many", "you count one too few"}
NEURON = "backprop/one-neuron-one-step"

Graded = Callable[[str, int, str], Grade]


@pytest.fixture
def graded(built_in_bank: Bank) -> Iterator[Graded]:
    shelf = Shelf([built_in_bank])
    with Compute(shelf) as compute:
        solve = compute.of(built_in_bank)

        def grade(id_: str, seed: int, raw: str) -> Grade:
            variant = make(shelf.entry(id_), seed, solve)
            reading = grading.read(raw, variant)
            assert isinstance(reading, Understood)
            found = grading.grade(reading.value, variant, solve)
            said = explained(raw, variant, solve)[-1]
            assert said == f"so it is {found.verdict}, worth {found.score:g}"
            return found

        yield grade


def test_no_slip_in_a_formula_is_told_of_an_answer_without_one(
    built_in_bank: Bank, graded: Graded
) -> None:
    found = {}
    for row in Shelf([built_in_bank]).rows():
        for raw in ("0", "1", "-1") if row.kind == "number" else ():
            slip = graded(row.id, 0, raw).feedback.partition(TOLD)[2].rstrip(".")
            if slip and slip not in HARMLESS:
                found[row.id, raw] = slip
    assert found == {}


@pytest.mark.parametrize(
    ("id_", "raw"),
    [
        ("cnn/valid-output-size", "32"),
        ("tensors-graphs/products-in-a-matrix-product", "1"),
        ("ml-basics/scores-of-both-classes", "?; ?; 0"),
    ],
)
def test_misleading_words_are_not_told(
    built_in_bank: Bank, graded: Graded, id_: str, raw: str
) -> None:
    assert id_ in {row.id for row in Shelf([built_in_bank]).rows()}
    assert "is left out" not in graded(id_, 0, raw).feedback


def test_a_slip_in_the_formula_is_still_told(graded: Graded) -> None:
    told = graded("perceptron-mlp/connections-between-two-layers", 0, "4").feedback
    assert told.endswith(f"{TOLD}the factor fan in is left out.")


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("raw", ["0;0;0;0", "1;1;1;1", "-1;-1;-1;-1", "0;0.1;0;0"])
def test_nothing_follows_from_nothing(graded: Graded, seed: int, raw: str) -> None:
    assert "and counts" not in graded(NEURON, seed, raw).feedback


def test_what_follows_from_a_wrong_output_still_counts(graded: Graded) -> None:
    found = graded(NEURON, 0, "0.6; 0.18; 0.36; -0.18")  # from 0.6 by hand
    assert found.feedback.count("and counts") == 3
    assert found.score == 3 / 4
