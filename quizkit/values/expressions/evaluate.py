"""The value of an expression at a point: a real, a vector of values, or the truth of a relation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import DecimalException
from fractions import Fraction

from quizkit.values.expressions import transcendental as series
from quizkit.values.expressions.functions import SCALAR
from quizkit.values.expressions.geometric import closed_form
from quizkit.values.expressions.interval import Arithmetic, Interval, Real, Undefined, Unsure
from quizkit.values.expressions.tree import BINDERS, BRACKETS, Call, Name, Node, Number, call
from quizkit.values.expressions.vectors import UNIT, WHOLE, Value, is_vector

Point = Mapping[str, Fraction]

MOST_TERMS = 200
MOST_STEPS = 5_000
LARGEST_PLACE = 10**9
ONE = Fraction(1)


class Evaluation:
    """One point, one precision, and how many steps it took."""

    def __init__(
        self,
        arithmetic: Arithmetic,
        point: Point,
        element: Callable[[str, tuple[int, ...]], Fraction],
    ) -> None:
        self.arithmetic = arithmetic
        self.values = dict(point)
        self.element = element
        self.steps = 0

    def result(self, node: Node) -> Value:
        """The value of a whole expression."""
        try:
            return self.value(node)
        except (DecimalException, OverflowError, RecursionError):
            raise Unsure from None

    def value(self, node: Node) -> Value:
        """The node's value; `Undefined` or `Unsure` where there is none to be had."""
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise Unsure
        if isinstance(node, Number):
            return node.value
        if isinstance(node, Name):
            return self._name(node.name)
        special = _SPECIAL.get(node.function)
        if special is not None:
            return special(self, *node.arguments)
        arguments = [self.value(argument) for argument in node.arguments]
        plain = _PLAIN.get(node.function)
        if plain is not None and _REALS.issuperset(map(type, arguments)):
            return plain(self.arithmetic, *arguments)
        return self.applied(node.function, arguments)

    def real(self, node: Node) -> Real:
        """The node's value, which must be one number."""
        return self.scalar(self.value(node))

    def _name(self, name: str) -> Real:
        if name in self.values:
            return self.values[name]
        if name == "pi":
            return series.pi(self.arithmetic)
        if name == "e":
            return self.arithmetic.exp(ONE)
        raise Undefined

    def scalar(self, value: Value) -> Real:
        """The one number that a value is."""
        if isinstance(value, Interval) or type(value) is Fraction:
            return value
        if isinstance(value, bool):
            return Fraction(int(value))
        if isinstance(value, tuple) and len(value) == 1:
            return self.scalar(value[0])
        raise Undefined

    # --- Functions of values ----------------------------------------------------------------------

    def applied(self, function: str, arguments: list[Value]) -> Value:
        """A function of numbers, element by element where it is given vectors."""
        whole = WHOLE.get(function)
        if whole is not None and (function not in ("*", "^") or any(map(is_vector, arguments))):
            return whole(self, *arguments)
        if any(map(is_vector, arguments)):
            return self.elementwise(function, arguments)
        scalar = SCALAR.get(function)
        if scalar is None:
            raise Undefined
        return scalar(self.arithmetic, *(self.scalar(each) for each in arguments))

    def elementwise(self, function: str, arguments: list[Value]) -> Value:
        """The function of each row of elements."""
        vectors = [each for each in arguments if is_vector(each)]
        if any(len(each) != len(vectors[0]) for each in vectors):
            raise Undefined
        size = len(vectors[0])
        columns = [each if is_vector(each) else (each,) * size for each in arguments]
        return tuple(self.applied(function, list(row)) for row in zip(*columns, strict=True))

    # --- Nodes that do not evaluate all they hold ----------------------------------------------------

    def where(self, condition: Node, value: Node, other: Node) -> Value:
        """The one branch that is taken."""
        return self.value(value if self.truth(condition) else other)

    def truth(self, node: Node) -> bool:
        """Whether a relation holds here."""
        value = self.value(node)
        if not isinstance(value, bool):
            raise Undefined
        return value

    def indicator(self, condition: Node) -> Fraction:
        """1 where the condition holds, else 0."""
        return Fraction(int(self.truth(condition)))

    def both(self, left: Node, right: Node) -> bool:
        """Logical and."""
        return self.truth(left) and self.truth(right)

    def either(self, left: Node, right: Node) -> bool:
        """Logical or."""
        return self.truth(left) or self.truth(right)

    def contains(self, element: Node, interval: Node) -> bool:
        """Whether a number lies in an interval, a union or a set."""
        x = self.real(element)
        return self._contains(x, interval)

    def _contains(self, x: Real, within: Node) -> bool:
        if not isinstance(within, Call):
            raise Undefined
        if within.function == "∪":
            return any(self._contains(x, each) for each in within.arguments)
        if within.function == "∖":
            whole, without = within.arguments
            return self._contains(x, whole) and not self._contains(x, without)
        if within.function == "set":
            return any(self._compared("=", x, self.real(each)) for each in within.arguments)
        if within.function not in BRACKETS or len(within.arguments) != 2:
            raise Undefined
        low, high = within.arguments
        above = "≥" if within.function[0] == "[" else ">"
        below = "≤" if within.function[1] == "]" else "<"
        return (low == MINUS_INFINITY or self._compared(above, x, self.real(low))) and (
            high == INFINITY or self._compared(below, x, self.real(high))
        )

    def _compared(self, relation: str, a: Real, b: Real) -> bool:
        return _RELATION[relation](self.arithmetic.sign(self.arithmetic.sub(a, b)))

    def relation(self, relation: str, left: Node, right: Node) -> bool:
        """Whether the two sides stand in this relation; vectors are equal or not."""
        a, b = self.value(left), self.value(right)
        if is_vector(a) or is_vector(b):
            return self._are_equal_vectors(relation, a, b)
        return self._compared(relation, self.scalar(a), self.scalar(b))

    def _are_equal_vectors(self, relation: str, a: Value, b: Value) -> bool:
        if relation != "=" or not (is_vector(a) and is_vector(b)) or len(a) != len(b):
            raise Undefined
        return all(
            self._are_equal_vectors("=", x, y)
            if is_vector(x)
            else self._compared("=", self.scalar(x), self.scalar(y))
            for x, y in zip(a, b, strict=True)
        )

    def terms(self, body: Node, index: Node, start: Node, stop: Node) -> list[Real]:
        """The terms of a sum, one for each whole number of its range."""
        assert isinstance(index, Name)
        first, last = self.real(start), self.real(stop)
        if isinstance(first, Interval) or isinstance(last, Interval):
            raise Unsure
        if first.denominator != 1 or last.denominator != 1:
            raise Undefined
        if last - first >= MOST_TERMS:
            raise Unsure
        outer = dict(self.values)
        found = []
        for k in range(int(first), int(last) + 1):
            self.values[index.name] = Fraction(k)
            found.append(self.real(body))
        self.values = outer
        return found

    def endless(self, body: Node, index: Node, start: Node) -> Real:
        """The sum of a geometric series; undefined where it does not converge."""
        found = closed_form(body, index, start)
        if found is None:
            raise Unsure
        total, ratio = found
        below = self._compared("<", self.real(ratio), ONE)
        if not (below and self._compared("<", Fraction(-1), self.real(ratio))):
            raise Undefined
        return self.real(total)

    def folded(self, function: str, terms: list[Real]) -> Real:
        """A sum, product, maximum or minimum over all terms."""
        if not terms and function[:3] in ("max", "min"):
            raise Undefined
        fold = {"sum": self.arithmetic.add, "prod": self.arithmetic.mul,
                "max": self.arithmetic.max, "min": self._least}[function.partition(" ")[0]]  # fmt: skip
        total: Real = Fraction(int(function.startswith("prod")))
        for n, term in enumerate(terms):
            total = term if n == 0 and function[:3] in ("max", "min") else fold(total, term)
        return total

    def _least(self, a: Real, b: Real) -> Real:
        arithmetic = self.arithmetic
        return arithmetic.neg(arithmetic.max(arithmetic.neg(a), arithmetic.neg(b)))

    def index(self, base: Node, *places: Node) -> Value:
        """An element of a family, or of a vector that was worked out."""
        found = [self._place(place) for place in places]
        if isinstance(base, Name) and base.name not in self.values:
            return self.element(base.name, tuple(found))
        value = self.value(base)
        for k in found:
            if not is_vector(value) or not 1 <= k <= len(value):
                raise Undefined
            value = value[k - 1]
        return value

    def _place(self, node: Node) -> int:
        k = self.real(node)
        if isinstance(k, Interval) or k.denominator != 1 or abs(k) > LARGEST_PLACE:
            raise Undefined
        return int(k)

    def family(self, base: Node, count: Node) -> Value:
        """All elements of a family."""
        assert isinstance(base, Name)
        size = self.real(count)
        if isinstance(size, Interval) or not 1 <= size <= MOST_TERMS or size.denominator != 1:
            raise Undefined
        return tuple(self.element(base.name, (k,)) for k in range(1, int(size) + 1))

    def identity(self) -> Value:
        """The identity matrix, of the size of the matrices drawn."""
        return UNIT

    def vector(self, *items: Node) -> Value:
        """The values of all items."""
        return tuple(self.value(item) for item in items)


# Functions that need no look at what they are given, as long as that is numbers: most calls.
_PLAIN = {name: value for name, value in SCALAR.items() if name not in WHOLE or name in ("*", "^")}
_REALS = frozenset((Fraction, Interval))

INFINITY: Node = Name("inf")
MINUS_INFINITY: Node = call("neg", INFINITY)


_RELATION: dict[str, Callable[[int], bool]] = {
    "=": lambda sign: sign == 0,
    "≠": lambda sign: sign != 0,
    "<": lambda sign: sign < 0,
    "≤": lambda sign: sign <= 0,
    ">": lambda sign: sign > 0,
    "≥": lambda sign: sign >= 0,
}


def _relation(sign: str) -> Callable[..., bool]:
    return lambda self, left, right: self.relation(sign, left, right)


def _over(function: str) -> Callable[..., Real]:
    def value(self: Evaluation, body: Node, index: Node, start: Node, stop: Node) -> Real:
        if function == "sum over" and stop == INFINITY:
            return self.endless(body, index, start)
        return self.folded(function, self.terms(body, index, start, stop))

    return value


_SPECIAL: dict[str, Callable[..., Value]] = {
    **{sign: _relation(sign) for sign in _RELATION},
    **{function: _over(function) for function in BINDERS},
    **dict.fromkeys((*BRACKETS, "list"), Evaluation.vector),
    "identity": Evaluation.identity,
    "where": Evaluation.where,
    "indicator": Evaluation.indicator,
    "and": Evaluation.both,
    "or": Evaluation.either,
    "in": Evaluation.contains,
    "index": Evaluation.index,
    "all": Evaluation.family,
}


def evaluated(
    node: Node,
    point: Point,
    arithmetic: Arithmetic,
    element: Callable[[str, tuple[int, ...]], Fraction],
) -> Value:
    """The value at a point; `Undefined` where there surely is none, `Unsure` where it is not found."""
    return Evaluation(arithmetic, point, element).result(node)
