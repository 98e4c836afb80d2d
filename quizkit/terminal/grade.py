"""`quizkit grade`: a file of answers, graded line by line."""

from __future__ import annotations

import sys
from typing import IO

import click

from quizkit.errors import Exit, UsageProblem


@click.command("grade", short_help="Grade a file of answers.")
@click.argument("file", type=click.File("rb"), metavar="FILE")
@click.option("--check", is_flag=True, help="Exit with 1 unless every answer is right.")
@click.option("--explain", is_flag=True, help="With each result, every step of the decision.")
@click.pass_obj
def command(banks: tuple[str, ...], file: IO[bytes], check: bool, explain: bool) -> None:
    """Grade FILE (- for standard input), one JSON object per line, to one result per line.

    A line is {"question": "cnn/valid-output-size", "seed": 3, "answer": "28"}, with the
    "fingerprint" of the question if it is to be refused after an edit. Unknown fields pass through.
    """
    import msgspec

    from quizkit.bank.bank import open_banks
    from quizkit.study.batch import Batch
    from quizkit.worker import Compute

    name = str(getattr(file, "name", "-"))
    if name.endswith(".md"):
        lines = name.removesuffix(".md") + ".jsonl"
        raise UsageProblem(f"{name} is for reading; grade the answers in {lines}")
    shelf = open_banks(banks)
    shelf.rows()  # a broken bank is said once, not at every line
    counts = {"right": 0, "graded": 0, "faults": 0}
    with Compute(shelf) as compute:
        for result in Batch(shelf, compute, explain=explain).grade(file):
            sys.stdout.write(msgspec.json.encode(result).decode() + "\n")
            sys.stdout.flush()
            counts["graded"] += 1
            counts["right"] += result["verdict"] == "right"
            counts["faults"] += "error" in result
    _summarise(counts)
    if check and counts["right"] < counts["graded"]:
        raise click.exceptions.Exit(Exit.WRONG)


def _summarise(counts: dict[str, int]) -> None:
    """On standard error, so that the results stay clean."""
    faults = f", {counts['faults']} could not be graded" if counts["faults"] else ""
    click.echo(f"{counts['right']} of {counts['graded']} right{faults}", err=True)
