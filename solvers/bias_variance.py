"""Bias, variance and noise of predictions, and targets that are softened."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from .line_search import _solved
from .ranges import _count, _in_float64, _not_negative, _numbers, _same_length

Vector = list[float]
Matrix = list[list[float]]
MOST_POINTS = 10


def decomposition(predictions: Vector, truth: float, noise: float = 0.0) -> list[float]:
    """[bias², variance, expected error] of fits to different data: error = bias² + variance + noise

    the noise of new targets given as a variance   [Hastie et al. 2009, eq. 7.9]
    """
    _numbers(predictions=predictions, truth=truth, noise=noise)
    _count(**{"the number of predictions": len(predictions)})
    _not_negative(noise=noise)
    mean = sum(predictions) / len(predictions)
    variance = sum((p - mean) ** 2 for p in predictions) / len(predictions)
    return [(mean - truth) ** 2, variance, (mean - truth) ** 2 + variance + noise]


def decomposition_by_fractions(
    predictions: Vector, truth: float, noise: float = 0.0
) -> list[float]:
    """Exact: the error over all predictions; variance from pairs of them; bias² is what remains."""
    from fractions import Fraction

    _count(**{"the number of predictions": len(predictions)})
    _not_negative(noise=noise)
    exact, count = [Fraction(p) for p in predictions], len(predictions)
    error = sum((p - Fraction(truth)) ** 2 for p in exact) / count
    variance = sum((p - q) ** 2 for p in exact for q in exact) / (2 * count**2)
    return [float(error - variance), float(variance), float(error + Fraction(noise))]


def polynomial_bias_variance(
    inputs: Vector, truths: Vector, degree: int, at: float, truth: float, noise: float
) -> list[float]:
    """[bias², variance] at a point of a least-squares polynomial, targets truths ± noise

    (sᵀf − f(x))² and noise² |s|², the fitted value being sᵀy   [Hastie et al. 2009, eq. 7.11]
    """
    _numbers(inputs=inputs, truths=truths, at=at, truth=truth, noise=noise)
    _fitted(inputs, truths, degree, noise)
    with _in_float64():
        powers = [[x**k for k in range(degree + 1)] for x in inputs]
        columns = list(zip(*powers, strict=True))
        gram = [[sum(a * b for a, b in zip(p, q, strict=True)) for q in columns] for p in columns]
        inner = _solved(gram, [at**k for k in range(degree + 1)])
        shares = [sum(w * p for w, p in zip(inner, row, strict=True)) for row in powers]
        mean = sum(s * f for s, f in zip(shares, truths, strict=True))
        return [(mean - truth) ** 2, noise**2 * sum(s * s for s in shares)]


def polynomial_bias_variance_by_numpy(
    inputs: Vector, truths: Vector, degree: int, at: float, truth: float, noise: float
) -> list[float]:
    """numpy's polynomial fitted to every pattern of + and − noise; mean and variance of its value."""
    import numpy as np

    _fitted(inputs, truths, degree, noise)
    signs = np.array(list(product((-1.0, 1.0), repeat=len(inputs))))
    targets = np.array(truths) + noise * signs
    series = np.polynomial.polynomial
    values = series.polyval(at, series.polyfit(np.array(inputs), targets.T, degree))
    return [float((values.mean() - truth) ** 2), float(values.var())]


def ridge_excess(
    inputs: Matrix, weights: Vector, at: Vector, noise: float, penalty: float
) -> float:
    """What a penalty λ on |w|² adds to E(xᵀŵ − xᵀw)² at x, targets Xw ± noise: below 0, it pays

    (λ aᵀw)² + noise² |Xa|² with a = (XᵀX + λI)⁻¹x, less the same at λ = 0, which is unbiased
    [Hoerl & Kennard 1970, sec. 4; Hastie et al. 2009, eq. 7.9]
    """
    _numbers(inputs=inputs, weights=weights, at=at, noise=noise, penalty=penalty)
    _penalised(inputs, weights, at, noise, penalty)
    columns = list(zip(*inputs, strict=True))
    gram = [[_dot(one, other) for other in columns] for one in columns]

    def error(held: float) -> float:
        matrix = [[g + held * (i == j) for j, g in enumerate(row)] for i, row in enumerate(gram)]
        shares = _solved(matrix, at)
        spread = sum(_dot(row, shares) ** 2 for row in inputs)
        return (held * _dot(shares, weights)) ** 2 + noise**2 * spread

    return error(penalty) - error(0.0)


def ridge_excess_by_numpy(
    inputs: Matrix, weights: Vector, at: Vector, noise: float, penalty: float
) -> float:
    """Both fits (lstsq; rows √λ I appended) to every pattern of + and − noise, their errors averaged."""
    import numpy as np

    _penalised(inputs, weights, at, noise, penalty)
    design, width = np.array(inputs, dtype=float), len(weights)
    signs = np.array(list(product((-1.0, 1.0), repeat=len(inputs))))
    targets = np.pad(design @ weights + noise * signs, ((0, 0), (0, width))).T

    def error(held: float) -> float:
        extended = np.vstack([design, np.sqrt(held) * np.eye(width)])
        found, _, rank, _ = np.linalg.lstsq(extended, targets, rcond=None)
        if rank < width:
            raise ValueError(f"inputs must be linearly independent, found {inputs}")
        return float(((np.array(at) @ (found - np.array(weights)[:, None])) ** 2).mean())

    return error(penalty) - error(0.0)


def smoothed_targets(classes: int, target: int, smoothing: float) -> Vector:
    """(1 − ε) one-hot + ε/K, the target counted from 0   [Szegedy et al. 2016, sec. 7]"""
    _smoothed(classes, target, smoothing)
    return [(1 - smoothing) * (k == target) + smoothing / classes for k in range(classes)]


def smoothed_targets_by_torch(classes: int, target: int, smoothing: float) -> Vector:
    """Read off torch's cross-entropy with label smoothing: softmax less its gradient."""
    import torch

    _smoothed(classes, target, smoothing)
    logits = torch.zeros(1, classes, dtype=torch.float64, requires_grad=True)
    loss = torch.nn.functional.cross_entropy(
        logits, torch.tensor([target]), label_smoothing=smoothing
    )
    (slope,) = torch.autograd.grad(loss, logits)
    return [float(v) for v in (1 / classes - slope)[0]]


def mixed(first: Vector, second: Vector, share: float) -> Vector:
    """λ a + (1 − λ) b, for inputs and one-hot targets alike   [Zhang et al. 2018, mixup]"""
    _numbers(first=first, second=second, share=share)
    _mixable(first, second, share)
    return [share * a + (1 - share) * b for a, b in zip(first, second, strict=True)]


def mixed_by_torch(first: Vector, second: Vector, share: float) -> Vector:
    """torch.lerp from the second to the first."""
    import torch

    _mixable(first, second, share)
    one, other = (torch.tensor(v, dtype=torch.float64) for v in (first, second))
    return [float(v) for v in torch.lerp(other, one, share)]


def _fitted(inputs: Vector, truths: Vector, degree: int, noise: float) -> None:
    _same_length(inputs=inputs, truths=truths)
    _not_negative(noise=noise, degree=degree)
    if not degree < len(set(inputs)) == len(inputs) <= MOST_POINTS:
        raise ValueError(
            f"inputs must be different, above the degree {degree} and at most {MOST_POINTS}, "
            f"found {inputs}"
        )


def _dot(one: Sequence[float], other: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


def _penalised(inputs: Matrix, weights: Vector, at: Vector, noise: float, penalty: float) -> None:
    _same_length(weights=weights, at=at)
    _not_negative(noise=noise, penalty=penalty)
    if not 1 <= len(inputs) <= MOST_POINTS or any(len(row) != len(weights) for row in inputs):
        raise ValueError(
            f"inputs must be 1 to {MOST_POINTS} rows of {len(weights)}, found {inputs}"
        )


def _smoothed(classes: int, target: int, smoothing: float) -> None:
    if not (classes >= 2 and 0 <= target < classes and 0 <= smoothing <= 1):
        raise ValueError(
            f"classes at least 2, target below it, smoothing in [0, 1]: "
            f"found {classes}, {target}, {smoothing}"
        )


def _mixable(first: Vector, second: Vector, share: float) -> None:
    _same_length(first=first, second=second)
    if not 0 <= share <= 1:
        raise ValueError(f"share must be in [0, 1], found {share}")
