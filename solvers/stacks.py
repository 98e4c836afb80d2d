"""Stacks of layers: sizes on the way, receptive field, jump, effective stride and what is seen.

One entry per layer, the first layer first; a layer is a convolution or a pooling on one axis, the
same for each axis of a square map. Positions count from 0.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import accumulate
from math import prod
from operator import mul
from typing import Any, Literal

from .ranges import _one_of
from .shapes import _least, length

Dilation = Literal["1 in every layer", "doubling, from 1"]


def output_sizes(
    size: int, kernels: list[int], strides: list[int], paddings: list[int], dilations: list[int]
) -> list[int]:
    """Size after each layer: floor((n + 2 p - d (k - 1) - 1) / s) + 1, one after the other

    [Dumoulin & Visin 2016, rel. 6 and eq. 15]
    """
    _stack(kernels=kernels, strides=strides, paddings=paddings, dilations=dilations)
    sizes = [size]
    for k, s, p, d in zip(kernels, strides, paddings, dilations, strict=True):
        sizes.append(length(sizes[-1], k, s, p, p, d))
    return sizes[1:]


def output_sizes_by_torch(
    size: int, kernels: list[int], strides: list[int], paddings: list[int], dilations: list[int]
) -> list[int]:
    """What hooks on a real stack of Conv1d layers see on the meta device."""
    import torch

    _stack(kernels=kernels, strides=strides, paddings=paddings, dilations=dilations)
    seen: list[int] = []
    layers = _torch_stack(kernels, strides, paddings, dilations)
    for layer in layers:
        layer.register_forward_hook(lambda _layer, _inputs, output: seen.append(output.shape[-1]))
    try:
        layers(torch.empty(1, 1, size, device="meta"))
    except RuntimeError as error:
        raise ValueError(f"no output: {error}") from error
    return seen


def jumps(strides: list[int]) -> list[int]:
    """Input pixels between neighbouring outputs of each layer: the product of the strides so far

    [Araujo, Norris & Sim 2019, "Computing receptive field region"]
    """
    _stack(strides=strides)
    return list(accumulate(strides, mul))


def jumps_by_numpy(strides: list[int]) -> list[int]:
    """Of the positions 0, 1, 2, ... each layer keeps every stride-th: the gap that is left."""
    import numpy as np

    _stack(strides=strides)
    positions, gaps = np.arange(2 * prod(strides)), []
    for stride in strides:
        positions = positions[::stride]
        gaps.append(int(positions[1] - positions[0]))
    return gaps


def effective_stride(strides: list[int]) -> int:
    """The product of the strides   [Araujo, Norris & Sim 2019, "Computing receptive field region"]"""
    _stack(strides=strides)
    return prod(strides)


def effective_stride_by_torch(strides: list[int]) -> int:
    """A tensor sliced once per layer knows how far apart its entries lie in memory."""
    import torch

    _stack(strides=strides)
    view = torch.empty(2 * prod(strides), device="meta")
    for stride in strides:
        view = view[::stride]
    return view.stride(0)


def shared_inputs(kernel: int, stride: int) -> int:
    """max(k - s, 0): inputs along one axis that two neighbouring outputs of a layer both read"""
    _least(1, kernel=kernel, stride=stride)
    return max(kernel - stride, 0)


def shared_inputs_by_autograd(kernel: int, stride: int) -> int:
    """Inputs of which both outputs of a real all-ones convolution have a derivative."""
    import torch

    _least(1, kernel=kernel, stride=stride)
    signal = torch.zeros(1, 1, kernel + stride, dtype=torch.float64, requires_grad=True)
    ones = torch.ones(1, 1, kernel, dtype=torch.float64)
    first, second = torch.nn.functional.conv1d(signal, ones, stride=stride)[0, 0]
    slopes = [torch.autograd.grad(each, signal, retain_graph=True)[0] for each in (first, second)]
    return int((slopes[0] * slopes[1]).count_nonzero())


def receptive_fields(kernels: list[int], strides: list[int], dilations: list[int]) -> list[int]:
    """After each layer l: 1 + sum_(i<=l) d_i (k_i - 1) prod_(j<i) s_j input pixels

    [Araujo, Norris & Sim 2019, eq. 2; dilation: Yu & Koltun 2016, sec. 2]
    """
    _stack(kernels=kernels, strides=strides, dilations=dilations)
    before = [1, *jumps(strides)[:-1]]
    grown = [d * (k - 1) * j for k, d, j in zip(kernels, dilations, before, strict=True)]
    return [1 + total for total in accumulate(grown)]


def receptive_fields_by_autograd(
    kernels: list[int], strides: list[int], dilations: list[int]
) -> list[int]:
    """First to last input pixel with a derivative of one output, in a real stack of all-ones kernels."""
    _stack(kernels=kernels, strides=strides, dilations=dilations)
    fields = []
    for depth in range(1, len(kernels) + 1):
        rows = kernels[:depth], strides[:depth], [0] * depth, dilations[:depth]
        touched = _touched(prod(s + k * d for k, s, _, d in zip(*rows, strict=True)), *rows)
        fields.append(touched[-1] - touched[0] + 1)
    return fields


def receptive_field(kernels: list[int], strides: list[int], dilations: list[int]) -> int:
    """1 + sum_l d_l (k_l - 1) prod_(i<l) s_i input pixels of the last layer's output

    [Araujo, Norris & Sim 2019, eq. 2; dilation: Yu & Koltun 2016, sec. 2]
    """
    return receptive_fields(kernels, strides, dilations)[-1]


def receptive_field_by_torch(kernels: list[int], strides: list[int], dilations: list[int]) -> int:
    """The shortest signal on which a real stack without padding has an output is what it sees."""
    _stack(kernels=kernels, strides=strides, dilations=dilations)
    return minimum_size_by_torch(kernels, strides, [0] * len(kernels), dilations)


def span(
    at: int, kernels: list[int], strides: list[int], paddings: list[int], dilations: list[int]
) -> list[int]:
    """[first, last] input position that output `at` sees, padding included (so it may be negative):
    layer by layer from above, first -> first s - p, last -> last s - p + d (k - 1)

    [Araujo, Norris & Sim 2019, "Computing receptive field region"]
    """
    _stack(kernels=kernels, strides=strides, paddings=paddings, dilations=dilations)
    _least(0, at=at)
    first = last = at
    rows = list(zip(kernels, strides, paddings, dilations, strict=True))
    for k, s, p, d in reversed(rows):
        first, last = first * s - p, last * s - p + d * (k - 1)
    return [first, last]


def span_by_loop(
    at: int, kernels: list[int], strides: list[int], paddings: list[int], dilations: list[int]
) -> list[int]:
    """All taps of all windows walked down from the output, as a set of positions per layer."""
    _stack(kernels=kernels, strides=strides, paddings=paddings, dilations=dilations)
    _least(0, at=at)
    positions = {at}
    rows = list(zip(kernels, strides, paddings, dilations, strict=True))
    for k, s, p, d in reversed(rows):
        positions = {start * s + tap * d - p for start in positions for tap in range(k)}
    return [min(positions), max(positions)]


def first_centre(
    kernels: list[int], strides: list[int], paddings: list[int], dilations: list[int]
) -> Fraction:
    """sum_l (d_l (k_l - 1) / 2 - p_l) prod_(i<l) s_i: where the field of output 0 is centred

    [Araujo, Norris & Sim 2019, "Computing receptive field region"]
    """
    _stack(kernels=kernels, strides=strides, paddings=paddings, dilations=dilations)
    rows = zip(kernels, paddings, dilations, [1, *jumps(strides)[:-1]], strict=True)
    return sum((j * (Fraction(d * (k - 1), 2) - p) for k, p, d, j in rows), Fraction(0))


def first_centre_by_loop(
    kernels: list[int], strides: list[int], paddings: list[int], dilations: list[int]
) -> Fraction:
    """Midway between the first and the last position that output 0 is walked down to."""
    return Fraction(sum(span_by_loop(0, kernels, strides, paddings, dilations)), 2)


def minimum_size(
    kernels: list[int], strides: list[int], paddings: list[int], dilations: list[int]
) -> int:
    """Smallest input with an output: from above n -> max((n - 1) s + d (k - 1) + 1 - 2 p, 1)

    [Dumoulin & Visin 2016, rel. 6 and eq. 15, solved for the input]
    """
    _stack(kernels=kernels, strides=strides, paddings=paddings, dilations=dilations)
    size = 1
    rows = list(zip(kernels, strides, paddings, dilations, strict=True))
    for k, s, p, d in reversed(rows):
        size = max((size - 1) * s + d * (k - 1) + 1 - 2 * p, 1)
    return size


def minimum_size_by_torch(
    kernels: list[int], strides: list[int], paddings: list[int], dilations: list[int]
) -> int:
    """The shortest signal that a real stack accepts, found by halving on the meta device."""
    import torch

    _stack(kernels=kernels, strides=strides, paddings=paddings, dilations=dilations)
    layers = _torch_stack(kernels, strides, paddings, dilations)

    def accepted(size: int) -> bool:
        try:
            layers(torch.empty(1, 1, size, device="meta"))
        except RuntimeError:
            return False
        return True

    refused, enough = 0, 1
    while not accepted(enough):
        refused, enough = enough, 2 * enough
    while enough - refused > 1:
        middle = (refused + enough) // 2
        refused, enough = (refused, middle) if accepted(middle) else (middle, enough)
    return enough


def layers_needed(field: int, kernel: int, dilation: Dilation = "1 in every layer") -> int:
    """Stride-1 layers that see `field` inputs: ceil((field - 1) / (kernel - 1)); with the dilations
    1, 2, 4, ... the least L with (2^L - 1) (kernel - 1) + 1 >= field

    [Simonyan & Zisserman 2015, sec. 2.3; van den Oord et al. 2016, WaveNet, sec. 2.1]
    """
    _one_of(Dilation, dilation=dilation)
    _least(2, field=field, kernel=kernel)
    steps = -(-(field - 1) // (kernel - 1))
    return steps if dilation == "1 in every layer" else steps.bit_length()


def layers_needed_by_loop(field: int, kernel: int, dilation: Dilation = "1 in every layer") -> int:
    """Layers put on one by one; the positions below the output are walked down through all."""
    _least(2, field=field, kernel=kernel)
    seen, layers, gap = {0}, 0, 1
    while max(seen) - min(seen) + 1 < field:
        seen = {start + tap * gap for start in seen for tap in range(kernel)}
        layers, gap = layers + 1, gap if dilation == "1 in every layer" else 2 * gap
    return layers


def _stack(**lists: list[int]) -> None:
    """As many entries in each list, at least one, each at least 1 (paddings: 0)."""
    layers = len(next(iter(lists.values())))
    for name, values in lists.items():
        if not values or len(values) != layers:
            raise ValueError(f"{name} must have one entry per layer ({layers}), found {values}")
        _least(0 if name == "paddings" else 1, **{name: values})


def _torch_stack(*rows: list[int]) -> Any:
    from torch import nn

    layers = [
        nn.Conv1d(1, 1, k, stride=s, padding=p, dilation=d, bias=False, device="meta")
        for k, s, p, d in zip(*rows, strict=True)
    ]
    return nn.Sequential(*layers)


def _touched(size: int, *rows: list[int]) -> list[int]:
    """Positions of a signal of which output 0 has a derivative."""
    import torch

    signal = torch.zeros(1, 1, size, dtype=torch.float64, requires_grad=True)
    output: Any = signal
    for k, s, p, d in zip(*rows, strict=True):
        ones = torch.ones(1, 1, k, dtype=torch.float64)
        output = torch.nn.functional.conv1d(output, ones, stride=s, padding=p, dilation=d)
    output[0, 0, 0].backward()
    assert signal.grad is not None
    return [int(at) for at in signal.grad[0, 0].nonzero().flatten()]
