"""Adam against gradient descent with and without momentum, on all points or batches, at their best rates."""

from __future__ import annotations

from typing import Any

from ..nets import data
from ..nets.initial import initial
from ..nets.model import Net
from ..nets.train import train
from ..nets.updates import Kind, Optimiser
from .common import arrivals, counted, log_ratios
from .grids import best_rate, doubling

_TUNED_ON = 16
_GRIDS: dict[Kind, list[float]] = {
    "gd": doubling(0.12, 8),
    "momentum": doubling(0.024, 9),
    "nesterov": doubling(0.024, 9),
    "adam": doubling(0.02, 8),
}


def adam_against_descent(
    seeds: int = 256,
    spread: float = 1.0,
    rival: Kind = "gd",
    batch: int | None = None,
    steps: int = 1500,
    first: int = 0,
) -> list[float]:
    """Claim: Adam gets there in fewer steps than gradient descent, each at its best rate

    ln(steps of `rival` / of Adam) until the cross-entropy on 32 points of two moons, one feature stretched
    by `spread`, is at most 0.2; all points a step, or a `batch`. `momentum` and `nesterov` have μ = 0.9. The
    rates are the best of a grid of doublings on 16 other seeds; a best rate on the grid's edge is refused.
    Smallest effect: ln 1.2; `rival` adam is the control   [Kingma & Ba 2015; Wilson 2017]
    """
    counted(seeds, first, steps=steps)
    inputs, targets = data.moons(32)
    inputs = inputs * [1.0, spread]
    counts = []
    kinds: tuple[Kind, ...] = (rival, "adam")
    for kind in kinds:

        def count(nets: range, rates: list[float], kind: Kind = kind) -> list[float]:
            return _steps(nets, inputs, targets, kind, rates, batch, steps)

        rate = best_rate(count, _grid(kind), _TUNED_ON, kind)
        counts.append(count(range(first, first + seeds), [rate]))
    return log_ratios(counts[0], counts[1], steps)


def _grid(kind: Kind) -> list[float]:
    if kind not in _GRIDS:
        raise ValueError(f"rival must be one of {tuple(_GRIDS)}, found {kind!r}")
    return _GRIDS[kind]


def _steps(
    nets: range,
    inputs: Any,
    targets: Any,
    kind: Kind,
    rates: list[float],
    batch: int | None,
    steps: int,
) -> list[float]:
    """Steps to a cross-entropy of 0.2; with several rates, all nets at the first one come first."""
    import numpy

    net = Net((2, 8, 1), loss="cross_entropy")
    weights = [numpy.tile(layer, len(rates)) for layer in initial(net.sizes, nets)]
    rule = Optimiser(kind, numpy.repeat(rates, len(nets)))
    run = train(
        net, weights, inputs, targets, rule, steps, target_loss=0.2, batch=batch, first=nets.start
    )
    return arrivals(run)
