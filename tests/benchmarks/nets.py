# ruff: noqa: E402 - the libraries read the number of threads when they are imported
"""`python -m tests.benchmarks.nets`: how many nets times steps a second, by engine; one run, one thread.

CPU time of 2-16-1 tanh nets under full-batch gradient descent. Each engine's time is set against the plain
loop's, measured right before and after it; the median of the pairwise ratios is what counts. `of rate` is the
share of this machine's rate, measured on one large matrix product, that the multiplications and additions of
the nets' matrices reach. `tanh` is what numpy's own tanh would take on as many numbers, as a share of the
wide numpy step, which goes by the exponential function instead. The targets are for the best engine in
float32, the dtype of a plain loop; float64 is set against a loop in float64.
"""

from __future__ import annotations

import os

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import argparse
import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy
import torch

from solvers.nets import data
from solvers.nets.arrays import Dtype, Library
from solvers.nets.initial import initial
from solvers.nets.loop import make, stepper
from solvers.nets.model import Net
from solvers.nets.train import CHUNK_BYTES, train
from solvers.nets.updates import Optimiser

NET = Net((2, 16, 1))
RULE = Optimiser("gd", 0.1)
SECONDS = 0.25
ROUNDS = 5
SETS = {"XOR": data.xor(), "moons": data.moons(64)}
TARGETS = {("XOR", 1024): 1500, ("moons", 1024): 120, ("XOR", 1): 15}

Engine = Callable[[int], Any]  # makes so many steps of all nets


def loop(points: str, nets: int, dtype: Dtype) -> tuple[Engine, int]:
    """The plain loop on at most 8 of the nets; one more net costs as much again."""
    inputs, targets = (torch.tensor(array, dtype=getattr(torch, dtype)) for array in SETS[points])
    count = min(nets, 8)
    weights = initial(NET.sizes, range(count))
    modules = [make(NET, [layer[..., net] for layer in weights], dtype) for net in range(count)]
    steppers = [stepper(NET, module, RULE, 0.1) for module in modules]

    def run(steps: int) -> None:
        for step in steppers:
            for _ in range(steps):
                step(inputs, targets)

    return run, count


def wide(library: Library, points: str, nets: int, dtype: Dtype) -> tuple[Engine, int]:
    """The trainer, called as an experiment calls it, setting up included."""
    weights = initial(NET.sizes, range(nets))
    inputs, targets = SETS[points]

    def run(steps: int) -> None:
        train(NET, weights, inputs, targets, RULE, steps, library=library, dtype=dtype)

    return run, nets


def functional(points: str, nets: int, dtype: Dtype) -> tuple[Engine, int]:
    """torch.func: the stacked state of modules, vmap of grad."""
    kind = getattr(torch, dtype)
    inputs, targets = (torch.tensor(array, dtype=kind) for array in SETS[points])
    weights = initial(NET.sizes, range(nets))
    base = make(NET, [layer[..., 0] for layer in weights], dtype)
    state = {
        f"{2 * layer}.{name}": torch.tensor(array, dtype=kind).contiguous()
        for layer, whole in enumerate(weights)
        for name, array in (("weight", whole[:-1].transpose(2, 1, 0)), ("bias", whole[-1].T))
    }

    def loss(parameters: dict[str, torch.Tensor]) -> torch.Tensor:
        out = torch.func.functional_call(base, parameters, (inputs,))
        return torch.nn.functional.mse_loss(out, targets)

    gradient = torch.func.vmap(torch.func.grad(loss))

    def run(steps: int) -> None:
        nonlocal state
        for _ in range(steps):
            slopes = gradient(state)
            state = {name: value - 0.1 * slopes[name] for name, value in state.items()}

    return run, nets


def per_step(made: tuple[Engine, int], steps: int) -> float:
    """CPU seconds of one step of one net."""
    run, nets = made
    began = time.process_time()
    run(steps)
    return (time.process_time() - began) / steps / nets


def enough(made: tuple[Engine, int]) -> int:
    """Steps that take about `SECONDS`, at least 5."""
    run, nets = made
    run(3)
    return max(5, int(SECONDS / (per_step(made, 5) * nets)))


def flops(points: str) -> int:
    """Of one step of one net: its matrix products forward, and backward for weights and hidden values."""
    macs = [a * b for a, b in zip(NET.sizes, NET.sizes[1:], strict=False)]
    return 2 * len(SETS[points][0]) * (2 * sum(macs) + sum(macs[1:]))


def machine_rate(dtype: Dtype) -> float:
    """FLOPs in a CPU second of a product of two 768 x 768 matrices, the best of some."""
    size = 768
    matrix = numpy.full((size, size), 0.5, dtype=dtype)
    out = numpy.empty_like(matrix)
    times = []
    for _ in range(7):
        began = time.process_time()
        numpy.matmul(matrix, matrix, out=out)
        times.append(time.process_time() - began)
    return 2 * size**3 / min(times)


def tanh_alone(points: str, dtype: Dtype) -> float:
    """CPU seconds of numpy's tanh for one net's hidden values, in a block as large as a chunk's."""
    values = numpy.linspace(-3, 3, CHUNK_BYTES // numpy.dtype(dtype).itemsize, dtype=dtype)
    out = numpy.empty_like(values)
    rounds = 40
    began = time.process_time()
    for _ in range(rounds):
        numpy.tanh(values, out=out)
    spent = (time.process_time() - began) / rounds / values.size
    return spent * len(SETS[points][0]) * NET.sizes[1]


def measure(points: str, nets: int, dtype: Dtype) -> None:
    rate = machine_rate(dtype)
    plain = loop(points, nets, dtype)
    plain_steps = enough(plain)
    engines = {
        "wide numpy": wide("numpy", points, nets, dtype),
        "wide torch": wide("torch", points, nets, dtype),
        "torch.func": functional(points, nets, dtype),
    }
    middles = []
    for name, made in engines.items():
        steps = enough(made)
        ratios, times, alone = [], [], []
        for _ in range(ROUNDS):
            before = per_step(plain, plain_steps)
            alone.append(tanh_alone(points, dtype))
            times.append(per_step(made, steps))
            ratios.append((before + per_step(plain, plain_steps)) / 2 / times[-1])
        of_rate = flops(points) / statistics.median(times) / rate
        show(points, nets, dtype, name, ratios, times, alone, of_rate)
        middles.append(statistics.median(ratios))
    target = TARGETS.get((points, nets)) if dtype == "float32" else None
    if target:
        met = "met" if max(middles) >= target else "MISSED"
        print(f"{points:<6}{nets:>5} {dtype:<8} target {target} x the loop: {met}", flush=True)


def show(
    points: str,
    nets: int,
    dtype: Dtype,
    name: str,
    ratios: list[float],
    times: list[float],
    alone: list[float],
    of_rate: float,
) -> None:
    middle, spent = statistics.median(ratios), statistics.median(times)
    share = f"tanh {statistics.median(alone) / spent:4.0%}" if name == "wide numpy" else ""
    print(
        f"{points:<6}{nets:>5} {dtype:<8} {name:<11}{1 / spent:>12,.0f} nets x steps/s"
        f"{middle:>9.1f} x the loop ({min(ratios):.1f} to {max(ratios):.1f})"
        f"  {of_rate:6.2%} of rate  {share}".rstrip(),
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--nets", type=int, nargs="*", default=[1, 64, 1024, 8192])
    parser.add_argument("--dtype", nargs="*", default=["float32", "float64"])
    chosen = parser.parse_args()
    torch.set_num_threads(1)
    for dtype in chosen.dtype:
        for points in SETS:
            for nets in chosen.nets:
                measure(points, nets, dtype)


if __name__ == "__main__":
    main()
