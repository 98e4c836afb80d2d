"""Questions from plain data: typed, or every fault with its line."""
# ruff: noqa: E501 (one case, one line)

from __future__ import annotations

import msgspec
import pytest

from quizkit.bank import schema, source
from quizkit.model import KINDS, Domain, NumberQuestion

GOOD = """
how-many:
  kind: number
  level: fresher
  difficulty: 1
  ask: How many of {{n}}?
  given: {n: {from: 1, to: 9}, rest: [1, {deep: 2}]}
  why: Because.
"""


def problems(text: str) -> list[str]:
    return [str(problem) for problem in schema.questions(source.read(text, "f.yaml"))[1]]


def test_a_question_becomes_its_kind() -> None:
    read, found = schema.questions(source.read(GOOD, "f.yaml"))
    assert found == []
    question = read["how-many"]
    assert isinstance(question, NumberQuestion)
    assert question.given == {"n": Domain(start=1, stop=9), "rest": [1, {"deep": 2}]}


FAULTS = [
    ("difficulty: 1", "dificulty: 1", "f.yaml:5: how-many.dificulty: unknown key; did you mean 'difficulty'?"),
    ("difficulty: 1", "dificulty: 1", "f.yaml:2: how-many: 'difficulty' is missing"),
    ("difficulty: 1", "difficulty: 4", "f.yaml:5: how-many.difficulty: found 4"),
    ("difficulty: 1", "difficulty: easy", "f.yaml:5: how-many.difficulty: found 'easy'"),
    ("level: fresher", "level: freshers", "expected one of fresher, experienced; did you mean 'fresher'?"),
    ("kind: number", "kind: nummber", "f.yaml:3: how-many.kind: kind is 'nummber'; expected one of choice"),
    ("kind: number", "kind: nummber", "did you mean 'number'?"),
    ("kind: number", "kind: [number]", "f.yaml:3: how-many.kind: kind is ['number']; expected one of"),
    ("kind: number", "tags: []", "f.yaml:2: how-many.kind: no kind; expected one of"),
    ("how-many:", "How_Many:", "found 'How_Many'; expected lower-case words joined by hyphens"),
    ("how-many:", "x:", "f.yaml:2: x: found 'x'; expected"),
    ("ask: How many of {{n}}?", "ask: ''", "f.yaml:6: how-many.ask: found ''"),
    ("from: 1", "from: one", "f.yaml:7: how-many.given.n.from: found 'one'"),
    ("from: 1", "form: 1", "how-many.given.n.form: unknown key; did you mean 'from'?"),
    ("why: Because.", "why: Because.\n  solver: nothing", "solver: found 'nothing'; expected module.function"),
    ("why: Because.", "why: Because.\n  tags: [a, 2]", "f.yaml:9: how-many.tags.1: found 2"),
    ("why: Because.", "why: Because.\n  hints: [a, b, c, d]", "how-many.hints: found ['a', 'b', 'c', 'd']"),
    ("why: Because.", "why: Because.\n  misconceptions: {ab: 3}", "f.yaml:9: how-many.misconceptions.ab: found int 3; expected a mapping"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message"), FAULTS)
def test_a_fault_says_where_what_and_what_was_expected(old: str, new: str, message: str) -> None:
    assert old in GOOD
    assert message in "\n".join(problems(GOOD.replace(old, new)))


def test_all_faults_of_a_file_come_at_once() -> None:
    text = GOOD + GOOD.replace("how-many", "again").replace("level: fresher", "level: 3")
    text += "third: 7\nfourth: {kind: choice}\n"
    found = problems(text)
    assert [fault.split(":")[2].strip() for fault in found] == [
        "again.level",
        "third",
        *["fourth"] * 4,
    ]


@pytest.mark.parametrize("text", ["- a\n- b", "just words", "3", "~"])
def test_a_file_must_hold_a_mapping(text: str) -> None:
    assert "expected a mapping of slugs to questions" in problems(text)[0]


def test_what_yaml_says_of_a_file_is_kept() -> None:
    assert "twice" in problems(GOOD + "  why: Again.\n")[0]
    assert "not YAML" in problems("a: [")[0]


def test_the_json_schema_names_every_kind_and_field() -> None:
    described = schema.json_schema()
    assert b'"$defs"' in msgspec.json.encode(described)
    kinds = {
        definition["properties"]["kind"]["enum"][0]
        for definition in described["$defs"].values()
        if "kind" in definition["properties"]
    }
    assert kinds == set(KINDS)
    assert {"from", "to", "step", "one_of"} == set(described["$defs"]["Domain"]["properties"])
