"""Solvers as their source declares them; nothing of it runs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from quizkit.bank.index import ROUTES, Function, index

Write = Callable[..., Path]

PLAIN = {
    "solvers/sizes.py": '''
        """Sizes."""
        from . import helpers
        from .helpers import heavy as _heavy

        def output(size: int, kernel: int = 3, *, stride: int = 1) -> int:
            """(size - kernel) // stride + 1"""
            return (size - kernel) // stride + 1

        def output_by_counting(size: int, kernel: int = 3, *, stride: int = 1) -> int:
            import torch
            return torch.arange(size)

        def through_a_helper(size: int) -> int:
            return _between(size)

        def through_a_module(size: int) -> int:
            return helpers.light(size)

        def _between(size: int) -> int:
            return _heavy(size)
        ''',
    "solvers/helpers.py": """
        def heavy(size: int) -> int:
            from numpy.linalg import norm
            return norm(size)

        def light(size: int) -> int:
            return size
        """,
    "solvers/mistakes/sizes.py": """
        from ..sizes import through_a_helper

        def wrong(size: int) -> int:
            return through_a_helper(size) + 1
        """,
    "solvers/lonely.py": """
        raise RuntimeError("nothing of a bank runs while it is read")

        def stays(n: int) -> int:
            return n
        """,
}


@pytest.fixture
def functions(write_bank: Write) -> dict[str, Function]:
    found, problems = index(write_bank(PLAIN))
    assert problems == []
    return found


def test_public_functions_are_listed_by_module_and_name(functions: dict[str, Function]) -> None:
    assert set(functions) == {
        *("sizes.output", "sizes.output_by_counting", "sizes.through_a_helper"),
        *("sizes.through_a_module", "helpers.heavy", "helpers.light", "lonely.stays"),
        "mistakes.sizes.wrong",
    }


def test_a_function_is_as_its_source_declares_it(functions: dict[str, Function]) -> None:
    output = functions["sizes.output"]
    assert output.parameters == ("size", "kernel", "stride")
    assert output.doc == "(size - kernel) // stride + 1"
    assert output.where == "solvers/sizes.py:6"
    assert output.witnesses == ("counting",)


def test_libraries_are_followed_through_helpers_and_modules(functions: dict[str, Function]) -> None:
    libraries = {name: function.libraries for name, function in functions.items()}
    assert libraries == {
        "sizes.output": (),
        "sizes.output_by_counting": ("torch",),
        "sizes.through_a_helper": ("numpy",),
        # A module as a whole may be reached for anything in it.
        "sizes.through_a_module": ("numpy",),
        "helpers.heavy": ("numpy",),
        "helpers.light": (),
        "lonely.stays": (),
        "mistakes.sizes.wrong": ("numpy",),
    }


PACKAGE = {
    "solvers/nets/__init__.py": """
        from .deep import train as train
        from .deep import hidden
        """,
    "solvers/nets/deep.py": """
        def train(seeds: int) -> list[float]:
            import numpy
            return [numpy.pi] * seeds

        def hidden(n: int) -> int:
            return n
        """,
}


def test_a_package_offers_what_it_imports_under_the_same_name(write_bank: Write) -> None:
    found, problems = index(write_bank(PACKAGE))
    assert problems == []
    assert set(found) == {"nets.train", "nets.deep.train", "nets.deep.hidden", "nets.hidden"}
    assert found["nets.train"].libraries == ("numpy",)
    assert found["nets.train"].code == found["nets.deep.train"].code
    assert found["nets.train"].is_experiment
    assert not found["nets.hidden"].is_experiment


IMPORTS = [
    ("import torch", "torch"),
    ("import numpy as np", "numpy"),
    ("from sympy import Rational", "sympy"),
    ("import scipy.special", "scipy"),
]


@pytest.mark.parametrize(("line", "library"), IMPORTS)
def test_an_import_of_the_module_weighs_on_all_its_functions(
    write_bank: Write, line: str, library: str
) -> None:
    root = write_bank({"solvers/m.py": f"{line}\n\ndef f(n: int) -> int:\n    return n\n"})
    assert index(root)[0]["m.f"].libraries == (library,)


def test_a_default_or_constant_may_be_heavy(write_bank: Write) -> None:
    text = """
        SHAPE = __import__("os")
        TABLE = [n for n in range(3)]

        def _load():
            import numpy
            return numpy

        VALUES = _load()

        def f(n: int) -> int:
            return VALUES[n]
        """
    assert index(write_bank({"solvers/m.py": text}))[0]["m.f"].libraries == ("numpy",)


def test_the_checksum_covers_all_modules_that_are_imported(write_bank: Write) -> None:
    root = write_bank(PLAIN)
    before = index(root)[0]
    write_bank({"solvers/helpers.py": PLAIN["solvers/helpers.py"] + "\n        # edited\n"})
    after = index(root)[0]
    moved = {name for name in before if before[name].code != after[name].code}
    assert moved == {name for name in before if not name.startswith("lonely.")}


WITNESSES = [
    ("f_by_magic", "n: int", "m.f_by_magic: unknown route 'magic'; known are torch"),
    ("f_by_torhc", "n: int", "m.f_by_torhc: unknown route 'torhc'; did you mean 'torch'?"),
    ("g_by_torch", "n: int", "m.g_by_torch: a witness of m.g, which is not there"),
    ("f_by_torch", "m: int", "m.f_by_torch(m: int): expected its solver's (n: int)"),
    ("f_by_torch", "n: int, k: int=1", "expected its solver's (n: int)"),
    ("f_by_torch", "n: float", "expected its solver's (n: int)"),
]


@pytest.mark.parametrize(("name", "signature", "message"), WITNESSES)
def test_a_doubtful_witness_is_a_problem(
    write_bank: Write, name: str, signature: str, message: str
) -> None:
    text = f"def f(n: int) -> int:\n    return n\n\ndef {name}({signature}) -> int:\n    return 1\n"
    functions, problems = index(write_bank({"solvers/m.py": text}))
    assert [problem.where for problem in problems] == ["solvers/m.py:4"]
    assert message in str(problems[0])
    assert functions["m.f"].witnesses == ()


def test_every_route_is_a_witness_and_clip_by_norm_is_none(write_bank: Write) -> None:
    names = ["f", "clip_by_norm", *(f"f_by_{route}" for route in ROUTES)]
    text = "\n".join(f"def {name}(n: int) -> int:\n    return n\n" for name in names)
    functions, problems = index(write_bank({"solvers/m.py": text}))
    assert problems == []
    assert set(functions["m.f"].witnesses) == set(ROUTES)


def test_a_file_that_is_no_python_is_a_problem_with_its_line(write_bank: Write) -> None:
    root = write_bank({"solvers/m.py": "x = 1\ndef f(:\n", "solvers/n.py": "def g(): pass"})
    (root / "solvers/bytes.py").write_bytes(b"# \xff\n")
    (root / "solvers/nul.py").write_bytes(b"x = 1\0\n")
    functions, problems = index(root)
    assert set(functions) == {"n.g"}
    places = [problem.where for problem in problems]
    assert places == ["solvers/bytes.py:1", "solvers/m.py:2", "solvers/nul.py:1"]
    assert all("not Python" in str(problem) for problem in problems)
