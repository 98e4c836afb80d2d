"""The same numbers laid out anew: im2col and flattening."""

from __future__ import annotations

from fractions import Fraction
from math import prod

from .shapes import _axes, _least, convolution, length


def im2col(
    size: list[int],
    channels: int,
    kernel: list[int],
    stride: list[int],
    padding: list[int],
    dilation: list[int],
    patch_rows: bool = False,
) -> tuple[int, ...]:
    """(channels k_h k_w, output positions): a column per patch; `patch_rows`: a row per patch

    [Chellapilla, Puri & Simard 2006, sec. 3; torch.nn.Unfold]
    """
    _images(size=size, kernel=kernel, stride=stride, padding=padding, dilation=dilation)
    pairs = [[each, each] for each in padding]
    positions = prod(convolution(size, channels, 1, kernel, stride, pairs, dilation))
    entries = channels * prod(kernel)
    return (positions, entries) if patch_rows else (entries, positions)


def im2col_by_torch(
    size: list[int],
    channels: int,
    kernel: list[int],
    stride: list[int],
    padding: list[int],
    dilation: list[int],
    patch_rows: bool = False,
) -> tuple[int, ...]:
    """A real Unfold on the meta device."""
    import torch

    _images(size=size, kernel=kernel, stride=stride, padding=padding, dilation=dilation)
    _least(1, channels=channels)
    _least(0, padding=padding)
    unfold = torch.nn.Unfold(tuple(kernel), tuple(dilation), tuple(padding), tuple(stride))
    try:
        matrix = unfold(torch.empty(1, channels, *size, device="meta"))[0]
    except RuntimeError as error:
        raise ValueError(f"no output: {error}") from error
    return tuple(matrix.T.shape if patch_rows else matrix.shape)


def im2col_growth(size: int, kernel: int, stride: int = 1, padding: int = 0) -> Fraction:
    """k^2 o^2 / n^2: numbers in the im2col matrix per number in a square image, o output rows

    [Chellapilla, Puri & Simard 2006, sec. 3]
    """
    return Fraction((kernel * length(size, kernel, stride, padding, padding)) ** 2, size**2)


def im2col_growth_by_torch(size: int, kernel: int, stride: int = 1, padding: int = 0) -> Fraction:
    """Elements of what a real Unfold gives, and of what it was given."""
    shape = im2col_by_torch([size] * 2, 1, [kernel] * 2, [stride] * 2, [padding] * 2, [1, 1])
    return Fraction(prod(shape), size * size)


def flattened(shape: list[int], start: int = 1, end: int = -1) -> tuple[int, ...]:
    """Axes start to end, counted from 0 or back from -1, become one: the product of their sizes

    [torch.flatten; nn.Flatten starts at 1, so that the batch remains]
    """
    _least(0, shape=shape)
    axes = max(len(shape), 1)
    for name, axis in (("start", start), ("end", end)):
        if not -axes <= axis < axes:
            raise ValueError(f"{name} must be in {-axes}..{axes - 1}, found {axis}")
    first, last = start % axes, end % axes
    if first > last:
        raise ValueError(f"start must not be after end, found axes {first} and {last}")
    return (*shape[:first], prod(shape[first : last + 1]), *shape[last + 1 :])


def flattened_by_torch(shape: list[int], start: int = 1, end: int = -1) -> tuple[int, ...]:
    """torch.flatten on the meta device."""
    import torch

    _least(0, shape=shape)
    try:
        return tuple(torch.empty(shape, device="meta").flatten(start, end).shape)
    except (RuntimeError, IndexError) as error:
        raise ValueError(f"cannot be flattened: {error}") from error


def _images(**lists: list[int]) -> None:
    if _axes(**lists) != 2:
        raise ValueError(f"size must have 2 axes, found {len(lists['size'])}")
    _least(1, **{name: values for name, values in lists.items() if name != "padding"})
