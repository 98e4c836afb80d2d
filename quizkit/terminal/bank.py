"""`quizkit bank`: what banks there are, what stands in them, and a start for a new question."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quizkit.errors import BankBroken, Exit, UsageProblem
from quizkit.terminal.authoring import echo_json, report, try_
from quizkit.terminal.clean import clean

if TYPE_CHECKING:
    from quizkit.bank.bank import Bank
    from quizkit.model import Entry, Variant

_json_option = click.option("--json", "as_json", is_flag=True, help="Report as JSON.")


@click.group("bank", short_help="Look at banks and write questions.")
def command() -> None:
    """Look at banks, their questions and their coverage, and write new questions."""


command.add_command(report)
command.add_command(try_)


@command.command("list")
@_json_option
@click.pass_obj
def list_(banks: tuple[str, ...], as_json: bool) -> None:
    """The banks at hand, where each comes from, and its topics.

    Banks of installed packages are only named: nothing of them runs until --bank names them.
    """
    from quizkit.bank.bank import installed, open_banks

    opened = open_banks(banks)
    listed = [_listed(bank) for bank in opened.banks]
    named = {bank.name for bank in opened.banks}
    listed += [
        {"name": name, "root": str(root), "open": False}
        for name, root in ({} if banks else installed()).items()
        if name not in named
    ]
    if as_json:
        echo_json(listed)
    else:
        for bank in listed:
            _print_bank(bank)
    if any("problems" in bank for bank in listed):
        raise click.exceptions.Exit(Exit.BROKEN)


def _listed(bank: Bank) -> dict[str, Any]:
    found: dict[str, Any] = {"name": bank.name, "root": str(bank.root), "open": True}
    try:
        rows = bank.rows()
    except BankBroken as error:
        return {**found, "problems": [str(problem) for problem in error.problems]}
    topics: dict[str, int] = {}
    for row in rows:
        topics[row.topic] = topics.get(row.topic, 0) + 1
    varying = sum(row.varies for row in rows)
    return {**found, "questions": len(rows), "varying": varying, "topics": topics}


def _print_bank(bank: dict[str, Any]) -> None:
    click.echo(clean(f"{bank['name']}  {bank['root']}"))
    if not bank["open"]:
        click.echo(clean(f"  not open; use it with --bank {bank['name']}"))
        return
    if "problems" in bank:
        click.echo(clean("\n".join(bank["problems"])))
        return
    click.echo(f"  {bank['questions']} questions, {bank['varying']} with fresh numbers each time")
    width = max(map(len, bank["topics"]), default=0)
    for topic, count in bank["topics"].items():
        click.echo(clean(f"  {topic:<{width}}  {count:>3}"))


@command.command("show")
@click.argument("identity", metavar="ID")
@click.option(
    "--seed", type=click.IntRange(0, 2**53), default=0, help="Which variant. [default: 0]"
)
@click.option("--key", is_flag=True, help="With key, mistakes, why and evidence.")
@_json_option
@click.pass_obj
def show(banks: tuple[str, ...], identity: str, seed: int, key: bool, as_json: bool) -> None:
    """One question as it is asked with a seed; --key shows what an answer is held against."""
    from quizkit.bank.bank import open_banks
    from quizkit.evidence import known
    from quizkit.variant import make
    from quizkit.worker import Compute

    shelf = open_banks(banks)
    entry = shelf.entry(identity)
    bank = shelf.bank_of(entry.id)
    proofs, stale = known(bank, entry.id.rpartition(":")[2], entry.stamp)
    with Compute(shelf) as compute:
        variant = make(entry, seed, compute.of(bank), proofs, stale=stale)
    if as_json:
        echo_json(_as_json(entry, variant, key=key))
        return
    _print_variant(entry, variant, key=key)


def _as_json(entry: Entry, variant: Variant, *, key: bool) -> dict[str, Any]:
    import msgspec

    from quizkit.values.carry import to_json

    secret = (
        "key",
        "steps",
        "solver",
        "asked",
        "why",
        "hints",
        "conventions",
        "misconceptions",
        "right_statement",
        "reference",
    )
    data = {name: getattr(variant, name) for name in variant.__struct_fields__}
    # The left sides of a match are numbered, since its right sides have the letters.
    mark, marks = (
        ("number", "12345678") if variant.kind in ("match", "parts") else ("letter", "abcdefgh")
    )
    data["options"] = [
        {mark: marks[n], "slug": option.slug, "text": option.text}
        | ({"because": option.because} if key else {})
        for n, option in enumerate(variant.options)
    ]
    data["key"] = to_json(variant.key)
    for part in ("conventions", "misconceptions"):
        data[part] = [
            {"name": each.name, "value": to_json(each.value), "because": each.because}
            for each in getattr(variant, part)
        ]
    if not key:
        data = {name: value for name, value in data.items() if name not in secret}
        for option in data["options"]:
            if option["slug"] == "key":  # of a computed choice, which would give it away
                del option["slug"]
    builtins: dict[str, Any] = msgspec.to_builtins({"where": entry.where, **data}, enc_hook=str)
    return builtins


def _print_variant(entry: Entry, variant: Variant, *, key: bool) -> None:
    from quizkit import grading
    from quizkit.terminal import plain, words
    from quizkit.terminal.console import screen_for
    from quizkit.values.show import show_rounded
    from quizkit.values.tolerance import read_tolerance

    screen = screen_for(plain=False)
    place = f"seed {variant.seed} · {entry.where}"
    screen.show(screen.views.question(variant, place, 0, keys=False, width=screen.width))
    if not key:
        return
    tolerance = read_tolerance(variant.within, variant.unit)
    rows = words.explanation(variant, grading.key_text(variant))
    rows += [
        (f"mistake {each.name}", f"{show_rounded(each.value, tolerance)}: {each.because}")
        for each in variant.misconceptions
    ]
    rows += [
        (f"convention {each.name}", show_rounded(each.value, tolerance))
        for each in variant.conventions
    ]
    rows += [(f"option {each.slug}", each.because) for each in variant.options if each.because]
    rows += [(f"hint {number}", text) for number, text in enumerate(variant.hints, 1)]
    click.echo(
        "\n".join(plain.wrapped(clean(f"{label}: {text}"), screen.width) for label, text in rows)
    )


@command.command("schema")
def schema() -> None:
    """The JSON Schema of a question file, for editors that complete and check YAML."""
    from quizkit.bank.schema import json_schema

    echo_json(json_schema())


@command.command("coverage")
@_json_option
@click.pass_obj
def coverage(banks: tuple[str, ...], as_json: bool) -> None:
    """Which source questions are answered by which questions."""
    from quizkit.bank.bank import open_banks

    found = [
        (item, [bank.prefix + id_ for id_ in answered[item.id]])
        for bank in open_banks(banks).banks
        for answered in [bank.answers()]
        for item in bank.source_questions()
    ]
    if as_json:
        echo_json(
            [
                {"id": item.id, "topic": item.topic, "title": item.title, "questions": ids}
                for item, ids in found
            ]
        )
        return
    topic = ""
    for item, ids in sorted(found, key=lambda each: each[0].topic):
        if item.topic != topic:
            topic = item.topic
            click.echo(clean(f"\n{topic}"))
        click.echo(clean(f"  {'✓' if ids else '·'} {item.id:<7} {item.title}"))
        for id_ in ids:
            click.echo(clean(f"            {id_}"))
    covered = sum(bool(ids) for _, ids in found)
    click.echo(f"\n{covered} of {len(found)} source questions answered")


@command.command("new")
@click.argument("identity", metavar="TOPIC/SLUG")
@click.pass_obj
def new(banks: tuple[str, ...], identity: str) -> None:
    """Add a commented starter question to the bank, to be changed into your own."""
    import msgspec

    from quizkit.bank.bank import open_banks
    from quizkit.bank.starter import add
    from quizkit.model import Slug

    topic, slash, slug = identity.partition("/")
    try:
        msgspec.convert([topic, slug], list[Slug])
    except msgspec.ValidationError:
        slash = ""
    if not slash:
        raise UsageProblem(
            f"found {identity!r}; expected TOPIC/SLUG of lower-case words joined by hyphens, "
            "such as cnn/output-size"
        )
    bank = open_banks(banks).banks[0]
    path, line = add(bank.root, topic, slug)
    shown = path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
    click.echo(clean(f"{shown}:{line}: a question to change; then `quizkit verify {topic}`"))
