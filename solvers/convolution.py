"""Sizes, parameters and values of convolution and pooling layers."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal


def _at_least(least: int, **found: int) -> None:
    for name, value in found.items():
        if value < least:
            raise ValueError(f"{name} must be at least {least}, found {value}")


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


def parameters(kernel: int, channels: int, filters: int, bias: bool = True) -> int:
    """kernel^2 channels filters + filters biases   [Dumoulin & Visin 2016, sec. 1.1]"""
    _at_least(1, kernel=kernel, channels=channels, filters=filters)
    return kernel**2 * channels * filters + (filters if bias else 0)


def parameters_by_torch(kernel: int, channels: int, filters: int, bias: bool = True) -> int:
    """Elements of the tensors that a real Conv2d holds."""
    import torch

    _at_least(1, kernel=kernel, channels=channels, filters=filters)
    layer = torch.nn.Conv2d(channels, filters, kernel, bias=bias, device="meta")
    return sum(tensor.numel() for tensor in layer.parameters())


def weights_in(kernel: int, channels: int, filters: int) -> int:
    """kernel^2 channels filters weights, biases left aside   [Dumoulin & Visin 2016, sec. 1.1]"""
    return parameters(kernel, channels, filters, bias=False)


def weights_in_by_torch(kernel: int, channels: int, filters: int) -> int:
    """Elements of a real Conv2d's weight tensor."""
    import torch

    _at_least(1, kernel=kernel, channels=channels, filters=filters)
    return torch.nn.Conv2d(channels, filters, kernel, device="meta").weight.numel()


def multiplications(size: int, kernel: int, channels: int, filters: int) -> int:
    """size^2 filters outputs of kernel^2 channels products each ("same" padding, stride 1)

    [He & Sun 2015, eq. 1]
    """
    _at_least(1, size=size, kernel=kernel, channels=channels, filters=filters)
    return size**2 * filters * kernel**2 * channels


def multiplications_by_torch(size: int, kernel: int, channels: int, filters: int) -> int:
    """Half the operations that torch's counter sees in a real Conv2d."""
    import torch
    from torch.utils.flop_counter import FlopCounterMode

    _at_least(1, size=size, kernel=kernel, channels=channels, filters=filters)
    layer = torch.nn.Conv2d(channels, filters, kernel, padding="same", bias=False, device="meta")
    with FlopCounterMode(display=False) as counter:
        layer(torch.empty(1, channels, size, size, device="meta"))
    return int(counter.get_total_flops()) // 2


def weight_ratio(size: int, kernel: int, channels: int, filters: int) -> Fraction:
    """size^4 / kernel^2 weights of a dense layer per weight of a convolution between the same maps

    [Goodfellow et al. 2016, sec. 9.2]
    """
    _at_least(1, size=size, kernel=kernel, channels=channels, filters=filters)
    return Fraction(size**4, kernel**2)


def weight_ratio_by_torch(size: int, kernel: int, channels: int, filters: int) -> Fraction:
    """Weight counts of a real Linear and a real Conv2d, divided."""
    import torch

    _at_least(1, size=size, kernel=kernel, channels=channels, filters=filters)
    pixels = size * size
    dense = torch.nn.Linear(pixels * channels, pixels * filters, bias=False, device="meta")
    convolution = torch.nn.Conv2d(channels, filters, kernel, bias=False, device="meta")
    return Fraction(dense.weight.numel(), convolution.weight.numel())


def pooled_features(size: int, channels: int, window: int, stride: int, ceil: bool = False) -> int:
    """channels side^2 with side = floor((size - window) / stride) + 1

    [Dumoulin & Visin 2016, rel. 7]
    """
    _at_least(1, channels=channels)
    side = output_size(size, window, stride)
    # An incomplete last window counts in ceil mode, if any of it lies on the map.
    if ceil and (size - window) % stride and side * stride < size:
        side += 1
    return channels * side**2


def pooled_features_by_torch(
    size: int, channels: int, window: int, stride: int, ceil: bool = False
) -> int:
    """Elements after a real MaxPool2d and Flatten."""
    import torch
    from torch import nn

    _at_least(1, size=size, channels=channels, window=window, stride=stride)
    layers = nn.Sequential(nn.MaxPool2d(window, stride, ceil_mode=ceil), nn.Flatten())
    if window > size:
        raise ValueError(f"window must be at most the size {size}, found {window}")
    return int(layers(torch.empty(1, channels, size, size, device="meta")).numel())


def _rectangle(name: str, rows: list[list[int]]) -> tuple[int, int]:
    if not rows or not rows[0] or any(len(row) != len(rows[0]) for row in rows):
        raise ValueError(f"{name} must have rows of one length, found {rows}")
    return len(rows), len(rows[0])


def max_pooled(image: list[list[int]], window: int, stride: int) -> list[list[int]]:
    """Largest value of each window x window patch, stride apart

    [Dumoulin & Visin 2016, sec. 1.2]
    """
    height, width = _rectangle("image", image)
    rows, columns = output_size(height, window, stride), output_size(width, window, stride)
    return [
        [
            max(max(row[j * stride : j * stride + window]) for row in image[i * stride :][:window])
            for j in range(columns)
        ]
        for i in range(rows)
    ]


def max_pooled_by_torch(image: list[list[int]], window: int, stride: int) -> list[list[int]]:
    """What a real MaxPool2d gives."""
    import torch

    _rectangle("image", image)
    _at_least(1, window=window, stride=stride)
    pooling = torch.nn.MaxPool2d(window, stride)
    try:
        output = pooling(torch.tensor([image], dtype=torch.float64))
    except RuntimeError as error:
        raise ValueError(f"no output: {error}") from error
    return [[int(value) for value in row] for row in output[0].tolist()]


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


Reducer = Literal["flatten", "max pooling", "global average pooling"]


def values_kept(layer: Reducer, channels: int, size: int) -> Fraction:
    """Values out per value in, for a channels x size x size map; pooling is 2x2 with stride 2"""
    _at_least(1, channels=channels)
    _at_least(2, size=size)
    sides = {"flatten": size, "max pooling": size // 2, "global average pooling": 1}
    return Fraction(sides[layer] ** 2, size**2)


def values_kept_by_torch(layer: Reducer, channels: int, size: int) -> Fraction:
    """Elements of a real layer's output and input, divided."""
    import torch
    from torch import nn

    _at_least(1, channels=channels)
    _at_least(2, size=size)
    layers: dict[str, nn.Module] = {
        "flatten": nn.Flatten(),
        "max pooling": nn.MaxPool2d(2),
        "global average pooling": nn.AdaptiveAvgPool2d(1),
    }
    maps = torch.empty(1, channels, size, size, device="meta")
    return Fraction(layers[layer](maps).numel(), maps.numel())


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


Head = Literal["flatten", "global average pooling"]


def parameters_saved(size: int, channels: int, classes: int, window: int, head: Head) -> int:
    """Parameters of the dense output layer without max pooling in front, minus with it"""
    _at_least(1, channels=channels, classes=classes)
    pooled = output_size(size, window, window)
    sides = (size, pooled) if head == "flatten" else (1, 1)
    without, with_pooling = ((channels * side**2 + 1) * classes for side in sides)
    return without - with_pooling


def parameters_saved_by_torch(
    size: int, channels: int, classes: int, window: int, head: Head
) -> int:
    """Parameters of real networks with and without MaxPool2d, subtracted."""
    import torch
    from torch import nn

    _at_least(1, size=size, channels=channels, classes=classes, window=window)
    if window > size:
        raise ValueError(f"window must be at most the size {size}, found {window}")

    def count(pooling: nn.Module) -> int:
        squeeze = nn.Flatten() if head == "flatten" else nn.AdaptiveAvgPool2d(1)
        body = nn.Sequential(pooling, squeeze, nn.Flatten())
        features = body(torch.empty(1, channels, size, size, device="meta")).shape[1]
        network = nn.Sequential(body, nn.Linear(features, classes, device="meta"))
        return sum(tensor.numel() for tensor in network.parameters())

    return count(nn.Identity()) - count(nn.MaxPool2d(window))


Part = Literal["convolution", "dense layer behind"]


def saved_without_padding(
    size: int, kernel: int, channels: int, filters: int, classes: int, part: Part
) -> int:
    """Parameters of a layer with "same" padding less those without: of a stride-1 convolution, or of
    the dense layer that its flattened maps go into   [Goodfellow et al. 2016, sec. 9.2]"""
    _at_least(1, classes=classes)
    sides = size, output_size(size, kernel)
    counts = [
        parameters(kernel, channels, filters)
        if part == "convolution"
        else (filters * side**2 + 1) * classes
        for side in sides
    ]
    return counts[0] - counts[1]


def saved_without_padding_by_torch(
    size: int, kernel: int, channels: int, filters: int, classes: int, part: Part
) -> int:
    """Real networks with padding "same" and "valid", the layer's parameters counted and subtracted."""
    import torch
    from torch import nn

    _at_least(1, size=size, kernel=kernel, channels=channels, filters=filters, classes=classes)

    def count(padding: str) -> int:
        layer = nn.Conv2d(channels, filters, kernel, padding=padding, device="meta")
        maps = layer(torch.empty(1, channels, size, size, device="meta"))
        dense = nn.Linear(maps.flatten(1).shape[1], classes, device="meta")
        asked: nn.Module = layer if part == "convolution" else dense
        return sum(tensor.numel() for tensor in asked.parameters())

    try:
        return count("same") - count("valid")
    except RuntimeError as error:
        raise ValueError(f"no output: {error}") from error


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


def _uses(layer: str) -> list[tuple[object, object]]:
    """(place, weight) of each multiplication in a tiny layer of the kind named."""
    pairs = [(i, j) for i in range(3) for j in range(2)]
    kinds: dict[str, list[tuple[object, object]]] = {
        "convolution": [((i, i + tap), tap) for i, tap in pairs],
        "locally-connected": [((i, i + tap), (i, tap)) for i, tap in pairs],
        "dense": [(pair, pair) for pair in pairs],
        "recurrent": [((step, *pair), pair) for step in range(4) for pair in pairs],
        "siamese": [((twin, *pair), pair) for twin in range(2) for pair in pairs],
    }
    if layer not in kinds:
        raise ValueError(f"options must be among {', '.join(kinds)}, found {layer}")
    return kinds[layer]


def weight_sharing(options: list[str]) -> list[str]:
    """Layers with fewer weights than places where a weight multiplies

    [Goodfellow et al. 2016, sec. 9.2]
    """
    uses = {layer: _uses(layer) for layer in options}
    return [
        layer for layer in options if len({weight for _, weight in uses[layer]}) < len(uses[layer])
    ]


def weight_sharing_by_torch(options: list[str]) -> list[str]:
    """Layers that multiply more often, by torch's counter, than they have weights."""
    import torch
    from torch import nn
    from torch.utils.flop_counter import FlopCounterMode

    def multiplications(layer: str) -> tuple[int, int]:
        """Multiplications and weights of one real forward pass."""
        dense = nn.Linear(4, 3, bias=False)
        kernel = nn.Conv1d(1, 1, 2, bias=False)
        local = torch.zeros(3, 2)
        cell = nn.RNNCell(4, 3, bias=False)
        signal = torch.zeros(1, 4)
        with FlopCounterMode(display=False) as counter:
            if layer == "convolution":
                kernel(signal)
                weights = kernel.weight.numel()
            elif layer == "locally-connected":
                torch.bmm(local[:, None, :], signal[0].unfold(0, 2, 1)[:, :, None])
                weights = local.numel()
            elif layer == "dense":
                dense(signal)
                weights = dense.weight.numel()
            elif layer == "recurrent":
                state = torch.zeros(1, 3)
                for _ in range(5):
                    state = cell(signal, state)
                weights = sum(tensor.numel() for tensor in cell.parameters())
            elif layer == "siamese":
                dense(signal), dense(signal)
                weights = dense.weight.numel()
            else:
                raise ValueError(f"unknown layer {layer}")
        return int(counter.get_total_flops()) // 2, weights

    counts = {layer: multiplications(layer) for layer in options}
    return [layer for layer, (products, weights) in counts.items() if products > weights]


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


def changed_outputs(signal: list[int], shift: int, window: int) -> int:
    """Outputs of max pooling (stride = window) that a shift to the right, with zeros, changes"""
    _at_least(0, shift=shift)
    if output_size(len(signal), window, window) * window != len(signal):
        raise ValueError(f"window must divide the length {len(signal)}, found {window}")
    shifted = ([0] * shift + signal)[: len(signal)]
    starts = range(0, len(signal), window)
    return sum(max(signal[i : i + window]) != max(shifted[i : i + window]) for i in starts)


def changed_outputs_by_torch(signal: list[int], shift: int, window: int) -> int:
    """A real MaxPool1d on the signal and on the shifted signal, compared."""
    import torch

    _at_least(0, shift=shift)
    _at_least(1, window=window)
    if not signal or len(signal) % window:
        raise ValueError(f"window must divide the length {len(signal)}, found {window}")
    values = torch.tensor([signal], dtype=torch.float64)
    shifted = torch.nn.functional.pad(values, (shift, 0))[:, : len(signal)]
    pooling = torch.nn.MaxPool1d(window)
    return int((pooling(values) != pooling(shifted)).sum())
