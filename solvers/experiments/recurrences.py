"""Recurrent nets: gradients through time, what keeps them, and what can be carried over a lag."""

from __future__ import annotations

from typing import Any, Literal

from ..nets.arrays import Array
from ..nets.random import normals, uniforms
from ..nets.recurrent import Cell, Recurrent, Start, first_weights
from ..nets.unrolled import through_time, train_recurrent
from ..nets.updates import Optimiser
from .common import arrivals, counted, floats, log_ratios

Task = Literal["bit", "sum"]

_ROOT = 7101
_LEAST = 1e-30


def gradient_over_lag(
    seeds: int = 256,
    cell: Cell = "tanh",
    start: Start = "normal",
    radius: float = 0.9,
    lag: int = 20,
    noise: float = 1.0,
    hidden: int = 8,
    first: int = 0,
) -> list[float]:
    """Claim: before any training the gradient fades on its way back through the steps

    ln(rms of ∂L/∂h at the last step / the same `lag` steps before), negative where it grows, at most 69; of
    a net whose recurrent weights have the spectral radius `radius` (`uniform`: torch's own start, about
    0.58), on normal inputs of deviation `noise`. Smallest effect: ln 10   [Bengio 1994; Pascanu 2013]
    """
    counted(seeds, first, lag=lag, hidden=hidden)
    return floats(_fading(range(first, first + seeds), cell, start, radius, lag, noise, hidden)[0])


def memory_against_plain(
    seeds: int = 256,
    forget: float = 1.0,
    lag: int = 20,
    start: Start = "uniform",
    radius: float = 1.0,
    rival: Cell = "tanh",
    hidden: int = 8,
    first: int = 0,
) -> list[float]:
    """Claim: at the start the gradient reaches further back in an LSTM's memory cell than in a plain net

    ln(how much ∂L/∂h of the plain net fades over `lag` steps / how much ∂L/∂c of the LSTM fades), by the
    start of the plain net's recurrent weights and the bias of the forget gate. `rival` lstm compares the
    LSTM with itself. Smallest effect: ln 10   [Hochreiter & Schmidhuber 1997; Gers 2000]
    """
    counted(seeds, first, lag=lag, hidden=hidden)
    nets = range(first, first + seeds)
    memory = _fading(nets, "lstm", "uniform", 1.0, lag, 1.0, hidden, forget)[1]
    if rival == "lstm":
        return floats(_fading(nets, "lstm", "uniform", 1.0, lag, 1.0, hidden, forget)[1] - memory)
    return floats(_fading(nets, rival, start, radius, lag, 1.0, hidden)[1] - memory)


def lstm_against_plain(
    seeds: int = 256,
    lag: int = 20,
    forget: float = 1.0,
    start: Start = "uniform",
    rival: Cell = "tanh",
    noise: float = 0.5,
    updates: int = 60,
    rate: float = 0.01,
    first: int = 0,
) -> list[float]:
    """Claim: an LSTM learns to carry a bit over the lag where a plain recurrent net does not

    Error left of `rival` less that of the LSTM, after as many updates of Adam at the same rate: two
    sequences that differ in their first input alone, −1 or 1, and then bring the same noise; the error is
    1 for a net that has not learnt. Smallest effect: 0.5   [Hochreiter & Schmidhuber 1997]
    """
    nets = _counted(seeds, first, lag, updates)
    bias = forget if rival == "lstm" else 0.0
    plain = _left(nets, rival, lag, noise, updates, rate, start, bias)
    return floats(plain - _left(nets, "lstm", lag, noise, updates, rate, "uniform", forget))


def forget_bias(
    seeds: int = 256,
    lag: int = 30,
    bias: float = 1.0,
    noise: float = 0.5,
    updates: int = 60,
    rate: float = 0.01,
    first: int = 0,
) -> list[float]:
    """Claim: a forget gate that starts open lets an LSTM learn the lag

    Error left with a forget bias of 0 less that with `bias`, same weights otherwise, on the task of
    `lstm_against_plain`. Smallest effect: 0.5   [Gers 2000; Jozefowicz 2015]
    """
    nets = _counted(seeds, first, lag, updates)
    shut, opened = (
        _left(nets, "lstm", lag, noise, updates, rate, "uniform", value) for value in (0.0, bias)
    )
    return floats(shut - opened)


def recurrent_start(
    seeds: int = 256,
    cell: Cell = "tanh",
    start: Start = "orthogonal",
    lag: int = 20,
    noise: float = 0.5,
    updates: int = 60,
    rate: float = 0.01,
    first: int = 0,
) -> list[float]:
    """Claim: a recurrent matrix that keeps lengths lets a plain recurrent net learn the lag

    Error left with small uniform recurrent weights (torch's rule) less that with an orthogonal or
    identity matrix, other weights equal, on the task of `lstm_against_plain`. Smallest effect: 0.5
    [Saxe 2014; Le 2015]
    """
    nets = _counted(seeds, first, lag, updates)
    small, kept = (
        _left(nets, cell, lag, noise, updates, rate, kind) for kind in ("uniform", start)
    )
    return floats(small - kept)


def lstm_against_gru(
    seeds: int = 256,
    lag: int = 10,
    forget: float = 1.0,
    update: float = 0.0,
    width: int = 4,
    task: Task = "bit",
    rival: Cell = "lstm",
    rate: float = 0.03,
    first: int = 0,
) -> list[float]:
    """Claim: an LSTM of 4 units learns in fewer updates than a GRU

    ln(updates of the GRU / of `rival`) of 200 until the error is at most 0.1: on the task of
    `lstm_against_plain`, or `sum`: 16 sequences of `lag` inputs −1 or 1, whose sum / √lag is asked. `forget`
    and `update` are the biases of the gates that keep, the LSTM's and the GRU's, of `width` units.
    Smallest effect: ln 1.2   [Chung 2014; Jozefowicz 2015]
    """
    counted(seeds, first, lag=lag, width=width)
    nets = range(first, first + seeds)
    points = _bits(nets, lag, 0.5) if task == "bit" else _sums(nets, lag)
    arms: tuple[tuple[Cell, int, float], ...] = (("gru", width, update), (rival, 4, forget))
    counts = []
    for cell, units, bias in arms:
        net = Recurrent(1, units, 1, cell)
        weights, rule = first_weights(net, nets, forget=bias), Optimiser("adam", rate)
        run = train_recurrent(net, weights, *points, rule, 200, target_loss=0.1)
        counts.append(arrivals(run))
    return log_ratios(counts[0], counts[1], 200)


def clipping_against_none(
    seeds: int = 256,
    cell: Cell = "relu",
    start: Start = "identity",
    radius: float = 1.2,
    rate: float = 0.1,
    clip: float = 0.1,
    lag: int = 10,
    updates: int = 60,
    first: int = 0,
) -> list[float]:
    """Claim: clipping the gradient's norm saves gradient descent on a recurrent net from its cliffs

    Error left without clipping less that with it, on the task of `lstm_against_plain`; an error above 1,
    and a run that blows up, counts as 1: such a net has learnt nothing. Smallest effect: 0.5
    [Pascanu 2013]
    """
    nets = _counted(seeds, first, lag, updates)
    net = Recurrent(1, 4, 1, cell)
    weights = first_weights(net, nets, start, radius)
    free, clipped = (
        _error(net, weights, _bits(nets, lag, 0.5), Optimiser("gd", rate, clip=limit), updates)
        for limit in (None, clip)
    )
    return floats(free - clipped)


def future_explained(
    seeds: int = 256,
    both: bool = False,
    ahead: int = 1,
    cell: Cell = "tanh",
    updates: int = 100,
    first: int = 0,
) -> list[float]:
    """Claim: a recurrent net can tell what comes `ahead` steps later

    The share of the variance of x[t + ahead] that the output at t explains, after training on all 16
    sequences of four inputs −1 or 1. In one direction never above 0 for `ahead` above 0: the states so far
    are the same whatever comes, and on average over both continuations the best guess is 0 (a proof).
    Smallest effect: 0.5   [Schuster & Paliwal 1997]
    """
    import numpy

    nets = _counted(seeds, first, 1, updates)
    if not -4 < ahead < 4:
        raise ValueError(f"ahead must be from -3 to 3, found {ahead}")
    inputs = numpy.array([[(row >> t & 1) * 2.0 - 1.0 for row in range(16)] for t in range(4)])
    asked = [t for t in range(4) if 0 <= t + ahead < 4]
    targets = numpy.zeros_like(inputs)
    targets[asked] = inputs[[t + ahead for t in asked]]
    net = Recurrent(1, 4, 1, cell, each=True, both=both)
    points = inputs[..., None], targets[..., None]
    weights = first_weights(net, nets)
    outputs = train_recurrent(net, weights, *points, Optimiser("adam", 0.05), updates).outputs
    told = outputs.reshape(4, 16, -1)[asked]
    return floats(1.0 - ((told - targets[asked][..., None]) ** 2).mean(axis=(0, 1)))


def _fading(
    nets: range,
    cell: Cell,
    start: Start,
    radius: float,
    lag: int,
    noise: float,
    hidden: int,
    forget: float = 0.0,
) -> tuple[Array, Array]:
    """ln(last / first) of the rms gradients of h, and of c."""
    import numpy

    net = Recurrent(1, hidden, 1, cell)
    weights = first_weights(net, nets, start, radius, forget)
    inputs = noise * normals(_ROOT, "inputs", nets, (lag + 1, 4, 1))
    targets = normals(_ROOT, "targets", nets, (4, 1))
    found = []
    for deltas in through_time(net, weights, inputs, targets):
        late, early = (numpy.sqrt((deltas[t] ** 2).mean(axis=(0, 1))) for t in (-1, 0))
        found.append(-numpy.log(numpy.maximum(early / late, _LEAST)))
    return found[0], found[1]


def _counted(seeds: int, first: int, lag: int, updates: int) -> range:
    counted(seeds, first, lag=lag, updates=updates)
    return range(first, first + seeds)


def _bits(nets: range, lag: int, noise: float) -> tuple[Array, Array]:
    """Two sequences of lag + 1 inputs per net: −1 or 1, then the same noise; the target is the first."""
    import numpy

    shared = noise * normals(_ROOT, "distractors", nets, (lag + 1, 1, 1))
    inputs = numpy.repeat(shared, 2, axis=1)
    targets = numpy.array([[-1.0], [1.0]])
    inputs[0] = targets[..., None]
    return inputs, targets


def _sums(nets: range, length: int) -> tuple[Array, Array]:
    """16 sequences of −1 and 1 per net, and their sums / √length, of variance 1."""
    import numpy

    coins = uniforms(_ROOT, "coins", nets, (length, 16, 1))
    inputs = numpy.where(coins < 0.5, -1.0, 1.0)
    return inputs, inputs.sum(axis=0) / numpy.sqrt(length)


def _left(
    nets: range,
    cell: Cell,
    lag: int,
    noise: float,
    updates: int,
    rate: float,
    start: Start = "uniform",
    forget: float = 0.0,
) -> Array:
    net = Recurrent(1, 4, 1, cell)
    weights = first_weights(net, nets, start, forget=forget)
    return _error(net, weights, _bits(nets, lag, noise), Optimiser("adam", rate), updates)


def _error(
    net: Recurrent, weights: list[Array], points: tuple[Any, Any], rule: Optimiser, updates: int
) -> Array:
    """The mean square error after training, at most 1, and 1 where it is no number any more."""
    import numpy

    losses = train_recurrent(net, weights, *points, rule, updates, record=(updates,)).losses[0]
    return numpy.minimum(numpy.nan_to_num(losses, nan=1.0, posinf=1.0), 1.0)
