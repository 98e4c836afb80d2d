"""Mistakes with boxes: everything here is wrong on purpose."""

from __future__ import annotations

import math
from fractions import Fraction

from .. import boxes as right
from ..boxes import Decay
from ..detection import iou


def plain_iou(first: list[int], second: list[int]) -> Fraction:
    """Wrong on purpose: the plain IoU, 0 however far apart the boxes are."""
    return iou(first, second)


def share_of_the_hull(first: list[int], second: list[int]) -> Fraction:
    """Wrong on purpose: the union's share of the box around both, without the IoU."""
    return 1 + right.generalised_iou(first, second) - iou(first, second)


def shifts_in_pixels(box: list[float], anchor: list[float]) -> list[float]:
    """Wrong on purpose: shifts not divided by the anchor's size."""
    return [box[0] - anchor[0], box[1] - anchor[1], *right.encode(box, anchor)[2:]]


def ratios_without_logarithm(box: list[float], anchor: list[float]) -> list[float]:
    """Wrong on purpose: w/wₐ and h/hₐ themselves."""
    return right.encode(box, anchor)[:2] + [box[i] / anchor[i] for i in (2, 3)]


def anchor_minus_box(box: list[float], anchor: list[float]) -> list[float]:
    """Wrong on purpose: box and anchor swapped."""
    return right.encode(anchor, box)


def sizes_scaled_linearly(offsets: list[float], anchor: list[float]) -> list[float]:
    """Wrong on purpose: wₐ (1 + t) in place of wₐ exp t."""
    sizes = [anchor[i] * (1 + offsets[i]) for i in (2, 3)]
    return right.decode(offsets, anchor)[:2] + sizes


def shifts_not_scaled(offsets: list[float], anchor: list[float]) -> list[float]:
    """Wrong on purpose: t added to the centre as if it were in pixels."""
    return [anchor[0] + offsets[0], anchor[1] + offsets[1], *right.decode(offsets, anchor)[2:]]


def hard_suppression(
    boxes: list[list[int]],
    scores: list[float],
    decay: Decay,
    percent: int = 30,
    spread: float = 0.5,
) -> list[float]:
    """Wrong on purpose: ordinary suppression, which sets the scores to 0."""
    soft = right.decayed_scores(boxes, scores, "linear", percent, spread)
    return [new if new == old else 0.0 for new, old in zip(soft, scores, strict=True)]


def overlap_not_squared(
    boxes: list[list[int]],
    scores: list[float],
    decay: Decay,
    percent: int = 30,
    spread: float = 0.5,
) -> list[float]:
    """Wrong on purpose: exp(−IoU/spread), each box lowered by the best one only."""
    best = max(range(len(boxes)), key=scores.__getitem__)
    return [
        score if i == best else score * math.exp(-float(iou(boxes[best], box)) / spread)
        for i, (box, score) in enumerate(zip(boxes, scores, strict=True))
    ]


def precision_of_all(
    truths: list[list[int]], boxes: list[list[int]], scores: list[float], percent: int
) -> Fraction:
    """Wrong on purpose: hits over boxes, the ranking ignored."""
    covered = (any(iou(box, truth) * 100 >= percent for truth in truths) for box in boxes)
    return Fraction(sum(covered), len(boxes))


def found_truths_only(
    truths: list[list[int]], boxes: list[list[int]], scores: list[float], percent: int
) -> Fraction:
    """Wrong on purpose: the mean over the truths found, the missed ones forgotten."""
    found = recall_of_all(truths, boxes, scores, percent)
    return right.average_precision(truths, boxes, scores, percent) / found if found else found


def recall_of_all(
    truths: list[list[int]], boxes: list[list[int]], scores: list[float], percent: int
) -> Fraction:
    """Wrong on purpose: the share of truths that are found at all."""
    found = (any(iou(box, truth) * 100 >= percent for box in boxes) for truth in truths)
    return Fraction(sum(found), len(truths))
