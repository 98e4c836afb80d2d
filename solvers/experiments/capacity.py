"""What a net of a given kind can represent, and what it can learn by heart."""

from __future__ import annotations

from typing import Literal

from ..nets import data
from ..nets.initial import initial
from ..nets.model import Activation, Net
from ..nets.probe import least_squares
from ..nets.train import train
from ..nets.updates import Optimiser
from .common import counted, floats


def best_xor_accuracy(
    seeds: int = 256,
    activation: Activation = "linear",
    layers: int = 1,
    hidden: int = 8,
    margin: float = 0.1,
    steps: int = 2000,
    table: Literal["xor", "and"] = "xor",
    first: int = 0,
) -> list[float]:
    """Claim: a net of this kind can get all four points of XOR right

    The best share of points on their side by at least `margin` (targets −1 and 1), looked for every 50
    steps. Without a margin rounding noise passes for learning. No affine function gets more than 3/4 (a
    proof): linear nets are the control. They do get all four of `table` and, so steps and rate suffice.
    Smallest effect: above 0.9.
    """
    import numpy

    counted(seeds, first, hidden=hidden, layers=layers + 1, steps=steps)
    nets = range(first, first + seeds)
    net = Net((2, *[hidden] * layers, 1), activation)
    inputs, targets = data.xor(-1.0)
    if table == "and":
        targets = numpy.where(inputs.all(axis=1, keepdims=True), 1.0, -1.0)
    weights = initial(net.sizes, nets)
    best = numpy.zeros(seeds)
    for _ in range(0, steps, 50):
        run = train(net, weights, inputs, targets, Optimiser("gd", 0.1), 50)
        weights = run.weights
        right = run.outputs * targets[..., None] >= margin
        best = numpy.maximum(best, right.mean(axis=(0, 1)))
    return floats(best)


def memorised_labels(
    seeds: int = 256,
    hidden: int = 32,
    points: int = 16,
    steps: int = 400,
    twins: bool = False,
    first: int = 0,
) -> list[float]:
    """Claim: a net of this width learns labels thrown by coin by heart

    The share of `points` random points of 4 features that end on their side by a logit of at least 0.1,
    after Adam. With `twins` each point is there once more with the other label, and no function gets more
    than half right (a proof): the control. Smallest effect: above 0.99   [Zhang 2017]
    """
    import numpy

    counted(seeds, first, hidden=hidden, points=points, steps=steps)
    nets = range(first, first + seeds)
    net = Net((4, hidden, 1), loss="cross_entropy")
    inputs, targets = data.random_labels(nets, points, 4)
    if twins:
        inputs = numpy.concatenate([inputs, inputs])
        targets = numpy.concatenate([targets, 1 - targets])
    weights = initial(net.sizes, nets)
    outputs = train(net, weights, inputs, targets, Optimiser("adam", 0.05), steps).outputs
    return floats((outputs * (2 * targets - 1) >= 0.1).mean(axis=(0, 1)))


def deep_linear_loss(
    seeds: int = 256, layers: int = 2, hidden: int = 8, steps: int = 800, first: int = 0
) -> list[float]:
    """Claim: a deep linear net fits better than least squares

    ln(least-squares loss / the net's loss after training) on points of the seed's own. Never above 0: a
    product of matrices is a matrix (a proof); −0.01 or above once it has converged. Smallest effect: 1e-9
    [Baldi & Hornik 1989]
    """
    import numpy

    counted(seeds, first, layers=layers, hidden=hidden, steps=steps)
    nets = range(first, first + seeds)
    net = Net((3, *[hidden] * layers, 1), "linear")
    inputs, targets = data.linear_regression(nets, 16, 3, noise=1.0)
    weights = initial(net.sizes, nets)
    rule = Optimiser("gd", 0.02)
    losses = train(net, weights, inputs, targets, rule, steps, record=(steps,)).losses[0]
    return floats(numpy.log(least_squares(inputs, targets) / losses))
