"""Sizes, fields and values of convolution layers."""

from __future__ import annotations

from fractions import Fraction

from .ranges import _at_least, _rectangle


def _fits(name: str, extent: int, room: int) -> None:
    if extent > room:
        raise ValueError(f"{name} must be at most the padded size {room}, found {extent}")


def output_size(
    size: int, kernel: int, stride: int = 1, padding: int = 0, dilation: int = 1
) -> int:
    """floor((size + 2 padding - dilation (kernel - 1) - 1) / stride) + 1

    [Dumoulin & Visin 2016, rel. 6; dilation rel. 15]
    """
    _at_least(1, size=size, kernel=kernel, stride=stride, dilation=dilation)
    _at_least(0, padding=padding)
    extent = dilation * (kernel - 1) + 1
    _fits("kernel" if dilation == 1 else "dilated kernel", extent, size + 2 * padding)
    return (size + 2 * padding - extent) // stride + 1


def output_size_by_torch(
    size: int, kernel: int, stride: int = 1, padding: int = 0, dilation: int = 1
) -> int:
    """Length that a real Conv1d gives a signal of `size` on the meta device."""
    import torch

    _at_least(1, kernel=kernel, stride=stride, dilation=dilation)
    try:
        layer = torch.nn.Conv1d(
            1, 1, kernel, stride=stride, padding=padding, dilation=dilation, device="meta"
        )
        return int(layer(torch.empty(1, 1, size, device="meta")).shape[-1])
    except RuntimeError as error:
        raise ValueError(f"no output: {error}") from error


def stack_shape(
    size: int,
    kernel: int,
    filters: int,
    pool: int,
    stride: int,
    last: int,
    channels_last: bool = False,
) -> tuple[int, ...]:
    """(last, side, side) after convolution, max pooling, 3x3 convolution with padding 1

    [Dumoulin & Visin 2016, rel. 6, thrice]
    """
    _at_least(1, filters=filters, last=last)
    convolved = output_size(size, kernel)
    side = output_size(output_size(convolved, pool, pool), 3, stride, 1)
    return (side, side, last) if channels_last else (last, side, side)


def stack_shape_by_torch(
    size: int,
    kernel: int,
    filters: int,
    pool: int,
    stride: int,
    last: int,
    channels_last: bool = False,
) -> tuple[int, ...]:
    """Shape that the three real layers give an RGB image on the meta device."""
    import torch
    from torch import nn

    _at_least(1, kernel=kernel, filters=filters, last=last, stride=stride, pool=pool)
    with torch.device("meta"):
        try:
            layers = nn.Sequential(
                nn.Conv2d(3, filters, kernel),
                nn.MaxPool2d(pool),
                nn.Conv2d(filters, last, 3, stride=stride, padding=1),
            )
            output = layers(torch.empty(3, size, size))
        except RuntimeError as error:
            raise ValueError(f"no output: {error}") from error
    return tuple(output.permute(1, 2, 0).shape if channels_last else output.shape)


def correlated(
    image: list[list[int]], kernel: list[list[int]], flip: bool = False
) -> list[list[int]]:
    """sum_mn image[i + m, j + n] kernel[m, n]; flip: the kernel turned by 180 degrees first

    [Goodfellow et al. 2016, eq. 9.4-9.6]
    """
    height, width = _rectangle("image", image)
    rows, columns = _rectangle("kernel", kernel)
    taps = [row[::-1] for row in kernel[::-1]] if flip else kernel
    return [
        [
            sum(taps[m][n] * image[i + m][j + n] for m in range(rows) for n in range(columns))
            for j in range(output_size(width, columns))
        ]
        for i in range(output_size(height, rows))
    ]


def correlated_by_torch(
    image: list[list[int]], kernel: list[list[int]], flip: bool = False
) -> list[list[int]]:
    """torch's conv2d, which does not flip; the kernel is turned beforehand if asked."""
    import torch

    _rectangle("image", image)
    _rectangle("kernel", kernel)
    taps = torch.tensor([[kernel]], dtype=torch.float64)
    taps = torch.flip(taps, (2, 3)) if flip else taps
    try:
        output = torch.nn.functional.conv2d(torch.tensor([[image]], dtype=torch.float64), taps)
    except RuntimeError as error:
        raise ValueError(f"no output: {error}") from error
    return [[round(value) for value in row] for row in output[0, 0].tolist()]


def same_padding(size: int, kernel: int, stride: int = 1) -> list[int]:
    """[before, after] of max((ceil(size / stride) - 1) stride + kernel - size, 0), odd one after

    [TensorFlow guide, tf.nn, "SAME"]
    """
    _at_least(1, size=size, kernel=kernel, stride=stride)
    outputs = -(-size // stride)
    total = max((outputs - 1) * stride + kernel - size, 0)
    return [total // 2, total - total // 2]


def same_padding_by_loop(size: int, kernel: int, stride: int = 1) -> list[int]:
    """Zeros added one by one, after and before in turn, until there are windows enough."""
    _at_least(1, size=size, kernel=kernel, stride=stride)
    before, after = 0, 0
    while len(range(0, before + size + after - kernel + 1, stride)) < len(range(0, size, stride)):
        if after > before:
            before += 1
        else:
            after += 1
    return [before, after]


def transposed_size(
    size: int, kernel: int, stride: int = 1, padding: int = 0, output_padding: int = 0
) -> int:
    """(size - 1) stride - 2 padding + kernel + output_padding   [Dumoulin & Visin 2016, rel. 14]"""
    _at_least(1, size=size, kernel=kernel, stride=stride)
    _at_least(0, padding=padding, output_padding=output_padding)
    if output_padding >= stride:
        raise ValueError(
            f"output_padding must be below the stride {stride}, found {output_padding}"
        )
    output = (size - 1) * stride - 2 * padding + kernel + output_padding
    if output < 1:
        raise ValueError(f"padding must leave at least one output, found {padding}")
    return output


def transposed_size_by_torch(
    size: int, kernel: int, stride: int = 1, padding: int = 0, output_padding: int = 0
) -> int:
    """Length that a real ConvTranspose1d gives a signal of `size`."""
    import torch

    _at_least(1, size=size, kernel=kernel, stride=stride)
    _at_least(0, padding=padding, output_padding=output_padding)
    layer = torch.nn.ConvTranspose1d(
        1, 1, kernel, stride=stride, padding=padding, output_padding=output_padding
    )
    try:
        return int(layer(torch.zeros(1, 1, size)).shape[-1])
    except RuntimeError as error:
        raise ValueError(f"no output: {error}") from error


def restored_value(signal: list[int], kernel: list[int], at: int) -> int:
    """Entry `at` of C^T C signal, C the valid stride-1 correlation with the kernel

    [Dumoulin & Visin 2016, sec. 4.1-4.2]
    """
    if not 0 <= at < len(signal):
        raise ValueError(f"at must be a position in 0..{len(signal) - 1}, found {at}")
    outputs = output_size(len(signal), len(kernel))
    convolved = [sum(k * signal[i + t] for t, k in enumerate(kernel)) for i in range(outputs)]
    return sum(k * convolved[at - t] for t, k in enumerate(kernel) if 0 <= at - t < outputs)


def restored_value_by_torch(signal: list[int], kernel: list[int], at: int) -> int:
    """torch's conv1d followed by its conv_transpose1d with the same kernel."""
    import torch
    from torch.nn.functional import conv1d, conv_transpose1d

    if not 0 <= at < len(signal):
        raise ValueError(f"at must be a position in 0..{len(signal) - 1}, found {at}")
    taps = torch.tensor([[kernel]], dtype=torch.float64)
    try:
        convolved = conv1d(torch.tensor([[signal]], dtype=torch.float64), taps)
    except RuntimeError as error:
        raise ValueError(f"no output: {error}") from error
    return round(conv_transpose1d(convolved, taps)[0, 0, at].item())


def windows_over(size: int, kernel: int, row: int, column: int) -> int:
    """Valid stride-1 windows that cover a pixel (positions from 0): product over both axes"""
    _at_least(1, kernel=kernel)
    _fits("kernel", kernel, size)
    for name, at in (("row", row), ("column", column)):
        if not 0 <= at < size:
            raise ValueError(f"{name} must be in 0..{size - 1}, found {at}")
    first, last = kernel - 1, size - kernel
    starts = [min(at, last) - max(at - first, 0) + 1 for at in (row, column)]
    return starts[0] * starts[1]


def windows_over_by_autograd(size: int, kernel: int, row: int, column: int) -> int:
    """Derivative, with respect to the pixel, of the sum of all outputs of an all-ones kernel."""
    import torch

    if not (0 <= row < size and 0 <= column < size and kernel >= 1):
        raise ValueError(f"no such pixel or kernel: {row}, {column}, {kernel}")
    image = torch.zeros(1, 1, size, size, dtype=torch.float64, requires_grad=True)
    try:
        ones = torch.ones(1, 1, kernel, kernel, dtype=torch.float64)
        torch.nn.functional.conv2d(image, ones).sum().backward()  # type: ignore[no-untyped-call]
    except RuntimeError as error:
        raise ValueError(f"no output: {error}") from error
    assert image.grad is not None
    return round(image.grad[0, 0, row, column].item())


def values_passed_on(
    size: int, kernel: int, channels: int, filters: int, stride: int = 1, padding: int = 0
) -> Fraction:
    """filters output_size^2 / (channels size^2): numbers that a convolution puts out per number in"""
    _at_least(1, channels=channels, filters=filters)
    side = output_size(size, kernel, stride, padding)
    return Fraction(filters * side**2, channels * size**2)


def values_passed_on_by_torch(
    size: int, kernel: int, channels: int, filters: int, stride: int = 1, padding: int = 0
) -> Fraction:
    """Elements of a real Conv2d's output and input, divided."""
    import torch

    _at_least(1, size=size, kernel=kernel, channels=channels, filters=filters, stride=stride)
    _at_least(0, padding=padding)
    layer = torch.nn.Conv2d(channels, filters, kernel, stride, padding, device="meta")
    image = torch.empty(1, channels, size, size, device="meta")
    try:
        return Fraction(layer(image).numel(), image.numel())
    except RuntimeError as error:
        raise ValueError(f"no output: {error}") from error


def receptive_field(kernels: list[int], strides: list[int]) -> int:
    """1 + sum_l (kernel_l - 1) prod_{i<l} stride_i, in input pixels

    [Araujo, Norris & Sim 2019]
    """
    if len(kernels) != len(strides) or not kernels:
        raise ValueError(
            f"strides must be as many as kernels ({len(kernels)}), found {len(strides)}"
        )
    field, jump = 1, 1
    for kernel, stride in zip(kernels, strides, strict=True):
        _at_least(1, kernel=kernel, stride=stride)
        field += (kernel - 1) * jump
        jump *= stride
    return field


def receptive_field_by_autograd(kernels: list[int], strides: list[int]) -> int:
    """Input pixels with a non-zero derivative of one output, in a stack of all-ones kernels."""
    import torch

    if len(kernels) != len(strides) or not kernels or min(kernels + strides) < 1:
        raise ValueError("kernels and strides must be equally many positive numbers")
    size = 1
    for kernel, stride in zip(kernels[::-1], strides[::-1], strict=True):
        size = (size + 1) * stride + kernel
    signal = torch.zeros(1, 1, size, dtype=torch.float64, requires_grad=True)
    output = signal
    for kernel, stride in zip(kernels, strides, strict=True):
        ones = torch.ones(1, 1, kernel, dtype=torch.float64)
        output = torch.nn.functional.conv1d(output, ones, stride=stride)
    output[0, 0, 0].backward()  # type: ignore[no-untyped-call]
    assert signal.grad is not None
    # With a kernel shorter than its stride some pixels inside the field are skipped.
    touched = signal.grad[0, 0].nonzero()
    return int(touched.max() - touched.min()) + 1
