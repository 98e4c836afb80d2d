"""Which functions, and which other questions, a question names."""

from __future__ import annotations

from typing import Any

from quizkit.model import AnyQuestion, ChoiceQuestion, PartsQuestion, TextQuestion, Typed


def functions_to_ask(question: AnyQuestion) -> set[str]:
    """What must run before the question can be shown and graded: its key, mistakes and steps.

    Written options, orders, pairs and claims have a stated key: `verify` alone runs their solvers.
    """
    names = set(question.steps.values())
    if isinstance(question, Typed) or is_computed_choice(question):
        names |= _mistakes(question)
        if question.solver is not None:
            names.add(question.solver)
    if isinstance(question, PartsQuestion):
        names |= set(steps_of(question).values()) | _mistakes(question)
    return names


def steps_of(question: AnyQuestion) -> dict[str, str]:
    """The solvers of intermediate values by name: of `steps`, and of parts (by slug)."""
    if isinstance(question, PartsQuestion):
        return question.steps | {slug: part.solver for slug, part in question.parts.items()}
    return question.steps


def functions_of(question: AnyQuestion) -> set[str]:
    """Every function that the question names, as the bank's index knows it."""
    names = set(steps_of(question).values()) | _mistakes(question)
    return names | ({question.solver} if question.solver is not None else set())


def rests_on(question: AnyQuestion) -> tuple[str, ...]:
    """The ids of the questions on whose computed keys a text's points rest, each once."""
    if not isinstance(question, TextQuestion):
        return ()
    return tuple(dict.fromkeys(id_ for point in question.points.values() for id_ in point.rests_on))


def is_computed_choice(question: AnyQuestion) -> bool:
    """Whether the options are values: the key and the misconceptions."""
    return isinstance(question, ChoiceQuestion) and not question.options


def _mistakes(question: AnyQuestion) -> set[str]:
    owners: list[Any] = [question] if isinstance(question, ChoiceQuestion | Typed) else []
    if isinstance(question, PartsQuestion):
        owners = list(question.parts.values())
    named = (mistake.mistake for owner in owners for mistake in owner.misconceptions.values())
    return {f"mistakes.{name}" for name in named if name is not None}
