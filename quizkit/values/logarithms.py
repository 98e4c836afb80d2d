"""The logarithm of a growth: a sum of constants times monomials in n, log n and log log n of each symbol.

n^2 is 2·log n, 3^n is (ln 3)·n. A monomial is compared with another whichever way the symbols grow.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from quizkit.values import reals
from quizkit.values.reals import ONE, Real, Unbounded

# Exponents of s, log s, log log s and once more, by symbol; in order of size.
Powers = tuple[Fraction, Fraction, Fraction, Fraction]
Monomial = tuple[tuple[str, Powers], ...]
# Coefficients by monomial; none is 0.
Growth = tuple[tuple[Monomial, Real], ...]

_ZERO = Fraction(0)
_UNIT = Fraction(1)
_NONE: Powers = (_ZERO, _ZERO, _ZERO, _ZERO)
_LOGARITHMS: tuple[Powers, ...] = (
    (_ZERO, _UNIT, _ZERO, _ZERO),
    (_ZERO, _ZERO, _UNIT, _ZERO),
    (_ZERO, _ZERO, _ZERO, _UNIT),
)


def of_symbol(name: str) -> Growth:
    """log n."""
    return ((((name, _LOGARITHMS[0]),), ONE),)


def of_constant(value: Real) -> Growth:
    """A constant, as the logarithm of a factor."""
    return (((), value),) if value else ()


def combined(one: Growth, other: Growth) -> Growth:
    """The sum of two logarithms."""
    if not one or not other:
        return one or other
    if one[0][0] == other[0][0] and len(one) == len(other) == 1:
        total = reals.plus(one[0][1], other[0][1])
        return ((one[0][0], total),) if total else ()
    parts = dict(one)
    for monomial, each in other:
        parts[monomial] = reals.plus(parts.get(monomial, ()), each)
    return _growth(parts.items())


def multiple(growth: Growth, factor: Real) -> Growth:
    """A logarithm times a constant."""
    if factor == ONE or not factor:
        return growth if factor else ()
    return tuple((monomial, reals.times(each, factor)) for monomial, each in growth)


def difference(one: Growth, other: Growth) -> Growth:
    """The logarithm of the ratio."""
    return combined(one, multiple(other, reals.rational(-1)))


def times_monomial(growth: Growth, monomial: Monomial) -> Growth:
    """A logarithm times n^a (log n)^b."""
    return _growth((_joined(monomial, other), each) for other, each in growth)


def as_monomial(growth: Growth) -> Monomial:
    """n^a (log n)^b, of which the logarithm is a·log n + b·log log n, as exponents."""
    exponents: dict[str, list[Fraction]] = {}
    for monomial, each in growth:
        factor = reals.as_rational(each)
        simple = len(monomial) == 1 and factor is not None
        name, powers = monomial[0] if simple else ("", _NONE)
        if powers not in _LOGARITHMS:
            raise Unbounded("expected no more than a polynomial in an exponent")
        own = exponents.setdefault(name, list(_NONE))
        own[_LOGARITHMS.index(powers)] += factor or _ZERO
    return tuple(sorted((name, (a, b, c, d)) for name, (a, b, c, d) in exponents.items()))


def of_monomial(monomial: Monomial) -> Growth:
    """log of n^a (log n)^b: a·log n + b·log log n."""
    parts: list[tuple[Monomial, Real]] = []
    for name, (*powers, last) in monomial:
        if last:
            raise Unbounded("expected at most two logarithms of one another")
        for power, unit in zip(powers, _LOGARITHMS, strict=True):
            parts.append((((name, unit),), reals.rational(power)))
    return _growth(parts)


def is_bounded_below(growth: Growth) -> bool:
    """Whether every part that falls is outgrown by one that rises, whichever way the symbols grow."""
    signs = [(monomial, reals.sign(each)) for monomial, each in growth]
    rising = [monomial for monomial, direction in signs if direction > 0]
    return all(
        any(is_beneath(monomial, other) for other in rising) or vanishes(monomial)
        for monomial, direction in signs
        if monomial and direction < 0
    )


def is_unbounded(growth: Growth) -> bool:
    """Whether it rises beyond any bound, whichever way the symbols grow."""
    rises = any(is_beneath((), monomial) and reals.sign(each) > 0 for monomial, each in growth)
    return rises and is_bounded_below(growth)


def vanishes(monomial: Monomial) -> bool:
    """Whether it tends to 0, as 1/n and log(n)/n do."""
    return is_beneath(monomial, ())


def is_beneath(one: Monomial, other: Monomial) -> bool:
    """Whether one is o(other): no larger in any symbol, and smaller in one."""
    first, second = dict(one), dict(other)
    is_less = False
    for name in first.keys() | second.keys():
        mine, its = first.get(name, _NONE), second.get(name, _NONE)
        if mine > its:
            return False
        is_less = is_less or mine < its
    return is_less


def _growth(parts: Iterable[tuple[Monomial, Real]]) -> Growth:
    return tuple(sorted((monomial, each) for monomial, each in parts if each))


def _joined(one: Monomial, other: Monomial) -> Monomial:
    exponents = dict(one)
    for name, powers in other:
        a, b, c, d = (x + y for x, y in zip(exponents.get(name, _NONE), powers, strict=True))
        exponents[name] = (a, b, c, d)
    return tuple(sorted((name, powers) for name, powers in exponents.items() if any(powers)))
