"""Mistakes with what detectors put out and cost: everything here is wrong on purpose."""

from __future__ import annotations

import math

from .. import detectors
from ..detectors import Detector, Grid


def confidence_forgotten(
    cells: int, boxes: int, classes: int, scheme: Grid
) -> tuple[int, int, int]:
    """Wrong on purpose: 4 numbers per box, no confidence."""
    depth = detectors.grid_outputs(cells, boxes, classes, scheme)[2]
    return cells, cells, depth - boxes


def other_scheme(cells: int, boxes: int, classes: int, scheme: Grid) -> tuple[int, int, int]:
    """Wrong on purpose: classes per box where they are per cell, and the other way round."""
    other: Grid = "per box" if scheme == "per cell" else "per cell"
    return detectors.grid_outputs(cells, boxes, classes, other)


def sides_not_squared(maps: list[int], per_place: list[int]) -> int:
    """Wrong on purpose: Σ n k."""
    return sum(n * k for n, k in zip(maps, per_place, strict=True))


def first_map_only(maps: list[int], per_place: list[int]) -> int:
    """Wrong on purpose: the coarser maps are left out."""
    return detectors.prior_boxes(maps[:1], per_place[:1])


def area_for_side(
    width: int, height: int, canonical: int = 4, lowest: int = 2, highest: int = 5
) -> int:
    """Wrong on purpose: no square root, so that the level changes twice as fast."""
    level = math.floor(canonical + math.log2(width * height / 224**2))
    return min(max(level, lowest), highest)


def unclipped(
    width: int, height: int, canonical: int = 4, lowest: int = 2, highest: int = 5
) -> int:
    """Wrong on purpose: levels that do not exist."""
    return detectors.pyramid_level(width, height, canonical, -1000, 1000)


def detectors_swapped(detector: Detector, proposals: int, backbone: int, head: int) -> int:
    """Wrong on purpose: R-CNN taken for the one that shares its features."""
    other: Detector = "Fast R-CNN" if detector == "R-CNN" else "R-CNN"
    return detectors.detector_cost(other, proposals, backbone, head)


def head_run_once(detector: Detector, proposals: int, backbone: int, head: int) -> int:
    """Wrong on purpose: the head counted once, not per proposal."""
    return (proposals if detector == "R-CNN" else 1) * backbone + head
