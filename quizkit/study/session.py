"""Where a session stands: a value, and functions that give the next one."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from quizkit.study.history import OUTCOMES, Answer, Planned, Stored


class Outcome(Struct, frozen=True, kw_only=True):
    """What became of one question: answered with a verdict, skipped, or passed over."""

    id: str
    seed: int
    event: str
    verdict: str | None = None
    score: float = 0.0
    misconception: str | None = None
    convention: str | None = None
    hints: int = 0
    graded: str | None = None  # the program's verdict, where the learner's own mark replaced it


class Session(Struct, frozen=True, kw_only=True):
    """A plan, what became of its first questions, and the hints shown for the present one."""

    number: int
    seed: int
    plan: tuple[Planned, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    hints: int = 0
    fingerprint: str = ""  # of the question on the screen, so that an edit is noticed

    @property
    def position(self) -> int:
        """How many questions are done with."""
        return len(self.outcomes)

    @property
    def current(self) -> Planned | None:
        """The question that is to be answered now, or None at the end."""
        return self.plan[self.position] if self.position < len(self.plan) else None


class TopicScore(Struct, frozen=True):
    """What was reached in a topic, out of how many answered questions."""

    topic: str
    score: float
    answered: int


class Summary(Struct, frozen=True, kw_only=True):
    """What a session came to; `again` are the ids worth another look, in the order asked."""

    score: float
    answered: int
    skipped: int
    passed: int
    hints: int
    topics: tuple[TopicScore, ...]
    mistakes: tuple[tuple[str, str], ...]  # (id, name of the misconception)
    again: tuple[str, ...]
    conventions: tuple[tuple[str, str], ...] = ()  # (id, name of another one, which is no mistake)
    marked: int = 0  # answers that the learner judged otherwise than the program


def extended(session: Session, planned: Planned) -> Session:
    """One more question at the end of the plan."""
    return replace(session, plan=(*session.plan, planned))


def shown(session: Session, fingerprint: str) -> Session:
    """The present question is on the screen; after an edit, without its earlier hints."""
    same = fingerprint == session.fingerprint
    return replace(session, fingerprint=fingerprint, hints=session.hints if same else 0)


def hinted(session: Session) -> Session:
    """One more hint was shown."""
    return replace(session, hints=session.hints + 1)


def settled(session: Session, outcome: Outcome) -> Session:
    """On to the next question."""
    return replace(session, outcomes=(*session.outcomes, outcome), hints=0, fingerprint="")


def marked(session: Session, position: int, verdict: str | None, score: float) -> Session:
    """The learner's own mark counts from now on; the program's verdict is kept beside it."""
    if not 0 <= position < session.position or session.outcomes[position].event != "answered":
        return session
    old = session.outcomes[position]
    new = replace(old, verdict=verdict, score=score, graded=old.graded or old.verdict)
    before, behind = session.outcomes[:position], session.outcomes[position + 1 :]
    return replace(session, outcomes=(*before, new, *behind))


def after(session: Session, event: Answer) -> Session:
    """The session once an event has happened."""
    if event.event == "shown":
        return shown(session, event.fingerprint)
    if event.event == "hint":
        return hinted(session)
    if event.event == "marked":
        return marked(session, event.position, event.verdict, event.score or 0.0)
    return settled(session, outcome_of(event)) if event.event in OUTCOMES else session


def resumed(stored: Stored, events: Iterable[Answer]) -> Session:
    """The session as its events left it."""
    session = Session(number=stored.id, seed=stored.seed, plan=stored.plan)
    for event in events:
        session = after(session, event)
    return session


def outcome_of(answer: Answer) -> Outcome:
    """What an event of the history says of its question."""
    return Outcome(
        id=answer.question,
        seed=answer.seed,
        event=answer.event,
        verdict=answer.verdict,
        score=answer.score or 0.0,
        misconception=answer.misconception,
        convention=answer.convention,
        hints=answer.hints,
    )


def summary(session: Session) -> Summary:
    """Score, topics, named mistakes and what to look at again. Only answered questions count."""
    outcomes = session.outcomes
    answered = [outcome for outcome in outcomes if outcome.event == "answered"]
    missed = [outcome for outcome in answered if outcome.verdict != "right"]
    conventions = [(o.id, o.convention) for o in missed]
    # Where a convention is named, the work was right: it is no mistake.
    mistakes = [(o.id, None if o.convention else o.misconception) for o in missed]
    unsure = [o.id for o in outcomes if o.event != "passed" and o.verdict != "right"]
    return Summary(
        score=sum(outcome.score for outcome in answered),
        answered=len(answered),
        skipped=sum(outcome.event == "skipped" for outcome in outcomes),
        passed=sum(outcome.event == "passed" for outcome in outcomes),
        hints=sum(outcome.hints for outcome in outcomes),
        topics=_topics(answered),
        mistakes=_names(mistakes),
        conventions=_names(conventions),
        again=tuple(dict.fromkeys(unsure)),
        marked=sum(o.graded not in (None, o.verdict) for o in outcomes),
    )


def _names(found: list[tuple[str, str | None]]) -> tuple[tuple[str, str], ...]:
    """Each id with its name once, where there is a name."""
    return tuple(dict.fromkeys((id_, name) for id_, name in found if name))


def topic_of(id_: str) -> str:
    """`convolution` of `convolution/same-padding`; a foreign bank's name stays before it."""
    return id_.rpartition("/")[0]


def _topics(answered: list[Outcome]) -> tuple[TopicScore, ...]:
    scores: dict[str, list[float]] = {}
    for outcome in answered:
        scores.setdefault(topic_of(outcome.id), []).append(outcome.score)
    return tuple(TopicScore(topic, sum(got), len(got)) for topic, got in sorted(scores.items()))
