"""The steps of recurrent layers, forward, and backward through time by hand.

States and their gradients are [time, points, units, K]; inputs [time · points, inputs + 1, (K)].
"""

from __future__ import annotations

from typing import Any

from .arrays import Array, Op, Space
from .model import activate, back_through
from .products import projected, projected_gradient
from .recurrent import Cell, Recurrent


class Layer:
    """One direction: states h, their gradients, and those of the values before the gates."""

    def __init__(
        self,
        net: Recurrent,
        space: Space,
        inputs: Array,
        time: int,
        weights: list[Array],
        gradients: list[Array],
        reverse: bool,
    ) -> None:
        self.net, self.space, self.inputs = net, space, inputs
        self.time, self.points, self.reverse = time, int(inputs.shape[0]) // time, reverse
        self.units, self.nets = net.hidden, int(weights[0].shape[-1])
        self.input_weights, self.weights = weights
        self.input_gradient, self.gradient = gradients
        wide = int(self.weights.shape[1])
        self.values, self.deltas = self._over_time(wide), self._over_time(wide)
        self.product = self._buffer(wide)
        self.spare, self.other = self._buffer(self.units), self._buffer(self.units)
        self.before, self.after = self._states()
        self.before_deltas, self.after_deltas = self._states()
        self.memory_deltas = self.after_deltas
        self.passed = self.deltas  # what goes through the recurrent weights
        last = 0 if self.reverse else time - 1
        self.read, self.read_deltas = (
            array.reshape(-1, self.units, self.nets) if net.each else array[last]
            for array in (self.after, self.after_deltas)
        )
        self.order = list(range(time))[:: -1 if self.reverse else 1]

    def forward(self) -> list[Op]:
        """All steps."""
        flat = self.values.reshape(self.time * self.points, -1, self.nets)
        calls = [projected(self.space, self.inputs, self.input_weights, flat)]
        for t in self.order:
            rule = "pik,iok->pok"
            calls.append(self.space.contract(rule, self.before[t], self.weights, self.product))
            calls += self._step(t)
        return calls

    def backward(self) -> list[Op]:
        """All steps, the last one first; then the gradients of the weights."""
        calls: list[Op] = []
        for t in reversed(self.order):
            calls += [*self._back(t), *self._carry(t)]
        before, deltas, passed = (
            array.reshape(self.time * self.points, -1, self.nets)
            for array in (self.before, self.deltas, self.passed)
        )
        return [
            *calls,
            self.space.contract("pik,pok->iok", before, passed, self.gradient),
            projected_gradient(self.space, self.inputs, deltas, self.input_gradient),
        ]

    def _step(self, t: int) -> list[Op]:
        """h of step t from its values and the product."""
        after, kind = self.after[t], self.net.cell
        assert kind in ("tanh", "relu", "linear")
        add = self.space.call("add", self.values[t], self.product, out=after)
        return [add, *activate(self.space, kind, after, self.spare)]

    def _back(self, t: int) -> list[Op]:
        """The deltas of step t from ∂L/∂h."""
        kind, space = self.net.cell, self.space
        assert kind in ("tanh", "relu", "linear")
        given, made = self.after_deltas[t], self.deltas[t]
        return back_through(space, kind, self.after[t], given, self.spare, made)

    def _carry(self, t: int) -> list[Op]:
        """∂L/∂h of the step before: through the weights, and, with `each`, from its own readout."""
        into, space = self.before_deltas[t], self.space
        if not self.net.each:
            return [space.contract("pok,iok->pik", self.passed[t], self.weights, into)]
        return [
            space.contract("pok,iok->pik", self.passed[t], self.weights, self.other),
            space.call("add", into, self.other, out=into),
        ]

    def _buffer(self, units: int) -> Array:
        return self.space.full((self.points, units, self.nets))

    def _over_time(self, units: int, more: int = 0) -> Array:
        return self.space.full((self.time + more, self.points, units, self.nets))

    def _states(self) -> tuple[Array, Array]:
        """What each step starts from and what it makes, in one array whose first state stays 0."""
        states = self._over_time(self.units, 1)
        return (states[1:], states[:-1]) if self.reverse else (states[:-1], states[1:])

    def _gate(self, array: Array, number: int, more: int = 1) -> Array:
        return array[:, number * self.units : (number + more) * self.units]


class Lstm(Layer):
    """c ← f c + i g, h = o tanh(c); the values hold the gates i, f, o, g after the forward pass."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.memory_before, self.memory = self._states()
        self.bent = self._over_time(self.units)
        self.memory_deltas = self._over_time(self.units)

    def _step(self, t: int) -> list[Op]:
        space, call, values, spare = self.space, self.space.call, self.values[t], self.spare
        i, f, o, g = (self._gate(values, number) for number in range(4))
        c, bent = self.memory[t], self.bent[t]
        return [
            call("add", values, self.product, out=values),
            *space.sigmoid(self._gate(values, 0, 3)),
            *space.tanh(g),
            call("multiply", f, self.memory_before[t], out=c),
            call("multiply", i, g, out=spare),
            call("add", c, spare, out=c),
            call("add", c, space.zero, out=bent),
            *space.tanh(bent),
            call("multiply", o, bent, out=self.after[t]),
        ]

    def _back(self, t: int) -> list[Op]:
        call, space = self.space.call, self.space
        i, _, o, g = (self._gate(self.values[t], number) for number in range(4))
        di, df, do, dg = (self._gate(self.deltas[t], number) for number in range(4))
        h, c, bent = self.after_deltas[t], self.memory_deltas[t], self.bent[t]
        gates, gate_deltas, spares = (
            self._gate(array, 0, 3) for array in (self.values[t], self.deltas[t], self.product)
        )
        calls = [
            *back_through(space, "tanh", bent, h, c, c),
            call("multiply", c, o, out=c),
        ]
        if t != self.order[-1]:
            later = t - 1 if self.reverse else t + 1
            onward = self._gate(self.values[later], 1)
            calls += [
                call("multiply", self.memory_deltas[later], onward, out=self.spare),
                call("add", c, self.spare, out=c),
            ]
        return [
            *calls,
            call("multiply", c, g, out=di),
            call("multiply", c, self.memory_before[t], out=df),
            call("multiply", h, bent, out=do),
            *back_through(space, "sigmoid", gates, gate_deltas, spares, gate_deltas),
            *back_through(space, "tanh", g, i, self.spare, self.spare),
            call("multiply", self.spare, c, out=dg),
        ]


class Gru(Layer):
    """h ← (1 − u) n + u h with n = tanh(x-part + r · h-part); the values hold r, u, n."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.reset = self._over_time(self.units)  # the h-part of n before r
        self.passed = self._over_time(3 * self.units)

    def _step(self, t: int) -> list[Op]:
        space, call, spare = self.space, self.space.call, self.spare
        ru, n = self._gate(self.values[t], 0, 2), self._gate(self.values[t], 2)
        r, u = self._gate(self.values[t], 0), self._gate(self.values[t], 1)
        h, after = self.before[t], self.after[t]
        return [
            call("add", ru, self._gate(self.product, 0, 2), out=ru),
            *space.sigmoid(ru),
            call("add", self._gate(self.product, 2), space.zero, out=self.reset[t]),
            call("multiply", r, self.reset[t], out=spare),
            call("add", n, spare, out=n),
            *space.tanh(n),
            call("subtract", h, n, out=after),
            call("multiply", after, u, out=after),
            call("add", after, n, out=after),
        ]

    def _back(self, t: int) -> list[Op]:
        call, space, spare = self.space.call, self.space, self.spare
        r, u, n = (self._gate(self.values[t], number) for number in range(3))
        dr, du, dn = (self._gate(self.deltas[t], number) for number in range(3))
        delta, passed = self.after_deltas[t], self.passed[t]
        both = self._gate(self.deltas[t], 0, 2)
        two = self._gate(self.product, 0, 2)
        return [
            call("subtract", space.one, u, out=spare),
            call("multiply", spare, delta, out=dn),
            *back_through(space, "tanh", n, dn, spare, dn),
            call("multiply", dn, self.reset[t], out=dr),
            call("subtract", self.before[t], n, out=du),
            call("multiply", du, delta, out=du),
            *back_through(space, "sigmoid", self._gate(self.values[t], 0, 2), both, two, both),
            call("add", both, space.zero, out=self._gate(passed, 0, 2)),
            call("multiply", dn, r, out=self._gate(passed, 2)),
        ]

    def _carry(self, t: int) -> list[Op]:
        call, into, u = self.space.call, self.before_deltas[t], self._gate(self.values[t], 1)
        return [
            *super()._carry(t),
            call("multiply", self.after_deltas[t], u, out=self.spare),
            call("add", into, self.spare, out=into),
        ]


LAYERS: dict[Cell, type[Layer]] = {
    "tanh": Layer,
    "relu": Layer,
    "linear": Layer,
    "lstm": Lstm,
    "gru": Gru,
}
