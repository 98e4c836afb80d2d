"""`quizkit errata`: what the source articles say that does not hold, and how that is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from quizkit.terminal.clean import clean

if TYPE_CHECKING:
    from quizkit.bank.bank import Bank
    from quizkit.evidence import Measured

_MARKS = {"holds": "✓ holds", "fails": "✗ fails", "depends": "◐ depends"}


@click.command("errata", short_help="What widely read articles get wrong.")
@click.argument("topics", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Also the claims that hold.")
@click.option("--json", "as_json", is_flag=True, help="Report as JSON.")
@click.option(
    "--markdown", is_flag=True, help="As a page to read, by source; with --all the whole."
)
@click.pass_obj
def command(
    banks: tuple[str, ...],
    topics: tuple[str, ...],
    everything: bool,
    as_json: bool,
    markdown: bool,
) -> None:
    """List the claims of the sources that fail, or hold only under conditions, with the evidence.

    Name TOPICS to see those only.
    """
    from quizkit.bank.bank import open_banks

    shelf = open_banks(banks)
    shelf.rows(topics)  # says which topics there are, if one is unknown
    claims = [claim for bank in shelf.banks for claim in _claims(bank, topics)]
    shown = [claim for claim in claims if everything or claim["verdict"] != "holds"]
    if as_json:
        import msgspec

        click.echo(msgspec.json.format(msgspec.json.encode(shown)).decode())
        return
    if markdown:
        from quizkit.terminal.errata_page import page

        names = {key: name for bank in shelf.banks for key, name in bank.articles().items()}
        click.echo(clean(page(shown, names)), nl=False)
        return
    for claim in shown:
        _print(claim)
    counts = ", ".join(
        f"{sum(claim['verdict'] == verdict for claim in claims)} {verdict}" for verdict in _MARKS
    )
    click.echo(f"{len(claims)} claims tried: {counts}")


def _claims(bank: Bank, topics: tuple[str, ...]) -> list[dict[str, Any]]:
    from quizkit.evidence import known, record_of
    from quizkit.model import ClaimQuestion

    found = []
    for row in bank.rows():
        if row.kind != "claim" or (topics and row.topic not in topics):
            continue
        entry = bank.entry(row.id.rpartition(":")[2])
        question = entry.question
        assert isinstance(question, ClaimQuestion)
        proofs, stale = known(bank, entry.id, entry.stamp)
        record = record_of(bank, entry.id)
        found.append(
            {
                "id": row.id,
                "verdict": question.answer,
                "said": question.ask,
                "right": question.right,
                "when": [[case.when, case.verdict] for case in question.cases],
                "sources": question.sources,
                "evidence": proofs,
                "stale": stale,
                "solver": question.solver,
                "measured": {} if record is None else record.measured,
                "reference": question.reference,
            }
        )
    return found


def _figures(found: Measured) -> str:
    return f"median {found.effect:g} ({found.low:g} to {found.high:g}) over {found.seeds} seeds"


def _print(claim: dict[str, Any]) -> None:
    from quizkit.terminal.console import screen_for
    from quizkit.terminal.plain import labelled, wrapped

    width = screen_for(plain=True).width
    rows = [("said", claim["said"]), ("right", claim["right"])]
    rows += [(f"{verdict} when", when) for when, verdict in claim["when"]]
    evidence = ", ".join(claim["evidence"]) or "stated: not verified yet"
    by = f", by {claim['solver']}" if claim["solver"] else ""
    rows.append(("evidence", evidence + (" (stale)" if claim["stale"] else "") + by))
    rows += [
        ("measured", f"{case}: {_figures(found)}") for case, found in claim["measured"].items()
    ]
    rows += [("reference", claim["reference"])] if claim["reference"] else []
    sources = f" · {', '.join(claim['sources'])}" if claim["sources"] else ""
    click.echo(wrapped(clean(f"{_MARKS[claim['verdict']]} · {claim['id']}{sources}"), width))
    click.echo(labelled(rows, width) + "\n")
