"""Boxes and proposals: unit squares counted, boxes searched for, published numbers of outputs."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Any

import pytest

from solvers import boxes, detectors, proposals
from solvers.mistakes import boxes as wrong_boxes
from solvers.mistakes import detectors as wrong_detectors
from solvers.mistakes import proposals as wrong_proposals
from tests.solvers.drawn import Draw, Solver, assert_differs, assert_routes_agree


def box(random: Random) -> list[int]:
    left, top = random.randint(0, 6), random.randint(0, 6)
    return [left, top, left + random.randint(1, 6), top + random.randint(1, 6)]


def pair(random: Random) -> dict[str, Any]:
    return {"first": box(random), "second": box(random)}


def numbers(random: Random, low: float) -> list[float]:
    return [round(random.uniform(low, 3), 2) for _ in range(2)]


def encoded(random: Random) -> dict[str, Any]:
    names = ("box", "anchor")
    return {name: numbers(random, -3) + numbers(random, 0.1) for name in names}


def decoded(random: Random) -> dict[str, Any]:
    return {"offsets": numbers(random, -2) + numbers(random, -2), "anchor": encoded(random)["box"]}


def scored(random: Random) -> dict[str, Any]:
    count = random.randint(1, 5)
    scores = [score / 100 for score in random.sample(range(5, 100), count)]
    return {"boxes": [box(random) for _ in range(count)], "scores": scores}


def softened(random: Random) -> dict[str, Any]:
    return {**scored(random), "decay": random.choice(["linear", "gaussian"]), "percent": 20}


def detected(random: Random) -> dict[str, Any]:
    drawn = scored(random)
    near = [[x + random.choice([0, 0, 1]) for x in each] for each in drawn["boxes"]]
    truths = [each for each in near if each[0] < each[2]][: random.randint(1, 4)]
    return {**drawn, "truths": truths, "percent": random.choice([30, 50])}


def grid(random: Random) -> dict[str, Any]:
    sizes = {name: random.randint(0, 9) for name in ("cells", "boxes", "classes")}
    return {**sizes, "scheme": random.choice(["per cell", "per box"])}


def maps(random: Random) -> dict[str, Any]:
    return {"maps": random.choices(range(1, 12), k=3), "per_place": random.choices([4, 6], k=3)}


def region(random: Random) -> dict[str, Any]:
    sides = [14, 28, 56, 100, 112, 223, 224, 225, 448, 700, 896, 1800]
    return {"width": random.choice(sides), "height": random.choice(sides)}


def cost(random: Random) -> dict[str, Any]:
    sizes = {name: random.randint(0, 50) for name in ("proposals", "backbone", "head")}
    return {**sizes, "detector": random.choice(["R-CNN", "Fast R-CNN"])}


def histograms(random: Random) -> dict[str, Any]:
    return {name: [random.randint(0, 5) for _ in range(4)] for name in ("first", "second")}


def sizes(random: Random) -> dict[str, Any]:
    return {"first": random.randint(0, 40), "second": random.randint(1, 40), "image": 70}


def filled(random: Random) -> dict[str, Any]:
    most = random.randint(1, 9)
    return {**pair(random), "first_size": most, "second_size": random.randint(1, 9), "image": 160}


ROUTES: list[tuple[Solver, Solver, Draw]] = [
    (boxes.generalised_iou, boxes.generalised_iou_by_counting, pair),
    (boxes.encode, boxes.encode_by_numpy, encoded),
    (boxes.decode, boxes.decode_by_loop, decoded),
    (boxes.decayed_scores, boxes.decayed_scores_by_numpy, softened),
    (boxes.average_precision, boxes.average_precision_by_counting, detected),
    (detectors.grid_outputs, detectors.grid_outputs_by_counting, grid),
    (detectors.prior_boxes, detectors.prior_boxes_by_counting, maps),
    (detectors.pyramid_level, detectors.pyramid_level_by_numpy, region),
    (detectors.detector_cost, detectors.detector_cost_by_loop, cost),
    (proposals.histogram_intersection, proposals.histogram_intersection_by_fractions, histograms),
    (proposals.size_similarity, proposals.size_similarity_by_counting, sizes),
    (proposals.fill_similarity, proposals.fill_similarity_by_counting, filled),
]

MISTAKES: list[tuple[Solver, Solver, Draw]] = [
    (wrong_boxes.plain_iou, boxes.generalised_iou, pair),
    (wrong_boxes.share_of_the_hull, boxes.generalised_iou, pair),
    (wrong_boxes.shifts_in_pixels, boxes.encode, encoded),
    (wrong_boxes.ratios_without_logarithm, boxes.encode, encoded),
    (wrong_boxes.anchor_minus_box, boxes.encode, encoded),
    (wrong_boxes.sizes_scaled_linearly, boxes.decode, decoded),
    (wrong_boxes.shifts_not_scaled, boxes.decode, decoded),
    (wrong_boxes.hard_suppression, boxes.decayed_scores, softened),
    (wrong_boxes.overlap_not_squared, boxes.decayed_scores, softened),
    (wrong_boxes.precision_of_all, boxes.average_precision, detected),
    (wrong_boxes.recall_of_all, boxes.average_precision, detected),
    (wrong_boxes.found_truths_only, boxes.average_precision, detected),
    (wrong_detectors.confidence_forgotten, detectors.grid_outputs, grid),
    (wrong_detectors.other_scheme, detectors.grid_outputs, grid),
    (wrong_detectors.sides_not_squared, detectors.prior_boxes, maps),
    (wrong_detectors.first_map_only, detectors.prior_boxes, maps),
    (wrong_detectors.area_for_side, detectors.pyramid_level, region),
    (wrong_detectors.unclipped, detectors.pyramid_level, region),
    (wrong_detectors.detectors_swapped, detectors.detector_cost, cost),
    (wrong_detectors.head_run_once, detectors.detector_cost, cost),
    (wrong_proposals.counts_not_normalised, proposals.histogram_intersection, histograms),
    (wrong_proposals.half_distance, proposals.histogram_intersection, histograms),
    (wrong_proposals.joint_share, proposals.size_similarity, sizes),
    (wrong_proposals.ratio_of_sizes, proposals.size_similarity, sizes),
    (wrong_proposals.holes_share, proposals.fill_similarity, filled),
]


@pytest.mark.parametrize(("solver", "witness", "draw"), ROUTES)
def test_routes_agree(solver: Solver, witness: Solver, draw: Draw) -> None:
    assert_routes_agree(solver, witness, draw)


@pytest.mark.parametrize(("mistake", "solver", "draw"), MISTAKES)
def test_mistakes_are_wrong(mistake: Solver, solver: Solver, draw: Draw) -> None:
    assert_differs(mistake, solver, draw)


def test_published_numbers_of_outputs() -> None:
    """YOLO on VOC 7×7×30, YOLOv2 13×13×125, SSD300 8732 boxes, RoIs of 224 pixels on level 4."""
    assert detectors.grid_outputs(7, 2, 20, "per cell") == (7, 7, 30)
    assert detectors.grid_outputs(13, 5, 20, "per box") == (13, 13, 125)
    assert detectors.prior_boxes([38, 19, 10, 5, 3, 1], [4, 6, 6, 6, 4, 4]) == 8732
    assert [detectors.pyramid_level(side, side) for side in (224, 223, 112, 448)] == [4, 3, 3, 5]


def test_generalised_iou_by_hand() -> None:
    assert boxes.generalised_iou([0, 0, 1, 1], [2, 0, 3, 1]) == Fraction(-1, 3)
    assert boxes.generalised_iou([0, 0, 2, 2], [0, 0, 2, 2]) == 1


def test_a_second_box_on_one_truth_is_no_hit() -> None:
    truth = [[0, 0, 4, 4]]
    twice = [[0, 0, 4, 4], [0, 0, 4, 4]]
    assert boxes.average_precision(truth, twice, [0.9, 0.8], 50) == 1
    two = [*truth, [10, 10, 14, 14]]
    assert boxes.average_precision(two, [*twice, two[1]], [0.9, 0.8, 0.7], 50) == Fraction(5, 6)


def test_decoding_undoes_encoding() -> None:
    box, anchor = [3.0, 4.0, 5.0, 6.0], [1.0, 2.0, 2.0, 8.0]
    assert boxes.decode(boxes.encode(box, anchor), anchor) == pytest.approx(box)


@pytest.mark.parametrize(
    ("solver", "arguments", "said"),
    [
        (boxes.generalised_iou, ([0, 0, 1, 1], [2, 2, 2, 3]), "second must be"),
        (boxes.encode, ([0.0, 0.0, 0.0, 1.0], [0.0, 0.0, 1.0, 1.0]), "box must be"),
        (boxes.decode, ([0.0], [0.0, 0.0, 1.0, 1.0]), "offsets"),
        (boxes.decayed_scores, ([[0, 0, 1, 1]] * 2, [0.5, 0.5], "linear"), "distinct"),
        (boxes.decayed_scores, ([[0, 0, 1, 1]], [0.5], "linear", 101), "percent"),
        (boxes.average_precision, ([], [[0, 0, 1, 1]], [0.5], 50), "truths"),
        (detectors.grid_outputs, (0, 1, 1, "per cell"), "cells must be at least 1"),
        (detectors.prior_boxes, ([3], [4, 4]), "as many"),
        (detectors.pyramid_level, (0, 3), "width"),
        (detectors.detector_cost, ("R-CNN", 1, 0, 1), "backbone"),
        (proposals.histogram_intersection, ([0, 0], [1, 2]), "count something"),
        (proposals.size_similarity, (5, 6, 10), "fit the image"),
        (proposals.fill_similarity, ([0, 0, 1, 1], [1, 1, 2, 2], 2, 1, 9), "first must be a box"),
        (proposals.fill_similarity, ([0, 0, 1, 1], [3, 3, 4, 4], 1, 1, 9), "image must be"),
    ],
)
def test_bad_arguments_are_named(solver: Solver, arguments: tuple[Any, ...], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        solver(*arguments)
