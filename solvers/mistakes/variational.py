"""Mistakes with variational autoencoders: everything here is wrong on purpose."""

from __future__ import annotations

import math

from .. import variational


def half_forgotten(means: list[float], log_variances: list[float]) -> float:
    """Wrong on purpose: Σ (μ² + σ² − 1 − ln σ²) without the ½."""
    return 2 * variational.kl_to_standard(means, log_variances)


def logarithm_for_variance(means: list[float], log_variances: list[float]) -> float:
    """Wrong on purpose: the network's ln σ² taken for σ, so that its square stands for σ²."""
    pairs = zip(means, log_variances, strict=True)
    return math.fsum(m * m + v * v - 1 - v for m, v in pairs) / 2


def means_only(means: list[float], log_variances: list[float]) -> float:
    """Wrong on purpose: the spread costs nothing."""
    return math.fsum(m * m for m in means) / 2


def reversed_direction(
    mean: float, deviation: float, other_mean: float, other_deviation: float
) -> float:
    """Wrong on purpose: from the second to the first."""
    return variational.gaussian_kl(other_mean, other_deviation, mean, deviation)


def noise_ignored(mean: float, log_variance: float, noise: float, target: float) -> list[float]:
    """Wrong on purpose: the sample taken for a constant of σ, so that no gradient reaches it."""
    return [variational.pathwise_gradient(mean, log_variance, noise, target)[0], 0.0]


def slope_by_deviation(
    mean: float, log_variance: float, noise: float, target: float
) -> list[float]:
    """Wrong on purpose: ∂L/∂σ = 2(z − t) ε in place of the derivative by ln σ²."""
    by_mean, _ = variational.pathwise_gradient(mean, log_variance, noise, target)
    return [by_mean, by_mean * noise]


def spread_has_no_slope(mean: float, deviation: float, target: float) -> list[float]:
    """Wrong on purpose: the loss of the mean sample, which does not depend on σ."""
    return [2 * (mean - target), 0.0]


def divergence_added(
    observed: float, slope: float, noise: float, mean: float, deviation: float
) -> float:
    """Wrong on purpose: + KL in place of − KL."""
    divergence = variational.gaussian_kl(mean, deviation, 0.0, 1.0)
    return variational.lower_bound(observed, slope, noise, mean, deviation) + 2 * divergence


def evidence_for_bound(
    observed: float, slope: float, noise: float, mean: float, deviation: float
) -> float:
    """Wrong on purpose: ln p(x), as if the bound were tight for every q."""
    return variational.log_evidence(observed, slope, noise)


def prior_ignored(observed: float, slope: float, noise: float) -> float:
    """Wrong on purpose: ln p(x | z = 0), the spread of z left out."""
    return variational.log_evidence(observed, 0.0, noise)
