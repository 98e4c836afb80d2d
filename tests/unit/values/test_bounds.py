"""Bounds with constants in exponents and bases, roots, and what can be read in two ways."""

from __future__ import annotations

import pytest

from quizkit.values.bounds import read_bound
from quizkit.values.growth import is_at_most
from quizkit.values.numbers import Unreadable
from tests.effort import at_most

SYMBOLS = ("n", "m", "d")


def compared(one: str, other: str) -> tuple[bool, bool]:
    first, second = (read_bound(text, SYMBOLS).terms for text in (one, other))
    return is_at_most(first, second), is_at_most(second, first)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("n^(log2 8)", "n^3"),
        ("n^(log_2(4))", "n^2"),
        ("n^{\\log_2 8}", "n^3"),
        ("n^log₂ 8", "n^3"),
        ("n^(log_{2}{8})", "n^3"),
        ("n^(log 8/log 2)", "n^3"),
        ("n^{\\frac{\\ln 8}{\\ln 2}}", "n^3"),
        ("n^(log_4 8)", "n^1.5"),
        ("n^(log_6 36)", "n^2"),
        ("n^(log_3(2)·log_2(3))", "n"),
        ("n^((log_6 7)(log_7 6))", "n"),
        ("n^(log_6 7 · 1/log_6 7)", "n"),
        ("n^(log_4 9)", "n^(log_2 3)"),
        ("3^(log_2 n)", "n^(log_2 3)"),
        ("7^(log2 n)", "n^(ln(7)/ln(2))"),
        ("2^(log_2 n)", "n"),
        ("4^(log_2 n)", "n^2"),
        ("e^(n ln 2)", "2^n"),
        ("2^(n log2 8)", "8^n"),
        ("n^(1/log n)", "1"),
        ("n^(ln ln e^e)", "n"),
        ("n^(e^(ln 2)/2)", "n"),
        ("n^(sqrt 4)", "n^2"),
        ("n^(√2·√8)", "n^4"),
        ("n^((√2+√3)^2 - 2√6)", "n^5"),
        ("n^(((1+√5)/2)^2)", "n^((3+√5)/2)"),
        ("n^(3!)", "n^6"),
        ("n^(π/π)", "n"),
        ("n^(log_2 log_2 16)", "n^2"),
        ("log_n(n^2)", "1"),
        ("log_d n", "log(n)/log(d)"),
    ],
)
def test_constants_in_exponents_and_bases_are_exact(typed: str, plain: str) -> None:
    assert compared(typed, plain) == (True, True)


@pytest.mark.parametrize(
    ("less", "more"),
    [
        ("n", "n^(log2 7)"),
        ("p", "p^(log2 1024)"),
        ("n^2", "n^(2 log2 4)"),
        ("2^n", "2^(n log2 8)"),
        ("n^(log_3 2)", "n^(log2 3)"),
        ("n^(log10 3)", "n^(log2 3)"),
        ("(ln 2)^n", "1"),
        ("(log_2 3)^n", "(log_2 4)^n"),
        ("(ln n)^n", "(log_2 n)^n"),
        ("n", "n^1.000001"),
        ("n^3", "n^π"),
        ("n^e", "n^3"),
        ("1.618^n", "((1+√5)/2)^n"),
        ("e^(0.693147 n)", "2^n"),
        ("n^2.8073", "n^(log_2 7)"),
        ("2^C(n,2)", "2^(n^2/2)"),
        ("2^max(n, n)", "4^n"),
        ("\\sqrt[3]{n}", "√n"),
        ("∛n", "√n"),
        ("log log n", "log n"),
    ],
)
def test_constants_that_differ_are_told_apart(less: str, more: str) -> None:
    symbols = ("p",) if "p" in less else SYMBOLS
    first, second = (read_bound(text, symbols).terms for text in (less, more))
    assert (is_at_most(first, second), is_at_most(second, first)) == (True, False)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("2^(1/n)", "1"),
        ("n^(1/n)", "1"),
        ("n 2^(1/n)", "n"),
        ("2^(n+1/n)", "2^n"),
        ("n^(2 + 1/n)", "n^2"),
        ("n 2^(log(n)/n)", "n"),
        ("(2^(1/n))^n", "1"),
        ("n^(1/√n) m", "m"),
    ],
)
def test_an_exponent_that_vanishes_is_a_constant_factor(typed: str, plain: str) -> None:
    assert compared(typed, plain) == (True, True)


@pytest.mark.parametrize("typed", ["2^(m/n)", "2^(1/log(n) + m)", "n^(m/n)", "n^(1/d) n"])
def test_an_exponent_that_need_not_vanish_is_none(typed: str) -> None:
    assert compared(typed, "1") != (True, True)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [("min(n, n^2)", "n"), ("min(2n, n)", "n"), ("max(n, log n)", "n"), ("n/(n+1)", "1")],
)
def test_the_smallest_and_the_largest_part(typed: str, plain: str) -> None:
    assert compared(typed, plain) == (True, True)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("min(n, m)", "depends on the symbols"),
        ("n^(log 8)", "the base of this logarithm decides"),
        ("(log n)^n", "the base of this logarithm decides"),
        ("n^(lg 8)", "the base of this logarithm decides"),
        ("e^(ln 2 n)", "brackets around what ln is of"),
        ("√2n", "brackets around what sqrt is of"),
        ("√nd", "brackets around what sqrt is of"),
        ("exp 2n", "brackets around what exp is of"),
        ("2^O(n)", "known exactly"),
        ("n^{O(1)}", "known exactly"),
        ("O(1)^n", "known exactly"),
        ("n^(1+o(1))", "one letter around the whole"),
        ("n + o(n)", "one letter around the whole"),
        ("n/O(log n)", "no letter below a fraction's bar"),
        ("\\frac{n}{O(m)}", "no letter below a fraction's bar"),
        ("2^n/2", "read in two ways"),
        ("n/2m", "read in two ways"),
        ("n^(log2n)", "known exactly"),
        ("n^(log3(9))", "known exactly"),
        ("2^√(n^2+n)", "known exactly"),
        ("(n!)^n", "known exactly"),
        ("n^(0.5!)", "factorial of a whole number"),
        ("n^2 (log(n+1) - log n)", "cannot be told from 0"),
        ("n! - n^n e^-n √n", "cannot be told from 0|not subtracted"),
    ],
)
def test_what_can_be_read_in_two_ways_or_is_not_known_is_asked_about(typed: str, told: str) -> None:
    with pytest.raises(Unreadable, match=told):
        read_bound(typed, SYMBOLS)


def test_a_logarithm_of_twice_n_less_one_of_n_is_a_constant() -> None:
    assert compared("n^2 (log(2n) - log(n)) + 1", "n^2") == (True, True)


@pytest.mark.parametrize(
    ("text", "lower", "factor"),
    [
        ("n log_8 n", False, False),
        ("log_2 log_3 n", False, False),
        ("n ln 2", False, True),
        ("n log(n^2)", False, True),
        ("n log_2 n + n", True, False),
        ("2^(1/n)", False, False),
        ("log(n!)", False, False),
        ("n^(log2 8)", False, False),
    ],
)
def test_a_base_is_no_factor_that_anyone_typed(text: str, lower: bool, factor: bool) -> None:
    bound = read_bound(text, SYMBOLS)
    assert (bound.has_lower_order, bound.has_constant) == (lower, factor)


@pytest.mark.parametrize(
    "text",
    [
        "n^(" + "(1+√2+√3)" * 18 + ")",
        "n^(" + "+".join(f"√{prime}" for prime in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31)) + ")^4",
        "n^(" + "√(1+" * 18 + "2" + ")" * 19,
        "n^" + "e^" * 60 + "2",
        "n^(0.5^99999999)",
        "n^(99999989^0.5 99999971^0.5 99999959^0.5)",
        "n^(0.123456789012345678^0.123456789012345678)",
        "n^(" + "ln(" * 20 + "99" + ")" * 21,
        "max(n,m,d,n m,n d,m d,2^n,2^m,2^d,n!,m!,d!,log n,log m,log d)",
        "+".join(f"n^(ln {number})m" for number in range(2, 18)),
        "C(C(C(n,4),4),4)",
        "C(n+m+d,20)",
        "√[" * 30 + "n",
        "log_(n+1)(" * 15 + "n",
    ],
)
def test_hostile_constants_cost_little(text: str) -> None:
    with at_most(0.5):
        try:
            bound = read_bound(text, SYMBOLS)
            is_at_most(bound.terms, read_bound("n^2 m + 2^n", SYMBOLS).terms)
        except ValueError as error:
            assert str(error).isprintable()  # noqa: PT017
        except Unreadable as error:
            assert error.misread.problem.isprintable()  # noqa: PT017
