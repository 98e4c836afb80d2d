"""Mistakes with Hopfield networks: everything here is wrong on purpose."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from .. import hopfield


def with_self_connections(patterns: list[list[int]], scaled: bool = True) -> list[list[Fraction]]:
    """Wrong on purpose: the diagonal is not set to 0."""
    weights = hopfield.hebb_weights(patterns, scaled)
    loop = Fraction(len(patterns), len(patterns[0]) if scaled else 1)
    return [[loop if i == j else w for j, w in enumerate(row)] for i, row in enumerate(weights)]


def divided_by_patterns(patterns: list[list[int]], scaled: bool = True) -> list[list[Fraction]]:
    """Wrong on purpose: divided by the number of patterns."""
    plain = hopfield.hebb_weights(patterns, False)
    return [[w / len(patterns) for w in row] for row in plain]


def pairs_counted_twice(weights: list[list[float]], state: list[int]) -> float:
    """Wrong on purpose: the factor ½ is left out."""
    return 2 * hopfield.state_energy(weights, state)


def sign_forgotten(weights: list[list[float]], state: list[int]) -> float:
    """Wrong on purpose: agreement costs energy."""
    return -hopfield.state_energy(weights, state)


def one_after_the_other(weights: list[list[float]], state: list[int]) -> list[int]:
    """Wrong on purpose: each unit already sees the new values of those before it."""
    return hopfield.asynchronous_sweep(weights, state, list(range(len(state))))


def ties_switched_on(weights: list[list[float]], state: list[int]) -> list[int]:
    """Wrong on purpose: an input of 0 turns a unit to 1."""
    fields = [sum(w * s for w, s in zip(row, state, strict=True)) for row in weights]
    return [1 if field >= 0 else -1 for field in fields]


def all_at_once(weights: list[list[float]], state: list[int], order: list[int]) -> list[int]:
    """Wrong on purpose: all units see the old state."""
    return hopfield.synchronous_step(weights, state)


def patterns_only(patterns: list[list[int]]) -> list[list[int]]:
    """Wrong on purpose: the stored patterns, without their mirror images and mixtures."""
    return [list(each) for each in sorted({tuple(pattern) for pattern in patterns})]


def all_states(patterns: list[list[int]]) -> list[list[int]]:
    """Wrong on purpose: every state."""
    return [list(state) for state in product([-1, 1], repeat=len(patterns[0]))]


def one_per_unit(units: int) -> int:
    """Wrong on purpose: as many patterns as units."""
    return units


def two_to_the_units(units: int) -> int:
    """Wrong on purpose: every state a memory."""
    return 1 << units
