"""Round trips by neural nets, against the shortest ones by an exact search."""

from __future__ import annotations

from typing import Any, Literal, get_args

from ..nets.random import uniforms
from ..nets.tours import (
    Finder,
    by_elastic_net,
    by_hopfield,
    by_map,
    lengths,
    shortest,
)
from .common import counted, floats

Array = Any

_ROOT = 7501


def shortest_tours_found(
    seeds: int = 256,
    net: Finder = "map",
    cities: int = 10,
    maps: int = 16,
    wanted: Literal["shortest", "any"] = "shortest",
    first: int = 0,
) -> list[float]:
    """Claim: a neural net is sure to find the shortest round trip

    Share of `maps` maps of so many random cities whose shortest round trip the net finds: a self-organising
    `map`, an `elastic` net or a `hopfield` net, one run each; `wanted` any counts every valid tour. Three
    cities have but one tour, the control. Smallest effect: 0.99   [Hopfield & Tank 1985; Durbin & Willshaw
    1987; Angéniol 1988; Wilson & Pawley 1988]
    """
    counted(seeds, first, maps=maps)
    if not 3 <= cities <= 10:
        raise ValueError(f"cities must be from 3 to 10, found {cities}")
    every = range(first * maps, (first + seeds) * maps)
    places = uniforms(_ROOT, "cities", every, (cities, 2))
    order, found = _toured(net, places, every)
    if wanted == "shortest":
        found &= lengths(places, order) <= shortest(places) * (1 + 1e-9)
    return floats(found.reshape(seeds, maps).mean(axis=1))


def _toured(net: Finder, cities: Array, numbers: range) -> tuple[Array, Array]:
    """The orders of the cities, and which of them are tours at all."""
    import numpy

    if net == "hopfield":
        return by_hopfield(cities, numbers)
    if net not in get_args(Finder):
        raise ValueError(f"net must be one of {get_args(Finder)}, found {net!r}")
    order = by_map(cities, numbers) if net == "map" else by_elastic_net(cities)
    return order, numpy.ones(len(numbers), dtype=bool)
