"""Questions in parts: each part by its kind, and an earlier error carried forward."""

from __future__ import annotations

import pytest

from quizkit import grading
from quizkit.errors import Refused
from quizkit.model import Alternative, Given, Misread, Step, Understood, Value, Variant


def part(slug: str, key: Value, given: Given, uses: dict[str, int], within: str | None) -> Step:
    wrong = Alternative(name="doubled", value=key * 2, because="You doubled it.")  # type: ignore[operator]
    variant = Variant(
        id=f"t/q#{slug}",
        kind="number",
        level="fresher",
        difficulty=1,
        seed=0,
        fingerprint="f",
        given=given,
        ask=slug,
        key=key,
        why="",
        within=within,
        misconceptions=(wrong,),
    )
    return Step(variant=variant, solver=f"m.{slug}", uses=uses)


def compute(name: str, given: Given) -> Value:
    """side -> its square -> the square and 1 over it"""
    if name == "m.square":
        return given["side"] ** 2
    if given["area"] == 0:
        raise Refused("area must not be 0")
    return 1 / given["area"]


STEPS = (
    part("side", 3, {}, {}, None),
    part("square", 9, {"side": 3}, {"side": 0}, None),
    part("inverse", 1 / 9, {"area": 9}, {"area": 1}, "3 dp"),
)
VARIANT = Variant(
    id="t/q",
    kind="parts",
    level="fresher",
    difficulty=1,
    seed=0,
    fingerprint="f",
    given={},
    ask="?",
    key=(3, 9, 1 / 9),
    why="",
    steps=STEPS,
)


def graded(raw: str, *, carry: bool = True) -> tuple[str, float, str, str | None]:
    reading = grading.read(raw, VARIANT)
    assert isinstance(reading, Understood)
    found = grading.grade(reading.value, VARIANT, compute if carry else None)
    return found.verdict, found.score, found.feedback, found.misconception


def test_all_parts_right() -> None:
    assert graded("3; 9; 0.111")[:2] == ("right", 1.0)
    assert grading.key_text(VARIANT) == "3; 9; 0.111"


def test_an_error_is_carried_forward_and_counted_once() -> None:
    verdict, score, told, _ = graded("4; 16; 0.0625")
    assert (verdict, score) == ("partly", pytest.approx(2 / 3))
    assert "2: follows from your answer to 1, and counts; from the right one it is 9." in told
    assert "3: follows from your answer to 2" in told


def test_without_the_solvers_nothing_is_carried_forward() -> None:
    assert graded("4; 16; 0.0625", carry=False)[:2] == ("wrong", 0.0)


def test_what_follows_from_nothing_is_wrong() -> None:
    verdict, score, told, _ = graded("4; 15; 0.111")
    assert (verdict, score) == ("partly", pytest.approx(1 / 3))
    assert "Not 15" in told


def test_a_mistake_in_a_part_is_named() -> None:
    verdict, _, told, name = graded("3; 18; 0.0556")
    assert (verdict, name) == ("partly", "doubled")
    assert "2: You doubled it." in told
    assert "3: follows from your answer to 2" in told


def test_rounding_too_early_counts_and_is_said() -> None:
    steps = (
        part("area", 0.0344, {}, {}, "2 dp"),
        part("inverse", 1 / 0.0344, {"area": 0.0344}, {"area": 0}, "1 dp"),
    )
    variant = Variant(
        id="t/q",
        kind="parts",
        level="fresher",
        difficulty=1,
        seed=0,
        fingerprint="f",
        given={},
        ask="?",
        key=(0.0344, 1 / 0.0344),
        why="",
        steps=steps,
    )
    reading = grading.read("0.03; 33.3", variant)
    assert isinstance(reading, Understood)
    found = grading.grade(reading.value, variant, compute)
    assert found.score == 1.0
    assert "follows from your rounded value, and counts; carried on unrounded it is 29.1" in (
        found.feedback
    )


def test_a_part_left_out_costs_its_share_and_no_more() -> None:
    verdict, score, told, _ = graded("3; ?; 0.111")
    assert (verdict, score) == ("partly", pytest.approx(2 / 3))
    assert "2: left out; it is 9." in told
    assert graded("; ; ")[:2] == ("wrong", 0.0)


def test_a_solver_that_refuses_the_learners_value_carries_nothing() -> None:
    assert graded("0; 0; 5")[1] == pytest.approx(1 / 3)  # the square of 0 follows; 1/0 does not


@pytest.mark.parametrize("raw", ["3; 9|", "3; 9; 1; 2|", "3; |x; 0.1", "3; 9; |1/0x"])
def test_a_misread_part_is_pointed_at(raw: str) -> None:
    reading = grading.read(raw.replace("|", ""), VARIANT)
    assert isinstance(reading, Misread)
    assert reading.position >= raw.index("|")
