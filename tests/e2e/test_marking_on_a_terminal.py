"""A learner marks answers in words, on a pseudo-terminal, through a pipe, and after a kill."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pexpect
import pytest

from tests.conftest import WriteBank

pytestmark = pytest.mark.slow

QUESTION = """
learn-{n}:
  kind: text
  level: fresher
  difficulty: 1
  ask: What happens where half of a layer is left out?
  points:
    alone: {{says: Units learn alone., accept: [units learn alone], contradict: [units learn together]}}
  why: So.
  reference: Srivastava et al. 2014
  accept: [Units learn alone., They learn alone., The units learn all alone.]
  partly: [Alone., Units.]
  reject: [Units learn together., Units do not learn alone., It is magic.]
"""
UNSURE = "The units learn."
MARK = "r right · p partly · w wrong"


@pytest.fixture
def bank(write_bank: WriteBank) -> Path:
    text = "".join(QUESTION.format(n=n) for n in range(2))
    return write_bank({"questions/words.yaml": text, "solvers/__init__.py": ""})


@pytest.fixture
def start(bank: Path) -> Iterator[Callable[..., Any]]:
    children: list[Any] = []

    def begin(*options: str) -> Any:
        kept = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES")}
        child = pexpect.spawn(
            sys.executable,
            ["-m", "quizkit", "quiz", "--bank", str(bank), *options],
            env={**kept, "TERM": "xterm-256color", "NO_COLOR": "1"},
            dimensions=(200, 100),
            encoding="utf-8",
            timeout=30,
        )
        child.delaybeforesend = 0.1
        children.append(child)
        return child

    yield begin
    for child in children:
        child.close(force=True)


def judgements(home: Path) -> list[tuple[str, str]]:
    db = sqlite3.connect(home / "home" / "history.sqlite")
    query = "SELECT event, verdict FROM answers WHERE event IN ('answered', 'marked') ORDER BY id"
    found = db.execute(query).fetchall()
    db.close()
    return found


def test_every_answer_in_words_can_be_marked(start: Any, tmp_path: Path) -> None:
    child = start("-n", "2", "--seed", "1")
    child.expect("a sentence or two")
    child.expect("› ")
    child.sendline(UNSURE)
    child.expect("unclear: Units learn alone.")
    child.expect(MARK)
    child.expect("› ")
    child.send("p")
    child.expect("your mark counts")
    child.expect("enter next · m mark · q quit › ")
    child.send("\r")
    child.expect("2 of 2")
    child.expect("› ")
    child.sendline("Units learn together.")
    child.expect("contradicted: Units learn alone.")
    child.expect("m mark")
    child.send("m")
    child.expect(MARK)
    child.send("r")
    child.expect("enter next")
    child.send("\r")
    child.expect("1.5 of 2 points")
    child.expect("2 marked by yourself")
    child.expect(pexpect.EOF)
    marked = [("answered", "undecided"), ("marked", "partly")]
    assert judgements(tmp_path) == [*marked, ("answered", "wrong"), ("marked", "right")]


def test_a_kill_between_answer_and_mark_loses_neither(start: Any, tmp_path: Path) -> None:
    child = start("-n", "2", "--seed", "1")
    child.expect("a sentence or two")
    child.expect("› ")
    child.sendline(UNSURE)
    child.expect(MARK)
    child.kill(signal.SIGKILL)
    child.wait()
    assert judgements(tmp_path) == [("answered", "undecided")]
    again = start("--resume")
    again.expect("unclear: Units learn alone.")
    again.expect(MARK)
    again.expect("› ")
    again.send("r")
    again.expect("your mark counts")
    again.expect("2 of 2")
    assert judgements(tmp_path) == [("answered", "undecided"), ("marked", "right")]


def test_through_a_pipe(bank: Path, tmp_path: Path) -> None:
    answers = f"{UNSURE}\nw\nUnits learn together.\n"
    done = subprocess.run(
        [sys.executable, "-m", "quizkit", "quiz", "--bank", str(bank), "-n", "2", "--seed", "1"],
        input=answers,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert MARK in done.stdout
    found = [("answered", "undecided"), ("marked", "wrong"), ("answered", "wrong")]
    assert judgements(tmp_path) == found


def test_a_batch_never_fails_what_is_undecided(bank: Path) -> None:
    line = '{"question": "words/learn-0", "answer": "The units learn."}\n'
    done = subprocess.run(
        [sys.executable, "-m", "quizkit", "grade", "-", "--bank", str(bank)],
        input=line,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert '"verdict":"undecided"' in done.stdout
