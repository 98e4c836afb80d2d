"""Wrong on purpose, every function of it: mistakes about losses, their reductions and gradients."""

from __future__ import annotations

from math import exp, log, log2, sqrt

from ..contrastive import (
    contrastive_loss,
    info_nce,
    info_nce_gradient,
    soft_dice_loss,
    soft_tversky_loss,
    triplet_gradient,
)
from ..likelihoods import (
    Average,
    Unit,
    class_cross_entropy,
    gaussian_loss,
    kullback_leibler,
    negative_log_likelihood,
    weighted_cross_entropy,
)
from ..objectives import Loss, Reduction, loss, loss_gradient

Vector = list[float]


# Losses of single predictions.


def forgot_half(
    name: Loss,
    predictions: Vector,
    targets: Vector,
    reduction: Reduction,
    parameter: float | None = None,
) -> float:
    """Wrong on purpose: leaves the factor ½ out."""
    how: Reduction = "mean" if "mean" in reduction else "sum"
    return loss(name, predictions, targets, how, parameter)


def sum_for_mean(
    name: Loss,
    predictions: Vector,
    targets: Vector,
    reduction: Reduction,
    parameter: float | None = None,
) -> float:
    """Wrong on purpose: does not divide by the number of predictions."""
    how: Reduction = "half sum" if "half" in reduction else "sum"
    return loss(name, predictions, targets, how, parameter)


def mean_for_sum(
    name: Loss,
    predictions: Vector,
    targets: Vector,
    reduction: Reduction,
    parameter: float | None = None,
) -> float:
    """Wrong on purpose: divides by the number of predictions where the sum is asked."""
    how: Reduction = "half mean" if "half" in reduction else "mean"
    return loss(name, predictions, targets, how, parameter)


def root_of_loss(
    name: Loss,
    predictions: Vector,
    targets: Vector,
    reduction: Reduction,
    parameter: float | None = None,
) -> float:
    """Wrong on purpose: the root as well, RMSE for MSE."""
    return sqrt(loss(name, predictions, targets, reduction, parameter))


def absolute_errors(
    name: Loss,
    predictions: Vector,
    targets: Vector,
    reduction: Reduction,
    parameter: float | None = None,
) -> float:
    """Wrong on purpose: absolute errors whatever the loss."""
    return loss("absolute", predictions, targets, reduction)


def squares_everywhere(
    name: Loss,
    predictions: Vector,
    targets: Vector,
    reduction: Reduction,
    parameter: float | None = None,
) -> float:
    """Wrong on purpose: ½ d² beyond the threshold too."""
    return loss("squared", predictions, targets, reduction) / 2


def swapped_arguments(
    name: Loss,
    predictions: Vector,
    targets: Vector,
    reduction: Reduction,
    parameter: float | None = None,
) -> float:
    """Wrong on purpose: predictions and targets exchanged, which a lopsided loss notices."""
    return loss(name, targets, predictions, reduction, parameter)


def binary_logarithm(
    name: Loss,
    predictions: Vector,
    targets: Vector,
    reduction: Reduction,
    parameter: float | None = None,
) -> float:
    """Wrong on purpose: logarithms to the base 2, so bits for nats."""
    return loss(name, predictions, targets, reduction, parameter) / log(2)


def only_positive_term(
    name: Loss,
    predictions: Vector,
    targets: Vector,
    reduction: Reduction,
    parameter: float | None = None,
) -> float:
    """Wrong on purpose: −t ln p without the term (1 − t) ln(1 − p)."""
    total = -sum(t * log(p) for p, t in zip(predictions, targets, strict=True))
    return total / (len(targets) if "mean" in reduction else 1) / (2 if "half" in reduction else 1)


def no_focus(
    name: Loss,
    predictions: Vector,
    targets: Vector,
    reduction: Reduction,
    parameter: float | None = None,
) -> float:
    """Wrong on purpose: plain cross-entropy, without the factor (1 − p)ᵞ."""
    return loss("binary-cross-entropy-logits", predictions, targets, reduction)


def no_margin(
    name: Loss,
    predictions: Vector,
    targets: Vector,
    reduction: Reduction,
    parameter: float | None = None,
) -> float:
    """Wrong on purpose: no loss for any right sign, the perceptron's loss for the hinge loss."""
    return loss("perceptron", predictions, targets, reduction)


def wrong_signs(
    name: Loss,
    predictions: Vector,
    targets: Vector,
    reduction: Reduction,
    parameter: float | None = None,
) -> float:
    """Wrong on purpose: counts wrong signs, the 0-1 loss, for a margin loss."""
    return loss("zero-one", predictions, targets, reduction)


def gradient_without_two(
    name: Loss,
    predictions: Vector,
    targets: Vector,
    reduction: Reduction,
    parameter: float | None = None,
) -> Vector:
    """Wrong on purpose: the 2 of the square is not brought down."""
    slopes = loss_gradient(name, predictions, targets, reduction, parameter)
    return [slope / 2 for slope in slopes]


def gradient_of_sum(
    name: Loss,
    predictions: Vector,
    targets: Vector,
    reduction: Reduction,
    parameter: float | None = None,
) -> Vector:
    """Wrong on purpose: the mean's 1/n left out of the gradient."""
    how: Reduction = "half sum" if "half" in reduction else "sum"
    return loss_gradient(name, predictions, targets, how, parameter)


def target_minus_prediction(
    name: Loss,
    predictions: Vector,
    targets: Vector,
    reduction: Reduction,
    parameter: float | None = None,
) -> Vector:
    """Wrong on purpose: the sign turned, which is the direction of descent."""
    slopes = loss_gradient(name, predictions, targets, reduction, parameter)
    return [-slope for slope in slopes]


# Classes and distributions.


def smoothing_on_others(
    logits: list[Vector], labels: list[int], reduction: Average, smoothing: float = 0.0
) -> float:
    """Wrong on purpose: ε shared among the wrong classes only, which leaves 1 − ε for the right one."""
    classes = len(logits[0])
    wider = smoothing * classes / (classes - 1)
    return class_cross_entropy(logits, labels, reduction, wider)


def smoothing_ignored(
    logits: list[Vector], labels: list[int], reduction: Average, smoothing: float = 0.0
) -> float:
    """Wrong on purpose: one-hot targets in spite of the smoothing."""
    return class_cross_entropy(logits, labels, reduction)


def softmax_before_loss(
    logits: list[Vector], labels: list[int], reduction: Average, smoothing: float = 0.0
) -> float:
    """Wrong on purpose: softmax outputs given to a loss that applies softmax itself."""
    rows = [[exp(z) / sum(map(exp, row)) for z in row] for row in logits]
    return class_cross_entropy(rows, labels, reduction, smoothing)


def probabilities_only(
    logits: list[Vector], labels: list[int], reduction: Average, smoothing: float = 0.0
) -> list[Vector]:
    """Wrong on purpose: softmax as the gradient, the target not subtracted."""
    share = 1 / len(labels) if reduction == "mean" else 1.0
    return [[share * exp(z) / sum(map(exp, row)) for z in row] for row in logits]


def mean_over_rows(
    logits: list[Vector], labels: list[int], weights: Vector, reduction: Average
) -> float:
    """Wrong on purpose: the weighted sum over the number of rows instead of over the weights."""
    total = weighted_cross_entropy(logits, labels, weights, "sum")
    return total / len(labels)


def log_of_mean(probabilities: Vector, reduction: Average) -> float:
    """Wrong on purpose: −ln of the mean probability instead of the mean of −ln."""
    return -log(sum(probabilities) / len(probabilities))


def bits_for_nats(probabilities: Vector, reduction: Average) -> float:
    """Wrong on purpose: logarithms to the base 2."""
    return negative_log_likelihood(probabilities, reduction) / log(2)


def reversed_divergence(truth: Vector, model: Vector, unit: Unit = "nats") -> float:
    """Wrong on purpose: KL(p ‖ q) for KL(q ‖ p)."""
    return kullback_leibler(model, truth, unit)


def cross_entropy_for_divergence(truth: Vector, model: Vector, unit: Unit = "nats") -> float:
    """Wrong on purpose: the entropy of the truth is not subtracted."""
    logarithm = log if unit == "nats" else log2
    return -sum(q * logarithm(p) for q, p in zip(truth, model, strict=True) if q)


def symmetrised_divergence(first: Vector, second: Vector, unit: Unit = "nats") -> float:
    """Wrong on purpose: the mean of both KL divergences, without the mixture."""
    ways = ((first, second), (second, first))
    return sum(kullback_leibler(a, b, unit) for a, b in ways) / 2


def deviation_for_variance(
    means: Vector,
    variances: Vector,
    targets: Vector,
    reduction: Average,
    constant: bool = False,
) -> float:
    """Wrong on purpose: takes the variance for a standard deviation and squares it."""
    squares = [v * v for v in variances]
    return gaussian_loss(means, squares, targets, reduction, constant)


def without_log_variance(
    means: Vector,
    variances: Vector,
    targets: Vector,
    reduction: Average,
    constant: bool = False,
) -> float:
    """Wrong on purpose: only the scaled square, so that a huge variance would be best."""
    flat = gaussian_loss(means, variances, targets, reduction)
    logs = sum(map(log, variances)) / 2
    return flat - logs / (len(targets) if reduction == "mean" else 1)


def per_token(nats_per_token: float, tokens: int, size: int) -> float:
    """Wrong on purpose: bits per token, not per byte."""
    return nats_per_token / log(2)


def best_path_only(probabilities: list[Vector], labels: list[int], blank: int = 0) -> float:
    """Wrong on purpose: −ln of the most probable path alone, whatever it spells."""
    return -sum(log(max(row)) for row in probabilities)


# Pairs and overlaps.


def distance_unsquared(first: Vector, second: Vector, similar: bool, margin: float) -> float:
    """Wrong on purpose: d and max(0, margin − d) without squares and halves."""
    return sqrt(2 * contrastive_loss(first, second, similar, margin))


def roles_swapped(first: Vector, second: Vector, similar: bool, margin: float) -> float:
    """Wrong on purpose: pushes similar pairs apart and pulls the others together."""
    return contrastive_loss(first, second, not similar, margin)


def dot_for_cosine(first: Vector, second: Vector, similar: bool, margin: float) -> float:
    """Wrong on purpose: the inner product, not divided by the lengths."""
    product = sum(a * b for a, b in zip(first, second, strict=True))
    return 1 - product if similar else max(0.0, product - margin)


def without_temperature(
    similarities: list[Vector], temperature: float, symmetric: bool = False
) -> float:
    """Wrong on purpose: similarities not divided by the temperature."""
    return info_nce(similarities, 1.0, symmetric)


def negatives_only(
    similarities: list[Vector], temperature: float, symmetric: bool = False
) -> float:
    """Wrong on purpose: the positive pair left out of the sum below."""
    total = 0.0
    for i, row in enumerate(similarities):
        others = sum(exp(s / temperature) for j, s in enumerate(row) if j != i)
        total += log(others) - row[i] / temperature
    return total / len(similarities)


def inner_factor_forgotten(similarities: list[Vector], temperature: float) -> list[Vector]:
    """Wrong on purpose: the 1/T of the chain rule left out of the gradient."""
    rows = info_nce_gradient(similarities, temperature)
    return [[temperature * g for g in row] for row in rows]


def always_pulling(
    anchor: Vector, positive: Vector, negative: Vector, margin: float
) -> list[Vector]:
    """Wrong on purpose: a gradient for triplets too that keep the margin already."""
    return triplet_gradient(anchor, positive, negative, 1e9)


def two_forgotten(
    probabilities: Vector, targets: Vector, smooth: float = 0.0, squared: bool = False
) -> float:
    """Wrong on purpose: the overlap counted once over the two sums."""
    return (1 + soft_dice_loss(probabilities, targets, smooth, squared)) / 2


def overlap_itself(
    probabilities: Vector, targets: Vector, smooth: float = 0.0, squared: bool = False
) -> float:
    """Wrong on purpose: the coefficient, which grows with the overlap, as the loss."""
    return 1 - soft_dice_loss(probabilities, targets, smooth, squared)


def alpha_on_misses(probabilities: Vector, targets: Vector, alpha: float, beta: float) -> float:
    """Wrong on purpose: the weights of false positives and misses exchanged."""
    return soft_tversky_loss(probabilities, targets, beta, alpha)
