"""A question and a seed give a variant: always the same one, with only answers that exist."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from quizkit.bank.bank import Bank
from quizkit.bank.schema import questions
from quizkit.bank.source import Source
from quizkit.errors import Problem, Refused, SolverBroken
from quizkit.model import Domain, Entry, Given, Value
from quizkit.variant import build, domain_size, draw, make

HEAD: dict[str, Any] = {"level": "fresher", "difficulty": 1, "why": "It is {{answer}}."}


def entry(slug: str = "the-question", **data: Any) -> Entry:
    read, problems = questions(Source("t.yaml", {slug: {**HEAD, **data}}, {}, []))
    assert problems == []
    steps = dict.fromkeys(data.get("steps", {}), ("a",))
    return Entry(
        id=f"t/{slug}",
        where="questions/t.yaml:1",
        fingerprint="f",
        stamp="s",
        question=read[slug],
        step_parameters=steps,
    )


def number(**more: Any) -> Entry:
    given = {"a": {"from": 1, "to": 1000}, "b": {"one_of": [2, 3, 5, 7]}, "c": 4}
    data = {"kind": "number", "ask": "{{a}} {{b}} {{c}}", "given": given, "solver": "m.f"}
    return entry(**{**data, **more})


def table(**functions: Callable[..., Value]) -> Callable[[str, Given], Value]:
    """A `compute` that looks functions up by their names, dots written as `__`."""
    return lambda name, given: functions[name.replace(".", "__")](**given)


def product(a: int, b: int = 1, c: int = 1) -> int:
    return a * b * c


COMPUTE = table(m__f=product, m__half=lambda a: Fraction(a, 2))


def never(name: str, given: Given) -> Value:
    raise AssertionError(f"{name} is not to be called")


# Written down once: whoever changes how numbers are drawn changes every learner's past variants.
STREAM = [
    (0, 0, {"a": 196, "b": 2, "c": 4}),
    (1, 0, {"a": 702, "b": 3, "c": 4}),
    (2, 0, {"a": 836, "b": 7, "c": 4}),
    (1, 1, {"a": 335, "b": 2, "c": 4}),
    (2**53, 0, {"a": 833, "b": 3, "c": 4}),
]


@pytest.mark.parametrize(("seed", "attempt", "given"), STREAM)
def test_the_numbers_of_a_seed_never_change(seed: int, attempt: int, given: Given) -> None:
    assert draw(number(), seed, attempt) == given


OPTIONS = {slug: {"text": slug.upper(), "because": "b"} for slug in ("aa", "bb", "cc", "dd")}
PAIRS = {f"p{n}": {"left": f"left {n}", "right": f"right {n}"} for n in range(4)}
WRITTEN = {
    "choice": {"kind": "choice", "ask": "?", "options": OPTIONS, "answer": "bb"},
    "multi": {"kind": "multi", "ask": "?", "options": OPTIONS, "answer": ["cc", "aa"]},
    "order": {
        "kind": "order",
        "ask": "?",
        "items": {slug: slug for slug in OPTIONS},
        "before": [["dd", "cc"], ["cc", "aa"]],
    },
    "match": {"kind": "match", "ask": "?", "pairs": PAIRS, "extra": ["none of them"]},
    "claim": {"kind": "claim", "ask": "So?", "answer": "depends", "right": "It depends."},
}


def written(kind: str) -> Entry:
    return entry(slug=f"a-{kind}", reference="r", **{**WRITTEN[kind], "why": "w"})


ARRANGED = [
    ("choice", 3, ["dd", "cc", "aa", "bb"]),
    ("choice", 4, ["bb", "aa", "cc", "dd"]),
    ("multi", 1, ["cc", "bb", "aa", "dd"]),
    ("order", 1, ["bb", "aa", "cc", "dd"]),
    ("match", 1, ["p0", "p1", "p3", "p2"]),
]


@pytest.mark.parametrize(("kind", "seed", "slugs"), ARRANGED)
def test_the_arrangement_of_a_seed_never_changes(kind: str, seed: int, slugs: list[str]) -> None:
    assert [option.slug for option in make(written(kind), seed, never).options] == slugs


@pytest.mark.parametrize("kind", WRITTEN)
def test_the_same_seed_is_the_same_variant(kind: str) -> None:
    assert make(written(kind), 3, never) == make(written(kind), 3, never)


def test_other_seeds_and_other_questions_are_other_variants() -> None:
    drawn = [draw(number(), seed)["a"] for seed in range(200)]
    assert len(set(drawn)) > 150
    other = [draw(number(slug="another-one"), seed)["a"] for seed in range(200)]
    assert sum(map(int.__eq__, drawn, other)) < 5


def test_a_bank_of_another_name_draws_the_same() -> None:
    from msgspec.structs import replace

    moved = replace(number(), id="course:t/the-question")
    assert draw(moved, 5) == draw(number(), 5)


def test_a_further_parameter_moves_no_other() -> None:
    before = number()
    given = {"z": {"from": 0, "to": 9}, "a": {"from": 1, "to": 1000}}
    after = number(
        ask="{{z}} {{a}} {{b}} {{c}}", given={**given, "b": {"one_of": [2, 3, 5, 7]}, "c": 4}
    )
    for seed in range(20):
        drawn = draw(after, seed)
        assert drawn.pop("z") in range(10)
        assert drawn == draw(before, seed)


DOMAINS = [
    ({"from": 1, "to": 5}, [1, 2, 3, 4, 5]),
    ({"from": 1, "to": 6, "step": 2}, [1, 3, 5]),
    ({"from": 0, "to": 1, "step": 0.25}, [0.0, 0.25, 0.5, 0.75, 1.0]),
    ({"from": 0.1, "to": 0.3, "step": 0.1}, [0.1, 0.2, 0.3]),
    ({"from": -2, "to": -2}, [-2]),
    ({"from": 0.5, "to": 2.5}, [0.5, 1.5, 2.5]),
    ({"one_of": ["relu", "tanh"]}, ["relu", "tanh"]),
    ({"one_of": [[1, 2], [3]]}, [[1, 2], [3]]),
]


@pytest.mark.parametrize(("domain", "values"), DOMAINS)
def test_every_value_of_a_domain_is_drawn_and_no_other(
    domain: dict[str, Any], values: list[Any]
) -> None:
    question = number(given={"a": domain}, ask="{{a}}")
    drawn = [draw(question, seed)["a"] for seed in range(60)]
    assert sorted({repr(value) for value in drawn}) == sorted(map(repr, values))
    assert domain_size(question.question.given["a"]) == len(values)


def test_a_draw_is_even() -> None:
    question = number(given={"a": {"from": 1, "to": 4}}, ask="{{a}}")
    counts = Counter(draw(question, seed)["a"] for seed in range(2000))
    assert all(400 < counts[value] < 600 for value in (1, 2, 3, 4)), counts


def test_texts_and_key_are_filled_in() -> None:
    found = make(
        number(
            hints=["{{a}} first, half of it {{half}}"],
            steps={"half": "m.half"},
            why="{{a}}·{{b}}·{{c}} = {{answer}}, {{answer:.1f}}",
        ),
        1,
        COMPUTE,
        ("computed",),
        stale=True,
    )
    assert found.ask == "702 3 4"
    assert found.key == 702 * 3 * 4
    assert found.hints == ("702 first, half of it 351",)
    assert found.why == "702·3·4 = 8424, 8424.0"
    assert (found.evidence, found.stale, found.refused, found.seed) == (("computed",), True, 0, 1)


def test_the_convention_asked_for_is_passed_and_others_are_alternatives() -> None:
    question = number(
        ask="{{a}}",
        given={"a": 3},
        answer=6,
        convention={"asked": {"b": 2}, "others": {"thrice": {"b": 3}}},
        misconceptions={
            "forgot": {"given": {"b": 1}, "because": "You forgot."},
            "added": {"mistake": "m.added", "because": "You added."},
            "stated": {"value": 7, "because": "You guessed."},
            "no-number": {"mistake": "m.refuses", "because": "Never seen."},
        },
    )

    def refuses(a: int, b: int) -> int:
        raise Refused("not here")

    functions = table(
        m__f=product, mistakes__m__added=lambda a, b: a + b, mistakes__m__refuses=refuses
    )
    found = make(question, 1, functions)
    assert found.key == 6
    assert [(other.name, other.value) for other in found.conventions] == [("thrice", 9)]
    assert {other.name: other.value for other in found.misconceptions} == {
        "forgot": 3,
        "added": 5,
        "stated": 7,
    }


STATED = [
    ("number", {"answer": "1/3"}, Fraction(1, 3)),
    ("number", {"answer": "25.6M"}, 25_600_000),
    ("number", {"answer": "2 GiB", "unit": "MiB"}, 2048),
    ("number", {"answer": 0.5}, 0.5),
    ("shape", {"answer": [3, 4]}, (3, 4)),
    ("array", {"answer": [[1, 2], [3, 4.5]]}, ((1, 2), (3, 4.5))),
]


@pytest.mark.parametrize(("kind", "data", "key"), STATED)
def test_a_stated_key_is_read_as_the_author_means_it(
    kind: str, data: dict[str, Any], key: Value
) -> None:
    found = make(entry(kind=kind, ask="?", reference="r", **data), 1, never)
    assert (found.key, type(found.key)) == (key, type(key))


def test_refused_draws_are_drawn_again_and_counted() -> None:
    asked: list[int] = []

    def picky(a: int, b: int, c: int) -> int:
        asked.append(a)
        if len(asked) < 4:
            raise Refused("not this one")
        return a

    found = make(number(), 1, table(m__f=picky))
    assert found.refused == 3
    assert asked == [draw(number(), 1, attempt)["a"] for attempt in range(4)]
    assert found.given == draw(number(), 1, 3)


def refusing(**given: Any) -> Value:
    raise Refused("never")


def test_a_question_without_any_draw_says_so() -> None:
    with pytest.raises(Problem, match=r"t\.yaml:1: t/the-question: no draw of 200 .*: never"):
        make(number(), 1, table(m__f=refusing))
    with pytest.raises(Problem, match="no draw of 1 has an answer"):
        make(number(given={"a": 1}, ask="{{a}}", answer=1), 1, table(m__f=refusing))


def test_a_broken_solver_is_not_drawn_again() -> None:
    def broken(**given: Any) -> Value:
        raise SolverBroken("m.f failed")

    with pytest.raises(SolverBroken):
        make(number(), 1, table(m__f=broken))


def computed(**mistakes: Any) -> Entry:
    because = {"because": "b"}
    return entry(
        kind="choice",
        ask="{{a}}",
        given={"a": {"from": 0, "to": 3}},
        solver="m.f",
        misconceptions={slug: {**how, **because} for slug, how in mistakes.items()},
    )


THREE = {"aa": {"mistake": "m.double"}, "bb": {"mistake": "m.square"}, "cc": {"value": 9}}
FUNCTIONS = table(
    m__f=lambda a: a, mistakes__m__double=lambda a: 2 * a, mistakes__m__square=lambda a: a * a
)


def test_coinciding_options_are_dropped_and_too_few_are_drawn_again() -> None:
    question = computed(**THREE)
    texts = {
        a: [option.text for option in build(question, {"a": a}, 1, FUNCTIONS).options]
        for a in (1, 2, 3)
    }
    assert {a: sorted(shown) for a, shown in texts.items()} == {
        1: ["1", "2", "9"],  # 1² is the key
        2: ["2", "4", "9"],  # 2² and twice 2 are one option
        3: ["3", "6", "9"],  # 3² is the stated 9
    }
    with pytest.raises(Refused, match="only 2 different options"):
        build(question, {"a": 0}, 1, FUNCTIONS)
    found = [make(question, seed, FUNCTIONS) for seed in range(40)]
    assert all(variant.given["a"] > 0 for variant in found)
    assert all(variant.refused > 0 for variant in found if draw(question, variant.seed)["a"] == 0)
    assert any(draw(question, variant.seed)["a"] == 0 for variant in found)


def test_of_coinciding_options_the_first_is_kept_and_never_the_key_lost() -> None:
    variant = build(computed(**THREE), {"a": 2}, 1, FUNCTIONS)
    assert {option.slug: option.text for option in variant.options} == {
        "key": "2",
        "aa": "4",
        "cc": "9",
    }
    assert variant.key == "key"


def test_a_typed_question_keeps_coinciding_mistakes() -> None:
    question = number(
        ask="{{a}}",
        given={"a": {"from": 2, "to": 2}},
        misconceptions={slug: {**how, "because": "b"} for slug, how in THREE.items()},
    )
    found = make(question, 1, FUNCTIONS)
    assert [(other.name, other.value) for other in found.misconceptions] == [
        *(("aa", 4), ("bb", 4), ("cc", 9)),
    ]
    assert found.refused == 0


def test_the_key_of_each_written_kind() -> None:
    assert make(written("choice"), 1, never).key == "bb"
    assert make(written("multi"), 1, never).key == ("aa", "cc")
    assert make(written("claim"), 1, never).key == "depends"
    assert make(written("claim"), 1, never).right_statement == "It depends."
    assert make(written("order"), 1, never).key == (("cc", "aa"), ("dd", "aa"), ("dd", "cc"))


@pytest.mark.parametrize("seed", range(20))
def test_an_order_is_never_shown_solved(seed: int) -> None:
    found = make(written("order"), seed, never)
    place = {option.slug: index for index, option in enumerate(found.options)}
    assert any(place[first] > place[second] for first, second in found.key)


@pytest.mark.parametrize("seed", range(5))
def test_a_match_leads_each_left_side_to_its_own_right_side(seed: int) -> None:
    found = make(written("match"), seed, never)
    assert sorted(found.rights) == sorted([*(f"right {n}" for n in range(4)), "none of them"])
    for option, place in zip(found.options, found.key, strict=True):
        assert found.rights[place] == option.text.replace("left", "right")


def test_a_whole_bank_makes_its_variants(tiny: Bank) -> None:
    for id_ in tiny.ids():
        found = make(tiny.entry(id_), 1, tiny.solvers.call)
        assert "{{" not in found.ask + found.why + "".join(found.hints)
    assert isinstance(tiny.entry("sizes/rows-of-output").question.given["size"], Domain)
