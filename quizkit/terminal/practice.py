"""`quizkit practice`: fresh exercises without end, harder as they go right; or a sheet of them."""

from __future__ import annotations

from contextlib import closing

import click

import quizkit
from quizkit.bank.bank import Row, Shelf
from quizkit.errors import UsageProblem
from quizkit.study.history import Asked, History
from quizkit.study.selection import Pace, next_exercise, paced
from quizkit.study.session import Session, extended
from quizkit.terminal.console import screen_for
from quizkit.terminal.play import Sitting, now
from quizkit.terminal.quiz import (
    COUNTS,
    SEED_RANGE,
    absolute,
    again,
    conduct,
    desk,
    fresh_seed,
    opened,
)

COUNT = 20


@click.command("practice", short_help="Fresh exercises without end, or a sheet of them.")
@click.argument("topics", nargs=-1)
@click.option("--seed", type=SEED_RANGE, help="The same seed draws the same numbers.")
@click.option("--plain", is_flag=True, help="Plain text, without colours and frames.")
@click.option("--write", "file", metavar="FILE", help="Write a sheet to FILE.md and FILE.jsonl.")
@click.option("--count", type=COUNTS, help=f"How many on the sheet. [default: {COUNT}]")
@click.option("--force", is_flag=True, help="Overwrite an earlier sheet.")
@click.pass_obj
def command(
    banks: tuple[str, ...],
    topics: tuple[str, ...],
    seed: int | None,
    plain: bool,
    file: str | None,
    count: int | None,
    force: bool,
) -> None:
    """Computed exercises with fresh numbers each time, graded at once, until you quit.

    Name TOPICS, or single questions, to draw from those only. Two right answers in a row make it
    harder, two wrong ones easier. With --write, a sheet of exercises to be answered later and
    graded by `quizkit grade`.
    """
    if file is None and (count or force):
        raise UsageProblem("--count and --force belong to --write FILE")
    chosen = fresh_seed() if seed is None else seed
    with closing(opened(banks)) as shelf:
        rows = _varying(shelf, topics)
        if file is None:
            asked = Asked(topics=topics, banks=absolute(banks))
            _practise(shelf, rows, chosen, asked, plain=plain)
        else:
            from quizkit.terminal.sheet import write

            write(shelf, rows, count or COUNT, chosen, file, force=force)


def _varying(shelf: Shelf, topics: tuple[str, ...]) -> list[Row]:
    """The questions whose numbers another seed changes."""
    rows = [row for row in shelf.rows(topics) if row.varies]
    if not rows:
        where = f" in {', '.join(topics)}" if topics else ""
        raise UsageProblem(f"there is no exercise with fresh numbers{where}; try `quizkit quiz`")
    return rows


def _practise(shelf: Shelf, rows: list[Row], seed: int, asked: Asked, *, plain: bool) -> None:
    with closing(History()) as history:
        stored = history.begin(
            kind="practice", seed=seed, plan=(), asked=asked, engine=quizkit.__version__, at=now()
        )
        sitting = Sitting(
            desk(screen_for(plain=plain), shelf, history), Session(number=stored.id, seed=seed)
        )
        conduct(
            sitting,
            lambda: _endless(sitting, rows),
            title="practice",
            again=lambda: again("practice", asked, seed),
            farewell="Saved.",
        )


def _endless(sitting: Sitting, rows: list[Row]) -> None:
    """One exercise after another, until the learner leaves or none can be asked."""
    pace = Pace()
    while rows:
        past = [outcome.id for outcome in sitting.session.outcomes]
        planned = next_exercise(rows, pace, sitting.session.seed, past)
        sitting.session = extended(sitting.session, planned)
        grade = sitting.ask(planned, f"exercise {len(past) + 1}")
        if sitting.session.outcomes[-1].event == "passed":
            rows = [row for row in rows if row.id != planned.id]  # it would fail again
        elif grade is not None:
            pace = paced(pace, grade.verdict)
            sitting.pause()
    sitting.desk.screen.notice("No exercise is left that can be asked here.")
