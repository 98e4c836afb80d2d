"""Scores of classifiers and regressions, from counts, confusion tables and predictions."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, product
from typing import Literal

from .ranges import _numbers, _one_of

Average = Literal["macro", "micro", "weighted"]
Score = Literal["precision", "recall", "f1"]


def f_beta(tp: int, fp: int, fn: int, beta: float) -> float:
    """(1 + β²) tp / ((1 + β²) tp + β² fn + fp)   [van Rijsbergen 1979; Manning et al. 2008, 8.3]"""
    _numbers(beta=beta)
    _check_counts(tp=tp, fp=fp, fn=fn)
    if beta <= 0 or not tp:
        raise ValueError(f"beta and tp must be above 0, found {beta} and {tp}")
    square = beta * beta
    return (1 + square) * tp / ((1 + square) * tp + square * fn + fp)


def f_beta_by_fractions(tp: int, fp: int, fn: int, beta: float) -> float:
    """Weighted harmonic mean of precision (weight 1) and recall (weight β²), in exact fractions."""
    _check_counts(tp=tp, fp=fp, fn=fn)
    if beta <= 0 or not tp:
        raise ValueError(f"beta and tp must be above 0, found {beta} and {tp}")
    precision, recall, weight = Fraction(tp, tp + fp), Fraction(tp, tp + fn), Fraction(beta) ** 2
    return float((1 + weight) / (1 / precision + weight / recall))


def specificity(fp: int, tn: int) -> Fraction:
    """tn / (tn + fp): recall of the negative class"""
    _check_counts(fp=fp, tn=tn)
    return _share(tn, tn + fp, "fp + tn")


def specificity_by_counting(fp: int, tn: int) -> Fraction:
    """Negative examples written out as predictions; those left alone counted."""
    _check_counts(fp=fp, tn=tn)
    predictions = [1] * fp + [0] * tn
    return _share(predictions.count(0), len(predictions), "fp + tn")


def balanced_accuracy(tp: int, fp: int, fn: int, tn: int) -> Fraction:
    """(tp/(tp + fn) + tn/(tn + fp)) / 2: mean recall of both classes   [Brodersen et al. 2010]"""
    _check_counts(tp=tp, fp=fp, fn=fn, tn=tn)
    recalls = _share(tp, tp + fn, "tp + fn") + _share(tn, tn + fp, "fp + tn")
    return recalls / 2


def balanced_accuracy_by_counting(tp: int, fp: int, fn: int, tn: int) -> Fraction:
    """Plain accuracy after each class is repeated until both are equally large."""
    _check_counts(tp=tp, fp=fp, fn=fn, tn=tn)
    examples = _written_out([[tn, fp], [fn, tp]])
    sizes = [sum(label == each for label, _ in examples) for each in (0, 1)]
    if not all(sizes):
        raise ValueError(f"both classes must occur, found sizes {sizes}")
    repeated = [example for example in examples for _ in range(sizes[1 - example[0]])]
    return Fraction(sum(label == guess for label, guess in repeated), len(repeated))


def matthews(tp: int, fp: int, fn: int, tn: int) -> float:
    """(tp tn − fp fn)/√((tp + fp)(tp + fn)(tn + fp)(tn + fn))   [Matthews 1975]"""
    _check_counts(tp=tp, fp=fp, fn=fn, tn=tn)
    square = (tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)
    if not square:
        raise ValueError("both classes must occur among labels and among predictions")
    return float((tp * tn - fp * fn) / square**0.5)


def matthews_by_numpy(tp: int, fp: int, fn: int, tn: int) -> float:
    """Pearson correlation of labels and predictions written out as 0 and 1."""
    import numpy as np

    _check_counts(tp=tp, fp=fp, fn=fn, tn=tn)
    if not all((tp + fp, tp + fn, tn + fp, tn + fn)):
        raise ValueError("both classes must occur among labels and among predictions")
    return float(np.corrcoef(np.array(_written_out([[tn, fp], [fn, tp]])).T)[0, 1])


def kappa(table: list[list[int]]) -> Fraction:
    """(p_o − p_e)/(1 − p_e), p_e from the margins; rows: one rater, columns: other [Cohen 1960]"""
    total = _check_table(table)
    agreed = Fraction(sum(row[i] for i, row in enumerate(table)), total)
    columns = [sum(column) for column in zip(*table, strict=True)]
    chance = Fraction(
        sum(sum(row) * column for row, column in zip(table, columns, strict=True)), total**2
    )
    if chance == 1:
        raise ValueError("chance agreement must be below 1; both raters always say the same")
    return (agreed - chance) / (1 - chance)


def kappa_by_counting(table: list[list[int]]) -> Fraction:
    """Disagreement within items, over that between the raters' ratings of any two items."""
    _check_table(table)
    items = _written_out(table)
    apart = sum(one != other for one, other in items)
    mixed = sum(one != other for (one, _), (_, other) in product(items, items))
    if not mixed:
        raise ValueError("chance agreement must be below 1; both raters always say the same")
    return 1 - Fraction(apart * len(items), mixed)


def averaged(table: list[list[int]], score: Score, average: Average) -> Fraction:
    """Mean over classes: plain (macro), by true class size (weighted), or from pooled counts (micro)

    Rows are true classes, columns predicted ones   [Manning et al. 2008, 13.6]
    """
    _one_of(Score, score=score)
    _one_of(Average, average=average)
    total = _check_table(table)
    counts = [
        (row[i], sum(other[i] for other in table) - row[i], sum(row) - row[i])
        for i, row in enumerate(table)
    ]
    if average == "micro":
        return _score(score, *(sum(each) for each in zip(*counts, strict=True)))
    weights = [Fraction(sum(row), total) for row in table]
    if average == "macro":
        weights = [Fraction(1, len(table))] * len(table)
    return sum(
        (w * _score(score, *each) for w, each in zip(weights, counts, strict=True)), Fraction(0)
    )


def averaged_by_counting(table: list[list[int]], score: Score, average: Average) -> Fraction:
    """Examples written out; micro and weighted are means over the examples themselves."""
    total = _check_table(table)
    examples, classes = _written_out(table), range(len(table))
    per_class = {each: _score_of_class(examples, each, score) for each in classes}
    if average == "macro":
        return sum(per_class.values(), Fraction(0)) / len(table)
    if average == "weighted":
        return sum((per_class[label] for label, _ in examples), Fraction(0)) / total
    return Fraction(sum(label == guess for label, guess in examples), total)


def top_k_accuracy(scores: list[list[float]], labels: list[int], k: int) -> Fraction:
    """Share of rows in which fewer than k scores exceed the label's; scores of a row are distinct"""
    _numbers(scores=scores)
    _check_top_k(scores, labels, k)
    hits = sum(
        sum(score > row[label] for score in row) < k
        for row, label in zip(scores, labels, strict=True)
    )
    return Fraction(hits, len(labels))


def top_k_accuracy_by_torch(scores: list[list[float]], labels: list[int], k: int) -> Fraction:
    """The label looked for among torch.topk's indices."""
    import torch

    _check_top_k(scores, labels, k)
    best = torch.tensor(scores, dtype=torch.float64).topk(k).indices
    return Fraction(int((best == torch.tensor(labels)[:, None]).sum()), len(labels))


def r_squared(targets: list[float], predictions: list[float]) -> float:
    """1 − Σ(y − ŷ)²/Σ(y − ȳ)²: 0 for the constant ȳ, below 0 if worse"""
    _numbers(targets=targets, predictions=predictions)
    _check_regression(targets, predictions, 0)
    mean = sum(targets) / len(targets)
    residual = sum((y - p) ** 2 for y, p in zip(targets, predictions, strict=True))
    return 1 - residual / sum((y - mean) ** 2 for y in targets)


def r_squared_by_fractions(targets: list[float], predictions: list[float]) -> float:
    """The spread of the targets as the sum of (y − y′)²/n over all pairs, exactly."""
    _check_regression(targets, predictions, 0)
    exact = [Fraction(y) for y in targets]
    spread = sum((one - other) ** 2 for one, other in combinations(exact, 2)) / len(exact)
    residual = sum((y - Fraction(p)) ** 2 for y, p in zip(exact, predictions, strict=True))
    return float(1 - residual / spread)


def adjusted_r_squared(targets: list[float], predictions: list[float], features: int) -> float:
    """1 − (1 − R²)(n − 1)/(n − p − 1), p features beside the intercept   [Theil 1961]"""
    _numbers(targets=targets, predictions=predictions)
    _check_regression(targets, predictions, features)
    points = len(targets)
    return 1 - (1 - r_squared(targets, predictions)) * (points - 1) / (points - features - 1)


def adjusted_r_squared_by_numpy(
    targets: list[float], predictions: list[float], features: int
) -> float:
    """1 less the unbiased variance of the residuals over that of the targets."""
    import numpy as np

    _check_regression(targets, predictions, features)
    noise = np.sum((np.array(targets) - np.array(predictions)) ** 2)
    noise /= len(targets) - 1 - features
    return float(1 - noise / np.var(targets, ddof=1))


def _score(score: Score, hits: int, false: int, missed: int) -> Fraction:
    if score == "precision":
        return _share(hits, hits + false, "each class's predictions")
    if score == "recall":
        return _share(hits, hits + missed, "each class's examples")
    return _share(2 * hits, 2 * hits + false + missed, "each class's examples and predictions")


def _score_of_class(examples: list[tuple[int, int]], each: int, score: Score) -> Fraction:
    labels = {i for i, (label, _) in enumerate(examples) if label == each}
    guesses = {i for i, (_, guess) in enumerate(examples) if guess == each}
    both, sizes = len(labels & guesses), {"precision": len(guesses), "recall": len(labels)}
    if score == "f1":
        return _share(both, both + Fraction(len(labels ^ guesses), 2), "each class's examples")
    return _share(both, sizes[score], "each class's examples")


def _written_out(table: list[list[int]]) -> list[tuple[int, int]]:
    return [
        (i, j) for i, row in enumerate(table) for j, count in enumerate(row) for _ in range(count)
    ]


def _share(part: int, whole: int | Fraction, name: str) -> Fraction:
    if not whole:
        raise ValueError(f"{name} must be more than 0, found 0")
    return Fraction(part) / whole


def _check_counts(**counts: int) -> None:
    for name, count in counts.items():
        if count < 0:
            raise ValueError(f"{name} must be 0 or more, found {count}")


def _check_table(table: list[list[int]]) -> int:
    total = sum(map(sum, table))
    square = all(len(row) == len(table) for row in table)
    if not square or total < 1 or min(map(min, table)) < 0:
        raise ValueError(f"table must be square with counts of 0 or more, not all 0, found {table}")
    return total


def _check_top_k(scores: list[list[float]], labels: list[int], k: int) -> None:
    classes = len(scores[0]) if scores else 0
    if not 1 <= k <= classes:
        raise ValueError(f"k must be from 1 to the number of classes {classes}, found {k}")
    if len(labels) != len(scores) or not all(0 <= label < classes for label in labels):
        raise ValueError(f"labels must be one class per row, from 0 to {classes - 1}: {labels}")
    if any(len(row) != classes or len(set(row)) != classes for row in scores):
        raise ValueError(f"scores must be rows of {classes} distinct numbers, found {scores}")


def _check_regression(targets: list[float], predictions: list[float], features: int) -> None:
    if len(targets) != len(predictions) or len(set(targets)) < 2:
        raise ValueError("targets must have two values at least, and one prediction each")
    if not 0 <= features < len(targets) - 1:
        raise ValueError(f"features must be from 0 to {len(targets) - 2}, found {features}")
