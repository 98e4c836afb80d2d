"""Growth up to constant factors, compared exactly: sums of terms such as n^2 log n, 2^n m, n!, b^d.

A term is kept as its logarithm, with a constant factor that is known or not: n! is n·log n - n + log(n)/2
[Stirling], with a factor that is not. A factor counts for nothing, until the term stands in an exponent or
is raised to a power that grows.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import combinations, pairwise, product
from math import factorial as whole_factorial

from msgspec import Struct

from quizkit.values import logarithms, reals
from quizkit.values.logarithms import Growth
from quizkit.values.reals import ONE, Real, Unbounded

__all__ = ["Sum", "Term", "Unbounded", "is_at_most"]

MOST_TERMS = 30
LARGEST_EXPONENT = 1000
LARGEST_FACTORIAL = 20
LARGEST_SHIFT = 99
MOST_FACTORS = 4  # of a binomial coefficient that are multiplied out


class Term(Struct, frozen=True):
    """A constant factor (None for one above 0 that is not known) times a growth."""

    amount: Real | None
    growth: Growth

    @property
    def is_positive(self) -> bool:
        """Whether it is above 0."""
        return self.amount is None or reals.sign(self.amount) > 0


Sum = tuple[Term, ...]


def symbol(name: str) -> Sum:
    """The symbol itself: its logarithm is log n."""
    return (Term(ONE, logarithms.of_symbol(name)),)


def constant(amount: Fraction | int) -> Sum:
    """A number; none at all for 0."""
    return real(reals.rational(amount))


def real(amount: Real) -> Sum:
    """A constant; none at all for 0."""
    return (Term(amount, ()),) if amount else ()


def as_constant(terms: Sum) -> Real | None:
    """The constant that a sum is; None where it grows, or is not known."""
    if not terms:
        return ()
    return terms[0].amount if len(terms) == 1 and not terms[0].growth else None


def added(one: Sum, other: Sum, sign: int = 1) -> Sum:
    """The sum or difference, like terms together."""
    terms: dict[Growth, Real | None] = {}
    for term, factor in [*((t, 1) for t in one), *((t, sign) for t in other)]:
        before = terms.get(term.growth, ())
        if before is None or term.amount is None:
            rises = factor > 0 if term.amount is None else reals.sign(term.amount) == factor
            if not rises or (before and reals.sign(before) < 0):
                raise Unbounded("this difference cannot be told from 0")
            terms[term.growth] = None
        else:
            terms[term.growth] = reals.plus(before, reals.scaled(term.amount, Fraction(factor)))
    return _bounded(Term(amount, growth) for growth, amount in terms.items() if amount != ())


def multiplied(one: Sum, other: Sum) -> Sum:
    """The product, expanded."""
    if len(one) * len(other) > MOST_TERMS**2:
        raise Unbounded(f"expected at most {MOST_TERMS} terms")
    found: Sum = ()
    for a, b in product(one, other):
        term = Term(_product_of_amounts(a, b), logarithms.combined(a.growth, b.growth))
        found = added(found, (term,))
    return found


def divided(one: Sum, other: Sum) -> Sum:
    """One over another that has one largest term."""
    return multiplied(one, to_the(other, reals.rational(-1)))


def to_the(base: Sum, exponent: Real) -> Sum:
    """A power with a constant exponent; of a sum with a broken one, up to constant factors."""
    exact = reals.as_rational(exponent)
    if exact is not None and abs(exact) > LARGEST_EXPONENT:
        raise Unbounded(f"expected exponents of at most {LARGEST_EXPONENT}")
    if len(base) == 1:
        return (_powered(base[0], exponent),)
    if not base:
        raise Unbounded("expected a power of what is above 0")
    if exact in (0, 1, 2, 3, 4):
        found = constant(1)
        for _ in range(int(exact or 0)):
            found = multiplied(found, base)
        return found
    # A sum lies between its largest term and so many times that, and (a + b)^q between max(a, b)^q and
    # 2^q of it.
    largest = settled(base)
    if reals.sign(exponent) < 0:
        largest = leading(largest)
        if len(largest) > 1:
            raise Unbounded("expected a single term below a fraction's bar")
    return tuple(Term(None, logarithms.multiple(term.growth, exponent)) for term in largest)


def raised(base: Sum, exponent: Sum) -> Sum:
    """A power: exp(exponent · log base), base a single term where the exponent grows."""
    if all(not term.growth for term in exponent):
        known = as_constant(exponent)
        if known is None:
            raise Unbounded("expected an exponent that is known exactly")
        return to_the(base, known)
    if len(base) != 1:
        raise Unbounded("expected a single term as base of a power that grows")
    return (_exponential(_scaled_by(exponent, _full_logarithm(base[0]))),)


def factorial(argument: Sum) -> Sum:
    """t! as t·log t - t + log(t)/2 and a factor, where (t + k)! is t^k t!."""
    if as_constant(argument) is not None:
        return constant(_factorial_of(argument))
    mains = [term for term in argument if term.growth]
    shifts = [
        reals.as_rational(term.amount) if term.amount else None
        for term in argument
        if not term.growth
    ]
    shift = shifts[0] if shifts else Fraction(0)
    is_whole = shift is not None and shift.denominator == 1 and abs(shift) <= LARGEST_SHIFT
    if (
        len(mains) != 1
        or shift is None
        or not is_whole
        or not logarithms.is_unbounded(mains[0].growth)
    ):
        raise Unbounded("expected the factorial of one term, as in n! or (n - 1)!")
    main = mains[0]
    whole = _scaled_by((main,), _full_logarithm(main))
    less = _scaled_by((main,), logarithms.of_constant(reals.rational(-1)))
    rest = logarithms.multiple(main.growth, reals.rational(Fraction(1, 2) + shift))
    found = _exponential(logarithms.combined(logarithms.combined(whole, less), rest))
    return (Term(None, found.growth),)


def logarithm(argument: Sum) -> Sum:
    """The natural logarithm: exact of one term; of a sum that of its largest ones, up to factors."""
    if len(argument) == 1:
        exact = _exact_logarithm(argument[0])
        if exact is not None:
            return exact
    found: dict[Growth, None] = {}
    for term in settled(argument):
        if term.growth and not logarithms.is_bounded_below(term.growth):
            raise Unbounded("the logarithm of what shrinks is no growth")
        above = [part for part, each in term.growth if part and reals.sign(each) > 0]
        for monomial in above:
            if not any(logarithms.is_beneath(monomial, other) for other in above):
                if not logarithms.is_beneath((), monomial):
                    raise Unbounded("expected the logarithm of what grows")
                found[logarithms.of_monomial(monomial)] = None
    if not found:
        raise Unbounded("expected the logarithm of what grows, or of a number above 0")
    return tuple(Term(None, growth) for growth in found)


def loosened(terms: Sum) -> Sum:
    """The same up to constant factors, which are forgotten."""
    return tuple(Term(None, term.growth) for term in settled(terms))


def largest(sums: list[Sum]) -> Sum:
    """Exactly the one that outgrows the others; else their sum, which is no more than so many times that."""
    for one in sums:
        if all(_outgrows(one, other) for other in sums):
            return one
    found: Sum = ()
    for one in sums:
        found = added(found, loosened(one))
    return found


def smallest(sums: list[Sum]) -> Sum:
    """The one that no other is below, up to constant factors."""
    for one in sums:
        if all(_outgrows(other, one) for other in sums):
            return one
    settled_sums = [settled(each) for each in sums]
    for one in settled_sums:
        if all(is_at_most(one, other) for other in settled_sums):
            return loosened(one)
    raise Unbounded(
        "which part of this min is the smallest depends on the symbols; write it without min"
    )


def binomial(above: Sum, below: int) -> Sum:
    """C(n, k) for a number k: n (n - 1) ... / k!; for a larger one n^k up to constant factors."""
    if (below > MOST_FACTORS or len(above) > 2) and as_constant(above) is None:
        return loosened(to_the(above, reals.rational(below)))
    found = constant(Fraction(1, whole_factorial(below)))
    for less in range(below):
        found = multiplied(found, added(above, constant(less), -1))
    return found


def settled(terms: Sum) -> Sum:
    """The sum with what is subtracted left out, where something larger stands beside it."""
    kept = tuple(term for term in terms if term.is_positive)
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


def check_bases(terms: Sum) -> None:
    """Refuses a growth that depends on the base of a `log` that names none."""
    for term in terms:
        for monomial, each in term.growth:
            if reals.has_open_base(each) and not logarithms.vanishes(monomial):
                raise Unbounded(reals.WHICH_BASE)


def is_at_most(one: Sum, other: Sum) -> bool:
    """Whether one = O(other), as all symbols grow independently; `Unbounded` where that cannot be told."""
    return all(covers(other, term) for term in one)


def covers(terms: Sum, term: Term) -> bool:
    """Whether term = O(terms): below one of them, or below a weighted geometric mean of two."""
    if any(each.growth == term.growth for each in terms):
        return True
    differences = [logarithms.difference(each.growth, term.growth) for each in terms]
    if any(logarithms.is_bounded_below(each) for each in differences):
        return True
    return any(_mean_is_bounded(a, b) for a, b in combinations(differences, 2))


def is_above(one: Term, other: Term) -> bool:
    """Whether other = o(one)."""
    return logarithms.is_unbounded(logarithms.difference(one.growth, other.growth))


def _outgrows(one: Sum, other: Sum) -> bool:
    """Whether one is the larger from some size on, or the same."""
    if one == other:
        return all(term.amount is not None for term in one)
    above = leading(settled(one))
    return all(any(is_above(term, below) for term in above) for below in settled(other))


def _mean_is_bounded(one: Growth, other: Growth) -> bool:
    """Whether some weighted mean of two logarithms is bounded below: x y = O(x^2 + y^2)."""
    marks = {Fraction(0), Fraction(1)}
    first, second = dict(one), dict(other)
    for monomial in first.keys() | second.keys():
        a, b = first.get(monomial, ()), second.get(monomial, ())
        if a != b and reals.sign(a) * reals.sign(b) <= 0:
            marks.add(_weight(a, b))
    weights = sorted(marks)
    weights += [(a + b) / 2 for a, b in pairwise(weights)]
    return any(
        logarithms.is_bounded_below(
            logarithms.combined(
                logarithms.multiple(one, reals.rational(w)),
                logarithms.multiple(other, reals.rational(1 - w)),
            )
        )
        for w in weights
    )


def _weight(a: Real, b: Real) -> Fraction:
    """Where between the two the mean is 0."""
    weight = reals.divided(b, reals.minus(b, a))
    exact = reals.as_rational(weight)
    return reals.approximate(weight) if exact is None else exact


def _bounded(terms: Iterable[Term]) -> Sum:
    found = tuple(terms)
    if len(found) > MOST_TERMS:
        raise Unbounded(f"expected at most {MOST_TERMS} terms")
    return found


def _product_of_amounts(one: Term, other: Term) -> Real | None:
    if one.amount is not None and other.amount is not None:
        try:
            return reals.times(one.amount, other.amount)
        except Unbounded:
            pass
    if not (one.is_positive and other.is_positive):
        raise Unbounded("expected a constant factor that is known exactly")
    return None


def _powered(term: Term, exponent: Real) -> Term:
    if not exponent:
        return Term(ONE, ())
    growth = logarithms.multiple(term.growth, exponent)
    if term.amount is None or term.amount == ONE:
        return Term(term.amount, growth)
    try:
        return Term(reals.power(term.amount, exponent), growth)
    except Unbounded:
        if not term.is_positive:
            raise
    return Term(None, growth)


def _full_logarithm(term: Term) -> Growth:
    """The logarithm with that of the constant factor."""
    if term.amount is None:
        raise Unbounded("expected a base that is known exactly")
    return logarithms.combined(term.growth, logarithms.of_constant(reals.logarithm(term.amount)))


def _exact_logarithm(term: Term) -> Sum | None:
    """The logarithm of one term, part by part; None where the constant factor is not known."""
    if term.amount is None:
        return None
    try:
        found = real(reals.logarithm(term.amount))
    except Unbounded:
        if not term.is_positive:
            raise
        return None
    for monomial, each in term.growth:
        found = added(found, (Term(each, logarithms.of_monomial(monomial)),))
    return found


def _scaled_by(exponent: Sum, logarithm: Growth) -> Growth:
    """The exponent times a logarithm, term by term."""
    found: Growth = ()
    for term in exponent:
        if term.amount is None:
            raise Unbounded("expected an exponent that is known exactly")
        parts = logarithms.times_monomial(logarithm, logarithms.as_monomial(term.growth))
        found = logarithms.combined(found, logarithms.multiple(parts, term.amount))
    return found


def _exponential(logarithm: Growth) -> Term:
    """exp of a logarithm: what does not grow in it is a constant factor."""
    growing = tuple((monomial, each) for monomial, each in logarithm if monomial)
    try:
        amount: Real | None = reals.exponential(dict(logarithm).get((), ()))
    except Unbounded:
        amount = None
    return Term(amount, growing)


def _factorial_of(argument: Sum) -> int:
    number = reals.as_rational(as_constant(argument) or ())
    if number is None or number.denominator != 1 or not 0 <= number <= LARGEST_FACTORIAL:
        raise Unbounded(f"expected the factorial of a whole number up to {LARGEST_FACTORIAL}")
    return whole_factorial(int(number))
