"""Mistakes with boxes, masks and proposals: everything here is wrong on purpose."""

from __future__ import annotations

from fractions import Fraction

from ..convolution import output_size
from ..detection import Rounding, anchors, iou


def _areas(first: list[int], second: list[int]) -> tuple[int, int, int]:
    one, other = ((box[2] - box[0]) * (box[3] - box[1]) for box in (first, second))
    share = iou(first, second)
    return one, other, round(share * (one + other) / (1 + share))


def counted_twice(first: list[int], second: list[int]) -> Fraction:
    """Wrong on purpose: divides by the sum of both areas."""
    one, other, shared = _areas(first, second)
    return Fraction(shared, one + other)


def over_the_smaller(first: list[int], second: list[int]) -> Fraction:
    """Wrong on purpose: divides by the smaller area."""
    one, other, shared = _areas(first, second)
    return Fraction(shared, min(one, other))


def dice_of_boxes(first: list[int], second: list[int]) -> Fraction:
    """Wrong on purpose: gives the Dice coefficient."""
    one, other, shared = _areas(first, second)
    return Fraction(2 * shared, one + other)


def overlap_for_dice(truth: int, predicted: int, shared: int) -> Fraction:
    """Wrong on purpose: gives the intersection over union."""
    return Fraction(shared, truth + predicted - shared)


def undoubled(truth: int, predicted: int, shared: int) -> Fraction:
    """Wrong on purpose: forgets the factor 2."""
    return Fraction(shared, truth + predicted)


def recall_for_dice(truth: int, predicted: int, shared: int) -> Fraction:
    """Wrong on purpose: gives the share of the true pixels that were found."""
    return Fraction(shared, truth)


def best_only(boxes: list[list[int]], scores: list[int], percent: int) -> list[int]:
    """Wrong on purpose: keeps the best box of all."""
    return [scores.index(max(scores))]


def nothing_suppressed(boxes: list[list[int]], scores: list[int], percent: int) -> list[int]:
    """Wrong on purpose: only sorts the boxes by score."""
    return sorted(range(len(boxes)), key=lambda at: -scores[at])


def suppressed_by_suppressed(boxes: list[list[int]], scores: list[int], percent: int) -> list[int]:
    """Wrong on purpose: lets a suppressed box suppress others."""
    order = nothing_suppressed(boxes, scores, percent)
    return [
        at
        for place, at in enumerate(order)
        if all(iou(boxes[better], boxes[at]) * 100 <= percent for better in order[:place])
    ]


def one_per_place(
    height: int, width: int, stride: int, scales: int, ratios: int, rounding: Rounding = "none"
) -> int:
    """Wrong on purpose: counts the positions only."""
    return anchors(height, width, stride, 1, 1, rounding)


def added_shapes(
    height: int, width: int, stride: int, scales: int, ratios: int, rounding: Rounding = "none"
) -> int:
    """Wrong on purpose: adds scales and ratios."""
    return anchors(height, width, stride, 1, 1, rounding) * (scales + ratios)


def at_every_pixel(
    height: int, width: int, stride: int, scales: int, ratios: int, rounding: Rounding = "none"
) -> int:
    """Wrong on purpose: puts anchors at every pixel of the image."""
    return height * width * scales * ratios


def one_axis(size: int, windows: list[int], stride: int) -> int:
    """Wrong on purpose: slides along one axis only."""
    return sum(output_size(size, window, stride) for window in windows)


def tiled(size: int, windows: list[int], stride: int) -> int:
    """Wrong on purpose: lays the windows side by side, whatever the stride."""
    return sum((size // window) ** 2 for window in windows)


def smallest_window(size: int, windows: list[int], stride: int) -> int:
    """Wrong on purpose: counts one window size only."""
    return output_size(size, min(windows), stride) ** 2
