"""K small 1-D convolutional nets as one stacked computation: convolution, pooling, one dense layer.

Inputs are [points, length, channels] or, of each net's own, [points, length, channels, K]. Weights: the
filters [kernel · channels + 1, filters, K] (biases last), without sharing one such array per position, and
the dense layer [blocks · filters + 1, outputs, K].
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any, Literal, get_args

from .arrays import Array, Dtype, Library, Op, Space
from .model import Activation, Head, Loss, Net, activate, back_through
from .products import projected, projected_gradient
from .random import uniforms
from .stacked import CHUNK, Weighted, train_stacked
from .train import Run, run_all
from .updates import Optimiser

Padding = Literal["valid", "zero", "cyclic"]
Pool = Literal["none", "average", "max"]


@dataclass(frozen=True)
class Convolutional:
    """Filters of stride 1, `activation`, pooling over blocks side by side, a dense layer

    `zero` and `cyclic` padding keep the length. `window` None pools over all positions. Without `sharing`
    each position has filters of its own.
    """

    length: int
    channels: int = 1
    filters: int = 4
    kernel: int = 3
    outputs: int = 1
    padding: Padding = "valid"
    activation: Activation = "relu"
    pool: Pool = "none"
    window: int | None = None
    loss: Loss = "squares"
    sharing: bool = True

    def __post_init__(self) -> None:
        for name, kinds in (("padding", Padding), ("pool", Pool), ("activation", Activation)):
            if (found := getattr(self, name)) not in get_args(kinds):
                raise ValueError(f"{name} must be one of {get_args(kinds)}, found {found!r}")
        if not 1 <= self.kernel <= self.length or not self.kernel % 2:
            raise ValueError(f"kernel must be odd and at most {self.length}, found {self.kernel}")
        if self.positions % self.block:
            raise ValueError(f"window must divide {self.positions}, found {self.block}")

    @property
    def positions(self) -> int:
        """Where the kernel lies."""
        return self.length - self.kernel + 1 if self.padding == "valid" else self.length

    @property
    def block(self) -> int:
        """Positions pooled into one."""
        if self.pool == "none":
            return 1
        return self.positions if self.window is None else self.window

    @property
    def features(self) -> int:
        """What the dense layer sees."""
        return self.positions // self.block * self.filters

    def shapes(self, nets: int) -> list[tuple[int, ...]]:
        """The shapes of its weights."""
        one = (self.kernel * self.channels + 1, self.filters, nets)
        return [
            one if self.sharing else (self.positions, *one),
            (self.features + 1, self.outputs, nets),
        ]


def first_filters(net: Convolutional, nets: range, seed: int = 0) -> list[Array]:
    """Uniform ±1/√fan_in with biases alike (torch's rule); without sharing all positions start alike."""
    import numpy

    layers = []
    shared = (net.kernel * net.channels + 1, net.filters), (net.features + 1, net.outputs)
    for number, shape in enumerate(shared):
        drawn = uniforms(seed, f"filters {number}", nets, shape)
        layers.append((2 * drawn - 1) / sqrt(shape[0] - 1))
    if not net.sharing:
        layers[0] = numpy.repeat(layers[0][None], net.positions, axis=0)
    return layers


def train_convolutional(
    net: Convolutional,
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
    """Trains on all points at every step; targets [points, outputs, (K)]"""
    return train_stacked(
        lambda space, own, x, y, like: Filtered(net, space, own, x, y, like),
        weights,
        [(inputs, targets), *held_out],
        (3, 2),
        optimiser,
        steps,
        target_loss=target_loss,
        record=record,
        library=library,
        device=device,
        dtype=dtype,
        chunk=chunk,
    )


def feature_maps(net: Convolutional, weights: list[Array], inputs: Array) -> tuple[Array, Array]:
    """After the activation [points, positions, filters, K], and after pooling [points, blocks, filters, K]"""
    import numpy

    targets = numpy.zeros((len(inputs), net.outputs))
    stack = Filtered(net, Space(), weights, inputs, targets)
    run_all(stack.forward)
    shape = (len(inputs), -1, net.filters, stack.nets)
    hidden, pooled = (stack.space.get(array) for array in (stack.hidden, stack.pooled))
    return hidden.reshape(shape), pooled.reshape(shape)


def windows(net: Convolutional, inputs: Array) -> Array:
    """What the kernel sees, position by position, with a last 1: [points, positions, k · c + 1, (K)]"""
    import numpy

    if net.padding != "valid":
        edge = net.kernel // 2
        pads = [(0, 0), (edge, edge), *[(0, 0)] * (inputs.ndim - 2)]
        mode: Any = "wrap" if net.padding == "cyclic" else "constant"
        inputs = numpy.pad(inputs, pads, mode=mode)
    parts = [inputs[:, start : start + net.positions] for start in range(net.kernel)]
    return numpy.concatenate([*parts, numpy.ones_like(parts[0][:, :, :1])], axis=2)


class Filtered(Weighted):
    """K nets on given points: their buffers, and the calls of a pass forward and back."""

    def __init__(
        self,
        net: Convolutional,
        space: Space,
        weights: list[Array],
        inputs: Array,
        targets: Array,
        like: Weighted | None = None,
    ) -> None:
        super().__init__(space, weights, like)
        self.net, self.points = net, len(inputs)
        seen = windows(net, inputs)
        if net.sharing:
            seen = seen.reshape(-1, *seen.shape[2:])
        self.inputs = space.put(seen)
        rows, blocks = self.points * net.positions, net.positions // net.block
        self.hidden, self.deltas, self.spare = (
            space.full((rows, net.filters, self.nets)) for _ in range(3)
        )
        self.pooled, self.pooled_deltas = self.hidden, self.deltas
        if net.pool != "none":
            shape = (self.points * blocks, net.filters, self.nets)
            self.pooled, self.pooled_deltas = space.full(shape), space.full(shape)
        self.out, self.error = (space.full((self.points, net.outputs, self.nets)) for _ in range(2))
        goal = targets if targets.ndim == 3 else targets[..., None]
        head = Net((net.features, net.outputs), loss=net.loss)
        self.head = Head(head, space, self.out, space.put(goal), self.error)
        self.forward = [*self._forward(), *self.head.prepare]
        self.backward = [*self.head.delta, *self._backward()]

    def _forward(self) -> list[Op]:
        space, (filters, dense) = self.space, self.weights
        seen = self.pooled.reshape(self.points, -1, self.nets)
        return [
            self._filtered(filters),
            *activate(space, self.net.activation, self.hidden, self.spare),
            *self._pool(),
            space.contract("pik,iok->pok", seen, dense[:-1], self.out),
            space.call("add", self.out, dense[-1], out=self.out),
        ]

    def _backward(self) -> list[Op]:
        space, error, dense = self.space, self.error, self.weights[1]
        seen, back = (
            array.reshape(self.points, -1, self.nets) for array in (self.pooled, self.pooled_deltas)
        )
        return [
            space.contract("pik,pok->iok", seen, error, self.gradients[1][:-1]),
            space.total(error, 0, self.gradients[1][-1]),
            space.contract("pok,iok->pik", error, dense[:-1], back),
            *self._unpool(),
            *back_through(
                space, self.net.activation, self.hidden, self.deltas, self.spare, self.deltas
            ),
            self._filters_gradient(self.gradients[0]),
        ]

    def _filtered(self, filters: Array) -> Op:
        if self.net.sharing:
            return projected(self.space, self.inputs, filters, self.hidden)
        rule = "ptik,tiok->ptok" if self.inputs.ndim == 4 else "pti,tiok->ptok"
        return self.space.contract(rule, self.inputs, filters, self._by_position(self.hidden))

    def _filters_gradient(self, gradient: Array) -> Op:
        if self.net.sharing:
            return projected_gradient(self.space, self.inputs, self.deltas, gradient)
        rule = "ptik,ptok->tiok" if self.inputs.ndim == 4 else "pti,ptok->tiok"
        return self.space.contract(rule, self.inputs, self._by_position(self.deltas), gradient)

    def _pool(self) -> list[Op]:
        if self.net.pool == "none":
            return []
        if self.net.pool == "max":
            return [self.space.largest(self._blocks(self.hidden), 1, self.pooled)]
        mean = self.space.call("multiply", self.pooled, 1.0 / self.net.block, out=self.pooled)
        return [self.space.total(self._blocks(self.hidden), 1, self.pooled), mean]

    def _unpool(self) -> list[Op]:
        """The average hands back to all alike; the maximum to where it was found."""
        if self.net.pool == "none":
            return []
        call, one = self.space.call, self.space.one
        deltas, spare = self._blocks(self.deltas), self._blocks(self.spare)
        back = self.pooled_deltas[:, None]
        if self.net.pool == "average":
            share = self.space.put(1.0 / self.net.block)
            return [
                call("multiply", self.pooled_deltas, share, out=self.pooled_deltas),
                call("add", back, self.space.full(tuple(deltas.shape)), out=deltas),
            ]
        return [
            call("subtract", self.pooled[:, None], self._blocks(self.hidden), out=spare),
            call("sign", spare, out=spare),
            call("subtract", one, spare, out=spare),
            call("multiply", back, spare, out=deltas),
        ]

    def _blocks(self, array: Array) -> Array:
        return array.reshape(-1, self.net.block, self.net.filters, self.nets)

    def _by_position(self, array: Array) -> Array:
        return array.reshape(self.points, self.net.positions, self.net.filters, self.nets)
