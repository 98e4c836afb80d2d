"""Adam and its relatives: AdamW, AMSGrad, Adamax, NAdam; a weight after a sequence of gradients."""

from __future__ import annotations

from math import sqrt

from .optimisers import Update, _fed, _fed_in_torch, _in_double
from .ranges import _not_negative, _numbers, _positive, _quotient, _share


def adam(
    weight: float,
    gradients: list[float],
    rate: float,
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
    decay: float = 0.0,
    amsgrad: bool = False,
) -> float:
    """w ← w − η m̂/(√v̂ + ε), g first increased by λ w; amsgrad: v's maximum   [Kingma & Ba 2015; torch]"""
    _numbers(
        weight=weight,
        gradients=gradients,
        rate=rate,
        beta1=beta1,
        beta2=beta2,
        epsilon=epsilon,
        decay=decay,
    )
    update = _adam(rate, beta1, beta2, epsilon, decay, decoupled=False, amsgrad=amsgrad)
    return _fed(update, weight, gradients)


def adam_by_torch(
    weight: float,
    gradients: list[float],
    rate: float,
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
    decay: float = 0.0,
    amsgrad: bool = False,
) -> float:
    """torch.optim.Adam fed with these gradients."""
    import torch

    _check_adam(rate, beta1, beta2, epsilon, decay)
    settings = {"betas": (beta1, beta2), "eps": epsilon, "weight_decay": decay}
    return _fed_in_torch(torch.optim.Adam, weight, gradients, lr=rate, amsgrad=amsgrad, **settings)


def adamw(
    weight: float,
    gradients: list[float],
    rate: float,
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
    decay: float = 0.01,
    amsgrad: bool = False,
) -> float:
    """w ← (1 − η λ) w − η m̂/(√v̂ + ε): decay past the averages   [Loshchilov & Hutter 2019; torch]"""
    _numbers(
        weight=weight,
        gradients=gradients,
        rate=rate,
        beta1=beta1,
        beta2=beta2,
        epsilon=epsilon,
        decay=decay,
    )
    update = _adam(rate, beta1, beta2, epsilon, decay, decoupled=True, amsgrad=amsgrad)
    return _fed(update, weight, gradients)


def adamw_by_torch(
    weight: float,
    gradients: list[float],
    rate: float,
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
    decay: float = 0.01,
    amsgrad: bool = False,
) -> float:
    """torch.optim.AdamW fed with these gradients."""
    import torch

    _check_adam(rate, beta1, beta2, epsilon, decay)
    settings = {"betas": (beta1, beta2), "eps": epsilon, "weight_decay": decay}
    return _fed_in_torch(torch.optim.AdamW, weight, gradients, lr=rate, amsgrad=amsgrad, **settings)


def adamax(
    weight: float,
    gradients: list[float],
    rate: float,
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
) -> float:
    """u ← max(β₂ u, |g| + ε), w ← w − η m̂/u   [Kingma & Ba 2015, algorithm 2; ε as in torch]"""
    _numbers(
        weight=weight, gradients=gradients, rate=rate, beta1=beta1, beta2=beta2, epsilon=epsilon
    )
    return _fed(_adamax(rate, beta1, beta2, epsilon), weight, gradients)


def adamax_by_torch(
    weight: float,
    gradients: list[float],
    rate: float,
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
) -> float:
    """torch.optim.Adamax fed with these gradients."""
    import torch

    _check_adam(rate, beta1, beta2, epsilon, 0.0)
    settings = {"lr": rate, "betas": (beta1, beta2), "eps": epsilon}
    return _fed_in_torch(torch.optim.Adamax, weight, gradients, **settings)


def nadam(
    weight: float,
    gradients: list[float],
    rate: float,
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
    momentum_decay: float = 0.004,
) -> float:
    """m̂ = μ_{t+1} m/(1 − Π μ_{1..t+1}) + (1 − μ_t) g/(1 − Π μ_{1..t}),
    μ_t = β₁ (1 − 0.96^{t ψ}/2)   [Dozat 2016; torch.optim.NAdam]"""
    _numbers(
        weight=weight,
        gradients=gradients,
        rate=rate,
        beta1=beta1,
        beta2=beta2,
        epsilon=epsilon,
        momentum_decay=momentum_decay,
    )
    return _fed(_nadam(rate, beta1, beta2, epsilon, momentum_decay), weight, gradients)


def nadam_by_torch(
    weight: float,
    gradients: list[float],
    rate: float,
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
    momentum_decay: float = 0.004,
) -> float:
    """torch.optim.NAdam fed with these gradients."""
    import torch

    _check_adam(rate, beta1, beta2, epsilon, 0.0)
    _not_negative(momentum_decay=momentum_decay)
    settings = {"betas": (beta1, beta2), "eps": epsilon, "momentum_decay": momentum_decay}
    with _in_double():
        return _fed_in_torch(torch.optim.NAdam, weight, gradients, lr=rate, **settings)


def _adam(
    rate: float,
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
    decay: float = 0.0,
    decoupled: bool = False,
    amsgrad: bool = False,
) -> Update:
    _check_adam(rate, beta1, beta2, epsilon, decay)
    mean = square = largest = 0.0
    step = 0

    def update(weight: float, gradient: float) -> float:
        nonlocal mean, square, largest, step
        step += 1
        slope = gradient if decoupled else gradient + decay * weight
        mean = beta1 * mean + (1 - beta1) * slope
        square = beta2 * square + (1 - beta2) * slope**2
        largest = max(largest, square) if amsgrad else square
        root = sqrt(largest / (1 - beta2**step))
        kept = weight * (1 - rate * decay) if decoupled else weight
        return kept - rate * _quotient(mean / (1 - beta1**step), root + epsilon)

    return update


def _adamax(rate: float, beta1: float = 0.9, beta2: float = 0.999, epsilon: float = 1e-8) -> Update:
    _check_adam(rate, beta1, beta2, epsilon, 0.0)
    mean = largest = 0.0
    step = 0

    def update(weight: float, gradient: float) -> float:
        nonlocal mean, largest, step
        step += 1
        mean = beta1 * mean + (1 - beta1) * gradient
        largest = max(beta2 * largest, abs(gradient) + epsilon)
        return weight - rate * _quotient(mean / (1 - beta1**step), largest)

    return update


def _nadam(
    rate: float,
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
    momentum_decay: float = 0.004,
) -> Update:
    _check_adam(rate, beta1, beta2, epsilon, 0.0)
    _not_negative(momentum_decay=momentum_decay)
    mean = square = 0.0
    step, product = 0, 1.0

    def share(of: int) -> float:
        return float(beta1 * (1 - 0.5 * 0.96 ** (of * momentum_decay)))

    def update(weight: float, gradient: float) -> float:
        nonlocal mean, square, step, product
        step += 1
        now, after = share(step), share(step + 1)
        product *= now
        mean = beta1 * mean + (1 - beta1) * gradient
        square = beta2 * square + (1 - beta2) * gradient**2
        ahead = after * mean / (1 - product * after) + (1 - now) * gradient / (1 - product)
        return weight - rate * _quotient(ahead, sqrt(square / (1 - beta2**step)) + epsilon)

    return update


def _check_adam(rate: float, beta1: float, beta2: float, epsilon: float, decay: float) -> None:
    _positive(rate=rate)
    _share(beta1=beta1, beta2=beta2)
    _not_negative(epsilon=epsilon, decay=decay)
