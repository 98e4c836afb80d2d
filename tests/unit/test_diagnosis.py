"""Which mistake gives this answer."""

from __future__ import annotations

from operator import eq

from quizkit.diagnosis import Diagnosis, diagnose
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
