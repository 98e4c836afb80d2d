"""Expressions: the verdict, the form asked for, known mistakes, and where a wrong answer differs."""

from __future__ import annotations

from typing import Any

import pytest

from quizkit.grading import expression
from quizkit.model import Alternative, Grade, Misread, Understood, Variant


class Asked(Variant, frozen=True, kw_only=True):
    """A variant with what an expression question declares."""

    domains: dict[str, Any]
    form: tuple[str, ...] = ()
    sort: str | None = None


def asked(key: str, **more: Any) -> Asked:
    named: dict[str, Any] = {"id": "t/q", "level": "fresher", "difficulty": 1, "seed": 1}
    more.setdefault("domains", {"x": "real", "y": "real"})
    return Asked(
        kind="expression", key=key, fingerprint="f", given={}, ask="?", why="!", **named, **more
    )


def graded(raw: str, variant: Variant) -> Grade:
    reading = expression.read(raw, variant)
    assert isinstance(reading, Understood), reading
    return expression.grade(reading.value, variant)


def test_what_equals_the_key_is_right() -> None:
    assert graded("σ(x)(1-σ(x))", asked("sigmoid(x) - sigmoid(x)^2")) == Grade(
        verdict="right",
        score=1.0,
        feedback="Right: sigmoid(x) - sigmoid(x)^2.",
        proof="normal form",
    )


def test_agreement_at_points_only_is_said() -> None:
    found = graded("cos(2x)", asked("1 - 2 sin^2 x"))
    assert found.verdict == "right"
    assert "points)" in found.feedback
    assert found.proof == "sampled"


@pytest.mark.parametrize(("is_zero", "proof"), [(True, "proved"), (False, "sampled")])
def test_a_proof_is_told_from_agreement_at_points(is_zero: bool, proof: str) -> None:
    calls = []

    def compute(name: str, given: dict[str, Any]) -> bool:
        calls.append(name)
        return is_zero

    reading = expression.read("cos(2x)", asked("1 - 2 sin^2 x"))
    assert isinstance(reading, Understood)
    found = expression.grade(reading.value, asked("1 - 2 sin^2 x"), compute)
    assert (found.verdict, found.proof, calls) == ("right", proof, ["proof:"])


@pytest.mark.parametrize(("is_zero", "verdict"), [(True, "right"), (False, "undecided")])
def test_a_case_that_no_point_was_in_is_left_to_a_proof(is_zero: bool, verdict: str) -> None:
    variant = asked("x")
    reading = expression.read("min(x, 10^50)", variant)
    assert isinstance(reading, Understood)
    assert expression.grade(reading.value, variant, lambda *_: is_zero).verdict == verdict
    found = expression.grade(reading.value, variant)
    assert (found.verdict, found.proof) == ("undecided", None)
    assert "at none of them 10^50 is the smallest of min(x, 10^50)" in found.feedback


def test_what_is_wrong_or_undecided_has_no_proof() -> None:
    assert graded("x", asked("2x")).proof is None
    assert graded("sqrt(-1-x^2)", asked("log(-1-x^2)")).proof is None


def test_a_wrong_answer_is_told_how_it_was_read_and_where_it_differs() -> None:
    found = graded("x/(2y)", asked("x y/2"))
    assert (found.verdict, found.score) == ("wrong", 0.0)
    assert found.feedback == (
        "Your x/(2·y) is not the key, x·y/2: at x = 2, y = 3 yours is 1/3, the key 3."
        " This is also what you get if it is divided by y, not multiplied."
    )


def test_what_cannot_be_told_is_undecided() -> None:
    found = graded("sqrt(-1-x^2)", asked("log(-1-x^2)"))
    assert (found.verdict, found.score) == ("undecided", 0.0)


def test_a_misconception_is_named() -> None:
    mistake = Alternative(name="forgot-chain-rule", value="cos(2x)", because="The inner 2x counts.")
    variant = asked("2cos(2x)", misconceptions=(mistake,))
    found = graded("1 - 2sin²x", variant)
    assert (found.misconception, found.feedback) == ("forgot-chain-rule", "The inner 2x counts.")


def test_a_convention_comes_before_a_misconception() -> None:
    other = Alternative(name="summed", value="2x", because="Here the mean was asked.")
    mistake = Alternative(name="slip", value="x+x", because="A slip.")
    found = graded("2x", asked("x", conventions=(other,), misconceptions=(mistake,)))
    assert (found.convention, found.misconception) == ("summed", None)
    assert (found.verdict, found.score) == ("partly", 0.5)


@pytest.mark.parametrize(
    ("form", "key", "met", "unmet"),
    [
        ("factored", "(x+1)(x-1)", "(x-1)(1+x)", "x^2-1"),
        ("factored", "2(x+1)^2", "2(x+1)(x+1)", "2(x^2+2x+1)"),
        ("expanded", "x^2+2x+1", "1+2x+x²", "(x+1)^2"),
        ("lowest terms", "1/2", "1/2", "2/4"),
        ("lowest terms", "x/2", "x/2", "x y/(2y)"),
        ("lowest terms", "(x+1)/2", "(x+1)/2", "(2x+2)/4"),
        ("no decimals", "x/2", "x/2", "0.5x"),
        ("simplified", "2x", "2x", "x+x"),
        ("simplified", "x+3", "3+x", "x+1+2"),
        ("simplified", "1024x", "1024x", "(5-3)x·512"),
    ],
)
def test_a_form_that_is_asked_for_is_demanded(form: str, key: str, met: str, unmet: str) -> None:
    variant = asked(key, form=(form,))
    assert graded(met, variant).verdict == "right"
    assert graded(unmet, variant).verdict == "partly"
    assert graded(unmet, asked(key)).verdict == "right"


def test_a_misread_points_into_the_learners_text() -> None:
    assert expression.read("  2x + z", asked("2x")) == Misread(
        "expected one of x, y or a known function, found 'z'", 7
    )


def test_a_lone_e_is_asked_about_where_an_epsilon_is_declared() -> None:
    variant = asked("x/(y + epsilon)", domains={"x": "real", "y": "real", "epsilon": "positive"})
    assert expression.read("x/(y+e)", variant) == Misread(
        "e is Euler's number; for ε type eps or epsilon", 5
    )
    assert graded("x/(y + ε)", variant).verdict == "right"
    assert graded("e^0 x/(y + eps)", variant).verdict == "right"
    assert graded("1e0 x/(y + eps)", variant).verdict == "right"


def test_a_slash_that_decides_is_asked_about_before_anything_is_graded() -> None:
    assert expression.read("cos x/2", asked("cos(x/2)")) == Misread(
        "without brackets it can be read as cos(x)/2 or cos(x/2); put brackets", 5
    )
    elsewhere = expression.read("(x/2)(1 + cos x/2)", asked("x(1 + cos(x/2))/2"))
    assert isinstance(elsewhere, Misread)
    assert elsewhere.position == len("(x/2)(1 + cos x")
    assert graded("cos x/2", asked("cos(x)/2")).verdict == "right"
    assert graded("cos x/2", asked("sin(x/2)")).verdict == "wrong"


@pytest.mark.parametrize(
    "raw",
    [
        "x times (1 minus y)",
        "x multiplied by (1-y)",
        "x minus x*y",
        "(x-xy) squared divided by (x minus x y)",
    ],
)
def test_spoken_signs_are_signs(raw: str) -> None:
    assert graded(raw, asked("x*(1 - y)")).verdict == "right"


@pytest.mark.parametrize("raw", ["x divided 2", "\\text{x squared}", "x over 2"])
def test_other_words_are_not_read(raw: str) -> None:
    assert isinstance(expression.read(raw, asked("x^2")), Misread)


def test_the_sort_of_key_tells_intervals_from_vectors() -> None:
    assert graded("[0, 1]", asked("(0, 1)", sort="interval")).verdict == "wrong"
    assert graded("[0, 1]", asked("(0, 1)", sort="vector")).verdict == "right"


def test_the_reasons_say_how_it_was_read_and_decided() -> None:
    assert expression.reasons("x·2", asked("2x")) == ["read as x·2", "right: the same normal form"]
    sampled = expression.reasons("cos(2x)", asked("1 - 2 sin^2 x"))
    assert sampled[1].startswith("sampled: equal at ")
    assert sampled[2] == "agreement at points is no proof; a symbolic one is tried where it can be"
    formed = expression.reasons("x+x", asked("2x", form=("simplified",)))
    assert formed[2] == "asked to be simplified: like terms can be collected"
    assert expression.reasons("x", asked("2x"))[2] == "given by a slip: if a factor of 2 goes wrong"
    assert expression.reasons("x+7", asked("2x"))[2] == "given by none of the usual slips"


def test_a_key_that_is_no_expression_is_the_banks_fault() -> None:
    with pytest.raises(ValueError, match="is no expression"):
        graded("x", asked("x +"))
