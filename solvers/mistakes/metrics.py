"""Mistakes with scores: everything here is wrong on purpose."""

from __future__ import annotations

from fractions import Fraction

from .. import metrics
from ..metrics import Average, Score


def beta_not_squared(tp: int, fp: int, fn: int, beta: float) -> float:
    """Wrong on purpose: β itself in place of β²."""
    return metrics.f_beta(tp, fp, fn, beta**0.5)


def beta_favours_precision(tp: int, fp: int, fn: int, beta: float) -> float:
    """Wrong on purpose: precision and recall swapped."""
    return metrics.f_beta(tp, fn, fp, beta)


def arithmetic_mean(tp: int, fp: int, fn: int, beta: float) -> float:
    """Wrong on purpose: the arithmetic mean of precision and recall."""
    return (tp / (tp + fp) + tp / (tp + fn)) / 2


def false_positive_rate(fp: int, tn: int) -> Fraction:
    """Wrong on purpose: 1 − specificity."""
    return 1 - metrics.specificity(fp, tn)


def plain_accuracy(tp: int, fp: int, fn: int, tn: int) -> Fraction:
    """Wrong on purpose: accuracy, in which the larger class counts for more."""
    return Fraction(tp + tn, tp + fp + fn + tn)


def mean_of_precision_and_recall(tp: int, fp: int, fn: int, tn: int) -> Fraction:
    """Wrong on purpose: averages precision and recall, not the two recalls."""
    return sum((Fraction(tp, n) for n in (tp + fp, tp + fn) if n), Fraction(0)) / 2


def rootless(tp: int, fp: int, fn: int, tn: int) -> float:
    """Wrong on purpose: no square root in the denominator."""
    return (tp * tn - fp * fn) / ((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn))


def f1_for_matthews(tp: int, fp: int, fn: int, tn: int) -> float:
    """Wrong on purpose: gives F1, which ignores the true negatives."""
    return metrics.f_beta(tp, fp, fn, 1)


def agreement(table: list[list[int]]) -> Fraction:
    """Wrong on purpose: the raw agreement, chance not taken off."""
    return Fraction(sum(row[i] for i, row in enumerate(table)), sum(map(sum, table)))


def uniform_chance(table: list[list[int]]) -> Fraction:
    """Wrong on purpose: chance agreement 1/K, whatever the margins."""
    chance = Fraction(1, len(table))
    return (agreement(table) - chance) / (1 - chance)


def micro_for_macro(table: list[list[int]], score: Score, average: Average) -> Fraction:
    """Wrong on purpose: macro and micro swapped."""
    swapped: dict[Average, Average] = {"macro": "micro", "micro": "macro", "weighted": "micro"}
    return metrics.averaged(table, score, swapped[average])


def rows_for_columns(table: list[list[int]], score: Score, average: Average) -> Fraction:
    """Wrong on purpose: reads the rows as predictions."""
    return metrics.averaged([list(row) for row in zip(*table, strict=True)], score, average)


def best_only(scores: list[list[float]], labels: list[int], k: int) -> Fraction:
    """Wrong on purpose: top-1, whatever k is."""
    return metrics.top_k_accuracy(scores, labels, 1)


def off_by_one(scores: list[list[float]], labels: list[int], k: int) -> Fraction:
    """Wrong on purpose: up to k better scores are let pass."""
    return metrics.top_k_accuracy(scores, labels, min(k + 1, len(scores[0])))


def squared_correlation(targets: list[float], predictions: list[float]) -> float:
    """Wrong on purpose: squared correlation, blind to scale and offset."""
    pairs = list(zip(targets, predictions, strict=True))
    centre = sum(targets) / len(pairs), sum(predictions) / len(pairs)
    shared = sum((y - centre[0]) * (p - centre[1]) for y, p in pairs)
    spread = [sum((pair[i] - centre[i]) ** 2 for pair in pairs) for i in (0, 1)]
    return shared**2 / (spread[0] * spread[1])


def unexplained(targets: list[float], predictions: list[float]) -> float:
    """Wrong on purpose: the unexplained share, not 1 less it."""
    return 1 - metrics.r_squared(targets, predictions)


def intercept_forgotten(targets: list[float], predictions: list[float], features: int) -> float:
    """Wrong on purpose: n/(n − p), as if no intercept were fitted."""
    points = len(targets)
    return 1 - (1 - metrics.r_squared(targets, predictions)) * points / (points - features)


def unadjusted(targets: list[float], predictions: list[float], features: int) -> float:
    """Wrong on purpose: plain R²."""
    return metrics.r_squared(targets, predictions)
