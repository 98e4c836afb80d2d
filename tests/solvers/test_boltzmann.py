"""Boltzmann and Hopfield machines: joint distributions listed, autograd, energies of single flips."""

from __future__ import annotations

from random import Random
from typing import Any

import numpy
import pytest

from solvers import boltzmann, hopfield
from solvers.mistakes import boltzmann as wrong_boltzmann
from solvers.mistakes import hopfield as wrong_hopfield
from tests.solvers.drawn import Draw, Solver, assert_differs, assert_routes_agree, settings

CROSSED = [[0.0, -1.0], [-1.0, 0.0]]


def machine(random: Random) -> dict[str, Any]:
    visible, hidden = random.randint(1, 3), random.randint(1, 3)
    return {
        "weights": [[random.randint(-8, 8) / 4 for _ in range(hidden)] for _ in range(visible)],
        "visible_biases": [random.randint(-4, 4) / 4 for _ in range(visible)],
        "hidden_biases": [random.randint(-4, 4) / 4 for _ in range(hidden)],
    }


def seen(random: Random) -> dict[str, Any]:
    drawn = machine(random)
    return {**drawn, "visible": random.choices([0, 1], k=len(drawn["visible_biases"]))}


def hidden(random: Random) -> dict[str, Any]:
    drawn = machine(random)
    return {**drawn, "hidden": random.choices([0, 1], k=len(drawn["hidden_biases"]))}


def whole(random: Random) -> dict[str, Any]:
    drawn = seen(random)
    return {**drawn, "hidden": random.choices([0, 1], k=len(drawn["hidden_biases"]))}


def patterns(random: Random) -> dict[str, Any]:
    units = random.randint(2, 7)
    return {"patterns": [random.choices([-1, 1], k=units) for _ in range(random.randint(1, 3))]}


def scaled(random: Random) -> dict[str, Any]:
    return {**patterns(random), "scaled": random.random() < 0.5}


def state(random: Random) -> dict[str, Any]:
    table = hopfield.hebb_weights(patterns(random)["patterns"])
    weights = [[float(w) for w in row] for row in table]
    return {"weights": weights, "state": random.choices([-1, 1], k=len(weights))}


def swept(random: Random) -> dict[str, Any]:
    drawn = state(random)
    units = range(len(drawn["state"]))
    return {**drawn, "order": random.sample(units, len(units))}


def units(random: Random) -> dict[str, Any]:
    return {"units": random.randint(0, 1500)}


ROUTES: list[tuple[Solver, Solver, Draw]] = [
    (boltzmann.joint_energy, boltzmann.joint_energy_by_numpy, whole),
    (boltzmann.free_energy, boltzmann.free_energy_by_loop, seen),
    (boltzmann.hidden_probabilities, boltzmann.hidden_probabilities_by_numpy, seen),
    (boltzmann.visible_probabilities, boltzmann.visible_probabilities_by_numpy, hidden),
    (boltzmann.visible_probability, boltzmann.visible_probability_by_numpy, seen),
    (boltzmann.likelihood_gradient, boltzmann.likelihood_gradient_by_autograd, seen),
    (boltzmann.contrastive_divergence, boltzmann.contrastive_divergence_by_numpy, seen),
    (hopfield.hebb_weights, hopfield.hebb_weights_by_counting, scaled),
    (hopfield.state_energy, hopfield.state_energy_by_loop, state),
    (hopfield.synchronous_step, hopfield.synchronous_step_by_numpy, state),
    (hopfield.asynchronous_sweep, hopfield.asynchronous_sweep_by_loop, swept),
    (hopfield.fixed_points, hopfield.fixed_points_by_numpy, patterns),
    (hopfield.capacity, hopfield.capacity_by_counting, units),
]

MISTAKES: list[tuple[Solver, Solver, Draw]] = [
    (wrong_boltzmann.sign_forgotten, boltzmann.joint_energy, whole),
    (wrong_boltzmann.biases_forgotten, boltzmann.joint_energy, whole),
    (wrong_boltzmann.most_likely_hidden, boltzmann.free_energy, seen),
    (wrong_boltzmann.energies_softmaxed_upwards, boltzmann.hidden_probabilities, seen),
    (wrong_boltzmann.hidden_biases_forgotten, boltzmann.hidden_probabilities, seen),
    (wrong_boltzmann.visible_biases_forgotten, boltzmann.visible_probabilities, hidden),
    (wrong_boltzmann.not_normalised, boltzmann.visible_probability, seen),
    (wrong_boltzmann.positive_phase_only, boltzmann.likelihood_gradient, seen),
    (wrong_boltzmann.divergence_for_likelihood, boltzmann.likelihood_gradient, seen),
    (wrong_boltzmann.likelihood_for_divergence, boltzmann.contrastive_divergence, seen),
    (wrong_hopfield.with_self_connections, hopfield.hebb_weights, scaled),
    (wrong_hopfield.divided_by_patterns, hopfield.hebb_weights, scaled),
    (wrong_hopfield.pairs_counted_twice, hopfield.state_energy, state),
    (wrong_hopfield.sign_forgotten, hopfield.state_energy, state),
    (wrong_hopfield.one_after_the_other, hopfield.synchronous_step, state),
    (wrong_hopfield.ties_switched_on, hopfield.synchronous_step, state),
    (wrong_hopfield.all_at_once, hopfield.asynchronous_sweep, swept),
    (wrong_hopfield.patterns_only, hopfield.fixed_points, patterns),
    (wrong_hopfield.all_states, hopfield.fixed_points, patterns),
    (wrong_hopfield.one_per_unit, hopfield.capacity, units),
    (wrong_hopfield.two_to_the_units, hopfield.capacity, units),
]


@pytest.mark.parametrize(("solver", "witness", "draw"), ROUTES)
def test_routes_agree(solver: Solver, witness: Solver, draw: Draw) -> None:
    assert_routes_agree(solver, witness, draw)


@pytest.mark.parametrize(("mistake", "solver", "draw"), MISTAKES)
def test_mistakes_are_wrong(mistake: Solver, solver: Solver, draw: Draw) -> None:
    assert_differs(mistake, solver, draw)


def test_mean_likelihood_gradient_under_the_model_is_zero() -> None:
    for drawn in settings(machine, 5):
        total = 0.0
        for state in numpy.ndindex(*[2] * len(drawn["weights"])):
            share = boltzmann.visible_probability(**drawn, visible=list(state))
            total = total + share * numpy.array(
                boltzmann.likelihood_gradient(**drawn, visible=list(state))
            )
        assert numpy.abs(total).max() < 1e-12


def test_one_stored_pattern_and_its_mirror_image_are_fixed() -> None:
    assert hopfield.fixed_points([[1, 1, -1, 1]]) == [[-1, -1, 1, -1], [1, 1, -1, 1]]


def test_updates_at_once_may_swing_for_ever() -> None:
    assert hopfield.synchronous_step(CROSSED, [1, 1]) == [-1, -1]
    assert hopfield.synchronous_step(CROSSED, [-1, -1]) == [1, 1]
    assert hopfield.asynchronous_sweep(CROSSED, [1, 1], [0, 1]) == [-1, 1]


def test_capacity_of_a_thousand_units() -> None:
    assert [hopfield.capacity(n) for n in (7, 8, 100, 500, 1000)] == [0, 1, 13, 69, 138]


@pytest.mark.parametrize(
    ("solver", "arguments", "said"),
    [
        (boltzmann.free_energy, ([[1.0]], [0.0], [0.0], [2]), "visible must be 1 zeros and ones"),
        (boltzmann.free_energy, ([[1.0, 2.0]], [0.0], [0.0], [1]), "weights must have"),
        (boltzmann.free_energy, ([[1.0]] * 7, [0.0] * 7, [0.0], [1] * 7), "1 to 6 units"),
        (boltzmann.visible_probabilities, ([[1.0]], [0.0], [0.0], []), "hidden must be"),
        (hopfield.hebb_weights, ([[1, 0]],), "patterns"),
        (hopfield.state_energy, ([[0.0, 1.0], [2.0, 0.0]], [1, 1]), "symmetric"),
        (hopfield.state_energy, ([[0.0]], [0]), "state must be"),
        (hopfield.state_energy, ([[0.0]], [1, 1]), "rows"),
        (hopfield.asynchronous_sweep, (CROSSED, [1, 1], [2]), "order"),
        (hopfield.capacity, (0,), "units"),
    ],
)
def test_bad_arguments_are_named(solver: Solver, arguments: tuple[Any, ...], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        solver(*arguments)
