# ruff: noqa: E402 - the libraries read the number of threads when they are imported
"""`python -m tests.benchmarks.solvers`: solvers, worker and experiments against their budgets, one thread.

CPU time, except for the warm worker, whose calls are timed on the clock: what counts there is how long
the caller waits.
"""

from __future__ import annotations

import os

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import statistics
import sys
import time
from inspect import getmembers, isfunction

from quizkit.bank.bank import Bank, open_banks
from quizkit.errors import QuizkitError
from quizkit.model import Given
from quizkit.variant import asked, make
from quizkit.worker import Compute

CALLS = 2000
KEYS = 100_000
# These go through every case of a small set: exact, and no closed form.
SEARCHES = ("regularisation.fitted_noise", "perceptron.separable_functions")


def row(name: str, figure: str, budget: str, within: bool) -> None:
    print(f"{name:<40} {figure:<42} {budget:<26} {'within' if within else 'OVER'}", flush=True)


def closed_form(bank: Bank, compute: Compute) -> None:
    """Each solver of a question that needs no heavy library, on the question's own draws."""
    light = [row for row in bank.rows() if row.light]
    slowest: dict[str, float] = {}
    for question in light:
        entry = bank.entry(question.id)
        solver = entry.question.solver
        if solver is None or entry.question.steps or not hasattr(entry.question, "examples"):
            continue
        given = {**make(entry, 1, compute.of(bank)).given, **asked(entry.question)}
        slowest[solver] = max(slowest.get(solver, 0.0), seconds_a_call(bank, solver, given))
    for solver in SEARCHES:
        row(f"search {solver}", f"{slowest.pop(solver) * 1e3:.1f} ms", "none", True)
    times = sorted(slowest.values())
    worst = max(slowest, key=lambda solver: slowest[solver])
    row(
        f"closed-form solvers ({len(times)})",
        f"median {times[len(times) // 2] * 1e6:.1f} µs, worst {times[-1] * 1e6:.0f} µs ({worst})",
        "1 ms a call",
        times[-1] < 1e-3,
    )


def seconds_a_call(bank: Bank, solver: str, given: Given) -> float:
    """The median over some calls, arguments' checks included."""
    times = []
    try:
        for _ in range(5):
            began = time.process_time()
            bank.solvers.call(solver, given)
            times.append(time.process_time() - began)
    except QuizkitError:  # a choice's solver wants its options
        return 0.0
    return statistics.median(times)


def heavy() -> None:
    """What calling them has imported so far."""
    found = [name for name in ("torch", "sympy") if name in sys.modules]
    row("... and imported", ", ".join(found) or "neither torch nor sympy", "neither", not found)


def warm_worker(bank: Bank, compute: Compute) -> None:
    """A call and its reply over the pipe."""
    worker = compute.worker(bank)
    given = {"size": 28, "kernel": 7, "stride": 1, "padding": 0}
    worker.call("convolution.output_size", given)
    times = []
    for _ in range(CALLS):
        began = time.perf_counter()
        worker.call("convolution.output_size", given)
        times.append(time.perf_counter() - began)
    times.sort()
    middle, late = times[CALLS // 2] * 1e3, times[CALLS * 99 // 100] * 1e3
    row("a call of a warm worker", f"median {middle:.2f} ms, p99 {late:.2f} ms", "1 ms", middle < 1)


def keys_in_bulk() -> None:
    """One step of 100,000 2-2-1 sigmoid nets, each with weights and a point of its own, float64."""
    import numpy

    from solvers.nets.initial import initial
    from solvers.nets.keys import one_step_keys
    from solvers.nets.model import Net

    net = Net((2, 2, 1), "sigmoid", "sigmoid")
    weights = initial(net.sizes, range(KEYS))
    source = numpy.random.default_rng(1)
    inputs, targets = source.normal(size=(1, 2, KEYS)), source.random(size=(1, 1, KEYS))
    rates = []
    for _ in range(7):
        began = time.process_time()
        one_step_keys(net, weights, inputs, targets, 0.5)
        rates.append(KEYS / (time.process_time() - began) / 1e6)
    middle = statistics.median(rates)
    figure = f"{middle:.2f} million a second ({min(rates):.2f} to {max(rates):.2f})"
    row("nets.keys.one_step_keys", figure, "a million a second", middle >= 1)


def all_experiments() -> None:
    """Each with its defaults: 256 seeds."""
    from solvers import experiments

    spent = {}
    for name, function in getmembers(experiments, isfunction):
        began = time.process_time()
        function()
        spent[name] = time.process_time() - began
    worst = max(spent, key=lambda name: spent[name])
    total = sum(spent.values())
    row(
        f"all {len(spent)} experiments, 256 seeds",
        f"{total:.1f} CPU s together",
        "60 s",
        total < 60,
    )
    row("... the longest", f"{spent[worst]:.1f} CPU s ({worst})", "5 s", spent[worst] < 5)


def main() -> None:
    shelf = open_banks()
    (bank,) = shelf.banks
    with Compute(shelf) as compute:
        closed_form(bank, compute)
        heavy()
        warm_worker(bank, compute)
    keys_in_bulk()
    all_experiments()


if __name__ == "__main__":
    main()
