"""The compiled bank: SQLite in the cache folder, one row a question, kept up to date by content.

A start looks at sizes and times of files only; the compiler is imported when one of them moved.
Reading one question decodes one row.
"""

from __future__ import annotations

import os
import sqlite3
import zlib

FORMAT = 14  # of the cache's rows and of fingerprints; a new number rebuilds every cache

_DAMAGED = (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def compiled(root: str | os.PathLike[str]) -> sqlite3.Connection:
    """A connection to the bank's compiled form, brought up to date; `BankBroken` with every problem."""
    place = os.fspath(root)
    path = _path(place)
    try:
        return _opened(path, place)
    except sqlite3.DatabaseError as error:  # a cache is never worth an error
        if error.sqlite_errorcode & 0xFF not in _DAMAGED:
            return _opened(":memory:", place)  # it cannot be written, or another process holds it
    try:
        os.unlink(path)
        return _opened(path, place)
    except (sqlite3.DatabaseError, OSError):
        return _opened(":memory:", place)


def cache_home() -> str:
    """The folder of caches: `QUIZKIT_CACHE`, or `quizkit` in the XDG cache folder."""
    if own := os.environ.get("QUIZKIT_CACHE"):
        return own
    base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(base, "quizkit")


def _path(root: str) -> str:
    folder = cache_home()
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError:
        return ":memory:"
    return os.path.join(folder, f"bank-{zlib.crc32(root.encode()):08x}.sqlite")


def _opened(path: str, root: str) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=30, isolation_level=None)
    try:
        if not _is_current(db, root):
            from quizkit.bank.compiler import update

            update(db, root)
    except BaseException:
        db.close()
        raise
    return db


def bank_files(root: str) -> list[tuple[str, int, int]]:
    """Name, size and time of each file that the bank consists of."""
    found: list[tuple[str, int, int]] = []
    for folder, suffixes in (("questions", (".yaml", ".json")), ("solvers", (".py",))):
        _list_below(os.path.join(root, folder), folder, suffixes, found)
    return sorted(found)


def _list_below(
    path: str, name: str, suffixes: tuple[str, ...], found: list[tuple[str, int, int]]
) -> None:
    # Runs at every start, so it is spared what os.walk and os.path.relpath would cost.
    try:
        entries = os.scandir(path)
    except FileNotFoundError:
        return
    with entries:
        for entry in entries:
            if entry.name.endswith(suffixes):
                stat = entry.stat()
                found.append((f"{name}/{entry.name}", stat.st_size, stat.st_mtime_ns))
            elif entry.name != "__pycache__" and entry.is_dir():
                _list_below(entry.path, f"{name}/{entry.name}", suffixes, found)


def _is_current(db: sqlite3.Connection, root: str) -> bool:
    if db.execute("PRAGMA user_version").fetchone()[0] != FORMAT:
        return False
    known = db.execute("SELECT name, size, mtime FROM file ORDER BY name").fetchall()
    return known == bank_files(root)
