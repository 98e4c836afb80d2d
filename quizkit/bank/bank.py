"""Finds banks and gives their questions, one indexed row at a time."""

from __future__ import annotations

import itertools
import os
import sqlite3
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from quizkit.bank.cache import compiled
from quizkit.errors import UsageProblem, did_you_mean
from quizkit.model import Entry

if TYPE_CHECKING:
    from pathlib import Path

    from quizkit.bank.index import Function
    from quizkit.bank.solvers import Solvers
    from quizkit.bank.sources import SourceQuestion

BUILT_IN = "built-in"
_COLUMNS = "id, topic, kind, level, difficulty, varies, light"


class Row(Struct, frozen=True):
    """What the index knows of a question without decoding it."""

    id: str
    topic: str
    kind: str
    level: str
    difficulty: int
    varies: bool
    light: bool  # can be asked and graded without the worker


class Bank:
    """One folder with `questions/` and `solvers/`."""

    def __init__(self, name: str, root: str | os.PathLike[str]) -> None:
        self.name = name
        self.place = os.fspath(root)

    @property
    def root(self) -> Path:
        """The folder, as a path; made when asked for, since pathlib is dear at the start."""
        from pathlib import Path

        return Path(self.place)

    @property
    def prefix(self) -> str:
        """What precedes this bank's ids where several banks meet."""
        return "" if self.name == BUILT_IN else f"{self.name}:"

    @cached_property
    def db(self) -> sqlite3.Connection:
        """The compiled bank; `BankBroken` with every problem if it does not compile."""
        return compiled(self.place)

    @cached_property
    def solvers(self) -> Solvers:
        """The bank's functions, to be called in this process."""
        from quizkit.bank.solvers import Solvers

        return Solvers(self.place)

    def topics(self) -> list[str]:
        """The topics of this bank, in alphabetical order."""
        return [
            topic for (topic,) in self.db.execute("SELECT DISTINCT topic FROM question ORDER BY 1")
        ]

    def rows(self) -> list[Row]:
        """All questions, topic by topic in the order of their files."""
        query = f"SELECT {_COLUMNS} FROM question ORDER BY topic, file, position"
        trusted = self.name == BUILT_IN  # foreign code never runs in this process
        return [
            Row(
                self.prefix + id_,
                topic,
                kind,
                level,
                difficulty,
                bool(varies),
                bool(light) and trusted,
            )
            for id_, topic, kind, level, difficulty, varies, light in self.db.execute(query)
        ]

    def ids(self) -> list[str]:
        """All ids, without prefix."""
        return [id_ for (id_,) in self.db.execute("SELECT id FROM question ORDER BY id")]

    def entry(self, id_: str) -> Entry:
        """The question with this id, or the one that bore it formerly; `UsageProblem` if there is none."""
        row = self._row(id_)
        if row is None:
            former = self.db.execute("SELECT id FROM former WHERE was = ?", (id_,)).fetchone()
            row = self._row(former[0]) if former else None
        if row is None:
            raise UsageProblem(f"no question {id_!r}{did_you_mean(id_, self.ids())}")
        identity, place, fingerprint, stamp, steps, kind, data = row
        return Entry(
            id=identity,
            where=place,
            fingerprint=fingerprint,
            stamp=stamp,
            question=_decoded(kind, data),
            step_parameters=_step_parameters(steps),
        )

    def answers(self) -> dict[str, list[str]]:
        """For each source question the ids of the questions that answer it."""
        found: dict[str, list[str]] = {}
        query = """SELECT source.id, answer.id FROM source LEFT JOIN answer ON answer.source = source.id
                   ORDER BY source.position, answer.rowid"""
        for source, id_ in self.db.execute(query):
            found.setdefault(source, []).extend([id_] if id_ else [])
        return found

    def ledger_line(self, id_: str) -> str | None:
        """What the evidence ledger holds of a question, as JSON."""
        row = self.db.execute("SELECT json FROM ledger WHERE id = ?", (id_,)).fetchone()
        return row[0] if row else None

    def ledger_lines(self) -> dict[str, str]:
        """The whole evidence ledger, entry by entry."""
        return dict(self.db.execute("SELECT id, json FROM ledger"))

    def stamps(self) -> dict[str, str]:
        """For each question the stamp over its content and all code that it names."""
        return dict(self.db.execute("SELECT id, stamp FROM question"))

    def functions(self) -> dict[str, Function]:
        """All public functions of the bank, mistakes and witnesses among them."""
        import msgspec

        from quizkit.bank.index import Function

        query = "SELECT name, json FROM solver ORDER BY name"
        return {
            name: msgspec.json.decode(data, type=Function) for name, data in self.db.execute(query)
        }

    def is_light(self, name: str) -> bool:
        """Whether a function is quick and reaches none of numpy, sympy and torch."""
        query = "SELECT json FROM solver WHERE name = ? AND name NOT IN (SELECT name FROM slow)"
        row = self.db.execute(query, (name,)).fetchone()
        return row is not None and b'"libraries":[]' in row[0]

    def articles(self) -> dict[str, str]:
        """The names of the articles whose questions this bank sets out to answer, by their short form."""
        from quizkit.bank import source
        from quizkit.bank.sources import articles

        path = self.root / "questions" / "sources.yaml"
        if not path.is_file():
            return {}
        return articles(source.read(path.read_text(encoding="utf-8"), path.name))

    def source_questions(self) -> list[SourceQuestion]:
        """The source questions that this bank sets out to answer; empty where it names none."""
        import msgspec

        from quizkit.bank.sources import SourceQuestion

        query = "SELECT json FROM source ORDER BY position"
        return [
            msgspec.json.decode(data, type=SourceQuestion) for (data,) in self.db.execute(query)
        ]

    def _row(self, id_: str) -> Any:
        query = "SELECT id, place, fingerprint, stamp, steps, kind, json FROM question WHERE id = ?"
        return self.db.execute(query, (id_,)).fetchone()


class Shelf:
    """Several banks side by side; ids of other banks than the built-in bear their bank's name."""

    def __init__(self, banks: Sequence[Bank]) -> None:
        self.banks = list({os.path.realpath(bank.place): bank for bank in banks}.values())
        for one, other in itertools.combinations(self.banks, 2):
            if one.name == other.name:
                message = f"{one.place} and {other.place} are both called {one.name!r}; rename one"
                raise UsageProblem(message)

    def rows(self, names: Sequence[str] = (), level: str | None = None) -> list[Row]:
        """The questions of these topics or ids (all if none is named) and this level, cheaply."""
        rows = named([row for bank in self.banks for row in bank.rows()], names)
        return [row for row in rows if level is None or row.level == level]

    def bank_of(self, id_: str) -> Bank:
        """The bank of a qualified id; `UsageProblem` when no open bank has that name."""
        name = id_.rpartition(":")[0] or BUILT_IN
        for bank in self.banks:
            if bank.name == name:
                return bank
        if name == BUILT_IN and len(self.banks) == 1:
            return self.banks[0]  # the only bank that is open needs no name
        known = [bank.name for bank in self.banks]
        raise UsageProblem(f"no bank {name!r} is open{did_you_mean(name, known)}")

    def entry(self, id_: str) -> Entry:
        """The question with a qualified id."""
        from msgspec.structs import replace

        bank = self.bank_of(id_)
        entry = bank.entry(id_.rpartition(":")[2])
        return replace(entry, id=bank.prefix + entry.id)

    def close(self) -> None:
        """Closes the banks' files."""
        for bank in self.banks:
            if "db" in bank.__dict__:
                bank.db.close()


def named(rows: list[Row], names: Sequence[str]) -> list[Row]:
    """Those of the topics or with the ids named, all if none is; `UsageProblem` for an unknown name.

    An id may leave out its bank: then it is that of every bank that has one.
    """
    if not names:
        return rows
    topics = sorted({row.topic for row in rows})
    ids = sorted({each for row in rows for each in (row.id, _bare(row.id))})
    for name in names:
        if "/" in name and name not in ids:
            raise UsageProblem(f"no question {name!r}{did_you_mean(name, ids)}")
        if "/" not in name and name not in topics:
            hint = did_you_mean(name, topics) or f"; known are {', '.join(topics)}"
            raise UsageProblem(f"no topic {name!r}{hint}")
    return [row for row in rows if not {row.topic, row.id, _bare(row.id)}.isdisjoint(names)]


def _bare(id_: str) -> str:
    return id_.rpartition(":")[2]


def open_banks(chosen: Sequence[str] = ()) -> Shelf:
    """The chosen banks, each a folder or an entry point's name; else the built-in and `QUIZKIT_BANKS`."""
    if chosen:
        return Shelf([_named(name) for name in dict.fromkeys(chosen)])
    extra = [path for path in os.environ.get("QUIZKIT_BANKS", "").split(os.pathsep) if path]
    return Shelf([built_in(), *(_folder(path) for path in dict.fromkeys(extra))])


def built_in() -> Bank:
    """The bank that comes with quizkit: inside the wheel, or beside the package in a checkout."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    inside = os.path.join(package, "_bank")
    return Bank(BUILT_IN, inside if os.path.isdir(inside) else os.path.dirname(package))


def installed() -> dict[str, str]:
    """Banks of installed packages, by the name of their `quizkit.banks` entry point. Slow: scans all."""
    from importlib.metadata import entry_points
    from importlib.util import find_spec

    found = {}
    for point in entry_points(group="quizkit.banks"):
        spec = find_spec(point.value)  # finds the folder; runs nothing of a top-level package
        for place in (spec.submodule_search_locations or []) if spec else []:
            found[point.name] = place
    return found


def _named(name: str) -> Bank:
    if name == BUILT_IN:
        return built_in()
    if os.path.isdir(name):
        return _folder(name)
    banks = installed()
    if name in banks:
        return Bank(name, banks[name])
    known = [BUILT_IN, *banks]
    raise UsageProblem(
        f"no bank {name!r}: neither a folder nor an installed bank{did_you_mean(name, known)}"
        f" (known: {', '.join(known)})"
    )


def _folder(path: str) -> Bank:
    if not os.path.isdir(os.path.join(path, "questions")):
        raise UsageProblem(f"{path} is no bank: expected a folder with questions/ in it")
    root = os.path.realpath(path)
    if root == os.path.realpath(built_in().place):
        return built_in()
    name = os.path.basename(root)
    if name == BUILT_IN:  # the name that is trusted to run in this process
        raise UsageProblem(f"{path}: no other bank can be called {BUILT_IN!r}; rename the folder")
    return Bank(name, root)


def _step_parameters(data: str) -> dict[str, tuple[str, ...]]:
    import msgspec

    return {} if data == "{}" else msgspec.json.decode(data, type=dict[str, tuple[str, ...]])


def _decoded(kind: str, data: bytes) -> Any:
    import msgspec

    from quizkit.model import KINDS

    return msgspec.json.decode(data, type=KINDS[kind])
