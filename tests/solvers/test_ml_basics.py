"""ml_basics: counted cases, exact fractions, all lines and trees, and textbook identities."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers import ml_basics

COUNTS = st.integers(0, 40)
PERCENTS = st.integers(1, 99)
SPOTS = [[x, y] for x in range(4) for y in range(4)]
SQUARE = [[0, 0], [0, 1], [1, 0], [1, 1]]


@given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_scores_are_counted(tp: int, fp: int, fn: int, tn: int) -> None:
    if tp + fp == 0 or tp + fn == 0:
        for scores in (
            ml_basics.classification_scores,
            ml_basics.classification_scores_by_counting,
        ):
            with pytest.raises(ValueError, match="some positives"):
                scores(tp, fp, fn, tn)
        return
    assert ml_basics.classification_scores(tp, fp, fn, tn) == (
        ml_basics.classification_scores_by_counting(tp, fp, fn, tn)
    )


@given(PERCENTS, PERCENTS, PERCENTS)
@settings(max_examples=25, deadline=None)
def test_bayes_is_counting(prior: int, hit: int, alarm: int) -> None:
    assert ml_basics.posterior(prior, hit, alarm) == (
        ml_basics.posterior_by_counting(prior, hit, alarm)
    )


def test_runs_of_a_grid() -> None:
    assert ml_basics.training_runs([3, 4, 2], 5) == 120
    assert ml_basics.training_runs_by_counting([3, 4, 2], 5) == 120
    for count in (ml_basics.training_runs, ml_basics.training_runs_by_counting):
        with pytest.raises(ValueError, match="at least 1"):
            count([3, 0], 5)


@given(st.integers(0, 60), PERCENTS)
def test_hits_summed_over_their_number(draws: int, top: int) -> None:
    assert ml_basics.hit_chance(draws, top) == pytest.approx(
        ml_basics.hit_chance_by_fractions(draws, top), abs=1e-12
    )


@given(PERCENTS, PERCENTS)
@settings(deadline=None)
def test_draws_needed_are_enough_and_not_too_many(top: int, chance: int) -> None:
    draws = ml_basics.draws_needed(top, chance)
    assert draws == ml_basics.draws_needed_by_loop(top, chance)
    assert ml_basics.hit_chance(draws, top) >= chance / 100 - 1e-12
    assert ml_basics.hit_chance(draws - 1, top) < chance / 100


def test_sixty_trials() -> None:
    assert ml_basics.draws_needed(5, 95) == 59  # Bergstra & Bengio's rule of thumb rounds it to 60


@given(st.lists(st.integers(-9, 9).map(float), min_size=2, max_size=8), st.integers(-9, 9))
def test_bias_and_variance_make_up_the_squared_error(values: list[float], truth: int) -> None:
    parts = ml_basics.bias_and_variance(values, truth)
    assert parts == pytest.approx(ml_basics.bias_and_variance_by_numpy(values, truth), abs=1e-9)
    error = sum((v - truth) ** 2 for v in values) / len(values)
    assert sum(parts) == pytest.approx(error)


def test_sample_variance_is_larger() -> None:
    assert ml_basics.bias_and_variance([1, 3], 2, sample=True)[1] == 2
    assert ml_basics.bias_and_variance_by_numpy([1, 3], 2, sample=True)[1] == pytest.approx(2)


@given(st.lists(st.integers(-9, 9).map(float), min_size=2, max_size=6, unique=True), st.data())
@settings(max_examples=30, deadline=None)
def test_the_line_is_numpys(inputs: list[float], data: st.DataObject) -> None:
    size = len(inputs)
    targets = data.draw(st.lists(st.integers(-9, 9).map(float), min_size=size, max_size=size))
    assert ml_basics.line_fit(inputs, targets) == pytest.approx(
        ml_basics.line_fit_by_numpy(inputs, targets), abs=1e-9
    )


@pytest.mark.parametrize("points", [3, 4, 5])
def test_the_gap_is_twice_the_variance(points: int) -> None:
    assert ml_basics.gap_over_variance(points) == pytest.approx(2)
    assert ml_basics.gap_over_variance_by_numpy(points) == pytest.approx(2)


@given(st.lists(st.sampled_from(SPOTS), min_size=1, max_size=9, unique_by=tuple), st.data())
@settings(max_examples=60, deadline=None)
def test_lines_and_trees_by_two_routes(points: list[list[int]], data: st.DataObject) -> None:
    size = len(points)
    labels = data.draw(st.lists(st.integers(0, 1), min_size=size, max_size=size))
    line = ml_basics.linear_accuracy(points, labels)
    tree = ml_basics.tree_accuracy(points, labels)
    assert line == ml_basics.linear_accuracy_by_numpy(points, labels)
    assert tree == ml_basics.tree_accuracy_by_loop(points, labels)
    assert min(line, tree) >= Fraction(max(sum(labels), size - sum(labels)), size)


def test_of_sixteen_labellings_of_the_square_only_two_are_not_linear() -> None:
    labellings = [[n >> k & 1 for k in range(4)] for n in range(16)]
    hard = [s for s in labellings if ml_basics.linear_accuracy(SQUARE, s) < 1]
    assert sorted(hard) == [[0, 1, 1, 0], [1, 0, 0, 1]]  # XOR and its opposite
    assert all(ml_basics.tree_accuracy(SQUARE, s) == 1 for s in labellings)


def test_neither_line_nor_tree_is_stronger() -> None:
    assert ml_basics.linear_lead(SQUARE, [0, 1, 1, 0]) == Fraction(-1, 4)
    diagonal = [int(x > y) for x, y in SPOTS]
    assert ml_basics.linear_lead(SPOTS, diagonal) == Fraction(1, 8)
    assert ml_basics.linear_lead_by_loop(SPOTS, diagonal) == Fraction(1, 8)


@pytest.mark.parametrize(
    "accuracy",
    [
        ml_basics.linear_accuracy,
        ml_basics.linear_accuracy_by_numpy,
        ml_basics.tree_accuracy,
        ml_basics.tree_accuracy_by_loop,
    ],
)
def test_points_must_differ_and_have_labels(accuracy: object) -> None:
    with pytest.raises(ValueError, match="different pairs"):
        accuracy([[1, 1], [1, 1]], [0, 1])  # type: ignore[operator]
    with pytest.raises(ValueError, match="a 0 or 1 for each"):
        accuracy(SQUARE, [0, 1])  # type: ignore[operator]


@pytest.mark.parametrize("units", [1, 2, 7, 31, 64])
def test_each_unit_of_one_layer_adds_a_piece(units: int) -> None:
    assert ml_basics.shallow_pieces(units) == ml_basics.shallow_pieces_by_counting(units)
    assert ml_basics.shallow_pieces(units) == units + 1


def test_a_layer_has_units() -> None:
    for pieces in (ml_basics.shallow_pieces, ml_basics.shallow_pieces_by_counting):
        with pytest.raises(ValueError, match="from 1 to 2000, found 0"):
            pieces(0)
        with pytest.raises(ValueError, match="found 2001"):
            pieces(2001)


def test_what_an_optimiser_changes() -> None:
    options = ["learning-rate", "kernel-weights", "dropout-rate", "batch-norm-scale"]
    assert ml_basics.learned(options) == ["kernel-weights", "batch-norm-scale"]
    assert ml_basics.learned_by_autograd(options) == ["kernel-weights", "batch-norm-scale"]
    for learn in (ml_basics.learned, ml_basics.learned_by_autograd):
        with pytest.raises(ValueError, match="found \\['luck'\\]"):
            learn(["luck"])
