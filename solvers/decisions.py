"""Reinforcement learning on tables: returns, Bellman steps and values of small decision problems."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import product

from .ranges import _numbers


def discounted_return(rewards: list[float], discount: float) -> float:
    """Σ γᵗ rₜ, the first reward undiscounted   [Sutton & Barto 2018, eq. 3.8]"""
    _numbers(rewards=rewards, discount=discount)
    _check_discount(discount)
    return math.fsum(discount**t * reward for t, reward in enumerate(rewards))


def discounted_return_by_loop(rewards: list[float], discount: float) -> float:
    """G = r + γ G′, from the last reward backwards   [eq. 3.9]"""
    _check_discount(discount)
    value = 0.0
    for reward in reversed(rewards):
        value = reward + discount * value
    return value


def q_update(
    value: float,
    reward: float,
    next_values: list[float],
    rate: float,
    discount: float,
    terminal: bool = False,
) -> float:
    """Q + α (r + γ max Q′ − Q); γ max Q′ is 0 at the end   [Watkins 1989; Sutton & Barto, eq. 6.8]"""
    _numbers(value=value, reward=reward, next_values=next_values, rate=rate, discount=discount)
    _check_step(next_values, rate, discount)
    target = reward if terminal else reward + discount * max(next_values)
    return value + rate * (target - value)


def q_update_by_autograd(
    value: float,
    reward: float,
    next_values: list[float],
    rate: float,
    discount: float,
    terminal: bool = False,
) -> float:
    """One step down autograd's slope of half the squared error from the target, held fixed."""
    import torch

    _check_step(next_values, rate, discount)
    estimate = torch.tensor(value, dtype=torch.float64, requires_grad=True)
    following = torch.tensor(next_values, dtype=torch.float64).amax() * (not terminal)
    loss = 0.5 * (reward + discount * following - estimate) ** 2
    (slope,) = torch.autograd.grad(loss, estimate)
    return float(estimate.detach() - rate * slope)


def state_values(
    transitions: list[list[float]], rewards: list[float], discount: float
) -> list[float]:
    """V = (I − γP)⁻¹ r, row s of P: chances of the next state   [Sutton & Barto 2018, eq. 4.4]"""
    _numbers(transitions=transitions, rewards=rewards, discount=discount)
    _check_chain(transitions, rewards, discount)
    exact = Fraction(str(discount))
    rows = [
        [int(i == j) - exact * Fraction(str(p)) for j, p in enumerate(row)]
        + [Fraction(str(reward))]
        for i, (row, reward) in enumerate(zip(transitions, rewards, strict=True))
    ]
    return [float(value) for value in _solved(rows)]


def state_values_by_numpy(
    transitions: list[list[float]], rewards: list[float], discount: float
) -> list[float]:
    """Rewards of 2ᵏ steps at once, doubled until later ones no longer count."""
    import numpy as np

    _check_chain(transitions, rewards, discount)
    reach = discount * np.array(transitions, dtype=float)
    values = np.array(rewards, dtype=float)
    for _ in range(16):
        values, reach = values + reach @ values, reach @ reach
    return [float(value) for value in values]


def best_values(
    rewards: list[list[float]], successors: list[list[int]], discount: float
) -> list[float]:
    """V(s) = max_a [r(s, a) + γ V(s′)], iterated to rest; moves are certain, rows are states

    [value iteration: Bellman 1957]
    """
    _numbers(rewards=rewards, discount=discount)
    _check_moves(rewards, successors, discount)
    values, change = [0.0] * len(rewards), math.inf
    while change > 1e-14 * max(1.0, *map(abs, values)):
        before, values = (
            values,
            [
                max(r + discount * values[s] for r, s in zip(gains, ends, strict=True))
                for gains, ends in zip(rewards, successors, strict=True)
            ],
        )
        change = max(abs(a - b) for a, b in zip(before, values, strict=True))
    return values


def best_values_by_numpy(
    rewards: list[list[float]], successors: list[list[int]], discount: float
) -> list[float]:
    """Every policy's linear equations solved; the best value of each state."""
    import numpy as np

    _check_moves(rewards, successors, discount)
    states = np.arange(len(rewards))
    found = []
    for policy in product(*(range(len(row)) for row in rewards)):
        table = np.eye(len(states))
        for state, action in enumerate(policy):
            table[state, successors[state][action]] -= discount
        gains = [row[action] for row, action in zip(rewards, policy, strict=True)]
        found.append(np.linalg.solve(table, gains))
    return [float(value) for value in np.max(found, axis=0)]


def greedy_chance(actions: int, epsilon_percent: int) -> Fraction:
    """1 − ε + ε/n: chance of the best of n actions under ε-greedy   [Sutton & Barto 2018, 2.2]"""
    _check_greedy(actions, epsilon_percent)
    epsilon = Fraction(epsilon_percent, 100)
    return 1 - epsilon + epsilon / actions


def greedy_chance_by_counting(actions: int, epsilon_percent: int) -> Fraction:
    """100 n equally likely cases: a percentile and the action that a random choice would take."""
    _check_greedy(actions, epsilon_percent)
    cases = list(product(range(100), range(actions)))
    best = sum(spin >= epsilon_percent or action == 0 for spin, action in cases)
    return Fraction(best, len(cases))


def _solved(rows: list[list[Fraction]]) -> list[Fraction]:
    for i in range(len(rows)):
        pivot = next(k for k in range(i, len(rows)) if rows[k][i])
        rows[i], rows[pivot] = rows[pivot], rows[i]
        rows[i] = [x / rows[i][i] for x in rows[i]]
        for k, row in enumerate(rows):
            if k != i:
                rows[k] = [x - row[i] * y for x, y in zip(row, rows[i], strict=True)]
    return [row[-1] for row in rows]


def _check_discount(discount: float) -> None:
    if not 0 <= discount <= 1:
        raise ValueError(f"discount must be from 0 to 1, found {discount}")


def _check_step(next_values: list[float], rate: float, discount: float) -> None:
    _check_discount(discount)
    if not next_values:
        raise ValueError("next_values must be one at least, found none")
    if not 0 < rate <= 1:
        raise ValueError(f"rate must be above 0 and at most 1, found {rate}")


def _check_chain(transitions: list[list[float]], rewards: list[float], discount: float) -> None:
    size = len(rewards)
    if not size or [len(row) for row in transitions] != [size] * size:
        raise ValueError(f"transitions must be {size} rows of {size}, found {transitions}")
    if any(min(row) < 0 or sum(Fraction(str(p)) for p in row) != 1 for row in transitions):
        raise ValueError(f"transitions must be rows of chances of sum 1, found {transitions}")
    if not 0 <= discount <= 0.99:
        raise ValueError(f"discount must be from 0 to 0.99, found {discount}")


def _check_moves(rewards: list[list[float]], successors: list[list[int]], discount: float) -> None:
    if not rewards or not all(rewards) or [*map(len, rewards)] != [*map(len, successors)]:
        raise ValueError("successors must have an entry for each reward, and each state an action")
    if not all(0 <= s < len(rewards) for row in successors for s in row):
        raise ValueError(f"successors must be states from 0 to {len(rewards) - 1}")
    if not 0 <= discount <= 0.98:
        raise ValueError(f"discount must be from 0 to 0.98, found {discount}")


def _check_greedy(actions: int, epsilon_percent: int) -> None:
    if actions < 1 or not 0 <= epsilon_percent <= 100:
        raise ValueError(f"actions must be 1 or more, epsilon_percent 0 to 100: {epsilon_percent}")
