"""Points on both sides of every place where an expression passes from one formula to another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from quizkit.values.expressions.branches import (
    FLOORS,
    Pieces,
    Taken,
    Traced,
    is_kinked,
    kinked_parts,
    piece,
    unseen,
    untried,
)
from quizkit.values.expressions.cost import operations
from quizkit.values.expressions.interval import Undefined, Unsure, arithmetic
from quizkit.values.expressions.sample import Point, Sampler, is_in
from quizkit.values.expressions.symbols import Domain
from quizkit.values.expressions.tree import Node, walk

MOST_STEPS = 12_000  # operations; about a thirtieth of a second
_BASES = 2
_HALVINGS = 30
_SIMPLE = 10**4  # largest denominator of a place at which a formula changes, to be met exactly
_MOST_CHANGES = 4  # between two places of the grid
_DIGITS, _EXACT = 25, 130  # as few as at most points, as many as at the first
_SIZES = tuple(
    Fraction(10) ** power * factor
    for power in (-9, -6, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7, 9, 12)
    for factor in ((1, 3) if -3 <= power <= 3 else (1,))
)
_SHARES = (*(Fraction(1, 10**n) for n in (9, 7, 5, 4, 3, 2)), *(Fraction(n, 8) for n in (1, 2, 3)))

Along = Callable[[Fraction], Point | None]


class Trail:
    """Two expressions and the branches that they took at the points where they were compared."""

    def __init__(self, answer: Node, key: Node, sampler: Sampler) -> None:
        self.trees = (answer, key)
        self.sampler = sampler
        self.parts = kinked_parts(self.trees)
        self.kinks = [node for part in self.parts for node in walk(part) if is_kinked(node)]
        self.taken = Taken()
        self.has_steps = any(getattr(node, "function", "") in FLOORS for node in self.kinks)
        self.walked: set[Any] = set()
        self.cost = int(sum(map(operations, self.parts)))
        self.steps = 0

    def missed(self, points: list[Point]) -> str:
        """What is said of a case of the answer that none of the points was in; else nothing."""
        answer, key = self.trees
        domains = {**self.sampler.families, **self.sampler.domains}
        said = unseen(answer, key, self._constant)
        rounds = [(points[0], _EXACT), *((point, _DIGITS) for point in points)] if points else []
        for point, digits in () if said else rounds:
            found = self._at(point, digits)
            if found is not None:
                self.taken.merge(found)
            said = next(untried(answer, key, self.taken, domains), "")
            if not said:
                return ""
        return f"all points that were tried agree, but at none of them {said}" if said else ""

    def _constant(self, node: Node) -> Any:
        return Traced(arithmetic(_DIGITS), {}, _no_element).result(node)

    def _at(self, point: Point, digits: int = _DIGITS) -> Taken | None:
        evaluation = Traced(arithmetic(digits), point.values, point.element)
        for tree in self.trees:
            try:
                evaluation.result(tree)
            except Undefined:
                continue
            except Unsure:
                return None
        return evaluation.taken

    def points(self, bases: list[Point]) -> Iterator[Point]:
        """The places of a grid along each symbol, and both sides of each change between two of them."""
        is_one_line = len(self.sampler.domains) == 1 and not self.sampler.families
        for base in bases[: 1 if is_one_line else _BASES]:
            for along, grid in self._lines(base):
                yield from self._walked(along, grid)

    def _walked(self, along: Along, grid: list[Fraction]) -> Iterator[Point]:
        before: tuple[Fraction, Any] | None = None
        for place in grid:
            if self.steps > MOST_STEPS:
                return
            point = along(place)
            here = None if point is None else self._piece(point)
            if point is None or here is None:
                continue
            if before is not None and before[1] != here:
                yield from self._changes(along, before, (place, here))
            # Within one piece the formulas are smooth, and one place of it is enough; steps have many.
            if self.has_steps or here not in self.walked:
                self.walked.add(here)
                yield point
            before = place, here

    def _changes(
        self, along: Along, low: tuple[Fraction, Any], high: tuple[Fraction, Any]
    ) -> Iterator[Point]:
        """Both sides of the first change above a place, then of the next, until the last piece is met."""
        for _ in range(_MOST_CHANGES):
            start, end = low, high
            for _ in range(_HALVINGS):
                middle = (start[0] + end[0]) / 2
                point = along(middle)
                if point is None:
                    break
                here = self._piece(point)
                if here is None:
                    break
                start, end = ((middle, here), end) if here == low[1] else (start, (middle, here))
            simple = ((start[0] + end[0]) / 2).limit_denominator(_SIMPLE)
            places = (start[0], simple, end[0])
            yield from (point for place in places if (point := along(place)) is not None)
            if end[1] == high[1] or self.steps > MOST_STEPS:
                return
            low = end

    def _piece(self, point: Point) -> Any:
        """Which formula each kink follows at a point; None where that is not known."""
        evaluation = Pieces(arithmetic(_DIGITS), point.values, point.element)
        for part in self.parts:
            try:
                evaluation.result(part)
            except Undefined:
                continue
            except Unsure:
                return None
        self.steps += self.cost + evaluation.steps
        return piece(evaluation.taken, self.kinks)

    # --- Lines ------------------------------------------------------------------------------------

    def _lines(self, base: Point) -> Iterator[tuple[Along, list[Fraction]]]:
        """One symbol moves, then all symbols and families together."""
        domains = self.sampler.domains
        own = [name for name, each in domains.items() if not each.is_matrix]
        for name in own:
            yield _mover(base, {name: domains[name]}), self._grid(domains[name])
        if len(own) > 1 or self.sampler.families:
            yield self._together(base), self._grid(Domain())

    def _together(self, base: Point) -> Along:
        def element(factor: Fraction) -> Any:
            def scaled(name: str, places: tuple[int, ...]) -> Any:
                value = base.element(name, places)
                own = self.sampler.families.get(name) or Domain()
                is_moved = type(value) is Fraction and is_in(own, value * factor)
                return value * factor if is_moved else value

            return scaled

        moved = _mover(base, self.sampler.domains)

        def along(place: Fraction) -> Point | None:
            point = moved(place)
            return None if point is None else Point(point.values, False, element(place))

        return along

    def _grid(self, own: Domain) -> list[Fraction]:
        """From one end of the domain to the other, closer near 0, the ends and the constants."""
        constants = {sign * each for each in self.sampler.constants for sign in (1, -1)}
        if own.low is not None and own.high is not None:
            span = own.high - own.low
            places = {own.low + share * span for share in _SHARES} | {own.low + span / 2}
            places |= {own.high - share * span for share in _SHARES}
        elif own.high is not None:
            places = {own.high - size for size in _SIZES}
        else:
            low = own.low or Fraction(0)
            places = {low + size for size in _SIZES}
            places |= {-size for size in _SIZES} if own.low is None else set()
        if own.is_integer:
            places = {Fraction(round(place)) for place in places}
        return sorted(place for place in places | constants if is_in(own, place))


def _mover(base: Point, moving: dict[str, Domain]) -> Along:
    """The base with some symbols at a place, each where it may be; a whole one next to it."""

    def along(place: Fraction) -> Point | None:
        values: dict[str, Any] = dict(base.values)
        for name, own in moving.items():
            there = Fraction(round(place)) if own.is_integer else place
            if not own.is_matrix and is_in(own, there):
                values[name] = there
            elif len(moving) == 1:
                return None
        return Point(values, False, base.element)

    return along


def _no_element(*_: object) -> Fraction:
    raise Undefined
