"""The tests of a solver module as judges of what it refuses: invalid arguments are no question's."""

from __future__ import annotations

import ast
import importlib
from functools import cache
from pathlib import Path
from types import ModuleType

from tests.mutants.changes import Change
from tests.mutants.judge import Judge, Verdict, put_in_place

SIGNS = ("raises", "ValueError", "outcome(", "refus")


class Hand:
    """The tests in `tests/solvers/` of the built-in bank."""

    def __init__(self, judge: Judge, tests: Path) -> None:
        self.judge = judge
        self.tests = tests

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
        _without_database()
        with put_in_place(change, self._module(change.module)):
            code = pytest.main(["-x", "-q", "--no-header", "-p", "no:cacheprovider", *chosen])
        if code == pytest.ExitCode.TESTS_FAILED:
            return Verdict("test", f"one of {len(chosen)} tests")
        if code != pytest.ExitCode.OK:
            return Verdict("", f"the tests did not run: {code!r}")
        return Verdict("", f"{len(chosen)} tests pass")

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


def _without_database() -> None:
    """Falsified examples of mutants must not be kept, nor drawn differently each time."""
    from hypothesis import settings

    if settings.default is None or settings.default.database is not None:
        settings.register_profile("mutants", database=None, derandomize=True, deadline=None)
        settings.load_profile("mutants")
