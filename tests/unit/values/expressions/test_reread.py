"""Answers with two readings: asked about where the other one is right, taken where nobody would ask.

The readings of an ambiguous text are written out with all brackets, and as Python functions, which are
the second route.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from quizkit.model import Misread, Understood
from quizkit.values.expressions.decide import equivalent
from quizkit.values.expressions.evaluate import evaluated
from quizkit.values.expressions.interval import arithmetic
from quizkit.values.expressions.read import read_expression, read_tree
from quizkit.values.expressions.reread import reread
from quizkit.values.expressions.symbols import Declared

POSITIVE = dict.fromkeys(["x", "y", "a", "b", "c", "n"], "positive")
REAL = dict.fromkeys(POSITIVE, "real")
FAMILIES = {"w_i": "real", "x_i": "real", "b": "real", "n": "positive integer"}
MATRICES = {"A": "matrix", "w": "matrix", "x": "matrix", "W": "matrix", "b": "real"}
POINT = {"x": 1.7, "y": 0.6, "a": 2.3, "b": 0.9, "c": 3.1, "n": 1.3}

Numeric = Callable[..., float]

# ‸ stands before the sign in question; then the reading taken, the other, and both in Python.
AMBIGUOUS: list[tuple[str, str, str, Numeric, Numeric]] = [
    ("e‸^-2x", "(e^(-2))*x", "e^(-(2*x))",
     lambda x, **_: math.exp(-2) * x, lambda x, **_: math.exp(-2 * x)),
    ("1‸/2x", "(1/2)*x", "1/(2*x)", lambda x, **_: x / 2, lambda x, **_: 1 / (2 * x)),
    ("1‸/n x", "(1/n)*x", "1/(n*x)", lambda n, x, **_: x / n, lambda n, x, **_: 1 / (n * x)),
    ("a‸/b c", "(a/b)*c", "a/(b*c)", lambda a, b, c, **_: a / b * c, lambda a, b, c, **_: a / (b * c)),
    ("a‸/b(x+y)", "(a/b)*(x+y)", "a/(b*(x+y))",
     lambda a, b, x, y, **_: a / b * (x + y), lambda a, b, x, y, **_: a / (b * (x + y))),
    ("1‸/(1+x)(2+y)", "(1/(1+x))*(2+y)", "1/((1+x)*(2+y))",
     lambda x, y, **_: (2 + y) / (1 + x), lambda x, y, **_: 1 / ((1 + x) * (2 + y))),
    ("a‸/2y", "a/(2*y)", "(a/2)*y", lambda a, y, **_: a / (2 * y), lambda a, y, **_: a / 2 * y),
    ("x‸^2n", "(x^2)*n", "x^(2*n)", lambda x, n, **_: x**2 * n, lambda x, n, **_: x ** (2 * n)),
    ("e‸^-x/2", "(e^(-x))/2", "e^(-(x/2))",
     lambda x, **_: math.exp(-x) / 2, lambda x, **_: math.exp(-x / 2)),
    ("e‸^-x²/2a²", "(e^(-(x^2)))/(2*a^2)", "e^(-(x^2/(2*a^2)))",
     lambda x, a, **_: math.exp(-x * x) / (2 * a * a), lambda x, a, **_: math.exp(-x * x / (2 * a * a))),
    ("x‸^1/2", "(x^1)/2", "x^(1/2)", lambda x, **_: x / 2, lambda x, **_: math.sqrt(x)),
    ("‸√ab", "sqrt(a)*b", "sqrt(a*b)",
     lambda a, b, **_: math.sqrt(a) * b, lambda a, b, **_: math.sqrt(a * b)),
    ("‸√a b", "sqrt(a)*b", "sqrt(a*b)",
     lambda a, b, **_: math.sqrt(a) * b, lambda a, b, **_: math.sqrt(a * b)),
    ("‸sqrt a b", "sqrt(a)*b", "sqrt(a*b)",
     lambda a, b, **_: math.sqrt(a) * b, lambda a, b, **_: math.sqrt(a * b)),
    ("‸√6/(n+a)", "sqrt(6)/(n+a)", "sqrt(6/(n+a))",
     lambda a, n, **_: math.sqrt(6) / (n + a), lambda a, n, **_: math.sqrt(6 / (n + a))),
    ("‸log a b", "log(a)*b", "log(a*b)",
     lambda a, b, **_: math.log(a) * b, lambda a, b, **_: math.log(a * b)),
    ("‸log a*b", "log(a)*b", "log(a*b)",
     lambda a, b, **_: math.log(a) * b, lambda a, b, **_: math.log(a * b)),
    ("‸log a(b+c)", "log(a)*(b+c)", "log(a*(b+c))",
     lambda a, b, c, **_: math.log(a) * (b + c), lambda a, b, c, **_: math.log(a * (b + c))),
    ("5‸% x", "(5/100)*x", "mod(5, x)", lambda x, **_: x / 20, lambda x, **_: 5 % x),
    ("f'(x) = 1‸/2x", "(1/2)*x", "1/(2*x)", lambda x, **_: x / 2, lambda x, **_: 1 / (2 * x)),
]  # fmt: skip
# What no brackets are needed for: the reading taken is the only one.
PLAIN = [
    ("1/2 (x - y)^2", "1/(2(x-y)^2)"), ("2^n-1", "2^(n-1)"), ("x^2 y", "x^(2y)"), ("x^(2)n", "x^(2n)"),
    ("x²n", "x^(2n)"), ("e^{-x}/2", "e^(-x/2)"), ("√(a)b", "√(ab)"), ("log(a)b", "log(ab)"),
    ("a/b*c", "a/(b c)"), ("√x+1", "√(x+1)"), ("a/b/c", "a/(b/c)"), (r"\sqrt{a}b", "√(ab)"),
    ("x!/2", "(x/2)!"), ("1/x+y", "1/(x+y)"), ("50 + x", "mod(50, x)"),
]  # fmt: skip


def again(text: str, key: str, symbols: Declared) -> Understood | Misread | None:
    """How the answer is read again beside the key."""
    wanted = read_tree(key, symbols)
    return reread(
        text,
        symbols,
        wanted,
        lambda tree: equivalent(tree, wanted, symbols).verdict in ("right", "sampled"),
    )


def is_taken(text: str, key: str, symbols: Declared) -> bool:
    """Whether the answer, read again or not, is the key."""
    found = again(text, key, symbols)
    if isinstance(found, Misread):
        return False
    value = str(found.value) if isinstance(found, Understood) else text
    verdict = equivalent(read_tree(value, symbols), read_tree(key, symbols), symbols).verdict
    return verdict in ("right", "sampled")


def value(text: str) -> float:
    """The value of a formula at the point."""
    point = {name: Fraction(str(number)) for name, number in POINT.items()}
    tools = arithmetic(25)
    found = evaluated(read_tree(text, POSITIVE), point, tools, lambda *_: Fraction(0))
    return float(tools.interval(found).low)


@pytest.mark.parametrize(("marked", "taken", "other", "first", "second"), AMBIGUOUS)
def test_the_other_reading_is_asked_about_where_it_is_right(
    marked: str, taken: str, other: str, first: Numeric, second: Numeric
) -> None:
    text = marked.replace("‸", "")
    assert value(taken) == pytest.approx(first(**POINT))
    assert value(other) == pytest.approx(second(**POINT))
    asked = again(text, other, POSITIVE)
    assert isinstance(asked, Misread)
    assert asked.position == marked.index("‸")
    assert asked.problem.startswith("without brackets it can be read as ")
    assert asked.problem.endswith("; put brackets")
    shown = asked.problem.removeprefix("without brackets it can be read as ").split(";")[0]
    assert [value(each) for each in shown.split(" or ")] == pytest.approx(
        [value(taken), value(other)]
    )


@pytest.mark.parametrize(("marked", "taken"), [case[:2] for case in AMBIGUOUS])
def test_the_reading_taken_is_not_asked_about(marked: str, taken: str) -> None:
    text = marked.replace("‸", "")
    assert again(text, taken, POSITIVE) is None
    assert value(taken) == pytest.approx(value(str(read_expression(text, POSITIVE).value)))  # type: ignore[union-attr]


@pytest.mark.parametrize("marked", [case[0] for case in AMBIGUOUS])
def test_what_is_wrong_in_either_reading_is_not_asked_about(marked: str) -> None:
    assert again(marked.replace("‸", ""), "x + 12345", POSITIVE) is None


@pytest.mark.parametrize(("text", "other"), PLAIN)
def test_what_has_one_reading_is_not_asked_about(text: str, other: str) -> None:
    assert again(text, other, POSITIVE) is None


def test_several_places_are_read_otherwise_together() -> None:
    asked = again("1/b√2πa e^-x²/2a²", "e^(-x²/(2a²))/(b√(2πa))", POSITIVE)
    assert isinstance(asked, Misread)
    assert asked.position == 1


def test_a_root_sign_may_stand_over_a_power() -> None:
    asked = again("√x²", "|x|", REAL)
    assert isinstance(asked, Misread)
    assert "sqrt(x)^2 or sqrt(x^2)" in asked.problem
    symbols = {"η": "positive", "g": "real", "ε": "positive"}
    step = again("-η·g/(√g²+ε)", "-η·g/(√(g²)+ε)", symbols)
    assert isinstance(step, Misread)
    assert step.position == len("-η·g/(")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[1 x]", "[1, x]"),
        ("[1 -x]", "[1, -x]"),
        ("[ 1 x+1 3 ]", "[1, x+1, 3]"),
        ("[1 x; 0 1]", "[[1, x], [0, 1]]"),
        ("[[1 0] [0 1]]", "[[1, 0], [0, 1]]"),
        ("[[1. 0.]\n [0. 1.]]", "[[1, 0], [0, 1]]"),
        ("[[1 -1] [2 -2]]", "[[1, -1], [2, -2]]"),
        ("[x y, 2]", "[xy, 2]"),
        ("[x - y, 2]", "[x - y, 2]"),
        ("[[1], [2], [3]]", "[1, 2, 3]"),
        ("[1; 2; 3]", "[1, 2, 3]"),
        ("[1, 2, 3]", "[[1], [2], [3]]"),
        ("torch.tensor([1, x])", "[1, x]"),
        ("np.array([[1, 2], [3, 4]])", "[[1, 2], [3, 4]]"),
    ],
)
def test_blanks_and_columns_part_elements(text: str, key: str) -> None:
    assert is_taken(text, key, REAL)
    assert not is_taken(text, key.replace("1", "7").replace("x", "y"), REAL)


def test_a_wrong_vector_with_blanks_is_shown_with_its_elements() -> None:
    assert again("[1 y]", "[1, x]", REAL) == Understood("[1, y]")
    assert again("[2x]", "[1, x]", REAL) is None
    assert read_expression("[2x]", REAL) == Understood("[2·x]")
    assert read_expression("[[2x], [0, 1]]", REAL) == Understood("[[2·x], [0, 1]]")


@pytest.mark.parametrize(
    "text", ["w·x + b", "⟨w, x⟩ + b", "w @ x + b", "dot(w, x) + b", "w^Tx + b"]
)
def test_an_inner_product_has_many_signs(text: str) -> None:
    assert is_taken(text, "sum_i w_i x_i + b", FAMILIES)
    assert is_taken(text, "w^T x + b", MATRICES)
    assert not is_taken(text, "sum_i w_i x_i", FAMILIES)
    assert not is_taken(text, "w x + b", MATRICES) or "·" in text or "@" in text or "dot" in text


def test_an_inner_product_of_vectors_that_are_written_out() -> None:
    for text in ("[x, y]·[x, y]", r"[x, y] \cdot [x, y]", "⟨[x, y], [x, y]⟩", "(x, y)·(x, y)"):
        assert is_taken(text, "x² + y²", REAL), text
    assert not is_taken("[x, y]*[x, y]", "x² + y²", REAL)
    assert is_taken("[x, y]·[x, y]", "[x², y²]", REAL)


def test_a_dot_between_matrices_is_their_product() -> None:
    assert is_taken("W·A", "W A", MATRICES)
    assert not is_taken("W·A", "W^T A", MATRICES)


IDENTITIES: list[tuple[str, str, Callable[[Any], Any]]] = [
    ("(A - 2)^-1", "(A - 2I)^-1", lambda a: np.linalg.inv(a - 2 * np.eye(2))),
    ("(A - 2)^-1", "inv(A - 2 I)", lambda a: np.linalg.inv(a - 2 * np.eye(2))),
    ("(A^T A + I)^-1", "inv(1 + A.T @ A)", lambda a: np.linalg.inv(a.T @ a + np.eye(2))),
    ("2A", "2I A", lambda a: 2 * a),
    ("I - A", "-A + eye(n)", lambda a: np.eye(2) - a),
    ("(A - 1)(A + 1)", "A^2 - I", lambda a: a @ a - np.eye(2)),
]


@pytest.mark.parametrize(("key", "typed", "numeric"), IDENTITIES)
def test_a_number_beside_a_matrix_is_a_multiple_of_the_identity(
    key: str, typed: str, numeric: Callable[[Any], Any]
) -> None:
    rows = ((Fraction(3), Fraction(-4)), (Fraction(5), Fraction(7)))
    for text in (key, typed):
        found = evaluated(read_tree(text, MATRICES), {"A": rows}, arithmetic(25), lambda *_: rows)  # type: ignore[dict-item, arg-type, return-value]
        assert np.allclose(np.array(found, float), numeric(np.array(rows, float)))
    assert is_taken(typed, key, MATRICES)
    assert not is_taken(f"{typed} + I", key, MATRICES)


def test_pythons_range_counts_from_0() -> None:
    assert is_taken("sum(x_i for i in range(n))/n", "sum_i x_i/n", FAMILIES)
    assert is_taken("sum(x_i for i in range(1, n+1))/n", "sum_i x_i/n", FAMILIES)
    assert is_taken("sum(x_i for i in range(n))", "sum_{i=0}^{n-1} x_i", FAMILIES)
    assert not is_taken("sum(x_i for i in range(n-1))/n", "sum_i x_i/n", FAMILIES)
    assert not is_taken("sum(x_i for i in range(1, n))/n", "sum_i x_i/n", FAMILIES)
    assert is_taken("mean(x_i)", "sum_i x_i/n", FAMILIES)
    assert not is_taken("mean(x_i)^2", "sum_i x_i^2/n", FAMILIES)


@pytest.mark.parametrize(
    ("marked", "name"), [("sqrt(‸d)", "d_k"), ("sqrt(‸k)", "d_k"), ("q/√‸d", "d_k")]
)
def test_a_letter_of_a_declared_name_is_asked_about(marked: str, name: str) -> None:
    symbols = {"d_k": "positive", "q": "real"}
    asked = again(marked.replace("‸", ""), "sqrt(d_k)", symbols)
    assert isinstance(asked, Misread)
    assert asked.position == marked.index("‸")
    assert f"did you mean {name!r}" in asked.problem


def test_a_family_and_a_running_index_are_no_slips() -> None:
    assert again("sum(x)", "sum_i x_i/n", FAMILIES) is None
    assert again("x_i/n", "sum_i x_i/n", FAMILIES) is None
    assert again("softmax(x)_i + i", "softmax(x)_i", FAMILIES) is not None


def test_an_answer_that_cannot_be_read_says_so() -> None:
    assert again("1/2x +", "1/(2x)", POSITIVE) == read_expression("1/2x +", POSITIVE)


@pytest.mark.parametrize(
    "text",
    ["e^-x/2 " * 50, "log a x " * 50, "erf(x)/2x^2y √erf(a) x " * 8, "√" * 200 + "x y", "[1 x " * 25,
     "a mod(" * 29 + "n, 2)" * 29, "1/x y" + "/x y" * 80],
)  # fmt: skip
def test_many_readings_take_bounded_time(text: str) -> None:
    began = time.process_time()
    again(text, "x", POSITIVE)
    assert time.process_time() - began < 1
