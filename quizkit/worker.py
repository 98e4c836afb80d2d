"""Solver calls in a child process: names and JSON go in, JSON comes out, within time and memory.

The child (`python -m quizkit.worker ROOT`) answers one JSON line per line. The parent starts it when
it is first needed, or earlier by `warm`; after a time-out it is killed, and the next call starts another.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Any, TypeVar

from quizkit.errors import (
    QuizkitError,
    Refused,
    SolverBroken,
    SolverTimedOut,
    SolverUnavailable,
    UsageProblem,
)
from quizkit.values.carry import from_json, to_json

if TYPE_CHECKING:
    from collections.abc import Callable
    from queue import SimpleQueue
    from subprocess import Popen

    from quizkit.bank.bank import Bank, Shelf
    from quizkit.bank.solvers import Solvers
    from quizkit.model import Given, Value

SECONDS = 30.0  # importing torch on a busy machine is part of the first call
MEMORY = 6 * 1024**3
PROOF = "proof:"  # a call of this name proves instead of computing
FOLLOWING = 0.5  # seconds between two looks whether the parent lives

W = TypeVar("W", bound="Worker")

_ERRORS: dict[str, type[QuizkitError]] = {
    kind.__name__: kind
    for kind in (Refused, SolverBroken, SolverTimedOut, SolverUnavailable, UsageProblem)
}


class Worker:
    """One child process for one bank; not for use by two threads at once."""

    module = "quizkit.worker"  # what the child runs

    def __init__(self, root: str | os.PathLike[str], seconds: float = SECONDS) -> None:
        self.root = os.fspath(root)
        self.seconds = seconds
        self.took = 0.0  # CPU seconds of the last call, in the solver alone
        self._child: Popen[bytes] | None = None
        self._replies: SimpleQueue[bytes] | None = None

    def start(self) -> None:
        """Starts the child unless it runs; returns at once."""
        if self._child is not None and self._child.poll() is None:
            return
        self.close()  # one that ended by itself has left its pipes open
        import subprocess
        from queue import SimpleQueue
        from threading import Thread

        package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
        paths = [package, *filter(None, [os.environ.get("PYTHONPATH")])]
        threads = {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        self._child = subprocess.Popen(
            [sys.executable, "-m", self.module, self.root],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **threads, "PYTHONPATH": os.pathsep.join(paths)},
            start_new_session=True,  # a Ctrl-C at the terminal is the parent's to handle
        )
        self._replies = SimpleQueue()
        Thread(target=_pump, args=(self._child.stdout, self._replies), daemon=True).start()

    def call(self, name: str, given: Given) -> Value:
        """What a solver returns; `SolverTimedOut` after `seconds`, other errors as the solver's own."""
        return from_json(self.exchanged(name, to_json_given(given)))

    def exchanged(self, name: str, given: Given) -> Any:
        """The child's reply, as JSON."""
        import json
        from queue import Empty

        self.start()
        assert self._child is not None
        assert self._child.stdin is not None
        assert self._replies is not None
        try:
            self._child.stdin.write(json.dumps([name, given]).encode() + b"\n")
            self._child.stdin.flush()
            reply = self._replies.get(timeout=self.seconds)
        except Empty:
            self.close()
            raise SolverTimedOut(f"{name} took over {self.seconds:g} s and was stopped") from None
        except BrokenPipeError:
            reply = b""
        except BaseException:
            self.close()  # interrupted between question and reply: the pipe is out of step
            raise
        if not reply:
            self.close()
            raise SolverBroken(f"{name} ended its process; perhaps it ran out of memory")
        kind, content, self.took = json.loads(reply)
        if kind == "value":
            return content
        raise _ERRORS.get(kind, SolverBroken)(content)

    def close(self) -> None:
        """Ends the child."""
        if self._child is not None:
            _kill(self._child)
            self._child.wait()
            for pipe in (self._child.stdin, self._child.stdout):
                _close_quietly(pipe)
            self._child = None


class Compute:
    """Runs solvers of the open banks: light built-in ones here, all others in a worker of their bank."""

    def __init__(self, shelf: Shelf, seconds: float = SECONDS, *, here: bool = True) -> None:
        self.shelf = shelf
        self.seconds = seconds
        self.here = here
        self._workers: dict[str, Worker] = {}
        self._kept: dict[str, Any] = {}

    def of(self, bank: Bank) -> Callable[[str, Given], Value]:
        """`compute(name, given)` for one bank."""
        from quizkit.bank.bank import BUILT_IN

        def compute(name: str, given: Given) -> Value:
            if self.here and bank.name == BUILT_IN and bank.is_light(name):
                return bank.solvers.call(name, given)
            return self.worker(bank).call(name, given)

        return compute

    def worker(self, bank: Bank) -> Worker:
        """The bank's worker, not necessarily running yet."""
        if bank.name not in self._workers:
            self._workers[bank.name] = Worker(bank.place, self.seconds)
        return self._workers[bank.name]

    def kept(self, name: str, make: Callable[[], W]) -> W:
        """Another process by this name, which ends with the workers."""
        if name not in self._kept:
            self._kept[name] = make()
        found: W = self._kept[name]
        return found

    def warm(self) -> None:
        """Starts the workers, so that a later call need not wait for it."""
        for bank in self.shelf.banks:
            self.worker(bank).start()

    def close(self) -> None:
        """Ends all workers."""
        for worker in (*self._workers.values(), *self._kept.values()):
            worker.close()

    def __enter__(self) -> Compute:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


def to_json_given(given: Given) -> Given:
    """A call's arguments as JSON; solvers take plain numbers, text and lists."""
    return {key: to_json(value) for key, value in given.items()}


def _pump(pipe: IO[bytes], replies: SimpleQueue[bytes]) -> None:
    """Moves replies into a queue, on which one can wait with a time-out; b"" says that the child ended."""
    try:
        for line in pipe:
            replies.put(line)
    except ValueError:  # closed by `close` while reading
        pass
    replies.put(b"")


def _kill(child: Popen[bytes]) -> None:
    """Kills a child that has not been waited for, and the processes that its solvers started."""
    if child.returncode is None and hasattr(os, "killpg"):
        from signal import SIGKILL

        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, SIGKILL)
    child.kill()


def _close_quietly(pipe: IO[bytes] | None) -> None:
    try:
        if pipe is not None:
            pipe.close()
    except OSError:  # unsent bytes of a call that is given up
        pass


def serve(root: str, requests: IO[bytes], replies: IO[bytes]) -> None:
    """The child's loop, until its parent closes the pipe or dies."""
    import json

    from quizkit.bank.solvers import Solvers

    solvers = Solvers(root)
    for line in requests:
        reply = _reply(solvers, *json.loads(line))
        replies.write(json.dumps(reply).encode() + b"\n")
        replies.flush()


def _reply(solvers: Solvers, name: str, given: Given) -> list[Any]:
    """What the call came to, its value or error, and the CPU seconds that it took."""
    import time

    from quizkit.bank.solvers import SLIPS

    if name == PROOF:
        return _proof(given)
    began = time.process_time()
    try:
        solvers.function(name.removeprefix(SLIPS))  # so that importing its module is not counted
        began = time.process_time()
        content = ["value", to_json(solvers.call(name, given))]
    except QuizkitError as error:
        content = [type(error).__name__, str(error)]
    except MemoryError:
        content = ["SolverBroken", f"{name} ran out of memory"]
    return [*content, time.process_time() - began]


def _proof(given: Given) -> list[Any]:
    """Whether two formulas are shown to be equal; nothing of a bank is needed for that."""
    from quizkit.values.expressions.prove import proved

    try:
        return ["value", proved(**given), 0.0]
    except MemoryError:
        return ["value", False, 0.0]


def _limit_memory() -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    except (ImportError, ValueError, OSError):  # Windows, or a lower limit is set already
        pass


def _follow(parent: int) -> None:
    """Ends this process when its parent is dead, even in the middle of a call."""
    import time

    while os.getppid() == parent:
        time.sleep(FOLLOWING)
    os._exit(1)


def lead(serve: Callable[[str, IO[bytes], IO[bytes]], None], argument: str) -> None:
    """Runs the loop of a child, within its memory and no longer than its parent lives."""
    from threading import Thread

    Thread(target=_follow, args=(os.getppid(),), daemon=True).start()
    _limit_memory()
    # A solver that prints must not speak in the protocol.
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(argument, sys.stdin.buffer, replies)


if __name__ == "__main__":
    lead(serve, sys.argv[1])
