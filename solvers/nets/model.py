"""What a net is: its layers, its activation, its head and its loss; and the calls that they cost."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any, Literal, get_args

from .arrays import Array, Op, Space

# `centred_sigmoid` is σ(z) − 1/2 = tanh(z/2)/2; `raised_tanh` is tanh z + 1 = 2 σ(2z): between them they tell
# what tanh owes to its slope of 1 at 0, and what to its outputs' mean of 0.
Activation = Literal[
    "tanh", "sigmoid", "relu", "leaky_relu", "linear", "centred_sigmoid", "raised_tanh"
]
Output = Literal["linear", "sigmoid", "tanh"]
Loss = Literal["squares", "cross_entropy"]

LEAK = 0.01
NORM_EPSILON = 1e-5


@dataclass(frozen=True)
class Net:
    """An MLP: `activation` after each hidden layer, `output` after the last

    `squares` is the mean of (output − target)² over points and outputs; `cross_entropy` takes the last
    layer's values as logits (one: sigmoid; several: softmax) and is the mean over points. In a hidden
    layer, batch norm (`norm`) precedes the activation, dropout of that rate follows it. With `norm_noise`
    s each training step multiplies what batch norm makes of a unit by e^u and adds v, both drawn from ±s.
    """

    sizes: tuple[int, ...]
    activation: Activation = "tanh"
    output: Output = "linear"
    loss: Loss = "squares"
    dropout: float = 0.0
    norm: bool = False
    norm_momentum: float = 0.1
    norm_noise: float = 0.0

    def __post_init__(self) -> None:
        if len(self.sizes) < 2 or min(self.sizes) < 1:
            raise ValueError(f"sizes must be two or more widths above 0, found {self.sizes}")
        for name, kinds in (("activation", Activation), ("output", Output), ("loss", Loss)):
            if (found := getattr(self, name)) not in get_args(kinds):
                raise ValueError(f"{name} must be one of {get_args(kinds)}, found {found!r}")
        if self.loss == "cross_entropy" and self.output != "linear":
            raise ValueError(f"cross_entropy takes logits: output linear, found {self.output!r}")
        if not 0 <= self.dropout < 1:
            raise ValueError(f"dropout must be in [0, 1), found {self.dropout}")
        if self.norm_noise < 0 or (self.norm_noise and not self.norm):
            raise ValueError(f"norm_noise must be 0, or with norm above it: {self.norm_noise}")

    def shapes(self, nets: int) -> list[tuple[int, int, int]]:
        """[fan_in + 1, fan_out, nets] per layer; with norm then γ and β [2, width, nets] per hidden one"""
        linear = [(a + 1, b, nets) for a, b in pairwise(self.sizes)]
        return linear + [(2, width, nets) for width in self.sizes[1:-1] if self.norm]


def activate(space: Space, name: Activation, values: Array, spare: Array) -> list[Op]:
    """Applies the activation in place."""
    call = space.call
    if name == "tanh":
        return space.tanh(values)
    if name == "sigmoid":
        return space.sigmoid(values)
    if name == "centred_sigmoid":
        return [*space.sigmoid(values), call("subtract", values, space.half, out=values)]
    if name == "raised_tanh":
        return [*space.tanh(values), call("add", values, space.one, out=values)]
    if name == "relu":
        return [call("maximum", values, space.zero, out=values)]
    if name == "leaky_relu":
        return [
            call("multiply", values, LEAK, out=spare),
            call("maximum", values, spare, out=values),
        ]
    return []


def back_through(
    space: Space, name: Activation, values: Array, delta: Array, spare: Array, out: Array
) -> list[Op]:
    """out = δ φ′(z), with φ′ told by the activation's own values φ(z); `spare` may be `out`."""
    call = space.call
    if space.library == "torch" and (fused := _backward(space, name)):
        return [partial(fused, delta, values, grad_input=out)]
    if bent := _slope(space, name, values, spare):
        return [*bent, call("multiply", delta, spare, out=out)]
    return [] if delta is out else [call("multiply", delta, space.one, out=out)]


def _backward(space: Space, name: Activation) -> Any:
    """torch's own kernel, one call where numpy takes three."""
    kernels = space.xp.ops.aten
    if name == "tanh":
        return kernels.tanh_backward.grad_input
    if name == "sigmoid":
        return kernels.sigmoid_backward.grad_input
    return None


def _slope(space: Space, name: Activation, values: Array, out: Array) -> list[Op]:
    """The derivative, told by the activation's own value; no calls where it is 1 everywhere."""
    call = space.call
    if name == "tanh":
        return [
            call("multiply", values, values, out=out),
            call("subtract", space.one, out, out=out),
        ]
    if name == "sigmoid":
        return [
            call("subtract", space.one, values, out=out),
            call("multiply", out, values, out=out),
        ]
    if name == "centred_sigmoid":  # (1/2 + a)(1/2 − a)
        return [
            call("multiply", values, values, out=out),
            call("subtract", space.put(0.25), out, out=out),
        ]
    if name == "raised_tanh":  # a (2 − a)
        return [
            call("subtract", space.two, values, out=out),
            call("multiply", out, values, out=out),
        ]
    if name == "relu":
        return [call("sign", values, out=out)]
    if name == "leaky_relu":
        return [
            call("sign", values, out=out),
            call("maximum", out, space.put(LEAK), out=out),
        ]
    return []


class Head:
    """The last layer's values Z [points, outputs, nets] become ∂L/∂Z, and the loss where it is watched

    `prepare` comes first, `watch` may follow, `delta` comes last.
    """

    def __init__(self, net: Net, space: Space, values: Array, targets: Array, gradient: Array):
        self.space, self.values, self.targets, self.gradient = space, values, targets, gradient
        self.points, self.outputs, nets = (int(size) for size in values.shape)
        self.loss = space.full((nets,))
        self.spare = space.full((self.points, self.outputs, nets))
        self.sums = space.full((self.points, 1, nets))
        self.logs = space.full((self.points, 1, nets))
        self.prepare: list[Op] = []
        if net.loss == "squares":
            self._squares(net)
        elif self.outputs == 1:
            self._logistic()
        else:
            self._softmax()

    def _squares(self, net: Net) -> None:
        call, error, spare = self.space.call, self.gradient, self.spare
        self.prepare = [
            *activate(self.space, net.output, self.values, spare),
            call("subtract", self.values, self.targets, out=error),
        ]
        self.watch = [call("multiply", error, error, out=spare), *self._mean(self.outputs)]
        share = self.space.put(2.0 / (self.points * self.outputs))
        self.delta = [call("multiply", error, share, out=error)]
        self.delta += back_through(self.space, net.output, self.values, error, spare, error)

    def _logistic(self) -> None:
        call, error, spare, z = self.space.call, self.gradient, self.spare, self.values
        self.watch = [  # max(z, 0) + ln(1 + exp(−|z|)) − y z
            call("abs", z, out=spare),
            call("negative", spare, out=spare),
            call("exp", spare, out=spare),
            call("log1p", spare, out=spare),
            call("maximum", z, self.space.zero, out=error),
            call("add", spare, error, out=spare),
            call("multiply", z, self.targets, out=error),
            call("subtract", spare, error, out=spare),
            *self._mean(1),
        ]
        self.delta = [
            call("add", z, self.space.zero, out=error),
            *self.space.sigmoid(error),
            call("subtract", error, self.targets, out=error),
            call("multiply", error, 1.0 / self.points, out=error),
        ]

    def _softmax(self) -> None:
        call, error, spare, z = self.space.call, self.gradient, self.spare, self.values
        self.prepare = [
            self.space.largest(z, 1, self.sums[:, 0]),
            call("subtract", z, self.sums, out=z),
            call("exp", z, out=error),
            self.space.total(error, 1, self.sums[:, 0]),
        ]
        self.watch = [  # Σ y (ln Σ exp z − z), with targets that add up to 1
            call("log", self.sums, out=self.logs),
            call("subtract", self.logs, z, out=spare),
            call("multiply", spare, self.targets, out=spare),
            *self._mean(1),
        ]
        self.delta = [
            call("divide", error, self.sums, out=error),
            call("subtract", error, self.targets, out=error),
            call("multiply", error, 1.0 / self.points, out=error),
        ]

    def _mean(self, outputs: int) -> list[Op]:
        rows = self.logs[:, 0]
        return [
            self.space.total(self.spare, 1, rows),
            self.space.total(rows, 0, self.loss),
            self.space.call("multiply", self.loss, 1.0 / (self.points * outputs), out=self.loss),
        ]
