"""What holds for every answer: what is shown reads back, and no text does harm."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizkit import grading
from quizkit.grading.compared import shown_answer, shown_array
from quizkit.grading.order import _share
from quizkit.model import Misread, Option, Understood, Variant
from quizkit.values.arrays import read_array, read_shape
from quizkit.values.numbers import read_number
from quizkit.values.show import show, show_shape
from quizkit.values.tolerance import agrees, read_tolerance
from tests.effort import at_most

CASES = settings(deadline=None, max_examples=80)

integers = st.integers(-(10**30), 10**30)
fractions = st.fractions(max_denominator=10**9)
numbers = st.one_of(integers, fractions)
floats = st.floats(-1e9, 1e9)  # near 1e15 no short decimal is within 0.001 of the float itself
shapes = st.lists(st.integers(0, 10**9), max_size=6).map(tuple)
tolerances = st.sampled_from(["1 %", "0.5", "0.001", "1 sig", "3 sig", "0 dp", "2 dp", "6 dp"])
units = st.sampled_from([None, "%", "MiB", "iterations", "million parameters", "GFLOPs"])


@st.composite
def arrays(draw: st.DrawFn, element: st.SearchStrategy[Any] = numbers) -> Any:
    """Nested tuples of one shape, one to three levels deep."""
    sizes = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))

    def nested(sizes: list[int]) -> Any:
        return tuple(nested(sizes[1:]) for _ in range(sizes[0])) if sizes else draw(element)

    return nested(sizes)


def options(count: int) -> tuple[Option, ...]:
    return tuple(Option(slug=f"item-{n}", text=f"Item {n}", because="Why.") for n in range(count))


def variant(kind: str, key: Any, **more: Any) -> Variant:
    named: dict[str, Any] = {"id": "t/q", "level": "fresher", "difficulty": 1, "seed": 1}
    return Variant(kind=kind, key=key, fingerprint="f", given={}, ask="?", why="!", **named, **more)


@st.composite
def order_variants(draw: st.DrawFn) -> Variant:
    """Up to seven items under a partial order that is not empty."""
    items = draw(st.permutations(options(draw(st.integers(2, 7)))))
    pairs = list(combinations([item.slug for item in items], 2))
    before = set(draw(st.lists(st.sampled_from(pairs), min_size=1, unique=True)))
    for middle in [item.slug for item in items]:  # the transitive closure [Warshall 1962]
        into, out = ({p for p in before if p[side] == middle} for side in (1, 0))
        before |= {(a, d) for a, _ in into for _, d in out}
    return variant("order", tuple(sorted(before)), options=draw(st.permutations(items)))


@st.composite
def match_variants(draw: st.DrawFn) -> Variant:
    count, extra = draw(st.integers(1, 6)), draw(st.integers(0, 2))
    key = tuple(draw(st.permutations(range(count + extra)))[:count])
    rights = tuple(f"right {n}" for n in range(count + extra))
    return variant("match", key, options=options(count), rights=rights)


@st.composite
def multi_variants(draw: st.DrawFn) -> Variant:
    shown = options(draw(st.integers(2, 7)))
    key = draw(st.sets(st.sampled_from([option.slug for option in shown])))
    return variant("multi", tuple(sorted(key)), options=shown)


@st.composite
def choice_variants(draw: st.DrawFn) -> Variant:
    shown = options(draw(st.integers(2, 7)))
    return variant("choice", draw(st.sampled_from(shown)).slug, options=shown)


claim_variants = st.sampled_from(["holds", "fails", "depends"]).map(
    lambda key: variant("claim", key, right_statement="So it is.")
)
number_variants = st.one_of(
    st.builds(lambda key, unit: variant("number", key, unit=unit), numbers, units),
    st.builds(
        lambda key, unit, within: variant("number", key, unit=unit, within=within),
        floats,
        units,
        tolerances,
    ),
)
shape_variants = shapes.map(lambda key: variant("shape", key))
array_variants = st.one_of(
    arrays().map(lambda key: variant("array", key)),
    st.builds(lambda key, within: variant("array", key, within=within), arrays(floats), tolerances),
)
variants = st.one_of(
    choice_variants(),
    claim_variants,
    multi_variants(),
    number_variants,
    shape_variants,
    array_variants,
    order_variants(),
    match_variants(),
)

hostile = st.one_of(
    st.text(),
    st.text(alphabet="0123456789.,eE^*/-+x×% \t()[];_⁻²kMGBiT"),
    st.text(alphabet="abcdefg123 ,;>-()"),
    st.text(alphabet=st.characters(categories=["Cc", "Cf", "Cs", "Nd", "No", "Zs"])),
)


def letters(slugs: Any, shown: tuple[Option, ...]) -> str:
    places = {option.slug: place for place, option in enumerate(shown)}
    return "".join("abcdefghij"[places[slug]] for slug in slugs)


def answer_of(question: Variant) -> str:
    """The key as a learner would type it."""
    key: Any = question.key
    if question.kind in ("number", "shape", "array", "claim"):
        return grading.key_text(question)
    if question.kind == "match":
        return "".join("abcdefghij"[right] for right in key)
    if question.kind == "order":
        shown = grading.key_text(question).split(" → ")
        return "".join(item[0] for item in shown)
    return letters(key if isinstance(key, tuple) else (key,), question.options) or "none"


@CASES
@given(numbers)
def test_a_shown_number_reads_back(value: int | Fraction) -> None:
    assert read_number(show(value)) == Understood(value)


@CASES
@given(st.one_of(numbers, st.decimals(-(10**6), 10**6, places=4).map(Fraction)))
def test_a_number_in_feedback_is_exact_or_marked(value: int | Fraction) -> None:
    shown = shown_answer(value)
    assert shown.startswith("≈") or read_number(shown) == Understood(value)


@CASES
@given(shapes)
def test_a_shown_shape_reads_back(sizes: tuple[int, ...]) -> None:
    assert read_shape(show_shape(sizes)) == Understood(sizes)
    assert not sizes or read_shape("x".join(map(str, sizes))) == Understood(sizes)


@CASES
@given(arrays(), arrays(st.integers(-9999, 9999)))
def test_a_shown_array_reads_back(array: Any, small: Any) -> None:
    assert read_array(shown_array(array, show)) == Understood(array)
    assert read_array(show(small)) == Understood(small)


@CASES
@given(floats, tolerances)
def test_a_shown_key_is_right(key: float, within: str) -> None:
    shown = grading.key_text(variant("number", key, within=within))
    reading = read_number(shown)
    assert isinstance(reading, Understood)
    assert agrees(reading.value, key, read_tolerance(within))


@CASES
@given(variants)
def test_the_key_is_right(question: Variant) -> None:
    reading = grading.read(answer_of(question), question)
    assert isinstance(reading, Understood), reading
    grade = grading.grade(reading.value, question)
    assert (grade.verdict, grade.score) == ("right", 1.0)


@settings(CASES, max_examples=200)
@given(hostile, variants)
def test_no_text_does_harm(raw: str, question: Variant) -> None:
    with at_most(0.5):
        reading = grading.read(raw, question)
        if isinstance(reading, Misread):
            assert 0 <= reading.position <= len(raw)
            assert reading.problem.isprintable()
        else:
            grade = grading.grade(reading.value, question)
            assert 0 <= grade.score <= 1
            assert (grade.verdict == "right") == (grade.score == 1)
            assert (grade.verdict == "wrong") == (grade.score == 0)
            assert grade.feedback.isprintable()


@CASES
@given(order_variants())
def test_a_reversed_order_earns_nothing(question: Variant) -> None:
    reading = grading.read(answer_of(question)[::-1], question)
    assert isinstance(reading, Understood)
    grade = grading.grade(reading.value, question)
    assert (grade.verdict, grade.score) == ("wrong", 0)


@CASES
@given(order_variants(), st.randoms(use_true_random=False))
def test_the_longest_part_in_order_is_found(question: Variant, random: Any) -> None:
    slugs = [option.slug for option in question.options]
    random.shuffle(slugs)
    key: Any = question.key
    before = set(key)

    def longest(pairs: set[tuple[str, str]]) -> int:
        return max(
            size
            for size in range(len(slugs) + 1)
            for part in combinations(slugs, size)
            if not pairs & set(combinations(part, 2))
        )

    # A better order has a longer part in order, and never earns less.
    least = longest(before | {(b, a) for a, b in before})
    share = (longest({(b, a) for a, b in before}) - least) / (len(slugs) - least)
    assert _share(tuple(slugs), frozenset(before)) == pytest.approx(share)
    assert grading.grade(tuple(slugs), question).score <= share


@CASES
@given(multi_variants(), st.data())
def test_picking_more_is_no_way_to_earn(question: Variant, data: st.DataObject) -> None:
    shown: Any = [option.slug for option in question.options]
    key: Any = set(question.key)  # type: ignore[arg-type]
    assert grading.grade(tuple(shown), question).score == (1 if key == set(shown) else 0)
    picks = data.draw(st.sets(st.sampled_from(shown)))
    score = grading.grade(tuple(sorted(picks)), question).score
    assert key == picks or score <= max(0, (len(picks & key) - len(picks - key)) / max(1, len(key)))
