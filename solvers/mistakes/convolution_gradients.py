"""Mistakes with a convolution's gradients: everything here is wrong on purpose."""

from __future__ import annotations

from ..convolution_gradients import (
    Kernels,
    Planes,
    _check_loss,
    convolved,
    image_gradient,
    kernel_gradient,
    signal_gradient,
    signal_kernel_gradient,
)
from ..nested import Vector


def kernel_flipped(
    image: Planes, kernels: Kernels, offsets: Vector, stride: list[int], padding: list[int]
) -> Planes:
    """Wrong on purpose: turns the kernel by 180°, as mathematics' convolution does and nets do not."""
    return convolved(image, _turned(kernels), offsets, stride, padding)


def offset_per_channel_forgotten(
    image: Planes, kernels: Kernels, offsets: Vector, stride: list[int], padding: list[int]
) -> Planes:
    """Wrong on purpose: adds no bias."""
    return convolved(image, kernels, [0.0 for _ in offsets], stride, padding)


def spread_by_the_turned_kernel(
    image: Planes,
    kernels: Kernels,
    stride: list[int],
    padding: list[int],
    upstream: Planes,
) -> Planes:
    """Wrong on purpose: turns the kernel once too often on the way back."""
    return image_gradient(image, _turned(kernels), stride, padding, upstream)


def pixels_once(
    image: Planes,
    kernels: Kernels,
    stride: list[int],
    padding: list[int],
    upstream: Planes,
) -> Planes:
    """Wrong on purpose: gives each pixel the slope of one window only, though windows overlap."""
    _check_loss(image, kernels, stride, padding, upstream)
    from ..convolution_gradients import _uses

    slopes = [[[0.0 for _ in row] for row in plane] for plane in image]
    for (f, i, j), (c, y, x), (u, v) in _uses(image, kernels, stride, padding):
        slopes[c][y][x] = upstream[f][i][j] * kernels[f][c][u][v]
    return slopes


def gradient_turned(
    image: Planes,
    kernels: Kernels,
    stride: list[int],
    padding: list[int],
    upstream: Planes,
) -> Kernels:
    """Wrong on purpose: the kernel's gradient turned by 180°."""
    return _turned(kernel_gradient(image, kernels, stride, padding, upstream))


def weight_sharing_averaged(
    image: Planes,
    kernels: Kernels,
    stride: list[int],
    padding: list[int],
    upstream: Planes,
) -> Kernels:
    """Wrong on purpose: the mean over the places where a weight is used, for the sum."""
    places = len(upstream[0]) * len(upstream[0][0]) if upstream and upstream[0] else 1
    found = kernel_gradient(image, kernels, stride, padding, upstream)
    return [[[[w / places for w in row] for row in plane] for plane in k] for k in found]


def offset_averaged(
    image: Planes,
    kernels: Kernels,
    stride: list[int],
    padding: list[int],
    upstream: Planes,
) -> Vector:
    """Wrong on purpose: the mean over a filter's outputs, for the sum."""
    _check_loss(image, kernels, stride, padding, upstream)
    return [sum(map(sum, plane)) / (len(plane) * len(plane[0])) for plane in upstream]


def signal_kernel_turned(
    signal: Vector, kernel: Vector, stride: int, padding: int, upstream: Vector
) -> Vector:
    """Wrong on purpose: spreads the slopes with the kernel turned round."""
    return signal_gradient(signal, kernel[::-1], stride, padding, upstream)


def signal_gradient_turned(
    signal: Vector, kernel: Vector, stride: int, padding: int, upstream: Vector
) -> Vector:
    """Wrong on purpose: the kernel's gradient from its last entry to its first."""
    return signal_kernel_gradient(signal, kernel, stride, padding, upstream)[::-1]


def signal_weight_averaged(
    signal: Vector, kernel: Vector, stride: int, padding: int, upstream: Vector
) -> Vector:
    """Wrong on purpose: the mean over the places where a weight is used, for the sum."""
    found = signal_kernel_gradient(signal, kernel, stride, padding, upstream)
    return [slope / len(upstream) for slope in found]


def _turned(kernels: Kernels) -> Kernels:
    return [[[row[::-1] for row in plane[::-1]] for plane in kernel] for kernel in kernels]
