"""Layers of perceptrons: descent by autograd, and separability worked out by elimination."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from solvers import multiclass, separability
from tests.solvers.drawn import assert_routes_agree, settings

CORNERS = [[0, 4], [1, 5], [4, -2], [5, -3], [-4, -2], [-5, -3]]
CLASSES = [0, 0, 1, 1, 2, 2]


def labelled(random: Random) -> dict[str, Any]:
    count = random.randint(1, 6)
    return {
        "points": [[random.randint(-4, 4) for _ in range(2)] for _ in range(count)],
        "labels": [random.randint(0, min(2, count)) for _ in range(count)],
        "units": random.randint(0, 4),
    }


def test_routes_agree() -> None:
    assert_routes_agree(multiclass.answers, multiclass.answers_by_autograd, labelled, 25)


@pytest.mark.parametrize(("units", "answers"), [(1, 2), (2, 2), (3, 3), (5, 3)])
def test_one_unit_has_two_answers_and_three_units_have_three(units: int, answers: int) -> None:
    assert multiclass.answers(CORNERS, CLASSES, units) == answers


def test_one_unit_learns_exactly_what_a_line_divides() -> None:
    for drawn in settings(labelled, 30):
        labels = [min(label, 1) for label in drawn["labels"]]
        if len(set(labels)) < 2:
            continue
        signs = [2 * label - 1 for label in labels]
        try:
            learned = multiclass.answers(drawn["points"], labels, 1) == 2
        except ValueError:
            learned = False
        assert learned == separability.is_separable(drawn["points"], signs)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (([[1]], [0, 1], 2), "equally long"),
        (([[1], [1, 2]], [0, 1], 2), "points must be rows"),
        (([[1], [2]], [0, -1], 2), "labels must count"),
        (([[1], [2]], [0, 1], 0), "units"),
        (([[1], [1]], [0, 1], 2), "separable"),
    ],
)
def test_bad_arguments_are_named(arguments: Any, said: str) -> None:
    for solver in (multiclass.answers, multiclass.answers_by_autograd):
        with pytest.raises(ValueError, match=said):
            solver(*arguments)
