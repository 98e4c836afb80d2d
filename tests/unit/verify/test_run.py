"""A whole bank verified: what changed, what the ledger says, which sources are answered."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from quizkit import evidence
from quizkit.bank.bank import Bank
from quizkit.evidence import Record
from quizkit.verify.run import (
    Result,
    coverage,
    ledger_faults,
    updated_ledger,
    verify,
    version_of,
)

Write = Callable[..., Path]
Open = Callable[..., Bank]

SOURCES = """
s-1: {title: One, topic: sizes, computable: yes}
s-2: {title: Two, topic: basics, computable: no}
s-3: {title: Three, topic: basics, computable: yes}
"""


@pytest.fixture
def reopen(tiny_files: dict[str, str], write_bank: Write) -> Iterator[Open]:
    """The tiny bank as its files are now, some of them changed."""
    write_bank(tiny_files)
    opened: list[Bank] = []

    def open_again(**changes: str) -> Bank:
        root = write_bank(changes)
        opened.append(Bank("tiny", root))
        return opened[-1]

    yield open_again
    for bank in opened:
        bank.db.close()


def run(bank: Bank, **more: Any) -> Result:
    return verify(bank, bank.rows(), **more)


def status(result: Result) -> dict[str, int]:
    found = [report.status for report in result.keys]
    return {each: found.count(each) for each in sorted(set(found))}


def wrote(bank: Bank, result: Result) -> None:
    evidence.write(bank.root, updated_ledger(bank, result))


def test_a_bank_is_verified_once_and_then_only_where_it_changed(
    reopen: Open, tiny_files: dict[str, str]
) -> None:
    bank = reopen()
    seen = []
    first = run(bank, jobs=2, progress=lambda done, total, name: seen.append((done, total, name)))
    assert status(first) == {"right": 10}
    assert [each[:2] for each in seen] == [(n, 10) for n in range(1, 11)]
    assert [report.id for report in first.keys] == [row.id.split(":")[1] for row in bank.rows()]
    assert first.evidence == {"cited": 3, "computed": 8, "agreed": 3, "measured": 0, "proved": 0}
    wrote(bank, first)

    again = run(reopen())
    assert status(again) == {"unchanged": 10}
    assert (again.evidence, again.ledger) == (first.evidence, ())

    text = tiny_files["questions/sizes.yaml"].replace("Twice {{row}}?", "Two times {{row}}?")
    edited = run(reopen(**{"questions/sizes.yaml": text}))
    assert status(edited) == {"right": 1, "unchanged": 9}
    assert edited.ledger == ()

    fresh = run(reopen(), fresh=True)
    assert status(fresh) == {"right": 10}
    assert fresh.ledger == ("sizes/doubled: changed since the ledger was written",)


def test_a_wrong_key_fails_and_leaves_the_ledger(reopen: Open, tiny_files: dict[str, str]) -> None:
    bank = reopen()
    wrote(bank, run(bank))
    text = tiny_files["questions/sizes.yaml"].replace("answer: [2, 4]", "answer: [2, 5]")
    bank = reopen(**{"questions/sizes.yaml": text})
    result = run(bank)
    assert [report.id for report in result.failures] == ["sizes/doubled"]
    ledger = updated_ledger(bank, result)
    assert "sizes/doubled" not in ledger
    assert len(ledger) == 9


def test_the_ledger_forgets_questions_that_are_no_more(
    reopen: Open, tiny_files: dict[str, str]
) -> None:
    bank = reopen()
    wrote(bank, run(bank))
    name = "questions/sizes.yaml"
    bank = reopen(**{name: tiny_files[name].replace("doubled:\n", "twofold:\n")})
    result = run(bank, fresh=True)
    assert result.ledger == (
        "sizes/twofold: not in the ledger",
        "sizes/doubled: no longer in the bank",
    )
    assert set(updated_ledger(bank, result)) == set(bank.ids())


def test_a_library_of_another_version_is_verified_anew(reopen: Open) -> None:
    bank = reopen()
    ledger = updated_ledger(bank, run(bank))
    heavy = {"sizes/doubled": replace(ledger["sizes/doubled"], versions={"numpy": "0.1"})}
    same = {
        "sizes/output-shape": replace(
            ledger["sizes/output-shape"], versions={"numpy": version_of("numpy")}
        )
    }
    evidence.write(bank.root, ledger | heavy | same)
    result = run(reopen())
    assert [report.id for report in result.keys if report.status == "right"] == ["sizes/doubled"]


def test_some_rows_are_verified_alone(reopen: Open) -> None:
    bank = reopen()
    rows = [row for row in bank.rows() if row.topic == "basics"]
    assert status(verify(bank, rows)) == {"right": 5}
    assert verify(bank, []).keys == ()


def test_the_record_of_a_question_says_how_it_is_known(reopen: Open) -> None:
    bank = reopen()
    record = updated_ledger(bank, run(bank))["sizes/rows-of-output"]
    assert record.stamp == bank.entry("sizes/rows-of-output").stamp
    assert record.evidence == ("cited", "computed", "agreed")
    assert (record.routes, record.variants, record.versions) == (("counting",), 5, {})


def test_libraries_of_a_witness_are_recorded(reopen: Open, tiny_files: dict[str, str]) -> None:
    marked = tiny_files["solvers/sizes.py"].replace(
        "    return sum(1 for start", "    import numpy\n    return sum(1 for start"
    )
    bank = reopen(**{"solvers/sizes.py": marked})
    ledger = updated_ledger(bank, run(bank))
    assert ledger["sizes/rows-of-output"].versions == {"numpy": version_of("numpy")}
    assert ledger["sizes/doubled"].versions == {}
    assert version_of("no-such-library") == ""


def cited(tiny_files: dict[str, str], source: str) -> dict[str, str]:
    name = "questions/basics.yaml"
    text = tiny_files[name].replace("answer: zero\n", f"answer: zero\n  sources: [{source}]\n")
    return {name: text, "questions/sources.yaml": SOURCES}


def test_coverage_counts_the_sources_that_are_answered(
    reopen: Open, tiny_files: dict[str, str]
) -> None:
    bank = reopen(**cited(tiny_files, "s-2"))
    found = coverage(bank)
    assert (found.sources, found.covered, found.missing) == (3, 1, ("s-1", "s-3"))
    assert bank.answers() == {"s-1": [], "s-2": ["basics/what-relu-does"], "s-3": []}


@pytest.mark.parametrize(("source", "failures"), [("s-2", 0), ("s-3", 1)])
def test_a_computable_source_demands_a_computed_key(
    reopen: Open, tiny_files: dict[str, str], source: str, failures: int
) -> None:
    result = run(reopen(**cited(tiny_files, source)))
    assert len(result.failures) == failures
    for report in result.failures:
        assert "its source s-3 can be computed; add a solver" in report.problems[-1]


def test_the_ledger_is_held_against_what_was_found(reopen: Open) -> None:
    bank = reopen()
    (report,) = (each for each in run(bank).keys if each.id == "sizes/doubled")
    right = Record(stamp=report.stamp, evidence=report.evidence)
    cases = [
        ({}, ["sizes/doubled: not in the ledger"]),
        ({report.id: right}, []),
        (
            {report.id: replace(right, stamp="x")},
            ["sizes/doubled: changed since the ledger was written"],
        ),
        (
            {report.id: replace(right, evidence=("proved",))},
            ["sizes/doubled: the ledger says proved; found computed"],
        ),
    ]
    for ledger, faults in cases:
        assert ledger_faults(ledger, [report]) == faults
    assert ledger_faults({}, [replace(report, status="unavailable")]) == []


def children() -> list[str]:
    """The command lines of this process's own children, where the system shows them."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        with suppress(OSError):
            if f"PPid:\t{os.getpid()}\n" in status.read_text():
                found.append(status.with_name("cmdline").read_text())
    return found


def test_an_interrupt_ends_the_workers(reopen: Open) -> None:
    def stop(done: int, total: int, name: str) -> None:
        raise KeyboardInterrupt

    for jobs in (1, 3):
        with pytest.raises(KeyboardInterrupt):
            run(reopen(), jobs=jobs, progress=stop)
        assert [process for process in children() if "quizkit.worker" in process] == []
