"""Losses of single predictions by name: value and gradient in the prediction, mean or sum, halved or not.

Regression and count losses compare numbers; margin losses take a score and a target of −1 or 1;
binary losses take a probability or a logit and a target from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Callable
from math import exp, log, log1p, tanh
from typing import Any, Literal

from .ranges import _one_of

Loss = Literal[
    "squared",
    "absolute",
    "huber",
    "smooth-l1",
    "log-cosh",
    "quantile",
    "epsilon-insensitive",
    "squared-log",
    "poisson",
    "zero-one",
    "perceptron",
    "hinge",
    "squared-hinge",
    "logistic",
    "exponential",
    "binary-cross-entropy",
    "binary-cross-entropy-logits",
    "focal",
]
Reduction = Literal["mean", "sum", "half mean", "half sum"]
PARAMETERS = {
    "huber": "the distance δ where it turns linear, above 0",
    "smooth-l1": "the distance β where it turns linear, above 0",
    "quantile": "the quantile τ, from 0 to 1",
    "epsilon-insensitive": "the free distance ε, above 0",
    "hinge": "the margin, above 0",
    "squared-hinge": "the margin, above 0",
    "focal": "the focusing γ, from 0 up",
}
MARGINS = ("zero-one", "perceptron", "hinge", "squared-hinge", "logistic", "exponential")
Pair = tuple[float, float]  # the loss and its slope in the prediction


def loss(
    name: Loss,
    predictions: list[float],
    targets: list[float],
    reduction: Reduction,
    parameter: float | None = None,
) -> float:
    """Mean or sum over the predictions, halved or not: squared (p − t)², hinge max(0, m − t p) ..."""
    _one_of(Reduction, reduction=reduction)
    pairs = _pairs(name, predictions, targets, parameter)
    return sum(value for value, _ in pairs) * _factor(reduction, len(targets))


def loss_by_torch(
    name: Loss,
    predictions: list[float],
    targets: list[float],
    reduction: Reduction,
    parameter: float | None = None,
) -> float:
    """torch's own loss functions in float64, with their own reductions."""
    import torch

    _checked(name, predictions, targets, parameter)
    p, t = (torch.tensor(v, dtype=torch.float64) for v in (predictions, targets))
    return float(_torch_loss(name, p, t, reduction, parameter))


def loss_gradient(
    name: Loss,
    predictions: list[float],
    targets: list[float],
    reduction: Reduction,
    parameter: float | None = None,
) -> list[float]:
    """∂loss/∂prediction, one per prediction; refused at a kink, where there is none"""
    _one_of(Reduction, reduction=reduction)
    pairs = _pairs(name, predictions, targets, parameter)
    _smooth(name, predictions, targets, parameter)
    return [slope * _factor(reduction, len(targets)) for _, slope in pairs]


def loss_gradient_by_autograd(
    name: Loss,
    predictions: list[float],
    targets: list[float],
    reduction: Reduction,
    parameter: float | None = None,
) -> list[float]:
    """Autograd through torch's own loss function."""
    import torch

    _checked(name, predictions, targets, parameter)
    _smooth(name, predictions, targets, parameter)
    p = torch.tensor(predictions, dtype=torch.float64, requires_grad=True)
    t = torch.tensor(targets, dtype=torch.float64)
    total = _torch_loss(name, p, t, reduction, parameter)
    if not total.requires_grad:  # the 0-1 loss is a count
        return [0.0 for _ in targets]
    return [float(slope) for slope in torch.autograd.grad(total, p)[0]]


# The formulas: each loss beside its slope, of the prediction p, the target t and the parameter k.


def _sigmoid(x: float) -> float:
    return 1 / (1 + exp(-x)) if x >= 0 else exp(x) / (1 + exp(x))


def _softplus(x: float) -> float:
    return max(x, 0.0) + log1p(exp(-abs(x)))


def _sign(x: float) -> float:
    return float((x > 0) - (x < 0))


def _squared(p: float, t: float, _: float) -> Pair:
    return (p - t) ** 2, 2 * (p - t)


def _absolute(p: float, t: float, _: float) -> Pair:
    return abs(p - t), _sign(p - t)


def _huber(p: float, t: float, k: float) -> Pair:
    d = p - t
    return (d * d / 2, d) if abs(d) <= k else (k * (abs(d) - k / 2), k * _sign(d))


def _smooth_l1(p: float, t: float, k: float) -> Pair:
    value, slope = _huber(p, t, k)
    return value / k, slope / k


def _log_cosh(p: float, t: float, _: float) -> Pair:
    d = abs(p - t)
    return d + log1p(exp(-2 * d)) - log(2), tanh(p - t)


def _quantile(p: float, t: float, k: float) -> Pair:
    return (k * (t - p), -k) if t > p else ((1 - k) * (p - t), 1 - k)


def _epsilon_insensitive(p: float, t: float, k: float) -> Pair:
    beyond = abs(p - t) - k
    return (beyond, _sign(p - t)) if beyond > 0 else (0.0, 0.0)


def _squared_log(p: float, t: float, _: float) -> Pair:
    d = log1p(p) - log1p(t)
    return d * d, 2 * d / (1 + p)


def _poisson(p: float, t: float, _: float) -> Pair:
    return exp(p) - t * p, exp(p) - t


def _zero_one(p: float, t: float, _: float) -> Pair:
    return float(t * p <= 0), 0.0


def _hinge(p: float, t: float, k: float) -> Pair:
    short = k - t * p
    return (short, -t) if short > 0 else (0.0, 0.0)


def _squared_hinge(p: float, t: float, k: float) -> Pair:
    short = max(k - t * p, 0.0)
    return short**2, -2 * t * short


def _logistic(p: float, t: float, _: float) -> Pair:
    return _softplus(-t * p), -t * _sigmoid(-t * p)


def _exponential(p: float, t: float, _: float) -> Pair:
    return exp(-t * p), -t * exp(-t * p)


def _cross_entropy(p: float, t: float, _: float) -> Pair:
    return -t * log(p) - (1 - t) * log1p(-p), (p - t) / (p * (1 - p))


def _cross_entropy_of_logit(z: float, t: float, _: float) -> Pair:
    return t * _softplus(-z) + (1 - t) * _softplus(z), _sigmoid(z) - t


def _focal(z: float, t: float, k: float) -> Pair:
    """−(1 − q)ᵏ ln q with q the probability of the true class   [Lin et al. 2017, eq. 4]"""
    side = 2 * t - 1
    q, miss, entropy = _sigmoid(side * z), _sigmoid(-side * z), _softplus(-side * z)
    return miss**k * entropy, -side * miss**k * (k * q * entropy + miss)


_FORMULAS: dict[str, Callable[[float, float, float], Pair]] = {
    "squared": _squared,
    "absolute": _absolute,
    "huber": _huber,
    "smooth-l1": _smooth_l1,
    "log-cosh": _log_cosh,
    "quantile": _quantile,
    "epsilon-insensitive": _epsilon_insensitive,
    "squared-log": _squared_log,
    "poisson": _poisson,
    "zero-one": _zero_one,
    "perceptron": lambda p, t, _: _hinge(p, t, 0.0),
    "hinge": _hinge,
    "squared-hinge": _squared_hinge,
    "logistic": _logistic,
    "exponential": _exponential,
    "binary-cross-entropy": _cross_entropy,
    "binary-cross-entropy-logits": _cross_entropy_of_logit,
    "focal": _focal,
}
# How far from a kink a prediction is, for the losses that have one.
_KINKS: dict[str, Callable[[float, float, float], float]] = {
    "absolute": lambda p, t, _: p - t,
    "quantile": lambda p, t, _: p - t,
    "epsilon-insensitive": lambda p, t, k: abs(p - t) - k,
    "zero-one": lambda p, t, _: t * p,
    "perceptron": lambda p, t, _: t * p,
    "hinge": lambda p, t, k: t * p - k,
}


def _pairs(
    name: Loss, predictions: list[float], targets: list[float], parameter: float | None
) -> list[Pair]:
    k = _checked(name, predictions, targets, parameter)
    return [_FORMULAS[name](p, t, k) for p, t in zip(predictions, targets, strict=True)]


def _factor(reduction: Reduction, count: int) -> float:
    return (0.5 if "half" in reduction else 1.0) / (count if "mean" in reduction else 1)


def _checked(
    name: Loss, predictions: list[float], targets: list[float], parameter: float | None
) -> float:
    """The parameter, 0 if there is none, after a look at every argument."""
    if name not in _FORMULAS:
        raise ValueError(f"name must be one of {', '.join(_FORMULAS)}, found {name}")
    if len(predictions) != len(targets) or not targets:
        found = f"{len(predictions)} and {len(targets)}"
        raise ValueError(f"predictions must be 1 or more, as many as targets, found {found}")
    _in_domain(name, predictions, targets)
    meaning = PARAMETERS.get(name)
    if meaning is None:
        if parameter is not None:
            raise ValueError(f"parameter must be left out for {name}, found {parameter}")
        return 0.0
    low = 1e-9 if "above 0" in meaning else 0
    if parameter is None or not low <= parameter <= (1 if "to 1" in meaning else 1e9):
        raise ValueError(f"parameter of {name} must be {meaning}, found {parameter}")
    return parameter


def _in_domain(name: Loss, predictions: list[float], targets: list[float]) -> None:
    low, high = {
        "squared-log": (-0.999999, 1e50),
        "poisson": (-700.0, 700.0),
        "exponential": (-700.0, 700.0),
        "binary-cross-entropy": (1e-40, 1 - 1e-15),
    }.get(name, (-1e50, 1e50))
    if not all(low <= p <= high for p in predictions):
        raise ValueError(
            f"predictions must be from {low} to {high} for {name}, found {predictions}"
        )
    binary = "binary" in name
    low, high = (-1, 1) if name in MARGINS else (0, 1) if binary or name == "focal" else (low, 1e50)
    exact = name in MARGINS or name == "focal"
    if not all(low <= t <= high and (not exact or t in (low, high)) for t in targets):
        between = "or" if exact else "to"
        raise ValueError(f"targets must be {low} {between} {high} for {name}, found {targets}")


def _smooth(
    name: Loss, predictions: list[float], targets: list[float], parameter: float | None
) -> None:
    distance = _KINKS.get(name)
    for p, t in zip(predictions, targets, strict=True):
        if distance is not None and distance(p, t, parameter or 0.0) == 0:
            raise ValueError(f"predictions must not lie at a kink of {name}, found {p} for {t}")


def _torch_loss(name: Loss, p: Any, t: Any, reduction: Reduction, k: float | None) -> Any:
    import torch
    from torch.nn import functional as F

    how, zero, margin = reduction.split()[-1], 0 * p, k or 0.0
    known: dict[str, Callable[[], Any]] = {
        "squared": lambda: F.mse_loss(p, t, reduction=how),
        "absolute": lambda: F.l1_loss(p, t, reduction=how),
        "huber": lambda: F.huber_loss(p, t, reduction=how, delta=margin),
        "smooth-l1": lambda: F.smooth_l1_loss(p, t, reduction=how, beta=margin),
        "squared-log": lambda: F.mse_loss(torch.log1p(p), torch.log1p(t), reduction=how),
        "poisson": lambda: F.poisson_nll_loss(p, t, reduction=how),
        "perceptron": lambda: F.margin_ranking_loss(p, zero, t, 0.0, reduction=how),
        "hinge": lambda: F.margin_ranking_loss(p, zero, t, margin, reduction=how),
        "logistic": lambda: F.binary_cross_entropy_with_logits(p, (t + 1) / 2, reduction=how),
        "binary-cross-entropy": lambda: F.binary_cross_entropy(p, t, reduction=how),
        "binary-cross-entropy-logits": lambda: F.binary_cross_entropy_with_logits(
            p, t, reduction=how
        ),
    }
    single: dict[str, Callable[[], Any]] = {
        "log-cosh": lambda: torch.logaddexp(p - t, t - p) - torch.log(2 + zero),
        "quantile": lambda: torch.maximum(margin * (t - p), (margin - 1) * (t - p)),
        "epsilon-insensitive": lambda: F.softshrink(p - t, margin).abs(),
        "zero-one": (torch.sign(p) != t).double,
        "squared-hinge": lambda: F.relu(margin - t * p).square(),
        "exponential": lambda: torch.expm1(-t * p) + 1,
        "focal": lambda: _torch_focal(p, t, margin),
    }
    total = known[name]() if name in known else getattr(torch, how)(single[name]())
    return total / 2 if "half" in reduction else total


def _torch_focal(z: Any, t: Any, k: float) -> Any:
    from torch.nn import functional as F

    entropy = F.binary_cross_entropy_with_logits(z, t, reduction="none")
    return (k * F.logsigmoid((1 - 2 * t) * z)).exp() * entropy
