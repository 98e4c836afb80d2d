"""How the variance of signals and gradients goes through layers with random weights."""

from __future__ import annotations

from math import prod, sqrt, tanh
from typing import Literal

from .ranges import _count, _in_float64, _not_negative, _numbers, _one_of, _positive

Activation = Literal["linear", "relu"]
Pass = Literal["forward", "backward"]


def variance_ratio(
    widths: list[int], variances: list[float], activation: Activation, direction: Pass = "forward"
) -> float:
    """Π n Var[w], each halved for ReLU: E[signal²] after over before, all layers activated

    Forward n is the width before a layer, backward the one after   [He et al. 2015, 2.2]
    """
    _numbers(variances=variances)
    _one_of(Activation, activation=activation)
    _one_of(Pass, direction=direction)
    _layers(widths, variances)
    counts = widths[:-1] if direction == "forward" else widths[1:]
    share = 0.5 if activation == "relu" else 1.0
    return prod(n * v * share for n, v in zip(counts, variances, strict=True))


def variance_ratio_by_quadrature(
    widths: list[int], variances: list[float], activation: Activation, direction: Pass = "forward"
) -> float:
    """Layer by layer: a normal pre-activation's mean square through f (or f′) by numpy's integral."""
    import numpy as np

    _layers(widths, variances)
    nodes, weights = np.polynomial.legendre.leggauss(60)
    z = np.concatenate([6 * nodes - 6, 6 * nodes + 6])  # from −12 to 0 and from 0 to 12
    mass = np.tile(6 * weights, 2) * np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)
    open_ = z > 0 if activation == "relu" else np.ones_like(z)
    passed = float((mass * open_ * (z**2 if direction == "forward" else 1)).sum())
    square = 1.0
    for layer in range(len(variances)):
        terms = widths[layer + (direction == "backward")]
        square = sum(square * variances[layer] for _ in range(terms)) * passed
    return square


def residual_variance(blocks: int, branch: float = 1.0, scale: float = 1.0) -> float:
    """(1 + c² r)^L: variance after L blocks x + c F(x), F independent with variance r Var[x]

    2^L at r = c = 1, at most e^r at c = 1/√L   [Hayou et al. 2021]
    """
    _numbers(branch=branch, scale=scale)
    _count(blocks=blocks)
    _not_negative(branch=branch)
    with _in_float64():
        return float((1 + scale**2 * branch) ** blocks)


def residual_variance_by_fractions(blocks: int, branch: float = 1.0, scale: float = 1.0) -> float:
    """All subsets of blocks that a signal may take the branch of, by their number."""
    from fractions import Fraction
    from math import comb

    _count(blocks=blocks)
    _not_negative(branch=branch)
    taken = Fraction(scale) ** 2 * Fraction(branch)
    return float(sum(comb(blocks, k) * taken**k for k in range(blocks + 1)))


def mean_field_variance(
    weight_variance: float, bias_variance: float, start: float, depth: int
) -> float:
    """q ← σ_w² E[tanh²(√q z)] + σ_b², z ~ N(0, 1), depth times   [Poole et al. 2016, eq. 3]"""
    _numbers(weight_variance=weight_variance, bias_variance=bias_variance, start=start)
    _positive(weight_variance=weight_variance, start=start)
    _not_negative(bias_variance=bias_variance)
    _count(depth=depth)
    for _ in range(depth):
        start = weight_variance * _tanh_square(start) + bias_variance
    return start


def mean_field_variance_by_quadrature(
    weight_variance: float, bias_variance: float, start: float, depth: int
) -> float:
    """The expectation by numpy's Gauss and Legendre nodes on cells instead of the trapezoids."""
    import numpy as np

    _positive(weight_variance=weight_variance, start=start)
    _not_negative(bias_variance=bias_variance)
    _count(depth=depth)
    nodes, weights = np.polynomial.legendre.leggauss(30)
    left = np.arange(-10.0, 10.0)[:, None]
    z = (left + (nodes + 1) / 2).ravel()
    mass = np.tile(weights / 2, 20) * np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)
    for _ in range(depth):
        start = weight_variance * float(mass @ np.tanh(np.sqrt(start) * z) ** 2) + bias_variance
    return start


def _tanh_square(variance: float) -> float:
    """E[tanh²(√q z)] by the trapezoidal rule, which is exact to rounding for smooth tails."""
    from math import exp, pi

    step, total, deviation = 0.05, 0.0, sqrt(variance)
    for k in range(1, 201):  # the integrand is even and 0 at 0
        z = k * step
        total += exp(-z * z / 2) * tanh(deviation * z) ** 2
    return 2 * total * step / sqrt(2 * pi)


def _layers(widths: list[int], variances: list[float]) -> None:
    if len(variances) < 1 or len(widths) != len(variances) + 1:
        raise ValueError(f"widths must be one more than variances, found {len(widths)}")
    _count(**{"the least width": min(widths)})
    _positive(**{"the least variance": min(variances)})
