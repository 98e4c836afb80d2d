"""A session at the terminal: asks, reads and grades, and writes each step to the history first."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

import quizkit
from quizkit.errors import QuizkitError, UsageProblem
from quizkit.grading import grade, read
from quizkit.grading.letters import letter
from quizkit.model import Grade, Misread, Understood, Variant, kind_of
from quizkit.study.history import Answer, Event, History, Planned
from quizkit.study.session import Session, after
from quizkit.terminal import words
from quizkit.terminal.keys import tidy_on_termination

if TYPE_CHECKING:
    from quizkit.bank.bank import Shelf
    from quizkit.terminal.console import Screen
    from quizkit.worker import Compute

_ACTIONS = {
    "h": "hint",
    "hint": "hint",
    "s": "skip",
    "skip": "skip",
    "q": "quit",
    "quit": "quit",
    "?": "help",
    "help": "help",
    "m": "mark",
    "mark": "mark",
}


class Left(Exception):
    """The learner quits, or the input ends. All is saved."""


class Desk(Struct, kw_only=True):
    """What a session works with."""

    screen: Screen
    shelf: Shelf
    compute: Compute
    history: History
    is_warm: bool = False


class Typed(Struct, frozen=True):
    """An answer as typed and as understood."""

    raw: str
    value: Any


class Sitting:
    """A session being played; `session` is always what the history holds of it."""

    def __init__(self, desk: Desk, session: Session) -> None:
        self.desk = desk
        self.session = session

    def ask(self, planned: Planned, place: str) -> Grade | None:
        """Asks until the question is settled; its grade, or None if it was not answered."""
        variant = self._prepared(planned)
        if variant is None:
            return None
        self._show(variant, place)
        started = time.monotonic()
        typed = self._answer(variant)
        if typed is None:
            self._happened("skipped", planned, fingerprint=variant.fingerprint)
            return None
        variant = with_evidence(variant, self.desk.shelf)
        compute = self.desk.compute.of(self.desk.shelf.bank_of(variant.id))
        result = grade(typed.value, variant, compute)
        self._graded(planned, variant, typed, result, time.monotonic() - started)
        screen = self.desk.screen
        screen.show(screen.views.feedback(variant, result, width=screen.width))
        if result.verdict == "undecided" and self.can_mark:
            self.mark()
        return result

    def pause(self) -> None:
        """Lets the learner read, and mark a text, before the next question; `Left` if that was enough."""
        screen = self.desk.screen
        try:
            while (key := screen.pause(words.MARK) if self.can_mark else screen.pause()) == "m":
                self.mark()
            if key.lower() == "q":
                raise Left
        except EOFError:
            raise Left from None

    @property
    def can_mark(self) -> bool:
        """Whether the last question was answered in words, which its learner may judge."""
        last = self.session.outcomes[-1] if self.session.outcomes else None
        if last is None or last.event != "answered":
            return False
        try:
            return kind_of(self.desk.shelf.entry(last.id).question) == "text"
        except UsageProblem:  # it was removed since
            return False

    def mark(self) -> None:
        """Asks how the learner judges the last answer; that counts, beside it stays the program's."""
        screen, last = self.desk.screen, self.session.outcomes[-1]
        screen.notice(words.marking(last.id))
        try:
            typed = screen.key(_at_once) if screen.keys else screen.line(_at_once)
        except EOFError:
            raise Left from None
        verdict = words.OWN_MARKS.get(typed.strip().lower()[:1])
        if verdict is None:
            screen.notice(words.NOT_MARKED)
            return
        self._happened(
            "marked",
            Planned(last.id, last.seed),
            position=self.session.position - 1,
            verdict=verdict,
            score=words.WORTH[verdict],
        )
        screen.notice(words.marked(verdict))

    def _mark_or_say(self) -> None:
        if self.can_mark:
            self.mark()
        else:
            self.desk.screen.notice("There is no answer in words to be marked.")

    def settle(self) -> None:
        """Shows again, and has marked, an undecided answer at which an earlier sitting ended."""
        from quizkit.variant import make

        last = self.session.outcomes[-1] if self.session.outcomes else None
        if last is None or last.verdict != "undecided" or last.graded or not self.can_mark:
            return
        desk, screen = self.desk, self.desk.screen
        entry = desk.shelf.entry(last.id)
        variant = make(entry, last.seed, desk.compute.of(desk.shelf.bank_of(entry.id)))
        events = desk.history.events_of(self.session.number)
        raw = next(each.raw for each in reversed(events) if each.event == "answered")
        result = grade(raw or "", with_evidence(variant, desk.shelf))
        screen.show(screen.views.feedback(variant, result, width=screen.width))
        self.mark()

    def _prepared(self, planned: Planned) -> Variant | None:
        """The variant; None if there is none: that is said, and the question passed over."""
        from quizkit.variant import make

        desk = self.desk
        try:
            entry = desk.shelf.entry(planned.id)
        except UsageProblem as error:
            self._passed(planned, f"{planned.id} was removed since this quiz began ({error}).")
            return None
        try:
            with desk.screen.patience():
                return make(entry, planned.seed, desk.compute.of(desk.shelf.bank_of(entry.id)))
        except QuizkitError as error:
            self._passed(planned, f"{planned.id} cannot be asked now: {error}.")
            return None

    def _passed(self, planned: Planned, reason: str) -> None:
        self._happened("passed", planned, reason=reason)
        self.desk.screen.notice(f"{reason.rstrip('.')}. It does not count.")

    def _show(self, variant: Variant, place: str) -> None:
        screen, known = self.desk.screen, self.session.fingerprint
        if known and known != variant.fingerprint:
            screen.notice(f"{variant.id} was edited since you saw it; this is how it reads now.")
        self._happened("shown", Planned(variant.id, variant.seed), fingerprint=variant.fingerprint)
        hints = min(self.session.hints, len(variant.hints))
        view = screen.views.question(variant, place, hints, keys=screen.keys, width=screen.width)
        screen.show(view)

    def _answer(self, variant: Variant) -> Typed | None:
        """What the learner answers, or None to skip; hints, help and misread answers come first."""
        screen = self.desk.screen
        while True:
            raw = self._raw(variant)
            action = action_in(raw, variant)
            if action == "quit":
                raise Left
            if action == "skip":
                return None
            if action == "hint":
                self._hint(variant)
            elif action == "mark":
                self._mark_or_say()
            elif action == "help":
                screen.show(screen.views.guide(variant, keys=screen.keys, width=screen.width))
            elif typed := self._understood(raw, variant):
                return typed

    def _understood(self, raw: str, variant: Variant) -> Typed | None:
        screen = self.desk.screen
        answer = _in_full(raw, variant)
        reading = read(answer, variant)
        if isinstance(reading, Understood):
            return Typed(answer, reading.value)
        if not raw.strip() or variant.kind in ("choice", "claim"):
            screen.notice(f"Please {words.how(variant, keys=screen.keys)}, or ? for help.")
        else:
            screen.show(screen.views.misread(raw, reading, width=screen.width))
        return None

    def _raw(self, variant: Variant) -> str:
        screen = self.desk.screen
        try:
            if screen.keys and words.is_one_key(variant):
                return screen.key(self._ready)
            return screen.line(self._ready)
        except EOFError:
            raise Left from None

    def _ready(self) -> None:
        """Once the first prompt is on the screen there is time to start the workers."""
        if not self.desk.is_warm:
            self.desk.is_warm = True
            self.desk.compute.warm()
            if self.desk.screen.keys:
                tidy_on_termination()

    def _hint(self, variant: Variant) -> None:
        screen, number = self.desk.screen, self.session.hints
        if number >= len(variant.hints):
            screen.notice("There is no further hint.")
            return
        self._happened("hint", Planned(variant.id, variant.seed), fingerprint=variant.fingerprint)
        screen.show(screen.views.hint(variant, number, width=screen.width))

    def _graded(
        self, planned: Planned, variant: Variant, typed: Typed, result: Grade, seconds: float
    ) -> None:
        from msgspec.json import encode

        from quizkit.values.carry import to_json

        self._happened(
            "answered",
            planned,
            fingerprint=variant.fingerprint,
            raw=typed.raw,
            verdict=result.verdict,
            score=result.score,
            misconception=result.misconception,
            convention=result.convention,
            key=encode(to_json(variant.key)).decode(),
            seconds=round(seconds, 1),
        )

    def _happened(
        self, event: Event, planned: Planned, position: int | None = None, **details: Any
    ) -> None:
        """On the disk first, then in `session`."""
        answer = Answer(
            session=self.session.number,
            position=self.session.position if position is None else position,
            event=event,
            question=planned.id,
            seed=planned.seed,
            hints=self.session.hints,
            engine=quizkit.__version__,
            at=now(),
            **details,
        )
        self.desk.history.add(answer)
        self.session = after(self.session, answer)


def action_in(raw: str, variant: Variant) -> str | None:
    """`hint`, `skip`, `quit` or `help`, if the whole line says so and is no answer."""
    word = raw.strip().lower()
    action = _ACTIONS.get(word)
    if action is None or (variant.kind == "claim" and word in ("h", "s", "q")):
        return action  # claims are lettered a, b, c on the screen, so that h stays the hint
    if variant.kind == "text":  # any word can be read, and none of these is an answer
        return action
    return action if isinstance(read(raw, variant), Misread) else None


def _at_once() -> None:
    """Nothing is to be started while a mark is awaited."""


def _in_full(raw: str, variant: Variant) -> str:
    """The answer as grading takes it: the letters of a claim exist only on the screen."""
    if variant.kind != "claim":
        return raw
    letters = {letter(n): holding for n, holding in enumerate(words.HOLDINGS)}
    return letters.get(raw.strip(" ().").lower(), raw)


def with_evidence(variant: Variant, shelf: Shelf) -> Variant:
    """The variant with how its key is known, which nobody needed to ask it."""
    from quizkit.evidence import known

    entry = shelf.entry(variant.id)
    proofs, stale = known(shelf.bank_of(entry.id), entry.id.rpartition(":")[2], entry.stamp)
    return replace(variant, evidence=proofs, stale=stale)


def now() -> str:
    """The time, in UTC."""
    from datetime import UTC, datetime

    return datetime.now(UTC).isoformat(timespec="seconds")
