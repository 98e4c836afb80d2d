"""Is an answer the key? Decided cheap to dear; never by an absolute tolerance."""

from __future__ import annotations

from decimal import Decimal, DecimalException
from fractions import Fraction
from typing import Any, Literal

from msgspec import Struct

from quizkit.values.expressions.chains import forms, only_names, value_alone
from quizkit.values.expressions.cost import varies
from quizkit.values.expressions.evaluate import Evaluation
from quizkit.values.expressions.interval import Arithmetic, Interval, Undefined, Unsure, arithmetic
from quizkit.values.expressions.normal import are_identical
from quizkit.values.expressions.sample import Point, Sampler
from quizkit.values.expressions.slashes import otherwise, outside
from quizkit.values.expressions.symbols import Declared
from quizkit.values.expressions.tree import Call, Name, Node, walk
from quizkit.values.expressions.vectors import as_flat, is_vector

Outcome = Literal["same", "differ", "unsure", "neither", "answer undefined", "key undefined"]

DIGITS = (25, 60, 130, 300)
CONSTANT_DIGITS = 600
MOST_WORK = 2_000_000  # steps times digits; about a third of a second
ENOUGH = 6
FEW = 12
HOPELESS = 5  # points of which none could be worked out
_NEAR = Decimal("1e-15")
_NOTHING = Decimal("1e-90")
_INFINITE = Name("inf")


Verdict = Literal["right", "sampled", "wrong", "undecided"]
_DOUBT: tuple[Verdict, ...] = ("wrong", "undecided", "sampled", "right")


class Decision(Struct, frozen=True):
    """The verdict, why, and a point at which answer and key differ.

    `is_ambiguous` where it is undecided because the answer can be read in two ways, one of them right.
    """

    verdict: Verdict
    reason: str = ""
    counterexample: str = ""
    is_ambiguous: bool = False


def equivalent(
    answer: Node, key: Node, symbols: Declared, *, kind: str | None = None, seed: str = ""
) -> Decision:
    """Whether two expressions are the same for all values of their symbols.

    Of `kind` only "interval" matters: then `(0, 1)` and `[0, 1]` are intervals, else vectors. What
    would be the key only if a slash without brackets were read otherwise is undecided.
    """
    key, read = outside(key), outside(answer)
    found = _chained(read, key, symbols, kind, seed)
    if found.verdict == "wrong":
        for other, told in otherwise(answer):
            if _chained(other, key, symbols, kind, seed).verdict in ("right", "sampled"):
                return Decision("undecided", told, is_ambiguous=True)
    return found


def _chained(answer: Node, key: Node, symbols: Declared, kind: str | None, seed: str) -> Decision:
    """A chain of equal forms beside the key: every one must be it."""
    key = value_alone(key, answer)
    links = forms(answer, key)
    if all(only_names(each, key) for each in links):
        return Decision("wrong", "that only names the derivative; work it out")
    found = Decision("right")
    for link in links:
        one = _equivalent(link, key, symbols, kind, seed)
        if _DOUBT.index(one.verdict) <= _DOUBT.index(found.verdict):
            found = one
        if found.verdict == "wrong":
            break
    return found


def _equivalent(
    answer: Node, key: Node, symbols: Declared, kind: str | None, seed: str
) -> Decision:
    """One form of the answer beside the key."""
    from quizkit.values.expressions.relations import compare_relations, is_relation
    from quizkit.values.expressions.sets import (
        as_conditions,
        compare_collections,
        is_collection,
    )
    from quizkit.values.expressions.unions import compare_unions

    answer = as_flat(answer, key)
    answer, key = as_conditions(answer, key, is_interval=kind == "interval")
    if answer == key:
        return Decision("right", "the same expression")
    if kind == "interval" and not is_relation(key):
        return compare_unions(answer, key, symbols, seed)
    if is_relation(key) or (is_relation(answer) and not is_collection(key)):
        return compare_relations(answer, key, symbols, seed)
    if is_collection(key) or is_collection(answer):
        return compare_collections(answer, key, symbols, seed)
    return compare_values(answer, key, symbols, seed)


def compare_values(answer: Node, key: Node, symbols: Declared, seed: str = "") -> Decision:
    """Two values, compared by normal form and at sampled points."""
    comparison = Comparison(answer, key, symbols, seed)
    sampler = comparison.sampler
    commutes = not any(own.is_matrix for own in sampler.domains.values())
    domains = {**sampler.families, **sampler.domains}
    is_proved = commutes and are_identical(answer, key, domains)
    may_have_holes = any(map(divides, (answer, key)))
    found = comparison.decided(few=is_proved and not may_have_holes)
    if is_proved and found.verdict == "sampled":
        return Decision("right", found.reason if comparison.apart else "the same normal form")
    return found


def divides(tree: Node) -> bool:
    """Whether something that varies is divided by, so that single points may be left out."""
    return any(
        isinstance(node, Call) and node.function in ("/", "^", "log") and varies(node.arguments[1])
        for node in walk(tree)
        if isinstance(node, Call) and len(node.arguments) > 1
    )


class Comparison:
    """Two trees at sampled points."""

    def __init__(self, answer: Node, key: Node, symbols: Declared, seed: str) -> None:
        self.answer, self.key = answer, key
        self.sampler = Sampler((answer, key), symbols, seed)
        self.is_constant = not self.sampler.domains
        self.agreed = self.neither = self.unsure = self.work = 0
        self.apart: list[tuple[Outcome, Point]] = []

    def decided(self, *, few: bool = False) -> Decision:
        """The verdict over all points; few are enough where a proof only lacks the domain."""
        for number, point in enumerate(self.sampler.points()):
            if few and number >= FEW:
                break
            outcome, values = self.at(point, number)
            if outcome == "differ":
                return _wrong(point, *values)
            if outcome == "same":
                self.agreed += 1
            elif outcome == "unsure":
                self.unsure += 1
                if self.unsure > HOPELESS and not self.agreed:
                    break
            elif outcome == "neither":
                self.neither += 1
            else:
                self.apart.append((outcome, point))
        return self._summed_up()

    def at(self, point: Point, number: int) -> tuple[Outcome, tuple[Any, Any]]:
        """What comes out at one point, with as many digits as it takes."""
        ladder = DIGITS if number else DIGITS[2:]
        if self.is_constant:
            ladder = (DIGITS[0], CONSTANT_DIGITS)
        for digits in ladder:
            tools = arithmetic(digits)
            try:
                values = self._value(self.answer, point, tools), self._value(self.key, point, tools)
            except Unsure:
                continue
            outcome = compared(*values, tools)
            if self.is_constant and digits != CONSTANT_DIGITS and outcome == "same":
                continue  # one point only, so every digit must agree
            if outcome != "unsure":
                return outcome, values
        return "unsure", (None, None)

    def _value(self, node: Node, point: Point, tools: Arithmetic) -> Any:
        """The value, or None where there surely is none."""
        if self.work > MOST_WORK:
            raise Unsure
        evaluation = Evaluation(tools, point.values, point.element)
        try:
            return evaluation.result(node)
        except Undefined:
            return None
        finally:
            self.work += evaluation.steps * tools.digits

    def _summed_up(self) -> Decision:
        enough = 1 if self.is_constant else ENOUGH
        generic = [each for each in self.apart if each[1].is_generic]
        if len(generic) > 1 or (self.apart and self.agreed < len(self.apart)):
            outcome, point = (generic or self.apart)[0]
            who = "yours" if outcome == "answer undefined" else "the key"
            where = f" at {shown_point(point)}" if point.values else ""
            return Decision("wrong", f"only {who} has no value{where}", shown_point(point))
        if self.agreed < max(enough, self.unsure):
            return Decision("undecided", "no value could be compared at enough points")
        note = "equal wherever both have a value" if self.apart else ""
        return Decision("sampled", note or f"equal at {self.agreed} points")


def compared(answer: Any, key: Any, tools: Arithmetic) -> Outcome:
    """How two values at one point stand to each other."""
    if answer is None or key is None:
        if answer is None and key is None:
            return "neither"
        return "answer undefined" if answer is None else "key undefined"
    if is_vector(answer) or is_vector(key):
        return _compared_vectors(answer, key, tools)
    if isinstance(answer, bool) or isinstance(key, bool):
        return "same" if answer is key else "differ"
    if type(answer) is Fraction and type(key) is Fraction:
        return "same" if answer == key else "differ"
    return _compared_intervals(tools.interval(answer), tools.interval(key), tools)


def _compared_intervals(a: Interval, b: Interval, tools: Arithmetic) -> Outcome:
    if a.low > b.high or b.low > a.high:
        return "differ"
    try:  # all by our own contexts: the default one overflows at 10^999999
        width = tools.up.subtract(max(a.high, b.high), min(a.low, b.low))
        least = min(tools.near.abs(end) for end in (*a, *b))
        room = tools.up.multiply(least, _NEAR)
    except DecimalException:
        return "unsure"
    is_near_zero = a.low <= 0 <= a.high or b.low <= 0 <= b.high
    if not is_near_zero and width <= room:
        return "same"
    if width == 0 or (tools.digits >= DIGITS[-1] and is_near_zero and width < _NOTHING):
        return "same"
    return "unsure"


def _compared_vectors(answer: Any, key: Any, tools: Arithmetic) -> Outcome:
    if not (is_vector(answer) and is_vector(key)) or len(answer) != len(key):
        return "differ"
    outcomes = {compared(*pair, tools) for pair in zip(answer, key, strict=True)}
    decisive: tuple[Outcome, ...] = ("differ", "unsure")
    for outcome in decisive:
        if outcome in outcomes:
            return outcome
    return "same"


def _wrong(point: Point, answer: Any, key: Any) -> Decision:
    where = shown_point(point)
    if is_vector(answer) != is_vector(key) or (is_vector(answer) and len(answer) != len(key)):
        return Decision("wrong", "yours and the key are not of one shape", where)
    yours, expected = shown_values(answer, key)
    told = f"yours is {yours}, the key {expected}"
    if yours == expected:
        told = f"yours and the key are both near {expected}, but not equal"
    return Decision("wrong", f"at {where} {told}" if where else told, where)


def shown_point(point: Point) -> str:
    """`x = 2, y = 1/3`"""
    values = [(name, value) for name, value in point.values.items() if name != "#"]
    return ", ".join(f"{name} = {shown_value(value)}" for name, value in values)


def shown_values(answer: Any, key: Any) -> tuple[str, str]:
    """Both values with as many digits as it takes to see that they differ."""
    for digits in (6, 15, 24):
        texts = shown_value(answer, digits), shown_value(key, digits)
        if texts[0] != _plain(texts[1]) and texts[1] != _plain(texts[0]):
            return texts
    return shown_value(key), shown_value(key)


def _plain(text: str) -> str:
    """A decimal without its last zeros, as a whole number is shown."""
    return text.rstrip("0").rstrip(".") if "." in text and "e" not in text.lower() else text


def shown_value(value: Any, digits: int = 6) -> str:
    """A value at a point, exactly where that is short."""
    if value is None:
        return "undefined"
    if is_vector(value):
        return "[" + ", ".join(shown_value(each, digits) for each in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Fraction):
        if len(str(value.numerator)) + len(str(value.denominator)) <= 12:
            return str(value)
        value = arithmetic(60).interval(value)
    return f"{Decimal(value.low):.{digits}g}"
