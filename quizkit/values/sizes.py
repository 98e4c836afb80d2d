"""Symbolic sizes of axes, such as `2N`, `H/2` and `n_heads*d`: polynomials in the declared symbols."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Any

from msgspec import Struct

from quizkit.values.numbers import Unreadable, compiled, quoted

Monomial = tuple[tuple[str, int], ...]
Polynomial = dict[Monomial, Fraction]
Size = int | str

DEEPEST = 10
MOST_TERMS = 30
LARGEST_POWER = 6
_LARGEST = 10**15
_TIMES = "×✕∗·⋅*"


class Token(Struct, frozen=True):
    """A number, a symbol or a sign, where it stands, and whether a space stands before it."""

    kind: str
    text: str
    at: int
    spaced: bool


def tokens(text: str, symbols: tuple[str, ...]) -> list[Token]:
    """The text in pieces; `x` is a sign of multiplication where it is no symbol."""
    found: list[Token] = []
    place = 0
    while place < len(text):
        at = place + len(text[place:]) - len(text[place:].lstrip())
        if at == len(text):
            break
        kind, piece = _piece(text, at, symbols)
        name = _declared(piece, symbols) if kind == "symbol" else piece
        found.append(Token(kind, name, at, at > place))
        place = at + (len(piece) if kind != "raised" else 1)
    return found


def parse(pieces: list[Token], end: int) -> Size:
    """The size that the pieces are: an int, or a polynomial in its standard form."""
    if len(pieces) == 1 and pieces[0].kind in ("symbol", "number"):  # as most are
        return pieces[0].text if pieces[0].kind == "symbol" else int(pieces[0].text)
    reader = _Reader(pieces, end)
    found = reader.sum()
    if reader.rest:
        raise Unreadable(f"expected another size, found {quoted(reader.rest[0].text)}", reader.at)
    return shown(found, pieces[0].at if pieces else end)


@lru_cache(512)
def simplified(sizes: tuple[Any, ...], symbols: tuple[str, ...]) -> tuple[Any, ...]:
    """The sizes in their standard forms, so that `N*2` and `2N` are one text."""
    return tuple(
        parse(tokens(size, symbols), len(size)) if isinstance(size, str) else size for size in sizes
    )


def shown(found: Polynomial, at: int = 0) -> Size:
    """An int, or a text such as `2*N + 1`: the same for the same polynomial."""
    if not found:
        return 0
    if list(found) == [()]:
        value = found[()]
        if value.denominator != 1 or not 0 <= value < _LARGEST:
            raise Unreadable("expected a whole number as a size", at)
        return int(value)
    terms = [_term(monomial, found[monomial]) for monomial in sorted(found, reverse=True)]
    return " + ".join(terms).replace("+ -", "- ")


def _term(monomial: Monomial, factor: Fraction) -> str:
    above = [n if e == 1 else f"{n}^{e}" for n, e in monomial if e > 0]
    below = [n if e == -1 else f"{n}^{-e}" for n, e in monomial if e < 0]
    below = [str(factor.denominator)] * (factor.denominator != 1) + below
    head = abs(factor.numerator)
    product = "*".join([str(head)] * (head != 1 or not above) + above)
    return "-" * (factor < 0) + "/".join([product, *below])


@lru_cache(256)
def _longest_first(symbols: tuple[str, ...]) -> tuple[str, ...]:
    """The symbols, also without underscores where that is no other's name."""
    bare = {each.replace("_", "") for each in symbols}
    return tuple(sorted({*symbols, *bare}, key=lambda each: (-len(each), each)))


def _declared(typed: str, symbols: tuple[str, ...]) -> str:
    """The symbol that is meant: as typed, with its underscores, or in the other case."""
    if typed in symbols:
        return typed
    whole = (each for each in symbols if each.replace("_", "") == typed)
    return next(whole, typed.swapcase())


def _piece(text: str, at: int, symbols: tuple[str, ...]) -> tuple[str, str]:
    for name in _longest_first(symbols):
        if text.startswith(name, at):
            return "symbol", name
    number = compiled(r"[0-9]{1,15}(?![0-9.])").match(text, at)
    if number:
        return "number", number[0]
    sign = text[at]
    if text.startswith(("//", "**"), at):
        return "sign", text[at : at + 2]
    if sign in "+-−/^(),[]" or sign in _TIMES or sign in "xX":
        return "sign", sign
    if sign in "²³":
        return "raised", "23"["²³".index(sign)]
    for name in symbols:
        if len(name) == 1 and sign == name.swapcase() and sign not in symbols:
            return "symbol", sign
    known = ", ".join(symbols)
    raise Unreadable(f"expected a size: a whole number or {known}, found {quoted(text[at:])}", at)


class _Reader:
    def __init__(self, pieces: list[Token], end: int) -> None:
        self.rest = list(pieces)
        self.end = end
        self.depth = 0

    @property
    def at(self) -> int:
        return self.rest[0].at if self.rest else self.end

    def sign(self, signs: str) -> str:
        """The sign that comes next and is one of these, taken."""
        if self.rest and self.rest[0].kind == "sign" and self.rest[0].text in signs.split():
            return self.rest.pop(0).text
        return ""

    def sum(self) -> Polynomial:
        found = self.product()
        while sign := self.sign("+ - −"):
            found = _added(found, self.product(), 1 if sign == "+" else -1)
        return found

    def product(self) -> Polynomial:
        found = self.power()
        while self.rest:
            if self.sign(" ".join(_TIMES) + " x X"):
                found = _multiplied(found, self.power())
            elif self.sign("/ //"):
                found = _divided(found, self.power(), self.at)
            elif self.rest[0].kind in ("number", "symbol") or self.rest[0].text == "(":
                found = _multiplied(found, self.power())
            else:
                break
        return found

    def power(self) -> Polynomial:
        base = self.primary()
        while self.rest and (self.rest[0].kind == "raised" or self.rest[0].text in ("^", "**")):
            token = self.rest.pop(0)
            text = token.text if token.kind == "raised" else self.exponent()
            if int(text) > LARGEST_POWER:
                raise Unreadable(f"expected a power of at most {LARGEST_POWER}", token.at)
            found: Polynomial = {(): Fraction(1)}
            for _ in range(int(text)):
                found = _multiplied(found, base)
            base = found
        return base

    def exponent(self) -> str:
        if not self.rest or self.rest[0].kind != "number":
            raise Unreadable("expected a whole exponent", self.at)
        return self.rest.pop(0).text[:4]

    def primary(self) -> Polynomial:
        if not self.rest:
            raise Unreadable("expected a size: a whole number or a symbol", self.end)
        token = self.rest.pop(0)
        if token.kind == "number":
            return {(): Fraction(int(token.text))} if int(token.text) else {}
        if token.kind == "symbol":
            return {((token.text, 1),): Fraction(1)}
        self.depth += 1
        if token.text != "(" or self.depth > DEEPEST:
            raise Unreadable("expected a size: a whole number or a symbol", token.at)
        found = self.sum()
        if not self.sign(")"):
            raise Unreadable("expected ')'", self.at)
        self.depth -= 1
        return found


def _added(one: Polynomial, other: Polynomial, factor: int = 1) -> Polynomial:
    found = dict(one)
    for monomial, amount in other.items():
        found[monomial] = found.get(monomial, Fraction(0)) + factor * amount
    return {monomial: amount for monomial, amount in found.items() if amount}


def _multiplied(one: Polynomial, other: Polynomial) -> Polynomial:
    found: Polynomial = {}
    for a, x in one.items():
        for b, y in other.items():
            found = _added(found, {_joined(a, b): x * y})
    if len(found) > MOST_TERMS or any(abs(x) > _LARGEST for x in found.values()):
        raise Unreadable("expected a shorter size", 0)
    return found


def _divided(one: Polynomial, other: Polynomial, at: int) -> Polynomial:
    if len(other) != 1:
        raise Unreadable("expected a number or a symbol below the fraction's bar", at)
    ((monomial, amount),) = other.items()
    inverse = tuple((name, -exponent) for name, exponent in monomial)
    return _multiplied(one, {inverse: 1 / amount})


def _joined(one: Monomial, other: Monomial) -> Monomial:
    total = dict(one)
    for name, exponent in other:
        total[name] = total.get(name, 0) + exponent
    return tuple(sorted((name, exponent) for name, exponent in total.items() if exponent))
