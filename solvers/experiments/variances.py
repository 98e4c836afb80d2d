"""Fan-in, fan-out and their average: which initialisation keeps what, and whether it matters."""

from __future__ import annotations

from typing import Literal

from ..nets import data
from ..nets.initial import Rule, initial
from ..nets.model import Activation, Net
from ..nets.probe import snapshot
from ..nets.train import train
from ..nets.updates import Optimiser
from .common import counted, floats


def he_against_glorot(
    seeds: int = 256,
    activation: Activation = "relu",
    depth: int = 6,
    rival: Rule = "glorot",
    rate: float = 0.1,
    steps: int = 100,
    first: int = 0,
) -> list[float]:
    """Claim: a ReLU net with He's first weights learns sooner than with Glorot's

    ln(cross-entropy on two moons after `steps` from `rival` / from He), `depth` hidden layers of 8. A
    factor of √2 a layer adds up with depth. Smallest effect: ln 1.2. `rival` he is the control   [He
    2015, section 2.2]
    """
    import numpy

    counted(seeds, first, depth=depth, steps=steps)
    nets = range(first, first + seeds)
    net = Net((2, *[8] * depth, 1), activation, loss="cross_entropy")
    points, rule = data.moons(16), Optimiser("gd", rate)
    starts: tuple[Rule, ...] = (rival, "he")
    losses = [
        train(net, initial(net.sizes, nets, start), *points, rule, steps, record=(steps,)).losses[0]
        for start in starts
    ]
    return floats(numpy.log(losses[0] / losses[1]))


def fan_average(
    seeds: int = 256,
    way: Literal["forward", "backward"] = "forward",
    rule: Rule = "glorot",
    narrow: int = 8,
    wide: int = 64,
    first: int = 0,
) -> list[float]:
    """Claim: initialised by the average of fan-in and fan-out, widening layers change the signal's size

    |ln| of the mean square after a linear layer from `narrow` to `wide` units over that before it;
    `backward`, of the gradient on its way back. LeCun's fan-in rule keeps the signal there, and not the
    gradient; equal widths are the control. Smallest effect: ln 1.5   [Glorot & Bengio 2010, eq. 8 to 12]
    """
    import numpy

    counted(seeds, first, narrow=narrow, wide=wide)
    nets = range(first, first + seeds)
    net = Net((narrow, narrow, wide, wide, 1), "linear")
    weights = initial(net.sizes, nets, rule)
    inputs, targets = data.linear_regression(nets, 32, narrow)
    seen = snapshot(net, weights, inputs, targets)
    layers = seen.hidden if way == "forward" else seen.deltas
    before, after = ((layers[place] ** 2).mean(axis=(0, 1)) for place in (0, 1))
    return floats(numpy.abs(numpy.log(after / before)))
