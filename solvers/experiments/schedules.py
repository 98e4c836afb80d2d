"""Learning-rate schedules: the noise floor, the order of the rates, warm-up."""

from __future__ import annotations

from typing import Any, Literal

from ..nets import data
from ..nets.initial import initial
from ..nets.model import Net
from ..nets.probe import least_squares
from ..nets.schedules import Schedule, factors
from ..nets.train import train
from ..nets.updates import Optimiser
from .common import counted, floats

Array = Any


def schedule_and_floor(
    seeds: int = 256,
    schedule: Schedule = "cosine",
    noise: float = 1.0,
    rate: float = 0.1,
    batch: int = 4,
    epochs: int = 60,
    first: int = 0,
) -> list[float]:
    """Claim: with this schedule mini-batch descent ends closer to the smallest loss than at a constant rate

    (mean loss of the last 5 epochs' ends − the smallest possible) / mean square of the targets at a constant
    rate, less the same with the schedule, of a linear layer on 32 points with label noise. Smallest effect:
    0.001; constant is the control   [Robbins & Monro 1951; Bottou 2018, theorem 4.6]
    """
    pair = _excess(seeds, first, ("constant", schedule), noise, rate, batch, epochs)
    return floats(pair[0] - pair[1])


def rising_against_falling(
    seeds: int = 256,
    noise: float = 1.0,
    rate: float = 0.1,
    batch: int = 4,
    epochs: int = 60,
    first: int = 0,
) -> list[float]:
    """Claim: the same rates end at a higher loss when they rise than when they fall

    (loss after rates from rate/T up to `rate` − loss after the same ones in falling order) / mean square of
    the targets, in the task of `schedule_and_floor`. With full batches the order makes no difference: the
    factors 1 − rate · λ of least squares commute. Smallest effect: 0.001   [Bottou 2018]
    """
    pair = _excess(seeds, first, ("rising", "linear"), noise, rate, batch, epochs, ends=1)
    return floats(pair[0] - pair[1])


def cosine_against_step(
    seeds: int = 256,
    noise: float = 1.0,
    rate: float = 0.1,
    batch: int = 4,
    epochs: int = 60,
    rival: Schedule = "step",
    first: int = 0,
) -> list[float]:
    """Claim: a cosine schedule ends closer to the smallest loss than one of two steps

    (loss after steps to a tenth at half and at three quarters − loss after cosine) / mean square of the
    targets, as in `schedule_and_floor`. Smallest effect: 0.001; `rival` cosine is the control
    [Loshchilov & Hutter 2017]
    """
    pair = _excess(seeds, first, (rival, "cosine"), noise, rate, batch, epochs)
    return floats(pair[0] - pair[1])


def warm_up(
    seeds: int = 256,
    kind: Literal["gd", "adam"] = "adam",
    rate: float = 0.5,
    depth: int = 2,
    scale: float = 1.0,
    steps: int = 200,
    schedule: Schedule = "warm_up",
    first: int = 0,
) -> list[float]:
    """Claim: a warm-up over the first tenth of the steps lets a large rate end at a lower loss

    ln(training loss without / with warm-up) on two moons, `depth` hidden layers of 8 tanh units from Glorot
    weights times `scale`. Smallest effect: ln 1.2; schedule constant is the control   [Goyal 2017]
    """
    import numpy

    counted(seeds, first, depth=depth, steps=steps)
    nets = range(first, first + seeds)
    net = Net((2, *[8] * depth, 1), "tanh", loss="cross_entropy")
    weights = initial(net.sizes, nets, "glorot", scale=scale)
    losses = []
    for one in ("constant", schedule):
        rule = Optimiser(kind, rate, factors=factors(one, steps))
        losses.append(train(net, weights, *data.moons(16), rule, steps, record=(steps,)).losses[0])
    return floats(numpy.log(losses[0] / losses[1]))


def _excess(
    seeds: int,
    first: int,
    schedules: tuple[Schedule, ...],
    noise: float,
    rate: float,
    batch: int,
    epochs: int,
    ends: int = 5,
) -> list[Array]:
    """Loss above the smallest possible, in mean squares of the targets: per schedule, one a seed."""
    counted(seeds, first, batch=batch, epochs=epochs)
    nets = range(first, first + seeds)
    net = Net((4, 1))
    inputs, targets = data.linear_regression(nets, 32, 4, noise)
    per_epoch = 32 // batch
    steps = epochs * per_epoch
    record = [steps - late * per_epoch for late in range(ends)]
    found = []
    for schedule in schedules:
        rule = Optimiser("gd", rate, factors=factors(schedule, steps))
        weights = initial(net.sizes, nets)
        run = train(
            net, weights, inputs, targets, rule, steps, record=record, batch=batch, first=first
        )
        above = run.losses.mean(axis=0) - least_squares(inputs, targets)
        found.append(above / (targets**2).mean(axis=(0, 1)))
    return found
