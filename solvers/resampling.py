"""Shapes of pooling and of transposed convolution on 1 to 3 axes, of one example, channels first."""

from __future__ import annotations

from typing import Any

from .shapes import _axes, _grouped, _least


def pooled_length(
    size: int,
    kernel: int,
    stride: int,
    padding: int = 0,
    dilation: int = 1,
    ceil_mode: bool = False,
) -> int:
    """floor((n + 2 p - d (k - 1) - 1) / s) + 1; ceil in ceil mode, less the last window where it would
    start beyond the input and the padding before it   [torch.nn.MaxPool2d]"""
    _least(1, size=size, kernel=kernel, stride=stride, dilation=dilation)
    _least(0, padding=padding)
    if padding > kernel // 2:
        raise ValueError(f"padding must be at most half the kernel {kernel}, found {padding}")
    last = size + 2 * padding - dilation * (kernel - 1) - 1
    outputs = (-(-last // stride) if ceil_mode else last // stride) + 1
    if ceil_mode and (outputs - 1) * stride >= size + padding:
        outputs -= 1
    if outputs < 1:
        raise ValueError(f"kernel must fit on the padded {size + 2 * padding}, found {kernel}")
    return outputs


def pooled_length_by_torch(
    size: int,
    kernel: int,
    stride: int,
    padding: int = 0,
    dilation: int = 1,
    ceil_mode: bool = False,
) -> int:
    """A real MaxPool1d on the meta device."""
    return pooled_by_torch([size], 1, [kernel], [stride], [padding], [dilation], ceil_mode)[1]


def pooled(
    size: list[int],
    channels: int,
    kernel: list[int],
    stride: list[int],
    padding: list[int],
    dilation: list[int],
    ceil_mode: bool = False,
) -> tuple[int, ...]:
    """(channels, sides): as many channels as before; a side is that of pooled_length

    [Dumoulin & Visin 2016, rel. 7; ceil mode: torch.nn.MaxPool2d]
    """
    _axes(size=size, kernel=kernel, stride=stride, padding=padding, dilation=dilation)
    _least(1, channels=channels)
    axes = zip(size, kernel, stride, padding, dilation, strict=True)
    return (channels, *(pooled_length(*axis, ceil_mode) for axis in axes))


def pooled_by_torch(
    size: list[int],
    channels: int,
    kernel: list[int],
    stride: list[int],
    padding: list[int],
    dilation: list[int],
    ceil_mode: bool = False,
) -> tuple[int, ...]:
    """A real MaxPool1d, MaxPool2d or MaxPool3d on the meta device."""
    import torch
    from torch import nn

    axes = _axes(size=size, kernel=kernel, stride=stride, padding=padding, dilation=dilation)
    _least(1, size=size, channels=channels)
    kinds: list[Any] = [nn.MaxPool1d, nn.MaxPool2d, nn.MaxPool3d]
    # The one-axis layer takes no lists.
    sizes = [each[0] if axes == 1 else each for each in (kernel, stride, padding, dilation)]
    layer = kinds[axes - 1](*sizes, ceil_mode=ceil_mode)
    try:
        return tuple(layer(torch.empty(1, channels, *size, device="meta")).shape[1:])
    except RuntimeError as error:
        raise ValueError(f"no output: {error}") from error


def transposed_length(
    size: int,
    kernel: int,
    stride: int = 1,
    padding: int = 0,
    output_padding: int = 0,
    dilation: int = 1,
) -> int:
    """(size - 1) stride - 2 padding + dilation (kernel - 1) + output_padding + 1

    [Dumoulin & Visin 2016, rel. 14; dilation: torch.nn.ConvTranspose1d]
    """
    _least(1, size=size, kernel=kernel, stride=stride, dilation=dilation)
    _least(0, padding=padding, output_padding=output_padding)
    bound = max(stride, dilation)
    if output_padding >= bound:
        raise ValueError(
            f"output_padding must be below the larger of stride and dilation {bound}, "
            f"found {output_padding}"
        )
    output = (size - 1) * stride - 2 * padding + dilation * (kernel - 1) + output_padding + 1
    if output < 1:
        raise ValueError(f"padding must leave at least one output, found {padding}")
    return output


def transposed_length_by_torch(
    size: int,
    kernel: int,
    stride: int = 1,
    padding: int = 0,
    output_padding: int = 0,
    dilation: int = 1,
) -> int:
    """A real ConvTranspose1d on a real signal."""
    shape = transposed_by_torch(
        [size], 1, 1, [kernel], [stride], [padding], [output_padding], [dilation]
    )
    return shape[1]


def transposed(
    size: list[int],
    channels: int,
    filters: int,
    kernel: list[int],
    stride: list[int],
    padding: list[int],
    output_padding: list[int],
    dilation: list[int],
    groups: int = 1,
) -> tuple[int, ...]:
    """(filters, (n - 1) s - 2 p + d (k - 1) + output_padding + 1 for each axis)

    [Dumoulin & Visin 2016, rel. 14; dilation: torch.nn.ConvTranspose2d]
    """
    _axes(size=size, kernel=kernel, stride=stride, padding=padding, dilation=dilation)
    _axes(size=size, output_padding=output_padding)
    _grouped(channels, filters, groups)
    axes = zip(size, kernel, stride, padding, output_padding, dilation, strict=True)
    return (filters, *(transposed_length(*axis) for axis in axes))


def transposed_by_torch(
    size: list[int],
    channels: int,
    filters: int,
    kernel: list[int],
    stride: list[int],
    padding: list[int],
    output_padding: list[int],
    dilation: list[int],
    groups: int = 1,
) -> tuple[int, ...]:
    """Real layers: with all channels on the meta device, and with one on the CPU, which refuses more."""
    import torch
    from torch import nn

    axes = _axes(size=size, kernel=kernel, stride=stride, padding=padding, dilation=dilation)
    _axes(size=size, output_padding=output_padding)
    _least(1, channels=channels, filters=filters, kernel=kernel)
    kinds: list[Any] = [nn.ConvTranspose1d, nn.ConvTranspose2d, nn.ConvTranspose3d]
    sizes = (kernel, stride, padding, output_padding)
    try:
        one = kinds[axes - 1](1, 1, *sizes, dilation=dilation)(torch.zeros(1, 1, *size))
        layer = kinds[axes - 1](
            channels, filters, *sizes, groups=groups, dilation=dilation, device="meta"
        )
        shape = tuple(layer(torch.empty(1, channels, *size, device="meta")).shape[1:])
    except RuntimeError as error:
        raise ValueError(f"no output: {error}") from error
    assert shape[1:] == tuple(one.shape[2:])
    if 0 in shape:
        raise ValueError(f"no output: torch gives the empty {shape}")
    return shape


def output_padding(
    wanted: int, size: int, kernel: int, stride: int, padding: int = 0, dilation: int = 1
) -> int:
    """wanted - ((n - 1) s - 2 p + d (k - 1) + 1): the output padding that gives the wanted length

    [Dumoulin & Visin 2016, sec. 4.6]
    """
    _least(1, wanted=wanted, size=size, kernel=kernel, stride=stride, dilation=dilation)
    _least(0, padding=padding)
    without = (size - 1) * stride - 2 * padding + dilation * (kernel - 1) + 1
    highest = without + max(stride, dilation) - 1
    if not without <= wanted <= highest:
        raise ValueError(f"wanted must be in {without}..{highest}, found {wanted}")
    return wanted - without


def output_padding_back(size: int, kernel: int, stride: int, padding: int = 0) -> int:
    """(n + 2 p - k) mod s: the output padding with which a transposed convolution gives back the size
    n that a convolution with the same settings was given   [Dumoulin & Visin 2016, sec. 4.6]"""
    _least(1, size=size, kernel=kernel, stride=stride)
    _least(0, padding=padding)
    if size + 2 * padding < kernel:
        raise ValueError(f"kernel must fit into the padded size, found {kernel}")
    return (size + 2 * padding - kernel) % stride


def output_padding_back_by_torch(size: int, kernel: int, stride: int, padding: int = 0) -> int:
    """A real Conv1d, then every output padding tried in a real ConvTranspose1d."""
    import torch
    from torch import nn

    _least(1, size=size, kernel=kernel, stride=stride)
    _least(0, padding=padding)
    try:
        shrunk = nn.Conv1d(1, 1, kernel, stride, padding)(torch.zeros(1, 1, size))
    except RuntimeError as error:
        raise ValueError(f"no output: {error}") from error
    for extra in range(stride):
        grown = nn.ConvTranspose1d(1, 1, kernel, stride, padding, extra)(shrunk)
        if grown.shape[-1] == size:
            return extra
    raise ValueError(f"no output padding gives back {size}")


def output_padding_by_torch(
    wanted: int, size: int, kernel: int, stride: int, padding: int = 0, dilation: int = 1
) -> int:
    """Every output padding tried in a real ConvTranspose1d."""
    from contextlib import suppress

    for extra in range(max(stride, dilation)):
        with suppress(ValueError):
            given = transposed_length_by_torch(size, kernel, stride, padding, extra, dilation)
            if given == wanted:
                return extra
    raise ValueError(f"wanted must be a length that some output padding gives, found {wanted}")
