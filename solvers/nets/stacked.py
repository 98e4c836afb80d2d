"""Training of stacked nets other than MLPs: whatever has weights, a forward and a backward list of calls."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import prod
from typing import Any, cast

from .arrays import Array, Dtype, Library, Op, Space
from .model import Head
from .train import Run, _Course, _cut, _joined, _padded
from .updates import Optimiser, update
from .wide import Stack

CHUNK = 256  # nets at once; the working set of one time step, or of one layer, stays in the cache


class Weighted:
    """Weights and gradients of K nets, each in one flat array; `like`: the same weights on other points."""

    flat: Array
    weights: list[Array]
    head: Head
    out: Array
    forward: list[Op]
    backward: list[Op]

    def __init__(self, space: Space, weights: Sequence[Array], like: Weighted | None) -> None:
        self.space, self.nets = space, int(weights[0].shape[-1])
        shapes = [tuple(layer.shape) for layer in weights]
        self.flat_gradient, self.gradients = self._flat(shapes)
        if like is not None:
            self.flat, self.weights = like.flat, like.weights
            return
        self.flat, self.weights = self._flat(shapes)
        for mine, given in zip(self.weights, weights, strict=True):
            mine[...] = space.put(given)

    def _flat(self, shapes: Sequence[tuple[int, ...]]) -> tuple[Array, list[Array]]:
        rows = [prod(shape[:-1]) for shape in shapes]
        flat = self.space.full((sum(rows), self.nets))
        starts = [sum(rows[:layer]) for layer in range(len(rows))]
        cuts = zip(starts, rows, shapes, strict=True)
        return flat, [flat[start : start + count].reshape(shape) for start, count, shape in cuts]


# space, weights, inputs, targets, the stack whose weights are shared
Build = Callable[[Space, list[Array], Array, Array, Any], Weighted]


def train_stacked(
    build: Build,
    weights: list[Array],
    sets: Sequence[tuple[Array, Array]],
    shared: tuple[int, int],
    optimiser: Optimiser,
    steps: int,
    *,
    target_loss: Any = None,
    record: Sequence[int] = (),
    library: Library = "numpy",
    device: str | None = None,
    dtype: Dtype = "float64",
    chunk: int = CHUNK,
) -> Run:
    """Trains on all points of the first set at every step; the other sets are held out

    `shared`: the number of axes of inputs and targets that are the same for all nets; one axis more is that
    of the nets. Net k comes out the same in any company of 2 or more.
    """
    import numpy

    nets, space = int(weights[0].shape[-1]), Space(library, device, dtype)
    rates, goals = (
        None if given is None else numpy.broadcast_to(given, (nets,))
        for given in (optimiser.rate, target_loss)
    )
    parts = []
    with numpy.errstate(all="ignore"):
        for start in range(0, nets, chunk):
            some = range(start, min(nets, start + chunk))
            own = _padded(some) if nets > 1 else numpy.arange(1)
            cut = [_chosen(pair, shared, own) for pair in sets]
            first = build(space, [layer[..., own] for layer in weights], *cut[0], None)
            held = [build(space, first.weights, *pair, first) for pair in cut[1:]]
            rule = replace(optimiser, rate=None if rates is None else rates[own])
            goal = None if goals is None else space.put(goals[own])
            stacks = cast("list[Stack]", [first, *held])
            course = _Course(stacks[0], stacks, goal, record)
            parts.append(_cut(course.run([], update(stacks[0], rule), steps), len(some)))
    return _joined(parts)


def _chosen(pair: tuple[Array, Array], shared: tuple[int, int], own: Array) -> tuple[Array, Array]:
    inputs, targets = (
        array[..., own] if array.ndim > axes else array
        for array, axes in zip(pair, shared, strict=True)
    )
    return inputs, targets
