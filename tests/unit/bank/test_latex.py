"""Formulas of the question files, readable on a terminal."""

from __future__ import annotations

import pytest

from quizkit.bank.latex import readable, to_unicode
from quizkit.model import NumberQuestion

FORMULAS = [
    (r"$\sigma(z) = \frac{1}{1 + e^{-z}}$", "σ(z) = 1/(1 + e⁻ᶻ)"),
    (r"$x^2$ and $y_1$", "x² and y₁"),
    (r"$\frac{\partial L}{\partial w}$", "∂ L/∂ w"),
    (r"$\frac{a + b}{2}$", "(a + b)/2"),
    (r"$\frac{\frac{a}{b}}{c}$", "(a/b)/c"),
    (r"$\frac{\frac{1}{e^{x}}}{2}$", "(1/(eˣ))/2"),
    (r"$\sqrt{x^{2} + 1}$", "√(x² + 1)"),
    (r"$\sqrt{2}$", "√(2)"),
    (r"$\text{softmax}(z)$", "softmax(z)"),
    (r"$\mathrm{fan}$ in", "fan in"),
    (r"${{n}} \cdot {{m:.2f}}$", "{{n}} ⋅ {{m:.2f}}"),
    (r"costs \$5 or \$6", "costs $5 or $6"),
    ("costs $5", "costs $5"),
    ("no formula at all", "no formula at all"),
    ("one $ on\ntwo $ lines", "one $ on\ntwo $ lines"),
]


@pytest.mark.parametrize(("latex", "text"), FORMULAS)
def test_a_formula_reads_as_text(latex: str, text: str) -> None:
    assert to_unicode(latex) == text


def question(ask: str, hints: tuple[str, ...] = ()) -> NumberQuestion:
    return NumberQuestion(
        level="fresher", difficulty=1, ask=ask, why="w", answer=1, reference="r", hints=hints
    )


def test_every_text_of_a_question_is_converted() -> None:
    found = readable(question(r"$\alpha$?", (r"$\beta$", "plain")))
    assert (found.ask, found.hints) == ("α?", ("β", "plain"))


def test_a_question_without_formulas_is_left_as_it_is() -> None:
    plain = question("How many?")
    assert readable(plain) is plain
