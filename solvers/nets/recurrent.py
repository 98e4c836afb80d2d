"""What a recurrent net is, and its first weights.

Weights: per direction [inputs + 1, gates · units, K] (biases last) and [units, gates · units, K], then the
readout [states + 1, outputs, K].
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Literal, get_args

from .arrays import Array
from .model import Loss
from .random import normals, uniforms

Cell = Literal["tanh", "relu", "linear", "lstm", "gru"]
Start = Literal["uniform", "normal", "orthogonal", "identity"]

GATES: dict[Cell, int] = {"tanh": 1, "relu": 1, "linear": 1, "lstm": 4, "gru": 3}


@dataclass(frozen=True)
class Recurrent:
    """One recurrent layer and a linear readout of its last state, or, with `each`, of every state

    lstm: gates i, f, o, g   [Gers 2000]; gru: gates r, u, n, the reset after the product, as in torch; no
    peepholes, one bias per gate. `both` adds a second layer that runs from the last step to the first.
    """

    inputs: int
    hidden: int
    outputs: int = 1
    cell: Cell = "tanh"
    loss: Loss = "squares"
    each: bool = False
    both: bool = False

    def __post_init__(self) -> None:
        if min(self.inputs, self.hidden, self.outputs) < 1:
            raise ValueError(f"inputs, hidden and outputs must be at least 1, found {self}")
        if self.cell not in GATES:
            raise ValueError(f"cell must be one of {tuple(GATES)}, found {self.cell!r}")

    @property
    def directions(self) -> int:
        """1, or 2 with `both`."""
        return 1 + self.both

    def shapes(self, nets: int) -> list[tuple[int, int, int]]:
        """The shapes of its weights."""
        wide = GATES[self.cell] * self.hidden
        one = [(self.inputs + 1, wide, nets), (self.hidden, wide, nets)]
        return one * self.directions + [(self.directions * self.hidden + 1, self.outputs, nets)]


def first_weights(
    net: Recurrent,
    nets: range,
    start: Start = "uniform",
    radius: float = 1.0,
    forget: float = 0.0,
    seed: int = 0,
) -> list[Array]:
    """Uniform ±1/√units for all weights (torch's rule), biases 0 but the forget gate's `forget`

    A GRU's update gate gets that bias too, for it keeps as well. Other starts are for the recurrent
    weights, a square per gate: normal draws scaled to the spectral radius `radius`, or `radius` times a
    random orthogonal matrix   [Saxe 2014] or the identity   [Le 2015]
    """
    import numpy

    limit, layers = 1 / sqrt(net.hidden), []
    for number, shape in enumerate(net.shapes(len(nets))):
        layer = (2 * uniforms(seed, f"recurrent {number}", nets, shape[:2]) - 1) * limit
        recurrent = number % 2 == 1
        if recurrent and start != "uniform":
            parts = [
                _square(start, net.hidden, nets, seed, f"recurrent {number} {gate}")
                for gate in range(GATES[net.cell])
            ]
            layer = radius * numpy.concatenate(parts, axis=1)
        if not recurrent:
            layer[-1] = 0.0
            if net.cell in ("lstm", "gru") and number < 2 * net.directions:
                layer[-1, net.hidden : 2 * net.hidden] = forget
        layers.append(layer)
    return layers


def _square(start: Start, size: int, nets: range, seed: int, stream: str) -> Array:
    """Square matrices [size, size, nets] of spectral radius 1."""
    import numpy

    if start not in get_args(Start):
        raise ValueError(f"start must be one of {get_args(Start)}, found {start!r}")
    if start == "identity":
        return numpy.repeat(numpy.eye(size)[..., None], len(nets), axis=2)
    drawn = numpy.moveaxis(normals(seed, stream, nets, (size, size)), -1, 0)
    if start == "normal":
        radii = abs(numpy.linalg.eigvals(drawn)).max(axis=1)
        return numpy.moveaxis(drawn / radii[:, None, None], 0, -1)
    orthogonal, upper = numpy.linalg.qr(drawn)
    signs = numpy.sign(numpy.diagonal(upper, axis1=1, axis2=2))  # without them not uniform
    return numpy.moveaxis(orthogonal * signs[:, None, :], 0, -1)
