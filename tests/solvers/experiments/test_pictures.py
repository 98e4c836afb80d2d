"""Digits: what linear nets tell and what they cannot, and squared error beside cross-entropy."""

from __future__ import annotations

from typing import Any

import numpy
import pytest

from solvers.experiments import pictures
from solvers.nets.digits import accuracy, digits
from tests.solvers.experiments.judging import (
    FRESH,
    assert_any_company,
    assert_no_effect,
    assert_verdict,
)

# experiment, conditions, smallest effect of interest, verdict
EXPECTED: list[tuple[str, dict[str, Any], float, str]] = [
    ("digits_told", {}, 0.7, "supported"),
    ("digits_told", {"shift": 1}, 0.2, "supported"),
    ("digits_told", {"negatives": True}, 0.2, "refuted"),
    ("digits_told", {"negatives": True, "activation": "relu"}, 0.5, "supported"),
    ("squares_on_classes", {}, 0.05, "refuted"),
    ("squares_on_classes", {"activation": "relu"}, 0.05, "supported"),
]


@pytest.mark.usefixtures("device")
@pytest.mark.parametrize(("name", "conditions", "above", "verdict"), EXPECTED)
def test_the_verdict_repeats_on_fresh_seeds(
    name: str, conditions: dict[str, Any], above: float, verdict: str
) -> None:
    assert_verdict(getattr(pictures, name), conditions, above, verdict)


@pytest.mark.usefixtures("device")
def test_cross_entropy_against_itself_gains_nothing() -> None:
    conditions = {"rival": "cross_entropy", "steps": 20}
    assert_no_effect(pictures.squares_on_classes, conditions, 0.05)


@pytest.mark.usefixtures("device")
@pytest.mark.parametrize(
    ("name", "conditions"),
    [("digits_told", {"negatives": True, "shift": 1}), ("squares_on_classes", {"steps": 20})],
)
def test_a_seed_measures_the_same_in_any_company(name: str, conditions: dict[str, Any]) -> None:
    assert_any_company(getattr(pictures, name), conditions)


@pytest.mark.usefixtures("device")
def test_an_untrained_net_guesses() -> None:
    told = pictures.digits_told(64, points=10, steps=1, first=FRESH)
    trained = pictures.digits_told(64, points=10, first=FRESH)
    assert numpy.mean(told) < 0.3 < numpy.mean(trained)


def test_a_best_rate_on_the_grids_edge_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "_told", lambda *given: numpy.arange(40.0))
    with pytest.raises(ValueError, match="inside the grid"):
        pictures.squares_on_classes(8)


def test_a_picture_is_a_digit_on_paper() -> None:
    inputs, targets = digits(range(1), "any", 10, noise=0.0)
    seven = inputs[7, :, 0].reshape(7, 5)
    drawn = ["".join(".#"[int(pixel > 0)] for pixel in row) for row in seven]
    assert drawn == [".....", ".###.", "...#.", "..#..", "..#..", "..#..", "....."]
    assert set(numpy.unique(inputs)) == {-1.0, 1.0}
    assert targets[..., 0].tolist() == numpy.eye(10).tolist()
    assert len({tuple(picture) for picture in inputs[..., 0]}) == 10


def test_moved_pictures_are_rolled_ones_in_all_nine_places() -> None:
    still, moved = (digits(range(20), "any", 40, 0.0, shift)[0] for shift in (0, 1))
    rolls = [(down, right) for down in (-1, 0, 1) for right in (-1, 0, 1)]
    pages = still[:, :, 0].reshape(40, 7, 5)
    rolled = numpy.stack([numpy.roll(pages, roll, (1, 2)).reshape(40, -1) for roll in rolls])
    same = (rolled[..., None] == moved).all(axis=2)
    assert same.any(axis=0).all()
    assert same.mean(axis=(1, 2)) == pytest.approx([1 / 9] * 9, abs=0.05)


def test_negatives_turn_half_of_the_pictures_round() -> None:
    plain, turned = (digits(range(20), "any", 50, 0.0, 0, way)[0] for way in (False, True))
    factors = turned / plain
    assert (factors == factors[:, :1]).all()
    assert factors[:, 0].mean() == pytest.approx(0, abs=0.1)


def test_accuracy_counts_the_largest_outputs() -> None:
    outputs = numpy.array([[[0.1, 0.9], [0.2, 0.3]], [[3.0, 2.0], [1.0, 4.0]]])
    targets = numpy.array([[[0, 0], [1, 1]], [[1, 1], [0, 0]]])
    assert accuracy(outputs, targets).tolist() == [1.0, 0.0]


@pytest.mark.parametrize(
    ("conditions", "message"),
    [({"shift": 2}, "shift must be 0 or 1"), ({"points": 0}, "points must be at least 1")],
)
def test_bad_conditions_are_refused(conditions: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        pictures.digits_told(4, **conditions)
