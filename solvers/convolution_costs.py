"""What convolution layers cost: parameters, weights and multiplications, and which layers share weights."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from .convolution import output_size
from .ranges import _at_least, _one_of


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


Head = Literal["flatten", "global average pooling"]


def parameters_saved(size: int, channels: int, classes: int, window: int, head: Head) -> int:
    """Parameters of the dense output layer without max pooling in front, minus with it"""
    _one_of(Head, head=head)
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
    _one_of(Part, part=part)
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
