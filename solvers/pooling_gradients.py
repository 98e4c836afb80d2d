"""Pooling of one channel without padding, and the gradient by its input.

Windows of `window` × `window` pixels at distance `stride`; those that overlap add up. `upstream` is ∂L/∂y, a
row per row of windows. Of two equal largest values no one is the maximum: they are refused.
"""

from __future__ import annotations

from .nested import Matrix, _autograd, _check_matrix, _check_rows, _tensor
from .ranges import _numbers


def max_pool_gradient(image: Matrix, window: int, stride: int, upstream: Matrix) -> Matrix:
    """∂L/∂x: each window's slope goes to its largest pixel, the others get none of it"""
    _numbers(image=image, upstream=upstream)
    slopes = [[0.0 for _ in row] for row in image]
    for row, column, pixels in _windows(image, window, stride, upstream):
        y, x = _largest(image, pixels)
        slopes[y][x] += upstream[row][column]
    return slopes


def max_pool_gradient_by_autograd(
    image: Matrix, window: int, stride: int, upstream: Matrix
) -> Matrix:
    """torch's backward pass through max_pool2d."""
    from torch.nn import functional

    for _, _, pixels in _windows(image, window, stride, upstream):
        _largest(image, pixels)  # refuses ties
    x = _tensor(image, slopes=True)
    outputs = functional.max_pool2d(x[None, None], window, stride)[0, 0]
    slopes: Matrix = _autograd((outputs * _tensor(upstream)).sum(), x)
    return slopes


def average_pool_gradient(image: Matrix, window: int, stride: int, upstream: Matrix) -> Matrix:
    """∂L/∂x: each window's slope over window², to each of its pixels"""
    _numbers(image=image, upstream=upstream)
    slopes = [[0.0 for _ in row] for row in image]
    for row, column, pixels in _windows(image, window, stride, upstream):
        for y, x in pixels:
            slopes[y][x] += upstream[row][column] / window**2
    return slopes


def average_pool_gradient_by_autograd(
    image: Matrix, window: int, stride: int, upstream: Matrix
) -> Matrix:
    """torch's backward pass through avg_pool2d."""
    from torch.nn import functional

    _windows(image, window, stride, upstream)
    x = _tensor(image, slopes=True)
    outputs = functional.avg_pool2d(x[None, None], window, stride)[0, 0]
    slopes: Matrix = _autograd((outputs * _tensor(upstream)).sum(), x)
    return slopes


def _windows(
    image: Matrix, window: int, stride: int, upstream: Matrix
) -> list[tuple[int, int, list[tuple[int, int]]]]:
    """Row, column and pixels of each window."""
    _check_rows("image", image)
    side = min(len(image), len(image[0]))
    if not 1 <= window <= side:
        raise ValueError(f"window must be from 1 to {side}, found {window}")
    if stride < 1:
        raise ValueError(f"stride must be at least 1, found {stride}")
    rows, columns = ((len(axis) - window) // stride + 1 for axis in (image, image[0]))
    _check_matrix("upstream", upstream, rows, columns)
    places = range(window)
    return [
        (i, j, [(i * stride + u, j * stride + v) for u in places for v in places])
        for i in range(rows)
        for j in range(columns)
    ]


def _largest(image: Matrix, pixels: list[tuple[int, int]]) -> tuple[int, int]:
    values = [image[y][x] for y, x in pixels]
    if values.count(max(values)) > 1:
        raise ValueError(f"image must have one largest value per window, found {values}")
    return pixels[values.index(max(values))]
