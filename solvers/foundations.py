"""Foundations: depth, the work of a network, and whether gradients reach its first layer."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from .ranges import _numbers


def layer_count(sizes: list[int], with_input: bool = False) -> int:
    """Layers with weights of a net with these sizes, input first; one more if the input counts too
    [Bishop 2006, section 5.1]"""
    _check_sizes(sizes)
    return len(sizes) if with_input else len(sizes) - 1


def layer_count_by_torch(sizes: list[int], with_input: bool = False) -> int:
    """The real modules that own a weight."""
    _check_sizes(sizes)
    return sum(hasattr(layer, "weight") for layer in _torch_net(sizes)) + with_input


def macs(sizes: list[int], flops_per_mac: int = 1) -> int:
    """Σ n_in n_out multiply-adds of one forward pass for one example, biases left aside"""
    _check_sizes(sizes)
    _check_factor(flops_per_mac)
    return flops_per_mac * sum(a * b for a, b in pairwise(sizes))


def macs_by_torch(sizes: list[int], flops_per_mac: int = 1) -> int:
    """torch's FLOP counter (2 for each multiply-add) watches a real forward pass."""
    import torch
    from torch.utils.flop_counter import FlopCounterMode

    _check_sizes(sizes)
    _check_factor(flops_per_mac)
    net = _torch_net(sizes)
    with FlopCounterMode(display=False) as counter:
        net(torch.zeros(1, sizes[0]))
    return int(counter.get_total_flops()) // 2 * flops_per_mac


def training_macs(sizes: list[int]) -> int:
    """Multiply-adds forward and backward for one example: 3 Σ n_in n_out, less the first layer's
    input gradient n_0 n_1   [Goodfellow et al. 2016, section 6.5]"""
    _check_sizes(sizes)
    return 3 * macs(sizes) - sizes[0] * sizes[1]


def training_macs_by_torch(sizes: list[int]) -> int:
    """torch's FLOP counter watches a real forward and backward pass."""
    import torch
    from torch.utils.flop_counter import FlopCounterMode

    _check_sizes(sizes)
    net = _torch_net(sizes)
    with FlopCounterMode(display=False) as counter:
        net(torch.zeros(1, sizes[0])).sum().backward()
    return int(counter.get_total_flops()) // 2


def first_weight_gradient(entry: float, first: float, second: float, target: float) -> float:
    """∂L/∂w1 = (ŷ - y) w2 x where w1 x > 0, of L = (ŷ - y)²/2 and ŷ = w2 ReLU(w1 x)"""
    _numbers(entry=entry, first=first, second=second, target=target)
    if entry * first == 0:
        raise ValueError("entry and first must not be 0, where ReLU has a kink")
    hidden = max(0.0, first * entry)
    return (second * hidden - target) * second * entry if hidden else 0.0


def first_weight_gradient_by_autograd(
    entry: float, first: float, second: float, target: float
) -> float:
    """The same feed-forward net in torch, differentiated by its first weight."""
    import torch

    if entry * first == 0:
        raise ValueError("entry and first must not be 0, where ReLU has a kink")
    weight = torch.tensor(float(first), dtype=torch.float64, requires_grad=True)
    output = second * torch.relu(weight * entry)
    (slope,) = torch.autograd.grad((output - target) ** 2 / 2, weight)
    return float(slope)


def _torch_net(sizes: list[int]) -> Any:
    import torch

    layers: list[Any] = []
    for a, b in pairwise(sizes):
        layers += [torch.nn.Linear(a, b), torch.nn.ReLU()]
    return torch.nn.Sequential(*layers[:-1])


def _check_sizes(sizes: list[int]) -> None:
    if len(sizes) < 2 or min(sizes) < 1:
        raise ValueError(f"sizes must be at least 2 positive numbers, found {sizes}")


def _check_factor(flops_per_mac: int) -> None:
    if flops_per_mac not in (1, 2):
        raise ValueError(f"flops_per_mac must be 1 or 2, found {flops_per_mac}")
