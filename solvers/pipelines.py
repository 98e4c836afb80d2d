"""Work shared out: pipeline stages and their bubble, Amdahl's and Gustafson's laws."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from .ranges import _one_of
from .shapes import _least

Of = Literal["the whole time", "the ideal time"]


def pipeline_time(stages: int, microbatches: int, forward: int = 1, backward: int = 2) -> int:
    """(m + p - 1) (f + b): all forward passes, then all backward ones, through p equal stages

    [Huang et al. 2019 (GPipe), sec. 2.3]
    """
    _check(stages, microbatches, forward, backward)
    return (microbatches + stages - 1) * (forward + backward)


def pipeline_time_by_loop(
    stages: int, microbatches: int, forward: int = 1, backward: int = 2
) -> int:
    """Each piece of work begun as soon as its stage is free and its input is there."""
    _check(stages, microbatches, forward, backward)
    return _played(stages, microbatches, forward, backward)


def bubble(stages: int, microbatches: int, of: Of = "the whole time", chunks: int = 1) -> Fraction:
    """Idle share (p - 1) / (v m + p - 1) of the whole time, (p - 1) / (v m) of the ideal; v chunks of
    layers per device, interleaved   [Huang et al. 2019, sec. 2.3; Narayanan et al. 2021, sec. 2.2]"""
    _one_of(Of, of=of)
    _check(stages, microbatches, 1, 1)
    _check_chunks(stages, microbatches, chunks)
    work = chunks * microbatches
    return Fraction(stages - 1, work + (stages - 1 if of == "the whole time" else 0))


def bubble_by_loop(
    stages: int, microbatches: int, of: Of = "the whole time", chunks: int = 1
) -> Fraction:
    """The schedule played through, a chunk's pass lasting 1; what a device does not work it waits."""
    _check(stages, microbatches, 1, 1)
    _check_chunks(stages, microbatches, chunks)
    # Groups of p micro-batches go through chunk after chunk before the next group begins.
    free, done = [0] * stages, dict[tuple[int, int], int]()
    for group in range(0, microbatches, stages):
        batches = range(group, min(group + stages, microbatches))
        for layer in range(chunks * stages):
            for batch in batches:
                device = layer % stages
                start = max(free[device], done.get((batch, layer - 1), 0))
                done[batch, layer] = free[device] = start + 1
    whole, ideal = max(free), chunks * microbatches
    return Fraction(whole - ideal, whole if of == "the whole time" else ideal)


def microbatches_for(stages: int, percent: int) -> int:
    """Least m with (p - 1) / (m + p - 1) at most percent / 100 of the whole time

    [Huang et al. 2019, sec. 2.3]
    """
    _least(1, stages=stages)
    _check_percent(percent, 1, 100)
    # (p - 1) (100 - percent) <= percent m
    return max(-(-(stages - 1) * (100 - percent) // percent), 1)


def microbatches_for_by_loop(stages: int, percent: int) -> int:
    """One micro-batch more until the schedule, played through, waits little enough."""
    _least(1, stages=stages)
    _check_percent(percent, 1, 100)
    microbatches = 1
    while True:
        whole = _played(stages, microbatches, 1, 1)
        if 100 * (whole - 2 * microbatches) <= percent * whole:
            return microbatches
        microbatches += 1


def amdahl_limit(percent: int) -> Fraction:
    """1 / (1 - p), the speed-up with endlessly many devices if percent of the work is parallel

    [Amdahl 1967]
    """
    _check_percent(percent, 0, 99)
    return Fraction(100, 100 - percent)


def amdahl_limit_by_sympy(percent: int) -> Fraction:
    """The limit of old over new time as the devices go to infinity, taken by sympy."""
    from sympy import Rational, limit, oo, symbols

    _check_percent(percent, 0, 99)
    devices, parallel = symbols("n", positive=True), Rational(percent, 100)
    found = limit(1 / (1 - parallel + parallel / devices), devices, oo)
    return Fraction(int(found.p), int(found.q))


def devices_for(percent: int, speedup: int) -> int:
    """Least n with 1 / (1 - p + p / n) at least the speed-up: ceil(p / (1 / speedup - (1 - p)))

    [Amdahl 1967]
    """
    _check_reachable(percent, speedup)
    if speedup == 1:
        return 1
    room = Fraction(1, speedup) - Fraction(100 - percent, 100)
    return -(-Fraction(percent, 100) // room)


def devices_for_by_loop(percent: int, speedup: int) -> int:
    """One device more until a job of 100 minutes is short enough."""
    _check_reachable(percent, speedup)
    devices = 1
    while (100 - percent + Fraction(percent, devices)) * speedup > 100:
        devices += 1
    return devices


def serial_share(speedup: float, devices: int) -> float:
    """(1 / S - 1 / n) / (1 - 1 / n), from a measured speed-up S on n devices

    [Karp & Flatt 1990]
    """
    _check_measured(speedup, devices)
    return float((1 / speedup - 1 / devices) / (1 - 1 / devices))


def serial_share_by_sympy(speedup: float, devices: int) -> float:
    """Amdahl's law solved for the serial share by sympy."""
    from sympy import Rational, solve, symbols

    _check_measured(speedup, devices)
    serial = symbols("s")
    law = (serial + (1 - serial) / Rational(devices)) * Rational(speedup) - 1
    [found] = solve(law, serial)
    return float(found)


def gustafson_speedup(percent: int, devices: int) -> Fraction:
    """(1 - p) + p n: percent of the time on n devices is parallel, and the work grows with n

    [Gustafson 1988]
    """
    _check_percent(percent, 0, 100)
    _least(1, devices=devices)
    return Fraction(100 - percent + percent * devices, 100)


def gustafson_speedup_by_loop(percent: int, devices: int) -> Fraction:
    """100 minutes on n devices, minute by minute: how long one device takes for the same work."""
    _check_percent(percent, 0, 100)
    _least(1, devices=devices)
    alone = sum(devices if minute < percent else 1 for minute in range(100))
    return Fraction(alone, 100)


def _played(stages: int, microbatches: int, forward: int, backward: int) -> int:
    """When the last stage is done, each piece begun as early as can be, forward passes first."""
    free = [0] * stages
    there = [0] * microbatches
    for stage in range(stages):
        for batch in range(microbatches):
            free[stage] = there[batch] = max(free[stage], there[batch]) + forward
    for stage in reversed(range(stages)):
        for batch in reversed(range(microbatches)):
            free[stage] = there[batch] = max(free[stage], there[batch]) + backward
    return max(free)


def _check(stages: int, microbatches: int, forward: int, backward: int) -> None:
    _least(1, stages=stages, microbatches=microbatches, forward=forward, backward=backward)


def _check_chunks(stages: int, microbatches: int, chunks: int) -> None:
    _least(1, chunks=chunks)
    if chunks > 1 and microbatches % stages:
        raise ValueError(f"microbatches must be a multiple of {stages}, found {microbatches}")


def _check_percent(percent: int, low: int, high: int) -> None:
    if not low <= percent <= high:
        raise ValueError(f"percent must be in {low}..{high}, found {percent}")


def _check_reachable(percent: int, speedup: int) -> None:
    _check_percent(percent, 0, 100)
    _least(1, speedup=speedup)
    if speedup > 1 and speedup * (100 - percent) >= 100:
        raise ValueError(f"speedup must be below 100 / {100 - percent}, found {speedup}")


def _check_measured(speedup: float, devices: int) -> None:
    _least(2, devices=devices)
    if not 1 <= speedup <= devices:
        raise ValueError(f"speedup must be in 1..{devices}, found {speedup}")
