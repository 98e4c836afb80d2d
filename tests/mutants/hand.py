"""The tests of a solver module as judges of what it refuses: invalid arguments are no question's."""

from __future__ import annotations

import ast
import importlib
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
        """Whether a test of invalid arguments fails with this change."""
        import pytest

        names = {
            name
            for name in self.judge.reach.functions_reaching((change.module, change.name))
            if not name.startswith("mistakes.")
        }
        chosen = [
            test
            for module in sorted({name.rpartition(".")[0] for name in names})
            for test in self._chosen(module, {name.rpartition(".")[2] for name in names})
        ]
        if not chosen:
            return Verdict("", "no test of invalid arguments names it")
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

    def _chosen(self, module: str, names: set[str]) -> list[str]:
        path = self.tests / f"test_{module}.py"
        return [
            f"{path}::{test}"
            for test, used, text in _tests(path)
            if used & names and any(sign in text for sign in SIGNS)
        ]


@cache
def _tests(path: Path) -> list[tuple[str, set[str], str]]:
    """Each test of a file: its name, the names that it uses, and its source with its decorators."""
    if not path.is_file():
        return []
    text = path.read_text(encoding="utf-8")
    found = []
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            used = {each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)}
            used |= {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
            used |= {
                str(each.value)
                for each in ast.walk(node)
                if isinstance(each, ast.Constant) and isinstance(each.value, str)
            }
            found.append((node.name, used, ast.unparse(node)))
    return found


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
