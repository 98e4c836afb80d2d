"""Demands on the form: what they lack is told, what meets them passes, and the key always does."""

from __future__ import annotations

from typing import Any

import pytest

from quizkit.model import Form
from quizkit.values.expressions.decide import equivalent
from quizkit.values.expressions.forms import unmet
from quizkit.values.expressions.read import read_tree

DOMAINS: dict[str, Any] = {"x": "real", "y": "real", "a": "positive"}

CASES: list[tuple[Form, str, list[str], list[str]]] = [
    (
        "simplified",
        "6x",
        ["6·x", "x*6"],
        ["log(e^(6x))", "ln(exp(6x))", "sqrt(36)x", "2(3x)", "6*x*1", "6x+0", "x*3*2", "12x/2", "-(-6x)",
         "|-6|x", "3!x", "6x^1", "3x+3x", "(12)(x/2)"],
    ),
    ("simplified", "x^2", ["x²"], ["x*x", "x·x^1", "sqrt(x^4)"]),
    ("simplified", "x/2", ["1/2 x", "0.5x", "x*1/2"], ["2x/4", "(x/4)*2"]),
    ("simplified", "sqrt(2) x", ["x√2"], ["sqrt(4) x/sqrt(2)", "1*sqrt(2)x"]),
    ("simplified", "a", [], ["e^(log a)", "sqrt(a)^2", "exp(ln a)", "sqrt(a^2)"]),
    ("simplified", "2^100", [], []),
    ("simplified", "x sqrt(4)", ["sqrt(4) x", "2x"], ["1·x·sqrt(4)"]),
    (
        "lowest terms",
        "3/4",
        ["0.75", "-(-3/4)", "¾"],
        ["1.5/2", "sqrt(9)/4", "3*1/4", "6/8", "(3/2)/2", "3/(2*2)", "(1+2)/4", "3/2^2", "3/4/1"],
    ),
    ("lowest terms", "-3/4", ["-(3/4)", "3/(-4)"], ["-6/8"]),
    ("lowest terms", "x/(2y)", [], ["(x/2)/y", "2x/(4y)", "x^2/(2 x y)"]),
    (
        "factored",
        "(x-1)(x+1)",
        ["(1+x)(x-1)", "-(1-x)(1+x)"],
        ["x(x-1/x)", "x^2-1", "(x^2-1)*x/x", "(x^2-1)*1", "(x^2-1)(2-1)", "(x^2-1) x^0",
         "(x-1)^2(x+1)/(x-1)", "x^2(1-1/x^2)", "(x^2-1)(x-x+1)", "x(x-x^-1)"],
    ),
    ("factored", "x(x^2+1)", ["(x^2+1)x"], ["x^3+x", "x^2(x+1/x)"]),
    ("factored", "x^2(1-x)", ["x*x*(1-x)"], ["x(x-x^2)"]),
    ("factored", "x(1-1/y)", ["(1-1/y)x"], ["x-x/y"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("form", "key", "answer", "is_met"),
    [
        (form, key, answer, is_met)
        for form, key, met, lacking in CASES
        for answers, is_met in (([key, *met], True), (lacking, False))
        for answer in answers
    ],
)
def test_a_form_is_met_or_what_it_lacks_is_told(
    form: Form, key: str, answer: str, is_met: bool
) -> None:
    tree, wanted = read_tree(answer, DOMAINS), read_tree(key, DOMAINS)
    assert equivalent(tree, wanted, DOMAINS).verdict in ("right", "sampled")
    assert (unmet(tree, wanted, form) == "") == is_met


def test_what_lacks_is_said_in_the_forms_terms() -> None:
    def told(answer: str, key: str, form: Form) -> str:
        return unmet(read_tree(answer, DOMAINS), read_tree(key, DOMAINS), form)

    assert told("sqrt(36)x", "6x", "simplified") == "numbers can be worked out"
    assert told("log(e^(6x))", "6x", "simplified") == "one function undoes the other"
    assert told("1.5/2", "3/4", "lowest terms") == "write whole numbers above and below"
    assert told("x(x-1/x)", "(x-1)(x+1)", "factored") == (
        "write factors without fractions and roots of symbols; x - 1/x is none"
    )
