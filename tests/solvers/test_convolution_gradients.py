"""Gradients of convolution and pooling against torch's, and values worked by hand."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from solvers import convolution_gradients, pooling_gradients
from solvers.mistakes import convolution_gradients as mistakes
from solvers.mistakes import pooling_gradients as pooling_mistakes
from tests.routes import REFUSED, Setting, agreed, differing, drawn, fitting, outcome

GRADIENTS = ["image_gradient", "kernel_gradient", "offset_gradient"]
ALONG_ONE_AXIS = ["signal_gradient", "signal_kernel_gradient"]


def _side(size: int, kernel: int, stride: int, padding: int) -> int:
    return max(0, len(range(0, size + 2 * padding - kernel + 1, stride)))


def layer(random: Random) -> Setting:
    """Images of up to 5 × 5 pixels and 2 channels; now and then a kernel larger than they are."""
    channels, filters = random.randint(1, 2), random.randint(1, 2)
    size, kernel = ([random.randint(low, high) for _ in "yx"] for low, high in ((2, 5), (1, 3)))
    stride, padding = [random.randint(1, 3) for _ in "yx"], [random.randint(0, 2) for _ in "yx"]
    sides = [_side(*axis) for axis in zip(size, kernel, stride, padding, strict=True)]
    return {
        "image": drawn(random, channels, *size),
        "kernels": drawn(random, filters, channels, *kernel),
        "offsets": drawn(random, filters),
        "stride": stride,
        "padding": padding,
        "upstream": drawn(random, filters, *sides),
    }


def signal(random: Random) -> Setting:
    size, kernel, stride, padding = (random.randint(low, 4) for low in (2, 1, 1, 0))
    return {
        "signal": drawn(random, size),
        "kernel": drawn(random, kernel),
        "stride": stride,
        "padding": padding,
        "upstream": drawn(random, _side(size, kernel, stride, padding)),
    }


def pooling(random: Random) -> Setting:
    """Overlapping windows too, and at times two equal pixels."""
    size, window, stride = (
        [random.randint(2, 5) for _ in "yx"],
        random.randint(1, 2),
        random.randint(1, 3),
    )
    image = drawn(random, *size)
    if random.random() < 0.2:
        image[0][:2] = [9.0, 9.0]
    sides = [_side(each, window, stride, 0) for each in size]
    upstream = drawn(random, *sides)
    return {"image": image, "window": window, "stride": stride, "upstream": upstream}


def test_convolution_and_its_gradients_are_torchs() -> None:
    assert 80 < agreed(convolution_gradients, ["convolved", *GRADIENTS], layer, 25) <= 100


def test_one_axis_is_torchs() -> None:
    assert 40 < agreed(convolution_gradients, ALONG_ONE_AXIS, signal, 30) <= 60


def test_pooling_is_torchs() -> None:
    names = ["max_pool_gradient", "average_pool_gradient"]
    assert 50 < agreed(pooling_gradients, names, pooling, 40) < 80  # ties are refused


def test_one_axis_by_hand() -> None:
    # y = (x1 + 2 x2, x2 + 2 x3), slopes 1 and 10
    setting: Setting = {"signal": [3.0, 5.0, 7.0], "kernel": [1.0, 2.0], "stride": 1, "padding": 0}
    setting["upstream"] = [1.0, 10.0]
    assert convolution_gradients.signal_gradient(**setting) == [1.0, 12.0, 20.0]
    assert convolution_gradients.signal_kernel_gradient(**setting) == [53.0, 75.0]


def test_two_axes_by_hand() -> None:
    image, kernels = [[[1.0, 2.0], [3.0, 4.0]]], [[[[1.0, 0.0], [0.0, -1.0]]]]
    place: Setting = {"stride": [1, 1], "padding": [0, 0]}
    assert convolution_gradients.convolved(image, kernels, [0.5], **place) == [[[-2.5]]]
    place["upstream"] = [[[2.0]]]
    assert convolution_gradients.image_gradient(image, kernels, **place) == [[[2, 0], [0, -2]]]
    assert convolution_gradients.kernel_gradient(image, kernels, **place) == [[[[2, 4], [6, 8]]]]
    assert convolution_gradients.offset_gradient(image, kernels, **place) == [2.0]


def test_pooling_by_hand() -> None:
    image = [[1.0, 5.0, 2.0], [3.0, 4.0, 0.0]]
    slopes = pooling_gradients.max_pool_gradient(image, 2, 1, [[1.0, 10.0]])
    assert slopes == [[0, 11, 0], [0, 0, 0]]
    slopes = pooling_gradients.average_pool_gradient(image, 2, 1, [[4.0, 8.0]])
    assert slopes == [[1, 3, 2], [1, 3, 2]]


GOOD: Setting = {
    "image": [[[1.0, 2.0, -1.0], [0.5, 3.0, 4.0], [2.0, -2.0, 1.5]]],
    "kernels": [[[[1.0, -2.0], [0.5, 3.0]]]],
    "stride": [1, 1],
    "padding": [0, 0],
    "upstream": [[[1.0, 2.0], [-1.0, 0.5]]],
}


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"image": []}, "image must have at least 1 channel"),
        ({"image": [[[1.0, 2.0], [1.0]]]}, "image must be rows of one length"),
        ({"image": [[[1.0]], [[1.0, 2.0]]]}, "image must be 1 rows of 1"),
        ({"kernels": []}, "kernels must be at least 1, found none"),
        ({"kernels": [[[[1.0]], [[2.0]]]]}, "kernels must have one shape and 1 channels"),
        ({"stride": [0, 1]}, "stride must be at least 1, found 0"),
        ({"stride": [1]}, "stride must have 2 entries, found 1"),
        ({"padding": [0, -1]}, "padding must be at least 0, found -1"),
        ({"padding": [0]}, "padding must have 2 entries"),
        ({"kernels": [[[[1.0, 2.0, 3.0, 4.0]]]]}, "a kernel must be at most 3, found 4"),
        ({"upstream": [[[1.0, 2.0]]]}, "upstream must be 2 rows of 2"),
        ({"upstream": []}, "upstream must have 1 entries, found 0"),
    ],
)
def test_what_does_not_fit_is_refused_by_all_routes(changed: Setting, told: str) -> None:
    setting = {**GOOD, **changed}
    with pytest.raises(ValueError, match=told):
        convolution_gradients.kernel_gradient(**setting)
    for name in GRADIENTS:
        assert not differing(convolution_gradients, name, setting)


def test_offsets_are_one_per_filter() -> None:
    setting = {key: value for key, value in GOOD.items() if key != "upstream"}
    with pytest.raises(ValueError, match="offsets must have 1 entries, found 2"):
        convolution_gradients.convolved(**setting, offsets=[1.0, 2.0])


@pytest.mark.parametrize(
    ("window", "stride", "upstream", "told"),
    [
        (3, 1, [[1.0]], "window must be from 1 to 2, found 3"),
        (0, 1, [[1.0]], "window must be from 1 to 2, found 0"),
        (2, 0, [[1.0]], "stride must be at least 1, found 0"),
        (2, 1, [[1.0]], "upstream must be 1 rows of 2"),
        (2, 1, [[1.0, 2.0]], r"one largest value per window, found \[5.0, 2.0, 5.0, 0.0\]"),
    ],
)
def test_pooling_refuses(window: int, stride: int, upstream: Any, told: str) -> None:
    image = [[1.0, 5.0, 2.0], [3.0, 5.0, 0.0]]
    image[0][0] = 9.0
    with pytest.raises(ValueError, match=told):
        pooling_gradients.max_pool_gradient(image, window, stride, upstream)


def test_mistakes_are_wrong() -> None:
    wrong = {
        "convolved": ["kernel_flipped", "offset_per_channel_forgotten"],
        "image_gradient": ["spread_by_the_turned_kernel", "pixels_once"],
        "kernel_gradient": ["gradient_turned", "weight_sharing_averaged"],
        "offset_gradient": ["offset_averaged"],
    }
    for solver, names in wrong.items():
        setting = fitting(getattr(convolution_gradients, solver), {**GOOD, "offsets": [0.5]})
        key = outcome(getattr(convolution_gradients, solver), setting)
        for name in names:
            assert outcome(getattr(mistakes, name), setting) not in (key, REFUSED), name


def test_mistakes_along_one_axis_and_with_pooling_are_wrong() -> None:
    line = ([3.0, 5.0, 7.0], [1.0, 2.0], 1, 0, [1.0, 10.0])
    assert mistakes.signal_kernel_turned(*line) != convolution_gradients.signal_gradient(*line)
    key = convolution_gradients.signal_kernel_gradient(*line)
    assert mistakes.signal_gradient_turned(*line) != key
    assert mistakes.signal_weight_averaged(*line) == [26.5, 37.5] != key
    pool = ([[1.0, 5.0, 2.0], [3.0, 4.0, 0.0]], 2, 1, [[1.0, 10.0]])
    by_max = pooling_gradients.max_pool_gradient(*pool)
    for name in ("shared_by_all", "whole_slope_to_all", "last_window_only", "times_the_pixel"):
        assert getattr(pooling_mistakes, name)(*pool) != by_max
    assert pooling_mistakes.to_the_largest(*pool) != pooling_gradients.average_pool_gradient(*pool)


def test_a_broken_witness_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not differing(convolution_gradients, "image_gradient", GOOD)
    broken = mistakes.spread_by_the_turned_kernel
    monkeypatch.setattr(convolution_gradients, "image_gradient_by_autograd", broken)
    assert len(differing(convolution_gradients, "image_gradient", GOOD)) == 1
