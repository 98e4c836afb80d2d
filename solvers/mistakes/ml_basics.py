"""Mistakes people make with the basics: everything here is wrong on purpose."""

from __future__ import annotations

from fractions import Fraction


def precision_and_recall_swapped(tp: int, fp: int, fn: int, tn: int) -> list[float]:
    """Wrong on purpose: precision and recall mixed up."""
    return [(tp + tn) / (tp + fp + fn + tn), tp / (tp + fn), tp / (tp + fp)]


def negatives_forgotten(tp: int, fp: int, fn: int, tn: int) -> list[float]:
    """Wrong on purpose: leaves the true negatives out of the correct answers."""
    return [tp / (tp + fp + fn + tn), tp / (tp + fp), tp / (tp + fn)]


def specificity_for_precision(tp: int, fp: int, fn: int, tn: int) -> list[float]:
    """Wrong on purpose: takes the specificity for the precision."""
    return [(tp + tn) / (tp + fp + fn + tn), tn / (tn + fp), tp / (tp + fn)]


def likelihood(prior_percent: int, hit_percent: int, false_alarm_percent: int) -> float:
    """Wrong on purpose: takes P(x|y) for P(y|x)."""
    return hit_percent / 100


def without_prior(prior_percent: int, hit_percent: int, false_alarm_percent: int) -> float:
    """Wrong on purpose: compares the likelihoods only, as if both classes were equally common."""
    return hit_percent / (hit_percent + false_alarm_percent)


def joint(prior_percent: int, hit_percent: int, false_alarm_percent: int) -> float:
    """Wrong on purpose: P(x, y), not divided by P(x)."""
    return prior_percent * hit_percent / 10_000


def one_at_a_time(choices: list[int], folds: int) -> int:
    """Wrong on purpose: adds the numbers of values instead of multiplying them."""
    return sum(choices) * folds


def folds_forgotten(choices: list[int], folds: int) -> int:
    """Wrong on purpose: counts the combinations, not the runs."""
    product = 1
    for count in choices:
        product *= count
    return product


def one_fold_less(choices: list[int], folds: int) -> int:
    """Wrong on purpose: does not count the fold that is held out."""
    return folds_forgotten(choices, folds) * (folds - 1)


def added_chances(draws: int, top_percent: int) -> float:
    """Wrong on purpose: adds the chances of the draws."""
    return draws * top_percent / 100


def missed_each_time(draws: int, top_percent: int) -> float:
    """Wrong on purpose: the chance of missing with every draw."""
    return float((1 - top_percent / 100) ** draws)


def hit_each_time(draws: int, top_percent: int) -> float:
    """Wrong on purpose: the chance that every draw hits."""
    return float((top_percent / 100) ** draws)


def bias_unsquared(predictions: list[float], truth: float, sample: bool = False) -> list[float]:
    """Wrong on purpose: the bias itself, not its square."""
    mean = sum(predictions) / len(predictions)
    return [mean - truth, sum((p - mean) ** 2 for p in predictions) / len(predictions)]


def spread_around_truth(
    predictions: list[float], truth: float, sample: bool = False
) -> list[float]:
    """Wrong on purpose: the variance taken around the true value instead of around the mean."""
    mean = sum(predictions) / len(predictions)
    squares = [(p - truth) ** 2 for p in predictions]
    return [(mean - truth) ** 2, sum(squares) / len(squares)]


def axes_swapped(inputs: list[float], targets: list[float]) -> list[float]:
    """Wrong on purpose: regresses x on y."""
    x, y = sum(inputs) / len(inputs), sum(targets) / len(targets)
    joint_sum = sum((a - x) * (b - y) for a, b in zip(inputs, targets, strict=True))
    slope = joint_sum / sum((b - y) ** 2 for b in targets)
    return [slope, x - slope * y]


def through_origin(inputs: list[float], targets: list[float]) -> list[float]:
    """Wrong on purpose: a line without intercept."""
    products = sum(a * b for a, b in zip(inputs, targets, strict=True))
    return [products / sum(a * a for a in inputs), 0.0]


def through_the_ends(inputs: list[float], targets: list[float]) -> list[float]:
    """Wrong on purpose: the line through the first and the last point."""
    slope = (targets[-1] - targets[0]) / (inputs[-1] - inputs[0])
    return [slope, targets[0] - slope * inputs[0]]


def larger_class(points: list[list[int]], labels: list[int]) -> Fraction:
    """Wrong on purpose: says the more frequent label to every point."""
    return Fraction(max(sum(labels), len(labels) - sum(labels)), len(labels))
