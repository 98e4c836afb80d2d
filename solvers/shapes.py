"""Shapes of convolutions on 1 to 3 axes: strided, padded, dilated, grouped, depthwise.

Shapes are of one example, channels first unless asked otherwise; `padding` is one pair
[before, after] per axis. Pooling and transposed convolution are in resampling, im2col and
flattening in layouts, whole stacks of layers in stacks.
"""

from __future__ import annotations

from typing import Any, Literal

from .ranges import _one_of

Mode = Literal["valid", "same", "full"]


def length(
    size: int, kernel: int, stride: int = 1, before: int = 0, after: int = 0, dilation: int = 1
) -> int:
    """floor((size + before + after - dilation (kernel - 1) - 1) / stride) + 1

    [Dumoulin & Visin 2016, rel. 6; dilation eq. 15]
    """
    _least(1, size=size, kernel=kernel, stride=stride, dilation=dilation)
    _least(0, before=before, after=after)
    room, extent = size + before + after, dilation * (kernel - 1) + 1
    if extent > room:
        raise ValueError(f"kernel's extent must be at most the padded {room}, found {extent}")
    return (room - extent) // stride + 1


def length_by_torch(
    size: int, kernel: int, stride: int = 1, before: int = 0, after: int = 0, dilation: int = 1
) -> int:
    """A real Conv1d on a padded signal, on the meta device."""
    shape = convolution_by_torch([size], 1, 1, [kernel], [stride], [[before, after]], [dilation])
    return shape[1]


def convolution(
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
    """(filters, floor((n + before + after - d (k - 1) - 1) / s) + 1 for each axis)

    [Dumoulin & Visin 2016, rel. 6 and eq. 15; groups: Krizhevsky et al. 2012, sec. 3.2]
    """
    _axes(size=size, kernel=kernel, stride=stride, padding=padding, dilation=dilation)
    _pairs(padding)
    _grouped(channels, filters, groups)
    axes = zip(size, kernel, stride, padding, dilation, strict=True)
    sides = [length(n, k, s, pair[0], pair[1], d) for n, k, s, pair, d in axes]
    return (*sides, filters) if channels_last else (filters, *sides)


def convolution_by_torch(
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
    """A real Conv1d, Conv2d or Conv3d on the meta device; it pads itself where both sides agree."""
    import torch

    _axes(size=size, kernel=kernel, stride=stride, padding=padding, dilation=dilation)
    _pairs(padding)
    even = all(before == after for before, after in padding)
    own = [before for before, _ in padding] if even else 0
    try:
        layer = _torch_layer(channels, filters, kernel, stride, own, dilation, groups)
        image = _torch_image(size, channels)
        if not even:
            image = torch.nn.functional.pad(
                image, [side for pair in padding[::-1] for side in pair]
            )
        shape = layer(image).shape[1:]
    except RuntimeError as error:
        raise ValueError(f"no output: {error}") from error
    return (*shape[1:], shape[0]) if channels_last else tuple(shape)


def depthwise(
    size: list[int],
    channels: int,
    multiplier: int,
    kernel: list[int],
    stride: list[int],
    padding: list[list[int]],
    dilation: list[int],
) -> tuple[int, ...]:
    """(channels multiplier, output sides): as many groups as channels

    [Chollet 2017; Howard et al. 2017, sec. 3.1]
    """
    _least(1, multiplier=multiplier, channels=channels)
    filters = channels * multiplier
    return convolution(size, channels, filters, kernel, stride, padding, dilation, channels)


def depthwise_by_torch(
    size: list[int],
    channels: int,
    multiplier: int,
    kernel: list[int],
    stride: list[int],
    padding: list[list[int]],
    dilation: list[int],
) -> tuple[int, ...]:
    """A real one-channel convolution for every channel, the outputs stacked."""
    _least(1, multiplier=multiplier, channels=channels)
    each = [
        convolution_by_torch(size, 1, multiplier, kernel, stride, padding, dilation)
        for _ in range(channels)
    ]
    return (sum(shape[0] for shape in each), *each[0][1:])


def kernel_shape(
    channels: int, filters: int, kernel: list[int], groups: int = 1, transposed: bool = False
) -> tuple[int, ...]:
    """(filters, channels / groups, sides); (channels, filters / groups, sides) if transposed

    [torch.nn.Conv2d and ConvTranspose2d, "Variables"]
    """
    _axes(kernel=kernel)
    _least(1, kernel=kernel)
    _grouped(channels, filters, groups)
    ends = (channels, filters) if transposed else (filters, channels)
    return (ends[0], ends[1] // groups, *kernel)


def kernel_shape_by_torch(
    channels: int, filters: int, kernel: list[int], groups: int = 1, transposed: bool = False
) -> tuple[int, ...]:
    """The weight of a real layer on the meta device."""
    from torch import nn

    axes = _axes(kernel=kernel)
    _least(1, kernel=kernel, channels=channels, filters=filters)
    straight: list[Any] = [nn.Conv1d, nn.Conv2d, nn.Conv3d]
    upward: list[Any] = [nn.ConvTranspose1d, nn.ConvTranspose2d, nn.ConvTranspose3d]
    kind = (upward if transposed else straight)[axes - 1]
    layer = kind(channels, filters, kernel, groups=groups, device="meta")
    return tuple(layer.weight.shape)


def mode_padding(
    size: int, kernel: int, stride: int = 1, dilation: int = 1, mode: Mode = "same"
) -> list[int]:
    """[before, after]: valid 0, full d (k - 1) on both sides; same: for ceil(size / stride) outputs,
    the odd one after   [Dumoulin & Visin 2016, sec. 2.2; TensorFlow, tf.nn.convolution]"""
    _one_of(Mode, mode=mode)
    _least(1, size=size, kernel=kernel, stride=stride, dilation=dilation)
    reach = dilation * (kernel - 1)
    if mode != "same":
        return [0, 0] if mode == "valid" else [reach, reach]
    total = max((-(-size // stride) - 1) * stride + reach + 1 - size, 0)
    return [total // 2, total - total // 2]


def mode_padding_by_loop(
    size: int, kernel: int, stride: int = 1, dilation: int = 1, mode: Mode = "same"
) -> list[int]:
    """Zeros added one at a time, after and before in turn, until there is what the mode asks for."""
    _least(1, size=size, kernel=kernel, stride=stride, dilation=dilation)
    taps = [tap * dilation for tap in range(kernel)]
    before, after = 0, 0

    def lacking() -> bool:
        """Same: too few windows. Full: the first window does not yet meet only the first entry."""
        starts = range(-before, size + after - taps[-1], stride)
        if mode == "full":
            return before + taps[0] < taps[-1] or after < taps[-1]
        return mode == "same" and len(starts) < len(range(0, size, stride))

    while lacking():
        before, after = (before + 1, after) if after > before else (before, after + 1)
    return [before, after]


def convolution_in_mode(
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
    """Sides ceil((n - d (k - 1)) / s) valid, ceil(n / s) same, ceil((n + d (k - 1)) / s) full

    [Dumoulin & Visin 2016, sec. 2.2; TensorFlow, tf.nn.convolution]
    """
    _one_of(Mode, mode=mode)
    _axes(size=size, kernel=kernel, stride=stride, dilation=dilation)
    axes = zip(size, kernel, stride, dilation, strict=True)
    padding = [mode_padding(*axis, mode) for axis in axes]
    return convolution(
        size, channels, filters, kernel, stride, padding, dilation, groups, channels_last
    )


def convolution_in_mode_by_torch(
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
    """A real layer with stride 1 in this mode, of whose outputs every s-th is kept."""
    from warnings import catch_warnings, simplefilter

    _axes(size=size, kernel=kernel, stride=stride, dilation=dilation)
    _least(1, stride=stride)
    full = [d * (k - 1) for k, d in zip(kernel, dilation, strict=True)]
    own = full if mode == "full" else mode
    try:
        layer = _torch_layer(channels, filters, kernel, [1] * len(size), own, dilation, groups)
        with catch_warnings():
            simplefilter("ignore")  # that an even kernel costs a padded copy
            output = layer(_torch_image(size, channels))[0]
    except RuntimeError as error:
        raise ValueError(f"no output: {error}") from error
    kept = output[(slice(None), *(slice(None, None, step) for step in stride))].shape
    return (*kept[1:], kept[0]) if channels_last else tuple(kept)


def _torch_layer(
    channels: int,
    filters: int,
    kernel: list[int],
    stride: list[int],
    padding: Any,
    dilation: list[int],
    groups: int,
) -> Any:
    from torch import nn

    # A real device refuses these itself; the meta device does not look at them.
    _least(1, channels=channels, filters=filters, kernel=kernel, stride=stride, dilation=dilation)
    kinds: list[Any] = [nn.Conv1d, nn.Conv2d, nn.Conv3d]
    return kinds[len(kernel) - 1](
        channels,
        filters,
        kernel,
        stride,
        padding if isinstance(padding, str | int) else tuple(padding),
        dilation,
        groups,
        device="meta",
    )


def _torch_image(size: list[int], channels: int) -> Any:
    import torch

    _least(1, size=size)
    return torch.empty(1, channels, *size, device="meta")


def _axes(**lists: list[Any]) -> int:
    """How many axes there are: 1 to 3, and as many entries in each list."""
    axes = len(next(iter(lists.values())))
    if not 1 <= axes <= 3:
        raise ValueError(f"size must have 1 to 3 axes, found {axes}")
    for name, values in lists.items():
        if len(values) != axes:
            raise ValueError(f"{name} must have {axes} entries, one per axis, found {len(values)}")
    return axes


def _least(least: int, **found: int | list[int]) -> None:
    for name, value in found.items():
        for each in value if isinstance(value, list) else [value]:
            if each < least:
                raise ValueError(f"{name} must be at least {least}, found {each}")


def _pairs(padding: list[list[int]]) -> None:
    if any(len(pair) != 2 for pair in padding):
        raise ValueError(f"padding must be pairs [before, after], found {padding}")
    _least(0, padding=[side for pair in padding for side in pair])


def _grouped(channels: int, filters: int, groups: int) -> None:
    _least(1, channels=channels, filters=filters, groups=groups)
    for name, value in (("channels", channels), ("filters", filters)):
        if value % groups:
            raise ValueError(f"groups must divide the {value} {name}, found {groups}")
