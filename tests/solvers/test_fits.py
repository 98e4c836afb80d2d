"""Fits find the formula behind the numbers, and refuse what is no combination of the terms."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy

from solvers.fits import _fitted, _text

PLACES = [(x, y) for x in (0.5, 1.0, 2.0, 3.0) for y in (1.0, 2.0, 5.0)]


def test_a_combination_with_simple_fractions_is_found():
    values = [x * x / 3 - 2 * y / x for x, y in PLACES]
    assert sympy.simplify(
        sympy.sympify(_fitted("x y", "1 x^2 y/x x*y", PLACES, values))
        - sympy.sympify("x**2/3 - 2*y/x")
    ) == sympy.Integer(0)


def test_exact_counts_are_taken_as_well():
    points = [(Fraction(n),) for n in range(1, 6)]
    assert _fitted("n", "1 n n^2", points, [n * n + 1 for (n,) in points]) == "n**2 + 1"


@pytest.mark.parametrize(
    ("terms", "values"),
    [
        ("1 x y", [x * y for x, y in PLACES]),  # another form
        ("x x^2", [x * 0.123456 for x, _ in PLACES]),  # no simple fraction
        ("x 2*x", [x for x, _ in PLACES]),  # terms that cannot be told apart
    ],
)
def test_what_does_not_fit_is_refused(terms, values):
    with pytest.raises(ValueError, match=r"fits|apart"):
        _fitted("x y", terms, PLACES, values)


def test_a_fit_without_a_point_to_spare_is_refused():
    with pytest.raises(ValueError, match="2 points"):
        _fitted("x", "1 x", [(0,), (1,)], [3, 7])


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("-y*(y - 1)", "y*(1 - y)"),
        ("-1/(p - 1)", "1/(1 - p)"),
        ("-e*h + 1", "1 - e*h"),
        ("-p*q", "-p*q"),
        ("x*(a - 1)*(t - v)", "x*(a - 1)*(t - v)"),
    ],
)
def test_formulas_are_written_without_needless_minus_signs(formula, text):
    symbols = {name: sympy.Symbol(name) for name in "aehpqtvxy"}
    assert _text(sympy.sympify(formula, locals=symbols)) == text
