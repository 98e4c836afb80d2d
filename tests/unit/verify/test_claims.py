"""What is said of a claim, and whether the quantity bears it out."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from quizkit.bank.schema import questions
from quizkit.bank.source import Source
from quizkit.model import ClaimQuestion, Expect, Value
from quizkit.verify.claims import check, comes_out
from quizkit.verify.report import Findings

COMPARISONS: list[tuple[dict[str, Any], Value, bool]] = [
    ({"equal": 3}, 3, True),
    ({"equal": 3}, 4, False),
    ({"equal": "x"}, 5, True),
    ({"equal": "rest"}, "rest", True),
    ({"equal": [1, 2]}, (1, 2), True),
    ({"equal": [1, 2]}, (2, 1), False),
    ({"equal": 0.5, "within": 0.1}, 0.7, False),
    ({"equal": 0.5, "within": 0.1}, 0.5999, True),
    ({"equal": 0.5}, Fraction(1, 2), True),
    ({"equal": False}, False, True),
    ({"equal": False}, 0, False),
    ({"above": 3}, 3, False),
    ({"above": 3}, 3.01, True),
    ({"above": "x"}, 6, True),
    ({"below": "x"}, 5, False),
    ({"below": "x"}, 4, True),
    ({"between": (1, "x")}, 5, True),
    ({"between": (1, "x")}, 1, True),
    ({"between": (1, "x")}, 5.001, False),
]


@pytest.mark.parametrize(("expect", "quantity", "holds"), COMPARISONS)
def test_a_quantity_is_judged_as_the_claim_says(
    expect: dict[str, Any], quantity: Value, holds: bool
) -> None:
    assert comes_out(Expect(**expect), quantity, {"x": 5}) is holds


CLAIM = {
    "kind": "claim",
    "level": "fresher",
    "difficulty": 1,
    "ask": "?",
    "why": "!",
    "right": "So.",
    "solver": "m.f",
    "given": {"n": 2},
    "expect": {"equal": "x"},
}
CASES = [
    {"when": "small", "given": {"n": 1, "x": 10}, "verdict": "holds"},
    {"when": "large", "given": {"n": 9, "x": 10}, "verdict": "fails"},
]
FULL: dict[str, dict[str, Any]] = {
    "holds": {"answer": "holds", "said": {"x": 20}, "rival": {"x": 21}},
    "fails": {"answer": "fails", "said": {"x": 21}, "rival": {"x": 20}},
    "given": {"answer": "fails", "said": {"n": 1, "x": 20}, "rival": {"n": 2, "x": 20}},
    "depends": {"answer": "depends", "cases": CASES},
}


def claim(**data: Any) -> ClaimQuestion:
    read, problems = questions(Source("f", {"so-said": {**CLAIM, **data}}, {}, []))
    assert problems == []
    question = read["so-said"]
    assert isinstance(question, ClaimQuestion)
    return question


class NoWitnesses(dict[str, Any]):
    def __missing__(self, name: str) -> Any:
        from types import SimpleNamespace

        return SimpleNamespace(witnesses=(), is_experiment=False)


def findings(question: ClaimQuestion) -> Findings:
    found = Findings()
    check(question, NoWitnesses(), lambda name, given: 10 * given["n"], found)
    return found


@pytest.mark.parametrize("data", FULL.values(), ids=FULL)
def test_a_claim_as_it_should_be(data: dict[str, Any]) -> None:
    found = findings(claim(**data))
    assert found.problems == []
    assert found.solved
    assert found.stated == [data["answer"]]


WRONG = [
    ({**FULL["holds"], "answer": "fails"}, "as said: m.f gives 20, so it holds, but stated is 'fails'"),
    ({**FULL["fails"], "answer": "holds"}, "as said: m.f gives 20, so it fails, but stated is 'holds'"),
    ({**FULL["holds"], "rival": {"x": 20}}, "the rival: m.f gives 20, so it holds, but stated is 'holds'"),
    ({**FULL["fails"], "rival": {"x": 22}}, "the rival: m.f gives 20, so it fails"),
    ({"answer": "depends", "cases": [{**CASES[0], "verdict": "fails"}]}, "small: m.f gives 10, so it holds"),
    ({"answer": "depends", "cases": [{**CASES[1], "verdict": "holds"}]}, "large: m.f gives 90, so it fails"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "message"), WRONG)
def test_a_claim_that_is_not_borne_out_is_a_problem(data: dict[str, Any], message: str) -> None:
    assert message in "\n".join(findings(claim(**data)).problems)


def test_names_of_the_comparison_are_not_passed_to_the_solver() -> None:
    passed = []

    def compute(name: str, given: dict[str, Any]) -> Value:
        passed.append(given)
        return 20

    check(claim(**FULL["holds"]), NoWitnesses(), compute, Findings())
    assert passed[0] == {"n": 2}


def test_a_claim_without_solver_is_only_stated() -> None:
    question = claim(
        answer="holds", solver=None, given={}, expect=None, reference="Goodfellow et al. 2016"
    )
    found = findings(question)
    assert (found.solved, found.stated, found.problems) == (False, ["holds"], [])


# experiments

MEASURED = {
    "solver": "m.trained",
    "given": {},
    "answer": "holds",
    "expect": {"above": 0.5},
    "said": {"level": 1.0},
    "rival": {"level": 0.0},
}


class Experiments(dict[str, Any]):
    def __missing__(self, name: str) -> Any:
        from types import SimpleNamespace

        return SimpleNamespace(witnesses=(), is_experiment=True)


def measured(question: ClaimQuestion, trained: Callable[..., list[float]]) -> Findings:
    def compute(name: str, given: dict[str, Any]) -> Value:
        return tuple(trained(**given))

    found = Findings()
    check(question, Experiments(), compute, found)
    return found


def around(level: float, spread: float = 0.1) -> Callable[..., list[float]]:
    """Seeds that lie in turns a little above and below `level` plus their own."""

    def trained(seeds: int, first: int, **given: float) -> list[float]:
        own = given.get("level", 0.0)
        return [level + own + spread * (-1) ** k for k in range(first, first + seeds)]

    return trained


def test_a_claim_is_measured_over_as_many_seeds_as_it_takes() -> None:
    found = measured(claim(**MEASURED), around(0.0))
    assert found.problems == []
    assert {case: each.seeds for case, each in found.measured.items()} == {
        "as said": 64,
        "the rival": 64,
    }
    assert found.measured["as said"].effect == 1.0
    assert (found.measured["as said"].low, found.measured["as said"].high) == (0.9, 1.1)


def test_seeds_are_asked_for_once_each_and_in_order() -> None:
    asked: list[int] = []

    def trained(seeds: int, first: int, level: float) -> list[float]:
        asked.extend(range(first, first + seeds))
        return around(0.0)(seeds, first, level=level)

    measured(claim(**{**MEASURED, "said": {"level": 0.5}}), trained)
    assert asked[:256] == list(range(256))


def test_what_stays_undecided_is_a_fault() -> None:
    found = measured(claim(**{**MEASURED, "said": {"level": 0.5}}), around(0.0))
    assert (
        "as said: m.trained says inconclusive, median 0.5 (0.4 to 0.6) over 256 seeds"
        in (found.problems[0])
    )


def test_a_measured_verdict_that_differs_is_a_fault() -> None:
    found = measured(claim(**{**MEASURED, "answer": "fails"}), around(0.0))
    assert "as said: m.trained says supported" in found.problems[0]
    assert "the rival: m.trained says refuted" in found.problems[1]


def test_below_is_above_with_the_sides_exchanged() -> None:
    below = {**MEASURED, "expect": {"below": 0.5}, "said": {"level": 0.0}, "rival": {"level": 1.0}}
    found = measured(claim(**below), around(0.0))
    assert found.problems == []
    assert found.measured["the rival"].effect == 1.0
    assert (found.measured["the rival"].low, found.measured["the rival"].high) == (0.9, 1.1)


def test_an_experiment_is_judged_by_a_number_on_one_side() -> None:
    found = measured(claim(**{**MEASURED, "expect": {"equal": 0.5}}), around(0.0))
    assert "expected above or below, a plain number" in found.problems[0]


def test_runs_that_blow_up_decide_nothing() -> None:
    found = measured(claim(**MEASURED), lambda seeds, **given: [math.nan] * seeds)
    assert "inconclusive" in found.problems[0]
    assert "256 blown up" in found.problems[0]
