"""Wrong on purpose, every function of it: mistakes about losses and their gradients."""

from __future__ import annotations

from math import exp, log, log2, log10, sqrt
from typing import Literal


def one_minus_probability(
    logits: list[float], label: int, unit: Literal["nats", "bits"] = "nats"
) -> float:
    """Wrong on purpose: 1 − p of the right class instead of −ln p."""
    return 1 - _softmax(logits)[label]


def negative_logit(
    logits: list[float], label: int, unit: Literal["nats", "bits"] = "nats"
) -> float:
    """Wrong on purpose: minus the logit of the right class, without the softmax."""
    return -logits[label]


def wrong_classes_share(
    logits: list[float], label: int, unit: Literal["nats", "bits"] = "nats"
) -> float:
    """Wrong on purpose: the logarithm of 1 − p, the share of the wrong classes."""

    return -log(1 - _softmax(logits)[label])


def label_minus_probability(logits: list[float], label: int) -> list[float]:
    """Wrong on purpose: y − p, the direction of descent."""
    return [(i == label) - p for i, p in enumerate(_softmax(logits))]


def probabilities_only(logits: list[float], label: int) -> list[float]:
    """Wrong on purpose: forgets to subtract the label."""
    return _softmax(logits)


def right_class_only(logits: list[float], label: int) -> list[float]:
    """Wrong on purpose: no gradient for the logits of the other classes."""
    return [(p - 1) * (i == label) for i, p in enumerate(_softmax(logits))]


def sum_of_squares(predictions: list[float], targets: list[float], halved: bool = False) -> float:
    """Wrong on purpose: does not divide by the number of examples."""
    return sum((p - t) ** 2 for p, t in zip(predictions, targets, strict=True))


def root_mean_square(predictions: list[float], targets: list[float], halved: bool = False) -> float:
    """Wrong on purpose: takes the root as well."""
    return sqrt(sum_of_squares(predictions, targets) / len(targets))


def mean_absolute(predictions: list[float], targets: list[float], halved: bool = False) -> float:
    """Wrong on purpose: absolute errors instead of squared ones."""
    pairs = zip(predictions, targets, strict=True)
    return sum(abs(p - t) for p, t in pairs) / len(targets)


def without_empty_set(labels: int, exclusive: bool) -> int:
    """Wrong on purpose: leaves out the prediction that no label is right."""
    return (1 << labels) - 1


def labels_squared(labels: int, exclusive: bool) -> int:
    """Wrong on purpose: K² instead of 2^K."""
    return labels**2


def one_of_labels(labels: int, exclusive: bool) -> int:
    """Wrong on purpose: exactly one label, as in multi-class problems."""
    return labels


def reversed_divergence(truth: list[float], model: list[float]) -> float:
    """Wrong on purpose: KL(p ‖ q), averaged over the model instead of the truth."""
    return sum(p * log2(p / q) for q, p in zip(truth, model, strict=True))


def cross_entropy_itself(truth: list[float], model: list[float]) -> float:
    """Wrong on purpose: the entropy of the truth is not subtracted."""
    return -sum(q * log2(p) for q, p in zip(truth, model, strict=True))


def entropy_itself(truth: list[float], model: list[float]) -> float:
    """Wrong on purpose: the entropy of the truth."""
    return -sum(q * log2(q) for q in truth)


def one_over_output(output: float) -> float:
    """Wrong on purpose: only one factor of the sigmoid's slope."""
    return 1 / output


def slope_itself(output: float) -> float:
    """Wrong on purpose: the ratio the other way round."""
    return output * (1 - output)


def _softmax(logits: list[float]) -> list[float]:
    weights = [exp(z - max(logits)) for z in logits]
    return [w / sum(weights) for w in weights]


def common_logarithm(classes: int) -> float:
    """Wrong on purpose: base 10."""
    return log10(classes)


def binary_logarithm(classes: int) -> float:
    """Wrong on purpose: base 2, so bits."""
    return log2(classes)


def share_of_misses(classes: int) -> float:
    """Wrong on purpose: the share of wrong guesses."""
    return 1 - 1 / classes
