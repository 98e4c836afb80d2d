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
from quizkit.worker import Compute
from tests.solvers.calls import asked_calls, solvers, unasked_calls

CALLS = 2000
KEYS = 100_000
# Exact and light, but no closed form: why each takes longer than one.
LONGER = {
    "backprop.working_orders": "carries out every order",
    "distributed.parallel_gain": "trains in fractions",
    "initialisation.nearest_units": "trains a net",
    "interpolation.excess_test_error": "trains twice, a thousand steps each",
    "losses.best_constants": "tries every constant",
    "ml_basics.gap_over_variance": "fits a line to every pattern of noise",
    "ml_basics.linear_lead": "tries every line and every tree",
    "mlp_exact.exact_bias_gradient": "a net in fractions",
    "mlp_exact_runs.exact_loss_after": "trains in fractions",
    "mlp_exact_runs.exact_trained_biases": "trains in fractions",
    "neighbours.cluster_spread": "moves centres in fractions",
    "perceptron.separable_functions": "tries every function",
    "principal.component_variances": "turns the axes until the covariance is diagonal",
    "regularisation.fitted_noise": "fits every pattern of noise",
    "step_orders.training_orders": "trains in every order",
    "subscripts.multilinear": "puts in every unit input",
    "sublayers.mixed_positions": "runs a sub-layer for each position",
}


def row(name: str, figure: str, budget: str, within: bool) -> None:
    print(f"{name:<48} {figure:<62} {budget:<18} {'within' if within else 'OVER'}", flush=True)


def light(bank: Bank, compute: Compute) -> None:
    """Every solver that needs no heavy library, on its questions' draws, on others where none asks it."""
    asked = asked_calls(bank, compute.of(bank))  # those that are not light run in the worker
    spent = {
        name: slowest(bank, name, asked[name] or unasked_calls(name, function))
        for name, function in solvers(bank).items()
        if not function.libraries
    }
    for name, why in LONGER.items():
        row(f"no closed form: {name}", f"{spent.pop(name) * 1e3:.1f} ms, {why}", "none", True)
    times(f"closed-form solvers ({len(spent)})", spent, 1e-3)


def derivations(bank: Bank, compute: Compute) -> None:
    """Solvers whose key is a formula: sympy derives it anew, in the warm worker.

    A closed form would be the key typed in. They are not cached: a quiz asks each once, and a remembered
    formula would hide a changed solver.
    """
    asked = asked_calls(bank, compute.of(bank))
    spent = {
        name: slowest(bank, name, asked[name][:2])
        for name, function in solvers(bank).items()
        if "sympy" in function.libraries
    }
    times(f"derivations by sympy ({len(spent)})", spent, 0.2)


def times(label: str, spent: dict[str, float], budget: float) -> None:
    ordered = sorted(spent, key=lambda name: spent[name])
    middle, last = ordered[len(ordered) // 2], ordered[-1]
    figure = f"median {spent[middle] * 1e6:.1f} µs, worst {spent[last] * 1e6:.0f} µs ({last})"
    row(label, figure, f"{budget * 1e3:g} ms a call", spent[last] < budget)


def slowest(bank: Bank, solver: str, givens: list[Given]) -> float:
    """Of its calls the slowest."""
    return max((seconds_a_call(bank, solver, given) for given in givens), default=0.0)


def seconds_a_call(bank: Bank, solver: str, given: Given) -> float:
    """The median over some calls, arguments' checks included."""
    spent = []
    try:
        for _ in range(5):
            began = time.process_time()
            bank.solvers.call(solver, given)
            spent.append(time.process_time() - began)
    except QuizkitError:  # a plausible falsehood may be refused
        return 0.0
    return statistics.median(spent)


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
        light(bank, compute)
        heavy()
        derivations(bank, compute)
        warm_worker(bank, compute)
    keys_in_bulk()
    all_experiments()


if __name__ == "__main__":
    main()
