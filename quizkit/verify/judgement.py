"""From one measurement per seed to a verdict: sign tests at fixed looks, intervals, and what is invalid.

A measurement is a float; NaN is a run that blew up, an infinity one that was censored: of two runs neither
had got there when their steps ended, or none can be said to have been sooner.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from statistics import NormalDist
from typing import Literal

Verdict = Literal["supported", "refuted", "inconclusive", "invalid"]

LOOKS = (64, 128, 256)
# Two-sided level of one look's sign test; over the three looks a median that lies exactly on the
# threshold is decided in at most 5 % of experiments (`false_decisions` gives the exact share).
LEVEL = 0.025
CENSORED = 0.10


@dataclass(frozen=True)
class Judgement:
    """A verdict with what it rests on: the median effect, its interval, and the seeds looked at."""

    verdict: Verdict
    effect: float
    low: float
    high: float
    seeds: int
    share_above: float
    censored: int = 0
    nan: int = 0


def judge(measurements: Sequence[float], above: float, cells: int = 1) -> Judgement:
    """Whether the typical seed's measurement exceeds `above`, the smallest effect of interest

    supported: significantly more than half of the seeds lie above; refuted: significantly more than half
    lie below. Ties and censored runs count against both. More than 10 % censored: invalid; a NaN:
    inconclusive. More measurements than the last look's are judged once, all together. One of so many `cells`
    of a grid is judged by a level that much smaller: the whole grid then decides falsely in about 5 %.
    """
    if cells < 1:
        raise ValueError(f"cells must be at least 1, found {cells}")
    if not measurements:
        raise ValueError("measurements must be at least 1, found 0")
    count = len(measurements)
    level = LEVEL / cells
    earlier = [look for look in LOOKS if look < count <= LOOKS[-1]]
    for look in earlier:
        found = _judged(measurements[:look], above, level)
        if found.verdict in ("supported", "refuted"):
            return found
    return _judged(measurements, above, level)


def mirrored(found: Judgement) -> Judgement:
    """The same of the measurements with their signs turned back."""
    return replace(found, effect=-found.effect, low=-found.high, high=-found.low)


def in_words(found: Judgement) -> str:
    """What a verdict rests on, such as: median 0.41 (0.35 to 0.48) over 64 seeds, 2 censored"""
    text = (
        f"median {found.effect:.3g} ({found.low:.3g} to {found.high:.3g}) over {found.seeds} seeds"
    )
    text += f", {found.censored} censored" * bool(found.censored)
    return text + f", {found.nan} blown up" * bool(found.nan)


def wilson(successes: int, trials: int, confidence: float = 0.95) -> tuple[float, float]:
    """(p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n)   [Wilson 1927]"""
    if not 0 <= successes <= trials or trials < 1:
        raise ValueError(f"successes must be from 0 to {trials} trials, found {successes}")
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    rate = successes / trials
    centre = rate + z * z / (2 * trials)
    spread = z * math.sqrt(rate * (1 - rate) / trials + z * z / (4 * trials * trials))
    whole = 1 + z * z / trials
    low = (centre - spread) / whole if successes else 0.0
    return low, (centre + spread) / whole if successes < trials else 1.0


def sign_test(successes: int, trials: int) -> float:
    """P(X ≥ successes) for X ~ Binomial(trials, 1/2), exact"""
    return math.fsum(_halves(trials)[successes:])


def median_interval(values: Sequence[float], level: float = LEVEL) -> tuple[float, float]:
    """Order statistics that enclose the median with probability at least 1 − level, whatever the law."""
    ordered = sorted(values)
    rank = _rank(len(ordered), level)
    if rank < 0:
        return -math.inf, math.inf
    return ordered[rank], ordered[len(ordered) - 1 - rank]


def median(values: Sequence[float]) -> float:
    """The middle of the sorted values."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    low, high = ordered[middle - 1], ordered[middle]
    return low if low == high else (low + high) / 2


def false_decisions(looks: Sequence[int] = LOOKS, level: float = LEVEL) -> float:
    """The exact chance that any look decides when each seed is above with probability 1/2."""
    alive, seen, decided = [1.0], 0, 0.0
    for look in looks:
        for _ in range(look - seen):
            alive = [(a + b) / 2 for a, b in zip([0.0, *alive], [*alive, 0.0], strict=True)]
        seen, edge = look, _rank(look, level)
        for count in (*range(edge + 1), *range(look - edge, look + 1)):
            decided, alive[count] = decided + alive[count], 0.0
    return decided


def _judged(measurements: Sequence[float], above: float, level: float) -> Judgement:
    seeds = len(measurements)
    finite = [value for value in measurements if math.isfinite(value)]
    nan = sum(map(math.isnan, measurements))
    censored = seeds - len(finite) - nan
    over = sum(value > above for value in finite)
    low, high = median_interval(finite, level)
    effect = median(finite) if finite else math.nan
    under = sum(value < above for value in finite)
    verdict = _verdict(over, under, seeds - _rank(seeds, level))
    if nan:
        verdict = "inconclusive"
    if censored > CENSORED * seeds:
        verdict = "invalid"
    return Judgement(verdict, effect, low, high, seeds, over / seeds, censored, nan)


def _verdict(over: int, under: int, edge: int) -> Verdict:
    if over >= edge:
        return "supported"
    return "refuted" if under >= edge else "inconclusive"


@cache
def _rank(trials: int, level: float) -> int:
    """The largest count whose lower tail is at most level/2, or −1."""
    tail, rank = 0.0, -1
    for chance in _halves(trials):
        tail += chance
        if tail > level / 2:
            break
        rank += 1
    return rank


@cache
def _halves(trials: int) -> tuple[float, ...]:
    return tuple(math.comb(trials, count) / 2**trials for count in range(trials + 1))
