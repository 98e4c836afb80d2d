"""Boxes, masks and proposals: published figures, torch, and squares counted one at a time."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers import detection

calm = settings(max_examples=40, deadline=None)
box = st.lists(st.integers(0, 8), min_size=4, max_size=4)
real_box = st.tuples(*[st.integers(0, 6), st.integers(0, 6), st.integers(1, 5), st.integers(1, 5)])


def outcome(function: Callable[..., Any], *given: Any) -> Any:
    """What a function returns, or ValueError itself where it refuses."""
    try:
        return function(*given)
    except ValueError:
        return ValueError


@calm
@given(box, box)
def test_iou_agrees_with_counted_squares(first: list[int], second: list[int]) -> None:
    expected = outcome(detection.iou_by_counting, first, second)
    assert outcome(detection.iou, first, second) == expected


def test_iou_by_hand() -> None:
    assert detection.iou([0, 0, 4, 4], [2, 2, 6, 6]) == Fraction(4, 28)
    assert detection.iou([0, 0, 4, 4], [4, 0, 8, 4]) == 0


@calm
@given(*[st.integers(0, 12)] * 3)
def test_mask_measures_agree_with_real_masks(truth: int, predicted: int, shared: int) -> None:
    for solver, witness in (
        (detection.dice, detection.dice_by_loop),
        (detection.overlap_of_masks, detection.overlap_of_masks_by_counting),
    ):
        assert outcome(solver, truth, predicted, shared) == outcome(
            witness, truth, predicted, shared
        )


@calm
@given(st.lists(real_box, max_size=6), st.integers(0, 100), st.randoms(use_true_random=False))
def test_suppression_agrees_with_asking_each_box(
    corners: list[tuple[int, ...]], percent: int, random: Any
) -> None:
    boxes = [[x, y, x + width, y + height] for x, y, width, height in corners]
    scores = random.sample(range(100), len(boxes))
    setting = (boxes, scores, percent)
    expected = detection.surviving_by_loop(*setting)
    assert detection.surviving(*setting) == expected


def test_a_suppressed_box_suppresses_nothing() -> None:
    # neighbours overlap by 6/14, the outer two by 2/18
    boxes = [[0, 0, 10, 1], [4, 0, 14, 1], [8, 0, 18, 1]]
    assert detection.surviving(boxes, [90, 80, 70], 40) == [0, 2]
    with pytest.raises(ValueError, match="3 different numbers"):
        detection.surviving(boxes, [90, 90, 70], 40)


@calm
@given(
    st.tuples(
        *[st.integers(0, 12)] * 2,
        *[st.integers(0, 3)] * 3,
        st.sampled_from(["none", "down", "up", "nearest"]),
    )
)
def test_anchors_agree_with_a_walk(setting: tuple[Any, ...]) -> None:
    assert outcome(detection.anchors, *setting) == outcome(detection.anchors_by_loop, *setting)


def test_anchors_as_in_faster_rcnn() -> None:
    # Ren et al. 2015, section 3.1.1: about 2400 positions, 9 anchors each
    assert detection.anchors(640, 960, 16, 3, 3) == 40 * 60 * 9
    # the paper's shorter side, 600 = 37 · 16 + 8: the halvings of VGG-16's poolings round down
    assert detection.anchors(600, 800, 16, 3, 3, "down") == 37 * 50 * 9
    assert detection.anchors(600, 800, 16, 3, 3, "up") == 38 * 50 * 9
    with pytest.raises(ValueError, match="stride must divide 600 and 800 where rounding is none"):
        detection.anchors(600, 800, 16, 3, 3)


@calm
@given(st.integers(1, 20), st.lists(st.integers(0, 9), max_size=3), st.integers(0, 4))
def test_crops_agree_with_torch(size: int, windows: list[int], stride: int) -> None:
    expected = outcome(detection.crops_by_torch, size, windows, stride)
    assert outcome(detection.crops, size, windows, stride) == expected
