"""Is an answer the key? Decided cheap to dear; never by an absolute tolerance."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, DecimalException
from fractions import Fraction
from typing import Any, Literal

from msgspec import Struct

from quizkit.values.expressions.chains import forms, only_names, value_alone
from quizkit.values.expressions.cost import varies
from quizkit.values.expressions.evaluate import Evaluation
from quizkit.values.expressions.interval import Arithmetic, Interval, Undefined, Unsure, arithmetic
from quizkit.values.expressions.kinks import Trail
from quizkit.values.expressions.normal import are_identical, polynomial
from quizkit.values.expressions.ranges import bounds
from quizkit.values.expressions.sample import Point, Sampler
from quizkit.values.expressions.slashes import otherwise, outside
from quizkit.values.expressions.symbols import Declared, Domain
from quizkit.values.expressions.tree import RELATIONS, Call, Name, Node, Number, call, walk
from quizkit.values.expressions.vectors import as_flat, is_vector

Outcome = Literal["same", "differ", "unsure", "neither", "answer undefined", "key undefined"]

DIGITS = (25, 60, 130, 300)
CONSTANT_DIGITS = 600
MOST_WORK = 2_000_000  # steps times digits; about a third of a second
ENOUGH = 6
FEW = 12
MOST_HOLES = 12  # that are looked at from both sides
HOPELESS = 5  # points of which none could be worked out
_POSITIVE = ("log", "log2", "log10", "sqrt", "rsqrt")  # of no negative number
_BOUNDED = ("log1p", "logit", "asin", "acos", "acosh", "atanh", "where")
_NEAR = Decimal("1e-15")
_NOTHING = Decimal("1e-90")
_INFINITE = Name("inf")


Verdict = Literal["right", "sampled", "wrong", "undecided"]
_DOUBT: tuple[Verdict, ...] = ("wrong", "undecided", "sampled", "right")


class Decision(Struct, frozen=True):
    """The verdict, why, and a point at which answer and key differ.

    `is_ambiguous` where it is undecided because the answer can be read in two ways, one of them right;
    `is_open` where all points agree but a case of the answer was met at none, so that a proof may help.
    """

    verdict: Verdict
    reason: str = ""
    counterexample: str = ""
    is_ambiguous: bool = False
    is_open: bool = False


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
        found = compare_relations(answer, key, symbols, seed)
        if found.verdict == "right" and not _is_multiple(answer, key):
            found = Decision("sampled" if varies(key) else "right", found.reason)
        is_taken = found.verdict in ("right", "sampled")
        return _alone(answer, key, symbols, seed, found) if is_taken else found
    if is_collection(key) or is_collection(answer):
        return compare_collections(answer, key, symbols, seed)
    return compare_values(answer, key, symbols, seed)


def _is_multiple(answer: Node, key: Node) -> bool:
    """Whether algebra shows that the sides of one relation differ by a multiple of the other's."""
    assert isinstance(answer, Call)
    assert isinstance(key, Call)
    if not {answer.function, key.function} <= set(RELATIONS):
        return False
    own, wanted = (polynomial(call("-", *each.arguments)) for each in (answer, key))
    if not own or not wanted or own.keys() != wanted.keys():
        return False
    return len({own[monomial] / wanted[monomial] for monomial in own}) == 1


def _alone(answer: Node, key: Node, symbols: Declared, seed: str, found: Decision) -> Decision:
    """Where both relations are solved for one real symbol, their other sides must be the same, too."""
    if not (isinstance(answer, Call) and isinstance(key, Call) and answer.function == key.function):
        return found
    (name, own), (other, wanted) = answer.arguments, key.arguments
    is_solved = isinstance(name, Name) and name == other and answer.function in RELATIONS
    if not is_solved or name in (*walk(own), *walk(wanted)) or symbols.get(name.name) != "real":  # type: ignore[union-attr]
        return found
    beside = compare_values(own, wanted, symbols, seed)
    return found if beside.verdict in ("right", "sampled") else beside


def compare_sets(
    items: tuple[Node, ...], wanted: tuple[Node, ...], symbols: Declared, seed: str
) -> Decision:
    """Whether at each point both have the same elements, whichever of the other's each of them is."""
    found = _AsSets(Call("[]", items), Call("[]", wanted), symbols, seed)
    decision = found.decided()
    return found.looked_closer() if decision.verdict == "sampled" else decision


def compare_values(answer: Node, key: Node, symbols: Declared, seed: str = "") -> Decision:
    """Two values, compared by normal form and at sampled points."""
    comparison = Comparison(answer, key, symbols, seed)
    sampler = comparison.sampler
    commutes = not any(own.is_matrix for own in sampler.domains.values())
    domains = {**sampler.families, **sampler.domains}
    is_proved = commutes and are_identical(answer, key, domains)
    may_lack = is_proved and may_lack_values(answer, key, domains)
    found = comparison.decided(few=is_proved and not may_lack)
    if found.verdict != "sampled":
        return found
    if is_proved:
        return Decision("right", found.reason if comparison.apart else "the same normal form")
    return comparison.looked_closer()


def may_lack_values(answer: Node, key: Node, domains: Mapping[str, Domain]) -> bool:
    """Whether, on one side only, something varies that is divided by or must not be negative."""
    both = set(walk(answer)) & set(walk(key))
    return any(
        isinstance(node, Call) and node not in both and _may_lack_value(node, domains)
        for tree in (answer, key)
        for node in walk(tree)
    )


def _may_lack_value(node: Call, domains: Mapping[str, Domain]) -> bool:
    first, *rest = node.arguments or (node,)
    if node.function in ("/", "^", "log") and rest and varies(rest[0]):
        return True
    if node.function in _BOUNDED:
        return varies(first)
    is_root = node.function == "^" and not isinstance(rest[0], Number)
    is_root = is_root or (node.function == "^" and rest[0].value.denominator > 1)  # type: ignore[union-attr]
    if not (is_root or node.function in _POSITIVE) or not varies(first):
        return False
    low = bounds(first, domains)[0]
    return low is None or low < 0


class Comparison:
    """Two trees at sampled points."""

    def __init__(self, answer: Node, key: Node, symbols: Declared, seed: str) -> None:
        self.answer, self.key = answer, key
        self.sampler = Sampler((answer, key), symbols, seed)
        self.is_constant = not self.sampler.domains
        self.agreed = self.neither = self.unsure = self.work = 0
        self.apart: list[tuple[Outcome, Point]] = []
        self.same: list[Point] = []

    def decided(self, *, few: bool = False) -> Decision:
        """The verdict over all points; few are enough where a proof only lacks the domain."""
        for number, point in enumerate(self.sampler.points()):
            if few and number >= FEW:
                break
            found = self._counted(point, number)
            if found is not None:
                return found
            if self.unsure > HOPELESS and not self.agreed:
                break
        return self._summed_up()

    def _counted(self, point: Point, number: int) -> Decision | None:
        """Counts what comes out at a point; the verdict where that decides."""
        outcome, values = self.at(point, number)
        if outcome == "differ":
            return _wrong(point, *values)
        if outcome == "same":
            self.agreed += 1
            self.same.append(point)
        elif outcome == "unsure":
            self.unsure += 1
        elif outcome == "neither":
            self.neither += 1
        else:
            self.apart.append((outcome, point))
        return None

    def looked_closer(self) -> Decision:
        """Where all points agreed: the verdict after both sides of each kink, and what no point has met."""
        trail = Trail(self.answer, self.key, self.sampler)
        if trail.kinks:
            bases = [point for point in self.same if point.is_generic] or self.same
            for number, point in enumerate(trail.points(bases), 1):
                found = self._counted(point, number)
                if found is not None:
                    return found
        missed = trail.missed(self.same)
        return Decision("undecided", missed, is_open=True) if missed else self._summed_up()

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
            outcome = self.held(*values, tools)
            if self.is_constant and digits != CONSTANT_DIGITS and outcome == "same":
                continue  # one point only, so every digit must agree
            if outcome != "unsure":
                return outcome, values
        return "unsure", (None, None)

    def _without_value(self) -> list[tuple[Outcome, Point]]:
        """Points at which only one has a value, and has none on either side either: no single hole."""
        found = []
        for outcome, point in self.apart[:MOST_HOLES]:
            for side in (1, -1):
                beside = self.sampler.moved(point, side)
                if beside is not None and self.at(beside, 1)[0] == outcome:
                    found.append((outcome, beside))
        return found

    def held(self, answer: Any, key: Any, tools: Arithmetic) -> Outcome:
        """How the two values at a point stand to each other."""
        return compared(answer, key, tools)

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
        if not generic and (region := self._without_value()):
            generic = region
        if len(generic) > 1 or (self.apart and self.agreed < len(self.apart)):
            outcome, point = (generic or self.apart)[0]
            who = "yours" if outcome == "answer undefined" else "the key"
            where = f" at {shown_point(point)}" if point.values else ""
            return Decision("wrong", f"only {who} has no value{where}", shown_point(point))
        if self.agreed < max(enough, self.unsure):
            return Decision("undecided", "no value could be compared at enough points")
        note = "equal wherever both have a value" if self.apart else ""
        return Decision("sampled", note or f"equal at {self.agreed} points")


class _AsSets(Comparison):
    """Two rows of elements, without regard to order and repetition."""

    def _without_value(self) -> list[tuple[Outcome, Point]]:
        """Points at which only one has a value, and has none on either side either: no single hole."""
        found = []
        for outcome, point in self.apart[:MOST_HOLES]:
            for side in (1, -1):
                beside = self.sampler.moved(point, side)
                if beside is not None and self.at(beside, 1)[0] == outcome:
                    found.append((outcome, beside))
        return found

    def held(self, answer: Any, key: Any, tools: Arithmetic) -> Outcome:
        """The same where each element of either is one of the other's."""
        if answer is None or key is None:
            return compared(answer, key, tools)
        found = {_among(one, key, tools) for one in answer}
        found |= {_among(one, answer, tools) for one in key}
        decisive: tuple[Outcome, ...] = ("differ", "unsure", "same")
        return next(outcome for outcome in decisive if outcome in found)


def _among(one: Any, others: Any, tools: Arithmetic) -> Outcome:
    found = {compared(one, other, tools) for other in others}
    if "same" in found:
        return "same"
    return "unsure" if "unsure" in found else "differ"


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
    return ", ".join(f"{name} = {_shown_place(value)}" for name, value in values)


def _shown_place(value: Any) -> str:
    """A symbol's value with so many digits that what is close to a round number is told from it."""
    shown = shown_value(value)
    if isinstance(value, Fraction) and shown != str(value):
        digits, e, power = shown_value(value, 12).partition("e")
        return _plain(digits) + e + power
    return shown


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
