"""Means and variances as formulas: of sums, products and random zeros; derived by moments, counted out."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import product
from typing import Any

from .fits import Number, _fitted, _text


def uniform_limit() -> str:
    """a with Var U(−a, a) = 2/(n + m): the integral of x²/(2a), set equal   [Glorot & Bengio 2010]"""
    import sympy

    a, x, n, m = sympy.symbols("a x n m", positive=True)
    variance = sympy.integrate(x**2 / (2 * a), (x, -a, a))
    (limit,) = sympy.solve(variance - 2 / (n + m), a)
    return _text(limit)


def uniform_limit_by_torch() -> str:
    """The largest of many weights that torch's own Glorot initialiser draws, over several shapes."""
    import torch

    points, squares = [], []
    for n, m in ((300, 500), (600, 200), (400, 400), (250, 900)):
        generator = torch.Generator().manual_seed(n)
        weights = torch.empty(m, n, dtype=torch.float64)
        torch.nn.init.xavier_uniform_(weights, generator=generator)
        points.append((n, m))
        squares.append(float(weights.abs().max()) ** -2)
    return f"1/sqrt({_fitted('n m', '1 n m', points, squares, slack=1e-4)})"


def relu_std() -> str:
    """s with n s² E[relu(z)²] = 1 for z of variance 1, so that the next z has it too   [He et al. 2015]"""
    import sympy

    z, n, s = sympy.symbols("z n s", positive=True)
    density = sympy.exp(-(z**2) / 2) / sympy.sqrt(2 * sympy.pi)
    kept = sympy.integrate(z**2 * density, (z, 0, sympy.oo))
    (std,) = sympy.solve(n * s**2 * kept - 1, s)
    return _text(std)


def relu_std_by_quadrature() -> str:
    """The same share of the square, added up in small steps, for several widths."""
    from math import exp, pi, sqrt

    step = 1e-3
    inputs = [step * k for k in range(1, 12_000)]
    kept = step * sum(max(x, 0.0) ** 2 * exp(-x * x / 2) for x in inputs) / sqrt(2 * pi)
    widths = [(n,) for n in (1, 2, 5, 9, 16)]
    return f"1/sqrt({_fitted('n', '1 n n^2', widths, [n * kept for (n,) in widths])})"


def preactivation_variance() -> str:
    """Var Σ wᵢxᵢ over n terms, w of mean 0 and variance v, x of mean m and variance q, all independent"""
    import sympy

    n, v, q = sympy.symbols("n v q", positive=True)
    m, one, two = sympy.symbols("m W X", real=True)
    term = sympy.sqrt(v) * one * (m + sympy.sqrt(q) * two)
    variance = _mean(term**2, one, two) - _mean(term, one, two) ** 2
    return _text(sympy.factor(n * variance))


def preactivation_variance_by_counting() -> str:
    """The exact variance where each w and x has two equally likely values, all combinations listed."""
    points, variances = [], []
    for n, a, b, m in product((1, 2, 3), (1, 2), (1, 3), (0, 1, -2)):
        pairs = product((-a, a), (m - b, m + b))
        sums = [sum(w * x for w, x in each) for each in product(list(pairs), repeat=n)]
        points.append((n, a * a, b * b, m))
        variances.append(_variance(sums))
    return _fitted("n v q m", "n*v*q n*v*m^2 n*v*m v*q v*m^2 n^2*v*q", points, variances)


def dot_product_std() -> str:
    """√Var Σ qᵢkᵢ over d independent terms, all of mean 0 and standard deviation s   [Vaswani 2017]"""
    import sympy

    d, s = sympy.symbols("d s", positive=True)
    q, k = sympy.symbols("Q K", real=True)
    term = s * q * s * k
    variance = _mean(term**2, q, k) - _mean(term, q, k) ** 2
    return _text(sympy.sqrt(d * variance))


def dot_product_std_by_counting() -> str:
    """The exact variance where each component is −s or s, all combinations listed."""
    points, variances = [], []
    for d, s in product((1, 2, 3), (1, 2, 3)):
        terms = [q * k for q, k in product((-s, s), repeat=2)]
        points.append((d, s))
        variances.append(_variance(map(sum, product(terms, repeat=d))))
    return f"sqrt({_fitted('d s', 'd*s^4 d*s^2 s^4 d^2*s^4 d', points, variances)})"


def dropout_scale() -> str:
    """c with E[c · mask · x] = x, where the mask is 0 with probability p, else 1   [Srivastava 2014]"""
    import sympy

    p, x, c = sympy.symbols("p x c", positive=True)
    outcomes = [(p, 0), (1 - p, c * x)]
    (scale,) = sympy.solve(sum(share * value for share, value in outcomes) - x, c)
    return _text(scale)


def dropout_scale_by_torch() -> str:
    """What torch's dropout really multiplies the kept inputs by."""
    import torch

    rates = [(p,) for p in (0.1, 0.25, 0.5, 0.8)]
    scales = []
    for (p,) in rates:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(0)
            out = torch.nn.functional.dropout(torch.ones(1000, dtype=torch.float64), p)
        scales.append(1 / float(out.max()))
    return f"1/({_fitted('p', '1 p p^2', rates, scales)})"


def dropout_variance() -> str:
    """Var of 0 with probability p, and x/(1 − p) otherwise: E[square] − (E)²"""
    import sympy

    p, x = sympy.symbols("p x", positive=True)
    outcomes = [(p, 0), (1 - p, x / (1 - p))]
    mean, square = (sum(share * value**k for share, value in outcomes) for k in (1, 2))
    return _text(sympy.factor(square - mean**2))


def dropout_variance_by_counting() -> str:
    """The exact variance over ten equally likely outcomes, k of them dropped; times 1 − p a polynomial."""
    points, values = [], []
    for dropped, x in product((1, 3, 5, 6, 8), (1, 2, 3)):
        kept = Fraction(10 * x, 10 - dropped)
        outcomes = [Fraction(0)] * dropped + [kept] * (10 - dropped)
        p = Fraction(dropped, 10)
        points.append((p, x))
        values.append(_variance(outcomes) * (1 - p))
    return f"({_fitted('p x', 'x^2 p*x^2 p^2*x^2 p*x', points, values)})/(1 - p)"


def correlated_mean_variance() -> str:
    """Var of the mean of n, each of variance s², each two correlated by r   [Hastie et al. 2009, 15.1]"""
    import sympy

    n, s, r = sympy.symbols("n s r", positive=True)
    i, j = sympy.symbols("i j", integer=True)
    own = sympy.summation(s**2, (i, 1, n))
    shared = 2 * sympy.summation(sympy.summation(r * s**2, (j, 1, i - 1)), (i, 1, n))
    return _text(sympy.simplify((own + shared) / n**2))


def correlated_mean_variance_by_numpy() -> str:
    """1ᵀΣ1/n² with the covariance matrix written out, for several sizes and correlations."""
    import numpy as np

    points, values = [], []
    for n, s, r in product((1, 2, 3, 5), (1.0, 1.5), (0.0, 0.25, 0.75)):
        covariance = s * s * (r * np.ones((n, n)) + (1 - r) * np.eye(n))
        mean = np.full(n, 1 / n)
        points.append((n, s, r))
        values.append(float(mean @ covariance @ mean))
    return _fitted("n s r", "s^2/n r*s^2 r*s^2/n s^2 s/n", points, values)


def _mean(term: Any, *normals: Any) -> Any:
    """The mean of a polynomial in independent standard normal symbols, power by power

    E[zᵏ] is the k-th derivative at 0 of E[e^(uz)] = e^(u²/2), which is sooner found than an integral.
    """
    import sympy

    u = sympy.Symbol("u", real=True)
    for symbol in normals:
        coefficients = sympy.Poly(sympy.expand(term), symbol).all_coeffs()[::-1]
        moments = [
            sympy.diff(sympy.exp(u**2 / 2), u, k).subs(u, 0) for k in range(len(coefficients))
        ]
        term = sum(c * moment for c, moment in zip(coefficients, moments, strict=True))
    return term


def _variance(values: Iterable[Number]) -> Fraction:
    """The exact variance over equally likely values."""
    listed = [Fraction(value) for value in values]
    mean = sum(listed, Fraction(0)) / len(listed)
    return sum(((each - mean) ** 2 for each in listed), Fraction(0)) / len(listed)
