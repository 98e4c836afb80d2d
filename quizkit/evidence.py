"""The ledger of `questions/evidence.json`: which key is known how, and whether that is still so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from quizkit.bank.bank import Bank
from quizkit.errors import Problem
from quizkit.model import PROOFS, Proof

if TYPE_CHECKING:
    from pathlib import Path

LEDGER = "questions/evidence.json"


class Measured(Struct, frozen=True, kw_only=True):
    """What an experiment found: the median effect, an interval that holds it, and the seeds it took."""

    effect: float
    low: float
    high: float
    seeds: int


class Record(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How a question's key is known, for exactly one `stamp` of question and code."""

    stamp: str
    evidence: tuple[Proof, ...]
    routes: tuple[str, ...] = ()
    variants: int = 1
    versions: dict[str, str] = {}  # of the libraries that the routes used
    slow: tuple[str, ...] = ()  # its functions over 5 ms, which are left to the worker
    measured: dict[str, Measured] = {}  # by case


def record_of(bank: Bank, id_: str) -> Record | None:
    """The ledger's record of a question, stale or not."""
    line = bank.ledger_line(id_)
    return None if line is None else _record(id_, line)


def known(bank: Bank, id_: str, stamp: str) -> tuple[tuple[Proof, ...], bool]:
    """How the key is known, weakest first, and whether question or code changed since then."""
    record = record_of(bank, id_)
    if record is None:
        return (), False
    return record.evidence, record.stamp != stamp


def ordered(found: set[Proof]) -> tuple[Proof, ...]:
    """Kinds of evidence, weakest first."""
    return tuple(proof for proof in PROOFS if proof in found)


def read(bank: Bank) -> dict[str, Record]:
    """The whole ledger."""
    return {id_: _record(id_, line) for id_, line in bank.ledger_lines().items()}


def _record(id_: str, line: str) -> Record:
    try:
        return msgspec.json.decode(line, type=Record)
    except msgspec.ValidationError as error:
        advice = "write the ledger anew with `quizkit verify --write`"
        raise Problem(f"{LEDGER}:1", f"{id_}: not a record: {error}; {advice}") from None


def write(root: Path, records: dict[str, Record]) -> None:
    """Writes the ledger, one line a question, so that a change is one line of a diff."""
    lines = [
        f"{msgspec.json.encode(id_).decode()}: {msgspec.json.encode(record).decode()}"
        for id_, record in sorted(records.items())
    ]
    text = "{\n" + ",\n".join(lines) + "\n}\n"
    path = root / LEDGER
    beside = path.with_suffix(".json.new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)
