"""Stochastic gradient descent under a constraint, a projection back after each step."""

from __future__ import annotations

from typing import Any

from ..nets import data
from ..nets.arrays import Space
from ..nets.random import uniforms
from .common import counted, floats

_POINTS, _FEATURES = 64, 3


def constrained_distance(
    seeds: int = 256,
    projected: bool = True,
    share: float = 0.5,
    steps: int = 2000,
    first: int = 0,
) -> list[float]:
    """Claim: stochastic gradient descent does not arrive at the minimum of a constrained problem

    Least squares within |w| ≤ r, r = `share` of the length of the free minimum; a random point a step, rate
    1/(t + 10), then w r/|w| where |w| > r. Distance of the last half's mean weights from the minimum w(λ) =
    (XᵀX/n + λI)⁻¹Xᵀy/n, |w(λ)| = r (Karush, Kuhn and Tucker), over r. Smallest effect: above 0.1
    [Nemirovski et al. 2009, section 2]
    """
    import numpy

    counted(seeds, first, **{"half of steps": steps // 2})
    if not share > 0:
        raise ValueError(f"share must be above 0, found {share}")
    nets = range(first, first + seeds)
    inputs, targets = data.linear_regression(nets, _POINTS, _FEATURES, noise=1.0)
    free = _minimum(inputs, targets, numpy.full(seeds, numpy.inf))
    radius = share * numpy.linalg.norm(free, axis=0)
    drawn = (uniforms(0, "one point a step", nets, (steps, 1)) * _POINTS).astype(int)
    space = Space()
    shown, told = (
        space.put(numpy.take_along_axis(each, drawn, axis=0)) for each in (inputs, targets)
    )
    limit = space.put(radius)
    weights, total = space.full((_FEATURES, seeds)), space.full((_FEATURES, seeds))
    for step in range(steps):
        x, y = shown[step], told[step, 0]
        weights = weights - ((weights * x).sum(axis=0) - y) * x / (step + 10)
        if projected:
            length = space.xp.sqrt((weights**2).sum(axis=0))
            weights = weights * space.xp.minimum(space.one, limit / length)
        if 2 * step >= steps:
            total += weights
    mean = space.get(total) / (steps - (steps + 1) // 2)
    gap = mean - _minimum(inputs, targets, radius)
    return floats(numpy.linalg.norm(gap, axis=0) / radius)


def _minimum(inputs: Any, targets: Any, radius: Any) -> Any:
    """Least squares within |w| ≤ radius, for each net: λ = 0, or the λ > 0 with |w(λ)| = radius."""
    import numpy

    gram = numpy.einsum("pik,pjk->kij", inputs, inputs) / len(inputs)
    curves, turns = numpy.linalg.eigh(gram)
    moment = (inputs * targets).mean(axis=0).T
    along = numpy.einsum("kij,ki->kj", turns, moment)

    def weights(penalty: Any) -> Any:
        return along / (curves + penalty[:, None])

    low, high = numpy.zeros(len(gram)), numpy.linalg.norm(moment, axis=1) / radius
    for _ in range(100):
        middle = (low + high) / 2
        outside = numpy.linalg.norm(weights(middle), axis=1) > radius
        low, high = numpy.where(outside, middle, low), numpy.where(outside, high, middle)
    return numpy.einsum("kij,kj->ik", turns, weights(high))
