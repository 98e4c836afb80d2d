"""Bytes that layers keep between the forward and the backward pass: convolution, norms, embedding,
recurrent layers, plain convolutional nets.

Counted is what torch's autograd saves, each storage once: inputs of layers and what activation functions,
norms and pooling need besides. Weights and running statistics are left out, dropout's masks too. Dense
ReLU nets and transformer blocks are in memory, whose `saved_activations` follows the same rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import prod
from typing import Any, Literal

from .counts import Cell, _check_recurrent
from .ranges import _one_of
from .resampling import pooled_length
from .shapes import _axes, _least, convolution, length

After = Literal["nothing", "ReLU", "batch norm and ReLU"]
NormKind = Literal["batch norm", "layer norm"]
Counted = Literal["outputs", "saved"]
PlainNet = Literal[
    "LeNet-5, all maps connected",
    "AlexNet, two GPUs",
    "AlexNet, torchvision",
    "VGG-11",
    "VGG-16",
    "VGG-19",
]
# Vectors as long as the hidden state that a cell keeps at each step: RNN: the state before; LSTM: the
# states before, four gates and tanh(c); GRU: the state before, three gates, U h and h less its candidate.
KEPT = {"RNN": 1, "LSTM": 7, "GRU": 6}
INDEX_BYTES = 8  # torch's indices are 64-bit integers


def convolution_bytes(
    size: list[int],
    channels: int,
    filters: int,
    kernel: list[int],
    stride: list[int],
    padding: list[int],
    dilation: list[int],
    groups: int = 1,
    after: After = "nothing",
    batch: int = 1,
    bytes_per_value: int = 4,
) -> int:
    """The input; with a ReLU behind it its output too; with batch norm between them also the
    convolution's output and a mean and a 1/√(σ² + ε) per filter, in 4 bytes at least

    [Goodfellow et al. 2016, sec. 6.5.4; Ioffe & Szegedy 2015, sec. 3]
    """
    _least(1, batch=batch)
    _one_of(After, after=after)
    pairs = [[each, each] for each in padding]
    shape = convolution(size, channels, filters, kernel, stride, pairs, dilation, groups)
    taken, made = batch * channels * prod(size), batch * prod(shape)
    outputs = {"nothing": 0, "ReLU": 1, "batch norm and ReLU": 2}[after]
    if outputs == 2 and made // filters < 2:
        raise ValueError("batch norm must have 2 values per filter, found 1")
    statistics = 2 * filters * max(_float_bytes(bytes_per_value), 4) if outputs == 2 else 0
    return (taken + outputs * made) * bytes_per_value + statistics


def convolution_bytes_by_torch(
    size: list[int],
    channels: int,
    filters: int,
    kernel: list[int],
    stride: list[int],
    padding: list[int],
    dilation: list[int],
    groups: int = 1,
    after: After = "nothing",
    batch: int = 1,
    bytes_per_value: int = 4,
) -> int:
    """Distinct storages that autograd saves in real layers on the meta device."""
    from torch import nn

    axes = _axes(size=size, kernel=kernel, stride=stride, padding=padding, dilation=dilation)
    _least(1, channels=channels, filters=filters, kernel=kernel, stride=stride, dilation=dilation)
    _least(1, batch=batch, groups=groups)
    _least(0, padding=padding)
    _one_of(After, after=after)
    kinds: list[Any] = [nn.Conv1d, nn.Conv2d, nn.Conv3d]
    norms: list[Any] = [nn.BatchNorm1d, nn.BatchNorm2d, nn.BatchNorm3d]
    layer = kinds[axes - 1](
        channels, filters, kernel, stride, tuple(padding), dilation, groups, device="meta"
    )
    norm = [norms[axes - 1](filters, device="meta")] if after == "batch norm and ReLU" else []
    net = nn.Sequential(layer, *norm, *([] if after == "nothing" else [nn.ReLU()]))
    try:
        return _saved_in(net, [batch, channels, *size], bytes_per_value)
    except RuntimeError as error:
        raise ValueError(f"no output: {error}") from error


def norm_bytes(norm: NormKind, rows: int, width: int, bytes_per_value: int = 4) -> int:
    """The input and, in 4 bytes at least, a mean and a 1/√(σ² + ε) per pool: one pool per column for
    batch norm (rows: examples times places), one per row for layer norm

    [Ioffe & Szegedy 2015, sec. 3; Ba et al. 2016, sec. 3; torch.native_batch_norm, native_layer_norm]
    """
    _check_norm(norm, rows, width)
    pools = width if norm == "batch norm" else rows
    return rows * width * bytes_per_value + 2 * pools * max(_float_bytes(bytes_per_value), 4)


def norm_bytes_by_torch(norm: NormKind, rows: int, width: int, bytes_per_value: int = 4) -> int:
    """Distinct storages that autograd saves in a real layer in training, on the meta device."""
    from torch import nn

    _check_norm(norm, rows, width)
    layers: dict[str, Any] = {"batch norm": nn.BatchNorm1d, "layer norm": nn.LayerNorm}
    return _saved_in(layers[norm](width, device="meta"), [rows, width], bytes_per_value)


def embedding_bytes(length: int, width: int, batch: int = 1, bytes_per_index: int = 8) -> int:
    """batch length indices, whatever the width: a table's gradient needs no output of it, only where
    each row was used   [torch.nn.functional.embedding]"""
    _check_embedding(length, width, batch, bytes_per_index)
    return batch * length * bytes_per_index


def embedding_bytes_by_torch(
    length: int, width: int, batch: int = 1, bytes_per_index: int = 8
) -> int:
    """Distinct storages that autograd saves in a real Embedding on the meta device."""
    import torch

    _check_embedding(length, width, batch, bytes_per_index)
    kind = {4: torch.int32, 8: torch.int64}[bytes_per_index]
    table = torch.nn.Embedding(10, width, device="meta")
    words = torch.empty(batch, length, dtype=kind, device="meta")
    return _saved(lambda: table(words), table.parameters())


def recurrent_bytes(
    cell: Cell,
    inputs: int,
    hidden: int,
    length: int,
    layers: int = 1,
    directions: int = 1,
    batch: int = 1,
    bytes_per_value: int = 4,
    whole_buffers: bool = False,
) -> int:
    """batch length (n + directions k h) per layer, n its inputs, k = 1 RNN, 7 LSTM, 6 GRU; the RNN's
    last state too, since tanh keeps its output. All grows with the length

    Of torch's own cells without a fused kernel. `whole_buffers` counts whole storages: 7 for GRU, of
    which two gates are views of a buffer for three   [Werbos 1990; Hochreiter & Schmidhuber 1997; Cho et
    al. 2014]
    """
    _check_run(cell, inputs, hidden, length, layers, directions, batch)
    kept = KEPT[cell] + (cell == "GRU" and whole_buffers)
    steps = length * kept + (cell == "RNN")
    taken = length * (inputs + (layers - 1) * directions * hidden)
    values = batch * (taken + layers * directions * steps * hidden)
    return values * _float_bytes(bytes_per_value)


def recurrent_bytes_by_torch(
    cell: Cell,
    inputs: int,
    hidden: int,
    length: int,
    layers: int = 1,
    directions: int = 1,
    batch: int = 1,
    bytes_per_value: int = 4,
    whole_buffers: bool = False,
) -> int:
    """What autograd saves in a real layer on the meta device: distinct views, or whole storages."""
    import torch

    _check_run(cell, inputs, hidden, length, layers, directions, batch)
    both = directions == 2
    layer = getattr(torch.nn, cell)(inputs, hidden, layers, bidirectional=both, device="meta")
    return _saved_in(layer, [length, batch, inputs], bytes_per_value, whole_buffers)


def net_bytes(name: PlainNet, counted: Counted, batch: int = 1, bytes_per_value: int = 4) -> int:
    """Image and the outputs of all convolutions, poolings and dense layers, each once (ReLU in place):
    VGG-16's 15,237,608 values for one image of 224x224 pixels, 61 MB

    "saved": what the backward pass keeps, so not the scores, but an 8-byte index for each output of a max
    pooling. Dropout left out   [Simonyan & Zisserman 2015, table 1; Krizhevsky et al. 2012; LeCun et al.
    1998]
    """
    _least(1, batch=batch)
    _one_of(Counted, counted=counted)
    walked = _walked(name)
    values = sum(count for _, count in walked)
    if counted == "outputs":
        return batch * values * _float_bytes(bytes_per_value)
    indices = INDEX_BYTES * sum(count for kind, count in walked if kind == "max pooling")
    return batch * ((values - walked[-1][1]) * _float_bytes(bytes_per_value) + indices)


def net_bytes_by_torch(
    name: PlainNet, counted: Counted, batch: int = 1, bytes_per_value: int = 4
) -> int:
    """Hooks see a real net at work on the meta device: what its layers put out, or what autograd saves."""
    import torch
    from torch import nn

    from .real_nets import SIZES, _net

    _least(1, batch=batch)
    _one_of(Counted, counted=counted)
    _one_of(PlainNet, name=name)
    net = _net(name)
    channels, side = SIZES.get(name.split("-")[0], (3, 224))
    if counted == "saved":
        return _saved_in(net, [batch, channels, side, side], bytes_per_value)
    kind = _kind(bytes_per_value)
    image = torch.empty(batch, channels, side, side, dtype=kind, device="meta")
    seen: list[int] = [image.nbytes]
    for layer in net.modules():
        if isinstance(layer, nn.Conv2d | nn.Linear | nn.MaxPool2d | nn.AvgPool2d):
            layer.register_forward_hook(lambda _layer, _inputs, made: seen.append(made.nbytes))
    net.to(kind)(image)
    return sum(seen)


def _walked(name: PlainNet) -> list[tuple[str, int]]:
    """Image and layers in order, with the number of values that each of them gives."""
    channels, side, steps, widths = _plan(name)
    found = [("image", channels * side**2)]
    for kind, filters, kernel, stride, padding in steps:
        if kind == "convolution":
            channels = filters
            side = length(side, kernel, stride, padding, padding)
        else:
            side = pooled_length(side, kernel, stride)
        found.append((kind, channels * side**2))
    return found + [("dense", width) for width in widths]


Step = tuple[str, int, int, int, int]  # kind, filters (0 for pooling), kernel, stride, padding


def _plan(name: PlainNet) -> tuple[int, int, list[Step], list[int]]:
    """Channels and side of the image, convolutions and poolings, widths of the dense layers."""
    _one_of(PlainNet, name=name)
    if name == "LeNet-5, all maps connected":
        pool = ("mean pooling", 0, 2, 2, 0)
        steps = [("convolution", 6, 5, 1, 0), pool, ("convolution", 16, 5, 1, 0), pool]
        return 1, 32, steps, [120, 84, 10]
    if name.startswith("AlexNet"):
        split = name == "AlexNet, two GPUs"
        a, b, c, d, e = (96, 256, 384, 384, 256) if split else (64, 192, 384, 256, 256)
        pool = ("max pooling", 0, 3, 2, 0)
        steps = [("convolution", a, 11, 4, 2), pool, ("convolution", b, 5, 1, 2), pool]
        steps += [("convolution", each, 3, 1, 1) for each in (c, d, e)]
        return 3, 224, [*steps, pool], [4096, 4096, 1000]
    depths = {"VGG-11": (1, 1, 2, 2, 2), "VGG-16": (2, 2, 3, 3, 3), "VGG-19": (2, 2, 4, 4, 4)}
    steps = []
    for count, filters in zip(depths[name], (64, 128, 256, 512, 512), strict=True):
        steps += [("convolution", filters, 3, 1, 1)] * count + [("max pooling", 0, 2, 2, 0)]
    return 3, 224, steps, [4096, 4096, 1000]


def _saved_in(net: Any, shape: list[int], bytes_per_value: int, whole: bool = True) -> int:
    """Bytes saved while an input of this shape passes through a net on the meta device."""
    import torch

    kind = _kind(bytes_per_value)
    net.to(kind)
    taken = torch.empty(shape, dtype=kind, device="meta", requires_grad=True)
    return _saved(lambda: net(taken), [*net.parameters(), *net.buffers()], whole)


def _saved(work: Callable[[], object], own: Iterable[Any], whole: bool = True) -> int:
    """Bytes of the distinct storages, or views, that autograd saves, but for a net's own tensors."""
    from torch.autograd.graph import saved_tensors_hooks

    saved: dict[tuple[int, ...], Any] = {}  # holds the tensors, so that no place is used again

    def keep(each: Any) -> Any:
        view = () if whole else (each.storage_offset(), each.numel())
        saved.setdefault((_storage(each), *view), each)
        return each

    with saved_tensors_hooks(keep, lambda each: each):
        _kept = work()
    left_out = {_storage(each) for each in own}  # to which the work may have added
    kept = [each for (place, *_), each in saved.items() if place not in left_out]
    return sum(each.untyped_storage().nbytes() if whole else each.nbytes for each in kept)


def _storage(values: Any) -> int:
    """Where a storage stands, on the meta device too, on which every data pointer is 0."""
    return int(values.untyped_storage()._cdata)


def _kind(bytes_per_value: int) -> Any:
    import torch

    kinds = {2: torch.float16, 4: torch.float32, 8: torch.float64}
    return kinds[_float_bytes(bytes_per_value)]


def _float_bytes(bytes_per_value: int) -> int:
    if bytes_per_value not in (2, 4, 8):
        raise ValueError(f"bytes_per_value must be 2, 4 or 8, found {bytes_per_value}")
    return bytes_per_value


def _check_norm(norm: NormKind, rows: int, width: int) -> None:
    _one_of(NormKind, norm=norm)
    _least(1, rows=rows, width=width)
    if norm == "batch norm" and rows < 2:
        raise ValueError(f"rows must be at least 2 for batch norm, found {rows}")


def _check_embedding(length: int, width: int, batch: int, bytes_per_index: int) -> None:
    _least(1, length=length, width=width, batch=batch)
    if bytes_per_index not in (4, 8):
        raise ValueError(f"bytes_per_index must be 4 or 8, found {bytes_per_index}")


def _check_run(
    cell: Cell, inputs: int, hidden: int, length: int, layers: int, directions: int, batch: int
) -> None:
    _one_of(Cell, cell=cell)
    _check_recurrent(inputs, hidden, layers, 0, directions)
    _least(1, length=length, batch=batch)
