"""Initial weights [fan_in + 1, fan_out, nets], the last row being the biases."""

from __future__ import annotations

from itertools import pairwise
from math import sqrt
from typing import Any, Literal

from .random import normals, uniforms

Array = Any
Rule = Literal["uniform", "glorot", "he", "lecun", "normal", "zero", "constant"]
Biases = Literal["zero", "uniform", "normal", "constant"]


def initial(
    sizes: tuple[int, ...],
    nets: range,
    rule: Rule = "uniform",
    seed: int = 0,
    scale: float = 1.0,
    biases: Biases | None = None,
) -> list[Array]:
    """One array per layer; `scale` multiplies the rule's deviation, or is the constant itself

    `uniform` is U(−1/√fan_in, 1/√fan_in), for the biases too unless `biases` says otherwise (torch's
    Linear); the other rules start with biases of 0. `glorot` and `he` are normal   [Glorot 2010; He 2015]
    """
    import numpy

    chosen = biases or ("uniform" if rule == "uniform" else "zero")
    layers = []
    for layer, (fan_in, fan_out) in enumerate(pairwise(sizes)):
        shape = (fan_in, fan_out)
        weights = _weights(rule, shape, nets, seed, f"weights {layer}", scale)
        offsets = _biases(chosen, shape, nets, seed, f"biases {layer}", scale)
        layers.append(numpy.concatenate([weights, offsets[None]]))
    return layers


def deviation(rule: Rule, fan_in: int, fan_out: int) -> float:
    """The standard deviation of the normal draws of a rule."""
    variances = {
        "glorot": 2 / (fan_in + fan_out),
        "he": 2 / fan_in,
        "lecun": 1 / fan_in,
        "normal": 1.0,
    }
    if rule not in variances:
        raise ValueError(f"rule must be one of {', '.join(variances)}, found {rule!r}")
    return sqrt(variances[rule])


def _weights(
    rule: Rule, shape: tuple[int, int], nets: range, seed: int, stream: str, scale: float
) -> Array:
    import numpy

    if rule == "zero":
        return numpy.zeros((*shape, len(nets)))
    if rule == "constant":
        return numpy.full((*shape, len(nets)), scale)
    if rule == "uniform":
        limit = scale / sqrt(shape[0])
        return (2 * uniforms(seed, stream, nets, shape) - 1) * limit
    return normals(seed, stream, nets, shape) * (scale * deviation(rule, *shape))


def _biases(
    rule: Biases, shape: tuple[int, int], nets: range, seed: int, stream: str, scale: float
) -> Array:
    import numpy

    fan_in, fan_out = shape
    if rule == "zero":
        return numpy.zeros((fan_out, len(nets)))
    if rule == "constant":
        return numpy.full((fan_out, len(nets)), scale)
    if rule == "normal":
        return normals(seed, stream, nets, (fan_out,)) * scale
    return (2 * uniforms(seed, stream, nets, (fan_out,)) - 1) / sqrt(fan_in)
