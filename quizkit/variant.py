"""A question and a seed give a variant: numbers drawn, text filled in, key and mistakes computed.

`compute(name, given)` is all that is known of solvers here, so a lambda serves in a test.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import Any

from msgspec.structs import replace

from quizkit.bank.traits import closure, name_of, varies
from quizkit.bank.uses import is_computed_choice, rests_on
from quizkit.errors import Problem, Refused
from quizkit.model import (
    Alternative,
    ChoiceQuestion,
    ClaimQuestion,
    Domain,
    Entry,
    ExpressionQuestion,
    Given,
    KeyPoint,
    MatchQuestion,
    Misconception,
    MultiQuestion,
    NumberQuestion,
    Option,
    OrderQuestion,
    Part,
    PartsQuestion,
    Proof,
    Question,
    ShapeQuestion,
    Step,
    TextQuestion,
    Typed,
    Value,
    Variant,
    kind_of,
)
from quizkit.values.carry import canonical
from quizkit.values.numbers import read_number
from quizkit.values.show import show_rounded, show_shape
from quizkit.values.template import fill
from quizkit.values.tolerance import read_tolerance

Compute = Callable[[str, Given], Value]

MAX_DRAWS = 200
MIN_OPTIONS = 3  # of a computed choice, the key among them


def make(
    entry: Entry,
    seed: int,
    compute: Compute,
    evidence: tuple[Proof, ...] = (),
    *,
    stale: bool = False,
) -> Variant:
    """The variant of a question for a seed: the same on every machine and Python version.

    A draw that the solver refuses, or that leaves a choice too few options, is drawn again and counted.
    """
    for attempt in range(MAX_DRAWS if varies(entry.question) else 1):
        try:
            variant = build(entry, draw(entry, seed, attempt), seed, compute)
        except Refused as error:
            reason = str(error)
            continue
        return replace(variant, evidence=evidence, stale=stale, refused=attempt)
    message = f"{entry.id}: no draw of {attempt + 1} has an answer; the last: {reason}"
    raise Problem(entry.where, message)


def build(entry: Entry, given: Given, seed: int, compute: Compute) -> Variant:
    """The variant with just these parameters; `Refused` where they have no answer."""
    return _filled(entry, given, seed, _parts(entry, given, seed, compute))


def untold(entry: Entry, given: Given, compute: Compute) -> Variant:
    """The same without a text: the key, and what else an answer is held against."""
    return _filled(entry, given, 0, {"ask": "", "why": "", **_answer(entry, given, 0, compute)[0]})


def _filled(entry: Entry, given: Given, seed: int, parts: dict[str, Any]) -> Variant:
    return Variant(
        id=entry.id,
        kind=kind_of(entry.question),
        level=entry.question.level,
        difficulty=entry.question.difficulty,
        seed=seed,
        fingerprint=entry.fingerprint,
        given=given,
        reference=entry.question.reference,
        see_also=rests_on(entry.question),
        **parts,
    )


def draw(entry: Entry, seed: int, attempt: int = 0) -> Given:
    """The parameters for a seed; each has a stream of its own, so that adding one moves no other."""
    return {
        name: _drawn(value, _chance(_stream(entry), seed, attempt, name))
        if isinstance(value, Domain)
        else value
        for name, value in entry.question.given.items()
    }


def domain_size(domain: Domain) -> int:
    """How many values a parameter can take."""
    if domain.one_of is not None:
        return len(domain.one_of)
    start, stop, step = (Fraction(str(x)) for x in (domain.start, domain.stop, domain.step))
    return int((stop - start) / step) + 1


def _drawn(domain: Domain, chance: float) -> Any:
    return value_at(domain, int(chance * domain_size(domain)))


def value_at(domain: Domain, index: int) -> Any:
    """One of the values that a parameter can take, counted from 0."""
    if domain.one_of is not None:
        return domain.one_of[index]
    value = Fraction(str(domain.start)) + index * Fraction(str(domain.step))
    return int(value) if value.denominator == 1 and isinstance(domain.step, int) else float(value)


def _stream(entry: Entry) -> str:
    """The id without its bank's name, which is only where a bank happens to lie."""
    return entry.id.rpartition(":")[2]


def _chance(*key: Any) -> float:
    """A number in [0, 1) for a key; Python keeps the stream of a string seed's `random()` for ever."""
    return Random(" ".join(map(str, key))).random()


def _shuffled(items: list[Any], *key: Any) -> list[Any]:
    chances = [_chance(*key, index) for index in range(len(items))]
    return [items[index] for index in sorted(range(len(items)), key=chances.__getitem__)]


def _parts(entry: Entry, given: Given, seed: int, compute: Compute) -> dict[str, Any]:
    question = entry.question
    parts, shown = _answer(entry, given, seed, compute)
    computed = {"answer": (parts["key"], shown)}
    for step in parts.get("steps", ()):
        slug = step.variant.id.rpartition("#")[2]
        computed[name_of(slug)] = (step.variant.key, _shown(step.variant, step.variant.key))
    for name, solver in question.steps.items():
        value = compute(solver, {key: given[key] for key in entry.step_parameters[name]})
        computed[name] = (value, _shown(question, value))
    return {
        "ask": fill(question.ask, given),
        "hints": tuple(fill(hint, given, computed) for hint in question.hints),
        "why": fill(question.why, given, computed),
        **parts,
    }


def _answer(entry: Entry, given: Given, seed: int, compute: Compute) -> tuple[dict[str, Any], str]:
    """The variant's key and what belongs to it by kind, and the key as text."""
    question = entry.question
    if isinstance(question, ChoiceQuestion):
        if is_computed_choice(question):
            return _computed_choice(entry, given, seed, compute)
        options = _options(entry, seed)
        return {"key": question.answer, "options": options}, question.options[
            str(question.answer)
        ].text
    if isinstance(question, MultiQuestion):
        key = tuple(sorted(question.answer))
        return {"key": key, "options": _options(entry, seed)}, "; ".join(
            question.options[k].text for k in key
        )
    if isinstance(question, OrderQuestion):
        return _order(question, _stream(entry), seed)
    if isinstance(question, MatchQuestion):
        return _match(question, _stream(entry), seed)
    if isinstance(question, PartsQuestion):
        return _in_parts(entry, question, given, seed, compute)
    if isinstance(question, TextQuestion):
        model_answer = question.accept[0]
        return {"key": model_answer, "points": _points(question)}, model_answer
    if isinstance(question, ClaimQuestion):
        return {"key": question.answer, "right_statement": question.right}, question.answer
    return _typed(question, given, compute)


def _points(question: TextQuestion) -> tuple[KeyPoint, ...]:
    return tuple(
        KeyPoint(
            slug=slug,
            says=point.says,
            weight=point.weight,
            accept=point.accept,
            contradict=point.contradict,
            optional=point.optional,
        )
        for slug, point in question.points.items()
    )


def _typed(question: Typed, given: Given, compute: Compute) -> tuple[dict[str, Any], str]:
    key = _spelled(question) or key_value(question, given, compute)
    parts = {
        "key": key,
        "solver": question.solver,
        "asked": asked(question),
        "within": _within(question),
        "unit": getattr(question, "unit", None),
        **_declared(question),
        "layouts": getattr(question, "layouts", {}),
        "either_layout": getattr(question, "either_layout", False),
        "fermi": _factors(question),
        "conventions": _conventions(question, given, compute),
        "misconceptions": _mistakes(question, given, compute),
    }
    return parts, _shown(question, key)


def _in_parts(
    entry: Entry, question: PartsQuestion, given: Given, seed: int, compute: Compute
) -> tuple[dict[str, Any], str]:
    """Each part with the values of earlier ones put in, exactly as computed."""
    steps: list[Step] = []
    order = list(question.parts)
    for slug, part in question.parts.items():
        uses = {name: order.index(other) for name, other in part.uses.items()}
        own = {name: given[name] for name in entry.step_parameters[slug] if name not in uses}
        arguments = own | {name: argument(steps[at].variant.key) for name, at in uses.items()}
        variant = Variant(
            id=f"{entry.id}#{slug}",
            kind=part.kind,
            level=question.level,
            difficulty=question.difficulty,
            seed=seed,
            fingerprint=entry.fingerprint,
            given=arguments,
            ask=fill(part.ask, given),
            key=compute(part.solver, arguments),
            solver=part.solver,
            why="",
            within=_within(part),
            unit=part.unit,
            misconceptions=_part_mistakes(part, arguments, given, compute),
        )
        steps.append(Step(variant=variant, solver=part.solver, uses=uses))
    asked = tuple(
        Option(slug=slug, text=step.variant.ask, because="")
        for slug, step in zip(order, steps, strict=True)
    )
    key = tuple(step.variant.key for step in steps)
    shown = "; ".join(_shown(step.variant, step.variant.key) for step in steps)
    return {"key": key, "steps": tuple(steps), "options": asked}, shown


def argument(value: Value) -> Any:
    """An earlier part's value as the next solver takes it: arrays as lists."""
    return [argument(item) for item in value] if isinstance(value, tuple) else value


def _part_mistakes(
    part: Part, arguments: Given, given: Given, compute: Compute
) -> tuple[Alternative, ...]:
    found = []
    for slug, mistake in part.misconceptions.items():
        try:
            value = _part_mistaken(part, mistake, arguments, compute)
        except Refused:  # this mistake gives no number here, so nobody can make it
            continue
        found.append(Alternative(name=slug, value=value, because=fill(mistake.because, given)))
    return tuple(found)


def _part_mistaken(part: Part, mistake: Misconception, arguments: Given, compute: Compute) -> Value:
    if mistake.mistake is not None:
        return compute(f"mistakes.{mistake.mistake}", arguments)
    if mistake.given is not None:
        return compute(part.solver, {**arguments, **mistake.given})
    return canonical(mistake.value)


def _within(question: Typed | Part) -> str | None:
    stated = getattr(question, "within", None)
    return None if stated is None else str(stated)


def _declared(question: Typed) -> dict[str, Any]:
    """The symbols: their domains too where formulas are compared by their values."""
    if isinstance(question, ExpressionQuestion):
        return {"domains": question.symbols, "form": question.form, "sort": question.sort}
    return {"symbols": getattr(question, "symbols", ())}


def _factors(question: Typed) -> tuple[float, float] | None:
    fermi = getattr(question, "fermi", None)
    return (float(fermi.full), float(fermi.part)) if fermi is not None else None


def key_value(question: ChoiceQuestion | Typed, given: Given, compute: Compute) -> Value:
    """The value that answers the question: its solver's, or the stated one where there is none."""
    if question.solver is None:
        return stated(question, question.answer)
    return compute(question.solver, {**given, **asked(question)})


def _spelled(question: Typed) -> Value | None:
    """A formula as its author spells it, easier to read than what a solver puts out; None for all else

    `verify` holds it against the solver, so that neither that nor a worker is needed to ask.
    """
    is_formula = isinstance(question, ExpressionQuestion) and question.answer is not None
    return stated(question, question.answer) if is_formula else None


def asked(question: Question) -> Given:
    """The arguments that state the convention asked for."""
    return question.convention.asked if question.convention else {}


def stated(question: Question, answer: Any) -> Value:
    """A value as an author writes it in YAML: numbers may be text such as `1/3`."""
    if isinstance(question, NumberQuestion) and isinstance(answer, str):
        reading = read_number(answer, question.unit)
        return reading.value if hasattr(reading, "value") else answer
    return canonical(answer)


def _conventions(question: Typed, given: Given, compute: Compute) -> tuple[Alternative, ...]:
    if question.convention is None or question.solver is None:
        return ()
    return tuple(
        Alternative(
            name=name,
            value=compute(question.solver, {**given, **question.convention.asked, **other}),
            because=f"That is right under another convention ({name}), which was not asked for here.",
        )
        for name, other in question.convention.others.items()
    )


def _mistakes(
    question: ChoiceQuestion | Typed, given: Given, compute: Compute
) -> tuple[Alternative, ...]:
    found = []
    for slug, mistake in question.misconceptions.items():
        try:
            value = _mistaken(question, mistake, given, compute)
        except Refused:  # this mistake gives no number here, so nobody can make it
            continue
        because = fill(mistake.because, given)
        found.append(Alternative(name=slug, value=value, because=because))
    return tuple(found)


def _mistaken(
    question: ChoiceQuestion | Typed, mistake: Misconception, given: Given, compute: Compute
) -> Value:
    if mistake.mistake is not None:
        return compute(f"mistakes.{mistake.mistake}", {**given, **asked(question)})
    if mistake.given is not None and question.solver is not None:
        return compute(question.solver, {**given, **asked(question), **mistake.given})
    return stated(question, mistake.value)


def _computed_choice(
    entry: Entry, given: Given, seed: int, compute: Compute
) -> tuple[dict[str, Any], str]:
    """Options from the key and the misconceptions; of coinciding ones the first is kept."""
    question = entry.question
    assert isinstance(question, ChoiceQuestion)
    key = key_value(question, given, compute)
    shown = _shown(question, key)
    options = [Option(slug="key", text=shown, because="")]
    for mistake in _mistakes(question, given, compute):
        text = _shown(question, mistake.value)
        if text not in [option.text for option in options]:
            options.append(Option(slug=mistake.name, text=text, because=mistake.because))
    if len(options) < MIN_OPTIONS:
        raise Refused(f"only {len(options)} different options")
    return {
        "key": "key",
        "options": tuple(_shuffled(options, _stream(entry), seed, "options")),
    }, shown


def _options(entry: Entry, seed: int) -> tuple[Option, ...]:
    options = [
        Option(slug=slug, text=choice.text, because=choice.because)
        for slug, choice in entry.question.options.items()  # type: ignore[union-attr]
    ]
    return tuple(_shuffled(options, _stream(entry), seed, "options"))


def _order(question: OrderQuestion, identity: str, seed: int) -> tuple[dict[str, Any], str]:
    pairs = closure(question.before)
    items = [Option(slug=slug, text=text, because="") for slug, text in question.items.items()]
    for attempt in range(MAX_DRAWS):  # the order shown must not be an answer
        shown = _shuffled(items, identity, seed, "items", attempt)
        place = {option.slug: index for index, option in enumerate(shown)}
        if any(place[a] > place[b] for a, b in pairs):
            break
    return {"key": tuple(sorted(pairs)), "options": tuple(shown)}, ""


def _match(question: MatchQuestion, identity: str, seed: int) -> tuple[dict[str, Any], str]:
    lefts = [
        Option(slug=slug, text=pair.left, because=pair.because)
        for slug, pair in question.pairs.items()
    ]
    texts = dict.fromkeys([*(pair.right for pair in question.pairs.values()), *question.extra])
    lefts = _shuffled(lefts, identity, seed, "lefts")
    rights = _shuffled(list(texts), identity, seed, "rights")
    key = tuple(rights.index(question.pairs[left.slug].right) for left in lefts)
    return {"key": key, "options": tuple(lefts), "rights": tuple(rights)}, ""


def _shown(question: Question | Variant, value: Value) -> str:
    is_shape = isinstance(question, ShapeQuestion) or getattr(question, "kind", "") == "shape"
    if is_shape and isinstance(value, tuple):
        return show_shape(value)
    tolerance = read_tolerance(getattr(question, "within", None), getattr(question, "unit", None))
    return show_rounded(value, tolerance)
