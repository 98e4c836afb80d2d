"""Learning-rate schedules over steps counted from 0: warm-up, linear, cosine, step, Noam."""

from __future__ import annotations

from math import cos, pi, sqrt
from typing import Any, Literal

from .ranges import _numbers, _one_of

Decay = Literal["constant", "linear", "cosine"]


def warmed_rate(
    step: int,
    warmup: int,
    total: int,
    peak: float,
    floor: float = 0.0,
    decay: Decay = "cosine",
    from_zero: bool = False,
) -> float:
    """peak (t + 1) / warmup (`from_zero`: peak t / warmup) while t < warmup; then with the share
    u = (t - warmup) / (total - warmup): floor + (peak - floor) (1 - u), or (1 + cos(pi u)) / 2

    [Goyal et al. 2017, sec. 2.2; Loshchilov & Hutter 2017, eq. 5; torch.optim.lr_scheduler]
    """
    _numbers(peak=peak, floor=floor)
    _one_of(Decay, decay=decay)
    _check(step, warmup, total, peak, floor)
    if step < warmup:
        return peak * (step if from_zero else step + 1) / warmup
    share = (step - warmup) / (total - warmup)
    left = {"constant": 1.0, "linear": 1 - share, "cosine": (1 + cos(pi * share)) / 2}
    return floor + (peak - floor) * left[decay]


def warmed_rate_by_torch(
    step: int,
    warmup: int,
    total: int,
    peak: float,
    floor: float = 0.0,
    decay: Decay = "cosine",
    from_zero: bool = False,
) -> float:
    """Real schedulers stepped one by one; a warm-up from zero is the other one, a step late."""
    from torch.optim import lr_scheduler as kinds

    _check(step, warmup, total, peak, floor)
    if from_zero and step == 0 and warmup:
        return 0.0
    optimiser = _torch_optimiser(peak)
    if step < warmup:
        rising = kinds.LinearLR(optimiser, 1 / warmup, total_iters=max(warmup - 1, 1))
        return _stepped(optimiser, rising, step - from_zero) if warmup > 1 else peak
    span, ratio = total - warmup, floor / peak
    schedule: Any = kinds.ConstantLR(optimiser, 1.0)
    if decay == "linear":
        schedule = kinds.LinearLR(optimiser, 1.0, ratio, total_iters=span)
    elif decay == "cosine":
        schedule = kinds.CosineAnnealingLR(optimiser, span, eta_min=floor)
    return _stepped(optimiser, schedule, step - warmup)


def exponential_rate(step: int, start: float, factor: float) -> float:
    """start factor^t   [torch.optim.lr_scheduler.ExponentialLR]"""
    _numbers(start=start, factor=factor)
    _check_step(step)
    _check_rate("start", start)
    _check_rate("factor", factor)
    return float(start * factor**step)


def exponential_rate_by_torch(step: int, start: float, factor: float) -> float:
    """A real ExponentialLR stepped one by one."""
    from torch.optim.lr_scheduler import ExponentialLR

    _check_step(step)
    _check_rate("start", start)
    _check_rate("factor", factor)
    optimiser = _torch_optimiser(start)
    return _stepped(optimiser, ExponentialLR(optimiser, factor), step)


def step_decay(rate: float, factor: float, every: int, epoch: int, first_epoch: int = 0) -> float:
    """η γ^⌊e/k⌋, e the number of epochs before this one   [documentation of torch StepLR]"""
    _numbers(rate=rate, factor=factor)
    _check_epoch(rate, every, epoch, first_epoch)
    return float(rate * factor ** ((epoch - first_epoch) // every))


def step_decay_by_torch(
    rate: float, factor: float, every: int, epoch: int, first_epoch: int = 0
) -> float:
    """A real StepLR, run up to the epoch."""
    from torch.optim.lr_scheduler import StepLR

    _check_epoch(rate, every, epoch, first_epoch)
    optimiser = _torch_optimiser(rate)
    return _stepped(optimiser, StepLR(optimiser, every, factor), epoch - first_epoch)


def restarted_rate(
    step: int, period: int, peak: float, floor: float = 0.0, growth: int = 1
) -> float:
    """floor + (peak - floor) (1 + cos(pi t / T)) / 2, t anew from 0 after T = period steps, then
    after growth period, ...   [Loshchilov & Hutter 2017 (SGDR), eq. 5]"""
    _numbers(peak=peak, floor=floor)
    _check(step, 0, period, peak, floor, bounded=False)
    if growth < 1:
        raise ValueError(f"growth must be at least 1, found {growth}")
    while step >= period:
        step, period = step - period, period * growth
    return floor + (peak - floor) * (1 + cos(pi * step / period)) / 2


def restarted_rate_by_torch(
    step: int, period: int, peak: float, floor: float = 0.0, growth: int = 1
) -> float:
    """A real CosineAnnealingWarmRestarts stepped one by one."""
    from torch.optim.lr_scheduler import CosineAnnealingWarmRestarts

    _check(step, 0, period, peak, floor, bounded=False)
    optimiser = _torch_optimiser(peak)
    schedule = CosineAnnealingWarmRestarts(optimiser, period, growth, floor)
    return _stepped(optimiser, schedule, step)


def noam_rate(step: int, width: int, warmup: int) -> float:
    """width^-0.5 min(t^-0.5, t warmup^-1.5), the first step being t = 1   [Vaswani et al. 2017, eq. 3]"""
    for name, value in (("step", step), ("width", width), ("warmup", warmup)):
        if value < 1:
            raise ValueError(f"{name} must be at least 1, found {value}")
    return min(1 / sqrt(step), step / sqrt(warmup) ** 3) / sqrt(width)


def noam_rate_by_fractions(step: int, width: int, warmup: int) -> float:
    """Its square: a line up to the peak 1 / (width warmup), then falling as 1 / t, in exact fractions."""
    from fractions import Fraction

    if min(step, width, warmup) < 1:
        raise ValueError(f"all must be at least 1, found {step}, {width}, {warmup}")
    peak = Fraction(1, width * warmup)
    square = peak * Fraction(step, warmup) ** 2 if step <= warmup else peak * Fraction(warmup, step)
    return sqrt(square)


def _torch_optimiser(rate: float) -> Any:
    import torch

    return torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=rate)


def _stepped(optimiser: Any, schedule: Any, steps: int) -> float:
    for _ in range(steps):
        optimiser.step()
        schedule.step()
    return float(optimiser.param_groups[0]["lr"])


def _check(
    step: int, warmup: int, total: int, peak: float, floor: float, bounded: bool = True
) -> None:
    _check_step(step)
    if warmup < 0:
        raise ValueError(f"warmup must be at least 0, found {warmup}")
    if total <= warmup:
        raise ValueError(f"total must be above the warm-up {warmup}, found {total}")
    if bounded and step > total:
        raise ValueError(f"step must be at most the total {total}, found {step}")
    _check_rate("peak", peak)
    if not 0 <= floor <= peak:
        raise ValueError(f"floor must be in 0..{peak}, found {floor}")


def _check_epoch(rate: float, every: int, epoch: int, first_epoch: int) -> None:
    _check_rate("rate", rate)
    _check_rate("every", every)
    if epoch < first_epoch:
        raise ValueError(f"epoch must be at least {first_epoch}, found {epoch}")


def _check_step(step: int) -> None:
    if step < 0:
        raise ValueError(f"step must be at least 0, found {step}")


def _check_rate(name: str, value: float) -> None:
    if value <= 0:
        raise ValueError(f"{name} must be above 0, found {value}")
