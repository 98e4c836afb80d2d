"""Epoch arithmetic: the articles' own examples, torch's samplers, walks through the data."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers import training

count = st.integers(0, 60)
calm = settings(max_examples=40, deadline=None)


def outcome(function: Callable[..., Any], **given: Any) -> Any:
    """What a function returns, or ValueError itself where it refuses."""
    try:
        return function(**given)
    except ValueError:
        return ValueError


@calm
@given(samples=count, batch_size=count, drop_last=st.booleans())
def test_iterations_per_epoch_are_the_batches_torch_yields(**setting: Any) -> None:
    expected = outcome(training.iterations_per_epoch_by_torch, **setting)
    assert outcome(training.iterations_per_epoch, **setting) == expected


@calm
@given(samples=count, batch_size=count, epochs=st.integers(0, 5), drop_last=st.booleans())
def test_iterations_and_surplus_agree_with_a_walk(**setting: Any) -> None:
    assert outcome(training.iterations, **setting) == outcome(
        training.iterations_by_loop, **setting
    )
    assert outcome(training.surplus, **setting) == outcome(training.surplus_by_torch, **setting)


@pytest.mark.parametrize(
    ("samples", "batch_size", "epochs", "worked"),
    [
        (10_000, 1_000, 1, 10),
        (5_000, 100, 5, 250),
        (60_000, 128, 1, 469),  # the "469/469" of Keras' MNIST examples with batches of 128
        (50_000, 128, 1, 391),  # CIFAR-10, as in many training logs
    ],
)
def test_iterations_in_well_known_cases(
    samples: int, batch_size: int, epochs: int, worked: int
) -> None:
    assert training.iterations(samples, batch_size, epochs) == worked


def test_a_hundred_batches_are_not_batches_of_a_hundred() -> None:
    assert training.iterations_for_batches(5_000, 100, 5) == 500
    assert training.iterations(5_000, 100, 5) == 250


def test_batches_beyond_the_data_set_are_refused() -> None:
    with pytest.raises(ValueError, match="batch_size must be at most the samples 10, found 11"):
        training.iterations(10, 11, 1)


@calm
@given(samples=count, batch_size=count)
def test_last_batch_is_what_is_left(**setting: int) -> None:
    expected = outcome(training.last_batch_by_torch, **setting)
    assert outcome(training.last_batch, **setting) == expected


@calm
@given(samples=count, batches=count, epochs=st.integers(0, 4))
def test_iterations_for_batches_agree_with_a_real_split(**setting: int) -> None:
    expected = outcome(training.iterations_for_batches_by_numpy, **setting)
    assert outcome(training.iterations_for_batches, **setting) == expected


@calm
@given(
    samples=count,
    batch_size=count,
    accumulation=st.integers(0, 8),
    epochs=st.integers(0, 3),
    step_on_rest=st.booleans(),
)
def test_optimizer_steps_agree_with_a_real_loop(**setting: Any) -> None:
    expected = outcome(training.optimizer_steps_by_torch, **setting)
    assert outcome(training.optimizer_steps, **setting) == expected


@pytest.mark.parametrize("samples", [0, 1, 2, 10, 17])
def test_every_size_up_to_the_data_set_is_a_batch_size(samples: int) -> None:
    expected = outcome(training.batch_sizes_by_torch, samples=samples)
    assert outcome(training.batch_sizes, samples=samples) == expected


@pytest.mark.parametrize("millions", [0, 1, 7, 110])
def test_adam_memory_agrees_with_the_tensors_of_a_real_step(millions: int) -> None:
    expected = outcome(training.adam_megabytes_by_torch, millions=millions)
    assert outcome(training.adam_megabytes, millions=millions) == expected


def test_adam_memory_of_a_published_size() -> None:
    # Rajbhandari et al. 2020, ZeRO, section 3.1: 24 GB for GPT-2's 1.5 billion parameters
    # (there in mixed precision, 2 + 2 + 12 bytes, which also makes 16)
    assert training.adam_megabytes(1_500) == 24_000
