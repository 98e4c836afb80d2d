"""Values at which an expression may turn: its constants worked out, and what lies beside them and beyond."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import isqrt

from quizkit.values.expressions.evaluate import evaluated
from quizkit.values.expressions.interval import Interval, Undefined, Unsure, arithmetic
from quizkit.values.expressions.symbols import Domain
from quizkit.values.expressions.tree import CONSTANTS, RELATIONS, Call, Name, Node, Number

_TOOLS = arithmetic(25)
LARGEST = Fraction(10) ** 40
MOST = 40  # constants that are worked out
_FAR = 1000  # constants above it, and below _CLOSE, turn where other points do not come
_CLOSE = Fraction(1, 64)
_EDGE = (Fraction(0), Fraction(1, 10**4), Fraction(-1, 10**4), Fraction(1), Fraction(-1))
_TINY = (Fraction(1, 10**6), Fraction(-1, 10**6), Fraction(1, 997))
_LARGE = Fraction(10**4 + 1)


def constants(trees: Iterable[Node]) -> list[Fraction]:
    """The values of all parts without symbols, such as 10^5 and 1 - 1e-7, and 0 and 1."""
    found, parts = {Fraction(0), Fraction(1)}, list[Node]()
    for tree in trees:
        _constant(tree, parts)
    for part in dict.fromkeys(parts):
        value = part.value if isinstance(part, Number) else _worked_out(part)
        if value is not None and 1 / LARGEST <= abs(value) <= LARGEST:
            found.add(value)
        if len(found) > MOST:
            break
    return sorted(found)


def _constant(node: Node, found: list[Node]) -> bool:
    """Whether the node has no symbols; those parts that have none are added to what was found."""
    if isinstance(node, Name):
        return node.name in CONSTANTS and node.name != "inf"
    if isinstance(node, Call):
        are_constant = [_constant(each, found) for each in node.arguments]
        if not all(are_constant) or node.function in RELATIONS or not are_constant:
            return False
    found.append(node)
    return True


def _worked_out(node: Node) -> Fraction | None:
    """A constant part's value, to about 15 digits where it is no fraction."""
    try:
        value = evaluated(node, {}, _TOOLS, _no_element)
    except (Undefined, Unsure):
        return None
    if isinstance(value, Interval):
        return Fraction(Decimal(f"{value.low:.15g}")) if -100 < value.low.adjusted() < 100 else None
    return value if type(value) is Fraction else None


def _no_element(*_: object) -> Fraction:
    raise Undefined


@lru_cache(64)
def turning(own: Domain, found: tuple[Fraction, ...]) -> list[Fraction]:
    """Near the constants of the expressions, at the edges of the domain, tiny and large."""
    step = Fraction(1) if own.is_integer else Fraction(1, 3)
    close = () if own.is_integer else (_CLOSE, -_CLOSE)
    values = {end + away for end in _ends(own) for away in _EDGE} | {_LARGE, -_LARGE, *_TINY}
    for constant in found:
        if _is_far(constant):
            continue
        values |= {sign * constant + near for sign in (1, -1) for near in (0, step, -step, *close)}
    return sorted(values)


@lru_cache(64)
def beyond(own: Domain, found: tuple[Fraction, ...]) -> list[Fraction]:
    """On both sides of constants that are large or tiny, by themselves and from the domain's ends."""
    values = set[Fraction]()
    for constant in found:
        if _is_far(constant):
            values |= {sign * each for sign in (1, -1) for each in _beside(abs(constant))}
        for end in _ends(own):
            away = end - constant
            if 0 < abs(away) < _CLOSE:
                values |= {end - each * away for each in (Fraction(1, 2), Fraction(2))}
            if 0 < abs(constant) < _CLOSE:
                values |= {
                    end + each * constant for each in (2, -2, Fraction(1, 2), -Fraction(1, 2))
                }
    if own.is_integer:
        values = {Fraction(value.numerator // value.denominator) for value in values}
    return sorted(values)


def _beside(size: Fraction) -> Iterator[Fraction]:
    yield from (size, 2 * size, size / 2, size + size / 1000, size - size / 1000, 2 / size)
    if size > 1:
        root = isqrt(size.numerator // size.denominator)
        yield from (Fraction(root), Fraction(2 * root))


def _is_far(constant: Fraction) -> bool:
    return abs(constant) > _FAR or 0 < abs(constant) < _CLOSE


def _ends(own: Domain) -> list[Fraction]:
    return [end for end in (own.low, own.high) if end is not None]
