"""Parameters and multiply-adds of layers: real layers on the meta device, published figures."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers import counts, macs
from solvers.mistakes import counts as mistakes
from tests.agreement import routes_differ

calm = settings(max_examples=15, deadline=None)
small = st.integers(0, 6)
sides = st.lists(st.integers(0, 3), min_size=0, max_size=4)
cells = st.sampled_from(["RNN", "LSTM", "GRU"])


@calm
@given(channels=small, filters=small, kernel=sides, groups=st.integers(0, 3), bias=st.booleans())
def test_convolutions_have_the_parameters_of_real_ones(**setting: Any) -> None:
    solver, witness = counts.convolution_parameters, counts.convolution_parameters_by_torch
    assert not routes_differ(solver, witness, **setting)


@calm
@given(channels=small, filters=small, kernel=small, multiplier=small, bias=st.booleans())
def test_separable_convolutions_have_the_parameters_of_real_ones(**setting: Any) -> None:
    solver, witness = counts.separable_parameters, counts.separable_parameters_by_torch
    assert not routes_differ(solver, witness, **setting)


@pytest.mark.parametrize("kind", ["batch norm", "layer norm", "group norm", "RMS norm"])
@pytest.mark.parametrize("statistics", [False, True])
def test_norms_have_the_parameters_of_real_ones(kind: counts.Norm, statistics: bool) -> None:
    solver, witness = counts.norm_parameters, counts.norm_parameters_by_torch
    for features in (0, 1, 6):
        setting = {"kind": kind, "features": features, "statistics": statistics}
        assert not routes_differ(solver, witness, **setting)


@calm
@given(
    words=small,
    width=small,
    positions=st.integers(-1, 4),
    head=st.sampled_from(["none", "tied", "untied"]),
    head_bias=st.booleans(),
)
def test_embeddings_have_the_parameters_of_real_ones(**setting: Any) -> None:
    solver, witness = counts.embedding_parameters, counts.embedding_parameters_by_torch
    assert not routes_differ(solver, witness, **setting)


@calm
@given(
    cell=cells,
    inputs=small,
    hidden=small,
    layers=st.integers(0, 3),
    biases=st.integers(0, 3),
    directions=st.integers(0, 3),
)
def test_recurrent_layers_have_the_parameters_of_real_ones(**setting: Any) -> None:
    solver, witness = counts.recurrent_parameters, counts.recurrent_parameters_by_torch
    assert not routes_differ(solver, witness, **setting)


def test_published_parameters() -> None:
    # Krizhevsky et al. 2012: conv2 has 256 kernels of 5 x 5 x 48, in two groups
    assert counts.convolution_parameters(96, 256, [5, 5], 2) == 307_456
    assert mistakes.groups_forgotten(96, 256, [5, 5], 2) == 614_656
    # Tran et al. 2015 (C3D): conv1a, 64 kernels of 3 x 3 x 3 x 3
    assert counts.convolution_parameters(3, 64, [3, 3, 3]) == 5_248
    # Radford et al. 2019: GPT-2's tables of 50,257 tokens and 1,024 positions, 768 wide
    assert counts.embedding_parameters(50_257, 768, 1_024, "tied") == 39_383_808
    # Keras' model summaries: LSTM(128) on 28 inputs
    assert counts.recurrent_parameters("LSTM", 28, 128) == 80_384
    assert counts.norm_parameters("batch norm", 64, statistics=True) == 256


@settings(max_examples=12, deadline=None)
@given(
    axes=st.lists(
        st.tuples(
            st.integers(1, 8),
            st.integers(0, 3),
            st.integers(0, 2),
            st.integers(-1, 2),
            st.integers(0, 2),
        ),
        min_size=1,
        max_size=3,
    ),
    channels=small,
    filters=small,
    groups=st.integers(0, 2),
    flops_per_mac=st.integers(0, 3),
)
def test_convolutions_do_the_work_that_torch_counts(
    axes: list[tuple[int, ...]], **setting: int
) -> None:
    columns = [list(column) for column in zip(*axes, strict=True)]
    names = ("size", "kernel", "stride", "padding", "dilation")
    lists: dict[str, Any] = dict(zip(names, columns, strict=True))
    assert not routes_differ(
        macs.convolution_macs, macs.convolution_macs_by_torch, **lists, **setting
    )


@calm
@given(size=small, channels=small, filters=small, kernel=small, groups=st.integers(0, 2))
def test_transposed_convolutions_do_the_work_that_torch_counts(**setting: int) -> None:
    assert not routes_differ(macs.transposed_macs, macs.transposed_macs_by_torch, **setting)


@calm
@given(
    cell=cells,
    inputs=small,
    hidden=small,
    length=small,
    layers=st.integers(0, 2),
    directions=st.integers(0, 2),
    flops_per_mac=st.integers(0, 2),
)
def test_recurrent_layers_do_the_work_that_torch_counts(**setting: Any) -> None:
    assert not routes_differ(macs.recurrent_macs, macs.recurrent_macs_by_torch, **setting)


@calm
@given(size=small, channels=small, filters=small, kernel=small)
def test_separable_share_is_what_torch_counts(**setting: int) -> None:
    assert not routes_differ(macs.separable_share, macs.separable_share_by_torch, **setting)


@calm
@given(inputs=small, outputs=small, bias=st.booleans())
def test_operations_counted_one_by_one(**setting: Any) -> None:
    assert not routes_differ(macs.dense_operations, macs.dense_operations_by_counting, **setting)


def test_published_work() -> None:
    # Krizhevsky et al. 2012, conv1: 96 kernels of 11 x 11 x 3 at 55 x 55 places
    one = [1, 1]
    assert macs.convolution_macs([227] * 2, 3, 96, [11] * 2, [4] * 2, [0] * 2, one) == 105_415_200
    # Howard et al. 2017, sec. 3.1: 3 x 3 separable ones take 8 to 9 times less
    assert 8 < 1 / macs.separable_share(14, 512, 512, 3) < 9
    assert macs.separable_share(14, 512, 512, 3) == Fraction(1, 512) + Fraction(1, 9)
