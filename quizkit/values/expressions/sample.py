"""Points of the declared domain at which two expressions are compared; the same for the same seed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from random import Random
from typing import Any

from msgspec import Struct

from quizkit.values.expressions.symbols import (
    Declared,
    Domain,
    domain,
    folded,
    split_index,
)
from quizkit.values.expressions.thresholds import beyond, constants, turning
from quizkit.values.expressions.tree import (
    BINDERS,
    COUNT,
    Call,
    Name,
    Node,
    free_names,
    walk,
)

Drawn = Any  # a Fraction, or rows of them for a matrix

POINTS = 20  # and then the special ones
LEAST_SPECIAL, MOST_SPECIAL = 16, 48
MOST_BEYOND = 48
LONGEST_SUM = 35  # terms that are added at a point
_STEP = Fraction(1009)
_SIMPLE = (2, 3, 5, 7, 11, 13, 17, 19)
_INDEX = Domain(Fraction(1), Fraction(2), is_integer=True, is_open=False)
_SIZE = Domain(Fraction(2), Fraction(5), is_integer=True, is_open=False)


class Point(Struct, frozen=True):
    """Values of the symbols; `is_generic` where no value was chosen for being special."""

    values: dict[str, Fraction]
    is_generic: bool
    element: Callable[[str, tuple[int, ...]], Fraction]


class Sampler:
    """Draws points for the symbols of some trees."""

    def __init__(self, trees: tuple[Node, ...], symbols: Declared, seed: str) -> None:
        self.random = Random(seed)
        self.specials: dict[str, list[Fraction]] = {}
        self.seed = seed
        self.declared = {name: domain(stated) for name, stated in symbols.items()}
        self.families = {
            found[0]: self.declared[name]
            for name in symbols
            if (found := split_index(name)) is not None
        }
        self.by_spelling = {folded(name): name for name in symbols}
        self.constants = tuple(constants(trees))
        ends, places = _ends(trees), _places(trees)
        self.domains: dict[str, Domain] = {}
        names = sorted(set().union(*map(free_names, trees)))
        families = {
            each.arguments[0].name
            for tree in trees
            for each in walk(tree)
            if isinstance(each, Call) and each.function in ("index", "all")
            if isinstance(each.arguments[0], Name)
        }
        for name in names:
            if name in families and name not in self.declared:
                continue
            self.domains[name] = self._domain(name, name in ends, name in places)
        # A name that is only ever indexed is a family, not a number.
        for name in families & set(self.domains):
            del self.domains[name]

    def _domain(self, name: str, is_end: bool, is_place: bool) -> Domain:
        if name == COUNT:
            return _SIZE
        if is_place or name not in self.declared:
            return _INDEX
        own = self.declared[name]
        if is_end and own.is_integer:
            low = max(own.low or Fraction(0), Fraction(2))
            high = low + LONGEST_SUM if own.high is None else min(own.high, low + LONGEST_SUM)
            return Domain(low, high, is_integer=True, is_open=False)
        return own

    def points(self) -> Iterator[Point]:
        """Simple ones first, so that a counterexample is easy to follow."""
        if not self.domains:
            yield self._point({}, True, 0)
            return
        for n in range(POINTS + self._special_count()):
            if n < 3:
                values = {
                    name: self._simple(each, n + k)
                    for k, (name, each) in enumerate(self.domains.items())
                }
            elif n < 16:
                values = {name: self._generic(each) for name, each in self.domains.items()}
            elif n < 20:
                shared = self.random.choice((0, 1, -1, 2))
                values = {name: self._clamped(each, shared) for name, each in self.domains.items()}
            else:
                values = {name: self._special(name, n - 20) for name in self.domains}
            yield self._point(values, 3 <= n < 16, n)

    def _point(self, values: dict[str, Fraction], is_generic: bool, number: int) -> Point:
        known: dict[tuple[str, tuple[int, ...]], Drawn] = {}

        def element(name: str, places: tuple[int, ...]) -> Drawn:
            own = self.by_spelling.get(folded(name + "".join(map(str, places))))
            if own in values:
                return values[own]
            place = (name, places)
            if place not in known:
                own_domain = self.families.get(name) or self.declared.get(name) or Domain()
                drawn = Random(f"{self.seed} {number} {place}")
                known[place] = self._generic(own_domain, drawn)
            return known[place]

        return Point(values, is_generic, element)

    def _special_count(self) -> int:
        """How many special points there are: all values, where there is one symbol."""
        near = [len(turning(own, self.constants)) for own in set(self.domains.values())]
        far = [len(beyond(own, self.constants)) for own in set(self.domains.values())]
        return min(max(LEAST_SPECIAL, *near), MOST_SPECIAL) + min(max(far), MOST_BEYOND)

    def moved(self, point: Point, side: int) -> Point | None:
        """The point a little aside in each symbol by a step of its own; None where that cannot be."""
        values = dict(point.values)
        for place, (name, own) in enumerate(self.domains.items(), 1):
            if own.is_integer:
                return None
            if own.is_matrix:
                continue
            step = (values[name] or 1) * side * place / _STEP
            if not is_in(own, values[name] + step):
                step = -step
            if not is_in(own, values[name] + step):
                return None
            values[name] += step
        return Point(values, False, point.element)

    # --- Values of one symbol ---------------------------------------------------------------------

    def _simple(self, own: Domain, n: int) -> Drawn:
        return self._clamped(own, _SIMPLE[n % len(_SIMPLE)])

    def _clamped(self, own: Domain, value: int) -> Drawn:
        """The value if it belongs to the domain, else one that does."""
        if own.is_matrix:
            return self._generic(own)
        return Fraction(value) if is_in(own, Fraction(value)) else self._generic(own)

    def _generic(self, own: Domain, drawn: Random | None = None) -> Drawn:
        """A value of no particular kind, mostly of moderate size."""
        drawn = drawn or self.random
        if own.is_matrix:
            return self._matrix(drawn)
        if own.is_integer:
            return self._integer(own, drawn)
        if own.low is not None and own.high is not None:
            return own.low + (own.high - own.low) * Fraction(drawn.randint(1, 1008), 1009)
        size = drawn.choice((1, 1, 3, 10))
        away = Fraction(drawn.randint(1, 1008) * size, 1009) + Fraction(drawn.randint(0, size))
        if own.low is not None:
            return own.low + away
        if own.high is not None:
            return own.high - away
        return away * drawn.choice((1, -1))

    def _matrix(self, drawn: Random) -> Drawn:
        """Two rows of whole numbers with a determinant other than 0."""
        while True:
            a, b, c, d = (Fraction(drawn.randint(-9, 9)) for _ in range(4))
            if a * d != b * c:
                return ((a, b), (c, d))

    def _integer(self, own: Domain, drawn: Random) -> Fraction:
        low = own.low if own.low is not None else Fraction(-20)
        if own.low is None and own.high is not None:
            low = own.high - 30
        high = own.high if own.high is not None else low + drawn.choice((4, 12, 40))
        if high == low + LONGEST_SUM:  # long sums cost most; few points have them
            high = low + 5
        first, last = -(-low.numerator // low.denominator), high.numerator // high.denominator
        return Fraction(drawn.randint(first, min(max(first, last), first + 60)))

    def _special(self, name: str, n: int) -> Drawn:
        """One after another of the values at which something may change, in an order of its own."""
        own = self.domains[name]
        if own.is_matrix:
            return self._generic(own)
        if name not in self.specials:
            self.specials[name] = []
            for values in (beyond(own, self.constants), turning(own, self.constants)):
                found = [value for value in values if is_in(own, value)]
                self.random.shuffle(found)
                self.specials[name] += found
        values = self.specials[name]
        return values[n % len(values)] if values and n < len(values) else self._generic(own)


def is_in(own: Domain, value: Fraction) -> bool:
    """Whether the domain holds the value."""
    if own.is_integer and value.denominator != 1:
        return False
    if own.low is not None and (value < own.low or (own.is_open and value == own.low)):
        return False
    return own.high is None or value < own.high or (value == own.high and not own.is_open)


def _ends(trees: tuple[Node, ...]) -> set[str]:
    """The names on which the length of a sum depends."""
    return {
        name
        for tree in trees
        for node in walk(tree)
        if isinstance(node, Call) and node.function in (*BINDERS, "all")
        for end in node.arguments[1 if node.function == "all" else 2 :]
        for name in free_names(end)
    }


def _places(trees: tuple[Node, ...]) -> set[str]:
    """The names that index."""
    return {
        name
        for tree in trees
        for node in walk(tree)
        if isinstance(node, Call) and node.function == "index"
        for place in node.arguments[1:]
        for name in free_names(place)
    }
