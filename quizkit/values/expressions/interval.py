"""Real numbers as exact fractions or as intervals of decimals that surely hold them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import (
    ROUND_CEILING,
    ROUND_FLOOR,
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

WIDEST_EXACT = 3000  # bits of a fraction that is still carried exactly
_EMAX = 10**15
_NARROW = Decimal("0.1")
_REMEMBERED = 256


class Undefined(Exception):
    """There surely is no real value."""


class Unsure(Exception):
    """The precision does not tell, or the value is out of reach."""


class Interval(NamedTuple):
    """Two bounds; the value lies between them or on them."""

    low: Decimal
    high: Decimal


Real = Fraction | Interval
ZERO, ONE = Decimal(0), Decimal(1)


class Arithmetic:
    """Operations on reals with a number of digits; every result holds the true value."""

    def __init__(self, digits: int) -> None:
        self.digits = digits
        self._cache: dict[tuple[str, Interval], Interval] = {}
        traps = [DivisionByZero, InvalidOperation, Overflow]
        self.down, self.up, self.near = (
            Context(digits, rounding, Emin=-_EMAX, Emax=_EMAX, traps=traps)
            for rounding in (ROUND_FLOOR, ROUND_CEILING, ROUND_HALF_EVEN)
        )

    # --- Bounds -----------------------------------------------------------------------------------

    def interval(self, value: Real) -> Interval:
        """The value between bounds."""
        if isinstance(value, Interval):
            return value
        above, below = Decimal(value.numerator), Decimal(value.denominator)
        if below == 1 and value.numerator.bit_length() < 3 * self.digits:
            return Interval(above, above)
        return Interval(self.down.divide(above, below), self.up.divide(above, below))

    def around(self, low: Decimal, high: Decimal) -> Interval:
        """Bounds that were rounded to nearest, moved outwards by one unit."""
        return Interval(self.down.next_minus(low), self.up.next_plus(high))

    def sign(self, value: Real) -> int:
        """-1, 0 or 1, or `Unsure`."""
        if not isinstance(value, Interval):
            return (value.numerator > 0) - (value.numerator < 0)
        if value.low > 0:
            return 1
        if value.high < 0:
            return -1
        if value.low == value.high == 0:
            return 0
        raise Unsure

    # --- The field operations ---------------------------------------------------------------------

    def add(self, a: Real, b: Real) -> Real:
        """a + b"""
        if not isinstance(a, Interval) and not isinstance(b, Interval):
            return self.kept(a + b)
        x, y = self.interval(a), self.interval(b)
        return Interval(self.down.add(x.low, y.low), self.up.add(x.high, y.high))

    def neg(self, a: Real) -> Real:
        """-a"""
        return (
            -a
            if not isinstance(a, Interval)
            else Interval(a.high.copy_negate(), a.low.copy_negate())
        )

    def sub(self, a: Real, b: Real) -> Real:
        """a - b"""
        if not isinstance(a, Interval) and not isinstance(b, Interval):
            return self.kept(a - b)
        return self.add(a, self.neg(b))

    def mul(self, a: Real, b: Real) -> Real:
        """a · b"""
        if not isinstance(a, Interval) and not isinstance(b, Interval):
            return self.kept(a * b)
        if a == 0 or b == 0:
            return Fraction(0)
        x, y = self.interval(a), self.interval(b)
        if x.low >= 0 and y.low >= 0:
            return Interval(self.down.multiply(x.low, y.low), self.up.multiply(x.high, y.high))
        pairs = [(p, q) for p in x for q in y]
        return Interval(
            min(self.down.multiply(p, q) for p, q in pairs),
            max(self.up.multiply(p, q) for p, q in pairs),
        )

    def div(self, a: Real, b: Real) -> Real:
        """a / b"""
        if self.sign(b) == 0:
            raise Undefined
        if not isinstance(a, Interval) and not isinstance(b, Interval):
            return self.kept(a / b)
        y = self.interval(b)
        return self.mul(a, Interval(self.down.divide(ONE, y.high), self.up.divide(ONE, y.low)))

    def kept(self, value: Fraction) -> Real:
        """The fraction itself while it is small, else bounds."""
        size = value.numerator.bit_length() + value.denominator.bit_length()
        return value if size <= WIDEST_EXACT else self.interval(value)

    # --- Powers -----------------------------------------------------------------------------------

    def power(self, a: Real, b: Real) -> Real:
        """a^b: real powers of positive numbers, whole powers of all; 0^0 is 1."""
        if not isinstance(b, Interval) and b.denominator == 1:
            return self.whole_power(a, b.numerator)
        sign = self.sign(a)
        if sign < 0:
            raise Undefined
        if sign == 0:
            if self.sign(b) < 0:
                raise Undefined
            return Fraction(0)
        if b == Fraction(1, 2):
            return self.sqrt(a)
        if not (isinstance(a, Interval) or isinstance(b, Interval)) and b.denominator < 20:
            root = _exact_root(a, b.denominator)
            if root is not None:
                return self.whole_power(root, b.numerator)
        return self.exp(self.mul(b, self.log(a)))

    def whole_power(self, a: Real, n: int) -> Real:
        """a^n by squaring."""
        if n < 0:
            return self.div(Fraction(1), self.whole_power(a, -n))
        if not isinstance(a, Interval):
            if a in (0, 1, -1):
                return a if n % 2 else Fraction(1) if n == 0 or a else Fraction(0)
            size = max(abs(a.numerator), a.denominator).bit_length()
            if size * n <= WIDEST_EXACT:
                return a**n
        elif n % 2 == 0 and n and a.low < 0 < a.high:
            a = Interval(ZERO, max(a.low.copy_negate(), a.high))
        elif n % 2 == 0 and n and a.high <= 0:
            a = self.neg(a)
        if n.bit_length() > 64:
            raise Unsure
        return self._squared(a, n)

    def _squared(self, a: Real, n: int) -> Real:
        result: Real = Fraction(1)
        base = a if isinstance(a, Interval) or n < 8 else self.interval(a)
        while n:
            if n & 1:
                result = self.mul(result, base)
            n >>= 1
            if n:
                base = self.mul(base, base)
        return result

    def sqrt(self, a: Real) -> Real:
        """√a"""
        if self.sign(a) < 0:
            raise Undefined
        if not isinstance(a, Interval):
            root = _exact_root(a, 2)
            if root is not None:
                return root
        x = self.interval(a)
        return Interval(*self.around(x.low.sqrt(self.near), x.high.sqrt(self.near)))

    def root(self, a: Real, degree: int) -> Real:
        """The real root; of a negative number where the degree is odd."""
        if degree <= 0:
            raise Undefined
        if degree % 2 and self.sign(a) < 0:
            return self.neg(self.root(self.neg(a), degree))
        return self.power(a, Fraction(1, degree))

    # --- exp and log ------------------------------------------------------------------------------

    def exp(self, a: Real) -> Real:
        """e^a"""
        if a == 0:
            return Fraction(1)
        x = self.interval(a)
        if x.low.copy_abs() > 10**14 or x.high.copy_abs() > 10**14:
            raise Unsure
        return self._known("exp", x, self._exp)

    def _exp(self, x: Interval) -> Interval:
        """Narrow bounds need one exponential: e^high < e^low · (1 + 2 (high - low))."""
        low = self.near.exp(x.low)
        width = self.up.subtract(x.high, x.low)
        if width > _NARROW:
            return self.around(low, self.near.exp(x.high))
        bounds = self.around(low, low)
        growth = self.up.fma(2, width, ONE)
        return Interval(bounds.low, self.up.multiply(bounds.high, growth)) if width else bounds

    def _known(self, function: str, x: Interval, work: Callable[[Interval], Interval]) -> Interval:
        """What was worked out before; answer and key have many parts in common."""
        place = (function, x)
        found = self._cache.get(place)
        if found is None:
            if len(self._cache) >= _REMEMBERED:
                self._cache.clear()
            found = self._cache[place] = work(x)
        return found

    def log(self, a: Real) -> Real:
        """ln a"""
        if self.sign(a) <= 0:
            raise Undefined
        if a == 1:
            return Fraction(0)
        x = self.interval(a)
        return self._known("log", x, self._log)

    def _log(self, x: Interval) -> Interval:
        """Narrow bounds need one logarithm: ln high ≤ ln low + (high - low) / low."""
        low = self.near.ln(x.low)
        width = self.up.divide(self.up.subtract(x.high, x.low), x.low)
        if width > _NARROW:
            return self.around(low, self.near.ln(x.high))
        bounds = self.around(low, low)
        return Interval(bounds.low, self.up.add(bounds.high, width)) if width else bounds

    # --- Order ------------------------------------------------------------------------------------

    def is_less(self, a: Real, b: Real) -> bool:
        """Whether a < b, or `Unsure`."""
        return self.sign(self.sub(a, b)) < 0

    def max(self, a: Real, b: Real) -> Real:
        """The larger; surely bounded even where the order is unsure."""
        if not isinstance(a, Interval) and not isinstance(b, Interval):
            return max(a, b)
        x, y = self.interval(a), self.interval(b)
        if x.low > y.high:
            return a
        if y.low > x.high:
            return b
        return Interval(max(x.low, y.low), max(x.high, y.high))

    def abs(self, a: Real) -> Real:
        """|a|"""
        return abs(a) if not isinstance(a, Interval) else self.max(a, self.neg(a))

    def floor(self, a: Real) -> Fraction:
        """The largest whole number that is not larger, or `Unsure`."""
        if not isinstance(a, Interval):
            return Fraction(a.numerator // a.denominator)
        if a.low.copy_abs() > 10**30 or a.high.copy_abs() > 10**30:
            raise Unsure
        low, high = (end.to_integral_value(ROUND_FLOOR) for end in a)
        if low != high:
            raise Unsure
        return Fraction(int(low))


@lru_cache(maxsize=8)
def arithmetic(digits: int) -> Arithmetic:
    """The arithmetic with so many digits."""
    return Arithmetic(digits)


def _exact_root(a: Fraction, degree: int) -> Fraction | None:
    """The root where it is a fraction."""
    above, below = (_integer_root(part, degree) for part in (a.numerator, a.denominator))
    return None if above is None or below is None else Fraction(above, below)


def _integer_root(n: int, degree: int) -> int | None:
    """The whole root of a whole number by Newton's method; None where there is none."""
    if n < 2:
        return n if n >= 0 else None
    guess = 1 << -(-n.bit_length() // degree)
    while True:
        better = ((degree - 1) * guess + n // guess ** (degree - 1)) // degree
        if better >= guess:
            return guess if guess**degree == n else None
        guess = better
