"""What guessing is allowed to earn: part credit is cut down to what a blind answer is not worth.

The credits that blind answers can get are looked at from the best down. Each is paid as long as the
mean of a blind answer stays within the bound; the first that would go beyond it gets what is left,
and those below it nothing. So better answers never earn less, and near misses lose the least.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import lru_cache
from itertools import permutations
from math import perm
from random import Random

LEAST = Fraction(1, 10)  # a smaller credit is none: it would be called partly right
MOST_LISTED = 5040  # arrangements that are all looked at; of more of them a sample is drawn
_DRAWN = 8000  # places in all: of long arrangements fewer are drawn

Chances = dict[Fraction, Fraction]  # a share of the credit, and how often a blind answer has it


def paid(share: Fraction, chances: Chances, most: Fraction) -> Fraction:
    """What a share earns, where a blind answer has each share as often as `chances` say.

    A full answer is always paid in full; where it alone is hit more often than `most`, nothing else is.
    """
    left = most
    for credit in sorted({*chances, share}, reverse=True):
        often = chances.get(credit, Fraction(0))
        # One that no blind answer was seen to have is paid as long as anything is left.
        bound = left / often if often else (credit if left > 0 else Fraction(0))
        due = credit if credit == 1 else min(credit, max(Fraction(0), bound))
        if credit == share:
            break
        left -= due * often
    return due if due > LEAST else Fraction(0)


def above_chance(chances: Chances) -> Callable[[Fraction], Fraction]:
    """The share as it exceeds a blind answer's mean: 0 for the mean and less, 1 for a full answer."""
    mean = sum((share * often for share, often in chances.items()), Fraction(0))
    return lambda share: max(Fraction(0), (share - mean) / (1 - mean)) if mean < 1 else share


def corrected(share: Fraction, chances: Chances, most: Fraction) -> Fraction:
    """The share above chance, paid as far as a blind answer's mean stays within `most`."""
    scaled = above_chance(chances)
    rescaled: Chances = {}
    for other, often in chances.items():
        rescaled[scaled(other)] = rescaled.get(scaled(other), Fraction(0)) + often
    return paid(scaled(share), rescaled, most)


@lru_cache(64)
def arranged(items: int, places: int) -> tuple[tuple[int, ...], ...]:
    """Blind answers: all ways to put so many of the items into the places, or a sample of them."""
    if perm(items, places) <= MOST_LISTED:
        return tuple(permutations(range(items), places))
    draw = Random(f"{items} items in {places} places").random
    return tuple(
        tuple(sorted(range(items), key=lambda _: draw())[:places]) for _ in range(_DRAWN // places)
    )


def chances_of(shares: Iterable[Fraction]) -> Chances:
    """How often each share occurs."""
    counts = Counter(shares)
    return {share: Fraction(count, counts.total()) for share, count in counts.items()}
