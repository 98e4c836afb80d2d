"""Mistakes with Fourier transforms: everything here is wrong on purpose."""

from __future__ import annotations

import math

from .. import fourier


def sign_of_the_inverse(values: list[float]) -> list[list[float]]:
    """Wrong on purpose: exp(+2πi kn/N), the conjugate."""
    return [[re, -im] for re, im in fourier.dft(values)]


def divided_by_size(values: list[float]) -> list[list[float]]:
    """Wrong on purpose: the factor 1/N, which belongs to the inverse here."""
    return [[x / len(values) for x in pair] for pair in fourier.dft(values)]


def amplitudes(values: list[float]) -> list[float]:
    """Wrong on purpose: |X_k|, neither squared nor divided."""
    return [math.hypot(*pair) for pair in fourier.dft(values)]


def elementwise(first: list[int], second: list[int]) -> list[int]:
    """Wrong on purpose: multiplies the signals, not their transforms."""
    return [x * h for x, h in zip(first, second, strict=True)]


def correlation(first: list[int], second: list[int]) -> list[int]:
    """Wrong on purpose: the second signal is not flipped."""
    size = len(first)
    return [sum(first[m] * second[(m - n) % size] for m in range(size)) for n in range(size)]


def cut_off(first: list[int], second: list[int]) -> list[int]:
    """Wrong on purpose: as long as the longer signal, the end is lost."""
    return fourier.linear_convolution(first, second)[: max(len(first), len(second))]


def second_flipped(first: list[int], second: list[int]) -> list[int]:
    """Wrong on purpose: cross-correlation, as a convolutional layer computes it."""
    return fourier.linear_convolution(first, second[::-1])


def pi_forgotten(width: float, frequency: float) -> float:
    """Wrong on purpose: sin(f width)/f."""
    return math.sin(frequency * width) / frequency if frequency else width


def of_height_one(width: float, frequency: float) -> float:
    """Wrong on purpose: the sinc without the width in front."""
    return fourier.pulse_spectrum(width, frequency) / width


def half_forgotten(size: int) -> int:
    """Wrong on purpose: N log₂ N, two products per butterfly."""
    return 2 * fourier.radix_two_products(size)


def direct(size: int) -> int:
    """Wrong on purpose: N², the direct sums."""
    return size * size


def saving_without_half(size: int) -> float:
    """Wrong on purpose: N/log₂ N."""
    return size / math.log2(size)
