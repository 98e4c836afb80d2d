"""Decision trees: impurity, gain, the best question, and the best single one on points."""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise, product
from typing import Literal

from .ranges import _numbers, _one_of

Measure = Literal["entropy", "gini", "error"]


def node_entropy(counts: list[int], base: float = 2) -> float:
    """−Σ p log p of the class shares in a node, logarithm of the given base   [Quinlan 1986]"""
    _numbers(base=base)
    _check_node(counts, base)
    total = sum(counts)
    shares = (n / total for n in counts if n)
    return abs(math.fsum(p * math.log(p) for p in shares)) / math.log(base)


def node_entropy_by_torch(counts: list[int], base: float = 2) -> float:
    """torch's own −p ln p of each share, added up."""
    import torch

    _check_node(counts, base)
    weights = torch.tensor(counts, dtype=torch.float64)
    return float(torch.special.entr(weights / weights.sum()).sum()) / math.log(base)


def gini(counts: list[int]) -> Fraction:
    """1 − Σ p² of the class shares in a node   [Breiman et al. 1984]"""
    _check_node(counts)
    return 1 - Fraction(sum(n * n for n in counts), sum(counts) ** 2)


def gini_by_counting(counts: list[int]) -> Fraction:
    """Pairs of examples, drawn with replacement, whose classes differ."""
    _check_node(counts)
    examples = [label for label, n in enumerate(counts) for _ in range(n)]
    apart = sum(one != other for one, other in product(examples, examples))
    return Fraction(apart, len(examples) ** 2)


def information_gain(branches: list[list[int]], base: float = 2) -> float:
    """H(parent) − Σ (n_b/n) H(branch), branches as rows of class counts   [Quinlan 1986]"""
    _numbers(base=base)
    _check_branches(branches, base)
    parent = [sum(column) for column in zip(*branches, strict=True)]
    total = sum(parent)
    rest = (sum(row) / total * node_entropy(row, base) for row in branches if any(row))
    return max(node_entropy(parent, base) - math.fsum(rest), 0.0)


def information_gain_by_numpy(branches: list[list[int]], base: float = 2) -> float:
    """Mutual information of branch and class: Σ p_bc log(p_bc/(p_b p_c))."""
    import numpy as np

    _check_branches(branches, base)
    joint = np.array(branches, dtype=float)
    joint /= joint.sum()
    apart = np.outer(joint.sum(1), joint.sum(0))
    used = joint > 0
    gain = float((joint[used] * np.log(joint[used] / apart[used])).sum() / np.log(base))
    return max(gain, 0.0)


def gini_gain(branches: list[list[int]]) -> Fraction:
    """Gini(parent) − Σ (n_b/n) Gini(branch)   [Breiman et al. 1984]"""
    _check_branches(branches)
    parent = [sum(column) for column in zip(*branches, strict=True)]
    total = sum(parent)
    rest = [Fraction(sum(row), total) * gini(row) for row in branches if any(row)]
    return gini(parent) - sum(rest, Fraction(0))


def gini_gain_by_counting(branches: list[list[int]]) -> Fraction:
    """How much likelier two examples of one branch agree than any two, pair by pair."""
    _check_branches(branches)
    examples = [
        (i, j) for i, row in enumerate(branches) for j, n in enumerate(row) for _ in range(n)
    ]
    sizes = [sum(row) for row in branches]
    within = Fraction(0)
    alike = 0
    for (branch, label), (other, rival) in product(examples, examples):
        alike += label == rival
        within += Fraction(label == rival and branch == other, sizes[branch])
    return within / len(examples) - Fraction(alike, len(examples) ** 2)


def gain_ratio(branches: list[list[int]]) -> float:
    """Information gain over the entropy of the branch sizes   [Quinlan 1993, C4.5]"""
    sizes = _check_split(branches)
    return information_gain(branches) / node_entropy(sizes)


def gain_ratio_by_fractions(branches: list[list[int]]) -> float:
    """Both entropies as logarithms of one exact power product each: n log n sums, no shares."""
    sizes = _check_split(branches)
    classes = [sum(column) for column in zip(*branches, strict=True)]
    total = sum(sizes)
    whole = total**total
    gain = _power(cell for row in branches for cell in row) * whole
    split = Fraction(whole, int(_power(sizes)))
    logarithm = _log(gain / (_power(sizes) * _power(classes)))
    return max(logarithm / _log(split), 0.0)


def best_threshold(values: list[float], labels: list[int], measure: Measure) -> float:
    """Midpoint between neighbouring values with the least weighted impurity; of ties the lowest

    [Breiman et al. 1984]
    """
    _numbers(values=values)
    _one_of(Measure, measure=measure)
    _check_values(values, labels)
    classes = sorted(set(labels))
    left, right = [0] * len(classes), [labels.count(each) for each in classes]
    rows = sorted(zip(values, labels, strict=True))
    best: tuple[float, float] | None = None
    for (value, label), (following, _) in pairwise(rows):
        left[classes.index(label)] += 1
        right[classes.index(label)] -= 1
        cost = round(_weighted(left, measure) + _weighted(right, measure), 9)
        if value < following and (best is None or cost < best[0]):
            best = cost, (value + following) / 2
    assert best is not None
    return best[1]


def best_threshold_by_numpy(values: list[float], labels: list[int], measure: Measure) -> float:
    """Every midpoint's two sides cut out of the arrays and measured afresh."""
    import numpy as np

    _check_values(values, labels)
    distinct, classes = np.unique(values), np.array(labels)
    middles = (distinct[1:] + distinct[:-1]) / 2
    costs = []
    for middle in middles:
        sides = [classes[np.array(values) <= middle], classes[np.array(values) > middle]]
        shares = [np.unique(side, return_counts=True)[1] / len(side) for side in sides]
        impurity = {
            "entropy": [-(p * np.log2(p)).sum() for p in shares],
            "gini": [(p * (1 - p)).sum() for p in shares],
            "error": [1 - p.max() for p in shares],
        }[measure]
        costs.append(sum(len(side) * each for side, each in zip(sides, impurity, strict=True)))
    return float(middles[np.argmin(np.round(costs, 9))])


def stump_accuracy(points: list[list[int]], labels: list[int]) -> Fraction:
    """Best share of points that one question x_axis ≤ t gets right, a majority in each leaf."""
    _check_points(points, labels)
    right = 0
    for axis in range(len(points[0])):
        for threshold in {point[axis] for point in points}:
            sides: tuple[list[int], list[int]] = [], []
            for point, label in zip(points, labels, strict=True):
                sides[point[axis] > threshold].append(label)
            right = max(right, sum(max(map(side.count, side), default=0) for side in sides))
    return Fraction(right, len(labels))


def stump_accuracy_by_loop(points: list[list[int]], labels: list[int]) -> Fraction:
    """Every cut after so many of the points in each axis' order, and every pair of leaf classes."""
    _check_points(points, labels)
    right = 0
    for axis in range(len(points[0])):
        rows = sorted((point[axis], label) for point, label in zip(points, labels, strict=True))
        for low, high in product(set(labels), repeat=2):
            for cut in range(1, len(rows) + 1):
                if cut == len(rows) or rows[cut - 1][0] < rows[cut][0]:
                    said = [low] * cut + [high] * (len(rows) - cut)
                    hits = sum(a == b for a, (_, b) in zip(said, rows, strict=True))
                    right = max(right, hits)
    return Fraction(right, len(labels))


def _weighted(counts: list[int], measure: Measure) -> float:
    total = sum(counts)
    if measure == "gini":
        return total - sum(n * n for n in counts) / total
    if measure == "error":
        return total - max(counts)
    return total * node_entropy(counts)


def _power(counts: Iterable[int]) -> Fraction:
    return Fraction(math.prod(n**n for n in counts))


def _log(ratio: Fraction) -> float:
    return math.log(ratio.numerator) - math.log(ratio.denominator)


def _check_node(counts: list[int], base: float = 2) -> None:
    if not counts or min(counts) < 0 or not any(counts):
        raise ValueError(f"counts must be 0 or more, not all 0, found {counts}")
    if base <= 1:
        raise ValueError(f"base must be above 1, found {base}")


def _check_branches(branches: list[list[int]], base: float = 2) -> None:
    if not branches or any(len(row) != len(branches[0]) for row in branches):
        raise ValueError(f"branches must be rows of as many classes each, found {branches}")
    _check_node([count for row in branches for count in row], base)


def _check_split(branches: list[list[int]]) -> list[int]:
    _check_branches(branches)
    sizes = [sum(row) for row in branches]
    if sum(size > 0 for size in sizes) < 2:
        raise ValueError(f"branches must be two at least with examples, found sizes {sizes}")
    return sizes


def _check_values(values: list[float], labels: list[int]) -> None:
    if len(values) != len(labels) or len(set(values)) < 2:
        raise ValueError("values must have two different ones at least, and a label each")


def _check_points(points: list[list[int]], labels: list[int]) -> None:
    if not points or len(points) != len(labels) or len({len(point) for point in points}) > 1:
        raise ValueError("points must have as many coordinates each, and a label each")
