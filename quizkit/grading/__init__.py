"""What an answer is read into, what it is worth, and what the learner is told; all of it pure."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from msgspec.structs import replace

from quizkit.grading.guard import within_time
from quizkit.model import Grade, Misread, Reading, Value, Variant

if TYPE_CHECKING:
    from quizkit.diagnosis import Compute

LONGEST = 10_000
NOT_READ_IN_TIME = "the answer could not be read in time; write it shorter, or in a simpler form"
NOT_JUDGED_IN_TIME = (
    "It could not be told in time whether this is right; write it shorter, or in a simpler form."
)

# Imported when a question of the kind is met, not before.
_MODULES = {
    "choice": "choice",
    "claim": "choice",
    "multi": "multi",
    "number": "number",
    "shape": "shape",
    "array": "array",
    "order": "order",
    "match": "match",
    "parts": "parts",
    "einsum": "einsum",
    "dtype": "dtype",
    "complexity": "complexity",
    "text": "text",
    "expression": "expression",
}


# Kinds whose grade may ask solvers: what follows from an earlier error, or from a slip.
_COMPUTING = ("number", "shape", "array", "parts", "expression")


class Kind(Protocol):
    """What the module of a kind offers."""

    def read(self, raw: str, variant: Variant) -> Reading:
        """The value typed, or where it cannot be read."""

    def grade(self, value: Value, variant: Variant) -> Grade:
        """What the value is worth, without evidence."""

    def key_text(self, variant: Variant) -> str:
        """The key as people read it."""


class Computing(Protocol):
    """The same of a kind that may ask solvers."""

    def grade(self, value: Value, variant: Variant, compute: Compute | None) -> Grade:
        """What the value is worth, without evidence."""


def read(raw: str, variant: Variant) -> Reading:
    """The answer typed, understood or misread; a misread one is asked again, never graded."""
    if len(raw) > LONGEST:
        problem = f"expected at most {LONGEST:,} characters, found {len(raw):,}"
        return Misread(problem, LONGEST)
    reading = within_time(_kind(variant).read, raw, variant)
    return Misread(NOT_READ_IN_TIME, 0) if reading is None else reading


def grade(value: Value, variant: Variant, compute: Compute | None = None) -> Grade:
    """What an answer that was read is worth, with the evidence for its key.

    With `compute`, an error in one part of a question is carried forward into later ones, and the
    slip in the solver's formula that gives a wrong answer is named.
    """
    kind = _kind(variant)
    if variant.kind in _COMPUTING:
        found = within_time(cast(Computing, kind).grade, value, variant, compute)
    else:
        found = within_time(kind.grade, value, variant)
    if found is None:
        found = Grade(verdict="undecided", score=0.0, feedback=NOT_JUDGED_IN_TIME)
    return replace(found, evidence=variant.evidence) if variant.evidence else found


def reasons(value: Value, variant: Variant) -> list[str]:
    """What a kind says of its own decision, step by step; its feedback where it says no more."""
    kind = _kind(variant)
    if not hasattr(kind, "reasons"):
        return [grade(value, variant).feedback]
    found = within_time(kind.reasons, value, variant)
    return [NOT_JUDGED_IN_TIME] if found is None else list(found)


def key_text(variant: Variant) -> str:
    """The key as people read it."""
    return _kind(variant).key_text(variant)


def is_typed(kind: str) -> bool:
    """Whether answers of this kind are typed as a line; others are given by one key."""
    return kind not in ("choice", "claim")


def _kind(variant: Variant) -> Kind:
    return _module(variant.kind)


@cache
def _module(kind: str) -> Kind:
    return cast(Kind, import_module(f"quizkit.grading.{_MODULES[kind]}"))
