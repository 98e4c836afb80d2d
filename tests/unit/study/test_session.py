"""A session is what its events made of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizkit.study.history import Answer, Asked, Planned, Stored
from quizkit.study.session import Session, TopicScore, after, extended, resumed, summary, topic_of

PLAN = tuple(Planned(f"cnn/q{n}", n) for n in range(3))
STORED = Stored(id=5, kind="quiz", seed=9, plan=PLAN, asked=Asked(), at="now")


def event(kind: str, question: str = "cnn/q0", **details: object) -> Answer:
    fields = {"session": 5, "position": 0, "engine": "0", "at": "now", "question": question}
    return Answer(event=kind, **{**fields, **details})


def test_a_new_session_stands_at_its_first_question() -> None:
    session = resumed(STORED, [])
    assert (session.position, session.current, session.hints) == (0, PLAN[0], 0)


def test_each_outcome_leads_to_the_next_question() -> None:
    for kind in ("answered", "skipped", "passed"):
        session = resumed(STORED, [event("shown"), event("hint"), event(kind)])
        assert (session.position, session.current, session.hints) == (1, PLAN[1], 0)


def test_hints_are_remembered_while_the_question_is_the_same() -> None:
    seen = [event("shown", fingerprint="f"), event("hint"), event("hint")]
    assert resumed(STORED, [*seen, event("shown", fingerprint="f")]).hints == 2
    assert resumed(STORED, [*seen, event("shown", fingerprint="edited")]).hints == 0


def test_the_end_has_no_current_question() -> None:
    session = resumed(STORED, [event("skipped")] * 3)
    assert session.current is None


def test_an_extended_plan_goes_on() -> None:
    session = extended(Session(number=1, seed=2), PLAN[0])
    assert session.current == PLAN[0]
    assert after(session, event("answered", verdict="right", score=1.0)).current is None


KINDS = st.sampled_from(["shown", "hint", "answered", "skipped", "passed", "closed"])


@given(st.lists(KINDS, max_size=12))
def test_going_on_is_the_same_as_never_having_stopped(kinds: list[str]) -> None:
    events = [event(kind) for kind in kinds]
    live = resumed(STORED, [])
    for one in events:
        live = after(live, one)
    assert live == resumed(STORED, events)


def test_a_summary_counts_only_what_was_answered() -> None:
    wrong = {"verdict": "wrong", "score": 0.0, "misconception": "forgot-plus-one", "hints": 2}
    found = summary(
        resumed(
            STORED,
            [
                event("answered", "cnn/a", verdict="right", score=1.0),
                event("answered", "cnn/b", **wrong),
                event("answered", "loss/c", verdict="partly", score=0.5),
                event("skipped", "loss/d", hints=1),
                event("passed", "loss/e"),
            ],
        )
    )
    assert (found.score, found.answered, found.skipped, found.passed, found.hints) == (
        1.5,
        3,
        1,
        1,
        3,
    )
    assert found.topics == (TopicScore("cnn", 1.0, 2), TopicScore("loss", 0.5, 1))
    assert found.mistakes == (("cnn/b", "forgot-plus-one"),)
    assert found.again == ("cnn/b", "loss/c", "loss/d")


@pytest.mark.parametrize(("verdict", "score"), [("partly", 0.5), ("wrong", 0.0)])  # as of old
def test_a_convention_is_no_mistake(verdict: str, score: float) -> None:
    answered = event("answered", "cnn/a", verdict=verdict, score=score, convention="drop last")
    found = summary(resumed(STORED, [answered]))
    assert found.mistakes == ()
    assert found.conventions == (("cnn/a", "drop last"),)
    assert found.again == ("cnn/a",)  # what was asked for is still to be given


def test_an_empty_session_has_a_summary() -> None:
    assert summary(resumed(STORED, [])).answered == 0


def test_the_topic_of_a_foreign_question_bears_its_bank() -> None:
    assert topic_of("cnn/size") == "cnn"
    assert topic_of("mine:cnn/size") == "mine:cnn"
