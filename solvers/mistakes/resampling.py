"""Mistakes with pooling and transposed convolution: everything here is wrong on purpose."""

from __future__ import annotations

from ..resampling import pooled_length, transposed_length


def rounded_down(
    size: int,
    kernel: int,
    stride: int,
    padding: int = 0,
    dilation: int = 1,
    ceil_mode: bool = False,
) -> int:
    """Wrong on purpose: drops the incomplete last window in ceil mode too."""
    return pooled_length(size, kernel, stride, padding, dilation)


def always_rounded_up(
    size: int,
    kernel: int,
    stride: int,
    padding: int = 0,
    dilation: int = 1,
    ceil_mode: bool = False,
) -> int:
    """Wrong on purpose: keeps a last window that would hold padding only."""
    return -(-(size + 2 * padding - dilation * (kernel - 1) - 1) // stride) + 1


def divided_by_window(
    size: int,
    kernel: int,
    stride: int,
    padding: int = 0,
    dilation: int = 1,
    ceil_mode: bool = False,
) -> int:
    """Wrong on purpose: divides by the window, as if windows never overlapped."""
    return size // kernel


def divided_by_stride(
    size: int,
    kernel: int,
    stride: int,
    padding: int = 0,
    dilation: int = 1,
    ceil_mode: bool = False,
) -> int:
    """Wrong on purpose: divides by the stride and forgets the window."""
    return size // stride


def channels_pooled(
    size: list[int],
    channels: int,
    kernel: list[int],
    stride: list[int],
    padding: list[int],
    dilation: list[int],
    ceil_mode: bool = False,
) -> tuple[int, ...]:
    """Wrong on purpose: divides the channels by the window too."""
    axes = zip(size, kernel, stride, padding, dilation, strict=True)
    sides = [pooled_length(*axis, ceil_mode) for axis in axes]
    return (channels // kernel[0], *sides)


def times_stride(
    size: int,
    kernel: int,
    stride: int = 1,
    padding: int = 0,
    output_padding: int = 0,
    dilation: int = 1,
) -> int:
    """Wrong on purpose: multiplies by the stride and forgets all else."""
    return size * stride


def forgot_output_padding(
    size: int,
    kernel: int,
    stride: int = 1,
    padding: int = 0,
    output_padding: int = 0,
    dilation: int = 1,
) -> int:
    """Wrong on purpose: leaves the output padding out."""
    return transposed_length(size, kernel, stride, padding, 0, dilation)


def padding_added(
    size: int,
    kernel: int,
    stride: int = 1,
    padding: int = 0,
    output_padding: int = 0,
    dilation: int = 1,
) -> int:
    """Wrong on purpose: adds the padding, which a transposed convolution cuts off."""
    return transposed_length(size, kernel, stride, 0, output_padding, dilation) + 2 * padding


def as_convolution(
    size: int,
    kernel: int,
    stride: int = 1,
    padding: int = 0,
    output_padding: int = 0,
    dilation: int = 1,
) -> int:
    """Wrong on purpose: uses the formula of the convolution that shrinks."""
    return (size + 2 * padding - dilation * (kernel - 1) - 1) // stride + 1


def stride_less_one(
    wanted: int, size: int, kernel: int, stride: int, padding: int = 0, dilation: int = 1
) -> int:
    """Wrong on purpose: takes stride - 1 whatever is wanted."""
    return stride - 1


def always_stride_less_one(size: int, kernel: int, stride: int, padding: int = 0) -> int:
    """Wrong on purpose: takes the largest output padding there is."""
    return stride - 1


def remainder_of_size(size: int, kernel: int, stride: int, padding: int = 0) -> int:
    """Wrong on purpose: the remainder of the size alone, kernel and padding forgotten."""
    return size % stride


def remainder_without_padding(size: int, kernel: int, stride: int, padding: int = 0) -> int:
    """Wrong on purpose: forgets that the map is padded before the kernel slides."""
    return (size - kernel) % stride
