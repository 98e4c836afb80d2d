"""Shapes: random settings against torch's layers, invalid ones included, and published figures."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers import layouts, resampling, shapes, stacks
from solvers.mistakes import resampling as resampling_mistakes
from solvers.mistakes import shapes as mistakes
from solvers.mistakes import stacks as stack_mistakes
from tests import agreement

calm = settings(max_examples=15, deadline=None)
few = st.lists(st.integers(1, 4), min_size=1, max_size=3)


def outcome(function: Callable[..., Any], **given: Any) -> Any:
    """What a function returns, or ValueError itself where it refuses."""
    try:
        return function(**given)
    except ValueError:
        return ValueError


def test_random_settings_agree_with_torch() -> None:
    found, tried = agreement.disagreements(250, seed=1)
    assert found == []
    assert tried["answered"] > 80
    assert tried["refused by both"] > 40


def test_the_comparison_notices_a_wrong_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(**setting: Any) -> Any:
        shape = shapes.convolution(**setting)
        return (*shape[:-1], shape[-1] + 1)

    weight, (_, witness, draw) = agreement.KINDS["convolution"]
    monkeypatch.setitem(agreement.KINDS, "convolution", (weight, (wrong, witness, draw)))
    found, _ = agreement.disagreements(60, seed=1)
    assert found


@pytest.mark.slow
def test_many_random_settings_agree_with_torch() -> None:
    found, _ = agreement.disagreements(5_000, seed=2)
    assert found == []


@pytest.mark.parametrize(
    ("setting", "published"),
    [
        # LeCun et al. 1998, C1
        (([32, 32], 1, 6, [5, 5], [1, 1], [[0, 0]] * 2, [1, 1]), (6, 28, 28)),
        # He et al. 2016, table 1, conv1
        (([224, 224], 3, 64, [7, 7], [2, 2], [[3, 3]] * 2, [1, 1]), (64, 112, 112)),
        # Krizhevsky et al. 2012, sec. 3.5: the second layer, in two groups
        (([27, 27], 96, 256, [5, 5], [1, 1], [[2, 2]] * 2, [1, 1], 2), (256, 27, 27)),
        # Tran et al. 2015 (C3D), sec. 3.3: 3x3x3 kernels keep a clip of 16 frames of 112x112
        (([16, 112, 112], 3, 64, [3] * 3, [1] * 3, [[1, 1]] * 3, [1] * 3), (64, 16, 112, 112)),
        # van den Oord et al. 2016 (WaveNet): causal, all padding before, dilation 8
        (([100], 32, 64, [2], [1], [[8, 0]], [8]), (64, 100)),
    ],
)
def test_convolutions_in_published_networks(
    setting: tuple[Any, ...], published: tuple[int, ...]
) -> None:
    assert shapes.convolution(*setting) == published


def test_what_does_not_fit_is_named() -> None:
    with pytest.raises(ValueError, match="extent must be at most the padded 6, found 7"):
        shapes.length(5, 4, before=1, dilation=2)
    with pytest.raises(ValueError, match="groups must divide the 4 channels, found 3"):
        shapes.kernel_shape(4, 6, [3, 3], 3)
    with pytest.raises(ValueError, match="padding must have 2 entries, one per axis, found 1"):
        shapes.convolution([5, 5], 1, 1, [3, 3], [1, 1], [[0, 0]], [1, 1])


@calm
@given(
    size=st.integers(1, 20),
    kernel=st.integers(0, 5),
    stride=st.integers(0, 4),
    before=st.integers(-1, 3),
    after=st.integers(0, 3),
    dilation=st.integers(0, 3),
)
def test_lengths_agree_with_torch(**setting: int) -> None:
    expected = outcome(shapes.length_by_torch, **setting)
    assert outcome(shapes.length, **setting) == expected


@calm
@given(
    channels=st.integers(0, 8),
    filters=st.integers(0, 8),
    kernel=few,
    groups=st.integers(0, 4),
    transposed=st.booleans(),
)
def test_kernel_shapes_agree_with_torch(**setting: Any) -> None:
    expected = outcome(shapes.kernel_shape_by_torch, **setting)
    assert outcome(shapes.kernel_shape, **setting) == expected


@calm
@given(
    size=st.integers(0, 30),
    kernel=st.integers(0, 6),
    stride=st.integers(0, 5),
    dilation=st.integers(0, 3),
    mode=st.sampled_from(["valid", "same", "full"]),
)
def test_mode_padding_agrees_with_a_walk(**setting: Any) -> None:
    expected = outcome(shapes.mode_padding_by_loop, **setting)
    assert outcome(shapes.mode_padding, **setting) == expected


def test_same_padding_is_what_tensorflow_documents() -> None:
    # tf.nn, "SAME" padding: width 13, filter 6, stride 5 -> one before, two after
    assert shapes.mode_padding(13, 6, 5) == [1, 2]


def test_depthwise_agrees_and_keeps_its_groups_apart() -> None:
    setting: tuple[Any, ...] = ([9, 9], 3, 2, [3, 3], [2, 2], [[1, 1]] * 2, [1, 1])
    assert shapes.depthwise(*setting) == shapes.depthwise_by_torch(*setting) == (6, 5, 5)


def test_transposed_layers_in_published_networks() -> None:
    # Ronneberger et al. 2015, fig. 1: up-convolution 28 -> 56
    assert resampling.transposed_length(28, 2, 2) == 56
    # Radford et al. 2016 (DCGAN), fig. 1: 4 -> 8, as with kernel 4, stride 2, padding 1
    assert resampling.transposed_length(4, 4, 2, 1) == 8


@calm
@given(
    wanted=st.integers(0, 30),
    size=st.integers(1, 8),
    kernel=st.integers(1, 4),
    stride=st.integers(1, 4),
    padding=st.integers(0, 2),
    dilation=st.integers(1, 2),
)
def test_output_padding_agrees_with_trying_all(**setting: int) -> None:
    expected = outcome(resampling.output_padding_by_torch, **setting)
    assert outcome(resampling.output_padding, **setting) == expected


def test_average_pooling_follows_the_same_rule() -> None:
    for size in range(3, 12):
        layer = torch.nn.AvgPool1d(3, 2, padding=1, ceil_mode=True)
        real = layer(torch.empty(1, 1, size, device="meta")).shape[-1]
        assert resampling.pooled_length(size, 3, 2, 1, ceil_mode=True) == real


def test_ceil_mode_drops_a_window_that_starts_in_the_padding() -> None:
    # Worked by hand: windows of 2 start at 0, 3 and 6 of 1 + 5 + 1 places; place 6 is padding.
    assert resampling.pooled_length(5, 2, 3, 1, ceil_mode=True) == 2
    assert resampling_mistakes.always_rounded_up(5, 2, 3, 1, ceil_mode=True) == 3
    # Szegedy et al. 2015, table 1: 112 -> 56 by 3x3 windows, stride 2, needs rounding up
    assert resampling.pooled_length(112, 3, 2, ceil_mode=True) == 56
    assert resampling.pooled_length(112, 3, 2) == 55


def test_im2col_of_a_published_layer() -> None:
    # VGG conv1_1: patches of 3 x 3 x 3 at each of 224 x 224 places
    assert layouts.im2col([224] * 2, 3, [3] * 2, [1] * 2, [1] * 2, [1] * 2) == (27, 50_176)
    assert layouts.im2col_growth(224, 3, 1, 1) == 9
    assert layouts.im2col_growth_by_torch(7, 3, 2, 1) == layouts.im2col_growth(7, 3, 2, 1)


def test_flattening_keeps_the_batch_unless_told_otherwise() -> None:
    # VGG-16's last maps: 512 x 7 x 7 -> the 25,088 inputs of fc6 (Simonyan & Zisserman 2015)
    assert layouts.flattened([8, 512, 7, 7]) == (8, 25_088)
    assert layouts.flattened([8, 512, 7, 7], 0) == (200_704,)


rows = st.lists(
    st.tuples(st.integers(1, 4), st.integers(1, 3), st.integers(0, 2), st.integers(1, 2)),
    min_size=1,
    max_size=4,
)


@settings(max_examples=8, deadline=None)
@given(rows=rows, at=st.integers(0, 5), size=st.integers(1, 40))
def test_stacks_agree_with_walks_and_real_layers(
    rows: list[tuple[int, ...]], at: int, size: int
) -> None:
    kernels, strides, paddings, dilations = (list(column) for column in zip(*rows, strict=True))
    whole = {"kernels": kernels, "strides": strides, "paddings": paddings, "dilations": dilations}
    bare = {key: value for key, value in whole.items() if key != "paddings"}
    assert stacks.receptive_fields(**bare) == stacks.receptive_fields_by_autograd(**bare)
    assert stacks.receptive_field(**bare) == stacks.receptive_field_by_torch(**bare)
    assert stacks.span(at, **whole) == stacks.span_by_loop(at, **whole)
    assert stacks.first_centre(**whole) == stacks.first_centre_by_loop(**whole)
    assert stacks.minimum_size(**whole) == stacks.minimum_size_by_torch(**whole)
    assert stacks.jumps(strides) == stacks.jumps_by_numpy(strides)
    assert stacks.effective_stride(strides) == stacks.effective_stride_by_torch(strides)
    expected = outcome(stacks.output_sizes_by_torch, size=size, **whole)
    assert outcome(stacks.output_sizes, size=size, **whole) == expected


@calm
@given(
    field=st.integers(1, 150),
    kernel=st.integers(1, 5),
    dilation=st.sampled_from(["1 in every layer", "doubling, from 1"]),
)
def test_layers_needed_agree_with_a_walk(**setting: Any) -> None:
    expected = outcome(stacks.layers_needed_by_loop, **setting)
    assert outcome(stacks.layers_needed, **setting) == expected


@pytest.mark.parametrize("kernel", [0, 1, 2, 3, 5])
@pytest.mark.parametrize("stride", [0, 1, 2, 3, 7])
def test_shared_inputs_are_those_with_two_derivatives(kernel: int, stride: int) -> None:
    setting = {"kernel": kernel, "stride": stride}
    expected = outcome(stacks.shared_inputs_by_autograd, **setting)
    assert outcome(stacks.shared_inputs, **setting) == expected


def test_published_receptive_fields() -> None:
    # Araujo, Norris & Sim 2019, table: AlexNet 195 with effective stride 32, VGG-16 212 with 32
    alexnet = [11, 3, 5, 3, 3, 3, 3, 3], [4, 2, 1, 2, 1, 1, 1, 2]
    assert stacks.receptive_field(*alexnet, [1] * 8) == 195
    assert stacks.effective_stride(alexnet[1]) == 32
    blocks = [2, 2, 3, 3, 3]
    kernels = [side for depth in blocks for side in [3] * depth + [2]]
    strides = [step for depth in blocks for step in [1] * depth + [2]]
    assert stacks.receptive_field(kernels, strides, [1] * len(kernels)) == 212
    assert stacks.effective_stride(strides) == 32
    # Simonyan & Zisserman 2015, sec. 2.3: two 3x3 layers see 5x5, three see 7x7
    assert stacks.layers_needed(5, 3) == 2
    assert stacks.layers_needed(7, 3) == 3
    # van den Oord et al. 2016, sec. 2.1: dilations 1, 2, 4, ..., 512 see 1024
    assert stacks.layers_needed(1024, 2, "doubling, from 1") == 10


def test_bad_stacks_are_refused() -> None:
    with pytest.raises(ValueError, match="strides must have one entry per layer"):
        stacks.receptive_field([3, 3], [1], [1, 1])
    with pytest.raises(ValueError, match="kernels must be at least 1, found 0"):
        stacks.minimum_size([0], [1], [0], [1])


def test_mistakes_differ_from_the_truth() -> None:
    assert mistakes.undilated(20, 3, dilation=2) != shapes.length(20, 3, dilation=2)
    assert mistakes.multiplied_kernel(20, 3, dilation=2) == 15
    assert mistakes.odd_one_before(13, 6, 5) == [2, 1]
    assert stack_mistakes.strides_forgotten([3, 3], [2, 1], [1, 1]) == 5
    assert stack_mistakes.own_stride_counted([3, 3], [2, 1], [1, 1]) == 9
    assert stacks.receptive_field([3, 3], [2, 1], [1, 1]) == 7
    assert stacks.first_centre([7], [2], [3], [1]) == Fraction(0)


@calm
@given(
    size=st.integers(1, 12),
    kernel=st.integers(1, 5),
    stride=st.integers(1, 5),
    padding=st.integers(0, 2),
)
def test_output_padding_gives_the_size_back(**setting: int) -> None:
    expected = outcome(resampling.output_padding_back_by_torch, **setting)
    assert outcome(resampling.output_padding_back, **setting) == expected
