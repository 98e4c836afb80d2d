"""The bank's own rubrics: standard right answers pass, and those with one false detail do not."""

from __future__ import annotations

import pytest

from quizkit import grading
from quizkit.bank.bank import Bank
from quizkit.model import Given, Grade, Understood, Value
from quizkit.variant import make

RIGHT = (
    (
        "activations/why-non-linear",
        "Without nonlinearity stacked layers collapse into a single linear map, so depth adds nothing and "
        "only linear boundaries can be learned.",
    ),
    (
        "activations/why-non-linear",
        "Otherwise the whole network would just be one linear function and could only learn linear "
        "boundaries.",
    ),
    (
        "activations/why-non-linear",
        "A composition of linear maps is linear, so without activations a deep network equals one linear "
        "layer.",
    ),
    (
        "training-arithmetic/epoch-versus-iteration",
        "An epoch isn't a single batch update but a pass over all the data; an iteration is a single batch "
        "update.",
    ),
    (
        "autoencoders-generative/generator-and-discriminator",
        "The generator produces synthetic samples from noise to deceive the discriminator, which learns to "
        "distinguish real and generated samples; they compete.",
    ),
    (
        "rnn/how-gates-help",
        "The forget, input and output gates regulate the cell state, which is updated additively, so with "
        "the forget gate open the gradient does not shrink.",
    ),
)
# An answer, what is true in it, and what is not.
FALSE = (
    (
        "autoencoders-generative/why-a-bottleneck",
        "The code is {} than the input, so it cannot copy it and must compress what matters.",
        "smaller",
        "larger",
    ),
    (
        "cnn/convolution-versus-dense",
        "It uses the same weights everywhere and each output sees only a small window, hence it has {} "
        "parameters than a dense layer.",
        "fewer",
        "more",
    ),
    (
        "losses/cross-entropy-over-squared-error",
        "With squared error the sigmoid's slope is a factor, so the gradient {} when saturated; "
        "cross-entropy cancels the slope.",
        "vanishes",
        "explodes",
    ),
    (
        "regularisation/why-dropout-helps",
        "{}, random neurons are switched off so that units cannot rely on each other, and it acts like an "
        "ensemble.",
        "During training",
        "At inference",
    ),
    (
        "backprop/what-clipping-prevents",
        "If the norm exceeds a threshold it is {}, which helps against exploding gradients.",
        "scaled down to it",
        "set to zero",
    ),
    (
        "training-arithmetic/epoch-versus-iteration",
        "An epoch is one pass over the {} set and an iteration is one update with a mini-batch.",
        "training",
        "validation",
    ),
    (
        "training-arithmetic/epoch-versus-iteration",
        "In an epoch every sample is seen {}, in an iteration one batch is used for an update.",
        "once",
        "twice",
    ),
    (
        "ml-basics/bias-versus-variance",
        "A high bias model underfits and has {} training error, a high variance model overfits and has low "
        "training error but high test error.",
        "high",
        "low",
    ),
    (
        "regularisation/l1-versus-l2",
        "L1 sets many {} to zero; L2 shrinks weights towards zero.",
        "weights",
        "biases",
    ),
    (
        "regularisation/l1-versus-l2",
        "L1 sets many weights to zero; L2 shrinks weights towards {}.",
        "zero",
        "one",
    ),
    (
        "initialisation/why-not-equal-weights",
        "All units compute the same and get the same gradient and stay equal, so the layer behaves like {}.",
        "one unit",
        "many different units",
    ),
)


def unused(name: str, given: Given) -> Value:
    raise AssertionError(f"{name} was called, but a text has no solver")


def graded(bank: Bank, question: str, answer: str) -> Grade:
    variant = make(bank.entry(question), 0, unused)
    reading = grading.read(answer, variant)
    assert isinstance(reading, Understood)
    return grading.grade(reading.value, variant)


@pytest.mark.parametrize(("question", "answer"), RIGHT)
def test_a_standard_answer_passes(built_in_bank: Bank, question: str, answer: str) -> None:
    found = graded(built_in_bank, question, answer)
    assert found.verdict == "right", found


@pytest.mark.parametrize(("question", "answer", "true", "false"), FALSE)
def test_one_false_detail_keeps_an_answer_from_passing(
    built_in_bank: Bank, question: str, answer: str, true: str, false: str
) -> None:
    assert graded(built_in_bank, question, answer.format(true)).verdict == "right"
    assert graded(built_in_bank, question, answer.format(false)).verdict != "right"
