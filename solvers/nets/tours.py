"""Nets that look for a short round trip, for K maps at once, and the shortest one by an exact search.

Cities are [n, 2, K] in the unit square; an order [n, K] holds the n cities in the sequence in which a net
would visit them. The nets run where a `Space` says; tours are read and measured on the CPU.
"""

from __future__ import annotations

from math import pi
from typing import Literal

from .arrays import Array, Space
from .random import orders, uniforms

Finder = Literal["map", "elastic", "hopfield"]

_UNITS_PER_CITY = 2
_START = 0.1


def distances(cities: Array) -> Array:
    """Euclidean, [n, n, K]."""
    import numpy

    return numpy.sqrt(((cities[:, None] - cities[None]) ** 2).sum(axis=2))


def lengths(cities: Array, order: Array) -> Array:
    """The closed path through the cities, one a map."""
    import numpy

    legs = distances(cities)[order, numpy.roll(order, -1, axis=0), numpy.arange(order.shape[1])]
    return legs.sum(axis=0)


def shortest(cities: Array) -> Array:
    """The least length of any round trip, by dynamic programming over subsets   [Held & Karp 1962]"""
    import numpy

    apart, last = distances(cities), len(cities) - 1
    best = numpy.full((1 << last, last, cities.shape[2]), numpy.inf)
    for city in range(last):
        best[1 << city, city] = apart[last, city]
    for visited in range(1, 1 << last):
        inside = [city for city in range(last) if visited >> city & 1]
        for city in inside if len(inside) > 1 else []:
            before = visited ^ (1 << city)
            others = [other for other in inside if other != city]
            best[visited, city] = (best[before, others] + apart[others, city]).min(axis=0)
    return (best[-1] + apart[last, :last]).min(axis=0)


def by_map(cities: Array, nets: range, sweeps: int = 30) -> Array:
    """A ring of 2n units; shown the cities in random orders, the nearest unit and its neighbours move there

    Step and reach along the ring shrink from 0.8 to 0.2 and from a sixth of the ring to 0.3 units.
    [Kohonen 1982; Angéniol 1988]
    """
    import numpy

    space = Space()
    ring = space.put(_ring(cities))
    units, places = len(ring), space.put(numpy.arange(len(ring))[:, None])
    for sweep in range(sweeps):
        done = sweep / max(1, sweeps - 1)
        step, reach = 0.8 - 0.6 * done, units / 6 * (1.8 / units) ** done
        shown = orders(0, f"cities {sweep}", nets, len(cities))
        for city in space.put(numpy.take_along_axis(cities, shown[:, None], axis=0)):
            apart = abs(places - ((ring - city) ** 2).sum(axis=1).argmin(axis=0))
            near = space.xp.exp(-((space.xp.minimum(apart, units - apart) / reach) ** 2) / 2)
            ring += step * near[:, None] * (city - ring)
    return _read(cities, space.get(ring))


def by_elastic_net(
    cities: Array, steps: int = 200, pull: float = 0.2, tension: float = 2.0
) -> Array:
    """A ring of 2n beads, drawn to the cities by a softmax of nearness and held together by its tension

    The width κ of the softmax shrinks from 0.2 to 0.02   [Durbin & Willshaw 1987]
    """
    space = Space()
    xp, ring, places = space.xp, space.put(_ring(cities)), space.put(cities)
    for step in range(steps):
        width = 0.2 * 0.1 ** (step / max(1, steps - 1))
        ways = places[:, None] - ring[None]
        nearness = -(ways**2).sum(axis=2) / (2 * width**2)
        shares = xp.exp(nearness - xp.amax(nearness, axis=1)[:, None])
        shares /= shares.sum(axis=1)[:, None]
        bent = xp.roll(ring, 1, 0) - 2 * ring + xp.roll(ring, -1, 0)
        ring = ring + pull * (shares[:, :, None] * ways).sum(axis=0) + tension * width * bent
    return _read(cities, space.get(ring))


def by_hopfield(cities: Array, nets: range, steps: int = 1000) -> tuple[Array, Array]:
    """Which city takes each place [n, K], and whether each place and each city has exactly one unit on

    du/dt = −u − A Σ row − B Σ column − C (Σ all − 1.5 n) − D Σ d (neighbours in the tour) by Euler's steps of
    10⁻⁵, V = ½(1 + tanh(u/0.02)), A = B = D = 500, C = 200, from nearly equal units; on is above ½
    [Hopfield & Tank 1985]
    """
    import numpy

    space, count = Space(), len(cities)
    cities_apart = space.put(distances(cities))
    start = numpy.arctanh(2 / count - 1) + 0.1 * (
        2 * uniforms(0, "units", nets, (count, count)) - 1
    )
    inner = space.put(0.02 * start)
    for _ in range(steps):
        units = 0.5 * (1 + space.xp.tanh(inner / 0.02))
        rivals = units.sum(axis=1)[:, None] + units.sum(axis=0)[None] - 2 * units
        beside = space.xp.roll(units, 1, 1) + space.xp.roll(units, -1, 1)
        road = space.xp.einsum("xyk,yik->xik", cities_apart, beside)
        surplus = units.sum(axis=(0, 1)) - 1.5 * count
        inner = inner - 1e-5 * (inner + 500 * rivals + 200 * surplus + 500 * road)
    inner = space.get(inner)
    on = inner > 0
    valid = (on.sum(axis=0) == 1).all(axis=0) & (on.sum(axis=1) == 1).all(axis=0)
    return inner.argmax(axis=0), valid


def _ring(cities: Array) -> Array:
    """A small circle of units around the middle of the cities [2n, 2, K]."""
    import numpy

    angles = 2 * pi * numpy.arange(_UNITS_PER_CITY * len(cities)) / (_UNITS_PER_CITY * len(cities))
    circle = numpy.stack([numpy.cos(angles), numpy.sin(angles)], axis=1)
    return cities.mean(axis=0) + _START * circle[..., None]


def _read(cities: Array, ring: Array) -> Array:
    """The cities in the order of their nearest units; those of one unit by their place along the ring."""
    import numpy

    which = numpy.arange(ring.shape[2])
    nearest = ((cities[:, None] - ring[None]) ** 2).sum(axis=2).argmin(axis=1)
    before, here, after = (
        ring.transpose(0, 2, 1)[(nearest + way) % len(ring), which] for way in (-1, 0, 1)
    )
    along = ((cities.transpose(0, 2, 1) - here) * (after - before)).sum(axis=2)
    return numpy.argsort(nearest + 0.4 * numpy.tanh(along), axis=0, kind="stable")
