"""Convolution and pooling: what moves with a shift, what stays, and what sharing weights is worth."""

from __future__ import annotations

from typing import Any, Literal

from ..nets.arrays import Array
from ..nets.convolutional import (
    Convolutional,
    Padding,
    Pool,
    feature_maps,
    first_filters,
    train_convolutional,
)
from ..nets.initial import initial
from ..nets.model import Net
from ..nets.random import normals, uniforms
from ..nets.train import train
from ..nets.updates import Optimiser
from .common import counted, floats

Task = Literal["kind", "place"]

_ROOT = 7201
_MARGIN = 0.1
_NOISE = 0.1


def pooling_against_none(
    seeds: int = 256,
    pool: Pool = "max",
    window: int = 4,
    shift: int = 1,
    first: int = 0,
) -> list[float]:
    """Claim: pooled features change less when the input shifts

    ln(change of the feature map / of the pooled one) when 8 random inputs of length 16 are shifted
    cyclically, before any training; a change is the rms difference divided by that between two inputs, so
    that the mere shrinking by an average does not count. Smallest effect: ln 1.2   [Goodfellow 2016, 9.3]
    """
    import numpy

    counted(seeds, first, window=window)
    if window > 8:
        raise ValueError(f"window must be at most 8: over all 16 nothing changes, found {window}")
    nets = range(first, first + seeds)
    net = Convolutional(16, padding="cyclic", pool=pool, window=window)
    weights = first_filters(net, nets)
    inputs = normals(_ROOT, "inputs", nets, (8, 16, 1))
    still, moved = (
        feature_maps(net, weights, points) for points in (inputs, numpy.roll(inputs, shift, 1))
    )
    plain, pooled = (_change(*pair) for pair in zip(still, moved, strict=True))
    return floats(numpy.log(plain / pooled))


def shifted_features(
    seeds: int = 256,
    padding: Padding = "cyclic",
    pool: Pool = "max",
    window: int | None = None,
    shift: int = 1,
    moved_along: bool = False,
    first: int = 0,
) -> list[float]:
    """Claim: a shift of the input changes the features

    The largest change, divided by the features' rms, under a cyclic shift of inputs of length 16; with
    `moved_along` after the best shift of the features. Never with pooling over all positions of a cyclic
    convolution, whose values are only permuted; nor, moved along, without pooling or by a multiple of the
    stride (both a proof). Smallest effect: 1e-9   [Azulay & Weiss 2019; Zhang 2019]
    """
    import numpy

    counted(seeds, first)
    nets = range(first, first + seeds)
    net = Convolutional(16, padding=padding, pool=pool, window=window)
    weights = first_filters(net, nets)
    inputs = normals(_ROOT, "inputs", nets, (8, 16, 1))
    still = feature_maps(net, weights, inputs)[1]
    moved = feature_maps(net, weights, numpy.roll(inputs, shift, 1))[1]
    rolls = range(still.shape[1]) if moved_along else range(1)
    gaps = [abs(numpy.roll(still, roll, 1) - moved).max(axis=(0, 1, 2)) for roll in rolls]
    return floats(numpy.min(gaps, axis=0) / numpy.sqrt((still**2).mean(axis=(0, 1, 2))))


def unseen_positions(
    seeds: int = 256,
    pool: Pool = "max",
    seen: bool = False,
    rival: Literal["dense", "convolution"] = "dense",
    updates: int = 100,
    first: int = 0,
) -> list[float]:
    """Claim: a convolutional net recognises a pattern where it has never been, a dense net does not

    Share right by at least 0.1 (targets −1, 1) less that of `rival`: which of two mirrored patterns lies
    in a noisy line of 12, trained on the left half's positions, asked on the right half's (`seen`: on
    fresh noise in the left half). Pooled over all positions; `pool` none puts a dense layer on all of
    them. Smallest effect: 0.2   [LeCun 1998]
    """
    counted(seeds, first, updates=updates)
    nets = range(first, first + seeds)
    places = list(range(5))
    points = _patterns(nets, "seen", places * 4)
    asked = _patterns(nets, "asked", (places if seen else [5, 6, 7, 8, 9]) * 4)
    net = Convolutional(12, pool=pool)
    weights, rule = first_filters(net, nets), Optimiser("adam", 0.03)
    run = train_convolutional(net, weights, *points, rule, updates, held_out=[asked])
    if rival == "dense":
        flat, asked_flat = (_flat(*pair) for pair in (points, asked))
        dense = Net((12, 16, 1), "relu")
        start = initial(dense.sizes, nets)
        other = train(dense, start, *flat, rule, updates, held_out=[asked_flat]).held_outputs[0]
    else:
        other = train_convolutional(
            net, weights, *points, rule, updates, held_out=[asked]
        ).held_outputs[0]
    goal = asked[1]
    return floats(_right(run.held_outputs[0], goal) - _right(other, goal))


def sharing_against_local(
    seeds: int = 256,
    points: int = 16,
    task: Task = "kind",
    sharing: bool = False,
    updates: int = 60,
    first: int = 0,
) -> list[float]:
    """Claim: shared filters need fewer examples than filters of each position's own

    Share right on 40 fresh points less that of the locally connected net, which starts from the same
    weights: `kind` asks which of two mirrored patterns lies somewhere, `place` in which half it lies.
    `sharing` compares the convolution with itself. Smallest effect: 0.1   [LeCun 1989]
    """
    counted(seeds, first, points=points, updates=updates)
    nets = range(first, first + seeds)
    drawn = _anywhere(nets, "points", points, task)
    asked = _anywhere(nets, "fresh", 40, task)
    shares = []
    for shared in (True, sharing):
        net = Convolutional(12, pool="max", sharing=shared)
        weights, rule = first_filters(net, nets), Optimiser("adam", 0.03)
        run = train_convolutional(net, weights, *drawn, rule, updates, held_out=[asked])
        shares.append(_right(run.held_outputs[0], asked[1]))
    return floats(shares[0] - shares[1])


def _change(still: Array, moved: Array) -> Array:
    """The rms change, in units of the rms difference between one input and the next."""
    import numpy

    gaps = (moved - still, numpy.roll(still, 1, 0) - still)
    change, typical = (numpy.sqrt((gap**2).mean(axis=(0, 1, 2))) for gap in gaps)
    return change / typical


def _patterns(
    nets: range, stream: str, places: list[int], signs: list[int] | None = None
) -> tuple[Array, Array]:
    """At each place in turn the pattern (1, 1, −1) or, every other time, its mirror image."""
    import numpy

    count = len(places)
    inputs = _NOISE * normals(_ROOT, f"noise {stream}", nets, (count, 12, 1))
    targets = numpy.array([[-1.0 if row * 2 // count else 1.0] for row in range(count)])
    for row, place in enumerate(places):
        pattern = numpy.array([1.0, 1.0, -1.0])[:: int(targets[row, 0])]
        inputs[row, place : place + 3] += pattern[:, None, None]
    return inputs, numpy.repeat(targets[..., None], len(nets), axis=2)


def _anywhere(nets: range, stream: str, count: int, task: Task) -> tuple[Array, Array]:
    """Patterns of a random kind at random places, of each net's own."""
    import numpy

    inputs = _NOISE * normals(_ROOT, f"noise {stream}", nets, (count, 12, 1))
    places = (uniforms(_ROOT, f"places {stream}", nets, (count,)) * 10).astype(int)
    kinds = numpy.where(uniforms(_ROOT, f"kinds {stream}", nets, (count,)) < 0.5, -1.0, 1.0)
    rows, which = numpy.indices(places.shape)
    for offset, height in enumerate((kinds, numpy.ones_like(kinds), -kinds)):
        inputs[rows, places + offset, 0, which] += height
    goal = kinds if task == "kind" else numpy.where(places < 5, -1.0, 1.0)
    return inputs, goal[:, None]


def _flat(inputs: Array, targets: Array) -> tuple[Array, Array]:
    return inputs[:, :, 0], targets


def _right(outputs: Array, targets: Array) -> Any:
    return (outputs * targets >= _MARGIN).mean(axis=(0, 1))
