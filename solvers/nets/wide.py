"""K nets as one stacked computation: arrays [.., K], the nets' index innermost.

A step is a fixed list of calls on buffers made beforehand. The nets' inputs carry a last feature of 1,
so that a layer's weights and biases are one array [fan_in + 1, fan_out, K].
"""

from __future__ import annotations

from .arrays import Array, Op, Space
from .model import Head, Net, activate, slope


class Stack:
    """K nets with their buffers, and the calls of a forward pass, a loss, and a backward pass

    With `like`, the weights are those of another stack: the same nets, on other points.
    """

    def __init__(
        self,
        net: Net,
        space: Space,
        weights: list[Array],
        inputs: Array,
        targets: Array,
        like: Stack | None = None,
    ) -> None:
        self.net, self.space = net, space
        self.nets = int(weights[0].shape[-1])
        self.points = int(inputs.shape[0])
        shapes = [tuple(layer.shape) for layer in weights]
        self.flat_gradient, self.gradients = self._flat(shapes)
        if like is None:
            self.flat, self.weights = self._flat(shapes)
            for mine, given in zip(self.weights, weights, strict=True):
                mine[...] = space.put(given)
        else:
            self.flat, self.weights = like.flat, like.weights
        self.inputs = inputs
        self.hidden = [self._buffer(size + 1, 1.0) for size in net.sizes[1:-1]]
        self.deltas = [self._buffer(size) for size in net.sizes[1:-1]]
        self.spares = [self._buffer(size) for size in net.sizes[1:-1]]
        self.out, self.error = self._buffer(net.sizes[-1]), self._buffer(net.sizes[-1])
        self.head = Head(net, space, self.out, targets, self.error)
        self.forward = [*self._forward(), *self.head.prepare]
        self.backward = [*self.head.delta, *self._backward()]

    def _buffer(self, size: int, value: float = 0.0) -> Array:
        return self.space.full((self.points, size, self.nets), value)

    def _flat(self, shapes: list[tuple[int, ...]]) -> tuple[Array, list[Array]]:
        rows = [fan_in * fan_out for fan_in, fan_out, _ in shapes]
        flat = self.space.full((sum(rows), self.nets))
        starts = [sum(rows[:layer]) for layer in range(len(rows))]
        parts = [
            flat[start : start + count].reshape(shape)
            for start, count, shape in zip(starts, rows, shapes, strict=True)
        ]
        return flat, parts

    def _forward(self) -> list[Op]:
        calls: list[Op] = []
        before = self.inputs
        for layer, weights in enumerate(self.weights):
            last = layer == len(self.hidden)
            after = self.out if last else self.hidden[layer][:, :-1]
            calls += self._affine(before, weights, after)
            if not last:
                name, spare = self.net.activation, self.spares[layer]
                calls += activate(self.space, name, after, spare)
                before = self.hidden[layer]
        return calls

    def _affine(self, before: Array, weights: Array, after: Array) -> list[Op]:
        if before.ndim == 3:
            return [self.space.contract("pik,iok->pok", before, weights, after)]
        rows = weights.reshape(weights.shape[0], -1)
        if after is self.out:
            return [self.space.call("matmul", before, rows, out=after.reshape(self.points, -1))]
        whole = self.hidden[0].reshape(self.points, -1)
        return [self.space.call("matmul", before, rows, out=whole[:, : rows.shape[1]])]

    def _backward(self) -> list[Op]:
        calls: list[Op] = []
        delta = self.error
        for layer in reversed(range(len(self.weights))):
            before = self.hidden[layer - 1] if layer else self.inputs
            calls += self._gradient(before, delta, self.gradients[layer])
            if layer:
                weights, spare = self.weights[layer][:-1], self.spares[layer - 1]
                back = self.deltas[layer - 1]
                calls.append(self.space.contract("pok,iok->pik", delta, weights, back))
                calls += slope(self.space, self.net.activation, before[:, :-1], back, spare)
                delta = back
        return calls

    def _gradient(self, before: Array, delta: Array, gradient: Array) -> list[Op]:
        if before.ndim == 3:
            return [self.space.contract("pik,pok->iok", before, delta, gradient)]
        rows = delta.reshape(self.points, -1)
        return [
            self.space.call("matmul", before.T, rows, out=gradient.reshape(before.shape[1], -1))
        ]


def with_ones(inputs: Array) -> Array:
    """The same points with a last feature of 1, for the biases."""
    import numpy

    return numpy.concatenate([inputs, numpy.ones_like(inputs[:, :1])], axis=1)
