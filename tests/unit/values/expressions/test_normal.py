"""The normal form proves identities, proves nothing else, and expands as sympy does."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
import sympy

from quizkit.values.expressions.decide import equivalent
from quizkit.values.expressions.normal import are_identical, polynomial
from quizkit.values.expressions.read import read_tree
from quizkit.values.expressions.symbols import Declared, Range, domain

SYMBOLS: Declared = {
    "x": "real",
    "y": "real",
    "a": "positive",
    "p": Range(start=0, stop=1),
    "z_i": "real",
}
DOMAINS = {name: domain(stated) for name, stated in SYMBOLS.items()}

PROVED = [
    ("(x+y)^3", "x^3+3x^2y+3xy^2+y^3"),
    ("x/(x+1) + 1/(x+1)", "1"),
    ("1/(1+1/x)", "x/(x+1)"),
    ("(x^2-1)/(x-1)", "x+1"),
    ("sqrt(8)", "2sqrt(2)"),
    ("1/sqrt(2)", "sqrt(2)/2"),
    ("sqrt(x^2)", "|x|"),
    ("sqrt(a)^2", "a"),
    ("(a+1)^(3/2)/(a+1)^(1/2)", "a+1"),
    ("sqrt(1+x^2)^2", "1+x^2"),
    ("e^(x+y)", "e^x e^y"),
    ("e^(2x)", "(e^x)^2"),
    ("a^x", "e^(x ln a)"),
    ("log(a x^2)", "log a + 2 log|x|"),
    ("log_2 a", "ln a/ln 2"),
    ("log(1/8)", "-3 log 2"),
    ("log(p/(1-p))", "log p - log(1-p)"),
    ("e^(3 log a)", "a^3"),
    ("σ(x)", "e^x/(1+e^x)"),
    ("σ(x)(1-σ(x))", "e^-x/(1+e^-x)^2"),
    ("tanh x", "2σ(2x)-1"),
    ("1-tanh²x", "sech(x)^2"),
    ("cosh²x - sinh²x", "1"),
    ("softplus(x)", "log(1+e^x)"),
    ("softplus(x) - softplus(-x)", "x"),
    ("log σ(x)", "-softplus(-x)"),
    ("silu(x)", "x/(1+e^-x)"),
    ("relu(x)", "max(0, x)"),
    ("relu(x) - relu(-x)", "x"),
    ("max(x, y) + min(x, y)", "x + y"),
    ("gelu(x)", "x(1+erf(x/√2))/2"),
    ("z_i^2 - 1", "(z_i-1)(z_i+1)"),
    ("50% + 1/2", "1"),
]

NOT_PROVED = [
    ("x", "y"),
    ("sqrt(x^2)", "x"),
    ("log(x^2)", "2 log x"),
    ("e^x", "e^(x+1)"),
    ("(x+1)^24", "(x+1)^23"),
    ("sqrt(2)", "sqrt(3)"),
    ("sqrt(x)", "x"),
    ("log(1+p)", "log(1-p)"),
    ("z_i", "x"),
    ("|x+y|", "|x-y|"),
    ("max(x, y)", "min(x, y)"),
    ("x^(1/3)", "x^(1/2)"),
    ("1/x", "1/(x+1)"),
    ("relu(x)", "x"),
]


@pytest.mark.parametrize(("one", "other"), PROVED)
def test_identities_are_proved(one: str, other: str) -> None:
    a, b = read_tree(one, SYMBOLS), read_tree(other, SYMBOLS)
    assert are_identical(a, b, DOMAINS)
    assert equivalent(a, b, SYMBOLS).verdict == "right"


@pytest.mark.parametrize(("one", "other"), NOT_PROVED)
def test_what_is_not_equal_is_not_proved(one: str, other: str) -> None:
    a, b = read_tree(one, SYMBOLS), read_tree(other, SYMBOLS)
    assert not are_identical(a, b, DOMAINS)
    assert equivalent(a, b, SYMBOLS).verdict == "wrong"


def test_random_products_expand_as_in_sympy() -> None:
    random = Random(3)
    x, y = sympy.symbols("x y")
    for _ in range(12):
        factors = [[random.randint(-9, 9) for _ in range(3)] for _ in range(4)]
        text = "*".join(f"({a}x + ({b})y + ({c}))" for a, b, c in factors)
        expected = sympy.expand(sympy.prod(a * x + b * y + c for a, b, c in factors))
        found = polynomial(read_tree(text, SYMBOLS)) or {}
        terms = {
            frozenset((str(base), Fraction(int(power))) for base, power in term.as_powers_dict().items()):
            Fraction(int(factor))
            for term, factor in expected.as_coefficients_dict().items()
            if factor
        }  # fmt: skip
        plain = {frozenset((each[1], power) for each, power in key): n for key, n in found.items()}
        ones = {frozenset(pair for pair in key if pair[0] != "1"): n for key, n in terms.items()}
        assert plain == ones


def test_what_would_be_too_long_has_no_form() -> None:
    assert polynomial(read_tree("(x+y+a+p+1)^20", SYMBOLS)) is None
    assert polynomial(read_tree("x if x > 0 else 0", SYMBOLS)) is None


def test_matrices_do_not_commute() -> None:
    symbols: Declared = {"A": "matrix", "B": "matrix"}
    same, other = read_tree("A B + B A", symbols), read_tree("2 A B", symbols)
    assert equivalent(same, other, symbols).verdict == "wrong"
    assert (
        equivalent(read_tree("(A B)^T", symbols), read_tree("B^T A^T", symbols), symbols).verdict
        == "sampled"
    )
