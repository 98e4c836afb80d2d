"""Which of its cases an expression was in at the points where it was compared, and which at none.

Agreement at points says nothing of a case that no point was in: min(x, 10^30) is x at all small ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from quizkit.values.expressions.evaluate import MOST_STEPS, Evaluation
from quizkit.values.expressions.interval import Arithmetic, Interval, Undefined, Unsure
from quizkit.values.expressions.ranges import Range, bounds
from quizkit.values.expressions.show import show
from quizkit.values.expressions.symbols import Domain
from quizkit.values.expressions.tree import (
    BINDERS,
    RELATIONS,
    Call,
    Node,
    Number,
    call,
    free_names,
    walk,
)
from quizkit.values.expressions.vectors import is_vector

Branch = Any  # the place of an argument, a sign, a truth, or a word

_SIGNED = ("abs", "relu", "leakyrelu", "elu", "sign", "step", "softsign")
FLOORS = ("floor", "ceil", "round", "mod", "//")
_CLIPS = {"clip": None, "hardtanh": (Fraction(-1), Fraction(1))}
_EXTREMES = ("max", "min")
# Near a limit for all arguments of some size.
_SOFT = (
    "sigmoid", "tanh", "erf", "erfc", "normalcdf", "softplus", "gelu", "silu", "mish", "logsigmoid",
    "coth", "sech", "sigmoid'", "tanh'", "softplus'",
)  # fmt: skip
_SUMS = ("+", "-")
_KINKED = (*_SIGNED, *FLOORS, *_CLIPS, *_EXTREMES, *RELATIONS, "kronecker", "in")
# Near 1 for all small arguments: of a power, all small exponents.
_NEAR_ONE = ("exp", "cos", "cosh", "sech", "^", "pow")
_KINKS = frozenset((*_SIGNED, *FLOORS, *_CLIPS, *_EXTREMES, "kronecker"))
_TRACED = _KINKS.union(_SOFT, _SUMS, _NEAR_ONE)
_EVEN = ("cos", "cosh", "sech")  # by about the square of the argument away from 1
_ROOTS = ("sqrt", "root", "^", "pow")
_ANY = frozenset((-1, 0, 1))
_SIGNS = {
    "<": frozenset((-1,)), "≤": frozenset((-1, 0)), "=": frozenset((0,)),
    ">": frozenset((1,)), "≥": frozenset((0, 1)), "≠": frozenset((-1, 1)),
}  # fmt: skip
_MIDDLE = 40  # beyond it a soft step is at its limit, to twenty digits
ONE = Fraction(1)
_LEAST = Decimal("1e-100")
_LARGEST = 1 / _LEAST
_LONGEST = 330  # bits of a number that someone types
_WHOLE = "whole"


def is_kinked(node: Node) -> bool:
    """Whether the value follows another formula somewhere, at once and not by and by."""
    return isinstance(node, Call) and (node.function in _KINKED or _squared(node) is not None)


def _squared(node: Call) -> Node | None:
    """u of √(u²), which is |u|."""
    if node.function not in _ROOTS or not isinstance(base := node.arguments[0], Call):
        return None
    if node.function in ("^", "pow") and not _is_fraction(node.arguments[1]):
        return None
    if base.function == "square" or (
        base.function == "*" and base.arguments[0] == base.arguments[1]
    ):
        return base.arguments[0]
    if base.function == "^" and isinstance(power := base.arguments[1], Number):
        return base.arguments[0] if power.value % 2 == 0 else None
    return None


def _is_fraction(node: Node) -> bool:
    if isinstance(node, Call) and node.function == "/":
        return True
    return isinstance(node, Number) and node.value.denominator > 1


class Taken:
    """The branches that were taken, by the node's identity."""

    def __init__(self) -> None:
        self.branches: dict[int, set[Branch]] = {}

    def add(self, node: Node, branch: Branch) -> None:
        """One branch of a node."""
        self.branches.setdefault(id(node), set()).add(branch)

    def of(self, node: Node) -> set[Branch]:
        """All branches of a node."""
        return self.branches.get(id(node), set())

    def merge(self, other: Taken) -> None:
        """Adds what was taken at another point."""
        for each, branches in other.branches.items():
            self.branches.setdefault(each, set()).update(branches)


class Traced(Evaluation):
    """An evaluation that notes the branches it takes."""

    traced = _TRACED

    def __init__(self, arithmetic: Arithmetic, point: Any, element: Any) -> None:
        super().__init__(arithmetic, point, element)
        self.taken = Taken()

    def value(self, node: Node) -> Any:
        """The node's value, its branch noted."""
        if not isinstance(node, Call):
            return super().value(node)
        if node.function in RELATIONS or node.function == "in":
            found = super().value(node)
            self.taken.add(node, found)
            return found
        inner = _squared(node)
        if inner is not None:
            self._signed(node, self.value(inner))
        if node.function not in self.traced:
            return super().value(node)
        self._step()
        arguments = [self.value(each) for each in node.arguments]
        found = self.applied(node.function, arguments)
        self._note(node, arguments, found)
        return found

    def _step(self) -> None:
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise Unsure

    def _note(self, node: Call, arguments: list[Any], found: Any) -> None:
        """Notes the branch; of vectors those of their elements."""
        vectors = [each for each in arguments if is_vector(each)]
        if vectors and not (node.function in _EXTREMES and len(arguments) == 1):
            if is_vector(found) and all(len(each) == len(found) for each in vectors):
                columns = [each if is_vector(each) else (each,) * len(found) for each in arguments]
                for *row, one in zip(*columns, found, strict=True):
                    self._note(node, row, one)
            return
        try:
            self._noted(node, arguments, found)
        except (Unsure, Undefined):
            return

    def _noted(self, node: Call, arguments: list[Any], found: Any) -> None:
        function, tools = node.function, self.arithmetic
        if function in _SUMS:
            for place, each in enumerate(arguments):
                if _is_seen(each, found, tools):
                    self.taken.add(node, place)
        elif function in _NEAR_ONE:
            if _is_zero_power(node):
                self._signed(node, arguments[1])
                return
            x = self.scalar(arguments[-1])
            apart = tools.mul(x, x) if function in _EVEN else x
            self.taken.add(node, "seen" if _is_seen(apart, ONE, tools) else "tiny")
        elif function in _EXTREMES:
            self._extreme(node, arguments)
        elif function in _SIGNED:
            self._signed(node, arguments[0])
        elif function in _CLIPS:
            self._clipped(node, arguments)
        elif function == "kronecker":
            self.taken.add(node, bool(found))
        elif function in _SOFT:
            x = tools.interval(self.scalar(arguments[0]))
            is_far = x.low > _MIDDLE or x.high < -_MIDDLE
            self.taken.add(node, ("far", x.low > 0) if is_far else "middle")
        else:
            self._floored(node, arguments)

    def _signed(self, node: Call, x: Any) -> None:
        for each in x if is_vector(x) else (x,):
            if not is_vector(each):
                try:
                    self.taken.add(node, self.arithmetic.sign(self.scalar(each)))
                except (Unsure, Undefined):
                    continue

    def _extreme(self, node: Call, arguments: list[Any]) -> None:
        """Every argument that may be the extreme one counts, if they are alike for sure."""
        if len(arguments) == 1:
            arguments = list(arguments[0]) if is_vector(arguments[0]) else arguments
        sign = 1 if node.function == "max" else -1
        values = [self.scalar(each) for each in arguments]
        best = [0]
        for place, each in enumerate(values[1:], 1):
            order = sign * self.arithmetic.sign(self.arithmetic.sub(each, values[best[0]]))
            best = [place] if order > 0 else [*best, place] if order == 0 else best
        for place in best:
            self.taken.add(node, place)

    def _clipped(self, node: Call, arguments: list[Any]) -> None:
        x, *ends = (self.scalar(each) for each in arguments)
        low, high = ends or _CLIPS["hardtanh"]  # type: ignore[misc]
        sign, sub = self.arithmetic.sign, self.arithmetic.sub
        self.taken.add(node, -1 if sign(sub(x, low)) < 0 else 1 if sign(sub(x, high)) > 0 else 0)

    def _floored(self, node: Call, arguments: list[Any]) -> None:
        """The whole number; as a case of its own only near 0, lest there be no end of cases."""
        tools, (x, *rest) = self.arithmetic, [self.scalar(each) for each in arguments]
        ratio = tools.div(x, rest[0]) if rest else x
        if node.function == "ceil":
            ratio = tools.neg(ratio)
        elif node.function == "round":
            ratio = tools.add(ratio, Fraction(1, 2))
        whole = tools.floor(ratio)
        self.taken.add(node, max(-2, min(int(whole), 2)))
        self.taken.add(node, (_WHOLE, whole % 7))


def _is_seen(term: Any, total: Any, tools: Arithmetic) -> bool:
    """Whether a term counts in a sum: it may be 0, or is more than the sum is uncertain by."""
    if is_vector(term) or is_vector(total):
        return True
    own, whole = tools.interval(term), tools.interval(total)
    if own.low <= 0 <= own.high:
        return True
    least = min(abs(own.low), abs(own.high))
    if isinstance(total, Interval) and least <= tools.up.subtract(whole.high, whole.low):
        return False
    return least > max(abs(whole.low), abs(whole.high)).scaleb(5 - tools.digits, tools.near)


def _is_zero_power(node: Call) -> bool:
    """0^u, which is 1 where u is 0."""
    return node.function in ("^", "pow") and _is(node.arguments[0], 0)


def _is(node: Node, value: int) -> bool:
    return isinstance(node, Number) and node.value == value


def piece(taken: Taken, nodes: list[Node]) -> tuple[frozenset[Branch], ...]:
    """What tells one piece of the expressions from another: the branches of all their kinks."""
    return tuple(
        frozenset(
            each for each in taken.of(node) if not (type(each) is tuple and each[0] == _WHOLE)
        )
        for node in nodes
    )


def kinked_parts(trees: tuple[Node, ...]) -> list[Node]:
    """The outermost parts that follow another formula somewhere, or are sums of such; each once."""
    return list(dict.fromkeys(part for tree in trees for part in _kinked_parts(tree)))


def _kinked_parts(node: Node) -> Iterator[Node]:
    if not isinstance(node, Call):
        return
    is_whole = node.function in BINDERS and any(map(is_kinked, walk(node)))
    if is_whole or (is_kinked(node) and free_names(node)):
        yield node
        return
    for each in node.arguments:
        yield from _kinked_parts(each)


class Pieces(Traced):
    """An evaluation that only notes which formula each kink follows."""

    traced = _KINKS


def untried(answer: Node, key: Node, taken: Taken, domains: Mapping[str, Domain]) -> Iterator[str]:
    """What is said of each case of the answer that no point was in, unless it is the key's or empty."""
    own = set(walk(key))
    for node in walk(answer):
        if not isinstance(node, Call) or node in own:
            continue
        met = taken.of(node)
        if node.function in _SUMS:
            hidden = [each for n, each in enumerate(node.arguments) if met and n not in met]
            yield from (f"{show(each)} counts beside the rest" for each in hidden)
        elif node.function in RELATIONS:
            yield from _truths(node, _signs_met(node, answer, taken), domains)
        elif free_names(node):
            yield from _cases(node, met, domains)


def _cases(node: Call, taken: set[Branch], domains: Mapping[str, Domain]) -> Iterator[str]:
    """The cases of a kink that were not met."""
    function, arguments = node.function, node.arguments
    inner = _squared(node)
    if function in _SIGNED or inner is not None:
        within = arguments[0] if inner is None else inner
        yield from _signs(within, taken, bounds(within, domains))
    elif function in _EXTREMES and len(arguments) > 1:
        word = "largest" if function == "max" else "smallest"
        for place, each in enumerate(arguments):
            others = [other for n, other in enumerate(arguments) if n != place]
            if place not in taken and not _never(function, each, others, domains):
                yield f"{show(each)} is the {word} of {show(node)}"
    elif function in _CLIPS:
        low, high = (
            arguments[1:] if function == "clip" else (Number(Fraction(-1)), Number(Fraction(1)))
        )
        for sign, end, word in ((-1, low, "below"), (1, high, "above")):
            apart = bounds(call("-", arguments[0], end), domains)
            if sign not in taken and not _is_one_sided(apart, -sign):
                yield f"{show(arguments[0])} is {word} {show(end)}"
        if 0 not in taken:
            yield f"{show(arguments[0])} is between {show(low)} and {show(high)}"
    elif function in ("kronecker", "in"):
        for truth, word in ((True, "1"), (False, "0")):
            if truth not in taken:
                yield f"{show(node)} is {word}"
    elif function in FLOORS and sum(type(each) is tuple for each in taken) < 2:
        yield f"{show(node)} takes another step"
    elif function in _NEAR_ONE and _is_zero_power(node) and 0 not in taken:
        yield f"{show(arguments[1])} is 0"
    elif function in _NEAR_ONE and taken == {"tiny"}:
        yield f"{show(arguments[-1])} is large enough to count"
    elif function in _SOFT and "middle" not in taken:
        yield f"{show(node)} is away from its limits"


def _signs(within: Node, taken: set[Branch], known: Range) -> Iterator[str]:
    for sign, word in ((1, "positive"), (-1, "negative")):
        if sign not in taken and not _is_one_sided(known, -sign):
            yield f"{show(within)} is {word}"


def _signs_met(node: Call, answer: Node, taken: Taken) -> list[frozenset[int]]:
    """What all relations between the same two sides say of the sign of their difference where they were met.

    For `x if x ≥ 0, 0 if x < 0` the second condition is only looked at where it holds.
    """
    found = []
    for other in walk(answer):
        if not isinstance(other, Call) or other.function not in RELATIONS:
            continue
        if set(other.arguments) == set(node.arguments):
            turn = 1 if other.arguments == node.arguments else -1
            signs = frozenset(turn * sign for sign in _SIGNS[other.function])
            found += [signs if truth else _ANY - signs for truth in taken.of(other)]
    return found


def _truths(node: Call, met: list[frozenset[int]], domains: Mapping[str, Domain]) -> Iterator[str]:
    """A relation must have been seen to hold and to fail, if it can."""
    if not free_names(node):
        return
    signs = _SIGNS[node.function]
    for truth, word in ((True, "holds"), (False, "fails")):
        wanted = signs if truth else _ANY - signs
        if not any(each <= wanted for each in met) and not _is_settled(node, not truth, domains):
            yield f"{show(node)} {word}"


def _is_settled(node: Call, truth: bool, domains: Mapping[str, Domain]) -> bool:
    """Whether the relation surely is always so."""
    if node.function not in ("<", "≤", ">", "≥"):
        return False
    apart = bounds(call("-", *node.arguments), domains)
    is_above = (node.function in (">", "≥")) == truth
    end = apart[0] if is_above else apart[1]
    return end is not None and (end > 0 if is_above else end < 0)


def _never(function: str, each: Node, others: list[Node], domains: Mapping[str, Domain]) -> bool:
    """Whether another argument surely is at least as extreme."""
    sign = 1 if function == "max" else -1
    return any(_is_one_sided(bounds(call("-", each, other), domains), -sign) for other in others)


def _is_one_sided(known: Range, sign: int) -> bool:
    """Whether a value surely is at least 0, or with the sign -1 at most 0."""
    end = known[0] if sign > 0 else known[1]
    return end is not None and (end >= 0 if sign > 0 else end <= 0)


def unseen(answer: Node, key: Node, value: Callable[[Node], Any]) -> str:
    """What is said of a constant part of the answer that is too near 0, too large or too long to count."""
    own = set(walk(key))
    for node in walk(answer):
        if node in own or free_names(node) or not isinstance(node, Call | Number):
            continue
        try:
            found = value(node)
        except (Undefined, Unsure):
            continue
        if is_vector(found) or isinstance(found, bool):
            continue
        if (
            type(found) is Fraction
            and max(map(int.bit_length, found.as_integer_ratio())) > _LONGEST
        ):
            return f"{show(node)} counts in all its digits"
        if isinstance(found, Interval) and not found.low <= 0 <= found.high:
            size = max(abs(found.low), abs(found.high))
            if not _LEAST < size < _LARGEST:
                return f"{show(node)} is of a size that counts"
    return ""
