"""Findings are noted once, and a disagreement stays."""

from __future__ import annotations

from quizkit.verify.report import Findings


def test_a_problem_is_noted_once_and_only_where_something_fails() -> None:
    found = Findings()
    found.expect(True, "well")
    found.expect(False, "wrong")
    found.expect(False, "wrong")
    assert found.problems == ["wrong"]


def test_a_later_agreement_does_not_mend_a_disagreement() -> None:
    found = Findings()
    for state in ("agrees", "21", "agrees"):
        found.witness("torch", state)
    assert found.witnesses == {"torch": "21"}
