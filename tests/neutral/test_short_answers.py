"""The grader of short answers on the neutral set: how often it is right, how sure, and whom it lets pass."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from quizkit import grading
from quizkit.bank.bank import Bank
from quizkit.model import Understood
from quizkit.variant import make

FILE = Path(__file__).with_name("short_answers.jsonl")
LEAST_ACCURATE = 0.75  # of the answers that it decides, which are
LEAST_DECIDED = 0.70  # of all
MOST_FAILED = 0.10  # of right answers, graded wrong
MOST_PASSED = {"reversed": 0.15, "negated": 0.05, "role-swap": 0.15, "copied": 0, "stuffed": 0.05}

Judged = list[tuple[dict[str, str], str]]


@pytest.fixture(scope="module")
def judged(built_in_bank: Bank) -> Judged:
    """Each answer with the verdict that the grader gives it."""
    found = []
    for line in FILE.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        variant = make(built_in_bank.entry(case["question"]), 0, lambda name, given: 0)
        reading = grading.read(case["answer"], variant)
        verdict = "wrong"
        if isinstance(reading, Understood):
            verdict = grading.grade(reading.value, variant).verdict
        found.append((case, verdict))
    return found


def share(judged: Judged, verdict: str, **like: str) -> float:
    """How often answers of this grade or sort get the verdict."""
    chosen = [v for case, v in judged if all(case[key] == value for key, value in like.items())]
    return chosen.count(verdict) / len(chosen)


def test_the_set_is_whole(judged: Judged) -> None:
    assert len(judged) >= 300
    assert {case["grade"] for case, _ in judged} == {"right", "partly", "wrong"}
    assert {verdict for _, verdict in judged} == {"right", "partly", "wrong", "undecided"}


def test_what_it_decides_it_mostly_decides_as_an_examiner(judged: Judged) -> None:
    decided = [(case, verdict) for case, verdict in judged if verdict != "undecided"]
    agreeing = sum(case["grade"] == verdict for case, verdict in decided)
    assert len(decided) / len(judged) >= LEAST_DECIDED
    assert agreeing / len(decided) >= LEAST_ACCURATE


def test_few_good_answers_are_failed(judged: Judged) -> None:
    assert share(judged, "wrong", grade="right") <= MOST_FAILED


@pytest.mark.parametrize("sort", MOST_PASSED)
def test_spoilt_answers_do_not_pass(judged: Judged, sort: str) -> None:
    assert share(judged, "right", sort=sort) <= MOST_PASSED[sort]


def test_wrong_answers_do_not_pass(judged: Judged) -> None:
    assert share(judged, "right", grade="wrong") <= MOST_FAILED / 2


def test_the_figures_can_fail(judged: Judged) -> None:
    mixed = Counter(verdict for _, verdict in judged)
    always_right = [(case, "right") for case, _ in judged]
    assert share(always_right, "right", sort="negated") == 1
    assert max(mixed.values()) < LEAST_ACCURATE * len(judged)
