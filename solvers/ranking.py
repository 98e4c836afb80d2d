"""Scores that rank, and probabilities that are held to their word."""

from __future__ import annotations

import math
from collections import defaultdict
from fractions import Fraction

from .ranges import _numbers


def roc_auc(scores: list[float], labels: list[int]) -> Fraction:
    """(Σ midranks of positives − P(P + 1)/2)/(P N): ties count half   [Mann & Whitney 1947]"""
    _numbers(scores=scores)
    positives, negatives = _check_ranking(scores, labels)
    ordered = sorted(scores)
    ranks = (
        Fraction(2 * ordered.index(score) + ordered.count(score) + 1, 2)
        for score, label in zip(scores, labels, strict=True)
        if label
    )
    least = Fraction(positives * (positives + 1), 2)
    return (sum(ranks, Fraction(0)) - least) / (positives * negatives)


def roc_auc_by_counting(scores: list[float], labels: list[int]) -> Fraction:
    """Pairs of a positive and a negative, one at a time: won 2 points, tied 1   [Fawcett 2006, 7]"""
    positives, negatives = _check_ranking(scores, labels)
    pairs = list(zip(scores, labels, strict=True))
    won = sum(
        2 * (mine > other) + (mine == other)
        for mine, label in pairs
        for other, rival in pairs
        if label > rival
    )
    return Fraction(won, 2 * positives * negatives)


def roc_auc_by_loop(scores: list[float], labels: list[int]) -> Fraction:
    """Trapezia under the curve of true- against false-positive rate, one threshold after another."""
    positives, negatives = _check_ranking(scores, labels)
    area, x, y = Fraction(0), Fraction(0), Fraction(0)
    for threshold in sorted(set(scores), reverse=True):
        above = [label for score, label in zip(scores, labels, strict=True) if score >= threshold]
        right, up = Fraction(above.count(0), negatives), Fraction(above.count(1), positives)
        area += (right - x) * (up + y) / 2
        x, y = right, up
    return area


def average_precision(scores: list[float], labels: list[int]) -> Fraction:
    """Σ (Rₙ − Rₙ₋₁) Pₙ over the distinct scores as thresholds, no interpolation [Manning 2008, 8.4]"""
    _numbers(scores=scores)
    positives, _ = _check_ranking(scores, labels)
    found = seen = 0
    area = Fraction(0)
    for threshold in sorted(set(scores), reverse=True):
        tied = [label for score, label in zip(scores, labels, strict=True) if score == threshold]
        found, seen = found + sum(tied), seen + len(tied)
        area += Fraction(sum(tied), positives) * Fraction(found, seen)
    return area


def average_precision_by_counting(scores: list[float], labels: list[int]) -> Fraction:
    """Mean over the positives of the precision among all that score at least as high."""
    positives, _ = _check_ranking(scores, labels)
    total = Fraction(0)
    for score, label in zip(scores, labels, strict=True):
        above = [rival for other, rival in zip(scores, labels, strict=True) if other >= score]
        total += Fraction(sum(above), len(above)) if label else 0
    return total / positives


def reciprocal_rank(ranks: list[int]) -> Fraction:
    """Mean of 1/rank of the first right answer per query   [Voorhees 1999]"""
    _check_ranks(ranks)
    return sum((Fraction(1, rank) for rank in ranks), Fraction(0)) / len(ranks)


def reciprocal_rank_by_loop(ranks: list[int]) -> Fraction:
    """Each list read until its hit: the precision there, as one of so many is right."""
    _check_ranks(ranks)
    total = Fraction(0)
    for rank in ranks:
        read = 0
        while read < rank:
            read += 1
        total += Fraction(1, read)
    return total / len(ranks)


def log_loss(probabilities: list[float], labels: list[int], base: float = math.e) -> float:
    """−mean(y log p + (1 − y) log(1 − p)), p for class 1, logarithm of the given base"""
    _numbers(probabilities=probabilities, base=base)
    _check_forecasts(probabilities, labels, open_ended=True, base=base)
    given = (p if y else 1 - p for p, y in zip(probabilities, labels, strict=True))
    return -math.fsum(map(math.log, given)) / len(labels) / math.log(base)


def log_loss_by_torch(probabilities: list[float], labels: list[int], base: float = math.e) -> float:
    """torch's binary cross-entropy, from nats to the base."""
    import torch

    _check_forecasts(probabilities, labels, open_ended=True, base=base)
    loss = torch.nn.functional.binary_cross_entropy(
        torch.tensor(probabilities, dtype=torch.float64), torch.tensor(labels, dtype=torch.float64)
    )
    return float(loss / math.log(base))


def brier(probabilities: list[float], labels: list[int]) -> float:
    """Mean of (p − y)², p for class 1   [Brier 1950, in the form for two classes]"""
    _check_forecasts(probabilities, labels)
    squares = ((p - y) ** 2 for p, y in zip(probabilities, labels, strict=True))
    return math.fsum(squares) / len(labels)


def brier_by_fractions(probabilities: list[float], labels: list[int]) -> float:
    """Reliability − resolution + uncertainty, over groups of equal forecasts   [Murphy 1973]"""
    _check_forecasts(probabilities, labels)
    size, rate = len(labels), Fraction(sum(labels), len(labels))
    score = rate * (1 - rate)
    for p in set(probabilities):
        group = [y for q, y in zip(probabilities, labels, strict=True) if q == p]
        share, seen = Fraction(len(group), size), Fraction(sum(group), len(group))
        score += share * ((Fraction(p) - seen) ** 2 - (seen - rate) ** 2)
    return float(score)


def calibration_error(confidences: list[float], correct: list[int], bins: int) -> float:
    """Σ (n_m/n)|accuracy − mean confidence| over bins ((m − 1)/M, m/M]   [Guo et al. 2017]"""
    _check_bins(confidences, correct, bins)
    gaps: dict[int, Fraction] = defaultdict(Fraction)
    for confidence, hit in zip(confidences, correct, strict=True):
        exact = Fraction(str(confidence))
        gaps[math.ceil(exact * bins)] += hit - exact
    return float(sum(map(abs, gaps.values())) / len(correct))


def calibration_error_by_loop(confidences: list[float], correct: list[int], bins: int) -> float:
    """Each bin collects its examples, then compares accuracy and mean confidence."""
    _check_bins(confidences, correct, bins)
    error = 0.0
    for m in range(1, bins + 1):
        low, high = Fraction(m - 1, bins), Fraction(m, bins)
        rows = [
            (p, hit)
            for p, hit in zip(confidences, correct, strict=True)
            if low < Fraction(str(p)) <= high
        ]
        if rows:
            accuracy = sum(hit for _, hit in rows) / len(rows)
            mean = math.fsum(p for p, _ in rows) / len(rows)
            error += len(rows) / len(correct) * abs(accuracy - mean)
    return error


def perplexity(probabilities: list[float]) -> float:
    """exp(−mean ln p) of the probabilities that a model gave the words that came"""
    _check_given(probabilities)
    return math.exp(-math.fsum(map(math.log, probabilities)) / len(probabilities))


def perplexity_by_fractions(probabilities: list[float]) -> float:
    """The n-th root of 1/Π p, the product taken exactly."""
    _check_given(probabilities)
    inverse = Fraction(1)
    for p in probabilities:
        inverse /= Fraction(p)
    return float(float(inverse) ** (1 / len(probabilities)))


def _check_ranking(scores: list[float], labels: list[int]) -> tuple[int, int]:
    if len(scores) != len(labels) or set(labels) != {0, 1}:
        raise ValueError(f"labels must be 0 and 1, both present, one per score, found {labels}")
    return sum(labels), len(labels) - sum(labels)


def _check_ranks(ranks: list[int]) -> None:
    if not ranks or min(ranks) < 1:
        raise ValueError(f"ranks must be numbers from 1, found {ranks}")


def _check_forecasts(
    probabilities: list[float], labels: list[int], open_ended: bool = False, base: float = 2
) -> None:
    if not labels or len(probabilities) != len(labels) or set(labels) - {0, 1}:
        raise ValueError(f"labels must be 0 or 1, one per probability, found {labels}")
    if not all(0 < p < 1 if open_ended else 0 <= p <= 1 for p in probabilities):
        raise ValueError(f"probabilities must lie between 0 and 1, found {probabilities}")
    if base <= 1:
        raise ValueError(f"base must be above 1, found {base}")


def _check_bins(confidences: list[float], correct: list[int], bins: int) -> None:
    _check_forecasts(confidences, correct)
    if min(confidences) <= 0:
        raise ValueError(f"confidences must be above 0, found {min(confidences)}")
    if bins < 1:
        raise ValueError(f"bins must be at least 1, found {bins}")


def _check_given(probabilities: list[float]) -> None:
    if not probabilities or not all(0 < p <= 1 for p in probabilities):
        raise ValueError(f"probabilities must be above 0 and at most 1, found {probabilities}")
