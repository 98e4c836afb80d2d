"""Parameters of single layers: convolution, norms, embedding, recurrent cells.

Their multiply-adds are in macs, attention and the rest of a transformer in transformers, whole nets in
architectures, bytes in memory; dense layers are in perceptron.
"""

from __future__ import annotations

from collections.abc import Callable
from math import prod
from typing import Any, Literal

from .ranges import _one_of
from .shapes import _axes, _grouped, _least

Cell = Literal["RNN", "LSTM", "GRU"]
Norm = Literal["batch norm", "layer norm", "group norm", "RMS norm"]
Head = Literal["none", "tied", "untied"]

BLOCKS = {"RNN": 1, "GRU": 3, "LSTM": 4}


def convolution_parameters(
    channels: int, filters: int, kernel: list[int], groups: int = 1, bias: bool = True
) -> int:
    """filters channels / groups prod(kernel) weights, and a bias per filter

    [Goodfellow et al. 2016, sec. 9.1-9.2; groups: Krizhevsky et al. 2012, sec. 3.2]
    """
    _axes(kernel=kernel)
    _least(1, kernel=kernel)
    _grouped(channels, filters, groups)
    return filters * (channels // groups * prod(kernel) + bias)


def convolution_parameters_by_torch(
    channels: int, filters: int, kernel: list[int], groups: int = 1, bias: bool = True
) -> int:
    """Elements of the tensors of a real layer on the meta device."""
    from torch import nn

    axes = _axes(kernel=kernel)
    _least(1, kernel=kernel, channels=channels, filters=filters)
    kinds: list[Any] = [nn.Conv1d, nn.Conv2d, nn.Conv3d]
    return _numel(
        kinds[axes - 1](channels, filters, kernel, groups=groups, bias=bias, device="meta")
    )


def separable_parameters(
    channels: int, filters: int, kernel: int, multiplier: int = 1, bias: bool = False
) -> int:
    """channels m k^2 depthwise and channels m filters pointwise weights, a bias per output channel

    [Chollet 2017; Howard et al. 2017, sec. 3.1]
    """
    _least(1, channels=channels, filters=filters, kernel=kernel, multiplier=multiplier)
    middle = channels * multiplier
    return middle * (kernel**2 + bias) + filters * (middle + bias)


def separable_parameters_by_torch(
    channels: int, filters: int, kernel: int, multiplier: int = 1, bias: bool = False
) -> int:
    """Elements of the tensors of a real depthwise and a real pointwise layer."""
    from torch import nn

    _least(1, channels=channels, filters=filters, kernel=kernel, multiplier=multiplier)
    middle = channels * multiplier
    return _numel(
        nn.Conv2d(channels, middle, kernel, groups=channels, bias=bias, device="meta"),
        nn.Conv2d(middle, filters, 1, bias=bias, device="meta"),
    )


def norm_parameters(kind: Norm, features: int, statistics: bool = False) -> int:
    """2 features, scale and shift; RMS norm 1; `statistics`: batch norm's running means and
    variances count too, 2 features more, not trained   [Ioffe & Szegedy 2015; Ba et al. 2016]"""
    _one_of(Norm, kind=kind)
    _least(1, features=features)
    trained = features if kind == "RMS norm" else 2 * features
    return trained + (2 * features if statistics and kind == "batch norm" else 0)


def norm_parameters_by_torch(kind: Norm, features: int, statistics: bool = False) -> int:
    """Elements of a real layer's parameters, and of its buffers but the batch counter."""
    from torch import nn

    _least(1, features=features)
    kinds: dict[str, Callable[..., Any]] = {
        "batch norm": nn.BatchNorm2d,
        "layer norm": nn.LayerNorm,
        "group norm": lambda width, device: nn.GroupNorm(1, width, device=device),
        "RMS norm": nn.RMSNorm,
    }
    layer = kinds[kind](features, device="meta")
    kept = [each.numel() for each in layer.buffers() if each.dim()] if statistics else []
    return _numel(layer) + int(sum(kept))


def embedding_parameters(
    words: int, width: int, positions: int = 0, head: Head = "none", head_bias: bool = False
) -> int:
    """(words + positions) width; an untied output layer has words width more; a tied one only its bias

    [Press & Wolf 2017; Vaswani et al. 2017, sec. 3.4]
    """
    _one_of(Head, head=head)
    _least(1, words=words, width=width)
    _least(0, positions=positions)
    rows = words + positions + (words if head == "untied" else 0)
    return rows * width + (words if head_bias and head != "none" else 0)


def embedding_parameters_by_torch(
    words: int, width: int, positions: int = 0, head: Head = "none", head_bias: bool = False
) -> int:
    """Distinct tensors of real layers, the output layer's weight set to the embedding's if tied."""
    from torch import nn

    _least(1, words=words, width=width)
    _least(0, positions=positions)
    table = nn.Embedding(words, width, device="meta")
    layers: list[nn.Module] = [table]
    if positions:
        layers.append(nn.Embedding(positions, width, device="meta"))
    if head != "none":
        output = nn.Linear(width, words, bias=head_bias, device="meta")
        output.weight = table.weight if head == "tied" else output.weight
        layers.append(output)
    return _numel(nn.ModuleList(layers))


def recurrent_parameters(
    cell: Cell, inputs: int, hidden: int, layers: int = 1, biases: int = 1, directions: int = 1
) -> int:
    """k h (n + h + biases) per direction, k = 1 RNN, 3 GRU, 4 LSTM; above layer 1, n = directions h

    [Gers et al. 2000; Cho et al. 2014; torch.nn.LSTM has biases = 2, Keras' LSTM 1]
    """
    _one_of(Cell, cell=cell)
    _check_recurrent(inputs, hidden, layers, biases, directions)
    widths = [inputs] + [directions * hidden] * (layers - 1)
    gates = BLOCKS[cell] * hidden
    return directions * sum(gates * (width + hidden + biases) for width in widths)


def recurrent_parameters_by_torch(
    cell: Cell, inputs: int, hidden: int, layers: int = 1, biases: int = 1, directions: int = 1
) -> int:
    """Elements of a real torch layer's tensors, its bias vectors kept as far as asked."""
    import torch

    _check_recurrent(inputs, hidden, layers, biases, directions)
    both = directions == 2
    layer = getattr(torch.nn, cell)(inputs, hidden, layers, bidirectional=both, device="meta")
    kept = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")[: 2 + biases]
    return sum(values.numel() for name, values in layer.named_parameters() if name.startswith(kept))


def _check_recurrent(inputs: int, hidden: int, layers: int, biases: int, directions: int) -> None:
    _least(1, inputs=inputs, hidden=hidden, layers=layers)
    for name, value, allowed in (("biases", biases, (0, 1, 2)), ("directions", directions, (1, 2))):
        if value not in allowed:
            raise ValueError(f"{name} must be among {allowed}, found {value}")


def _numel(*layers: Any) -> int:
    return sum(values.numel() for layer in layers for values in layer.parameters())
