"""Boltzmann machines with links between all units, fitted by likelihood to every set of patterns.

Units are −1 or 1: −E(s) = Σ b_i s_i + Σ_(i<j) w_ij s_i s_j   [Ackley, Hinton & Sejnowski 1985]
"""

from __future__ import annotations

from itertools import combinations, product
from math import cos
from typing import Any

RATE, MOMENTUM = 0.2, 0.9
MOST_STEPS = 5000


def worst_divergence(visible: int, hidden: int, steps: int = 1000) -> float:
    """max Σ p ln(p/q) in nats over all sets of patterns, each pattern of a set as likely (p); q is the
    machine's after ascent on the likelihood: w_ij by E[s_i s_j] with data, less E[s_i s_j] without

    Without hidden units the likelihood is concave: the best there is. With them, at most that much is left
    [Ackley et al. 1985, eq. 8]
    """
    import numpy as np

    _check(visible, hidden, steps)
    data, states = np.array(_data(visible)), np.array(_states(visible + hidden))
    pairs = list(combinations(range(visible + hidden), 2))
    products = np.column_stack([states, *(states[:, i] * states[:, j] for i, j in pairs)])
    starts = [*([0.0] * (visible + hidden)), *(_start(i, j, visible) for i, j in pairs)]
    weights, speed = np.tile(starts, (len(data), 1)), 0.0
    for _ in range(steps):
        free = _shares(weights @ products.T)
        seen = free.reshape(len(data), 2**visible, -1)
        held = seen * (data / seen.sum(2))[..., None]  # visible units as in the data
        speed = MOMENTUM * speed + (held.reshape(free.shape) - free) @ products
        weights = weights + RATE * speed
    fitted = _shares(weights @ products.T).reshape(len(data), 2**visible, -1).sum(2)
    # Where p is 0, so is p ln(p/q).
    return float((data * np.log(np.where(data > 0, data, 1) / fitted) * (data > 0)).sum(1).max())


def worst_divergence_by_autograd(visible: int, hidden: int, steps: int = 1000) -> float:
    """torch.optim.SGD on the likelihood of whole machines: no phases, no formula for the slope."""
    import torch

    _check(visible, hidden, steps)
    units, real = visible + hidden, torch.float64
    data, states = (torch.tensor(rows, dtype=real) for rows in (_data(visible), _states(units)))
    table = [[_start(i, j, visible) if i < j else 0.0 for j in range(units)] for i in range(units)]
    links = torch.tensor(table, dtype=real).repeat(len(data), 1, 1).requires_grad_()
    outer = (states[:, :, None] * states[:, None, :]).flatten(1)
    biases = torch.zeros(len(data), units, dtype=real, requires_grad=True)
    optimiser = torch.optim.SGD([links, biases], lr=RATE, momentum=MOMENTUM)

    def logarithms() -> torch.Tensor:
        scores = links.triu(1).flatten(1) @ outer.T + biases @ states.T
        joint = scores.log_softmax(1).reshape(len(data), 2**visible, 2**hidden)
        return joint.logsumexp(2)

    for _ in range(steps):
        optimiser.zero_grad()
        torch.autograd.backward(-(data * logarithms()).sum())
        optimiser.step()
    with torch.no_grad():
        return float((torch.special.xlogy(data, data) - data * logarithms()).sum(1).max())


def _data(visible: int) -> list[list[float]]:
    """A row for each set of patterns: every pattern's share."""
    chosen = list(product((0, 1), repeat=2**visible))[1:]
    return [[bit / sum(bits) for bit in bits] for bits in chosen]


def _states(units: int) -> list[tuple[float, ...]]:
    """All states; the visible units, which come first, change slowest."""
    return list(product((-1.0, 1.0), repeat=units))


def _start(one: int, other: int, visible: int) -> float:
    """Links to hidden units start small and all different: alike, hidden units would stay alike."""
    return 0.3 * cos(1 + 3 * one + 7 * other + one * other) if one < visible <= other else 0.0


def _shares(scores: Any) -> Any:
    import numpy as np

    powers = np.exp(scores - scores.max(1, keepdims=True))
    return powers / powers.sum(1, keepdims=True)


def _check(visible: int, hidden: int, steps: int) -> None:
    if not 1 <= visible <= 3:
        raise ValueError(f"visible must be from 1 to 3, found {visible}")
    if not 0 <= hidden <= 3:
        raise ValueError(f"hidden must be from 0 to 3, found {hidden}")
    if not 1 <= steps <= MOST_STEPS:
        raise ValueError(f"steps must be from 1 to {MOST_STEPS}, found {steps}")
