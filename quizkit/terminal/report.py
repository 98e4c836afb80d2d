"""`quizkit report ID`: a doubtful key written up, with the solver's derivation and the learner's."""

from __future__ import annotations

import os
import platform
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import click

import quizkit
from quizkit.errors import QuizkitError, UsageProblem
from quizkit.grading import key_text
from quizkit.model import Entry, Given, Variant
from quizkit.study.history import Answer, History, data_home
from quizkit.terminal import words
from quizkit.terminal.clean import clean_line
from quizkit.terminal.console import is_terminal
from quizkit.terminal.markdown import escaped, listed, question, quoted, table
from quizkit.terminal.quiz import SEED_RANGE, opened
from quizkit.values.show import show

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from quizkit.bank.bank import Bank, Shelf
    from quizkit.worker import Compute

_LIBRARIES = ("numpy", "sympy", "torch")


@click.command("report", short_help="Write up a key that you doubt.")
@click.argument("id_", metavar="ID")
@click.option("--seed", type=SEED_RANGE, help="The variant. [default: the last one answered, or 0]")
@click.option("--output", metavar="FILE", help="Write to FILE instead of the screen.")
@click.pass_obj
def command(banks: tuple[str, ...], id_: str, seed: int | None, output: str | None) -> None:
    """Writes up as Markdown a key that you doubt: the question, how the key is known, your answers.

    Every route to the key is computed again. Send it to whoever keeps the bank.
    """
    with closing(opened(banks)) as shelf:
        entry = shelf.entry(id_)
        answers = _answers(entry.id)
        if seed is None:
            seed = answers[0].seed if answers else 0
        text = _written(shelf, entry, seed, answers)
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        with open(output, "x", encoding="utf-8") as stream:
            stream.write(text)
    except FileExistsError:
        raise UsageProblem(f"{output} exists already; choose another name") from None
    except OSError as error:
        raise UsageProblem(f"{output} cannot be written: {error.strerror}") from error


def _written(shelf: Shelf, entry: Entry, seed: int, answers: list[Answer]) -> str:
    from quizkit.terminal.play import with_evidence
    from quizkit.variant import make
    from quizkit.worker import Compute

    bank = shelf.bank_of(entry.id)
    with Compute(shelf) as compute:
        variant = with_evidence(make(entry, seed, compute.of(bank)), shelf)
        routes = list(_routes(bank, entry, variant, compute))
    parts = [
        f"# A doubtful key: `{entry.id}`",
        f"{words.about(variant)} · {variant.kind} · seed {seed} · `{entry.where}`",
        _section("The question", question(variant)),
        _section(
            "Parameters", listed((name, show(value)) for name, value in variant.given.items())
        ),
        _section("The key", quoted(key_text(variant))),
        _section("How it is known", _known(variant, entry, routes)),
        _section("My answers", _history(answers, entry.fingerprint)),
        _section("My derivation", quoted(_derivation())),
        _section("Why, as the bank says", escaped(variant.why)),
        _section("Source", escaped(variant.reference or "")),
        _section("Versions", listed(_versions(entry))),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _section(title: str, body: str) -> str:
    return f"## {title}\n\n{body}" if body else ""


def _known(variant: Variant, entry: Entry, routes: list[tuple[str, str, str]]) -> str:
    said = escaped(words.badge(variant.evidence, stale=variant.stale)) + "."
    if not routes:
        return f"{said} No program computes it."
    solver = f"Computed again now, with `{getattr(entry.question, 'solver', '')}`:"
    return f"{said} {solver}\n\n" + table(("route", "arguments", "value"), routes)


def _routes(
    bank: Bank, entry: Entry, variant: Variant, compute: Compute
) -> Iterator[tuple[str, str, str]]:
    """Each route to the key or to the quantity that decides a claim: its name, arguments, value."""
    solver = entry.question.solver
    if solver is None:
        return
    run = compute.of(bank)
    function = bank.functions()[solver]
    for label, arguments in _calls(entry, variant, function.parameters):
        for name in (solver, *(f"{solver}_by_{route}" for route in function.witnesses)):
            try:
                value = show(run(name, arguments))
            except QuizkitError as error:
                value = f"no value: {error}"
            yield f"{label}{name}", _arguments(arguments), value


def _calls(
    entry: Entry, variant: Variant, parameters: Collection[str]
) -> Iterator[tuple[str, Given]]:
    """What the solver is called with: once, or for a claim in each of its cases."""
    from quizkit.bank.check import expected_names
    from quizkit.bank.solvers import SUPPLIED
    from quizkit.model import ClaimQuestion
    from quizkit.variant import asked

    question = entry.question
    given = {**variant.given, **asked(question)}
    if isinstance(question, ClaimQuestion):
        own = expected_names(question)
        cases = [(f"{case.when}: ", case.given) for case in question.cases]
        said = [("as said: ", question.said), ("otherwise: ", question.rival)]
        for label, changed in cases or said:
            arguments = {**given, **changed}
            yield label, {name: value for name, value in arguments.items() if name not in own}
        return
    slugs = [option.slug for option in variant.options]
    needed = [name for name in SUPPLIED if name in parameters]
    yield "", {**given, **dict.fromkeys(needed, slugs)}


def _arguments(arguments: Given) -> str:
    return ", ".join(f"{name}={show(value)}" for name, value in arguments.items())


def _answers(id_: str) -> list[Answer]:
    """The learner's last answers; none where there is no history yet, and none is begun for this."""
    if not os.path.exists(os.path.join(data_home(), "history.sqlite")):
        return []
    with closing(History()) as history:
        return history.answers_to(id_)


def _history(answers: list[Answer], fingerprint: str) -> str:
    rows = [
        (
            answer.at,
            answer.raw or "",
            answer.verdict or "",
            str(answer.seed),
            "" if answer.fingerprint == fingerprint else "before the question was edited",
        )
        for answer in answers
    ]
    return table(("when", "answer", "verdict", "seed", ""), rows) if rows else ""


def _derivation() -> str:
    """How the learner works it out, asked for in a terminal; may be left empty."""
    if not (is_terminal(sys.stdin) and is_terminal(sys.stderr)):
        return ""
    text: str = click.prompt(
        "How do you work it out? (one line, Enter for nothing)",
        default="",
        show_default=False,
        err=True,
    )
    return clean_line(text)


def _versions(entry: Entry) -> Iterator[tuple[str, str]]:
    from importlib.metadata import PackageNotFoundError, version

    yield "quizkit", quizkit.__version__
    yield "question", entry.fingerprint
    yield "Python", f"{platform.python_version()} on {platform.system()}"
    for library in _LIBRARIES:
        try:
            yield library, version(library)
        except PackageNotFoundError:
            yield library, "not installed"
