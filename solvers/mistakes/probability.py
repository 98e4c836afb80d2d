"""Mistakes with probabilities: everything here is wrong on purpose."""

from __future__ import annotations

import math
from fractions import Fraction

from .. import probability


def priors_ignored(priors: list[int], likelihoods: list[int]) -> list[Fraction]:
    """Wrong on purpose: likelihoods brought to sum 1, the base rates forgotten."""
    return [Fraction(each, sum(likelihoods)) for each in likelihoods]


def not_normalised(priors: list[int], likelihoods: list[int]) -> list[Fraction]:
    """Wrong on purpose: P(x | y) P(y), not divided by P(x)."""
    pairs = zip(priors, likelihoods, strict=True)
    return [Fraction(a * b, 100 * sum(priors)) for a, b in pairs]


def prior_of_one_half(
    rows: list[list[int]], labels: list[int], query: list[int], smoothing: int = 1
) -> Fraction:
    """Wrong on purpose: both classes taken for equally frequent."""
    one = probability.naive_bayes(rows, labels, query, smoothing)
    scores = one / labels.count(1), (1 - one) / labels.count(0)
    return scores[0] / sum(scores)


def not_smoothed(
    rows: list[list[int]], labels: list[int], query: list[int], smoothing: int = 1
) -> Fraction:
    """Wrong on purpose: no smoothing, so that one unseen value decides."""
    return probability.naive_bayes(rows, labels, query, 0)


def values_not_counted(
    rows: list[list[int]], labels: list[int], query: list[int], smoothing: int = 1
) -> Fraction:
    """Wrong on purpose: k is added above and below once, as if a feature had one value."""
    scores = []
    for each in (0, 1):
        group = [row for row, label in zip(rows, labels, strict=True) if label == each]
        hits = [sum(row[i] == v for row in group) + smoothing for i, v in enumerate(query)]
        scores.append(len(group) * Fraction(math.prod(hits), (len(group) + smoothing) ** len(hits)))
    return scores[1] / sum(scores)


def root_forgotten(x: float, mean: float, deviation: float) -> float:
    """Wrong on purpose: the constant 1/(σ √(2π)) left out."""
    density = probability.gaussian_density(x, mean, deviation)
    return density * deviation * math.sqrt(2 * math.pi)


def variance_not_squared(x: float, mean: float, deviation: float) -> float:
    """Wrong on purpose: the deviation taken for the variance."""
    return probability.gaussian_density(x, mean, math.sqrt(deviation))


def prior_forgotten(
    x: float, first: float, second: float, deviation: float, prior: float = 0.5
) -> float:
    """Wrong on purpose: even odds before x is seen."""
    return probability.shared_spread_posterior(x, first, second, deviation)


def other_class(
    x: float, first: float, second: float, deviation: float, prior: float = 0.5
) -> float:
    """Wrong on purpose: the first class's posterior."""
    return 1 - probability.shared_spread_posterior(x, first, second, deviation, prior)


def joint_entropy(table: list[list[int]], base: float = 2) -> float:
    """Wrong on purpose: H(X, Y)."""
    total = sum(map(sum, table))
    shares = [n / total for row in table for n in row if n]
    return -math.fsum(p * math.log(p) for p in shares) / math.log(base)


def wrong_base(table: list[list[int]], base: float = 2) -> float:
    """Wrong on purpose: nats."""
    return probability.mutual_information(table, math.e)
