"""Chances and scores of classifiers and resamples as formulas: by the rules of probability, and counted."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from .fits import _fitted, _text


def drawn_at_least_once() -> str:
    """1 − Π(1 − 1/n) over n independent draws with replacement   [Efron & Tibshirani 1993]"""
    import sympy

    n, k = sympy.symbols("n k", positive=True, integer=True)
    missed_once = sympy.summation(1 / n, (k, 2, n))  # every other of the n items
    return _text(1 - sympy.product(sympy.simplify(missed_once), (k, 1, n)))


def drawn_at_least_once_by_counting() -> str:
    """All nⁿ samples of up to six items, listed: those without item 0 are a whole number to the n."""
    points, roots = [], []
    for n in (2, 3, 4, 5, 6):
        without = sum(0 not in sample for sample in product(range(n), repeat=n))
        root = round(without ** (1 / n))
        if root**n != without:
            raise ValueError(f"expected a power of n = {n}, found {without}")
        points.append((n,))
        roots.append(root)
    return f"1 - (({_fitted('n', '1 n n^2', points, roots)})/n)^n"


def positive_is_right() -> str:
    """P(ill | positive) from sensitivity s, specificity c and share p of the ill   [Bayes 1763]"""
    import sympy

    s, c, p = sympy.symbols("s c p", positive=True)
    ill, healthy = p * s, (1 - p) * (1 - c)  # of all people, those who test positive
    return _text(ill / (ill + healthy))


def positive_is_right_by_counting() -> str:
    """Populations of a thousand sorted one by one; ill over all positives, upside down, is fitted."""
    points, values = [], []
    for tenths in product((5, 8, 10), (3, 6, 9), (1, 2, 5)):
        s, c, p = (Fraction(each, 10) for each in tenths)
        people = [
            (k < 1000 * p, j < 10 * (s if k < 1000 * p else 1 - c))
            for k in range(1000)
            for j in [k % 10]
        ]
        positives = [ill for ill, positive in people if positive]
        points.append((s, c, p))
        values.append(Fraction(len(positives), sum(positives)) * s)
    return f"s/({_fitted('s c p', 's 1/p c/p c 1', points, values)})"


def f_score() -> str:
    """The harmonic mean of t/(t + f) and t/(t + m)   [van Rijsbergen 1979]"""
    import sympy

    t, f, m = sympy.symbols("t f m", positive=True)
    precision, recall = t / (t + f), t / (t + m)
    return _text(sympy.simplify(2 / (1 / precision + 1 / recall)))


def f_score_by_counting() -> str:
    """The Dice overlap of two sets, the items called positive and those that are, for several sizes."""
    points, values = [], []
    for t, f, m in product((1, 2, 5), (0, 1, 4), (0, 2, 3)):
        called = {*range(t), *(("false", k) for k in range(f))}
        are = {*range(t), *(("missed", k) for k in range(m))}
        points.append((t, f, m))
        values.append(Fraction(len(called) + len(are), 2 * len(called & are)))
    return f"1/({_fitted('t f m', '1 f/t m/t f m', points, values)})"
