"""A bound on the CPU time of one answer, behind all the bounds that stand before anything is computed.

Reading and judging are bounded by length, depth and an estimate of cost, and take milliseconds. Should
one of these bounds have a hole, the system's clock of CPU time still ends the call, also within `re` and
the arithmetic of long integers. That takes the main thread of a POSIX system; elsewhere calls run free.

To set a clock for each call would cost more than to read a number. So one clock ticks while there are
calls, and a call that sees a second tick is ended.
"""

from __future__ import annotations

from _thread import get_ident
from collections.abc import Callable
from functools import cache
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

TICK = 1.0  # seconds of CPU time: hundreds of times what the dearest answers take


class OutOfTime(BaseException):
    """Raised within a call that took too long; no `except Exception` on the way may take it for another."""


class _Clock:
    """The one clock of this process, the number of the present call, and of the one at the last tick."""

    __slots__ = ("call", "runs", "seen", "ticks")

    def __init__(self) -> None:
        self.ticks = self.runs = False
        self.call = self.seen = 0


_clock = _Clock()


def within_time(call: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R | None:
    """What the call returns; None if it takes longer than one or two ticks of the clock.

    A call within another shares its time.
    """
    clock = _clock
    if clock.runs or get_ident() != _main_thread() or not (clock.ticks or _started()):
        return call(*args, **kwargs)
    clock.call += 1
    try:
        clock.runs = True
        try:
            return call(*args, **kwargs)
        finally:
            clock.runs = False
    except OutOfTime:
        clock.runs = False
        return None


@cache
def _main_thread() -> int | None:
    from threading import main_thread

    return main_thread().ident


def _started() -> bool:
    """Whether the clock ticks from now on."""
    timer = _timer()
    if timer is not None:
        set_timer, which = timer
        _clock.ticks = True
        set_timer(which, TICK, TICK)
    return timer is not None


@cache
def _timer() -> tuple[Callable[..., Any], int] | None:
    """How to set the clock, whose signal from now on comes here; None where there is none to be had."""
    import atexit
    import signal

    if not hasattr(signal, "setitimer") or signal.getsignal(signal.SIGPROF) is not signal.SIG_DFL:
        return None  # Windows, or a profiler uses it
    signal.signal(signal.SIGPROF, _tick)
    # On its way out Python forgets the handlers, and a tick would then end the process.
    atexit.register(signal.setitimer, signal.ITIMER_PROF, 0)
    return signal.setitimer, signal.ITIMER_PROF


def _tick(*_: object) -> None:
    """Stops the clock where nothing runs, and the call that ran at the last tick, too."""
    clock = _clock
    if not clock.runs:
        clock.ticks = False
        if timer := _timer():
            timer[0](timer[1], 0)
        return
    if clock.call == clock.seen:
        raise OutOfTime
    clock.seen = clock.call
