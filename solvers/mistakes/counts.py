"""Mistakes with the parameters of layers: everything here is wrong on purpose."""

from __future__ import annotations

from math import prod

from ..counts import BLOCKS, Cell, Head, Norm, convolution_parameters, embedding_parameters


def groups_forgotten(
    channels: int, filters: int, kernel: list[int], groups: int = 1, bias: bool = True
) -> int:
    """Wrong on purpose: lets each filter see all channels."""
    return convolution_parameters(channels, filters, kernel, 1, bias)


def groups_multiplied(
    channels: int, filters: int, kernel: list[int], groups: int = 1, bias: bool = True
) -> int:
    """Wrong on purpose: takes each group for a full layer."""
    return groups * convolution_parameters(channels, filters, kernel, 1, bias)


def one_bias(
    channels: int, filters: int, kernel: list[int], groups: int = 1, bias: bool = True
) -> int:
    """Wrong on purpose: counts one bias for the whole layer."""
    return convolution_parameters(channels, filters, kernel, groups, False) + bias


def bias_per_slice(
    channels: int, filters: int, kernel: list[int], groups: int = 1, bias: bool = True
) -> int:
    """Wrong on purpose: counts a bias per filter and input channel."""
    return filters * (channels // groups) * (prod(kernel) + bias)


def full_convolution(
    channels: int, filters: int, kernel: int, multiplier: int = 1, bias: bool = False
) -> int:
    """Wrong on purpose: counts an ordinary convolution."""
    return convolution_parameters(channels, filters, [kernel, kernel], 1, bias)


def depthwise_only(
    channels: int, filters: int, kernel: int, multiplier: int = 1, bias: bool = False
) -> int:
    """Wrong on purpose: forgets the pointwise layer."""
    return channels * multiplier * (kernel**2 + bias)


def statistics_trained(kind: Norm, features: int, statistics: bool = False) -> int:
    """Wrong on purpose: counts running means and variances among the trained parameters."""
    return 4 * features


def no_shift(kind: Norm, features: int, statistics: bool = False) -> int:
    """Wrong on purpose: forgets the shift."""
    return features


def head_counted_again(
    words: int, width: int, positions: int = 0, head: Head = "none", head_bias: bool = False
) -> int:
    """Wrong on purpose: counts a tied output layer's weights a second time."""
    kind: Head = "untied" if head == "tied" else head
    return embedding_parameters(words, width, positions, kind, head_bias)


def positions_forgotten(
    words: int, width: int, positions: int = 0, head: Head = "none", head_bias: bool = False
) -> int:
    """Wrong on purpose: forgets the table of positions."""
    return embedding_parameters(words, width, 0, head, head_bias)


def one_gate(
    cell: Cell, inputs: int, hidden: int, layers: int = 1, biases: int = 1, directions: int = 1
) -> int:
    """Wrong on purpose: counts one gate, as if the cell were a plain RNN."""
    return directions * layers * hidden * (inputs + hidden + biases)


def all_layers_like_the_first(
    cell: Cell, inputs: int, hidden: int, layers: int = 1, biases: int = 1, directions: int = 1
) -> int:
    """Wrong on purpose: lets the layers above see the inputs, not the states below."""
    return directions * layers * BLOCKS[cell] * hidden * (inputs + hidden + biases)


def upper_layers_see_one_direction(
    cell: Cell, inputs: int, hidden: int, layers: int = 1, biases: int = 1, directions: int = 1
) -> int:
    """Wrong on purpose: forgets that both directions' states go up."""
    widths = [inputs] + [hidden] * (layers - 1)
    return directions * sum(BLOCKS[cell] * hidden * (n + hidden + biases) for n in widths)
