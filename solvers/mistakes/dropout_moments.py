"""Mistakes people make with dropout's moments: everything here is wrong on purpose."""

from __future__ import annotations

from ..dropout_moments import Matrix, Vector, dropped_mean, dropped_variance, thinned_nets


def scaling_mixed_up(weights: Vector, inputs: Vector, rate: float, inverted: bool = True) -> float:
    """Wrong on purpose: forgets the scaling of inverted dropout, or brings it to the classic one."""
    return dropped_mean(weights, inputs, rate, not inverted)


def rate_for_kept(weights: Vector, inputs: Vector, rate: float, inverted: bool = True) -> float:
    """Wrong on purpose: p, the share dropped, for the share kept."""
    return rate * dropped_mean(weights, inputs, 0.0)


def other_variance(weights: Vector, inputs: Vector, rate: float, inverted: bool = True) -> float:
    """Wrong on purpose: without the rescaling where there is one, or with it."""
    return dropped_variance(weights, inputs, rate, not inverted)


def square_of_sum(weights: Vector, inputs: Vector, rate: float, inverted: bool = True) -> float:
    """Wrong on purpose: squares the sum, as if one switch turned all inputs off together."""
    return rate / (1 - rate) * dropped_mean(weights, inputs, 0.0) ** 2


def odds_turned(weights: Vector, examples: Matrix, targets: Vector, rate: float) -> float:
    """Wrong on purpose: (1 − p)/p, the odds of being kept."""
    squares: Vector = [
        sum(x * x for x in column) / len(column) for column in zip(*examples, strict=True)
    ]
    total = sum(w * w * s for w, s in zip(weights, squares, strict=True))
    return (1 - rate) / max(rate, 1e-9) * total


def plain_decay(weights: Vector, examples: Matrix, targets: Vector, rate: float) -> float:
    """Wrong on purpose: as if each weight were held alike, whatever its input's size."""
    return rate / (1 - rate) * sum(w * w for w in weights)


def rescaled(weights: Matrix, inputs: Vector, rate: float) -> Vector:
    """Wrong on purpose: p/(1 − p), which belongs to rescaled weights."""
    return [dropped_variance(row, inputs, rate) for row in weights]


def independent_units(first: Vector, second: Vector, inputs: Vector, rate: float) -> float:
    """Wrong on purpose: 0, as with a mask of its own for each unit."""
    return 0.0


def units_as_nets(units: list[int], weights: bool = False) -> int:
    """Wrong on purpose: one net per unit."""
    return sum(units)


def other_switches(units: list[int], weights: bool = False) -> int:
    """Wrong on purpose: counts weights for units, or units for weights."""
    return thinned_nets(units, not weights)
