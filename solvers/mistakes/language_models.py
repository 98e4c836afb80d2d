"""Mistakes with published transformers: everything here is wrong on purpose."""

from __future__ import annotations

from ..language_models import SIZES, Model, parameters, part


def embedding_forgotten(name: Model) -> int:
    """Wrong on purpose: counts no embedding."""
    return parameters(name) - part(name, "embedding")


def output_layer_counted_again(name: Model) -> int:
    """Wrong on purpose: counts a tied output layer a second time."""
    return parameters(name) + SIZES[name].words * SIZES[name].width


def twelve_squares(name: Model) -> int:
    """Wrong on purpose: 12 layers width^2 only, the blocks' matrices if f = 4 d."""
    return 12 * SIZES[name].layers * SIZES[name].width ** 2


def experts_times_model(name: Model) -> int:
    """Wrong on purpose: takes 8 x 7B at its word, as eight whole models."""
    return 8 * parameters("Mistral 7B")


def two_models(name: Model) -> int:
    """Wrong on purpose: takes two active experts for two whole models."""
    return 2 * parameters("Mistral 7B")
