"""Where an answer can be read in two ways: after a slash, a caret, a root or a function without brackets.

The reader takes one way and notes the place. With another way chosen there, it reads the other tree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from types import MappingProxyType

BLANKS = -1  # the place of all blanks in square brackets, which part elements or factors together
# How much of what follows is drawn in: one factor, those written close, all, or a quotient, too.
FACTORS = ("one", "close", "all")
# Ways that no other sign would be typed for; they are taken where they are right, without asking.
PLAIN_WAYS = frozenset(("blanks", "from 0", "inner", "inner, turned"))
MOST_PLACES = 5  # at which ways are combined with those of other places
_NONE: Mapping[int, str] = MappingProxyType({})


class Readings:
    """The ways chosen, by the place in the text, and all that there are."""

    def __init__(self, chosen: Mapping[int, str] = _NONE) -> None:
        self.chosen = chosen
        self.found: dict[int, tuple[str, ...]] = {}

    def taken(self, place: int, *ways: str) -> str:
        """The way chosen here, or the empty text; the others are noted."""
        self.found.setdefault(place, ways)
        return self.chosen.get(place, "")

    def single(self) -> Iterator[tuple[int, str]]:
        """Each other way, with its place."""
        for place, ways in self.found.items():
            for way in ways:
                yield place, way


def together(ways: list[tuple[int, str]]) -> Iterator[dict[int, str]]:
    """Choices at several places, those at few before those at more."""
    places = list(dict.fromkeys(place for place, _ in ways))[:MOST_PLACES]
    every = product(*(["", *(way for at, way in ways if at == place)] for place in places))
    several = [chosen for chosen in every if sum(map(bool, chosen)) > 1]
    for chosen in sorted(several, key=lambda chosen: sum(map(bool, chosen))):
        yield {place: way for place, way in zip(places, chosen, strict=True) if way}
