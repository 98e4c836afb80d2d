"""Sheets of exercises: readable, answerable, and without a key."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quizkit.errors import UsageProblem
from quizkit.terminal.group import group
from quizkit.terminal.markdown import escaped, quoted, table
from tests.conftest import TINY, WriteBank


@pytest.fixture
def bank(write_bank: WriteBank) -> str:
    return str(write_bank(TINY))


def practice(bank: str, file: Path, *options: str) -> Result:
    arguments = ["--bank", bank, "practice", "--write", str(file), *options]
    return CliRunner().invoke(group, arguments)


def lines(file: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in file.read_text().splitlines()]


def test_a_sheet_has_what_is_needed_to_answer_and_no_key(bank: str, tmp_path: Path) -> None:
    found = practice(bank, tmp_path / "sheet", "--count", "6", "--seed", "4")
    assert found.exit_code == 0, found.output
    rows = lines(tmp_path / "sheet.jsonl")
    assert len(rows) == 6
    assert all(row["answer"] == "" for row in rows)
    assert set(rows[0]) == {"question", "seed", "answer", "fingerprint", "ask"}
    text = (tmp_path / "sheet.md").read_text()
    assert all(f"## {number}. " in text for number in range(1, 7))
    assert all(str(row["ask"]) in text for row in rows)
    assert "There are" not in text  # the explanation holds the key


def test_exercises_differ(bank: str, tmp_path: Path) -> None:
    practice(bank, tmp_path / "sheet", "--count", "20", "--seed", "4")
    asked = [row["ask"] for row in lines(tmp_path / "sheet.jsonl")]
    assert len(set(asked)) == len(asked)


def test_a_seed_gives_the_same_sheet(bank: str, tmp_path: Path) -> None:
    for name in ("one", "two"):
        practice(bank, tmp_path / name, "--count", "5", "--seed", "9")
    assert lines(tmp_path / "one.jsonl") == lines(tmp_path / "two.jsonl")


@pytest.mark.parametrize("name", ["sheet", "sheet.md", "sheet.jsonl"])
def test_nothing_is_overwritten_unless_forced(bank: str, tmp_path: Path, name: str) -> None:
    (tmp_path / "sheet.jsonl").write_text("my answers")
    refused = practice(bank, tmp_path / name)
    assert isinstance(refused.exception, UsageProblem)
    assert "--force overwrites" in str(refused.exception)
    assert (tmp_path / "sheet.jsonl").read_text() == "my answers"
    assert not (tmp_path / "sheet.md").exists()
    assert practice(bank, tmp_path / name, "--count", "2", "--force").exit_code == 0
    assert len(lines(tmp_path / "sheet.jsonl")) == 2
    assert sorted(path.name for path in tmp_path.glob("sheet*")) == ["sheet.jsonl", "sheet.md"]


def test_a_folder_that_is_not_there_is_explained(bank: str, tmp_path: Path) -> None:
    found = practice(bank, tmp_path / "no" / "sheet")
    assert isinstance(found.exception, UsageProblem)
    assert "cannot be written" in str(found.exception)


def test_an_exercise_that_fails_is_left_out_and_said(write_bank: WriteBank, tmp_path: Path) -> None:
    broken = {
        "questions/faults.yaml": """
            fails:
              kind: number
              level: fresher
              difficulty: 1
              ask: Size {{size}}?
              given: {size: {from: 1, to: 9}}
              solver: faults.fails
              why: No.
              examples:
              - {given: {size: 1}, answer: 1, reference: none}
              - {given: {size: 2}, answer: 2, reference: none}
            """,
        "solvers/faults.py": '''
            """Fails."""


            def fails(size: int) -> int:
                """Nothing."""
                raise RuntimeError("out of order")
            ''',
    }
    bank = str(write_bank({**TINY, **broken}))
    found = practice(bank, tmp_path / "sheet", "--count", "4")
    assert found.exit_code == 0
    assert found.stderr.count("faults/fails is left out") == 1
    assert len(lines(tmp_path / "sheet.jsonl")) == 4


def test_count_needs_a_sheet(bank: str) -> None:
    found = CliRunner().invoke(group, ["--bank", bank, "practice", "--count", "3"])
    assert isinstance(found.exception, UsageProblem)


def test_markdown_shows_foreign_text_as_it_is() -> None:
    assert escaped("a*b* _c_ d_e <i> `x*y`") == r"a\*b\* \_c\_ d_e \<i> `x*y`".replace(">", r"\>")
    assert escaped("[x](javascript:y) \x1b[0m") == r"\[x\](javascript:y) ␛\[0m"
    assert table(("a", "b"), [("x|y", "1\n2")]) == "| a | b |\n| --- | --- |\n| x\\|y | 1␊2 |"
    assert quoted("one\n# two") == "> one\n> \\# two"
    assert quoted("") == ""
