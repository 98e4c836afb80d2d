"""What a question must keep beyond its types: each rule broken once."""
# ruff: noqa: E501 (one case, one line)

from __future__ import annotations

from typing import Any

import pytest

from quizkit.bank import check
from quizkit.bank.schema import questions
from quizkit.bank.source import Source
from quizkit.model import AnyQuestion

HEAD: dict[str, Any] = {"level": "fresher", "difficulty": 1, "ask": "?", "why": "!"}
OPTIONS = {slug: {"text": slug, "because": "b"} for slug in ("aa", "bb", "cc")}
MISTAKES = {slug: {"value": n, "because": "b"} for n, slug in enumerate(("aa", "bb", "cc"))}
DRAWN = {
    "ask": "{{n}}?",
    "given": {"n": {"from": 1, "to": 3}},
    "solver": "m.f",
    "examples": [
        {"given": {"n": 1}, "answer": 1, "reference": "r"},
        {"given": {"n": 2}, "answer": 2, "reference": "r"},
    ],
}
CLAIM = {
    "kind": "claim",
    "answer": "holds",
    "right": "So it is.",
    "solver": "m.f",
    "expect": {"equal": "x"},
    "said": {"x": 1},
    "rival": {"x": 2},
}
CASES = [
    {"when": "w", "given": {"x": 1}, "verdict": "holds"},
    {"when": "v", "given": {"x": 2}, "verdict": "fails"},
]

BASES: dict[str, dict[str, Any]] = {
    "number": {"kind": "number", "answer": 1, "reference": "r"},
    "drawn": {"kind": "number", **DRAWN},
    "array": {"kind": "array", "answer": [1], "reference": "r"},
    "choice": {"kind": "choice", "answer": "aa", "options": OPTIONS, "reference": "r"},
    "computed": {"kind": "choice", **DRAWN, "misconceptions": MISTAKES},
    "multi": {"kind": "multi", "answer": ["aa"], "options": OPTIONS, "reference": "r"},
    "order": {
        "kind": "order",
        "items": {"aa": "a", "bb": "b", "cc": "c"},
        "before": [["aa", "bb"]],
        "reference": "r",
    },
    "match": {
        "kind": "match",
        "pairs": {"aa": {"left": "a", "right": "1"}, "bb": {"left": "b", "right": "2"}},
        "reference": "r",
    },
    "claim": CLAIM,
    "depends": {**CLAIM, "answer": "depends", "said": {}, "rival": {}, "cases": CASES},
    "cited": {"kind": "claim", "answer": "fails", "right": "No.", "reference": "r"},
}


def question(base: str, changes: dict[str, Any]) -> AnyQuestion:
    data = {**HEAD, **BASES[base], **changes}
    read, problems = questions(Source("f", {"the-question": data}, {}, []))
    assert problems == []
    return read["the-question"]


@pytest.mark.parametrize("base", BASES)
def test_a_question_that_keeps_all_rules_has_no_problem(base: str) -> None:
    assert list(check.problems(question(base, {}))) == []


def drawn(**domain: Any) -> dict[str, Any]:
    return {"given": {"n": domain}}


BROKEN = [
    ("number", {"reference": None}, (), "no solver and no reference"),
    ("number", {"answer": None}, ("answer",), "is missing"),
    ("number", {"given": {"n": 1}, "ask": "{{n}}"}, ("given",), "no meaning without a solver"),
    ("number", {"steps": {"s": "m.f"}}, ("steps",), "no meaning without a solver"),
    ("number", {"within": "close"}, ("within",), "expected a form such as '1 %'"),
    ("number", {"within": "0 sig"}, ("within",), "a whole number of digits from 1 to 30"),
    ("number", {"within": "99999 dp"}, ("within",), "a whole number of digits from 0 to 30"),
    ("number", {"within": "1e99999 %"}, ("within",), "expected a form"),
    ("number", {"within": "1 MB", "unit": "MiB"}, ("within",), "'0.5 MiB'"),
    ("array", {"within": "2 dpi"}, ("within",), "expected a form"),
    ("number", {"ask": "{{size}}?"}, ("ask",), "{{size}} is unknown here"),
    ("number", {"why": "{{anser}}"}, ("why",), "did you mean 'answer'"),
    ("number", {"hints": ["{{answer}}"]}, ("hints", 0), "{{answer}} is unknown here"),
    ("number", {"ask": "{{ n + 1 }}?"}, ("ask",), "expected {{name}} or {{name:.3f}}"),
    ("number", {"examples": DRAWN["examples"]}, ("examples", 0, "given"), "expected exactly"),
    ("number", {"examples": DRAWN["examples"]}, ("examples",), "nothing in given varies"),
    ("number", {"misconceptions": {"aa": {"because": "b"}}}, ("misconceptions", "aa"), "one of value, mistake, given"),
    ("number", {"misconceptions": {"aa": {"because": "b", "value": 1, "mistake": "m.f"}}}, ("misconceptions", "aa"), "exactly one"),
    ("number", {"misconceptions": {"aa": {"because": "b", "given": {"n": 1}}}}, ("misconceptions", "aa"), "no meaning without a solver"),
    ("drawn", {"answer": 1}, ("answer",), "state the answer in examples"),
    ("drawn", {"examples": DRAWN["examples"][:1]}, ("examples",), "at least 2 worked examples"),
    ("drawn", {"accept": ["1"]}, ("accept",), "put accept and reject into the examples"),
    ("drawn", {"solver": None, "reference": "r"}, ("solver",), "expected a solver"),
    ("drawn", {"ask": "?"}, ("given", "n"), "does not occur in ask"),
    ("drawn", {"given": {**DRAWN["given"], "a b": 1}}, ("given", "a b"), "must be a Python identifier"),
    ("drawn", drawn(one_of=[]), ("given", "n"), "a list with something in it"),
    ("drawn", drawn(one_of=[1], to=2), ("given", "n"), "without from and to"),
    ("drawn", drawn(to=2), ("given", "n"), "expected {from, to} or {one_of}"),
    ("drawn", {"given": {"n": {"from": 3, "to": 2}}}, ("given", "n"), "from <= to"),
    ("drawn", {"given": {"n": {"from": 1, "to": 2, "step": 0}}}, ("given", "n"), "a step above 0"),
    ("drawn", {"given": {"n": {"from": 0, "to": 1e300, "step": 1e-300}}}, ("given", "n"), "at most 1,000,000,000 values"),
    ("choice", {"answer": "dd"}, ("answer",), "'dd' is not an option"),
    ("choice", {"answer": ["aa"]}, ("answer",), "['aa'] is not an option"),
    ("choice", {"options": {"aa": OPTIONS["aa"]}}, ("options",), "expected 3 to 8 options, found 1"),
    ("choice", {"options": {**OPTIONS, "dd": {"text": "AA", "because": "b"}}}, ("options",), "the same text"),
    ("choice", {"misconceptions": MISTAKES}, ("misconceptions",), "says its mistakes in their because"),
    ("choice", DRAWN, ("given",), "written options cannot vary"),
    ("computed", {"misconceptions": {"aa": MISTAKES["aa"]}}, (), "at least three misconceptions"),
    ("multi", {"answer": ["aa", "dd"]}, ("answer",), "'dd' is not an option"),
    ("multi", {"options": {f"a{n}": {"text": str(n), "because": "b"} for n in range(9)}}, ("options",), "found 9"),
    ("order", {"items": {"aa": "a", "bb": "b"}}, ("items",), "expected 3 to 7 items"),
    ("order", {"before": [["aa", "dd"]]}, ("before", 0), "'dd' is not an item"),
    ("order", {"before": [["aa", "bb"], ["bb", "cc"], ["cc", "aa"]]}, ("before",), "a cycle"),
    ("order", {"before": []}, ("before",), "at least one chain"),
    ("match", {"pairs": {"aa": {"left": "a", "right": "1"}}}, ("pairs",), "expected 2 to 8 pairs"),
    ("match", {"pairs": {"aa": {"left": "a", "right": "1"}, "bb": {"left": "a", "right": "2"}}}, ("pairs",), "the same left side"),
    ("match", {"extra": ["1"]}, ("extra", 0), "the right side of a pair"),
    ("claim", {"expect": None}, ("expect",), "is missing"),
    ("claim", {"expect": {"equal": "x", "above": 1}}, ("expect",), "exactly one of equal, above"),
    ("claim", {"expect": {}}, ("expect",), "exactly one of equal, above"),
    ("claim", {"expect": {"equal": "y"}}, ("expect",), "'y' is no parameter"),
    ("claim", {"expect": {"between": [1, "y"]}}, ("expect",), "'y' is no parameter"),
    ("claim", {"expect": {"equal": "x", "within": "near"}}, ("expect", "within"), "expected a form"),
    ("claim", {"rival": {}}, ("rival",), "parameters for which the verdict turns round"),
    ("claim", {"given": {"n": {"from": 1, "to": 2}}}, ("given",), "a claim does not vary"),
    ("depends", {"cases": CASES[:1]}, ("cases",), "cases of both verdicts"),
    ("cited", {"rival": {"x": 1}}, ("rival",), "no meaning without a solver"),
]  # fmt: skip


@pytest.mark.parametrize(("base", "changes", "path", "message"), BROKEN)
def test_each_broken_rule_is_found_at_its_place(
    base: str, changes: dict[str, Any], path: tuple[str | int, ...], message: str
) -> None:
    found = list(check.problems(question(base, changes)))
    assert [text for place, text in found if place == path and message in text], found


def test_only_a_domain_makes_a_question_vary() -> None:
    assert not check.varies(question("claim", {"given": {"n": [1, 2]}}))
    assert check.varies(question("drawn", {}))


def test_chains_imply_all_pairs() -> None:
    assert check.closure((("a", "b"), ("b", "c", "d"))) == {
        *[("a", "b"), ("a", "c"), ("a", "d")],
        *[("b", "c"), ("b", "d"), ("c", "d")],
    }
