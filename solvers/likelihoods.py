"""Losses of whole distributions: cross-entropy of classes, divergences, Gaussians, alignments (CTC)."""

from __future__ import annotations

from math import exp, isclose, log, log2, pi
from typing import Any, Literal

from .ranges import _numbers, _one_of

Unit = Literal["nats", "bits"]
Average = Literal["mean", "sum"]


def class_cross_entropy(
    logits: list[list[float]], labels: list[int], reduction: Average, smoothing: float = 0.0
) -> float:
    """−Σ_k q_k ln softmax(z)_k with q = (1 − ε) one-hot + ε/K   [Szegedy et al. 2016, section 7]"""
    _numbers(logits=logits, smoothing=smoothing)
    _one_of(Average, reduction=reduction)
    _rows(logits, labels, smoothing)
    rows = zip(logits, labels, strict=True)
    losses = [
        -sum(
            q * (z - _log_sum(row)) for q, z in zip(_smoothed(row, y, smoothing), row, strict=True)
        )
        for row, y in rows
    ]
    return sum(losses) / (len(losses) if reduction == "mean" else 1)


def class_cross_entropy_by_torch(
    logits: list[list[float]], labels: list[int], reduction: Average, smoothing: float = 0.0
) -> float:
    """torch's cross_entropy with label_smoothing, in float64."""
    _rows(logits, labels, smoothing)
    return float(_torch_entropy(_tensor(logits), labels, reduction, smoothing))


def class_cross_entropy_gradient(
    logits: list[list[float]], labels: list[int], reduction: Average, smoothing: float = 0.0
) -> list[list[float]]:
    """softmax(z) − q per row, over the number of rows for the mean"""
    _numbers(logits=logits, smoothing=smoothing)
    _one_of(Average, reduction=reduction)
    _rows(logits, labels, smoothing)
    share = 1 / len(labels) if reduction == "mean" else 1.0
    return [
        [
            share * (exp(z - _log_sum(row)) - q)
            for q, z in zip(_smoothed(row, y, smoothing), row, strict=True)
        ]
        for row, y in zip(logits, labels, strict=True)
    ]


def class_cross_entropy_gradient_by_autograd(
    logits: list[list[float]], labels: list[int], reduction: Average, smoothing: float = 0.0
) -> list[list[float]]:
    """Autograd through torch's cross_entropy."""
    import torch

    _rows(logits, labels, smoothing)
    z = _tensor(logits).requires_grad_()
    (gradient,) = torch.autograd.grad(_torch_entropy(z, labels, reduction, smoothing), z)
    return [[float(g) for g in row] for row in gradient]


def weighted_cross_entropy(
    logits: list[list[float]], labels: list[int], weights: list[float], reduction: Average
) -> float:
    """Σ w_y (−ln p_y), for the mean over Σ w_y, not over the number of rows"""
    _numbers(logits=logits, weights=weights)
    _one_of(Average, reduction=reduction)
    _weights(logits, labels, weights)
    total = sum(
        weights[y] * (_log_sum(row) - row[y]) for row, y in zip(logits, labels, strict=True)
    )
    return total / (sum(weights[y] for y in labels) if reduction == "mean" else 1)


def weighted_cross_entropy_by_torch(
    logits: list[list[float]], labels: list[int], weights: list[float], reduction: Average
) -> float:
    """torch's cross_entropy with class weights."""
    import torch

    _weights(logits, labels, weights)
    entropy = torch.nn.functional.cross_entropy
    w = torch.tensor(weights, dtype=torch.float64)
    return float(entropy(_tensor(logits), torch.tensor(labels), w, reduction=reduction))


def negative_log_likelihood(probabilities: list[float], reduction: Average) -> float:
    """−Σ ln p of the true outcomes, or its mean"""
    _one_of(Average, reduction=reduction)
    _chances(probabilities)
    total = -sum(log(p) for p in probabilities)
    return total / (len(probabilities) if reduction == "mean" else 1)


def negative_log_likelihood_by_torch(probabilities: list[float], reduction: Average) -> float:
    """torch's nll_loss on the logarithms, the true class being the second of two."""
    import torch

    _chances(probabilities)
    p = torch.tensor([[0.0, q] for q in probabilities], dtype=torch.float64)
    labels = torch.ones(len(probabilities), dtype=torch.long)
    return float(torch.nn.functional.nll_loss(p.log(), labels, reduction=reduction))


def kullback_leibler(truth: list[float], model: list[float], unit: Unit = "nats") -> float:
    """Σ q ln(q / p), 0 where q is 0, ∞ where only p is   [Kullback & Leibler 1951]"""
    _one_of(Unit, unit=unit)
    _distributions(truth, model)
    if any(q > 0 and p == 0 for q, p in zip(truth, model, strict=True)):
        return float("inf")
    nats = sum(q * log(q / p) for q, p in zip(truth, model, strict=True) if q)
    return nats / log(2) if unit == "bits" else nats


def kullback_leibler_by_torch(truth: list[float], model: list[float], unit: Unit = "nats") -> float:
    """torch's kl_div of logarithms, which takes the model first."""
    import torch

    _distributions(truth, model)
    q, p = (torch.tensor(v, dtype=torch.float64) for v in (truth, model))
    p, q = p[q > 0], q[q > 0]
    nats = float(torch.nn.functional.kl_div(p.log(), q, reduction="sum"))
    return nats / log(2) if unit == "bits" else nats


def jensen_shannon(first: list[float], second: list[float], unit: Unit = "nats") -> float:
    """½ KL(p ‖ m) + ½ KL(q ‖ m), m = (p + q)/2: at most ln 2, or 1 bit   [Lin 1991]"""
    _one_of(Unit, unit=unit)
    _distributions(first, second)
    middle = [(p + q) / 2 for p, q in zip(first, second, strict=True)]
    return sum(kullback_leibler(each, middle, unit) for each in (first, second)) / 2


def jensen_shannon_by_torch(first: list[float], second: list[float], unit: Unit = "nats") -> float:
    """Entropy of the mixture less the mean entropy, from torch's entr."""
    import torch

    _distributions(first, second)
    p, q = (torch.tensor(v, dtype=torch.float64) for v in (first, second))
    mixture, one, other = (float(torch.special.entr(each).sum()) for each in ((p + q) / 2, p, q))
    return (mixture - (one + other) / 2) / (log(2) if unit == "bits" else 1)


def gaussian_loss(
    means: list[float],
    variances: list[float],
    targets: list[float],
    reduction: Average,
    constant: bool = False,
) -> float:
    """½ (ln σ² + (t − μ)²/σ²), + ½ ln 2π if the constant counts   [Nix & Weigend 1994]"""
    _numbers(means=means, variances=variances, targets=targets)
    _one_of(Average, reduction=reduction)
    _spreads(means, variances, targets)
    triples = zip(means, variances, targets, strict=True)
    total = sum((log(v) + (t - m) ** 2 / v + constant * log(2 * pi)) / 2 for m, v, t in triples)
    return total / (len(targets) if reduction == "mean" else 1)


def gaussian_loss_by_torch(
    means: list[float],
    variances: list[float],
    targets: list[float],
    reduction: Average,
    constant: bool = False,
) -> float:
    """torch's gaussian_nll_loss."""
    import torch

    _spreads(means, variances, targets)
    m, v, t = (torch.tensor(x, dtype=torch.float64) for x in (means, variances, targets))
    loss = torch.nn.functional.gaussian_nll_loss
    return float(loss(m, t, v, full=constant, eps=1e-30, reduction=reduction))


def bits_per_byte(nats_per_token: float, tokens: int, size: int) -> float:
    """nats per token / ln 2 · tokens / size of the text in bytes"""
    _text(nats_per_token, tokens, size)
    return nats_per_token / log(2) * tokens / size


def bits_per_byte_by_loop(nats_per_token: float, tokens: int, size: int) -> float:
    """The code length −log2 p of each token in turn, spread over the bytes."""
    _text(nats_per_token, tokens, size)
    length = 0.0
    for _ in range(tokens):
        length -= log2(exp(-nats_per_token))
    return length / size


def alignment_loss(probabilities: list[list[float]], labels: list[int], blank: int = 0) -> float:
    """CTC: −ln of the total chance of all paths that collapse to the labels   [Graves et al. 2006]"""
    _alignment(probabilities, labels, blank)
    states = [blank, *(s for y in labels for s in (y, blank))]
    reach = [1.0] + [0.0] * len(states)
    for time, row in enumerate(probabilities):
        before = reach
        reach = [
            row[state] * _arriving(before, states, place, blank, time)
            for place, state in enumerate(states)
        ]
    total = sum(reach[-2:])
    return -log(total) if total > 0 else float("inf")


def alignment_loss_by_torch(
    probabilities: list[list[float]], labels: list[int], blank: int = 0
) -> float:
    """torch's ctc_loss in float64."""
    import torch

    _alignment(probabilities, labels, blank)
    p = torch.tensor(probabilities, dtype=torch.float64).log().unsqueeze(1)
    lengths = torch.tensor([len(probabilities)]), torch.tensor([len(labels)])
    y = torch.tensor([labels], dtype=torch.long)
    return float(torch.nn.functional.ctc_loss(p, y, *lengths, blank=blank, reduction="sum"))


def _arriving(before: list[float], states: list[int], place: int, blank: int, time: int) -> float:
    """The chance to stand here next: by staying, by one step, or past a blank between two labels."""
    if time == 0:
        return float(place < 2)
    total = before[place] + (before[place - 1] if place else 0.0)
    if place > 1 and states[place] != blank and states[place] != states[place - 2]:
        total += before[place - 2]
    return total


def _log_sum(row: list[float]) -> float:
    return max(row) + log(sum(exp(z - max(row)) for z in row))


def _smoothed(row: list[float], label: int, smoothing: float) -> list[float]:
    return [(1 - smoothing) * (k == label) + smoothing / len(row) for k, _ in enumerate(row)]


def _tensor(rows: list[list[float]]) -> Any:
    import torch

    return torch.tensor(rows, dtype=torch.float64)


def _torch_entropy(z: Any, labels: list[int], reduction: Average, smoothing: float) -> Any:
    import torch

    y, entropy = torch.tensor(labels), torch.nn.functional.cross_entropy
    return entropy(z, y, reduction=reduction, label_smoothing=smoothing)


def _rows(logits: list[list[float]], labels: list[int], smoothing: float = 0.0) -> None:
    if not labels or len(logits) != len(labels) or len({len(row) for row in logits}) != 1:
        raise ValueError(f"logits must be one row per label, all of a length, found {logits}")
    if not all(0 <= y < len(logits[0]) for y in labels):
        raise ValueError(f"labels must be from 0 to {len(logits[0]) - 1}, found {labels}")
    if not 0 <= smoothing <= 1:
        raise ValueError(f"smoothing must be from 0 to 1, found {smoothing}")


def _weights(logits: list[list[float]], labels: list[int], weights: list[float]) -> None:
    _rows(logits, labels)
    if len(weights) != len(logits[0]) or min(weights) <= 0:
        raise ValueError(
            f"weights must be {len(logits[0])} above 0, one per class, found {weights}"
        )


def _chances(probabilities: list[float]) -> None:
    if not probabilities or not all(0 < p <= 1 for p in probabilities):
        raise ValueError(f"probabilities must be above 0 and at most 1, found {probabilities}")


def _distributions(first: list[float], second: list[float]) -> None:
    for p in (first, second):
        if not p or min(p) < 0 or not isclose(sum(p), 1):
            raise ValueError(f"a distribution must be non-negative with sum 1, found {p}")
    if len(first) != len(second):
        raise ValueError(f"distributions must be of a length, found {len(first)} and {len(second)}")


def _spreads(means: list[float], variances: list[float], targets: list[float]) -> None:
    if not targets or not len(means) == len(variances) == len(targets):
        found = f"{len(means)}, {len(variances)} and {len(targets)}"
        raise ValueError(f"means, variances and targets must be equally many, found {found}")
    if min(variances) <= 1e-30:
        raise ValueError(f"variances must be above 1e-30, found {variances}")


def _text(nats_per_token: float, tokens: int, size: int) -> None:
    if min(tokens, size) < 1 or not 0 <= nats_per_token <= 700:
        found = f"{nats_per_token}, {tokens}, {size}"
        raise ValueError(f"nats must be from 0 to 700, tokens and size 1 or more, found {found}")


def _alignment(probabilities: list[list[float]], labels: list[int], blank: int) -> None:
    for row in probabilities:
        _distributions(row, probabilities[0])
        if not 0 <= blank < len(row) or not all(0 <= y < len(row) and y != blank for y in labels):
            allowed = f"below {len(row)} and other than the blank {blank}"
            raise ValueError(f"labels must be classes {allowed}, found {labels}")
    if not probabilities or not labels:
        raise ValueError("probabilities and labels must have at least one row, found none")
