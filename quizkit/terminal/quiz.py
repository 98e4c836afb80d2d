"""`quizkit quiz`: a session of questions, kept question by question."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING

import click

import quizkit
from quizkit.errors import Exit, UsageProblem
from quizkit.study.history import Answer, Asked, History, Stored
from quizkit.study.selection import SEEDS, plan
from quizkit.study.session import resumed, summary
from quizkit.terminal.clean import clean
from quizkit.terminal.console import Screen, is_interactive, screen_for
from quizkit.terminal.play import Desk, Left, Sitting, now

if TYPE_CHECKING:
    from quizkit.bank.bank import Shelf

COUNT = 10
COUNTS = click.IntRange(1, 1000)
SEED_RANGE = click.IntRange(0, 2**53)  # any JSON reader keeps these exactly


@click.command("quiz", short_help="Questions at the terminal, graded at once.")
@click.argument("topics", nargs=-1)
@click.option("-n", "--questions", type=COUNTS, help=f"How many. [default: {COUNT}]")
@click.option("--level", type=click.Choice(["fresher", "experienced"]), help="Only this level.")
@click.option("--seed", type=SEED_RANGE, help="The same seed gives the same quiz.")
@click.option("--plain", is_flag=True, help="Plain text, without colours and frames.")
@click.option("--resume/--new", default=None, help="Go on with an unfinished quiz, or do not ask.")
@click.pass_obj
def command(
    banks: tuple[str, ...],
    topics: tuple[str, ...],
    questions: int | None,
    level: str | None,
    seed: int | None,
    plain: bool,
    resume: bool | None,
) -> None:
    """Questions at the terminal, graded at once, each with its evidence.

    Every answer is saved before the next question comes. Name TOPICS, or
    single questions such as cnn/receptive-field, to choose from those only.
    """
    asked = Asked(topics=topics, level=level, banks=absolute(banks))
    is_bare = not (topics or level or questions or seed is not None)
    if resume and not is_bare:
        raise UsageProblem("--resume goes on with the quiz as it was begun: name nothing else")
    with closing(History()) as history:
        screen = screen_for(plain=plain)
        stored = _to_resume(history, screen, asked, resume, is_bare and not banks)
        with closing(opened(stored.asked.banks if stored and not banks else banks)) as shelf:
            if stored is None:
                stored = _begun(history, shelf, asked, questions or COUNT, seed)
            session = resumed(stored, history.events_of(stored.id))
            _play(Sitting(desk(screen, shelf, history), session), stored)


def opened(banks: tuple[str, ...]) -> Shelf:
    """The banks to ask from."""
    from quizkit.bank.bank import open_banks

    return open_banks(banks)


def desk(screen: Screen, shelf: Shelf, history: History) -> Desk:
    """A desk with a compute of its own; `close` it after use."""
    from quizkit.worker import Compute

    return Desk(screen=screen, shelf=shelf, compute=Compute(shelf), history=history)


def conduct(
    sitting: Sitting,
    ask_all: Callable[[], None],
    *,
    title: str,
    again: Callable[[], str],
    farewell: str,
) -> None:
    """Asks, and sums up; whatever ends a session early, all is saved, and it is said how to go on."""
    screen = sitting.desk.screen
    try:
        ask_all()
        _show_summary(sitting, title, again)
    except Left:
        _show_summary(sitting, title, again)
        screen.notice(farewell.format(place=sitting.session.position + 1))
    except KeyboardInterrupt:
        sys.stdout.write("\n")
        screen.notice(farewell.format(place=sitting.session.position + 1))
        raise
    finally:
        sitting.desk.compute.close()


def _show_summary(sitting: Sitting, title: str, again: Callable[[], str]) -> None:
    screen = sitting.desk.screen
    if sitting.session.outcomes:
        found = summary(sitting.session)
        screen.show(screen.views.summary(found, title, again(), width=screen.width))


def _play(sitting: Sitting, stored: Stored) -> None:
    count = len(stored.plan)

    def ask_all() -> None:
        sitting.settle()
        while (planned := sitting.session.current) is not None:
            grade = sitting.ask(planned, f"{sitting.session.position + 1} of {count}")
            if grade is not None and (sitting.session.current is not None or sitting.can_mark):
                sitting.pause()

    conduct(
        sitting,
        ask_all,
        title="quiz",
        again=lambda: again("quiz", stored.asked, stored.seed, "--questions", str(count)),
        farewell=f"Saved. `quizkit quiz --resume` goes on at question {{place}} of {count}.",
    )


def _begun(history: History, shelf: Shelf, asked: Asked, count: int, seed: int | None) -> Stored:
    """A new quiz, stored with its whole plan."""
    rows = shelf.rows(asked.topics, asked.level)
    if not rows:
        where = f" in {', '.join(asked.topics)}" if asked.topics else ""
        raise UsageProblem(f"there is no {asked.level or ''} question{where}".replace("  ", " "))
    seed = fresh_seed() if seed is None else seed
    return history.begin(
        kind="quiz",
        seed=seed,
        plan=plan(rows, count, seed),
        asked=asked,
        engine=quizkit.__version__,
        at=now(),
    )


def fresh_seed() -> int:
    """Six digits that nobody chose."""
    return int.from_bytes(os.urandom(4), "big") % SEEDS


def _to_resume(
    history: History, screen: Screen, asked: Asked, wanted: bool | None, is_bare: bool
) -> Stored | None:
    """The unfinished quiz that the learner goes on with; None to begin a new one."""
    stored = history.unfinished()
    if stored is None:
        if wanted:
            raise UsageProblem("there is no unfinished quiz; begin one with `quizkit quiz`")
        return None
    if wanted is None and is_interactive() and (is_bare or stored.asked == asked):
        wanted = _is_accepted(history, screen, stored)
        if not wanted:
            history.add(_closed(stored))
    elif wanted is None:
        where = f"A quiz was left at {_where(history, stored)}"
        click.echo(f"{where}: `quizkit quiz --resume` goes on with it.", err=True)
    return stored if wanted else None


def _is_accepted(history: History, screen: Screen, stored: Stored) -> bool:
    """Asks whether to go on; Enter says yes."""
    begun = clean(", ".join(stored.asked.topics) or "all topics")
    screen.notice(f"You left a quiz ({begun}) at {_where(history, stored)}. Go on with it? [Y/n]")
    ask = screen.key if screen.keys else screen.line
    try:
        return not ask(lambda: None).strip().lower().startswith("n")
    except EOFError:
        raise click.exceptions.Exit(Exit.FINE) from None


def _where(history: History, stored: Stored) -> str:
    position = resumed(stored, history.events_of(stored.id)).position
    return f"question {position + 1} of {len(stored.plan)}"


def _closed(stored: Stored) -> Answer:
    """The event that says: this quiz is not to be offered again."""
    return Answer(
        session=stored.id, position=0, event="closed", engine=quizkit.__version__, at=now()
    )


def again(command: str, asked: Asked, seed: int, *options: str) -> str:
    """The command that asks the same questions with the same numbers."""
    from shlex import join

    banks = [part for bank in asked.banks for part in ("--bank", bank)]
    level = ["--level", asked.level] if asked.level else []
    return join(["quizkit", *banks, command, *asked.topics, *options, *level, "--seed", str(seed)])


def absolute(banks: tuple[str, ...]) -> tuple[str, ...]:
    """Folders so that they are found from anywhere; names as they are."""
    return tuple(os.path.abspath(bank) if os.path.isdir(bank) else bank for bank in banks)
