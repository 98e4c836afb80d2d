"""Pooling layers: what is left of maps, and what a shift changes."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from .convolution import output_size
from .ranges import _at_least, _one_of, _rectangle


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


Reducer = Literal["flatten", "max pooling", "global average pooling"]


def values_kept(layer: Reducer, channels: int, size: int) -> Fraction:
    """Values out per value in, for a channels x size x size map; pooling is 2x2 with stride 2"""
    _one_of(Reducer, layer=layer)
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
