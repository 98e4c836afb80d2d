"""Symbolic sizes; the second route puts numbers in for the symbols and lets Python compute."""

from __future__ import annotations

from typing import Any

import pytest

from quizkit.model import Misread, Understood
from quizkit.values.arrays import read_shape
from quizkit.values.sizes import simplified
from tests.effort import at_most

SYMBOLS = ("N", "C", "H", "heads")
READ: list[tuple[str, tuple[Any, ...]]] = [
    ("(N, 64, 28, 28)", ("N", 64, 28, 28)),
    ("N×64×28×28", ("N", 64, 28, 28)),
    ("Nx64x28x28", ("N", 64, 28, 28)),
    ("n x 64", ("N", 64)),
    ("N*64*28", ("N", 64, 28)),
    ("N 64 28", ("N", 64, 28)),
    ("2*N 64 28", ("2*N", 64, 28)),
    ("2*N x 64", ("2*N", 64)),
    ("[N, C*H]", ("N", "C*H")),
    ("(N, 3C, H/2)", ("N", "3*C", "H/2")),
    ("(N, H*C)", ("N", "C*H")),
    ("(2N,)", ("2*N",)),
    ("N", ("N",)),
    ("(N+1) x 3", ("N + 1", 3)),
    ("torch.Size([N, 2*3])", ("N", 6)),
    ("(heads, C/heads)", ("heads", "C/heads")),
    ("()", ()),
]


@pytest.mark.parametrize(("text", "shape"), READ)
def test_reads_symbols(text: str, shape: tuple[Any, ...]) -> None:
    assert read_shape(text, SYMBOLS) == Understood(shape)


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("[B, T, dmodel]", ("B", "T", "d_model")),
        (r"$B \times T \times d_{model}$", ("B", "T", "d_model")),
        (r"\mathbb{R}^{B \times T \times d_{model}}", ("B", "T", "d_model")),
        ("ℝ^{B×T}", ("B", "T")),
        ("[B, 2dmodel]", ("B", "2*d_model")),
        ("[dmodel, d]", ("d_model", "d")),
    ],
)
def test_reads_names_without_underscores_and_spaces_of_arrays(
    text: str, shape: tuple[Any, ...]
) -> None:
    assert read_shape(text, ("B", "T", "d_model", "d")) == Understood(shape)


def test_a_name_without_its_underscore_is_another_where_that_is_declared() -> None:
    assert read_shape("(dk, d_k)", ("dk", "d_k")) == Understood(("dk", "d_k"))


def test_a_space_of_arrays_without_symbols() -> None:
    assert read_shape(r"\mathbb{R}^{784 \times 10}") == Understood((784, 10))
    assert isinstance(read_shape(r"\mathbb{R}^{784 \times }"), Misread)


@pytest.mark.parametrize(
    ("text", "position"),
    [("(K, 3)", 1), ("N, K", 3), ("(N, -1)", 4), ("N, 1/2", 3), ("N x", 3), ("N, 3)", 4)],
)
def test_says_where_reading_failed(text: str, position: int) -> None:
    reading = read_shape(text, SYMBOLS)
    assert isinstance(reading, Misread)
    assert reading.position == position


@pytest.mark.parametrize(
    "size",
    [
        "2*N + C",
        "N*(C + 1)",
        "N^2 - N",
        "(N + C)^2",
        "3*N*C/2 + N*C/2",
        "N*C*H/(C*H)",
        "(N - C)*(N + C)",
    ],
)
def test_the_standard_form_has_the_same_value(size: str) -> None:
    (standard,) = simplified((size,), SYMBOLS)
    for n, c, h in ((2, 6, 10), (4, 8, 3), (12, 20, 7)):
        values = {"N": n, "C": c, "H": h}
        one, other = (eval(each.replace("^", "**"), values) for each in (size, standard))
        assert one == other


def test_equal_polynomials_have_one_form() -> None:
    forms = ["2N + C", "C + N + N", "(C/2 + N)*2", "N*2+C"]
    assert len({simplified((form,), SYMBOLS) for form in forms}) == 1
    assert simplified(("2N + C",), SYMBOLS) != simplified(("2N - C",), SYMBOLS)


@pytest.mark.parametrize(
    "text", ["(" * 200, "N^9" * 60, "(N+C+H)^6(N+C+H)^6", "N*" * 99, "9" * 300, "N " * 99, "/" * 99]
)
def test_hostile_sizes_cost_little(text: str) -> None:
    with at_most(0.2):
        reading = read_shape(text, SYMBOLS)
    assert isinstance(reading, Understood | Misread)
