"""Update rules with one rate for all weights: a weight after a sequence of gradients."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from math import copysign
from typing import Any

from .ranges import _finite, _not_negative, _numbers, _positive, _same_length, _share, _steps

Update = Callable[[float, float], float]  # weight and gradient -> new weight


def sgd(weight: float, gradients: list[float], rate: float, decay: float = 0.0) -> float:
    """w ← w − η (g + λ w) for each gradient in turn   [Robbins & Monro 1951; torch.optim.SGD]"""
    return _fed(_momentum(rate, 0.0, decay), weight, gradients)


def sgd_by_torch(weight: float, gradients: list[float], rate: float, decay: float = 0.0) -> float:
    """torch.optim.SGD fed with these gradients."""
    import torch

    _check(rate, 0.0, decay)
    return _fed_in_torch(torch.optim.SGD, weight, gradients, lr=rate, weight_decay=decay)


def heavy_ball(
    weight: float,
    gradients: list[float],
    rate: float,
    momentum: float,
    averaged: bool = False,
    decay: float = 0.0,
) -> float:
    """v ← β v + g (averaged: β v + (1 − β) g), w ← w − η v, v₀ = 0   [Polyak 1964]"""
    return _fed(_momentum(rate, momentum, decay, averaged), weight, gradients)


def heavy_ball_by_torch(
    weight: float,
    gradients: list[float],
    rate: float,
    momentum: float,
    averaged: bool = False,
    decay: float = 0.0,
) -> float:
    """torch.optim.SGD, dampened by β for the average, its buffer starting at 0."""
    import torch

    _check(rate, momentum, decay)
    w = torch.tensor(float(weight), dtype=torch.float64, requires_grad=True)
    damping = momentum if averaged else 0.0
    optimiser = torch.optim.SGD([w], lr=rate, momentum=momentum, dampening=damping)
    optimiser.param_groups[0]["weight_decay"] = decay
    optimiser.state[w]["momentum_buffer"] = torch.zeros_like(w)
    return _stepped(optimiser, w, gradients)


def nesterov(
    weight: float, gradients: list[float], rate: float, momentum: float, decay: float = 0.0
) -> float:
    """v ← β v + g, w ← w − η (g + β v), gradients taken at w   [torch.optim.SGD, nesterov]"""
    return _fed(_momentum(rate, momentum, decay, ahead=True), weight, gradients)


def nesterov_by_torch(
    weight: float, gradients: list[float], rate: float, momentum: float, decay: float = 0.0
) -> float:
    """torch.optim.SGD with nesterov set, fed with these gradients."""
    import torch

    _check(rate, momentum, decay)
    settings = {"momentum": momentum, "nesterov": momentum > 0, "weight_decay": decay}
    return _fed_in_torch(torch.optim.SGD, weight, gradients, lr=rate, **settings)


def lookahead_descent(
    weight: float, curvature: float, rate: float, momentum: float, steps: int
) -> float:
    """v ← β v − η h (w + β v), w ← w + v on the loss h w²/2   [Sutskever et al. 2013, eq. 3-4]"""
    _check(rate, momentum, 0.0)
    _positive(curvature=curvature)
    _steps(steps)
    velocity = 0.0
    for _ in range(steps):
        velocity = momentum * velocity - rate * curvature * (weight + momentum * velocity)
        weight += velocity
    return _finite(weight)


def lookahead_descent_by_torch(
    weight: float, curvature: float, rate: float, momentum: float, steps: int
) -> float:
    """torch's weight is the point looked ahead to, w + β v: its own buffer takes the lead off."""
    import torch

    _check(rate, momentum, 0.0)
    _positive(curvature=curvature)
    _steps(steps)
    w = torch.tensor(float(weight), dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.SGD([w], lr=rate, momentum=momentum, nesterov=momentum > 0)
    for _ in range(steps):
        optimiser.zero_grad()
        torch.autograd.backward(curvature / 2 * w**2)
        optimiser.step()
    buffer = optimiser.state[w].get("momentum_buffer")
    return _finite(
        float(w.detach()) + (rate * momentum * float(buffer) if momentum and steps else 0)
    )


def scheduled_heavy_ball(
    weight: float,
    gradients: list[float],
    rates: list[float],
    momentum: float,
    rate_inside: bool = False,
) -> float:
    """v ← β v + g, w ← w − η_t v; rate_inside: v ← β v + η_t g, w ← w − v   [torch; Sutskever 2013]

    The two agree while the rate is constant; where it changes, old gradients keep their own rate
    only if the rate is inside.
    """
    _numbers(weight=weight, gradients=gradients, rates=rates, momentum=momentum)
    _same_length(gradients=gradients, rates=rates)
    velocity = 0.0
    for gradient, rate in zip(gradients, rates, strict=True):
        _check(rate, momentum, 0.0)
        velocity = momentum * velocity + (rate if rate_inside else 1) * gradient
        weight -= (1 if rate_inside else rate) * velocity
    return weight


def scheduled_heavy_ball_by_torch(
    weight: float,
    gradients: list[float],
    rates: list[float],
    momentum: float,
    rate_inside: bool = False,
) -> float:
    """torch.optim.SGD whose rate is set before each step, or whose gradients carry the rates."""
    import torch

    _same_length(gradients=gradients, rates=rates)
    for rate in rates:
        _check(rate, momentum, 0.0)
    w = torch.tensor(float(weight), dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.SGD([w], lr=1.0, momentum=momentum)
    for gradient, rate in zip(gradients, rates, strict=True):
        optimiser.param_groups[0]["lr"] = 1.0 if rate_inside else rate
        w.grad = torch.tensor(gradient * (rate if rate_inside else 1.0), dtype=torch.float64)
        optimiser.step()
    return float(w.detach())


def lion(
    weight: float,
    gradients: list[float],
    rate: float,
    beta1: float = 0.9,
    beta2: float = 0.99,
    decay: float = 0.0,
) -> float:
    """w ← w − η (sign(β₁ m + (1 − β₁) g) + λ w), then m ← β₂ m + (1 − β₂) g   [Chen et al. 2023]"""
    _numbers(weight=weight, gradients=gradients, rate=rate, beta1=beta1, beta2=beta2, decay=decay)
    return _fed(_lion(rate, beta1, beta2, decay), weight, gradients)


def lion_by_fractions(
    weight: float,
    gradients: list[float],
    rate: float,
    beta1: float = 0.9,
    beta2: float = 0.99,
    decay: float = 0.0,
) -> float:
    """The average written out as an exact weighted sum of all earlier gradients."""
    _check(rate, beta1, decay)
    _share(beta2=beta2)
    b1, b2, w = Fraction(beta1), Fraction(beta2), Fraction(weight)
    for now, gradient in enumerate(map(Fraction, gradients)):
        past = (b2 ** (now - 1 - k) * Fraction(g) for k, g in enumerate(gradients[:now]))
        mixed = b1 * (1 - b2) * sum(past) + (1 - b1) * gradient
        w -= Fraction(rate) * (_sign(float(mixed)) + Fraction(decay) * w)
    return float(w)


def _momentum(
    rate: float, beta: float, decay: float = 0.0, averaged: bool = False, ahead: bool = False
) -> Update:
    _check(rate, beta, decay)
    velocity = 0.0

    def update(weight: float, gradient: float) -> float:
        nonlocal velocity
        slope = gradient + decay * weight
        velocity = beta * velocity + (1 - beta if averaged else 1) * slope
        return weight - rate * (slope + beta * velocity if ahead else velocity)

    return update


def _lion(rate: float, beta1: float, beta2: float, decay: float = 0.0) -> Update:
    _check(rate, beta1, decay)
    _share(beta2=beta2)
    mean = 0.0

    def update(weight: float, gradient: float) -> float:
        nonlocal mean
        direction = _sign(beta1 * mean + (1 - beta1) * gradient)
        mean = beta2 * mean + (1 - beta2) * gradient
        return weight - rate * (direction + decay * weight)

    return update


def _sign(value: float) -> int:
    """−1, 0 or 1; what is left of a cancellation counts as 0."""
    return 0 if abs(value) < 1e-12 else int(copysign(1, value))


def _fed(update: Update, weight: float, gradients: list[float]) -> float:
    for gradient in gradients:
        weight = update(weight, gradient)
    return _finite(weight)


def _fed_in_torch(kind: Any, weight: float, gradients: list[float], **settings: Any) -> float:
    """The weight after one of torch's optimisers has been handed these gradients."""
    import torch

    w = torch.tensor(float(weight), dtype=torch.float64, requires_grad=True)
    return _stepped(kind([w], **settings), w, gradients)


@contextmanager
def _in_double() -> Iterator[None]:
    """NAdam keeps its product of momenta in torch's default type."""
    import torch

    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    try:
        yield
    finally:
        torch.set_default_dtype(before)


def _stepped(optimiser: Any, w: Any, gradients: list[float]) -> float:
    import torch

    for gradient in gradients:
        w.grad = torch.tensor(float(gradient), dtype=torch.float64)
        optimiser.step()
    return _finite(float(w.detach()))


def _check(rate: float, momentum: float, decay: float) -> None:
    _positive(rate=rate)
    _share(momentum=momentum)
    _not_negative(decay=decay)
