"""A reader or a judge that does not come back is stopped, and the learner is told what to do."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from quizkit import grading
from quizkit.grading import guard
from quizkit.grading.guard import within_time
from quizkit.model import Misread, Reading, Understood, Variant

Make = Callable[..., Variant]
ROOT = Path(__file__).parents[3]

posix = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="a clock as POSIX has it")


@pytest.fixture
def quickly(monkeypatch: pytest.MonkeyPatch) -> Iterator[float]:
    """A clock that ticks ten times as fast; how much CPU time a call may take at most."""
    guard._tick()  # stops a clock that ticks as before
    monkeypatch.setattr(guard, "TICK", 0.1)
    yield 0.5
    guard._tick()


def spin(*_: Any) -> Any:
    while True:
        pass


def backtrack(*_: Any) -> Any:
    return re.compile(r"(a|a)*b").match("a" * 60)


def multiply(*_: Any) -> Any:
    return len(str(3 ** (10**8)))


def swallow(*_: Any) -> Any:
    while True:
        try:
            spin()
        except Exception:
            continue


@posix
@pytest.mark.parametrize("endless", [spin, backtrack, multiply, swallow])
def test_a_reader_that_does_not_come_back_is_stopped(
    quickly: float, make: Make, monkeypatch: pytest.MonkeyPatch, endless: Callable[..., Any]
) -> None:
    from quizkit.grading import number

    monkeypatch.setattr(number, "read_number", endless)
    began = time.process_time()
    reading = grading.read("9**9**9", make("number", 3))
    assert time.process_time() - began < quickly
    assert reading == Misread(grading.NOT_READ_IN_TIME, 0)
    monkeypatch.undo()
    assert grading.read("3", make("number", 3)) == Understood(3)


@posix
def test_a_judge_that_does_not_come_back_leaves_the_answer_undecided(
    quickly: float, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    from quizkit.grading import number

    monkeypatch.setattr(number, "compared", spin)
    variant = make("number", 3, evidence=("computed",))
    grade = grading.grade(3, variant)
    assert (grade.verdict, grade.score, grade.evidence) == ("undecided", 0.0, ("computed",))
    assert "in time" in grade.feedback
    monkeypatch.undo()
    assert grading.grade(3, variant).verdict == "right"


@posix
def test_many_calls_may_take_longer_together(quickly: float) -> None:
    def briefly(number: int) -> int:
        until = time.process_time() + 0.03
        while time.process_time() < until:
            pass
        return number

    assert [within_time(briefly, number) for number in range(20)] == list(range(20))


@posix
def test_the_clock_stops_where_nothing_runs(quickly: float) -> None:
    assert within_time(int, "3") == 3
    assert signal.getitimer(signal.ITIMER_PROF)[1] > 0
    until = time.process_time() + quickly
    while time.process_time() < until:  # outside, where nothing may be stopped
        pass
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)


@posix
def test_a_call_within_another_shares_its_time(quickly: float) -> None:
    assert within_time(lambda: [within_time(int, "3"), within_time(spin)]) is None


def test_an_error_goes_its_way() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        within_time(int, "x")
    assert within_time(int, "3") == 3


def test_outside_the_main_thread_answers_are_graded_as_well(make: Make) -> None:
    found: list[Reading] = []
    thread = Thread(target=lambda: found.append(grading.read("3", make("number", 3))))
    thread.start()
    thread.join()
    assert found == [Understood(3)]


PROFILED = """
import signal
signal.signal(signal.SIGPROF, lambda *_: None)
mine = signal.getsignal(signal.SIGPROF)
from quizkit.grading.guard import within_time
assert within_time(int, "3") == 3
assert signal.getsignal(signal.SIGPROF) is mine
assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)
"""


@posix
def test_a_profiler_keeps_its_signal() -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", PROFILED], check=True, env=environment, timeout=60)


LATE = """
import time
from quizkit.grading import guard

class Late:
    def __del__(self):
        until = time.thread_time() + 0.3
        while time.thread_time() < until:
            pass

guard.TICK = 0.05
late = Late()
late.itself = late
assert guard.within_time(int, "3") == 3
"""


@posix
def test_no_tick_comes_when_python_is_on_its_way_out() -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    for _ in range(3):
        subprocess.run([sys.executable, "-c", LATE], check=True, env=environment, timeout=60)
