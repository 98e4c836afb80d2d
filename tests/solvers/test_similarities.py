"""Angles, radial units and triplets, against torch and unit vectors."""

from __future__ import annotations

import math
from random import Random
from typing import Any

import pytest

from solvers import similarities
from solvers.mistakes import similarities as wrong
from tests.solvers.drawn import Draw, Solver, assert_differs, assert_routes_agree


def vectors(random: Random, *names: str) -> dict[str, Any]:
    return {name: [random.randint(-6, 6) / 2 for _ in range(3)] for name in names}


def pair(random: Random) -> dict[str, Any]:
    return vectors(random, "first", "second")


def margin(random: Random) -> dict[str, Any]:
    return {"cosine": random.randint(-10, 10) / 10, "margin": 0.5, "scale": 64.0}


def radial(random: Random) -> dict[str, Any]:
    return {**vectors(random, "inputs", "centre"), "width": random.choice([0.5, 2.0, 3.0])}


def triplet(random: Random) -> dict[str, Any]:
    return {**vectors(random, "anchor", "positive", "negative"), "margin": 0.2}


ROUTES: list[tuple[Solver, Solver, Draw]] = [
    (similarities.cosine, similarities.cosine_by_numpy, pair),
    (similarities.arcface_logit, similarities.arcface_logit_by_torch, margin),
    (similarities.cosface_logit, similarities.cosface_logit_by_torch, margin),
    (similarities.radial_unit, similarities.radial_unit_by_torch, radial),
    (similarities.triplet_loss, similarities.triplet_loss_by_torch, triplet),
]

MISTAKES: list[tuple[Solver, Solver, Draw]] = [
    (wrong.not_normalised, similarities.cosine, pair),
    (wrong.margin_on_the_cosine, similarities.arcface_logit, margin),
    (wrong.margin_makes_it_easier, similarities.arcface_logit, margin),
    (wrong.margin_not_scaled, similarities.cosface_logit, margin),
    (wrong.width_not_squared, similarities.radial_unit, radial),
    (wrong.half_forgotten, similarities.radial_unit, radial),
    (wrong.positive_and_negative_swapped, similarities.triplet_loss, triplet),
    (wrong.never_satisfied, similarities.triplet_loss, triplet),
]


@pytest.mark.parametrize(("solver", "witness", "draw"), ROUTES)
def test_routes_agree(solver: Solver, witness: Solver, draw: Draw) -> None:
    assert_routes_agree(solver, witness, draw)


@pytest.mark.parametrize(("mistake", "solver", "draw"), MISTAKES)
def test_mistakes_are_wrong(mistake: Solver, solver: Solver, draw: Draw) -> None:
    assert_differs(mistake, solver, draw)


def test_by_hand() -> None:
    assert similarities.cosine([1.0, 0.0], [1.0, 1.0]) == pytest.approx(math.sqrt(0.5))
    assert similarities.arcface_logit(1.0, math.pi / 3, 10.0) == pytest.approx(5)
    assert similarities.radial_unit([3.0, 4.0], [3.0, 4.0], 1.0) == 1


@pytest.mark.parametrize(
    ("solver", "arguments", "said"),
    [
        (similarities.cosine, ([0.0], [1.0]), "not all 0"),
        (similarities.arcface_logit, (-1.0, 0.5, 64.0), "margin"),
        (similarities.cosface_logit, (1.5, 0.5, 64.0), "cosine"),
        (similarities.radial_unit, ([1.0], [1.0], 0.0), "width"),
        (similarities.triplet_loss, ([1.0], [1.0], [1.0, 2.0], 0.2), "entries"),
        (similarities.triplet_loss, ([1.0], [1.0], [2.0], 0.0), "margin"),
    ],
)
def test_bad_arguments_are_named(solver: Solver, arguments: tuple[Any, ...], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        solver(*arguments)
