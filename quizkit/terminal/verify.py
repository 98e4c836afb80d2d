"""`quizkit verify`: the answer keys of a bank, recomputed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

from quizkit.errors import Exit
from quizkit.terminal.clean import clean
from quizkit.terminal.progress import bar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizkit.bank.bank import Bank
    from quizkit.verify.report import Report
    from quizkit.verify.run import Result

_SHOWN = 8  # faults of the ledger that are listed


@click.command("verify", short_help="Recompute the answer keys of the bank.")
@click.argument("topics", nargs=-1)
@click.option("--fresh", is_flag=True, help="Recompute all, and hold the ledger against it.")
@click.option("--write", is_flag=True, help="Write what was found into the evidence ledger.")
@click.option(
    "--jobs", type=click.IntRange(1, 64), help="Workers at once. [default: the cores, at most 4]"
)
@click.option(
    "--seeds", type=click.IntRange(1, 1000), help="Variants tried per question. [default: 5]"
)
@click.option("--json", "as_json", is_flag=True, help="Report as JSON.")
@click.pass_obj
def command(
    banks: tuple[str, ...],
    topics: tuple[str, ...],
    fresh: bool,
    write: bool,
    jobs: int | None,
    seeds: int | None,
    as_json: bool,
) -> None:
    """Recompute the keys of TOPICS or single questions (all if none is named) by solvers and witnesses.

    A question is skipped while it, its code and its libraries are as the ledger knows them. Exits
    with 1 if any key is wrong, or, with --fresh, if the ledger differs.
    """
    from quizkit.bank.bank import named, open_banks

    results = []
    for bank in open_banks(banks).banks:
        rows = named(bank.rows(), topics)
        results.append((bank, _verified(bank, rows, fresh, write, jobs, seeds, quiet=as_json)))
    if as_json:
        _print_json([result for _, result in results])
    else:
        for bank, result in results:
            _print_result(bank, result, fresh=fresh, wrote=write)
    if any(result.failures or (result.ledger and not write) for _, result in results):
        raise click.exceptions.Exit(Exit.WRONG)


def _verified(
    bank: Bank,
    rows: Any,
    fresh: bool,
    write: bool,
    jobs: int | None,
    seeds: int | None,
    *,
    quiet: bool,
) -> Result:
    from quizkit.verify.run import verify

    more = {} if seeds is None else {"seeds": seeds}
    with bar(quiet) as progress:
        count = jobs or min(4, os.cpu_count() or 1)
        result = verify(bank, rows, fresh=fresh, jobs=count, progress=progress, **more)
    if write:
        from quizkit import evidence
        from quizkit.verify.run import updated_ledger

        evidence.write(bank.root, updated_ledger(bank, result))
    return result


def _print_json(results: list[Result]) -> None:
    import msgspec

    keys = [_as_json(report) for result in results for report in result.keys]
    kinds = results[0].evidence
    coverage = results[0].coverage
    document = {
        "questions": len(keys),
        "keys": keys,
        "evidence": {kind: sum(result.evidence[kind] for result in results) for kind in kinds},
        "coverage": {
            "sources": coverage.sources,
            "covered": coverage.covered,
            "missing": list(coverage.missing),
        },
        "ledger": [fault for result in results for fault in result.ledger],
        "seconds": round(sum(result.seconds for result in results), 3),
    }
    click.echo(msgspec.json.format(msgspec.json.encode(document)).decode())


def _as_json(report: Any) -> dict[str, Any]:
    names = ("id", "kind", "status", "evidence", "stated", "computed", "witnesses", "where")
    return {**{name: getattr(report, name) for name in names}, "problems": report.problems}


def _print_result(bank: Bank, result: Result, *, fresh: bool, wrote: bool) -> None:
    for report in result.failures:
        for problem in report.problems:
            click.echo(clean(f"{report.where}: {report.id}: {problem}"))
    missing = [report for report in result.keys if _lacks(report)]
    for report in missing:
        click.echo(clean(f"{report.where}: {report.id}: not fully verified: {_lacks(report)}"))
    if fresh and not wrote and result.ledger:
        _print_ledger(result.ledger)
    click.echo(_totals(bank, result, len(missing), wrote))


def _print_ledger(faults: Sequence[str]) -> None:
    """Where the ledger differs: a few lines, however many questions were edited, and the cure."""
    for fault in faults[:_SHOWN]:
        click.echo(f"questions/evidence.json: {fault}")
    if (more := len(faults) - _SHOWN) > 0:
        click.echo(f"questions/evidence.json: and {more} more like these; `--json` lists all")
    click.echo("write the ledger anew with `quizkit verify --write`")


def _lacks(report: Report) -> str:
    """What could not run here, such as a witness that needs torch; empty if all could."""
    if report.status == "unavailable":
        return report.problems[-1]
    if report.status != "right":
        return ""
    return next((state for state in report.witnesses.values() if state != "agrees"), "")


def _totals(bank: Bank, result: Result, missing: int, wrote: bool) -> str:
    kinds = ", ".join(f"{count} {kind}" for kind, count in result.evidence.items() if count)
    unchanged = sum(report.status == "unchanged" for report in result.keys)
    wrong = len(result.failures)
    lines = [
        f"{bank.name}: {_count(len(result.keys), 'question')}, {wrong or 'none'} wrong"
        + (f", {missing} not fully verified" if missing else "")
        + (f", {unchanged} unchanged since the ledger was written" if unchanged else "")
        + f"; {result.seconds:.1f} s",
        f"  keys: {kinds or 'no evidence'}",
    ]
    covered = result.coverage
    if covered.sources:
        lines.append(f"  source questions answered: {covered.covered} of {covered.sources}")
    if wrote:
        lines.append("  written to questions/evidence.json")
    return "\n".join(lines)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
