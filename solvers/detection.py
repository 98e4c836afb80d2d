"""Boxes, masks and proposals of detection and segmentation."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from .convolution import output_size
from .ranges import _one_of

Rounding = Literal["none", "down", "up"]


def _checked_box(name: str, box: list[int]) -> None:
    if len(box) != 4 or box[0] >= box[2] or box[1] >= box[3]:
        raise ValueError(f"{name} must be [left, top, right, bottom] with an area, found {box}")


def iou(first: list[int], second: list[int]) -> Fraction:
    """|A and B| / |A or B| of boxes [left, top, right, bottom], edges as coordinates

    [Everingham et al. 2010, sec. 4]
    """
    _checked_box("first", first)
    _checked_box("second", second)
    width = min(first[2], second[2]) - max(first[0], second[0])
    height = min(first[3], second[3]) - max(first[1], second[1])
    shared = max(width, 0) * max(height, 0)
    areas = [(box[2] - box[0]) * (box[3] - box[1]) for box in (first, second)]
    return Fraction(shared, sum(areas) - shared)


def iou_by_counting(first: list[int], second: list[int]) -> Fraction:
    """Unit squares in both boxes and in any of them, counted one at a time."""
    _checked_box("first", first)
    _checked_box("second", second)
    one, other = (
        {(x, y) for x in range(box[0], box[2]) for y in range(box[1], box[3])}
        for box in (first, second)
    )
    return Fraction(len(one & other), len(one | other))


def dice(truth: int, predicted: int, shared: int) -> Fraction:
    """2 |A and B| / (|A| + |B|) of two masks with these numbers of pixels

    [Milletari et al. 2016, sec. 3]
    """
    if truth < 1 or predicted < 1 or not 0 <= shared <= min(truth, predicted):
        raise ValueError(f"shared must be in 0..{min(truth, predicted)}, found {shared}")
    return Fraction(2 * shared, truth + predicted)


def dice_by_loop(truth: int, predicted: int, shared: int) -> Fraction:
    """Harmonic mean of precision and recall (F1) over two real masks, pixel by pixel."""
    if truth < 1 or predicted < 1 or not 0 <= shared <= min(truth, predicted):
        raise ValueError(f"shared must be in 0..{min(truth, predicted)}, found {shared}")
    real = range(truth)
    marked = range(truth - shared, truth - shared + predicted)
    hits = sum(1 for pixel in marked if pixel in real)
    if hits == 0:
        return Fraction(0)
    precision, recall = Fraction(hits, len(marked)), Fraction(hits, len(real))
    return 2 / (1 / precision + 1 / recall)


def overlap_of_masks(truth: int, predicted: int, shared: int) -> Fraction:
    """IoU of the same two masks, |A and B| / |A or B|"""
    value = dice(truth, predicted, shared)
    return value / (2 - value)


def overlap_of_masks_by_counting(truth: int, predicted: int, shared: int) -> Fraction:
    """Pixels of two real masks counted in both and in any."""
    if truth < 1 or predicted < 1 or not 0 <= shared <= min(truth, predicted):
        raise ValueError(f"shared must be in 0..{min(truth, predicted)}, found {shared}")
    real = set(range(truth))
    marked = set(range(truth - shared, truth - shared + predicted))
    return Fraction(len(real & marked), len(real | marked))


def surviving(boxes: list[list[int]], scores: list[int], percent: int) -> list[int]:
    """Positions kept by greedy non-maximum suppression at IoU > percent / 100, best first

    [Girshick et al. 2014, sec. 2.2]
    """
    if len(boxes) != len(scores) or len(set(scores)) != len(scores):
        raise ValueError(f"scores must be {len(boxes)} different numbers, found {scores}")
    left = sorted(range(len(boxes)), key=lambda at: -scores[at])
    kept = []
    while left:
        best, *rest = left
        kept.append(best)
        left = [at for at in rest if iou(boxes[best], boxes[at]) * 100 <= percent]
    return kept


def surviving_by_loop(boxes: list[list[int]], scores: list[int], percent: int) -> list[int]:
    """Each box asked in turn whether a kept, better one covers the same unit squares too much."""
    if len(boxes) != len(scores) or len(set(scores)) != len(scores):
        raise ValueError(f"scores must be {len(boxes)} different numbers, found {scores}")
    kept: list[int] = []
    for score in sorted(scores, reverse=True):
        at = scores.index(score)
        overlaps = [iou_by_counting(boxes[better], boxes[at]) for better in kept]
        if all(100 * overlap <= percent for overlap in overlaps):
            kept.append(at)
    return kept


def _checked_grid(
    height: int, width: int, stride: int, scales: int, ratios: int, rounding: Rounding
) -> None:
    if min(height, width, stride, scales, ratios) < 1:
        raise ValueError("height, width, stride, scales and ratios must be at least 1")
    _one_of(Rounding, rounding=rounding)
    if rounding == "none" and (height % stride or width % stride):
        raise ValueError(
            f"stride must divide {height} and {width} where rounding is none, found {stride}"
        )


def anchors(
    height: int, width: int, stride: int, scales: int, ratios: int, rounding: Rounding = "none"
) -> int:
    """(height / stride) (width / stride) scales ratios, the quotients rounded down or up if asked; a side
    that the stride does not divide is refused otherwise   [Ren et al. 2015, sec. 3.1.1]"""
    _checked_grid(height, width, stride, scales, ratios, rounding)
    rest = stride - 1 if rounding == "up" else 0
    return ((height + rest) // stride) * ((width + rest) // stride) * scales * ratios


def anchors_by_loop(
    height: int, width: int, stride: int, scales: int, ratios: int, rounding: Rounding = "none"
) -> int:
    """Cells walked through row by row, each with every scale and ratio; down: whole cells only."""
    _checked_grid(height, width, stride, scales, ratios, rounding)
    boxes = len([(scale, ratio) for scale in range(scales) for ratio in range(ratios)])
    cut = stride - 1 if rounding == "down" else 0
    rows, columns = range(0, height - cut, stride), range(0, width - cut, stride)
    return sum(boxes for _ in rows for _ in columns)


def crops(size: int, windows: list[int], stride: int) -> int:
    """Sum over window sizes of (floor((size - window) / stride) + 1)^2

    [Dumoulin & Visin 2016, rel. 5]
    """
    if not windows:
        raise ValueError("windows must hold at least one size, found none")
    return sum(output_size(size, window, stride) ** 2 for window in windows)


def crops_by_torch(size: int, windows: list[int], stride: int) -> int:
    """Crops that torch's unfold really cuts from an image."""
    import torch

    if not windows or min(*windows, stride, size) < 1 or max(windows) > size:
        raise ValueError(f"windows must be at most the size {size}, found {windows}, {stride}")
    image = torch.empty(1, 1, size, size, device="meta")
    return sum(
        image.unfold(2, window, stride).unfold(3, window, stride).shape[2:4].numel()
        for window in windows
    )
