"""Whether two values are the same answer, as their kind has it."""

from __future__ import annotations

from typing import Any

from quizkit.values.numbers import Unreadable
from quizkit.values.tolerance import Tolerance, agrees

_WRITTEN = ("einsum", "dtype", "complexity", "expression")


def same(
    kind: str,
    one: Any,
    other: Any,
    tolerance: Tolerance | None = None,
    symbols: Any = (),
) -> bool:
    """Formulas by value, bounds by growth, subscripts up to their letters, all else by the tolerance."""
    try:
        if kind in _WRITTEN:
            return _is_same_text(kind, str(one), str(other), symbols)
        if kind == "shape" and symbols and isinstance(one, tuple) and isinstance(other, tuple):
            from quizkit.values.sizes import simplified

            return simplified(one, symbols) == simplified(other, symbols)
    except Unreadable:
        return False
    return agrees(one, other, tolerance)


def unreadable(kind: str, value: Any, symbols: Any = ()) -> str | None:
    """Why a stated value is none of its kind; None where it is, or the kind is not written as text."""
    if kind in _WRITTEN and not isinstance(value, str):
        return f"expected text, found {value!r}"
    try:
        if kind == "expression":
            return _undeclared(symbols) or _is_formula(value, symbols)
        if kind in _WRITTEN:
            _is_same_text(kind, value, value, symbols)
        if kind == "shape" and isinstance(value, tuple):
            from quizkit.values.sizes import simplified

            simplified(value, symbols)
    except Unreadable as error:
        return error.misread.problem
    return None


def _undeclared(symbols: Any) -> str | None:
    """Why the symbols are no declaration."""
    from quizkit.values.expressions.symbols import domain

    try:
        for declared in symbols.values():
            domain(declared)
    except ValueError as error:
        return str(error)
    return None


def _is_formula(value: str, symbols: Any) -> str | None:
    from quizkit.values.expressions.read import read_tree

    read_tree(value, symbols)
    return None


def _is_same_text(kind: str, one: str, other: str, symbols: Any) -> bool:
    if kind == "expression":
        from quizkit.values.expressions.decide import equivalent
        from quizkit.values.expressions.read import read_tree

        answer, key = (read_tree(text, symbols) for text in (one, other))
        return equivalent(answer, key, symbols).verdict in ("right", "sampled")
    if kind == "einsum":
        from quizkit.values.einsum import canonical

        return canonical(one) == canonical(other)
    if kind == "dtype":
        from quizkit.values.dtypes import canonical as standard

        return standard(one) == standard(other)
    from quizkit.values.bounds import read_bound
    from quizkit.values.growth import Unbounded, is_at_most

    first, second = read_bound(one, symbols), read_bound(other, symbols)
    alike = first.letter == second.letter or None in (first.letter, second.letter)
    try:
        above = is_at_most(first.terms, second.terms)
        return alike and above and is_at_most(second.terms, first.terms)
    except Unbounded:
        return False  # two constants that cannot be told apart are not known to be the same
