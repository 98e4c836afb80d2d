"""What training holds: real optimisers, saved tensors, schedules played through, published figures."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers import memory
from solvers.mistakes import memory as mistakes
from tests.agreement import routes_differ

calm = settings(max_examples=15, deadline=None)
small = st.integers(0, 7)


@pytest.mark.parametrize("optimiser", list(memory.STATES))
def test_optimisers_hold_what_real_ones_hold(optimiser: memory.Optimiser) -> None:
    for size in (1, 2, 3, 4, 8):
        setting: Any = {"parameters": 10, "optimiser": optimiser, "bytes_per_value": size}
        assert not routes_differ(memory.optimiser_bytes, memory.optimiser_bytes_by_torch, **setting)
    for recipe in ("float32", "mixed precision"):
        for parameters in (0, 1, 12):
            setting = {"parameters": parameters, "optimiser": optimiser, "recipe": recipe}
            solver, witness = memory.training_bytes, memory.training_bytes_by_torch
            assert not routes_differ(solver, witness, **setting)


def test_published_bytes_per_parameter() -> None:
    # Rajbhandari et al. 2020, sec. 3.1: mixed precision with Adam holds 16 bytes a parameter;
    # GPT-2 of 1.5 billion needs at least 24 GB
    assert memory.training_bytes(1_500_000_000, "Adam", "mixed precision") == 24_000_000_000
    # the same, fig. 1: 7.5 billion on 64 devices, 120 GB, then 31.4, 16.6 and 1.9
    gigabytes = [float(memory.sharded_bytes(7_500_000_000, 64, k)) / 1e9 for k in (0, 1, 2, 3)]
    assert [round(each, 1) for each in gigabytes] == [120.0, 31.4, 16.6, 1.9]
    assert mistakes.all_divided(7_500_000_000, 64, 1) < memory.sharded_bytes(7_500_000_000, 64, 1)


@calm
@given(parameters=small, devices=small, stage=st.integers(0, 3))
def test_sharding_agrees_with_bytes_laid_out(**setting: Any) -> None:
    assert not routes_differ(memory.sharded_bytes, memory.sharded_bytes_by_counting, **setting)


@calm
@given(
    widths=st.lists(small, max_size=5),
    batch=small,
    bytes_per_value=st.sampled_from([2, 4, 8, 3]),
)
def test_autograd_saves_the_activations_counted(**setting: Any) -> None:
    solver, witness = memory.saved_activations, memory.saved_activations_by_torch
    assert not routes_differ(solver, witness, **setting)


@calm
@given(length=small, batch=small, width=small, heads=small)
def test_a_blocks_activations_are_the_tensors_it_keeps(**setting: int) -> None:
    solver, witness = memory.block_activation_bytes, memory.block_activation_bytes_by_torch
    assert not routes_differ(solver, witness, **setting)


def test_scores_outweigh_the_rest_in_gpt_3() -> None:
    # Korthikanti et al. 2022, sec. 5: 5 a s / h is 80 for GPT-3 (96 heads, 2,048 tokens, 12,288 wide)
    assert memory.block_activation_bytes(2048, 1, 12_288, 96) == 2048 * 12_288 * (34 + 80)


@calm
@given(layers=st.integers(0, 30), segments=st.integers(0, 8))
def test_checkpointing_agrees_with_a_walk(**setting: int) -> None:
    solver, witness = memory.checkpointed_peak, memory.checkpointed_peak_by_loop
    assert not routes_differ(solver, witness, **setting)


@calm
@given(layers=st.integers(0, 8), segments=st.integers(0, 8))
def test_recomputation_agrees_with_real_calls(**setting: int) -> None:
    assert not routes_differ(memory.forward_runs, memory.forward_runs_by_torch, **setting)


def test_the_best_peak_is_twice_the_root() -> None:
    for layers in range(40):
        assert not routes_differ(memory.best_peak, memory.best_peak_by_enumeration, layers=layers)
    assert memory.best_peak(100) == 20
    assert mistakes.root(100) == 10


@calm
@given(rows=small, inner=small, columns=small, bytes_per_value=st.integers(0, 4))
def test_intensity_agrees_with_real_tensors(**setting: int) -> None:
    solver, witness = memory.matmul_intensity, memory.matmul_intensity_by_torch
    assert not routes_differ(solver, witness, **setting)


def test_one_row_at_a_time_is_bound_by_memory() -> None:
    # Worked by hand: 2 x 4096^2 FLOPs for 2 x (4096^2 + 8192) bytes, about one FLOP a byte
    assert 0.99 < memory.matmul_intensity(1, 4096, 4096) < 1
    assert memory.matmul_intensity(4096, 4096, 4096) == Fraction(4096, 3)
