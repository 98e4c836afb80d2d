"""Batch norm: speed, also under noise, first gradients, scale of weights, small batches, running statistics.

It precedes the activation of every hidden layer; losses are those of evaluation, by running statistics
(momentum 0.1), unless an experiment says otherwise.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

from ..nets import data
from ..nets.arrays import Space
from ..nets.batches import Moves
from ..nets.initial import Rule, initial
from ..nets.model import Activation, Net
from ..nets.probe import snapshot
from ..nets.train import run_all, train
from ..nets.updates import Optimiser, update
from ..nets.wide import Stack, with_ones
from .common import arrivals, counted, floats, log_ratios
from .grids import best_rate, doubling

Array = Any


def batch_norm_and_speed(
    seeds: int = 256,
    depth: int = 1,
    rate: float | None = 0.3,
    batch: int | None = None,
    activation: Activation = "relu",
    steps: int = 3000,
    norm: bool = True,
    first: int = 0,
) -> list[float]:
    """Claim: with batch norm gradient descent gets there in fewer steps

    ln(steps without / with) until the cross-entropy on 32 points of two moons is at most 0.3, from the same
    Glorot weights; `depth` hidden layers of 8; all points a step or a `batch`, whose statistics are then
    those of the batch. At the same `rate`, or (None) each at the best rate of a grid of doublings on 8 other
    seeds. A step with norm costs more time. Smallest effect: ln 1.2; without `norm` the control
    [Ioffe & Szegedy 2015; Wu & He 2018]
    """
    counted(seeds, first, depth=depth, steps=steps)
    nets = range(first, first + seeds)
    net = Net((2, *[8] * depth, 1), activation, loss="cross_entropy")
    counts = []
    for one in (net, replace(net, norm=norm)):
        best = _best_rate(one, batch, steps) if rate is None else rate
        counts.append(_steps(one, nets, [best], batch, steps))
    return log_ratios(counts[0], counts[1], steps)


def noisy_batch_norm(
    seeds: int = 256,
    noise: float = 0.5,
    measure: Literal["speed", "instability"] = "speed",
    depth: int = 2,
    rate: float = 0.5,
    activation: Activation = "relu",
    norm: bool = True,
    first: int = 0,
) -> list[float]:
    """Claim: nets with batch norm get there sooner although their layers' inputs are not kept stable

    `speed`: as `batch_norm_and_speed` at one rate, but at each step what batch norm makes of a unit is
    multiplied by its own e^u and moved by its own v, drawn anew from ±`noise`. `instability`: ln(rms change
    of the last hidden units' means from one step to the next over 20 steps, with this norm / without any).
    Smallest effect: ln 1.2; without `norm` the control   [Santurkar 2018, section 2.1]
    """
    import numpy

    counted(seeds, first, depth=depth)
    nets = range(first, first + seeds)
    plain = Net((2, *[8] * depth, 1), activation, loss="cross_entropy")
    noisy = replace(plain, norm=norm, norm_noise=noise if norm else 0.0)
    if measure == "instability":
        changes = [_change_of_means(net, nets, rate, 20) for net in (noisy, plain)]
        return floats(numpy.log(changes[0] / changes[1]))
    counts = [_steps(net, nets, [rate], None, _STEPS) for net in (plain, noisy)]
    return log_ratios(counts[0], counts[1], _STEPS)


def batch_norm_and_gradients(
    seeds: int = 256,
    activation: Activation = "sigmoid",
    rule: Rule = "glorot",
    scale: float = 1.0,
    depth: int = 10,
    width: int = 16,
    points: int = 16,
    norm: bool = True,
    first: int = 0,
) -> list[float]:
    """Claim: at the start batch norm brings the gradients of first and last layer closer together

    |ln(rms of the gradient of the first layer's weights / of the last hidden layer's)| without norm, less
    the same with it, by the batch's own statistics. Smallest effect: ln 2; without `norm`
    the control   [Ioffe & Szegedy 2015; Yang 2019]
    """
    import numpy

    counted(seeds, first, depth=depth - 1, width=width, points=points)
    nets = range(first, first + seeds)
    net = Net((width, *[width] * depth, 1), activation)
    weights = initial(net.sizes, nets, rule, 0, scale)
    inputs, targets = data.linear_regression(nets, points, width)
    ratios = []
    for one in (net, replace(net, norm=norm)):
        gradients = snapshot(one, weights, inputs, targets).gradients
        early, late = (
            (layer[:-1] ** 2).mean(axis=(0, 1)) for layer in (gradients[0], gradients[depth - 1])
        )
        ratios.append(abs(numpy.log(early / late)) / 2)
    return floats(ratios[0] - ratios[1])


def batch_norm_and_scale(
    seeds: int = 256,
    scale: float = 10.0,
    steps: int = 0,
    rate: float = 0.3,
    depth: int = 2,
    activation: Activation = "relu",
    norm: bool = True,
    first: int = 0,
) -> list[float]:
    """Claim: with batch norm the loss depends less on the scale of the hidden weights

    |ln(loss from hidden weights times `scale` / from those as drawn)| without norm, less the same with it,
    after `steps` on two moons, by the batch's own statistics. At the start the scale cancels; in training
    the gradient shrinks by it and the effective rate by its square. Smallest effect: ln 1.2; without `norm`
    the control   [Ioffe & Szegedy 2015, section 3.3; van Laarhoven 2017]
    """
    import numpy

    counted(seeds, first, depth=depth)
    net = Net((2, *[8] * depth, 1), activation, loss="cross_entropy")
    weights = initial(net.sizes, range(first, first + seeds), "glorot")
    scaled = [*(layer * scale for layer in weights[:-1]), weights[-1]]
    points, rule = data.moons(_POINTS), Optimiser("gd", rate)
    changes = []
    for one in (net, replace(net, norm=norm)):
        plain, large = (
            snapshot(one, train(one, start, *points, rule, steps).weights, *points).loss
            for start in (weights, scaled)
        )
        changes.append(abs(numpy.log(large / plain)))
    return floats(changes[0] - changes[1])


def batch_norm_and_batch(
    seeds: int = 256,
    batch: int = 2,
    rate: float = 0.1,
    epochs: int = 50,
    activation: Activation = "tanh",
    norm: bool = True,
    first: int = 0,
) -> list[float]:
    """Claim: with batches this small batch norm does harm

    ln(training loss with batch norm / without) after `epochs` of two moons, one hidden layer of 8, at the
    same rate. A batch of 1 has no variance and is refused. Smallest effect: ln 1.2; without `norm` the
    control   [Wu & He 2018]
    """
    import numpy

    counted(seeds, first, epochs=epochs)
    nets = range(first, first + seeds)
    net = Net((2, 8, 1), activation, loss="cross_entropy")
    weights = initial(net.sizes, nets, "glorot")
    steps = epochs * (_POINTS // batch)
    plain, normed = (
        _end(one, weights, steps, rate, batch, first) for one in (net, replace(net, norm=norm))
    )
    return floats(numpy.log(normed / plain))


def batch_norm_and_rate(
    seeds: int = 256,
    rate: float = 1.0,
    depth: int = 2,
    activation: Activation = "relu",
    steps: int = 100,
    norm: bool = True,
    first: int = 0,
) -> list[float]:
    """Claim: at this learning rate a net with batch norm ends at a lower loss

    ln(training loss without / with batch norm) after `steps` full batches of two moons. Smallest effect:
    ln 2; without `norm` the control   [Ioffe & Szegedy 2015; Bjorck 2018]
    """
    import numpy

    counted(seeds, first, depth=depth, steps=steps)
    net = Net((2, *[8] * depth, 1), activation, loss="cross_entropy")
    weights = initial(net.sizes, range(first, first + seeds), "glorot")
    plain, normed = (
        _end(one, weights, steps, rate, None, first) for one in (net, replace(net, norm=norm))
    )
    return floats(numpy.log(plain / normed))


def running_statistics_lag(
    seeds: int = 256,
    steps: int = 5,
    momentum: float = 0.1,
    rate: float = 0.3,
    statistics: Literal["running", "batch"] = "running",
    first: int = 0,
) -> list[float]:
    """Claim: after so few steps evaluation by running statistics is worse than by the batch's own

    ln(training loss by running statistics / by those of all the points) on two moons, full batches. A share
    (1 − momentum)^steps of what they began as, mean 0 and variance 1, is left in them; a `momentum` of 1
    keeps no memory but is one step behind. Smallest effect: ln 1.05; `statistics` batch is the control
    [Ioffe & Szegedy 2015]
    """
    import numpy

    counted(seeds, first, steps=steps)
    nets = range(first, first + seeds)
    net = Net((2, 8, 1), loss="cross_entropy", norm=True, norm_momentum=momentum)
    weights = initial(net.sizes, nets, "glorot")
    rule = Optimiser("gd", rate)
    run = train(net, weights, *data.moons(_POINTS), rule, steps, record=(steps,))
    own = snapshot(net, run.weights, *data.moons(_POINTS)).loss
    return floats(numpy.log((run.losses[0] if statistics == "running" else own) / own))


_POINTS, _STEPS = 32, 500


def _end(
    net: Net, weights: list[Array], steps: int, rate: float, batch: int | None, first: int
) -> Array:
    """The training loss after so many steps."""
    rule, points = Optimiser("gd", rate), data.moons(_POINTS)
    run = train(net, weights, *points, rule, steps, record=(steps,), batch=batch, first=first)
    return run.losses[0]


def _steps(net: Net, nets: range, rates: list[float], batch: int | None, steps: int) -> list[float]:
    """Steps to a cross-entropy of 0.3; with several rates, all nets at the first come first."""
    import numpy

    weights = [numpy.tile(layer, len(rates)) for layer in initial(net.sizes, nets, "glorot")]
    rule, points = Optimiser("gd", numpy.repeat(rates, len(nets))), data.moons(_POINTS)
    return arrivals(
        train(net, weights, *points, rule, steps, target_loss=0.3, batch=batch, first=nets.start)
    )


def _change_of_means(net: Net, nets: range, rate: float, steps: int) -> Array:
    """How far the means of the last hidden units over the points move in one training step, rms."""
    import numpy

    space, (inputs, targets) = Space(), data.moons(_POINTS)
    points = space.put(with_ones(inputs)), space.put(targets[..., None])
    stack = Stack(net, space, initial(net.sizes, nets, "glorot"), *points)
    learn = [*stack.backward, *update(stack, Optimiser("gd", rate))]
    moves, means = Moves(stack, 0, nets), []
    for step in range(steps + 1):
        moves.next(step)
        run_all(stack.forward)
        means.append(space.get(stack.hidden[-1]).mean(axis=0))
        run_all(learn)
    return numpy.sqrt((numpy.diff(means, axis=0) ** 2).mean(axis=(0, 1)))


def _best_rate(net: Net, batch: int | None, steps: int) -> float:
    def count(nets: range, rates: list[float]) -> list[float]:
        return _steps(net, nets, rates, batch, steps)

    return best_rate(count, doubling(0.05, 9), 8, "a net with norm" if net.norm else "a plain net")
