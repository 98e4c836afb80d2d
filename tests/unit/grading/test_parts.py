"""Questions in parts: each part by its kind, and an earlier error carried forward."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from msgspec.structs import replace

from quizkit import grading
from quizkit.errors import Refused
from quizkit.grading.explain import explained
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
    assert graded("0; 0; 5")[:2] == ("wrong", 0)  # 1/0 does not follow, and 0² says nothing


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ("0; 0; 5", "0 does not show how it was found"),
        ("1; 1; 0.111", "it is your answer to 1 again"),
        ("1; 1; 1", "the same value is given for every part"),
        ("0; 0; 0", "the same value is given for every part"),
    ],
)
def test_what_follows_trivially_does_not_count(raw: str, why: str) -> None:
    _, score, told, _ = graded(raw)
    assert score == pytest.approx(raw.count("0.111") / 3)
    assert f"2: Not {raw[3]}; the key is 9. It follows from your answer to 1, but does not" in told
    assert why in told


def test_from_a_known_mistake_something_trivial_may_follow() -> None:
    def solved(name: str, given: Given) -> Value:
        return given["side"] ** (2 if name == "m.square" else 1)

    again = part("again", 3, {"side": 3}, {"side": 0}, None)
    variant = replace(VARIANT, key=(3, 3, 9), steps=(STEPS[0], again, STEPS[1]))
    known = grading.grade((6, 6, 36), variant, solved)  # the side is doubled
    other = grading.grade((5, 5, 25), variant, solved)
    assert known.score == pytest.approx(2 / 3)
    assert other.score == pytest.approx(1 / 3)
    assert "2: Not 5; the key is 3. It follows from your answer to 1, but does not count" in (
        other.feedback
    )


def test_a_convention_in_a_part_is_named_where_nothing_else_is_wrong() -> None:
    other = (Alternative(name="in halves", value=6, because="That is right in halves."),)
    first = replace(
        STEPS[0], variant=replace(STEPS[0].variant, misconceptions=(), conventions=other)
    )
    variant = replace(VARIANT, steps=(first, *STEPS[1:]))
    found = grading.grade((6, 9, Fraction(111, 1000)), variant, compute)
    assert (found.verdict, found.score, found.convention) == ("partly", 2.5 / 3, "in halves")
    found = grading.grade((6, 10, Fraction(111, 1000)), variant, compute)
    assert (found.score, found.convention) == (1.5 / 3, None)


def test_what_follows_from_most_wrong_values_does_not_count() -> None:
    def capped(_: str, given: Given) -> Value:
        return min(given["side"], 2) + 5

    steps = (STEPS[0], part("capped", 7.5, {"side": 3}, {"side": 0}, None))
    variant = replace(VARIANT, key=(3, 7.5), steps=steps)
    found = grading.grade((4, 7), variant, capped)
    assert found.score == 0
    assert "random wrong answers, too" in found.feedback
    assert grading.grade((1, 6), variant, capped).score == 1 / 2  # this one shows the way


def test_what_repeats_a_number_of_the_question_does_not_count() -> None:
    def moved(_: str, given: Given) -> Value:
        return given["weight"] - given["rate"] * given["slope"]

    given = {"weight": 0.8, "rate": 0.5}
    steps = (
        part("slope", 0.4, {}, {}, "3 dp"),
        part("moved", 0.6, {**given, "slope": 0.4}, {"slope": 0}, "3 dp"),
    )
    variant = replace(VARIANT, key=(0.4, 0.6), given=given, steps=steps)
    for raw, score in (("0; 0.8", 0), ("0.0001; 0.8", 0), ("0.1; 0.75", 1 / 2)):
        reading = grading.read(raw, variant)
        assert isinstance(reading, Understood)
        assert grading.grade(reading.value, variant, moved).score == score


@pytest.mark.parametrize("stock", range(-3, 4))
def test_one_value_for_every_part_carries_nothing(stock: int) -> None:
    _, score, told, _ = graded(f"{stock}; {stock}; {stock}")
    assert "and counts" not in told
    assert score <= 1 / 3


def test_a_wrong_first_part_leaves_no_more_than_the_others() -> None:
    for values in product((0, 1, 4, 6), (9, 16, 36), (0.111, 0.0625, 0.028)):
        reading = grading.read("; ".join(map(str, values)), VARIANT)
        assert isinstance(reading, Understood)
        assert grading.grade(reading.value, VARIANT, compute).score <= 2 / 3 + 1e-9


# how it came about


def steps_of(raw: str) -> list[str]:
    return explained(raw, VARIANT, compute)


def test_the_step_forward_is_explained() -> None:
    told = steps_of("4; 16; 0.111")
    assert "part 2: against the key, 9: differs (|difference| 7, must be exact)" in told
    assert any(
        line.startswith("part 2: against what follows from your answer to 1, 16: agrees")
        for line in told
    )
    assert told[told.index("part 2: that counts in full") + 1] == "part 2: worth 1 of 1"
    assert told[-1] == "so it is partly, worth 0.666667"


def test_why_what_follows_does_not_count_is_explained() -> None:
    told = steps_of("1; 1; 0.111")
    assert "part 2: that does not count: it is your answer to 1 again" in told
    assert "part 2: worth 0 of 1" in told
    told = steps_of("4; 17; ?")
    assert any("what follows from your answer to 1, 16: differs" in line for line in told)
    assert "part 3: left out" in told
    assert any("against the mistake “doubled”, 6: differs" in line for line in told)


def test_the_explained_worth_adds_up_to_the_score() -> None:
    for raw in ("3; 9; 0.111", "4; 16; 0.0625", "1; 1; 1", "6; 36; 0.111", "?; 9; 0.2"):
        told = [line for line in steps_of(raw) if "worth" in line]
        parts = [float(line.split("worth ")[1].split()[0]) for line in told[:-1]]
        assert sum(parts) / 3 == pytest.approx(float(told[-1].split("worth ")[1]), abs=1e-5)


@pytest.mark.parametrize("raw", ["3; 9|", "3; 9; 1; 2|", "3; |x; 0.1", "3; 9; |1/0x"])
def test_a_misread_part_is_pointed_at(raw: str) -> None:
    reading = grading.read(raw.replace("|", ""), VARIANT)
    assert isinstance(reading, Misread)
    assert reading.position >= raw.index("|")
