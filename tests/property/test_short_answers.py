"""No text whatever raises or takes long, and no spoilt version of a good answer passes."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizkit.grading.text import LONGEST
from quizkit.values.rubric.lexicon import FUNCTION
from tests.unit.values.rubric.rubrics import RIGHT, RUBRICS, judged

SLOWEST = 0.5  # seconds of CPU time
TELLING = """
units not cannot rely co-adaptation without no less more reduces increases increase of is the , . ; but if
than which it they otherwise non - -> never fails to keep from overfitting weights ( ) ? n't
"""
WORDS = st.sampled_from(TELLING.split())
NAMES = st.sampled_from(sorted(RUBRICS))

_TURNED = {
    "cannot": "can", "can't": "can", "prevent": "encourage", "prevents": "causes", "reduced": "increased",
    "reduces": "increases", "less": "more", "small": "large", "smaller": "larger", "better": "worse",
    "shrink": "grow", "decreases": "increases", "large": "small", "penalises": "encourages",
}  # fmt: skip


def timed(name: str, answer: str) -> str:
    began = time.process_time()
    verdict = judged(name, answer).verdict
    assert time.process_time() - began < SLOWEST
    return verdict


@settings(max_examples=150)
@given(NAMES, st.text(max_size=LONGEST))
def test_any_text_is_judged_in_time(name: str, answer: str) -> None:
    assert timed(name, answer) in ("right", "partly", "wrong", "undecided")


@settings(max_examples=150)
@given(NAMES, st.lists(WORDS, max_size=300))
def test_any_row_of_telling_words_is_judged_in_time(name: str, row: list[str]) -> None:
    timed(name, " ".join(row)[:LONGEST])


@pytest.mark.parametrize(
    "answer",
    [
        "not " * 500,
        "units rely " * 180,
        "-" * 2000,
        "a-" * 1000,
        "but " * 500,
        "(" * 2000,
        "é" * 2000,
        "n't" * 600,
    ],
)
@pytest.mark.parametrize("name", sorted(RUBRICS))
def test_a_hostile_text_is_judged_in_time(name: str, answer: str) -> None:
    assert timed(name, answer) != "right"


def strung(name: str, answer: str) -> str:
    """The content words of question and answer in no order, each once."""
    found = re.findall(r"[a-z-]{4,}", f"{answer} {RUBRICS[name][0]}".lower())
    words = set(found) - FUNCTION
    return " ".join(sorted(words, key=lambda word: word[::-1]))


@pytest.mark.parametrize(("name", "answer"), RIGHT)
def test_its_words_alone_never_pass(name: str, answer: str) -> None:
    assert judged(name, answer).verdict == "right"
    assert judged(name, strung(name, answer)).verdict != "right", strung(name, answer)


@pytest.mark.parametrize("name", sorted(RUBRICS))
def test_the_question_copied_never_passes(name: str) -> None:
    ask = RUBRICS[name][0]
    for copy in (ask, ask.rstrip("?."), f"{ask} {ask}", f"Well, {ask.lower().rstrip('?.')}."):
        assert judged(name, copy).verdict == "wrong", copy


@pytest.mark.parametrize(("name", "answer"), RIGHT)
def test_denied_it_never_passes(name: str, answer: str) -> None:
    for head in ("It is not true that ", "It is a myth that ", "It is wrong to say that "):
        assert judged(name, head + answer).verdict != "right", head


REVERSIBLE = [(name, answer) for name, answer in RIGHT if set(_TURNED) & set(answer.split())]


@pytest.mark.parametrize(("name", "answer"), REVERSIBLE)
def test_reversed_it_never_passes(name: str, answer: str) -> None:
    turned = " ".join(_TURNED.get(word, word) for word in answer.split())
    assert judged(name, turned).verdict != "right", turned


def test_enough_answers_are_reversed() -> None:
    assert len(REVERSIBLE) >= 6
