"""What a rubric must keep: points that can be told apart, phrasings that say something, tests of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from quizkit.model import Point, TextQuestion

if TYPE_CHECKING:
    from quizkit.bank.source import Path

    Finding = tuple[Path, str]

MAX_POINTS = 6
# The question's own tests: three that are right, two that are partly, three that are not right.
TESTS = {"accept": 3, "partly": 2, "reject": 3}


def problems(question: TextQuestion) -> Iterator[Finding]:
    """Each fault of a rubric, and where it stands."""
    if not 1 <= len(question.points) <= MAX_POINTS:
        yield ("points",), f"expected 1 to {MAX_POINTS} points, found {len(question.points)}"
    if all(point.optional for point in question.points.values()):
        yield ("points",), "expected a point that is not optional"
    for name in ("solver", "convention", "given", "steps"):
        if getattr(question, name):
            yield (name,), "has no meaning for text"
    for slug, point in question.points.items():
        for path, message in _of_point(point):
            yield ("points", slug, *path), message
    for name, least in TESTS.items():
        tests = getattr(question, name)
        if len(set(tests)) < least:
            message = f"expected at least {least} different answers, found {len(set(tests))}"
            yield (name,), f"{message}; verify grades them"


def _of_point(point: Point) -> Iterator[Finding]:
    from quizkit.values.rubric.phrasings import compiled

    if not point.accept:
        yield ("accept",), "expected at least one phrasing"
    for name in ("accept", "contradict"):
        for index, text in enumerate(getattr(point, name)):
            try:
                compiled(text)
            except ValueError as error:
                yield (name, index), f"{text!r}: {error}"
    yield from _contradictory(point)


def _contradictory(point: Point) -> Iterator[Finding]:
    """Phrasings that are accepted and contradict, or that contradict each other."""
    from quizkit.values.rubric.phrasings import compiled

    accepted = {_slots(text): text for text in point.accept if _is_readable(text)}
    for index, text in enumerate(point.contradict):
        if _is_readable(text) and (other := accepted.get(_slots(text))):
            yield ("contradict", index), f"{text!r} says what accept says as {other!r}"
    for index, text in enumerate(point.accept):
        if _is_readable(text) and _turns_on_itself(compiled(text)[0].slots):
            yield ("accept", index), f"{text!r} demands one word with and without a negation"


def _slots(text: str) -> frozenset[tuple[frozenset[str], int]]:
    from quizkit.values.rubric.phrasings import compiled

    return frozenset((slot.stems, slot.sign) for slot in compiled(text)[0].slots)


def _turns_on_itself(slots: tuple[object, ...]) -> bool:
    """Whether the same word is demanded once with and once against a direction."""
    signs: dict[frozenset[str], set[int]] = {}
    for slot in slots:
        signs.setdefault(slot.stems, set()).add(slot.sign)  # type: ignore[attr-defined]
    return any({1, -1} <= each or {0, -1} <= each for each in signs.values())


def _is_readable(text: str) -> bool:
    from quizkit.values.rubric.phrasings import compiled

    try:
        compiled(text)
    except ValueError:
        return False
    return True
