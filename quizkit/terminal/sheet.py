"""A sheet of exercises: Markdown to read, JSON lines to answer in; neither holds a key."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from quizkit.errors import QuizkitError, UsageProblem
from quizkit.model import Variant
from quizkit.study.selection import plan
from quizkit.terminal import words
from quizkit.terminal.clean import clean
from quizkit.terminal.markdown import escaped, question

if TYPE_CHECKING:
    from quizkit.bank.bank import Row, Shelf

_SPARE = 3  # times as many are drawn, to replace what cannot be asked or repeats itself


def write(
    shelf: Shelf, rows: Sequence[Row], count: int, seed: int, file: str, *, force: bool
) -> None:
    """Writes FILE.md and FILE.jsonl; refuses to overwrite unless forced."""
    stem = re.sub(r"\.(md|jsonl)$", "", file)
    paths = [f"{stem}.md", f"{stem}.jsonl"]
    present = [path for path in paths if os.path.lexists(path)]
    if present and not force:
        raise UsageProblem(f"{' and '.join(present)} exist already; --force overwrites")
    exercises = _exercises(shelf, rows, count, seed)
    if not exercises:
        raise QuizkitError("no exercise can be drawn here; the lines above say why")
    texts = [_markdown(exercises, os.path.basename(paths[1]), seed), _lines(exercises)]
    for path, text in zip(paths, texts, strict=True):
        _replace(path, text)
    click.echo(f"{paths[0]}: {len(exercises)} exercises to read")
    click.echo(f"{paths[1]}: write each answer into its line, then `quizkit grade {paths[1]}`")


def _exercises(shelf: Shelf, rows: Sequence[Row], count: int, seed: int) -> list[Variant]:
    """Different exercises, the easier first."""
    from quizkit.variant import make
    from quizkit.worker import Compute

    found: dict[tuple[str, str], Variant] = {}
    broken: set[str] = set()
    with Compute(shelf) as compute:
        for planned in plan(rows, _SPARE * count, seed):
            if len(found) == count:
                break
            if planned.id in broken:
                continue
            try:
                entry = shelf.entry(planned.id)
                variant = make(entry, planned.seed, compute.of(shelf.bank_of(entry.id)))
            except QuizkitError as error:
                broken.add(planned.id)
                click.echo(f"{planned.id} is left out: {clean(str(error))}", err=True)
                continue
            found.setdefault((variant.id, variant.ask), variant)
    return sorted(found.values(), key=lambda variant: variant.difficulty)


def _markdown(exercises: Sequence[Variant], lines: str, seed: int) -> str:
    head = [
        "# Exercises",
        f"{len(exercises)} exercises, seed {seed}. Write each answer into its line of `{lines}`,"
        f' between the quotes of `"answer": ""`, then run `quizkit grade {lines}`.',
    ]
    return "\n\n".join([*head, *(_exercise(n, v) for n, v in enumerate(exercises, 1))]) + "\n"


def _exercise(number: int, variant: Variant) -> str:
    title = f"## {number}. {escaped(words.about(variant))} · {words.dots(variant.difficulty)}"
    return f"{title}\n\n{question(variant)}"


def _lines(exercises: Sequence[Variant]) -> str:
    """One JSON object an exercise, its answer empty."""
    from msgspec.json import encode

    rows = [
        {
            "question": variant.id,
            "seed": variant.seed,
            "answer": "",
            "fingerprint": variant.fingerprint,
            "ask": clean(variant.ask),
        }
        for variant in exercises
    ]
    return "".join(encode(row).decode() + "\n" for row in rows)


def _replace(path: str, text: str) -> None:
    """Writes beside and renames, so that nothing half-written replaces what was there."""
    beside = f"{path}.new"
    try:
        with open(beside, "w", encoding="utf-8") as stream:
            stream.write(text)
        os.replace(beside, path)
    except OSError as error:
        raise UsageProblem(f"{path} cannot be written: {error.strerror}") from error
