"""`python -m tests.mutants [MODULE...]`: how many changed solvers the bank notices, and which not."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

from tests.mutants.report import Equivalents, Result, as_json, listed, share, table, unasked

EXHAUSTED = "equivalent: "  # what a worker says of a change that no argument shows
THREADS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")


def mutants(
    root: Path,
    modules: list[str],
    *,
    limit: int | None = None,
    jobs: int = 2,
    tests: Path | None = None,
    equivalent: Path | None = None,
    seconds: float = 5.0,
    say: Callable[[str], None] | None = None,
) -> tuple[list[Result], dict[str, str], list[str]]:
    """Each mutant and its fate; the questions left out since they fail unchanged; stale lines."""
    from quizkit.bank.bank import BUILT_IN, Bank
    from tests.mutants.hand import Hand
    from tests.mutants.judge import UNASKED, Judge, Verdict
    from tests.mutants.pool import judged
    from tests.mutants.probe import exhausted, telling

    tell = say or (lambda text: None)
    judge = Judge(Bank(BUILT_IN, root))
    targets = judge.targets(modules)
    for count, _ in enumerate(judge.learn(targets), 1):
        tell(f"{count} questions verified unchanged")
    changes = [change for node in targets for change in judge.reach.changes(node)]
    if limit is not None and limit < len(changes):
        changes = Random(len(changes)).sample(changes, limit)  # from all over, the same each time
    known = Equivalents(equivalent) if equivalent else Equivalents(Path(os.devnull))
    reasons = [known.reason(change) for change in changes]
    hand = Hand(judge, tests) if tests else None

    def work(index: int) -> Verdict:
        change = changes[index]
        verdict = judge.judge(change, seconds)
        if verdict.caught or reasons[index] or verdict.detail == UNASKED:
            return verdict
        if change.guard:
            return hand.verdict(change) if hand else verdict
        if same := exhausted(judge, change):
            return Verdict("", f"{EXHAUSTED}{same}")
        if hand and (found := hand.verdict(change)).caught:
            return found
        return Verdict("", f"{verdict.detail}\n    {telling(judge, change)}")

    verdicts: dict[int, Verdict] = {}
    for index, verdict in judged(work, len(changes), jobs):
        verdicts[index] = verdict
        missed = sum(not each.caught for each in verdicts.values())
        tell(f"{len(verdicts)} of {len(changes)} mutants, {missed} not caught")
    results = []
    for index, change in enumerate(changes):
        reason = reasons[index]
        if verdicts[index].detail.startswith(EXHAUSTED):
            reason = verdicts[index].detail.removeprefix(EXHAUSTED)
        detail, _, hint = verdicts[index].detail.partition("\n    ")
        path = change.module.replace(".", "/")
        results.append(
            Result(
                change=change,
                verdict=replace(verdicts[index], detail=detail),
                where=f"solvers/{path}.py:{change.line}",
                shared=bool(judge.shared((change.module, change.name))),
                equivalent=reason,
                hint=hint,
            )
        )
    stale = known.unused({node[0] for node in targets}) if limit is None else []
    return results, judge.faulty, stale


def main(arguments: list[str] | None = None) -> int:
    """Prints the report; 1 only if `--check` demands a share that is not reached."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("modules", nargs="*", metavar="MODULE", help="only these of solvers/")
    parser.add_argument("--json", action="store_true", help="every mutant and its fate")
    parser.add_argument("--limit", type=int, help="only so many mutants, drawn from all")
    parser.add_argument("--jobs", type=int, default=2, help="processes (0: none but this)")
    parser.add_argument(
        "--tests",
        action="store_true",
        help="let tests/solvers judge what no question notices, a second each",
    )
    parser.add_argument("--guards", action="store_true", help="list the guards not caught, too")
    parser.add_argument("--check", type=float, metavar="SHARE", help="exit 1 below this, in 0..1")
    chosen = parser.parse_args(arguments)
    began = time.perf_counter()
    here = Path(__file__).parent
    results, faulty, stale = mutants(
        here.parent.parent,
        chosen.modules,
        limit=chosen.limit,
        jobs=chosen.jobs,
        tests=here.parent / "solvers" if chosen.tests else None,
        equivalent=here / "equivalent.txt",
        say=_Progress(),
    )
    if chosen.json:
        print(json.dumps(as_json(results, faulty), indent=1))
    else:
        _print(results, faulty, stale, time.perf_counter() - began, guards=chosen.guards)
    return int(chosen.check is not None and share(results) < chosen.check)


def _print(
    results: list[Result],
    faulty: dict[str, str],
    stale: list[str],
    seconds: float,
    *,
    guards: bool,
) -> None:
    for result in results:
        if result.state == "survivor" or (guards and result.state == "guard"):
            print(listed(result))
    for name, count in unasked(results).items():
        print(f"no question runs {name} ({count} mutants)")
    for id_, problem in faulty.items():
        print(f"left out, wrong even unchanged: {id_}: {problem}")
    for line in stale:
        print(f"equivalent.txt: no such change any more, or it is caught: {line}")
    print()
    print(table(results))
    shared = sum(result.shared and not result.change.guard for result in results)
    print(
        "guards: caught of all; unasked: no question runs the code; share: of all others but the"
        f" equivalent; {seconds:.0f} s"
    )
    print(f"{shared} mutants change code that a witness runs too")
    by_tests = sum(result.state == "caught" and result.verdict.by == "test" for result in results)
    if by_tests:
        print(f"{by_tests} of those caught were noticed by tests/solvers only")


class _Progress:
    """One line that is written over, at most five times a second; nothing where nobody looks."""

    def __init__(self) -> None:
        self.last = 0.0

    def __call__(self, text: str) -> None:
        now = time.monotonic()
        if sys.stderr.isatty() and now - self.last > 0.2:
            self.last = now
            print(f"\r{text:<78}", end="", file=sys.stderr, flush=True)
        elif now - self.last > 30:
            self.last = now
            print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    for name in THREADS:
        os.environ.setdefault(name, "1")
    sys.exit(main())
