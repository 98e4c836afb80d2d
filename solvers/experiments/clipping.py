"""Gradient clipping: what it stops, when it lets a net learn, what it costs, and where it points."""

from __future__ import annotations

from typing import Any, Literal

from ..nets import data
from ..nets.initial import initial
from ..nets.model import Net
from ..nets.train import train
from ..nets.updates import Optimiser
from .common import arrivals, counted, floats, log_ratios

Array = Any

_LARGE = 1e6
_POINTS = 16


def clipping_and_blowing_up(
    seeds: int = 256,
    scale: float = 1.0,
    rate: float = 1.0,
    clip: float = 0.1,
    steps: int = 200,
    first: int = 0,
) -> list[float]:
    """Claim: clipping the gradient's norm keeps training from blowing up

    1 where the loss without clipping ends not finite or above 10⁶ and with clipping does not, −1 the other
    way round, else 0. A net with two hidden layers of 8 tanh units fits a sine from Glorot weights times
    `scale`. Smallest effect: 0.5; an infinite `clip` is the control   [Pascanu 2013]
    """
    import numpy

    counted(seeds, first, steps=steps)
    blown = [
        ~(numpy.isfinite(losses) & (losses <= _LARGE))
        for losses in (_end(seeds, first, scale, rate, limit, steps) for limit in (None, clip))
    ]
    return floats(blown[0].astype(float) - blown[1])


def clipping_and_learning(
    seeds: int = 256,
    scale: float = 1.0,
    rate: float = 1.0,
    clip: float | None = 0.1,
    steps: int = 200,
    first: int = 0,
) -> list[float]:
    """Claim: a net trained with clipping learns where it would blow up without

    ln(loss of the best constant / loss after training), 0 at the least; nets as in `clipping_and_blowing_up`.
    No update is longer than rate · clip, so that this decides. Without `clip` (None) it is the other arm.
    Smallest effect: ln 2   [Pascanu 2013]
    """
    import numpy

    counted(seeds, first, steps=steps)
    losses = _end(seeds, first, scale, rate, clip, steps)
    constant = data.wave(_POINTS)[1].var()
    return floats(numpy.log(constant / numpy.where(losses < constant, losses, constant)))


def clipping_and_speed(
    seeds: int = 256, clip: float = 0.03, rate: float = 1.0, first: int = 0
) -> list[float]:
    """Claim: clipping to this norm slows training down

    ln(steps with / without clipping) until the cross-entropy on two moons is at most 0.3, at a rate that
    needs no clipping. Smallest effect: ln 1.2; an infinite `clip` is the control   [Pascanu 2013]
    """
    counted(seeds, first)
    nets = range(first, first + seeds)
    net = Net((2, 8, 1), loss="cross_entropy")
    weights = initial(net.sizes, nets)
    counts = [
        train(
            net,
            weights,
            *data.moons(_POINTS),
            Optimiser("gd", rate, clip=limit),
            1500,
            target_loss=0.3,
        )
        for limit in (clip, None)
    ]
    return log_ratios(arrivals(counts[0]), arrivals(counts[1]), 1500)


def clipping_and_direction(
    seeds: int = 256,
    kind: Literal["value", "norm"] = "value",
    clip: float = 0.02,
    first: int = 0,
) -> list[float]:
    """Claim: this way of clipping turns the gradient

    The angle in degrees between one update with and without clipping. By norm it is 0: the gradient times a
    number. Smallest effect: 1; an infinite `clip` is the control   [Pascanu 2013]
    """
    import numpy

    counted(seeds, first)
    net = Net((2, 8, 1), loss="cross_entropy")
    weights = initial(net.sizes, range(first, first + seeds))
    chosen = {"value": Optimiser(rate=1.0, clip_value=clip), "norm": Optimiser(rate=1.0, clip=clip)}
    plain, clipped = (
        _direction(weights, train(net, weights, *data.moons(_POINTS), rule, 1).weights)
        for rule in (Optimiser(rate=1.0), chosen[kind])
    )
    chord = numpy.sqrt(((plain - clipped) ** 2).sum(axis=0))
    return floats(numpy.degrees(2 * numpy.arcsin(chord / 2)))


def _direction(before: list[Array], after: list[Array]) -> Array:
    """The update of all weights, of length 1 for each net."""
    import numpy

    pairs = zip(before, after, strict=True)
    moved = numpy.concatenate([(b - a).reshape(-1, a.shape[-1]) for a, b in pairs])
    return moved / numpy.sqrt((moved**2).sum(axis=0))


def _end(
    seeds: int, first: int, scale: float, rate: float, clip: float | None, steps: int
) -> Array:
    """The training loss after so many steps."""
    net = Net((1, 8, 8, 1), "tanh")
    weights = initial(net.sizes, range(first, first + seeds), "glorot", scale=scale)
    rule = Optimiser("gd", rate, clip=clip)
    return train(net, weights, *data.wave(_POINTS), rule, steps, record=(steps,)).losses[0]
