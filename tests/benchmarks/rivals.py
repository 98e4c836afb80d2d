"""`python -m tests.benchmarks.rivals`: formulas judged side by side with sympy and Math-Verify, in one run.

Each judge sees the neutral cases one by one, in a process of its own with a limit on memory, which is killed
when a case takes longer than `PATIENCE`: no verdict, which is not right. sympy runs what it parses, so the
process works in a folder of its own. Math-Verify comes with the extra `bench`.
"""

from __future__ import annotations

import argparse
import importlib.util
import logging
import os
import resource
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from tests.neutral.formulas import accepts
from tests.neutral.scores import Case, cases

SETS = ("expressions", "expressions_2", "expressions_3", "latex")
PATIENCE = 5.0  # seconds that a case may take
MEMORY = 4 << 30

Judge = Callable[[Case], bool]


def by_sympy(case: Case) -> bool:
    """What most graders do: `parse_expr` with the usual transformations, then `simplify` the difference."""
    import sympy
    from sympy.parsing import sympy_parser

    rules = (
        *sympy_parser.standard_transformations,
        sympy_parser.convert_xor,
        sympy_parser.implicit_multiplication_application,
    )
    sigmoid = sympy.Lambda(sympy.Symbol("z"), 1 / (1 + sympy.exp(-sympy.Symbol("z"))))
    names: dict[str, Any] = {name: _symbol(name, kind) for name, kind in case["symbols"].items()}
    names |= {"sigmoid": sigmoid, "e": sympy.E} | names
    key, answer = (
        sympy_parser.parse_expr(case[name], local_dict=names, transformations=rules)
        for name in ("key", "answer")
    )
    return bool(sympy.simplify(key - answer) == 0)


def _symbol(name: str, kind: Any) -> Any:
    import sympy

    if kind == "matrix":
        return sympy.Symbol(name, commutative=False)
    words = str(kind).split()
    assumed = {
        word: True for word in ("positive", "nonnegative", "integer", "real") if word in words
    }
    return sympy.Symbol(name, **assumed)


def by_math_verify(case: Case) -> bool:
    """Math-Verify, both texts in dollars: without them it takes 76 wrong answers of the first set, not 18."""
    from math_verify import parse, verify

    def read(text: str) -> Any:
        return parse(text if "$" in text or "\\boxed" in text else f"${text}$", parsing_timeout=0)

    return bool(verify(read(case["key"]), read(case["answer"]), timeout_seconds=0))


JUDGES: dict[str, Judge] = {
    "quizkit": accepts,
    "sympy": by_sympy,
    "Math-Verify": by_math_verify,
}


@dataclass
class Score:
    """What became of a set's cases."""

    accepted: list[str] = field(default_factory=list)  # wrong ones taken for right
    refused: list[str] = field(default_factory=list)  # right ones not taken
    silent: list[str] = field(default_factory=list)  # too slow, or the process died
    seconds: list[float] = field(default_factory=list)

    def line(self, name: str) -> str:
        total = len(self.seconds)
        accuracy = 1 - len({*self.accepted, *self.refused, *self.silent}) / total
        slow = statistics.quantiles(self.seconds, n=100)[98] if total > 1 else self.seconds[0]
        return (
            f"{name:<12}{accuracy:>10.3f}{len(self.accepted):>16}{len(self.refused):>15}"
            f"{len(self.silent):>12}{total / sum(self.seconds):>10,.0f}{slow * 1000:>12,.0f}"
        )


def serve(judge: Judge, cases: Connection) -> None:
    """The child: case in, verdict and CPU seconds out; an error is no acceptance."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    os.chdir(tempfile.mkdtemp())
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        os.dup2(nowhere, stream.fileno())
    logging.disable()
    warnings.simplefilter("ignore")
    while True:
        case = cases.recv()
        began = time.process_time()
        try:
            is_taken = judge(case)
        except (Exception, SystemExit):
            is_taken = False
        cases.send((is_taken, time.process_time() - began))


class Bench:
    """A judge in a process that is started anew when it had to be killed."""

    def __init__(self, judge: Judge, warm: Case) -> None:
        self.judge, self.warm = judge, warm
        self.start()

    def start(self) -> None:
        self.ours, theirs = get_context("fork").Pipe()
        self.child = get_context("fork").Process(
            target=serve, args=(self.judge, theirs), daemon=True
        )
        self.child.start()
        theirs.close()
        self.ours.send(self.warm)  # imports are not counted
        self.ours.poll(60) and self.ours.recv()

    def ask(self, case: Case) -> tuple[bool, float] | None:
        """Verdict and CPU seconds; `None` where there is none in time."""
        try:
            self.ours.send(case)
            if self.ours.poll(PATIENCE):
                answer: tuple[bool, float] = self.ours.recv()
                return answer
        except (EOFError, OSError):
            pass
        self.child.kill()
        self.child.join()
        self.start()
        return None


def score(judge: Judge, asked: list[Case]) -> Score:
    """A judge's verdicts on all cases."""
    found, bench = Score(), Bench(judge, asked[0])
    for case in asked:
        answer = bench.ask(case)
        found.seconds.append(PATIENCE if answer is None else answer[1])
        if answer is None:
            found.silent.append(case["id"])
        elif answer[0] != case["right"]:
            (found.accepted if answer[0] else found.refused).append(case["id"])
    bench.child.kill()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--show", action="store_true", help="the ids that each judge got wrong")
    show = parser.parse_args().show
    judges = dict(JUDGES)
    if importlib.util.find_spec("math_verify") is None:
        del judges["Math-Verify"]
        print('Math-Verify is not installed: pip install -c constraints.txt -e ".[bench]"')
    for name in SETS:
        chosen = cases(name)
        print(f"\n{name}.jsonl: {len(chosen)} cases, {sum(case['right'] for case in chosen)} right")
        print(
            f"{'':<12}{'accuracy':>10}{'wrongly taken':>16}{'not taken':>15}"
            f"{'no verdict':>12}{'a second':>10}{'p99 in ms':>12}"
        )
        for judge in judges:
            found = score(judges[judge], chosen)
            print(found.line(judge), flush=True)
            if show:
                print(f"  taken {found.accepted}\n  not {found.refused}\n  none {found.silent}")


if __name__ == "__main__":
    main()
