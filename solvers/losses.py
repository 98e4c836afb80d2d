"""Losses: values, gradients with respect to the logits, and what they can and cannot say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from itertools import product
from math import exp, isclose, log, log2
from statistics import median
from typing import Any, Literal

from .ranges import _numbers, _one_of


def softmax_cross_entropy(
    logits: list[float], label: int, unit: Literal["nats", "bits"] = "nats"
) -> float:
    """log Σ_j exp(z_j) − z_label, in nats or bits   [Goodfellow et al. 2016, 6.2.2.3]"""
    _numbers(logits=logits)
    _one_of(("nats", "bits"), unit=unit)
    _label(logits, label)
    top = max(logits)
    nats = log(sum(exp(z - top) for z in logits)) + top - logits[label]
    return nats / log(2) if unit == "bits" else nats


def softmax_cross_entropy_by_torch(
    logits: list[float], label: int, unit: Literal["nats", "bits"] = "nats"
) -> float:
    """torch's cross_entropy in float64."""
    import torch

    _label(logits, label)
    z = torch.tensor([logits], dtype=torch.float64)
    loss = float(torch.nn.functional.cross_entropy(z, torch.tensor([label])))
    return loss * log2(2.718281828459045) if unit == "bits" else loss


def guessing_loss(classes: int) -> float:
    """ln K: cross-entropy of equal probabilities for K classes, whatever the label"""
    if classes < 2:
        raise ValueError(f"classes must be at least 2, found {classes}")
    return log(classes)


def guessing_loss_by_torch(classes: int) -> float:
    """torch's cross_entropy of equal logits."""
    import torch

    if classes < 2:
        raise ValueError(f"classes must be at least 2, found {classes}")
    logits = torch.zeros(1, classes, dtype=torch.float64)
    return float(torch.nn.functional.cross_entropy(logits, torch.tensor([0])))


def logits_gradient(logits: list[float], label: int) -> list[float]:
    """softmax(z) − one-hot(label): gradient of the cross-entropy with respect to the logits"""
    _numbers(logits=logits)
    _label(logits, label)
    weights = [exp(z - max(logits)) for z in logits]
    return [w / sum(weights) - (i == label) for i, w in enumerate(weights)]


def logits_gradient_by_autograd(logits: list[float], label: int) -> list[float]:
    """Autograd through torch's cross_entropy."""
    import torch

    _label(logits, label)
    z = torch.tensor([logits], dtype=torch.float64, requires_grad=True)
    loss = torch.nn.functional.cross_entropy(z, torch.tensor([label]))
    (gradient,) = torch.autograd.grad(loss, z)
    return [float(g) for g in gradient[0]]


def mean_squared_error(
    predictions: list[float], targets: list[float], halved: bool = False
) -> float:
    """Σ (prediction − target)² / n, or / 2n if halved"""
    _numbers(predictions=predictions, targets=targets)
    _same_length(predictions, targets)
    total = sum((p - t) ** 2 for p, t in zip(predictions, targets, strict=True))
    return total / (2 * len(targets) if halved else len(targets))


def mean_squared_error_by_torch(
    predictions: list[float], targets: list[float], halved: bool = False
) -> float:
    """torch's mse_loss in float64."""
    import torch

    _same_length(predictions, targets)
    p, t = (torch.tensor(v, dtype=torch.float64) for v in (predictions, targets))
    loss = float(torch.nn.functional.mse_loss(p, t))
    return loss / 2 if halved else loss


def possible_predictions(labels: int, exclusive: bool) -> int:
    """K sets of labels if exactly one is right, 2^K if each is right or not on its own"""
    _few("labels", labels)
    return labels if exclusive else 1 << labels


def possible_predictions_by_counting(labels: int, exclusive: bool) -> int:
    """Every 0/1 vector of the labels looked at; one-hot ones kept if exclusive."""
    _few("labels", labels)
    vectors = product((0, 1), repeat=labels)
    return sum(1 for v in vectors if not exclusive or sum(v) == 1)


def entropy(truth: list[float]) -> float:
    """−Σ q log2 q, in bits"""
    return cross_entropy(truth, truth)


def entropy_by_numpy(truth: list[float]) -> float:
    """Expected code length: Σ q · log2(1/q)."""
    import numpy as np

    _distribution("truth", truth)
    q = np.array([x for x in truth if x])
    return float(q @ np.log2(1 / q))


def cross_entropy(truth: list[float], model: list[float]) -> float:
    """−Σ q log2 p, in bits, for true probabilities q and model probabilities p"""
    _distributions(truth, model)
    return -sum(q * log2(p) for q, p in zip(truth, model, strict=True) if q)


def cross_entropy_by_torch(truth: list[float], model: list[float]) -> float:
    """torch's cross_entropy with soft labels at the logits ln p."""
    import torch

    _distributions(truth, model)
    q, p = (torch.tensor([v], dtype=torch.float64) for v in (truth, model))
    return float(torch.nn.functional.cross_entropy(torch.log(p), q)) / log(2)


def divergence(truth: list[float], model: list[float]) -> float:
    """KL(q ‖ p) = Σ q log2(q / p), in bits   [Kullback & Leibler 1951]"""
    _distributions(truth, model)
    return sum(q * log2(q / p) for q, p in zip(truth, model, strict=True) if q)


def divergence_by_torch(truth: list[float], model: list[float]) -> float:
    """torch's kl_div, from nats to bits."""
    import torch

    _distributions(truth, model)
    q, p = (torch.tensor(v, dtype=torch.float64) for v in (truth, model))
    return float(torch.nn.functional.kl_div(torch.log(p), q, reduction="sum")) / log(2)


def gradient_ratio(output: float) -> float:
    """1 / (a (1 − a)): ∂BCE/∂z over ∂(½ error²)/∂z at a sigmoid's output a, any other target"""
    _inside("output", output)
    return 1 / (output * (1 - output))


def gradient_ratio_by_autograd(output: float) -> float:
    """Both losses differentiated by autograd with respect to the same logit, for target 1."""
    import torch

    _inside("output", output)
    z = torch.tensor(log(output / (1 - output)), dtype=torch.float64, requires_grad=True)
    one = torch.tensor(1.0, dtype=torch.float64)
    entropy_loss = torch.nn.functional.binary_cross_entropy_with_logits(z, one)
    squared_loss = (torch.sigmoid(z) - one) ** 2 / 2
    slopes = [torch.autograd.grad(loss, z)[0] for loss in (entropy_loss, squared_loss)]
    return float(slopes[0] / slopes[1])


def best_constants(items: list[str]) -> dict[str, str]:
    """Which statistic of the targets each loss is minimised by, found by search on samples"""
    losses: dict[str, Callable[[Fraction, int], Any]] = {
        "squared": lambda c, t: (c - t) ** 2,
        "absolute": lambda c, t: abs(c - t),
        "zero-one": lambda c, t: c != t,
    }
    for name in items:
        if name not in {*losses, "largest"}:
            raise ValueError(f"items must be among {sorted(losses)} and largest, found {name!r}")

    def total(name: str, c: Fraction, targets: tuple[int, ...]) -> Any:
        if name == "largest":
            return max(abs(c - t) for t in targets)
        return sum(losses[name](c, t) for t in targets)

    return {name: _named_statistic(partial(total, name)) for name in items}


def best_constants_by_torch(items: list[str]) -> dict[str, str]:
    """The same search over torch's own loss functions, in float64."""
    import torch

    functional = torch.nn.functional
    losses: dict[str, Callable[[Any, Any], Any]] = {
        "squared": functional.mse_loss,
        "absolute": functional.l1_loss,
        "zero-one": lambda c, t: torch.count_nonzero(c != t),
        "largest": lambda c, t: torch.linalg.vector_norm(c - t, float("inf")),
    }
    for name in items:
        if name not in losses:
            raise ValueError(f"items must be among {sorted(losses)}, found {name!r}")

    def total(name: str, c: Fraction, targets: tuple[int, ...]) -> float:
        t = torch.tensor(targets, dtype=torch.float64)
        return float(losses[name](torch.full_like(t, float(c)), t))

    return {name: _named_statistic(partial(total, name)) for name in items}


def indexed_mean_square(n: int, first: int, error: float) -> float:
    """(1/n) Σ error² for i from `first` up to and including n, all errors alike"""
    _numbers(error=error)
    _few("n", n)
    return sum(error**2 for _ in range(first, n + 1)) / n


def indexed_mean_square_by_sympy(n: int, first: int, error: float) -> float:
    """The symbolic sum with these bounds, divided by n."""
    import sympy

    _few("n", n)
    i = sympy.Symbol("i", integer=True)
    return float(sympy.Sum(sympy.Float(error) ** 2, (i, first, n)).doit() / n)


def accuracy_change(before: list[float], after: list[float]) -> float:
    """Change of accuracy (share with p > 1/2 for the true class) while the cross-entropy falls"""
    _numbers(before=before, after=after)
    _falling(before, after)
    return (sum(p > 0.5 for p in after) - sum(p > 0.5 for p in before)) / len(after)


def accuracy_change_by_torch(before: list[float], after: list[float]) -> float:
    """Argmax of two-class probabilities against the labels, as a classifier is scored."""
    import torch

    _falling(before, after)
    shares = []
    for true in (after, before):
        p = torch.tensor([[q, 1 - q] for q in true], dtype=torch.float64)
        shares.append(float((p.argmax(dim=1) == 0).double().mean()))
    return shares[0] - shares[1]


_SAMPLES = ((1, 1, 2, 6, 10), (0, 2, 5, 9, 9), (3, 3, 4, 8, 12))
_STATISTICS: dict[str, Callable[[tuple[int, ...]], Fraction]] = {
    "the mean of the targets": lambda t: Fraction(sum(t), len(t)),
    "the median of the targets": lambda t: Fraction(median(t)),
    "the most frequent target": lambda t: Fraction(Counter(t).most_common(1)[0][0]),
    "halfway between smallest and largest target": lambda t: Fraction(min(t) + max(t), 2),
}


def _named_statistic(total: Callable[[Fraction, tuple[int, ...]], Any]) -> str:
    """The one statistic that is the minimiser on every sample, on a grid of halves."""
    grid = [Fraction(i, 2) for i in range(25)]
    best = [min((total(c, targets), c) for c in grid)[1] for targets in _SAMPLES]
    names = [
        name
        for name, statistic in _STATISTICS.items()
        if best == [statistic(targets) for targets in _SAMPLES]
    ]
    if len(names) != 1:
        raise ValueError(f"expected one statistic, found {names}")
    return names[0]


def _label(logits: list[float], label: int) -> None:
    if not 0 <= label < len(logits):
        raise ValueError(f"label must be from 0 to {len(logits) - 1}, found {label}")


def _same_length(predictions: list[float], targets: list[float]) -> None:
    if len(predictions) != len(targets) or not targets:
        raise ValueError(f"predictions must be {len(targets)} (1 or more), not {len(predictions)}")


def _few(name: str, value: int) -> None:
    if not 1 <= value <= 16:
        raise ValueError(f"{name} must be from 1 to 16, found {value}")


def _inside(name: str, value: float) -> None:
    if not 0 < value < 1:
        raise ValueError(f"{name} must be between 0 and 1, found {value}")


def _distribution(name: str, p: list[float]) -> None:
    if not p or min(p) < 0 or not isclose(sum(p), 1):
        raise ValueError(f"{name} must be non-negative with sum 1, found {p}")


def _distributions(truth: list[float], model: list[float]) -> None:
    _distribution("truth", truth)
    _distribution("model", model)
    if len(truth) != len(model) or min(model) == 0:
        raise ValueError(f"model must be {len(truth)} positive probabilities, found {model}")


def _falling(before: list[float], after: list[float]) -> None:
    if len(before) != len(after) or min([*before, *after], default=0) <= 0:
        raise ValueError("before and after must be equally many positive probabilities")
    if sum(map(log, after)) <= sum(map(log, before)):
        raise ValueError("after must have the lower cross-entropy, found one as high or higher")
