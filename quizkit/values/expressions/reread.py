"""An answer that is not right as it is read: what it would be, read otherwise, or what may be meant.

Only where another way to read it is right is the learner asked; blanks that part elements, Python's
range and a dot between vectors are taken at once where they are right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import chain, islice

from quizkit.model import Misread, Understood
from quizkit.values.expressions.cost import operations
from quizkit.values.expressions.read import read_tree
from quizkit.values.expressions.readings import BLANKS, PLAIN_WAYS, Readings, together
from quizkit.values.expressions.show import show, show_apart
from quizkit.values.expressions.symbols import Declared, split_index
from quizkit.values.expressions.tree import BRACKETS, Call, Name, Node, free_names, table, walk
from quizkit.values.numbers import Unreadable

MOST_WAYS = 60
MOST_NODES = 4_000  # of all other trees together
MOST_OPERATIONS = 8_000  # of the same, at one point each
_FOLDS = table("sum prod max min mean norm softmax logsoftmax logsumexp dot @ transpose index all")

IsRight = Callable[[Node], bool]


def reread(
    text: str, symbols: Declared, key: Node, is_right: IsRight
) -> Understood | Misread | None:
    """The answer read otherwise, or what to ask; None where it stays as it is read."""
    try:
        readings = Readings()
        tree = read_tree(text, symbols, readings)
    except Unreadable as unreadable:
        return unreadable.misread
    parts = _parts_of_names(tree, key, symbols)
    if not (readings.found or parts) or is_right(tree):
        return None
    found = _otherwise(text, symbols, tree, readings, is_right)
    if found is None and parts:
        found = _not_declared(text, *parts[0])
    if found is None and BLANKS in readings.found:
        found = _with_blanks(text, symbols, tree, key)
    return found


def _otherwise(
    text: str, symbols: Declared, tree: Node, readings: Readings, is_right: IsRight
) -> Understood | Misread | None:
    """The first other way to read the answer that is right."""
    for chosen, other in _trees(text, symbols, tree, readings):
        if not is_right(other):
            continue
        asked = [place for place, way in chosen.items() if way not in PLAIN_WAYS]
        if not asked:
            return Understood(show(other))
        told = f"{show_apart(tree)} or {show_apart(other)}"
        return Misread(f"without brackets it can be read as {told}; put brackets", min(asked))
    return None


def _trees(
    text: str, symbols: Declared, tree: Node, readings: Readings
) -> Iterator[tuple[dict[int, str], Node]]:
    """Other trees with the ways chosen, none twice, as many as can be compared in short time."""
    seen, spent, distinct = {tree}, 0.0, list[tuple[int, str]]()
    single = ({place: way} for place, way in readings.single())
    several = together(distinct)  # which is asked for its first once all single ones are known
    most = min(MOST_WAYS, MOST_NODES // sum(1 for _ in walk(tree)))
    for chosen in islice(chain(single, several), most):
        try:
            other = read_tree(text, symbols, Readings(chosen))
        except Unreadable:
            continue
        if other in seen:
            continue
        seen.add(other)
        if len(chosen) == 1:
            distinct += chosen.items()
        spent += operations(other)
        if spent > MOST_OPERATIONS:
            return
        yield chosen, other


def _with_blanks(text: str, symbols: Declared, tree: Node, key: Node) -> Understood | None:
    """Elements parted by blanks, where the key has as many and the answer has fewer otherwise."""
    if not _is_vector(key) or not _is_vector(tree) or len(tree.arguments) == len(key.arguments):  # type: ignore[union-attr]
        return None
    try:
        other = read_tree(text, symbols, Readings({BLANKS: "blanks"}))
    except Unreadable:
        return None
    is_as_long = _is_vector(other) and len(other.arguments) == len(key.arguments)  # type: ignore[union-attr]
    return Understood(show(other)) if is_as_long else None


def _is_vector(node: Node) -> bool:
    return isinstance(node, Call) and node.function in BRACKETS


# --- Letters that are only part of a declared name ------------------------------------------------


def _parts_of_names(tree: Node, key: Node, symbols: Declared) -> list[tuple[str, str]]:
    """The letters d and k with the name d_k, where that is declared and the key has no use for them."""
    indexed = [(name, found) for name in sorted(symbols) if (found := split_index(name))]
    if not indexed:
        return []
    own, wanted = _letters(tree), _letters(key)
    return [
        (letter, name)
        for name, (base, places) in indexed
        for letter in (base, *places)
        if letter in own - wanted and letter not in symbols
    ]


def _letters(tree: Node) -> set[str]:
    """The families of which all elements stand side by side, and the indices outside of subscripts."""
    if isinstance(tree, Name):
        return free_names(tree)
    if not isinstance(tree, Call):
        return set()
    if tree.function == "all":
        return free_names(tree.arguments[0])
    if tree.function == "index":
        return set()
    inner = set().union(*map(_letters, tree.arguments))
    if tree.function.endswith(" over"):
        return inner - free_names(tree.arguments[1])
    if tree.function in _FOLDS:
        families = (
            node for node in walk(tree) if isinstance(node, Call) and node.function == "all"
        )
        return inner.difference(*(free_names(family.arguments[0]) for family in families))
    return inner


def _not_declared(text: str, letter: str, name: str) -> Misread:
    """What to say of a letter that is declared only as part of a name."""
    found = re.search(rf"(?<![A-Za-z\\_]){re.escape(letter)}(?![A-Za-z_'])", text)
    problem = f"expected {name}, found {letter}; did you mean {name!r}?"
    return Misread(problem, found.start() if found else 0)
