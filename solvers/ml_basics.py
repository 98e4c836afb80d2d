"""Machine-learning basics: scores, search, bias and variance, linear models against trees."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise, product
from typing import Any

from .ranges import _numbers

Grid = list[list[int]]


def _share(name: str, value: float) -> None:
    if not 0 < value < 1:
        raise ValueError(f"{name} must be in (0, 1), found {value}")


# Scores


def classification_scores(tp: int, fp: int, fn: int, tn: int) -> list[float]:
    """[(tp + tn)/n, tp/(tp + fp), tp/(tp + fn)]: accuracy, precision, recall   [Manning 2008]"""
    if min(tp, fp, fn, tn) < 0 or tp + fp == 0 or tp + fn == 0:
        raise ValueError(f"counts: none negative, some positives; found {tp}, {fp}, {fn}, {tn}")
    return [(tp + tn) / (tp + fp + fn + tn), tp / (tp + fp), tp / (tp + fn)]


def classification_scores_by_counting(tp: int, fp: int, fn: int, tn: int) -> list[float]:
    """The examples written out one by one as (label, prediction), and counted."""
    if min(tp, fp, fn, tn) < 0 or tp + fp == 0 or tp + fn == 0:
        raise ValueError(f"counts: none negative, some positives; found {tp}, {fp}, {fn}, {tn}")
    cases = [(1, 1)] * tp + [(0, 1)] * fp + [(1, 0)] * fn + [(0, 0)] * tn
    hits = [label == prediction for label, prediction in cases]
    alarms = [label for label, prediction in cases if prediction]
    found = [prediction for label, prediction in cases if label]
    return [sum(part) / len(part) for part in (hits, alarms, found)]


def posterior(prior_percent: int, hit_percent: int, false_alarm_percent: int) -> float:
    """P(y|x) = p(x|y) p(y)/(p(x|y) p(y) + p(x|¬y) p(¬y))   [Bayes' rule; Bishop 2006, eq. 1.82]"""
    for percent in (prior_percent, hit_percent, false_alarm_percent):
        _share("each percentage, over 100,", percent / 100)
    members = hit_percent * prior_percent
    return members / (members + false_alarm_percent * (100 - prior_percent))


def posterior_by_counting(prior_percent: int, hit_percent: int, false_alarm_percent: int) -> float:
    """10,000 cases written out as (member, has the sign), and counted."""
    for percent in (prior_percent, hit_percent, false_alarm_percent):
        _share("each percentage, over 100,", percent / 100)
    cases = product(range(100), range(100))
    signs = [
        case < prior_percent
        for case, place in cases
        if place < (hit_percent if case < prior_percent else false_alarm_percent)
    ]
    return sum(signs) / len(signs)


# Hyperparameter search


def training_runs(choices: list[int], folds: int) -> int:
    """k Π nᵢ: runs of a full grid search with k-fold cross-validation."""
    if folds < 1 or not choices or min(choices) < 1:
        raise ValueError(f"choices and folds must be at least 1, found {choices}, {folds}")
    return math.prod(choices) * folds


def training_runs_by_counting(choices: list[int], folds: int) -> int:
    """Every combination of settings and fold, counted one at a time."""
    if folds < 1 or not choices or min(choices) < 1:
        raise ValueError(f"choices and folds must be at least 1, found {choices}, {folds}")
    return sum(1 for _ in product(*map(range, choices), range(folds)))


def hit_chance(draws: int, top_percent: int) -> float:
    """1 − (1 − q)ⁿ: n draws hit the best share q   [Bergstra & Bengio 2012]"""
    _share("top_percent over 100", top_percent / 100)
    return float(1 - (1 - top_percent / 100) ** draws)


def hit_chance_by_fractions(draws: int, top_percent: int) -> float:
    """Exact sum over how many of the draws hit, from one to all."""
    _share("top_percent over 100", top_percent / 100)
    q = Fraction(top_percent, 100)
    terms = (math.comb(draws, k) * q**k * (1 - q) ** (draws - k) for k in range(1, draws + 1))
    return float(sum(terms, Fraction(0)))


def draws_needed(top_percent: int, chance_percent: int) -> int:
    """⌈log(1 − c)/log(1 − q)⌉: draws that hit the best share q with chance c at least."""
    _share("top_percent over 100", top_percent / 100)
    _share("chance_percent over 100", chance_percent / 100)
    draws = math.log(1 - chance_percent / 100) / math.log(1 - top_percent / 100)
    return math.ceil(draws - 1e-9)  # an exact whole number must not be rounded up


def draws_needed_by_loop(top_percent: int, chance_percent: int) -> int:
    """One draw more until the exact chance of missing each time is small enough."""
    _share("top_percent over 100", top_percent / 100)
    _share("chance_percent over 100", chance_percent / 100)
    draws, missed = 0, Fraction(1)
    while missed > Fraction(100 - chance_percent, 100):
        draws, missed = draws + 1, missed * Fraction(100 - top_percent, 100)
    return draws


# Bias and variance


def bias_and_variance(predictions: list[float], truth: float, sample: bool = False) -> list[float]:
    """[(mean − truth)², mean square distance from the mean]   [Hastie et al. 2009, eq. 7.9]"""
    _numbers(predictions=predictions, truth=truth)
    if len(predictions) < 2:
        raise ValueError(f"predictions must be at least 2, found {len(predictions)}")
    mean = sum(predictions) / len(predictions)
    spread = sum((p - mean) ** 2 for p in predictions)
    return [(mean - truth) ** 2, spread / (len(predictions) - sample)]


def bias_and_variance_by_numpy(
    predictions: list[float], truth: float, sample: bool = False
) -> list[float]:
    """numpy's var, and the mean squared error less the variance."""
    import numpy as np

    if len(predictions) < 2:
        raise ValueError(f"predictions must be at least 2, found {len(predictions)}")
    squared_error = np.mean((np.array(predictions) - truth) ** 2)
    return [
        float(squared_error - np.var(predictions)),
        float(np.var(predictions, ddof=1 if sample else 0)),
    ]


def line_fit(inputs: list[float], targets: list[float]) -> list[float]:
    """[Sxy/Sxx, ȳ − slope x̄]: least-squares slope and intercept   [Bishop 2006, 3.1.1]"""
    _numbers(inputs=inputs, targets=targets)
    if len(inputs) != len(targets) or len(set(inputs)) < 2:
        raise ValueError(f"inputs must differ and match targets, found {inputs}, {targets}")
    x, y = sum(inputs) / len(inputs), sum(targets) / len(targets)
    joint = sum((a - x) * (b - y) for a, b in zip(inputs, targets, strict=True))
    slope = joint / sum((a - x) ** 2 for a in inputs)
    return [slope, y - slope * x]


def line_fit_by_numpy(inputs: list[float], targets: list[float]) -> list[float]:
    """numpy's least squares on the columns x and 1."""
    import numpy as np

    if len(inputs) != len(targets) or len(set(inputs)) < 2:
        raise ValueError(f"inputs must differ and match targets, found {inputs}, {targets}")
    columns = np.column_stack([inputs, np.ones(len(inputs))])
    solution = np.linalg.lstsq(columns, np.array(targets, dtype=float), rcond=None)[0]
    return [float(value) for value in solution]


def _squared(targets: tuple[int, ...], line: list[float]) -> float:
    slope, offset = line
    return sum((y - slope * x - offset) ** 2 for x, y in enumerate(targets)) / len(targets)


def gap_over_variance(points: int) -> float:
    """(validation − training error)/variance of a line fit, over all ±1 noise patterns."""
    if not 3 <= points <= 6:
        raise ValueError(f"points must be from 3 to 6, found {points}")
    places = [float(k) for k in range(points)]
    patterns = list(product((-1, 1), repeat=points))
    lines = [line_fit(places, [float(y) for y in noise]) for noise in patterns]
    train = sum(_squared(y, line) for y, line in zip(patterns, lines, strict=True))
    fresh = sum(_squared(y, line) for y in patterns for line in lines) / len(patterns)
    variance = sum(_squared((0,) * points, line) for line in lines)
    return (fresh - train) / variance


def gap_over_variance_by_numpy(points: int) -> float:
    """By the hat matrix H: gap 2 tr(H)/n, variance tr(H Hᵀ)/n   [Hastie et al. 2009, eq. 7.24]"""
    import numpy as np

    if not 3 <= points <= 6:
        raise ValueError(f"points must be from 3 to 6, found {points}")
    columns = np.column_stack([np.arange(points), np.ones(points)])
    hat = columns @ np.linalg.pinv(columns)
    return float(2 * np.trace(hat) / np.trace(hat @ hat.T))


# A linear net and a tree of depth 2, in the plane


def _labelled(points: Grid, labels: list[int]) -> None:
    if len(points) != len(labels) or not points or not set(labels) <= {0, 1}:
        raise ValueError(f"labels must give a 0 or 1 for each point, found {labels}")
    if any(len(point) != 2 for point in points) or len({tuple(p) for p in points}) < len(points):
        raise ValueError(f"points must be different pairs, found {points}")


def _score(guesses: list[bool], labels: list[int]) -> int:
    hits = sum(guess == bool(label) for guess, label in zip(guesses, labels, strict=True))
    return max(hits, len(labels) - hits)  # the two sides may be named either way


def _line_splits(points: Grid) -> Iterator[list[bool]]:
    """Every split by a line: those through two points, turned a trifle anywhere."""
    yield [True] * len(points)
    for (x, y), (u, v) in product(points, repeat=2):
        across = [(u - x) * (q - y) - (v - y) * (p - x) for p, q in points]
        along = [(u - x) * (p - x) + (v - y) * (q - y) for p, q in points]
        for cut in {a for a, c in zip(along, across, strict=True) if c == 0}:
            yield [c > 0 or (c == 0 and a <= cut) for a, c in zip(along, across, strict=True)]


def linear_accuracy(points: Grid, labels: list[int]) -> Fraction:
    """Best share of points that a straight line, a net without activation, gets right."""
    _labelled(points, labels)
    best = max(_score(guesses, labels) for guesses in _line_splits(points))
    return Fraction(best, len(labels))


def linear_accuracy_by_numpy(points: Grid, labels: list[int]) -> Fraction:
    """Sweep over directions between those in which two points tie, all thresholds on each."""
    import numpy as np

    _labelled(points, labels)
    x, y = np.array(points, dtype=float), np.array(labels)
    pairs = [a - b for a, b in product(x, x) if (a != b).any()] or [np.array([1.0, 0.0])]
    ties = sorted({round(math.atan2(d[0], -d[1]) % math.pi, 12) for d in pairs})
    best = max(int(y.sum()), len(y) - int(y.sum()))
    for low, high in zip(ties, [*ties[1:], ties[0] + math.pi], strict=True):
        angle = (low + high) / 2
        order = y[np.argsort(x @ np.array([math.cos(angle), math.sin(angle)]))]
        hits = np.cumsum(2 * order - 1) + (1 - order).sum()
        best = max(best, int(hits.max()), int((len(y) - hits).max()))
    return Fraction(best, len(labels))


def _cuts(points: Grid) -> list[tuple[int, float]]:
    """Every axis and a threshold between each two neighbouring coordinates on it."""
    found = []
    for axis in (0, 1):
        places = sorted({point[axis] for point in points})
        found += [(axis, (a + b) / 2) for a, b in pairwise(places)]
    return found


def _leaf_hits(labels: list[int]) -> int:
    return max(sum(labels), len(labels) - sum(labels))


def _tree_hits(points: Grid, labels: list[int], depth: int) -> int:
    """Points that the best tree gets right with `depth` levels of cuts along the axes."""
    best = _leaf_hits(labels)
    for axis, threshold in _cuts(points) if depth else []:
        sides: dict[bool, tuple[Grid, list[int]]] = {False: ([], []), True: ([], [])}
        for point, label in zip(points, labels, strict=True):
            side = sides[point[axis] > threshold]
            side[0].append(point)
            side[1].append(label)
        best = max(best, sum(_tree_hits(*side, depth - 1) for side in sides.values()))
    return best


def tree_accuracy(points: Grid, labels: list[int]) -> Fraction:
    """Best share of points that any decision tree of depth 2 gets right."""
    _labelled(points, labels)
    return Fraction(_tree_hits(points, labels, 2), len(labels))


def tree_accuracy_by_loop(points: Grid, labels: list[int]) -> Fraction:
    """All trees written out: a question at the root and one on each side, four leaves."""
    _labelled(points, labels)
    best = _leaf_hits(labels)
    answers = [[point[axis] > at for point in points] for axis, at in _cuts(points)]
    for root, left, right in product(answers, repeat=3):
        leaves: dict[tuple[bool, bool], list[int]] = {}
        for asked, yes, no, label in zip(root, left, right, labels, strict=True):
            leaves.setdefault((asked, yes if asked else no), []).append(label)
        best = max(best, sum(_leaf_hits(leaf) for leaf in leaves.values()))
    return Fraction(best, len(labels))


def linear_lead(points: Grid, labels: list[int]) -> Fraction:
    """Best accuracy of a linear net less that of a tree of depth 2."""
    return linear_accuracy(points, labels) - tree_accuracy(points, labels)


def linear_lead_by_loop(points: Grid, labels: list[int]) -> Fraction:
    """The same from the sweep over directions and the trees written out."""
    return linear_accuracy_by_numpy(points, labels) - tree_accuracy_by_loop(points, labels)


# What one hidden layer can draw


def shallow_pieces(units: int) -> int:
    """n + 1: most linear pieces on [0, 1] of one hidden layer of n ReLU units, a corner each"""
    _some_units(units)
    return units + 1


def shallow_pieces_by_counting(units: int) -> int:
    """Σ ReLU(x − i/(n + 1)), i = 1 to n, in whole half steps; its runs of equal slope."""
    _some_units(units)
    corners = range(2, 2 * units + 1, 2)
    heights = [sum(max(0, x - corner) for corner in corners) for x in range(2 * units + 3)]
    slopes = [b - a for a, b in pairwise(heights)]
    return 1 + sum(a != b for a, b in pairwise(slopes))


def _some_units(units: int) -> None:
    if not 1 <= units <= 2000:
        raise ValueError(f"units must be from 1 to 2000, found {units}")


# What is learned


def _ingredients() -> tuple[Any, dict[str, Any], Any]:
    """The optimiser of a small net, what the net is made of, and its loss on six images."""
    import torch

    with torch.random.fork_rng():
        torch.manual_seed(0)
        convolution, norm = torch.nn.Conv2d(1, 2, kernel_size=3), torch.nn.BatchNorm2d(2)
        drop, linear = torch.nn.Dropout(0.5), torch.nn.Linear(8, 3)
        net = torch.nn.Sequential(convolution, norm, torch.nn.Flatten(), drop, linear)
        targets = torch.tensor([0, 1, 2, 0, 1, 2])
        loss = torch.nn.functional.cross_entropy(net(torch.randn(6, 1, 4, 4)), targets)
    optimiser = torch.optim.SGD(net.parameters(), lr=0.1, weight_decay=0.01)
    quantities = {
        "kernel-weights": convolution.weight,
        "output-biases": linear.bias,
        "batch-norm-scale": norm.weight,
        "learning-rate": optimiser.param_groups[0]["lr"],
        "weight-decay": optimiser.param_groups[0]["weight_decay"],
        "dropout-rate": drop.p,
        "kernel-size": convolution.kernel_size,
    }
    return optimiser, quantities, loss


def _among(options: list[str], known: dict[str, Any]) -> None:
    unknown = sorted(set(options) - set(known))
    if unknown:
        raise ValueError(f"an option must be one of {sorted(known)}, found {unknown}")


def learned(options: list[str]) -> list[str]:
    """The quantities of a real torch net that one step of its optimiser changes."""
    import torch

    optimiser, quantities, loss = _ingredients()
    _among(options, quantities)
    before = {option: str(quantities[option]) for option in options}
    torch.autograd.backward(loss)
    optimiser.step()
    return [option for option in options if str(quantities[option]) != before[option]]


def learned_by_autograd(options: list[str]) -> list[str]:
    """The quantities for which the loss has a gradient that is not 0."""
    import torch

    _, quantities, loss = _ingredients()
    _among(options, quantities)
    tensors = {name: q for name, q in quantities.items() if isinstance(q, torch.Tensor)}
    slopes = torch.autograd.grad(loss, list(tensors.values()), allow_unused=True)
    moved = {n for n, g in zip(tensors, slopes, strict=True) if g is not None and bool(g.any())}
    return [option for option in options if option in moved]
