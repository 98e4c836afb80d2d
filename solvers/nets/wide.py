"""K nets as one stacked computation: arrays [.., K], the nets' index innermost.

A step is a fixed list of calls on buffers made beforehand. A layer's weights and, as last row, its
biases are one array [fan_in + 1, fan_out, K]; the inputs carry a last feature of 1 to match, the hidden
layers do not, so that they stay contiguous.
"""

from __future__ import annotations

from .arrays import Array, Op, Space
from .model import Head, Net, activate, back_through
from .normalise import BatchNorm
from .products import projected, projected_gradient


class Stack:
    """K nets with their buffers, and the calls of a forward pass, a loss, and a backward pass

    With `like`, the weights are those of another stack: the same nets on other points, to be evaluated:
    no dropout, and batch norm by the running statistics, without noise. With `keep`, `deltas` are filled
    even where the gradients can do without them; with norm they are those before it.
    """

    def __init__(
        self,
        net: Net,
        space: Space,
        weights: list[Array],
        inputs: Array,
        targets: Array,
        like: Stack | None = None,
        keep: bool = False,
    ) -> None:
        self.net, self.space, self.keep = net, space, keep
        self.nets = int(weights[0].shape[-1])
        self.points = int(inputs.shape[0])
        weights = completed(net, weights)
        shapes = [tuple(layer.shape) for layer in weights]
        self.flat_gradient, self.gradients = self._flat(shapes)
        if like is None:
            self.flat, self.weights = self._flat(shapes)
            for mine, given in zip(self.weights, weights, strict=True):
                mine[...] = space.put(given)
        else:
            self.flat, self.weights = like.flat, like.weights
        self.inputs = inputs
        self.hidden = [self._buffer(size) for size in net.sizes[1:-1]]
        self.deltas = [self._buffer(size) for size in net.sizes[1:-1]]
        self.spares = [self._buffer(size) for size in net.sizes[1:-1]]
        self.masks = [
            space.full((self.points, size, self.nets), 1.0)
            for size in net.sizes[1:-1]
            if net.dropout and like is None
        ]
        self.after = [self._buffer(size) for size in net.sizes[1:-1]] if self.masks else self.hidden
        self.moves = [
            space.full((2, size, self.nets), 1.0)
            for size in net.sizes[1:-1]
            if net.norm_noise and like is None
        ]
        for factors_and_offsets in self.moves:  # nothing moves until a step's draws are put there
            factors_and_offsets[1] = 0.0
        self.norms = self._norms(like) if net.norm else []
        self.out, self.error = self._buffer(net.sizes[-1]), self._buffer(net.sizes[-1])
        self.head = Head(net, space, self.out, targets, self.error)
        self.forward = [*self._forward(), *self.head.prepare]
        self.backward = [*self.head.delta, *self._backward()]

    def _buffer(self, size: int) -> Array:
        return self.space.full((self.points, size, self.nets))

    def _norms(self, like: Stack | None) -> list[BatchNorm]:
        first = len(self.net.sizes) - 1
        return [
            BatchNorm(
                self.space,
                hidden,
                self.weights[first + layer],
                self.gradients[first + layer],
                self.net.norm_momentum,
                like.norms[layer] if like else None,
                self.moves[layer] if self.moves else None,
            )
            for layer, hidden in enumerate(self.hidden)
        ]

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
        calls = [projected(self.space, self.inputs, self.weights[0], [*self.hidden, self.out][0])]
        for layer, hidden in enumerate(self.hidden):
            calls += self.norms[layer].forward if self.norms else []
            calls += activate(self.space, self.net.activation, hidden, self.spares[layer])
            kept, weights = self.after[layer], self.weights[layer + 1]
            if self.masks:
                calls.append(self.space.call("multiply", hidden, self.masks[layer], out=kept))
            after = [*self.hidden, self.out][layer + 1]
            calls.append(self.space.contract("pik,iok->pok", kept, weights[:-1], after))
            calls.append(self.space.call("add", after, weights[-1], out=after))
        return calls

    def _backward(self) -> list[Op]:
        calls: list[Op] = []
        delta = self.error
        for layer in reversed(range(len(self.hidden))):
            hidden, gradient = self.after[layer], self.gradients[layer + 1]
            calls += [
                self.space.contract("pik,pok->iok", hidden, delta, gradient[:-1]),
                self.space.total(delta, 0, gradient[-1]),
            ]
            if layer == 0 and self._factors:
                return calls + self._factored()
            calls += self._back(layer, delta)
            delta = self.deltas[layer]
        calls.append(projected_gradient(self.space, self.inputs, delta, self.gradients[0]))
        return calls + [self._still(gradient[-1]) for gradient in self.gradients[: len(self.norms)]]

    def _still(self, row: Array) -> Op:
        """Batch norm takes a bias before it away again, so that it learns nothing but rounding."""
        return self.space.call("multiply", row, self.space.zero, out=row)

    def _back(self, layer: int, delta: Array) -> list[Op]:
        """∂L/∂z of a hidden layer from that of the layer after it."""
        weights, back, spare = self.weights[layer + 1], self.deltas[layer], self.spares[layer]
        calls = [self.space.contract("pok,iok->pik", delta, weights[:-1], back)]
        if self.masks:
            calls.append(self.space.call("multiply", back, self.masks[layer], out=back))
        values = self.hidden[layer]
        calls += back_through(self.space, self.net.activation, values, back, spare, back)
        return calls + (self.norms[layer].backward(back, spare) if self.norms else [])

    @property
    def _factors(self) -> bool:
        """Whether the one output's weights, the same for all points, can wait until these are summed."""
        one = len(self.hidden) == 1 and self.net.sizes[-1] == 1 and self.inputs.ndim == 2
        plain = not (self.keep or self.masks or self.norms)
        return one and plain and self.net.activation != "linear"

    def _factored(self) -> list[Op]:
        """Σ_p x δ w φ′ = w Σ_p x δ φ′, which spares one pass over all points and units."""
        spare, gradient, call = self.spares[0], self.gradients[0], self.space.call
        return [
            *back_through(
                self.space, self.net.activation, self.hidden[0], self.error, spare, spare
            ),
            projected_gradient(self.space, self.inputs, spare, gradient),
            call("multiply", gradient, self.weights[1][:-1, 0], out=gradient),
        ]


def completed(net: Net, weights: list[Array]) -> list[Array]:
    """With norm, and unless they are there: γ = 1 and β = 0, and no biases before it."""
    import numpy

    if not net.norm or len(weights) != len(net.sizes) - 1:
        return weights
    hidden = [numpy.array(layer) for layer in weights[:-1]]
    for layer in hidden:
        layer[-1] = 0.0
    affine = [numpy.stack([numpy.ones_like(b), b]) for b in (layer[-1] for layer in hidden)]
    return [*hidden, weights[-1], *affine]


def with_ones(inputs: Array) -> Array:
    """The same points with a last feature of 1, for the biases."""
    import numpy

    return numpy.concatenate([inputs, numpy.ones_like(inputs[:, :1])], axis=1)
