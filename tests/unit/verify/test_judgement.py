"""Verdicts: what they rest on, and how often they are wrong."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import product

import numpy
import pytest

from quizkit.verify.judgement import (
    LOOKS,
    false_decisions,
    judge,
    median,
    median_interval,
    sign_test,
    wilson,
)
from solvers.nets.random import normals, uniforms
from solvers.nets.statistics import log_ratio

ROUNDS = 2000


def test_false_decisions_stay_below_five_percent_when_the_median_lies_on_the_threshold() -> None:
    drawn = normals(11, "on the threshold", range(ROUNDS), (LOOKS[-1],))
    kinds = [judge(drawn[:, column].tolist(), 0.0).verdict for column in range(ROUNDS)]
    decided = ROUNDS - kinds.count("inconclusive")
    assert decided / ROUNDS <= 0.05
    assert decided / ROUNDS == pytest.approx(false_decisions(), abs=0.015)
    assert 0.03 < false_decisions() <= 0.05


def test_looking_at_a_laxer_level_would_decide_too_often() -> None:
    assert false_decisions(level=0.05) > 0.07


def test_a_real_effect_is_found_and_its_side_is_never_mistaken() -> None:
    drawn = normals(12, "effect", range(300), (LOOKS[-1],)) + 0.5
    verdicts = [judge(drawn[:, column].tolist(), 0.0).verdict for column in range(300)]
    assert verdicts.count("supported") >= 295
    assert "refuted" not in verdicts
    assert judge((-drawn[:, 0]).tolist(), 0.0).verdict == "refuted"


def test_the_same_arm_twice_is_no_effect() -> None:
    counts = uniforms(13, "steps", range(1), (256,))[:, 0]
    same = [log_ratio(count, count) for count in counts]
    assert judge(same, math.log(1.2)).verdict == "refuted"
    shuffled = [log_ratio(a, b) for a, b in zip(counts[:128], counts[128:], strict=True)]
    assert judge(shuffled, 0.0).verdict == "inconclusive"


def test_few_seeds_decide_nothing_and_clear_ones_end_at_the_first_look() -> None:
    assert judge([1.0] * 6, 0.0).verdict == "inconclusive"
    assert judge([1.0] * 8, 0.0).verdict == "supported"
    assert judge([1.0] * 256, 0.0).seeds == 64
    assert judge([1.0] * 512, 0.0).seeds == 512


def test_ties_with_the_threshold_support_nothing() -> None:
    assert judge([0.0] * 256, 0.0).verdict == "inconclusive"


def test_censored_runs_count_against_both_and_too_many_make_it_invalid() -> None:
    some = [1.0] * 230 + [math.inf] * 26
    assert judge(some[::-1], 0.0).verdict == "invalid"
    few = judge([1.0] * 58 + [math.inf] * 6, 0.0)
    assert (few.verdict, few.censored, few.share_above) == ("supported", 6, 58 / 64)
    assert log_ratio(-1, 20) == math.inf
    assert log_ratio(20, -1) == math.inf
    assert log_ratio(40, 20) == pytest.approx(math.log(2))


def test_a_nan_makes_it_inconclusive_and_is_counted() -> None:
    found = judge([1.0] * 255 + [math.nan], 0.0)
    assert found.verdict == "supported"  # decided at 64 seeds, before the NaN was looked at
    found = judge([math.nan] + [1.0] * 255, 0.0)
    assert (found.verdict, found.nan) == ("inconclusive", 1)


def test_sign_test_counts_every_sequence_of_signs() -> None:
    for trials in (1, 5, 10):
        for successes in range(trials + 1):
            hits = sum(sum(signs) >= successes for signs in product((0, 1), repeat=trials))
            assert Fraction(sign_test(successes, trials)) == Fraction(hits, 2**trials)


def test_wilson_is_where_the_score_test_just_rejects() -> None:
    for successes, trials in ((0, 10), (10, 20), (255, 256)):
        for edge in wilson(successes, trials):
            if 0 < edge < 1:
                score = (successes / trials - edge) / math.sqrt(edge * (1 - edge) / trials)
                assert abs(score) == pytest.approx(1.959964, rel=1e-6)
    assert wilson(10, 20) == pytest.approx((0.2993, 0.7007), abs=1e-4)
    with pytest.raises(ValueError, match="successes must be"):
        wilson(3, 2)


def test_median_interval_covers_the_median_as_often_as_it_says() -> None:
    drawn = normals(14, "coverage", range(ROUNDS), (64,))
    inside = 0
    for column in range(ROUNDS):
        low, high = median_interval(drawn[:, column].tolist())
        inside += low <= 0 <= high
    assert inside / ROUNDS >= 0.97
    assert median_interval([1.0, 2.0]) == (-math.inf, math.inf)
    values = drawn[:, 0].tolist()
    assert median(values) == pytest.approx(float(numpy.median(values)))
    assert median([3.0, 1.0, 2.0]) == 2.0


def test_no_measurement_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        judge([], 0.0)
