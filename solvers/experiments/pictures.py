"""Small pictures of digits: what nets without activation functions see in them, and which loss they take.

Ten digits of 3 × 5 pixels, centred on 7 × 5 pixels and noisy, drawn anew for every net; ten outputs, Adam,
all pictures at once, and 100 fresh pictures to be told. Guessing tells one in ten.
"""

from __future__ import annotations

from typing import Any

from ..nets.digits import accuracy, digits
from ..nets.initial import initial
from ..nets.model import Activation, Loss, Net
from ..nets.train import train
from ..nets.updates import Optimiser
from .common import TUNING, counted, floats

Array = Any

_FRESH = 100
_RATES = (0.003, 0.01, 0.03, 0.1, 0.3)
_TUNERS = 8


def digits_told(
    seeds: int = 256,
    activation: Activation = "linear",
    negatives: bool = False,
    shift: int = 0,
    points: int = 100,
    hidden: int = 10,
    steps: int = 40,
    first: int = 0,
) -> list[float]:
    """Claim: a net without activation functions tells digits no better than guessing

    Share of fresh digits told after training on `points` by cross-entropy. With `negatives` half of the
    pictures are white on black: x and −x then have the same label, so a loss that is convex in a linear
    classifier's weights is smallest at weights of 0 (a proof), and only chance makes others. Smallest
    effect: twice the 0.1 of guessing   [LeCun 1998, section III-C]
    """
    counted(seeds, first, points=points, hidden=hidden, steps=steps)
    nets = range(first, first + seeds)
    net = Net((35, hidden, 10), activation, loss="cross_entropy")
    sets = [
        digits(nets, stream, count, shift=shift, negatives=negatives)
        for stream, count in (("train", points), ("fresh", _FRESH))
    ]
    return floats(_told(net, nets, sets, 0.03, steps))


def squares_on_classes(
    seeds: int = 256,
    activation: Activation = "tanh",
    rival: Loss = "squares",
    points: int = 60,
    hidden: int = 12,
    steps: int = 60,
    first: int = 0,
) -> list[float]:
    """Claim: squared error trains a classifier badly

    Share of fresh digits told after training by cross-entropy, less the same after training by `rival`:
    squares of the bare outputs less targets of 0 and 1. From the same weights, each at the best rate of a
    grid on 8 other seeds; a best rate on its edge is refused. Smallest effect: 0.05; `rival` cross_entropy
    is the control   [Hui & Belkin 2021]
    """
    counted(seeds, first, points=points, hidden=hidden, steps=steps)
    nets = range(first, first + seeds)
    losses: tuple[Loss, Loss] = ("cross_entropy", rival)
    shares = []
    for loss in losses:
        net = Net((35, hidden, 10), activation, loss=loss)
        rate = _best_rate(net, points, steps)
        shares.append(_told(net, nets, _sets(nets, points), rate, steps))
    return floats(shares[0] - shares[1])


def _sets(nets: range, points: int) -> list[tuple[Array, Array]]:
    return [digits(nets, "train", points), digits(nets, "fresh", _FRESH)]


def _told(net: Net, nets: range, sets: list[tuple[Array, Array]], rate: Any, steps: int) -> Array:
    """The share of the second set told after training on the first; several rates: all nets at each."""
    import numpy

    copies = int(numpy.size(rate))
    (inputs, targets), fresh = ((numpy.tile(x, copies), numpy.tile(y, copies)) for x, y in sets)
    weights = [numpy.tile(layer, copies) for layer in initial(net.sizes, nets)]
    rule = Optimiser("adam", numpy.repeat(rate, len(nets)))
    run = train(net, weights, inputs, targets, rule, steps, held_out=[fresh])
    return accuracy(run.held_outputs[0], fresh[1])


def _best_rate(net: Net, points: int, steps: int) -> float:
    """The rate of the grid at which the tuning seeds' nets tell the most."""
    nets = range(TUNING, TUNING + _TUNERS)
    shares = _told(net, nets, _sets(nets, points), _RATES, steps)
    means = shares.reshape(len(_RATES), _TUNERS).mean(axis=1).tolist()
    best = means.index(max(means))
    if best in (0, len(_RATES) - 1):
        raise ValueError(f"the best rate must lie inside the grid, found {_RATES[best]}")
    return _RATES[best]
