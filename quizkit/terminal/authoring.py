"""`quizkit bank try` and `bank report`: what an author wants to know of a question, and of the bank."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from quizkit.errors import Exit
from quizkit.terminal.clean import clean

if TYPE_CHECKING:
    from quizkit.bank.bank import Bank
    from quizkit.model import Variant
    from quizkit.verify.quality import Quality


@click.command("report")
@click.option("--json", "as_json", is_flag=True, help="Report as JSON.")
@click.option(
    "--time", "timed", is_flag=True, help="Verify each topic anew, and say how long it takes."
)
@click.pass_obj
def report(banks: tuple[str, ...], as_json: bool, timed: bool) -> None:
    """The bank from above: kinds, levels, difficulty and evidence by topic, and what a guesser could gain.

    Exits with 1 if a limit is not kept.
    """
    from quizkit.bank.bank import open_banks
    from quizkit.verify.quality import quality
    from quizkit.worker import Compute

    shelf = open_banks(banks)
    with Compute(shelf) as compute:
        found = {bank.name: quality(bank, compute.of(bank)) for bank in shelf.banks}
    for bank in shelf.banks if timed else ():
        _time(bank, found[bank.name])
    if as_json:
        echo_json(found)
    else:
        for name, each in found.items():
            _print_report(name, each)
    if not all(each.is_kept for each in found.values()):
        raise click.exceptions.Exit(Exit.WRONG)


def _time(bank: Bank, found: Quality) -> None:
    """Adds to each topic the seconds that its verification takes, by one process."""
    from quizkit.verify.run import verify

    rows = bank.rows()
    for slug, topic in found.topics.items():
        chosen = [row for row in rows if row.topic == slug]
        topic["seconds"] = round(verify(bank, chosen, fresh=True).seconds, 1)


def _print_report(name: str, found: Quality) -> None:
    from quizkit.terminal.console import screen_for
    from quizkit.terminal.plain import labelled

    width = screen_for(plain=True).width
    total = sum(topic["questions"] for topic in found.topics.values())
    click.echo(clean(f"{name}: {total} questions"))
    for slug, topic in found.topics.items():
        head = f"{topic['questions']}, {topic['varying']} with fresh numbers"
        parts = [head, *(_counted(topic[part]) for part in ("kinds", "levels", "evidence"))]
        parts.insert(-1, f"difficulty {_by_degree(topic['difficulty'])}")
        if "seconds" in topic:
            parts.append(f"verified in {topic['seconds']} s")
        click.echo(labelled([(clean(slug), "; ".join(parts))], width))
    click.echo("")
    for limit in found.limits:
        mark = "✓" if limit.kept else "✗"
        click.echo(
            labelled([(f"{mark} {limit.figure:.2f}", f"{limit.name} ({limit.bounds})")], width)
        )


def _by_degree(counts: dict[str, int]) -> str:
    return ", ".join(f"{degree}: {count}" for degree, count in sorted(counts.items()))


def _counted(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))


class _Tried(click.Command):
    """A command whose answers may begin with a minus: `-x*exp(-x)` is no option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """The arguments read, options by their names first, all else as it comes."""
        named = {name: each for each in self.get_params(ctx) for name in each.opts}
        rest, options, answers = iter(args), list[str](), list[str]()
        for each in rest:
            if each == "--":
                answers += rest
            elif each in named or each.startswith("--"):
                options.append(each)
                if each in named and not getattr(named[each], "is_flag", False):
                    options.append(next(rest, ""))
            else:
                answers.append(each)
        return super().parse_args(ctx, [*options, "--", *answers])


@click.command("try", cls=_Tried)
@click.argument("identity", metavar="ID")
@click.argument("answers", nargs=-1)
@click.option(
    "--seed", type=click.IntRange(0, 2**53), default=0, help="Which variant. [default: 0]"
)
@click.option("--json", "as_json", is_flag=True, help="Report as JSON.")
@click.pass_obj
def try_(
    banks: tuple[str, ...], identity: str, answers: tuple[str, ...], seed: int, as_json: bool
) -> None:
    """What the grader says to a question's key in other words, to near misses, and to ANSWERS.

    Exits with 1 if it takes a near miss, or does not take the key.
    """
    from quizkit.bank.bank import open_banks
    from quizkit.grading.tries import tries
    from quizkit.variant import make
    from quizkit.worker import Compute

    shelf = open_banks(banks)
    entry = shelf.entry(identity)
    with Compute(shelf) as compute:
        solve = compute.of(shelf.bank_of(entry.id))
        variant = make(entry, seed, solve)
        found = [
            _tried(each.raw, variant, solve) | {"because": each.because, "right": each.right}
            for each in tries(variant, solve)
        ]
        found += [_tried(raw, variant, solve) | {"because": "your own"} for raw in answers]
    if as_json:
        echo_json(found)
    else:
        _print_tried(variant, found)
    if any(_is_surprise(each) for each in found):
        raise click.exceptions.Exit(Exit.WRONG)


def _tried(raw: str, variant: Variant, solve: Any) -> dict[str, Any]:
    from quizkit import grading
    from quizkit.model import Misread

    reading = grading.read(raw, variant)
    if isinstance(reading, Misread):
        return {"answer": raw, "verdict": "misread", "feedback": reading.problem}
    grade = grading.grade(reading.value, variant, solve)
    return {"answer": raw, "verdict": grade.verdict, "feedback": grade.feedback}


def _is_surprise(tried: dict[str, Any]) -> bool:
    return "right" in tried and (tried["verdict"] == "right") != tried["right"]


def _print_tried(variant: Variant, found: list[dict[str, Any]]) -> None:
    from quizkit.terminal import plain
    from quizkit.terminal.console import screen_for

    width = screen_for(plain=True).width
    click.echo(plain.wrapped(variant.ask, width) + "\n")
    for each in found:
        mark = (
            "!!" if _is_surprise(each) else {"right": "✓", "partly": "◐"}.get(each["verdict"], "✗")
        )
        click.echo(clean(f"{mark:<2} {each['answer']}"))
        told = f"{each['because']}: {each['verdict']}"
        if each["verdict"] != "right":
            told += f". {each['feedback']}"
        click.echo(plain.wrapped(f"     {told}", width))
    surprises = sum(map(_is_surprise, found))
    click.echo(f"\n{len(found)} answers tried, {surprises} graded otherwise than they deserve")


def echo_json(data: Any) -> None:
    """Prints JSON for people."""
    import msgspec

    click.echo(msgspec.json.format(msgspec.json.encode(data)).decode())
