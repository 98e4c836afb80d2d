"""Mistakes about depth and the work of a network: everything here is wrong on purpose."""

from __future__ import annotations

from itertools import pairwise


def hidden_only(sizes: list[int], with_input: bool = False) -> int:
    """Wrong on purpose: counts the hidden layers alone."""
    return len(sizes) - 2


def units(sizes: list[int], with_input: bool = False) -> int:
    """Wrong on purpose: counts the units of the layers."""
    return sum(sizes[1:])


def parameters(sizes: list[int], flops_per_mac: int = 1) -> int:
    """Wrong on purpose: counts the parameters, biases included."""
    return sum((a + 1) * b for a, b in pairwise(sizes))


def units_added(sizes: list[int], flops_per_mac: int = 1) -> int:
    """Wrong on purpose: adds up the units."""
    return sum(sizes)


def chained(sizes: list[int], flops_per_mac: int = 1) -> int:
    """Wrong on purpose: multiplies all the sizes with each other."""
    total = 1
    for size in sizes:
        total *= size
    return total


def forward_only(sizes: list[int]) -> int:
    """Wrong on purpose: leaves the backward pass out."""
    return sum(a * b for a, b in pairwise(sizes))


def backward_like_forward(sizes: list[int]) -> int:
    """Wrong on purpose: takes one product per layer for the backward pass, not two."""
    return 2 * sum(a * b for a, b in pairwise(sizes))


def input_gradient_too(sizes: list[int]) -> int:
    """Wrong on purpose: also computes the gradient by the net's input, which nothing needs."""
    return 3 * sum(a * b for a, b in pairwise(sizes))
