"""Every key of a question is changed once, to something plausible."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from quizkit.bank.bank import Bank
from quizkit.bank.schema import questions
from quizkit.bank.source import Source
from quizkit.model import AnyQuestion
from quizkit.values.tolerance import agrees, read_tolerance
from quizkit.variant import stated
from quizkit.verify.tamper import moved, tampered

CHANGES = {
    "sizes/rows-of-output": ["example 1", "example 2"],
    "sizes/one-third": ["answer"],
    "sizes/output-shape": ["answer"],
    "sizes/doubled": ["answer"],
    "sizes/computed-choice": ["example 1", "example 2"],
    "basics/what-relu-does": ["answer: same", "answer: plus"],
    "basics/which-are-smooth": [f"answer: {slug} turned round" for slug in ("tanh", "relu", "sigmoid")],
    "basics/steps-of-training": ["chain 1"],
    "basics/which-loss": ["real and class swapped"],
    "basics/stride-halves": ["answer: holds"],
}  # fmt: skip


@pytest.mark.parametrize(("id_", "changes"), CHANGES.items())
def test_each_key_is_changed_once(tiny: Bank, id_: str, changes: list[str]) -> None:
    question = tiny.entry(id_).question
    found = list(tampered(question))
    assert [what for what, _ in found] == changes
    variants: list[AnyQuestion] = [question, *(changed for _, changed in found)]
    assert all(one != other for n, one in enumerate(variants) for other in variants[:n])


def number(answer: Any, **more: Any) -> AnyQuestion:
    data = {"kind": "number", "level": "fresher", "difficulty": 1, "ask": "?", "why": "!"}
    read, problems = questions(Source("f", {"qq": {**data, "answer": answer, **more}}, {}, []))
    assert problems == []
    return read["qq"]


ANSWERS = [
    *[(n, {}) for n in (0, 1, -3, 10**20, "1/3", "25.6M", 0.25, True)],
    *[(x, {"within": "3 sig"}) for x in (0.333, 12345, 0.00012)],
    *[(x, {"within": "2 dp"}) for x in (0.33, 5, -1.5)],
    *[(x, {"within": "1 %"}) for x in (0.33, 60, 175, -1.5)],
    *[(x, {"within": "0.5 MiB", "unit": "MiB"}) for x in (12, 12.5)],
]


@pytest.mark.parametrize(("answer", "more"), ANSWERS)
def test_a_number_moves_just_beyond_its_tolerance(answer: Any, more: dict[str, Any]) -> None:
    question = number(answer, **more)
    tolerance = read_tolerance(more.get("within"), more.get("unit"))
    other = moved(question, answer)
    key = stated(question, answer)
    assert not agrees(stated(question, other), key, tolerance)
    if not isinstance(key, bool) and tolerance is not None:
        halfway = (Fraction(other) + Fraction(key)) / 2
        assert abs(halfway - Fraction(key)) <= max(1, abs(Fraction(key)) / 50)


def test_a_list_moves_in_its_last_number() -> None:
    question = number(1)
    assert moved(question, [1, [2, 3]]) == [1, [2, 4]]


def test_of_pairs_with_the_same_right_side_none_is_swapped(tiny: Bank) -> None:
    from msgspec.structs import replace

    question: Any = tiny.entry("basics/which-loss").question
    same = {slug: replace(pair, right="one loss") for slug, pair in question.pairs.items()}
    assert list(tampered(replace(question, pairs=same))) == []
