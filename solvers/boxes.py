"""Boxes of detectors: overlap, encoding, suppression and average precision."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from .detection import iou
from .ranges import _in_float64, _numbers, _one_of

Decay = Literal["linear", "gaussian"]


def generalised_iou(first: list[int], second: list[int]) -> Fraction:
    """IoU − |C without A or B|/|C|, C the smallest box around both   [Rezatofighi et al. 2019]"""
    overlap = iou(first, second)
    areas = _area(first) + _area(second)
    union = Fraction(areas) / (1 + overlap)
    hull = (max(first[2], second[2]) - min(first[0], second[0])) * (
        max(first[3], second[3]) - min(first[1], second[1])
    )
    return overlap - (hull - union) / hull


def generalised_iou_by_counting(first: list[int], second: list[int]) -> Fraction:
    """Unit squares of the box around both, each asked in which of the two it lies."""
    _check_box("first", first)
    _check_box("second", second)
    squares = [
        sum(l <= x < r and t <= y < b for l, t, r, b in (first, second))  # noqa: E741
        for x in range(min(first[0], second[0]), max(first[2], second[2]))
        for y in range(min(first[1], second[1]), max(first[3], second[3]))
    ]
    both, neither = squares.count(2), squares.count(0)
    return Fraction(both, len(squares) - neither) - Fraction(neither, len(squares))


def encode(box: list[float], anchor: list[float]) -> list[float]:
    """[(x − xₐ)/wₐ, (y − yₐ)/hₐ, ln(w/wₐ), ln(h/hₐ)] of boxes [centre x, centre y, width, height]

    [Girshick et al. 2014, eq. 6-9; Ren et al. 2015, eq. 2]
    """
    _numbers(box=box, anchor=anchor)
    _check_centred("box", box)
    _check_centred("anchor", anchor)
    shifts = [(box[i] - anchor[i]) / anchor[i + 2] for i in (0, 1)]
    return shifts + [math.log(box[i] / anchor[i]) for i in (2, 3)]


def encode_by_numpy(box: list[float], anchor: list[float]) -> list[float]:
    """By corners: the sum of both corners' shifts halves to the centre's, their gap to the size."""
    import numpy as np

    _check_centred("box", box)
    _check_centred("anchor", anchor)
    low, high = (np.array(box[:2]) + sign * np.array(box[2:]) / 2 for sign in (-1, 1))
    size, centre = np.array(anchor[2:]), np.array(anchor[:2])
    low, high = (low - centre) / size, (high - centre) / size
    return [float(x) for x in [*((low + high) / 2), *np.log(high - low)]]


def decode(offsets: list[float], anchor: list[float]) -> list[float]:
    """[tₓ wₐ + xₐ, t_y hₐ + yₐ, wₐ exp t_w, hₐ exp t_h]   [Girshick et al. 2014, eq. 1-4]"""
    _numbers(offsets=offsets, anchor=anchor)
    _check_offsets(offsets, anchor)
    with _in_float64():
        centre = [offsets[i] * anchor[i + 2] + anchor[i] for i in (0, 1)]
        return centre + [anchor[i] * math.exp(offsets[i]) for i in (2, 3)]


def decode_by_loop(offsets: list[float], anchor: list[float]) -> list[float]:
    """The box whose encoding this is, found by halving intervals: each entry rises with its own."""
    _check_offsets(offsets, anchor)
    reach = max(map(abs, offsets)) + 1
    low = [anchor[0] - reach * anchor[2], anchor[1] - reach * anchor[3], 1e-9, 1e-9]
    high = [anchor[0] + reach * anchor[2], anchor[1] + reach * anchor[3], 0.0, 0.0]
    high[2:] = [anchor[i] * math.exp(reach) for i in (2, 3)]
    for _ in range(200):
        middle = [(a + b) / 2 for a, b in zip(low, high, strict=True)]
        for i, (found, wanted) in enumerate(zip(encode(middle, anchor), offsets, strict=True)):
            (low if found < wanted else high)[i] = middle[i]
    return middle


def decayed_scores(
    boxes: list[list[int]],
    scores: list[float],
    decay: Decay,
    percent: int = 30,
    spread: float = 0.5,
) -> list[float]:
    """Scores after soft-NMS: each box, best first, lowers the others by f(IoU)   [Bodla et al. 2017]

    f is 1 − IoU from IoU ≥ percent/100 on (linear), or exp(−IoU²/spread); scores are distinct.
    """
    _numbers(scores=scores, spread=spread)
    _one_of(Decay, decay=decay)
    _check_suppression(boxes, scores, percent, spread)
    left, final = list(range(len(boxes))), list(scores)
    while left:
        best = max(left, key=final.__getitem__)
        left.remove(best)
        for other in left:
            final[other] *= _decay(iou(boxes[best], boxes[other]), decay, percent, spread)
    return final


def decayed_scores_by_numpy(
    boxes: list[list[int]],
    scores: list[float],
    decay: Decay,
    percent: int = 30,
    spread: float = 0.5,
) -> list[float]:
    """One table of all factors; the rows of the boxes taken so far are multiplied up."""
    import numpy as np

    _check_suppression(boxes, scores, percent, spread)
    corners = np.array(boxes, dtype=float)
    low = np.maximum(corners[:, None, :2], corners[None, :, :2])
    high = np.minimum(corners[:, None, 2:], corners[None, :, 2:])
    shared = np.prod(np.clip(high - low, 0, None), axis=2)
    areas = np.prod(corners[:, 2:] - corners[:, :2], axis=1)
    overlap = shared / (areas[:, None] + areas[None] - shared)
    factors = np.exp(-(overlap**2) / spread)
    if decay == "linear":
        factors = np.where(overlap >= percent / 100 - 1e-12, 1 - overlap, 1)
    taken: list[int] = []
    while len(taken) < len(boxes):
        now = np.array(scores) * factors[taken].prod(0)
        taken.append(int(np.argmax([-1 if i in taken else now[i] for i in range(len(boxes))])))
    return [
        float(scores[box] * factors[taken[: taken.index(box)], box].prod())
        for box in range(len(boxes))
    ]


def average_precision(
    truths: list[list[int]], boxes: list[list[int]], scores: list[float], percent: int
) -> Fraction:
    """Area under the precision envelope over recall, one class; a hit has IoU ≥ percent/100 with a
    truth not taken by a better box (the best-covered truth counts)   [Everingham et al. 2010, 2015]
    """
    _numbers(scores=scores)
    _check_detections(truths, boxes, scores, percent)
    hits = _hits(truths, boxes, scores, percent)
    curve = [
        (Fraction(sum(hits[:n]), len(truths)), Fraction(sum(hits[:n]), n))
        for n in range(1, len(hits) + 1)
    ]
    area = Fraction(0)
    best = Fraction(0)
    for (recall, precision), (before, _) in pairwise([*curve[::-1], (Fraction(0), best)]):
        best = max(best, precision)
        area += (recall - before) * best
    return area


def average_precision_by_counting(
    truths: list[list[int]], boxes: list[list[int]], scores: list[float], percent: int
) -> Fraction:
    """For each number of truths found, the best precision with which so many are found; their mean.

    Overlaps are counted in unit squares.
    """
    _check_detections(truths, boxes, scores, percent)
    free = [True] * len(truths)
    hits: list[bool] = []
    for _, box in sorted(zip(scores, boxes, strict=True), reverse=True):
        shares = [_squares_shared(box, truth) for truth in truths]
        place = shares.index(max(shares))
        hits.append(shares[place] * 100 >= percent and free[place])
        free[place] = free[place] and not hits[-1]
    best = [
        max(Fraction(sum(hits[:n]), n) for n in range(1, len(hits) + 1) if sum(hits[:n]) >= found)
        for found in range(1, sum(hits) + 1)
    ]
    return sum(best, Fraction(0)) / len(truths)


def _area(box: list[int]) -> int:
    return (box[2] - box[0]) * (box[3] - box[1])


def _decay(overlap: Fraction, decay: Decay, percent: int, spread: float) -> float:
    if decay == "gaussian":
        return math.exp(-float(overlap**2) / spread)
    return float(1 - overlap) if overlap * 100 >= percent else 1.0


def _hits(
    truths: list[list[int]], boxes: list[list[int]], scores: list[float], percent: int
) -> list[bool]:
    taken: set[int] = set()
    hits = []
    for place in sorted(range(len(boxes)), key=lambda i: -scores[i]):
        overlaps = [iou(boxes[place], truth) for truth in truths]
        nearest = max(range(len(truths)), key=overlaps.__getitem__)
        hit = overlaps[nearest] * 100 >= percent and nearest not in taken
        taken |= {nearest} if hit else set()
        hits.append(hit)
    return hits


def _squares_shared(first: list[int], second: list[int]) -> Fraction:
    one, other = (
        {(x, y) for x in range(box[0], box[2]) for y in range(box[1], box[3])}
        for box in (first, second)
    )
    return Fraction(len(one & other), len(one | other))


def _check_box(name: str, box: list[int]) -> None:
    if len(box) != 4 or box[0] >= box[2] or box[1] >= box[3]:
        raise ValueError(f"{name} must be [left, top, right, bottom] with an area, found {box}")


def _check_centred(name: str, box: list[float]) -> None:
    if len(box) != 4 or min(box[2:]) <= 0:
        raise ValueError(f"{name} must be [x, y, width, height] with an area, found {box}")


def _check_offsets(offsets: list[float], anchor: list[float]) -> None:
    _check_centred("anchor", anchor)
    if len(offsets) != 4:
        raise ValueError(f"offsets must be 4 numbers, found {offsets}")


def _check_suppression(
    boxes: list[list[int]], scores: list[float], percent: int, spread: float
) -> None:
    for box in boxes:
        _check_box("each of boxes", box)
    if not boxes or len(scores) != len(boxes) or len(set(scores)) < len(scores) or min(scores) <= 0:
        raise ValueError(f"scores must be distinct, above 0 and one per box, found {scores}")
    if not 0 <= percent <= 100 or spread <= 0:
        raise ValueError(f"percent must be 0 to 100, spread above 0, found {percent} and {spread}")


def _check_detections(
    truths: list[list[int]], boxes: list[list[int]], scores: list[float], percent: int
) -> None:
    _check_suppression(boxes, scores, percent, 1)
    if not truths or percent < 1:
        raise ValueError(f"truths must be one at least and percent from 1, found {percent}")
    for box in truths:
        _check_box("each of truths", box)
