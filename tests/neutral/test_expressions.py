"""The expression grader on the neutral set: no wrong answer is accepted, nearly every right one is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from quizkit.values.expressions.decide import equivalent
from quizkit.values.expressions.read import read_tree
from quizkit.values.numbers import Unreadable
from tests.effort import at_most

FILE = Path(__file__).with_name("expressions.jsonl")
LEAST = 0.97
SLOWEST = 0.5  # seconds of CPU time for one answer

Case = dict[str, Any]


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


def accepts(case: Case) -> bool:
    """Whether the answer is taken for the key."""
    key = read_tree(case["key"], case["symbols"])
    try:
        answer = read_tree(case["answer"], case["symbols"])
    except Unreadable:
        return False
    found = equivalent(answer, key, case["symbols"], kind=case["kind"])
    return found.verdict in ("right", "sampled")


def test_the_set_is_judged_right_and_fast(cases: list[Case]) -> None:
    assert len(cases) >= 330
    wrongly_accepted, wrongly_refused = [], []
    for case in cases:
        with at_most(SLOWEST):
            is_accepted = accepts(case)
        if is_accepted and not case["right"]:
            wrongly_accepted.append(case["id"])
        if case["right"] and not is_accepted:
            wrongly_refused.append(case["id"])
    assert wrongly_accepted == []
    assert len(wrongly_refused) <= (1 - LEAST) * len(cases), wrongly_refused


def test_every_key_is_its_own_answer(cases: list[Case]) -> None:
    keys = {(case["key"], case["kind"]): case for case in cases}
    refused = [key for (key, _), case in keys.items() if not accepts({**case, "answer": key})]
    assert refused == []


def test_a_wrong_label_would_be_seen(cases: list[Case]) -> None:
    sample = cases[::20]
    assert all(accepts(case) == case["right"] for case in sample)
    assert {case["right"] for case in sample} == {True, False}
