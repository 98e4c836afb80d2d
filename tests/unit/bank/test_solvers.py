"""A bank's functions called by name: arguments checked, failures told apart."""
# ruff: noqa: E501 (one case, one line)

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from quizkit.bank.solvers import Solvers
from quizkit.errors import Refused, SolverBroken, SolverUnavailable, UsageProblem

Write = Callable[..., Path]

FUNCTIONS = """
from fractions import Fraction
from math import sqrt
from typing import Literal


def size(side: int, kernel: int, mode: Literal["valid", "same"] = "valid") -> int:
    if side < kernel:
        raise ValueError(f"side must be at least {kernel}, found {side}")
    return side - kernel + 1


def root(x: float, weights: list[float] | None = None) -> float:
    return sqrt(x)


def third(n: int) -> Fraction:
    return Fraction(n, 3)


def keyword(*, n: int) -> int:
    return n


def broken(n: int) -> int:
    return [][n]


def deep(n: int) -> int:
    return deep(n + 1)


def missing(n: int) -> int:
    import no_such_library
    return no_such_library.f(n)


def returned(what: str):
    deep = []
    deep.append(deep)
    return {
        "none": None, "set": {1}, "object": object(), "bytes": b"", "complex": 1j, "loop": deep,
        "dict": {"a": [1, 2.0]}, "generator": (n for n in range(3)), "function": size,
    }[what]


def _private(n: int) -> int:
    return n
"""


@pytest.fixture
def solvers(write_bank: Write) -> Solvers:
    return Solvers(
        write_bank(
            {
                "solvers/m.py": FUNCTIONS,
                "solvers/bad.py": "raise OSError('at import')",
                "solvers/torn.py": "import no_such_library\n\ndef f():\n    return 1\n",
                "solvers/mistakes/m.py": "from ..m import size\n\ndef wrong(side: int, kernel: int):\n    return size(side, kernel) - 1\n",
            }
        )
    )


CALLS: list[tuple[str, dict[str, Any], Any]] = [
    ("m.size", {"side": 28, "kernel": 7}, 22),
    ("m.size", {"side": 28, "kernel": 7, "mode": "same"}, 22),
    ("m.root", {"x": 4}, 2.0),
    ("m.root", {"x": 4, "weights": [1, 2]}, 2.0),
    ("m.third", {"n": 1}, Fraction(1, 3)),
    ("m.third", {"n": 6}, 2),
    ("m.keyword", {"n": 1}, 1),
    ("m.returned", {"what": "dict"}, (("a", (1, 2.0)),)),
    ("mistakes.m.wrong", {"side": 28, "kernel": 7}, 21),
]


@pytest.mark.parametrize(("name", "given", "value"), CALLS)
def test_a_call_returns_a_canonical_value(
    solvers: Solvers, name: str, given: dict[str, Any], value: Any
) -> None:
    found = solvers.call(name, given)
    assert (found, type(found)) == (value, type(value))


FAILURES: list[tuple[str, dict[str, Any], type[Exception], str]] = [
    ("m.size", {"side": 3, "kernel": 7}, Refused, "side must be at least 7, found 3"),
    ("m.size", {"side": 3}, UsageProblem, "m.size: argument 'kernel' is missing"),
    ("m.size", {"side": 3, "kernal": 3}, UsageProblem, "unknown argument 'kernal'; did you mean 'kernel'?"),
    ("m.size", {"side": "3", "kernel": 2.5}, UsageProblem, "argument side='3': expected `int`, got `str`; argument kernel=2.5"),
    ("m.size", {"side": 3, "kernel": True}, UsageProblem, "expected `int`, got `bool`"),
    ("m.size", {"side": 3, "kernel": 3, "mode": "full"}, UsageProblem, "argument mode='full'"),
    ("m.broken", {"n": 1}, SolverBroken, "m.broken failed: IndexError: list index out of range (m.py:"),
    ("m.deep", {"n": 1}, SolverBroken, "m.deep recursed too deeply"),
    ("m.missing", {"n": 1}, SolverUnavailable, "m.missing needs no_such_library, which is not installed"),
    ("torn.f", {}, SolverUnavailable, "torn needs no_such_library, which is not installed"),
    ("bad.f", {}, SolverBroken, "solvers/bad.py cannot be imported: at import"),
    ("m.sise", {"n": 1}, UsageProblem, "no solver m.sise; did you mean 'size'?"),
    ("m._private", {"n": 1}, UsageProblem, "'m._private' is not the name of a solver"),
    ("m.sqrt", {"x": 1}, UsageProblem, "no solver m.sqrt"),
    ("m.Fraction", {}, UsageProblem, "no solver m.Fraction"),
    ("n.f", {}, UsageProblem, "no solver module 'n' in"),
    ("os.system", {}, UsageProblem, "no solver module 'os' in"),
    ("..os.system", {}, UsageProblem, "'..os.system' is not the name of a solver"),
    ("m.__class__.mro", {}, UsageProblem, "is not the name of a solver"),
    ("size", {}, UsageProblem, "is not the name of a solver"),
    ("", {}, UsageProblem, "'' is not the name of a solver"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "given", "kind", "message"), FAILURES)
def test_failures_are_told_apart(
    solvers: Solvers, name: str, given: dict[str, Any], kind: type[Exception], message: str
) -> None:
    with pytest.raises(kind) as caught:
        solvers.call(name, given)
    assert message in str(caught.value)
    assert type(caught.value) is kind


@pytest.mark.parametrize(
    "what", ["none", "set", "object", "bytes", "complex", "generator", "function"]
)
def test_what_no_question_can_hold_is_a_broken_solver(solvers: Solvers, what: str) -> None:
    with pytest.raises(SolverBroken, match="a solver returned"):
        solvers.call("m.returned", {"what": what})


def test_a_value_that_holds_itself_is_a_broken_solver(solvers: Solvers) -> None:
    with pytest.raises(SolverBroken, match="too deeply"):
        solvers.call("m.returned", {"what": "loop"})


def test_two_banks_may_have_modules_of_one_name(write_bank: Write) -> None:
    one = Solvers(write_bank({"solvers/same.py": "def f():\n    return 1\n"}, "one"))
    two = Solvers(write_bank({"solvers/same.py": "def f():\n    return 2\n"}, "two"))
    assert (one.call("same.f", {}), two.call("same.f", {}), one.call("same.f", {})) == (1, 2, 1)


def test_a_banks_modules_are_not_importable_by_their_own_name(solvers: Solvers) -> None:
    solvers.call("m.size", {"side": 3, "kernel": 3})
    with pytest.raises(ModuleNotFoundError):
        __import__("m")
