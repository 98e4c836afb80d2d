"""Schedules, steps on many devices, compute, traffic, pipelines, Amdahl: walks, torch, published figures."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers import distributed, pipelines, scaling, schedules, tensors
from solvers.mistakes import pipelines as pipeline_mistakes
from solvers.mistakes import scaling as mistakes
from tests.agreement import routes_differ

calm = settings(max_examples=25, deadline=None)
small = st.integers(0, 7)


@calm
@given(
    step=st.integers(-1, 14),
    warmup=st.integers(-1, 5),
    total=st.integers(4, 13),
    peak=st.sampled_from([0.0, 0.1, 3.0]),
    floor=st.sampled_from([-0.1, 0.0, 0.01]),
    decay=st.sampled_from(["constant", "linear", "cosine"]),
    from_zero=st.booleans(),
)
def test_warmed_rates_are_those_of_real_schedulers(**setting: Any) -> None:
    assert not routes_differ(schedules.warmed_rate, schedules.warmed_rate_by_torch, **setting)


@calm
@given(
    step=st.integers(-1, 40),
    period=st.integers(0, 6),
    peak=st.sampled_from([0.0, 0.1]),
    floor=st.sampled_from([0.0, 0.01]),
    growth=st.integers(0, 3),
)
def test_restarted_rates_are_those_of_real_schedulers(**setting: Any) -> None:
    solver, witness = schedules.restarted_rate, schedules.restarted_rate_by_torch
    assert not routes_differ(solver, witness, **setting)


@calm
@given(step=st.integers(-1, 40), start=st.floats(0, 1), factor=st.floats(0, 1))
def test_exponential_rates_are_those_of_real_schedulers(**setting: Any) -> None:
    solver, witness = schedules.exponential_rate, schedules.exponential_rate_by_torch
    assert not routes_differ(solver, witness, **setting)


@calm
@given(step=small, width=small, warmup=small)
def test_noam_rates_agree_with_fractions(**setting: int) -> None:
    assert not routes_differ(schedules.noam_rate, schedules.noam_rate_by_fractions, **setting)


def test_published_rates() -> None:
    # Vaswani et al. 2017, sec. 5.3: 512 wide, 4,000 steps of warm-up; worked by hand 1 / sqrt(2048000)
    assert schedules.noam_rate(4000, 512, 4000) == pytest.approx(6.9877e-4, rel=1e-4)
    # Half of the way a cosine is half way down
    assert schedules.warmed_rate(60, 20, 100, 0.2) == pytest.approx(0.1)
    assert schedules.warmed_rate(0, 20, 100, 0.2) == pytest.approx(0.01)
    assert schedules.warmed_rate(0, 20, 100, 0.2, from_zero=True) == 0


@calm
@given(tokens=st.integers(0, 40), percent=st.integers(0, 101), source=st.integers(0, 60))
def test_passes_agree_with_a_source_read_round_and_round(**setting: int) -> None:
    assert not routes_differ(scaling.passes, scaling.passes_by_loop, **setting)


def test_passes_of_gpt_3() -> None:
    # Brown et al. 2020, table 2.2: 0.44 of Common Crawl and 0.43 of Books2, printed to two digits
    assert float(scaling.passes(300, 60, 410)) == pytest.approx(0.44, abs=0.005)
    assert float(scaling.passes(300, 8, 55)) == pytest.approx(0.43, abs=0.01)
    for solver in (scaling.passes, scaling.passes_by_loop):
        with pytest.raises(ValueError, match="percent must be at most 100"):
            solver(300, 101, 1)


@calm
@given(batch_size=small, devices=small, accumulation=small)
def test_global_batches_agree_with_counting(**setting: int) -> None:
    assert not routes_differ(scaling.global_batch, scaling.global_batch_by_counting, **setting)


@calm
@given(
    samples=st.integers(0, 40),
    batch_size=small,
    devices=small,
    accumulation=st.integers(0, 4),
    pad=st.booleans(),
    step_on_rest=st.booleans(),
)
def test_steps_are_those_of_real_samplers(**setting: Any) -> None:
    assert not routes_differ(scaling.parallel_steps, scaling.parallel_steps_by_torch, **setting)


@calm
@given(tokens=st.integers(0, 200), batch_size=small, length=small)
def test_steps_for_tokens_agree_with_a_split_tensor(**setting: int) -> None:
    assert not routes_differ(scaling.steps_for_tokens, scaling.steps_for_tokens_by_torch, **setting)


def test_goyal_et_al_train_on_256_devices() -> None:
    # Goyal et al. 2017: 8,192 images behind an update, 256 devices of 32; 1,281,167 images
    assert scaling.global_batch(32, 256) == 8192
    assert scaling.parallel_steps(1_281_167, 32, 256) == 157
    assert mistakes.divided_at_once(1_281_167, 32, 256) == 156


@calm
@given(parameters=small, tokens=small, recompute=st.booleans())
def test_compute_is_what_torch_counts(**setting: Any) -> None:
    assert not routes_differ(scaling.training_flops, scaling.training_flops_by_torch, **setting)


@settings(max_examples=5, deadline=None)
@given(
    parameters=st.integers(0, 10**9),
    tokens=st.integers(1, 10**12),
    devices=small,
    teraflops=st.integers(1, 400),
    utilisation_percent=st.integers(0, 101),
    recompute=st.booleans(),
)
def test_days_agree_with_sympy(**setting: Any) -> None:
    assert not routes_differ(scaling.training_days, scaling.training_days_by_sympy, **setting)


def test_published_compute() -> None:
    # Brown et al. 2020, table D.1: GPT-3, 174,600 M parameters on 300 B tokens, 3.14e23 FLOPs
    assert scaling.training_flops(174_600 * 10**6, 300 * 10**9) == pytest.approx(3.14e23, rel=1e-3)
    # Narayanan et al. 2021, sec. 5.1: 175 B on 300 B tokens, 1024 GPUs at 140 teraFLOP/s: 34 days
    days = scaling.training_days(175 * 10**9, 300 * 10**9, 1024, 140, 100, recompute=True)
    assert round(days) == 34
    # Hoffmann et al. 2022, table 3: 1.92e19 FLOPs for 400 M parameters and 8.0 B tokens
    assert scaling.compute_optimal(1.92e19) == pytest.approx([4e8, 8e9])
    assert not routes_differ(
        scaling.compute_optimal, scaling.compute_optimal_by_sympy, flops=5.76e23
    )


@calm
@given(
    devices=small,
    megabytes=small,
    way=st.sampled_from(["ring", "parameter server", "to everyone"]),
)
def test_traffic_agrees_with_messages_counted(**setting: Any) -> None:
    solver, witness = scaling.busiest_traffic, scaling.busiest_traffic_by_counting
    assert not routes_differ(solver, witness, **setting)


@calm
@given(
    devices=small,
    megabytes=small,
    gigabytes_per_second=st.integers(0, 4),
    latency_microseconds=st.integers(-1, 5),
)
def test_ring_times_agree_with_a_ring_played_through(**setting: int) -> None:
    solver, witness = scaling.ring_milliseconds, scaling.ring_milliseconds_by_loop
    assert not routes_differ(solver, witness, **setting)


def test_rings_of_both_modules_agree() -> None:
    assert scaling.busiest_traffic(8, 100) == distributed.ring_traffic_by_loop(8, 100) == 175


@calm
@given(stages=small, microbatches=small, forward=st.integers(0, 2), backward=st.integers(0, 3))
def test_pipeline_times_agree_with_a_schedule_played_through(**setting: int) -> None:
    assert not routes_differ(pipelines.pipeline_time, pipelines.pipeline_time_by_loop, **setting)


@calm
@given(
    stages=st.integers(0, 4),
    microbatches=st.integers(0, 12),
    of=st.sampled_from(["the whole time", "the ideal time"]),
    chunks=st.integers(0, 3),
)
def test_bubbles_agree_with_a_schedule_played_through(**setting: Any) -> None:
    assert not routes_differ(pipelines.bubble, pipelines.bubble_by_loop, **setting)


@calm
@given(stages=small, percent=st.integers(-1, 101))
def test_microbatches_agree_with_a_search(**setting: int) -> None:
    solver, witness = pipelines.microbatches_for, pipelines.microbatches_for_by_loop
    assert not routes_differ(solver, witness, **setting)


def test_bubbles_in_words_of_their_papers() -> None:
    # Huang et al. 2019, sec. 2.3: negligible when M >= 4 K; worked by hand 3 / 19 for K = 4, M = 16
    assert pipelines.bubble(4, 16) == Fraction(3, 19)
    assert pipelines.bubble(4, 16, "the ideal time") == Fraction(3, 16)
    # Narayanan et al. 2021, fig. 4: 4 stages, 8 micro-batches, 2 chunks halve (p - 1) / m
    assert pipelines.bubble(4, 8, "the ideal time", 2) == Fraction(3, 16)
    assert pipeline_mistakes.stages_counted(4, 16) == Fraction(1, 5)


@calm
@given(percent=st.integers(-1, 101), devices=small)
def test_gustafson_agrees_minute_by_minute(**setting: int) -> None:
    solver, witness = pipelines.gustafson_speedup, pipelines.gustafson_speedup_by_loop
    assert not routes_differ(solver, witness, **setting)


@calm
@given(percent=st.integers(-1, 101), speedup=st.integers(0, 25))
def test_devices_agree_with_a_search(**setting: int) -> None:
    assert not routes_differ(pipelines.devices_for, pipelines.devices_for_by_loop, **setting)


def test_limits_and_measured_shares() -> None:
    for percent in (-1, 0, 50, 95, 99, 100):
        solver, witness = pipelines.amdahl_limit, pipelines.amdahl_limit_by_sympy
        assert not routes_differ(solver, witness, percent=percent)
    for speedup, devices in ((3.5, 4), (1.0, 2), (5.0, 4), (0.5, 4)):
        solver, witness = pipelines.serial_share, pipelines.serial_share_by_sympy
        assert not routes_differ(solver, witness, speedup=speedup, devices=devices)
    # Amdahl 1967 as every textbook works it: 95 % parallel, at most 20 times
    assert pipelines.amdahl_limit(95) == 20
    assert tensors.amdahl_speedup(95, 10**9) < 20
    # Gustafson 1988: serial shares of 0.4 to 0.8 % on 1,024 processors, speed-ups above 1,000
    assert 1010 < pipelines.gustafson_speedup(99, 1024) < 1024
    assert pipelines.devices_for(90, 5) == 9
