"""Hopfield networks of units −1 and 1: Hebb's weights, energy, updates, memories and capacity."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, product

MOST_UNITS = 10
CAPACITY_PER_MILLE = 138


def hebb_weights(patterns: list[list[int]], scaled: bool = True) -> list[list[Fraction]]:
    """w_ij = Σ xᵢ xⱼ over the patterns, 0 where i = j; divided by the number of units if `scaled`

    [Hopfield 1982]
    """
    units = _check_patterns(patterns)
    return [
        [
            Fraction(sum(x[i] * x[j] for x in patterns) * (i != j), units if scaled else 1)
            for j in range(units)
        ]
        for i in range(units)
    ]


def hebb_weights_by_counting(
    patterns: list[list[int]], scaled: bool = True
) -> list[list[Fraction]]:
    """Each link starts at 0; it gains 1 for a pattern in which its units agree, else loses 1."""
    units = _check_patterns(patterns)
    gain = Fraction(1, units) if scaled else Fraction(1)
    table = [[Fraction(0)] * units for _ in range(units)]
    for pattern in patterns:
        for i, j in combinations(range(units), 2):
            table[i][j] += gain if pattern[i] == pattern[j] else -gain
            table[j][i] = table[i][j]
    return table


def state_energy(weights: list[list[float]], state: list[int]) -> float:
    """−½ Σ w_ij s_i s_j over ordered pairs, thresholds 0   [Hopfield 1982]"""
    _check_state(weights, state)
    return -0.5 * sum(s * _field(row, state) for s, row in zip(state, weights, strict=True))


def state_energy_by_loop(weights: list[list[float]], state: list[int]) -> float:
    """Each pair once: less its weight if the units agree, plus it if they differ."""
    _check_state(weights, state)
    energy = 0.0
    for i, j in combinations(range(len(state)), 2):
        energy += -weights[i][j] if state[i] == state[j] else weights[i][j]
    return energy


def synchronous_step(weights: list[list[float]], state: list[int]) -> list[int]:
    """sign(W s), all units at once; a unit with input 0 stays as it is   [Little 1974]"""
    _check_state(weights, state)
    return [_turned(row, state, s) for s, row in zip(state, weights, strict=True)]


def synchronous_step_by_numpy(weights: list[list[float]], state: list[int]) -> list[int]:
    """The matrix product, its sign, and the old value where that is 0."""
    import numpy as np

    _check_state(weights, state)
    signs = np.sign(np.round(np.array(weights) @ np.array(state), 12))
    return [int(s) for s in np.where(signs == 0, state, signs)]


def asynchronous_sweep(weights: list[list[float]], state: list[int], order: list[int]) -> list[int]:
    """The units of `order` (from 0), one after the other; an input of 0 changes nothing [Hopfield]"""
    _check_order(weights, state, order)
    now = list(state)
    for i in order:
        now[i] = _turned(weights[i], now, now[i])
    return now


def asynchronous_sweep_by_loop(
    weights: list[list[float]], state: list[int], order: list[int]
) -> list[int]:
    """A unit is flipped exactly if that lowers the energy of the whole state."""
    _check_order(weights, state, order)
    now = list(state)
    for i in order:
        flipped = [-s if j == i else s for j, s in enumerate(now)]
        before, after = (state_energy_by_loop(weights, each) for each in (now, flipped))
        now = flipped if after < before - 1e-12 else now
    return now


def fixed_points(patterns: list[list[int]]) -> list[list[int]]:
    """All states that Hebb's weights leave as they are, in ascending order; input 0 changes nothing."""
    weights = [[float(w) for w in row] for row in hebb_weights(patterns, False)]
    states = map(list, product([-1, 1], repeat=len(weights)))
    return [state for state in states if synchronous_step(weights, state) == state]


def fixed_points_by_numpy(patterns: list[list[int]]) -> list[list[int]]:
    """Local minima: states whose energy no flip of a single unit lowers; energies of all at once."""
    import numpy as np

    units = _check_patterns(patterns)
    states = np.array(list(product([-1, 1], repeat=units)))
    # Up to a constant the energy is minus half the sum of squared overlaps with the patterns.
    energies = -((states @ np.array(patterns).T) ** 2).sum(1)
    flips = [2 ** (units - 1 - unit) for unit in range(units)]
    places = np.arange(len(states))
    neighbours = np.array([energies[places ^ flip] for flip in flips])
    return [[int(s) for s in state] for state in states[(neighbours >= energies).all(0)]]


def capacity(units: int) -> int:
    """⌊0.138 n⌋ random patterns are recalled with few errors   [Amit, Gutfreund & Sompolinsky 1985]"""
    if units < 1:
        raise ValueError(f"units must be at least 1, found {units}")
    return CAPACITY_PER_MILLE * units // 1000


def capacity_by_counting(units: int) -> int:
    """Patterns added one by one while 0.138 units per unit pay for them."""
    if units < 1:
        raise ValueError(f"units must be at least 1, found {units}")
    paid, patterns = Fraction(138, 1000) * units, 0
    while paid >= 1:
        paid, patterns = paid - 1, patterns + 1
    return patterns


def _field(row: list[float], state: list[int]) -> float:
    return sum(w * s for w, s in zip(row, state, strict=True))


def _turned(row: list[float], state: list[int], old: int) -> int:
    field = round(_field(row, state), 12)
    return old if not field else (1 if field > 0 else -1)


def _check_patterns(patterns: list[list[int]]) -> int:
    units = len(patterns[0]) if patterns else 0
    if not 2 <= units <= MOST_UNITS or any(len(x) != units or set(x) - {-1, 1} for x in patterns):
        raise ValueError(f"patterns must be rows of 2 to {MOST_UNITS} times −1 or 1: {patterns}")
    return units


def _check_state(weights: list[list[float]], state: list[int]) -> None:
    units = range(len(state))
    if not state or set(state) - {-1, 1}:
        raise ValueError(f"state must be −1 and 1, found {state}")
    if [len(row) for row in weights] != [len(state)] * len(state):
        raise ValueError(f"weights must have {len(state)} rows of {len(state)}, found {weights}")
    if any(weights[i][j] != weights[j][i] or weights[i][i] for i in units for j in units):
        raise ValueError(f"weights must be symmetric with a zero diagonal, found {weights}")


def _check_order(weights: list[list[float]], state: list[int], order: list[int]) -> None:
    _check_state(weights, state)
    if not all(0 <= i < len(state) for i in order):
        raise ValueError(f"order must hold units from 0 to {len(state) - 1}, found {order}")
