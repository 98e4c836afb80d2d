"""An answer as an expression, or where it cannot be read."""

from __future__ import annotations

import re

from quizkit.model import Misread, Understood
from quizkit.values.expressions.columns import is_flat
from quizkit.values.expressions.cost import bound
from quizkit.values.expressions.labels import first_equals, is_label, without_assigned
from quizkit.values.expressions.parse import parse
from quizkit.values.expressions.readings import Readings
from quizkit.values.expressions.show import show
from quizkit.values.expressions.symbols import Declared
from quizkit.values.expressions.tokens import LONGEST
from quizkit.values.expressions.tree import Node
from quizkit.values.expressions.wrapping import unwrapped
from quizkit.values.numbers import Unreadable

MOST_LABELS = 3
# `λ ∈ {1, 3}`, where only the set has a value.
_ELEMENT = re.compile(r"\s*\\?[^\W\d_]\w{0,15}\s*(?:∈|\\in(?![A-Za-z]))\s*(?=\\?[{\[(])")
# An `e` by itself, neither raised to something nor the exponent of a number.
_LONE_E = re.compile(r"(?<![\w\\.])e(?![\w'⁰¹²³⁴-⁹⁻ˣⁿᵃ-ᵿ]|\s*(?:\^|\*\*))")


def read_tree(text: str, symbols: Declared, readings: Readings | None = None) -> Node:
    """The tree that an answer stands for, of bearable cost; `Unreadable` otherwise.

    With `readings`, the ways chosen there are taken, and all others are noted in it.
    """
    if len(text) <= LONGEST and "\\" in text:
        text = unwrapped(text)
    if len(text) <= LONGEST:
        text = without_assigned(text)
    try:
        tree = parse(text, symbols, readings=readings)
    except Unreadable as unreadable:
        element = _ELEMENT.match(text) if len(text) <= LONGEST else None
        if element is not None:
            rest = " " * element.end() + text[element.end() :]
            tree = parse(rest, symbols, readings=readings)
        else:
            tree = _parse_labelled(text, symbols, unreadable, readings)
    bound(tree)
    _check_euler(text, symbols)
    return tree


def _check_euler(text: str, symbols: Declared) -> None:
    """Asks about an `e` that is no base of a power, where it may be meant for a declared epsilon."""
    if "epsilon" not in symbols or "e" in symbols:
        return
    found = _LONE_E.search(text)
    if found:
        raise Unreadable("e is Euler's number; for ε type eps or epsilon", found.start())


def _parse_labelled(
    text: str,
    symbols: Declared,
    unreadable: Unreadable,
    readings: Readings | None,
    labels: int = MOST_LABELS,
) -> Node:
    """What follows `f'(x) =` or `∂L/∂w = ∂L/∂z · ∂z/∂w =`, where the left side only names the answer.

    A left side of vectors whose elements are declared, such as `‖w‖ =`, must have the right value.
    """
    at = unreadable.position
    equals = first_equals(text) if labels and len(text) <= LONGEST else None
    if equals is None or at > equals or re.match(r"=?\s+=|==", text[equals + 1 :]):
        raise unreadable
    rest = " " * (equals + 1) + text[equals + 1 :]
    if _has_vectors(text[:equals], symbols):
        parse(rest, symbols)  # a vector may stand on the left side only
        return parse(text, symbols, with_vectors=True)
    is_factor = text[at] not in "'′’" and _is_readable(text[:at], symbols)
    if is_factor or not is_label(text[:equals]):
        raise unreadable
    try:
        return parse(rest, symbols, readings=readings)
    except Unreadable as further:
        return _parse_labelled(rest, symbols, further, readings, labels - 1)


def _has_vectors(label: str, symbols: Declared) -> bool:
    """Whether a label has a value once its vectors are known; a vector alone only names."""
    try:
        return not is_flat(parse(label, symbols, with_vectors=True))
    except Unreadable:
        return False


def _is_readable(text: str, symbols: Declared) -> bool:
    """Whether a formula stands here: before a name it would be a factor, as in `2x f(x) =`."""
    try:
        parse(text, symbols)
    except Unreadable:
        return False
    return True


def read_expression(text: str, symbols: Declared) -> Understood | Misread:
    """The answer as canonical text, which reads back to the same tree; or where reading failed."""
    try:
        return Understood(show(read_tree(text, symbols)))
    except Unreadable as unreadable:
        return unreadable.misread
