"""The built-in bank keeps its promises: topic by topic, key by key, in its own words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

from quizkit import evidence
from quizkit.bank.bank import Bank
from quizkit.verify.run import ledger_faults, updated_ledger, verify

Write = Callable[..., Path]

ROOT = Path(__file__).parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"
TOPICS = sorted(
    {path.name.split(".")[0] for path in (ROOT / "questions").glob("*.yaml")} - {"sources"}
)
RUN = 8  # words in a row that are no accident


@pytest.mark.parametrize("topic", TOPICS)
def test_the_keys_of_a_topic_are_as_the_ledger_says(built_in_bank: Bank, topic: str) -> None:
    """What the ledger holds for these questions and this code; other libraries are tried anew."""
    rows = [row for row in built_in_bank.rows() if row.topic == topic]
    assert rows
    ledger, stamps = evidence.read(built_in_bank), built_in_bank.stamps()
    stale = [
        row.id for row in rows if row.id not in ledger or ledger[row.id].stamp != stamps[row.id]
    ]
    assert stale == [], "try them with `quizkit verify`, then write the ledger with `--write`"
    result = verify(built_in_bank, rows)
    assert [f"{each.where}: {each.id}: {each.problems}" for each in result.failures] == []
    assert ledger_faults(ledger, result.keys) == []


def test_the_ledger_holds_no_other_questions(built_in_bank: Bank) -> None:
    assert set(evidence.read(built_in_bank)) <= set(built_in_bank.ids())


def test_a_changed_question_would_be_seen(
    tiny: Bank, tiny_files: dict[str, str], write_bank: Write
) -> None:
    name = "questions/sizes.yaml"
    evidence.write(tiny.root, updated_ledger(tiny, verify(tiny, tiny.rows())))
    write_bank({name: tiny_files[name].replace("answer: [4, 6, 6]", "answer: [4, 6, 7]")})
    bank = Bank("tiny", tiny.root)
    assert [report.id for report in verify(bank, bank.rows()).failures] == ["sizes/output-shape"]
    write_bank({name: tiny_files[name].replace("The shape of", "Which shape have")})
    bank.db.close()
    bank = Bank("tiny", tiny.root)
    faults = ledger_faults(evidence.read(bank), verify(bank, bank.rows()).keys)
    assert faults == ["sizes/output-shape: changed since the ledger was written"]
    bank.db.close()


def test_every_topic_of_the_sources_has_questions(built_in_bank: Bank) -> None:
    wanted = {source.topic for source in built_in_bank.source_questions()}
    assert wanted - set(built_in_bank.topics()) == set()
    assert set(built_in_bank.topics()) == set(TOPICS)


# --- In our own words -----------------------------------------------------------------------------


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def runs(text: str) -> Iterator[tuple[str, ...]]:
    """All runs of words; numbers alone are no wording."""
    found = words(text)
    for at in range(len(found) - RUN + 1):
        run = tuple(found[at : at + RUN])
        if not all(word.isdigit() for word in run):
            yield run


def texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from texts(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from texts(value)


def copied(bank: Bank, originals: set[tuple[str, ...]]) -> list[str]:
    """Where a question has a run of words from the originals."""
    return [
        f"{id_}: {' '.join(run)}"
        for id_ in bank.ids()
        for text in texts(msgspec.to_builtins(bank.entry(id_).question))
        for run in runs(text)
        if run in originals
    ]


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the source articles are not at hand")
def test_nothing_is_copied_from_the_sources(built_in_bank: Bank) -> None:
    articles = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    assert articles
    originals = {run for article in articles for run in runs(article)}
    assert len(originals) > 1000
    assert copied(built_in_bank, originals) == []


def test_a_copy_would_be_seen(tiny: Bank) -> None:
    article = "As said, a kernel of {{kernel}} on a LINE of {{size}} with stride."
    assert copied(tiny, set(runs(article))) == [
        "sizes/rows-of-output: a kernel of kernel on a line of",
        "sizes/rows-of-output: kernel of kernel on a line of size",
        "sizes/rows-of-output: of kernel on a line of size with",
        "sizes/rows-of-output: kernel on a line of size with stride",
    ]
    assert copied(tiny, set(runs("a kernel of kernel on a plane of size"))) == []


def test_every_question_file_can_be_read_without_the_c_parser() -> None:
    """libyaml takes some plain scalars that PyYAML's own parser refuses, such as `[why?]`."""
    for path in sorted((ROOT / "questions").glob("*.yaml")):
        assert list(yaml.parse(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)), path


def test_the_pure_parser_is_the_stricter_one() -> None:
    with pytest.raises(yaml.YAMLError):
        list(yaml.parse("hints: [Which one?]", Loader=yaml.SafeLoader))
