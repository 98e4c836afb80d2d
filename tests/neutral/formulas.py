"""How the grader of formulas judges a neutral case."""

from __future__ import annotations

from typing import Any

from quizkit.values.expressions.decide import equivalent
from quizkit.values.expressions.read import read_tree
from quizkit.values.numbers import Unreadable


def accepts(case: dict[str, Any]) -> bool:
    """Whether the answer is taken for the key, without the proof that only turns `sampled` into `right`."""
    key = read_tree(case["key"], case["symbols"])
    try:
        answer = read_tree(case["answer"], case["symbols"])
    except Unreadable:
        return False
    found = equivalent(answer, key, case["symbols"], kind=case["kind"])
    return found.verdict in ("right", "sampled")
