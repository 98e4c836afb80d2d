"""Batch norm: what it levels, what it speeds up, and what small batches do to it."""

from __future__ import annotations

import math
from typing import Any

import numpy
import pytest

from solvers.experiments import batch_normalisation
from solvers.nets import data
from solvers.nets.initial import initial
from solvers.nets.model import Net
from solvers.nets.probe import snapshot
from tests.solvers.experiments.judging import (
    assert_any_company,
    assert_no_effect,
    assert_verdict,
)

LN = math.log
TANH = {"activation": "tanh", "rate": None, "steps": 1000}

# experiment, conditions, smallest effect of interest, verdict
EXPECTED: list[tuple[str, dict[str, Any], float, str]] = [
    ("batch_norm_and_speed", {"rate": 3.0}, LN(1.2), "supported"),
    ("batch_norm_and_speed", {"activation": "tanh", "rate": 3.0}, LN(1.2), "supported"),
    ("batch_norm_and_speed", {"rate": None}, LN(1.2), "supported"),
    ("batch_norm_and_speed", {"rate": None, "batch": 8, "steps": 1000}, LN(1.5), "refuted"),
    ("batch_norm_and_speed", {"rate": None, "batch": 4}, -LN(2), "refuted"),
    ("batch_norm_and_speed", {"rate": 0.4, "batch": 16}, LN(1.2), "supported"),
    ("batch_norm_and_speed", {"rate": 0.4, "batch": 4}, -LN(2), "refuted"),
    ("batch_norm_and_speed", {"rate": 0.4, "batch": 2}, -LN(2), "refuted"),
    ("batch_norm_and_speed", {**TANH, "batch": 16}, LN(1.2), "supported"),
    ("batch_norm_and_speed", {**TANH, "batch": 8}, LN(1.2), "supported"),
    ("batch_norm_and_speed", {**TANH, "batch": 4}, LN(1.2), "refuted"),
    ("batch_norm_and_rate", {"depth": 1, "rate": 3.0}, LN(2), "supported"),
    ("batch_norm_and_rate", {"depth": 1, "rate": 0.1}, LN(2), "refuted"),
    ("batch_norm_and_rate", {"depth": 1, "rate": 10.0}, LN(2), "refuted"),
    ("batch_norm_and_gradients", {}, LN(2), "supported"),
    ("batch_norm_and_gradients", {"activation": "tanh"}, LN(2), "refuted"),
    ("batch_norm_and_gradients", {"activation": "tanh", "scale": 3.0}, LN(2), "supported"),
    ("batch_norm_and_gradients", {"activation": "relu", "rule": "he"}, -LN(2), "refuted"),
    ("batch_norm_and_scale", {}, LN(1.2), "supported"),
    ("batch_norm_and_scale", {"scale": 0.1, "steps": 50}, LN(1.2), "refuted"),
    ("batch_norm_and_batch", {"epochs": 30}, LN(1.2), "supported"),
    ("batch_norm_and_batch", {"batch": 8, "epochs": 30}, LN(1.2), "refuted"),
    ("noisy_batch_norm", {}, LN(1.2), "supported"),
    ("noisy_batch_norm", {"depth": 3}, LN(1.2), "supported"),
    ("noisy_batch_norm", {"noise": 1.2}, LN(1.2), "refuted"),
    ("noisy_batch_norm", {"measure": "instability"}, LN(10), "supported"),
    ("noisy_batch_norm", {"measure": "instability", "noise": 0.0}, LN(1.2), "refuted"),
    ("running_statistics_lag", {}, LN(1.05), "supported"),
    ("running_statistics_lag", {"steps": 50}, LN(1.05), "refuted"),
]
CONTROLS: list[tuple[str, dict[str, Any], float]] = [
    ("batch_norm_and_speed", {"norm": False, "rate": 3.0}, LN(1.2)),
    ("batch_norm_and_speed", {"norm": False, "rate": None, "steps": 500}, LN(1.2)),
    ("batch_norm_and_rate", {"norm": False}, LN(2)),
    ("batch_norm_and_gradients", {"norm": False}, LN(2)),
    ("batch_norm_and_scale", {"norm": False}, LN(1.2)),
    ("batch_norm_and_batch", {"norm": False, "epochs": 5}, LN(1.2)),
    ("noisy_batch_norm", {"norm": False, "rate": 3.0}, LN(1.2)),
    ("noisy_batch_norm", {"norm": False, "measure": "instability"}, LN(1.2)),
    ("running_statistics_lag", {"statistics": "batch"}, LN(1.05)),
]
COMPANY: list[tuple[str, dict[str, Any]]] = [
    ("batch_norm_and_speed", {"rate": 0.4, "batch": 8}),
    ("batch_norm_and_rate", {"steps": 20}),
    ("batch_norm_and_batch", {"epochs": 3}),
    ("noisy_batch_norm", {"depth": 1, "rate": 3.0}),
    ("noisy_batch_norm", {"measure": "instability"}),
    ("running_statistics_lag", {}),
]


@pytest.mark.usefixtures("device")
@pytest.mark.parametrize(("name", "conditions", "above", "verdict"), EXPECTED)
def test_the_verdict_repeats_on_fresh_seeds(
    name: str, conditions: dict[str, Any], above: float, verdict: str
) -> None:
    assert_verdict(getattr(batch_normalisation, name), conditions, above, verdict)


@pytest.mark.usefixtures("device")
@pytest.mark.parametrize(("name", "conditions", "above"), CONTROLS)
def test_where_nothing_differs_no_effect_is_found(
    name: str, conditions: dict[str, Any], above: float
) -> None:
    assert_no_effect(getattr(batch_normalisation, name), conditions, above)


@pytest.mark.usefixtures("device")
@pytest.mark.parametrize(("name", "conditions"), COMPANY)
def test_a_seed_measures_the_same_in_any_company(name: str, conditions: dict[str, Any]) -> None:
    assert_any_company(getattr(batch_normalisation, name), conditions)


def test_a_best_rate_on_the_grids_edge_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        batch_normalisation,
        "_steps",
        lambda net, nets, rates, batch, steps: [9] * (len(rates) * len(nets)),
    )
    with pytest.raises(ValueError, match="inside the grid"):
        batch_normalisation.batch_norm_and_speed(8, rate=None)


def test_noise_moves_the_means_of_units_by_what_was_drawn() -> None:
    """Linear units, no learning: the normed means are 0, so only the offsets v are left, ±0.5 each step."""
    net = Net((2, 8, 1), "linear", loss="cross_entropy", norm=True, norm_noise=0.5)
    changes = batch_normalisation._change_of_means(net, range(64), 0.0, 40)
    # two independent uniform draws differ by √(2/12) of their width
    assert float(numpy.median(changes)) == pytest.approx(math.sqrt(2 / 12), rel=0.03)


def test_norm_takes_the_scale_of_the_weights_out_of_the_function() -> None:
    """The plain net's change less the normed one's is the plain net's whole change."""
    both = batch_normalisation.batch_norm_and_scale(16)
    assert both == pytest.approx(_plain_change(16), abs=0.02)  # ε is not scaled


def _plain_change(seeds: int) -> list[float]:
    net = Net((2, 8, 8, 1), "relu", loss="cross_entropy")
    weights = initial(net.sizes, range(seeds), "glorot")
    scaled = [weights[0] * 10, weights[1] * 10, weights[2]]
    plain, large = (snapshot(net, one, *data.moons(32)).loss for one in (weights, scaled))
    return [abs(math.log(ratio)) for ratio in large / plain]
