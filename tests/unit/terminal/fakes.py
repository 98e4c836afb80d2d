"""A screen that answers by itself, and banks and solvers that stand in memory."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from quizkit.errors import QuizkitError, UsageProblem
from quizkit.model import (
    Choice,
    ChoiceQuestion,
    ClaimQuestion,
    Entry,
    MultiQuestion,
    NumberQuestion,
    OrderQuestion,
)
from quizkit.study.history import Asked, History, Planned
from quizkit.study.session import resumed
from quizkit.terminal import plain
from quizkit.terminal.console import Screen
from quizkit.terminal.play import Desk, Sitting

OPTIONS = {
    "zero": Choice(text="It gives 0", because="max(0, x) is 0 for every negative x."),
    "same": Choice(text="It gives x", because="That is the identity."),
}
COMMON = {"level": "fresher", "difficulty": 1, "ask": "What?", "why": "So."}
CHOICE = ChoiceQuestion(options=OPTIONS, answer="zero", hints=("One.", "Two."), **COMMON)
CLAIM = ClaimQuestion(answer="fails", right="It fails.", hints=("One.",), **COMMON)
NUMBER = NumberQuestion(solver="sizes.size", **COMMON)
EIGHT = {f"item{n}": f"the item {n}" for n in range(8)}
MANY = MultiQuestion(
    options={slug: Choice(text=text, because="") for slug, text in EIGHT.items()},
    answer=("item0",),
    hints=("One.",),
    **COMMON,
)
ORDER = OrderQuestion(items=EIGHT, before=(("item0", "item1"),), hints=("One.",), **COMMON)


def entry(id_: str, question: Any, fingerprint: str = "f") -> Entry:
    return Entry(
        id=id_, where="questions/t.yaml:1", fingerprint=fingerprint, stamp="s", question=question
    )


class FakeBank:
    name = "built-in"

    def ledger_line(self, id_: str) -> str | None:
        return '{"stamp":"s","evidence":["computed"]}' if id_ == "t/choice" else None


class FakeShelf:
    def __init__(self, *entries: Entry) -> None:
        self.entries = {one.id: one for one in entries}

    def entry(self, id_: str) -> Entry:
        if id_ not in self.entries:
            raise UsageProblem(f"no question {id_!r}")
        return self.entries[id_]

    def bank_of(self, id_: str) -> FakeBank:
        return FakeBank()


class FakeCompute:
    """Calls `value`, or raises it, and notes when it is warmed."""

    def __init__(self, value: Any, log: list[str]) -> None:
        self.value = value
        self.log = log

    def of(self, bank: Any) -> Callable[..., Any]:
        return self

    def __call__(self, name: str, given: Any) -> Any:
        if isinstance(self.value, QuizkitError):
            raise self.value
        return self.value

    def warm(self) -> None:
        self.log.append("warm")

    def close(self) -> None:
        self.log.append("closed")


class FakeScreen(Screen):
    """Types `answers`, then ends; `log` is all that stood on the screen."""

    def __init__(self, answers: list[str], log: list[str], *, keys: bool = False) -> None:
        super().__init__(plain, log.append, lambda: 80, keys=keys)
        self.answers = answers
        self.log = log

    def show(self, view: Any) -> None:
        self.log.append(view)

    def line(self, ready: Callable[[], None]) -> str:
        self.log.append(">")
        ready()
        if not self.answers:
            raise EOFError
        answer = self.answers.pop(0)
        if answer == "^C":
            raise KeyboardInterrupt
        return answer

    def key(self, ready: Callable[[], None]) -> str:
        return self.line(ready)

    def pause(self) -> str:
        self.log.append("pause")
        return ""


def sitting(
    path: str, entries: list[Entry], answers: list[str], *, value: Any = 22, keys: bool = False
) -> tuple[Sitting, list[str]]:
    """A new session over all entries, and its log."""
    log: list[str] = []
    history = History(path)
    plan = tuple(Planned(one.id, 5) for one in entries)
    stored = history.begin(kind="quiz", seed=1, plan=plan, asked=Asked(), engine="0", at="now")
    desk = Desk(
        screen=FakeScreen(answers, log, keys=keys),
        shelf=FakeShelf(*entries),  # type: ignore[arg-type]
        compute=FakeCompute(value, log),  # type: ignore[arg-type]
        history=history,
    )
    return Sitting(desk, resumed(stored, [])), log
