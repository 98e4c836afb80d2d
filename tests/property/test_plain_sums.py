"""Sums of plain numbers: the quick reader against a tree's own value, and against the reader of formulas."""

from __future__ import annotations

import contextlib
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizkit.values.expressions.evaluate import evaluated
from quizkit.values.expressions.interval import Undefined, Unsure, arithmetic
from quizkit.values.expressions.read import read_tree
from quizkit.values.numbers import Unreadable
from quizkit.values.plain_sums import NotPlain, plain_sum
from tests.effort import at_most

CASES = settings(deadline=None, max_examples=200)

Sum = tuple[str, Fraction | None]  # a text in brackets wherever it may need them, and its value

NUMBERS = st.one_of(
    st.integers(0, 999).map(lambda n: (str(n), Fraction(n))),
    st.decimals(0, 99, places=2, allow_nan=False).map(lambda d: (f"{d:f}", Fraction(d))),
)


def _joined(one: Sum, sign: str, other: Sum) -> Sum:
    text = f"({one[0]}){sign}({other[0]})"
    a, b = one[1], other[1]
    if a is None or b is None or (sign == "/" and b == 0):
        return text, None
    value = {"+": a + b, "-": a - b, "*": a * b}[sign] if sign != "/" else a / b
    return text, value


def _raised(base: Sum, exponent: int) -> Sum:
    if base[1] is None or (base[1] == 0 and exponent < 0):
        return f"({base[0]})^{exponent}", None
    return f"({base[0]})^{exponent}", Fraction(base[1]) ** exponent


SUMS = st.recursive(
    NUMBERS,
    lambda inner: st.one_of(
        st.builds(_joined, inner, st.sampled_from("+-*/"), inner),
        st.builds(_raised, inner, st.integers(-3, 3)),
        inner.map(lambda one: (f"-({one[0]})", None if one[1] is None else -one[1])),
    ),
    max_leaves=5,
)


@CASES
@given(SUMS)
def test_the_value_is_that_of_the_tree(of: Sum) -> None:
    text, value = of
    with contextlib.suppress(NotPlain):
        assert plain_sum(text) == value


@CASES
@given(st.text("0123456789.+-*/^() ", max_size=14))
def test_what_is_read_is_read_as_a_formula_is(text: str) -> None:
    try:
        quick = plain_sum(text)
    except NotPlain:
        return
    with contextlib.suppress(Unreadable, Undefined, Unsure):
        assert evaluated(read_tree(text, {}), {}, arithmetic(60), _nothing) == quick


def _nothing(*_: object) -> Fraction:
    raise Undefined


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("64*64 + 64", 4160),
        ("-2^2", -4),
        ("2^3^2", 512),
        ("2^-1", Fraction(1, 2)),
        ("7 - 3 - 1", 3),
    ],
)
def test_signs_and_powers_bind_as_in_mathematics(text: str, value: Fraction) -> None:
    assert plain_sum(text) == value


@pytest.mark.parametrize(
    "text", ["", "2(3)", "7//2", "2 3", "1/0", "0^-1", "2^0.5", "9**9**9**9", "(" * 99, "2+", "e"]
)
def test_what_is_not_plain_is_left_to_the_reader_of_formulas(text: str) -> None:
    with at_most(0.05), pytest.raises(NotPlain):
        plain_sum(text)
