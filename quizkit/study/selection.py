"""Which questions come, in which order, with which seeds: all from one number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from msgspec import Struct

from quizkit.study.history import Planned

SEEDS = 1_000_000  # six digits: a seed is read aloud and typed again
_EASIEST, _HARDEST = 1, 3


class Row(Protocol):
    """What selection needs to know of a question."""

    @property
    def id(self) -> str:
        """The qualified id."""

    @property
    def topic(self) -> str:
        """The topic."""

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


def plan(rows: Sequence[Row], count: int, seed: int) -> tuple[Planned, ...]:
    """`count` questions, topics mixed, none twice while others remain; then only those that vary.

    The first needs no worker if there is such a one: it is on the screen while the worker starts.
    That holds for a chosen seed too, so that a seed always gives the same quiz.
    """
    order: list[Row] = []
    lap = 0
    while len(order) < count:
        pool = rows if lap == 0 else [row for row in rows if row.varies]
        if not pool:
            break
        order += _mixed(pool, f"{seed} lap {lap}", order[-1].topic if order else "")
        lap += 1
    chosen = _light_first(order)[:count]
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


def _mixed(rows: Sequence[Row], name: str, before: str) -> list[Row]:
    """Shuffled: one question of each topic in turn, no topic twice in a row if that can be."""
    waiting: dict[str, list[Row]] = {}
    keys = _keys([row.id for row in rows], f"{name} questions")
    for row in sorted(rows, key=lambda row: keys[row.id]):
        waiting.setdefault(row.topic, []).append(row)
    order: list[Row] = []
    while waiting:
        turn = _keys(waiting, f"{name} topics {len(order)}")
        topics = sorted(waiting, key=lambda topic: turn[topic])
        if topics[0] == before:
            topics = [*topics[1:], before]
        order += [waiting[topic].pop() for topic in topics]
        before = topics[-1]
        waiting = {topic: left for topic, left in waiting.items() if left}
    return order


def _light_first(order: list[Row]) -> list[Row]:
    first = next((n for n, row in enumerate(order) if row.light), 0)
    return [*order[first : first + 1], *order[:first], *order[first + 1 :]]


def _keys(names: Iterable[str], stream: str) -> dict[str, float]:
    """A random number for each name, whatever order they come in."""
    draw = _stream(stream)
    return {name: draw() for name in sorted(names)}


def _stream(name: str) -> Callable[[], float]:
    """Random numbers in [0, 1); of `random`, only this is the same in every Python version."""
    from random import Random

    return Random(name).random
