"""Regularisers: where they narrow the gap, where they help, and where they do harm."""

from __future__ import annotations

import math
from typing import Any

import pytest
import torch

from solvers.experiments import regularisers
from solvers.nets.initial import initial
from solvers.nets.loop import modules
from solvers.nets.model import Net
from solvers.nets.updates import Optimiser
from tests.solvers.experiments.judging import (
    FRESH,
    assert_any_company,
    assert_no_effect,
    assert_verdict,
)

LN = math.log
MUCH_DATA = {"points": 320, "hidden": 4, "steps": 40}

# experiment, conditions, smallest effect of interest, verdict
EXPECTED: list[tuple[str, dict[str, Any], float, str]] = [
    ("dropout_and_gap", {}, 0.05, "supported"),
    ("dropout_and_gap", {"hidden": 2, "points": 160}, 0.05, "refuted"),
    ("dropout_and_gap", {"points": 12, "hidden": 32, "steps": 200}, 0.05, "refuted"),
    ("dropout_and_accuracy", {"flipped": 0.2}, 0.01, "supported"),
    ("dropout_and_accuracy", {"hidden": 2, "points": 160, "rate": 0.9}, 0.01, "refuted"),
    ("dropout_and_accuracy", MUCH_DATA, 0.01, "refuted"),
    ("decay_and_accuracy", MUCH_DATA, 0.01, "refuted"),
    ("jitter_and_accuracy", MUCH_DATA, 0.01, "refuted"),
    ("decay_and_accuracy", {"flipped": 0.2}, 0.01, "supported"),
    ("decay_and_gap", {"decay": 1.0}, 0.05, "supported"),
    ("decay_and_gap", {"hidden": 2, "points": 160, "decay": 0.003}, 0.05, "refuted"),
    ("decay_and_loss", {}, 0.02, "supported"),
    ("decay_and_loss", {"hidden": 2, "points": 160, "decay": 0.1}, 0.02, "refuted"),
    ("decay_and_accuracy", {"decay": 1.0}, 0.01, "refuted"),
    ("jitter_and_gap", {"jitter": 6.0}, 0.05, "supported"),
    ("jitter_and_accuracy", {"flipped": 0.2, "jitter": 1.0}, 0.01, "supported"),
    ("jitter_and_accuracy", {"jitter": 6.0}, 0.01, "refuted"),
    ("stopping_and_gap", {}, 0.05, "supported"),
    ("stopping_and_gap", {"hidden": 2, "points": 160}, 0.05, "refuted"),
    ("stopping_and_loss", {}, 0.02, "supported"),
    ("stopping_and_loss", {"steps": 10}, 0.02, "refuted"),
    ("stopping_and_accuracy", {}, 0.01, "supported"),
    ("stopping_and_accuracy", {"flipped": 0.2}, 0.01, "supported"),
    ("stopping_and_accuracy", MUCH_DATA, 0.01, "refuted"),
    ("flipped_labels_memorised", {}, 0.1, "supported"),
    ("flipped_labels_memorised", {"strength": 0.001}, 0.1, "refuted"),
    ("flipped_labels_memorised", {"regulariser": "stopping", "strength": 0.125}, 0.1, "supported"),
    ("decoupled_decay", {}, LN(1.2), "supported"),
    ("decoupled_decay", {"kind": "gd"}, LN(1.2), "refuted"),
]
CONTROLS: list[tuple[str, dict[str, Any], float]] = [
    ("dropout_and_gap", {"rate": 0.0}, 0.05),
    ("dropout_and_accuracy", {"rate": 0.0}, 0.01),
    ("decay_and_gap", {"decay": 0.0}, 0.05),
    ("decay_and_loss", {"decay": 0.0}, 0.02),
    ("decay_and_accuracy", {"decay": 0.0}, 0.01),
    ("jitter_and_gap", {"jitter": 0.0}, 0.05),
    ("jitter_and_accuracy", {"jitter": 0.0}, 0.01),
    ("stopping_and_gap", {"patience": 0}, 0.05),
    ("stopping_and_loss", {"patience": 0}, 0.02),
    ("stopping_and_accuracy", {"patience": 0}, 0.01),
    ("flipped_labels_memorised", {"regulariser": "none"}, 0.1),
    ("decoupled_decay", {"kind": "gd"}, LN(1.2)),
    ("decoupled_decay", {"decay": 0.0}, LN(1.2)),
]
COMPANY: list[tuple[str, dict[str, Any]]] = [
    ("dropout_and_gap", {"steps": 20}),
    ("jitter_and_accuracy", {"steps": 20}),
    ("stopping_and_loss", {"steps": 20}),
    ("stopping_and_accuracy", {"steps": 30}),
    ("flipped_labels_memorised", {"steps": 20}),
]


@pytest.mark.usefixtures("device")
@pytest.mark.parametrize(("name", "conditions", "above", "verdict"), EXPECTED)
def test_the_verdict_repeats_on_fresh_seeds(
    name: str, conditions: dict[str, Any], above: float, verdict: str
) -> None:
    assert_verdict(getattr(regularisers, name), conditions, above, verdict)


@pytest.mark.usefixtures("device")
@pytest.mark.parametrize(("name", "conditions", "above"), CONTROLS)
def test_where_nothing_differs_no_effect_is_found(
    name: str, conditions: dict[str, Any], above: float
) -> None:
    assert_no_effect(getattr(regularisers, name), conditions, above)


@pytest.mark.usefixtures("device")
@pytest.mark.parametrize(("name", "conditions"), COMPANY)
def test_a_seed_measures_the_same_in_any_company(name: str, conditions: dict[str, Any]) -> None:
    assert_any_company(getattr(regularisers, name), conditions)


def test_accuracy_is_that_of_the_net_as_it_was_at_its_look() -> None:
    """Look by look in plain Python: each net trained anew to each look, by the loop of modules."""
    seeds, patience, steps = 6, 1, 60
    task = regularisers._task(seeds, FRESH, 40, 16, steps, 0.2)
    looks = range(0, steps + 1, 10)
    validation, test = (task.clouds(stream, 128, 0.0) for stream in ("validation", "test"))
    seen = [_looked(task, look, validation, test) for look in looks]
    expected, stops = [], set()
    for net in range(seeds):
        losses, accuracies = ([pair[part][net] for pair in seen] for part in (0, 1))
        stop = losses.index(min(losses[: _end(losses, patience) + 1]))
        stops.add(stop)
        expected.append(accuracies[stop] - accuracies[-1])
    found = regularisers.stopping_and_accuracy(
        seeds, patience, steps=steps, flipped=0.2, first=FRESH
    )
    assert found == pytest.approx(expected, abs=1e-12)
    assert len(stops) > 1
    assert len(set(found)) > 1


def _end(losses: list[float], patience: int) -> int:
    """The look at which patience is used up."""
    for look in range(patience, len(losses)):
        if min(losses[: look - patience + 1]) <= min(losses[look - patience + 1 : look + 1]):
            return look
    return len(losses) - 1


def _looked(task: Any, steps: int, validation: Any, test: Any) -> tuple[list[float], list[float]]:
    """Each net's loss on the validation set and accuracy on the test set, by torch."""
    net = Net((4, 16, 1), "relu", loss="cross_entropy")
    start = initial(net.sizes, task.nets)
    points = task.clouds("train", task.points, task.flipped)
    losses, accuracies = [], []
    trained = modules(net, start, *points, Optimiser("adam", 0.05), steps)
    for number, module in enumerate(trained):
        with torch.no_grad():
            x, y, fresh, truth = (
                torch.from_numpy(array[..., number].copy()) for array in (*validation, *test)
            )
            losses.append(float(torch.nn.functional.binary_cross_entropy_with_logits(module(x), y)))
            accuracies.append(float(((module(fresh) > 0) == (truth > 0.5)).double().mean()))
    return losses, accuracies
