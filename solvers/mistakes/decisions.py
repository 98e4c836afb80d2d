"""Mistakes with values and returns: everything here is wrong on purpose."""

from __future__ import annotations

import math
from fractions import Fraction

from .. import decisions


def first_reward_discounted(rewards: list[float], discount: float) -> float:
    """Wrong on purpose: γ for the first reward already."""
    return discount * decisions.discounted_return(rewards, discount)


def discounted_once(rewards: list[float], discount: float) -> float:
    """Wrong on purpose: every later reward times γ, no powers."""
    return rewards[0] + discount * math.fsum(rewards[1:]) if rewards else 0.0


def rate_forgotten(
    value: float,
    reward: float,
    next_values: list[float],
    rate: float,
    discount: float,
    terminal: bool = False,
) -> float:
    """Wrong on purpose: the target itself."""
    return decisions.q_update(value, reward, next_values, 1, discount, terminal)


def old_value_kept(
    value: float,
    reward: float,
    next_values: list[float],
    rate: float,
    discount: float,
    terminal: bool = False,
) -> float:
    """Wrong on purpose: the old value is not taken off inside the bracket."""
    return decisions.q_update(value, reward, next_values, rate, discount, terminal) + rate * value


def mean_for_maximum(
    value: float,
    reward: float,
    next_values: list[float],
    rate: float,
    discount: float,
    terminal: bool = False,
) -> float:
    """Wrong on purpose: the mean of the next values, not their maximum."""
    mean = [sum(next_values) / len(next_values)]
    return decisions.q_update(value, reward, mean, rate, discount, terminal)


def end_ignored(
    value: float,
    reward: float,
    next_values: list[float],
    rate: float,
    discount: float,
    terminal: bool = False,
) -> float:
    """Wrong on purpose: goes on looking ahead after the end."""
    return decisions.q_update(value, reward, next_values, rate, discount)


def one_step_only(
    transitions: list[list[float]], rewards: list[float], discount: float
) -> list[float]:
    """Wrong on purpose: r + γ P r, one step ahead."""
    return [
        reward + discount * sum(p * r for p, r in zip(row, rewards, strict=True))
        for row, reward in zip(transitions, rewards, strict=True)
    ]


def staying_put(
    transitions: list[list[float]], rewards: list[float], discount: float
) -> list[float]:
    """Wrong on purpose: as if each state only returned to itself, r/(1 − γ)."""
    return [reward / (1 - discount) for reward in rewards]


def short_sighted(
    rewards: list[list[float]], successors: list[list[int]], discount: float
) -> list[float]:
    """Wrong on purpose: the policy that takes the highest reward at once."""
    best = [row.index(max(row)) for row in rewards]
    gains = [[row[i]] for row, i in zip(rewards, best, strict=True)]
    ends = [[row[i]] for row, i in zip(successors, best, strict=True)]
    return decisions.best_values(gains, ends, discount)


def chance_of_exploring(actions: int, epsilon_percent: int) -> Fraction:
    """Wrong on purpose: 1 − ε, as if exploring never met the best action."""
    return 1 - Fraction(epsilon_percent, 100)
