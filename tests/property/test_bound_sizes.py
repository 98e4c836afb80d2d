"""Random bounds compared, against the sizes of their logarithms far out: no growth passes for another.

The oracle knows no algebra. It takes every bound at symbols of several hundred digits, as a sign and the
logarithm of its size, and asks whether the ratio of two bounds still moves when the symbols are squared.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizkit.values.bounds import read_bound
from quizkit.values.growth import Unbounded, is_at_most
from quizkit.values.numbers import Unreadable

# The logarithms of n far out and farther, as far as the digits suffice; that of m is so many times it.
PLACES = ((10**30, 10**60), (600, 1200), (200, 400))
RAYS = (1, 3, mpmath.mpf(1) / 3)
BITS = 2600
LARGEST = 1300  # logarithm of an exponent, beyond which the digits do not suffice
STANDS, MOVES = 0.01, 0.2  # between the two nothing is said; log log n moves by 0.69
MODEST = 3
BASES = (2, mpmath.e, 10)  # that a `log` may mean


Node = tuple[Any, ...]
Size = tuple[int, Any]  # sign, and logarithm of what is left


class Beyond(Exception):
    """Too large, or 0: nothing is said."""


def nodes(symbols: str) -> st.SearchStrategy[Node]:
    numbers = st.sampled_from(["2", "3", "4", "8", "9", "1.5", "0.5", "e", "π"]).map(
        lambda x: ("number", x)
    )
    leaves = numbers | st.sampled_from(symbols).map(lambda name: ("symbol", name))

    def wider(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
        return st.one_of(
            st.tuples(st.sampled_from("+*/^-"), inner, inner),
            st.tuples(st.sampled_from("^^*"), leaves, inner),
            st.tuples(st.sampled_from(["ln", "log_2", "log_3", "log", "log10", "√", "exp"]), inner),
            st.tuples(st.sampled_from(["max", "min"]), inner, inner),
            st.tuples(st.just("!"), st.sampled_from(symbols).map(lambda name: ("symbol", name))),
        )

    return st.recursive(leaves, wider, max_leaves=5)


def written(node: Node) -> str:
    kind, *parts = node
    if kind in ("number", "symbol"):
        return str(parts[0])
    inner = [written(part) for part in parts]
    if kind == "!":
        return f"({inner[0]})!"
    if len(inner) == 1 or kind in ("max", "min"):
        return f"{kind}({', '.join(inner)})"
    return f"({inner[0]}){kind}({inner[1]})"


def size(node: Node, logarithms: dict[str, Any], base: Any) -> Size:
    kind, *parts = node
    if kind == "symbol":
        return 1, logarithms[parts[0]]
    if kind == "number":
        known = {"e": mpmath.e, "π": mpmath.pi}
        return 1, mpmath.log(known.get(parts[0]) or mpmath.mpf(parts[0]))
    found = [size(part, logarithms, base) for part in parts]
    if kind in ("+", "-"):
        return total(found[0], found[1], 1 if kind == "+" else -1)
    if kind in ("*", "/"):
        direction = 1 if kind == "*" else -1
        return found[0][0] * found[1][0], found[0][1] + direction * found[1][1]
    if kind in ("max", "min"):
        return sorted(found, key=lambda each: (each[0], each[0] * each[1]))[
            -1 if kind == "max" else 0
        ]
    if kind == "exp":
        return 1, value(found[0])
    if found[0][0] < 0:
        raise Beyond
    if kind == "^":
        return 1, found[0][1] * value(found[1])
    if kind == "√":
        return 1, found[0][1] / 2
    if kind == "!":
        return 1, mpmath.loggamma(value(found[0]) + 1) if found[0][1] < 10 else stirling(
            value(found[0])
        )
    bases = {"ln": mpmath.e, "log_2": 2, "log_3": 3, "log10": 10, "log": base}
    return of_value(found[0][1] / mpmath.log(bases[kind]))


def stirling(x: Any) -> Any:
    return x * mpmath.log(x) - x + mpmath.log(2 * mpmath.pi * x) / 2 + 1 / (12 * x)


def value(each: Size) -> Any:
    if each[1] > LARGEST:
        raise Beyond
    return each[0] * mpmath.exp(each[1])


def of_value(x: Any) -> Size:
    if abs(x) < mpmath.mpf(2) ** (-BITS // 2):
        raise Beyond
    return (1 if x > 0 else -1), mpmath.log(abs(x))


def total(one: Size, other: Size, factor: int) -> Size:
    other = (other[0] * factor, other[1])
    (sign, high), (lower, low) = sorted((one, other), key=lambda each: each[1], reverse=True)
    rest = 1 + sign * lower * mpmath.exp(low - high)
    if rest < mpmath.mpf(2) ** (-BITS // 2):
        raise Beyond
    return sign, high + mpmath.log(rest)


def moves(one: Node, other: Node, symbols: str) -> list[Any]:
    """By how much the logarithm of the ratio grows, ray by ray, and base by base."""
    bases = BASES if "'log'" in str((one, other)) else BASES[:1]
    rays = RAYS if "m" in symbols else RAYS[:1]
    for place in PLACES if is_modest(one) and is_modest(other) else PLACES[:1]:
        try:
            return [moved(one, other, place, ray, base) for ray in rays for base in bases]
        except Beyond:
            continue
    raise Beyond


def is_modest(node: Node) -> bool:
    """Whether no constant in it is so large, or small, that log n takes longer to outgrow it."""
    kind, *parts = node
    if kind in ("number", "symbol"):
        return True
    if "'symbol'" not in str(node):
        try:
            return bool(abs(size(node, {}, mpmath.mpf(10))[1]) < MODEST)
        except Beyond:
            return False
    return all(map(is_modest, parts))


def moved(one: Node, other: Node, places: tuple[int, int], ray: Any, base: Any) -> Any:
    ratios = []
    for place in places:
        names = {"n": mpmath.mpf(place), "m": mpmath.mpf(place) * ray}
        (sign, first), (its, second) = size(one, names, base), size(other, names, base)
        if min(sign, its) < 0 or max(abs(first), abs(second)) > mpmath.mpf(2) ** (BITS - 500):
            raise Beyond
        ratios.append(first - second)
    return ratios[1] - ratios[0]


def compared(one: str, other: str, symbols: str) -> tuple[bool, bool] | None:
    try:
        first, second = (read_bound(text, tuple(symbols)).terms for text in (one, other))
        return is_at_most(first, second), is_at_most(second, first)
    except (Unreadable, Unbounded):
        return None


def check(one: Node, other: Node, symbols: str) -> str:
    """`same`, `other` or, where nothing is said, nothing; fails for what the sizes deny."""
    told = compared(written(one), written(other), symbols)
    if told is None:
        return ""
    try:
        with mpmath.workprec(BITS):
            found = moves(one, other, symbols)
    except Beyond:
        return ""
    if any(STANDS < abs(each) < MOVES for each in found):
        return ""
    shown = f"{written(one)} and {written(other)}: {told}, {[mpmath.nstr(each) for each in found]}"
    held = max(found) < MOVES, min(found) > -MOVES
    if len(symbols) == 1:
        assert told == held, shown
    assert all(holds for said, holds in zip(told, held, strict=True) if said), shown
    return "same" if all(told) else "other"


@settings(max_examples=150, deadline=None)
@given(nodes("n"), nodes("n"))
def test_bounds_in_one_symbol_are_compared_as_their_sizes_are(one: Node, other: Node) -> None:
    check(one, other, "n")


@settings(max_examples=100, deadline=None)
@given(nodes("nm"), nodes("nm"))
def test_no_bound_in_two_symbols_is_said_to_hold_that_does_not(one: Node, other: Node) -> None:
    check(one, other, "nm")


@lru_cache(1)
def keys() -> list[Node]:
    n, m = ("symbol", "n"), ("symbol", "m")

    def number(text: str) -> Node:
        return ("number", text)

    powers: list[Node] = [("^", n, number(text)) for text in ("2", "3", "1.5", "e")]
    others: list[Node] = [("^", number(text), n) for text in ("2", "3", "e", "1.5")]
    return [
        number("2"),
        n,
        ("ln", n),
        ("*", n, ("log", n)),
        *powers,
        *others,
        ("^", n, ("log_2", number("3"))),
        ("*", n, m),
        ("+", n, m),
        ("!", n),
    ]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(keys()), nodes("n"), st.sampled_from(["power", "factor", "vanishing"]))
def test_what_is_done_to_a_key_changes_it_as_its_size_says(
    key: Node, inner: Node, how: str
) -> None:
    symbols = "nm" if "m" in written(key) else "n"
    changed: dict[str, Node] = {
        "power": ("^", key, ("/", ("log_2", inner), ("number", "2"))),
        "factor": ("*", key, inner),
        "vanishing": ("*", key, ("^", inner, ("/", ("number", "3"), ("symbol", "n")))),
    }
    check(key, changed[how], symbols)


NUMBERS = [("number", text) for text in ("2", "3", "4", "8", "9", "1.5", "e")]


@pytest.mark.parametrize("name", ["ln", "log_2", "log_3", "log10"])
@pytest.mark.parametrize("of", NUMBERS, ids=written)
def test_a_logarithm_of_a_constant_counts_in_an_exponent_and_in_a_base(name: str, of: Node) -> None:
    n = ("symbol", "n")
    constant: Node = (name, of)
    seen = []
    for one in (("^", n, constant), ("^", ("number", "2"), ("*", n, constant)), ("^", constant, n)):
        seen += [check(one, key, "n") for key in keys()[:8]]
    assert seen.count("") <= 3  # of 24


def test_nearly_all_of_a_fixed_draw_is_told() -> None:
    told = [check(one, other, "n") for one in keys()[:13] for other in keys()[:13]]
    assert told.count("same") == 13
    assert told.count("") == 0
