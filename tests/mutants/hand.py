"""The tests of solvers as judges of what the bank does not notice

Invalid arguments are no question's, and a question tries a solver at its own numbers only.
"""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from types import ModuleType

from tests.mutants.changes import Change
from tests.mutants.judge import Hang, Judge, Verdict, _at_most, put_in_place

SECONDS = 30.0  # of CPU time for the tests of one mutant
OPTIONS = ("-x", "-q", "--no-header", "--assert=plain", "-p", "no:cacheprovider")
UNSET = ("-o", "addopts=", "-o", "filterwarnings=")  # a warning fails no test here
SIGNS = ("raises", "ValueError", "outcome(", "refus")


class Hand:
    """The tests in `tests/solvers/` of the built-in bank."""

    def __init__(self, judge: Judge, tests: Path) -> None:
        self.judge = judge
        self.tests = tests
        self.passed: dict[tuple[str, ...], object] = {}

    def verdict(self, change: Change) -> Verdict:
        """Whether a test fails with this change: for a guard, one of invalid arguments."""
        import pytest

        names = {
            name
            for name in self.judge.reach.functions_reaching((change.module, change.name))
            if not name.startswith("mistakes.")
        }
        chosen = [
            test
            for module in sorted({name.rpartition(".")[0] for name in names})
            for test in self._chosen(
                module, {name.rpartition(".")[2] for name in names}, guard=change.guard
            )
        ]
        if not chosen:
            return Verdict("", f"no test {'of invalid arguments ' if change.guard else ''}names it")
        unchanged = self._run(tuple(chosen))
        if unchanged != pytest.ExitCode.OK:
            return Verdict("", f"its tests do not pass even unchanged: {unchanged!r}")
        try:
            with put_in_place(change, self._module(change.module)), _at_most(SECONDS):
                code = _run(chosen)
        except Hang:
            return Verdict("hang", f"one of {len(chosen)} tests")
        if code == pytest.ExitCode.TESTS_FAILED:
            return Verdict("test", f"one of {len(chosen)} tests")
        return Verdict("", f"{len(chosen)} tests: {code!r}")

    def _run(self, chosen: tuple[str, ...]) -> object:
        """What these tests give unchanged: those that fail anyway judge nothing."""
        if chosen not in self.passed:
            self.passed[chosen] = _run(chosen)
        return self.passed[chosen]

    def _module(self, name: str) -> ModuleType:
        return importlib.import_module(f"solvers.{name}")

    def _chosen(self, module: str, names: set[str], *, guard: bool) -> list[str]:
        return [
            f"{path}::{test}"
            for path in _files(self.tests, module)
            for test, used, text in _tests(path)
            if used & names and (not guard or any(sign in text for sign in SIGNS))
        ]


@cache
def _files(folder: Path, module: str) -> list[Path]:
    """The test files that import a module of solvers."""
    last, whole = re.escape(module.rpartition(".")[2]), re.escape(module)
    name = re.compile(rf"^from solvers(\S* import .*\b{last}\b|\.{whole} import)", re.MULTILINE)
    return [
        path for path in sorted(folder.glob("test_*.py")) if name.search(path.read_text("utf-8"))
    ]


@cache
def _tests(path: Path) -> list[tuple[str, set[str], str]]:
    """Each test of a file: its name, the names that it uses, and its source with its decorators

    The names are its own and those of the tables and functions of the file that it goes by.
    """
    body = ast.parse(path.read_text(encoding="utf-8")).body
    own = {name: _used(node) for node in body for name in _defined(node)}
    found = []
    for node in body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            used = _used(node)
            for _ in range(2):  # a table of cases, and what makes it
                used = used.union(*(own[name] for name in used & own.keys()))
            found.append((node.name, used, ast.unparse(node)))
    return found


def _defined(node: ast.stmt) -> list[str]:
    """What a statement of a module gives a name."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return [target.id for target in targets if isinstance(target, ast.Name)]


def _used(node: ast.AST) -> set[str]:
    """The names, attributes and texts in a piece of code."""
    used = {each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)}
    used |= {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
    texts = (each.value for each in ast.walk(node) if isinstance(each, ast.Constant))
    return used | {text for text in texts if isinstance(text, str)}


def _run(chosen: Sequence[str]) -> object:
    import pytest

    _without_database()
    try:
        return pytest.main([*OPTIONS, *UNSET, *chosen])
    except (Exception, SystemExit) as error:
        return error


def _without_database() -> None:
    """Falsified examples of mutants must not be kept, nor drawn differently each time."""
    from hypothesis import settings

    if settings.default is None or settings.default.database is not None:
        settings.register_profile("mutants", database=None, derandomize=True, deadline=None)
        settings.load_profile("mutants")
