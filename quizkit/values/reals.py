"""Constants kept exactly: sums of rational multiples of products of roots, logarithms and powers of e.

log_2 8 is 3 and 2^(log_2 3) is 3; log_2 7 stays ln 7 / ln 2. Two constants in one form are equal; whether
others differ is told by their values with bounds on the error, and where those overlap nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import (
    Context,
    Decimal,
    DecimalException,
    DivisionByZero,
    InvalidOperation,
    Overflow,
    Underflow,
)
from fractions import Fraction
from functools import lru_cache
from itertools import product
from typing import Any

# What is multiplied: the root of a prime, `ln` of a prime, `exp` and `log` of a constant, a `sum` above 0,
# `pi`, and `base`, the logarithm of the base of a `log` that names none.
Atom = tuple[str, Any]
Factors = tuple[tuple[Atom, Fraction], ...]
# By product, its multiple; none is 0.
Real = tuple[tuple[Factors, Fraction], ...]
Ball = tuple[Decimal, Decimal]  # a value, and how far off it may be

LARGEST_PRIME = 10**8
MOST_BITS = 400
MOST_PARTS = 24
DEEPEST = 4
LARGEST_POWER = 4  # of a sum that is multiplied out

ZERO: Real = ()
ONE: Real = (((), Fraction(1)),)
WHICH_BASE = "the base of this logarithm decides; write log_2, log_10 or ln"
_UNIT = Fraction(1)
_NO_ATOM: Atom = ("", 0)
_PI = Decimal(
    "3.14159265358979323846264338327950288419716939937510582097494459230781640628620899862803"
)
_DIGITS = Context(
    prec=60, Emin=-9999, Emax=9999, traps=[Overflow, Underflow, InvalidOperation, DivisionByZero]
)
_SLACK = Decimal("1e-57")
_WIDER = Decimal("1.001")


class Unbounded(ValueError):
    """Nothing that can be kept or compared here; the message says why."""


class Undecided(Unbounded):
    """Two constants that cannot be told apart."""


def rational(amount: Fraction | int) -> Real:
    """A rational number."""
    return (((), Fraction(amount)),) if amount else ()


def atom(kind: str, of: Any = 0, exponent: Fraction = _UNIT) -> Real:
    """A power of one of the known constants."""
    return (((((kind, of), exponent),), _UNIT),)


PI = atom("pi")
BASE = atom("base")
EULER = atom("exp", ONE)


def as_rational(real: Real) -> Fraction | None:
    """The number, where it is known to be rational."""
    if not real:
        return Fraction(0)
    return real[0][1] if len(real) == 1 and not real[0][0] else None


def plus(one: Real, other: Real) -> Real:
    """The sum."""
    if not one or not other:
        return one or other
    if len(one) == len(other) == 1 and one[0][0] == other[0][0]:
        amount = one[0][1] + other[0][1]
        return ((one[0][0], _short(amount)),) if amount else ()
    total = dict(one)
    for factors, amount in other:
        total[factors] = total.get(factors, Fraction(0)) + amount
    return _real(total)


def scaled(real: Real, factor: Fraction) -> Real:
    """A rational multiple."""
    if factor == 1 or not factor:
        return real if factor else ()
    if factor == -1:
        return tuple((factors, -amount) for factors, amount in real)
    return tuple((factors, _short(amount * factor)) for factors, amount in real)


def minus(one: Real, other: Real) -> Real:
    """The difference."""
    return plus(one, scaled(other, Fraction(-1)))


def times(one: Real, other: Real) -> Real:
    """The product, multiplied out, where a sum meets its own inverse without both."""
    for real, factor in ((one, as_rational(other)), (other, as_rational(one))):
        if factor is not None:
            return scaled(real, factor)
    one, other = _without_inverse(*_without_inverse(one, other)[::-1])
    if len(one) * len(other) > MOST_PARTS:
        raise Unbounded("expected a shorter constant")
    total: Real = ()
    for (first, a), (second, b) in product(one, other):
        total = plus(total, scaled(_joined(first, second), _short(a * b)))
    return total


def divided(one: Real, other: Real) -> Real:
    """One over another."""
    return times(one, power(other, rational(-1)))


def power(base: Real, exponent: Real) -> Real:
    """A power; of a number below 0 only a whole one."""
    exact = as_rational(exponent)
    if exact is None:
        return exponential(times(exponent, logarithm(base)))
    if exact == 0:
        return ONE
    whole = exact.denominator == 1
    if not base or (not whole and sign(base) < 0):
        raise Unbounded("expected a power of a number above 0")
    if len(base) > 1 and whole and 0 < exact <= LARGEST_POWER:
        return times(base, power(base, rational(exact - 1)))
    factors, amount = base[0]
    if len(base) > 1 or (not whole and not _are_positive(factors)):
        return _power_of_sum(base, exact)
    raised = tuple((each, _short(own * exact)) for each, own in factors)
    direction = -1 if amount < 0 and exact.numerator % 2 else 1
    return times(
        _joined(raised, ()), scaled(_power_of_rational(abs(amount), exact), Fraction(direction))
    )


def logarithm(real: Real) -> Real:
    """The natural logarithm of a constant above 0."""
    if not real or sign(real) < 0:
        raise Unbounded("expected the logarithm of a number above 0")
    factors, amount, rest = _parted(real)
    total = _logarithm_of_rational(amount)
    if rest != ONE:
        total = plus(total, _nested("log", rest))
    for (kind, of), exponent in factors:
        if kind == "base":
            raise Undecided(WHICH_BASE)
        inner = atom("ln", of) if kind == "root" else of if kind == "exp" else None
        if inner is None:
            inner = _nested("log", of if kind == "sum" else atom(kind, of))
        total = plus(total, scaled(inner, exponent))
    return total


def exponential(real: Real) -> Real:
    """e to the power of a constant."""
    found = ONE
    for factors, amount in real:
        ((kind, of), exponent) = factors[0] if len(factors) == 1 else (_NO_ATOM, _UNIT)
        if kind == "ln" and exponent == 1:
            each = _power_of_rational(Fraction(of), amount)
        elif kind == "log" and exponent == 1:
            each = power(of, rational(amount))
        else:
            each = power(_nested("exp", ((factors, _UNIT),)), rational(amount))
        found = times(found, each)
    return found


def sign(real: Real) -> int:
    """-1, 0 or 1; `Undecided` where the value is too near 0 to tell, or depends on a base not named."""
    if not real:
        return 0
    if len(real) == 1 and not real[0][0]:
        return 1 if real[0][1] > 0 else -1
    signs = {amount > 0 for _, amount in real}
    if len(signs) == 1 and all(_are_positive(factors) for factors, _ in real):
        return 1 if signs.pop() else -1
    if has_open_base(real):
        raise Undecided(WHICH_BASE)
    value, error = _value(real)
    if value.copy_abs() <= error:
        raise Undecided("these constants cannot be told apart; write them as numbers")
    return 1 if value > 0 else -1


def approximate(real: Real) -> Fraction:
    """A rational number nearby."""
    if has_open_base(real):
        raise Undecided(WHICH_BASE)
    return Fraction(_value(real)[0].quantize(Decimal("1e-12")))


@lru_cache(512)
def has_open_base(real: Real) -> bool:
    """Whether the value depends on a base that is not named."""
    return any(
        kind == "base" or (isinstance(of, tuple) and has_open_base(of))
        for factors, _ in real
        for (kind, of), _ in factors
    )


def _are_positive(factors: Factors) -> bool:
    return all(kind != "log" for (kind, _), _ in factors)


def _nested(kind: str, of: Real) -> Real:
    if _depth(of) >= DEEPEST:
        raise Unbounded("expected a constant with fewer levels")
    return atom(kind, of)


def _depth(real: Real) -> int:
    inner = [of for factors, _ in real for (_, of), _ in factors if isinstance(of, tuple)]
    return 1 + max(map(_depth, inner), default=0)


def _real(parts: dict[Factors, Fraction]) -> Real:
    found = tuple(sorted((factors, _short(amount)) for factors, amount in parts.items() if amount))
    if len(found) > MOST_PARTS:
        raise Unbounded("expected a shorter constant")
    return found


def _short(amount: Fraction) -> Fraction:
    if amount.numerator.bit_length() + amount.denominator.bit_length() > MOST_BITS:
        raise Unbounded("expected a constant with fewer digits")
    return amount


def _joined(one: Factors, other: Factors) -> Real:
    """The product of two products: whole powers of primes and of sums multiplied out."""
    exponents = dict(_times_atoms(one, other))
    amount = Fraction(1)
    sums: list[Real] = []
    for (kind, of), exponent in list(exponents.items()):
        if kind == "root":
            whole = exponent.numerator // exponent.denominator
            amount = _short(amount * _whole_power(Fraction(of), whole))
            exponents[kind, of] = exponent - whole
        elif kind == "sum" and exponent.denominator == 1 and 0 < exponent <= LARGEST_POWER:
            sums += [of] * int(exponent)
            exponents[kind, of] = Fraction(0)
    found: Real = ((_times_atoms(tuple(exponents.items()), ()), amount),)
    for factor in sums:
        found = times(found, factor)
    return found


def _without_inverse(one: Real, other: Real) -> tuple[Real, Real]:
    """A sum, and a product with its inverse, with both left out."""
    if len(one) < 2 or len(other) != 1:
        return one, other
    common, content, of = _parted(one)
    factors, amount = other[0]
    for direction in (1, -1):
        each = ("sum", scaled(of, Fraction(direction)))
        if dict(factors).get(each, 0) <= -1:
            return times(_joined(common, ()), rational(content * direction)), times(
                _joined(factors, ((each, _UNIT),)), rational(amount)
            )
    return one, other


def _parted(real: Real) -> tuple[Factors, Fraction, Real]:
    """The factors above 0 that all parts share, a rational one above 0, and what is left, which may be 1."""
    parts = [dict(factors) for factors, _ in real]
    atoms = {each for part in parts for each in part if _are_positive(((each, _UNIT),))}
    least = {each: min(part.get(each, Fraction(0)) for part in parts) for each in sorted(atoms)}
    common = tuple((each, exponent) for each, exponent in least.items() if exponent)
    inverse = tuple((each, -exponent) for each, exponent in common)
    rest = _real({_times_atoms(factors, inverse): amount for factors, amount in real})
    content = abs(rest[0][1])
    return common, content, scaled(rest, 1 / content)


def _times_atoms(one: Factors, other: Factors) -> Factors:
    exponents = dict(one)
    for each, exponent in other:
        exponents[each] = exponents.get(each, Fraction(0)) + exponent
    return tuple(sorted((each, exponent) for each, exponent in exponents.items() if exponent))


def _power_of_sum(base: Real, exponent: Fraction) -> Real:
    """A power kept as it is, of a sum made to begin with 1."""
    common, content, rest = _parted(base)
    direction = 1
    if sign(rest) < 0:
        rest = scaled(rest, Fraction(-1))
        direction = -1 if exponent.numerator % 2 else 1
    raised = tuple((each, _short(own * exponent)) for each, own in common)
    outside = times(_joined(raised, ()), _power_of_rational(content, exponent))
    if _depth(rest) >= DEEPEST:
        raise Unbounded("expected a constant with fewer levels")
    return times(scaled(outside, Fraction(direction)), atom("sum", rest, exponent))


def _power_of_rational(base: Fraction, exponent: Fraction) -> Real:
    if exponent.denominator == 1:
        return rational(_whole_power(base, int(exponent)))
    raised = tuple((("root", prime), _short(own * exponent)) for prime, own in _primes(base))
    return _joined(raised, ())


def _whole_power(base: Fraction, exponent: int) -> Fraction:
    bits = max(base.numerator.bit_length(), base.denominator.bit_length())
    if base != 1 and bits * abs(exponent) > 2 * MOST_BITS:
        raise Unbounded("expected a constant with fewer digits")
    return _short(base**exponent)


def _logarithm_of_rational(amount: Fraction) -> Real:
    return _real({((("ln", prime), _UNIT),): Fraction(times) for prime, times in _primes(amount)})


@lru_cache(256)
def _primes(amount: Fraction) -> tuple[tuple[int, int], ...]:
    """The exponents of its primes."""
    return tuple(
        (prime, times * direction)
        for number, direction in ((amount.numerator, 1), (amount.denominator, -1))
        for prime, times in _divided_out(number)
    )


def _divided_out(left: int) -> Iterator[tuple[int, int]]:
    prime = 2
    while left > 1:
        if prime * prime > left:
            prime = left
        elif prime * prime > LARGEST_PRIME:
            raise Unbounded("expected a number with smaller prime factors")
        times = 0
        while left % prime == 0:
            left //= prime
            times += 1
        if times:
            yield prime, times
        prime += 1


def _value(real: Real) -> Ball:
    try:
        total, error = Decimal(0), Decimal(0)
        for factors, amount in real:
            ratio = _DIGITS.divide(Decimal(amount.numerator), Decimal(amount.denominator))
            value, off = ratio, abs(ratio) * _SLACK
            for (kind, of), exponent in factors:
                value, off = _product((value, off), _raised(_known(kind, of), exponent))
            total = _DIGITS.add(total, value)
            error = _DIGITS.add(error, off + abs(total) * _SLACK)
    except DecimalException as problem:
        raise Undecided("expected a constant that is neither so large nor so small") from problem
    return total, error * _WIDER


@lru_cache(1024)
def _known(kind: str, of: Any) -> Ball:
    if kind == "pi":
        return _PI, _SLACK
    if kind == "root":
        return Decimal(of), Decimal(0)
    if kind == "ln":
        return _natural((Decimal(of), Decimal(0)))
    inner = _value(of)
    return _natural(inner) if kind == "log" else _grown(inner) if kind == "exp" else inner


def _product(one: Ball, other: Ball) -> Ball:
    (a, off_a), (b, off_b) = one, other
    value = _DIGITS.multiply(a, b)
    return value, (abs(a) * off_b + abs(b) * off_a + off_a * off_b + abs(value) * _SLACK) * _WIDER


def _raised(base: Ball, exponent: Fraction) -> Ball:
    """A power of what is not 0; of what is below it, a whole one."""
    if exponent == 1:
        return base
    value, off = base
    ratio = _DIGITS.divide(Decimal(exponent.numerator), Decimal(exponent.denominator))
    found, error = _grown(_product(_natural((value.copy_abs(), off)), (ratio, abs(ratio) * _SLACK)))
    return (found.copy_negate() if value < 0 and exponent.numerator % 2 else found), error


def _natural(ball: Ball) -> Ball:
    value, off = ball
    if value <= 2 * off:
        raise Undecided("these constants cannot be told apart; write them as numbers")
    found = _DIGITS.ln(value)
    return found, (2 * off / value + (abs(found) + 1) * _SLACK) * _WIDER


def _grown(ball: Ball) -> Ball:
    value, off = ball
    if off >= 1:
        raise Undecided("expected a constant that is neither so large nor so small")
    found = _DIGITS.exp(value)
    return found, found * (2 * off + _SLACK) * _WIDER
