"""Mistakes with multiply-adds: everything here is wrong on purpose."""

from __future__ import annotations

from fractions import Fraction
from math import prod

from ..counts import Cell, recurrent_parameters
from ..macs import convolution_macs


def at_every_input_pixel(
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
    """Wrong on purpose: uses the kernel at every input pixel, whatever the stride."""
    return prod(size) * filters * (channels // groups) * prod(kernel) * flops_per_mac


def parameters_only(
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
    """Wrong on purpose: takes the weights for the work, each used once."""
    return filters * (channels // groups) * prod(kernel) * flops_per_mac


def one_channel(
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
    """Wrong on purpose: forgets that a kernel goes through all channels."""
    return convolution_macs(size, 1, filters, kernel, stride, padding, dilation, 1, flops_per_mac)


def flops_for_macs(
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
    """Wrong on purpose: counts FLOPs where MACs are asked, and MACs where FLOPs are."""
    other = 3 - flops_per_mac
    return convolution_macs(
        size, channels, filters, kernel, stride, padding, dilation, groups, other
    )


def kernel_part_only(size: int, channels: int, filters: int, kernel: int) -> Fraction:
    """Wrong on purpose: forgets the depthwise part."""
    return Fraction(1, kernel**2)


def filters_part_only(size: int, channels: int, filters: int, kernel: int) -> Fraction:
    """Wrong on purpose: forgets the pointwise part."""
    return Fraction(1, filters)


def one_step(
    cell: Cell,
    inputs: int,
    hidden: int,
    length: int,
    layers: int = 1,
    directions: int = 1,
    flops_per_mac: int = 1,
) -> int:
    """Wrong on purpose: counts a single step."""
    return recurrent_parameters(cell, inputs, hidden, layers, 0, directions) * flops_per_mac


def products_only(inputs: int, outputs: int, bias: bool = True) -> int:
    """Wrong on purpose: counts the multiplications only."""
    return inputs * outputs
