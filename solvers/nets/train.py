"""`train`: K nets for so many steps, chunk by chunk, and what was seen on the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil
from typing import Any

from .arrays import Dtype, Library, Op, Space
from .batches import Feed
from .model import Net
from .updates import Optimiser, update
from .wide import Stack

Array = Any

# Bytes of one [points, hidden, chunk] buffer: it and its two likes stay near the second-level cache.
CHUNK_BYTES = 1 << 19
_LOOK = 16
_LANES = 16


@dataclass(frozen=True)
class Run:
    """After training: weights [fan_in + 1, fan_out, K] per layer, and what was watched

    `reached`: the number of updates after which the loss was first at most the target, −1 if never.
    `losses`: [len(record), K], the loss after so many updates. `outputs`: [points, outputs, K] at the end.
    """

    weights: list[Array]
    reached: Array
    losses: Array
    outputs: Array


def train(
    net: Net,
    weights: list[Array],
    inputs: Array,
    targets: Array,
    optimiser: Optimiser,
    steps: int,
    *,
    target_loss: Any = None,
    record: Sequence[int] = (),
    batch: int | None = None,
    seed: int = 0,
    first: int = 0,
    library: Library = "numpy",
    device: str | None = None,
    dtype: Dtype = "float64",
    chunk: int | None = None,
) -> Run:
    """Trains one net per last index of `weights`; inputs and targets are shared or have a third axis of nets

    With `batch`, each net walks through its own order of the points, drawn anew each epoch from (seed,
    net number counted from `first`); the last partial batch of an epoch is dropped. With `target_loss`
    (one, or one per net) a chunk ends when all its nets have been there.
    """
    import numpy

    nets, points = int(weights[0].shape[-1]), batch or len(inputs)
    _checked(net, weights, inputs, targets)
    rates = numpy.broadcast_to(optimiser.rate, (nets,))
    goals = None if target_loss is None else numpy.broadcast_to(target_loss, (nets,))
    plan = _Plan(net, Space(library, device, dtype), steps, tuple(record), batch, seed)
    parts = []
    with numpy.errstate(all="ignore"):
        for some in _chunks(max(net.sizes), points, nets, dtype, chunk):
            own = _padded(some) if nets > 1 else numpy.arange(1)
            rule = replace(optimiser, rate=rates[own])
            goal = None if goals is None else goals[own]
            x, y = (array[..., own] if array.ndim == 3 else array for array in (inputs, targets))
            numbers = range(first + some.start, first + some.start + len(own))
            run = plan.run([layer[..., own] for layer in weights], x, y, rule, goal, numbers)
            parts.append(_cut(run, len(some)))
    return _joined(parts)


@dataclass(frozen=True)
class _Plan:
    """What all chunks share."""

    net: Net
    space: Space
    steps: int
    record: tuple[int, ...]
    batch: int | None
    seed: int

    def run(
        self,
        weights: list[Array],
        inputs: Array,
        targets: Array,
        rule: Optimiser,
        goal: Any,
        numbers: range,
    ) -> Run:
        """Trains one chunk."""
        feed = Feed(self.space, inputs, targets, self.batch, self.seed, numbers)
        stack = Stack(self.net, self.space, weights, feed.inputs, feed.targets)
        whole = stack
        if self.batch is not None:
            everything = feed.all_inputs, feed.all_targets
            whole = Stack(self.net, self.space, weights, *everything, like=stack)
        limit = None if goal is None else self.space.put(goal)
        course = _Course(stack, whole, limit, self.record)
        return course.run(feed, update(stack, rule), self.steps)


def run_all(calls: Sequence[Op]) -> None:
    """Makes each call."""
    for call in calls:
        call()


class _Course:
    """One chunk's training."""

    def __init__(self, stack: Stack, whole: Stack, target_loss: Any, record: Sequence[int]) -> None:
        self.stack, self.whole = stack, whole
        self.target_loss, self.record = target_loss, set(record)
        self.last_record = max(record, default=-1)
        self.losses: list[Array] = []
        self.reached = stack.space.full((stack.nets,), -1.0)

    def run(self, feed: Feed, change: list[Op], steps: int) -> Run:
        """All steps, or until no net is under way any more."""
        stack, whole = self.stack, self.whole
        learn = [*stack.backward, *change]
        apart = stack is not whole
        for step in range(steps + 1):
            due = self.target_loss is not None or step in self.record
            if due or (step < steps and not apart):
                run_all(whole.forward)
            if due and self._look(step):
                break
            if step < steps:
                feed.next(step)
                if apart:
                    run_all(stack.forward)
                run_all(learn)
        return self._result()

    def _look(self, step: int) -> bool:
        """Writes down the loss; whether nothing remains to be seen."""
        run_all(self.whole.head.watch)
        loss = self.whole.head.loss
        if step in self.record:
            self.losses.append(self.whole.space.get(loss))
        if self.target_loss is None:
            return False
        self.reached[(loss <= self.target_loss) & (self.reached < 0)] = step
        if step % _LOOK or step < self.last_record:
            return False
        return not bool(((self.reached < 0) & self.stack.space.xp.isfinite(loss)).any())

    def _result(self) -> Run:
        import numpy

        get = self.stack.space.get
        run_all(self.whole.forward)
        losses = numpy.array(self.losses).reshape(-1, self.stack.nets)
        weights = [get(layer) for layer in self.stack.weights]
        return Run(weights, get(self.reached).astype(int), losses, get(self.whole.out))


def _chunks(width: int, points: int, nets: int, dtype: Dtype, chunk: int | None) -> Iterator[range]:
    """Runs of nets whose widest buffer takes about `CHUNK_BYTES`, all nearly equally long."""
    most = max(1, CHUNK_BYTES // (points * (width + 1) * (4 if dtype == "float32" else 8)))
    length = chunk or ceil(nets / max(1, round(nets / most)) / _LANES) * _LANES
    for start in range(0, nets, length):
        yield range(start, min(nets, start + length))


def _padded(some: range) -> Array:
    """The nets' numbers, the last one repeated up to whole SIMD registers

    A matrix product may round the columns beyond the last whole register otherwise. So net k comes out
    the same to the last bit for any number of nets and any chunk; a net all alone, the slow case, to
    a rounding.
    """
    import numpy

    count = ceil(len(some) / _LANES) * _LANES
    return numpy.minimum(numpy.arange(some.start, some.start + count), some.stop - 1)


def _cut(run: Run, nets: int) -> Run:
    weights = [layer[..., :nets] for layer in run.weights]
    return Run(weights, run.reached[:nets], run.losses[:, :nets], run.outputs[..., :nets])


def _joined(parts: list[Run]) -> Run:
    import numpy

    layers = zip(*(part.weights for part in parts), strict=True)
    return Run(
        [numpy.concatenate(layer, axis=-1) for layer in layers],
        numpy.concatenate([part.reached for part in parts]),
        numpy.concatenate([part.losses for part in parts], axis=-1),
        numpy.concatenate([part.outputs for part in parts], axis=-1),
    )


def _checked(net: Net, weights: list[Array], inputs: Array, targets: Array) -> None:
    nets = int(weights[0].shape[-1])
    wanted = [(a + 1, b, nets) for a, b in pairwise(net.sizes)]
    if (found := [tuple(layer.shape) for layer in weights]) != wanted:
        raise ValueError(f"weights must have the shapes {wanted}, found {found}")
    for name, array, size in (
        ("inputs", inputs, net.sizes[0]),
        ("targets", targets, net.sizes[-1]),
    ):
        shape = tuple(array.shape)
        if shape not in ((len(inputs), size), (len(inputs), size, nets)):
            raise ValueError(
                f"{name} must be [points, {size}] or [points, {size}, {nets}], found {shape}"
            )
