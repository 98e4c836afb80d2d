"""Saturated and dead units: which activation and which loss get out, and how soon."""

from __future__ import annotations

from math import isnan
from typing import Any, Literal

from ..nets import data
from ..nets.initial import initial
from ..nets.model import Activation, Loss, Net
from ..nets.probe import snapshot
from ..nets.train import train
from ..nets.updates import Optimiser
from .common import counted, floats, log_ratios, steps_to


def tanh_against_sigmoid(
    seeds: int = 256,
    rate: float = 0.1,
    rival_rate: float | None = None,
    hidden: int = 8,
    layers: int = 1,
    steps: int = 8000,
    activation: Activation = "tanh",
    rival: Activation = "sigmoid",
    blown_up: Literal["apart", "never"] = "apart",
    first: int = 0,
) -> list[float]:
    """Claim: with tanh in the hidden layers gradient descent gets there sooner than with sigmoid

    ln(steps with `rival` / with `activation`) until the loss on XOR is at most 0.01, from the same weights,
    at the same rate unless `rival_rate` is given. Where one is there within a quarter of `steps` and the
    other never, it counts with `steps`: the least that the ratio can be. A run that blows up makes it NaN,
    or counts as one that never gets there. Rivals that part the reasons: `centred_sigmoid`, σ(z) − 1/2, has
    the slope 1/4 and the mean 0; `raised_tanh`, 2 σ(2z), the slope 1 and the mean 1. Smallest effect:
    ln 1.2; `rival` tanh is the control   [LeCun 1998, section 4.4]
    """
    counted(seeds, first, hidden=hidden, layers=layers, steps=steps)
    if blown_up not in ("apart", "never"):
        raise ValueError(f"blown_up must be apart or never, found {blown_up!r}")
    nets = range(first, first + seeds)
    sizes = (2, *[hidden] * layers, 1)
    weights = initial(sizes, nets)
    arms = ((rival, rate if rival_rate is None else rival_rate), (activation, rate))
    counts = [
        steps_to(Net(sizes, kind), weights, *data.xor(), Optimiser("gd", own), steps, 0.01)
        for kind, own in arms
    ]
    if blown_up == "never":  # no number comes back from NaN
        counts = [[-1 if isnan(count) else count for count in arm] for arm in counts]
    return log_ratios(counts[0], counts[1], steps)


def cross_entropy_against_squares(
    seeds: int = 256,
    start: float = 8.0,
    rate: float = 0.5,
    steps: int = 100,
    rival: Loss = "squares",
    first: int = 0,
) -> list[float]:
    """Claim: out of saturation on the wrong side, cross-entropy takes a sigmoid unit further than squares

    ln(mean (p − y)² after `rival` / after cross-entropy), same steps and rate; the first weights put the
    typical point at a logit of `start` on the wrong side. Smallest effect: ln 2. `rival` cross_entropy is
    the control   [Goodfellow 2016, 6.2.2.2]
    """
    import numpy

    counted(seeds, first, steps=steps)
    nets = range(first, first + seeds)
    inputs, targets = data.blobs(nets, 32, apart=4.0)
    weights = initial((2, 1), nets)
    weights[0][0] -= start / 2
    errors = []
    for loss in _both(rival, "cross_entropy"):
        net = Net((2, 1), output="sigmoid" if loss == "squares" else "linear", loss=loss)
        outputs = train(net, weights, inputs, targets, Optimiser("gd", rate), steps).outputs
        shares = outputs if loss == "squares" else 1 / (1 + numpy.exp(-outputs))
        errors.append(((shares - targets) ** 2).mean(axis=(0, 1)))
    return floats(numpy.log(errors[0] / errors[1]))


def dead_units(
    seeds: int = 256,
    rate: float = 3.0,
    activation: Activation = "relu",
    steps: int = 200,
    first: int = 0,
) -> list[float]:
    """Claim: a high learning rate kills ReLU units

    The share of hidden units that are at most 0 on all of two moons after training, less the share before
    it. A leaky unit's slope never vanishes, but it too may end negative everywhere. Smallest effect: 0.1
    [Maas 2013]
    """
    counted(seeds, first, steps=steps)
    nets = range(first, first + seeds)
    net = Net((2, 16, 1), activation, loss="cross_entropy")
    points = data.moons(64)
    before = initial(net.sizes, nets)
    after = train(net, before, *points, Optimiser("gd", rate), steps).weights
    early, late = (
        (snapshot(net, weights, *points).hidden[0] <= 0).all(axis=0).mean(axis=0)
        for weights in (before, after)
    )
    return floats(late - early)


def _both(*kinds: Any) -> tuple[Any, ...]:
    return kinds
