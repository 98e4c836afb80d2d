"""What holds for every file, value and draw: nothing raises, nothing is lost, the key is right."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizkit import grading
from quizkit.bank import check, schema, source
from quizkit.bank.bank import Bank, Shelf
from quizkit.bank.sources import source_questions
from quizkit.errors import SolverUnavailable
from quizkit.model import KINDS, Understood
from quizkit.values.carry import canonical, from_json, to_json
from quizkit.values.tolerance import agrees, close, margin, read_tolerance
from quizkit.variant import make
from quizkit.worker import Compute

CASES = settings(deadline=None, max_examples=150)


# --- No text makes the reader raise ---------------------------------------------------------------

PIECES = [
    *("a", "kind", "number", "choice", "claim", "options", "given", "one_of", "from", "1", "-3.5"),
    *(
        ": ",
        "\n",
        "  ",
        "- ",
        "? ",
        "[",
        "]",
        "{",
        "}",
        ", ",
        "&x ",
        "*x",
        "!t ",
        "!!str ",
        "|",
        ">",
    ),
    *("'", '"', "\\", "#", "%YAML 1.1", "---", "...", "<<", "@", "`", "\t", "\r", "\x00", "\ud800"),
    *("\ufeff", "\x85", "\u2028", "\u202e", "é", "😀", "1e999", "0x", ".inf", "~"),
]
yamlish = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
anything = st.text(st.characters(), max_size=60) | st.text(
    st.characters(exclude_categories=()), max_size=30
)


@CASES
@given(yamlish | anything)
def test_no_text_makes_the_reader_raise(text: str) -> None:
    found = source.read(text, "f.yaml")
    assert all(problem.where.startswith("f.yaml:") for problem in found.problems)
    read_on(found)


scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(-(10**299), 10**299)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
    | st.sampled_from(["aa", "holds", "depends", "m.f", "{{a}}", "{{a", "1 %", "3 sig", "9e9 dp"])
)
FIELDS = sorted({name for kind in KINDS.values() for name in kind.__struct_fields__} | {"kind"})
NAMES = [*FIELDS, *("aa", "bb", "cc", "from", "to", "step", "text", "because", "left", "right")]
data = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5)
    ),
    max_leaves=12,
)
GOOD: dict[str, Any] = {"level": "fresher", "difficulty": 1, "ask": "?", "why": "!"}
parts = st.dictionaries(st.sampled_from(FIELDS), data, max_size=4)
options = {slug: {"text": slug, "because": "b"} for slug in ("aa", "bb", "cc")}
needed: dict[str, dict[str, Any]] = {
    "multi": {"answer": ["aa"], "options": options},
    "choice": {"answer": "aa", "options": options},
    "order": {"items": {"aa": "a", "bb": "b", "cc": "c"}, "before": [["aa", "bb"]]},
    "match": {"pairs": {"aa": {"left": "a", "right": "b"}, "bb": {"left": "c", "right": "d"}}},
    "claim": {"answer": "holds", "right": "r"},
}


@CASES
@given(st.sampled_from(sorted(KINDS)), parts)
def test_no_question_makes_the_schema_or_the_rules_raise(kind: str, some: dict[str, Any]) -> None:
    question = {**GOOD, **needed.get(kind, {}), "reference": "r", "kind": kind, **some}
    read_on(source.Source("f.yaml", {"the-question": question}, {}, []))


@CASES
@given(data)
def test_no_data_makes_the_schema_raise(whole: Any) -> None:
    read_on(source.Source("f.yaml", whole, {}, []))


def read_on(found: source.Source) -> None:
    questions, _ = schema.questions(found)
    for question in questions.values():
        assert all(isinstance(message, str) for _, message in check.problems(question))
    source_questions(found)


# --- Values ---------------------------------------------------------------------------------------

numbers = st.integers() | st.fractions() | st.floats()
values = st.recursive(
    numbers | st.booleans() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.lists(inner, max_size=3).map(tuple),
    max_leaves=12,
)


@CASES
@given(values)
def test_a_value_comes_through_json_as_it_was(raw: Any) -> None:
    value = canonical(raw)
    back = from_json(json.loads(json.dumps(to_json(value))))
    assert repr(back) == repr(value)  # repr tells 1 from 1.0 and True, and nan from nothing
    assert repr(canonical(value)) == repr(value)


amounts = st.fractions(0, 10**6, max_denominator=1000).map(lambda x: Fraction(round(x * 100), 100))
keys = st.fractions(-(10**9), 10**9) | st.floats(-1e12, 1e12)


def stated(amount: Fraction) -> str:
    """The amount in decimals, exactly."""
    return f"{int(amount)}.{int(amount * 100) % 100:02}"


forms = st.one_of(
    amounts.map(stated),
    amounts.map(lambda amount: f"{stated(amount)} %"),
    st.integers(1, 8).map("{} sig".format),
    st.integers(0, 8).map("{} dp".format),
)


@CASES
@given(forms, keys, st.sampled_from([1, -1]))
def test_a_tolerance_ends_exactly_where_it_says(form: str, key: Any, side: int) -> None:
    tolerance = read_tolerance(form)
    bound = margin(key, tolerance)
    assert agrees(Fraction(key) + side * bound, key, tolerance)
    beyond = Fraction(key) + side * (bound + Fraction(1, 10**40))
    assert not agrees(beyond, key, tolerance)
    assert agrees((Fraction(key) + side * bound,), (key,), tolerance)
    assert not agrees((beyond,), (key,), tolerance)


@CASES
@given(amounts, keys)
def test_what_a_tolerance_means_in_numbers(amount: Fraction, key: Any) -> None:
    exact = Fraction(key)
    assert margin(key, read_tolerance(stated(amount))) == amount
    assert margin(key, read_tolerance(f"{stated(amount)} %")) == amount * abs(exact) / 100
    assert margin(key, None) == 0
    if exact:
        unit = margin(key, read_tolerance("3 sig"))
        assert 100 * unit <= abs(exact) < 1000 * unit  # one unit of the third digit


@CASES
@given(st.text(max_size=12) | st.floats() | st.integers(), st.sampled_from([None, "%", "MiB"]))
def test_a_stated_tolerance_is_read_or_refused(text: Any, unit: str | None) -> None:
    with suppress(ValueError):
        tolerance = read_tolerance(text, unit)
        assert tolerance is not None
        assert margin(1, tolerance) >= 0


@CASES
@given(st.floats(-1e9, 1e9), st.floats(-1e-3, 1e-3))
def test_routes_agree_relative_to_the_largest_element(value: float, off: float) -> None:
    scale = max(1e-6, abs(value), 1.0)
    near = close((value, 1.0), (value + off * 1e-9 * scale, 1.0), 1e-9)
    assert near
    assert close((value, 1.0), (value + 1e-6 * scale, 1.0), 1e-9) is math.isclose(
        value, value + 1e-6 * scale, rel_tol=0, abs_tol=1e-9 * scale
    )


# --- Every draw grades its own key right ----------------------------------------------------------


@pytest.fixture(scope="module")
def shelf(built_in_bank: Bank) -> Iterator[tuple[Bank, Compute]]:
    with Compute(Shelf([built_in_bank])) as compute:
        yield built_in_bank, compute


@settings(deadline=None, max_examples=300)
@given(st.data())
def test_a_drawn_variant_grades_its_own_key_right(
    shelf: tuple[Bank, Compute], data: st.DataObject
) -> None:
    bank, compute = shelf
    entry = bank.entry(data.draw(st.sampled_from(bank.ids())))
    seed = data.draw(st.integers(0, 2**53))
    try:
        variant = make(entry, seed, compute.of(bank))
    except SolverUnavailable:
        return
    assert "{{" not in " ".join([variant.ask, variant.why, *variant.hints])
    assert grading.grade(variant.key, variant).verdict == "right"
    assert grading.grade(variant.key, variant).score == 1.0
    text = grading.key_text(variant)
    assert text
    if variant.kind in ("number", "shape", "array"):
        reading = grading.read(text, variant)
        assert isinstance(reading, Understood)
        assert grading.grade(reading.value, variant).verdict == "right"
    assert variant == make(entry, seed, compute.of(bank))


def test_a_variant_with_another_key_would_be_noticed(shelf: tuple[Bank, Compute]) -> None:
    from msgspec.structs import replace

    bank, compute = shelf
    entry = bank.entry("cnn/valid-output-size")
    variant = make(entry, 1, compute.of(bank))
    other: Any = variant.key
    assert grading.grade(variant.key, replace(variant, key=other + 1)).verdict == "wrong"
