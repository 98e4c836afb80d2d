"""Discrete Fourier transforms of short signals, convolutions, and what a fast transform saves."""

from __future__ import annotations

import cmath
import math

from .ranges import _numbers


def dft(values: list[float]) -> list[list[float]]:
    """X_k = Σ x_n exp(−2πi kn/N) as [real, imaginary] pairs   [Oppenheim & Schafer]"""
    _numbers(values=values)
    _check_values(values)
    size = len(values)
    sums = (
        sum(x * cmath.exp(-2j * math.pi * (k * n % size) / size) for n, x in enumerate(values))
        for k in range(size)
    )
    return [[x.real, x.imag] for x in sums]


def dft_by_numpy(values: list[float]) -> list[list[float]]:
    """numpy's fast transform."""
    import numpy as np

    _check_values(values)
    return [[float(x.real), float(x.imag)] for x in np.fft.fft(values)]


def power_spectrum(values: list[float]) -> list[float]:
    """|X_k|²/N: adds up to Σ x², the signal's energy (Parseval)"""
    _numbers(values=values)
    return [(re * re + im * im) / len(values) for re, im in dft(values)]


def power_spectrum_by_numpy(values: list[float]) -> list[float]:
    """The transform of the circular autocorrelation (Wiener and Khinchin), over N."""
    import numpy as np

    _check_values(values)
    row = np.array(values, dtype=float)
    shifts = np.array([row @ np.roll(row, -shift) for shift in range(len(row))])
    n = np.arange(len(row))
    return [float(x) / len(row) for x in np.cos(2 * np.pi * np.outer(n, n) / len(row)) @ shifts]


def circular_convolution(first: list[int], second: list[int]) -> list[int]:
    """y_n = Σ_m x_m h_((n − m) mod N)   [Oppenheim & Schafer]"""
    _check_pair(first, second)
    size = len(first)
    return [sum(first[m] * second[(n - m) % size] for m in range(size)) for n in range(size)]


def circular_convolution_by_numpy(first: list[int], second: list[int]) -> list[int]:
    """The convolution theorem: the product of both transforms, transformed back."""
    import numpy as np

    _check_pair(first, second)
    product = np.fft.fft(first) * np.fft.fft(second)
    return [int(x) for x in np.rint(np.fft.ifft(product).real)]


def linear_convolution(first: list[int], second: list[int]) -> list[int]:
    """y_n = Σ x_m h_(n − m), of length N + M − 1: coefficients of the product polynomial"""
    _check_values(first)
    _check_values(second)
    result = [0] * (len(first) + len(second) - 1)
    for m, x in enumerate(first):
        for n, h in enumerate(second):
            result[m + n] += x * h
    return result


def linear_convolution_by_numpy(first: list[int], second: list[int]) -> list[int]:
    """Both padded with zeros to the full length, transformed, multiplied, transformed back."""
    import numpy as np

    _check_values(first)
    _check_values(second)
    size = len(first) + len(second) - 1
    product = np.fft.rfft(first, size) * np.fft.rfft(second, size)
    return [int(x) for x in np.rint(np.fft.irfft(product, size))]


def pulse_spectrum(width: float, frequency: float) -> float:
    """∫ exp(−2πi f t) dt over |t| ≤ width/2 = sin(π f width)/(π f), the width at f = 0"""
    _numbers(width=width, frequency=frequency)
    _check_width(width)
    if not frequency:
        return width
    return math.sin(math.pi * frequency * width) / (math.pi * frequency)


def pulse_spectrum_by_quadrature(width: float, frequency: float) -> float:
    """The integral of cos(2π f t) at Gauss-Legendre nodes; the odd part cancels."""
    import numpy as np

    _check_width(width)
    nodes, weights = np.polynomial.legendre.leggauss(60)
    return float(width / 2 * (weights @ np.cos(np.pi * frequency * width * nodes)))


def impulse_gap(period: float, spacing: float, widths: list[float]) -> float:
    """Largest |∫ f φ̂ dt − Σ c_k φ(k · spacing)| over the test functions φ(f) = exp(−π f²/w²)

    f: 1 where |t| ≤ P/4, repeated with the period P, and c_k = sin(πk/2)/(πk), c_0 = 1/2, its series. A
    distribution F is f's transform if F(φ) = ∫ f φ̂ dt; 0 is left by impulses c_k δ(f − k/P)
    [Schwartz 1951; Oppenheim & Willsky 1997, eq. 4.22]
    """
    _check_impulses(period, spacing, widths)
    return max(
        _but_for_rounding(_tested_signal(period, w), _tested_impulses(spacing, w)) for w in widths
    )


def impulse_gap_by_quadrature(period: float, spacing: float, widths: list[float]) -> float:
    """Both integrals, of f φ̂ and of c_k, at Gauss-Legendre nodes."""
    import numpy as np

    _check_impulses(period, spacing, widths)
    nodes, weights = np.polynomial.legendre.leggauss(400)
    pulse, share = nodes / 4, weights / 4  # one pulse, in periods
    gaps = []
    for width in widths:
        times = period * (np.arange(-_farthest(width * period), _farthest(width * period) + 1))
        test = width * np.exp(-np.pi * (width * (times[:, None] + period * pulse)) ** 2)
        k = np.arange(-_farthest(spacing / width), _farthest(spacing / width) + 1)
        series = np.cos(2 * np.pi * np.outer(k, pulse)) @ share
        impulses = series @ np.exp(-np.pi * (k * spacing / width) ** 2)
        gaps.append(_but_for_rounding(float((test @ share).sum() * period), float(impulses)))
    return max(gaps)


def radix_two_products(size: int) -> int:
    """(N/2) log₂ N complex products, one per butterfly, against N² directly   [Cooley & Tukey 1965]"""
    _check_power(size)
    return size // 2 * (size.bit_length() - 1)


def radix_two_products_by_counting(size: int) -> int:
    """A recursive transform whose butterflies are counted."""
    _check_power(size)
    return _transformed([complex(n) for n in range(size)])[1]


def fast_saving(size: int) -> float:
    """N²/((N/2) log₂ N): how many times fewer products the fast transform takes"""
    if size < 2:
        raise ValueError(f"size must be at least 2, found {size}")
    return size * size / radix_two_products(size)


def fast_saving_by_loop(size: int) -> float:
    """Products of both transforms added up stage by stage and output by output."""
    if size < 2:
        raise ValueError(f"size must be at least 2, found {size}")
    _check_power(size)
    fast, block = 0, size
    while block > 1:
        fast += size // block * (block // 2)
        block //= 2
    return sum(size for _ in range(size)) / fast


def _tested_signal(period: float, width: float) -> float:
    """∫ f φ̂ dt, pulse by pulse: φ̂(t) = w exp(−π w² t²) integrates to error functions."""
    scale = math.sqrt(math.pi) * width
    reach = _farthest(width * period)
    ends = ((n - 0.25, n + 0.25) for n in range(-reach, reach + 1))
    return math.fsum(
        (math.erf(scale * period * last) - math.erf(scale * period * first)) / 2
        for first, last in ends
    )


def _tested_impulses(spacing: float, width: float) -> float:
    total = 0.5
    for k in range(1, _farthest(spacing / width) + 1):
        height = math.sin(math.pi * k / 2) / (math.pi * k)
        total += 2 * height * math.exp(-math.pi * (k * spacing / width) ** 2)
    return total


def _farthest(step: float) -> int:
    """Steps after which exp(−π x²) is below 1e−21."""
    return math.ceil(4 / step) + 1


def _but_for_rounding(one: float, other: float) -> float:
    return round(abs(one - other), 12)


def _transformed(values: list[complex]) -> tuple[list[complex], int]:
    if len(values) == 1:
        return values, 0
    (even, count), (odd, more) = _transformed(values[::2]), _transformed(values[1::2])
    turned = [cmath.exp(-2j * math.pi * k / len(values)) * x for k, x in enumerate(odd)]
    sums = [a + b for a, b in zip(even, turned, strict=True)]
    gaps = [a - b for a, b in zip(even, turned, strict=True)]
    return sums + gaps, count + more + len(turned)


def _check_values(values: list[float] | list[int]) -> None:
    if not values:
        raise ValueError("signals must have one value at least, found none")


def _check_pair(first: list[int], second: list[int]) -> None:
    if not first or len(first) != len(second):
        raise ValueError(f"second must be as long as the first, {len(first)}, found {len(second)}")


def _check_width(width: float) -> None:
    if width <= 0:
        raise ValueError(f"width must be above 0, found {width}")


def _check_impulses(period: float, spacing: float, widths: list[float]) -> None:
    if not widths:
        raise ValueError("widths must have one entry at least, found none")
    for name, values in {"period": [period], "spacing": [spacing], "widths": widths}.items():
        if not all(0.1 <= value <= 5 for value in values):
            raise ValueError(f"{name} must be from 0.1 to 5, found {values}")


def _check_power(size: int) -> None:
    if size < 1 or size & (size - 1):
        raise ValueError(f"size must be a power of 2, found {size}")
