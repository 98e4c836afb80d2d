"""Equations, inequalities and conditions: equivalent where they hold at the same points."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, DecimalException, localcontext
from fractions import Fraction
from itertools import pairwise
from typing import Any

from quizkit.values.expressions.decide import Decision, compared, shown_point
from quizkit.values.expressions.evaluate import INFINITY, MINUS_INFINITY, evaluated
from quizkit.values.expressions.interval import Interval, Real, Undefined, Unsure, arithmetic
from quizkit.values.expressions.sample import Point, Sampler, is_in
from quizkit.values.expressions.symbols import Declared
from quizkit.values.expressions.tree import (
    BRACKETS,
    RELATIONS,
    Call,
    Name,
    Node,
    call,
    free_names,
    walk,
)
from quizkit.values.expressions.vectors import is_vector

_TOOLS = arithmetic(60)
_NOTHING = Decimal("1e-18")
_MIRRORED = {"<": ">", "≤": "≥", ">": "<", "≥": "≤", "=": "=", "≠": "≠"}
_BISECTIONS = 50  # where secants do not settle: at poles and jumps
_SECANTS = 20
_SETTLED = Decimal("1e-30")  # the last step of the secants, relative
_ROOM = Fraction(1, 10**27)  # on either side of a root
_BASES = 4  # points from which roots are looked for
_MOST_ROOTS = 40


def is_relation(node: Node) -> bool:
    """Whether the node is true or false rather than a value."""
    return isinstance(node, Call) and node.function in (*RELATIONS, "and", "or", "in")


def compare_relations(answer: Node, key: Node, symbols: Declared, seed: str) -> Decision:
    """Whether two relations hold at the same points."""
    if not is_relation(answer):
        return Decision("wrong", "an equation or inequality is expected, not a value")
    if not is_relation(key):
        return Decision("wrong", "a value is expected, not an equation or inequality")
    sampler = Sampler((answer, key), symbols, seed)
    points = list(sampler.points())
    if is_multiple(answer, key, points):
        return Decision("right", "one is a constant multiple of the other")
    return _Truths(answer, key, sampler, points).decided()


def is_multiple(answer: Node, key: Node, points: list[Point]) -> bool:
    """Whether both sides' differences have one constant ratio, with the sign that the relation needs."""
    assert isinstance(answer, Call)
    assert isinstance(key, Call)
    if not {answer.function, key.function} <= set(RELATIONS):
        return False
    is_mirrored = answer.function != key.function
    if is_mirrored and answer.function != _MIRRORED[key.function]:
        return False
    pairs = []
    for point in points:
        pair = difference(answer, point.values, point), difference(key, point.values, point)
        if None in pair:
            continue
        pairs.append(pair)
    pairs = [pair for pair in pairs if not (pair[0] == 0 and pair[1] == 0)]
    if len(pairs) < 6 or any(0 in pair for pair in pairs):
        return False
    first_answer, first_key = pairs[0]
    for own, other in pairs[1:]:
        across = _TOOLS.mul(own, first_key), _TOOLS.mul(other, first_answer)  # type: ignore[arg-type]
        if compared(*across, _TOOLS) != "same":
            return False
    try:
        sign = _TOOLS.sign(_TOOLS.mul(first_answer, first_key))  # type: ignore[arg-type]
    except Unsure:
        return False
    return key.function in "=≠" or (sign < 0) == is_mirrored


def difference(node: Node, values: Any, point: Point) -> Real | None:
    """Left side less right side; None where it has no value."""
    assert isinstance(node, Call)
    left, right = node.arguments
    try:
        value = evaluated(call("-", left, right), values, _TOOLS, point.element)
    except (Undefined, Unsure):
        return None
    return None if is_vector(value) or isinstance(value, bool) else value


class _Truths:
    """Where two relations hold: at sampled points, and at the roots of either."""

    def __init__(self, answer: Node, key: Node, sampler: Sampler, points: list[Point]) -> None:
        self.answer, self.key = answer, key
        self.sampler = sampler
        self.points = points
        self.counts = {True: 0, False: 0}

    def decided(self) -> Decision:
        """The verdict over all points."""
        roots = [*self.roots(self.key), *self.roots(self.answer)]
        for point in (*self.points, *roots):
            own, other = truth(self.answer, point), truth(self.key, point)
            if own is None or other is None:
                continue
            if own != other:
                where = shown_point(point)
                told = "the key holds, yours does not" if other else "yours holds, the key does not"
                return Decision("wrong", f"at {where} {told}" if where else told, where)
            self.counts[own] += 1
        return self._summed_up(bool(roots))

    def _summed_up(self, has_roots: bool) -> Decision:
        if not self.sampler.domains:
            if self.counts[True] + self.counts[False]:
                return Decision("right", "both are true" if self.counts[True] else "both are false")
        elif self.counts[True] and (self.counts[False] or not has_roots):
            return Decision("sampled", f"both hold or fail at {sum(self.counts.values())} points")
        elif self.counts[False] >= len(self.points) // 2 and not has_roots:
            return Decision("undecided", "no point was found at which either holds")
        return Decision("undecided", "too few points could be compared")

    def roots(self, node: Node) -> list[Point]:
        """Points at which the two sides of a comparison in the tree are equal."""
        found: list[Point] = []
        for comparison in comparisons(node):
            for base in [point for point in self.points if point.is_generic][:_BASES]:
                for name in self.sampler.domains:
                    if len(found) < _MOST_ROOTS:
                        found += self._along(comparison, base, name)
        return found[:_MOST_ROOTS]

    def _along(self, comparison: Node, base: Point, name: str) -> Iterator[Point]:
        """The roots that are met when one symbol moves."""
        own = self.sampler.domains[name]

        def at(value: Real) -> Real | None:
            return difference(comparison, {**base.values, name: value}, base)

        roots = _isolated(comparison, base, name)
        for root in _roots(at) if roots is None else roots:
            exact = root if isinstance(root, Fraction) else Fraction(root.low)
            if is_in(own, exact):
                values: dict[str, Any] = {**base.values, name: root}
                yield Point(values, False, base.element)


def _isolated(comparison: Node, base: Point, name: str) -> list[Real] | None:
    """The root where the symbol stands alone on one side, and only there; None where it does not."""
    assert isinstance(comparison, Call)
    for one, other in (comparison.arguments, comparison.arguments[::-1]):
        if one == Name(name) and name not in free_names(other):
            try:
                value = evaluated(other, base.values, _TOOLS, base.element)
            except (Undefined, Unsure):
                return []
            return [value] if isinstance(value, Fraction | Interval) else None
    return None


def _roots(at: Any) -> list[Real]:
    """Roots of a function: exactly where it is linear or quadratic, else by secants."""
    places = [Fraction(n) for n in (1, 2, 3, 5)]
    values = [at(place) for place in places]
    if None not in values:
        found = _polynomial_roots(places, values)
        if found is not None:
            return found
    grid = [
        Fraction(n, 7) for n in (-2000, -300, -90, -41, -15, -6, -2, 1, 4, 9, 17, 40, 88, 310, 2100)
    ]
    found = []
    ends = [(place, _sign(at(place))) for place in grid]
    for (low, before), (high, after) in pairwise(ends):
        if before and after and before != after:
            found.append(_between(at, low, high, before))
    return found


def _polynomial_roots(places: list[Fraction], values: list[Any]) -> list[Real] | None:
    """The roots of the quadratic through three places, if the fourth lies on it too."""
    if any(isinstance(value, Interval) for value in values):
        return None
    p, q, r, s = places
    slope, second = [(v - values[0]) / (x - p) for x, v in zip((q, r), values[1:3], strict=True)]
    a = (second - slope) / (r - q)
    b = slope - a * (p + q)
    c = values[0] - (a * p + b) * p
    if (a * s + b) * s + c != values[3]:
        return None
    if a == 0:
        return [-c / b] if b else []
    square = b * b - 4 * a * c
    if square < 0:
        return []
    root = _TOOLS.sqrt(square)
    return [_TOOLS.div(_TOOLS.add(-b, each), 2 * a) for each in (root, _TOOLS.neg(root))]


def _sign(value: Real | None) -> int:
    try:
        return 0 if value is None else _TOOLS.sign(value)
    except Unsure:
        return 0


def _between(at: Any, low: Fraction, high: Fraction, before: int) -> Real:
    """The root between two places at which the signs differ, within bounds."""
    near = _by_secants(at, low, high)
    if near is not None:
        room = max(abs(near), Fraction(1)) * _ROOM
        signs = _sign(at(near - room)), _sign(at(near + room))
        if signs in ((before, -before), (-before, before)):
            low, high = near - room, near + room
            return Interval(_TOOLS.interval(low).low, _TOOLS.interval(high).high)
    return _bisected(at, low, high, before)


def _by_secants(at: Any, low: Fraction, high: Fraction) -> Fraction | None:
    """A place next to a root, by secants that keep it between them; None where they do not settle.

    The Illinois method [Dowell & Jarratt 1971]: a side that stays twice counts half.
    """
    with localcontext(_TOOLS.near):
        try:
            (a, fa), (b, fb) = ((_middle(place), _middle(at(place))) for place in (low, high))
            for _ in range(_SECANTS):
                new = b - fb * (b - a) / (fb - fa)
                if abs(new - b) <= _SETTLED * max(abs(new), Decimal(1)):
                    return Fraction(new)
                value = _middle(at(Fraction(new)))
                if value == 0:
                    return Fraction(new)
                if (value < 0) == (fb < 0):
                    fa /= 2
                else:
                    a, fa = b, fb
                b, fb = new, value
        except (DecimalException, Undefined):
            return None
    return None


def _middle(value: Real | None) -> Decimal:
    if value is None:
        raise Undefined
    bounds = _TOOLS.interval(value)
    return (bounds.low + bounds.high) / 2


def _bisected(at: Any, low: Fraction, high: Fraction, before: int) -> Real:
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        sign = _sign(at(middle))
        if sign == 0:
            if at(middle) == 0:
                return middle
            break
        low, high = (middle, high) if sign == before else (low, middle)
    return Interval(_TOOLS.interval(low).low, _TOOLS.interval(high).high)


def comparisons(node: Node) -> list[Node]:
    """All comparisons in the tree; an interval compares with its ends."""
    found: list[Node] = []
    for each in walk(node):
        if not isinstance(each, Call):
            continue
        if each.function in RELATIONS:
            found.append(each)
        elif each.function == "in":
            for end in walk(each.arguments[1]):
                if isinstance(end, Call) and end.function in (*BRACKETS, "set"):
                    bounds = [b for b in end.arguments if b not in (INFINITY, MINUS_INFINITY)]
                    found += [call("=", each.arguments[0], bound) for bound in bounds]
    return found


def truth(node: Node, point: Point) -> bool | None:
    """Whether a relation holds at a point; None where that is not known."""
    assert isinstance(node, Call)
    if node.function in ("and", "or"):
        parts = [truth(each, point) if is_relation(each) else None for each in node.arguments]
        decisive = node.function == "or"
        if decisive in parts:
            return decisive
        return None if None in parts else not decisive
    if node.function == "in":
        try:
            value = evaluated(node, point.values, _TOOLS, point.element)
        except (Undefined, Unsure):
            return None
        return bool(value)
    value = difference(node, point.values, point)
    if value is None:
        return _vector_truth(node, point)
    return _holds(node.function, value)


def _vector_truth(node: Node, point: Point) -> bool | None:
    try:
        return bool(evaluated(node, point.values, _TOOLS, point.element))
    except (Undefined, Unsure):
        return None


def _holds(relation: str, value: Real) -> bool | None:
    """Whether the difference stands so to 0; equal where it cannot be told from 0 at all."""
    try:
        sign = _TOOLS.sign(value)
    except Unsure:
        assert isinstance(value, Interval)
        if _TOOLS.up.subtract(value.high, value.low) > _NOTHING or relation not in ("=", "≠"):
            return None
        sign = 0
    tests = {"=": sign == 0, "≠": sign != 0, "<": sign < 0, "≤": sign <= 0, ">": sign > 0}
    return tests.get(relation, sign >= 0)


def solved(node: Node) -> tuple[Node, ...] | None:
    """The values of `x = a or x = b` and of `x ∈ {a, b}`; None for any other relation."""
    if not isinstance(node, Call):
        return None
    if node.function == "or":
        one, other = map(solved, node.arguments)
        return None if one is None or other is None else (*one, *other)
    left, right = node.arguments if len(node.arguments) == 2 else (node, node)
    if node.function == "=" and isinstance(left, Name):
        return (right,)
    if node.function == "in" and isinstance(left, Name) and isinstance(right, Call):
        return right.arguments if right.function == "set" else None
    return None
