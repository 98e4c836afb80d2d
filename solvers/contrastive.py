"""Losses of pairs and of overlaps: contrastive, cosine, InfoNCE, triplet's gradient, soft Dice."""

from __future__ import annotations

from math import exp, log, sqrt
from typing import Any

from .ranges import _numbers

Vector = list[float]


def contrastive_loss(first: Vector, second: Vector, similar: bool, margin: float) -> float:
    """½ d² of a similar pair, ½ max(0, margin − d)² of another   [Hadsell et al. 2006, eq. 4]"""
    _numbers(first=first, second=second, margin=margin)
    _pair(first, second, margin)
    d = sqrt(_dot(_minus(first, second), _minus(first, second)))
    return d * d / 2 if similar else max(margin - d, 0.0) ** 2 / 2


def contrastive_loss_by_torch(first: Vector, second: Vector, similar: bool, margin: float) -> float:
    """Half of torch's mse_loss of its pairwise_distance, rectified for a dissimilar pair."""
    import torch

    _pair(first, second, margin)
    F = torch.nn.functional
    d = F.pairwise_distance(_tensor(first), _tensor(second), eps=0.0)
    short = d if similar else F.relu(margin - d)
    return float(F.mse_loss(short, 0 * short)) / 2


def cosine_embedding_loss(first: Vector, second: Vector, similar: bool, margin: float) -> float:
    """1 − cos of a similar pair, max(0, cos − margin) of another"""
    _numbers(first=first, second=second, margin=margin)
    _pair(first, second)
    _turned(first, second)
    cosine = _dot(first, second) / sqrt(_dot(first, first) * _dot(second, second))
    return 1 - cosine if similar else max(0.0, cosine - margin)


def cosine_embedding_loss_by_torch(
    first: Vector, second: Vector, similar: bool, margin: float
) -> float:
    """torch's cosine_embedding_loss, whose target is 1 or −1."""
    import torch

    _pair(first, second)
    _turned(first, second)
    a, b, target = _tensor([first]), _tensor([second]), torch.tensor([1 if similar else -1])
    return float(torch.nn.functional.cosine_embedding_loss(a, b, target, margin))


def info_nce(similarities: list[Vector], temperature: float, symmetric: bool = False) -> float:
    """Mean of −ln softmax(row/T) at the diagonal; CLIP's mean with the columns if symmetric   [Oord 2018]"""
    _numbers(similarities=similarities, temperature=temperature)
    _square(similarities, temperature)
    loss = _diagonal_loss(similarities, temperature)
    if not symmetric:
        return loss
    columns = [list(column) for column in zip(*similarities, strict=True)]
    return (loss + _diagonal_loss(columns, temperature)) / 2


def info_nce_by_torch(
    similarities: list[Vector], temperature: float, symmetric: bool = False
) -> float:
    """torch's cross_entropy with the labels 0, 1, 2, ..."""
    import torch

    _square(similarities, temperature)
    z, labels = _tensor(similarities) / temperature, torch.arange(len(similarities))
    losses = [torch.nn.functional.cross_entropy(s, labels) for s in (z, z.T)[: 1 + symmetric]]
    return float(torch.stack(losses).mean())


def info_nce_gradient(similarities: list[Vector], temperature: float) -> list[Vector]:
    """(softmax(row/T) − 1 on the diagonal) / (rows · T)"""
    _numbers(similarities=similarities, temperature=temperature)
    _square(similarities, temperature)
    share = 1 / (len(similarities) * temperature)
    return [
        [share * (p - (i == j)) for j, p in enumerate(_softmax(row, temperature))]
        for i, row in enumerate(similarities)
    ]


def info_nce_gradient_by_autograd(similarities: list[Vector], temperature: float) -> list[Vector]:
    """Autograd through torch's cross_entropy."""
    import torch

    _square(similarities, temperature)
    s, labels = _tensor(similarities).requires_grad_(), torch.arange(len(similarities))
    loss = torch.nn.functional.cross_entropy(s / temperature, labels)
    return [[float(g) for g in row] for row in torch.autograd.grad(loss, s)[0]]


def triplet_gradient(
    anchor: Vector, positive: Vector, negative: Vector, margin: float
) -> list[Vector]:
    """∂/∂(a, p, n) of max(0, |a − p|² − |a − n|² + margin): 2(n − p), 2(p − a), 2(a − n), or 0"""
    _numbers(anchor=anchor, positive=positive, negative=negative, margin=margin)
    _triplet(anchor, positive, negative, margin)
    near, far = _minus(anchor, positive), _minus(anchor, negative)
    active = _dot(near, near) - _dot(far, far) + margin > 0
    steps = _minus(negative, positive), _minus(positive, anchor), far
    return [[2 * active * x for x in step] for step in steps]


def triplet_gradient_by_autograd(
    anchor: Vector, positive: Vector, negative: Vector, margin: float
) -> list[Vector]:
    """Autograd through torch's triplet loss with a squared distance."""
    import torch

    _triplet(anchor, positive, negative, margin)
    points = [_tensor([v]).requires_grad_() for v in (anchor, positive, negative)]
    loss = torch.nn.functional.triplet_margin_with_distance_loss(
        *points, distance_function=lambda a, b: (a - b).square().sum(1), margin=margin
    )
    return [[float(g) for g in row[0]] for row in torch.autograd.grad(loss, points)]


def soft_dice_loss(
    probabilities: Vector, targets: Vector, smooth: float = 0.0, squared: bool = False
) -> float:
    """1 − (2 Σ p t + s) / (Σ p + Σ t + s), with squares below if asked   [Milletari et al. 2016]"""
    _numbers(probabilities=probabilities, targets=targets, smooth=smooth)
    _overlap(probabilities, targets, smooth)
    power = 2 if squared else 1
    below = sum(p**power for p in probabilities) + sum(t**power for t in targets)
    return 1 - (2 * _dot(probabilities, targets) + smooth) / (below + smooth)


def soft_dice_loss_by_numpy(
    probabilities: Vector, targets: Vector, smooth: float = 0.0, squared: bool = False
) -> float:
    """The disagreement over the total: Σ p (1 − t) + Σ t (1 − p), or Σ (p − t)² for squares."""
    import numpy as np

    _overlap(probabilities, targets, smooth)
    p, t = np.array(probabilities), np.array(targets)
    apart = ((p - t) ** 2).sum() if squared else p @ (1 - t) + t @ (1 - p)
    total = np.concatenate([p, t])
    return float(apart / ((total @ total if squared else total.sum()) + smooth))


def soft_tversky_loss(probabilities: Vector, targets: Vector, alpha: float, beta: float) -> float:
    """1 − TP / (TP + α FP + β FN): Dice for ½ and ½, Jaccard for 1 and 1   [Salehi et al. 2017]"""
    _numbers(probabilities=probabilities, targets=targets, alpha=alpha, beta=beta)
    _overlap(probabilities, targets, 0.0)
    _errors(alpha, beta)
    hit = _dot(probabilities, targets)
    return 1 - hit / (hit + alpha * (sum(probabilities) - hit) + beta * (sum(targets) - hit))


def soft_tversky_loss_by_loop(
    probabilities: Vector, targets: Vector, alpha: float, beta: float
) -> float:
    """Soft true positives, false positives and misses collected pixel by pixel."""
    _overlap(probabilities, targets, 0.0)
    _errors(alpha, beta)
    hits = false = missed = 0.0
    for p, t in zip(probabilities, targets, strict=True):
        hits += p * t
        false += p * (1 - t)
        missed += (1 - p) * t
    return (alpha * false + beta * missed) / (hits + alpha * false + beta * missed)


def _dot(first: Vector, second: Vector) -> float:
    return sum(a * b for a, b in zip(first, second, strict=True))


def _minus(first: Vector, second: Vector) -> Vector:
    return [a - b for a, b in zip(first, second, strict=True)]


def _softmax(row: Vector, temperature: float) -> Vector:
    weights = [exp((s - max(row)) / temperature) for s in row]
    return [w / sum(weights) for w in weights]


def _diagonal_loss(rows: list[Vector], temperature: float) -> float:
    total = 0.0
    for i, row in enumerate(rows):
        total += (max(row) - row[i]) / temperature
        total += log(sum(exp((s - max(row)) / temperature) for s in row))
    return total / len(rows)


def _tensor(values: Any) -> Any:
    import torch

    return torch.tensor(values, dtype=torch.float64)


def _pair(first: Vector, second: Vector, margin: float = 0.0) -> None:
    if len(first) != len(second) or not first:
        raise ValueError(f"vectors must be of a length, found {len(first)} and {len(second)}")
    if margin < 0:
        raise ValueError(f"margin must be 0 or more, found {margin}")


def _triplet(anchor: Vector, positive: Vector, negative: Vector, margin: float) -> None:
    _pair(anchor, positive, margin)
    _pair(anchor, negative)
    if margin == 0:
        raise ValueError("margin of a triplet must be above 0, found 0")


def _turned(first: Vector, second: Vector) -> None:
    if not any(first) or not any(second):
        raise ValueError(f"vectors must not be 0, found {first} and {second}")


def _square(similarities: list[Vector], temperature: float) -> None:
    if not similarities or any(len(row) != len(similarities) for row in similarities):
        raise ValueError(f"similarities must be a square matrix, found {similarities}")
    if not temperature > 0:
        raise ValueError(f"temperature must be positive, found {temperature}")


def _overlap(probabilities: Vector, targets: Vector, smooth: float) -> None:
    _pair(probabilities, targets)
    if not all(0 <= x <= 1 for x in [*probabilities, *targets]) or smooth < 0:
        raise ValueError(f"probabilities and targets must be from 0 to 1, found {probabilities}")
    if _dot(targets, targets) + _dot(probabilities, probabilities) + smooth < 1e-12:
        raise ValueError(f"targets must not be all 0 where {probabilities} are, found {targets}")


def _errors(alpha: float, beta: float) -> None:
    if min(alpha, beta) <= 0:
        raise ValueError(f"alpha and beta must be above 0, found {alpha} and {beta}")
