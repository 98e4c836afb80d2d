"""Exponential moving averages: their value, bias, memory and noise."""

from __future__ import annotations

from math import log

from .ranges import _count, _inside, _numbers, _positive, _share


def moving_average(values: list[float], beta: float, corrected: bool = True) -> float:
    """m ← β m + (1 − β) x from m = 0; corrected: m/(1 − βᵗ)   [Kingma & Ba 2015, 3]"""
    _numbers(values=values, beta=beta)
    _share(beta=beta)
    _count(**{"the number of values": len(values)})
    mean = 0.0
    for value in values:
        mean = beta * mean + (1 - beta) * value
    return mean / (1 - beta ** len(values)) if corrected else mean


def moving_average_by_numpy(values: list[float], beta: float, corrected: bool = True) -> float:
    """The weighted sum, each weight a power of β; corrected: numpy's weighted average."""
    import numpy as np

    _share(beta=beta)
    _count(**{"the number of values": len(values)})
    weights = np.power(beta, np.arange(len(values))[::-1])
    if corrected:
        return float(np.average(values, weights=weights))
    return float((1 - beta) * weights @ np.array(values))


def bias_correction(beta: float, step: int) -> float:
    """1/(1 − βᵗ): what the average is multiplied by after t steps   [Kingma & Ba 2015, 3]"""
    _share(beta=beta)
    _count(step=step)
    return 1 / (1 - beta**step)


def bias_correction_by_loop(beta: float, step: int) -> float:
    """An average of ones, walked through: what brings it up to 1."""
    _share(beta=beta)
    _count(step=step)
    mean = 0.0
    for _ in range(step):
        mean += (1 - beta) * (1 - mean)
    return 1 / mean


def half_life(beta: float) -> float:
    """ln ½ / ln β: steps after which a value counts half as much"""
    _inside(beta=beta)
    return log(0.5) / log(beta)


def half_life_by_loop(beta: float) -> float:
    """Bisection over the time at which β^t has come down to a half."""
    _inside(beta=beta)
    low, high = 0.0, 1.0
    while beta**high > 0.5:
        high *= 2
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if beta**middle > 0.5 else (low, middle)
    return low


def effective_window(beta: float) -> float:
    """1/(1 − β): steps over which a constant of the newest value's weight would sum to 1"""
    _share(beta=beta)
    return 1 / (1 - beta)


def effective_window_by_loop(beta: float) -> float:
    """The mean age of what is averaged, counted from 1, summed until nothing is left."""
    _share(beta=beta)
    age, share, total = 1, 1 - beta, 0.0
    while share * age > 1e-18 or age < 1 / (1 - beta):
        total += share * age
        age, share = age + 1, share * beta
        if age > 2_000_000:
            raise ValueError(f"beta must be at most 0.9999 to be summed up, found {beta}")
    return total


def share_of_newest(beta: float, count: int) -> float:
    """1 − βⁿ: weight of the newest n values in a long-running average"""
    _share(beta=beta)
    _count(count=count)
    return 1 - beta**count


def share_of_newest_by_loop(beta: float, count: int) -> float:
    """The weights of the newest values added up."""
    _share(beta=beta)
    _count(count=count)
    total, weight = 0.0, 1 - beta
    for _ in range(count):
        total += weight
        weight *= beta
    return total


def averaged_variance(beta: float, variance: float = 1.0) -> float:
    """σ² (1 − β)/(1 + β): variance of a long-running average of independent values"""
    _numbers(beta=beta, variance=variance)
    _share(beta=beta)
    _positive(variance=variance)
    return variance * (1 - beta) / (1 + beta)


def averaged_variance_by_loop(beta: float, variance: float = 1.0) -> float:
    """v ← β² v + (1 − β)² σ², run until it stands still."""
    _share(beta=beta)
    _positive(variance=variance)
    now, before = (1 - beta) ** 2 * variance, 0.0
    for _ in range(2_000_000):
        if abs(now - before) <= 1e-17 * now:
            return now
        now, before = beta**2 * now + (1 - beta) ** 2 * variance, now
    raise ValueError(f"beta must be at most 0.9999 to settle, found {beta}")


def terminal_rate(rate: float, momentum: float, averaged: bool = False) -> float:
    """η/(1 − β), or η for the averaged velocity: rate at which a lasting gradient moves the weight"""
    _numbers(rate=rate, momentum=momentum)
    _positive(rate=rate)
    _share(momentum=momentum)
    return rate if averaged else rate / (1 - momentum)


def terminal_rate_by_torch(rate: float, momentum: float, averaged: bool = False) -> float:
    """The last of many steps of torch.optim.SGD under a gradient of 1."""
    import torch

    _positive(rate=rate)
    _share(momentum=momentum)
    w = torch.tensor(0.0, dtype=torch.float64, requires_grad=True)
    damping = momentum if averaged else 0.0
    optimiser = torch.optim.SGD([w], lr=rate, momentum=momentum, dampening=damping)
    w.grad = torch.tensor(1.0, dtype=torch.float64)
    for _ in range(1 if momentum == 0 else int(30 / -log(momentum)) + 2):
        torch.nn.init.zeros_(w)
        optimiser.step()
    return -float(w.detach())
