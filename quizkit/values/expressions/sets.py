"""Sets, lists of solutions, and what stands for an interval."""

from __future__ import annotations

from quizkit.values.expressions.decide import Decision, compare_sets, compare_values, equivalent
from quizkit.values.expressions.evaluate import INFINITY, MINUS_INFINITY
from quizkit.values.expressions.relations import is_relation, solved
from quizkit.values.expressions.symbols import Declared
from quizkit.values.expressions.tree import BRACKETS, Call, Name, Node, call, free_names
from quizkit.values.expressions.unions import compare_unions, intervals

_HALF_OPEN = ("[)", "(]")


def is_collection(node: Node) -> bool:
    """Whether the node is a set, a list of solutions, an interval or a union."""
    return isinstance(node, Call) and (
        node.function in ("set", "list", "∪", "∖", *_HALF_OPEN) or _is_unbounded(node)
    )


def _is_unbounded(node: Call) -> bool:
    ends = (INFINITY, MINUS_INFINITY)
    return node.function in BRACKETS and any(each in ends for each in node.arguments)


def compare_collections(answer: Node, key: Node, symbols: Declared, seed: str) -> Decision:
    """Sets without regard to order; intervals end by end."""
    assert isinstance(answer, Call) or isinstance(key, Call)
    if _is_interval(key) or (_is_interval(answer) and intervals(key)):
        return compare_unions(answer, key, symbols, seed)
    items = _items(answer)
    wanted = _items(key)
    if not is_collection(key) and not (isinstance(key, Call) and key.function in BRACKETS):
        return Decision("wrong", "one value is expected, not several")
    if isinstance(answer, Call) and answer.function == "set" and not _may_be_set(key):
        return Decision("wrong", "the order matters: a vector is expected, not a set")
    if isinstance(key, Call) and key.function == "set" and _is_bracketed(answer):
        return Decision("wrong", "a set is expected, in braces; these brackets say something else")
    if items is None or wanted is None:
        return Decision("wrong", "a set or list is expected" if items is None else "not a set")
    if isinstance(key, Call) and key.function in ("[]", "()"):
        return compare_values(Call("[]", items), key, symbols, seed)
    return _compare_sets(items, wanted, symbols, seed)


def as_conditions(answer: Node, key: Node, *, is_interval: bool) -> tuple[Node, Node]:
    """An interval beside a condition on one symbol is the condition that the symbol lies in it."""
    if is_relation(key) and _is_range(answer):
        return _condition(answer, key), key
    if is_relation(answer) and (is_interval or _is_interval(key)) and _is_range(key):
        return answer, _condition(key, answer)
    return answer, key


def _is_bracketed(node: Node) -> bool:
    """Whether brackets make the answer a vector or an interval."""
    return isinstance(node, Call) and node.function in BRACKETS


def _is_range(node: Node) -> bool:
    return isinstance(node, Call) and (
        node.function in ("∪", "∖") or (node.function in BRACKETS and len(node.arguments) == 2)
    )


def _condition(interval: Node, beside: Node) -> Node:
    names = free_names(beside) - free_names(interval)
    return call("in", Name(min(names)), interval) if len(names) == 1 else interval


def _items(node: Node) -> tuple[Node, ...] | None:
    """What a set, list or vector holds; a bare value counts as one."""
    if isinstance(node, Call) and node.function in ("set", "list", "[]", "()"):
        return node.arguments
    return (
        solved(node) if isinstance(node, Call) and node.function in ("or", "=", "in") else (node,)
    )


def _is_interval(node: Node) -> bool:
    return isinstance(node, Call) and (
        node.function in ("∪", "∖", *_HALF_OPEN)
        or (_is_unbounded(node) and len(node.arguments) == 2)
    )


def _compare_sets(
    items: tuple[Node, ...], wanted: tuple[Node, ...], symbols: Declared, seed: str
) -> Decision:
    """Each item must be one of the key's, and each of the key's must be there; which, may vary: {x, -x}."""
    verdicts = set()
    for ones, others, told in ((items, wanted, "too much"), (wanted, items, "missing")):
        for one in ones:
            found = {equivalent(one, other, symbols, seed=seed).verdict for other in others}
            if found & {"right", "sampled"}:
                verdicts.add("right" if "right" in found else "sampled")
            elif "undecided" in found:
                verdicts.add("undecided")
            else:
                from quizkit.values.expressions.show import show

                at_points = compare_sets(items, wanted, symbols, seed)
                is_wrong = at_points.verdict == "wrong"
                return Decision("wrong", f"{show(one)} is {told}") if is_wrong else at_points
    for verdict in ("undecided", "sampled"):
        if verdict in verdicts:
            return Decision(verdict, "element by element")
    return Decision("right", "element by element")


def _may_be_set(key: Node) -> bool:
    return isinstance(key, Call) and key.function in ("set", "list")
