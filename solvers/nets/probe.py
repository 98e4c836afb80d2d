"""What experiments look at besides the loss: outputs, signals and gradients of nets as they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .arrays import Dtype, Library, Space
from .model import Net
from .train import run_all
from .wide import Stack, with_ones

Array = Any


@dataclass(frozen=True)
class Snapshot:
    """One forward and backward pass: float64 arrays on the CPU, the nets last

    hidden and deltas: per hidden layer [points, width, nets], the values and ∂L/∂(values before the
    activation); gradients: per layer [fan_in + 1, fan_out, nets]; loss: [nets].
    """

    outputs: Array
    loss: Array
    hidden: list[Array]
    deltas: list[Array]
    gradients: list[Array]


def snapshot(
    net: Net,
    weights: list[Array],
    inputs: Array,
    targets: Array,
    library: Library = "numpy",
    device: str | None = None,
    dtype: Dtype = "float64",
) -> Snapshot:
    """Runs the nets once on all points."""
    import numpy

    space = Space(library, device, dtype)
    goal = targets if targets.ndim == 3 else targets[..., None]
    stack = Stack(net, space, weights, space.put(with_ones(inputs)), space.put(goal), keep=True)
    with numpy.errstate(all="ignore"):
        run_all(stack.forward)
        outputs = space.get(stack.out)
        run_all(stack.head.watch)
        loss = space.get(stack.head.loss)
        run_all(stack.backward)
    hidden, deltas, gradients = (
        [space.get(array) for array in arrays]
        for arrays in (stack.hidden, stack.deltas, stack.gradients)
    )
    return Snapshot(outputs, loss, hidden, deltas, gradients)


def curvature(inputs: Array) -> tuple[Array, Array]:
    """The smallest and largest eigenvalue of the mean-square loss of one linear layer with bias, per net

    H = 2/n X'X with X's last feature 1.
    """
    import numpy

    design = numpy.moveaxis(with_ones(inputs), -1, 0)
    values = numpy.linalg.eigvalsh(2 / design.shape[1] * design.transpose(0, 2, 1) @ design)
    return values[:, 0], values[:, -1]


def least_squares(inputs: Array, targets: Array) -> Array:
    """Per net the smallest mean-square loss that any affine function has."""
    import numpy

    losses = []
    for net in range(inputs.shape[-1]):
        design = with_ones(inputs[..., net])
        best = numpy.linalg.lstsq(design, targets[..., net], rcond=None)[0]
        losses.append(((design @ best - targets[..., net]) ** 2).mean())
    return numpy.array(losses)
