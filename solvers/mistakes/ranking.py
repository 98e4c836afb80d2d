"""Mistakes with rankings and forecasts: everything here is wrong on purpose."""

from __future__ import annotations

import math
from fractions import Fraction

from .. import ranking


def ties_won(scores: list[float], labels: list[int]) -> Fraction:
    """Wrong on purpose: a tie counts as won."""
    return _pairs(scores, labels, lambda mine, other: mine >= other)


def ties_lost(scores: list[float], labels: list[int]) -> Fraction:
    """Wrong on purpose: a tie counts as lost."""
    return _pairs(scores, labels, lambda mine, other: mine > other)


def negatives_ranked(scores: list[float], labels: list[int]) -> Fraction:
    """Wrong on purpose: classes swapped, 1 − AUC."""
    return 1 - ranking.roc_auc(scores, labels)


def rate_at_half(scores: list[float], labels: list[int]) -> Fraction:
    """Wrong on purpose: accuracy at the threshold 1/2 in place of the area."""
    right = sum((s >= 0.5) == bool(y) for s, y in zip(scores, labels, strict=True))
    return Fraction(right, len(labels))


def precision_averaged_everywhere(scores: list[float], labels: list[int]) -> Fraction:
    """Wrong on purpose: averages the precision over all examples, not over the positives."""
    total = Fraction(0)
    for score in scores:
        above = [y for other, y in zip(scores, labels, strict=True) if other >= score]
        total += Fraction(sum(above), len(above))
    return total / len(scores)


def mean_rank_inverted(ranks: list[int]) -> Fraction:
    """Wrong on purpose: 1 over the mean rank."""
    return Fraction(len(ranks), sum(ranks))


def positives_only(probabilities: list[float], labels: list[int], base: float = math.e) -> float:
    """Wrong on purpose: the term (1 − y) log(1 − p) is left out."""
    hits = (math.log(p) for p, y in zip(probabilities, labels, strict=True) if y)
    return -math.fsum(hits) / len(labels) / math.log(base)


def summed(probabilities: list[float], labels: list[int], base: float = math.e) -> float:
    """Wrong on purpose: the sum, not the mean."""
    return ranking.log_loss(probabilities, labels, base) * len(labels)


def distance_not_squared(probabilities: list[float], labels: list[int]) -> float:
    """Wrong on purpose: mean |p − y|."""
    return math.fsum(abs(p - y) for p, y in zip(probabilities, labels, strict=True)) / len(labels)


def rooted(probabilities: list[float], labels: list[int]) -> float:
    """Wrong on purpose: the root of the Brier score."""
    return math.sqrt(ranking.brier(probabilities, labels))


def bins_counted_alike(confidences: list[float], correct: list[int], bins: int) -> float:
    """Wrong on purpose: plain mean of the gaps of the bins in use, whatever their size."""
    groups: dict[int, list[float]] = {}
    for p, hit in zip(confidences, correct, strict=True):
        groups.setdefault(math.ceil(Fraction(str(p)) * bins), []).append(hit - p)
    return math.fsum(abs(math.fsum(each)) / len(each) for each in groups.values()) / len(groups)


def one_bin(confidences: list[float], correct: list[int], bins: int) -> float:
    """Wrong on purpose: overall accuracy against overall confidence, so that errors cancel."""
    return ranking.calibration_error(confidences, correct, 1)


def arithmetic_inverse(probabilities: list[float]) -> float:
    """Wrong on purpose: 1 over the arithmetic mean of the probabilities."""
    return len(probabilities) / math.fsum(probabilities)


def entropy_for_perplexity(probabilities: list[float]) -> float:
    """Wrong on purpose: stops at the mean −ln p."""
    return math.log(ranking.perplexity(probabilities))


def _pairs(scores: list[float], labels: list[int], wins: object) -> Fraction:
    assert callable(wins)
    pairs = list(zip(scores, labels, strict=True))
    outcomes = [bool(wins(mine, other)) for mine, y in pairs for other, rival in pairs if y > rival]
    return Fraction(sum(outcomes), len(outcomes))
