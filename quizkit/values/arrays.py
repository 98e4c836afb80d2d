"""Shapes and arrays as people type them: `28x28x64`, `(64,)`, `[[1, 2], [3, 4]]`, `1 2; 3 4`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any

from quizkit.model import Misread, Reading, Understood, Value
from quizkit.values.numbers import Cursor, Unreadable, attempt, compiled, quoted, read_number
from quizkit.values.show import show_shape

LONGEST_SHAPE = 200
LONGEST = 10_000
DEEPEST = 4

# Most answers by far: sizes with one sign between them, bracketed or not.
_PLAIN_SHAPE = r"[0-9]{1,15}(?:x[0-9]{1,15})+|\([0-9]{1,15}(?:, ?[0-9]{1,15})+\)"
_BY = r"\\times|-?\bby\b-?"
_SUBSCRIPT = r"_\{(\w+)\}"
_CALLED = r"\s*(?:(?:torch\.)?Size|(?:tf\.)?TensorShape)\s*\((?P<inner>\s*[\[(].*[\])]\s*)\)\s*"
_SIZES_OF = r"(?:{}|[0-9]{{1,15}})"
_SPACE = r"\s*\$?\s*(?:\\mathbb\s*\{?\s*R\s*\}?|ℝ)\s*\^\s*\{(?P<inner>[^{}]*(?:\{\w*\}[^{}]*)*)\}\s*\$?\s*"
_NAMED = r"\s*shape\s*[=:]?\s*(?=[\[(])"
_CLOSING = {"[": "]", "(": ")", "": ""}
_OPEN = r"\s*(?P<bracket>[\[(]?)\s*"
_SIZE = r"[0-9]{1,15}(?!\.?[0-9])"
_BETWEEN = r"\s*(?:[xX×✕*∗,]|\\times|-?by\b-?)\s*(?=[^\s\])])|\s+(?=[^\s\]),])"
_CLOSE = r"\s*,?\s*(?P<bracket>[\])]?)\s*"
# A comma belongs to the number or bracket that it follows, so that two in a row are an error.
_PIECE = r"\s*(?:([\[(;])|([\])]|[^\s\[\](),;]+)\s*,?)"
_SPACES = r"\s*"
# An array as a library prints or takes it: `torch.tensor([[1., 2.]], dtype=torch.float64)`.
_CALL = (
    r"\s*(?:[A-Za-z]\w{0,30}\s*=\s*)?(?:(?:np|numpy|jnp|jax\.numpy|torch|tf|sympy|sp)\.)?"
    r"(?:array|asarray|tensor|Tensor|FloatTensor|constant|convert_to_tensor|[Mm]atrix|Variable)"
    r"\s*\((?=\s*[-+\[(0-9.])"
)
_OPTION = r",\s*(?:dtype|device|requires_grad|grad_fn|weak_type|copy)\s*="
_OPTIONS = rf"(?:{_OPTION}\s*[\w.'\":<>]{{1,40}}\s*)*,?\s*"
_LONGEST_OPTIONS = 200
_WHOLE = r"(?i)int|long|bool"  # a type that would cut off what follows the point
_LABEL = r"\s*[A-Za-z]\w{0,30}\s*=\s*(?=[\[(])"
_LATEX = (
    r"(?s)\s*\$?\s*\\begin\{(?P<kind>[pbvB]?matrix|array)\}(?:\{[lcr|]*\})?"
    r"(?P<rows>.*)\\end\{(?P=kind)\}\s*\$?\s*"
)
_WORKED_OUT = r"[0-9)]\s*[-+*/]\s*[0-9(]"  # `(32, 5*2)`, where commas part the axes
_MATRIX = 2


def read_shape(text: str, symbols: tuple[str, ...] = ()) -> Reading:
    """The sizes typed, as a tuple; one bare number is one axis; sizes may be of declared symbols."""
    if symbols:
        whole, each_size = _written_plainly(symbols)
        if whole.fullmatch(text):
            found = each_size.findall(text)
            return Understood(tuple([int(each) if each.isdigit() else each for each in found]))
    reading = _read_shape(text, symbols)
    if isinstance(reading, Understood) or len(text) > LONGEST_SHAPE:
        return reading
    from quizkit.values import asides

    plain = asides.unnamed_axes(asides.bracketed(asides.in_ascii(text), symbols))
    again = _read_shape(plain, symbols) if plain != text else reading
    return again if isinstance(again, Understood) else reading


def _read_shape(text: str, symbols: tuple[str, ...]) -> Reading:
    if "\\" in text or "$" in text or "ℝ" in text:
        space = compiled(_SPACE).fullmatch(text) if len(text) <= LONGEST_SHAPE else None
        text = " " * space.start("inner") + space["inner"] if space else text.replace("$", " ")
    if compiled(_PLAIN_SHAPE).fullmatch(text):
        return Understood(tuple(map(int, compiled(r"[0-9]+").findall(text))))
    if text.strip().casefold() == "scalar":
        return Understood(())
    if symbols:
        return attempt(_symbolic, text, symbols)
    if "," in text and compiled(_WORKED_OUT).search(text):  # read like sizes with symbols
        reading = attempt(_symbolic, text, symbols)
        if isinstance(reading, Understood):
            return reading
    return attempt(_shape, text)


def read_array(text: str) -> Reading:
    """The numbers typed, as nested tuples of one shape; one bare number is a vector of one."""
    return attempt(_array, text)


def _bare_array(text: str) -> str:
    """What stands inside `np.array(...)`, behind `W =` or between LaTeX's \\begin and \\end, at its place."""
    if called := compiled(_CALL).match(text):
        return _argument(text, called.end())
    if label := compiled(_LABEL).match(text):
        return " " * label.end() + text[label.end() :]
    if "\\" in text and (written := compiled(_LATEX).fullmatch(text)):
        rows = written["rows"].replace("\\\\", "; ").replace("&", ",")
        return " " * written.start("rows") + rows
    return text


def _argument(text: str, start: int) -> str:
    """The first argument of a call, whose others say nothing of its values; else the text as it is."""
    end = len(text.rstrip()) - 1
    option = compiled(_OPTION).search(text, start, end)
    stop = option.start() if option else end
    options = text[stop:end]
    if text[end : end + 1] != ")" or len(options) > _LONGEST_OPTIONS:
        return text
    cuts = compiled(_WHOLE).search(options) and compiled("[./eE]").search(text, start, stop)
    if cuts or not compiled(_OPTIONS).fullmatch(options):
        return text
    return " " * start + text[start:stop]


def shape_of(value: Any) -> tuple[int, ...]:
    """The shape of nested tuples that are not ragged; `()` for a number."""
    return (len(value), *shape_of(value[0])) if isinstance(value, tuple) and value else ()


def laid_out(value: Any) -> Iterator[Any]:
    """The same numbers transposed; of one row or column also as a plain vector, and the other way round."""
    sizes = shape_of(value)
    if len(sizes) == 1:
        yield from ((value,), tuple((item,) for item in value))
    elif len(sizes) == _MATRIX:
        yield tuple(zip(*value, strict=True))
        if 1 in sizes:
            yield tuple(item for row in value for item in row)


def _shape(text: str) -> Value:
    _bound(text, LONGEST_SHAPE)
    cursor = Cursor(_unwrapped(text))
    cursor.take(_NAMED)
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


@lru_cache(64)
def _written_plainly(symbols: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Symbols and numbers, parted by commas in brackets or by `x`: most symbolic shapes; and one of them."""
    size = _SIZES_OF.format(_named(symbols))
    return re.compile(rf"\({size}(?:, ?{size})+\)|{size}(?:[x×]{size})+"), re.compile(size)


def _named(symbols: tuple[str, ...]) -> str:
    return "|".join(map(re.escape, sorted(symbols, key=len, reverse=True)))


def _unwrapped(text: str) -> str:
    """The argument of `torch.Size([...])`, at its place."""
    found = compiled(_CALLED).fullmatch(text)
    return " " * found.start("inner") + found["inner"] if found else text


def _symbolic(text: str, symbols: tuple[str, ...]) -> Value:
    """Sizes parted by commas, else by `x`, else by `*`, else by spaces."""
    from quizkit.values import sizes

    _bound(text, LONGEST_SHAPE)
    cursor = Cursor(_unwrapped(text))
    cursor.take(_NAMED)
    rest = compiled(_BY).sub(lambda found: "×".ljust(len(found[0])), cursor.rest)
    rest = compiled(_SUBSCRIPT).sub(r"_\1  ", rest)
    pieces = sizes.tokens(" " * cursor.at + rest, symbols)
    closing = {"(": ")", "[": "]"}.get(pieces[0].text) if pieces else None
    if closing and pieces[-1].text == closing and _is_closed_last(pieces):
        pieces = pieces[1:-1]
        if pieces and pieces[0].text == "(" and pieces[-1].text == ")" and _is_closed_last(pieces):
            pieces = pieces[1:-1]
    groups = _groups(pieces)
    if len(groups) > 1 and not groups[-1] and pieces[-1].text == ",":
        groups.pop()
    return tuple(sizes.parse(group, len(text)) for group in groups)


def _is_closed_last(pieces: list[Any]) -> bool:
    """Whether the bracket that opens first is the one that closes last."""
    depth = 0
    for place, piece in enumerate(pieces):
        depth += (piece.text in ("(", "[")) - (piece.text in (")", "]"))
        if depth == 0:
            return place == len(pieces) - 1
    return False


def _are_spaced(pieces: list[Any]) -> bool:
    """Whether two sizes stand side by side with nothing but a space between."""
    return any(b.spaced and "sign" not in (a.kind, b.kind) for a, b in pairwise(pieces))


def _groups(pieces: list[Any]) -> list[list[Any]]:
    """The pieces of each size."""
    if not pieces:
        return []
    inner, depth = [], 0
    for piece in pieces:
        depth += (piece.text in ("(", "[")) - (piece.text in (")", "]"))
        inner.append(depth)
    outer = [piece for piece, level in zip(pieces, inner, strict=True) if level == 0]
    parting = (",", "xX×✕") if _are_spaced(outer) else (",", "xX×✕", "*∗")
    signs = next((each for each in parting if any(piece.text in each for piece in outer)), "")
    groups: list[list[Any]] = [[]]
    for piece, level in zip(pieces, inner, strict=True):
        if signs and level == 0 and piece.text in signs:
            groups.append([])
            continue
        begins = piece.kind != "sign" or piece.text == "("
        apart = piece.spaced and begins and groups[-1] and groups[-1][-1].kind != "sign"
        if not signs and apart and level - (piece.text == "(") == 0:
            groups.append([])
        groups[-1].append(piece)
    return groups


def _size(cursor: Cursor) -> int:
    at = cursor.at
    found = cursor.take(_SIZE)
    if found is None:
        raise Unreadable("expected a size: a whole number of at most 15 digits", at)
    return int(found[0])


def _array(text: str) -> Value:
    _bound(text, LONGEST)
    items = _items(Cursor(_bare_array(text)), closing="", depth=0)
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
