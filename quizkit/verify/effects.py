"""The smallest effect of interest of an experiment, as the bank declares it."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from quizkit.bank.bank import Bank
    from quizkit.bank.index import Function

# "Smallest effect: ln 1.2", "Smallest effect of interest: above 0.9": an experiment's own words.
_OWN = re.compile(
    r"Smallest effect(?: of interest)?: (?:above |below )?(ln )?([-−]?\d+(?:\.\d+)?(?:e-?\d+)?)"
)
_ALIKE = 1e-3  # claims write ln 1.2 as 0.1823


class Effect(Struct, frozen=True):
    """A bound, and the claim that judges by it, or the experiment that names it."""

    above: float
    by: str


def declared(bank: Bank, function: Function) -> list[Effect]:
    """The bounds by which the bank's claims judge an experiment, and the one that it names itself."""
    from quizkit.model import ClaimQuestion

    found = []
    for row in bank.rows():
        if row.kind != "claim":
            continue
        question = bank.entry(row.id.removeprefix(bank.prefix)).question
        if not isinstance(question, ClaimQuestion) or question.solver != function.name:
            continue
        expect = question.expect
        bound = None if expect is None else expect.below if expect.above is None else expect.above
        if isinstance(bound, int | float):
            found.append(Effect(float(bound), row.id))
    own = own_words(function.doc)
    return found if own is None else [*found, Effect(own, function.name)]


def own_words(doc: str) -> float | None:
    """The smallest effect of interest that an experiment's docstring names."""
    found = _OWN.search(" ".join(doc.split()))
    if found is None:
        return None
    number = float(found[2].replace("−", "-"))
    if not found[1]:
        return number
    return math.log(number) if number > 0 else None


def agreed(effects: Sequence[Effect]) -> float | None:
    """The bound where all declare the same one, to three figures; else none."""
    if not effects:
        return None
    bound = effects[0].above
    alike = (math.isclose(bound, each.above, rel_tol=_ALIKE) for each in effects)
    return bound if all(alike) else None
