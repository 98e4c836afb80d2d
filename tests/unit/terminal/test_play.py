"""One question at the terminal: every step is in the history before it is on the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from quizkit.errors import SolverBroken, SolverTimedOut, SolverUnavailable
from quizkit.study.session import resumed
from quizkit.terminal.play import Left, Sitting, action_in
from quizkit.variant import make
from tests.unit.terminal.fakes import (
    CHOICE,
    CLAIM,
    MANY,
    NUMBER,
    ORDER,
    FakeScreen,
    FakeShelf,
    entry,
    sitting,
)

Start = Callable[..., tuple[Sitting, list[str]]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    opened: list[Sitting] = []

    def begin(entries: list[Any], answers: list[str], **options: Any) -> tuple[Sitting, list[str]]:
        one, log = sitting(str(tmp_path / "history.sqlite"), entries, answers, **options)
        opened.append(one)
        return one, log

    yield begin
    for one in opened:
        one.desk.history.close()


def events(one: Sitting) -> list[tuple[str, str | None]]:
    found = one.desk.history.events_of(one.session.number)
    assert resumed_equals(one, found)
    return [(event.event, event.raw) for event in found]


def resumed_equals(one: Sitting, found: list[Any]) -> bool:
    """What is on the disk gives the session that is being played."""
    stored = one.desk.history.unfinished()
    return stored is None or resumed(stored, found) == one.session


def ask(one: Sitting) -> Any:
    planned = one.session.current
    assert planned is not None
    return one.ask(planned, "1 of 1")


def letter_of(slug: str) -> str:
    variant = make(entry("t/choice", CHOICE), 5, lambda name, given: 0)
    return "ab"[[option.slug for option in variant.options].index(slug)]


def test_an_answer_is_graded_and_kept_with_its_key(start: Start) -> None:
    one, log = start([entry("t/choice", CHOICE)], [letter_of("same")])
    grade = ask(one)
    assert (grade.verdict, grade.misconception) == ("wrong", "same")
    assert events(one) == [("shown", None), ("answered", letter_of("same"))]
    kept = one.desk.history.answers_to("t/choice")[0]
    assert (kept.key, kept.verdict, kept.score, kept.seed) == ('"zero"', "wrong", 0.0, 5)
    assert kept.seconds is not None
    assert "computed: a solver gives it" in log[-1]


def test_it_is_kept_before_the_feedback_is_shown(start: Start) -> None:
    one, _ = start([entry("t/choice", CHOICE)], ["a"])
    screen = one.desk.screen

    def show(view: str) -> None:
        if "right" in view:
            assert events(one)[-1][0] == "answered"
            screen.kept = True  # type: ignore[attr-defined]

    screen.show = show  # type: ignore[method-assign]
    ask(one)
    assert screen.kept  # type: ignore[attr-defined]


def test_hints_come_one_by_one_and_are_counted(start: Start) -> None:
    one, log = start([entry("t/choice", CHOICE)], ["h", "hint", "h", letter_of("zero")])
    assert ask(one).verdict == "right"
    assert "hint 1 of 2: One." in log
    assert "hint 2 of 2: Two." in log
    assert "There is no further hint." in log
    assert one.session.outcomes[0].hints == 2


def test_hints_already_seen_are_shown_again(start: Start) -> None:
    one, _ = start([entry("t/choice", CHOICE)], ["h"])
    with pytest.raises(Left):
        ask(one)
    stored = one.desk.history.unfinished()
    assert stored is not None
    log: list[str] = []
    again = Sitting(one.desk, resumed(stored, one.desk.history.events_of(stored.id)))
    one.desk.screen = FakeScreen(["a"], log)
    ask(again)
    assert "hint 1 of 2: One." in log[0]
    assert again.session.outcomes[0].hints == 1


@pytest.mark.parametrize("word", ["s", "skip", " SKIP "])
def test_a_question_can_be_skipped(start: Start, word: str) -> None:
    one, _ = start([entry("t/choice", CHOICE)], [word])
    assert ask(one) is None
    assert events(one) == [("shown", None), ("skipped", None)]


@pytest.mark.parametrize("answers", [["q"], ["quit"], []])
def test_leaving_settles_nothing(start: Start, answers: list[str]) -> None:
    one, _ = start([entry("t/choice", CHOICE)], answers)
    with pytest.raises(Left):
        ask(one)
    assert events(one) == [("shown", None)]
    assert one.session.position == 0


def test_a_misread_answer_is_shown_with_a_caret_and_asked_again(start: Start) -> None:
    one, log = start([entry("t/number", NUMBER)], ["2 to 3", "", "22"])
    assert ask(one).verdict == "right"
    assert "    2 to 3\n      ^\n" in log[3]
    assert log[5].startswith("Please type a number")
    assert events(one) == [("shown", None), ("answered", "22")]


def test_help_answers_nothing(start: Start) -> None:
    one, log = start([entry("t/choice", CHOICE)], ["?", "s"])
    ask(one)
    assert "quizkit report t/choice --seed 5" in log[3]


def test_claims_are_lettered_and_h_is_still_the_hint(start: Start) -> None:
    one, log = start([entry("t/claim", CLAIM)], ["h", "b"])
    assert ask(one).verdict == "right"
    assert "hint 1 of 1: One." in log
    assert events(one)[-1] == ("answered", "fails")  # as grading reads it without a screen


@pytest.mark.parametrize("raw", ["B", "(b)", "b)", "fails", "f", "false"])
def test_claims_take_words_too(start: Start, raw: str) -> None:
    one, _ = start([entry("t/claim", CLAIM)], [raw])
    assert ask(one).verdict == "right"


def test_h_is_an_answer_where_an_option_has_that_letter(start: Start) -> None:
    one, log = start([entry("t/many", MANY)], ["hint", "h"])
    assert "hint a hint" in plain_question(one, log)
    assert events(one)[-1] == ("answered", "h")


def plain_question(one: Sitting, log: list[str]) -> str:
    ask(one)
    return log[0]


def test_h_is_the_hint_where_all_letters_are_needed(start: Start) -> None:
    one, log = start([entry("t/order", ORDER)], ["h", "s"])
    ask(one)
    assert "hint 1 of 1: One." in log


def test_every_action_is_known() -> None:
    variant = make(entry("t/number", NUMBER), 1, lambda name, given: 22)
    found = [action_in(word, variant) for word in ("h", " Hint", "s", "q", "QUIT", "?", "22", "x")]
    assert found == ["hint", "hint", "skip", "quit", "quit", "help", None, None]


@pytest.mark.parametrize(
    "fault",
    [
        SolverBroken("sizes.size failed: RuntimeError"),
        SolverUnavailable("sizes.size needs torch, which is not installed"),
        SolverTimedOut("sizes.size took over 30 s and was stopped"),
    ],
)
def test_a_failing_solver_is_said_and_is_no_mistake(start: Start, fault: Exception) -> None:
    one, log = start([entry("t/number", NUMBER)], [], value=fault)
    assert ask(one) is None
    assert str(fault) in log[0].replace("\n", " ")
    assert events(one) == [("passed", None)]
    assert one.session.current is None
    assert one.desk.history.answers_to("t/number") == []


def test_a_removed_question_is_said_and_passed_over(start: Start) -> None:
    one, log = start([entry("t/choice", CHOICE)], [])
    one.desk.shelf = FakeShelf()  # type: ignore[assignment]
    assert ask(one) is None
    assert "t/choice was removed" in log[0]
    assert events(one) == [("passed", None)]


def test_an_edited_question_is_said(start: Start) -> None:
    one, log = start([entry("t/choice", CHOICE)], ["h"])
    with pytest.raises(Left):
        ask(one)
    one.desk.shelf = FakeShelf(entry("t/choice", CHOICE, "edited"))  # type: ignore[assignment]
    with pytest.raises(Left):
        ask(one)
    assert "t/choice was edited since you saw it; this is how it reads now." in log
    assert one.session.hints == 0


def test_the_worker_is_warmed_once_and_after_the_first_prompt(start: Start) -> None:
    one, log = start([entry("t/choice", CHOICE), entry("t/claim", CLAIM)], ["a", "a"])
    ask(one)
    ask(one)
    assert log.count("warm") == 1
    assert log.index("warm") == log.index(">") + 1


def test_a_pause_can_end_the_session(start: Start) -> None:
    one, _ = start([entry("t/choice", CHOICE)], [])
    one.desk.screen.pause = lambda: "q"  # type: ignore[method-assign]
    with pytest.raises(Left):
        one.pause()
