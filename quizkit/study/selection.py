"""Which questions come, in which order, with which seeds: all from one number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count, islice
from typing import Protocol

from msgspec import Struct

from quizkit.study.history import Planned

SEEDS = 1_000_000  # six digits: a seed is read aloud and typed again
_EASIEST, _HARDEST = 1, 3
_CLAIM, _BETWEEN = "claim", 2


class Row(Protocol):
    """What selection needs to know of a question."""

    @property
    def id(self) -> str:
        """The qualified id."""

    @property
    def topic(self) -> str:
        """The topic."""

    @property
    def kind(self) -> str:
        """Its kind, such as number or claim."""

    @property
    def difficulty(self) -> int:
        """From 1 to 3."""

    @property
    def varies(self) -> bool:
        """Whether another seed gives another question."""

    @property
    def light(self) -> bool:
        """Whether it can be asked without the worker."""


class Pace(Struct, frozen=True):
    """How hard practice is now; two right answers in a row raise it, two wrong ones lower it."""

    difficulty: int = _EASIEST
    right: int = 0
    wrong: int = 0


def plan(rows: Sequence[Row], most: int, seed: int) -> tuple[Planned, ...]:
    """`most` questions, topics mixed, none twice while others remain; then only those that vary.

    The first needs no worker if there is such a one: it is on the screen while the worker starts.
    That holds for a chosen seed too, so that a seed always gives the same quiz.
    """
    chosen = islice(_endless(rows, seed), most)
    return tuple(Planned(row.id, seed_for(seed, n, row.id)) for n, row in enumerate(chosen))


def next_exercise(rows: Sequence[Row], pace: Pace, seed: int, past: Sequence[str]) -> Planned:
    """The next exercise at this pace: of the nearest difficulty, the least and longest ago."""
    nearest = min(abs(row.difficulty - pace.difficulty) for row in rows)
    fit = [row for row in rows if abs(row.difficulty - pace.difficulty) == nearest]
    last = {id_: n for n, id_ in enumerate(past)}
    keys = _keys([row.id for row in rows], f"{seed} exercise {len(past)}")

    def rank(row: Row) -> tuple[bool, int, int, float]:
        """Smallest for the one to ask: light if it is the first of all, then rare, then long ago."""
        is_late = not past and not row.light
        return is_late, past.count(row.id), last.get(row.id, -1), keys[row.id]

    chosen = min(fit, key=rank)
    return Planned(chosen.id, seed_for(seed, len(past), chosen.id))


def paced(pace: Pace, verdict: str) -> Pace:
    """The pace after an answer; one that is partly right, or undecided, changes nothing."""
    if verdict == "right":
        if pace.right:
            return Pace(min(pace.difficulty + 1, _HARDEST))
        return Pace(pace.difficulty, right=1)
    if verdict == "wrong":
        if pace.wrong:
            return Pace(max(pace.difficulty - 1, _EASIEST))
        return Pace(pace.difficulty, wrong=1)
    return pace


def seed_for(seed: int, position: int, id_: str) -> int:
    """The seed of one question of a session."""
    return int(_stream(f"{seed} {position} {id_}")() * SEEDS)


def _endless(rows: Sequence[Row], seed: int) -> Iterator[Row]:
    """A light question, then lap after lap: once through all, later through those that vary."""
    light = [row for row in rows if row.light]
    first = _first([row for row in light if row.kind != _CLAIM] or light, seed)
    if first is not None:
        yield first
        rows = [row for row in rows if row.id != first.id]
    last = first
    for lap in count():
        for row in _mixed(rows, f"{seed} lap {lap}", last):
            yield row
            last = row
        if first is not None and lap == 0:
            rows = [*rows, first]
        rows = [row for row in rows if row.varies]
        if not rows:
            return


def _first(rows: Sequence[Row], seed: int) -> Row | None:
    keys = _keys([row.id for row in rows], f"{seed} first")
    return min(rows, key=lambda row: keys[row.id], default=None)


def _mixed(rows: Sequence[Row], name: str, before: Row | None) -> Iterator[Row]:
    """Shuffled: one question of each topic in turn, no topic twice in a row if that can be."""
    waiting: dict[str, list[Row]] = {}
    keys = _keys([row.id for row in rows], f"{name} questions")
    for row in sorted(rows, key=lambda row: keys[row.id]):
        waiting.setdefault(row.topic, []).append(row)
    waiting = {topic: _spread(left[::-1]) for topic, left in waiting.items()}
    last = before.topic if before else ""
    for turn in count():
        if not waiting:
            return
        topics = _turn(list(waiting), f"{name} turn {turn}", last)
        for last in topics:
            yield waiting[last].pop(0)
        waiting = {topic: left for topic, left in waiting.items() if left}


def _spread(rows: Sequence[Row]) -> list[Row]:
    """Each claim after two questions of other kinds, while there are any: a topic may be mostly claims."""
    claims = [row for row in rows if row.kind == _CLAIM]
    others = [row for row in rows if row.kind != _CLAIM]
    mixed: list[Row] = []
    while others and claims:
        mixed += [*others[:_BETWEEN], claims.pop(0)]
        del others[:_BETWEEN]
    return mixed + others + claims


def _turn(topics: list[str], name: str, last: str) -> list[str]:
    """The topics shuffled, the one that was asked last at the end."""
    keys = _keys(topics, name)
    return sorted(topics, key=lambda topic: (topic == last, keys[topic]))


def _keys(names: Iterable[str], stream: str) -> dict[str, float]:
    """A random number for each name, whatever order they come in."""
    draw = _stream(stream)
    return {name: draw() for name in sorted(names)}


def _stream(name: str) -> Callable[[], float]:
    """Random numbers in [0, 1); of `random`, only this is the same in every Python version."""
    from random import Random

    return Random(name).random
