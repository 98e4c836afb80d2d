"""Mistakes with pipelines and Amdahl's law: everything here is wrong on purpose."""

from __future__ import annotations

from fractions import Fraction

from ..pipelines import Of, bubble


def no_bubble(stages: int, microbatches: int, forward: int = 1, backward: int = 2) -> int:
    """Wrong on purpose: forgets that the pipeline must fill and empty."""
    return microbatches * (forward + backward)


def one_after_the_other(stages: int, microbatches: int, forward: int = 1, backward: int = 2) -> int:
    """Wrong on purpose: lets a micro-batch leave before the next one enters."""
    return stages * microbatches * (forward + backward)


def other_whole(
    stages: int, microbatches: int, of: Of = "the whole time", chunks: int = 1
) -> Fraction:
    """Wrong on purpose: relates the bubble to the other of the two times."""
    other: Of = "the ideal time" if of == "the whole time" else "the whole time"
    return bubble(stages, microbatches, other, chunks)


def stages_counted(
    stages: int, microbatches: int, of: Of = "the whole time", chunks: int = 1
) -> Fraction:
    """Wrong on purpose: p instead of p - 1."""
    return Fraction(stages, microbatches + stages)


def parallel_share(percent: int) -> Fraction:
    """Wrong on purpose: 1 / p instead of 1 / (1 - p)."""
    return Fraction(100, percent)


def linear_devices(percent: int, speedup: int) -> int:
    """Wrong on purpose: takes as many devices as the speed-up."""
    return speedup


def linear_speedup(percent: int, devices: int) -> Fraction:
    """Wrong on purpose: takes the speed-up for the number of devices."""
    return Fraction(devices)


def amdahl_for_gustafson(percent: int, devices: int) -> Fraction:
    """Wrong on purpose: keeps the work as it was."""
    return 1 / (Fraction(100 - percent, 100) + Fraction(percent, 100 * devices))
