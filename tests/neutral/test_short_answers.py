"""Short answers on the frozen sets: what is decided is mostly right, and no contrary ever passes."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from quizkit import grading
from quizkit.bank.bank import Bank
from quizkit.model import Given, Understood, Value
from quizkit.variant import make

SETS = ("short_answers", *(f"short_answers_{number}" for number in (2, 3, 4, 5)))
NEVER_RIGHT = ("reversed", "negated", "copied", "off-topic", "misconception", "role-swap", "vague")


def unused(name: str, given: Given) -> Value:
    raise AssertionError(f"{name} was called, but a text has no solver")


@pytest.fixture(scope="module", params=SETS)
def verdicts(built_in_bank: Bank, request: pytest.FixtureRequest) -> list[tuple[str, str, str]]:
    """Sort, grade and the program's verdict of each answer."""
    variants, found = {}, []
    answers = Path(__file__).with_name(f"{request.param}.jsonl")
    for line in answers.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        name = case["question"]
        if name not in variants:
            variants[name] = make(built_in_bank.entry(name), 0, unused)
        reading = grading.read(case["answer"], variants[name])
        is_read = isinstance(reading, Understood)
        verdict = grading.grade(reading.value, variants[name]).verdict if is_read else "misread"
        found.append((case["sort"], case["grade"], verdict))
    return found


def test_the_set_is_whole(verdicts: list[tuple[str, str, str]]) -> None:
    assert len(verdicts) >= 300


def test_what_says_the_contrary_never_passes(verdicts: list[tuple[str, str, str]]) -> None:
    passed = Counter(sort for sort, _, verdict in verdicts if verdict == "right")
    assert {sort: passed[sort] for sort in NEVER_RIGHT} == dict.fromkeys(NEVER_RIGHT, 0)
    assert passed["stuffed"] == 0


def test_what_is_decided_is_mostly_right(verdicts: list[tuple[str, str, str]]) -> None:
    decided = [(grade, verdict) for _, grade, verdict in verdicts if verdict != "undecided"]
    assert len(decided) / len(verdicts) >= 0.75
    assert sum(grade == verdict for grade, verdict in decided) / len(decided) >= 0.85


def test_most_right_answers_pass(verdicts: list[tuple[str, str, str]]) -> None:
    found = Counter(verdict for _, grade, verdict in verdicts if grade == "right")
    assert found["right"] / found.total() >= 0.84
    assert found["wrong"] / found.total() <= 0.02
