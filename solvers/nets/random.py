"""Draws that depend on (root seed, stream, net, element) alone, the same bits on every machine.

Philox4x32-10 turns a counter into four 32-bit words; only additions, products, divisions and square
roots follow, which IEEE 754 fixes to the last bit. So net k gets the same numbers whatever the
number of nets, the chunk, the dtype and the device.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Any
from zlib import crc32

Array = Any

_ROUNDS = 10
_PRODUCTS = (0xD2511F53, 0xCD9E8D57)
_WEYL = (0x9E3779B9, 0xBB67AE85)
_WORD = 0xFFFFFFFF
_STEPS = 1 << 52
_LN2 = 0.6931471805599453

# Wichura 1988, algorithm AS 241, PPND16: numerator and denominator, highest power first.
_CENTRE = (
    (
        2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4,
        4.5921953931549871457e4, 1.3731693765509461125e4, 1.9715909503065514427e3,
        1.3314166789178437745e2, 3.3871328727963666080e0,
    ),
    (
        5.2264952788528545610e3, 2.8729085735721942674e4, 3.9307895800092710610e4,
        2.1213794301586595867e4, 5.3941960214247511077e3, 6.8718700749205790830e2,
        4.2313330701600911252e1, 1.0,
    ),
)  # fmt: skip
_MIDDLE = (
    (
        7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1,
        1.27045825245236838258e0, 3.64784832476320460504e0, 5.76949722146069140550e0,
        4.63033784615654529590e0, 1.42343711074968357734e0,
    ),
    (
        1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2,
        1.48103976427480074590e-1, 6.89767334985100004550e-1, 1.67638483018380384940e0,
        2.05319162663775882187e0, 1.0,
    ),
)  # fmt: skip
_TAIL = (
    (
        2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3,
        2.65321895265761230930e-2, 2.96560571828504891230e-1, 1.78482653991729133580e0,
        5.46378491116411436990e0, 6.65790464350110377720e0,
    ),
    (
        2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5,
        7.86869131145613259100e-4, 1.48753612908506148525e-2, 1.36929880922735805310e-1,
        5.99832206555887937690e-1, 1.0,
    ),
)  # fmt: skip


def philox(counter: Sequence[Array], key: Sequence[int]) -> list[Array]:
    """Philox4x32-10 of four words and a key of two   [Salmon et al. 2011, Random123]"""
    import numpy

    words = [numpy.asarray(word, dtype=numpy.uint64) for word in counter]
    keys = [int(word) for word in key]
    for _ in range(_ROUNDS):
        first, second = words[0] * _u64(_PRODUCTS[0]), words[2] * _u64(_PRODUCTS[1])
        words = [
            (second >> _u64(32)) ^ words[1] ^ _u64(keys[0]),
            second & _u64(_WORD),
            (first >> _u64(32)) ^ words[3] ^ _u64(keys[1]),
            first & _u64(_WORD),
        ]
        keys = [(word + step) & _WORD for word, step in zip(keys, _WEYL, strict=True)]
    return words


def uniforms(seed: int, stream: str, nets: range, shape: tuple[int, ...]) -> Array:
    """Uniform in (0, 1), multiples of 2⁻⁵² plus a half; shape [*shape, nets], float64 on the CPU"""
    import numpy

    if seed < 0 or (len(nets) and min(nets) < 0):
        raise ValueError(f"seed and nets must be at least 0, found {seed} and {nets}")
    count = prod(shape)
    pairs = numpy.arange((count + 1) // 2, dtype=numpy.uint64)[:, None]
    which = numpy.asarray(nets, dtype=numpy.uint64)[None, :]
    name = numpy.full((1, 1), crc32(stream.encode()), dtype=numpy.uint64)
    words = philox((pairs, which, which >> _u64(32), name), (seed & _WORD, seed >> 32 & _WORD))
    both = [_unit(words[0], words[1]), _unit(words[2], words[3])]
    drawn = numpy.stack(both, axis=1).reshape(-1, len(nets))[:count]
    return numpy.ascontiguousarray(drawn.reshape(*shape, len(nets)))


def normals(seed: int, stream: str, nets: range, shape: tuple[int, ...]) -> Array:
    """Standard normal draws: the inverse distribution function of `uniforms`   [Wichura 1988]"""
    return quantile(uniforms(seed, stream, nets, shape))


def orders(seed: int, stream: str, nets: range, points: int) -> Array:
    """For each net its own random order of the points; shape [points, nets]"""
    return uniforms(seed, stream, nets, (points,)).argsort(axis=0, kind="stable")


def quantile(shares: Array) -> Array:
    """The standard normal's quantiles, from arithmetic that is the same on every machine."""
    import numpy

    offset = shares - 0.5
    out = offset * _ratio(_CENTRE, 0.180625 - offset * offset)
    outer = numpy.abs(offset) > 0.425
    tail = numpy.minimum(shares, 1.0 - shares)[outer]
    radius = numpy.sqrt(0.0 - _log(tail))
    near = _ratio(_MIDDLE, radius - 1.6)
    found = numpy.where(radius <= 5.0, near, _ratio(_TAIL, radius - 5.0))
    out[outer] = numpy.copysign(found, offset[outer])
    return out


def _u64(value: int) -> Array:
    import numpy

    return numpy.uint64(value)


def _unit(high: Array, low: Array) -> Array:
    bits = (high << _u64(20)) | (low >> _u64(12))
    return (bits.astype("float64") + 0.5) / _STEPS


def _ratio(pair: tuple[tuple[float, ...], tuple[float, ...]], at: Array) -> Array:
    return _polynomial(pair[0], at) / _polynomial(pair[1], at)


def _polynomial(coefficients: tuple[float, ...], at: Array) -> Array:
    value = at * 0.0
    for coefficient in coefficients:
        value = value * at + coefficient
    return value


def _log(values: Array) -> Any:
    """ln(m 2^e) = e ln 2 + 2 artanh((m − 1)/(m + 1)): a library's log may differ in its last bit."""
    import numpy

    parts: Any = numpy.frexp(values)
    mantissa, exponent = parts
    low = mantissa < 0.7071067811865476
    mantissa = numpy.where(low, 2.0 * mantissa, mantissa)
    ratio = (mantissa - 1.0) / (mantissa + 1.0)
    series = _polynomial(tuple(1.0 / power for power in range(25, 0, -2)), ratio * ratio)
    return (exponent - low) * _LN2 + 2.0 * ratio * series
