"""Strict YAML: plain data, lines, and every fault with its place."""

from __future__ import annotations

import pytest

from quizkit.bank import source
from quizkit.bank.source import read

SCALARS = [
    ("no", "no"),
    ("on", "on"),
    ("12:30", "12:30"),
    ("1_000", "1_000"),
    ("2024-01-31", "2024-01-31"),
    ("010", 10),
    ("0o10", 8),
    ("0x1F", 31),
    ("+7", 7),
    ("1e-3", 0.001),
    (".5", 0.5),
    ("5.", 5.0),
    ("1.5E2", 150.0),
    (".inf", ".inf"),
    (".nan", ".nan"),
    ("true", True),
    ("False", False),
    ("yes", "yes"),
    ("~", None),
    ("", None),
    ("'12'", "12"),
    ('"true"', "true"),
    ("|\n  two\n  lines", "two\nlines"),
    (">-\n  two\n  lines", "two lines"),
]


@pytest.mark.parametrize(("text", "value"), SCALARS)
def test_scalars_mean_what_they_look_like(text: str, value: object) -> None:
    found = read(f"a: {text}", "f.yaml")
    assert found.problems == []
    assert found.data == {"a": value}
    assert type(found.data["a"]) is type(value)


FAULTS = [
    ("a: 1\nb: 2\na: 3", "f.yaml:3: 'a' is given twice; first on line 1"),
    ("a:\n  - {x: 1, x: 2}", "f.yaml:2: 'x' is given twice; first on line 2"),
    ("a: !!python/object:os.system x", "tags are not allowed"),
    ("a: !mine [1]", "f.yaml:1: tag '!mine'"),
    ("\na: !!int '3'", "f.yaml:2: tag 'tag:yaml.org,2002:int'"),
    ('a: "\\x1b[31m"', "f.yaml:1: control character U+001B; remove it"),
    ('a: 1\n"\\a": 2', "f.yaml:2: control character U+0007"),
    ("a: x\u202ey", "control character U+202E"),
    ("a: \x00", "not YAML"),
    ("ok: 1\na: \ud800", "f.yaml:2: half a character, U+D800; remove it"),
    ("? [a, b]\n: 1", "f.yaml:1: a key must be a plain word"),
    ("a: *b", "alias *b inside its own value, or undefined"),
    ("a: &x [*x]", "alias *x inside its own value, or undefined"),
    ("a: 1\n---\nb: 2", "f.yaml:2: a second document; expected one"),
    ("a: 1\nb: [1, 2", "f.yaml:2: not YAML"),
    ("a: b: c", "f.yaml:1: not YAML"),
    ("a: |\n \tx\nb: @", "not YAML"),
    ("a: 1e999", "f.yaml:1: 1e999 is too large for a number"),
    ("a: -1e999", "f.yaml:1: -1e999 is too large for a number"),
]


@pytest.mark.parametrize(("text", "message"), FAULTS)
def test_a_fault_has_its_place_and_is_not_raised(text: str, message: str) -> None:
    assert message in "\n".join(map(str, read(text, "f.yaml").problems))


def test_all_faults_of_a_file_come_at_once() -> None:
    found = read("a: !t 1\nb: 2\nb: 3\nc: *none\nd: 4", "f.yaml")
    assert [problem.where for problem in found.problems] == ["f.yaml:1", "f.yaml:3", "f.yaml:4"]
    assert found.data == {"a": 1, "b": 2, "c": None, "d": 4}


def test_each_part_knows_its_line_and_what_is_missing_that_of_its_parent() -> None:
    found = read("a:\n  b:\n  - 1\n  - 2\nc: 3\n", "f.yaml")
    assert found.where(("a", "b", 1)) == "f.yaml:4"
    assert found.where(("a", "b", 7, "x")) == "f.yaml:2"
    assert found.where(("c",)) == "f.yaml:5"
    assert found.where(("z",)) == "f.yaml:1"


def test_an_alias_stands_for_its_anchor() -> None:
    found = read("a: &x {n: 1}\nb: *x", "f.yaml")
    assert (found.data, found.problems) == ({"a": {"n": 1}, "b": {"n": 1}}, [])


def test_an_empty_file_holds_nothing() -> None:
    assert (read("", "f").data, read("# only words", "f").data) == ({}, {})


def laughs(levels: int) -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, levels)]
    return "\n".join(lines)


def nested_aliases(levels: int) -> str:
    lines = ["- &a0 []"]
    lines += [f"- &a{n} {'[' * 15}*a{n - 1}{']' * 15}" for n in range(1, levels)]
    return "\n".join(lines)


BOUNDS = [
    ("x" * (source.MAX_BYTES + 1), "the file exceeds 4,000,000 bytes; split it"),
    ("[" * 5000, "nested deeper than 20 levels"),
    ("{a: " * 5000, "nested deeper than 20 levels"),
    (laughs(9), "more than 200,000 values"),
    (nested_aliases(90), "nested deeper than 20 levels"),
    ("a: &x 1\nb: [" + "*x, " * 101 + "]", "more than 100 aliases"),
]


@pytest.mark.parametrize(("text", "message"), BOUNDS, ids=[message for _, message in BOUNDS])
def test_no_file_can_exhaust_the_reader(text: str, message: str) -> None:
    assert message in str(read(text, "f.yaml").problems[0])


def test_the_number_of_values_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MAX_NODES", 100)
    assert "f.yaml:100: more than 100 values" in str(read("- 1\n" * 101, "f.yaml").problems[0])
    assert read("- 1\n" * 99, "f.yaml").problems == []


def test_what_stays_below_the_bounds_is_read() -> None:
    assert read(laughs(3), "f").problems == []
    assert read(nested_aliases(2), "f").problems == []
    assert read("[" * 20 + "]" * 20, "f").problems == []
