"""Which mistake gives this answer."""

from __future__ import annotations

from operator import eq
from typing import Any

import pytest
from msgspec.structs import replace

from quizkit.diagnosis import CHANCE, Diagnosis, chance, diagnose, slip_behind, wrong_answers
from quizkit.errors import SolverTimedOut
from quizkit.model import Alternative, Variant


def alternative(name: str, value: int) -> Alternative:
    return Alternative(name=name, value=value, because=f"because of {name}")


VARIANT = Variant(
    id="convolution/size",
    kind="number",
    level="fresher",
    difficulty=1,
    seed=1,
    fingerprint="f",
    given={},
    ask="?",
    key=22,
    why="!",
    conventions=(alternative("ceil", 23), alternative("same", 28)),
    misconceptions=(
        alternative("off-by-one", 21),
        alternative("no-kernel", 28),
        alternative("forgot-plus-one", 21),
    ),
)


def test_nothing_explains_a_slip() -> None:
    assert diagnose(5, VARIANT, eq) == Diagnosis()


def test_every_misconception_that_matches_is_named() -> None:
    found = diagnose(21, VARIANT, eq)
    assert found.convention is None
    assert [mistake.name for mistake in found.misconceptions] == ["off-by-one", "forgot-plus-one"]


def test_convention_and_misconception_may_both_match() -> None:
    found = diagnose(28, VARIANT, eq)
    assert found.convention == "same"
    assert [mistake.name for mistake in found.misconceptions] == ["no-kernel"]


def test_the_answer_is_compared_as_the_question_compares() -> None:
    found = diagnose(22.5, VARIANT, lambda answer, other: abs(answer - other) <= 0.5)
    assert found.convention == "ceil"


# slips

SLIPS = {"slips:m.f": (("+ 1 is left out", 47), ("the factor 2 is left out", 96))}


def slip(raw: float, key: float, compute: Any = None) -> str | None:
    variant = replace(VARIANT, key=key, solver="m.f", given={"n": 1})
    return slip_behind(raw, variant, lambda a, b: abs(a - b) <= 1e-9 * abs(b), compute)


def test_the_slip_in_the_solvers_formula_is_named() -> None:
    assert slip(47, 48, lambda name, given: SLIPS[name]) == "+ 1 is left out"
    assert slip(96, 48, lambda name, given: SLIPS[name]) == "the factor 2 is left out"


def test_any_number_invites_some_slips() -> None:
    assert slip(-0.125, 0.125) == "the sign is turned round"
    assert slip(8.0, 0.125) == "the fraction is turned upside down"
    assert slip(20.0, 2.0) == "a factor of 10 goes wrong"
    assert slip(1000.0, 1.0) is None  # that takes a unit
    sized = replace(VARIANT, key=1.5, unit="GiB")
    assert (
        slip_behind(1536.0, sized, eq, None) == "a binary unit prefix goes wrong, a factor of 1,024"
    )
    assert slip(51, 50) == "you count one too many"


def test_a_slip_that_a_guess_would_look_like_is_not_named() -> None:
    assert slip(5, 4) is None
    variant = replace(VARIANT, key=4)
    assert chance(5, variant, lambda a, b: a == b) > CHANCE
    assert chance(5001, replace(VARIANT, key=5000), lambda a, b: a == b) < 0.01


def test_two_slips_that_give_the_answer_are_both_told_and_more_tell_nothing() -> None:
    both = (("the factor 2 is left out", 48), ("− 48 is left out", 48), ("+ 1 is left out", 95))
    assert slip(48, 96, lambda *_: both) == "the factor 2 is left out, or if − 48 is left out"
    three = (*both, ("dividing by 2 is left out", 48))
    assert slip(48, 96, lambda *_: three) is None
    # One that any number invites says no more than the solver's own.
    assert slip(48, 96, lambda *_: both[:1]) == "the factor 2 is left out"


@pytest.mark.parametrize("stock", [0, 1, -1])
@pytest.mark.parametrize("key", [32_000, 31, 0.5333, -10, 0.1])
def test_what_is_typed_without_a_formula_shows_no_slip_in_one(stock: int, key: float) -> None:
    def slips(*_: Any) -> Any:
        return (
            ("the factor rows is left out", stock),
            ("the power of 2 is left out", stock + 1e-9),
        )

    variant = replace(VARIANT, key=key, solver="m.f", unit="%")

    def near(one: Any, other: Any) -> bool:
        return abs(one - other) <= 0.001

    assert slip_behind(stock, variant, near, slips) is None
    assert slip_behind(stock, replace(variant, key=-stock), near, slips) == (
        "the sign is turned round" if stock else None
    )


def test_a_stock_array_shows_none_either() -> None:
    variant = replace(VARIANT, kind="array", key=((5.0, 6.0), (7.0, 8.0)), solver="m.f")

    def slips(*_: Any) -> Any:
        return (("+ bias is left out", ((0, 0), (0, 0))), ("+ rows is left out", ((1, 2), (3, 4))))

    assert slip_behind(((0, 0), (0, 0)), variant, eq, slips) is None
    assert slip_behind(((1, 2), (3, 4)), variant, eq, slips) == "+ rows is left out"


def test_a_wide_tolerance_names_nothing() -> None:
    variant = replace(VARIANT, key=100.0)
    assert slip_behind(101.0, variant, lambda a, b: abs(a - b) < 40, None) is None


def test_a_solver_that_fails_costs_only_the_courtesy() -> None:
    def broken(name: str, given: Any) -> Any:
        raise SolverTimedOut("too long")

    assert slip(-48, 48, broken) == "the sign is turned round"


def test_signs_of_an_array() -> None:
    variant = replace(VARIANT, key=((1.0, -2.0), (3.0, 4.0)))
    turned = ((-1.0, 2.0), (-3.0, -4.0))
    assert slip_behind(turned, variant, lambda a, b: a == b, None) == "every sign is turned round"


# chance, for shapes and arrays

SHAPE = replace(VARIANT, kind="shape", key=(32, 64, 28))
ARRAY = replace(VARIANT, kind="array", key=(1.5, -2.0, 4.0))


def often(other: Any, variant: Variant) -> float:
    return chance(other, variant, eq)


def test_what_goes_wrong_with_a_shape_by_itself_is_no_rare_answer() -> None:
    two = replace(SHAPE, key=(32, 64))
    assert often((64, 32), two) > CHANCE  # two axes have but one other order
    assert 0 < often((64, 32, 28), SHAPE) < CHANCE
    assert often((33,), replace(SHAPE, key=(32,))) > often((32, 64, 29), SHAPE) > 0
    assert often((7, 7, 7), SHAPE) == 0


def test_a_shape_in_symbols_has_chances_too() -> None:
    symbolic = replace(SHAPE, key=("N", "C"))
    assert often(("C", "N"), symbolic) > CHANCE
    assert often(("H", "W"), symbolic) == 0


def test_what_goes_wrong_with_an_array_by_itself_is_no_rare_answer() -> None:
    two = replace(ARRAY, key=(1.5, -2.0))
    assert often((-2.0, 1.5), two) > CHANCE
    assert often((-1.5, 2.0), two) > CHANCE  # one of three ways to turn signs
    assert 0 < often((-1.5, 2.0, -4.0), ARRAY) < CHANCE
    assert often((0.5, 0.5, 0.5), ARRAY) == 0


def test_a_slip_that_chance_gives_as_well_is_not_named_for_shapes_and_arrays() -> None:
    def slips(*_: Any) -> Any:
        return (("the axes are exchanged", (64, 32)), ("+ 1 is left out", (31, 63)))

    two = replace(SHAPE, key=(32, 64), solver="m.f")
    assert slip_behind((64, 32), two, eq, slips) is None
    assert slip_behind((31, 63), two, eq, slips) == "+ 1 is left out"
    assert slip_behind((-1.5, 2.0), replace(ARRAY, key=(1.5, -2.0)), eq, None) is None


@pytest.mark.parametrize("variant", [VARIANT, SHAPE, ARRAY, replace(ARRAY, key=((1, 2), (3, 4)))])
def test_the_right_answer_is_no_wrong_one(variant: Variant) -> None:
    wrong = wrong_answers(variant, eq)
    assert len(wrong) > 300
    assert variant.key not in wrong
    assert wrong == wrong_answers(variant, eq)  # the same each time
