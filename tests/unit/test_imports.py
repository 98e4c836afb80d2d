"""What is imported when, and who may import whom; each check is shown to be able to fail."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from quizkit.bank.bank import BUILT_IN, Bank

Write = Callable[..., Path]

ROOT = Path(__file__).parents[2]
HEAVY = {"numpy", "sympy", "torch", "scipy", "mpmath"}
NOT_AT_START = HEAVY | {"yaml", "rich", "unicodeit"}


def fresh(code: str, *arguments: str, text: str = "") -> str:
    """What a new interpreter prints that runs this code."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code, *arguments],
        input=text,
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
        cwd=ROOT,
        env={**os.environ, "NO_COLOR": "1"},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


# --- The way to the first question ----------------------------------------------------------------

LIST = "\nimport sys\nprint('imported', *{name.partition('.')[0] for name in sys.modules})"

FIRST_QUESTION = """
from quizkit import grading
from quizkit.bank.bank import open_banks
from quizkit.evidence import known
from quizkit.model import Understood
from quizkit.variant import make
from quizkit.worker import Compute

shelf = open_banks()
rows = [row for row in shelf.rows() if row.light]
kinds = {}
for row in rows:
    kinds.setdefault(row.kind, row)
with Compute(shelf) as compute:
    for row in kinds.values():
        entry = shelf.entry(row.id)
        bank = shelf.bank_of(row.id)
        proofs, stale = known(bank, row.id, entry.stamp)
        variant = make(entry, 1, compute.of(bank), proofs, stale=stale)
        reading = grading.read("1", variant)
        assert grading.grade(variant.key, variant).verdict == "right", row.id
        assert grading.key_text(variant)
assert len(kinds) >= 8, sorted(kinds)
"""

PLAIN_QUIZ = """
import sys
from quizkit.terminal.app import main

sys.argv = ["quizkit", "quiz", "--plain", "--questions", "1"]
try:
    main()
except SystemExit as error:
    assert not error.code, error.code
"""

HELP = """
import sys
from quizkit.terminal.app import main

sys.argv = ["quizkit", "--help"]
try:
    main()
except SystemExit as error:
    assert not error.code, error.code
"""


def imported(code: str, text: str = "") -> set[str]:
    return set(fresh(code + LIST, text=text).splitlines()[-1].split()[1:])


@pytest.mark.parametrize(
    ("code", "text"),
    [(FIRST_QUESTION, ""), (PLAIN_QUIZ, "a\n\n\n"), (HELP, "")],
    ids=["engine", "quiz", "help"],
)
def test_nothing_heavy_is_imported_on_the_way_to_the_first_question(
    built_in_bank: Bank, code: str, text: str
) -> None:
    assert imported(code, text) & NOT_AT_START == set()


def test_a_first_question_that_is_compiled_or_heavy_would_be_seen(
    built_in_bank: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "numpy" in imported(FIRST_QUESTION + "\nimport numpy")
    monkeypatch.setenv("QUIZKIT_CACHE", str(tmp_path / "cold"))
    assert "yaml" in imported(FIRST_QUESTION)


# --- Light solvers --------------------------------------------------------------------------------

CALL = """
import sys
from pathlib import Path
from quizkit.bank.bank import BUILT_IN, Bank
from quizkit.errors import SolverUnavailable
from quizkit.verify.keys import check, remembering

heavy, called = set(sys.argv[2:]), set()
bank = Bank(BUILT_IN, Path(sys.argv[1]))
functions = bank.functions()
assert not heavy & sys.modules.keys()

def light_only(name, given):
    if functions[name].libraries:
        raise SolverUnavailable("heavy")
    before = heavy & sys.modules.keys()
    called.add(name)
    try:
        return bank.solvers.call(name, given)
    finally:
        for library in sorted(heavy & sys.modules.keys() - before):
            print(f"{name} imports {library}")

compute = remembering(light_only)
for id_ in bank.ids():
    entry = bank.entry(id_)
    check(entry, functions, compute, seeds=1)
    solver = entry.question.solver
    if solver and not functions[solver].libraries and solver not in called:
        print(f"{solver} was not called")
"""


def betrayals(bank: Bank) -> list[str]:
    """Which functions import what the index says they do not, when a whole bank is verified."""
    return fresh(CALL, str(bank.root), *sorted(HEAVY)).splitlines()


def test_functions_that_the_index_calls_light_import_nothing_heavy(built_in_bank: Bank) -> None:
    assert betrayals(built_in_bank) == []


def test_a_function_that_hides_its_import_would_be_seen(
    tiny_files: dict[str, str], write_bank: Write
) -> None:
    line = "    return [2 * x for x in row]"
    assert line in tiny_files["solvers/sizes.py"]
    hidden = f"    __import__('importlib').import_module('numpy')\n{line}"
    sizes = tiny_files["solvers/sizes.py"].replace(line, hidden)
    bank = Bank(BUILT_IN, write_bank({**tiny_files, "solvers/sizes.py": sizes}))
    assert betrayals(bank) == ["sizes.doubled imports numpy"]
    bank.db.close()


# --- Layers ---------------------------------------------------------------------------------------

CONTRACTS = [
    "Imports point one way",
    "Only the terminal knows click and rich",
    "The engine knows no deep learning",
]
VIOLATIONS = [
    ("quizkit/model.py", "import quizkit.bank.bank", CONTRACTS[0]),
    ("quizkit/grading/number.py", "from quizkit.study import session", CONTRACTS[0]),
    ("quizkit/study/batch.py", "def f():\n    from quizkit.verify import keys", CONTRACTS[0]),
    ("quizkit/worker.py", "from quizkit.variant import make", CONTRACTS[0]),
    ("quizkit/loose.py", "x = 1", "exhaustive"),
    ("quizkit/variant.py", "def f():\n    import rich", CONTRACTS[1]),
    ("quizkit/verify/run.py", "import click", CONTRACTS[1]),
    ("quizkit/worker.py", "import torch", CONTRACTS[2]),
    ("quizkit/terminal/plain.py", "def f():\n    import numpy.linalg", CONTRACTS[2]),
    ("quizkit/bank/solvers.py", "import solvers.convolution", CONTRACTS[2]),
]


def linted(folder: Path) -> dict[str, str]:
    """What import-linter says of the package in this folder: each contract kept or broken."""
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [program, "--no-cache", "--config", "pyproject.toml"],
        cwd=folder,
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "PYTHONPATH": str(folder), "NO_COLOR": "1", "COLUMNS": "200"},
    )
    lines = [line.strip() for line in done.stdout.splitlines()]
    verdicts = {
        name: line.removeprefix(name).split()[0]
        for line in lines
        for name in CONTRACTS
        # Behind the verdict may stand how many imports were ignored.
        if line.startswith(name) and line.removeprefix(name).split()[:1] in (["KEPT"], ["BROKEN"])
    }
    if "exhaustive" in done.stdout or "undeclared" in done.stdout.lower():
        verdicts["exhaustive"] = "BROKEN"
    assert (done.returncode == 0) == all(each == "KEPT" for each in verdicts.values()), done
    return verdicts


def test_the_contracts_hold() -> None:
    assert linted(ROOT) == dict.fromkeys(CONTRACTS, "KEPT")


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("copied")
    ignored = shutil.ignore_patterns("__pycache__", "_bank")
    shutil.copytree(ROOT / "quizkit", folder / "quizkit", ignore=ignored)
    shutil.copytree(ROOT / "solvers", folder / "solvers", ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


@pytest.mark.parametrize(("name", "code", "contract"), VIOLATIONS)
def test_a_violation_breaks_its_contract(copied: Path, name: str, code: str, contract: str) -> None:
    path = copied / name
    before = path.read_text() if path.exists() else None
    path.write_text(f"{before or ''}\n{code}\n")
    try:
        verdicts = linted(copied)
    finally:
        path.unlink() if before is None else path.write_text(before)
    assert verdicts.pop(contract) == "BROKEN"
    if contract != "exhaustive":
        assert set(verdicts.values()) == {"KEPT"}


# --- What a solver may import ---------------------------------------------------------------------

FORBIDDEN = {"quizkit", "click", "rich"}


def faults(folder: Path) -> list[str]:
    """Imports of the engine anywhere in `solvers/`, and of heavy libraries when a module is loaded."""
    found = []
    for path in folder.rglob("*.py"):
        place = path.relative_to(folder).as_posix()
        for node, later in statements(ast.parse(path.read_text(encoding="utf-8"))):
            bad = imports(node) & (FORBIDDEN if later else FORBIDDEN | HEAVY)
            found += [(place, node.lineno, name) for name in bad]
    return [f"{place}:{line}: {name}" for place, line, name in sorted(found)]


def statements(outer: ast.AST, later: bool = False) -> Iterator[tuple[ast.stmt, bool]]:
    """All statements, and whether they do not run yet when the module is loaded."""
    later = later or is_later(outer)
    for node in ast.iter_child_nodes(outer):
        if isinstance(node, ast.stmt):
            yield node, later
        if isinstance(node, ast.stmt | ast.ExceptHandler | ast.match_case):
            yield from statements(node, later)


def is_later(node: ast.AST) -> bool:
    if isinstance(node, ast.If) and isinstance(node.test, ast.Name):
        return node.test.id == "TYPE_CHECKING"
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)


def imports(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Import):
        return {alias.name.partition(".")[0] for alias in node.names}
    if isinstance(node, ast.ImportFrom) and not node.level:
        return {(node.module or "").partition(".")[0]}
    return set()


def test_solvers_are_plain_functions_that_know_nothing_of_the_engine() -> None:
    assert list((ROOT / "solvers").rglob("*.py"))
    assert faults(ROOT / "solvers") == []


def test_a_solver_that_knows_the_engine_or_is_heavy_at_once_would_be_seen(tmp_path: Path) -> None:
    (tmp_path / "mistakes").mkdir()
    (tmp_path / "good.py").write_text(
        "from __future__ import annotations\nfrom typing import TYPE_CHECKING\nfrom . import bad\n"
        "if TYPE_CHECKING:\n    import torch\n"
        "def f():\n    import numpy\n    from torch import nn\n"
    )
    (tmp_path / "bad.py").write_text(
        "import numpy as np\nfrom sympy import Rational\n"
        "def f():\n    import quizkit.model\n    from rich import print\n"
        "class C:\n    import torch\n"
    )
    (tmp_path / "mistakes" / "worse.py").write_text("if True:\n    import torch.nn\nimport click\n")
    assert faults(tmp_path) == [
        "bad.py:1: numpy",
        "bad.py:2: sympy",
        "bad.py:4: quizkit",
        "bad.py:5: rich",
        "bad.py:7: torch",
        "mistakes/worse.py:2: torch",
        "mistakes/worse.py:3: click",
    ]
