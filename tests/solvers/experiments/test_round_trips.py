"""Round trips: the nets' tours are tours, the exact search agrees with others, and no net is sure to win."""

from __future__ import annotations

from typing import Any

import numpy
import pytest

from solvers import classical, tours
from solvers.experiments import round_trips
from solvers.nets.random import uniforms
from solvers.nets.tours import by_elastic_net, by_hopfield, by_map, lengths, shortest
from tests.solvers.experiments.judging import FRESH, assert_any_company, assert_verdict

# conditions, smallest effect of interest, verdict
EXPECTED: list[tuple[dict[str, Any], float, str]] = [
    ({}, 0.99, "refuted"),
    ({}, 0.5, "supported"),
    ({"cities": 3}, 0.99, "supported"),
    ({"cities": 5}, 0.99, "refuted"),
    ({"net": "elastic"}, 0.99, "refuted"),
    ({"net": "elastic", "cities": 3}, 0.99, "supported"),
    ({"net": "hopfield", "maps": 4}, 0.99, "refuted"),
    ({"net": "hopfield", "maps": 4, "wanted": "any"}, 0.5, "refuted"),
]


def drawn(cities: int, maps: int) -> tuple[Any, range]:
    numbers = range(FRESH, FRESH + maps)
    return uniforms(3, "cities", numbers, (cities, 2)), numbers


@pytest.mark.usefixtures("device")
@pytest.mark.parametrize(("conditions", "above", "verdict"), EXPECTED)
def test_the_verdict_repeats_on_fresh_seeds(
    conditions: dict[str, Any], above: float, verdict: str
) -> None:
    assert_verdict(round_trips.shortest_tours_found, conditions, above, verdict)


@pytest.mark.usefixtures("device")
@pytest.mark.parametrize("net", ["map", "elastic", "hopfield"])
def test_a_seed_measures_the_same_in_any_company(net: str) -> None:
    assert_any_company(round_trips.shortest_tours_found, {"net": net, "cities": 5, "maps": 4})


@pytest.mark.parametrize("cities", [3, 4, 6, 7])
def test_the_exact_search_agrees_with_all_orders_tried(cities: int) -> None:
    places, _ = drawn(cities, 6)
    tried = [classical.shortest_tour(places[..., k].tolist()) for k in range(6)]
    assert shortest(places) == pytest.approx(tried, rel=1e-12)


@pytest.mark.usefixtures("device")
def test_rings_visit_each_city_once_and_lengths_are_those_of_the_tour() -> None:
    places, numbers = drawn(9, 12)
    for order in (by_map(places, numbers), by_elastic_net(places)):
        assert (numpy.sort(order, axis=0) == numpy.arange(9)[:, None]).all()
        measured = [
            tours.tour_length(places[..., k].tolist(), order[:, k].tolist()) for k in range(12)
        ]
        assert lengths(places, order) == pytest.approx(measured, rel=1e-12)
        assert (lengths(places, order) >= shortest(places) * (1 - 1e-12)).all()


@pytest.mark.usefixtures("device")
def test_a_valid_hopfield_tour_visits_each_city_once_and_an_invalid_one_may_not() -> None:
    places, numbers = drawn(6, 64)
    order, valid = by_hopfield(places, numbers)
    once = (numpy.sort(order, axis=0) == numpy.arange(6)[:, None]).all(axis=0)
    assert 0 < valid.sum() < 64
    assert once[valid].all()
    assert not once.all()


@pytest.mark.usefixtures("device")
def test_cities_on_a_circle_are_visited_around_it() -> None:
    angles = numpy.array([0.3, 2.9, 1.2, 5.5, 4.1, 2.0, 3.6, 4.9])
    places = (0.5 + 0.4 * numpy.stack([numpy.cos(angles), numpy.sin(angles)], axis=1))[..., None]
    for order in (by_map(places, range(1)), by_elastic_net(places)):
        assert lengths(places, order) == pytest.approx(shortest(places), rel=1e-12)


@pytest.mark.parametrize(
    ("conditions", "message"),
    [
        ({"cities": 11}, "cities must be from 3 to 10"),
        ({"maps": 0}, "maps must be at least 1"),
        ({"net": "perceptron"}, "net must be one of"),
    ],
)
def test_bad_conditions_are_refused(conditions: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        round_trips.shortest_tours_found(2, **conditions)
