"""Hyperparameters: which of them decides most, and how many more steps dropout takes."""

from __future__ import annotations

from typing import Any

from ..nets import data
from ..nets.initial import initial
from ..nets.model import Net
from ..nets.random import normals
from ..nets.train import train
from ..nets.updates import Optimiser
from .common import counted, floats, log_ratios, steps_to

Array = Any

_ROOT = 7401
_GOOD = 0.01
_STEPS = 2000  # at most, to the loss
_SIZES = tuple((width,) * layers for layers in (1, 2, 3) for width in (4, 16))


def sizes_against_rates(
    seeds: int = 256,
    decades: float = 4.0,
    points: int = 40,
    steps: int = 60,
    first: int = 0,
) -> list[float]:
    """Claim: depth and width decide more than the learning rate

    (largest − smallest share of fresh points told, over six sizes at the rate 0.01) − (the same over six
    rates, evenly spread in the logarithm over `decades` around 0.01, at two layers of 16). The sizes: one to
    three ReLU layers of 4 or 16. Four overlapping clouds, opposite ones of one class; Adam. Smallest effect:
    0.05 either way; `decades` 0 is the control   [Bengio 2012, section 3.1.1]
    """
    import numpy

    counted(seeds, first, points=points, steps=steps)
    nets = range(first, first + seeds)
    sets = _clouds(nets, "train", points), _clouds(nets, "fresh", 100)
    rates = _GOOD * 10 ** (decades * numpy.linspace(-0.5, 0.5, len(_SIZES)))
    sizes = [_told(size, _GOOD, nets, sets, steps) for size in _SIZES]
    by_rate = [_told((16, 16), float(rate), nets, sets, steps) for rate in rates]
    return floats(numpy.ptp(sizes, axis=0) - numpy.ptp(by_rate, axis=0))


def dropout_and_steps(
    seeds: int = 256,
    rate: float = 0.5,
    layers: int = 1,
    hidden: int = 32,
    first: int = 0,
) -> list[float]:
    """Claim: with dropout training takes twice as many steps

    ln(steps with / without) until the cross-entropy on two moons, evaluated without dropout, is at most
    0.2: `layers` of `hidden` ReLU units with dropout after each, Adam at 0.03, all points at once.
    Smallest effect: ln 1.5; `rate` 0 is the control   [Krizhevsky 2012, 4.2; Srivastava 2014, section 11]
    """
    counted(seeds, first, layers=layers, hidden=hidden)
    nets, sizes = range(first, first + seeds), (2, *[hidden] * layers, 1)
    weights, rule = initial(sizes, nets), Optimiser("adam", 0.03)
    counts = [
        steps_to(
            Net(sizes, "relu", loss="cross_entropy", dropout=share),
            weights,
            *data.moons(32),
            rule,
            _STEPS,
            0.2,
            first,
        )
        for share in (rate, 0.0)
    ]
    return log_ratios(counts[0], counts[1], _STEPS)


def _clouds(nets: range, stream: str, points: int) -> tuple[Array, Array]:
    """Normal clouds of deviation 0.5 around (±1, ±1), each point in the class of its cloud."""
    import numpy

    number = numpy.arange(points)
    centres = 2.0 * numpy.stack([number % 2, number // 2 % 2], axis=1) - 1
    inputs = centres[..., None] + 0.5 * normals(_ROOT, stream, nets, (points, 2))
    labels = (centres.prod(axis=1) > 0).astype(float)
    return inputs, numpy.repeat(labels[:, None, None], len(nets), axis=2)


def _told(
    hidden: tuple[int, ...],
    rate: float,
    nets: range,
    sets: tuple[tuple[Array, Array], ...],
    steps: int,
) -> Array:
    """The share of the second set on the right side after training on the first."""
    net = Net((2, *hidden, 1), "relu", loss="cross_entropy")
    weights = initial(net.sizes, nets, "he")
    (inputs, targets), fresh = sets
    run = train(net, weights, inputs, targets, Optimiser("adam", rate), steps, held_out=[fresh])
    return ((run.held_outputs[0] > 0) == (fresh[1] > 0.5)).mean(axis=(0, 1))
