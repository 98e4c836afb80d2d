"""Fresh noise for every step: dropout's masks, the jitter of inputs, and batch norm's noise, by counter.

One Philox key per (root seed, stream, step, net), and SplitMix64 from there: integers alone, so net k gets
the same noise whatever the number of nets, the chunk, the dtype and the device.
"""

from __future__ import annotations

from math import prod
from typing import Any
from zlib import crc32

from .arrays import Space
from .random import philox

Array = Any

_BLOCK = 64
_WORD = 0xFFFFFFFF
_GOLDEN = 0x9E3779B97F4A7C15
_MIX = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB))


def keys(seed: int, stream: str, steps: range, nets: range) -> Array:
    """64 bits for each step and net; shape [steps, nets]"""
    import numpy

    when = numpy.asarray(steps, dtype=numpy.uint64)[:, None]
    which = numpy.asarray(nets, dtype=numpy.uint64)[None, :]
    name = numpy.full((1, 1), crc32(stream.encode()), dtype=numpy.uint64)
    half = numpy.uint64(32)
    words = philox((when, which, which >> half, name), (seed & _WORD, seed >> 32 & _WORD))
    return (words[0] << half) | words[1]


def scrambled(key: Array, count: int) -> Array:
    """`count` words of 64 bits for each key; shape [count, keys]   [Steele 2014, SplitMix64]"""
    import numpy

    at = numpy.arange(1, count + 1, dtype=numpy.uint64) * numpy.uint64(_GOLDEN)
    words, spare = key + at[:, None], numpy.empty((count, len(key)), dtype=numpy.uint64)
    for shift, factor in _MIX:
        numpy.right_shift(words, numpy.uint64(shift), out=spare)
        numpy.bitwise_xor(words, spare, out=words)
        numpy.multiply(words, numpy.uint64(factor), out=words)
    numpy.right_shift(words, numpy.uint64(31), out=spare)
    return numpy.bitwise_xor(words, spare, out=words)


def mask(key: Array, shape: tuple[int, ...], rate: float) -> Array:
    """1/(1 − rate) where a unit stays and 0 where it is dropped; 16 bits each, shape [*shape, keys]"""
    import numpy

    count = prod(shape)
    quarter = -(-count // 4)
    lanes = scrambled(key, quarter).astype("<u8", copy=False).view("<u2")
    stays = lanes.reshape(quarter, len(key), 4) >= numpy.uint16(round(rate * 65536))
    out = numpy.multiply(stays.transpose(2, 0, 1), 1 / (1 - rate))
    return out.reshape(4 * quarter, len(key))[:count].reshape(*shape, len(key))


def shifts(key: Array, shape: tuple[int, ...], limit: float) -> Array:
    """Uniform in ±limit, steps of 2⁻⁵²; shape [*shape, keys]"""
    words = scrambled(key, prod(shape)) >> 12
    return ((words.astype("float64") + 0.5) / 2**51 - 1).reshape(*shape, len(key)) * limit


def affine(key: Array, units: int, limit: float) -> Array:
    """For each unit a factor e^u and an offset v, u and v uniform in ±limit; shape [2, units, keys]"""
    import numpy

    drawn = shifts(key, (2, units), limit)
    drawn[0] = numpy.exp(drawn[0])
    return drawn


class Noise:
    """The keys of one stream, step by step."""

    def __init__(self, space: Space, seed: int, stream: str, nets: range) -> None:
        self.space, self.seed, self.stream, self.nets = space, seed, stream, nets
        self.block = -1

    def key(self, step: int) -> Array:
        """The step's keys, one a net; drawn for many steps at once."""
        block, place = divmod(step, _BLOCK)
        if block != self.block:
            start = block * _BLOCK
            self.keys = keys(self.seed, self.stream, range(start, start + _BLOCK), self.nets)
            self.block = block
        return self.keys[place]

    def drop(self, step: int, rate: float, out: Array) -> None:
        """A dropout mask into `out`."""
        self._into(out, mask(self.key(step), tuple(out.shape[:-1]), rate))

    def shift(self, step: int, limit: float, points: Array) -> None:
        """Adds jitter to all features but the last, which is the 1 of the biases."""
        shape = (int(points.shape[0]), int(points.shape[1]) - 1)
        self._into(points[:, :-1], shifts(self.key(step), shape, limit), add=True)

    def move(self, step: int, limit: float, out: Array) -> None:
        """Factors and offsets of units into `out`."""
        self._into(out, affine(self.key(step), int(out.shape[1]), limit))

    def _into(self, out: Array, drawn: Array, add: bool = False) -> None:
        values = drawn if self.space.library == "numpy" else self.space.put(drawn)
        if add:
            out += values
        else:
            out[...] = values
