"""What dropout does on average: moments of a unit's input, and the penalty that it amounts to."""

from __future__ import annotations

from itertools import pairwise, product
from math import prod

from .ranges import _count, _numbers, _same_length, _share

Vector = list[float]
Matrix = list[list[float]]
MOST_TERMS = 14


def dropped_mean(weights: Vector, inputs: Vector, rate: float, inverted: bool = True) -> float:
    """E[Σ w m x] in training: Σ w x inverted (m/(1 − p)), (1 − p) Σ w x classic   [Srivastava 2014]"""
    _numbers(weights=weights, inputs=inputs, rate=rate)
    _terms(weights, inputs, rate)
    whole = sum(w * x for w, x in zip(weights, inputs, strict=True))
    return whole if inverted else (1 - rate) * whole


def dropped_mean_by_counting(
    weights: Vector, inputs: Vector, rate: float, inverted: bool = True
) -> float:
    """Every mask with its chance."""
    return _over_masks(weights, inputs, rate, inverted)[0]


def dropped_variance(weights: Vector, inputs: Vector, rate: float, inverted: bool = True) -> float:
    """Var[Σ w m x] = p/(1 − p) Σ (w x)² inverted, p (1 − p) Σ (w x)² classic   [Wager et al. 2013]"""
    _numbers(weights=weights, inputs=inputs, rate=rate)
    _terms(weights, inputs, rate)
    squares = sum((w * x) ** 2 for w, x in zip(weights, inputs, strict=True))
    return squares * (rate / (1 - rate) if inverted else rate * (1 - rate))


def dropped_variance_by_counting(
    weights: Vector, inputs: Vector, rate: float, inverted: bool = True
) -> float:
    """Every mask with its chance."""
    mean, square = _over_masks(weights, inputs, rate, inverted)
    return square - mean**2


def dropout_penalty(weights: Vector, examples: Matrix, targets: Vector, rate: float) -> float:
    """p/(1 − p) Σ_j w_j² mean(x_j²): what dropping inputs adds to a linear model's loss

    The loss is the mean squared error, averaged over all masks of inverted dropout
    [Srivastava et al. 2014, 9.1; Wager et al. 2013]
    """
    _numbers(weights=weights, examples=examples, targets=targets, rate=rate)
    _linear(weights, examples, targets, rate)
    squares: Vector = [
        sum(x * x for x in column) / len(column) for column in zip(*examples, strict=True)
    ]
    return rate / (1 - rate) * sum(w * w * s for w, s in zip(weights, squares, strict=True))


def dropout_penalty_by_counting(
    weights: Vector, examples: Matrix, targets: Vector, rate: float
) -> float:
    """The squared error over every mask with its chance, less the error without dropout."""
    _linear(weights, examples, targets, rate)
    total = 0.0
    for example, target in zip(examples, targets, strict=True):
        whole = sum(w * x for w, x in zip(weights, example, strict=True))
        mean, square = _over_masks(weights, example, rate, True)
        total += square - 2 * target * mean + target**2 - (whole - target) ** 2
    return total / len(examples)


def drop_connect_variance(weights: Matrix, inputs: Vector, rate: float) -> Vector:
    """p (1 − p) Σ_j (w_ij x_j)² for each unit i, weights dropped and not rescaled   [Wan et al. 2013]"""
    _numbers(weights=weights, inputs=inputs, rate=rate)
    for row in weights:
        _terms(row, inputs, rate)
    return [dropped_variance(row, inputs, rate, inverted=False) for row in weights]


def drop_connect_variance_by_counting(weights: Matrix, inputs: Vector, rate: float) -> Vector:
    """Every mask of each unit's own weights with its chance."""
    return [dropped_variance_by_counting(row, inputs, rate, False) for row in weights]


def dropout_covariance(first: Vector, second: Vector, inputs: Vector, rate: float) -> float:
    """p (1 − p) Σ a b x² between two units whose common inputs are dropped; under DropConnect 0"""
    _numbers(first=first, second=second, inputs=inputs, rate=rate)
    _terms(first, inputs, rate)
    _terms(second, inputs, rate)
    terms = (a * b * x * x for a, b, x in zip(first, second, inputs, strict=True))
    return rate * (1 - rate) * sum(terms)


def dropout_covariance_by_counting(
    first: Vector, second: Vector, inputs: Vector, rate: float
) -> float:
    """Half of what the variance of the sum exceeds the sum of the variances by, over all masks."""
    _terms(second, inputs, rate)
    both = [a + b for a, b in zip(first, second, strict=True)]
    whole, one, other = (
        dropped_variance_by_counting(weights, inputs, rate, False)
        for weights in (both, first, second)
    )
    return (whole - one - other) / 2


def thinned_nets(units: list[int], weights: bool = False) -> int:
    """2ⁿ masks: n the units that may be dropped, or (DropConnect) the weights between the layers"""
    _count(**{"the number of layers": len(units), "the least layer": min(units, default=1)})
    between = sum(a * b for a, b in pairwise(units))
    return int(2 ** (between if weights else sum(units)))


def thinned_nets_by_counting(units: list[int], weights: bool = False) -> int:
    """Switches counted one by one, each doubling the number of nets."""
    _count(**{"the number of layers": len(units), "the least layer": min(units, default=1)})
    nets = 1
    for layer, width in enumerate(units):
        for _ in range(width):
            for _ in range((units[layer + 1] if layer + 1 < len(units) else 0) if weights else 1):
                nets *= 2
    return nets


def _over_masks(
    weights: Vector, inputs: Vector, rate: float, inverted: bool
) -> tuple[float, float]:
    """Mean and mean square of the weighted sum over every mask."""
    _terms(weights, inputs, rate)
    terms = [w * x / (1 - rate if inverted else 1) for w, x in zip(weights, inputs, strict=True)]
    mean = square = 0.0
    for mask in product((0, 1), repeat=len(terms)):
        chance = float(prod(1 - rate if kept else rate for kept in mask))
        total = sum(t for t, kept in zip(terms, mask, strict=True) if kept)
        mean, square = mean + chance * total, square + chance * total**2
    return mean, square


def _terms(weights: Vector, inputs: Vector, rate: float) -> None:
    _share(rate=rate)
    _same_length(weights=weights, inputs=inputs)
    if len(weights) > MOST_TERMS:
        raise ValueError(f"weights must be at most {MOST_TERMS}, found {len(weights)}")


def _linear(weights: Vector, examples: Matrix, targets: Vector, rate: float) -> None:
    _same_length(examples=examples, targets=targets)
    for example in examples:
        _terms(weights, example, rate)
