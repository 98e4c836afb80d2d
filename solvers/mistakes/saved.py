"""Mistakes with what layers keep for the backward pass: everything here is wrong on purpose."""

from __future__ import annotations

from ..architectures import parameters
from ..counts import Cell
from ..saved import Counted, PlainNet, _plan, _walked, net_bytes, recurrent_bytes


def weights_counted(
    name: PlainNet, counted: Counted, batch: int = 1, bytes_per_value: int = 4
) -> int:
    """Wrong on purpose: counts the weights among the activations."""
    whole = net_bytes(name, counted, batch, bytes_per_value)
    return whole + parameters(name) * bytes_per_value


def weights_only(name: PlainNet, counted: Counted, batch: int = 1, bytes_per_value: int = 4) -> int:
    """Wrong on purpose: counts the weights for the activations."""
    return parameters(name) * bytes_per_value


def relu_counted_again(
    name: PlainNet, counted: Counted, batch: int = 1, bytes_per_value: int = 4
) -> int:
    """Wrong on purpose: keeps values before and after each ReLU."""
    again = sum(count for kind, count in _walked(name) if kind == "convolution")
    again += sum(_plan(name)[3][:-1])
    return net_bytes(name, counted, batch, bytes_per_value) + batch * again * bytes_per_value


def convolutions_only(
    name: PlainNet, counted: Counted, batch: int = 1, bytes_per_value: int = 4
) -> int:
    """Wrong on purpose: counts the convolutions' outputs only."""
    maps = sum(count for kind, count in _walked(name) if kind == "convolution")
    return batch * maps * bytes_per_value


def one_image(name: PlainNet, counted: Counted, batch: int = 1, bytes_per_value: int = 4) -> int:
    """Wrong on purpose: forgets the batch."""
    return net_bytes(name, counted, 1, bytes_per_value)


def last_step_only(
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
    """Wrong on purpose: keeps one step, as if the length did not matter."""
    return recurrent_bytes(
        cell, inputs, hidden, 1, layers, directions, batch, bytes_per_value, whole_buffers
    )


def states_only(
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
    """Wrong on purpose: keeps inputs and hidden states, no gates."""
    return batch * length * layers * (inputs + directions * hidden) * bytes_per_value
