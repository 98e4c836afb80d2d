"""What a question must keep beyond its types: names that exist, keys of the right form, real choices."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from quizkit.bank.traits import closure, name_of, varies
from quizkit.errors import did_you_mean
from quizkit.model import (
    AnyQuestion,
    ArrayQuestion,
    ChoiceQuestion,
    ClaimQuestion,
    ComplexityQuestion,
    Domain,
    DtypeQuestion,
    EinsumQuestion,
    ExpressionQuestion,
    MatchQuestion,
    MultiQuestion,
    NumberQuestion,
    OrderQuestion,
    Part,
    PartsQuestion,
    Question,
    ShapeQuestion,
    TextQuestion,
    Typed,
    kind_of,
)
from quizkit.values.template import malformed, names
from quizkit.values.tolerance import read_tolerance

if TYPE_CHECKING:
    from quizkit.bank.source import Path

    Finding = tuple[Path, str]

_WRITTEN = (EinsumQuestion, DtypeQuestion, ComplexityQuestion, ExpressionQuestion)
MAX_OPTIONS = 8  # the letters a to h
MAX_ITEMS = 7  # all orders of seven items, 5,040, can still be tried
MIN_EXAMPLES = 2
MIN_PARTS = 2
MAX_VALUES = 10**9  # of one parameter, so that a draw reaches each of them


def problems(question: AnyQuestion) -> Iterator[Finding]:
    """Each fault as the path of its place within the question and a message."""
    yield from _domains(question)
    yield from _texts(question)
    yield from _evidence(question)
    if isinstance(question, NumberQuestion | ArrayQuestion):
        yield from _tolerance(question)
    if isinstance(question, NumberQuestion) and question.fermi is not None:
        yield from _fermi(question)
    if isinstance(question, ShapeQuestion):
        yield from _layouts(question)
    if isinstance(question, _WRITTEN):
        yield from _written(question)
    if isinstance(question, ChoiceQuestion | Typed | PartsQuestion):
        yield from _keys(question)
    if isinstance(question, ChoiceQuestion | Typed):
        yield from _misconceptions(question)
    if isinstance(question, PartsQuestion):
        yield from _parts(question)
    if isinstance(question, ChoiceQuestion | MultiQuestion):
        yield from _options(question)
    if isinstance(question, OrderQuestion):
        yield from _order(question)
    if isinstance(question, MatchQuestion):
        yield from _match(question)
    if isinstance(question, TextQuestion):
        from quizkit.bank import rubrics

        yield from rubrics.problems(question)
    if isinstance(question, ClaimQuestion):
        yield from _claim(question)


def _domains(question: Question) -> Iterator[Finding]:
    for name, value in question.given.items():
        path = ("given", name)
        if not name.isidentifier():
            yield path, "a parameter's name must be a Python identifier"
        if not isinstance(value, Domain):
            continue
        if value.one_of is not None:
            if not value.one_of or value.start is not None or value.stop is not None:
                yield path, "one_of must be a list with something in it, without from and to"
        elif value.start is None or value.stop is None:
            yield path, "expected {from, to} or {one_of}"
        elif value.step <= 0 or value.stop < value.start:
            yield path, "expected from <= to and a step above 0"
        elif (_exact(value.stop) - _exact(value.start)) / _exact(value.step) > MAX_VALUES:
            yield path, f"expected at most {MAX_VALUES:,} values; take a larger step"


def _exact(bound: int | float) -> Fraction:
    return Fraction(str(bound))


def _texts(question: AnyQuestion) -> Iterator[Finding]:
    for path, text, known in _filled_texts(question):
        if bad := malformed(text):
            yield path, f"found {bad!r}; expected {{{{name}}}} or {{{{name:.3f}}}}"
        for name in names(text):
            if name not in known:
                listed = f"; known are {', '.join(sorted(known)) or 'none'}"
                hint = did_you_mean(name, sorted(known)) or listed
                yield path, f"{{{{{name}}}}} is unknown here{hint}"
    if isinstance(question, ClaimQuestion):
        return
    asked = [question.ask, *(part.ask for part in getattr(question, "parts", {}).values())]
    for name in set(question.given).difference(*map(names, asked)):
        message = f"{{{{{name}}}}} does not occur in ask, so a learner cannot know it"
        yield ("given", name), message


def _filled_texts(question: AnyQuestion) -> Iterator[tuple[Path, str, set[str]]]:
    """Every text with placeholders, where it stands, and the names that it may use."""
    given = set(question.given)
    yield ("ask",), question.ask, given
    parts = getattr(question, "parts", {})
    known = set(question.steps) | {name_of(slug) for slug in parts}
    yield ("why",), question.why, given | known | {"answer"}
    for index, hint in enumerate(question.hints):
        yield ("hints", index), hint, given | set(question.steps)
    for slug, mistake in getattr(question, "misconceptions", {}).items():
        yield ("misconceptions", slug, "because"), mistake.because, given
    for part_slug, part in parts.items():
        yield ("parts", part_slug, "ask"), part.ask, given
        for slug, mistake in part.misconceptions.items():
            yield ("parts", part_slug, "misconceptions", slug, "because"), mistake.because, given
    for slug, option in getattr(question, "options", {}).items():
        yield ("options", slug, "text"), option.text, set()
        yield ("options", slug, "because"), option.because, set()
    if isinstance(question, ClaimQuestion):
        yield ("right",), question.right, set()
    for slug, point in getattr(question, "points", {}).items():
        yield ("points", slug, "says"), point.says, set()


def _evidence(question: AnyQuestion) -> Iterator[Finding]:
    if question.solver is None and not isinstance(question, PartsQuestion):
        if not question.reference:
            yield (), "no solver and no reference; a key needs evidence"
        for part in ("given", "convention", "steps"):
            if getattr(question, part):
                yield (part,), "has no meaning without a solver"


def _tolerance(question: NumberQuestion | ArrayQuestion | Part) -> Iterator[Finding]:
    try:
        read_tolerance(question.within, getattr(question, "unit", None))
    except ValueError as error:
        yield ("within",), str(error)


def _fermi(question: NumberQuestion) -> Iterator[Finding]:
    if question.fermi is not None and question.fermi.part < question.fermi.full:
        yield ("fermi", "part"), "expected a factor of at least full"


def _layouts(question: ShapeQuestion) -> Iterator[Finding]:
    for name, order in question.layouts.items():
        if sorted(order) != list(range(len(order))) or list(order) == sorted(order):
            message = "expected the axes from 0 in another order, such as [0, 2, 3, 1]"
            yield ("layouts", name), message


def _written(question: Typed) -> Iterator[Finding]:
    """Answers and mistaken values must be readable as what they are."""
    from quizkit.values.same import unreadable

    symbols = getattr(question, "symbols", ())
    written: list[tuple[Path, Any]] = [(("answer",), question.answer)]
    written += [(("examples", n, "answer"), e.answer) for n, e in enumerate(question.examples)]
    written += [
        (("misconceptions", slug, "value"), mistake.value)
        for slug, mistake in question.misconceptions.items()
    ]
    for path, value in written:
        problem = unreadable(kind_of(question), value, symbols) if value is not None else None
        if problem:
            yield path, problem


def _keys(question: ChoiceQuestion | Typed | PartsQuestion) -> Iterator[Finding]:
    if varies(question):
        if question.answer is not None:
            yield ("answer",), "given varies; state the answer in examples instead"
        if len(question.examples) < MIN_EXAMPLES:
            yield ("examples",), f"given varies; expected at least {MIN_EXAMPLES} worked examples"
        if question.accept or question.reject:
            yield ("accept",), "given varies; put accept and reject into the examples"
        if question.solver is None and not isinstance(question, PartsQuestion):
            yield ("solver",), "given varies; expected a solver"
    elif question.answer is None:
        yield ("answer",), "is missing; expected the author's answer, which verify compares"
    elif question.examples:
        yield ("examples",), "nothing in given varies; state answer instead"
    for index, example in enumerate(question.examples):
        if set(example.given) != set(question.given):
            expected = ", ".join(question.given)
            yield ("examples", index, "given"), f"expected exactly the parameters {expected}"


def _parts(question: PartsQuestion) -> Iterator[Finding]:
    if not MIN_PARTS <= len(question.parts) <= MAX_OPTIONS:
        expected = f"expected {MIN_PARTS} to {MAX_OPTIONS} parts"
        yield ("parts",), f"{expected}, found {len(question.parts)}"
    if question.convention is not None:
        yield ("convention",), "has no meaning for parts"
    earlier: list[str] = []
    for slug, part in question.parts.items():
        path = ("parts", slug)
        for inner, message in _part(part, earlier):
            yield (*path, *inner), message
        if name_of(slug) in (*question.given, *question.steps, "answer"):
            yield path, f"{name_of(slug)!r} is a parameter, a step or the answer already"
        earlier.append(slug)
    for index, example in enumerate(question.examples):
        if not isinstance(example.answer, list) or len(example.answer) != len(question.parts):
            yield ("examples", index, "answer"), "expected a list with a value for each part"
    if question.answer is not None and len(question.answer) != len(question.parts):
        yield ("answer",), "expected a list with a value for each part"


def _part(part: Part, earlier: list[str]) -> Iterator[Finding]:
    yield from _tolerance(part)
    yield from _misconceptions(part)
    for name, other in part.uses.items():
        if other not in earlier:
            hint = did_you_mean(other, earlier)
            yield ("uses", name), f"{other!r} is no earlier part{hint}"


def _misconceptions(question: ChoiceQuestion | Typed | Part) -> Iterator[Finding]:
    for slug, mistake in question.misconceptions.items():
        path = ("misconceptions", slug)
        ways = [mistake.value is not None, mistake.mistake is not None, mistake.given is not None]
        if sum(ways) != 1:
            yield path, "expected exactly one of value, mistake, given"
        if mistake.given is not None and question.solver is None:
            yield path, "changed givens have no meaning without a solver"


def _options(question: ChoiceQuestion | MultiQuestion) -> Iterator[Finding]:
    if isinstance(question, ChoiceQuestion) and not question.options:
        if question.solver is None or len(question.misconceptions) < 3:
            yield (), "a choice needs options, or a solver and at least three misconceptions"
        return
    if not 3 <= len(question.options) <= MAX_OPTIONS:
        yield ("options",), f"expected 3 to {MAX_OPTIONS} options, found {len(question.options)}"
    texts = [option.text.casefold() for option in question.options.values()]
    if len(set(texts)) < len(texts):
        yield ("options",), "two options have the same text"
    if isinstance(question, ChoiceQuestion) and question.misconceptions:
        yield ("misconceptions",), "a choice with options says its mistakes in their because"
    answers = question.answer if isinstance(question, MultiQuestion) else [question.answer]
    for answer in answers or [] if answers != [None] else []:
        if not isinstance(answer, str) or answer not in question.options:
            yield (
                ("answer",),
                f"{answer!r} is not an option{did_you_mean(str(answer), list(question.options))}",
            )
    if varies(question):
        yield ("given",), "written options cannot vary; let misconceptions be the options"


def _order(question: OrderQuestion) -> Iterator[Finding]:
    if not 3 <= len(question.items) <= MAX_ITEMS:
        yield ("items",), f"expected 3 to {MAX_ITEMS} items, found {len(question.items)}"
    for index, chain in enumerate(question.before):
        for slug in chain:
            if slug not in question.items:
                hint = did_you_mean(slug, list(question.items))
                yield ("before", index), f"{slug!r} is not an item{hint}"
    pairs = closure(question.before)
    if any((b, a) in pairs for a, b in pairs):
        yield ("before",), "the chains contradict each other (a cycle)"
    if not pairs:
        yield ("before",), "expected at least one chain of two items"


def _match(question: MatchQuestion) -> Iterator[Finding]:
    if not 2 <= len(question.pairs) <= MAX_OPTIONS:
        yield ("pairs",), f"expected 2 to {MAX_OPTIONS} pairs, found {len(question.pairs)}"
    if len({pair.left for pair in question.pairs.values()}) < len(question.pairs):
        yield ("pairs",), "two pairs have the same left side"
    rights = {pair.right for pair in question.pairs.values()}
    for index, text in enumerate(question.extra):
        if text in rights:
            yield ("extra", index), "this text is the right side of a pair"


def _claim(question: ClaimQuestion) -> Iterator[Finding]:
    if question.solver is None:
        for part in ("expect", "said", "rival", "cases"):
            if getattr(question, part):
                yield (part,), "has no meaning without a solver"
        return
    if varies(question):
        yield ("given",), "a claim does not vary"
    yield from _expectation(question)
    if question.answer == "depends":
        if {case.verdict for case in question.cases} != {"holds", "fails"}:
            yield ("cases",), "a claim that depends needs cases of both verdicts"
    elif not question.rival:
        yield ("rival",), "is missing; expected parameters for which the verdict turns round"


def _expectation(question: ClaimQuestion) -> Iterator[Finding]:
    if question.expect is None:
        yield ("expect",), "is missing; expected how the solver's quantity is judged"
        return
    ways = [
        getattr(question.expect, way) is not None for way in ("equal", "above", "below", "between")
    ]
    if sum(ways) != 1:
        yield ("expect",), "expected exactly one of equal, above, below, between"
    known: set[str] = set(question.given) | set(question.said) | set(question.rival)
    known = known.union(*(case.given for case in question.cases))
    for name in expected_names(question):
        if name not in known:
            yield ("expect",), f"{name!r} is no parameter{did_you_mean(name, sorted(known))}"
    try:
        read_tolerance(question.expect.within)
    except ValueError as error:
        yield ("expect", "within"), str(error)


def expected_names(question: ClaimQuestion) -> list[str]:
    """The parameters that the claim's comparison refers to; they are not passed to the solver."""
    if question.expect is None:
        return []
    bounds: list[Any] = [
        question.expect.above,
        question.expect.below,
        *(question.expect.between or ()),
    ]
    if isinstance(question.expect.equal, str):
        bounds.append(question.expect.equal)
    return [bound for bound in bounds if isinstance(bound, str)]
