"""Restricted Boltzmann machines of a few binary units: energies, conditionals and gradients, exact.

`weights` has a row for each visible unit and a column for each hidden one.
"""

from __future__ import annotations

import math
from itertools import product
from typing import TYPE_CHECKING

from .ranges import _in_float64, _numbers

if TYPE_CHECKING:
    from numpy.typing import NDArray

Matrix = list[list[float]]
MOST_UNITS = 6


def joint_energy(
    weights: Matrix,
    visible_biases: list[float],
    hidden_biases: list[float],
    visible: list[int],
    hidden: list[int],
) -> float:
    """E(v, h) = −a · v − b · h − vᵀ W h   [Smolensky 1986; Hinton 2010, eq. 1]"""
    _numbers(weights=weights, visible_biases=visible_biases, hidden_biases=hidden_biases)
    _check_machine(weights, visible_biases, hidden_biases)
    _check_state("visible", visible, len(weights))
    _check_state("hidden", hidden, len(hidden_biases))
    offsets = _dot(visible_biases, visible) + _dot(hidden_biases, hidden)
    return -offsets - sum(v * _dot(row, hidden) for v, row in zip(visible, weights, strict=True))


def joint_energy_by_numpy(
    weights: Matrix,
    visible_biases: list[float],
    hidden_biases: list[float],
    visible: list[int],
    hidden: list[int],
) -> float:
    """One bilinear form: biases as the row and column of a unit that is always on."""
    import numpy as np

    _check_machine(weights, visible_biases, hidden_biases)
    _check_state("visible", visible, len(weights))
    _check_state("hidden", hidden, len(hidden_biases))
    column = np.array([0.0, *visible_biases])[:, None]
    table = np.hstack([column, np.vstack([hidden_biases, weights])])
    return float(-np.array([1, *visible]) @ table @ np.array([1, *hidden]))


def free_energy(
    weights: Matrix, visible_biases: list[float], hidden_biases: list[float], visible: list[int]
) -> float:
    """F(v) = −a · v − Σ_j ln(1 + exp(b_j + v · W_j))   [Hinton 2010]"""
    _numbers(weights=weights, visible_biases=visible_biases, hidden_biases=hidden_biases)
    _check_machine(weights, visible_biases, hidden_biases)
    _check_state("visible", visible, len(weights))
    with _in_float64():
        inputs = _hidden_inputs(weights, hidden_biases, visible)
        return -_dot(visible_biases, visible) - math.fsum(math.log1p(math.exp(x)) for x in inputs)


def free_energy_by_loop(
    weights: Matrix, visible_biases: list[float], hidden_biases: list[float], visible: list[int]
) -> float:
    """−ln Σ_h exp(−E(v, h)) over all hidden states."""
    _check_machine(weights, visible_biases, hidden_biases)
    _check_state("visible", visible, len(weights))
    states = product([0, 1], repeat=len(hidden_biases))
    energies = (
        joint_energy(weights, visible_biases, hidden_biases, visible, list(hidden))
        for hidden in states
    )
    return -math.log(math.fsum(math.exp(-energy) for energy in energies))


def hidden_probabilities(
    weights: Matrix, visible_biases: list[float], hidden_biases: list[float], visible: list[int]
) -> list[float]:
    """P(h_j = 1 | v) = σ(b_j + Σ_i v_i w_ij), independent of each other   [Hinton 2010, eq. 7]"""
    _numbers(weights=weights, visible_biases=visible_biases, hidden_biases=hidden_biases)
    _check_machine(weights, visible_biases, hidden_biases)
    _check_state("visible", visible, len(weights))
    with _in_float64():
        return [_sigmoid(x) for x in _hidden_inputs(weights, hidden_biases, visible)]


def hidden_probabilities_by_numpy(
    weights: Matrix, visible_biases: list[float], hidden_biases: list[float], visible: list[int]
) -> list[float]:
    """From the joint distribution: its row for v, normalised, summed where the unit is on."""
    import numpy as np

    _check_machine(weights, visible_biases, hidden_biases)
    _check_state("visible", visible, len(weights))
    joint, rows, columns = _joint(weights, visible_biases, hidden_biases)
    row = joint[(rows == visible).all(1)][0]
    return [float(p) for p in row @ columns / np.sum(row)]


def visible_probabilities(
    weights: Matrix, visible_biases: list[float], hidden_biases: list[float], hidden: list[int]
) -> list[float]:
    """P(v_i = 1 | h) = σ(a_i + Σ_j w_ij h_j)   [Hinton 2010, eq. 8]"""
    _numbers(weights=weights, visible_biases=visible_biases, hidden_biases=hidden_biases)
    _check_machine(weights, visible_biases, hidden_biases)
    _check_state("hidden", hidden, len(hidden_biases))
    with _in_float64():
        pairs = zip(visible_biases, weights, strict=True)
        return [_sigmoid(bias + _dot(row, hidden)) for bias, row in pairs]


def visible_probabilities_by_numpy(
    weights: Matrix, visible_biases: list[float], hidden_biases: list[float], hidden: list[int]
) -> list[float]:
    """From the joint distribution: its column for h, normalised, summed where the unit is on."""
    import numpy as np

    _check_machine(weights, visible_biases, hidden_biases)
    _check_state("hidden", hidden, len(hidden_biases))
    joint, rows, columns = _joint(weights, visible_biases, hidden_biases)
    column = joint[:, (columns == hidden).all(1)][:, 0]
    return [float(p) for p in column @ rows / np.sum(column)]


def visible_probability(
    weights: Matrix, visible_biases: list[float], hidden_biases: list[float], visible: list[int]
) -> float:
    """P(v) = exp(−F(v))/Σ_v′ exp(−F(v′)), all visible states   [Hinton 2010, eq. 4]"""
    _numbers(weights=weights, visible_biases=visible_biases, hidden_biases=hidden_biases)
    with _in_float64():
        own = free_energy(weights, visible_biases, hidden_biases, visible)
        states = product([0, 1], repeat=len(weights))
        energies = (
            free_energy(weights, visible_biases, hidden_biases, list(state)) for state in states
        )
        return 1 / math.fsum(math.exp(own - energy) for energy in energies)


def visible_probability_by_numpy(
    weights: Matrix, visible_biases: list[float], hidden_biases: list[float], visible: list[int]
) -> float:
    """The row for v of the joint distribution over both layers, summed."""
    _check_machine(weights, visible_biases, hidden_biases)
    _check_state("visible", visible, len(weights))
    joint, rows, _ = _joint(weights, visible_biases, hidden_biases)
    return float(joint[(rows == visible).all(1)].sum())


def likelihood_gradient(
    weights: Matrix, visible_biases: list[float], hidden_biases: list[float], visible: list[int]
) -> Matrix:
    """∂ ln P(v)/∂w_ij = v_i P(h_j = 1 | v) − E[v_i h_j] under the model   [Hinton 2010, eq. 5]"""
    _numbers(weights=weights, visible_biases=visible_biases, hidden_biases=hidden_biases)
    data = hidden_probabilities(weights, visible_biases, hidden_biases, visible)
    gradient = [[v * p for p in data] for v in visible]
    for state in map(list, product([0, 1], repeat=len(weights))):
        share = visible_probability(weights, visible_biases, hidden_biases, state)
        on = hidden_probabilities(weights, visible_biases, hidden_biases, state)
        gradient = _less(gradient, share, state, on)
    return gradient


def likelihood_gradient_by_autograd(
    weights: Matrix, visible_biases: list[float], hidden_biases: list[float], visible: list[int]
) -> Matrix:
    """Autograd through the logarithm of the share of v among all joint states."""
    import torch

    _check_machine(weights, visible_biases, hidden_biases)
    _check_state("visible", visible, len(weights))
    table = torch.tensor(weights, dtype=torch.float64, requires_grad=True)
    a, b = (torch.tensor(each, dtype=torch.float64) for each in (visible_biases, hidden_biases))
    rows, columns = (
        torch.tensor(list(product([0.0, 1.0], repeat=len(each))), dtype=torch.float64)
        for each in (a, b)
    )
    scores = rows @ table @ columns.T + (rows @ a)[:, None] + columns @ b
    chosen = (rows == torch.tensor(visible)).all(1)
    (scores[chosen].logsumexp((0, 1)) - scores.logsumexp((0, 1))).backward()  # type: ignore[no-untyped-call]
    assert table.grad is not None
    return [[float(x) for x in row] for row in table.grad]


def contrastive_divergence(
    weights: Matrix, visible_biases: list[float], hidden_biases: list[float], visible: list[int]
) -> Matrix:
    """Expected CD-1 step of rate 1: v_i P(h_j | v) − E[v′_i P(h_j | v′)] over v → h → v′, exactly

    [Hinton 2002]
    """
    _numbers(weights=weights, visible_biases=visible_biases, hidden_biases=hidden_biases)
    data = hidden_probabilities(weights, visible_biases, hidden_biases, visible)
    step = [[v * p for p in data] for v in visible]
    for hidden in map(list, product([0, 1], repeat=len(hidden_biases))):
        back = visible_probabilities(weights, visible_biases, hidden_biases, hidden)
        for state in map(list, product([0, 1], repeat=len(weights))):
            on = hidden_probabilities(weights, visible_biases, hidden_biases, state)
            step = _less(step, _chance(data, hidden) * _chance(back, state), state, on)
    return step


def contrastive_divergence_by_numpy(
    weights: Matrix, visible_biases: list[float], hidden_biases: list[float], visible: list[int]
) -> Matrix:
    """Gibbs sampling as transition matrices between whole states, from the joint distribution."""
    import numpy as np

    _check_machine(weights, visible_biases, hidden_biases)
    _check_state("visible", visible, len(weights))
    joint, rows, columns = _joint(weights, visible_biases, hidden_biases)
    up, down = joint / joint.sum(1, keepdims=True), (joint / joint.sum(0)).T
    start = (rows == visible).all(1).astype(float)
    reached = start @ up @ down
    step = rows.T @ np.diag(start - reached) @ up @ columns
    return [[float(x) for x in row] for row in step]


def _joint(
    weights: Matrix, visible_biases: list[float], hidden_biases: list[float]
) -> tuple[NDArray, NDArray, NDArray]:  # type: ignore[type-arg]
    import numpy as np

    rows, columns = (
        np.array(list(product([0, 1], repeat=len(each)))) for each in (weights, hidden_biases)
    )
    scores = rows @ np.array(weights) @ columns.T
    scores = scores + (rows @ visible_biases)[:, None] + columns @ hidden_biases
    shares = np.exp(scores)
    return shares / shares.sum(), rows, columns


def _hidden_inputs(weights: Matrix, biases: list[float], visible: list[int]) -> list[float]:
    columns = zip(*weights, strict=True)
    return [b + _dot(list(column), visible) for b, column in zip(biases, columns, strict=True)]


def _less(step: Matrix, share: float, visible: list[int], on: list[float]) -> Matrix:
    return [
        [old - share * v * p for old, p in zip(row, on, strict=True)]
        for row, v in zip(step, visible, strict=True)
    ]


def _chance(probabilities: list[float], state: list[int]) -> float:
    return math.prod(p if unit else 1 - p for p, unit in zip(probabilities, state, strict=True))


def _sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def _dot(numbers: list[float], units: list[int]) -> float:
    return math.fsum(x * unit for x, unit in zip(numbers, units, strict=True))


def _check_machine(weights: Matrix, visible: list[float], hidden: list[float]) -> None:
    if not visible or not hidden or max(len(visible), len(hidden)) > MOST_UNITS:
        raise ValueError(f"each layer must have 1 to {MOST_UNITS} units")
    if [len(row) for row in weights] != [len(hidden)] * len(visible):
        raise ValueError(f"weights must have {len(visible)} rows of {len(hidden)}, found {weights}")


def _check_state(name: str, state: list[int], units: int) -> None:
    if len(state) != units or set(state) - {0, 1}:
        raise ValueError(f"{name} must be {units} zeros and ones, found {state}")
