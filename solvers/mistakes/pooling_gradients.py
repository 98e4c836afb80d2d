"""Mistakes with pooling's gradients: everything here is wrong on purpose."""

from __future__ import annotations

from ..nested import Matrix
from ..pooling_gradients import _largest, _windows, average_pool_gradient, max_pool_gradient


def shared_by_all(image: Matrix, window: int, stride: int, upstream: Matrix) -> Matrix:
    """Wrong on purpose: max pooling's slope shared out like average pooling's."""
    return average_pool_gradient(image, window, stride, upstream)


def whole_slope_to_all(image: Matrix, window: int, stride: int, upstream: Matrix) -> Matrix:
    """Wrong on purpose: hands each pixel of a window the whole slope."""
    found = average_pool_gradient(image, window, stride, upstream)
    return [[slope * window**2 for slope in row] for row in found]


def to_the_largest(image: Matrix, window: int, stride: int, upstream: Matrix) -> Matrix:
    """Wrong on purpose: average pooling's slope to the largest pixel alone."""
    return max_pool_gradient(image, window, stride, upstream)


def last_window_only(image: Matrix, window: int, stride: int, upstream: Matrix) -> Matrix:
    """Wrong on purpose: a pixel that is largest in several windows keeps the slope of the last one."""
    slopes = [[0.0 for _ in row] for row in image]
    for row, column, pixels in _windows(image, window, stride, upstream):
        y, x = _largest(image, pixels)
        slopes[y][x] = upstream[row][column]
    return slopes


def times_the_pixel(image: Matrix, window: int, stride: int, upstream: Matrix) -> Matrix:
    """Wrong on purpose: multiplies the slope with the largest value."""
    found = max_pool_gradient(image, window, stride, upstream)
    pairs = zip(found, image, strict=True)
    return [[slope * pixel for slope, pixel in zip(*rows, strict=True)] for rows in pairs]
