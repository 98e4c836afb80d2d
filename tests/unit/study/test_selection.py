"""Which questions come: mixed, without repeats, and the same for the same seed."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from quizkit.study.selection import Pace, next_exercise, paced, plan


class Row(Struct, frozen=True):
    id: str
    topic: str
    difficulty: int = 1
    varies: bool = False
    light: bool = True
    kind: str = "number"


def bank(topics: int, each: int, **fields: object) -> list[Row]:
    return [Row(f"t{t}/q{q}", f"t{t}", **fields) for t in range(topics) for q in range(each)]


ROWS = st.lists(
    st.builds(
        Row,
        id=st.text("abc/", min_size=1, max_size=6),
        topic=st.sampled_from("abcd"),
        difficulty=st.integers(1, 3),
        varies=st.booleans(),
        light=st.booleans(),
    ),
    unique_by=lambda row: row.id,
    max_size=12,
)
SEEDS = st.integers(0, 10**6)


@given(ROWS, st.integers(1, 30), SEEDS, st.randoms())
def test_a_plan_depends_on_the_seed_and_not_on_the_order_of_the_rows(
    rows: list[Row], count: int, seed: int, random: object
) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert plan(rows, count, seed) == plan(shuffled, count, seed)


@given(ROWS, st.integers(1, 30), SEEDS)
def test_nothing_comes_twice_while_others_remain(rows: list[Row], count: int, seed: int) -> None:
    ids = [planned.id for planned in plan(rows, count, seed)]
    first = ids[: len(rows)]
    assert len(set(first)) == len(first)
    varying = {row.id for row in rows if row.varies}
    assert len(ids) == (count if varying else min(count, len(rows)))
    assert set(ids[len(rows) :]) <= varying


@given(ROWS.filter(lambda rows: any(row.light for row in rows)), SEEDS)
def test_the_first_question_needs_no_worker(rows: list[Row], seed: int) -> None:
    light = {row.id for row in rows if row.light}
    assert plan(rows, 5, seed)[0].id in light


def test_topics_are_mixed() -> None:
    ids = [planned.id for planned in plan(bank(6, 20), 12, 3)]
    assert set(Counter(id_.split("/")[0] for id_ in ids).values()) == {2}


@given(SEEDS)
def test_no_topic_comes_twice_in_a_row_while_several_are_left(seed: int) -> None:
    topics = [planned.id.split("/")[0] for planned in plan(bank(3, 5), 15, seed)]
    assert all(a != b for a, b in pairwise(topics))


def test_repeated_questions_have_other_numbers() -> None:
    planned = plan(bank(1, 1, varies=True), 20, 3)
    assert len({one.seed for one in planned}) == len(planned)


def test_a_longer_plan_begins_like_a_shorter_one() -> None:
    assert plan(bank(4, 5), 20, 1)[:7] == plan(bank(4, 5), 7, 1)


def test_a_seed_gives_the_same_plan_on_every_machine_and_python() -> None:
    found = [(planned.id, planned.seed) for planned in plan(bank(3, 2), 4, 482913)]
    assert found == [
        ("t1/q0", 127697),
        ("t0/q1", 248994),
        ("t2/q0", 758231),
        ("t1/q1", 804961),
    ]


def test_no_rows_give_no_plan() -> None:
    assert plan([], 5, 1) == ()


def test_two_right_answers_in_a_row_make_it_harder_and_two_wrong_ones_easier() -> None:
    pace = Pace()
    seen = []
    for verdict in (
        "right",
        "right",
        "right",
        "wrong",
        "right",
        "right",
        "wrong",
        "wrong",
        "wrong",
    ):
        pace = paced(pace, verdict)
        seen.append(pace.difficulty)
    assert seen == [1, 2, 2, 2, 2, 3, 3, 2, 2]


def test_difficulty_stays_between_one_and_three() -> None:
    high = low = Pace(2)
    for _ in range(9):
        high, low = paced(high, "right"), paced(low, "wrong")
    assert (high.difficulty, low.difficulty) == (3, 1)


def test_what_is_neither_right_nor_wrong_changes_nothing() -> None:
    pace = Pace(2, right=1)
    assert paced(pace, "partly") == paced(pace, "undecided") == pace


def test_practice_asks_the_nearest_difficulty_and_the_least_asked() -> None:
    rows = [
        Row("a/one", "a", 1),
        Row("a/two", "a", 2),
        Row("a/too", "a", 2),
    ]
    assert next_exercise(rows, Pace(1), 5, ["a/one"]).id == "a/one"
    past = ["a/two"]
    assert next_exercise(rows, Pace(2), 5, past).id == "a/too"
    assert next_exercise(rows, Pace(3), 5, [*past, "a/too"]).id == "a/two"


@given(ROWS.filter(bool), SEEDS, st.integers(1, 3))
def test_practice_is_repeatable_with_fresh_numbers(
    rows: list[Row], seed: int, difficulty: int
) -> None:
    past: list[str] = []
    seeds = []
    for _ in range(6):
        planned = next_exercise(rows, Pace(difficulty), seed, past)
        assert planned == next_exercise(rows[::-1], Pace(difficulty), seed, past)
        past.append(planned.id)
        seeds.append(planned.seed)
    assert len(set(seeds)) > 1


def test_claims_come_between_other_questions_though_they_are_the_most() -> None:
    claims = [Row(f"t/claim-{n}", "t", kind="claim") for n in range(20)]
    others = [Row(f"t/other-{n}", "t") for n in range(6)]
    kinds = ["claim" in each.id for each in plan([*claims, *others], 9, 4)]
    assert sum(kinds) == 3
    assert not any(one and two for one, two in pairwise(kinds))
    assert sum("claim" in each.id for each in plan([*claims, *others], 26, 4)) == 20
