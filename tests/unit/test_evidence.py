"""The ledger: written line by line, read with care, stale when anything moved."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from quizkit.bank.bank import Bank
from quizkit.errors import Problem
from quizkit.evidence import LEDGER, Record, known, ordered, read, record_of, write

Write = Callable[..., Path]

RECORDS = {
    "sizes/one-third": Record(stamp="s", evidence=("computed",), variants=1),
    "basics/q": Record(
        stamp="t",
        evidence=("cited", "agreed"),
        routes=("counting",),
        variants=5,
        versions={"numpy": "2.0"},
        slow=("sizes.output_size",),
    ),
}


def opened(root: Path) -> Bank:
    return Bank("tiny", root)


def test_what_is_written_is_read(tiny: Bank) -> None:
    write(tiny.root, RECORDS)
    with closing(opened(tiny.root).db) as db:
        bank = opened(tiny.root)
        bank.__dict__["db"] = db
        assert read(bank) == RECORDS
        assert record_of(bank, "basics/q") == RECORDS["basics/q"]
        assert record_of(bank, "basics/none") is None


def test_each_question_has_one_line_and_the_order_is_fixed(tmp_path: Path) -> None:
    (tmp_path / "questions").mkdir()
    write(tmp_path, dict(reversed(RECORDS.items())))
    text = (tmp_path / LEDGER).read_text()
    assert text.splitlines() == [
        "{",
        '"basics/q": {"stamp":"t","evidence":["cited","agreed"],"routes":["counting"],'
        '"variants":5,"versions":{"numpy":"2.0"},"slow":["sizes.output_size"]},',
        '"sizes/one-third": {"stamp":"s","evidence":["computed"]}',
        "}",
    ]
    write(tmp_path, RECORDS)
    assert (tmp_path / LEDGER).read_text() == text
    assert [path.name for path in (tmp_path / "questions").iterdir()] == ["evidence.json"]


def test_an_empty_ledger_is_still_json(tmp_path: Path) -> None:
    (tmp_path / "questions").mkdir()
    write(tmp_path, {})
    assert (tmp_path / LEDGER).read_text().split() == ["{", "}"]


def test_evidence_is_stale_when_question_or_code_moved(
    tiny: Bank, tiny_files: dict[str, str], write_bank: Write
) -> None:
    stamp = tiny.entry("sizes/one-third").stamp
    assert known(tiny, "sizes/one-third", stamp) == ((), False)
    write(tiny.root, {"sizes/one-third": Record(stamp=stamp, evidence=("computed", "agreed"))})
    bank = opened(tiny.root)
    assert known(bank, "sizes/one-third", stamp) == (("computed", "agreed"), False)
    bank.db.close()
    write_bank({"solvers/sizes.py": tiny_files["solvers/sizes.py"] + "\n# edited\n"})
    bank = opened(tiny.root)
    moved = bank.entry("sizes/one-third").stamp
    assert known(bank, "sizes/one-third", moved) == (("computed", "agreed"), True)
    bank.db.close()


@pytest.mark.parametrize(
    "record", ["3", "null", "{}", '{"stamp": "s", "evidence": ["sworn"]}', '{"stamp": 1}']
)
def test_a_line_that_is_no_record_says_so(write_bank: Write, tiny: Bank, record: str) -> None:
    write_bank({LEDGER: f'{{"sizes/one-third": {record}}}'})
    bank = opened(tiny.root)
    for attempt in (lambda: known(bank, "sizes/one-third", "s"), lambda: read(bank)):
        with pytest.raises(Problem, match=r"evidence\.json:1: sizes/one-third: not a record.*anew"):
            attempt()
    bank.db.close()


def test_kinds_are_ordered_weakest_first() -> None:
    assert ordered({"proved", "cited", "agreed"}) == ("cited", "agreed", "proved")
    assert ordered(set()) == ()


def test_a_crash_while_writing_keeps_the_old_ledger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "questions").mkdir()
    write(tmp_path, RECORDS)
    before = (tmp_path / LEDGER).read_text()

    def fails(self: Path, target: Path) -> None:
        raise OSError("no space")

    monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(OSError, match="no space"):
        write(tmp_path, {})
    assert (tmp_path / LEDGER).read_text() == before
