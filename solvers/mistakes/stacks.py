"""Mistakes with stacks of layers: everything here is wrong on purpose."""

from __future__ import annotations

from math import prod

from ..stacks import Dilation, layers_needed, receptive_field


def kernels_added(kernels: list[int], strides: list[int], dilations: list[int]) -> int:
    """Wrong on purpose: adds the kernels."""
    return sum(kernels)


def kernels_multiplied(kernels: list[int], strides: list[int], dilations: list[int]) -> int:
    """Wrong on purpose: multiplies the kernels."""
    return prod(kernels)


def strides_forgotten(kernels: list[int], strides: list[int], dilations: list[int]) -> int:
    """Wrong on purpose: adds kernel - 1 per layer and forgets the strides below."""
    return receptive_field(kernels, [1] * len(strides), dilations)


def own_stride_counted(kernels: list[int], strides: list[int], dilations: list[int]) -> int:
    """Wrong on purpose: multiplies by a layer's own stride, which only the layers above feel."""
    field, jump = 1, 1
    for kernel, stride, dilation in zip(kernels, strides, dilations, strict=True):
        jump *= stride
        field += dilation * (kernel - 1) * jump
    return field


def dilations_forgotten(kernels: list[int], strides: list[int], dilations: list[int]) -> int:
    """Wrong on purpose: forgets the dilations."""
    return receptive_field(kernels, strides, [1] * len(dilations))


def strides_added(strides: list[int]) -> int:
    """Wrong on purpose: adds the strides."""
    return sum(strides)


def last_stride(strides: list[int]) -> int:
    """Wrong on purpose: gives the last layer's own stride."""
    return strides[-1]


def field_over_kernel(field: int, kernel: int, dilation: Dilation = "1 in every layer") -> int:
    """Wrong on purpose: divides the field by the kernel."""
    return -(-field // kernel)


def dilation_not_doubled(field: int, kernel: int, dilation: Dilation = "1 in every layer") -> int:
    """Wrong on purpose: lets the field grow by kernel - 1 per layer although dilations double."""
    return layers_needed(field, kernel)


def field_as_size(
    kernels: list[int], strides: list[int], paddings: list[int], dilations: list[int]
) -> int:
    """Wrong on purpose: gives the receptive field, as if padding saved no pixel."""
    return receptive_field(kernels, strides, dilations)
