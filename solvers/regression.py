"""Linear and logistic regression where a closed form or one step settles it."""

from __future__ import annotations

import math
from fractions import Fraction

from .ranges import _in_float64, _numbers


def ridge_weights(rows: list[list[int]], targets: list[int], penalty: int = 0) -> list[Fraction]:
    """w = (XᵀX + λI)⁻¹ Xᵀy, no intercept; λ = 0 is least squares   [Hoerl & Kennard 1970]"""
    _check_rows(rows, targets, penalty)
    places = range(len(rows[0]))
    system = [
        [Fraction(sum(r[i] * r[j] for r in rows) + penalty * (i == j)) for j in places]
        + [Fraction(sum(r[i] * y for r, y in zip(rows, targets, strict=True)))]
        for i in places
    ]
    return _solved(system)


def ridge_weights_by_sympy(
    rows: list[list[int]], targets: list[int], penalty: int = 0
) -> list[Fraction]:
    """The gradient of Σ(xᵀw − y)² + λ‖w‖² set to 0 and solved."""
    import sympy

    _check_rows(rows, targets, penalty)
    weights = sympy.symbols(f"w:{len(rows[0])}")
    loss = penalty * sum(w * w for w in weights) + sum(
        (sum(x * w for x, w in zip(row, weights, strict=True)) - y) ** 2
        for row, y in zip(rows, targets, strict=True)
    )
    found = sympy.solve([sympy.diff(loss, w) for w in weights], weights, dict=True)
    if (
        len(found) != 1
        or len(found[0]) != len(weights)
        or any(v.free_symbols for v in found[0].values())
    ):
        raise ValueError("rows must leave one solution; add a penalty")
    return [Fraction(int(found[0][w].p), int(found[0][w].q)) for w in weights]


def log_odds_weights(zero: list[int], one: list[int]) -> list[float]:
    """[ln odds at x = 0, ln of the odds ratio]: fit to one binary feature, logit = b + w x

    `zero` and `one`: counts of [class 0, class 1] where x is 0 and 1   [Agresti 2002]
    """
    _check_odds(zero, one)
    start, end = (math.log(counts[1] / counts[0]) for counts in (zero, one))
    return [start, end - start]


def log_odds_weights_by_numpy(zero: list[int], one: list[int]) -> list[float]:
    """Newton's method on the likelihood, from 0   [iteratively reweighted least squares]"""
    import numpy as np

    _check_odds(zero, one)
    design, sizes = np.array([[1.0, 0.0], [1.0, 1.0]]), np.array([sum(zero), sum(one)])
    hits, weights = np.array([zero[1], one[1]]), np.zeros(2)
    for _ in range(60):
        chances = 1 / (1 + np.exp(-design @ weights))
        slope = design.T @ (hits - sizes * chances)
        curve = design.T @ (design * (sizes * chances * (1 - chances))[:, None])
        step = np.linalg.solve(curve, slope)
        weights = weights + step * min(1.0, 1 / np.abs(step).max()) if step.any() else weights
    return [float(w) for w in weights]


def logistic_step(
    rows: list[list[float]], labels: list[int], weights: list[float], rate: float
) -> list[float]:
    """w − η (1/n) Σ (σ(xᵀw) − y) x: one step on the mean cross-entropy   [Bishop 2006, eq. 4.91]"""
    _numbers(rows=rows, weights=weights, rate=rate)
    _check_step(rows, labels, weights)
    with _in_float64():
        errors = [
            1 / (1 + math.exp(-math.fsum(w * x for w, x in zip(weights, row, strict=True)))) - y
            for row, y in zip(rows, labels, strict=True)
        ]
        slopes = (
            math.fsum(e * x for e, x in zip(errors, column, strict=True)) / len(rows)
            for column in zip(*rows, strict=True)
        )
        return [w - rate * slope for w, slope in zip(weights, slopes, strict=True)]


def logistic_step_by_autograd(
    rows: list[list[float]], labels: list[int], weights: list[float], rate: float
) -> list[float]:
    """Autograd through torch's binary cross-entropy with logits."""
    import torch

    _check_step(rows, labels, weights)
    inputs, now = (torch.tensor(each, dtype=torch.float64) for each in (rows, weights))
    now.requires_grad_()
    loss = torch.nn.functional.binary_cross_entropy_with_logits(
        inputs @ now, torch.tensor(labels, dtype=torch.float64)
    )
    (slope,) = torch.autograd.grad(loss, now)
    return [float(w) for w in now.detach() - rate * slope]


def _solved(system: list[list[Fraction]]) -> list[Fraction]:
    for i in range(len(system)):
        pivot = next((k for k in range(i, len(system)) if system[k][i]), None)
        if pivot is None:
            raise ValueError("rows must leave one solution; add a penalty")
        system[i], system[pivot] = system[pivot], system[i]
        system[i] = [x / system[i][i] for x in system[i]]
        for k, row in enumerate(system):
            if k != i:
                system[k] = [x - row[i] * y for x, y in zip(row, system[i], strict=True)]
    return [row[-1] for row in system]


def _check_rows(rows: list[list[int]], targets: list[int], penalty: int) -> None:
    if not rows or len(rows) != len(targets) or len({len(row) for row in rows}) != 1 or not rows[0]:
        raise ValueError("rows must be of one length, one at least, and have a target each")
    if penalty < 0:
        raise ValueError(f"penalty must be 0 or more, found {penalty}")


def _check_odds(zero: list[int], one: list[int]) -> None:
    if len(zero) != 2 or len(one) != 2 or min([*zero, *one]) < 1:
        raise ValueError("zero and one must be counts of both classes, 1 or more; else no optimum")


def _check_step(rows: list[list[float]], labels: list[int], weights: list[float]) -> None:
    if not rows or len(labels) != len(rows) or set(labels) - {0, 1}:
        raise ValueError(f"labels must be 0 or 1, one per row, found {labels}")
    if any(len(row) != len(weights) for row in rows):
        raise ValueError(f"rows must have {len(weights)} entries, one per weight")
