"""What a test may say about cost: CPU time as a calm machine would take it.

A neighbour on the same processor, a slower processor and the collector walking over thousands of tests
all lengthen a measurement without anything being wrong. So the collector rests, only this thread counts,
and a block that seems too slow is set against a fixed piece of work done right after it.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager

CALM = 0.01  # CPU seconds of `work`, warm, on a machine at rest


class TooSlow(AssertionError):
    """A block took longer than it may."""


def work() -> int:
    """A fixed piece of plain Python."""
    total, seen = 0, {}
    for number in range(100_000):
        seen[number & 1023] = total
        total += number & 7
    return total + len(seen)


def slowdown() -> float:
    """How many times as long as at rest this machine takes at the moment; at least 1."""
    work()  # the interpreter specialises what it runs often
    began = time.thread_time()
    work()
    return max(1.0, (time.thread_time() - began) / CALM)


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raises `TooSlow` if the block takes more CPU time than that, by this thread, on a calm machine."""
    was_on = gc.isenabled()
    gc.disable()
    began = time.thread_time()
    try:
        yield
    finally:
        spent = time.thread_time() - began
        if was_on:
            gc.enable()
    if spent > seconds and spent > (limit := seconds * slowdown()):
        raise TooSlow(f"took {spent:.3f} s of CPU time, {limit:.3f} s are allowed now")
