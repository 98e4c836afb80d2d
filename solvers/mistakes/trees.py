"""Mistakes with decision trees: everything here is wrong on purpose."""

from __future__ import annotations

import math
from fractions import Fraction

from .. import trees
from ..trees import Measure


def natural_logarithm(counts: list[int], base: float = 2) -> float:
    """Wrong on purpose: nats, whatever the base."""
    return trees.node_entropy(counts, math.e)


def minority_term_only(counts: list[int], base: float = 2) -> float:
    """Wrong on purpose: only the last class's term −p log p."""
    share = counts[-1] / sum(counts)
    return -share * math.log(share, base) if share else 0.0


def sum_of_squares(counts: list[int]) -> Fraction:
    """Wrong on purpose: Σ p², the purity."""
    return 1 - trees.gini(counts)


def error_rate(counts: list[int]) -> Fraction:
    """Wrong on purpose: 1 − max p, the error of the majority's label."""
    return 1 - Fraction(max(counts), sum(counts))


def without_replacement(counts: list[int]) -> Fraction:
    """Wrong on purpose: two examples drawn without putting the first back."""
    total = sum(counts)
    return trees.gini(counts) * Fraction(total, max(total - 1, 1))


def branches_unweighted(branches: list[list[int]], base: float = 2) -> float:
    """Wrong on purpose: the plain mean of the branches' entropies is taken off."""
    parent = [sum(column) for column in zip(*branches, strict=True)]
    used = [row for row in branches if any(row)]
    rest = math.fsum(trees.node_entropy(row, base) for row in used)
    return trees.node_entropy(parent, base) - rest / len(used)


def entropy_left(branches: list[list[int]], base: float = 2) -> float:
    """Wrong on purpose: the entropy that is left, not what was gained."""
    parent = [sum(column) for column in zip(*branches, strict=True)]
    return trees.node_entropy(parent, base) - trees.information_gain(branches, base)


def gini_unweighted(branches: list[list[int]]) -> Fraction:
    """Wrong on purpose: the plain mean of the branches' Gini is taken off."""
    parent = [sum(column) for column in zip(*branches, strict=True)]
    used = [row for row in branches if any(row)]
    return trees.gini(parent) - sum(map(trees.gini, used), Fraction(0)) / len(used)


def plain_gain(branches: list[list[int]]) -> float:
    """Wrong on purpose: not divided by the entropy of the branch sizes."""
    return trees.information_gain(branches)


def middle_of_the_range(values: list[float], labels: list[int], measure: Measure) -> float:
    """Wrong on purpose: halfway between the least and the greatest value."""
    return (min(values) + max(values)) / 2


def value_itself(values: list[float], labels: list[int], measure: Measure) -> float:
    """Wrong on purpose: the value below the cut, not the midpoint."""
    cut = trees.best_threshold(values, labels, measure)
    return max(value for value in values if value < cut)


def majority_only(points: list[list[int]], labels: list[int]) -> Fraction:
    """Wrong on purpose: no question at all, one leaf."""
    return Fraction(max(map(labels.count, labels)), len(labels))


def first_axis_only(points: list[list[int]], labels: list[int]) -> Fraction:
    """Wrong on purpose: only the first axis is asked."""
    return trees.stump_accuracy([point[:1] for point in points], labels)
