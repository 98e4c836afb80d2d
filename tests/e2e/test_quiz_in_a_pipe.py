"""A whole quiz through pipes, as a script or a screen reader has it."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from quizkit.errors import Exit
from tests.conftest import TINY, WriteBank

QUIZ = [sys.executable, "-m", "quizkit", "quiz"]


@pytest.fixture
def bank(write_bank: WriteBank) -> Path:
    return write_bank(TINY)


def run(bank: Path, answers: str, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*QUIZ, "--bank", str(bank), *options],
        input=answers,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def events(home: Path) -> list[tuple[str, str | None]]:
    db = sqlite3.connect(home / "home" / "history.sqlite")
    found = db.execute("SELECT event, raw FROM answers ORDER BY id").fetchall()
    db.close()
    return found


def test_a_whole_quiz(bank: Path, tmp_path: Path) -> None:
    # Each question takes the first line that it can read.
    answers = "1a 2b\nabc\na\n" * 4
    found = run(bank, answers, "basics", "--level", "fresher", "--seed", "3", "-n", "2")
    assert (found.returncode, found.stderr) == (0, "")
    assert "tiny:basics · fresher · difficulty 2 of 3 · 1 of 2" in found.stdout
    assert "> 1a 2b\n" in found.stdout
    assert [event for event, _ in events(tmp_path)].count("answered") == 2
    assert "quiz\n----" in found.stdout
    assert "--questions 2 --level fresher --seed 3" in found.stdout
    assert "\x1b" not in found.stdout


def test_the_same_seed_gives_the_same_quiz(bank: Path) -> None:
    one, two = (run(bank, "s\n" * 10, "--seed", "7", "--new").stdout for _ in range(2))
    assert one == two
    assert one != run(bank, "s\n" * 10, "--seed", "8", "--new").stdout


def test_the_end_of_the_input_saves_and_says_how_to_go_on(bank: Path, tmp_path: Path) -> None:
    first = run(bank, "s\n", "--seed", "7", "-n", "4")
    assert first.returncode == 0
    assert first.stdout.endswith("Saved. `quizkit quiz --resume` goes on at question 2 of 4.\n\n")
    second = run(bank, "s\ns\ns\n", "--resume")
    assert "2 of 4" in second.stdout
    assert "1 of 4" not in second.stdout
    assert [event for event, _ in events(tmp_path)].count("skipped") == 4
    third = run(bank, "", "--resume")
    assert third.returncode == Exit.USAGE
    assert "there is no unfinished quiz" in third.stderr


def test_the_question_resumed_is_the_very_one_that_was_left(bank: Path) -> None:
    first = run(bank, "s\n", "--seed", "7", "-n", "4").stdout
    second = run(bank, "", "--resume").stdout
    left = first[first.index("2 of 4") :].partition("\n> ")[0]
    assert left in second


def test_a_new_quiz_mentions_the_one_that_was_left(bank: Path) -> None:
    run(bank, "s\n", "-n", "4")
    found = run(bank, "", "-n", "4")
    assert found.stderr.startswith("A quiz was left at question 2 of 4: `quizkit quiz --resume`")
    assert "1 of 4" in found.stdout


def test_resuming_needs_no_bank_named_again(bank: Path) -> None:
    run(bank, "s\n", "-n", "3")
    resume = [*QUIZ, "--resume"]
    found = subprocess.run(resume, input="", capture_output=True, text=True, check=False)
    assert "2 of 3" in found.stdout, found.stderr


def test_resuming_takes_no_other_choice(bank: Path) -> None:
    assert run(bank, "", "--resume", "--seed", "3").returncode == Exit.USAGE


def test_an_edit_between_is_said(bank: Path) -> None:
    run(bank, "h\n", "basics", "--seed", "7", "-n", "4")
    file = bank / "questions" / "basics.yaml"
    changed = (
        file.read_text()
        .replace("outputs: 2", "outputs: 3")
        .replace("What does", "What, then, does")
    )
    changed = changed.replace("Which ", "Which, then, ").replace("Put ", "Now put ")
    file.write_text(changed.replace("leaves 2", "leaves 3"))
    assert "was edited since you saw it" in run(bank, "", "--resume").stdout


def test_a_removal_between_is_said(bank: Path) -> None:
    run(bank, "", "basics", "--seed", "7", "-n", "4")
    (bank / "questions" / "basics.yaml").unlink()
    found = run(bank, "", "--resume")
    assert found.returncode == 0
    assert found.stdout.count("was removed since this quiz began") == 4
    assert "nothing answered" in found.stdout


FAULTS = {
    "questions/faults.yaml": """
        needs-a-library:
          kind: number
          level: fresher
          difficulty: 1
          ask: How many of {{size}}?
          given: {size: 3}
          solver: faults.needs_a_library
          answer: 3
          why: "{{answer}}"
        fails:
          kind: number
          level: fresher
          difficulty: 1
          ask: How many of {{size}}?
          given: {size: 3}
          solver: faults.fails
          answer: 3
          why: "{{answer}}"
        """,
    "solvers/faults.py": '''
        """Solvers that cannot answer."""


        def needs_a_library(size: int) -> int:
            """Needs what is not there."""
            import no_such_library

            return int(no_such_library.size(size))


        def fails(size: int) -> int:
            """Fails."""
            raise RuntimeError("out of order")
        ''',
}


def test_solvers_that_fail_are_said_and_nobody_is_blamed(
    write_bank: WriteBank, tmp_path: Path
) -> None:
    bank = write_bank({**TINY, **FAULTS})
    found = run(bank, "s\n" * 12, "--seed", "1", "-n", "12")
    said = " ".join(found.stdout.split())
    assert "needs no_such_library, which is not installed" in said
    assert "failed: RuntimeError" in said
    assert "2 could not be asked" in said
    kinds = [event for event, _ in events(tmp_path)]
    assert (kinds.count("passed"), kinds.count("skipped")) == (2, 10)


@pytest.mark.parametrize(
    "answers",
    [
        b"\xff\xfe\n",
        b"\x00\n",
        b"\x1b[2J\n",
        b"a" * 2_000_000,
        "١٢\n".encode(),
    ],
)
def test_no_answer_whatever_breaks_it(bank: Path, answers: bytes) -> None:
    command = [*QUIZ, "--bank", str(bank), "sizes", "-n", "2"]
    found = subprocess.run(command, input=answers, capture_output=True, check=False, timeout=60)
    assert found.returncode == 0, found.stderr
    assert b"Traceback" not in found.stderr
    assert b"\x1b" not in found.stdout


@pytest.mark.parametrize(
    "variable",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"},
    ],
)
def test_it_works_where_the_terminal_knows_ascii_only(bank: Path, variable: dict[str, str]) -> None:
    found = subprocess.run(
        [*QUIZ, "--bank", str(bank), "-n", "3"],
        input=b"s\ns\ns\n",
        env={**os.environ, **variable},
        capture_output=True,
        check=False,
    )
    assert found.returncode == 0, found.stderr


def test_standard_input_may_be_closed(bank: Path) -> None:
    command = f"{' '.join(QUIZ)} --bank {bank} -n 2 <&-"
    found = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr
    assert "Saved." in found.stdout


def test_a_kill_loses_nothing(bank: Path, tmp_path: Path) -> None:
    with subprocess.Popen(
        [*QUIZ, "--bank", str(bank), "--seed", "7", "-n", "4"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write("s\n")
        child.stdin.flush()
        while "2 of 4" not in child.stdout.readline():
            pass
        child.send_signal(signal.SIGKILL)
    assert child.returncode == -signal.SIGKILL
    assert [event for event, _ in events(tmp_path)] == ["shown", "skipped", "shown"]
    assert "2 of 4" in run(bank, "", "--resume").stdout


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"this is no database" * 50, "the history is damaged"), (None, "cannot be written")],
)
def test_a_history_that_cannot_be_used_is_said(
    bank: Path, tmp_path: Path, content: bytes | None, said: str
) -> None:
    home = tmp_path / "home"
    if content is None:
        home.write_text("a file where a folder should be")
    else:
        home.mkdir()
        (home / "history.sqlite").write_bytes(content)
    found = run(bank, "a\n")
    assert found.returncode == Exit.BROKEN
    assert said in found.stderr
    assert "Traceback" not in found.stderr
    if content is not None:
        assert (home / "history.sqlite").read_bytes() == content


def test_unknown_topics_and_levels_without_questions(bank: Path) -> None:
    found = run(bank, "", "szies")
    assert (found.returncode, "did you mean 'sizes'" in found.stderr) == (Exit.USAGE, True)


def test_practice_goes_on_until_the_input_ends(bank: Path, tmp_path: Path) -> None:
    found = subprocess.run(
        [sys.executable, "-m", "quizkit", "practice", "--bank", str(bank), "--seed", "3"],
        input="1\na\n" * 6,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stderr
    assert "exercise 4" in found.stdout
    assert "practice\n--------" in found.stdout
    assert [event for event, _ in events(tmp_path)].count("answered") >= 3
