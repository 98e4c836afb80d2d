"""Entropies, divergences and the best discriminator as formulas; the witnesses count, add up or search."""

from __future__ import annotations

from itertools import product
from math import exp, lgamma, log, pi, sqrt

from .fits import _fitted, _text
from .moments import _mean


def coin_entropy() -> str:
    """E[−ln P] of a variable that is 1 with probability p, in nats   [Shannon 1948]"""
    import sympy

    p = sympy.Symbol("p", positive=True)
    return _text(sum(-share * sympy.log(share) for share in (p, 1 - p)))


def coin_entropy_by_counting() -> str:
    """ln of the number of 0/1 sequences of length n with p·n ones, over n, for a very large n."""
    n = 10**10
    points, rates = [], []
    for tenths in range(1, 10):
        ones = n * tenths // 10
        sequences = lgamma(n + 1) - lgamma(ones + 1) - lgamma(n - ones + 1)
        points.append((tenths / 10,))
        rates.append(sequences / n)
    return _fitted("p", "p*log(p) (1-p)*log(1-p) log(p) p 1", points, rates)


def normal_divergence() -> str:
    """KL(N(m1, s1²) ‖ N(m2, s2²)): the mean of ln q − ln p at x = m1 + s1 z   [Kullback & Leibler 1951]"""
    import sympy

    m1, m2, z = sympy.symbols("m1 m2 z", real=True)
    s1, s2 = sympy.symbols("s1 s2", positive=True)
    x = m1 + s1 * z
    gap = sympy.log(s2 / s1) - ((x - m1) / s1) ** 2 / 2 + ((x - m2) / s2) ** 2 / 2
    logarithm = sympy.log(s2 / s1)
    return f"log(s2/s1) + {_text(sympy.factor(_mean(gap, z) - logarithm))}"


def normal_divergence_by_quadrature() -> str:
    """∫ q (ln q − ln p) added up in small steps for several pairs; a combination of terms is fitted."""
    points, values = [], []
    for m1, m2, s1, s2 in product((0.0, 1.0), (0.0, -0.5), (0.5, 1.0, 2.0), (0.75, 1.0, 3.0)):
        points.append((m1, m2, s1, s2))
        values.append(_divergence((m1, s1), (m2, s2)))
    terms = "1 log(s2) log(s1) s1^2/s2^2 (m1-m2)^2/s2^2 (m1-m2)^2/s1^2"
    return _fitted("m1 m2 s1 s2", terms, points, values)


def best_discriminator() -> str:
    """The D in (0, 1) that makes p ln D + q ln(1 − D) greatest   [Goodfellow et al. 2014, prop. 1]"""
    import sympy

    p, q, d = sympy.symbols("p q D", positive=True)
    value = p * sympy.log(d) + q * sympy.log(1 - d)
    (best,) = sympy.solve(sympy.diff(value, d), d)
    return _text(best)


def best_discriminator_by_loop() -> str:
    """The greatest value by a ternary search for several pairs of densities; 1/D is fitted."""
    points, values = [], []
    for p, q in product((0.5, 1.0, 2.0), (0.25, 1.0, 1.5)):
        low, high = 0.0, 1.0
        for _ in range(200):
            left, right = low + (high - low) / 3, high - (high - low) / 3
            better = p * log(left) + q * log(1 - left) > p * log(right) + q * log(1 - right)
            low, high = (low, right) if better else (left, high)
        points.append((p, q))
        values.append(1 / low)
    return f"1/({_fitted('p q', '1 p q q/p', points, values, slack=1e-5)})"


def _divergence(one: tuple[float, float], other: tuple[float, float]) -> float:
    """∫ q (ln q − ln p) dx of two normal distributions, by the trapezium rule."""
    (m, s), step = one, 0.01
    total = 0.0
    for k in range(-1000, 1001):
        x = m + s * step * k
        logs = [-log(b) - ((x - a) / b) ** 2 / 2 for a, b in (one, other)]
        total += step * exp(-((step * k) ** 2) / 2) / sqrt(2 * pi) * (logs[0] - logs[1])
    return total
