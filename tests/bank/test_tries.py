"""Each question's key in other words is taken, and no near miss is."""

from __future__ import annotations

import pytest

from quizkit import grading
from quizkit.bank.bank import Bank, Shelf
from quizkit.grading.tries import tries
from quizkit.model import Understood
from quizkit.variant import make
from quizkit.worker import Compute

KINDS = ("number", "shape", "array", "choice", "claim", "expression")


def test_tries_are_graded_as_they_deserve(built_in_bank: Bank) -> None:
    shelf = Shelf([built_in_bank])
    tried, surprises = 0, []
    with Compute(shelf) as compute:
        solve = compute.of(built_in_bank)
        for row in shelf.rows():
            if row.kind not in KINDS:
                continue
            variant = make(shelf.entry(row.id), 1, solve)
            for each in tries(variant, solve):
                tried += 1
                reading = grading.read(each.raw, variant)
                right = isinstance(reading, Understood) and (
                    grading.grade(reading.value, variant).verdict == "right"
                )
                if right != each.right:
                    surprises.append((row.id, each.raw, each.because))
    assert surprises == []
    assert tried > 2000


@pytest.mark.parametrize("kind", KINDS)
def test_tries_hold_answers_of_both_sorts(built_in_bank: Bank, kind: str) -> None:
    shelf = Shelf([built_in_bank])
    with Compute(shelf) as compute:
        solve = compute.of(built_in_bank)
        row = next(row for row in shelf.rows() if row.kind == kind)
        found = tries(make(shelf.entry(row.id), 1, solve), solve)
    assert {each.right for each in found} == {True, False}
