"""After an answer in words its learner may judge it; that is kept before it is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from quizkit.model import Point, TextQuestion
from quizkit.study.session import resumed, summary
from quizkit.terminal.play import Left, Sitting
from tests.unit.terminal.fakes import CHOICE, COMMON, FakeScreen, entry, sitting

TEXT = TextQuestion(
    points={"alone": Point(says="Units learn alone.", accept=("units learn alone",))},
    accept=("Units learn alone.",),
    reference="r",
    **COMMON,
)
RIGHT, WRONG, UNSURE = "Units learn alone.", "It is magic.", "The units learn."

Start = Callable[..., tuple[Sitting, list[str]]]


class Pausing(FakeScreen):
    """Takes what is pressed at a pause from the answers too."""

    def pause(self, *actions: str) -> str:
        self.log.append(" ".join(("pause", *actions)))
        return self.answers.pop(0) if self.answers else ""


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    opened: list[Sitting] = []

    def begin(answers: list[str], *others: Any) -> tuple[Sitting, list[str]]:
        entries = [entry("t/text", TEXT), *(others or (entry("t/choice", CHOICE),))]
        one, log = sitting(str(tmp_path / f"{len(opened)}.sqlite"), entries, answers)
        one.desk.screen = Pausing(answers, log)
        opened.append(one)
        return one, log

    yield begin
    for one in opened:
        one.desk.history.close()


def ask(one: Sitting) -> Any:
    planned = one.session.current
    assert planned is not None
    return one.ask(planned, "1 of 2")


def judgements(one: Sitting) -> list[tuple[str, str | None, float | None]]:
    found = one.desk.history.events_of(one.session.number)
    stored = one.desk.history.unfinished()
    assert stored is None or resumed(stored, found) == one.session
    kept = [each for each in found if each.event in ("answered", "marked")]
    return [(each.event, each.verdict, each.score) for each in kept]


def test_an_undecided_answer_is_shown_its_points_and_marked(start: Start) -> None:
    one, log = start([UNSURE, "r"])
    assert ask(one).verdict == "undecided"
    assert judgements(one) == [("answered", "undecided", 0.0), ("marked", "right", 1.0)]
    shown = [view for view in log if "unclear: Units learn alone." in view]
    assert shown
    assert any("Your own mark for t/text: r right" in view for view in log)
    assert "your mark counts" in log[-1]
    assert summary(one.session).score == 1.0


@pytest.mark.parametrize("typed", ["", "x", "42"])
def test_an_undecided_answer_may_be_left_open(start: Start, typed: str) -> None:
    one, log = start([UNSURE, typed])
    ask(one)
    assert judgements(one) == [("answered", "undecided", 0.0)]
    assert "the program's judgement stands" in log[-1]


def test_the_answer_is_kept_before_the_mark_is_asked_for(start: Start) -> None:
    one, _ = start([UNSURE])
    with pytest.raises(Left):
        ask(one)
    assert judgements(one) == [("answered", "undecided", 0.0)]


@pytest.mark.parametrize(
    ("key", "verdict", "score"), [("r", "right", 1), ("p", "partly", 0.5), ("w", "wrong", 0)]
)
def test_any_verdict_is_overruled_at_the_pause(
    start: Start, key: str, verdict: str, score: float
) -> None:
    one, log = start([RIGHT, "m", key, "\n"])
    ask(one)
    one.pause()
    assert judgements(one) == [("answered", "right", 1.0), ("marked", verdict, score)]
    assert "pause m mark" in log


def test_the_last_text_is_marked_at_the_next_prompt(start: Start) -> None:
    one, _ = start([WRONG, "m", "p", "s"])
    ask(one)
    ask(one)
    assert judgements(one) == [("answered", "wrong", 0.0), ("marked", "partly", 0.5)]


def test_other_kinds_are_not_marked(start: Start) -> None:
    one, log = start(["a", "m", "s"], entry("t/text", TEXT))
    one.session = resumed(one.desk.history.unfinished(), [])  # type: ignore[arg-type]
    two, log = start(["s", "a"])
    ask(two)
    ask(two)
    assert not two.can_mark
    two.pause()
    assert log[-1] == "pause"


def test_an_action_is_no_answer_in_words(start: Start) -> None:
    one, log = start(["h", "?", "m", "skip"])
    assert ask(one) is None
    assert judgements(one) == []
    assert any("m, mark" in view for view in log)


def test_an_undecided_answer_is_marked_when_the_session_goes_on(start: Start) -> None:
    one, _ = start([UNSURE])
    with pytest.raises(Left):  # killed, or the input ended
        ask(one)
    stored = one.desk.history.unfinished()
    assert stored is not None
    log: list[str] = []
    one.desk.screen = Pausing(["p"], log)
    again = Sitting(one.desk, resumed(stored, one.desk.history.events_of(stored.id)))
    again.settle()
    assert any("unclear: Units learn alone." in view for view in log)
    assert judgements(again) == [("answered", "undecided", 0.0), ("marked", "partly", 0.5)]
    again.settle()  # nothing is left to be marked
    assert len(judgements(again)) == 2
