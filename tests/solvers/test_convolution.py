"""Convolution and pooling: published figures, real layers, and agreement over random settings."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers import convolution, convolution_costs, pooling

small = st.integers(0, 6)
calm = settings(max_examples=30, deadline=None)


def outcome(function: Callable[..., Any], **given: Any) -> Any:
    """What a function returns, or ValueError itself where it refuses."""
    try:
        return function(**given)
    except ValueError:
        return ValueError


@calm
@given(size=st.integers(1, 40), kernel=small, stride=small, padding=small, dilation=small)
def test_output_size_is_what_a_real_convolution_gives(**setting: int) -> None:
    expected = outcome(convolution.output_size_by_torch, **setting)
    assert outcome(convolution.output_size, **setting) == expected


@pytest.mark.parametrize(
    ("setting", "published"),
    [
        ((28, 7), 22),
        ((32, 5), 28),  # LeCun et al. 1998, C1
        ((227, 11, 4), 55),  # AlexNet on 227 pixels
        ((224, 7, 2, 3), 112),  # He et al. 2016, table 1, conv1
        ((224, 3, 1, 1), 224),  # VGG
    ],
)
def test_output_size_in_published_networks(setting: tuple[int, ...], published: int) -> None:
    assert convolution.output_size(*setting) == published


def test_output_size_names_what_does_not_fit() -> None:
    with pytest.raises(ValueError, match="kernel must be at most the padded size 7, found 9"):
        convolution.output_size(5, 9, padding=1)


@calm
@given(
    size=st.integers(1, 30),
    kernel=small,
    filters=small,
    pool=small,
    stride=small,
    last=small,
    channels_last=st.booleans(),
)
def test_stack_shape_agrees_with_real_layers(**setting: Any) -> None:
    expected = outcome(convolution.stack_shape_by_torch, **setting)
    assert outcome(convolution.stack_shape, **setting) == expected


@pytest.mark.parametrize(
    ("setting", "published"),
    [
        ((5, 1, 6), 156),  # LeCun et al. 1998, C1
        ((11, 3, 96), 34_944),  # AlexNet conv1 without grouping
        ((7, 3, 64, False), 9_408),  # ResNet conv1, no biases
        ((3, 3, 64), 1_792),  # VGG conv1_1
    ],
)
def test_parameters_in_published_networks(setting: tuple[int, ...], published: int) -> None:
    assert convolution_costs.parameters(*setting) == published


@calm
@given(kernel=small, channels=small, filters=small, bias=st.booleans())
def test_parameters_are_those_of_a_real_layer(**setting: Any) -> None:
    expected = outcome(convolution_costs.parameters_by_torch, **setting)
    assert outcome(convolution_costs.parameters, **setting) == expected


@calm
@given(size=st.integers(0, 9), kernel=st.sampled_from([1, 3, 5]), channels=small, filters=small)
def test_costs_agree_with_real_layers(**setting: int) -> None:
    for solver, witness in (
        (convolution_costs.multiplications, convolution_costs.multiplications_by_torch),
        (convolution_costs.weight_ratio, convolution_costs.weight_ratio_by_torch),
    ):
        assert outcome(solver, **setting) == outcome(witness, **setting)


@calm
@given(size=st.integers(1, 20), channels=small, window=small, stride=small, ceil=st.booleans())
def test_pooled_features_agree_with_a_real_layer(**setting: Any) -> None:
    expected = outcome(pooling.pooled_features_by_torch, **setting)
    assert outcome(pooling.pooled_features, **setting) == expected


def matrices(least: int, most: int) -> st.SearchStrategy[list[list[int]]]:
    values = st.integers(-9, 9)
    return st.integers(least, most).flatmap(
        lambda width: st.lists(
            st.lists(values, min_size=width, max_size=width), min_size=least, max_size=most
        )
    )


@calm
@given(image=matrices(2, 6), window=small, stride=small)
def test_max_pooling_agrees_with_a_real_layer(**setting: Any) -> None:
    expected = outcome(pooling.max_pooled_by_torch, **setting)
    assert outcome(pooling.max_pooled, **setting) == expected


@calm
@given(image=matrices(2, 5), kernel=matrices(1, 3), flip=st.booleans())
def test_correlation_agrees_with_torch(**setting: Any) -> None:
    expected = outcome(convolution.correlated_by_torch, **setting)
    assert outcome(convolution.correlated, **setting) == expected


def test_ragged_rows_are_refused() -> None:
    with pytest.raises(ValueError, match="rows of one length"):
        convolution.correlated([[1, 2], [3]], [[1]])


@calm
@given(size=st.integers(0, 30), kernel=st.integers(0, 9), stride=st.integers(0, 5))
def test_same_padding_is_the_least_that_suffices(**setting: int) -> None:
    expected = outcome(convolution.same_padding_by_loop, **setting)
    assert outcome(convolution.same_padding, **setting) == expected


@pytest.mark.filterwarnings("ignore:Using padding:UserWarning")
@pytest.mark.parametrize("kernel", [1, 2, 3, 4, 5, 7])
def test_same_padding_places_the_image_as_torch_does(kernel: int) -> None:
    before, after = convolution.same_padding(9, kernel)
    signal = torch.arange(1.0, 10.0)[None, None]
    taps = torch.arange(1.0, kernel + 1)[None, None]
    padded = torch.nn.functional.pad(signal, (before, after))
    same = torch.nn.functional.conv1d(signal, taps, padding="same")
    assert torch.equal(torch.nn.functional.conv1d(padded, taps), same)


@calm
@given(size=st.integers(0, 12), kernel=small, stride=small, padding=small, output_padding=small)
def test_transposed_size_agrees_with_a_real_layer(**setting: int) -> None:
    expected = outcome(convolution.transposed_size_by_torch, **setting)
    assert outcome(convolution.transposed_size, **setting) == expected


@calm
@given(size=st.integers(1, 40), kernel=st.integers(1, 5), stride=st.integers(1, 4))
def test_transposed_size_turns_the_forward_size_around(size: int, kernel: int, stride: int) -> None:
    if kernel > size:
        return
    lost = (size - kernel) % stride
    small_side = convolution.output_size(size, kernel, stride)
    assert convolution.transposed_size(small_side, kernel, stride, 0, lost) == size


@calm
@given(
    signal=st.lists(st.integers(-5, 5), min_size=1, max_size=6),
    kernel=st.lists(st.integers(-3, 3), min_size=1, max_size=3),
    at=st.integers(-1, 6),
)
def test_restored_value_agrees_with_torch(**setting: Any) -> None:
    expected = outcome(convolution.restored_value_by_torch, **setting)
    assert outcome(convolution.restored_value, **setting) == expected


@pytest.mark.parametrize("layer", ["flatten", "max pooling", "global average pooling"])
@pytest.mark.parametrize("size", [1, 2, 7, 8])
def test_values_kept_agree_with_real_layers(layer: Any, size: int) -> None:
    setting = {"layer": layer, "channels": 3, "size": size}
    expected = outcome(pooling.values_kept_by_torch, **setting)
    assert outcome(pooling.values_kept, **setting) == expected


def test_flattening_keeps_every_value() -> None:
    assert pooling.values_kept("flatten", 16, 5) == 1
    assert pooling.values_kept("max pooling", 16, 8) == Fraction(1, 4)


@calm
@given(size=st.integers(1, 7), kernel=small, row=st.integers(-1, 7), column=st.integers(0, 7))
def test_windows_over_a_pixel_agree_with_its_derivative(**setting: int) -> None:
    expected = outcome(convolution.windows_over_by_autograd, **setting)
    assert outcome(convolution.windows_over, **setting) == expected


@pytest.mark.parametrize("head", ["flatten", "global average pooling"])
@pytest.mark.parametrize("window", [0, 1, 2, 3, 9])
def test_parameters_saved_agree_with_real_networks(head: Any, window: int) -> None:
    setting = {"size": 8, "channels": 4, "classes": 10, "window": window, "head": head}
    expected = outcome(convolution_costs.parameters_saved_by_torch, **setting)
    assert outcome(convolution_costs.parameters_saved, **setting) == expected


@pytest.mark.parametrize("part", ["convolution", "dense layer behind"])
@pytest.mark.parametrize("kernel", [0, 1, 2, 3, 9])
def test_what_goes_with_the_padding_agrees_with_real_networks(part: Any, kernel: int) -> None:
    setting = {"size": 8, "kernel": kernel, "channels": 3, "filters": 4, "classes": 5, "part": part}
    expected = outcome(convolution_costs.saved_without_padding_by_torch, **setting)
    assert outcome(convolution_costs.saved_without_padding, **setting) == expected


def test_padding_has_no_part_in_a_convolutions_parameters() -> None:
    setting = {"size": 28, "kernel": 3, "channels": 16, "filters": 32, "classes": 10}
    assert convolution_costs.saved_without_padding(**setting, part="convolution") == 0
    assert convolution_costs.saved_without_padding(**setting, part="dense layer behind") == 34560


@calm
@given(
    size=st.integers(1, 9), kernel=small, channels=small, filters=small, stride=small, padding=small
)
def test_values_passed_on_agree_with_real_layers(**setting: int) -> None:
    expected = outcome(convolution.values_passed_on_by_torch, **setting)
    assert outcome(convolution.values_passed_on, **setting) == expected


def test_first_layer_of_vgg_puts_out_21_times_its_input() -> None:
    # Simonyan & Zisserman 2015, table 1
    assert convolution.values_passed_on(224, 3, 3, 64, padding=1) == Fraction(3_211_264, 150_528)


def test_weight_sharing_agrees_with_the_operations_of_real_layers() -> None:
    layers = ["convolution", "locally-connected", "dense", "recurrent", "siamese"]
    assert convolution_costs.weight_sharing(layers) == convolution_costs.weight_sharing_by_torch(
        layers
    )
    with pytest.raises(ValueError, match="pooling"):
        convolution_costs.weight_sharing(["pooling"])


@calm
@given(layers=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3)), max_size=4))
def test_receptive_field_is_what_one_output_depends_on(layers: list[tuple[int, int]]) -> None:
    setting = {"kernels": [k for k, _ in layers], "strides": [s for _, s in layers]}
    expected = outcome(convolution.receptive_field_by_autograd, **setting)
    assert outcome(convolution.receptive_field, **setting) == expected


def test_two_small_kernels_see_as_far_as_a_large_one() -> None:
    # Simonyan & Zisserman 2015, section 2.3
    assert convolution.receptive_field([3, 3], [1, 1]) == 5
    assert convolution.receptive_field([3, 3, 3], [1, 1, 1]) == 7


@calm
@given(signal=st.lists(st.integers(0, 3), max_size=8), shift=st.integers(-1, 9), window=small)
def test_changed_outputs_agree_with_torch(**setting: Any) -> None:
    expected = outcome(pooling.changed_outputs_by_torch, **setting)
    assert outcome(pooling.changed_outputs, **setting) == expected
