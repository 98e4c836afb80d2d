"""Update rules with a rate of its own for each weight: Adagrad, RMSProp, Adadelta; that rate itself."""

from __future__ import annotations

from math import sqrt
from typing import Literal

from .optimisers import Update, _fed, _fed_in_torch, _stepped
from .ranges import (
    _in_float64,
    _inside,
    _not_negative,
    _numbers,
    _one_of,
    _positive,
    _quotient,
    _share,
)

Scaling = Literal["adagrad", "rmsprop", "adam"]


def adagrad(
    weight: float,
    gradients: list[float],
    rate: float,
    epsilon: float = 1e-10,
    initial: float = 0.0,
) -> float:
    """s ← s + g², w ← w − η g/(√s + ε), s₀ = initial   [Duchi et al. 2011; torch.optim.Adagrad]"""
    _numbers(weight=weight, gradients=gradients, rate=rate, epsilon=epsilon, initial=initial)
    return _fed(_adagrad(rate, epsilon, initial), weight, gradients)


def adagrad_by_torch(
    weight: float,
    gradients: list[float],
    rate: float,
    epsilon: float = 1e-10,
    initial: float = 0.0,
) -> float:
    """torch.optim.Adagrad fed with these gradients."""
    import torch

    _positive(rate=rate)
    _not_negative(epsilon=epsilon, initial=initial)
    settings = {"lr": rate, "eps": epsilon, "initial_accumulator_value": initial}
    return _fed_in_torch(torch.optim.Adagrad, weight, gradients, **settings)


def rmsprop(
    weight: float,
    gradients: list[float],
    rate: float,
    smoothing: float = 0.99,
    epsilon: float = 1e-8,
    centred: bool = False,
    momentum: float = 0.0,
) -> float:
    """s ← α s + (1 − α) g², w ← w − η g/(√s + ε); centred: √(s − ḡ²)   [Graves 2013, eq. 38-45; torch]"""
    _numbers(
        weight=weight,
        gradients=gradients,
        rate=rate,
        smoothing=smoothing,
        epsilon=epsilon,
        momentum=momentum,
    )
    return _fed(_rmsprop(rate, smoothing, epsilon, centred, momentum), weight, gradients)


def rmsprop_by_torch(
    weight: float,
    gradients: list[float],
    rate: float,
    smoothing: float = 0.99,
    epsilon: float = 1e-8,
    centred: bool = False,
    momentum: float = 0.0,
) -> float:
    """torch.optim.RMSprop fed with these gradients."""
    import torch

    _positive(rate=rate)
    _inside(smoothing=smoothing)
    _share(momentum=momentum)
    _not_negative(epsilon=epsilon)
    settings = {"alpha": smoothing, "eps": epsilon, "centered": centred, "momentum": momentum}
    return _fed_in_torch(torch.optim.RMSprop, weight, gradients, lr=rate, **settings)


def adadelta(
    weight: float,
    gradients: list[float],
    smoothing: float = 0.9,
    epsilon: float = 1e-6,
    rate: float = 1.0,
) -> float:
    """Δ = g √(u + ε)/√(s + ε), w ← w − η Δ; s, u the running means of g², Δ²   [Zeiler 2012, alg. 1]"""
    _numbers(weight=weight, gradients=gradients, smoothing=smoothing, epsilon=epsilon, rate=rate)
    return _fed(_adadelta(smoothing, epsilon, rate), weight, gradients)


def adadelta_by_torch(
    weight: float,
    gradients: list[float],
    smoothing: float = 0.9,
    epsilon: float = 1e-6,
    rate: float = 1.0,
) -> float:
    """torch.optim.Adadelta fed with these gradients."""
    import torch

    _positive(rate=rate, epsilon=epsilon)
    _share(smoothing=smoothing)
    settings = {"rho": smoothing, "eps": epsilon, "lr": rate}
    return _fed_in_torch(torch.optim.Adadelta, weight, gradients, **settings)


def effective_rate(rule: Scaling, gradients: list[float], rate: float) -> float:
    """η/√s: what the last gradient (Adam: m̂) is multiplied by, torch's defaults, ε → 0

    s is the sum of g² (Adagrad), its running mean by 0.99 (RMSProp), or by 0.999 and
    corrected for bias (Adam)   [Goodfellow 2016, 8.5]
    """
    _numbers(gradients=gradients, rate=rate)
    _one_of(Scaling, rule=rule)
    _check_scaled(gradients, rate)
    with _in_float64():
        keep = {"adagrad": 1.0, "rmsprop": 0.99, "adam": 0.999}[rule]
        squares = 0.0
        for gradient in gradients:
            squares = keep * squares + (1 if rule == "adagrad" else 1 - keep) * gradient**2
        corrected = squares / (1 - keep ** len(gradients)) if rule == "adam" else squares
        return rate / sqrt(corrected)


def effective_rate_by_torch(rule: Scaling, gradients: list[float], rate: float) -> float:
    """How far the last step of torch's optimiser moves (Adam's with β₁ = 0), over its gradient."""
    import torch

    _check_scaled(gradients, rate)
    w = torch.tensor(0.0, dtype=torch.float64, requires_grad=True)
    optimiser: torch.optim.Optimizer
    if rule == "adagrad":
        optimiser = torch.optim.Adagrad([w], lr=rate, eps=0.0)
    elif rule == "rmsprop":
        optimiser = torch.optim.RMSprop([w], lr=rate, eps=0.0)
    else:
        optimiser = torch.optim.Adam([w], lr=rate, betas=(0.0, 0.999), eps=1e-300)
    _stepped(optimiser, w, [g or 1e-100 for g in gradients[:-1]])
    torch.nn.init.zeros_(w)
    return -_stepped(optimiser, w, gradients[-1:]) / gradients[-1]


def _adagrad(rate: float, epsilon: float = 1e-10, initial: float = 0.0) -> Update:
    _positive(rate=rate)
    _not_negative(epsilon=epsilon, initial=initial)
    total = initial

    def update(weight: float, gradient: float) -> float:
        nonlocal total
        total += gradient**2
        return weight - rate * _quotient(gradient, sqrt(total) + epsilon)

    return update


def _rmsprop(
    rate: float,
    smoothing: float = 0.99,
    epsilon: float = 1e-8,
    centred: bool = False,
    momentum: float = 0.0,
) -> Update:
    _positive(rate=rate)
    _inside(smoothing=smoothing)
    _share(momentum=momentum)
    _not_negative(epsilon=epsilon)
    square = mean = velocity = 0.0

    def update(weight: float, gradient: float) -> float:
        nonlocal square, mean, velocity
        square = smoothing * square + (1 - smoothing) * gradient**2
        mean = smoothing * mean + (1 - smoothing) * gradient
        spread = square - mean**2 if centred else square
        velocity = momentum * velocity + _quotient(gradient, sqrt(spread) + epsilon)
        return weight - rate * velocity

    return update


def _adadelta(smoothing: float = 0.9, epsilon: float = 1e-6, rate: float = 1.0) -> Update:
    _positive(rate=rate, epsilon=epsilon)
    _share(smoothing=smoothing)
    square = moved = 0.0

    def update(weight: float, gradient: float) -> float:
        nonlocal square, moved
        square = smoothing * square + (1 - smoothing) * gradient**2
        step = gradient * sqrt(moved + epsilon) / sqrt(square + epsilon)
        moved = smoothing * moved + (1 - smoothing) * step**2
        return weight - rate * step

    return update


def _check_scaled(gradients: list[float], rate: float) -> None:
    _positive(rate=rate)
    if not gradients or gradients[-1] == 0:
        raise ValueError(f"gradients must end with one other than 0, found {gradients}")
