"""Which mistake gives this answer."""

from __future__ import annotations

from operator import eq
from typing import Any

from msgspec.structs import replace

from quizkit.diagnosis import CHANCE, Diagnosis, chance, diagnose, slip_behind
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
