"""Changes stated keys to plausible other values: `verify` is worth what it catches of these."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from msgspec.structs import replace

from quizkit.model import (
    AnyQuestion,
    ChoiceQuestion,
    ClaimQuestion,
    MatchQuestion,
    MultiQuestion,
    OrderQuestion,
    Part,
    PartsQuestion,
    Question,
    TextQuestion,
    Typed,
)
from quizkit.values.tolerance import margin, read_tolerance
from quizkit.variant import stated


def tampered(question: AnyQuestion) -> Iterator[tuple[str, AnyQuestion]]:
    """The question with one stated key changed, for each of its keys, and what was changed."""
    if isinstance(question, MultiQuestion):
        yield from _multi(question)
    elif isinstance(question, OrderQuestion):
        yield from _order(question)
    elif isinstance(question, MatchQuestion):
        yield from _match(question)
    elif isinstance(question, ClaimQuestion):
        yield from _claim(question)
    elif isinstance(question, PartsQuestion):
        yield from _parts(question)
    elif isinstance(question, TextQuestion):
        yield from _text(question)
    else:
        yield from _stated(question)


def _stated(question: Typed | ChoiceQuestion) -> Iterator[tuple[str, Any]]:
    if question.answer is not None:
        if isinstance(question, ChoiceQuestion) and question.options:
            for slug in question.options:
                if slug != question.answer:
                    yield f"answer: {slug}", replace(question, answer=slug)
            return
        yield "answer", replace(question, answer=moved(question, question.answer))
    for index, example in enumerate(question.examples):
        other = replace(example, answer=moved(question, example.answer))
        examples = (*question.examples[:index], other, *question.examples[index + 1 :])
        yield f"example {index + 1}", replace(question, examples=examples)


def moved(question: Question, answer: Any) -> Any:
    """An answer a little off: by one for whole numbers, just beyond the tolerance for others."""
    if isinstance(answer, list):
        return [*answer[:-1], moved(question, answer[-1])]
    if isinstance(answer, bool):
        return not answer
    value: Any = stated(question, answer)
    if isinstance(value, str):
        return value + "?"
    tolerance = read_tolerance(getattr(question, "within", None), getattr(question, "unit", None))
    step = margin(value, tolerance) * 2
    if step == 0:
        step = Fraction(1)
    return (
        float(Fraction(value) + step) if not isinstance(value, int) else value + max(1, int(step))
    )


def _parts(question: PartsQuestion) -> Iterator[tuple[str, Any]]:
    """Each value of each list of stated values."""
    for at, part in enumerate(question.parts.values()):
        if question.answer is not None:
            answer = [*question.answer]
            answer[at] = _moved_by(answer[at], part)
            yield f"answer {at + 1}", replace(question, answer=answer)
        for index, example in enumerate(question.examples):
            values: Any = list(example.answer)  # type: ignore[arg-type]
            values[at] = _moved_by(values[at], part)
            other = replace(example, answer=values)
            examples = (*question.examples[:index], other, *question.examples[index + 1 :])
            yield f"example {index + 1}, part {at + 1}", replace(question, examples=examples)


def _moved_by(value: Any, part: Part) -> Any:
    if isinstance(value, list):
        return [*value[:-1], _moved_by(value[-1], part)]
    step = margin(value, read_tolerance(part.within, part.unit)) * 2 or Fraction(1)
    return value + max(1, int(step)) if isinstance(value, int) else float(Fraction(value) + step)


def _text(question: TextQuestion) -> Iterator[tuple[str, Any]]:
    """What a point accepts and what contradicts it, each in the other's place."""
    for slug, point in question.points.items():
        if point.contradict:
            turned = replace(point, accept=point.contradict, contradict=point.accept)
            yield (
                f"{slug} turned round",
                replace(question, points={**question.points, slug: turned}),
            )


def _multi(question: MultiQuestion) -> Iterator[tuple[str, Any]]:
    for slug in question.options:
        changed = set(question.answer) ^ {slug}
        yield f"answer: {slug} turned round", replace(question, answer=tuple(sorted(changed)))


def _order(question: OrderQuestion) -> Iterator[tuple[str, Any]]:
    for index, chain in enumerate(question.before):
        swapped = (chain[1], chain[0], *chain[2:])
        before = (*question.before[:index], swapped, *question.before[index + 1 :])
        yield f"chain {index + 1}", replace(question, before=before)


def _match(question: MatchQuestion) -> Iterator[tuple[str, Any]]:
    slugs = list(question.pairs)
    for one, other in itertools.pairwise(slugs):
        pairs = dict(question.pairs)
        if pairs[one].right == pairs[other].right:
            continue
        pairs[one] = replace(question.pairs[one], right=question.pairs[other].right)
        pairs[other] = replace(question.pairs[other], right=question.pairs[one].right)
        yield f"{one} and {other} swapped", replace(question, pairs=pairs)


def _claim(question: ClaimQuestion) -> Iterator[tuple[str, Any]]:
    if question.answer == "depends":
        for index, case in enumerate(question.cases):
            verdict = "fails" if case.verdict == "holds" else "holds"
            cases = list(question.cases)
            cases[index] = replace(case, verdict=verdict)
            yield f"case {index + 1}", replace(question, cases=tuple(cases))
        return
    other = "fails" if question.answer == "holds" else "holds"
    yield f"answer: {other}", replace(question, answer=other)
