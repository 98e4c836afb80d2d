"""The learner's own mark stands beside the program's verdict, and counts."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizkit.study.history import Answer, Asked, History, Planned, Stored
from quizkit.study.session import after, resumed, summary

PLAN = tuple(Planned(f"cnn/q{n}", n) for n in range(3))
STORED = Stored(id=1, kind="quiz", seed=9, plan=PLAN, asked=Asked(), at="now")


def event(kind: str, position: int = 0, **details: object) -> Answer:
    fields = {"session": 1, "engine": "0", "at": "now", "question": f"cnn/q{position}"}
    return Answer(event=kind, position=position, **{**fields, **details})


def answered(position: int, verdict: str, score: float) -> Answer:
    return event("answered", position, verdict=verdict, score=score)


def marked(position: int, verdict: str, score: float) -> Answer:
    return event("marked", position, verdict=verdict, score=score)


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    opened = History(str(tmp_path / "history.sqlite"))
    yield opened
    opened.close()


def test_the_mark_counts_and_the_verdict_stays_beside_it() -> None:
    events = [answered(0, "undecided", 0.0), marked(0, "right", 1.0), answered(1, "right", 1.0)]
    session = resumed(STORED, events)
    first = session.outcomes[0]
    assert (first.verdict, first.score, first.graded) == ("right", 1.0, "undecided")
    found = summary(session)
    assert (found.score, found.answered, found.marked, found.again) == (2.0, 2, 1, ())


def test_the_last_mark_wins_and_the_program_keeps_its_own() -> None:
    events = [answered(0, "wrong", 0.0), marked(0, "right", 1.0), marked(0, "partly", 0.5)]
    outcome = resumed(STORED, events).outcomes[0]
    assert (outcome.verdict, outcome.score, outcome.graded) == ("partly", 0.5, "wrong")


def test_a_mark_that_agrees_changes_no_count() -> None:
    found = summary(resumed(STORED, [answered(0, "right", 1.0), marked(0, "right", 1.0)]))
    assert (found.score, found.marked) == (1.0, 0)


def test_a_mark_leads_to_no_other_question() -> None:
    session = resumed(STORED, [answered(0, "wrong", 0.0), marked(0, "right", 1.0)])
    assert session.current == PLAN[1]


def test_what_was_not_answered_cannot_be_marked() -> None:
    skipped = resumed(STORED, [event("skipped")])
    assert after(skipped, marked(0, "right", 1.0)) == skipped
    assert after(skipped, marked(1, "right", 1.0)) == skipped
    assert after(skipped, marked(-1, "right", 1.0)) == skipped


@given(st.lists(st.tuples(st.sampled_from(["answered", "skipped", "marked"]), st.integers(0, 2))))
def test_going_on_is_the_same_as_never_having_stopped(found: list[tuple[str, int]]) -> None:
    events = [event(kind, at, verdict="partly", score=0.5) for kind, at in found]
    live = resumed(STORED, [])
    for one in events:
        live = after(live, one)
    assert live == resumed(STORED, events)


def test_both_judgements_are_in_the_history(history: History) -> None:
    stored = history.begin(
        kind="quiz", seed=1, plan=PLAN, asked=Asked(), engine="0", at="now"
    )  # fmt: skip
    events = [answered(0, "wrong", 0.0), marked(0, "partly", 0.5), marked(0, "right", 1.0)]
    for one in events:
        history.add(one)
    assert history.events_of(stored.id) == events
    assert [one.verdict for one in history.marks_of("cnn/q0")] == ["right", "partly"]
    assert [one.verdict for one in history.answers_to("cnn/q0")] == ["wrong"]
    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        history._db.execute("UPDATE answers SET verdict = 'right'")


def test_a_mark_is_no_outcome_of_a_session(history: History) -> None:
    history.begin(kind="quiz", seed=1, plan=PLAN[:2], asked=Asked(), engine="0", at="now")
    history.add(answered(0, "wrong", 0.0))
    history.add(marked(0, "right", 1.0))
    assert history.unfinished() is not None
    history.add(answered(1, "right", 1.0))
    assert history.unfinished() is None
