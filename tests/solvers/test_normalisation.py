"""normalisation: hand-worked vectors, real BatchNorm layers, and what scaling must preserve."""

from __future__ import annotations

import statistics

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from solvers import normalisation
from solvers.normalisation import Method

VALUES = st.lists(st.integers(-50, 50).map(float), min_size=2, max_size=8)
METHODS: list[Method] = ["min-max", "mean", "z-score", "max-abs"]
SCALES = st.floats(-3, 3)


@given(VALUES, st.sampled_from(METHODS), st.booleans())
@settings(max_examples=40, deadline=None)
def test_scalings_are_torchs(values: list[float], method: Method, sample: bool) -> None:
    assume(min(values) < max(values))
    assert normalisation.scaled(values, method, sample) == pytest.approx(
        normalisation.scaled_by_torch(values, method, sample), abs=1e-9
    )


@given(VALUES)
def test_what_each_scaling_promises(values: list[float]) -> None:
    assume(min(values) < max(values))
    ends = normalisation.scaled(values, "min-max")
    assert (min(ends), max(ends)) == (0, 1)
    z = normalisation.scaled(values, "z-score")
    assert statistics.fmean(z) == pytest.approx(0, abs=1e-9)
    assert statistics.pstdev(z) == pytest.approx(1)
    sample = normalisation.scaled(values, "z-score", sample=True)
    assert statistics.stdev(sample) == pytest.approx(1)
    assert max(map(abs, normalisation.scaled(values, "max-abs"))) == 1


def test_four_scalings_worked_by_hand() -> None:
    # mean 5, range 8, σ = √((9 + 1 + 1 + 25)/4) = 3
    shown = normalisation.all_scalings(["z-score", "mean"], [2, 4, 4, 10])
    assert shown["z-score"] == "[−1, −0.333, −0.333, 1.667]"
    assert shown["mean"] == "[−0.375, −0.125, −0.125, 0.625]"
    items = ["min-max", "mean", "z-score", "max-abs"]
    assert normalisation.all_scalings(items, [2, 4, 4, 10]) == (
        normalisation.all_scalings_by_torch(items, [2, 4, 4, 10])
    )


def test_constant_features_and_unknown_methods_are_refused() -> None:
    for scale in (normalisation.scaled, normalisation.scaled_by_torch):
        with pytest.raises(ValueError, match="must not all be equal"):
            scale([3, 3], "min-max")
    for show in (normalisation.all_scalings, normalisation.all_scalings_by_torch):
        with pytest.raises(ValueError, match="found median"):
            show(["median"], [1, 2])


@given(*[st.integers(-20, 20)] * 5)
@settings(max_examples=30, deadline=None)
def test_min_max_to_is_the_line_through_the_ends(
    value: int, low: int, high: int, new_low: int, new_high: int
) -> None:
    arguments = (value, low, high, new_low, new_high)
    if low >= high:
        for scale in (normalisation.min_max_to, normalisation.min_max_to_by_numpy):
            with pytest.raises(ValueError, match="low must be below high"):
                scale(*arguments)
        return
    assert normalisation.min_max_to(*arguments) == pytest.approx(
        normalisation.min_max_to_by_numpy(*arguments), abs=1e-9
    )
    assert normalisation.min_max_to(low, low, high, new_low, new_high) == new_low


def test_only_multiplication_keeps_ratios() -> None:
    assert normalisation.ratio_kept([30, 20, 60], "max-abs") == pytest.approx(1)
    assert normalisation.ratio_kept([30, 20, 60], "min-max") == pytest.approx(2)
    assert normalisation.ratio_kept_by_torch([30, 20, 60], "min-max") == pytest.approx(2)
    for ratio in (normalisation.ratio_kept, normalisation.ratio_kept_by_torch):
        with pytest.raises(ValueError, match="must not be or become 0"):
            ratio([20, 30, 60], "min-max")


def test_signs_after_scaling() -> None:
    assert normalisation.smallest_scaled([3, 5, 11, 5], "min-max") == 0
    assert normalisation.smallest_scaled_by_torch([3, 5, 11, 5], "z-score") == pytest.approx(-1)


@given(st.floats(0.1, 100), st.floats(0.1, 100))
@settings(max_examples=15, deadline=None)
def test_the_condition_number_is_the_hessians(first: float, second: float) -> None:
    assert normalisation.hessian_condition(first, second) == pytest.approx(
        normalisation.hessian_condition_by_autograd(first, second), rel=1e-9
    )


@given(VALUES, SCALES, SCALES, st.booleans())
@settings(max_examples=30, deadline=None)
def test_batch_norm_in_training_is_torchs(
    values: list[float], scale: float, shift: float, sample: bool
) -> None:
    assume(min(values) < max(values))
    assert normalisation.batch_norm_training(values, scale, shift, sample) == pytest.approx(
        normalisation.batch_norm_training_by_torch(values, scale, shift, sample), abs=1e-9
    )
    assert normalisation.normalised_deviation(values, scale, shift) == pytest.approx(abs(scale))


@given(SCALES, SCALES, st.floats(0.1, 30), SCALES, SCALES)
@settings(max_examples=20, deadline=None)
def test_batch_norm_in_evaluation_is_torchs(
    value: float, mean: float, variance: float, scale: float, shift: float
) -> None:
    arguments = (value, mean, variance, scale, shift)
    assert normalisation.batch_norm_inference(*arguments) == pytest.approx(
        normalisation.batch_norm_inference_by_torch(*arguments), abs=1e-9
    )


@given(SCALES, VALUES, st.floats(0, 1), st.booleans())
@settings(max_examples=20, deadline=None)
def test_the_running_mean_is_torchs_buffer(
    running: float, batch: list[float], momentum: float, weighs_new: bool
) -> None:
    arguments = (running, batch, momentum, weighs_new)
    assert normalisation.running_mean(*arguments) == pytest.approx(
        normalisation.running_mean_by_torch(*arguments), abs=1e-9
    )


def test_impossible_statistics_are_refused() -> None:
    for infer in (normalisation.batch_norm_inference, normalisation.batch_norm_inference_by_torch):
        with pytest.raises(ValueError, match="running_variance must be above 0"):
            infer(1, 0, 0, 1, 0)
    for update in (normalisation.running_mean, normalisation.running_mean_by_torch):
        with pytest.raises(ValueError, match="momentum must be in"):
            update(1, [1, 2], 1.5)
