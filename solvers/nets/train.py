"""`train`: K nets for so many steps, chunk by chunk, and what was seen on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from math import ceil
from typing import Any

from .arrays import Dtype, Library, Op, Space
from .batches import Feed, Masks, Moves
from .model import Net
from .updates import Optimiser, update
from .wide import Stack, completed, with_ones

Array = Any

# Bytes of one [points, hidden, chunk] buffer: it and its likes stay in the caches.
CHUNK_BYTES = 1 << 20
# A GPU is kept busy by many nets at once, and has no such cache to stay in.
GPU_CHUNK_BYTES = 1 << 30
_LOOK = 16
_LANES = 16


@dataclass(frozen=True)
class Run:
    """After training: weights [fan_in + 1, fan_out, K] per layer, and what was watched

    `reached`: the number of updates after which the loss was first at most the target, −1 if never.
    `losses`: [len(record), K], the loss after so many updates. `outputs`: [points, outputs, K] at the end.
    `held_losses` and `held_outputs`: the same of each held-out set.
    """

    weights: list[Array]
    reached: Array
    losses: Array
    outputs: Array
    held_losses: list[Array]
    held_outputs: list[Array]


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
    jitter: float = 0.0,
    held_out: Sequence[tuple[Array, Array]] = (),
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
    (one, or one per net) a chunk ends when all its nets have been there. `jitter` moves each input of each
    step by its own uniform draw from ±jitter. Losses and outputs are those of evaluation: all points, no
    jitter, no dropout, batch norm by the running statistics.
    """
    import numpy

    nets, points = int(weights[0].shape[-1]), batch or len(inputs)
    weights = completed(net, weights)
    for some_inputs, some_targets in ((inputs, targets), *held_out):
        _checked(net, weights, some_inputs, some_targets)
    if net.norm and points < 2:
        raise ValueError("batch must be at least 2 with norm: one point has no variance")
    rates, decays = (
        numpy.broadcast_to(given, (nets,)) for given in (optimiser.rate, optimiser.decay)
    )
    goals = None if target_loss is None else numpy.broadcast_to(target_loss, (nets,))
    plan = _Plan(net, Space(library, device, dtype), steps, tuple(record), batch, jitter, seed)
    parts = []
    with numpy.errstate(all="ignore"):
        for some in _chunks(max(net.sizes), points, nets, plan.space, chunk):
            own = _padded(some) if nets > 1 else numpy.arange(1)
            rule = replace(optimiser, rate=rates[own], decay=decays[own])
            goal = None if goals is None else goals[own]
            sets = [
                tuple(array[..., own] if array.ndim == 3 else array for array in pair)
                for pair in ((inputs, targets), *held_out)
            ]
            numbers = range(first + some.start, first + some.start + len(own))
            run = plan.run([layer[..., own] for layer in weights], sets, rule, goal, numbers)
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
    jitter: float
    seed: int

    def run(
        self,
        weights: list[Array],
        sets: list[tuple[Array, ...]],
        rule: Optimiser,
        goal: Any,
        numbers: range,
    ) -> Run:
        """Trains one chunk on the first set; the others are held out."""
        x, y = sets[0]
        feed = Feed(self.space, x, y, self.batch, self.seed, numbers, self.jitter)
        stack = Stack(self.net, self.space, weights, feed.inputs, feed.targets)
        feeds: list[Feed | Masks | Moves] = [feed] if self.batch is not None or self.jitter else []
        feeds += [Masks(stack, self.seed, numbers)] if stack.masks else []
        feeds += [Moves(stack, self.seed, numbers)] if stack.moves else []
        whole = stack
        if feeds or self.net.norm:
            everything = feed.all_inputs, feed.all_targets
            whole = Stack(self.net, self.space, weights, *everything, like=stack)
        held = [self._evaluated(stack, *pair) for pair in sets[1:]]
        limit = None if goal is None else self.space.put(goal)
        course = _Course(stack, [whole, *held], limit, self.record)
        return course.run(feeds, update(stack, rule), self.steps)

    def _evaluated(self, stack: Stack, inputs: Array, targets: Array) -> Stack:
        goal = targets if targets.ndim == 3 else targets[..., None]
        points = self.space.put(with_ones(inputs)), self.space.put(goal)
        return Stack(self.net, self.space, stack.weights, *points, like=stack)


def run_all(calls: Sequence[Op]) -> None:
    """Makes each call."""
    for call in calls:
        call()


class _Course:
    """One chunk's training; the first of the sets that are watched is the training set."""

    def __init__(
        self, stack: Stack, watched: list[Stack], target_loss: Any, record: Sequence[int]
    ) -> None:
        self.stack, self.watched, self.whole = stack, watched, watched[0]
        self.target_loss, self.record = target_loss, set(record)
        self.last_record = max(record, default=-1)
        self.losses: list[list[Array]] = [[] for _ in watched]
        self.reached = stack.space.full((stack.nets,), -1.0)

    def run(self, feeds: Sequence[Feed | Masks | Moves], change: list[Op], steps: int) -> Run:
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
                for feed in feeds:
                    feed.next(step)
                if apart:
                    run_all(stack.forward)
                run_all(learn)
        return self._result()

    def _look(self, step: int) -> bool:
        """Writes down the losses; whether nothing remains to be seen."""
        run_all(self.whole.head.watch)
        loss = self.whole.head.loss
        if step in self.record:
            for other in self.watched[1:]:
                run_all([*other.forward, *other.head.watch])
            for losses, one in zip(self.losses, self.watched, strict=True):
                losses.append(one.space.get(one.head.loss))
        if self.target_loss is None:
            return False
        self.reached[(loss <= self.target_loss) & (self.reached < 0)] = step
        if step % _LOOK or step < self.last_record:
            return False
        return not bool(((self.reached < 0) & self.stack.space.xp.isfinite(loss)).any())

    def _result(self) -> Run:
        import numpy

        get = self.stack.space.get
        for one in self.watched:
            run_all(one.forward)
        losses = [numpy.array(some).reshape(-1, self.stack.nets) for some in self.losses]
        outputs = [get(one.out) for one in self.watched]
        weights = [get(layer) for layer in self.stack.weights]
        reached = get(self.reached).astype(int)
        return Run(weights, reached, losses[0], outputs[0], losses[1:], outputs[1:])


def stopping(losses: Array, patience: int) -> Array:
    """For each net the record of the lowest loss before `patience` records in a row brought no lower one

    losses: [records, K].   [Prechelt 1998]
    """
    import numpy

    best, place = losses[0].copy(), numpy.zeros(losses.shape[1], dtype=int)
    for number, seen in enumerate(losses[1:], 1):
        lower = (seen < best) & (number - place <= patience)
        best, place = numpy.where(lower, seen, best), numpy.where(lower, number, place)
    return place


def _chunks(width: int, points: int, nets: int, space: Space, chunk: int | None) -> Iterator[range]:
    """Runs of nets whose widest buffer takes about as many bytes as suit the device, nearly equally long."""
    room = (CHUNK_BYTES if space.device == "cpu" else GPU_CHUNK_BYTES) // space.one.itemsize
    most = max(1, room // (points * (width + 1)))
    length = chunk or ceil(nets / max(1, round(nets / most)) / _LANES) * _LANES
    for start in range(0, nets, length):
        yield range(start, min(nets, start + length))


def _padded(some: range) -> Array:
    """The nets' numbers, the last one repeated up to whole SIMD registers

    A matrix product may round the columns beyond the last whole register otherwise. So net k mostly comes
    out the same to the last bit for any number of nets and any chunk, and to a rounding where a library's
    kernel depends on the matrix's width.
    """
    import numpy

    count = ceil(len(some) / _LANES) * _LANES
    return numpy.minimum(numpy.arange(some.start, some.start + count), some.stop - 1)


def _cut(run: Run, nets: int) -> Run:
    return _over([run], lambda arrays: arrays[0][..., :nets])


def _joined(parts: list[Run]) -> Run:
    import numpy

    return _over(parts, lambda arrays: numpy.concatenate(arrays, axis=-1))


def _over(parts: list[Run], change: Callable[[list[Array]], Array]) -> Run:
    """A run whose arrays are made from the same arrays of the parts."""
    made: dict[str, Any] = {}
    for field in fields(Run):
        values = [getattr(part, field.name) for part in parts]
        if isinstance(values[0], list):
            made[field.name] = [change(list(arrays)) for arrays in zip(*values, strict=True)]
        else:
            made[field.name] = change(values)
    return Run(**made)


def _checked(net: Net, weights: list[Array], inputs: Array, targets: Array) -> None:
    nets = int(weights[0].shape[-1])
    wanted = net.shapes(nets)
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
