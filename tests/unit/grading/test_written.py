"""Answers written as text: bounds, einsum subscripts, number formats; and shapes with symbols."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest

from quizkit import grading
from quizkit.model import Grade, Misread, Understood, Variant
from tests.effort import at_most

Make = Callable[..., Variant]


def graded(raw: str, variant: Variant) -> Grade:
    reading = grading.read(raw, variant)
    assert isinstance(reading, Understood), reading
    return grading.grade(reading.value, variant)


@pytest.mark.parametrize(
    ("key", "raw", "verdict", "told"),
    [
        ("O(n log n)", "n log n", "right", "Right: O(n log n)."),
        ("O(n log n)", "O(5 n log n + n)", "right", "constant factor"),
        ("O(n log n)", "O(5 n log n + n)", "right", "lower-order"),
        ("O(n log n)", "O(n^2)", "wrong", "too loose"),
        ("O(n log n)", "O(n)", "wrong", "too tight"),
        ("Omega(n log n)", "Omega(n)", "wrong", "too loose"),
        ("Omega(n log n)", "Omega(n^2)", "wrong", "too tight"),
        ("Theta(n)", "Theta(n^2)", "wrong", "faster"),
        ("Theta(n)", "O(n)", "partly", "upper bound"),
        ("Theta(n)", "o(n)", "wrong", "strictly below"),
        ("o(n)", "O(n)", "wrong", "upper bound"),
    ],
)
def test_bounds_are_told_apart(make: Make, key: str, raw: str, verdict: str, told: str) -> None:
    grade = graded(raw, make("complexity", key, symbols=("n",)))
    assert grade.verdict == verdict
    assert told in grade.feedback


def test_an_ellipsis_is_as_good_as_the_axes_it_stands_for(make: Make) -> None:
    variant = make("einsum", "bij,bjk->bik")
    assert graded("...ij,...jk->...ik", variant).verdict == "right"
    assert graded("...ij,...kj->...ik", variant).verdict == "wrong"


@pytest.mark.parametrize(
    ("key", "raw", "verdict", "told"),
    [
        ("O(n)", "O(n^(log2 7))", "wrong", "too loose"),
        ("O(n^3)", "n^(log2 8)", "right", "Right: O(n^3)."),
        ("O(1)", "2^(1/n)", "right", "Right: O(1)."),
        ("O(1)", "(ln 2)^n", "wrong", "too tight"),
        ("Theta(n^2)", "O(n^2 + n)", "partly", "(a lower-order term is dropped)"),
        ("Theta(n^2)", "O(3n^2)", "partly", "a constant factor is dropped"),
        ("Theta(n^2)", "O(n^2)", "partly", "Θ, a bound from both sides."),
    ],
)
def test_constants_in_bounds_are_judged(
    make: Make, key: str, raw: str, verdict: str, told: str
) -> None:
    grade = graded(raw, make("complexity", key, symbols=("n",)))
    assert grade.verdict == verdict
    assert told in grade.feedback


def test_a_bound_that_cannot_be_told_from_the_key_s_is_asked_about(make: Make) -> None:
    variant = make("complexity", "O(n)", symbols=("n",), misconceptions={"squared": "O(n^2)"})
    reading = grading.read("n^(√(5+2√6) - √2 - √3 + 1)", variant)
    assert isinstance(reading, Misread)
    assert "cannot be told apart" in reading.problem


def test_incomparable_bounds(make: Make) -> None:
    grade = graded("O(m^2 n)", make("complexity", "O(n^2 m)", symbols=("n", "m")))
    assert grade.verdict == "wrong"
    assert "Neither" in grade.feedback


def test_a_mistaken_bound_is_named_in_any_form(make: Make) -> None:
    variant = make(
        "complexity", "O(n log n)", symbols=("n",), misconceptions={"all-pairs": "O(n^2)"}
    )
    assert graded("O(n(n-1)/2)", variant).misconception == "all-pairs"


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ("bij,bjk->bki", "another order"),
        ("bij,bjk->bk", "summed that is to be kept"),
        ("bij,bjk->bijk", "kept that is to be summed"),
        ("bij,bkj->bik", "which axes are paired"),
        ("bij->bij", "Expected 2 operands, found 1"),
        ("ij,bjk->bik", "Operand 1: expected 3 indices, found 2"),
        ("bjk,bij->bik", "operands are exchanged"),
    ],
)
def test_subscripts_are_told_apart(make: Make, raw: str, told: str) -> None:
    grade = graded(raw, make("einsum", "bij,bjk->bik"))
    assert grade.verdict == "wrong"
    assert told in grade.feedback


def test_subscripts_under_other_names_are_right(make: Make) -> None:
    variant = make("einsum", "bij,bjk->bik", misconceptions={"transposed": "bij,bjk->bki"})
    assert graded('torch.einsum("nqd,ndk->nqk", q, k)', variant).verdict == "right"
    assert graded("xyz,xzw->xwy", variant).misconception == "transposed"


@pytest.mark.parametrize(
    ("raw", "verdict", "told"),
    [
        ("torch.bfloat16", "right", "Right"),
        ("half", "wrong", "8 bits of exponent and 7 of mantissa, against 5 and 10"),
        ("float32", "wrong", "the key is bfloat16"),
        ("int8", "wrong", "the key is bfloat16"),
    ],
)
def test_formats_are_told_apart(make: Make, raw: str, verdict: str, told: str) -> None:
    grade = graded(raw, make("dtype", "bf16"))
    assert grade.verdict == verdict
    assert told in grade.feedback


def test_a_format_of_another_width_is_told(make: Make) -> None:
    assert "32 bits for 64" in graded("int32", make("dtype", "int64")).feedback


def test_symbolic_shapes_are_told_axis_by_axis(make: Make) -> None:
    variant = make("shape", ("N", "2*C", 28), symbols=("N", "C"))
    assert graded("(N, C*2, 28)", variant).verdict == "right"
    grade = graded("(N, C, 28)", variant)
    assert (
        grade.feedback == "Axis 1: N is right; axis 2: expected 2*C, found C; axis 3: 28 is right."
    )


def test_another_layout_is_a_convention(make: Make) -> None:
    layouts = {"channels last": (0, 2, 3, 1)}
    variant = make("shape", ("N", 64, 28, 14), symbols=("N",), layouts=layouts)
    grade = graded("N×28×14×64", variant)
    assert (grade.verdict, grade.convention) == ("partly", "channels last")
    assert graded("N×14×28×64", variant).convention is None
    plain = make("shape", (64, 28, 14), layouts={"channels last": (1, 2, 0)})
    assert graded("28x14x64", plain).convention == "channels last"


HOSTILE = ["a" * 10_000_000, "\x00", "9**9**9", "(" * 9_999, "\ud800", "'" * 9_000, "n" * 9_000]


@pytest.mark.parametrize("kind", ["complexity", "einsum", "dtype", "shape"])
@pytest.mark.parametrize("raw", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_answers_are_misread_soon(make: Make, kind: str, raw: str) -> None:
    keys = {"complexity": "n", "einsum": "i->i", "dtype": "int8", "shape": ("n", 1)}
    symbols = ("n",) if kind in ("complexity", "shape") else ()
    variant = make(kind, keys[kind], symbols=symbols)
    with at_most(0.5):
        reading = grading.read(raw, variant)
    assert isinstance(reading, Misread) or (kind == "complexity" and raw == "9**9**9")
    if isinstance(reading, Misread):
        assert 0 <= reading.position <= len(raw)
        assert reading.problem.isprintable()
        assert len(reading.problem) < 200


PIECES = "0 9 n m N x ^ ** ! ( ) { } \\frac log sqrt + - * / , . -> ij ... O( Θ ² π ½ % ' | _ float 16 = [ ]"


def test_random_text_does_no_harm(make: Make) -> None:
    variants = [
        make("complexity", "O(n^2 m)", symbols=("n", "m")),
        make("shape", ("N", 3), symbols=("N", "x")),
        make("einsum", "ij->ji"),
        make("dtype", "bf16"),
        make("number", 5, unit="TFLOP/s", fermi=(2.0, 10.0)),
    ]
    random = Random(7)
    for _ in range(800):
        raw = "".join(random.choices([*PIECES.split(), " "], k=random.choice([3, 8, 40])))
        for variant in variants:
            with at_most(0.5):
                reading = grading.read(raw, variant)
                if isinstance(reading, Misread):
                    assert 0 <= reading.position <= len(raw)
                    assert reading.problem.isprintable()
                else:
                    grade = grading.grade(reading.value, variant)
                    assert (grade.verdict == "right") == (grade.score == 1)


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("O(n^2 d), since QK^T is n x n", "O(n^2 d)"),
        ("O(1) per step, whatever n is", "O(1)"),
        ("~n", "n"),
        ("n squared", "n^2"),
        ("O(n d) floats", "O(n d)"),
        ("n log2(d) with a heap of size d", "n log2(d)"),
        ("O(n) or O(d)", None),
        ("O(n), not O(n^2)", None),
        ("O(n) if sorted", None),
        ("quadratic in log n", None),
        ("O(n) per step, n steps: O(n d)", None),
        ("constant per step, n steps", None),
        ("O(n per d", None),
    ],
)
def test_a_remark_beside_a_bound_is_left_out(make: Make, raw: str, read: str | None) -> None:
    reading = grading.read(raw, make("complexity", "O(n)", symbols=("n", "d")))
    assert (reading.value if isinstance(reading, Understood) else None) == read
