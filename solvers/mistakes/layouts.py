"""Mistakes with im2col and flattening: everything here is wrong on purpose."""

from __future__ import annotations

from fractions import Fraction
from math import prod

from ..layouts import im2col


def one_channel(
    size: list[int],
    channels: int,
    kernel: list[int],
    stride: list[int],
    padding: list[int],
    dilation: list[int],
    patch_rows: bool = False,
) -> tuple[int, ...]:
    """Wrong on purpose: forgets that a patch goes through all channels."""
    return im2col(size, 1, kernel, stride, padding, dilation, patch_rows)


def turned(
    size: list[int],
    channels: int,
    kernel: list[int],
    stride: list[int],
    padding: list[int],
    dilation: list[int],
    patch_rows: bool = False,
) -> tuple[int, ...]:
    """Wrong on purpose: swaps rows and columns."""
    return im2col(size, channels, kernel, stride, padding, dilation, not patch_rows)


def a_patch_per_pixel(
    size: list[int],
    channels: int,
    kernel: list[int],
    stride: list[int],
    padding: list[int],
    dilation: list[int],
    patch_rows: bool = False,
) -> tuple[int, ...]:
    """Wrong on purpose: counts a patch at each pixel."""
    entries = channels * prod(kernel)
    return (prod(size), entries) if patch_rows else (entries, prod(size))


def kernel_squared(size: int, kernel: int, stride: int = 1, padding: int = 0) -> Fraction:
    """Wrong on purpose: says k^2 at any stride and padding."""
    return Fraction(kernel**2)


def batch_flattened(shape: list[int], start: int = 1, end: int = -1) -> tuple[int, ...]:
    """Wrong on purpose: flattens the batch too."""
    return (prod(shape),)


def sizes_added(shape: list[int], start: int = 1, end: int = -1) -> tuple[int, ...]:
    """Wrong on purpose: adds the sizes instead of multiplying."""
    axes = max(len(shape), 1)
    first, last = start % axes, end % axes
    return (*shape[:first], sum(shape[first : last + 1]), *shape[last + 1 :])


def end_left_out(shape: list[int], start: int = 1, end: int = -1) -> tuple[int, ...]:
    """Wrong on purpose: stops before the end, as a Python slice does."""
    axes = max(len(shape), 1)
    first, last = start % axes, end % axes
    return (*shape[:first], prod(shape[first:last]), *shape[last:])
