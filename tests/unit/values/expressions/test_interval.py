"""Bounds hold the true value: held against mpmath at more digits, and against Fractions."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

import mpmath
import pytest

from quizkit.values.expressions.evaluate import evaluated
from quizkit.values.expressions.interval import (
    Interval,
    Undefined,
    Unsure,
    arithmetic,
)
from quizkit.values.expressions.read import read_tree

FUNCTIONS: dict[str, Callable[..., Any]] = {
    "exp(x)": mpmath.exp,
    "log(x)": mpmath.log,
    "log2(x)": lambda x: mpmath.log(x, 2),
    "sqrt(x)": mpmath.sqrt,
    "cbrt(x)": lambda x: mpmath.sign(x) * mpmath.cbrt(abs(x)),
    "x^(2/3)": lambda x: mpmath.power(x, mpmath.mpf(2) / 3),
    "sin(x)": mpmath.sin,
    "cos(x)": mpmath.cos,
    "tan(x)": mpmath.tan,
    "asin(x)": mpmath.asin,
    "acos(x)": mpmath.acos,
    "atan(x)": mpmath.atan,
    "sinh(x)": mpmath.sinh,
    "tanh(x)": mpmath.tanh,
    "asinh(x)": mpmath.asinh,
    "acosh(x)": mpmath.acosh,
    "atanh(x)": mpmath.atanh,
    "erf(x)": mpmath.erf,
    "Φ(x)": mpmath.ncdf,
    "normalpdf(x)": mpmath.npdf,
    "sigmoid(x)": lambda x: 1 / (1 + mpmath.exp(-x)),
    "softplus(x)": lambda x: mpmath.log1p(mpmath.exp(x)),
    "gelu(x)": lambda x: x * mpmath.ncdf(x),
    "pi x": lambda x: mpmath.pi * x,
}


def points(count: int = 24) -> list[Fraction]:
    """Tiny, moderate and large arguments of both signs."""
    random = Random(1)
    sizes = [10**9, 10**7, 10**6, 10**5, 3 * 10**4]
    return [Fraction(random.randint(-(10**6), 10**6), random.choice(sizes)) for _ in range(count)]


def value(text: str, x: Fraction, digits: int) -> Any:
    tree = read_tree(text, {"x": "real"})
    return evaluated(tree, {"x": x}, arithmetic(digits), lambda *_: Fraction(0))


def exactly(end: Decimal | Fraction) -> Any:
    if isinstance(end, Fraction):
        return mpmath.mpf(end.numerator) / end.denominator
    return mpmath.mpf(str(end))


@pytest.mark.parametrize("text", FUNCTIONS)
@pytest.mark.parametrize("digits", [25, 90])
def test_bounds_hold_the_value_and_are_narrow(text: str, digits: int) -> None:
    compared = 0
    with mpmath.workdps(digits + 40):
        for x in points():
            true = FUNCTIONS[text](mpmath.mpf(x.numerator) / x.denominator)
            try:
                found = value(text, x, digits)
            except Undefined:
                assert isinstance(true, mpmath.mpc) or not mpmath.isfinite(true)
                continue
            assert not isinstance(true, mpmath.mpc), x
            low, high = map(exactly, found if isinstance(found, Interval) else (found, found))
            assert low <= true <= high, x
            assert high - low <= mpmath.mpf(10) ** (8 - digits) * max(1, abs(true)), x
            compared += 1
    assert compared >= 2


def test_a_value_outside_its_bounds_would_be_seen() -> None:
    found = value("exp(x)", Fraction(1), 25)
    with mpmath.workdps(60):
        assert (
            not mpmath.mpf(str(found.low))
            <= mpmath.e * (1 + mpmath.mpf(10) ** -20)
            <= mpmath.mpf(str(found.high))
        )


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("(x+1)^3/x", Fraction(27, 2)),
        ("sqrt(x/8)", Fraction(1, 2)),
        ("root(4x, 3)", 2),
        ("log(x^10, 4)", 5),
        ("log2(1/x)", -1),
        ("exp(0) + cos(0)", 2),
        ("floor(-x/3)", -1),
        ("mod(-x, 3)", 1),
        ("round(x + 1/2)", 2),
        ("binom(5, x)", 10),
        ("Γ(x + 3)", 24),
        ("x^-x", Fraction(1, 4)),
        ("0^0", 1),
        ("(-x)^3", -8),
        ("x·50%", 1),
    ],
)
def test_what_is_rational_stays_exact(text: str, exact: Fraction | int) -> None:
    found = value(text, Fraction(2), 25)
    assert isinstance(found, Fraction)
    assert found == exact


@pytest.mark.parametrize(
    "text",
    ["1/0", "log(0)", "log(-1)", "sqrt(-1)", "(-1)^(1/2)", "0^-1", "asin(2)", "(1/2)!", "inf"],
)
def test_what_has_no_value_is_undefined(text: str) -> None:
    with pytest.raises(Undefined):
        value(text, Fraction(1), 25)


@pytest.mark.parametrize(
    "text", ["sign(sin(π x))", "1/(sin²x + cos²x - 1)", "exp(exp(40x))", "Γ(1/3)"]
)
def test_what_the_precision_does_not_tell_is_unsure(text: str) -> None:
    with pytest.raises(Unsure):
        value(text, Fraction(1), 25)


def test_powers_of_large_numbers_are_bounded_at_once() -> None:
    found = arithmetic(25).power(Fraction(9), Fraction(9**9))
    assert isinstance(found, Interval)
    assert found.low.adjusted() == 369_693_099  # 9^(9^9) has 369,693,100 digits
