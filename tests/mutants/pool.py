"""Judges many mutants in forked processes, which share what was learnt and are killed when they hang."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections import deque
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection, wait
from typing import Any

from tests.mutants.judge import Verdict

WALL = 120.0  # seconds after which a child is stuck beyond Python, such as in a huge power
MEMORY = 6 * 1024**3

Work = Callable[[int], Verdict]


def judged(work: Work, count: int, jobs: int) -> Iterator[tuple[int, Verdict]]:
    """`work(0)` to `work(count - 1)` as they are done; with 0 jobs in this process."""
    if jobs == 0:
        for index in range(count):
            yield index, work(index)
        return
    todo = deque(range(count))
    children = [_Child(work) for _ in range(min(jobs, count))]
    try:
        for child in children:
            child.begin(todo)
        while any(child.busy for child in children):
            yield from _round(children, todo)
    finally:
        for child in children:
            child.end()


def _round(children: list[_Child], todo: deque[int]) -> Iterator[tuple[int, Verdict]]:
    busy = {child.pipe: child for child in children if child.busy}
    for pipe in wait(list(busy), timeout=1.0):
        child = busy[pipe]  # type: ignore[index]
        index = child.index
        try:
            yield index, Verdict(*child.pipe.recv())
        except EOFError:
            yield index, Verdict("error", "ended its process")
            child.start()
        child.begin(todo)
    for child in children:
        if child.busy and time.monotonic() - child.since > WALL:
            yield child.index, Verdict("hang", f"over {WALL:.0f} s")
            child.end()
            child.start()
            child.begin(todo)


class _Child:
    """One forked process: an index goes in, a verdict comes out."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.busy = False
        self.index = -1
        self.since = 0.0
        self.start()

    def start(self) -> None:
        fork = multiprocessing.get_context("fork")
        self.pipe, theirs = fork.Pipe()
        self.process: Any = fork.Process(target=_serve, args=(self.work, theirs), daemon=True)
        self.process.start()
        theirs.close()

    def begin(self, todo: deque[int]) -> None:
        self.busy = bool(todo)
        if todo:
            self.index = todo.popleft()
            self.since = time.monotonic()
            self.pipe.send(self.index)

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


def _serve(work: Work, pipe: Connection) -> None:
    _limit_memory()
    silence = os.open(os.devnull, os.O_WRONLY)  # the tests that judge guards print
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    while True:
        try:
            index = pipe.recv()
        except EOFError:
            return
        verdict = work(index)
        pipe.send((verdict.by, verdict.detail))


def _limit_memory() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
