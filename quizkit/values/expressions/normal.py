"""Normal form: sums of products of powers of atoms, in which equal expressions mostly are the same.

An atom is a symbol, a prime under a root, e to a power, a function of a normal form, or a sum that
stands in a denominator or under a root. What is equal here is proved equal wherever both sides have
a value; what is not may be equal all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from quizkit.values.expressions.rewrite import basic
from quizkit.values.expressions.symbols import Domain
from quizkit.values.expressions.terms import (
    NOTHING,
    ONE,
    Atom,
    Monomial,
    NoForm,
    Sum,
    added,
    atom,
    check_size,
    cleared,
    constant,
    frozen,
    multiplied,
    number_power,
    order,
    primes,
    reduced,
    repr_of,
    scaled,
    value,
)
from quizkit.values.expressions.tree import Call, Name, Node, Number, call, table

LARGEST_POWER = 24


def are_identical(one: Node, other: Node, domains: Mapping[str, Domain]) -> bool:
    """Whether the difference is zero by algebra; False says nothing."""
    try:
        return not cleared(Normal(domains).of(call("-", one, other)))
    except (NoForm, RecursionError):
        return False


def polynomial(node: Node) -> Sum | None:
    """The collected terms; None where there is no normal form."""
    try:
        return Normal({}).of(node)
    except (NoForm, RecursionError):
        return None


class Normal:
    """Normal forms, given where the symbols' values lie."""

    def __init__(self, domains: Mapping[str, Domain]) -> None:
        self.domains = domains
        self.steps = 0

    def of(self, node: Node) -> Sum:
        """The normal form of a tree; none where definitions or absolute values within each other swell it."""
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise NoForm
        found = self._of(node)
        if isinstance(node, Call) and node.function not in _ARITHMETIC:
            check_size(found)
        return found

    def _of(self, node: Node) -> Sum:
        if isinstance(node, Number):
            return constant(node.value)
        if isinstance(node, Name):
            return self._name(node.name)
        node = basic(node)
        if isinstance(node, Call) and node.function in _RULES:
            return getattr(self, _RULES[node.function])(*node.arguments)  # type: ignore[no-any-return]
        return self._opaque(node)

    def _name(self, name: str) -> Sum:
        if name == "inf":
            raise NoForm
        if name == "e":
            return atom(("exp", NOTHING))
        return atom(("name", name))

    def _opaque(self, node: Node) -> Sum:
        """A function of which only equal arguments are known to give equal values."""
        if not isinstance(node, Call) or node.function not in _OPAQUE:
            raise NoForm
        arguments = [frozen(self.of(each)) for each in node.arguments]
        return atom((node.function, *arguments))

    # --- Operators --------------------------------------------------------------------------------

    def _add(self, a: Node, b: Node) -> Sum:
        return added(self.of(a), self.of(b))

    def _subtract(self, a: Node, b: Node) -> Sum:
        return added(self.of(a), scaled(self.of(b), -ONE))

    def _negate(self, a: Node) -> Sum:
        return scaled(self.of(a), -ONE)

    def _multiply(self, a: Node, b: Node) -> Sum:
        return multiplied(self.of(a), self.of(b))

    def _divide(self, a: Node, b: Node) -> Sum:
        return multiplied(self.of(a), self.powered(self.of(b), -ONE))

    def _power(self, base: Node, exponent: Node) -> Sum:
        if base == Name("e"):
            return self._exponential(exponent)
        below, above = self.of(base), self.of(exponent)
        number = value(above)
        if number is not None:
            return self.powered(below, number)
        if not self._is_positive(below):
            raise NoForm
        return self.exponential(multiplied(above, self.logarithm(below)))

    def _root(self, base: Node) -> Sum:
        return self.powered(self.of(base), Fraction(1, 2))

    def _exponential(self, exponent: Node) -> Sum:
        return self.exponential(self.of(exponent))

    def _logarithm(self, argument: Node, base: Node | None = None) -> Sum:
        found = self.logarithm(self.of(argument))
        if base is None:
            return found
        return multiplied(found, self.powered(self.logarithm(self.of(base)), -ONE))

    def _absolute(self, argument: Node) -> Sum:
        return self.absolute(self.of(argument))

    def absolute(self, inner: Sum) -> Sum:
        """|a·b| = |a|·|b|; a sum and its negative have one absolute value."""
        if self._is_positive(inner):
            return inner
        if len(inner) != 1:
            return atom(("abs", frozen(min(inner, scaled(inner, -ONE), key=order))))
        ((monomial, factor),) = inner.items()
        result = constant(abs(factor))
        for each, power in monomial:
            if self._is_positive_power(each, power) or power % 2 == 0:
                result = multiplied(result, atom(each, power))
            else:
                result = multiplied(result, atom(("abs", frozen(atom(each))), power))
        return result

    def _largest(self, *arguments: Node) -> Sum:
        return self._extreme(arguments, ONE)

    def _least(self, *arguments: Node) -> Sum:
        return self._extreme(arguments, -ONE)

    def _extreme(self, arguments: tuple[Node, ...], sign: Fraction) -> Sum:
        """max(a, b) = (a + b + |a - b|) / 2, and min with the other sign."""
        if len(arguments) != 2:
            raise NoForm
        a, b = map(self.of, arguments)
        apart = self.absolute(added(a, scaled(b, -ONE)))
        return scaled(added(added(a, b), scaled(apart, sign)), Fraction(1, 2))

    # --- Powers, exponentials, logarithms ------------------------------------------------------------

    def powered(self, base: Sum, exponent: Fraction) -> Sum:
        """base^exponent: products factor by factor, sums as atoms or expanded."""
        if not base:
            if exponent <= 0:
                raise NoForm
            return {}
        if len(base) == 1:
            return self._product_powered(*next(iter(base.items())), exponent)
        if exponent.denominator == 1 and 0 <= exponent <= LARGEST_POWER:
            result = constant(ONE)
            for _ in range(int(exponent)):
                result = multiplied(result, base)
            return result
        content = base[min(base, key=repr_of)]
        if content < 0 and (exponent.denominator > 1 or self._is_positive(base)):
            content = -content
        unit = scaled(base, 1 / content)
        return multiplied(number_power(content, exponent), atom(("sum", frozen(unit)), exponent))

    def _product_powered(self, monomial: Monomial, factor: Fraction, exponent: Fraction) -> Sum:
        if exponent.denominator > 1:
            product = {monomial: factor}
            if self.absolute(product) != product:
                raise NoForm
            monomial = frozenset(self._without_sign(*each) for each in monomial)
        powers = frozenset((each, power * exponent) for each, power in monomial)
        return reduced(multiplied(number_power(factor, exponent), {powers: ONE}))

    def _without_sign(self, each: Atom, power: Fraction) -> tuple[Atom, Fraction]:
        """|x|² for x², so that a root of it is |x|."""
        if self._is_positive_power(each, ONE):
            return each, power
        return ("abs", frozen(atom(each))), power

    def exponential(self, exponent: Sum) -> Sum:
        """e^(a + b) = e^a · e^b, and e^(c log a) = a^c."""
        result = constant(ONE)
        for monomial, factor in exponent.items():
            only = next(iter(monomial)) if len(monomial) == 1 else None
            if only is not None and only[0][0] == "log" and only[1] == 1:
                result = multiplied(result, self.powered(dict(only[0][1]), factor))
            else:
                result = multiplied(result, atom(("exp", monomial), factor))
        return result

    def logarithm(self, argument: Sum) -> Sum:
        """log(a·b) = log a + log b of positive factors; numbers as products of primes."""
        if not argument:
            raise NoForm
        common = self._common_factor(argument)
        ((monomial, factor),) = common.items()
        rest = multiplied(argument, self.powered(common, -ONE))
        result = {} if rest == constant(ONE) else atom(("log", frozen(rest)))
        for prime, power in primes(factor):
            result = added(result, scaled(atom(("log", frozen(constant(Fraction(prime))))), power))
        for each, power in monomial:
            if each[0] == "exp":
                result = added(result, {each[1]: power})
            else:
                inner, times = self._without_sign(each, power)
                form = dict(inner[1]) if inner[0] == "sum" else atom(inner)
                result = added(result, scaled(atom(("log", frozen(form))), times))
        return result

    def _common_factor(self, argument: Sum) -> Sum:
        """The positive product that is taken out of a logarithm: all of it, or one term of a sum.

        Of a sum it is the term by which all others, divided, come first in order; so a sum and its
        multiples leave the same rest.
        """
        terms = [{monomial: factor} for monomial, factor in argument.items()]
        positive = [term for term in terms if self.absolute(term) == term]
        if len(positive) < len(terms) or len(terms) > MOST_DIVISORS:
            return constant(ONE)
        return min(positive, key=lambda term: order(multiplied(argument, self.powered(term, -ONE))))

    def _is_positive(self, form: Sum) -> bool:
        """Whether the sum surely is no negative number."""
        return bool(form) and (
            all(
                factor > 0 and all(self._is_positive_power(*each) for each in monomial)
                for monomial, factor in form.items()
            )
            or self._is_bounded(form)
        )

    def _is_bounded(self, form: Sum) -> bool:
        """Whether a linear sum has a lower bound of at least 0 on the domain, such as 1 - p."""
        total = Fraction(0)
        for monomial, factor in form.items():
            bound: Fraction | None = ONE
            if monomial:
                each, power = next(iter(monomial))
                if len(monomial) > 1 or power != 1 or each[0] != "name":
                    return False
                own = self.domains.get(each[1], Domain())
                bound = own.low if factor > 0 else own.high
            if bound is None:
                return False
            total += factor * bound
        return total >= 0

    def _is_positive_power(self, each: Atom, power: Fraction) -> bool:
        """Whether a power of an atom surely is no negative number."""
        if each[0] in ("exp", "prime", "abs"):
            return True
        if power % 2 == 0:
            return True
        if each[0] == "name":
            low = self.domains.get(each[1], Domain()).low
            return each[1] == "pi" or (low is not None and low >= 0)
        if each[0] == "index":
            return self._is_positive(dict(each[1]))
        return each[0] == "sum" and self._is_positive(dict(each[1]))


MOST_DIVISORS = 6
MOST_STEPS = 2_000
_ARITHMETIC = ("+", "-", "*", "/", "neg")
_RULES = {
    "+": "_add", "-": "_subtract", "neg": "_negate", "*": "_multiply", "/": "_divide",
    "^": "_power", "pow": "_power", "sqrt": "_root", "exp": "_exponential", "log": "_logarithm",
    "abs": "_absolute", "max": "_largest", "min": "_least",
}  # fmt: skip
_OPAQUE = table(
    "sin cos tan asin acos atan floor ceil round sign relu mod erf normalcdf"
    " factorial gamma binomial root step index"
)
