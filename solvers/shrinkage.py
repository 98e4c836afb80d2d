"""Linear models held small: ridge, lasso, elastic net, early stopping, degrees of freedom."""

from __future__ import annotations

from itertools import product

from .line_search import _solved
from .ranges import _count, _in_float64, _inside, _not_negative, _numbers, _positive, _same_length

Vector = list[float]
Matrix = list[list[float]]
MOST_ROUNDS = 2000


def ridge(inputs: Matrix, targets: Vector, penalty: float, averaged: bool = False) -> Vector:
    """(XᵀX + λ I)⁻¹ Xᵀy, minimum of |Xw − y|² + λ |w|²; averaged: of |Xw − y|²/n + λ |w|²

    no intercept   [Hastie et al. 2009, eq. 3.44]
    """
    _numbers(inputs=inputs, targets=targets, penalty=penalty)
    _design(inputs, targets, penalty)
    held = penalty * (len(inputs) if averaged else 1)
    columns = list(zip(*inputs, strict=True))
    gram = [
        [_dot(one, other) + (held if i == j else 0) for j, other in enumerate(columns)]
        for i, one in enumerate(columns)
    ]
    return _solved(gram, [_dot(column, targets) for column in columns])


def ridge_by_numpy(
    inputs: Matrix, targets: Vector, penalty: float, averaged: bool = False
) -> Vector:
    """Plain least squares (numpy's lstsq) with rows √λ I and targets 0 appended."""
    import numpy as np

    _design(inputs, targets, penalty)
    width = len(inputs[0])
    root = np.sqrt(penalty * (len(inputs) if averaged else 1))
    extended = np.vstack([np.array(inputs, dtype=float), root * np.eye(width)])
    found, _, rank, _ = np.linalg.lstsq(extended, np.append(targets, np.zeros(width)), rcond=None)
    if rank < width:
        raise ValueError(f"inputs must be linearly independent where penalty is 0, found {inputs}")
    return [float(w) for w in found]


def shrinkage_factors(singular_values: Vector, penalty: float) -> Vector:
    """d²/(d² + λ): share of each principal direction that ridge keeps   [Hastie et al. 2009, eq. 3.47]"""
    _numbers(singular_values=singular_values, penalty=penalty)
    _spectrum(singular_values, penalty)
    return [d * d / (d * d + penalty) for d in singular_values]


def shrinkage_factors_by_numpy(singular_values: Vector, penalty: float) -> Vector:
    """Ridge and least-squares fits of a diagonal design, one over the other."""
    import numpy as np

    _spectrum(singular_values, penalty)
    size = len(singular_values)
    design = np.vstack([np.diag(singular_values), np.sqrt(penalty) * np.eye(size)])
    fit = np.linalg.lstsq(design, np.append(np.ones(size), np.zeros(size)), rcond=None)[0]
    return [float(v) for v in fit * np.array(singular_values)]


def degrees_of_freedom(singular_values: Vector, penalty: float) -> float:
    """Σ d²/(d² + λ), the trace of ridge's hat matrix   [Hastie et al. 2009, eq. 3.50]"""
    _numbers(singular_values=singular_values, penalty=penalty)
    return sum(shrinkage_factors(singular_values, penalty))


def degrees_of_freedom_by_numpy(singular_values: Vector, penalty: float) -> float:
    """Σ ∂ŷ_i/∂y_i of a design with these singular values, turned, by fitting unit targets."""
    import numpy as np

    _spectrum(singular_values, penalty)
    size = len(singular_values)
    turn = np.linalg.qr(np.arange(1.0, size * size + 1).reshape(size, size) + 9 * np.eye(size))[0]
    design = turn @ np.diag(singular_values) @ turn.T
    gram = design.T @ design + penalty * np.eye(size)
    return float(np.trace(design @ np.linalg.solve(gram, design.T)))


def lasso(inputs: Matrix, targets: Vector, l1: float, l2: float = 0.0) -> Vector:
    """Minimum of |Xw − y|²/2 + λ₁ |w|₁ + λ₂ |w|²/2 by soft thresholds, coordinate by coordinate

    l2 > 0 is the elastic net   [Friedman et al. 2010, eq. 5, without the 1/n]
    """
    _numbers(inputs=inputs, targets=targets, l1=l1, l2=l2)
    _design(inputs, targets, l1)
    _not_negative(l2=l2)
    columns = list(zip(*inputs, strict=True))
    weights, errors = [0.0] * len(columns), list(targets)
    for _ in range(MOST_ROUNDS):
        largest = 0.0
        for j, column in enumerate(columns):
            square = _dot(column, column)
            pull = _dot(column, errors) + square * weights[j]
            held = max(abs(pull) - l1, 0.0) * (1 if pull > 0 else -1)
            moved = (held / (square + l2) if square else 0.0) - weights[j]
            weights[j] += moved
            errors = [e - moved * x for e, x in zip(errors, column, strict=True)]
            largest = max(largest, abs(moved))
        if largest < 1e-14:
            return [w + 0.0 for w in weights]
    raise ValueError(f"inputs must be less alike: no rest after {MOST_ROUNDS} rounds")


def lasso_by_numpy(inputs: Matrix, targets: Vector, l1: float, l2: float = 0.0) -> Vector:
    """Every pattern of signs solved as a linear system; the one with the least loss that fits."""
    import numpy as np

    _design(inputs, targets, l1)
    _not_negative(l2=l2)
    x, y = np.array(inputs, dtype=float), np.array(targets, dtype=float)
    width = x.shape[1]
    if np.linalg.cond(x.T @ x + l2 * np.eye(width)) > 1e3:
        raise ValueError("inputs must be less alike")
    best, lowest = np.zeros(width), float(y @ y) / 2
    for pattern in product((-1.0, 0.0, 1.0), repeat=width):
        signs, active = np.array(pattern), np.array(pattern) != 0
        part = x[:, active]
        gram = part.T @ part + l2 * np.eye(int(active.sum()))
        found = np.zeros(width)
        found[active] = np.linalg.solve(gram, part.T @ y - l1 * signs[active])
        loss = ((x @ found - y) ** 2).sum() / 2 + l1 * np.abs(found).sum() + l2 * found @ found / 2
        if (found * signs >= 0).all() and loss < lowest:
            best, lowest = found, float(loss)
    return [float(w) for w in best]


def stopped_factor(curvature: float, rate: float, steps: int) -> float:
    """1 − (1 − η h)ᵗ: share of the way to the minimum that t steps from 0 cover   [Goodfellow 2016, 7.8]"""
    _stopped(curvature, rate, steps)
    return float(1 - (1 - rate * curvature) ** steps)


def stopped_factor_by_torch(curvature: float, rate: float, steps: int) -> float:
    """torch.optim.SGD run on h (w − 1)²/2 from w = 0."""
    import torch

    _stopped(curvature, rate, steps)
    w = torch.tensor(0.0, dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.SGD([w], lr=rate)
    for _ in range(steps):
        w.grad = curvature * (w.detach() - 1)
        optimiser.step()
    return float(w.detach())


def equivalent_penalty(curvature: float, rate: float, steps: int) -> float:
    """h (1 − η h)ᵗ/(1 − (1 − η h)ᵗ): the λ whose h/(h + λ) is early stopping's share

    About 1/(η t) while η h t is small   [Goodfellow 2016, 7.8]
    """
    _stopped(curvature, rate, steps)
    with _in_float64():
        left = (1 - rate * curvature) ** steps
        return float(curvature * left / (1 - left))


def equivalent_penalty_by_loop(curvature: float, rate: float, steps: int) -> float:
    """Bisection over the penalty: does the penalised minimum lie where the steps have led to?"""
    _stopped(curvature, rate, steps)
    left = 1.0  # of the distance to the minimum
    for _ in range(steps):
        left -= rate * curvature * left
    low, high = 0.0, 2 / (rate * steps)
    for _ in range(1100):
        middle = (low + high) / 2
        low, high = (middle, high) if middle / (curvature + middle) < left else (low, middle)
    return high


def _dot(one: tuple[float, ...], other: tuple[float, ...] | Vector) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


def _design(inputs: Matrix, targets: Vector, penalty: float) -> None:
    _same_length(inputs=inputs, targets=targets)
    _not_negative(penalty=penalty)
    if not inputs[0] or any(len(row) != len(inputs[0]) for row in inputs):
        raise ValueError(f"inputs must be rows of one length, found {inputs}")


def _spectrum(singular_values: Vector, penalty: float) -> None:
    _count(**{"the number of singular values": len(singular_values)})
    _positive(**{"the least singular value": min(singular_values)})
    _not_negative(penalty=penalty)


def _stopped(curvature: float, rate: float, steps: int) -> None:
    _positive(curvature=curvature, rate=rate)
    _count(steps=steps)
    _inside(**{"rate times curvature": rate * curvature})
