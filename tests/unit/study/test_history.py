"""The history: committed at once, never changed, and never overwritten when it cannot be read."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from quizkit.study import history as module
from quizkit.study.history import (
    Answer,
    AnsweredElsewhere,
    Asked,
    History,
    HistoryProblem,
    Planned,
    Stored,
    data_home,
)

PLAN = (Planned("cnn/size", 7), Planned("loss/which", 8))


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "home" / "history.sqlite")


@pytest.fixture
def history(path: str) -> Iterator[History]:
    opened = History(path)
    yield opened
    opened.close()


def begun(history: History, plan: tuple[Planned, ...] = PLAN) -> Stored:
    asked = Asked(topics=("cnn",), level="fresher")
    return history.begin(kind="quiz", seed=1, plan=plan, asked=asked, engine="0", at="now")


def answer(session: int, position: int = 0, event: str = "answered", **details: object) -> Answer:
    fields = {"question": "cnn/size", "seed": 7, "fingerprint": "f", "engine": "0", "at": "now"}
    return Answer(session=session, position=position, event=event, **{**fields, **details})


def test_an_answer_comes_back_with_all_that_a_replay_needs(history: History) -> None:
    given = answer(
        begun(history).id,
        raw="22 ",
        verdict="wrong",
        score=0.0,
        misconception="forgot-plus-one",
        convention=None,
        key='{"fraction":"1/3"}',
        seconds=3.5,
        hints=2,
    )
    history.add(given)
    assert history.events_of(given.session) == [given]
    assert history.answers_to("cnn/size") == [given]
    assert history.answers_to("cnn/other") == []


def test_another_connection_sees_an_answer_at_once(history: History, path: str) -> None:
    history.add(answer(begun(history).id, raw="1"))
    other = History(path)
    assert [one.raw for one in other.answers_to("cnn/size")] == ["1"]
    other.close()


def test_a_kill_loses_nothing_that_was_added(path: str) -> None:
    program = (
        "import os, signal, sys\n"
        "from quizkit.study.history import *\n"
        "history = History(sys.argv[1])\n"
        "stored = history.begin(kind='quiz', seed=1, plan=(Planned('cnn/size', 7),), asked=Asked(),"
        " engine='0', at='now')\n"
        "history.add(Answer(session=stored.id, position=0, event='shown', question='cnn/size',"
        " engine='0', at='now'))\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    killed = subprocess.run([sys.executable, "-c", program, path], check=False)
    assert killed.returncode == -signal.SIGKILL
    history = History(path)
    stored = history.unfinished()
    assert stored is not None
    assert [event.event for event in history.events_of(stored.id)] == ["shown"]
    history.close()


def test_the_disk_is_waited_for(history: History) -> None:
    full = 2
    assert history._db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert history._db.execute("PRAGMA synchronous").fetchone() == (full,)


@pytest.mark.parametrize("table", ["answers", "sessions"])
@pytest.mark.parametrize("change", ["DELETE FROM {}", "UPDATE {} SET seed = 2"])
def test_nothing_is_ever_changed(history: History, table: str, change: str) -> None:
    history.add(answer(begun(history).id))
    with pytest.raises(sqlite3.IntegrityError, match="are never"):
        history._db.execute(change.format(table))


def test_a_question_has_one_outcome(history: History) -> None:
    stored = begun(history)
    history.add(answer(stored.id, event="shown"))
    history.add(answer(stored.id, event="hint"))
    history.add(answer(stored.id, event="skipped"))
    with pytest.raises(AnsweredElsewhere, match="question 1 of this session"):
        history.add(answer(stored.id))
    assert len(history.events_of(stored.id)) == 3


def test_a_session_is_unfinished_until_its_last_outcome(history: History) -> None:
    assert history.unfinished() is None
    stored = begun(history)
    assert history.unfinished() == stored
    history.add(answer(stored.id))
    assert history.unfinished() == stored
    history.add(answer(stored.id, position=1, event="passed"))
    assert history.unfinished() is None


def test_a_closed_session_is_not_offered_but_an_older_one_is(history: History) -> None:
    first, second = begun(history), begun(history)
    history.add(answer(second.id, event="closed", question=""))
    assert history.unfinished() == first


def test_practice_is_never_unfinished(history: History) -> None:
    history.begin(kind="practice", seed=1, plan=(), asked=Asked(), engine="0", at="now")
    assert history.unfinished() is None


def test_half_a_surrogate_pair_is_stored_marked(history: History) -> None:
    history.add(answer(begun(history).id, raw="\ud800 12\0"))
    assert history.answers_to("cnn/size")[0].raw == "? 12\0"


def refused(path: str, match: str) -> None:
    """Opening says what is wrong, and leaves every byte as it is."""
    before = Path(path).read_bytes()
    with pytest.raises(HistoryProblem, match=match):
        History(path)
    assert Path(path).read_bytes() == before


def test_a_newer_history_is_left_alone(path: str, history: History) -> None:
    history._db.execute("PRAGMA user_version = 99")
    history.close()
    refused(path, "newer quizkit.*upgrade quizkit")


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = str(tmp_path / "other.sqlite")
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE theirs (x)")
    other.close()
    refused(path, "another program; set QUIZKIT_HOME")


def test_a_damaged_history_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite"
    path.write_bytes(b"no database at all " * 100)
    refused(str(path), "damaged.*[Mm]ove it away")


def test_a_damaged_page_is_explained(path: str, history: History) -> None:
    begun(history)
    history.close()
    content = bytearray(Path(path).read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    Path(path).write_bytes(content)
    with pytest.raises(HistoryProblem, match="damaged"):
        History(path).unfinished()


def test_a_locked_history_is_explained(
    path: str, history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_PATIENCE", 0.05)
    stored = begun(history)
    history._db.execute("BEGIN EXCLUSIVE")
    other = History(path)
    with pytest.raises(HistoryProblem, match="another program has held the history"):
        other.add(answer(stored.id))
    other.close()


def test_a_history_that_cannot_be_written_is_explained(history: History) -> None:
    stored = begun(history)
    history._db.execute("PRAGMA query_only = ON")
    with pytest.raises(HistoryProblem, match=r"cannot be written.*QUIZKIT_HOME"):
        history.add(answer(stored.id))


def test_a_folder_that_cannot_be_made_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(HistoryProblem, match=r"cannot be written.*QUIZKIT_HOME"):
        History(str(tmp_path / "file" / "history.sqlite"))


def test_where_the_history_lies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIZKIT_HOME", "own")
    assert data_home() == "own"
    monkeypatch.delenv("QUIZKIT_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", "data")
    assert data_home() == os.path.join("data", "quizkit")
    monkeypatch.delenv("XDG_DATA_HOME")
    monkeypatch.setenv("HOME", "/home/someone")
    assert data_home() == "/home/someone/.local/share/quizkit"
