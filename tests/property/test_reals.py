"""Constants kept exactly, against mpmath's values of the same expressions."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import mpmath
from hypothesis import given, settings
from hypothesis import strategies as st

from quizkit.values import reals
from quizkit.values.reals import Real, Unbounded

DIGITS = 400
Node = tuple[Any, ...]

LEAVES = st.sampled_from(
    [Fraction(2), Fraction(3), Fraction(6), Fraction(8), Fraction(3, 2), Fraction(1, 9)]
)


def wider(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    pairs = st.tuples(st.sampled_from(["plus", "minus", "times", "divided", "power"]), inner, inner)
    return pairs | st.tuples(st.sampled_from(["logarithm", "exponential"]), inner)


NODES = st.recursive(LEAVES.map(lambda x: ("rational", x)) | st.just(("pi",)), wider, max_leaves=6)


def exact(node: Node) -> Real:
    kind, *parts = node
    if kind == "pi":
        return reals.PI
    if kind == "rational":
        return reals.rational(parts[0])
    found: Real = getattr(reals, kind)(*map(exact, parts))
    return found


def value(node: Node) -> Any:
    kind, *parts = node
    if kind == "pi":
        return +mpmath.pi
    if kind == "rational":
        return mpmath.mpf(parts[0].numerator) / parts[0].denominator
    one, other = (*map(value, parts), None)[:2]
    if kind == "power":
        return mpmath.exp(other * mpmath.log(one)) if one > 0 else one ** round(float(other))
    plain = {"plus": 1, "minus": -1}
    if kind in plain:
        return one + plain[kind] * other
    if kind in ("times", "divided"):
        return one * other if kind == "times" else one / other
    return mpmath.log(one) if kind == "logarithm" else mpmath.exp(one)


def known(node: Node) -> Real | None:
    try:
        return exact(node)
    except Unbounded:
        return None


def sign_of(found: Any) -> int:
    nothing = mpmath.mpf(10) ** (-DIGITS // 2)
    return 0 if abs(found) < nothing else 1 if found > 0 else -1


@settings(max_examples=200, deadline=None)
@given(NODES)
def test_the_sign_of_a_constant_is_that_of_its_value(node: Node) -> None:
    found = known(node)
    if found is None:
        return
    with mpmath.workdps(DIGITS):
        try:
            sign = reals.sign(found)
        except Unbounded:
            return
        assert sign == sign_of(value(node))


@settings(max_examples=200, deadline=None)
@given(NODES, NODES)
def test_the_order_of_two_constants_is_that_of_their_values(one: Node, other: Node) -> None:
    both = ("minus", one, other)
    found = known(both)
    if found is None:
        return
    with mpmath.workdps(DIGITS):
        try:
            sign = reals.sign(found)
        except Unbounded:
            return
        assert sign == sign_of(value(both))


@settings(max_examples=200, deadline=None)
@given(NODES, NODES)
def test_what_is_undone_is_the_same_again_or_not_told(one: Node, other: Node) -> None:
    for do, undo in (("plus", "minus"), ("times", "divided")):
        found = known((undo, (do, one, other), other))
        try:
            assert found is None or reals.sign(reals.minus(found, exact(one))) == 0
        except reals.Undecided:
            continue
