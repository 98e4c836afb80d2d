"""Variational autoencoders: the KL term, pathwise gradients, and the bound of a linear model."""

from __future__ import annotations

import math

from .ranges import _finite, _in_float64, _numbers


def kl_to_standard(means: list[float], log_variances: list[float]) -> float:
    """½ Σ (μ² + σ² − 1 − ln σ²) in nats, from N(μ, diag σ²) to N(0, I)   [Kingma & Welling 2014, B]"""
    _numbers(means=means, log_variances=log_variances)
    _check_code(means, log_variances)
    with _in_float64():
        terms = (m * m + math.exp(v) - 1 - v for m, v in zip(means, log_variances, strict=True))
        return math.fsum(terms) / 2


def kl_to_standard_by_quadrature(means: list[float], log_variances: list[float]) -> float:
    """E[ln q(z) − ln p(z)] under q, each dimension at Gauss-Hermite nodes (the integrand is quadratic)."""
    _check_code(means, log_variances)
    total = 0.0
    for mean, log_variance in zip(means, log_variances, strict=True):
        deviation = math.exp(log_variance / 2)
        for node, weight in _hermite():
            z = mean + deviation * node
            total += weight * (_log_density(z, mean, deviation) - _log_density(z, 0, 1))
    return total


def gaussian_kl(mean: float, deviation: float, other_mean: float, other_deviation: float) -> float:
    """ln(σ₂/σ₁) + (σ₁² + (μ₁ − μ₂)²)/(2 σ₂²) − ½, from N(μ₁, σ₁²) to N(μ₂, σ₂²), in nats"""
    _numbers(mean=mean, deviation=deviation, other_mean=other_mean, other_deviation=other_deviation)
    _check_deviations(deviation=deviation, other_deviation=other_deviation)
    with _in_float64():
        square = deviation**2 + (mean - other_mean) ** 2
        return math.log(other_deviation / deviation) + square / (2 * other_deviation**2) - 0.5


def gaussian_kl_by_torch(
    mean: float, deviation: float, other_mean: float, other_deviation: float
) -> float:
    """Cross-entropy by torch's GaussianNLLLoss, less the same loss of the distribution itself."""
    import torch

    _check_deviations(deviation=deviation, other_deviation=other_deviation)
    # Two points at one deviation from the mean have the mean and the variance of the Gaussian.
    points = torch.tensor([mean - deviation, mean + deviation], dtype=torch.float64)
    loss = torch.nn.GaussianNLLLoss(full=True, eps=1e-300)
    cross, own = (
        loss(points, torch.full_like(points, m), torch.full_like(points, s * s))
        for m, s in ((other_mean, other_deviation), (mean, deviation))
    )
    return float(cross - own)


def pathwise_gradient(mean: float, log_variance: float, noise: float, target: float) -> list[float]:
    """[∂L/∂μ, ∂L/∂ ln σ²] = [2(z − t), (z − t) σ ε] of L = (z − t)², z = μ + σ ε

    [reparameterisation: Kingma & Welling 2014, 2.4]
    """
    _numbers(mean=mean, log_variance=log_variance, noise=noise, target=target)
    with _in_float64():
        shift = math.exp(log_variance / 2) * noise
        error = mean + shift - target
        return [_finite(2 * error), _finite(error * shift)]


def pathwise_gradient_by_autograd(
    mean: float, log_variance: float, noise: float, target: float
) -> list[float]:
    """Backward through the sample, the noise held fixed."""
    import torch

    inputs = torch.tensor([mean, log_variance], dtype=torch.float64, requires_grad=True)
    sample = inputs[0] + (inputs[1] / 2).exp() * noise
    (slopes,) = torch.autograd.grad((sample - target) ** 2, inputs)
    return [float(slope) for slope in slopes]


def expected_gradient(mean: float, deviation: float, target: float) -> list[float]:
    """[2(μ − t), 2σ]: gradient by μ and σ of E[(z − t)²] = (μ − t)² + σ², z from N(μ, σ²)"""
    _numbers(mean=mean, deviation=deviation, target=target)
    _check_deviations(deviation=deviation)
    return [2 * (mean - target), 2 * deviation]


def expected_gradient_by_quadrature(mean: float, deviation: float, target: float) -> list[float]:
    """The mean of the score-function estimator, (z − t)² ∂ ln q(z)   [Williams 1992]"""
    _check_deviations(deviation=deviation)
    by_mean = by_deviation = 0.0
    for node, weight in _hermite():
        loss = (mean + deviation * node - target) ** 2
        by_mean += weight * loss * node / deviation
        by_deviation += weight * loss * (node * node - 1) / deviation
    return [by_mean, by_deviation]


def lower_bound(
    observed: float, slope: float, noise: float, mean: float, deviation: float
) -> float:
    """E_q[ln p(x | z)] − KL(q ‖ p(z)) in nats: z ~ N(0, 1), x ~ N(slope z, noise²), q = N(μ, σ²)

    [ELBO: Kingma & Welling 2014, eq. 3]
    """
    _numbers(observed=observed, slope=slope, noise=noise, mean=mean, deviation=deviation)
    _check_deviations(noise=noise, deviation=deviation)
    square = (observed - slope * mean) ** 2 + (slope * deviation) ** 2
    fit = -math.log(2 * math.pi * noise**2) / 2 - square / (2 * noise**2)
    return fit - (mean**2 + deviation**2 - 1 - 2 * math.log(deviation)) / 2


def lower_bound_by_quadrature(
    observed: float, slope: float, noise: float, mean: float, deviation: float
) -> float:
    """E_q[ln p(x, z) − ln q(z)] at Gauss-Hermite nodes."""
    _check_deviations(noise=noise, deviation=deviation)
    total = 0.0
    for node, weight in _hermite():
        z = mean + deviation * node
        joint = _log_density(observed, slope * z, noise) + _log_density(z, 0, 1)
        total += weight * (joint - _log_density(z, mean, deviation))
    return total


def log_evidence(observed: float, slope: float, noise: float) -> float:
    """ln p(x) = ln N(x; 0, slope² + noise²): the bound's highest value over q"""
    _numbers(observed=observed, slope=slope, noise=noise)
    _check_deviations(noise=noise)
    variance = slope**2 + noise**2
    return -(math.log(2 * math.pi * variance) + observed**2 / variance) / 2


def log_evidence_by_numpy(observed: float, slope: float, noise: float) -> float:
    """The bound where q is the posterior, whose mean and variance solve a least-squares problem."""
    import numpy as np

    _check_deviations(noise=noise)
    design = np.array([[slope / noise], [1.0]])
    (mean,), *_ = np.linalg.lstsq(design, np.array([observed / noise, 0.0]), rcond=None)
    deviation = float(1 / np.linalg.norm(design))
    return lower_bound_by_quadrature(observed, slope, noise, float(mean), deviation)


def _hermite() -> list[tuple[float, float]]:
    """Nodes and weights of E[f(ε)], ε from N(0, 1), exact for polynomials up to degree 9."""
    import numpy as np

    nodes, weights = np.polynomial.hermite_e.hermegauss(5)
    return [(float(n), float(w / weights.sum())) for n, w in zip(nodes, weights, strict=True)]


def _log_density(x: float, mean: float, deviation: float) -> float:
    return -(((x - mean) / deviation) ** 2) / 2 - math.log(deviation * math.sqrt(2 * math.pi))


def _check_code(means: list[float], log_variances: list[float]) -> None:
    if not means or len(means) != len(log_variances):
        raise ValueError(
            f"log_variances must be {len(means)} numbers, one per mean, and one at least"
        )


def _check_deviations(**deviations: float) -> None:
    for name, deviation in deviations.items():
        if deviation <= 0:
            raise ValueError(f"{name} must be above 0, found {deviation}")
