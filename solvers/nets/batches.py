"""What a step sees: all points or each net's next batch of its own order; jitter; masks; moved units."""

from __future__ import annotations

from typing import Any

from .arrays import Op, Space
from .noise import Noise
from .random import orders
from .wide import Stack, with_ones

Array = Any


class Feed:
    """Inputs with their last feature of 1, and targets, as buffers that `next` refills."""

    def __init__(
        self,
        space: Space,
        inputs: Array,
        targets: Array,
        batch: int | None,
        seed: int,
        nets: range,
        jitter: float = 0.0,
    ) -> None:
        self.space, self.batch, self.seed, self.nets = space, batch, seed, nets
        self.jitter, self.noise = jitter, Noise(space, seed, "jitter", nets)
        self.points = int(inputs.shape[0])
        self.all_inputs = space.put(with_ones(inputs))
        self.all_targets = space.put(targets if targets.ndim == 3 else targets[..., None])
        self.inputs, self.targets = self.all_inputs, self.all_targets
        self.fill: list[Op] = []
        if batch is not None:
            if not 1 <= batch <= self.points:
                raise ValueError(f"batch must be from 1 to {self.points}, found {batch}")
            self.per_epoch = self.points // batch
            self.inputs, self.places = self._buffers(self.all_inputs)
            self.targets, self.target_places = self._buffers(self.all_targets)
            self.fill = [
                space.take(self.all_inputs, self.places, self.inputs),
                space.take(self.all_targets, self.target_places, self.targets),
            ]
        elif jitter:
            whole = self.all_inputs if self.all_inputs.ndim == 3 else self.all_inputs[..., None]
            self.inputs = space.full((*self.all_inputs.shape[:2], len(nets)))
            every = space.full((len(nets),), 1.0)
            self.fill = [space.call("multiply", whole, every, out=self.inputs)]

    def next(self, step: int) -> None:
        """Puts the points of this step into the buffers."""
        if self.batch is not None:
            self._choose(step, self.batch)
        for call in self.fill:
            call()
        if self.jitter:
            self.noise.shift(step, self.jitter, self.inputs)

    def _choose(self, step: int, batch: int) -> None:
        epoch, part = divmod(step, self.per_epoch)
        if part == 0:
            self.order = orders(self.seed, f"order {epoch}", self.nets, self.points)
        rows = self.order[part * batch : (part + 1) * batch]
        self._point(self.places, self.all_inputs, rows)
        self._point(self.target_places, self.all_targets, rows)

    def _buffers(self, source: Array) -> tuple[Array, Array]:
        shape = (self.batch or 0, int(source.shape[1]), len(self.nets))
        xp = self.space.xp
        where = {} if self.space.library == "numpy" else {"device": self.space.device}
        return self.space.full(shape), xp.zeros(shape, dtype=xp.int64, **where)

    def _point(self, places: Array, source: Array, rows: Array) -> None:
        """The flat places of the rows' elements in `source`, whose nets are shared, or each its own."""
        import numpy

        features, copies = int(source.shape[1]), int(source.shape[2]) if source.ndim == 3 else 1
        start = rows[:, None, :] * features + numpy.arange(features)[:, None]
        flat = start * copies + (numpy.arange(len(self.nets)) if copies > 1 else 0)
        if self.space.library == "numpy":
            places[...] = flat
        else:
            places.copy_(self.space.xp.from_numpy(flat))


class Masks:
    """Dropout: which hidden units a step keeps, for each net and point its own."""

    def __init__(self, stack: Stack, seed: int, nets: range) -> None:
        self.stack, self.rate = stack, stack.net.dropout
        self.noises = [
            Noise(stack.space, seed, f"mask {layer}", nets) for layer in range(len(stack.masks))
        ]

    def next(self, step: int) -> None:
        """Puts the masks of this step into the stack."""
        for noise, mask in zip(self.noises, self.stack.masks, strict=True):
            noise.drop(step, self.rate, mask)


class Moves:
    """Noise after batch norm: by how much a step scales and shifts each unit of each net."""

    def __init__(self, stack: Stack, seed: int, nets: range) -> None:
        self.stack, self.limit = stack, stack.net.norm_noise
        self.noises = [
            Noise(stack.space, seed, f"moves {layer}", nets) for layer in range(len(stack.moves))
        ]

    def next(self, step: int) -> None:
        """Puts the factors and offsets of this step into the stack."""
        for noise, moves in zip(self.noises, self.stack.moves, strict=True):
            noise.move(step, self.limit, moves)
