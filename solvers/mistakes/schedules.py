"""Mistakes with learning-rate schedules: everything here is wrong on purpose."""

from __future__ import annotations

from math import cos, pi

from ..schedules import Decay, warmed_rate


def other_start(
    step: int,
    warmup: int,
    total: int,
    peak: float,
    floor: float = 0.0,
    decay: Decay = "cosine",
    from_zero: bool = False,
) -> float:
    """Wrong on purpose: warms up from zero where it should not, and the other way round."""
    return warmed_rate(step, warmup, total, peak, floor, decay, not from_zero)


def warmup_in_decay(
    step: int,
    warmup: int,
    total: int,
    peak: float,
    floor: float = 0.0,
    decay: Decay = "cosine",
    from_zero: bool = False,
) -> float:
    """Wrong on purpose: lets the decay begin at step 0 instead of after the warm-up."""
    return warmed_rate(step, 0, total, peak, floor, decay)


def straight_line(
    step: int,
    warmup: int,
    total: int,
    peak: float,
    floor: float = 0.0,
    decay: Decay = "cosine",
    from_zero: bool = False,
) -> float:
    """Wrong on purpose: falls along a line instead of a cosine."""
    return warmed_rate(step, warmup, total, peak, floor, "linear", from_zero)


def plain_cosine(
    step: int,
    warmup: int,
    total: int,
    peak: float,
    floor: float = 0.0,
    decay: Decay = "cosine",
    from_zero: bool = False,
) -> float:
    """Wrong on purpose: peak cos(pi u), which ends below zero, instead of (1 + cos(pi u)) / 2."""
    if step < warmup:
        return warmed_rate(step, warmup, total, peak, floor, decay, from_zero)
    return peak * cos(pi * (step - warmup) / (total - warmup))


def factor_times_step(step: int, start: float, factor: float) -> float:
    """Wrong on purpose: takes the same amount off at each step."""
    return start * (1 - (1 - factor) * step)


def warmup_only(step: int, width: int, warmup: int) -> float:
    """Wrong on purpose: keeps rising."""
    return float(width**-0.5 * step * warmup**-1.5)


def decay_only(step: int, width: int, warmup: int) -> float:
    """Wrong on purpose: forgets the warm-up."""
    return float(width**-0.5 * step**-0.5)


def decays_every_epoch(
    rate: float, factor: float, every: int, epoch: int, first_epoch: int = 0
) -> float:
    """Wrong on purpose: multiplies by the factor in each epoch."""
    return float(rate * factor ** (epoch - first_epoch))


def drops_at_once(
    rate: float, factor: float, every: int, epoch: int, first_epoch: int = 0
) -> float:
    """Wrong on purpose: counts the running block of epochs as complete."""
    return float(rate * factor ** ((epoch - first_epoch) // every + 1))
