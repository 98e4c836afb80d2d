"""`python -m tests.benchmarks.gpu`: nets times steps a second on a GPU, eager and as a CUDA graph.

One run, one thread, wall time, since a GPU's work has no CPU time; the numpy trainer on the CPU beside it.
Every engine must agree with that trainer before it is timed. Without a GPU it says so.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch

from solvers.nets.arrays import Dtype, Library, Op, Space
from solvers.nets.batches import Feed
from solvers.nets.initial import initial
from solvers.nets.train import run_all, train
from solvers.nets.updates import update
from solvers.nets.wide import Stack
from tests.benchmarks.nets import NET, RULE, SETS

NETS = (1024, 4096, 16384, 65536, 262144)
CLOSE = {"float32": 1e-5, "float64": 1e-10}
SECONDS = 0.5
ROUNDS = 5
GATE_STEPS = 20


@dataclass(frozen=True)
class Engine:
    """All nets on all points as one stack: `step` makes one update of every net."""

    stack: Stack
    step: Op


def eager(points: str, nets: int, device: str, dtype: Dtype, library: Library = "torch") -> Engine:
    """One call of the library after the other."""
    space = Space(library, device, dtype)
    weights = initial(NET.sizes, range(nets))
    feed = Feed(space, *SETS[points], None, 0, range(nets))
    stack = Stack(NET, space, weights, feed.inputs, feed.targets)
    calls = [*stack.forward, *stack.backward, *update(stack, RULE)]
    return Engine(stack, lambda: run_all(calls))


def captured(engine: Engine) -> Engine:
    """The same calls recorded once and replayed as one launch; the buffers stay the same."""
    start = engine.stack.flat.clone()
    side = torch.cuda.Stream()
    side.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(side):  # libraries set themselves up outside of the recording
        for _ in range(3):
            engine.step()
    torch.cuda.current_stream().wait_stream(side)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        engine.step()
    engine.stack.flat.copy_(start)
    return Engine(engine.stack, graph.replay)


def apart(engine: Engine, points: str, dtype: Dtype) -> float:
    """How far 8 nets are from the numpy trainer's after a few steps, relative to the largest weight."""
    for _ in range(GATE_STEPS):
        engine.step()
    expected = train(
        NET, initial(NET.sizes, range(8)), *SETS[points], RULE, GATE_STEPS, dtype=dtype
    )
    found = [engine.stack.space.get(layer)[..., :8] for layer in engine.stack.weights]
    pairs = zip(found, expected.weights, strict=True)
    return float(max(abs(a - b).max() / abs(b).max() for a, b in pairs))


def rate(engine: Engine) -> float:
    """Nets times steps a second: the median of some rounds, after one to warm up."""
    on_gpu = engine.stack.space.device != "cpu"
    finished: Callable[[], Any] = torch.cuda.synchronize if on_gpu else lambda: None

    def seconds(steps: int) -> float:
        finished()
        began = time.perf_counter()
        for _ in range(steps):
            engine.step()
        finished()
        return time.perf_counter() - began

    seconds(3)
    steps = max(5, int(SECONDS / (seconds(5) / 5)))
    return engine.stack.nets * steps / statistics.median(seconds(steps) for _ in range(ROUNDS))


def on_the_cpu(points: str, dtype: Dtype) -> float:
    """The numpy trainer's rate with 8,192 nets, chunks and all."""
    weights = initial(NET.sizes, range(8192))
    steps = 200
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        train(NET, weights, *SETS[points], RULE, steps, dtype=dtype)
        times.append(time.perf_counter() - began)
    return 8192 * steps / statistics.median(times)


def measure(points: str, device: str, dtype: Dtype, counts: tuple[int, ...]) -> None:
    """A line for each number of nets, then the best one's."""
    cpu, best = on_the_cpu(points, dtype), (0.0, 0)
    print(f"{points}, {dtype}: numpy on the CPU {cpu:,.0f} nets x steps/s")
    for nets in counts:
        plain = eager(points, nets, device, dtype)
        checked(plain, points, dtype)
        slow = rate(plain)
        graph = captured(eager(points, nets, device, dtype))
        checked(graph, points, dtype)
        fast = rate(graph)
        best = max(best, (fast, nets), (slow, nets))
        print(
            f"{nets:>9} nets  eager {slow:>14,.0f}  graph {fast:>14,.0f} ({fast / slow:.1f} x eager)"
            f"  {max(fast, slow) / cpu:8.1f} x the CPU",
            flush=True,
        )
    print(
        f"  best with {best[1]:,} nets: {best[0]:,.0f} nets x steps/s, {best[0] / cpu:.1f} x the CPU"
    )


def checked(engine: Engine, points: str, dtype: Dtype) -> None:
    """`SystemExit` where the engine and the numpy trainer are apart."""
    if (gap := apart(engine, points, dtype)) > CLOSE[dtype]:
        raise SystemExit(f"{points}, {dtype}: the engine and the numpy trainer are {gap:.1e} apart")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--nets", type=int, nargs="*", default=NETS)
    chosen = parser.parse_args()
    if not torch.cuda.is_available():
        print("no GPU: torch finds no CUDA device, so CUDA graphs cannot be timed here")
        return
    torch.set_num_threads(1)
    print(torch.cuda.get_device_name(chosen.device))
    for dtype in CLOSE:
        for points in SETS:
            measure(points, chosen.device, dtype, tuple(chosen.nets))


if __name__ == "__main__":
    main()
