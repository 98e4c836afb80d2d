"""Growth up to constant factors, compared exactly: sums of terms such as n^2 log n, 2^n m, n!, b^d.

A term is kept as its logarithm, a sum of coefficients times monomials in n, log n and log log n of each
symbol: n^2 is 2·log n, 3^n is (ln 3)·n, and n! is n·log n - n + log(n)/2 [Stirling]. A coefficient is a
rational plus rational multiples of logarithms of primes, so it is zero only if all of these are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import combinations, pairwise, product

from msgspec import Struct

# Exponents of s, log s, log log s and once more, by symbol; in order of size.
Powers = tuple[Fraction, Fraction, Fraction, Fraction]
Monomial = tuple[tuple[str, Powers], ...]
# Multiples of ln p by prime p, and of 1 by 1; none is 0.
Coefficient = tuple[tuple[int, Fraction], ...]
Growth = tuple[tuple[Monomial, Coefficient], ...]

LARGEST_BASE = 10**8
MOST_BITS = 400  # of a constant factor; beyond, only that there is one is kept
MOST_TERMS = 30
LARGEST_EXPONENT = 1000

ONE: Coefficient = ((1, Fraction(1)),)
_ZERO = Fraction(0)
_UNIT = Fraction(1)
_NONE: Powers = (_ZERO, _ZERO, _ZERO, _ZERO)
_LOGARITHMS: tuple[Powers, ...] = (
    (_ZERO, _UNIT, _ZERO, _ZERO),
    (_ZERO, _ZERO, _UNIT, _ZERO),
    (_ZERO, _ZERO, _ZERO, _UNIT),
)


class Unbounded(ValueError):
    """No growth that can be compared here; the message says why."""


class Term(Struct, frozen=True):
    """A constant factor (None for one that is not rational) times a growth."""

    amount: Fraction | None
    growth: Growth


Sum = tuple[Term, ...]


def symbol(name: str) -> Sum:
    """The symbol itself: its logarithm is log n."""
    return (Term(_UNIT, ((((name, _LOGARITHMS[0]),), ONE),)),)


def constant(amount: Fraction) -> Sum:
    """A number; none at all for 0."""
    return (Term(amount, ()),) if amount else ()


EULER: Sum = (Term(None, ()),)


def added(one: Sum, other: Sum, sign: int = 1) -> Sum:
    """The sum or difference, like terms together."""
    terms: dict[Growth, Fraction | None] = {}
    for term, factor in [*((t, 1) for t in one), *((t, sign) for t in other)]:
        before = terms.get(term.growth, _ZERO)
        if (before is None or term.amount is None) and term.growth in terms and factor < 0:
            raise Unbounded("this difference cannot be told from 0")
        exact = None
        if before is not None and term.amount is not None:
            exact = before + term.amount * factor
        terms[term.growth] = exact
    return _bounded(Term(amount, growth) for growth, amount in terms.items() if amount != 0)


def multiplied(one: Sum, other: Sum) -> Sum:
    """The product, expanded."""
    if len(one) * len(other) > MOST_TERMS**2:
        raise Unbounded(f"expected at most {MOST_TERMS} terms")
    found: Sum = ()
    for a, b in product(one, other):
        known = a.amount is not None and b.amount is not None
        amount = _kept(a.amount * b.amount) if known else None  # type: ignore[operator]
        found = added(found, (Term(amount, _combined(a.growth, b.growth)),))
    return found


def divided(one: Sum, other: Sum) -> Sum:
    """One over a single term."""
    return multiplied(one, to_the(other, Fraction(-1)))


def to_the(base: Sum, exponent: Fraction) -> Sum:
    """A power with a constant exponent; of a sum with a broken one, up to constant factors."""
    if abs(exponent) > LARGEST_EXPONENT or exponent.denominator > LARGEST_EXPONENT:
        raise Unbounded(f"expected exponents of at most {LARGEST_EXPONENT}")
    if len(base) == 1:
        return (_powered(base[0], exponent),)
    if not base or exponent < 0:
        raise Unbounded("expected a single term below a fraction's bar")
    if exponent.denominator == 1 and exponent <= 4:
        found = constant(Fraction(1))
        for _ in range(int(exponent)):
            found = multiplied(found, base)
        return found
    # (a + b)^q lies between max(a, b)^q and 2^q of it.
    return tuple(_powered(term, exponent) for term in settled(base))


def raised(base: Sum, exponent: Sum, *, of_e: bool = False) -> Sum:
    """A power whose exponent grows: exp(exponent · log base), base a single term."""
    if all(not term.growth for term in exponent) and not of_e:
        total = sum((term.amount or _ZERO for term in exponent), _ZERO)
        if any(term.amount is None for term in exponent):
            raise Unbounded("expected a rational exponent")
        return to_the(base, total)
    if len(base) != 1:
        raise Unbounded("expected a single term as base of a power that grows")
    logarithm: Growth = ((((), ONE)),) if of_e else _full_logarithm(base[0])
    return (_exponential(_scaled_by(exponent, logarithm)),)


def factorial(argument: Sum) -> Sum:
    """t! as t·log t - t + log(t)/2, where (t + k)! is t^k t!."""
    shifts = [term.amount for term in argument if not term.growth]
    mains = [term for term in argument if term.growth]
    shift = shifts[0] if shifts else _ZERO
    if len(mains) != 1 or shift is None or shift.denominator != 1 or abs(shift) > 99:
        raise Unbounded("expected the factorial of one term, as in n! or (n - 1)!")
    main = mains[0]
    whole = _scaled_by((main,), _full_logarithm(main))
    less = _scaled_by((main,), ((((), ((1, Fraction(-1)),))),))
    rest = _multiple(main.growth, Fraction(1, 2) + shift)
    return (_exponential(_combined(_combined(whole, less), rest)),)


def logarithm(argument: Sum) -> Sum:
    """The growth of the logarithm of a sum: of each of its terms, whichever is the largest."""
    found: Sum = ()
    for term in settled(argument):
        above = [part for part in term.growth if sign(part[1]) > 0]
        if term.growth and not is_bounded_below(term.growth):
            raise Unbounded("the logarithm of what shrinks is no growth")
        largest = [m for m, _ in above if not any(_is_beneath(m, other) for other, _ in above)]
        for monomial in largest:
            found = added(found, (Term(Fraction(1), _logarithm_of(monomial)),))
    if len(found) > 1:
        found = tuple(Term(Fraction(1), term.growth) for term in found if term.growth)
    return tuple(Term(Fraction(1), t.growth) for t in found) or constant(Fraction(1))


def settled(terms: Sum) -> Sum:
    """The sum with what is subtracted left out, where something larger stands beside it."""
    kept = tuple(term for term in terms if term.amount is None or term.amount > 0)
    for term in terms:
        if term in kept:
            continue
        if not any(is_above(other, term) for other in kept):
            raise Unbounded("expected a sum whose largest term is not subtracted")
    if not kept:
        raise Unbounded("expected something that grows, or a constant above 0")
    return kept


def leading(terms: Sum) -> Sum:
    """The terms of a settled sum that no other one makes superfluous."""
    kept = list(terms)
    for term in terms:
        others = [other for other in kept if other is not term]
        if others and covers(tuple(others), term):
            kept = others
    return tuple(kept)


def is_at_most(one: Sum, other: Sum) -> bool:
    """Whether one = O(other), as all symbols grow independently."""
    return all(covers(other, term) for term in one)


def covers(terms: Sum, term: Term) -> bool:
    """Whether term = O(terms): below one of them, or below a weighted geometric mean of two."""
    differences = [_combined(each.growth, _multiple(term.growth, Fraction(-1))) for each in terms]
    if any(is_bounded_below(each) for each in differences):
        return True
    return any(_mean_is_bounded(a, b) for a, b in combinations(differences, 2))


def is_above(one: Term, other: Term) -> bool:
    """Whether other = o(one)."""
    difference = _combined(one.growth, _multiple(other.growth, Fraction(-1)))
    return bool(difference) and is_bounded_below(difference)


def is_bounded_below(logarithm: Growth) -> bool:
    """Whether every part that falls is outgrown by one that rises, whichever way the symbols grow."""
    rising = [monomial for monomial, each in logarithm if sign(each) > 0]
    return all(
        any(_is_beneath(monomial, other) for other in rising)
        for monomial, each in logarithm
        if sign(each) < 0
    )


def sign(coefficient: Coefficient) -> int:
    """-1, 0 or 1; never 0 for a coefficient that has parts."""
    if not coefficient:
        return 0
    signs = {part > 0 for _, part in coefficient}
    if len(signs) == 1:
        return 1 if signs.pop() else -1
    from decimal import Context, Decimal

    context = Context(prec=80)
    total = Decimal(0)
    for prime, part in coefficient:
        weight = Decimal(1) if prime == 1 else context.ln(Decimal(prime))
        exact = context.divide(Decimal(part.numerator), Decimal(part.denominator))
        total = context.add(total, context.multiply(exact, weight))
    return 1 if total > 0 else -1


def _mean_is_bounded(one: Growth, other: Growth) -> bool:
    """Whether some weighted mean of two logarithms is bounded below: x y = O(x^2 + y^2)."""
    marks = {_ZERO, Fraction(1)}
    first, second = dict(one), dict(other)
    for monomial in first.keys() | second.keys():
        a, b = _rational(first.get(monomial, ())), _rational(second.get(monomial, ()))
        if a is not None and b is not None and a != b and 0 <= b / (b - a) <= 1:
            marks.add(b / (b - a))
    weights = sorted(marks)
    weights += [(a + b) / 2 for a, b in pairwise(weights)]
    return any(
        is_bounded_below(_combined(_multiple(one, w), _multiple(other, 1 - w))) for w in weights
    )


def _rational(coefficient: Coefficient) -> Fraction | None:
    if not coefficient:
        return _ZERO
    return coefficient[0][1] if len(coefficient) == 1 and coefficient[0][0] == 1 else None


def _bounded(terms: Iterable[Term]) -> Sum:
    found = tuple(terms)
    if len(found) > MOST_TERMS:
        raise Unbounded(f"expected at most {MOST_TERMS} terms")
    return found


def _combined(one: Growth, other: Growth) -> Growth:
    """The sum of two logarithms."""
    if not one or not other:
        return one or other
    total = {monomial: dict(each) for monomial, each in one}
    for monomial, each in other:
        mine = total.setdefault(monomial, {})
        for prime, part in each:
            mine[prime] = mine.get(prime, _ZERO) + part
    return _growth((monomial, mine) for monomial, mine in total.items())


def _growth(parts: Iterable[tuple[Monomial, dict[int, Fraction]]]) -> Growth:
    found = []
    for monomial, each in parts:
        coefficient = tuple(sorted((prime, part) for prime, part in each.items() if part))
        if coefficient:
            found.append((monomial, coefficient))
    return tuple(sorted(found))


def _multiple(growth: Growth, factor: Fraction) -> Growth:
    if factor == 0:
        return ()
    return tuple(
        (monomial, tuple((prime, part * factor) for prime, part in each))
        for monomial, each in growth
    )


def _powered(term: Term, exponent: Fraction) -> Term:
    amount = term.amount
    if amount is not None and amount != 1:
        if amount < 0 and exponent.denominator != 1:
            raise Unbounded("expected a root of what is above 0")
        small = exponent.denominator == 1 and abs(exponent) <= 8
        amount = _kept(amount ** int(exponent)) if small else None
    return Term(amount if exponent else Fraction(1), _multiple(term.growth, exponent))


def _kept(amount: Fraction) -> Fraction | None:
    if amount.numerator.bit_length() + amount.denominator.bit_length() <= MOST_BITS:
        return amount
    if amount < 0:
        raise Unbounded("expected a smaller constant factor")
    return None


def _full_logarithm(term: Term) -> Growth:
    """The logarithm with that of the constant factor."""
    if term.amount is None or term.amount <= 0:
        raise Unbounded("expected a rational base above 0")
    parts = dict(_logarithm_of_number(term.amount))
    return _combined(term.growth, _growth([((), parts)]))


def _logarithm_of_number(amount: Fraction) -> Iterator[tuple[int, Fraction]]:
    """The exponents of its primes."""
    for number, direction in ((amount.numerator, 1), (amount.denominator, -1)):
        if number > LARGEST_BASE:
            raise Unbounded("expected a smaller base")
        prime, left = 2, number
        while left > 1:
            if prime * prime > left:
                prime = left
            power = 0
            while left % prime == 0:
                left //= prime
                power += 1
            if power:
                yield prime, Fraction(power * direction)
            prime += 1


def _scaled_by(exponent: Sum, logarithm: Growth) -> Growth:
    """The exponent times a logarithm, term by term."""
    found: Growth = ()
    for term in exponent:
        if term.amount is None:
            raise Unbounded("expected a rational exponent")
        monomial = _as_monomial(term)
        parts = _growth((_joined(monomial, other), dict(each)) for other, each in logarithm)
        found = _combined(found, _multiple(parts, term.amount))
    return found


def _as_monomial(term: Term) -> Monomial:
    """n^a (log n)^b, of which the logarithm is a·log n + b·log log n, as exponents."""
    exponents: dict[str, list[Fraction]] = {}
    for monomial, each in term.growth:
        factor = _rational(each)
        simple = len(monomial) == 1 and factor is not None
        name, powers = monomial[0] if simple else ("", _NONE)
        if powers not in _LOGARITHMS:
            raise Unbounded("expected no more than a polynomial in an exponent")
        own = exponents.setdefault(name, list(_NONE))
        own[_LOGARITHMS.index(powers)] += factor or _ZERO
    found = tuple(sorted((name, (a, b, c, d)) for name, (a, b, c, d) in exponents.items()))
    if found and all(powers[0] == 0 for _, powers in found):
        raise Unbounded("the base of this logarithm decides; write the power without it")
    return found


def _joined(one: Monomial, other: Monomial) -> Monomial:
    exponents = dict(one)
    for name, powers in other:
        a, b, c, d = (x + y for x, y in zip(exponents.get(name, _NONE), powers, strict=True))
        exponents[name] = (a, b, c, d)
    return tuple(sorted((name, powers) for name, powers in exponents.items() if any(powers)))


def _exponential(logarithm: Growth) -> Term:
    """exp of a logarithm: what does not grow in it is a constant factor."""
    growing = tuple((monomial, each) for monomial, each in logarithm if monomial)
    return Term(Fraction(1) if len(growing) == len(logarithm) else None, growing)


def _logarithm_of(monomial: Monomial) -> Growth:
    """log of n^a (log n)^b, as the logarithm of that: a·log n + b·log log n."""
    parts: list[tuple[Monomial, dict[int, Fraction]]] = []
    for name, (*powers, last) in monomial:
        if last:
            raise Unbounded("expected at most two logarithms of one another")
        for power, unit in zip(powers, _LOGARITHMS, strict=True):
            parts.append((((name, unit),), {1: power}))
    return _growth(parts)


def _is_beneath(one: Monomial, other: Monomial) -> bool:
    """Whether one is o(other): no larger in any symbol, and smaller in one."""
    first, second = dict(one), dict(other)
    names = first.keys() | second.keys()
    pairs = [(first.get(name, _NONE), second.get(name, _NONE)) for name in names]
    return all(a <= b for a, b in pairs) and any(a < b for a, b in pairs)
