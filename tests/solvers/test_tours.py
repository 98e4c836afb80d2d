"""Tours, clusters, monotone fits and decisions: everything tried, lengths measured anew, autograd."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Any

import pytest

from solvers import classical, decisions, monotone, neighbours, tours
from solvers.mistakes import decisions as wrong_decisions
from solvers.mistakes import monotone as wrong_monotone
from solvers.mistakes import neighbours as wrong_neighbours
from solvers.mistakes import tours as wrong_tours
from tests.solvers.drawn import Draw, Solver, assert_differs, assert_routes_agree, settings


def place(random: Random) -> list[int]:
    return [random.randint(0, 9) for _ in range(2)]


def cities(random: Random) -> dict[str, Any]:
    count = random.randint(4, 7)
    return {"cities": [[random.random() * 9, random.random() * 9] for _ in range(count)]}


def ordered(random: Random) -> dict[str, Any]:
    drawn = cities(random)
    indices = range(len(drawn["cities"]))
    return {**drawn, "order": random.sample(indices, len(indices))}


def number(random: Random) -> dict[str, Any]:
    return {"cities": random.randint(2, 10)}


def fixed(random: Random) -> dict[str, Any]:
    return {**number(random), "fixed_start": random.random() < 0.5}


def ring(random: Random) -> dict[str, Any]:
    units = [place(random) for _ in range(random.randint(3, 7))]
    return {
        "ring": units,
        "city": place(random),
        "percent": random.choice([10, 50]),
        "radius": random.choice([1, 1, 2]),
    }


def steps(random: Random) -> dict[str, Any]:
    count = random.randint(1, 7)
    weights = [random.randint(1, 4) for _ in range(count)] if random.random() < 0.5 else []
    return {"values": [random.randint(0, 9) for _ in range(count)], "weights": weights}


def vote(random: Random) -> dict[str, Any]:
    return {
        "points": [place(random) for _ in range(7)],
        "labels": random.choices([0, 1, 2], k=7),
        "query": place(random),
        "k": random.choice([1, 3, 4, 5]),
    }


def clusters(random: Random) -> dict[str, Any]:
    return {
        "points": [place(random) for _ in range(random.randint(1, 7))],
        "centres": [place(random) for _ in range(random.randint(1, 3))],
    }


def spread(random: Random) -> dict[str, Any]:
    return {**clusters(random), "steps": random.randint(0, 3)}


def reward(random: Random) -> float:
    return random.randint(-8, 8) / 2


def path(random: Random) -> dict[str, Any]:
    rewards = [reward(random) for _ in range(random.randint(1, 6))]
    return {"rewards": rewards, "discount": random.choice([0.5, 0.9, 1.0])}


def q_step(random: Random) -> dict[str, Any]:
    return {
        "value": reward(random),
        "reward": reward(random),
        "next_values": [reward(random) for _ in range(3)],
        "rate": random.choice([0.1, 0.5]),
        "discount": random.choice([0.5, 0.9]),
        "terminal": random.random() < 0.3,
    }


def chain(random: Random) -> dict[str, Any]:
    rows = [random.sample([0.5, 0.3, 0.2], 3) for _ in range(3)]
    rewards = [reward(random) for _ in range(3)]
    return {"transitions": rows, "rewards": rewards, "discount": random.choice([0.5, 0.9, 0.99])}


def moves(random: Random) -> dict[str, Any]:
    states = range(random.randint(2, 4))
    return {
        "rewards": [[reward(random) for _ in range(2)] for _ in states],
        "successors": [[random.choice(states) for _ in range(2)] for _ in states],
        "discount": random.choice([0.5, 0.9]),
    }


def exploring(random: Random) -> dict[str, Any]:
    return {"actions": random.randint(1, 9), "epsilon_percent": random.randint(0, 100)}


ROUTES: list[tuple[Solver, Solver, Draw]] = [
    (tours.tour_length, tours.tour_length_by_numpy, ordered),
    (tours.two_opt, tours.two_opt_by_numpy, cities),
    (tours.subset_states, tours.subset_states_by_counting, number),
    (tours.exchanges, tours.exchanges_by_counting, number),
    (tours.assignment_units, tours.assignment_units_by_counting, fixed),
    (tours.ring_step, tours.ring_step_by_loop, ring),
    (monotone.isotonic, monotone.isotonic_by_loop, steps),
    (monotone.isotonic_error, monotone.isotonic_error_by_loop, steps),
    (neighbours.nearest_vote, neighbours.nearest_vote_by_numpy, vote),
    (neighbours.cluster_step, neighbours.cluster_step_by_numpy, clusters),
    (neighbours.cluster_spread, neighbours.cluster_spread_by_loop, spread),
    (decisions.discounted_return, decisions.discounted_return_by_loop, path),
    (decisions.q_update, decisions.q_update_by_autograd, q_step),
    (decisions.state_values, decisions.state_values_by_numpy, chain),
    (decisions.best_values, decisions.best_values_by_numpy, moves),
    (decisions.greedy_chance, decisions.greedy_chance_by_counting, exploring),
]

MISTAKES: list[tuple[Solver, Solver, Draw]] = [
    (wrong_tours.way_back_forgotten, tours.tour_length, ordered),
    (wrong_tours.city_blocks, tours.tour_length, ordered),
    (wrong_tours.as_listed, tours.two_opt, cities),
    (wrong_tours.all_subsets, tours.subset_states, number),
    (wrong_tours.all_orders, tours.subset_states, number),
    (wrong_tours.pairs_of_links, tours.exchanges, number),
    (wrong_tours.one_unit_per_city, tours.assignment_units, fixed),
    (wrong_tours.links_for_units, tours.assignment_units, fixed),
    (wrong_tours.winner_only, tours.ring_step, ring),
    (wrong_tours.everyone, tours.ring_step, ring),
    (wrong_monotone.running_maximum, monotone.isotonic, steps),
    (wrong_monotone.put_in_order, monotone.isotonic, steps),
    (wrong_monotone.neighbours_pooled_once, monotone.isotonic, steps),
    (wrong_monotone.weights_ignored, monotone.isotonic_error, steps),
    (wrong_monotone.error_of_the_maximum, monotone.isotonic_error, steps),
    (wrong_neighbours.nearest_alone, neighbours.nearest_vote, vote),
    (wrong_neighbours.majority_of_all, neighbours.nearest_vote, vote),
    (wrong_neighbours.mean_over_all, neighbours.cluster_step, clusters),
    (wrong_neighbours.old_centre_counted, neighbours.cluster_step, clusters),
    (wrong_neighbours.centres_not_moved, neighbours.cluster_spread, spread),
    (wrong_neighbours.mean_spread, neighbours.cluster_spread, spread),
    (wrong_decisions.first_reward_discounted, decisions.discounted_return, path),
    (wrong_decisions.discounted_once, decisions.discounted_return, path),
    (wrong_decisions.rate_forgotten, decisions.q_update, q_step),
    (wrong_decisions.old_value_kept, decisions.q_update, q_step),
    (wrong_decisions.mean_for_maximum, decisions.q_update, q_step),
    (wrong_decisions.end_ignored, decisions.q_update, q_step),
    (wrong_decisions.one_step_only, decisions.state_values, chain),
    (wrong_decisions.staying_put, decisions.state_values, chain),
    (wrong_decisions.short_sighted, decisions.best_values, moves),
    (wrong_decisions.chance_of_exploring, decisions.greedy_chance, exploring),
]


@pytest.mark.parametrize(("solver", "witness", "draw"), ROUTES)
def test_routes_agree(solver: Solver, witness: Solver, draw: Draw) -> None:
    assert_routes_agree(solver, witness, draw)


@pytest.mark.parametrize(("mistake", "solver", "draw"), MISTAKES)
def test_mistakes_are_wrong(mistake: Solver, solver: Solver, draw: Draw) -> None:
    assert_differs(mistake, solver, draw)


def test_exchanges_never_beat_the_shortest_tour() -> None:
    for drawn in settings(cities, 10):
        listed = wrong_tours.as_listed(**drawn)
        assert classical.shortest_tour(**drawn) - 1e-9 <= tours.two_opt(**drawn) <= listed


def test_a_crossing_is_undone() -> None:
    crossed = [[0.0, 0.0], [1.0, 1.0], [1.0, 0.0], [0.0, 1.0]]
    assert tours.two_opt(crossed) == pytest.approx(4)


def test_violators_by_hand() -> None:
    assert monotone.isotonic([1, 3, 2, 4], []) == [1, Fraction(5, 2), Fraction(5, 2), 4]
    assert monotone.isotonic([3, 2, 1], []) == [2, 2, 2]
    assert monotone.isotonic([4, 1], [2, 1]) == [3, 3]


def test_a_centre_without_points_stays() -> None:
    moved = neighbours.cluster_step([[0, 0], [2, 0]], [[1, 1], [50, 50]])
    assert moved == [[1, 0], [50, 50]]


def test_values_by_hand() -> None:
    assert decisions.discounted_return([1.0, 1.0, 1.0], 0.5) == 1.75
    assert decisions.q_update(2.0, 1.0, [0.0, 4.0], 0.5, 0.5) == 2.5
    assert decisions.q_update(2.0, 1.0, [0.0, 4.0], 0.5, 0.5, True) == 1.5
    assert decisions.state_values([[1.0]], [1.0], 0.5) == [2]
    # Waiting in state 0 pays 1 a step; moving on pays nothing now, but 3 a step after.
    assert decisions.best_values([[1.0, 0.0], [3.0]], [[0, 1], [1]], 0.5) == pytest.approx([3, 6])


@pytest.mark.parametrize(
    ("solver", "arguments", "said"),
    [
        (tours.tour_length, ([[0.0, 0.0]] * 3, [0, 1, 1]), "order"),
        (tours.two_opt, ([[0.0, 0.0]] * 2,), "cities"),
        (tours.subset_states, (2,), "3 to 16"),
        (tours.ring_step, ([[0, 0]] * 4, [1, 1], 50, 2), "radius"),
        (tours.ring_step, ([[0, 0]] * 4, [1, 1], 0, 1), "percent"),
        (monotone.isotonic, ([], []), "values"),
        (monotone.isotonic, ([1, 2], [1]), "weights"),
        (neighbours.nearest_vote, ([[0, 0], [2, 0]], [0, 1], [1, 0], 1), "distance"),
        (neighbours.nearest_vote, ([[0, 0], [2, 0]], [0, 1], [0, 0], 2), "tie"),
        (neighbours.nearest_vote, ([[0, 0]], [0], [0, 0], 2), "k must be"),
        (neighbours.cluster_step, ([[0, 0]], [[1]]), "one size"),
        (neighbours.cluster_spread, ([[0]], [[1]], -1), "steps"),
        (decisions.discounted_return, ([1.0], 1.5), "discount"),
        (decisions.q_update, (0.0, 0.0, [], 0.5, 0.5), "next_values"),
        (decisions.q_update, (0.0, 0.0, [1.0], 0.0, 0.5), "rate"),
        (decisions.state_values, ([[0.5]], [1.0], 0.5), "sum 1"),
        (decisions.best_values, ([[1.0]], [[1]], 0.5), "successors"),
        (decisions.greedy_chance, (0, 5), "actions"),
    ],
)
def test_bad_arguments_are_named(solver: Solver, arguments: tuple[Any, ...], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        solver(*arguments)
