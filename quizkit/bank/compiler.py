"""Compiles a bank into its cache: only files whose content changed are read again."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import msgspec

from quizkit.bank import check, latex, schema, source, sources, traits
from quizkit.bank.cache import FORMAT, bank_files
from quizkit.bank.index import Function, index
from quizkit.bank.uses import functions_of, functions_to_ask, rests_on, steps_of
from quizkit.errors import BankBroken, Problem, did_you_mean
from quizkit.model import AnyQuestion, TextQuestion, kind_of

_TABLES = """
CREATE TABLE file (name TEXT PRIMARY KEY, size INT, mtime INT, hash TEXT);
CREATE TABLE question (
    id TEXT PRIMARY KEY, file TEXT, position INT, topic TEXT, kind TEXT, level TEXT,
    difficulty INT, varies INT, light INT, fingerprint TEXT, stamp TEXT, place TEXT,
    steps TEXT, json BLOB);
-- All that `Bank.rows` reads, in its order: a start need not go through the questions themselves.
CREATE INDEX question_row
    ON question (topic, file, position, id, kind, level, difficulty, varies, light);
CREATE TABLE former (was TEXT PRIMARY KEY, id TEXT);
CREATE TABLE solver (name TEXT PRIMARY KEY, json BLOB);
CREATE TABLE ledger (id TEXT PRIMARY KEY, json TEXT);
CREATE TABLE slow (name TEXT PRIMARY KEY);
CREATE TABLE answer (source TEXT, id TEXT);
CREATE TABLE source (id TEXT PRIMARY KEY, position INT, json TEXT);
"""


def update(db: sqlite3.Connection, root: str) -> None:
    """Brings the cache up to date in one transaction; `BankBroken` with every problem of the bank."""
    db.execute("BEGIN IMMEDIATE")  # a second process waits here, then finds all done
    try:
        if db.execute("PRAGMA user_version").fetchone()[0] != FORMAT:
            _reset(db)
        _Compiler(db, Path(root)).run()
        db.execute(f"PRAGMA user_version = {FORMAT}")
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise


def _reset(db: sqlite3.Connection) -> None:
    for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        db.execute(f"DROP TABLE {name}")
    for statement in _TABLES.split(";"):
        db.execute(statement)


class _Compiler:
    """Brings the tables up to date with the files, or raises `BankBroken` with all problems."""

    def __init__(self, db: sqlite3.Connection, root: Path) -> None:
        self.db = db
        self.root = root
        self.problems: list[Problem] = []

    def run(self) -> None:
        files = bank_files(str(self.root))
        if not any(name.startswith("questions/") for name, _, _ in files):
            problem = Problem(str(self.root), "no questions/*.yaml here; expected a bank")
            raise BankBroken([problem])
        known = dict(self.db.execute("SELECT name, hash FROM file"))
        # Taken once and first: a file that changes meanwhile is then found changed at the next start.
        hashes = {name: self.hash(name) for name, _, _ in files}
        changed = {name for name, found in hashes.items() if known.get(name) != found}
        gone = known.keys() - {name for name, _, _ in files}
        if any(name.startswith("solvers/") for name in changed | gone):
            self.solvers()
        # First all that is gone, so that a question may move from one file to another.
        for name in changed | gone:
            self.forget(name)
        for name in sorted(changed):
            self.question_file(name)
        if self.problems:
            raise BankBroken(sorted(self.problems, key=_file_and_line))
        self.cross_checks()
        if self.problems:
            raise BankBroken(sorted(self.problems, key=_file_and_line))
        self.refresh_code()
        self.db.execute("DELETE FROM file")
        rows = [(name, size, mtime, hashes[name]) for name, size, mtime in files]
        self.db.executemany("INSERT INTO file VALUES (?, ?, ?, ?)", rows)

    def hash(self, name: str) -> str:
        return _digest((self.root / name).read_bytes())

    def solvers(self) -> None:
        functions, problems = index(self.root)
        self.problems += problems
        self.db.execute("DELETE FROM solver")
        rows = [(name, msgspec.json.encode(function)) for name, function in functions.items()]
        self.db.executemany("INSERT INTO solver VALUES (?, ?)", rows)

    def forget(self, name: str) -> None:
        if name == "questions/sources.yaml":
            self.db.execute("DELETE FROM source")
        elif name == "questions/evidence.json":
            self.db.execute("DELETE FROM ledger")
            self.db.execute("DELETE FROM slow")
        else:
            self.db.execute("DELETE FROM question WHERE file = ?", (name,))

    def question_file(self, name: str) -> None:
        if name == "questions/sources.yaml":
            self.sources(name)
        elif name == "questions/evidence.json":
            self.ledger(name)
        elif name.startswith("questions/") and name.endswith(".yaml"):
            self.topic(name)

    def read(self, name: str) -> Any:
        try:
            text = (self.root / name).read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            return source.Source(
                name, None, {}, [Problem(f"{name}:1", f"not UTF-8: {error.reason}")]
            )
        return source.read(text, name)

    def topic(self, name: str) -> None:
        found = self.read(name)
        questions, problems = schema.questions(found)
        self.problems += problems
        # A topic may be split: `cnn.yaml` and `cnn.shapes.yaml` both hold the topic `cnn`.
        topic = Path(name).name.split(".")[0]
        for position, (slug, question) in enumerate(questions.items()):
            self.problems += [
                Problem(
                    found.where((slug, *path)), f"{'.'.join(map(str, (slug, *path)))}: {message}"
                )
                for path, message in check.problems(question)
            ]
            self.row(f"{topic}/{slug}", position, name, found.where((slug,)), question)

    def row(self, identity: str, position: int, file: str, place: str, question: Any) -> None:
        question = latex.readable(question)
        data = msgspec.json.encode(question)
        clash = self.db.execute("SELECT place FROM question WHERE id = ?", (identity,)).fetchone()
        if clash:
            self.problems.append(Problem(place, f"{identity} also stands at {clash[0]}"))
            return
        fingerprint = _digest(identity.encode(), _what_is_asked(question))
        topic = identity.split("/")[0]
        values: list[Any] = [identity, file, position, topic, kind_of(question), question.level]
        values += [question.difficulty, traits.varies(question)]
        values += [False, fingerprint, "", place, "{}", data]  # light, stamp, steps: `refresh_code`
        self.db.execute(f"INSERT INTO question VALUES ({', '.join('?' * len(values))})", values)

    def ledger(self, name: str) -> None:
        try:
            text = (self.root / name).read_text(encoding="utf-8")
            entries = msgspec.json.decode(text, type=dict[str, msgspec.Raw])
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            advice = "write it anew with `quizkit verify --write`"
            self.problems.append(Problem(f"{name}:1", f"not a ledger: {error}; {advice}"))
            return
        rows = [(identity, bytes(raw).decode()) for identity, raw in entries.items()]
        self.db.executemany("INSERT INTO ledger VALUES (?, ?)", rows)
        query = """INSERT OR IGNORE INTO slow
                   SELECT each.value FROM ledger, json_each(ledger.json, '$.slow') AS each"""
        self.db.execute(query)

    def sources(self, name: str) -> None:
        found = self.read(name)
        items, problems = sources.source_questions(found)
        self.problems += problems
        rows = [(item.id, n, msgspec.json.encode(item).decode()) for n, item in enumerate(items)]
        self.db.executemany("INSERT OR REPLACE INTO source VALUES (?, ?, ?)", rows)

    def cross_checks(self) -> None:
        """Names in one file that must exist in another: solvers, mistakes, sources."""
        known = [name for (name,) in self.db.execute("SELECT name FROM solver")]
        answerable = [name for (name,) in self.db.execute("SELECT id FROM source")]
        asked = [name for (name,) in self.db.execute("SELECT id FROM question")]
        decoder = msgspec.json.Decoder(AnyQuestion)
        self.db.execute("DELETE FROM former")
        self.db.execute("DELETE FROM answer")
        for identity, place, data in self.db.execute(
            "SELECT id, place, json FROM question ORDER BY topic, file, position"
        ):
            question = decoder.decode(data)
            for name in functions_of(question):
                if name not in known:
                    folder = "solvers/mistakes/" if name.startswith("mistakes.") else "solvers/"
                    message = f"no function {name} in {folder}{did_you_mean(name, known)}"
                    self.problems.append(Problem(place, f"{identity}: {message}"))
            answered = [(name, identity) for name in question.sources]
            self.db.executemany("INSERT INTO answer VALUES (?, ?)", answered)
            for name in question.sources:
                if name not in answerable:
                    message = f"unknown source {name!r}{did_you_mean(name, answerable)}"
                    self.problems.append(Problem(place, f"{identity}: {message}"))
            for name in rests_on(question):
                if name not in asked:
                    message = f"rests on no question {name!r}{did_you_mean(name, asked)}"
                    self.problems.append(Problem(place, f"{identity}: {message}"))
            topic = identity.split("/")[0]
            rows = [(was if "/" in was else f"{topic}/{was}", identity) for was in question.was]
            self.db.executemany("INSERT OR REPLACE INTO former VALUES (?, ?)", rows)

    def refresh_code(self) -> None:
        """What each question's functions are made of now: their checksum, and whether all are light."""
        functions: dict[str, Function] = {
            name: msgspec.json.decode(data, type=Function)
            for name, data in self.db.execute("SELECT name, json FROM solver")
        }
        slow = {name for (name,) in self.db.execute("SELECT name FROM slow")}
        decoder = msgspec.json.Decoder(AnyQuestion)
        rows = []
        for identity, data in self.db.execute("SELECT id, json FROM question"):
            question = decoder.decode(data)
            used = sorted(functions_of(question))
            code = [f"{name} {functions[name].code}".encode() for name in used]
            stamp = _digest(str(FORMAT).encode(), identity.encode(), data, *code)
            light = not any(
                name in slow or functions[name].libraries for name in functions_to_ask(question)
            )
            steps = {
                name: [key for key in functions[solver].parameters if key in question.given]
                for name, solver in steps_of(question).items()
            }
            rows.append((stamp, light, msgspec.json.encode(steps).decode(), identity))
        self.db.executemany(
            "UPDATE question SET stamp = ?, light = ?, steps = ? WHERE id = ?", rows
        )


_EXPLANATIONS = ("level", "difficulty", "why", "tags", "sources", "steps", "hints", "reference")
_TESTS = ("accept", "partly", "reject", "examples", "was")


def _what_is_asked(question: Any) -> bytes:
    """The part of a question that decides what a learner sees and which answer is right."""
    data = msgspec.to_builtins(question)
    kept = {key: value for key, value in data.items() if key not in _EXPLANATIONS + _TESTS}
    if isinstance(question, TextQuestion):
        for point in kept["points"].values():
            point.pop("rests_on", None)
    return msgspec.json.encode(kept)


def _digest(*parts: bytes) -> str:
    from hashlib import blake2b

    return blake2b(b"\0".join(parts), digest_size=8).hexdigest()


def _file_and_line(problem: Problem) -> tuple[str, int]:
    file, _, line = problem.where.rpartition(":")
    return file, int(line) if line.isdigit() else 0
