"""Intervals and their unions, in pieces as they were typed or as the fewest that they are."""

from __future__ import annotations

from fractions import Fraction

from msgspec import Struct

from quizkit.values.expressions.decide import Decision, Verdict, compare_values
from quizkit.values.expressions.evaluate import INFINITY, MINUS_INFINITY, evaluated
from quizkit.values.expressions.interval import Real, Undefined, Unsure, arithmetic
from quizkit.values.expressions.symbols import Declared
from quizkit.values.expressions.tree import BRACKETS, Call, Node, call

_TOOLS = arithmetic(60)
MOST = 12  # pieces of a union


class _Placed(Struct, frozen=True):
    """An interval with constant ends; None for an infinite one."""

    interval: Call
    low: Real | None
    high: Real | None


def compare_unions(answer: Node, key: Node, symbols: Declared, seed: str) -> Decision:
    """Intervals in order, their ends and brackets; pieces that touch are one."""
    own, wanted = intervals(answer), intervals(key)
    if own is None or wanted is None:
        return Decision("wrong", "an interval is expected, such as [0, 1)")
    own, wanted = merged(own), merged(wanted)
    if len(own) != len(wanted):
        return Decision("wrong", f"{len(wanted)} intervals are expected, found {len(own)}")
    verdict: Verdict = "right"
    for one, other in zip(own, wanted, strict=True):
        for side in (0, 1):
            found = _compare_ends(one, other, side, symbols, seed)
            if found.verdict in ("wrong", "undecided"):
                return found
            verdict = found.verdict if found.verdict == "sampled" else verdict
    return Decision(verdict, "the same ends")


def _compare_ends(one: Call, other: Call, side: int, symbols: Declared, seed: str) -> Decision:
    a, b = one.arguments[side], other.arguments[side]
    infinite = {INFINITY, MINUS_INFINITY}
    if a in infinite or b in infinite:
        return Decision("right" if a == b else "wrong", "one end is infinite, the other is not")
    found = compare_values(a, b, symbols, seed)
    if found.verdict in ("right", "sampled") and one.function[side] != other.function[side]:
        return Decision(
            "wrong", "an end belongs to one of the intervals only; look at the brackets"
        )
    return found


def intervals(node: Node) -> list[Call] | None:
    """The pieces of a union; a point of a set is an interval from itself to itself."""
    if not isinstance(node, Call):
        return None
    if node.function == "∪":
        parts = [intervals(each) for each in node.arguments]
        found = None if None in parts else [each for part in parts for each in part or []]
        return found if found is not None and len(found) <= MOST else None
    if node.function == "∖":
        return _without(*node.arguments)
    if node.function == "set":
        return [call("[]", point, point) for point in node.arguments[:MOST]]
    if node.function in BRACKETS and len(node.arguments) == 2:
        return [node]
    return None


def _without(whole: Node, points: Node) -> list[Call] | None:
    """The pieces that are left of a union when single points are taken out."""
    pieces = intervals(whole)
    if pieces is None or not isinstance(points, Call) or points.function != "set":
        return None
    for point in points.arguments[:MOST]:
        placed = [_placed(piece) for piece in (*pieces, call("[]", point, point))]
        at = placed.pop()
        if at is None or at.low is None or None in placed:
            return None
        try:
            pieces = [part for each in placed if each for part in _split(each, point, at.low)]
        except Unsure:
            return None
    return pieces


def _split(piece: _Placed, point: Node, at: Real) -> list[Call]:
    """What is left and right of a point, or the piece where it does not hold the point."""
    (low, high), kind = piece.interval.arguments, piece.interval.function
    below = -1 if piece.low is None else _sign(piece.low, at)
    above = 1 if piece.high is None else _sign(piece.high, at)
    if below > 0 or above < 0:
        return [piece.interval]
    left = [call(kind[0] + ")", low, point)] if below < 0 else []
    right = [call("(" + kind[1], point, high)] if above > 0 else []
    return left + right


def merged(pieces: list[Call]) -> list[Call]:
    """The fewest intervals, in order; as they stand where their ends are no constants."""
    placed = [_placed(piece) for piece in pieces]
    if None in placed or len(pieces) == 1:
        return pieces
    try:
        return _joined([each for each in placed if each is not None])
    except Unsure:
        return pieces


def _joined(placed: list[_Placed]) -> list[Call]:
    """Each piece in order of the lower ends, joined to the one before where they touch."""
    rest, found = list(placed), list[_Placed]()
    while rest:
        first = rest[0]
        for each in rest[1:]:
            if _starts_before(each, first):
                first = each
        rest.remove(first)
        if found and _touches(found[-1], first):
            found[-1] = _union(found[-1], first)
        else:
            found.append(first)
    return [each.interval for each in found]


def _placed(interval: Call) -> _Placed | None:
    ends: list[Real | None] = []
    for end in interval.arguments:
        if end in (INFINITY, MINUS_INFINITY):
            ends.append(None)
            continue
        try:
            ends.append(evaluated(end, {}, _TOOLS, _no_element))
        except (Undefined, Unsure):
            return None
    return _Placed(interval, *ends)


def _no_element(*_: object) -> Fraction:
    raise Undefined


def _sign(a: Real, b: Real) -> int:
    return 0 if a is b else _TOOLS.sign(_TOOLS.sub(a, b))


def _starts_before(one: _Placed, other: _Placed) -> bool:
    if one.low is None or other.low is None:
        return one.low is None and other.low is not None
    sign = _sign(one.low, other.low)
    return sign < 0 or (sign == 0 and one.interval.function[0] == "[" != other.interval.function[0])


def _touches(before: _Placed, after: _Placed) -> bool:
    """Whether nothing lies between two pieces: they overlap, or one holds the end that both have."""
    if before.high is None or after.low is None:
        return True
    sign = _sign(before.high, after.low)
    return sign > 0 or (
        sign == 0 and (before.interval.function[1] == "]" or after.interval.function[0] == "[")
    )


def _union(before: _Placed, after: _Placed) -> _Placed:
    """Both pieces as one."""
    last = before
    if before.high is not None and after.high is not None:
        sign = _sign(after.high, before.high)
        if sign > 0 or (sign == 0 and after.interval.function[1] == "]"):
            last = after
    elif after.high is None:
        last = after
    kind = before.interval.function[0] + last.interval.function[1]
    ends = before.interval.arguments[0], last.interval.arguments[1]
    return _Placed(Call(kind, ends), before.low, last.high)
