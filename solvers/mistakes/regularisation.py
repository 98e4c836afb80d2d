"""Mistakes people make with regularisation: everything here is wrong on purpose."""

from __future__ import annotations

from ..regularisation import Fit, best_epoch


def hard_threshold(weights: list[float], threshold: float) -> list[float]:
    """Wrong on purpose: zeroes the small weights but leaves the large ones as they are."""
    return [w if abs(w) > threshold else 0.0 for w in weights]


def through_zero(weights: list[float], threshold: float) -> list[float]:
    """Wrong on purpose: subtracts the threshold from small weights too, past zero."""
    return [w - threshold if w > 0 else w + threshold for w in weights]


def proportional(weights: list[float], threshold: float) -> list[float]:
    """Wrong on purpose: shrinks in proportion, as the L2 penalty does."""
    return [w * (1 - threshold) for w in weights]


def without_rate(
    weight: float, rate: float, penalty: float, steps: int, halved: bool = True
) -> float:
    """Wrong on purpose: shrinks by the penalty alone, without the learning rate."""
    return float(weight * (1 - penalty) ** steps)


def subtracted(
    weight: float, rate: float, penalty: float, steps: int, halved: bool = True
) -> float:
    """Wrong on purpose: subtracts η λ in each step, as the L1 penalty does."""
    return weight - rate * penalty * steps


def once(weight: float, rate: float, penalty: float, steps: int, halved: bool = True) -> float:
    """Wrong on purpose: shrinks by the same amount in each step, not by the same factor."""
    return weight * (1 - rate * penalty * steps)


def dropped_units(units: int, percent: int) -> float:
    """Wrong on purpose: counts the dropped units, taking the rate for the share that is kept."""
    return units * percent / 100


def multiplied_by_keep(
    activations: list[float], kept: list[int], rate: float, inverted: bool = True
) -> list[float]:
    """Wrong on purpose: multiplies by 1 − p already in training."""
    return [a * m * (1 - rate) for a, m in zip(activations, kept, strict=True)]


def divided_by_rate(
    activations: list[float], kept: list[int], rate: float, inverted: bool = True
) -> list[float]:
    """Wrong on purpose: divides by the rate instead of by the share that is kept."""
    return [a * m / rate for a, m in zip(activations, kept, strict=True)]


def restored_epoch(losses: list[float], patience: int) -> int:
    """Wrong on purpose: gives the epoch whose weights are restored."""
    return best_epoch(losses, patience)


def first_rise(losses: list[float], patience: int) -> int:
    """Wrong on purpose: stops at the first rise, whatever the patience."""
    return next(k + 1 for k in range(1, len(losses)) if losses[k] > losses[k - 1])


def lowest_of_all(losses: list[float], patience: int) -> int:
    """Wrong on purpose: looks for the lowest loss beyond the point where training has stopped."""
    return losses.index(min(losses)) + 1


def turns_only(image: list[list[int]]) -> int:
    """Wrong on purpose: forgets the mirror images."""
    view = [list(row) for row in image]
    found = []
    for _ in range(4):
        view = [list(row) for row in zip(*view[::-1], strict=True)]
        if view not in found:
            found.append(view)
    return len(found)


def all_symmetries(image: list[list[int]]) -> int:
    """Wrong on purpose: takes all 8 views of a square for different ones."""
    return 8


def mirror_not_turned(image: list[list[int]]) -> int:
    """Wrong on purpose: adds the mirror image to the turns, but does not turn it."""
    return turns_only(image) + 1


def one_parameter(fit: Fit, points: int, slope: float, noise: float) -> float:
    """Wrong on purpose: the share that a fitted mean takes over."""
    return 1 / points


def left_over(fit: Fit, points: int, slope: float, noise: float) -> float:
    """Wrong on purpose: the share that stays in the residuals."""
    return 1 - 2 / points
