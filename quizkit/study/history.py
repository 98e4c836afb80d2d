"""Every answer ever given, in one SQLite file: appended and committed at once, never changed.

A row of `answers` holds all that grading it again needs. What was only shown, a question or a hint,
is a row too: a session that was killed goes on exactly where it stood.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from msgspec import MsgspecError, Struct, json

from quizkit.errors import QuizkitError
from quizkit.study.tables import statements

SCHEMA = 1
_MARK = 0x51_4B_49_54  # "QKIT": this file is a history of ours
_PATIENCE = 5.0  # seconds to wait for another quizkit to finish writing

Kind = Literal["quiz", "practice"]
# What may happen to a question, in the order in which it happens; `closed` ends a whole session.
# `marked` may follow: the learner's own judgement of an answer, beside the program's.
Event = Literal["shown", "hint", "answered", "skipped", "passed", "marked", "closed"]
OUTCOMES: tuple[Event, ...] = ("answered", "skipped", "passed")


class HistoryProblem(QuizkitError):
    """The history cannot be read or written; it was left as it is."""


class AnsweredElsewhere(HistoryProblem):
    """Another window answered this question of this session first."""


class Planned(Struct, frozen=True, array_like=True):
    """A question of a session, and the seed that it is asked with."""

    id: str
    seed: int


class Asked(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a session was started with, so that it can be started again."""

    topics: tuple[str, ...] = ()
    level: str | None = None
    banks: tuple[str, ...] = ()


class Stored(Struct, frozen=True, kw_only=True):
    """A session as it was begun."""

    id: int
    kind: str
    seed: int
    plan: tuple[Planned, ...]
    asked: Asked
    at: str


class Answer(Struct, frozen=True, kw_only=True):
    """One thing that happened in a session; `key` is tagged JSON, `at` is UTC in ISO 8601."""

    session: int
    position: int
    event: str
    engine: str
    at: str
    question: str = ""
    seed: int = 0
    fingerprint: str = ""
    raw: str | None = None
    verdict: str | None = None
    score: float | None = None
    misconception: str | None = None
    convention: str | None = None
    key: str | None = None
    seconds: float | None = None
    hints: int = 0
    reason: str | None = None


_COLUMNS = ", ".join(Answer.__struct_fields__)
_MARKS = ", ".join("?" * len(Answer.__struct_fields__))
_ADD = f"INSERT INTO answers ({_COLUMNS}) VALUES ({_MARKS})"  # noqa: S608 - names of our own

_BEGIN = """
INSERT INTO sessions (kind, seed, plan, planned, asked, engine, at) VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_UNFINISHED = """
SELECT id, kind, seed, plan, asked, at FROM sessions
WHERE planned > (
  SELECT count(*) FROM answers
  WHERE session = sessions.id AND event IN ('answered', 'skipped', 'passed')
) AND NOT EXISTS (SELECT 1 FROM answers WHERE session = sessions.id AND event = 'closed')
ORDER BY id DESC LIMIT 1
"""


def data_home() -> str:
    """The folder of what must not be lost: `QUIZKIT_HOME`, or `quizkit` in the XDG data folder."""
    if own := os.environ.get("QUIZKIT_HOME"):
        return own
    base = os.environ.get("XDG_DATA_HOME") or os.path.expanduser("~/.local/share")
    return os.path.join(base, "quizkit")


class History:
    """The learner's history; each method commits before it returns."""

    def __init__(self, path: str | None = None) -> None:
        self.path = path or os.path.join(data_home(), "history.sqlite")
        with self._explained():
            self._db = self._opened()

    def begin(
        self,
        *,
        kind: Kind,
        seed: int,
        plan: tuple[Planned, ...],
        asked: Asked,
        engine: str,
        at: str,
    ) -> Stored:
        """Stores a new session with its whole plan."""
        values = (kind, seed, _text(plan), len(plan), _text(asked), engine, at)
        with self._explained():
            number = self._db.execute(_BEGIN, values).lastrowid or 0
        return Stored(id=number, kind=kind, seed=seed, plan=plan, asked=asked, at=at)

    def add(self, answer: Answer) -> None:
        """Appends; `AnsweredElsewhere` if the question has its outcome already."""
        values = [_storable(getattr(answer, name)) for name in Answer.__struct_fields__]
        with self._explained():
            try:
                self._db.execute(_ADD, values)
            except sqlite3.IntegrityError as error:
                if "UNIQUE" not in str(error):
                    raise
                raise AnsweredElsewhere(
                    f"question {answer.position + 1} of this session was answered in another "
                    "window; go on there, or here with `quizkit quiz --resume`"
                ) from error

    def unfinished(self) -> Stored | None:
        """The last quiz that is neither at its end nor closed."""
        with self._explained():
            row = self._db.execute(_UNFINISHED).fetchone()
            return None if row is None else _session(row)

    def events_of(self, session: int) -> list[Answer]:
        """All that happened in a session, in order."""
        return self._answers("session = ? ORDER BY id", (session,))

    def answers_to(self, question: str, most: int = 10) -> list[Answer]:
        """The last answers to a question, latest first."""
        where = "question = ? AND event = 'answered' ORDER BY id DESC LIMIT ?"
        return self._answers(where, (question, most))

    def marks_of(self, question: str, most: int = 100) -> list[Answer]:
        """The learner's own judgements of answers to a question, latest first."""
        where = "question = ? AND event = 'marked' ORDER BY id DESC LIMIT ?"
        return self._answers(where, (question, most))

    def close(self) -> None:
        """Closes the file; everything was committed before."""
        self._db.close()

    def _answers(self, where: str, values: tuple[Any, ...]) -> list[Answer]:
        with self._explained():
            query = f"SELECT {_COLUMNS} FROM answers WHERE {where}"  # noqa: S608 - words of our own
            rows = self._db.execute(query, values).fetchall()
        return [Answer(**dict(zip(Answer.__struct_fields__, row, strict=True))) for row in rows]

    def _opened(self) -> sqlite3.Connection:
        folder = os.path.dirname(self.path)
        if folder:
            os.makedirs(folder, mode=0o700, exist_ok=True)
        # Autocommit: each statement is its own transaction, on the disk before it returns.
        db = sqlite3.connect(self.path, timeout=_PATIENCE, isolation_level=None)
        try:
            if db.execute("PRAGMA user_version").fetchone()[0] != SCHEMA:
                self._prepare(db)
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = FULL")
        except BaseException:
            db.close()
            raise
        return db

    def _prepare(self, db: sqlite3.Connection) -> None:
        """Makes the tables in an empty file; refuses any file that is not ours to write."""
        db.execute("BEGIN IMMEDIATE")  # a second process waits here, then finds all done
        version = db.execute("PRAGMA user_version").fetchone()[0]
        if version == 0 and not db.execute("SELECT 1 FROM sqlite_master").fetchone():
            for statement in statements():
                db.execute(statement)
            db.execute(f"PRAGMA application_id = {_MARK}")
            db.execute(f"PRAGMA user_version = {SCHEMA}")
        db.execute("COMMIT")
        mark = db.execute("PRAGMA application_id").fetchone()[0]
        if mark != _MARK:
            raise HistoryProblem(
                f"{self.path} is a database of another program; "
                "set QUIZKIT_HOME to another folder. Nothing was changed."
            )
        if version > SCHEMA:
            raise HistoryProblem(
                f"{self.path} was written by a newer quizkit (its format is {version}, this one "
                f"knows {SCHEMA}): upgrade quizkit, or set QUIZKIT_HOME to another folder. "
                "Nothing was changed."
            )

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError, MsgspecError) as error:
            raise HistoryProblem(f"{self.path}: {_advice(error, self.path)}") from error


def _advice(error: Exception, path: str) -> str:
    """What is wrong with the file, and what to do."""
    found = str(error)
    unchanged = "Nothing was overwritten."
    if "locked" in found or "busy" in found:
        return (
            f"another program has held the history for over {_PATIENCE:g} s; close it and try "
            f"again. {unchanged}"
        )
    if "readonly" in found or "unable to open" in found or isinstance(error, OSError):
        return (
            f"the history cannot be written ({found}); make the file and its folder writable, "
            f"or set QUIZKIT_HOME to a folder that is. {unchanged}"
        )
    if "full" in found:
        return f"no space is left for the history ({found}); free some and try again. {unchanged}"
    damaged = ("not a database", "malformed", "no such", "JSON")
    if isinstance(error, MsgspecError) or any(word in found for word in damaged):
        return (
            f"the history is damaged ({found}). {unchanged} Move it away to begin a new one; "
            f"`sqlite3 {path} .recover` shows what can be saved"
        )
    return f"the history failed ({found}). {unchanged}"


def _session(row: tuple[Any, ...]) -> Stored:
    number, kind, seed, plan, asked, at = row
    return Stored(
        id=number,
        kind=kind,
        seed=seed,
        plan=json.decode(plan, type=tuple[Planned, ...]),
        asked=json.decode(asked, type=Asked),
        at=at,
    )


def _text(data: Any) -> str:
    return json.encode(data).decode()


def _storable(value: Any) -> Any:
    """SQLite takes no half of a surrogate pair, as a broken terminal may send it."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
