"""Smallest effects of interest: read from docstrings and claims, and agreed on or not."""

from __future__ import annotations

import math

import pytest

from quizkit.bank.bank import built_in
from quizkit.verify.effects import Effect, agreed, declared, own_words


@pytest.mark.parametrize(
    ("doc", "effect"),
    [
        ("Smallest effect: 0.05   [Srivastava 2014]", 0.05),
        ("Smallest effect of interest: ln 1.2. `rival` tanh is the control", math.log(1.2)),
        ("A share. Smallest\n    effect: above 0.9.", 0.9),
        ("Smallest effect: 1e-9", 1e-9),
        ("Smallest effect: −0.5", -0.5),
        ("Smallest effect: 1; an infinite `clip` is the control", 1.0),
        ("Smallest effect: twice the 0.1 of guessing", None),
        ("Smallest effect: ln -1", None),
        ("It is late", None),
    ],
)
def test_an_experiment_may_name_its_smallest_effect(doc: str, effect: float | None) -> None:
    assert own_words(doc) == effect


def test_bounds_agree_to_three_figures_or_there_is_none() -> None:
    assert agreed([]) is None
    assert agreed([Effect(0.1823, "a/b"), Effect(math.log(1.2), "experiments.c")]) == 0.1823
    assert agreed([Effect(0.1, "a/b"), Effect(0.1, "a/c"), Effect(0.2, "a/d")]) is None
    assert agreed([Effect(-0.1, "a/b"), Effect(0.1, "a/c")]) is None


def test_the_built_in_bank_declares_the_smallest_effects_of_its_experiments() -> None:
    bank = built_in()
    functions = bank.functions()
    heart = declared(bank, functions["experiments.memorised_labels"])
    assert "perceptron-mlp/coin-labels-learnt-by-heart" in [effect.by for effect in heart]
    assert agreed(heart) == 0.99
    assert (
        agreed(declared(bank, functions["experiments.one_bump_on_xor"])) == 0.9
    )  # a claim of less
    assert agreed(declared(bank, functions["experiments.deep_linear_loss"])) is None
