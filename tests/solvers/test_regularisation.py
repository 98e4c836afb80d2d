"""regularisation: torch's own functions, all masks, descent really run."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers import regularisation
from solvers.mistakes import regularisation as mistakes

WEIGHTS = st.lists(st.floats(-5, 5), min_size=1, max_size=6)
CHANGES = ["weight-penalty", "dropout", "more-data", "more-steps"]


@given(WEIGHTS, st.floats(0, 3))
@settings(max_examples=40, deadline=None)
def test_soft_threshold_is_torchs_softshrink(weights: list[float], threshold: float) -> None:
    assert regularisation.soft_threshold(weights, threshold) == pytest.approx(
        regularisation.soft_threshold_by_torch(weights, threshold), abs=1e-12
    )


def test_soft_threshold_minimises_what_it_should() -> None:
    """It is the minimum of (u − w)²/2 + t |u|, found here by trying a fine grid."""
    for weight in (0.9, -0.1, -1.4):
        grid = [k / 1000 for k in range(-2000, 2001)]
        best = min(grid, key=lambda u: (u - weight) ** 2 / 2 + 0.2 * abs(u))
        assert regularisation.soft_threshold([weight], 0.2) == pytest.approx([best], abs=1e-3)


@given(st.floats(0.01, 1), st.floats(0, 1), st.integers(0, 5), st.booleans())
@settings(max_examples=20, deadline=None)
def test_decay_is_sgd_on_the_penalty(rate: float, penalty: float, steps: int, halved: bool) -> None:
    assert regularisation.decayed_weight(3, rate, penalty, steps, halved) == pytest.approx(
        regularisation.decayed_weight_by_torch(3, rate, penalty, steps, halved), abs=1e-9
    )


@given(st.integers(1, 30), st.integers(0, 99))
@settings(max_examples=25, deadline=None)
def test_survivors_are_the_mean_of_the_distribution(units: int, percent: int) -> None:
    assert regularisation.dropout_survivors(units, percent) == (
        regularisation.dropout_survivors_by_loop(units, percent)
    )
    kept = regularisation.dropout_survivors(units, percent)
    assert float(kept) + mistakes.dropped_units(units, percent) == pytest.approx(units)


def test_survivors_worked_by_hand() -> None:
    assert regularisation.dropout_survivors(50, 25) == Fraction(75, 2)
    for count in (regularisation.dropout_survivors, regularisation.dropout_survivors_by_loop):
        with pytest.raises(ValueError, match="found 0, 20"):
            count(0, 20)


@pytest.mark.parametrize("rate", [0.0, 0.2, 0.5])
@pytest.mark.parametrize("inverted", [True, False])
def test_dropout_scales_as_torch_does(rate: float, inverted: bool) -> None:
    arguments = ([2.0, 4.0, 1.0], [1, 0, 1], rate, inverted)
    assert regularisation.dropout_output(*arguments) == pytest.approx(
        regularisation.dropout_output_by_torch(*arguments)
    )


def test_dropout_refuses_a_bad_mask() -> None:
    for drop in (regularisation.dropout_output, regularisation.dropout_output_by_torch):
        with pytest.raises(ValueError, match="kept must hold"):
            drop([1.0, 2.0], [1, 2], 0.5)


@given(st.integers(1, 9), st.lists(st.one_of(st.just("dropout"), st.integers(1, 9)), max_size=5))
@settings(max_examples=30, deadline=None)
def test_outputs_are_those_of_a_real_net(inputs: int, layers: list[int | str]) -> None:
    found = regularisation.net_outputs(inputs, layers)
    assert found == regularisation.net_outputs_by_torch(inputs, layers)


def test_dropout_keeps_a_width_and_a_dense_layer_sets_it() -> None:
    assert regularisation.net_outputs(784, ["dropout", 1024, "dropout", 10]) == 10
    assert regularisation.net_outputs(784, ["dropout", "dropout"]) == 784
    for count in (regularisation.net_outputs, regularisation.net_outputs_by_torch):
        with pytest.raises(ValueError, match="found 'pooling'"):
            count(784, ["pooling"])
        with pytest.raises(ValueError, match="found 0"):
            count(784, [0])


@given(st.lists(st.integers(1, 5).map(float), min_size=1, max_size=6), st.floats(0, 0.9))
@settings(max_examples=20, deadline=None)
def test_the_evaluation_factor_is_the_keep_probability(terms: list[float], rate: float) -> None:
    factor = regularisation.evaluation_factor(terms, terms, rate)
    assert factor == pytest.approx(1 - rate)
    assert factor == pytest.approx(
        regularisation.evaluation_factor_by_fractions(terms, terms, rate)
    )


@given(st.lists(st.integers(1, 9).map(float), min_size=1, max_size=12), st.integers(1, 4))
def test_stopping_by_two_routes(losses: list[float], patience: int) -> None:
    try:
        stop = regularisation.stopping_epoch(losses, patience)
    except ValueError:
        with pytest.raises(ValueError, match="past their lowest"):
            regularisation.stopping_epoch_by_loop(losses, patience)
        return
    assert stop == regularisation.stopping_epoch_by_loop(losses, patience)
    best = regularisation.best_epoch(losses, patience)
    assert best == regularisation.best_epoch_by_numpy(losses, patience) == stop - patience


@given(st.lists(st.integers(0, 1), min_size=9, max_size=9))
@settings(max_examples=40, deadline=None)
def test_views_divide_eight(pixels: list[int]) -> None:
    image = [pixels[:3], pixels[3:6], pixels[6:]]
    views = regularisation.distinct_views(image)
    assert views == regularisation.distinct_views_by_numpy(image)
    assert 8 % views == 0
    assert mistakes.turns_only(image) in (views, views // 2)


def test_an_oblong_image_is_refused() -> None:
    for count in (regularisation.distinct_views, regularisation.distinct_views_by_numpy):
        with pytest.raises(ValueError, match="square"):
            count([[1, 0]])


def test_only_longer_training_does_not_help() -> None:
    assert regularisation.does_not_help(CHANGES) == "more-steps"
    assert regularisation.does_not_help_by_loop(CHANGES) == "more-steps"
    assert regularisation.does_not_help(["fewer-steps", "more-steps"]) == "more-steps"
    for decide in (regularisation.does_not_help, regularisation.does_not_help_by_loop):
        with pytest.raises(ValueError, match="found prayer"):
            decide(["prayer"])
        with pytest.raises(ValueError, match="exactly one option"):
            decide(["dropout"])


FITS: list[regularisation.Fit] = ["memorise", "isotonic", "line"]


@pytest.mark.parametrize("fit", FITS)
@pytest.mark.parametrize("slope", [3, 0.5, 0])
def test_fitted_noise_by_two_routes(fit: regularisation.Fit, slope: float) -> None:
    assert regularisation.fitted_noise(fit, 5, slope, 1) == pytest.approx(
        regularisation.fitted_noise_by_numpy(fit, 5, slope, 1)
    )


def test_isotonic_regression_keeps_noise_that_does_not_upset_the_order() -> None:
    assert regularisation.fitted_noise("isotonic", 6, 3, 1) == 1
    assert regularisation.fitted_noise("isotonic", 6, 0.5, 1) < 1
    # a least-squares fit with p parameters takes over p/n of the noise variance
    assert regularisation.fitted_noise("line", 6, 3, 1) == pytest.approx(2 / 6)
