"""Formulas pasted as LaTeX: no wrong one is taken, and every right one but those listed here is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from quizkit.values.expressions.decide import equivalent
from quizkit.values.expressions.read import read_tree
from quizkit.values.numbers import Unreadable
from tests.effort import at_most

FILE = Path(__file__).with_name("latex.jsonl")
SLOWEST = 0.5  # seconds of CPU time for one answer

# Right by the set's labels, refused by us, and why.
DISAGREEMENTS = {
    "latex-009": "σ'(z) is all of the answer; asked for a derivative, naming it is no answer",
}

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
    assert len(cases) == 638
    taken, refused = [], []
    for case in cases:
        with at_most(SLOWEST):
            is_accepted = accepts(case)
        if is_accepted and not case["right"]:
            taken.append(case["id"])
        if case["right"] and not is_accepted:
            refused.append(case["id"])
    assert taken == []
    assert set(refused) == set(DISAGREEMENTS)


def test_every_key_is_its_own_answer(cases: list[Case]) -> None:
    keys = {(case["key"], case["kind"]): case for case in cases}
    refused = [key for (key, _), case in keys.items() if not accepts({**case, "answer": key})]
    assert refused == []


def test_a_wrong_label_would_be_seen(cases: list[Case]) -> None:
    sample = cases[::20]
    assert all(accepts(case) == case["right"] for case in sample)
    assert {case["right"] for case in sample} == {True, False}
