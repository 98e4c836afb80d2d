"""Whatever a solver does, the parent gets a value or a clear error, and the next call works."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from quizkit.bank.bank import BUILT_IN, Bank, Shelf
from quizkit.errors import (
    QuizkitError,
    Refused,
    SolverBroken,
    SolverTimedOut,
    SolverUnavailable,
    UsageProblem,
)
from quizkit.worker import Compute, Worker

Write = Callable[..., Path]

posix = pytest.mark.skipif(os.name != "posix", reason="processes as POSIX has them")

SOLVERS = '''
import os
import sys
import time
from fractions import Fraction


def echo(value):
    """The value itself."""
    return value


def third(n: int) -> Fraction:
    return Fraction(n, 3)


def infinite() -> list[float]:
    return [float("inf"), float("-inf"), float("nan"), 1e308]


def process() -> int:
    return os.getpid()


def prints(n: int) -> int:
    print("noise on standard output")
    print("noise on standard error", file=sys.stderr)
    sys.stdout.flush()
    os.write(1, b'["value", 13]\\n')
    return n


def exits(code: int) -> int:
    os._exit(code)


def leaves() -> int:
    sys.exit("bye")


def interrupts() -> int:
    raise KeyboardInterrupt


def raises() -> int:
    raise RuntimeError("no such luck")


def refuses(n: int) -> int:
    raise ValueError(f"n must be 3, found {n}")


def deep(n: int = 0) -> int:
    return deep(n + 1)


def hoards() -> int:
    return len(bytearray(64 * 1024**3))


def sleeps(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def spins() -> int:
    while True:
        pass


def forks(path: str) -> int:
    if os.fork():
        os._exit(0)
    with open(path, "w") as file:
        file.write(str(os.getpid()))
    time.sleep(600)


def nonsense(what: str):
    return {"none": None, "object": object(), "function": echo, "large": 10**5000}[what]


def missing() -> int:
    import no_such_library
    return no_such_library.n


def long(n: int) -> list[int]:
    return list(range(n))


def alien() -> int:
    from quizkit.errors import Problem
    raise Problem("m.py:1", "a solver that knows quizkit")
'''


@pytest.fixture
def root(write_bank: Write) -> Path:
    return write_bank({"solvers/m.py": SOLVERS})


@pytest.fixture
def worker(root: Path) -> Iterator[Worker]:
    worker = Worker(root, seconds=20)
    yield worker
    worker.close()


VALUES: list[Any] = [1, -2.5, 0.1, 10**30, True, "text ⊗ \u2028", "", (), (1, (2.0, "x"))]


def test_values_come_back_as_they_are(worker: Worker) -> None:
    for value in VALUES:
        sent = list(value) if isinstance(value, tuple) else value
        found = worker.call("m.echo", {"value": sent})
        assert (found, type(found)) == (value, type(value))
    assert worker.call("m.third", {"n": 1}) == Fraction(1, 3)
    assert repr(worker.call("m.infinite", {})) == "(inf, -inf, nan, 1e+308)"
    assert worker.call("m.long", {"n": 100_000}) == tuple(range(100_000))


MISHAPS: list[tuple[str, dict[str, Any], type[QuizkitError], str]] = [
    ("m.exits", {"code": 0}, SolverBroken, "m.exits ended its process"),
    ("m.exits", {"code": 3}, SolverBroken, "m.exits ended its process"),
    ("m.leaves", {}, SolverBroken, "m.leaves ended its process"),
    ("m.interrupts", {}, SolverBroken, "m.interrupts ended its process"),
    ("m.raises", {}, SolverBroken, "m.raises failed: RuntimeError: no such luck (m.py:"),
    ("m.refuses", {"n": 4}, Refused, "n must be 3, found 4"),
    ("m.deep", {}, SolverBroken, "m.deep recursed too deeply"),
    ("m.nonsense", {"what": "none"}, SolverBroken, "a solver returned NoneType"),
    ("m.nonsense", {"what": "object"}, SolverBroken, "a solver returned object"),
    ("m.nonsense", {"what": "function"}, SolverBroken, "a solver returned function"),
    ("m.nonsense", {"what": "large"}, SolverBroken, "m.nonsense"),
    ("m.missing", {}, SolverUnavailable, "m.missing needs no_such_library"),
    ("m.none", {}, UsageProblem, "no solver m.none"),
    ("m.third", {"n": "1"}, UsageProblem, "expected `int`, got `str`"),
    ("os.system", {"command": "true"}, UsageProblem, "no solver module 'os'"),
    ("m.alien", {}, SolverBroken, "a solver that knows quizkit"),
]


def test_a_mishap_is_an_error_and_the_next_call_works(worker: Worker) -> None:
    for name, given, kind, message in MISHAPS:
        with pytest.raises(QuizkitError) as caught:
            worker.call(name, given)
        assert (type(caught.value), message in str(caught.value)) == (kind, True), caught.value
        assert worker.call("m.third", {"n": 3}) == 1


def test_what_a_solver_prints_is_no_reply(
    worker: Worker, capfd: pytest.CaptureFixture[str]
) -> None:
    assert worker.call("m.prints", {"n": 7}) == 7
    assert worker.call("m.third", {"n": 6}) == 2
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(sys.platform != "linux", reason="the limit is the kernel's, and Linux has it")
def test_memory_is_limited(worker: Worker) -> None:
    with pytest.raises(SolverBroken, match="MemoryError"):
        worker.call("m.hoards", {})
    assert worker.call("m.third", {"n": 3}) == 1


def is_alive(pid: int) -> bool:
    """Whether the process runs; one that is dead but not yet waited for does not."""
    try:
        os.kill(pid, 0)
        with suppress(FileNotFoundError):
            return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except ProcessLookupError:
        return False
    return True


def ends(pid: int) -> bool:
    """Whether the process ends within some seconds."""
    for _ in range(200):
        if not is_alive(pid):
            return True
        time.sleep(0.05)
    return False


@posix
def test_a_timed_out_call_is_stopped_and_the_next_one_works(worker: Worker) -> None:
    first = worker.call("m.process", {})
    worker.seconds = 0.2
    for name, given in [("m.sleeps", {"seconds": 60}), ("m.spins", {})]:
        with pytest.raises(SolverTimedOut, match=rf"{name} took over 0.2 s and was stopped"):
            worker.call(name, given)
    worker.seconds = 20
    second = worker.call("m.process", {})
    assert second != first
    assert ends(first)


@posix
def test_a_child_that_was_killed_is_replaced(worker: Worker) -> None:
    first = worker.call("m.process", {})
    assert worker._child is not None
    os.kill(first, signal.SIGKILL)
    worker._child.wait(10)  # until all its threads are gone, not only the first
    assert worker.call("m.process", {}) != first


@posix
def test_processes_that_a_solver_starts_end_with_its_call(worker: Worker, tmp_path: Path) -> None:
    worker.call("m.third", {"n": 1})
    worker.seconds = 1
    path = tmp_path / "pid"
    with pytest.raises((SolverTimedOut, SolverBroken)):
        worker.call("m.forks", {"path": str(path)})
    assert ends(int(path.read_text()))


def test_closing_twice_and_calling_again_is_fine(worker: Worker) -> None:
    worker.close()
    assert worker.call("m.third", {"n": 3}) == 1
    worker.close()
    worker.close()


def test_one_child_serves_many_calls(worker: Worker) -> None:
    assert worker.call("m.process", {}) == worker.call("m.process", {})


PARENT = """
import sys
from pathlib import Path
from quizkit.worker import Worker

with open(sys.argv[2], "w") as file:
    worker = Worker(Path(sys.argv[1]))
    print(worker.call("m.process", {}), file=file, flush=True)
try:
    if sys.argv[3] == "call":
        worker.call("m.spins", {})
    else:
        sys.stdin.read()
finally:
    if sys.argv[4] == "close":
        worker.close()
"""

ENDS = [
    ("call", "close", signal.SIGINT),
    ("wait", "forget", signal.SIGINT),
    ("call", "close", signal.SIGKILL),
    ("wait", "forget", signal.SIGKILL),
]


@posix
@pytest.mark.parametrize(("state", "manner", "how"), ENDS)
def test_no_orphan_is_left(
    root: Path, tmp_path: Path, state: str, manner: str, how: signal.Signals
) -> None:
    """A Ctrl-C goes to the parent's whole group; a kill reaches the parent alone."""
    path = tmp_path / "pid"
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(root), str(path), state, manner],
        stdin=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    for _ in range(400):
        if path.exists() and path.read_text().endswith("\n"):
            break
        time.sleep(0.05)
    child = int(path.read_text())
    assert is_alive(child)
    os.killpg(parent.pid, how)
    assert parent.wait(20) != 0
    assert parent.stdin is not None
    parent.stdin.close()
    assert ends(child)


def test_light_functions_of_the_built_in_bank_run_here_all_others_in_the_worker(
    tiny_files: dict[str, str], write_bank: Write
) -> None:
    pids = """
        import os

        def light() -> int:
            return os.getpid()

        def heavy() -> int:
            import numpy
            return int(numpy.int64(os.getpid()))
        """
    root = write_bank({**tiny_files, "solvers/pids.py": pids})
    trusted, foreign = Bank(BUILT_IN, root), Bank("foreign", root)
    with Compute(Shelf([trusted])) as compute:
        call = compute.of(trusted)
        assert call("pids.light", {}) == os.getpid()
        assert call("pids.heavy", {}) != os.getpid()
    with Compute(Shelf([trusted]), here=False) as compute:
        assert compute.of(trusted)("pids.light", {}) != os.getpid()
    with Compute(Shelf([foreign])) as compute:
        assert compute.of(foreign)("pids.light", {}) != os.getpid()
    trusted.db.close()
    foreign.db.close()


def test_warming_starts_the_child_at_once(tiny: Bank) -> None:
    with Compute(Shelf([tiny])) as compute:
        compute.warm()
        child = compute.worker(tiny)._child
        assert child is not None
        given = {"size": 28, "kernel": 7}
        assert compute.of(tiny)("sizes.output_size", given) == 22
        assert compute.worker(tiny)._child is child
    assert compute.worker(tiny)._child is None
