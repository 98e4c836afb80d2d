"""Small deterministic data sets: inputs [points, features], targets [points, outputs], float64.

With `nets` each net has points of its own: inputs and targets then have the nets as a third axis.
"""

from __future__ import annotations

from math import cos, pi, sin
from typing import Any

from .random import normals, uniforms

Array = Any
Set = tuple[Array, Array]

_ROOT = 7001


def xor(low: float = 0.0, high: float = 1.0) -> Set:
    """The four points of {0, 1}², target `high` where the two differ, else `low`."""
    import numpy

    inputs = numpy.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    return inputs, numpy.array([[low], [high], [high], [low]])


def moons(points: int = 64, noise: float = 0.1, low: float = 0.0) -> Set:
    """Two interleaved half circles of points/2 each, with normal noise; targets `low` and 1."""
    import numpy

    if points < 4 or points % 2:
        raise ValueError(f"points must be even and at least 4, found {points}")
    half = points // 2
    angles = [pi * step / (half - 1) for step in range(half)]
    upper = [(cos(angle), sin(angle)) for angle in angles]
    lower = [(1 - cos(angle), 0.5 - sin(angle)) for angle in angles]
    inputs = numpy.array(upper + lower)
    inputs += noise * normals(_ROOT, "moons", range(1), (points, 2))[..., 0]
    return inputs, numpy.array([[low]] * half + [[1.0]] * half)


def wave(points: int = 32, noise: float = 0.0) -> Set:
    """y = sin(πx) at evenly spaced x in [−1, 1], with normal noise."""
    import numpy

    inputs = numpy.linspace(-1.0, 1.0, points)[:, None]
    clean = numpy.array([[sin(pi * x)] for x in inputs[:, 0].tolist()])
    return inputs, clean + noise * normals(_ROOT, "wave", range(1), (points, 1))[..., 0]


def linear_regression(
    nets: range, points: int, features: int, noise: float = 0.1, seed: int = _ROOT
) -> Set:
    """Normal inputs, y = x · w + noise with normal w: a set for each net."""
    inputs = normals(seed, "regression inputs", nets, (points, features))
    weights = normals(seed, "regression weights", nets, (features,))
    targets = (inputs * weights).sum(axis=1, keepdims=True)
    return inputs, targets + noise * normals(seed, "regression noise", nets, (points, 1))


def blobs(nets: range, points: int, apart: float = 2.0, seed: int = _ROOT) -> Set:
    """Two round normal clouds whose centres lie `apart` deviations from one another; targets 0, 1."""
    import numpy

    inputs = normals(seed, "blobs", nets, (points, 2))
    labels = numpy.arange(points) % 2
    inputs[:, 0] += apart * (labels[:, None] - 0.5)
    return inputs, numpy.repeat(labels[:, None, None].astype(float), len(nets), axis=2)


def random_labels(nets: range, points: int, features: int, seed: int = _ROOT) -> Set:
    """Normal inputs with labels 0 or 1 by fair coin: nothing to learn but the points themselves."""
    inputs = normals(seed, "label inputs", nets, (points, features))
    coins = uniforms(seed, "labels", nets, (points, 1))
    return inputs, (coins < 0.5).astype(float)
