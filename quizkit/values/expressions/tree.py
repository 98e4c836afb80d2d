"""Expressions as trees of three frozen nodes; operators and brackets are calls with a sign as name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from msgspec import Struct


class Number(Struct, frozen=True):
    """An exact number; `is_decimal` says how it was written."""

    value: Fraction
    is_decimal: bool = False


class Name(Struct, frozen=True):
    """A declared symbol, a bound index, or a constant such as `pi`."""

    name: str


class Call(Struct, frozen=True):
    """A function, operator, relation or bracket applied to its arguments."""

    function: str
    arguments: tuple[Node, ...]


Node = Number | Name | Call

CONSTANTS = ("pi", "e", "inf")
RELATIONS = ("=", "≠", "<", "≤", ">", "≥")
BRACKETS = ("[]", "()", "[)", "(]")
LISTS = (*BRACKETS, "set", "list")
# These are (body, index, from, to); the index is bound in the body.
BINDERS = ("sum over", "prod over", "max over", "min over")
# A slash after a function without brackets, as in `cos πt/T`, which can be read in two ways.
BARE = "∕"
# How many there are, where a sum does not say.
COUNT = "#"


# The identity matrix, of the size of the others.
IDENTITY = Call("identity", ())
EYES = ("eye", "identity")


def table(words: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(words.split())


def call(function: str, *arguments: Node) -> Call:
    """`call("+", x, y)`."""
    return Call(function, arguments)


def number(value: int | Fraction) -> Number:
    """An exact number as a node."""
    return Number(Fraction(value))


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it."""
    yield node
    if isinstance(node, Call):
        for argument in node.arguments:
            yield from walk(argument)


def rebuilt(node: Node, change: Callable[[Node], Node]) -> Node:
    """The tree with every node changed, from the leaves up."""
    if isinstance(node, Call):
        node = Call(node.function, tuple(rebuilt(each, change) for each in node.arguments))
    return change(node)


def free_names(node: Node, bound: frozenset[str] = frozenset()) -> set[str]:
    """The names that a value is needed for: neither constants nor bound indices."""
    if isinstance(node, Name):
        return {node.name} - bound - set(CONSTANTS)
    if not isinstance(node, Call):
        return set()
    if node.function in BINDERS:
        body, index, *ends = node.arguments
        assert isinstance(index, Name)
        inner = free_names(body, bound | {index.name})
        return inner.union(*(free_names(end, bound) for end in ends))
    return set().union(*(free_names(argument, bound) for argument in node.arguments))
