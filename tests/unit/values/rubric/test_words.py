"""Words: forms of one word share a stem, others do not; a slip of the keyboard is no other word."""

from __future__ import annotations

import pytest

from quizkit.values.rubric.stems import stem
from quizkit.values.rubric.typos import is_typo
from quizkit.values.rubric.words import words

SAME = [
    "regularises regularised regularization regularizer",
    "rely relies relied relying reliance",
    "overfit overfitting overfits over-fitting overfitted",
    "co-adapt co-adaptation coadapt co-adapting",
    "compute computation computing computed computationally",
    "depend dependent dependence dependencies",
    "memory memorise memorizes",
    "explode exploding explosion",
    "stable stability stabilise",
    "neurons units nodes",
    "use used using uses",
]
DIFFERENT = [
    "generator generalise generates",
    "variance vary",
    "overfit underfit",
    "stable unstable",
    "linear nonlinear",
    "dependent independent",
    "minimum minimise",
    "bias basis",
    "gradient gradual",
    "convex concave",
    "previous prevents",
    "notes not",
    "sequence sequential",
    "identity identical",
    "programmer program",
    "additional additive",
]


def stems(text: str) -> list[str]:
    return [word.stem for word in words(text)]


@pytest.mark.parametrize("forms", SAME)
def test_forms_of_a_word_share_a_stem(forms: str) -> None:
    assert len(set(stems(forms))) == 1, stems(forms)


@pytest.mark.parametrize("others", DIFFERENT)
def test_other_words_have_other_stems(others: str) -> None:
    assert len(set(stems(others))) == len(others.split()), stems(others)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It can't, won't and doesnt", "it can not , will not and does not"),
        ("the net's loss — it’s 0.25", "the network loss — it is 0.25"),
        ("long-range non-linear non linear", "long range nonlinear nonlinear"),
        ("w/o noise -> nothing but noise", "without noise -> only noise"),
        ("it cannot help but learn", "it always learn"),
        ("the slope is not above 1, never goes above 1", "the slope is below 1 , below 1"),
        ("no pixel without a class, never without noise", "every pixel with a class , always with noise"),
        ("the gradient = p - y, x < 1, 0 * x", "the gradient is p minus y , x below 1 , 0 times x"),
        ("* a bullet\n> a quote", "* a bullet > a quote"),
        ("an end-to-end net, e.g. a DL one", "an end to end network , eg a deep learning one"),
        ("becuase teh net, w/o noise", "because the network , without noise"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_text_is_opened_into_words(text: str, expected: str) -> None:
    assert [word.text for word in words(text) if word.text != "\n"] == expected.split()


def test_each_word_knows_its_place() -> None:
    text = "Non-linear maps can't be, well, merged"
    for word in words(text):
        assert text[word.start : word.end].strip()
    assert text[words(text)[0].start : words(text)[0].end] == "Non-linear"


@pytest.mark.parametrize(
    ("typed", "meant", "is_one"),
    [
        ("overshot", "overshoot", True),
        ("regularizaton", "regularization", True),
        ("gradeint", "gradient", True),
        ("increase", "decrease", False),
        ("encoder", "decoder", False),
        ("maximise", "minimise", False),
        ("bias", "bins", False),
        ("underfitting", "overfitting", False),
        ("internal", "external", False),
    ],
)
def test_only_a_slip_or_two_in_a_long_word_is_overlooked(
    typed: str, meant: str, is_one: bool
) -> None:
    assert is_typo(typed, meant) is is_one
    assert is_typo(meant, typed) is is_one


@pytest.mark.parametrize(
    ("typed", "meant", "is_one"),
    [
        ("lerns", "learns", True),
        ("modle", "model", True),
        ("later", "layer", False),
        ("unit", "unite", False),
        ("learns", "lerns", False),
    ],
)
def test_in_a_short_word_only_a_swap_or_a_letter_left_out_is(
    typed: str, meant: str, is_one: bool
) -> None:
    assert is_typo(typed, meant) is is_one


def test_a_stem_is_never_empty() -> None:
    assert all(stem(word) for word in ("ing", "ed", "s", "ss", "ied", "y", "ers", "ions"))
