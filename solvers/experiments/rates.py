"""Learning rates, momentum, conditioning and gradient noise."""

from __future__ import annotations

from typing import Any

from ..nets import data
from ..nets.initial import initial
from ..nets.model import Net
from ..nets.probe import curvature, least_squares
from ..nets.train import train
from ..nets.updates import Kind, Optimiser
from .common import arrivals, counted, floats, log_ratios

_STEPS = 5000  # at most


def growth_at_rate(
    seeds: int = 256, factor: float = 1.05, steps: int = 100, first: int = 0
) -> list[float]:
    """Claim: gradient descent on least squares diverges at a rate of `factor` · 2/λmax

    ln(loss after `steps` / loss at the start) of a linear layer whose points some weights fit exactly.
    Above 0 it has grown; above −0.1 it has hardly moved; −69 stands for less   [Goodfellow 2016, section
    4.3.1]
    """
    import numpy

    counted(seeds, first, steps=steps)
    nets = range(first, first + seeds)
    net = Net((4, 1))
    inputs, targets = data.linear_regression(nets, 32, 4, noise=0.0)
    rule = Optimiser("gd", factor * 2 / curvature(inputs)[1])
    weights = initial(net.sizes, nets)
    losses = train(net, weights, inputs, targets, rule, steps, record=(0, steps)).losses
    return floats(numpy.log(numpy.maximum(losses[1] / losses[0], 1e-30)))


def scaling_features(
    seeds: int = 256, spread: float = 10.0, offset: float = 0.0, first: int = 0
) -> list[float]:
    """Claim: standardised features let gradient descent get there in fewer steps

    ln(steps on raw features / on standardised ones) until the loss of a linear layer, less the smallest
    possible, is a thousandth of what it was, each at its own best rate 2/(λmin + λmax). The raw features
    have deviations from 1 to `spread` and means of `offset` deviations; 1 and 0 are the control. Smallest
    effect: ln 1.2   [LeCun 1998, section 4.3]
    """
    import numpy

    counted(seeds, first)
    nets = range(first, first + seeds)
    inputs, targets = data.linear_regression(nets, 32, 4)
    inputs = (inputs - inputs.mean(axis=0)) / inputs.std(axis=0)
    raw = (inputs + offset) * numpy.geomspace(1, spread, 4)[:, None]
    counts = [
        _descent(points, targets, nets, "gd", 2 / sum(curvature(points)))
        for points in (raw, inputs)
    ]
    return log_ratios(counts[0], counts[1], _STEPS)


def momentum_against_descent(
    seeds: int = 256,
    spread: float = 10.0,
    momentum: float = 0.9,
    matched: bool = False,
    first: int = 0,
) -> list[float]:
    """Claim: momentum gets there in fewer steps than gradient descent at the same rate

    ln(steps without / with momentum) on least squares at the rate 1/λmax, until the loss above the
    smallest possible is a thousandth of what it was; feature scales from 1 to `spread` set the condition
    number. `matched` multiplies the rate with momentum by 1 − μ, so that both move as far in the long
    run. Smallest effect: ln 1.2   [Polyak 1964]
    """
    import numpy

    counted(seeds, first)
    nets = range(first, first + seeds)
    inputs, targets = data.linear_regression(nets, 32, 4)
    inputs = inputs * numpy.geomspace(1, spread, 4)[:, None]
    rate = 1 / curvature(inputs)[1]
    plain = _descent(inputs, targets, nets, "gd", rate)
    own = rate * (1 - momentum) if matched else rate
    carried = _descent(inputs, targets, nets, "momentum", own, momentum)
    return log_ratios(plain, carried, _STEPS)


def noise_floor(
    seeds: int = 256,
    batch: int = 4,
    noise: float = 1.0,
    rate: float = 0.1,
    first: int = 0,
) -> list[float]:
    """Claim: at a constant rate mini-batch descent stalls above the smallest loss

    (mean loss of the last 10 of 200 epochs − the smallest possible) / mean square of the targets, of a
    linear layer on 32 points with label noise. Without noise all points agree on the weights, and nothing
    stalls. Smallest effect: 0.001   [Bottou 2018, theorem 4.6]
    """
    counted(seeds, first, batch=batch)
    nets = range(first, first + seeds)
    net = Net((4, 1))
    inputs, targets = data.linear_regression(nets, 32, 4, noise)
    per_epoch = 32 // batch
    ends = [epoch * per_epoch for epoch in range(191, 201)]
    weights = initial(net.sizes, nets)
    rule, steps = Optimiser("gd", rate), 200 * per_epoch
    run = train(net, weights, inputs, targets, rule, steps, record=ends, batch=batch, first=first)
    above = run.losses.mean(axis=0) - least_squares(inputs, targets)
    return floats(above / (targets**2).mean(axis=(0, 1)))


def _descent(
    inputs: Any, targets: Any, nets: range, kind: Kind, rate: Any, momentum: float = 0.9
) -> list[float]:
    """Steps of a linear layer until its loss above the smallest possible is a thousandth of the first."""
    net = Net((int(inputs.shape[1]), 1))
    best = least_squares(inputs, targets)
    weights = [layer * 0 for layer in initial(net.sizes, nets)]
    goal = best + 1e-3 * ((targets**2).mean(axis=(0, 1)) - best)
    rule = Optimiser(kind, rate, momentum)
    return arrivals(train(net, weights, inputs, targets, rule, _STEPS, target_loss=goal))
