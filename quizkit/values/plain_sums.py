"""Sums of plain numbers, such as `64*64 + 64` and `2^10 - 1`: most calculations that are typed for a number.

The reader of formulas reads them as well, ten times as slowly; a property test holds the two together.
"""

from __future__ import annotations

from fractions import Fraction

from quizkit.values.numbers import compiled

_ALL = r"[0-9.+\-*/^() ]+"
_PIECE = r"[0-9]+\.?[0-9]*|\.[0-9]+|\*\*|//|[-+*/^()]"
DEEPEST = 20
MOST_BITS = 4000  # of a power


class NotPlain(Exception):
    """It takes the reader of formulas, or is no number at all."""


def plain_sum(text: str) -> Fraction:
    """The exact value; `NotPlain` for more than numbers, the four operations, powers and brackets."""
    if not compiled(_ALL).fullmatch(text):
        raise NotPlain
    pieces = compiled(_PIECE).findall(text)
    # Blanks within a number would be lost here.
    if sum(map(len, pieces)) != len(text.replace(" ", "")) or compiled(r"[0-9.] +[0-9.]").search(
        text
    ):
        raise NotPlain
    reader = _Reader(pieces)
    value = reader.sum()
    if reader.next:
        raise NotPlain
    return Fraction(value)


class _Reader:
    """A place among the pieces; numbers are ints while they can be, which are quicker."""

    def __init__(self, pieces: list[str]) -> None:
        self.pieces = iter(pieces)
        self.next = next(self.pieces, "")
        self.depth = 0

    def take(self) -> str:
        """The next piece."""
        piece, self.next = self.next, next(self.pieces, "")
        return piece

    def sum(self) -> int | Fraction:
        """Products, added and subtracted."""
        value = self.product()
        while self.next in ("+", "-"):
            value = value + self.product() if self.take() == "+" else value - self.product()
        return value

    def product(self) -> int | Fraction:
        """Factors, multiplied and divided from the left."""
        value = self.signed()
        while self.next in ("*", "/"):
            if self.take() == "*":
                value = value * self.signed()
            elif below := self.signed():
                value = Fraction(value) / below
            else:
                raise NotPlain
        return value

    def signed(self) -> int | Fraction:
        """A power, behind any number of signs, which bind less."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise NotPlain
        sign = self.take() if self.next in ("+", "-") else ""
        value = self.signed() if sign else self.power()
        self.depth -= 1
        return -value if sign == "-" else value

    def power(self) -> int | Fraction:
        """A number or bracket, with a whole exponent if any; powers bind from the right."""
        base = self.operand()
        if self.next not in ("^", "**"):
            return base
        self.take()
        exponent = self.signed()
        bits = max(base.numerator.bit_length(), base.denominator.bit_length())
        is_small = -MOST_BITS <= bits * exponent <= MOST_BITS
        if exponent.denominator != 1 or not is_small or (not base and exponent < 0):
            raise NotPlain
        return Fraction(base) ** int(exponent)

    def operand(self) -> int | Fraction:
        """A number, or a sum in brackets."""
        piece = self.take()
        if piece == "(":
            value = self.sum()
            if self.take() != ")":
                raise NotPlain
            return value
        if not piece or piece[0] not in ".0123456789":
            raise NotPlain
        return Fraction(piece) if "." in piece else int(piece)
