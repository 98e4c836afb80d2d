"""Classical problems against their witnesses and values worked by hand."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solvers import classical

POINTS = st.lists(
    st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=3, max_size=6, unique=True
).map(lambda cities: [list(map(float, city)) for city in cities])


@given(POINTS)
def test_enumeration_agrees_with_dynamic_programming(cities):
    assert classical.shortest_tour(cities) == pytest.approx(classical.shortest_tour_by_loop(cities))


@given(POINTS)
def test_no_tour_is_shorter_than_the_shortest(cities):
    assert classical.nearest_tour_excess(cities) >= 1 - 1e-12
    assert classical.nearest_tour_excess(cities) == pytest.approx(
        classical.nearest_tour_excess_by_loop(cities)
    )


@given(POINTS)
def test_the_nearest_city_is_found_in_the_table_of_distances(cities):
    walked = classical.nearest_tour(cities)
    assert walked == pytest.approx(classical.nearest_tour_by_numpy(cities), rel=1e-12)


def test_a_greedy_tour_by_hand():
    # from 0 to 1, then back over 0 to -2 (3 away, against 4 to 5), then to 5: 1 + 3 + 7 + 5
    line = [[0.0, 0.0], [1.0, 0.0], [-2.0, 0.0], [5.0, 0.0]]
    assert classical.nearest_tour(line) == classical.nearest_tour_by_numpy(line) == 16
    assert classical.shortest_tour(line) == 14


@pytest.mark.parametrize(
    "route",
    [
        classical.nearest_tour,
        classical.nearest_tour_by_numpy,
        classical.nearest_tour_excess,
        classical.nearest_tour_excess_by_loop,
        classical.shortest_tour,
        classical.shortest_tour_by_loop,
    ],
)
@pytest.mark.parametrize("cities", [[], [[0.0, 1.0]] * 9, [[0.0]] * 4, [[0.0, math.nan]] * 4])
def test_cities_are_points_of_the_plane(route, cities):
    with pytest.raises(ValueError, match="cities must"):
        route(cities)


@pytest.mark.parametrize(
    "route", [classical.descent_cost_ratio, classical.descent_cost_ratio_by_loop]
)
def test_costs_need_samples_features_and_steps(route):
    for bad in ((10, 0, 1), (0, 1, 1), (10, 1, -1)):
        with pytest.raises(ValueError, match="must be"):
            route(*bad)


def test_rectangle():
    assert classical.shortest_tour([[0, 0], [3, 0], [0, 4], [3, 4]]) == 14


@pytest.mark.parametrize(("cities", "tours"), [(3, 1), (4, 3), (5, 12), (6, 60), (10, 181_440)])
def test_tours_are_counted(cities, tours):
    assert classical.different_tours(cities) == tours
    assert classical.different_tours_by_counting(cities) == tours


@given(st.lists(st.integers(-9, 9), min_size=1, max_size=5), st.integers(-9, 9))
def test_transform_of_symmetric_values(half, first):
    values = [first, *half, *half[::-1]]
    expected = classical.symmetric_dft_by_numpy(values)
    assert classical.symmetric_dft(values) == pytest.approx(expected, abs=1e-9)
    # Parseval: energy is kept up to the factor N.
    energy = math.fsum(x * x for x in values)
    assert math.fsum(x * x for x in expected) == pytest.approx(len(values) * energy)


@given(st.integers(1, 60), st.integers(0, 500), st.integers(1, 50))
def test_costs_agree(features, more, steps):
    samples = features + more
    loop = classical.steps_worth_normal_equations_by_loop(samples, features)
    assert classical.steps_worth_normal_equations(samples, features) == loop
    ratio = classical.descent_cost_ratio_by_loop(samples, features, steps)
    assert classical.descent_cost_ratio(samples, features, steps) == pytest.approx(ratio)


@pytest.mark.parametrize(
    "call",
    [
        lambda: classical.shortest_tour([[0, 0], [1, 1]]),
        lambda: classical.shortest_tour_by_loop([[0, 0]] * 9),
        lambda: classical.different_tours(2),
        lambda: classical.different_tours_by_counting(13),
        lambda: classical.symmetric_dft([1, 2, 3]),
        lambda: classical.symmetric_dft_by_numpy([1, 2, 3]),
        lambda: classical.steps_worth_normal_equations(3, 4),
        lambda: classical.steps_worth_normal_equations_by_loop(3, 0),
    ],
)
def test_senseless_arguments_are_refused(call):
    with pytest.raises(ValueError, match="must be"):
        call()
