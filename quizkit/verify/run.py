"""Verifies a bank: only what changed unless asked for all, several workers at once, then the ledger."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING

from msgspec import Struct

from quizkit import evidence
from quizkit.bank.bank import Bank, Row
from quizkit.bank.uses import functions_of, rests_on, steps_of
from quizkit.evidence import Record
from quizkit.model import PROOFS, AnyQuestion, Entry, Given, TextQuestion, Value
from quizkit.verify.report import SEEDS, Report

if TYPE_CHECKING:
    from quizkit.bank.index import Function

SECONDS = 120.0  # for one call; the first may import torch on a busy machine
SLOW = 0.005  # seconds; a solver above this is left to the worker even if it is light

COMPUTED = {"computed", "measured"}

Progress = Callable[[int, int, str], None]
Call = Callable[[str, Given], tuple[Value, float]]


class Coverage(Struct, frozen=True, kw_only=True):
    """Which source questions are answered by a question of the bank."""

    sources: int
    covered: int
    missing: tuple[str, ...]


class Result(Struct, frozen=True, kw_only=True):
    """A verification: a report per question, faults of the ledger, coverage and time."""

    keys: tuple[Report, ...]
    ledger: tuple[str, ...]
    evidence: dict[str, int]
    coverage: Coverage
    seconds: float

    @property
    def failures(self) -> list[Report]:
        """The questions that do not keep their promises."""
        return [report for report in self.keys if report.status in ("wrong", "broken")]


def verify(
    bank: Bank,
    rows: Sequence[Row],
    *,
    fresh: bool = False,
    jobs: int = 1,
    seeds: int = SEEDS,
    progress: Progress | None = None,
) -> Result:
    """Checks these questions of a bank; one with a current record in the ledger only if `fresh`."""
    began = time.perf_counter()
    ledger = evidence.read(bank)
    stamps = bank.stamps()
    ids = [row.id.rpartition(":")[2] for row in rows]
    current = {} if fresh else _current(ledger, stamps, ids)
    entries = [bank.entry(id_) for id_ in ids if id_ not in current]
    reports = {report.id: report for report in _checked(bank, entries, jobs, seeds, progress)}
    for row, id_ in zip(rows, ids, strict=True):
        if id_ in current:
            reports[id_] = _unchanged(row, id_, current[id_])
    reports = _demanding_computation(bank, reports, ledger)
    ordered = tuple(reports[id_] for id_ in ids)
    gone = [f"{id_}: no longer in the bank" for id_ in sorted(ledger.keys() - stamps.keys())]
    return Result(
        keys=ordered,
        ledger=(*ledger_faults(ledger, ordered), *gone) if fresh else (),
        evidence={proof: sum(proof in report.evidence for report in ordered) for proof in PROOFS},
        coverage=coverage(bank),
        seconds=time.perf_counter() - began,
    )


def _current(
    ledger: dict[str, Record], stamps: dict[str, str], ids: list[str]
) -> dict[str, Record]:
    """The records that hold for the question, the code and the libraries as they are now."""
    installed: dict[str, str] = {}
    current = {}
    for id_ in ids:
        record = ledger.get(id_)
        if record is None or record.stamp != stamps[id_]:
            continue
        for name in record.versions:
            if name not in installed:
                installed[name] = version_of(name)
        if all(installed[name] == version for name, version in record.versions.items()):
            current[id_] = record
    return current


def version_of(library: str) -> str:
    """The installed version, without a build's own suffix; empty where it is not installed.

    Read off the name of its `.dist-info` folder: importlib.metadata alone would double the time of a
    verification in which nothing changed.
    """
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")
        except OSError:
            continue
        for name in names:
            found, _, version = name.removesuffix(".dist-info").partition("-")
            if found == library and name.endswith(".dist-info"):
                return version.partition("+")[0]
    return ""


def _unchanged(row: Row, id_: str, record: Record) -> Report:
    return Report(
        id=id_,
        kind=row.kind,
        where="",
        status="unchanged",
        stamp=record.stamp,
        evidence=record.evidence,
        witnesses=dict.fromkeys(record.routes, "agrees"),
        variants=record.variants,
        slow=record.slow,
        measured=record.measured,
    )


def _checked(
    bank: Bank, entries: list[Entry], jobs: int, seeds: int, progress: Progress | None
) -> list[Report]:
    """The reports of these questions, worked out by `jobs` workers."""
    if not entries:
        return []
    from concurrent.futures import CancelledError, ThreadPoolExecutor, as_completed
    from threading import Event, local

    from quizkit.worker import Worker

    functions = bank.functions()
    mine = local()
    stopping = Event()
    workers: list[Worker] = []

    def one(entry: Entry) -> Report:
        if not hasattr(mine, "worker"):
            mine.worker = Worker(bank.place, SECONDS)
            workers.append(mine.worker)
        return _timed(entry, functions, call, seeds)

    def call(name: str, given: Given) -> tuple[Value, float]:
        if stopping.is_set():  # else this thread would start another worker
            raise CancelledError
        return mine.worker.call(name, given), mine.worker.took

    def close() -> None:
        for worker in workers:
            worker.close()

    reports = []
    with ExitStack() as stack:
        stack.callback(close)  # when all threads have ended
        threads = stack.enter_context(ThreadPoolExecutor(jobs))
        try:
            waiting = [threads.submit(one, entry) for entry in entries]
            for done, future in enumerate(as_completed(waiting), 1):
                reports.append(future.result())
                if progress is not None:
                    progress(done, len(entries), reports[-1].id)
        except BaseException:
            stopping.set()
            threads.shutdown(wait=False, cancel_futures=True)
            close()  # ends the calls that the threads wait for
            raise
    return reports


def _timed(entry: Entry, functions: dict[str, Function], call: Call, seeds: int) -> Report:
    from msgspec.structs import replace

    from quizkit.verify.keys import check, remembering

    fastest: dict[str, float] = {}

    def timed(name: str, given: Given) -> Value:
        value, took = call(name, given)
        fastest[name] = min(took, fastest.get(name, took))
        return value

    report = check(entry, functions, remembering(timed), seeds)
    light = sorted(name for name in fastest if not functions[name].libraries)
    return replace(report, slow=tuple(name for name in light if fastest[name] > SLOW))


def _demanding_computation(
    bank: Bank, reports: dict[str, Report], ledger: dict[str, Record]
) -> dict[str, Report]:
    """A question that answers a computable source must have a key that is computed.

    A text has key points instead, of which at least one then rests on a question with such a key. A
    claim tries one statement of its source, which may be a matter of reference. That each such
    source has a computed key all the same is a limit of `bank report`.
    """
    if not any(report.status == "right" for report in reports.values()):
        return reports
    from msgspec.structs import replace

    proofs = {id_: record.evidence for id_, record in ledger.items()}
    proofs |= {id_: report.evidence for id_, report in reports.items()}
    computed = {id_ for id_, found in proofs.items() if COMPUTED.intersection(found)}
    computable = {item.id for item in bank.source_questions() if item.computable == "yes"}
    for id_, report in list(reports.items()):
        if report.status != "right" or report.kind == "claim" or id_ in computed:
            continue
        question = bank.entry(id_).question
        owed = sorted(computable.intersection(question.sources))
        if problem := _uncomputed(question, owed, computed):
            reports[id_] = replace(report, status="wrong", problems=(*report.problems, problem))
    return reports


def _uncomputed(question: AnyQuestion, owed: list[str], computed: set[str]) -> str | None:
    """What is missing of a question whose own key is not computed, or nothing."""
    pillars = rests_on(question)
    for id_ in pillars:
        if id_ not in computed:
            return f"a point rests on {id_}, whose key is not computed, or not verified yet"
    if not owed or pillars:
        return None
    cure = "add `rests_on` to a point" if isinstance(question, TextQuestion) else "add a solver"
    return f"the key is only cited, but its source {owed[0]} can be computed; {cure}"


def coverage(bank: Bank) -> Coverage:
    """How far the bank answers the source questions that it sets out to answer."""
    answered = bank.answers()
    missing = tuple(source for source, ids in answered.items() if not ids)
    covered = len(answered) - len(missing)
    return Coverage(sources=len(answered), covered=covered, missing=missing)


def ledger_faults(ledger: dict[str, Record], reports: Sequence[Report]) -> list[str]:
    """Where the ledger differs from what was just found; its cure is `verify --write`."""
    faults = []
    for report in reports:
        record = ledger.get(report.id)
        if not report.is_complete:
            continue
        if record is None:
            faults.append(f"{report.id}: not in the ledger")
        elif record.stamp != report.stamp:
            faults.append(f"{report.id}: changed since the ledger was written")
        elif record.evidence != report.evidence:
            held = ", ".join(record.evidence)
            faults.append(
                f"{report.id}: the ledger says {held}; found {', '.join(report.evidence)}"
            )
    return faults


def updated_ledger(bank: Bank, result: Result) -> dict[str, Record]:
    """The ledger with this result in it, and without questions that are no more."""
    functions = bank.functions()
    stamps = bank.stamps()
    records = {id_: record for id_, record in evidence.read(bank).items() if id_ in stamps}
    for report in result.keys:
        if report.status in ("wrong", "broken"):
            records.pop(report.id, None)
        elif report.is_complete:
            records[report.id] = _record(report, bank.entry(report.id), functions)
    return records


def _record(report: Report, entry: Entry, functions: dict[str, Function]) -> Record:
    used = functions_of(entry.question)
    solvers = {entry.question.solver, *steps_of(entry.question).values()}
    witnesses = {f"{solver}_by_{route}" for solver in solvers for route in report.witnesses}
    used |= witnesses & functions.keys()
    libraries = sorted({library for name in used for library in functions[name].libraries})
    return Record(
        stamp=report.stamp,
        evidence=report.evidence,
        routes=tuple(sorted(report.witnesses)),
        variants=report.variants,
        versions={library: version_of(library) for library in libraries},
        slow=report.slow,
        measured=report.measured,
    )
