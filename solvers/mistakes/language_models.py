"""Mistakes with published transformers: everything here is wrong on purpose."""

from __future__ import annotations

from fractions import Fraction

from ..language_models import SIZES, Model, Outputs, macs, macs_per_word, parameters, part


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


def all_parameters(name: Model, length: int, outputs: Outputs = "all positions") -> Fraction:
    """Wrong on purpose: one MAC per parameter, the embedding's, which multiply nothing, among them."""
    return Fraction(parameters(name))


def flops_for_macs(name: Model, length: int, outputs: Outputs = "all positions") -> Fraction:
    """Wrong on purpose: counts products and additions one by one."""
    return 2 * macs_per_word(name, length, outputs)


def scores_forgotten(name: Model, length: int, outputs: Outputs = "all positions") -> Fraction:
    """Wrong on purpose: leaves out scores and mixing, 2 n d per layer."""
    size = SIZES[name]
    return macs_per_word(name, length, outputs) - 2 * size.layers * length * size.width


def whole_text(name: Model, length: int, outputs: Outputs = "all positions") -> Fraction:
    """Wrong on purpose: gives the whole text's for one word's."""
    return Fraction(macs(name, length, outputs))
