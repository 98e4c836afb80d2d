"""What layers keep for the backward pass: real tensors that autograd saves, and values worked by hand."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers import architectures, memory, saved
from solvers.mistakes import saved as mistakes
from tests.agreement import routes_differ

calm = settings(max_examples=25, deadline=None)
small = st.integers(0, 4)
sizes = st.sampled_from([2, 4, 8, 3])


@calm
@given(
    axes=st.integers(1, 3),
    entries=st.lists(st.integers(0, 3), min_size=15, max_size=15),
    size=st.integers(3, 8),
    channels=st.sampled_from([1, 2, 4]),
    filters=st.sampled_from([2, 4]),
    groups=st.sampled_from([0, 1, 2]),
    after=st.sampled_from([*get_args(saved.After), "dropout"]),
    batch=small,
    bytes_per_value=sizes,
)
def test_convolutions_keep_what_autograd_saves(axes: int, entries: list[int], **given: Any) -> None:
    rows = [entries[3 * at : 3 * at + axes] for at in range(5)]
    setting = {
        **given,
        "size": [given["size"]] * axes,
        "kernel": [1 + k for k in rows[0]],
        "stride": [1 + k for k in rows[1]],
        "padding": rows[2],
        "dilation": [1 + k % 2 for k in rows[3]],
    }
    assert not routes_differ(saved.convolution_bytes, saved.convolution_bytes_by_torch, **setting)


def test_a_convolution_by_hand() -> None:
    # 2 images of 3 x 5 x 5, 4 filters of 3 x 3: 150 values in, 2 x 4 x 3 x 3 = 72 out, 2 x 4 statistics
    shape: tuple[Any, ...] = ([5, 5], 3, 4, [3, 3], [1, 1], [0, 0], [1, 1], 1)
    assert saved.convolution_bytes(*shape, batch=2) == 4 * 150
    assert saved.convolution_bytes(*shape, "ReLU", 2) == 4 * (150 + 72)
    assert saved.convolution_bytes(*shape, "batch norm and ReLU", 2) == 4 * (150 + 144 + 8)
    assert saved.convolution_bytes(*shape, "batch norm and ReLU", 2, 2) == 2 * (150 + 144) + 4 * 8


@calm
@given(
    norm=st.sampled_from(["batch norm", "layer norm", "no norm"]),
    rows=small,
    width=small,
    bytes_per_value=sizes,
)
def test_norms_keep_what_autograd_saves(**setting: Any) -> None:
    assert not routes_differ(saved.norm_bytes, saved.norm_bytes_by_torch, **setting)


@calm
@given(length=small, width=small, batch=small, bytes_per_index=st.sampled_from([4, 8, 2]))
def test_an_embedding_keeps_its_indices(**setting: int) -> None:
    assert not routes_differ(saved.embedding_bytes, saved.embedding_bytes_by_torch, **setting)
    assert saved.embedding_bytes(512, 768, 32) == 512 * 32 * 8


@calm
@given(
    cell=st.sampled_from(["RNN", "LSTM", "GRU", "cell"]),
    inputs=small,
    hidden=small,
    length=small,
    layers=small,
    directions=st.integers(1, 3),
    batch=small,
    bytes_per_value=sizes,
    whole_buffers=st.booleans(),
)
def test_recurrent_layers_keep_what_autograd_saves(**setting: Any) -> None:
    assert not routes_differ(saved.recurrent_bytes, saved.recurrent_bytes_by_torch, **setting)


def test_an_lstm_by_hand() -> None:
    # 10 steps, 3 inputs, 5 units: per step x, h, c, i, f, g, o and tanh(c) are 3 + 7 x 5 = 38 values
    assert saved.recurrent_bytes("LSTM", 3, 5, 10) == 4 * 380
    assert saved.recurrent_bytes("RNN", 3, 5, 10) == 4 * (10 * 8 + 5)
    assert saved.recurrent_bytes("GRU", 3, 5, 10) == 4 * 10 * (3 + 6 * 5)


@pytest.mark.parametrize("name", get_args(saved.PlainNet))
def test_nets_keep_what_hooks_see(name: saved.PlainNet) -> None:
    for counted in get_args(saved.Counted):
        for batch, size in ((1, 4), (3, 2), (2, 8)):
            setting = {"name": name, "counted": counted, "batch": batch, "bytes_per_value": size}
            assert not routes_differ(saved.net_bytes, saved.net_bytes_by_torch, **setting)


def test_bad_arguments_are_refused_by_both_routes() -> None:
    good = {"name": "VGG-16", "counted": "saved", "batch": 1, "bytes_per_value": 4}
    bad = [("name", "U-Net"), ("counted", "all"), ("batch", 0), ("bytes_per_value", 3)]
    for argument, found in bad:
        for route in (saved.net_bytes, saved.net_bytes_by_torch):
            with pytest.raises(ValueError, match=argument):
                route(**{**good, argument: found})  # type: ignore[arg-type]


def test_vgg_16_by_hand() -> None:
    # Simonyan & Zisserman 2015, table 1, column D, by sides: image, convolutions and pooling, dense layers
    image = 3 * 224**2
    maps = 2 * 64 * 224**2 + 2 * 128 * 112**2 + 3 * 256 * 56**2 + 3 * 512 * 28**2 + 3 * 512 * 14**2
    pooled = 64 * 112**2 + 128 * 56**2 + 256 * 28**2 + 512 * 14**2 + 512 * 7**2
    values = image + maps + pooled + 4096 + 4096 + 1000
    assert values == 15_237_608
    assert saved.net_bytes("VGG-16", "outputs") == 4 * values
    assert saved.net_bytes("VGG-16", "saved") == 4 * (values - 1000) + 8 * pooled
    # far fewer than its weights, but by the image: 10 images outweigh them
    assert values < architectures.parameters("VGG-16") < 10 * values
    assert mistakes.weights_counted("VGG-16", "outputs") == 4 * (values + 138_357_544)
    assert mistakes.relu_counted_again("VGG-16", "outputs") == 4 * (values + maps + 2 * 4096)
    assert mistakes.convolutions_only("VGG-16", "outputs") == 4 * maps


def test_a_dense_net_is_counted_as_in_memory() -> None:
    # the classifier of LeNet-5: 400 values in, 120 and 84 kept, 10 scores not
    first = 32**2 + 6 * 28**2 + 6 * 14**2 + 16 * 10**2
    whole = saved.net_bytes("LeNet-5, all maps connected", "saved")
    assert whole - 4 * first == memory.saved_activations([400, 120, 84, 10], 1)
