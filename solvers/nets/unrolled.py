"""K recurrent nets as one stacked computation, unrolled over the steps.

Sequences are [time, points, features] or, of each net's own, [time, points, features, K].
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .arrays import Array, Dtype, Library, Op, Space
from .cells import LAYERS
from .model import Head, Net
from .recurrent import Recurrent
from .stacked import CHUNK, Weighted, train_stacked
from .train import Run, run_all
from .updates import Optimiser
from .wide import with_ones


def train_recurrent(
    net: Recurrent,
    weights: list[Array],
    inputs: Array,
    targets: Array,
    optimiser: Optimiser,
    steps: int,
    *,
    target_loss: Any = None,
    record: Sequence[int] = (),
    held_out: Sequence[tuple[Array, Array]] = (),
    library: Library = "numpy",
    device: str | None = None,
    dtype: Dtype = "float64",
    chunk: int = CHUNK,
) -> Run:
    """Trains on all sequences at every step; targets [points, outputs, (K)], with `each` per step too"""
    _checked(net, weights, inputs, targets)
    return train_stacked(
        lambda space, own, x, y, like: Unrolled(net, space, own, x, y, like),
        weights,
        [(inputs, targets), *held_out],
        (3, 3 if net.each else 2),
        optimiser,
        steps,
        target_loss=target_loss,
        record=record,
        library=library,
        device=device,
        dtype=dtype,
        chunk=chunk,
    )


def through_time(
    net: Recurrent, weights: list[Array], inputs: Array, targets: Array
) -> tuple[Array, Array]:
    """∂L/∂h of every step [time, points, units, K], and ∂L/∂c (of an LSTM; else the same again)."""
    import numpy

    stack = Unrolled(net, Space(), weights, inputs, targets)
    with numpy.errstate(all="ignore"):
        run_all([*stack.forward, *stack.backward])
    layer = stack.layers[0]
    return stack.space.get(layer.after_deltas), stack.space.get(layer.memory_deltas)


class Unrolled(Weighted):
    """K nets on given sequences: all steps' buffers, and the calls forward and back through time."""

    def __init__(
        self,
        net: Recurrent,
        space: Space,
        weights: list[Array],
        inputs: Array,
        targets: Array,
        like: Weighted | None = None,
    ) -> None:
        super().__init__(space, weights, like)
        time, points = (int(size) for size in inputs.shape[:2])
        flat = with_ones(inputs.reshape(time * points, *inputs.shape[2:]))
        rows = time * points if net.each else points
        goal = targets.reshape(rows, *targets.shape[1 + net.each :])
        self.net, self.inputs = net, space.put(flat)
        self.layers = [
            LAYERS[net.cell](
                net,
                space,
                self.inputs,
                time,
                self.weights[place : place + 2],
                self.gradients[place : place + 2],
                place > 0,
            )
            for place in range(0, 2 * net.directions, 2)
        ]
        self.out, self.error = (space.full((rows, net.outputs, self.nets)) for _ in range(2))
        self.spare = space.full((rows, net.outputs, self.nets))
        head = Net((net.hidden, net.outputs), loss=net.loss)
        self.head = Head(head, space, self.out, space.put(_with_nets(goal, 3)), self.error)
        self.forward = [*self._forward(), *self.head.prepare]
        self.backward = [*self.head.delta, *self._backward()]

    def _forward(self) -> list[Op]:
        calls = [call for layer in self.layers for call in layer.forward()]
        space, weights = self.space, self.weights[-1]
        for number, layer in enumerate(self.layers):
            own = weights[number * self.net.hidden : (number + 1) * self.net.hidden]
            into = self.spare if number else self.out
            calls.append(space.contract("pik,iok->pok", layer.read, own, into))
            if number:
                calls.append(space.call("add", self.out, self.spare, out=self.out))
        return [*calls, space.call("add", self.out, weights[-1], out=self.out)]

    def _backward(self) -> list[Op]:
        space, weights, gradient = self.space, self.weights[-1], self.gradients[-1]
        calls = [space.total(self.error, 0, gradient[-1])]
        for number, layer in enumerate(self.layers):
            own = slice(number * self.net.hidden, (number + 1) * self.net.hidden)
            calls += [
                space.contract("pik,pok->iok", layer.read, self.error, gradient[own]),
                space.contract("pok,iok->pik", self.error, weights[own], layer.read_deltas),
                *layer.backward(),
            ]
        return calls


def _with_nets(array: Array, axes: int) -> Array:
    return array if array.ndim == axes else array[..., None]


def _checked(net: Recurrent, weights: list[Array], inputs: Array, targets: Array) -> None:
    nets = int(weights[0].shape[-1])
    wanted = net.shapes(nets)
    if (found := [tuple(layer.shape) for layer in weights]) != wanted:
        raise ValueError(f"weights must have the shapes {wanted}, found {found}")
    time, points = inputs.shape[:2]
    rows = (time, points) if net.each else (points,)
    for name, array, shape in (
        ("inputs", inputs, (time, points, net.inputs)),
        ("targets", targets, (*rows, net.outputs)),
    ):
        if tuple(array.shape) not in (shape, (*shape, nets)):
            raise ValueError(
                f"{name} must be {shape} or {(*shape, nets)}, found {tuple(array.shape)}"
            )
