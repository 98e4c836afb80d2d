"""The tables of the history: only ever appended to, which triggers enforce."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

_TABLES = """
CREATE TABLE sessions (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  seed INTEGER NOT NULL,
  plan TEXT NOT NULL,
  planned INTEGER NOT NULL,
  asked TEXT NOT NULL,
  engine TEXT NOT NULL,
  at TEXT NOT NULL
);
CREATE TABLE answers (
  id INTEGER PRIMARY KEY,
  session INTEGER NOT NULL REFERENCES sessions (id),
  position INTEGER NOT NULL,
  event TEXT NOT NULL,
  question TEXT NOT NULL,
  seed INTEGER NOT NULL,
  fingerprint TEXT NOT NULL,
  raw TEXT,
  verdict TEXT,
  score REAL,
  misconception TEXT,
  convention TEXT,
  key TEXT,
  seconds REAL,
  hints INTEGER NOT NULL,
  reason TEXT,
  engine TEXT NOT NULL,
  at TEXT NOT NULL
);
CREATE INDEX answers_by_question ON answers (question, id);
CREATE INDEX answers_by_session ON answers (session, id);
CREATE UNIQUE INDEX one_outcome ON answers (session, position)
  WHERE event IN ('answered', 'skipped', 'passed');
CREATE TRIGGER answers_stay BEFORE UPDATE ON answers
  BEGIN SELECT RAISE(ABORT, 'answers are never changed'); END;
CREATE TRIGGER answers_last BEFORE DELETE ON answers
  BEGIN SELECT RAISE(ABORT, 'answers are never deleted'); END;
CREATE TRIGGER sessions_stay BEFORE UPDATE ON sessions
  BEGIN SELECT RAISE(ABORT, 'sessions are never changed'); END;
CREATE TRIGGER sessions_last BEFORE DELETE ON sessions
  BEGIN SELECT RAISE(ABORT, 'sessions are never deleted'); END;
"""


def statements() -> Iterator[str]:
    """The statements of `_TABLES`; `executescript` would commit before it runs them."""
    statement = ""
    for line in _TABLES.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
