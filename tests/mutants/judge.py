"""Judges one mutant: put in the solver's place, does any question's verification fail?"""

from __future__ import annotations

import ast
import signal
import sys
import time
import warnings
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import CodeType, FrameType, ModuleType
from typing import Any

from quizkit.bank.bank import Bank
from quizkit.bank.index import ROUTES
from quizkit.bank.uses import functions_of
from quizkit.errors import QuizkitError, Refused, SolverUnavailable
from quizkit.model import Entry, Given, Value
from quizkit.values.carry import to_json
from quizkit.values.show import show
from quizkit.values.tolerance import close
from quizkit.verify.keys import check
from tests.mutants.changes import Change
from tests.mutants.reach import Node, Reach, compiled

UNASKED = "no question runs this code"
SECONDS = 5.0  # of CPU time on top of ten times what the solvers took unchanged


@dataclass(frozen=True)
class Verdict:
    """Who noticed a mutant (`key`, `witness`, `error`, `hang`, `test`), or `""`, and what was seen."""

    by: str
    detail: str

    @property
    def caught(self) -> bool:
        """Whether anything noticed it."""
        return bool(self.by)


@dataclass
class Call:
    """A call that some question's verification makes, and what it gave unchanged."""

    name: str
    given: Given
    outcome: Any
    seconds: float


class Hang(BaseException):
    """A mutant ran too long; not an `Exception`, so that nobody on the way takes it for one."""


class Judge:
    """A bank with all calls of its verification remembered, so that a mutant repeats only its own."""

    def __init__(self, bank: Bank) -> None:
        self.bank = bank
        self.functions = bank.functions()
        self.reach = Reach(bank.root)
        self.entries: dict[str, Entry] = {}
        self.calls: dict[str, dict[str, Call]] = {}
        self.faulty: dict[str, str] = {}
        self._known: dict[str, Call] = {}

    def targets(self, modules: list[str]) -> dict[Node, set[str]]:
        """What is mutated, each with the public functions that run it: what solvers alone reach.

        Also code that a solver shares with its witness, since a fault there deceives both; but not
        plain numbers that both read, which are the question's own.
        """
        found = {}
        for node in self.reach.statements:
            module = node[0]
            if module.startswith("mistakes") or (modules and module not in modules):
                continue
            reaching = self.reach.functions_reaching(node)
            if any(self.is_solver(name) for name in reaching) and not self._is_given(node):
                found[node] = reaching
        return found

    def _is_given(self, node: Node) -> bool:
        statement = self.reach.statements[node]
        coded = (ast.FunctionDef, ast.Lambda, ast.BinOp, ast.Compare)
        plain = not any(isinstance(each, coded) for each in ast.walk(statement))
        return plain and bool(self.shared(node))

    def is_solver(self, name: str) -> bool:
        """Whether a function is neither a witness nor wrong on purpose."""
        return not name.startswith("mistakes.") and not self.is_witness(name)

    def is_witness(self, name: str) -> bool:
        """Whether a function is another route to a solver's value."""
        solver, by, route = name.rpartition("_by_")
        return bool(by) and solver in self.functions and route in self.functions[solver].witnesses

    def witnesses(self, name: str) -> list[str]:
        """The other routes to a function's value."""
        function = self.functions.get(name)
        return [f"{name}_by_{route}" for route in function.witnesses] if function else []

    def shared(self, node: Node) -> set[str]:
        """The solvers that run this code and whose witnesses do so too."""
        reaching = self.reach.functions_reaching(node)
        witnesses = {name.rpartition("_by_")[0] for name in reaching if self.is_witness(name)}
        return witnesses & reaching

    def learn(self, targets: dict[Node, set[str]]) -> Iterator[str]:
        """Verifies each question that needs one of the targets, unchanged; says its id beforehand."""
        wanted = set().union(*targets.values()) if targets else set()
        for id_ in self.bank.ids():
            entry = self.bank.entry(id_)
            if not functions_of(entry.question) & wanted:
                continue
            yield id_
            calls: dict[str, Call] = {}

            def compute(name: str, given: Given, calls: dict[str, Call] = calls) -> Value:
                key = _key(name, given)
                calls[key] = self._remembered(key, name, given)
                return _opened(calls[key].outcome)

            report = check(entry, self.functions, compute)
            for call in list(calls.values()):  # what a witness says must be known before any change
                for name in self.witnesses(call.name):
                    self._remembered(_key(name, call.given), name, call.given)
            if report.problems:
                self.faulty[id_] = report.problems[0]
            else:
                self.entries[id_], self.calls[id_] = entry, calls

    def asked(self, names: set[str]) -> dict[str, list[tuple[str, Call]]]:
        """The sound questions that call any of these functions, with those calls."""
        found = defaultdict(list)
        for id_, calls in self.calls.items():
            for key, call in calls.items():
                if call.name in names:
                    found[id_].append((key, call))
        return found

    def judge(self, change: Change, limit: float = SECONDS) -> Verdict:
        """Whether the bank notices this change."""
        node = (change.module, change.name)
        names = self.reach.functions_reaching(node)
        asked = self.asked(names)
        if not asked:
            return Verdict("", UNASKED)
        allowed = limit + 10 * sum(call.seconds for calls in asked.values() for _, call in calls)
        try:
            with self.applied(change), _at_most(allowed):
                return self._judged(names, asked)
        except Hang:
            return Verdict("hang", f"over {allowed:.0f} s")
        except (MemoryError, RecursionError) as error:
            return Verdict("error", type(error).__name__)
        except Exception as error:
            return Verdict("error", f"{type(error).__name__}: {error}")

    def _judged(self, names: set[str], asked: dict[str, list[tuple[str, Call]]]) -> Verdict:
        anew: dict[str, Any] = {}

        def compute(name: str, given: Given) -> Value:
            key = _key(name, given)
            if name not in names:
                return _opened(self._remembered(key, name, given).outcome)
            if key not in anew:
                anew[key] = self._outcome(name, given)
            return _opened(anew[key])

        differing: dict[str, tuple[str, Call]] = {}
        concerned = []
        for id_, calls in asked.items():
            for key, call in calls:
                if key not in anew:
                    anew[key] = self._outcome(call.name, call.given)
                if not _same(anew[key], call.outcome):
                    differing[key] = (key, call)
                    concerned.append(id_)
        for key, call in differing.values():
            witnessed = self._witness(call, anew[key], compute)
            if witnessed:
                return Verdict("witness", witnessed)
        for id_ in dict.fromkeys(concerned):
            report = check(self.entries[id_], self.functions, compute)
            if report.problems:
                return Verdict("key", f"{id_}: {report.problems[0]}")
        count = len({key for calls in asked.values() for key, _ in calls})
        if differing:
            key, call = next(iter(differing.values()))
            if all(_nearly(anew[each], before.outcome) for each, before in differing.values()):
                return Verdict("", f"the same but for rounding on all {count} calls")
            seen = f"{_outcome_text(anew[key])} instead of {_outcome_text(call.outcome)}"
            return Verdict("", f"unnoticed: {call.name}({_arguments(call.given)}) gives {seen}")
        return Verdict("", f"the same on all {count} calls of {len(asked)} questions")

    def _witness(self, call: Call, outcome: Any, compute: Any) -> str:
        """What a witness says against an outcome, if it agreed with the unchanged solver."""
        for name in self.witnesses(call.name):
            route = name.rpartition("_")[2]
            before = self._known[_key(name, call.given)].outcome
            if not _agree(call.outcome, before, ROUTES[route]):
                continue
            try:
                now: Any = compute(name, call.given)
            except QuizkitError as error:
                now = error
            if not _agree(outcome, now, ROUTES[route]):
                said = f"{_outcome_text(outcome)}, {name} {_outcome_text(now)}"
                return f"{call.name}({_arguments(call.given)}) gives {said}"
        return ""

    def _remembered(self, key: str, name: str, given: Given) -> Call:
        if key not in self._known:
            began = time.perf_counter()
            outcome = self._outcome(name, given)
            self._known[key] = Call(name, dict(given), outcome, time.perf_counter() - began)
        return self._known[key]

    def _outcome(self, name: str, given: Given) -> Any:
        try:
            return self.bank.solvers.call(name, given)
        except QuizkitError as error:
            return error

    def outcome(self, name: str, given: Given) -> Any:
        """What a function gives as it stands now: a value or an error."""
        return self._outcome(name, given)

    @contextmanager
    def applied(self, change: Change) -> Iterator[None]:
        """The change in force wherever its function or table is known, in the bank's own package."""
        module = self.bank.solvers._module(change.module)
        with put_in_place(change, module):
            yield


@contextmanager
def put_in_place(change: Change, module: ModuleType) -> Iterator[None]:
    """A module whose function or table is changed; whoever imported it sees the change too."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # `1 is x` and the like
        code = compiled(change.statement, module.__file__ or "<mutant>")
    old = vars(module)[change.name]
    if isinstance(change.statement, ast.FunctionDef):
        function = getattr(old, "__wrapped__", old)
        mutated = next(
            each
            for each in code.co_consts
            if isinstance(each, CodeType) and each.co_name == change.name
        )
        before = function.__code__
        function.__code__ = mutated
        try:
            yield
        finally:
            function.__code__ = before
        return
    package = module.__name__.partition(".")[0]
    siblings = [each for name, each in sys.modules.items() if name.startswith(f"{package}.")]
    exec(code, vars(module))
    new = vars(module)[change.name]
    holders = [
        (vars(each), name)
        for each in siblings
        for name, value in vars(each).items()
        if value is old and name == change.name
    ]
    try:
        for names, name in holders:
            names[name] = new
        yield
    finally:
        for names, name in [*holders, (vars(module), change.name)]:
            names[name] = old


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """Raises `Hang` after so much CPU time; a busy machine does not count."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise Hang

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _key(name: str, given: Given) -> str:
    return repr((name, to_json(list(given.items()))))


def _opened(outcome: Any) -> Value:
    if isinstance(outcome, QuizkitError):
        raise outcome
    value: Value = outcome
    return value


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, Refused) and isinstance(other, Refused):
        return True
    return type(one) is type(other) and repr(one) == repr(other)


def _nearly(one: Any, other: Any) -> bool:
    return not isinstance(one, QuizkitError) and _agree(one, other, 1e-12)


def _agree(one: Any, other: Any, relative: float) -> bool:
    if isinstance(other, SolverUnavailable):
        return True
    if isinstance(one, QuizkitError) or isinstance(other, QuizkitError):
        return isinstance(one, Refused) and isinstance(other, Refused)
    return close(one, other, relative)


def _outcome_text(outcome: Any) -> str:
    if isinstance(outcome, QuizkitError):
        return f"{type(outcome).__name__} ({outcome})"
    return show(outcome)


def _arguments(given: Given) -> str:
    return ", ".join(f"{name}={show(value)}" for name, value in given.items())
