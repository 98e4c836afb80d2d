"""Short answers in words: key points covered, missed, contradicted; undecided where that is unsure."""

from __future__ import annotations

from functools import lru_cache

from quizkit.model import Grade, KeyPoint, Misread, Reading, Understood, Value, Variant
from quizkit.values.rubric.judge import Judgement, judge
from quizkit.values.rubric.points import Found, Standing, point
from quizkit.values.rubric.rubric import Rubric, rubric

LONGEST = 2_000  # characters; a sentence or two is asked for

_SAID: dict[Standing, str] = {
    "covered": "seems covered",
    "missed": "missed",
    "contradicted": "contradicted",
    "unclear": "unclear",
}
_EXTRA = "could be added"
_UNWEIGHED = "not judged"
MOST = 2  # parts of an answer that are named as not judged
_UNDECIDED = "Some of it could not be told for sure. Hold your answer against the points yourself:"


def read(raw: str, variant: Variant) -> Reading:  # noqa: ARG001 - every kind reads alike
    """The answer as typed; it must have words, and not too many."""
    if len(raw) > LONGEST:
        return Misread(f"expected at most {LONGEST:,} characters, found {len(raw):,}", LONGEST)
    if not any(char.isalpha() for char in raw):
        return Misread("expected an answer in words", len(raw.rstrip()))
    return Understood(raw)


def grade(value: Value, variant: Variant) -> Grade:
    """The share of the points that are covered; at most half where one is contradicted."""
    found = _judged(value, variant)
    lines = [_line(each, variant, str(value)) for each in found.points]
    if found.verdict == "undecided":
        lines.insert(0, _UNDECIDED)
    elif found.guard:
        lines.insert(0, f"This does not count as an answer: {found.guard}.")
    if found.verdict == "right":
        lines += [f"{_UNWEIGHED}: “{_part(span, str(value))}”" for span in found.unweighed[:MOST]]
    return Grade(verdict=found.verdict, score=found.score, feedback="\n".join(lines))


def reasons(value: Value, variant: Variant) -> list[str]:
    """What became of each point, and why some of the text does not count."""
    found = _judged(value, variant)
    steps = [
        f"{each.slug} (weight {each.weight}): {_decided(each, str(value))}" for each in found.points
    ]
    return [f"not counted: {found.guard}", *steps] if found.guard else steps


def key_text(variant: Variant) -> str:
    """A model answer."""
    return str(variant.key)


def _judged(value: Value, variant: Variant) -> Judgement:
    return judge(str(value), _compiled(variant.points, variant.ask))


@lru_cache(maxsize=256)
def _compiled(points: tuple[KeyPoint, ...], ask: str) -> Rubric:
    compiled = [
        point(
            each.slug,
            each.weight,
            each.accept,
            each.contradict,
            each.says,
            is_optional=each.optional,
        )
        for each in points
    ]
    return rubric(compiled, ask)


def _line(found: Found, variant: Variant, answer: str) -> str:
    says = {each.slug: each.says for each in variant.points}[found.slug]
    is_extra = found.is_optional and found.standing in ("missed", "unclear")
    line = f"{_EXTRA if is_extra else _SAID[found.standing]}: {says}"
    return (
        f"{line} You wrote: “{_quote(found, answer)}”."
        if found.standing == "contradicted"
        else line
    )


def _decided(found: Found, answer: str) -> str:
    quote = _quote(found, answer)
    return f"{found.standing} by “{quote}”" if quote else found.standing


def _quote(found: Found, answer: str) -> str:
    return _part(found.span, answer) if found.span else ""


def _part(span: tuple[int, int], answer: str) -> str:
    start, end = span
    return " ".join(answer[start:end].split())
