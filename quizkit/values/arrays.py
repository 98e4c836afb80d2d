"""Shapes and arrays as people type them: `28x28x64`, `(64,)`, `[[1, 2], [3, 4]]`, `1 2; 3 4`."""

from __future__ import annotations

from typing import Any

from quizkit.model import Misread, Reading, Value
from quizkit.values.numbers import Cursor, Unreadable, attempt, quoted, read_number
from quizkit.values.show import show_shape

LONGEST_SHAPE = 200
LONGEST = 10_000
DEEPEST = 4

_CLOSING = {"[": "]", "(": ")", "": ""}
_OPEN = r"\s*(?P<bracket>[\[(]?)\s*"
_SIZE = r"[0-9]{1,15}(?!\.?[0-9])"
_BETWEEN = r"\s*[xX×✕*∗,]\s*(?=[^\s\])])|\s+(?=[^\s\]),])"
_CLOSE = r"\s*,?\s*(?P<bracket>[\])]?)\s*"
# A comma belongs to the number or bracket that it follows, so that two in a row are an error.
_PIECE = r"\s*(?:([\[(;])|([\])]|[^\s\[\](),;]+)\s*,?)"
_SPACES = r"\s*"


def read_shape(text: str) -> Reading:
    """The sizes typed, as a tuple; one bare number is one axis."""
    return attempt(_shape, text)


def read_array(text: str) -> Reading:
    """The numbers typed, as nested tuples of one shape; one bare number is a vector of one."""
    return attempt(_array, text)


def shape_of(value: Any) -> tuple[int, ...]:
    """The shape of nested tuples that are not ragged; `()` for a number."""
    return (len(value), *shape_of(value[0])) if isinstance(value, tuple) and value else ()


def _shape(text: str) -> Value:
    _bound(text, LONGEST_SHAPE)
    cursor = Cursor(text)
    opened = cursor.take(_OPEN)
    bracket = opened["bracket"] if opened else ""
    sizes = [_size(cursor)] if not (bracket and cursor.rest[:1] == _CLOSING[bracket]) else []
    while sizes and cursor.take(_BETWEEN):
        sizes.append(_size(cursor))
    at = cursor.at
    closed = cursor.take(_CLOSE)
    if cursor.rest or closed is None or closed["bracket"] != _CLOSING[bracket]:
        wanted = f"another size or {_CLOSING[bracket]!r}" if bracket else "another size"
        raise Unreadable(f"expected {wanted}, as in 28x28x64 or (28, 28, 64)", at)
    return tuple(sizes)


def _size(cursor: Cursor) -> int:
    at = cursor.at
    found = cursor.take(_SIZE)
    if found is None:
        raise Unreadable("expected a size: a whole number of at most 15 digits", at)
    return int(found[0])


def _array(text: str) -> Value:
    _bound(text, LONGEST)
    items = _items(Cursor(text), closing="", depth=0)
    # Outer brackets are optional: `[1, 2]` is one bracketed item, `1, 2` are two bare ones.
    array = items[0] if len(items) == 1 and isinstance(items[0], tuple) else items
    if len(shape_of(array)) > DEEPEST:
        raise Unreadable(f"expected at most {DEEPEST} levels", 0)
    return array


def _items(cursor: Cursor, closing: str, depth: int) -> tuple[Any, ...]:
    """What stands up to the closing bracket or the end; rows where semicolons part it."""
    rows: list[Any] = []
    row: list[Any] = []
    start = cursor.at
    while True:
        piece, at = _next(cursor)
        if piece == closing:
            break
        if piece == ";":
            _append(rows, tuple(row), start if row else at)
            row = []
        else:
            start = start if row else at
            _append(row, _item(cursor, piece, at, closing, depth), at)
    if not rows:
        return _filled(row, at)
    if row:
        _append(rows, tuple(row), start)
    return tuple(rows)


def _next(cursor: Cursor) -> tuple[str, int]:
    """The next number or sign and where it stands; the empty text at the end."""
    found = cursor.take(_PIECE)
    if found:
        return found[1] or found[2], found.start(1 if found[1] else 2)
    cursor.take(_SPACES)
    if cursor.rest:
        raise Unreadable(f"expected a number or a bracket, found {quoted(cursor.rest)}", cursor.at)
    return "", cursor.at


def _item(cursor: Cursor, piece: str, at: int, closing: str, depth: int) -> Any:
    """The array that a bracket opens, or the number that the piece is."""
    if piece in ("[", "("):
        if depth == DEEPEST:
            raise Unreadable(f"expected at most {DEEPEST} levels of brackets", at)
        return _items(cursor, _CLOSING[piece], depth + 1)
    if piece in ("", "]", ")"):
        raise Unreadable(f"expected {closing!r}" if closing else "expected no closing bracket", at)
    reading = read_number(piece)
    if isinstance(reading, Misread):
        raise Unreadable(reading.problem, at + reading.position)
    return reading.value


def _append(items: list[Any], item: Any, at: int) -> None:
    """Adds an item that has the shape of those before it."""
    if item == ():
        raise Unreadable("expected at least one number", at)
    if items and shape_of(item) != shape_of(items[0]):
        expected, found = _described(items[0]), _described(item)
        raise Unreadable(f"expected {expected} here, as before it, found {found}", at)
    items.append(item)


def _filled(row: list[Any], at: int) -> tuple[Any, ...]:
    if not row:
        raise Unreadable("expected at least one number", at)
    return tuple(row)


def _described(item: Any) -> str:
    shape = shape_of(item)
    if len(shape) > 1:
        return f"an array of shape {show_shape(shape)}"
    return f"a row of {shape[0]}" if shape else "a number"


def _bound(text: str, longest: int) -> None:
    if len(text) > longest:
        raise Unreadable(f"expected at most {longest:,} characters, found {len(text):,}", longest)
