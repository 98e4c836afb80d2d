"""One sigmoid neuron with one input, step by step: ŷ = σ(w x + b), L = (ŷ − t)²/2, w ← w − η ∂L/∂w."""

from __future__ import annotations

from cmath import exp as complex_exp
from math import exp

from .ranges import _in_float64, _not_negative, _numbers


def output(x: float, weight: float, bias: float) -> float:
    """σ(w x + b) = 1 / (1 + e^−(w x + b))"""
    _numbers(x=x, weight=weight, bias=bias)
    with _in_float64():
        return 1 / (1 + exp(-(weight * x + bias)))


def output_by_torch(x: float, weight: float, bias: float) -> float:
    """A real Linear layer and Sigmoid, in float64."""
    import torch

    layer = torch.nn.Linear(1, 1, dtype=torch.float64)
    with torch.no_grad():
        layer.weight.fill_(weight)
        layer.bias.fill_(bias)
        return float(torch.nn.Sigmoid()(layer(torch.tensor([x], dtype=torch.float64))).item())


def half_square(output: float, target: float) -> float:
    """(ŷ − t)² / 2"""
    _numbers(output=output, target=target)
    return (output - target) ** 2 / 2


def half_square_by_torch(output: float, target: float) -> float:
    """Half of torch's MSELoss."""
    import torch

    values = (torch.tensor([value], dtype=torch.float64) for value in (output, target))
    return float(torch.nn.MSELoss()(*values)) / 2


def weight_slope(x: float, output: float, target: float) -> float:
    """∂L/∂w = (ŷ − t) · ŷ (1 − ŷ) · x   [Rumelhart 1986, eq. 4 to 6]"""
    _numbers(x=x, output=output, target=target)
    return (output - target) * output * (1 - output) * x


def weight_slope_by_autograd(x: float, output: float, target: float) -> float:
    """Through the pre-activation z = ln(ŷ / (1 − ŷ)) of that output, with ∂z/∂w = x."""
    import torch

    z = torch.logit(torch.tensor(output, dtype=torch.float64)).requires_grad_()
    loss = (torch.sigmoid(z) - target) ** 2 / 2
    return float(torch.autograd.grad(loss, z)[0]) * x


def moved_weight(weight: float, rate: float, slope: float) -> float:
    """w − η · slope"""
    _numbers(weight=weight, rate=rate, slope=slope)
    _not_negative(rate=rate)
    return weight - rate * slope


def moved_weight_by_torch(weight: float, rate: float, slope: float) -> float:
    """One step of torch.optim.SGD."""
    import torch

    parameter = torch.nn.Parameter(torch.tensor(weight, dtype=torch.float64))
    parameter.grad = torch.tensor(slope, dtype=torch.float64)
    torch.optim.SGD([parameter], lr=rate).step()
    return parameter.item()


def one_step(x: float, weight: float, bias: float, target: float, rate: float) -> list[float]:
    """ŷ, L, ∂L/∂w and the new w, the slope as the imaginary part of L at w + ih   [Squire 1998]"""
    _numbers(x=x, weight=weight, bias=bias, target=target, rate=rate)
    _not_negative(rate=rate)
    with _in_float64():
        tiny = 1e-30
        y = 1 / (1 + complex_exp(-((weight + 1j * tiny) * x + bias)))
        loss = (y - target) ** 2 / 2
        slope = loss.imag / tiny
        return [y.real, loss.real, slope, weight - rate * slope]


def one_step_by_autograd(
    x: float, weight: float, bias: float, target: float, rate: float
) -> list[float]:
    """The same from torch's graph and optimiser."""
    import torch

    w = torch.nn.Parameter(torch.tensor(weight, dtype=torch.float64))
    y = torch.sigmoid(w * x + bias)
    loss = (y - target) ** 2 / 2
    (w.grad,) = torch.autograd.grad(loss, w)
    slope = w.grad.item()
    torch.optim.SGD([w], lr=rate).step()
    return [y.item(), loss.item(), slope, w.item()]
