"""Clauses: where a sentence is cut, and which parts of it are not what the answer claims."""

from __future__ import annotations

import pytest

from quizkit.values.rubric.clauses import MAX_CLAUSES, MAX_TOKENS, MAX_WORDS, clauses


def cut(text: str) -> list[str]:
    return [" ".join(word.text for word in clause.words) for clause in clauses(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A is fast. B is slow; C stops", ["a is fast", "b is slow", "c stops"]),
        ("A is fast but B is slow", ["a is fast", "b is slow"]),
        ("A grows while B shrinks", ["a grows", "while b shrinks"]),
        ("robust, independent and useful features", ["robust independent and useful features"]),
        ("it reduces bias and increases variance", ["it reduces bias", "increases variance"]),
        ("bias and variance", ["bias and variance"]),
        ("faster than an RNN", ["faster", "an rnn"]),
        ("attention instead of recurrence", ["attention", "instead of recurrence"]),
        ("without it units rely on others", ["without it", "units rely on others"]),
        ("added rather than multiplied", ["added", "rather than multiplied"]),
        ("the mean and variance are used", ["the mean and variance are used"]),
        ("it forgets and instead learns", ["it forgets and", "learns"]),
        ("hardware: GPUs + data -> depth", ["hardware", "gpus", "data", "depth"]),
        ("... ?! \n", []),
    ],
)  # fmt: skip
def test_where_a_text_is_cut(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "without non-linear activations the net collapses",
            ["without nonlinear activations", "the network collapses"],
        ),
        (
            "so without activations it equals one layer",
            ["without activations", "it equals one layer"],
        ),
        (
            "it tells real and generated samples apart",
            ["it tells real and generated samples apart"],
        ),
        (
            "L1 penalises the absolute values and L2 the squares",
            ["l1 penalises the absolute values", "l2 the squares"],
        ),
    ],
)
def test_names_of_several_words_stay_whole(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_what_goes_on_from_it_trails_until_the_thing_itself_is_named() -> None:
    text = "Without dropout units rely on others, so they overfit and nothing helps, and dropout mends it."
    found = [clause.trails for clause in clauses(text)]
    assert found == [False, False, True, True, False]


def test_the_first_of_not_this_but_that_is_corrected() -> None:
    assert [each.corrected for each in clauses("It isn't a batch but a pass over it")] == [
        True,
        False,
    ]
    assert not any(each.corrected for each in clauses("It isn't fast, but they say it learns"))


def test_what_would_be_otherwise_is_marked() -> None:
    turned = [clause.turned for clause in clauses("Without it, units rely on others. They learn.")]
    assert turned == [False, True, False]
    assert [clause.turned for clause in clauses("Otherwise it overfits")] == [True]
    assert not any(clause.turned for clause in clauses("With it, units learn more"))


def test_what_others_say_is_marked() -> None:
    assert clauses("It is a myth that it overfits")[0].reported
    assert clauses("many people think that it overfits")[0].reported
    assert not clauses("it is no myth that it overfits")[0].reported
    assert not clauses("the model assumes independence")[0].reported
    assert not clauses("I think it has some sort of loop")[0].reported
    assert not clauses("I believe an epoch is one pass")[0].reported
    assert not clauses("in a program people think up the rules")[0].reported


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("People say it cuts units, which is wrong: a draw decides", [True, True, False]),
        ("It cuts weak units, that is a myth: a draw decides", [True, True, False]),
        (
            "It cuts units and it keeps them, which is not true: one decides",
            [True, True, True, False],
        ),
        ("It cuts units at random, which is true, and none is safe", [False, False, False]),
        ("It cuts units, which is not wrong: a draw decides", [False, False, False]),
        ("Contrary to what many believe, a draw decides", [True, False]),
        ("It shares one sum, which is wrong when two hold", [False, False, False]),
        ("It is a myth that it cuts units: it draws them", [True, False]),
        ("A common myth: it cuts units", [True, True]),
        ("It is a mistake to think that they rest: they work", [True, False]),
        ("The middle is not where features are made", [False, True]),
        ("High bias is not when the model is too simple", [False, True]),
        ("It has no links, not because weights are small, but by design", [False, True, False]),
        ("It is a myth that it cuts units, and that it keeps weights", [True, True]),
    ],
)
def test_what_is_dismissed_is_not_said_and_what_follows_is(text: str, reported: list[bool]) -> None:
    assert [clause.reported for clause in clauses(text)] == reported


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("No unit can therefore count on another", ["no unit can therefore count on other"]),
        ("Each unit is alone, therefore it learns", ["each unit is alone", "therefore it learns"]),
        ("It depends on all so far", ["it depends on all so far"]),
        ("The slope is less than 1", ["the slope is less than 1"]),
        ("The slope is less than a quarter", ["the slope is less than a quarter"]),
        ("The slope is less than the bias", ["the slope is less", "the bias"]),
        ("A weight other than zero stays", ["a weight other than 0 stays"]),
        ("Call optimizer.step() once", ["call optimizer step", "once"]),
        ("It learns e.g. a rule. It works", ["it learns eg a rule", "it works"]),
        ("It scales by g. It works", ["it scales by g", "it works"]),
    ],
)
def test_where_a_sentence_is_cut_and_where_not(text: str, parts: list[str]) -> None:
    assert cut(text) == parts


def test_a_question_is_marked() -> None:
    assert [clause.asks for clause in clauses("Does it? It does.")] == [True, False]
    assert not clauses("Norm too large? It is cut.")[0].asks


def test_an_endless_text_is_cut_to_bounds() -> None:
    found = clauses("no " * 5000)
    assert sum(len(clause.words) for clause in found) <= MAX_TOKENS
    assert max(len(clause.words) for clause in found) <= MAX_WORDS
    assert len(clauses("a grows. " * 5000)) <= MAX_CLAUSES
