"""Step counts: a run that is not there yet, one that blew up, and pairs in which one run only arrives."""

from __future__ import annotations

import math
from inspect import getmembers, getsource, isfunction
from pathlib import Path
from typing import Any

import numpy
import pytest

from quizkit.verify.judgement import judge
from solvers import experiments
from solvers.experiments import rates
from solvers.experiments.common import arrivals, log_ratios
from solvers.nets import data
from solvers.nets.model import Net
from solvers.nets.probe import curvature
from solvers.nets.statistics import LEAST, log_ratio
from solvers.nets.train import train
from solvers.nets.updates import Optimiser

FRESH = 10_000


def counted(rates: list[float], steps: int, goal: float) -> list[float]:
    """Nets w + b on the one point 1 ↦ 1, from w = b = 0: an update multiplies the error by 1 − 4 · rate."""
    weights = [numpy.zeros((2, 1, len(rates)))]
    point = numpy.array([[1.0]])
    rule = Optimiser("gd", numpy.array(rates))
    return arrivals(train(Net((1, 1)), weights, point, point, rule, steps, target_loss=goal))


def test_arrivals_are_where_the_error_s_closed_form_says() -> None:
    goal = 1e-4
    rates = [0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.49]
    expected = [math.ceil(math.log(math.sqrt(goal)) / math.log(abs(1 - 4 * r))) for r in rates]
    assert counted(rates, 500, goal) == expected


def test_not_there_yet_is_not_blown_up() -> None:
    slow, swinging, growing, fast = counted([1e-6, 0.5, 1.5, 0.1], 2000, 1e-4)
    assert slow == -1
    assert swinging == -1  # the error changes its sign at each step, and never its size
    assert math.isnan(growing)  # 5 ** 2000
    assert fast == 10  # 0.6 ** 9 is 0.0101
    assert counted([0.6], 20, 1e-4) == [-1]  # it grows, but is still a number when its steps end


def test_a_run_that_blows_up_after_it_arrived_did_arrive() -> None:
    """Others of its chunk may go on, and it with them."""

    class Seen:
        reached = numpy.array([7.0, -1.0, -1.0, -1.0])
        outputs = numpy.array([[[math.nan, math.nan, 1e200, 1.0]]])

    seen: Any = Seen()
    assert arrivals(seen) == pytest.approx([7, math.nan, math.nan, -1], nan_ok=True)


def test_the_ratio_of_a_pair() -> None:
    assert log_ratio(40, 20, 100) == pytest.approx(math.log(2))
    assert log_ratio(-1, 20, 100) == pytest.approx(math.log(5))  # more than five times as many
    assert log_ratio(20, -1, 100) == pytest.approx(-math.log(5))
    assert log_ratio(-1, 25, 100) == pytest.approx(math.log(LEAST))
    assert log_ratio(-1, 26, 100) == math.inf  # the other may have been about to arrive
    assert log_ratio(26, -1, 100) == math.inf
    assert log_ratio(-1, 0, 100) == pytest.approx(math.log(100))
    assert log_ratio(-1, -1, 100) == math.inf
    for pair in ((math.nan, 20), (20, math.nan), (math.nan, -1), (-1, math.nan)):
        assert math.isnan(log_ratio(*pair, 100))


def test_a_longer_run_never_contradicts_what_a_shorter_one_said() -> None:
    """Pairs of true counts, seen through ever longer runs: the bound grows up to the ratio, its sign kept."""
    drawn = numpy.random.default_rng(5).lognormal(5, 1.5, size=(200, 2)).astype(int) + 1
    for longer, shorter in drawn.tolist():
        truth = math.log(longer / shorter)
        sizes = []
        for steps in (50, 100, 200, 400, 800, 1600, 10**9):
            cut = [count if count <= steps else -1 for count in (longer, shorter)]
            found = log_ratio(*cut, steps)
            if math.isfinite(found):
                assert found == pytest.approx(truth) or (abs(found) < abs(truth))
                assert found * truth >= 0
                sizes.append(abs(found))
        assert sizes == sorted(sizes)
        assert sizes[-1] == pytest.approx(abs(truth))


def test_one_sided_pairs_decide_and_pairs_without_arrival_do_not() -> None:
    tanh, sigmoid = [250.0] * 64, [-1.0] * 64
    found = judge(log_ratios(sigmoid, tanh, 8000), math.log(1.2))
    assert (found.verdict, found.censored) == ("supported", 0)
    assert found.effect == pytest.approx(math.log(32))
    assert judge(log_ratios(tanh, sigmoid, 8000), math.log(1.2)).verdict == "refuted"
    never = judge(log_ratios([-1.0] * 7 + sigmoid[7:], [-1.0] * 7 + tanh[7:], 8000), 0.0)
    assert (never.verdict, never.censored) == ("invalid", 7)


def test_nets_that_blow_up_are_counted_as_such() -> None:
    found = judge(experiments.tanh_against_sigmoid(16, rate=1.0, first=FRESH), math.log(1.2))
    assert (found.verdict, found.censored, found.nan) == ("inconclusive", 0, 16)
    with pytest.raises(ValueError, match="apart or never"):
        experiments.tanh_against_sigmoid(4, blown_up="later")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="steps must be at least 1"):
        experiments.tanh_against_sigmoid(4, steps=0)


def test_momentum_beyond_its_largest_stable_rate_blows_up() -> None:
    """On a quadratic momentum is stable below the rate (2 + 2μ)/λ   [Goh 2017]"""
    nets = range(FRESH, FRESH + 8)
    inputs, targets = data.linear_regression(nets, 32, 4)
    largest = 2 * (1 + 0.9) / curvature(inputs)[1]
    found = [
        rates._descent(inputs, targets, nets, "momentum", share * largest) for share in (0.9, 1.5)
    ]
    assert min(found[0]) > 0
    assert all(map(math.isnan, found[1]))


def test_no_claim_on_step_counts_asks_for_more_than_a_bound_can_tell() -> None:
    """A pair of which only one run arrives says that the ratio is at least 4: no claim may ask for more."""
    import yaml

    counting = {
        f"experiments.{name}"
        for name, function in getmembers(experiments, isfunction)
        if "log_ratio" in getsource(function)
    }
    assert len(counting) >= 8
    seen = 0
    for path in sorted((Path(__file__).parents[3] / "questions").glob("*.yaml")):
        text = path.read_text()
        if "solver: experiments." not in text:
            continue
        for question in yaml.load(text, yaml.CSafeLoader).values():
            if isinstance(question, dict) and question.get("solver") in counting:
                (bound,) = question["expect"].values()
                assert abs(bound) <= math.log(LEAST), path.name
                seen += 1
    assert seen >= 8
