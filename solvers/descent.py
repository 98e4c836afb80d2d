"""Steps of gradient descent on a batch, with momentum and as Adam; updates and noise of batches."""

from __future__ import annotations

import math
from itertools import permutations, product

from .ranges import _finite, _numbers


def _positive(name: str, value: float) -> None:
    if not value > 0:
        raise ValueError(f"{name} must be above 0, found {value}")


def _share(name: str, value: float) -> None:
    if not 0 <= value < 1:
        raise ValueError(f"{name} must be in [0, 1), found {value}")


def _paired(inputs: list[float], targets: list[float]) -> None:
    if not inputs or len(inputs) != len(targets):
        raise ValueError(
            f"inputs and targets must be equally many, found {len(inputs)} and {len(targets)}"
        )


# One step on a batch


def least_squares_gradient(
    weight: float,
    inputs: list[float],
    targets: list[float],
    averaged: bool = True,
    halved: bool = False,
) -> float:
    """∂L/∂w = 2/n Σ (w x − y) x for L = 1/n Σ (w x − y)²   [Goodfellow 2016, 5.1.4]"""
    _numbers(weight=weight, inputs=inputs, targets=targets)
    _paired(inputs, targets)
    total = sum((weight * x - y) * x for x, y in zip(inputs, targets, strict=True))
    return total * (1 if halved else 2) / (len(inputs) if averaged else 1)


def least_squares_gradient_by_autograd(
    weight: float,
    inputs: list[float],
    targets: list[float],
    averaged: bool = True,
    halved: bool = False,
) -> float:
    """The slope that torch's autograd finds for the loss."""
    import torch

    _paired(inputs, targets)
    w = torch.tensor(float(weight), dtype=torch.float64, requires_grad=True)
    x, y = (torch.tensor(values, dtype=torch.float64) for values in (inputs, targets))
    loss = torch.nn.functional.mse_loss(w * x, y, reduction="mean" if averaged else "sum")
    (gradient,) = torch.autograd.grad(loss / 2 if halved else loss, w)
    return float(gradient)


def least_squares_step(
    weight: float,
    inputs: list[float],
    targets: list[float],
    rate: float,
    averaged: bool = True,
    halved: bool = False,
) -> float:
    """w − η ∂L/∂w, one full-batch step on L = 1/n Σ (w x − y)²   [Goodfellow 2016, eq. 4.5]"""
    _numbers(weight=weight, inputs=inputs, targets=targets, rate=rate)
    _positive("rate", rate)
    return weight - rate * least_squares_gradient(weight, inputs, targets, averaged, halved)


def least_squares_step_by_torch(
    weight: float,
    inputs: list[float],
    targets: list[float],
    rate: float,
    averaged: bool = True,
    halved: bool = False,
) -> float:
    """The weight of a one-weight Linear layer after one step of torch.optim.SGD."""
    import torch

    _positive("rate", rate)
    _paired(inputs, targets)
    layer = torch.nn.Linear(1, 1, bias=False, dtype=torch.float64)
    torch.nn.init.constant_(layer.weight, weight)
    x, y = (torch.tensor(values, dtype=torch.float64)[:, None] for values in (inputs, targets))
    loss = torch.nn.MSELoss(reduction="mean" if averaged else "sum")(layer(x), y)
    torch.autograd.backward(loss / 2 if halved else loss)
    torch.optim.SGD(layer.parameters(), lr=rate).step()
    return float(layer.weight.detach())


# Momentum and Adam


def momentum_descent(
    weight: float, curvature: float, rate: float, momentum: float, steps: int, damped: bool = False
) -> float:
    """v ← β v + g, w ← w − η v from v₀ = 0, g = h w   [Sutskever et al. 2013, eq. 1-2, η moved]"""
    _numbers(weight=weight, curvature=curvature, rate=rate, momentum=momentum)
    _positive("rate", rate)
    _share("momentum", momentum)
    velocity = 0.0
    for _ in range(steps):
        velocity = momentum * velocity + (1 - momentum if damped else 1) * curvature * weight
        weight -= rate * velocity
    return _finite(weight)


def momentum_descent_by_torch(
    weight: float, curvature: float, rate: float, momentum: float, steps: int, damped: bool = False
) -> float:
    """torch.optim.SGD with momentum on the loss h w²/2, its buffer starting at 0."""
    import torch

    _positive("rate", rate)
    _share("momentum", momentum)
    w = torch.tensor(float(weight), dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.SGD(
        [w], lr=rate, momentum=momentum, dampening=momentum if damped else 0
    )
    optimiser.state[w]["momentum_buffer"] = torch.zeros_like(w)
    for _ in range(steps):
        optimiser.zero_grad()
        torch.autograd.backward(curvature / 2 * w**2)
        optimiser.step()
    return float(w.detach())


def adam_descent(
    weight: float, gradients: list[float], rate: float, beta1: float, beta2: float
) -> float:
    """w ← w − η m̂/√v̂ for each gradient in turn, ε → 0   [Kingma & Ba 2015, algorithm 1]"""
    _numbers(weight=weight, gradients=gradients, rate=rate, beta1=beta1, beta2=beta2)
    _positive("rate", rate)
    _share("beta1", beta1)
    _share("beta2", beta2)
    mean = square = 0.0
    for step, gradient in enumerate(gradients, 1):
        mean = beta1 * mean + (1 - beta1) * gradient
        square = beta2 * square + (1 - beta2) * gradient**2
        _positive("the running mean of squared gradients", square)
        weight -= rate * mean / (1 - beta1**step) / math.sqrt(square / (1 - beta2**step))
    return weight


def adam_descent_by_torch(
    weight: float, gradients: list[float], rate: float, beta1: float, beta2: float
) -> float:
    """torch.optim.Adam fed with these gradients, eps = 0."""
    import torch

    _positive("rate", rate)
    _share("beta1", beta1)
    _share("beta2", beta2)
    w = torch.tensor(float(weight), dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.Adam([w], lr=rate, betas=(beta1, beta2), eps=0.0)
    for gradient in gradients:
        w.grad = torch.tensor(float(gradient), dtype=torch.float64)
        optimiser.step()
    if not math.isfinite(float(w.detach())):
        raise ValueError(f"gradients must not begin with 0, found {gradients}")
    return float(w.detach())


def adam_first_step(
    weight: float, gradient: float, rate: float, beta1: float, beta2: float
) -> float:
    """w − η g/|g|: corrected for bias, m̂ = g and v̂ = g²   [Kingma & Ba 2015, algorithm 1, t = 1]"""
    _numbers(weight=weight, gradient=gradient, rate=rate, beta1=beta1, beta2=beta2)
    return adam_descent(weight, [gradient], rate, beta1, beta2)


def adam_first_step_by_torch(
    weight: float, gradient: float, rate: float, beta1: float, beta2: float
) -> float:
    """One step of torch.optim.Adam, eps = 0."""
    return adam_descent_by_torch(weight, [gradient], rate, beta1, beta2)


# Batches


def _batch(examples: int, batch: int) -> None:
    if not 1 <= batch <= examples:
        raise ValueError(f"batch must be from 1 to the {examples} examples, found {batch}")


def updates_per_epoch(examples: int, batch: int, drop_last: bool = False) -> tuple[int, int, int]:
    """(1, n, ⌈n/b⌉): updates of full-batch, single-example and mini-batch descent in an epoch."""
    _batch(examples, batch)
    return 1, examples, examples // batch if drop_last else -(-examples // batch)


def updates_per_epoch_by_torch(
    examples: int, batch: int, drop_last: bool = False
) -> tuple[int, int, int]:
    """The batches that a real DataLoader hands out, counted."""
    from torch.utils.data import DataLoader

    _batch(examples, batch)

    def count(size: int) -> int:
        loader: DataLoader[int] = DataLoader(
            list(range(examples)),  # type: ignore[arg-type]
            batch_size=size,
            drop_last=drop_last,
        )
        return sum(1 for _ in loader)

    return count(examples), count(1), count(batch)


def batch_gradient_variance(gradients: list[float], batch: int, replacement: bool = True) -> float:
    """σ²/b, times (n − b)/(n − 1) without replacement   [Cochran 1977, theorem 2.2]"""
    _numbers(gradients=gradients)
    _batch(len(gradients), batch)
    count = len(gradients)
    mean = sum(gradients) / count
    variance = sum((g - mean) ** 2 for g in gradients) / count / batch
    return variance if replacement else variance * (count - batch) / max(count - 1, 1)


def batch_gradient_variance_by_counting(
    gradients: list[float], batch: int, replacement: bool = True
) -> float:
    """Every batch that can be drawn, each as likely: the variance of their means."""
    _batch(len(gradients), batch)
    draws = product(gradients, repeat=batch) if replacement else permutations(gradients, batch)
    means = [sum(draw) / batch for draw in draws]
    centre = sum(means) / len(means)
    return sum((mean - centre) ** 2 for mean in means) / len(means)
