"""Symbolic sizes of axes, such as `2N`, `H/2` and `n_heads*d`: polynomials in the declared symbols."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import Any

from msgspec import Struct

from quizkit.values.numbers import Unreadable, quoted

Monomial = tuple[tuple[str, int], ...]
Amount = int | Fraction  # whole ones are quicker, and most are
Polynomial = dict[Monomial, Amount]
Size = int | str

DEEPEST = 10
MOST_TERMS = 30
LARGEST_POWER = 6
_LARGEST_OF_A_NUMBER = 60
_LARGEST = 10**15
_TIMES = "×✕∗·⋅*"
_RAISED = {"²": "2", "³": "3"}


class Token(Struct, frozen=True):
    """A number, a symbol or a sign, where it stands, and whether a space stands before it."""

    kind: str
    text: str
    at: int
    spaced: bool


def tokens(text: str, symbols: tuple[str, ...]) -> list[Token]:
    """The text in pieces; `x` is a sign of multiplication where it is no symbol."""
    pattern, declared = _scanner(symbols)
    found: list[Token] = []
    place = 0
    for piece in pattern.finditer(text):
        if piece.start() > place:
            break
        kind, at = piece.lastgroup, piece.start("spaces") + len(piece["spaces"])
        place = piece.end()
        if kind is None or kind == "spaces":  # only those at the end
            continue
        typed = piece[kind]
        meant = declared[typed] if kind == "symbol" else _RAISED.get(typed, typed)
        found.append(Token(kind, meant, at, bool(piece["spaces"])))
    if place < len(text):
        known, rest = ", ".join(symbols), text[place:].lstrip()
        at = len(text) - len(rest)
        raise Unreadable(f"expected a size: a whole number or {known}, found {quoted(rest)}", at)
    return found


@lru_cache(256)
def _scanner(symbols: tuple[str, ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    """The pattern of a piece, and which symbol is meant by each spelling

    A symbol may be typed without its underscores; one letter in the other case, but not for an `x`.
    """
    names = {each.replace("_", ""): each for each in symbols} | {each: each for each in symbols}
    longest_first = sorted(names, key=lambda each: (-len(each), each))
    swapped = {each.swapcase(): each for each in symbols if len(each) == 1}
    swapped = {typed: each for typed, each in swapped.items() if typed not in {*names, "x", "X"}}
    spelled = "|".join(map(re.escape, [*longest_first, *swapped])) or "(?!)"
    pattern = re.compile(
        rf"(?P<spaces>\s*)(?:(?P<symbol>{spelled})|(?P<number>[0-9]{{1,15}}(?![0-9.]))"
        rf"|(?P<sign>//|\*\*|[-+−/^(),\[\]{_TIMES}xX])|(?P<raised>[²³])|\Z)"
    )
    return pattern, swapped | names


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


def _term(monomial: Monomial, factor: Amount) -> str:
    above = [n if e == 1 else f"{n}^{e}" for n, e in monomial if e > 0]
    below = [n if e == -1 else f"{n}^{-e}" for n, e in monomial if e < 0]
    below = [str(factor.denominator)] * (factor.denominator != 1) + below
    head = abs(factor.numerator)
    product = "*".join([str(head)] * (head != 1 or not above) + above)
    return "-" * (factor < 0) + "/".join([product, *below])


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
        leading = self.sign("- −")  # as in the standard form of `H - K`
        found = self.product()
        if leading:
            found = _added({}, found, -1)
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
            largest = LARGEST_POWER if any(base) else _LARGEST_OF_A_NUMBER
            if int(text) > largest:
                raise Unreadable(f"expected a power of at most {largest}", token.at)
            found: Polynomial = {(): 1}
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
            return {(): int(token.text)} if int(token.text) else {}
        if token.kind == "symbol":
            return {((token.text, 1),): 1}
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
        found[monomial] = found.get(monomial, 0) + factor * amount
    return {monomial: amount for monomial, amount in found.items() if amount}


def _multiplied(one: Polynomial, other: Polynomial) -> Polynomial:
    found: Polynomial = {}
    for a, x in one.items():
        for b, y in other.items():
            found = _added(found, {_joined(a, b): x * y})
    if len(found) > MOST_TERMS or any(not -_LARGEST <= x <= _LARGEST for x in found.values()):
        raise Unreadable("expected a shorter size", 0)
    return found


def _divided(one: Polynomial, other: Polynomial, at: int) -> Polynomial:
    if len(other) != 1:
        raise Unreadable("expected a number or a symbol below the fraction's bar", at)
    ((monomial, amount),) = other.items()
    inverse = tuple((name, -exponent) for name, exponent in monomial)
    return _multiplied(one, {inverse: Fraction(1) / amount})


def _joined(one: Monomial, other: Monomial) -> Monomial:
    total = dict(one)
    for name, exponent in other:
        total[name] = total.get(name, 0) + exponent
    return tuple(sorted((name, exponent) for name, exponent in total.items() if exponent))
