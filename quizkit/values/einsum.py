"""Subscripts of an einsum: `bij,bjk->bik`, `ij,jk`, `...ij->...ji`, or a call that holds them."""

from __future__ import annotations

from functools import lru_cache
from string import ascii_letters

from msgspec import Struct

from quizkit.values.numbers import Unreadable, compiled, quoted

LONGEST = 300
MOST_OPERANDS = 8
_ELLIPSIS = "..."
_ARROWS = r"[→⟶⇒⟹]|[=–—−]>|\\(?:long)?rightarrow(?![A-Za-z])|\\to(?![A-Za-z])"
_CALL = r"""\s*(?:[\w.]*\beinsum\s*\()?\s*(?P<quote>["'`“”])(?P<inner>[^"'`“”]*)["'`“”].*"""


class Subscripts(Struct, frozen=True):
    """The indices of each operand, and of the result."""

    operands: tuple[tuple[str, ...], ...]
    result: tuple[str, ...]

    def __str__(self) -> str:
        inputs = ",".join("".join(each) for each in self.operands)
        return f"{inputs}->{''.join(self.result)}"


@lru_cache(512)
def read_einsum(text: str) -> Subscripts:
    """The subscripts typed; without `->` the result has each index that occurs once, in order."""
    if len(text) > LONGEST:
        raise Unreadable(f"expected at most {LONGEST} characters, found {len(text)}", LONGEST)
    call = compiled("(?s)" + _CALL).fullmatch(text)
    start = call.start("inner") if call else 0
    body = compiled(_ARROWS).sub("->", call["inner"] if call else text).replace("…", _ELLIPSIS)
    inputs, arrow, output = body.partition("->")
    _ask_for_signs(inputs, bool(arrow), start)
    in_words = any(_is_in_words(part) for part in (*inputs.split(","), output))
    operands = tuple(_indices(part, text, start, in_words) for part in inputs.split(","))
    if len(operands) > MOST_OPERANDS:
        raise Unreadable(f"expected at most {MOST_OPERANDS} operands", start)
    if not any(operands):
        raise Unreadable("expected subscripts such as bij,bjk->bik", start)
    result = (
        _indices(output, text, start + len(inputs) + 2, in_words) if arrow else _implied(operands)
    )
    known = {index for operand in operands for index in operand}
    for index in result:
        if index not in known or result.count(index) > 1:
            problem = f"expected each index of the result once, and in an operand, found {index}"
            if len(operands) == 1 and len(inputs.split()) > 1:
                problem = "expected commas between the operands, such as bij,bjk->bik"
            raise Unreadable(problem, min(len(text), start + len(inputs)))
    return Subscripts(operands, result)


def canonical(text: str) -> Subscripts:
    """The same with its indices named in the order in which they occur."""
    return renamed(read_einsum(text))


@lru_cache(512)
def renamed(found: Subscripts) -> Subscripts:
    """The indices named a, b, c in the order in which they occur."""
    names: dict[str, str] = {_ELLIPSIS: _ELLIPSIS}
    for operand in found.operands:
        for index in operand:
            names.setdefault(index, ascii_letters[(len(names) - 1) % len(ascii_letters)])
    return Subscripts(
        tuple(tuple(names[index] for index in operand) for operand in found.operands),
        tuple(names[index] for index in found.result),
    )


def expanded(found: Subscripts, key: Subscripts) -> Subscripts:
    """Each ellipsis written out, as NumPy does for operands with as many axes as the key's.

    As it was where the key has an ellipsis itself, or the numbers do not fit.
    """
    ranks = tuple(map(len, key.operands))
    has_one = _ELLIPSIS in {index for operand in found.operands for index in operand}
    of_key = _ELLIPSIS in {index for operand in key.operands for index in operand}
    if of_key or not has_one or len(ranks) != len(found.operands):
        return found
    counts = [
        rank - len(operand) + 1
        for operand, rank in zip(found.operands, ranks, strict=True)
        if _ELLIPSIS in operand
    ]
    if min(counts) < 0:
        return found
    # Shorter ellipses stand for the last of the axes, which the others have too.
    axes = tuple(f"axis{number}" for number in range(max(counts), 0, -1))

    def written_out(operand: tuple[str, ...], count: int) -> tuple[str, ...]:
        at = operand.index(_ELLIPSIS) if _ELLIPSIS in operand else len(operand)
        return operand[:at] + axes[len(axes) - count :] * (at < len(operand)) + operand[at + 1 :]

    operands = tuple(
        written_out(operand, rank - len(operand) + 1)
        for operand, rank in zip(found.operands, ranks, strict=True)
    )
    return Subscripts(operands, written_out(found.result, len(axes)))


def _ask_for_signs(inputs: str, has_arrow: bool, start: int) -> None:
    """Refuses `bij bjk bik`, where neither a comma nor an arrow says which of these is the result."""
    words = inputs.replace(_ELLIPSIS, "").split()
    if has_arrow or "," in inputs or len(words) < 2 or max(map(len, words)) == 1:
        return
    *operands, result = inputs.split()
    meant = f"{','.join(operands)}->{result}"
    raise Unreadable(
        f"expected commas between the operands and -> before the result, such as {quoted(meant)}",
        start + inputs.rindex(result),
    )


def _is_in_words(part: str) -> bool:
    """Whether indices are words parted by spaces: `batch i j`."""
    plain = part.replace(_ELLIPSIS, "").split()
    return len(plain) > 1 and any(len(word) > 1 for word in plain)


def _indices(part: str, text: str, start: int, in_words: bool) -> tuple[str, ...]:
    words = part.replace(_ELLIPSIS, f" {_ELLIPSIS} ").split()
    plain = [word for word in words if word != _ELLIPSIS]
    for word in plain:
        if not compiled(r"[A-Za-z]\w*").fullmatch(word) or not word.isascii():
            at = max(text.find(word, min(start, len(text))), 0)
            raise Unreadable(f"expected letters, commas and ->, found {quoted(word)}", at)
    if words.count(_ELLIPSIS) > 1:
        raise Unreadable("expected at most one ellipsis in an operand", min(start, len(text)))
    if not in_words and any(not word.isalpha() for word in plain):
        raise Unreadable("expected letters as indices", min(start, len(text)))
    return tuple(
        index
        for word in words
        for index in ([word] if in_words or word == _ELLIPSIS else list(word))
    )


def _implied(operands: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    every = [index for operand in operands for index in operand]
    once = sorted(index for index in set(every) if every.count(index) == 1 and index != _ELLIPSIS)
    return ((_ELLIPSIS,) if _ELLIPSIS in every else ()) + tuple(once)
