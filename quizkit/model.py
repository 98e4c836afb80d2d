"""The nouns of quizkit: frozen, keyword-only, without behaviour.

A question file maps slugs to `Question`s; a question and a seed give a `Variant`; an answer to it
is read into a `Reading` and graded into a `Grade`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any, Literal, get_args

from msgspec import Meta, Struct

Level = Literal["fresher", "experienced"]
Verdict = Literal["right", "partly", "wrong", "undecided"]
Holding = Literal["holds", "fails", "depends"]
Proof = Literal["cited", "computed", "agreed", "measured", "proved"]
# How a formula was found to be the key: by algebra, at many points, or symbolically.
Equality = Literal["normal form", "sampled", "proved"]

# Weakest first: a badge shows the last that a key has.
PROOFS: tuple[Proof, ...] = ("cited", "computed", "agreed", "measured", "proved")

# What a solver returns and an answer is read into; shapes and arrays are (nested) tuples.
Value = bool | int | float | Fraction | str | tuple[Any, ...]
# What stands in a question file where a value is meant.
Plain = bool | int | float | str | list[Any]
Given = dict[str, Any]

Text = Annotated[str, Meta(min_length=1, max_length=4000)]
Slug = Annotated[
    str,
    Meta(
        pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$",
        min_length=2,
        max_length=60,
        description="lower-case words joined by hyphens",
    ),
]
FunctionName = Annotated[
    str,
    Meta(pattern=r"^[a-z_][a-z0-9_]*\.[a-z_][a-z0-9_]*$", description="module.function"),
]


class Strict(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What stands in a question file; an unknown key is an error."""


class Domain(Strict, frozen=True, kw_only=True, rename={"start": "from", "stop": "to"}):
    """Where a parameter is drawn from: `{from, to, step}`, both ends included, or `{one_of: [...]}`."""

    start: int | float | None = None
    stop: int | float | None = None
    step: int | float = 1
    one_of: list[Any] | None = None


class Example(Strict, frozen=True, kw_only=True):
    """One case of a varying question, worked by another route than the solver."""

    given: Given
    answer: Plain
    reference: Text
    accept: tuple[str, ...] = ()
    reject: tuple[str, ...] = ()


class Misconception(Strict, frozen=True, kw_only=True):
    """A named mistake: a `value`, a `mistake` function, or the true solver with changed `given`."""

    because: Text
    value: Plain | None = None
    mistake: FunctionName | None = None
    given: Given | None = None


class Convention(Strict, frozen=True, kw_only=True):
    """Arguments of the solver that state a convention: the one asked for, and others by name."""

    asked: Given
    others: dict[str, Given]


class Choice(Strict, frozen=True, kw_only=True):
    """One option of a choice or multi question; `because` says why it is right or tempting."""

    text: Text
    because: Text


class Pair(Strict, frozen=True, kw_only=True):
    """One left side of a match question and what belongs to it."""

    left: Text
    right: Text
    because: str = ""


class Case(Strict, frozen=True, kw_only=True):
    """One condition of a claim that depends, in words and as arguments, and its verdict there."""

    when: Text
    given: Given
    verdict: Literal["holds", "fails"]


class Expect(Strict, frozen=True, kw_only=True):
    """How a claim's quantity is judged: exactly one of these; a string names a parameter."""

    equal: Plain | None = None
    above: int | float | str | None = None
    below: int | float | str | None = None
    between: tuple[int | float | str, int | float | str] | None = None
    within: str | int | float | None = None


class Question(Strict, frozen=True, kw_only=True, tag_field="kind"):
    """What all kinds share. `given` varies where a value is a `Domain`."""

    level: Level
    difficulty: Annotated[int, Meta(ge=1, le=3)]
    ask: Text
    why: Text
    tags: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    given: dict[str, bool | int | float | str | list[Any] | Domain] = {}
    solver: FunctionName | None = None
    steps: dict[str, FunctionName] = {}
    convention: Convention | None = None
    accept: tuple[str, ...] = ()
    reject: tuple[str, ...] = ()
    hints: Annotated[tuple[Text, ...], Meta(max_length=3)] = ()
    reference: str | None = None
    was: tuple[str, ...] = ()


class Options(Question, frozen=True, kw_only=True):
    """Kinds answered by picking letters."""

    options: dict[Slug, Choice] = {}


class ChoiceQuestion(Options, frozen=True, kw_only=True, tag="choice"):
    """Pick one. Either `options` and the slug of the right one, or computed from misconceptions."""

    answer: Plain | None = None
    examples: tuple[Example, ...] = ()
    misconceptions: dict[Slug, Misconception] = {}


class MultiQuestion(Options, frozen=True, kw_only=True, tag="multi"):
    """Pick every option that is right."""

    answer: tuple[Slug, ...]


class Typed(Question, frozen=True, kw_only=True):
    """Kinds whose answer is typed and compared with a computed value."""

    answer: Plain | None = None
    examples: tuple[Example, ...] = ()
    misconceptions: dict[Slug, Misconception] = {}


class Fermi(Strict, frozen=True, kw_only=True):
    """The factors from the key within which an estimate is right, and within which it is partly."""

    full: Annotated[float, Meta(ge=1)]
    part: Annotated[float, Meta(ge=1)]


class NumberQuestion(Typed, frozen=True, kw_only=True, tag="number"):
    """A number, exact unless `within` says otherwise; `unit` is shown and may be typed.

    With `fermi` an estimate is asked for, and `within` says how exactly its key is stated.
    """

    within: str | int | float | None = None
    unit: str | None = None
    fermi: Fermi | None = None


class ShapeQuestion(Typed, frozen=True, kw_only=True, tag="shape"):
    """A tuple of sizes, exact; some may be `symbols`, or such as `2N` and `H/2`.

    `layouts` name other conventions: `channels last: [0, 2, 3, 1]` says which axis of the key stands where.
    """

    symbols: tuple[str, ...] = ()
    layouts: dict[str, tuple[int, ...]] = {}


class EinsumQuestion(Typed, frozen=True, kw_only=True, tag="einsum"):
    """A subscripts string such as `bij,bjk->bik`, whatever its letters are called."""


class DtypeQuestion(Typed, frozen=True, kw_only=True, tag="dtype"):
    """A number format such as `float32`, by any of its names."""


class Range(Strict, frozen=True, kw_only=True, rename={"start": "from", "stop": "to"}):
    """`{from: 0, to: 1}`: where a symbol's values lie; the ends are not drawn themselves."""

    start: int | float | None = None
    stop: int | float | None = None
    integer: bool = False


Form = Literal["factored", "expanded", "lowest terms", "simplified", "no decimals"]


class ExpressionQuestion(Typed, frozen=True, kw_only=True, tag="expression"):
    """A formula in its `symbols`, such as `s(1 - s)`: right if it has the key's value everywhere

    `symbols` say where each symbol's values lie: real, positive integer, probability ..., or a range.
    `form` may demand more than the value; `sort` tells the interval (0, 1) from the pair.
    """

    symbols: dict[str, str | Range]
    form: tuple[Form, ...] = ()
    sort: Literal["interval"] | None = None


class ComplexityQuestion(Typed, frozen=True, kw_only=True, tag="complexity"):
    """A growth in its `symbols` such as `Theta(n^2 d)`, equal up to constants and lower orders."""

    symbols: Annotated[tuple[str, ...], Meta(min_length=1, max_length=6)]


class ArrayQuestion(Typed, frozen=True, kw_only=True, tag="array"):
    """A vector or matrix, compared element by element

    With `either_layout`, as for a gradient whose layout the question leaves open, the transpose counts
    too, and a vector may be a row or a column.
    """

    within: str | int | float | None = None
    either_layout: bool = False


class OrderQuestion(Question, frozen=True, kw_only=True, tag="order"):
    """Put `items` in an order that respects `before`: chains of slugs."""

    items: dict[Slug, Text]
    before: tuple[tuple[Slug, ...], ...]


class MatchQuestion(Question, frozen=True, kw_only=True, tag="match"):
    """Match each left side with its right side; `extra` right sides belong to none."""

    pairs: dict[Slug, Pair]
    extra: tuple[Text, ...] = ()


class Part(Strict, frozen=True, kw_only=True):
    """One step of a question in parts; `uses` binds parameters of its solver to earlier parts."""

    ask: Text
    solver: FunctionName
    kind: Literal["number", "shape", "array"] = "number"
    uses: dict[str, Slug] = {}
    within: str | int | float | None = None
    unit: str | None = None
    misconceptions: dict[Slug, Misconception] = {}


class PartsQuestion(Question, frozen=True, kw_only=True, tag="parts"):
    """Several values, each computed from the givens and from earlier parts: `a; b; c` is typed.

    `solver`, if there is one, gives all of them at once by another route.
    """

    parts: dict[Slug, Part]
    answer: list[Any] | None = None
    examples: tuple[Example, ...] = ()


class Point(Strict, frozen=True, kw_only=True):
    """A key point of a text answer: how it is said (`accept`), and what says the contrary.

    A phrasing is a row of words that occur within one clause in any order; `a|b` are alternatives.
    An optional point adds to the credit of an answer that is not full, and a full one may lack it.
    `rests_on` are the ids of questions whose computed keys bear the point out.
    """

    says: Text
    weight: Annotated[int, Meta(ge=1, le=3)] = 1
    optional: bool = False
    rests_on: tuple[str, ...] = ()
    accept: tuple[Text, ...]
    contradict: tuple[Text, ...] = ()


class TextQuestion(Question, frozen=True, kw_only=True, tag="text"):
    """A sentence or two, held against key points; `partly` are answers that must be partly right."""

    points: dict[Slug, Point]
    partly: tuple[str, ...] = ()


class ClaimQuestion(Question, frozen=True, kw_only=True, tag="claim"):
    """Something said (`ask`), whether it holds, what is right, and the quantity that decides it."""

    answer: Holding
    right: Text
    expect: Expect | None = None
    said: Given = {}
    rival: Given = {}
    cases: tuple[Case, ...] = ()


AnyQuestion = (
    ChoiceQuestion
    | MultiQuestion
    | NumberQuestion
    | ShapeQuestion
    | ArrayQuestion
    | EinsumQuestion
    | DtypeQuestion
    | ComplexityQuestion
    | ExpressionQuestion
    | OrderQuestion
    | MatchQuestion
    | PartsQuestion
    | TextQuestion
    | ClaimQuestion
)


KINDS: dict[str, type[Any]] = {
    str(kind.__struct_config__.tag): kind for kind in get_args(AnyQuestion)
}


def kind_of(question: Question) -> str:
    """The question's `kind`, as its file says it."""
    return str(question.__struct_config__.tag)


class Entry(Struct, frozen=True, kw_only=True):
    """A question in its bank, and where it stands.

    `fingerprint` covers all that decides what is asked and which answer is right, not explanations;
    `stamp` covers the whole question and all code that it names, so evidence holds for one stamp.
    """

    id: str
    where: str
    fingerprint: str
    stamp: str
    question: AnyQuestion
    step_parameters: dict[str, tuple[str, ...]] = {}


class Alternative(Struct, frozen=True, kw_only=True):
    """A recognisable wrong answer: a misconception, or the value under another convention."""

    name: str
    value: Value
    because: str


class Option(Struct, frozen=True, kw_only=True):
    """An option as shown, after shuffling: the first is `a`."""

    slug: str
    text: str
    because: str


class KeyPoint(Struct, frozen=True, kw_only=True):
    """A point of a text answer: what it says to the learner, its weight, and its phrasings."""

    slug: str
    says: str
    weight: int
    accept: tuple[str, ...]
    contradict: tuple[str, ...] = ()
    optional: bool = False


class Step(Struct, frozen=True, kw_only=True):
    """A part as a variant of its own, and how its key follows from earlier parts (by index)."""

    variant: Variant
    solver: str
    uses: dict[str, int]


class Variant(Struct, frozen=True, kw_only=True):
    """A question with its numbers drawn, its text filled in and its key computed.

    `key` by kind: choice a slug, multi a sorted tuple of slugs, number a number, shape and array
    (nested) tuples, parts a tuple of their keys, claim a holding, match a tuple of right indices per
    left side (in `options` and `rights`), order the pairs of slugs (a, b) with a somewhere before b,
    text a model answer.
    """

    id: str
    kind: str
    level: Level
    difficulty: int
    seed: int
    fingerprint: str
    given: Given
    ask: str
    key: Value
    why: str
    hints: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    rights: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    points: tuple[KeyPoint, ...] = ()
    solver: str | None = None  # called with `given` and the convention asked for, it gives the key
    asked: Given = {}
    within: str | None = None
    unit: str | None = None
    fermi: tuple[float, float] | None = None
    symbols: tuple[str, ...] = ()
    layouts: dict[str, tuple[int, ...]] = {}
    either_layout: bool = False
    domains: dict[str, str | Range] = {}
    form: tuple[Form, ...] = ()
    sort: str | None = None
    conventions: tuple[Alternative, ...] = ()
    misconceptions: tuple[Alternative, ...] = ()
    right_statement: str = ""
    reference: str | None = None
    see_also: tuple[str, ...] = ()  # the questions on whose computed keys a text's points rest
    evidence: tuple[Proof, ...] = ()
    stale: bool = False
    refused: int = 0


class Understood(Struct, frozen=True):
    """An answer that was read."""

    value: Value


class Misread(Struct, frozen=True):
    """An answer that could not be read: what is wrong, and at which character (from 0)."""

    problem: str
    position: int


Reading = Understood | Misread


class Grade(Struct, frozen=True, kw_only=True):
    """What an answer is worth, the mistake it shows if one is recognised, and how the key is known.

    `proof` says of a right formula how it was found to equal the key.
    """

    verdict: Verdict
    score: float
    feedback: str
    misconception: str | None = None
    convention: str | None = None
    evidence: tuple[Proof, ...] = ()
    proof: Equality | None = None
