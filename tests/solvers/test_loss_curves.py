"""Ranges, limits and slopes of losses: torch's own losses scanned, sympy's limits, values by hand."""

from __future__ import annotations

from itertools import pairwise
from math import e, inf
from typing import Any, get_args

import pytest

from solvers import loss_curves, objectives
from tests.agreement import routes_differ

PARAMETERS: dict[str, list[float]] = {
    "huber": [1.0, 2.5],
    "smooth-l1": [0.3],
    "quantile": [0.0, 0.3, 1.0],
    "epsilon-insensitive": [0.5],
    "hinge": [1.0, 2.0],
    "squared-hinge": [1.0],
    "focal": [0.0, 0.5, 2.0, 5.0, 20.0],
    "softmax-cross-entropy": [2.0, 10.0],
}
CURVES = [(name, k) for name in get_args(loss_curves.Curve) for k in PARAMETERS.get(name, [None])]
ROUTES: list[tuple[Any, Any]] = [
    (loss_curves.value_range, loss_curves.value_range_by_torch),
    (loss_curves.limits, loss_curves.limits_by_sympy),
    (loss_curves.slope_range, loss_curves.slope_range_by_autograd),
    (loss_curves.slope_limits, loss_curves.slope_limits_by_sympy),
]


def test_every_loss_is_there() -> None:
    assert {*get_args(objectives.Loss), "softmax-cross-entropy"} == set(get_args(loss_curves.Curve))


@pytest.mark.parametrize(("loss", "parameter"), CURVES)
def test_the_routes_agree(loss: str, parameter: float | None) -> None:
    for solver, witness in ROUTES:
        assert not routes_differ(solver, witness, loss=loss, parameter=parameter)


@pytest.mark.parametrize(("loss", "parameter"), CURVES)
def test_values_lie_in_the_range_and_chords_are_no_steeper(loss: Any, parameter: Any) -> None:
    if loss == "softmax-cross-entropy":
        return
    target = 1.0 if loss in loss_curves._AT_ONE else 0.0
    places = [0.05 + 0.05 * k for k in range(19)]
    if loss not in ("binary-cross-entropy", "squared-log"):
        places += [-x for x in places] + [10 * x for x in places]
    values = {
        x: objectives.loss(loss, [x], [target], "sum", parameter) for x in sorted(set(places))
    }
    low, high = loss_curves.value_range(loss, parameter)
    assert all(low <= value <= high for value in values.values())
    if loss != "zero-one":  # which jumps
        low, high = loss_curves.slope_range(loss, parameter)
        chords = [(values[b] - values[a]) / (b - a) for a, b in pairwise(values)]
        assert all(low - 1e-9 <= chord <= high + 1e-9 for chord in chords)


def test_curves_by_hand() -> None:
    assert loss_curves.slope_range("huber", 1.5) == [-1.5, 1.5]
    assert loss_curves.slope_range("squared-log") == [-inf, 2 / e]
    assert loss_curves.value_range("poisson") == [1, inf]
    assert loss_curves.limits("zero-one") == [1, 0]
    assert loss_curves.limits("quantile", 1.0) == [inf, 0]
    # γ = 1: (1 − q)(q ln 1/q + 1 − q) is steeper than 1 for a hard example, at q = 0.1: 0.9 · 1.1303
    assert loss_curves.slope_range("focal", 1.0)[0] < -0.9 * 1.1302
    assert loss_curves.slope_range("focal", 0.0) == [-1, 0]


@pytest.mark.parametrize(
    ("loss", "parameter"),
    [
        ("focal", None),
        ("focal", 21.0),
        ("huber", 0.0),
        ("huber", 1e7),
        ("quantile", 1.5),
        ("squared", 1.0),
        ("softmax-cross-entropy", 1.0),
        ("softmax-cross-entropy", 2.5),
        ("softmax-cross-entropy", None),
        ("cubed", None),
    ],
)
def test_bad_parameters_are_refused_by_all_routes(loss: str, parameter: float | None) -> None:
    for routes in ROUTES:
        for route in routes:
            with pytest.raises(ValueError, match=r"parameter|name must be one of"):
                route(loss, parameter)
