"""`quizkit report`: what a doubtful key is written up with."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quizkit.errors import UsageProblem
from quizkit.study.history import Answer, Asked, History, Planned
from quizkit.terminal.group import group
from tests.conftest import TINY, WriteBank


@pytest.fixture
def bank(write_bank: WriteBank) -> str:
    return str(write_bank(TINY))


def report(bank: str, *arguments: str) -> Result:
    return CliRunner().invoke(group, ["--bank", bank, "report", *arguments])


def answered(raw: str, seed: int, fingerprint: str) -> None:
    history = History()
    plan = (Planned("tiny:sizes/one-third", seed),)
    asked = Asked()
    stored = history.begin(kind="quiz", seed=1, plan=plan, asked=asked, engine="0", at="now")
    history.add(
        Answer(
            session=stored.id,
            position=0,
            event="answered",
            question="tiny:sizes/one-third",
            seed=seed,
            fingerprint=fingerprint,
            raw=raw,
            verdict="wrong",
            engine="0",
            at="2026-11-21T10:00:00+00:00",
        )
    )
    history.close()


def test_every_route_to_the_key_is_computed_again(bank: str) -> None:
    found = report(bank, "tiny:sizes/rows-of-output", "--seed", "3")
    assert found.exit_code == 0, found.output
    text = found.stdout
    assert "# A doubtful key: `tiny:sizes/rows-of-output`" in text
    rows = [line.split(" | ") for line in text.splitlines() if line.startswith("| sizes.")]
    assert [row[0] for row in rows] == ["| sizes.output_size", "| sizes.output_size_by_counting"]
    assert rows[0][1:] == rows[1][1:]
    for title in ("The question", "Parameters", "The key", "Why", "Source", "Versions"):
        assert f"\n## {title}" in text


def test_a_claim_shows_the_quantity_as_said_and_otherwise(bank: str) -> None:
    text = report(bank, "tiny:basics/stride-halves").stdout
    assert "as said: sizes.output_size | size=8, kernel=1, stride=2 | 4 |" in text
    assert "otherwise: sizes.output_size" in text


def test_a_solver_of_options_is_given_them(bank: str) -> None:
    text = report(bank, "tiny:basics/which-are-smooth").stdout
    assert "rules.smooth | options=" in text


def test_where_nothing_computes_the_key_it_says_so(bank: str) -> None:
    assert "No program computes it." in report(bank, "tiny:basics/which-loss").stdout


def test_the_last_answers_are_in_it_and_choose_the_seed(bank: str) -> None:
    answered("0.25 | `x`", 77, "another")
    text = report(bank, "tiny:sizes/one-third").stdout
    assert "seed 77" in text
    assert "| 2026-11-21T10:00:00+00:00 | 0.25 \\| `x` | wrong | 77 | before the question" in text


def test_no_history_is_begun_for_it(bank: str, tmp_path: Path) -> None:
    report(bank, "tiny:sizes/one-third")
    assert not (tmp_path / "home").exists()


def test_a_file_is_written_and_never_overwritten(bank: str, tmp_path: Path) -> None:
    file = tmp_path / "doubt.md"
    assert report(bank, "tiny:sizes/one-third", "--output", str(file)).stdout == ""
    assert file.read_text().startswith("# A doubtful key")
    again = report(bank, "tiny:sizes/one-third", "--output", str(file))
    assert isinstance(again.exception, UsageProblem)


def test_an_unknown_id_is_a_usage_problem(bank: str) -> None:
    found = report(bank, "tiny:sizes/one-thrid")
    assert isinstance(found.exception, UsageProblem)
    assert "did you mean" in str(found.exception)
