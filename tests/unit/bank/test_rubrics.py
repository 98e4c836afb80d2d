"""Rubrics: each rule broken once, at its place."""

from __future__ import annotations

from typing import Any

import pytest

from quizkit.bank import check
from quizkit.bank.schema import json_schema, questions
from quizkit.bank.source import Source
from quizkit.model import AnyQuestion

POINT = {"says": "Units learn alone.", "accept": ["units alone"], "contradict": ["units together"]}
GOOD: dict[str, Any] = {
    "kind": "text",
    "level": "fresher",
    "difficulty": 1,
    "ask": "Why?",
    "why": "So.",
    "reference": "r",
    "points": {"alone": POINT},
    "accept": ["one", "two", "three"],
    "partly": ["one", "two"],
    "reject": ["one", "two", "three"],
}


def read(changes: dict[str, Any]) -> tuple[AnyQuestion | None, list[Any]]:
    found, problems = questions(Source("f", {"the-question": {**GOOD, **changes}}, {}, []))
    return found.get("the-question"), problems


def with_point(**changes: Any) -> dict[str, Any]:
    return {"points": {"alone": {**POINT, **changes}}}


def test_a_rubric_that_keeps_all_rules_has_no_problem() -> None:
    question, problems = read({})
    assert problems == []
    assert question is not None
    assert list(check.problems(question)) == []


ACCEPT = ("points", "alone", "accept")
BROKEN = [
    ({"reference": None}, (), "no solver and no reference"),
    ({"solver": "m.f"}, ("solver",), "no meaning for text"),
    ({"points": {}}, ("points",), "expected 1 to 6 points, found 0"),
    ({"points": {f"p{n}": POINT for n in range(7)}}, ("points",), "found 7"),
    ({"accept": ["one", "two", "two"]}, ("accept",), "at least 3 different answers, found 2"),
    ({"partly": ["one"]}, ("partly",), "at least 2 different answers, found 1"),
    ({"reject": []}, ("reject",), "at least 3 different answers, found 0"),
    (with_point(accept=[]), ACCEPT, "at least one phrasing"),
    (with_point(accept=["the of"]), (*ACCEPT, 0), "at least one word with content"),
    (with_point(accept=["units", "|"]), (*ACCEPT, 1), "at least one word with content"),
    (with_point(accept=["unit " * 13]), (*ACCEPT, 0), "at most 12 words, found 13"),
    (with_point(accept=["units not units"]), (*ACCEPT, 0), "with and without a negation"),
    (with_point(contradict=["alone unit"]), ("points", "alone", "contradict", 0), "what accept says"),
    (with_point(optional=True), ("points",), "expected a point that is not optional"),
    (with_point(says="{{n}}"), ("points", "alone", "says"), "{{n}} is unknown here"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "path", "message"), BROKEN)
def test_each_broken_rule_is_found_at_its_place(
    changes: dict[str, Any], path: tuple[str | int, ...], message: str
) -> None:
    question, problems = read(changes)
    assert problems == []
    assert question is not None
    found = list(check.problems(question))
    assert [text for place, text in found if place == path and message in text], found


@pytest.mark.parametrize("weight", [0, 4, "much"])
def test_a_weight_is_from_1_to_3(weight: object) -> None:
    _, problems = read(with_point(weight=weight))
    assert problems


def test_the_schema_knows_points() -> None:
    defined = json_schema()["$defs"]
    known = {"says", "weight", "optional", "rests_on", "accept", "contradict"}
    assert known == set(defined["Point"]["properties"])
    assert "partly" in defined["TextQuestion"]["properties"]
