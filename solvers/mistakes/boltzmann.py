"""Mistakes with restricted Boltzmann machines: everything here is wrong on purpose."""

from __future__ import annotations

import math

from .. import boltzmann
from ..boltzmann import Matrix


def sign_forgotten(
    weights: Matrix,
    visible_biases: list[float],
    hidden_biases: list[float],
    visible: list[int],
    hidden: list[int],
) -> float:
    """Wrong on purpose: +a · v + b · h + vᵀ W h."""
    return -boltzmann.joint_energy(weights, visible_biases, hidden_biases, visible, hidden)


def biases_forgotten(
    weights: Matrix,
    visible_biases: list[float],
    hidden_biases: list[float],
    visible: list[int],
    hidden: list[int],
) -> float:
    """Wrong on purpose: only −vᵀ W h."""
    none, nothing = [0.0] * len(visible_biases), [0.0] * len(hidden_biases)
    return boltzmann.joint_energy(weights, none, nothing, visible, hidden)


def most_likely_hidden(
    weights: Matrix, visible_biases: list[float], hidden_biases: list[float], visible: list[int]
) -> float:
    """Wrong on purpose: the energy with the best hidden state, max(0, x) for ln(1 + exp x)."""
    on = boltzmann.hidden_probabilities(weights, visible_biases, hidden_biases, visible)
    hidden = [int(p > 0.5) for p in on]
    return boltzmann.joint_energy(weights, visible_biases, hidden_biases, visible, hidden)


def energies_softmaxed_upwards(
    weights: Matrix, visible_biases: list[float], hidden_biases: list[float], visible: list[int]
) -> list[float]:
    """Wrong on purpose: σ(−x), as if high energy were likely."""
    on = boltzmann.hidden_probabilities(weights, visible_biases, hidden_biases, visible)
    return [1 - p for p in on]


def hidden_biases_forgotten(
    weights: Matrix, visible_biases: list[float], hidden_biases: list[float], visible: list[int]
) -> list[float]:
    """Wrong on purpose: σ(Σ v w) without b."""
    nothing = [0.0] * len(hidden_biases)
    return boltzmann.hidden_probabilities(weights, visible_biases, nothing, visible)


def visible_biases_forgotten(
    weights: Matrix, visible_biases: list[float], hidden_biases: list[float], hidden: list[int]
) -> list[float]:
    """Wrong on purpose: σ(Σ w h) without a."""
    nothing = [0.0] * len(visible_biases)
    return boltzmann.visible_probabilities(weights, nothing, hidden_biases, hidden)


def not_normalised(
    weights: Matrix, visible_biases: list[float], hidden_biases: list[float], visible: list[int]
) -> float:
    """Wrong on purpose: exp(−F(v)) without the partition function."""
    return math.exp(-boltzmann.free_energy(weights, visible_biases, hidden_biases, visible))


def positive_phase_only(
    weights: Matrix, visible_biases: list[float], hidden_biases: list[float], visible: list[int]
) -> Matrix:
    """Wrong on purpose: the model's own expectation is not taken off."""
    on = boltzmann.hidden_probabilities(weights, visible_biases, hidden_biases, visible)
    return [[v * p for p in on] for v in visible]


def divergence_for_likelihood(
    weights: Matrix, visible_biases: list[float], hidden_biases: list[float], visible: list[int]
) -> Matrix:
    """Wrong on purpose: one Gibbs step taken for the model's distribution."""
    return boltzmann.contrastive_divergence(weights, visible_biases, hidden_biases, visible)


def likelihood_for_divergence(
    weights: Matrix, visible_biases: list[float], hidden_biases: list[float], visible: list[int]
) -> Matrix:
    """Wrong on purpose: the full likelihood gradient taken for one step of CD."""
    return boltzmann.likelihood_gradient(weights, visible_biases, hidden_biases, visible)
