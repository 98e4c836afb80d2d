"""Mistakes with the shapes of convolutions: everything here is wrong on purpose."""

from __future__ import annotations

from math import prod

from ..shapes import Mode, length, mode_padding


def padded_on_one_side(
    size: int, kernel: int, stride: int = 1, before: int = 0, after: int = 0, dilation: int = 1
) -> int:
    """Wrong on purpose: adds the padding before only."""
    return length(size, kernel, stride, before, 0, dilation)


def padded_twice(
    size: int, kernel: int, stride: int = 1, before: int = 0, after: int = 0, dilation: int = 1
) -> int:
    """Wrong on purpose: takes 2 x the padding before, as if both sides had it."""
    return length(size, kernel, stride, before, before, dilation)


def undilated(
    size: int, kernel: int, stride: int = 1, before: int = 0, after: int = 0, dilation: int = 1
) -> int:
    """Wrong on purpose: forgets that dilation spreads the kernel."""
    return length(size, kernel, stride, before, after)


def multiplied_kernel(
    size: int, kernel: int, stride: int = 1, before: int = 0, after: int = 0, dilation: int = 1
) -> int:
    """Wrong on purpose: takes dilation x kernel for the kernel's extent."""
    return length(size, dilation * kernel, stride, before, after)


def forgot_plus_one(
    size: int, kernel: int, stride: int = 1, before: int = 0, after: int = 0, dilation: int = 1
) -> int:
    """Wrong on purpose: counts the steps between windows."""
    return length(size, kernel, stride, before, after, dilation) - 1


def channels_multiplied(
    size: list[int],
    channels: int,
    filters: int,
    kernel: list[int],
    stride: list[int],
    padding: list[list[int]],
    dilation: list[int],
    groups: int = 1,
    channels_last: bool = False,
) -> tuple[int, ...]:
    """Wrong on purpose: lets every filter answer once per input channel."""
    sides = _sides(size, kernel, stride, padding, dilation)
    return (*sides, channels * filters) if channels_last else (channels * filters, *sides)


def channels_kept(
    size: list[int],
    channels: int,
    filters: int,
    kernel: list[int],
    stride: list[int],
    padding: list[list[int]],
    dilation: list[int],
    groups: int = 1,
    channels_last: bool = False,
) -> tuple[int, ...]:
    """Wrong on purpose: gives the output the input's channels."""
    sides = _sides(size, kernel, stride, padding, dilation)
    return (*sides, channels) if channels_last else (channels, *sides)


def filters_per_group(
    size: list[int],
    channels: int,
    filters: int,
    kernel: list[int],
    stride: list[int],
    padding: list[list[int]],
    dilation: list[int],
    groups: int = 1,
    channels_last: bool = False,
) -> tuple[int, ...]:
    """Wrong on purpose: gives each of the groups all the filters."""
    sides = _sides(size, kernel, stride, padding, dilation)
    return (*sides, filters * groups) if channels_last else (filters * groups, *sides)


def multiplier_as_filters(
    size: list[int],
    channels: int,
    multiplier: int,
    kernel: list[int],
    stride: list[int],
    padding: list[list[int]],
    dilation: list[int],
) -> tuple[int, ...]:
    """Wrong on purpose: takes the multiplier for the number of output channels."""
    return (multiplier, *_sides(size, kernel, stride, padding, dilation))


def all_channels_in_kernel(
    channels: int, filters: int, kernel: list[int], groups: int = 1, transposed: bool = False
) -> tuple[int, ...]:
    """Wrong on purpose: lets each filter of a group see all channels."""
    return (channels, filters, *kernel) if transposed else (filters, channels, *kernel)


def ends_swapped(
    channels: int, filters: int, kernel: list[int], groups: int = 1, transposed: bool = False
) -> tuple[int, ...]:
    """Wrong on purpose: puts the channels of the other kind of layer first."""
    first, second = (filters, channels) if transposed else (channels, filters)
    return (first, second // groups, *kernel)


def flat_kernel(
    channels: int, filters: int, kernel: list[int], groups: int = 1, transposed: bool = False
) -> tuple[int, ...]:
    """Wrong on purpose: forgets that a filter has as many slices as it sees channels."""
    return (filters, *kernel)


def half_on_each_side(
    size: int, kernel: int, stride: int = 1, dilation: int = 1, mode: Mode = "same"
) -> list[int]:
    """Wrong on purpose: pads floor(kernel / 2) on both sides, whatever kernel and stride are."""
    return [kernel // 2, kernel // 2]


def odd_one_before(
    size: int, kernel: int, stride: int = 1, dilation: int = 1, mode: Mode = "same"
) -> list[int]:
    """Wrong on purpose: puts the odd zero before the signal."""
    return mode_padding(size, kernel, stride, dilation, mode)[::-1]


def as_with_stride_one(
    size: int, kernel: int, stride: int = 1, dilation: int = 1, mode: Mode = "same"
) -> list[int]:
    """Wrong on purpose: pads as if the stride were 1."""
    return mode_padding(size, kernel, 1, dilation, mode)


def same_as_input(
    size: list[int],
    channels: int,
    filters: int,
    kernel: list[int],
    stride: list[int],
    dilation: list[int],
    mode: Mode,
    groups: int = 1,
    channels_last: bool = False,
) -> tuple[int, ...]:
    """Wrong on purpose: takes "same" to mean the input's size at any stride."""
    return (*size, filters) if channels_last else (filters, *size)


def outputs_flattened(
    size: list[int],
    channels: int,
    filters: int,
    kernel: list[int],
    stride: list[int],
    padding: list[list[int]],
    dilation: list[int],
    groups: int = 1,
    channels_last: bool = False,
) -> tuple[int, ...]:
    """Wrong on purpose: gives the number of outputs for their shape."""
    return (filters * prod(_sides(size, kernel, stride, padding, dilation)),)


def _sides(
    size: list[int],
    kernel: list[int],
    stride: list[int],
    padding: list[list[int]],
    dilation: list[int],
) -> list[int]:
    axes = zip(size, kernel, stride, padding, dilation, strict=True)
    return [length(n, k, s, pair[0], pair[1], d) for n, k, s, pair, d in axes]
