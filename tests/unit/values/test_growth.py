"""Growth compared exactly; sympy's limits, and sizes at a large argument, are the second route."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
import sympy

from quizkit.values.bounds import read_bound
from quizkit.values.growth import is_at_most
from quizkit.values.numbers import Unreadable
from tests.effort import at_most

# As typed, and as sympy has it.
BOUNDS: dict[str, str] = {
    "1": "1",
    "log log n": "log(log(n))",
    "log n": "log(n)",
    "log^2 n": "log(n)**2",
    "n^0.1": "n**Rational(1, 10)",
    "n^.25": "n**Rational(1, 4)",
    "√n": "sqrt(n)",
    "root n": "sqrt(n)",
    "sqrt(n) log n": "sqrt(n)*log(n)",
    "n / log n": "n/log(n)",
    "n": "n",
    "3n + 5": "3*n+5",
    "n log log n": "n*log(log(n))",
    "n log n": "n*log(n)",
    "n log₂(n²)": "n*log(n**2)/log(2)",
    "n log^2 n": "n*log(n)**2",
    "n^1.5": "n**Rational(3,2)",
    "n(n-1)/2": "n*(n-1)/2",
    "n²": "n**2",
    "n^2 log n": "n**2*log(n)",
    "(n+1)^3": "(n+1)**3",
    "n^4/2": "n**4/2",
    "2^sqrt(n)": "2**sqrt(n)",
    "1.5^n": "Rational(3,2)**n",
    "2^n": "2**n",
    "2^(n+3)": "2**(n+3)",
    "n 2^n": "n*2**n",
    "e^n": "exp(n)",
    "3^n": "3**n",
    "4^(n/2)": "2**n",
    "2^(2n)": "4**n",
}


def compared(one: str, other: str, symbols: tuple[str, ...] = ("n",)) -> tuple[bool, bool]:
    first, second = read_bound(one, symbols).terms, read_bound(other, symbols).terms
    return is_at_most(first, second), is_at_most(second, first)


def by_limits(one: str, other: str) -> tuple[bool, bool]:
    n = sympy.Symbol("n", positive=True)
    ratio = sympy.sympify(one, locals={"n": n}) / sympy.sympify(other, locals={"n": n})
    limit: Any = sympy.limit(sympy.simplify(ratio), n, sympy.oo)
    return limit != sympy.oo, limit != 0


@pytest.mark.parametrize("one", BOUNDS)
def test_sympy_s_limits_agree(one: str) -> None:
    names = list(BOUNDS)
    place = names.index(one)
    for other in names[place : place + 5]:  # neighbours in growth, where it is hard
        assert compared(one, other) == by_limits(BOUNDS[one], BOUNDS[other]), other


def test_the_list_above_ascends() -> None:
    names = [name for name in BOUNDS if not name.startswith(("2^(n+3)", "4^(n/2)"))]
    for one, other in combinations(names, 2):
        assert compared(one, other)[0], (one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("n!", "(n-1)! n"),
        ("log(n!)", "n log n"),
        ("log(n^n)", "n log n"),
        ("(n+2)!", "n! n^2"),
        ("log_10 n", "ln n"),
        ("O(n)", "n"),
        ("\\Theta(n \\log n)", "nlogn"),
        ("$\\mathcal{O}(n^{2})$", "n**2"),
        ("\\frac{n^2}{2}", "n·n"),
        ("big-O of n^2", "O(n²) time"),
        ("quadratic", "n^2"),
        ("max(n, log n)", "n"),
        ("O(n) + O(log n)", "n"),
    ],
)
def test_the_same_growth(one: str, other: str) -> None:
    assert compared(one, other) == (True, True)


@pytest.mark.parametrize(
    ("one", "other", "symbols", "expected"),
    [
        ("2^n", "n!", "n", (True, False)),
        ("n!", "n^n", "n", (True, False)),
        ("n!", "3^n", "n", (False, True)),
        ("n!", "2^(n^2)", "n", (True, False)),
        ("V + E", "E + V + 1", "VE", (True, True)),
        ("|V| + |E|", "VE", "VE", (True, False)),
        ("|V||E|", "V*E", "VE", (True, True)),
        ("nm", "n^2 + m^2", "nm", (True, False)),
        ("(n+m)^2", "n^2 + m^2", "nm", (True, True)),
        ("nm", "n^3 + m", "nm", (False, False)),
        ("n log m", "m log n", "nm", (False, False)),
        ("log(nm)", "log n + log m", "nm", (True, True)),
        ("log(n + m)", "log(nm)", "nm", (True, True)),
        ("b^d", "b^(d+1)", "bd", (True, False)),
        ("b^d + b^(d-1)", "b^d", "bd", (True, True)),
        ("T^2 d + T d^2", "Td(T + d)", "Td", (True, True)),
        ("T d^2", "T^2 d", "Td", (False, False)),
        ("n/m", "n", "nm", (True, False)),
    ],
)
def test_several_symbols(one: str, other: str, symbols: str, expected: tuple[bool, bool]) -> None:
    assert compared(one, other, tuple(symbols)) == expected


@pytest.mark.parametrize(
    ("text", "lower", "factor"),
    [
        ("n log n", False, False),
        ("3 n log n", False, True),
        ("n log n + n", True, False),
        ("n(n-1)/2", True, True),
        ("(n+1)^2", True, False),
        ("2^(n+1)", False, True),
        ("5", False, True),
    ],
)
def test_what_a_bound_drops_is_seen(text: str, lower: bool, factor: bool) -> None:
    bound = read_bound(text, ("n",))
    assert (bound.has_lower_order, bound.has_constant) == (lower, factor)


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("", 0),
        ("O(", 2),
        ("O(k)", 2),
        ("n2", 1),
        ("-n", 0),
        ("n - n", 0),
        ("n +", 3),
        ("O(n log n", 9),
        ("2^(log n)", 0),
        ("Theta(n) + O(n)", 0),
        ("n^^2", 2),
        ("__import__('os')", 2),
    ],
)
def test_what_is_no_bound_is_unreadable(text: str, position: int) -> None:
    with pytest.raises(Unreadable) as found:
        read_bound(text, ("n",))
    assert found.value.misread.position == position


@pytest.mark.parametrize(
    "text",
    [
        "(" * 200,
        "n!" + "!" * 190,
        "n" + "^9" * 90,
        "((((((9^8)^8)^8)^8)^8)^8)^8",
        "2^" * 90 + "n",
        "(n+1)^4" * 28,
        "(1+n+m+k)^4(1+n+m+k)^4(1+n+m+k)^4",
        "99999999^n" * 20,
        "99999989^n+99999971^n+99999959^n",
        "n^1000^1000^1000",
        "log " * 48 + "n",
        "9" * 200,
        "n+" * 99 + "n",
        "|" * 200,
    ],
)
def test_hostile_bounds_cost_little(text: str) -> None:
    with at_most(0.5):
        try:
            bound = read_bound(text, ("n", "m", "k"))
            is_at_most(bound.terms, bound.terms)
        except Unreadable as error:
            assert error.misread.problem.isprintable()  # noqa: PT017


SPOKEN = [
    ("square root of n", "sqrt(n)"),
    ("The square root of n.", "sqrt(n)"),
    ("O(square root of n)", "sqrt(n)"),
    ("d times the square root of n", "d sqrt(n)"),
    ("square root of (n log n)", "sqrt(n log n)"),
    ("linear in n, quadratic in d", "n d^2"),
    ("Linear in N and quadratic in D", "n d^2"),
    ("linear in n and in d", "n d"),
    ("linear in n and d", "n d"),
    ("linear in both n and d.", "n d"),
    ("quadratic in n, but linear in d", "n^2 d"),
    ("logarithmic in n, constant in d", "log n"),
    ("linear in n", "n"),
]


@pytest.mark.parametrize(("typed", "plain"), SPOKEN)
def test_bounds_in_words_are_read(typed: str, plain: str) -> None:
    assert compared(typed, plain, ("n", "d")) == (True, True)


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("square root of n", "n"),
        ("linear in n, quadratic in d", "n^2 d"),
        ("linear in n and in d", "n + d"),
        ("linear in n", "n d"),
    ],
)
def test_bounds_in_words_are_not_taken_for_others(typed: str, other: str) -> None:
    assert compared(typed, other, ("n", "d")) != (True, True)


@pytest.mark.parametrize(
    "typed",
    [
        "square root of n log n",
        "square root of n + d",
        "square root of x",
        "linear in n, not in d",
        "linear in n or d",
        "linear in n and n",
        "linear in n, quadratic",
        "linear in x",
        "not linear in n",
        "linear in n + d",
        "in n",
        "linear",
    ],
)
def test_words_that_leave_something_open_are_not_read(typed: str) -> None:
    with pytest.raises(Unreadable):
        read_bound(typed, ("n", "d"))


@pytest.mark.parametrize("text", ["O(n^1/2)", "n^3/2", "2^n^1/2"])
def test_a_power_with_a_slash_behind_is_asked_about(text: str) -> None:
    with pytest.raises(Unreadable, match="read in two ways"):
        read_bound(text, ("n",))


@pytest.mark.parametrize("text", ["n^2/2", "n^4/2", "n^(1/2)", "n^1/1", "n^.5/3"])
def test_a_power_that_can_be_read_in_one_way_is_read(text: str) -> None:
    assert read_bound(text, ("n",)).terms
