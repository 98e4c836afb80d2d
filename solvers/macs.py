"""Multiply-adds of single layers: convolution, recurrent cells, embedding; operations of norms.

A MAC is one multiplication with the addition of its product; `flops_per_mac` 2 counts both, 1 counts
MACs. Biases, norms and activation functions are left out, as usual; `norm_operations` counts a norm's.
Dense layers also are in foundations.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import prod
from typing import Any, Literal

from .counts import Cell, _check_recurrent, recurrent_parameters
from .ranges import _one_of
from .shapes import _axes, _grouped, _least, convolution

Norm = Literal["batch norm", "batch norm, stored statistics", "layer norm", "RMS norm"]
Counting = Literal["products only", "per value", "every operation"]


def convolution_macs(
    size: list[int],
    channels: int,
    filters: int,
    kernel: list[int],
    stride: list[int],
    padding: list[int],
    dilation: list[int],
    groups: int = 1,
    flops_per_mac: int = 1,
) -> int:
    """filters prod(output) outputs of channels / groups prod(kernel) products each, for one example

    [He & Sun 2015, eq. 1]
    """
    _check_factor(flops_per_mac)
    pairs = [[each, each] for each in padding]
    shape = convolution(size, channels, filters, kernel, stride, pairs, dilation, groups)
    return prod(shape) * (channels // groups) * prod(kernel) * flops_per_mac


def convolution_macs_by_torch(
    size: list[int],
    channels: int,
    filters: int,
    kernel: list[int],
    stride: list[int],
    padding: list[int],
    dilation: list[int],
    groups: int = 1,
    flops_per_mac: int = 1,
) -> int:
    """torch's FLOP counter (2 for each multiply-add) watches a real layer on the meta device."""
    from torch import nn

    axes = _axes(size=size, kernel=kernel, stride=stride, padding=padding, dilation=dilation)
    _check_factor(flops_per_mac)
    _least(1, channels=channels, filters=filters, kernel=kernel, stride=stride, dilation=dilation)
    _least(0, padding=padding)
    kinds: list[Any] = [nn.Conv1d, nn.Conv2d, nn.Conv3d]
    layer = kinds[axes - 1](
        channels, filters, kernel, stride, tuple(padding), dilation, groups, device="meta"
    )
    try:
        return _flops(lambda: layer(_meta(1, channels, *size))) // 2 * flops_per_mac
    except RuntimeError as error:
        raise ValueError(f"no output: {error}") from error


def transposed_macs(
    size: int, channels: int, filters: int, kernel: int, groups: int = 1, flops_per_mac: int = 1
) -> int:
    """size^2 channels inputs, each spread with kernel^2 filters / groups products; what padding
    cuts off is counted   [Dumoulin & Visin 2016, sec. 4]"""
    _least(1, size=size, kernel=kernel)
    _check_factor(flops_per_mac)
    _grouped(channels, filters, groups)
    return size**2 * channels * kernel**2 * (filters // groups) * flops_per_mac


def transposed_macs_by_torch(
    size: int, channels: int, filters: int, kernel: int, groups: int = 1, flops_per_mac: int = 1
) -> int:
    """torch's FLOP counter watches a real transposed convolution; its stride does not matter."""
    from torch import nn

    _least(1, size=size, kernel=kernel, channels=channels, filters=filters)
    _check_factor(flops_per_mac)
    layer = nn.ConvTranspose2d(channels, filters, kernel, 2, groups=groups, device="meta")
    return _flops(lambda: layer(_meta(1, channels, size, size))) // 2 * flops_per_mac


def recurrent_macs(
    cell: Cell,
    inputs: int,
    hidden: int,
    length: int,
    layers: int = 1,
    directions: int = 1,
    flops_per_mac: int = 1,
) -> int:
    """length k h (n + h) per layer and direction, k = 1 RNN, 3 GRU, 4 LSTM; products between gates
    left out   [Gers et al. 2000; Cho et al. 2014]"""
    _least(1, length=length)
    _check_factor(flops_per_mac)
    weights = recurrent_parameters(cell, inputs, hidden, layers, 0, directions)
    return length * weights * flops_per_mac


def recurrent_macs_by_torch(
    cell: Cell,
    inputs: int,
    hidden: int,
    length: int,
    layers: int = 1,
    directions: int = 1,
    flops_per_mac: int = 1,
) -> int:
    """torch's FLOP counter watches a real layer on the meta device."""
    import torch

    _check_recurrent(inputs, hidden, layers, 0, directions)
    _least(1, length=length)
    _check_factor(flops_per_mac)
    both = directions == 2
    layer = getattr(torch.nn, cell)(inputs, hidden, layers, bidirectional=both, device="meta")
    return _flops(lambda: layer(_meta(length, 1, inputs))) // 2 * flops_per_mac


def dense_operations(inputs: int, outputs: int, bias: bool = True) -> int:
    """outputs (inputs products + inputs - 1 additions + 1 for the bias), every operation counted

    [Golub & Van Loan 2013, sec. 1.1]
    """
    _least(1, inputs=inputs, outputs=outputs)
    return outputs * (2 * inputs - 1 + bias)


def dense_operations_by_counting(inputs: int, outputs: int, bias: bool = True) -> int:
    """A layer worked through with numbers that count the operations done with them."""
    _least(1, inputs=inputs, outputs=outputs)
    done: list[str] = []

    class Counted:
        """A number that only tells when it is added or multiplied."""

        def __mul__(self, _other: Counted) -> Counted:
            done.append("product")
            return self

        def __add__(self, _other: Counted) -> Counted:
            done.append("addition")
            return self

    for _ in range(outputs):
        terms = [Counted() * Counted() for _ in range(inputs)] + [Counted()] * bias
        total = terms[0]
        for term in terms[1:]:
            total = total + term
    return len(done)


def norm_operations(norm: Norm, rows: int, width: int, counting: Counting) -> int:
    """Of a norm with scale and shift (RMS norm: scale) on rows x width values, by three conventions

    "products only": 0, as FLOP counters such as torch's give. "per value": 2 rows width, the a x + b that
    is left when a and b are known, or the a x of RMS norm, rows width. "every operation" (+, −, ×, ÷, √),
    n values per pool: 7 n + 2 per column of n rows for batch norm and per row of n columns for layer norm,
    4 n + 2 per row for RMS norm, and per column for batch norm with stored statistics
    [Ioffe & Szegedy 2015, alg. 1; Ba et al. 2016, sec. 3; Zhang & Sennrich 2019, eq. 4]
    """
    _check_norm(norm, rows, width, counting)
    if counting != "every operation":
        each = 0 if counting == "products only" else 2 - (norm == "RMS norm")
        return each * rows * width
    pools, values = (width, rows) if norm.startswith("batch") else (rows, width)
    each = 7 if norm in ("batch norm", "layer norm") else 4
    return pools * (each * values + 2)


def norm_operations_by_counting(norm: Norm, rows: int, width: int, counting: Counting) -> int:
    """A norm worked through with numbers that count the operations done with them; for "products only"
    torch's FLOP counter watches a real norm."""
    _check_norm(norm, rows, width, counting)
    if counting == "products only":
        return _flops(lambda: _torch_norm(norm, width)(_meta(rows, width)))
    done: list[str] = []

    class Counted:
        """A number that only tells when it is worked with."""

        def __add__(self, _other: object) -> Counted:
            done.append("operation")
            return self

        __sub__ = __mul__ = __truediv__ = __add__

    def root(value: Counted) -> Counted:
        return value + "the root's one operation"

    def total(values: list[Counted]) -> Counted:
        first, *others = values
        for value in others:
            first = first + value
        return first

    scale, shift, size, epsilon = Counted(), Counted(), Counted(), Counted()
    table = [[Counted() for _ in range(width)] for _ in range(rows)]
    by_column = norm.startswith("batch")
    for pool in zip(*table, strict=True) if by_column else table:
        values, spread = list(pool), Counted()
        if counting == "per value":
            scaled = [value * scale for value in values]
            _kept = scaled if norm == "RMS norm" else [value + shift for value in scaled]
            continue
        if norm != "RMS norm":
            mean = Counted() if "stored" in norm else total(values) / size
            values = [value - mean for value in values]
        if "stored" not in norm:
            spread = total([value * value for value in values]) / size
        below = root(spread + epsilon)
        scaled = [value / below * scale for value in values]
        _kept = scaled if norm == "RMS norm" else [value + shift for value in scaled]
    return len(done)


def _torch_norm(norm: Norm, width: int) -> Any:
    from torch import nn

    if norm.startswith("batch"):
        return nn.BatchNorm1d(width, device="meta").train("stored" not in norm)
    return (nn.LayerNorm if norm == "layer norm" else nn.RMSNorm)(width, device="meta")


def _check_norm(norm: Norm, rows: int, width: int, counting: Counting) -> None:
    _least(1, rows=rows, width=width)
    if norm == "batch norm" and rows < 2:
        raise ValueError(f"rows must be at least 2 for batch norm, found {rows}")
    _one_of(Norm, norm=norm)
    _one_of(Counting, counting=counting)


def embedding_macs(
    words: int, width: int, length: int, one_hot: bool = False, flops_per_mac: int = 1
) -> int:
    """0: rows of a table are looked up, not multiplied; length words width as the product with one-hot
    rows that it stands for   [Bengio et al. 2003, sec. 2]"""
    _least(1, words=words, width=width, length=length)
    _check_factor(flops_per_mac)
    return length * words * width * flops_per_mac if one_hot else 0


def embedding_macs_by_torch(
    words: int, width: int, length: int, one_hot: bool = False, flops_per_mac: int = 1
) -> int:
    """torch's FLOP counter watches a real Embedding, or a product with its table, on the meta device."""
    import torch

    _least(1, words=words, width=width, length=length)
    _check_factor(flops_per_mac)
    table = torch.nn.Embedding(words, width, device="meta")
    if one_hot:
        work = _flops(lambda: _meta(length, words) @ table.weight)
    else:
        work = _flops(lambda: table(torch.zeros(length, dtype=torch.long, device="meta")))
    return work // 2 * flops_per_mac


def separable_share(size: int, channels: int, filters: int, kernel: int) -> Fraction:
    """1 / filters + 1 / kernel^2 of a full convolution's MACs ("same" padding, stride 1)

    [Howard et al. 2017, sec. 3.1]
    """
    _least(1, size=size, channels=channels, filters=filters, kernel=kernel)
    return Fraction(1, filters) + Fraction(1, kernel**2)


def separable_share_by_torch(size: int, channels: int, filters: int, kernel: int) -> Fraction:
    """Operations that torch's counter sees in real layers, divided."""
    from torch import nn

    _least(1, size=size, channels=channels, filters=filters, kernel=kernel)
    image = _meta(1, channels, size + kernel - 1, size + kernel - 1)
    deep = nn.Conv2d(channels, channels, kernel, groups=channels, device="meta")
    point = nn.Conv2d(channels, filters, 1, device="meta")
    full = nn.Conv2d(channels, filters, kernel, device="meta")
    return Fraction(_flops(lambda: point(deep(image))), _flops(lambda: full(image)))


def _check_factor(flops_per_mac: int) -> None:
    if flops_per_mac not in (1, 2):
        raise ValueError(f"flops_per_mac must be 1 or 2, found {flops_per_mac}")


def _meta(*sizes: int) -> Any:
    import torch

    return torch.empty(sizes, device="meta")


def _flops(call: Callable[[], object]) -> int:
    from torch.utils.flop_counter import FlopCounterMode

    with FlopCounterMode(display=False) as counter:
        call()
    return int(counter.get_total_flops())
