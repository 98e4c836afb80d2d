"""What follows from a question alone: whether it varies, what it orders, how its parts are called."""

from __future__ import annotations

from quizkit.model import Domain, Question


def varies(question: Question) -> bool:
    """Whether some parameter is drawn afresh for each seed."""
    return any(isinstance(value, Domain) for value in question.given.values())


def closure(chains: tuple[tuple[str, ...], ...]) -> set[tuple[str, str]]:
    """All pairs (a, b) with a before b that the chains imply."""
    pairs = {(a, b) for chain in chains for i, a in enumerate(chain) for b in chain[i + 1 :]}
    while True:
        more = {(a, d) for a, b in pairs for c, d in pairs if b == c} - pairs
        if not more:
            return pairs
        pairs |= more


def name_of(slug: str) -> str:
    """What a part is called in a text: `{{new_weight}}` is the part `new-weight`."""
    return slug.replace("-", "_")
