"""Mistakes with convolution and pooling layers: everything here is wrong on purpose."""

from __future__ import annotations

from fractions import Fraction

from ..convolution import correlated, output_size, stack_shape
from ..pooling import Reducer, max_pooled, values_kept


def forgot_plus_one(
    size: int, kernel: int, stride: int = 1, padding: int = 0, dilation: int = 1
) -> int:
    """Wrong on purpose: forgets the + 1."""
    return output_size(size, kernel, stride, padding, dilation) - 1


def rounded_up(size: int, kernel: int, stride: int = 1, padding: int = 0, dilation: int = 1) -> int:
    """Wrong on purpose: counts an incomplete last window."""
    return -(-(size + 2 * padding - dilation * (kernel - 1) - 1) // stride) + 1


def divided_by_stride(
    size: int, kernel: int, stride: int = 1, padding: int = 0, dilation: int = 1
) -> int:
    """Wrong on purpose: divides by the stride and forgets the kernel."""
    return size // stride


def padded_once(
    size: int, kernel: int, stride: int = 1, padding: int = 0, dilation: int = 1
) -> int:
    """Wrong on purpose: adds the padding on one side only."""
    return (size + padding - dilation * (kernel - 1) - 1) // stride + 1


def multiplied_channels(
    size: int,
    kernel: int,
    filters: int,
    pool: int,
    stride: int,
    last: int,
    channels_last: bool = False,
) -> tuple[int, ...]:
    """Wrong on purpose: lets each filter of the last layer act on each channel separately."""
    return stack_shape(size, kernel, filters, pool, stride, filters * last, channels_last)


def unpadded_stack(
    size: int,
    kernel: int,
    filters: int,
    pool: int,
    stride: int,
    last: int,
    channels_last: bool = False,
) -> tuple[int, ...]:
    """Wrong on purpose: forgets the padding of the last convolution."""
    side = output_size(output_size(output_size(size, kernel), pool, pool), 3, stride)
    return (last, side, side)


def forgot_pooling(
    size: int,
    kernel: int,
    filters: int,
    pool: int,
    stride: int,
    last: int,
    channels_last: bool = False,
) -> tuple[int, ...]:
    """Wrong on purpose: leaves the pooling layer out."""
    side = output_size(output_size(size, kernel), 3, stride, 1)
    return (last, side, side)


def flat_filters(kernel: int, channels: int, filters: int, bias: bool = True) -> int:
    """Wrong on purpose: takes a filter as one flat slice, whatever the input channels."""
    return (kernel**2 + 1) * filters


def bias_per_slice(kernel: int, channels: int, filters: int, bias: bool = True) -> int:
    """Wrong on purpose: gives each channel slice of each filter its own bias."""
    return (kernel**2 + 1) * channels * filters


def ratio_of_one_output(size: int, kernel: int, channels: int, filters: int) -> Fraction:
    """Wrong on purpose: connects only one dense unit to the map."""
    return Fraction(size**2, kernel**2)


def ratio_with_channels(size: int, kernel: int, channels: int, filters: int) -> Fraction:
    """Wrong on purpose: forgets that a convolution filter reads every input channel."""
    return Fraction(size**4 * channels, kernel**2)


def pooled_channels(size: int, channels: int, window: int, stride: int, ceil: bool = False) -> int:
    """Wrong on purpose: pools over the channels too."""
    return (channels // stride) * output_size(size, window, stride) ** 2


def pooled_one_side(size: int, channels: int, window: int, stride: int, ceil: bool = False) -> int:
    """Wrong on purpose: shrinks one of the two sides only."""
    return channels * size * output_size(size, window, stride)


def one_map(size: int, channels: int, window: int, stride: int, ceil: bool = False) -> int:
    """Wrong on purpose: flattens a single channel."""
    return output_size(size, window, stride) ** 2


def average_pooled(image: list[list[int]], window: int, stride: int) -> list[list[Fraction]]:
    """Wrong on purpose: takes the average of each window."""
    rows = range(output_size(len(image), window, stride))
    columns = range(output_size(len(image[0]), window, stride))
    return [
        [
            Fraction(
                sum(
                    sum(row[j * stride : j * stride + window])
                    for row in image[i * stride :][:window]
                ),
                window**2,
            )
            for j in columns
        ]
        for i in rows
    ]


def slid_by_one(image: list[list[int]], window: int, stride: int) -> list[list[int]]:
    """Wrong on purpose: moves the window by one whatever the stride."""
    return max_pooled(image, window, 1)


def products_only(
    image: list[list[int]], kernel: list[list[int]], flip: bool = False
) -> list[list[int]]:
    """Wrong on purpose: moves by the kernel's size, so that windows do not overlap."""
    step = len(kernel)
    return [
        [
            sum(kernel[m][n] * image[i + m][j + n] for m in range(step) for n in range(step))
            for j in range(0, len(image[0]) - step + 1, step)
        ]
        for i in range(0, len(image) - step + 1, step)
    ]


def transposed_as_forward(
    size: int, kernel: int, stride: int = 1, padding: int = 0, output_padding: int = 0
) -> int:
    """Wrong on purpose: uses the formula of the ordinary convolution."""
    return (size + 2 * padding - kernel) // stride + 1


def stretched_only(
    size: int, kernel: int, stride: int = 1, padding: int = 0, output_padding: int = 0
) -> int:
    """Wrong on purpose: multiplies by the stride and forgets kernel and padding."""
    return size * stride


def padding_added(
    size: int, kernel: int, stride: int = 1, padding: int = 0, output_padding: int = 0
) -> int:
    """Wrong on purpose: adds the padding, which here crops the output."""
    return (size - 1) * stride + 2 * padding + kernel + output_padding


def extra_before(size: int, kernel: int, stride: int = 1) -> list[int]:
    """Wrong on purpose: puts the odd zero before the input."""
    total = max((-(-size // stride) - 1) * stride + kernel - size, 0)
    return [total - total // 2, total // 2]


def half_kernel(size: int, kernel: int, stride: int = 1) -> list[int]:
    """Wrong on purpose: floor(kernel / 2) on both sides, whatever size, stride and parity."""
    return [kernel // 2, kernel // 2]


def stride_ignored(size: int, kernel: int, stride: int = 1) -> list[int]:
    """Wrong on purpose: pads as if the stride were 1."""
    return [(kernel - 1) // 2, kernel - 1 - (kernel - 1) // 2]


def every_window(size: int, kernel: int, row: int, column: int) -> int:
    """Wrong on purpose: takes each pixel as an inner one."""
    return kernel**2


def one_axis(size: int, kernel: int, row: int, column: int) -> int:
    """Wrong on purpose: counts the windows along the rows only."""
    return min(row, size - kernel) - max(row - kernel + 1, 0) + 1


def sum_of_kernels(kernels: list[int], strides: list[int]) -> int:
    """Wrong on purpose: adds the kernel sizes."""
    return sum(kernels)


def strides_ignored(kernels: list[int], strides: list[int]) -> int:
    """Wrong on purpose: lets each layer add kernel - 1 pixels, whatever the strides before it."""
    return 1 + sum(kernel - 1 for kernel in kernels)


def own_stride_too(kernels: list[int], strides: list[int]) -> int:
    """Wrong on purpose: multiplies with the layer's own stride as well."""
    field, jump = 1, 1
    for kernel, stride in zip(kernels, strides, strict=True):
        jump *= stride
        field += (kernel - 1) * jump
    return field


def weights_only(size: int, kernel: int, channels: int, filters: int) -> int:
    """Wrong on purpose: counts the weights, as if each were used once."""
    return kernel**2 * channels * filters


def products_of_one_channel(size: int, kernel: int, channels: int, filters: int) -> int:
    """Wrong on purpose: forgets that each output adds up all input channels."""
    return size**2 * filters * kernel**2


def one_product_per_output(size: int, kernel: int, channels: int, filters: int) -> int:
    """Wrong on purpose: counts the output values, one product each."""
    return size**2 * filters


def kept_size(
    image: list[list[int]], kernel: list[list[int]], flip: bool = False
) -> list[list[int]]:
    """Wrong on purpose: lets the kernel hang over the lower and right border, on zeros."""
    wide = [[*row, *[0] * (len(kernel[0]) - 1)] for row in image]
    tall = wide + [[0] * len(wide[0])] * (len(kernel) - 1)
    return correlated(tall, kernel)


def as_before(signal: list[int], kernel: list[int], at: int) -> int:
    """Wrong on purpose: takes the transposed convolution for the inverse."""
    return signal[at]


def turned_back(signal: list[int], kernel: list[int], at: int) -> int:
    """Wrong on purpose: stamps the kernel into the output back to front."""
    starts = range(len(signal) - len(kernel) + 1)
    convolved = [sum(k * signal[i + t] for t, k in enumerate(kernel)) for i in starts]
    return sum(k * convolved[at - t] for t, k in enumerate(kernel[::-1]) if at - t in starts)


def kept_on_one_side(layer: Reducer, channels: int, size: int) -> Fraction:
    """Wrong on purpose: the share along one side."""
    return Fraction(size // 2 if layer == "max pooling" else 1, size)


def channels_averaged_too(layer: Reducer, channels: int, size: int) -> Fraction:
    """Wrong on purpose: pools over the channels too."""
    return values_kept(layer, channels, size) / channels
