"""`make bench`: the budgets, as ratios of CPU time measured in turn in one run.

Each figure is a command's user and system time as a whole process, the yardstick's measured right
before it; the median of the pairwise ratios is compared with the budget.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

RUNS = 15

PLAIN = [sys.executable, "-c", "import click, sqlite3"]
RICH = [sys.executable, "-c", "import click, sqlite3, rich.console, rich.panel, rich.table"]
QUIZKIT = [str(Path(sys.executable).parent / "quizkit")]


def cpu(command: list[str], environment: dict[str, str]) -> float:
    """User and system seconds of a command and all that it started."""
    before = spent()
    subprocess.run(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    return spent() - before


# The worker starts once the first prompt is on the screen: there the process ends itself, so that
# nothing after the prompt is counted.
TO_PROMPT = """
import os, sys
from quizkit.terminal import app

def run_to_prompt(arguments, run=app._run):
    from quizkit.terminal.group import LazyGroup

    def get_command(self, context, name, found=LazyGroup.get_command):
        command = found(self, context, name)
        from quizkit.worker import Compute
        Compute.warm = lambda self: (sys.stdout.flush(), os._exit(0))
        return command

    LazyGroup.get_command = get_command
    return run(arguments)

app._run = run_to_prompt
sys.argv = ["quizkit", "quiz", "--new", *sys.argv[1:]]
app.main()
"""


def to_plain_prompt(environment: dict[str, str]) -> float:
    """The same for a quiz in a pipe, until its first prompt stands."""
    return cpu([sys.executable, "-c", TO_PROMPT, "--plain"], environment)


def to_rich_prompt(environment: dict[str, str]) -> float:
    """The same for a quiz on a terminal."""
    import pexpect

    before = spent()
    terminal = {**environment, "TERM": "xterm-256color"}
    child = pexpect.spawn(
        sys.executable, ["-c", TO_PROMPT], env=terminal, dimensions=(40, 80), encoding="utf-8"
    )
    child.expect(pexpect.EOF, timeout=30)
    assert "quit" in child.before  # the footer below the first question
    child.close()
    return spent() - before


def spent() -> float:
    """User and system seconds of all children that ended so far."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def ratio(
    measure: Callable[[], float], yardstick: Callable[[], float]
) -> tuple[float, float, float]:
    """The smallest, median and largest of the pairwise ratios, after one pair to warm up."""
    measure(), yardstick()
    found = [measure() / yardstick() for _ in range(RUNS)]
    return min(found), statistics.median(found), max(found)


def row(name: str, budget: float, found: tuple[float, float, float]) -> None:
    low, middle, high = found
    mark = "within" if middle <= budget else "OVER"
    print(
        f"{name:<44} {middle:5.2f}  ({low:.2f} to {high:.2f})   budget {budget:g}   {mark}",
        flush=True,
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "QUIZKIT_HOME": home, "QUIZKIT_CACHE": home}
        for name in ("QUIZKIT_BANKS", "PYTHONDONTWRITEBYTECODE"):
            environment.pop(name, None)
        plain = lambda: cpu(PLAIN, environment)  # noqa: E731
        rich = lambda: cpu(RICH, environment)  # noqa: E731
        help_ = lambda: cpu([*QUIZKIT, "--help"], environment)  # noqa: E731
        cpu([*QUIZKIT, "bank", "coverage"], environment)  # compiles the bank
        print(
            "CPU time of whole processes, median of the ratios in one run (smallest to largest)\n"
        )
        row("quizkit --help / import click, sqlite3", 1.3, ratio(help_, plain))
        row(
            "first plain question / import click, sqlite3",
            1.3,
            ratio(lambda: to_plain_prompt(environment), plain),
        )
        row(
            "first Rich question / the same and rich",
            1.3,
            ratio(lambda: to_rich_prompt(environment), rich),
        )
        again = [*QUIZKIT, "verify"]
        row(
            "verify, nothing changed / quizkit --help",
            2.0,
            ratio(lambda: cpu(again, environment), help_),
        )
    next_question()


def next_question() -> None:
    """The time of one more closed-form question, from index row to variant, in this process."""
    from quizkit.bank.bank import open_banks
    from quizkit.variant import make
    from quizkit.worker import Compute

    shelf = open_banks()
    rows = [row for row in shelf.rows() if row.light]
    with Compute(shelf) as compute:
        times = []
        for turn in range(2):  # the first turn imports the solvers
            for row_ in rows:
                began = time.process_time()
                make(shelf.entry(row_.id), turn, compute.of(shelf.bank_of(row_.id)))
                times.append(time.process_time() - began)
    times = sorted(times[len(rows) :])
    middle, worst = times[len(times) // 2] * 1000, times[-1] * 1000
    mark = "within" if worst <= 30 else "OVER"
    name = f"next question, closed form ({len(rows)} of them)"
    print(f"{name:<44} {middle:5.2f} ms, worst {worst:.1f} ms   budget 30 ms   {mark}")
    shelf.close()


if __name__ == "__main__":
    main()
