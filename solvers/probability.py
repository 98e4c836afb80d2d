"""Bayes' rule, naive Bayes, Gaussian densities and what two variables tell about each other."""

from __future__ import annotations

import math
from fractions import Fraction

from .ranges import _in_float64, _numbers


def posteriors(priors: list[int], likelihoods: list[int]) -> list[Fraction]:
    """P(y | x) = P(x | y) P(y)/Σ; priors as weights, likelihoods in percent   [Bishop 2006, 1.2]"""
    _check_priors(priors, likelihoods)
    joint = [a * b for a, b in zip(priors, likelihoods, strict=True)]
    return [Fraction(each, sum(joint)) for each in joint]


def posteriors_by_counting(priors: list[int], likelihoods: list[int]) -> list[Fraction]:
    """100 cases for each unit of a prior's weight written out; those that show x counted."""
    _check_priors(priors, likelihoods)
    shown = [
        y
        for y, (prior, percent) in enumerate(zip(priors, likelihoods, strict=True))
        for case in range(100 * prior)
        if case % 100 < percent
    ]
    return [Fraction(shown.count(y), len(shown)) for y in range(len(priors))]


def naive_bayes(
    rows: list[list[int]], labels: list[int], query: list[int], smoothing: int = 1
) -> Fraction:
    """P(1 | x) ∝ P(1) Π (count + k)/(n + 2k): two classes 0, 1 and features 0, 1  [Manning 2008, 13.3]

    Priors are the classes' shares, not smoothed.
    """
    _check_rows(rows, labels, query, smoothing)
    scores = []
    for each in (0, 1):
        group = [row for row, label in zip(rows, labels, strict=True) if label == each]
        score = Fraction(len(group))
        for place, value in enumerate(query):
            hits = sum(row[place] == value for row in group)
            score *= Fraction(hits + smoothing, len(group) + 2 * smoothing)
        scores.append(score)
    if not sum(scores):
        raise ValueError("query must have been possible in a class; smoothing 0 leaves none")
    return scores[1] / sum(scores)


def naive_bayes_by_numpy(
    rows: list[list[int]], labels: list[int], query: list[int], smoothing: int = 1
) -> Fraction:
    """Made-up rows, k for each class and value, join the table; whole-number products of counts."""
    import numpy as np

    _check_rows(rows, labels, query, smoothing)
    table, classes = np.array(rows), np.array(labels)
    tops, bottoms = [], []
    for each in (0, 1):
        group = table[classes == each]
        padded = np.vstack(
            [group, *[np.full(len(query), v) for v in (0, 1) for _ in range(smoothing)]]
        )
        hits = (padded == np.array(query)).sum(0)
        tops.append(len(group) * math.prod(int(n) for n in hits))
        bottoms.append(len(padded) ** len(query))
    one, zero = tops[1] * bottoms[0], tops[0] * bottoms[1]
    if not one + zero:
        raise ValueError("query must have been possible in a class; smoothing 0 leaves none")
    return Fraction(one, one + zero)


def gaussian_density(x: float, mean: float, deviation: float) -> float:
    """exp(−(x − μ)²/(2σ²))/(σ √(2π))   [Bishop 2006, eq. 1.46]"""
    _numbers(x=x, mean=mean, deviation=deviation)
    _check_deviation(deviation)
    with _in_float64():
        return math.exp(-(((x - mean) / deviation) ** 2) / 2) / (deviation * math.sqrt(2 * math.pi))


def gaussian_density_by_differences(x: float, mean: float, deviation: float) -> float:
    """Slope of the distribution function, ½ erf((x − μ)/(σ √2)), by central differences."""
    _check_deviation(deviation)
    step = 1e-3

    def below(shift: float) -> float:
        return math.erf(((x - mean) / deviation + shift * step) / math.sqrt(2)) / 2

    near, far = below(1) - below(-1), below(2) - below(-2)
    return (8 * near - far) / (12 * step * deviation)


def shared_spread_posterior(
    x: float, first: float, second: float, deviation: float, prior: float = 0.5
) -> float:
    """P(second | x) = σ(w x + b), w = (μ₂ − μ₁)/σ², b = (μ₁² − μ₂²)/(2σ²) + ln(p/(1 − p))

    [two Gaussians of one spread: Bishop 2006, eq. 4.65-4.67]
    """
    _numbers(x=x, first=first, second=second, deviation=deviation, prior=prior)
    _check_deviation(deviation)
    _check_prior(prior)
    with _in_float64():
        slope = (second - first) / deviation**2
        offset = (first**2 - second**2) / (2 * deviation**2) + math.log(prior / (1 - prior))
        return 1 / (1 + math.exp(-slope * x - offset))


def shared_spread_posterior_by_torch(
    x: float, first: float, second: float, deviation: float, prior: float = 0.5
) -> float:
    """softmax of torch's Gaussian log-likelihoods plus the logarithms of the priors."""
    import torch

    _check_deviation(deviation)
    _check_prior(prior)
    means, shares = torch.tensor([[first, second], [1 - prior, prior]], dtype=torch.float64)
    variances = torch.full_like(means, deviation**2)
    loss = torch.nn.functional.gaussian_nll_loss(
        torch.full_like(means, x), means, variances, eps=1e-300, reduction="none"
    )
    return float(torch.softmax(shares.log() - loss, 0)[1])


def mutual_information(table: list[list[int]], base: float = 2) -> float:
    """Σ p(x, y) log(p(x, y)/(p(x) p(y))), from counts   [Cover & Thomas 2006, eq. 2.28]"""
    _numbers(base=base)
    total = _check_table(table, base)
    columns = [sum(column) for column in zip(*table, strict=True)]
    terms = (
        n / total * math.log(n * total / (sum(row) * column))
        for row in table
        for n, column in zip(row, columns, strict=True)
        if n
    )
    return max(math.fsum(terms) / math.log(base), 0.0)


def mutual_information_by_numpy(table: list[list[int]], base: float = 2) -> float:
    """H(X) + H(Y) − H(X, Y)"""
    import numpy as np

    _check_table(table, base)
    joint = np.array(table) / np.sum(table)
    parts = [joint.sum(1), joint.sum(0), joint.ravel()]
    one, other, both = (-sum(p * np.log(p) for p in part if p) for part in parts)
    return max(float((one + other - both) / np.log(base)), 0.0)


def _check_priors(priors: list[int], likelihoods: list[int]) -> None:
    if not priors or len(priors) != len(likelihoods) or min(priors) < 0:
        raise ValueError(f"priors must be weights of 0 or more, one per likelihood, found {priors}")
    if not all(0 <= percent <= 100 for percent in likelihoods):
        raise ValueError(f"likelihoods must be from 0 to 100 percent, found {likelihoods}")
    if not any(a * b for a, b in zip(priors, likelihoods, strict=True)):
        raise ValueError("some class must be able to show x; all products are 0")


def _check_rows(rows: list[list[int]], labels: list[int], query: list[int], smoothing: int) -> None:
    if len(rows) != len(labels) or set(labels) != {0, 1} or smoothing < 0:
        raise ValueError("labels must be 0 and 1, both present, one per row; smoothing 0 or more")
    if any(len(row) != len(query) or set(row) - {0, 1} for row in [*rows, query]):
        raise ValueError(f"rows and query must be zeros and ones of one length, found {query}")


def _check_deviation(deviation: float) -> None:
    if deviation <= 0:
        raise ValueError(f"deviation must be above 0, found {deviation}")


def _check_prior(prior: float) -> None:
    if not 0 < prior < 1:
        raise ValueError(f"prior must be between 0 and 1, found {prior}")


def _check_table(table: list[list[int]], base: float) -> int:
    counts = [n for row in table for n in row]
    if len({len(row) for row in table}) != 1 or not any(counts) or min(counts) < 0:
        raise ValueError(f"table must be rows of counts of one length, not all 0, found {table}")
    if base <= 1:
        raise ValueError(f"base must be above 1, found {base}")
    return sum(counts)
