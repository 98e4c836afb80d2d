"""What detectors put out, and what they cost: grids, default boxes, pyramid levels, proposals."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from .ranges import _one_of

Grid = Literal["per cell", "per box"]
Detector = Literal["R-CNN", "Fast R-CNN"]


def grid_outputs(cells: int, boxes: int, classes: int, scheme: Grid) -> tuple[int, int, int]:
    """(S, S, 5 B + C) with classes per cell, (S, S, B (5 + C)) with classes per box

    [YOLO: Redmon et al. 2016, sec. 2; YOLOv2: Redmon & Farhadi 2017]
    """
    _one_of(Grid, scheme=scheme)
    _check_sizes(cells=cells, boxes=boxes, classes=classes)
    depth = 5 * boxes + classes if scheme == "per cell" else boxes * (5 + classes)
    return cells, cells, depth


def grid_outputs_by_counting(
    cells: int, boxes: int, classes: int, scheme: Grid
) -> tuple[int, int, int]:
    """The numbers of one cell named one by one."""
    _check_sizes(cells=cells, boxes=boxes, classes=classes)
    names = {(box, part) for box in range(boxes) for part in ("x", "y", "w", "h", "confidence")}
    owners = range(boxes) if scheme == "per box" else [-1]
    named = {str(name) for name in names} | {f"{o}:{c}" for o in owners for c in range(classes)}
    return cells, cells, len(named)


def prior_boxes(maps: list[int], per_place: list[int]) -> int:
    """Σ n² k over square feature maps of side n with k default boxes per place [Liu et al. 2016]"""
    _check_maps(maps, per_place)
    return sum(n * n * k for n, k in zip(maps, per_place, strict=True))


def prior_boxes_by_counting(maps: list[int], per_place: list[int]) -> int:
    """Places and boxes walked through."""
    _check_maps(maps, per_place)
    return sum(
        1
        for n, k in zip(maps, per_place, strict=True)
        for _row in range(n)
        for _column in range(n)
        for _box in range(k)
    )


def pyramid_level(
    width: int, height: int, canonical: int = 4, lowest: int = 2, highest: int = 5
) -> int:
    """⌊k₀ + log₂(√(w h)/224)⌋, kept within the levels that there are   [Lin et al. 2017, eq. 1]"""
    _check_sizes(width=width, height=height)
    level, ratio = canonical, Fraction(width * height, 224 * 224)
    while ratio >= 4:
        level, ratio = level + 1, ratio / 4
    while ratio < 1:
        level, ratio = level - 1, ratio * 4
    return min(max(level, lowest), highest)


def pyramid_level_by_numpy(
    width: int, height: int, canonical: int = 4, lowest: int = 2, highest: int = 5
) -> int:
    """The logarithm itself, clipped; numpy's log2 is exact at powers of 2."""
    import numpy as np

    _check_sizes(width=width, height=height)
    level = np.floor(canonical + np.log2(width * height / 224**2) / 2)
    return int(np.clip(level, lowest, highest))


def detector_cost(detector: Detector, proposals: int, backbone: int, head: int) -> int:
    """p (b + h) if each proposal passes the network, b + p h if they share its feature map

    [Girshick et al. 2014; Girshick 2015]
    """
    _one_of(Detector, detector=detector)
    _check_sizes(proposals=proposals, backbone=backbone, head=head)
    if detector == "R-CNN":
        return proposals * (backbone + head)
    return backbone + proposals * head


def detector_cost_by_loop(detector: Detector, proposals: int, backbone: int, head: int) -> int:
    """Proposals one after the other, the feature map computed anew or remembered."""
    _check_sizes(proposals=proposals, backbone=backbone, head=head)
    cost, has_map = 0, False
    for _ in range(proposals):
        if detector == "R-CNN" or not has_map:
            cost, has_map = cost + backbone, True
        cost += head
    return cost


def _check_sizes(**sizes: int) -> None:
    for name, size in sizes.items():
        if size < 1:
            raise ValueError(f"{name} must be at least 1, found {size}")


def _check_maps(maps: list[int], per_place: list[int]) -> None:
    if not maps or len(maps) != len(per_place) or min([*maps, *per_place]) < 1:
        raise ValueError(f"maps and per_place must be as many, from 1, found {maps}, {per_place}")
