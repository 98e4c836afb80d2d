"""No text whatever raises or takes long, and no spoilt version of a good answer passes.

How long is counted in calls, not in seconds: the same on every machine, however busy.
"""

from __future__ import annotations

import re
import sys
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizkit.grading.text import LONGEST
from quizkit.values.rubric import clauses, polarity
from quizkit.values.rubric.judge import Judgement
from quizkit.values.rubric.lexicon import FUNCTION
from tests.unit.values.rubric.rubrics import RIGHT, RUBRICS, judged

MOST = 200_000  # calls that any text may cost; a tenth of a second on a slow machine
USUAL = 10_000  # calls that a sentence or two may cost
TELLING = """
units not cannot rely co-adaptation without no less more reduces increases increase of is the , . ; but if
than which it they otherwise non - -> never fails to keep from overfitting weights ( ) ? n't
"""
WORDS = st.sampled_from(TELLING.split())
NAMES = st.sampled_from(sorted(RUBRICS))
HOSTILE = [
    "not " * 500,
    "no " * 660,
    "units rely " * 180,
    "and units rely " * 133,
    "if not " * 280,
    "no a without " * 150,
    "-" * 2000,
    "a-" * 1000,
    "a, " * 660,
    "but " * 500,
    "(" * 2000,
    "? " * 1000,
    "é" * 2000,
    "n't" * 600,
    " ".join(f"gradien{one}{other}t" for one in "abcdefghij" for other in "klmnopqrstuvwxyz"),
]

_TURNED = {
    "cannot": "can", "can't": "can", "prevent": "encourage", "prevents": "causes", "reduced": "increased",
    "reduces": "increases", "less": "more", "small": "large", "smaller": "larger", "better": "worse",
    "shrink": "grow", "decreases": "increases", "large": "small", "penalises": "encourages",
}  # fmt: skip


def counted(name: str, answer: str) -> tuple[Judgement, int]:
    """The judgement, and the calls that it took."""
    calls = 0

    def count(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        found = judged(name, answer)
    finally:
        sys.setprofile(before)
    return found, calls


def bounded(name: str, answer: str) -> str:
    found, calls = counted(name, answer)
    assert calls <= MOST, f"{calls:,} calls"
    return found.verdict


@settings(max_examples=150, deadline=None)
@given(NAMES, st.text(max_size=LONGEST))
def test_any_text_is_judged_in_bounds(name: str, answer: str) -> None:
    assert bounded(name, answer) in ("right", "partly", "wrong", "undecided")


@settings(max_examples=150, deadline=None)
@given(NAMES, st.lists(WORDS, max_size=300))
def test_any_row_of_telling_words_is_judged_in_bounds(name: str, row: list[str]) -> None:
    bounded(name, " ".join(row)[:LONGEST])


@pytest.mark.parametrize("answer", HOSTILE)
@pytest.mark.parametrize("name", sorted(RUBRICS))
def test_a_hostile_text_is_judged_in_bounds(name: str, answer: str) -> None:
    assert bounded(name, answer[:LONGEST]) != "right"


@pytest.mark.parametrize(("name", "answer"), RIGHT)
def test_a_sentence_or_two_costs_little(name: str, answer: str) -> None:
    assert counted(name, answer)[1] <= USUAL


def test_without_bounds_a_hostile_text_costs_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    for bound in ("MAX_TOKENS", "MAX_CLAUSES", "MAX_WORDS"):
        monkeypatch.setattr(clauses, bound, 10 * LONGEST)
    monkeypatch.setattr(polarity, "MAX_DENIALS", LONGEST)
    with pytest.raises(AssertionError, match="calls"):
        bounded("dropout", "no " * 120)  # not even a long one


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
