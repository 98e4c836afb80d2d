"""Chances and scores as formulas against other counts: binomial sums, odds, and lists of labels."""

from __future__ import annotations

from fractions import Fraction
from math import comb

from solvers import chances
from tests.solvers.spelled import assert_is


def test_an_item_in_a_bootstrap_sample_by_how_often_it_comes():
    def oracle(n):
        share = Fraction(1, n)
        return float(sum(comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(1, n + 1)))

    texts = [chances.drawn_at_least_once(), chances.drawn_at_least_once_by_counting()]
    assert_is(texts, oracle, lambda random: {"n": random.randint(1, 40)})


def test_a_positive_test_by_odds():
    """Posterior odds are prior odds times the likelihood ratio s/(1 − c)."""

    def oracle(s, c, p):
        odds = p / (1 - p) * s / (1 - c)
        return odds / (1 + odds)

    texts = [chances.positive_is_right(), chances.positive_is_right_by_counting()]
    assert_is(texts, oracle, lambda random: {name: random.uniform(0.01, 0.99) for name in "scp"})


def test_the_f_score_by_precision_and_recall_of_labels():
    def oracle(t, f, m):
        truth, said = [1] * t + [0] * f + [1] * m + [0] * 5, [1] * (t + f) + [0] * (m + 5)
        hits = sum(a & b for a, b in zip(truth, said, strict=True))
        precision, recall = Fraction(hits, sum(said)), Fraction(hits, sum(truth))
        return float(2 * precision * recall / (precision + recall))

    texts = [chances.f_score(), chances.f_score_by_counting()]
    assert_is(texts, oracle, lambda random: {name: random.randint(1, 30) for name in "tfm"})
