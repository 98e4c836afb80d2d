"""An answer as an expression, or where it cannot be read."""

from __future__ import annotations

import re

from quizkit.model import Misread, Understood
from quizkit.values.expressions.cost import bound
from quizkit.values.expressions.parse import parse
from quizkit.values.expressions.show import show
from quizkit.values.expressions.symbols import Declared
from quizkit.values.expressions.tokens import LONGEST
from quizkit.values.expressions.tree import Node
from quizkit.values.numbers import Unreadable

# Letters, primes, brackets and a fraction bar before the only equals sign.
_LABEL = r"[^\d<>=≤≥≠+*·^\[\]-]{0,60}=(?![^=]*=)"


def read_tree(text: str, symbols: Declared) -> Node:
    """The tree that an answer stands for, of bearable cost; `Unreadable` otherwise."""
    try:
        tree = parse(text, symbols)
    except Unreadable as unreadable:
        tree = _parse_labelled(text, symbols, unreadable)
    bound(tree)
    return tree


def _parse_labelled(text: str, symbols: Declared, unreadable: Unreadable) -> Node:
    """What follows `f'(x) =` or `∂L/∂w =`, where the left side only names the answer."""
    label = re.match(_LABEL, text[:LONGEST]) if unreadable.misread.position < len(text) else None
    if label is None or unreadable.misread.position >= label.end():
        raise unreadable
    return parse(" " * label.end() + text[label.end() :], symbols)


def read_expression(text: str, symbols: Declared) -> Understood | Misread:
    """The answer as canonical text, which reads back to the same tree; or where reading failed."""
    try:
        return Understood(show(read_tree(text, symbols)))
    except Unreadable as unreadable:
        return unreadable.misread
