"""What the quiz says, before it is laid out: shared by the plain and the Rich views."""

from __future__ import annotations

from collections.abc import Sequence

from quizkit.grading.letters import letter
from quizkit.model import Grade, Proof, Variant, Verdict
from quizkit.study.session import Summary, topic_of

MARKS: dict[Verdict, str] = {"right": "✓", "partly": "◐", "wrong": "✗", "undecided": "?"}
VERDICTS: dict[Verdict, str] = {
    "right": "right",
    "partly": "partly right",
    "wrong": "not right",
    "undecided": "could not tell",
}
# An answer that is right, but under a convention that was not asked for: never called wrong.
OTHERWISE = "⇄ right under another convention"
# In the order in which the grader letters them.
HOLDINGS = {
    "holds": "holds",
    "fails": "fails: it is false, or says “always” of what is not always so",
    "depends": "depends: true under some conditions that it leaves open, false under others",
}
HARDEST = 3
_SEVERAL = ("match", "multi", "parts")  # kinds whose key is one line for each of its parts
# How a learner judges an answer in words, and what that is worth.
OWN_MARKS: dict[str, Verdict] = {"r": "right", "p": "partly", "w": "wrong"}
WORTH: dict[Verdict, float] = {"right": 1.0, "partly": 0.5, "wrong": 0.0}
MARK = "m mark"
NOT_MARKED = "Not marked: the program's judgement stands."
MAX_ONE_KEY = 7  # options a to g: the letter h stays free for the hint

_BADGES: dict[Proof, str] = {
    "cited": "cited: as the reference says",
    "computed": "computed: a solver gives it",
    "agreed": "agreed: computed, and a second route agrees",
    "measured": "measured: seen in an experiment",
    "proved": "proved: for every case it is asked with",
}
_ANSWERS = {
    "multi": "every letter that is right, such as ac, or none",
    "number": "a number",
    "shape": "a shape, such as (28, 28, 64) or 28x28x64",
    "einsum": "the subscripts, such as bij,bjk->bik",
    "dtype": "a number format, such as float32",
    "complexity": "a bound, such as O(n log n)",
    "expression": "a formula, such as 2x(1 − x) or e^(-z)/2",
    "array": "an array, such as [1, 2] or [[1, 2], [3, 4]]",
    "order": "all the letters in order, such as cab",
    "match": "a letter for each number, such as 1b 2a",
    "text": "a sentence or two",
    "parts": "all the answers parted by semicolons, such as 0.5; 2, with ? for one you leave out",
}


def is_one_key(variant: Variant) -> bool:
    """Whether one key press can answer, and leave the letters of the actions free."""
    return variant.kind in ("choice", "claim") and len(variant.options) <= MAX_ONE_KEY


def dots(difficulty: int) -> str:
    """`●●○` for 2 of 3."""
    return "●" * difficulty + "○" * (HARDEST - difficulty)


def about(variant: Variant) -> str:
    """Topic and level."""
    return f"{topic_of(variant.id)} · {variant.level}"


def lead(variant: Variant) -> str:
    """What is asked of a statement; other kinds ask for themselves."""
    return "Does this hold?" if variant.kind == "claim" else ""


def options(variant: Variant) -> list[tuple[str, str]]:
    """Each option with its letter; the left sides of a match, and parts, with their numbers."""
    if variant.kind == "claim":
        return [(letter(n), text) for n, text in enumerate(HOLDINGS.values())]
    if variant.kind in ("match", "parts"):
        return [(str(n), option.text) for n, option in enumerate(variant.options, 1)]
    return [(letter(n), option.text) for n, option in enumerate(variant.options)]


def partners(variant: Variant) -> list[tuple[str, str]]:
    """The right sides of a match with their letters."""
    return [(letter(n), text) for n, text in enumerate(variant.rights)]


def how(variant: Variant, *, keys: bool) -> str:
    """How to answer."""
    if variant.kind in ("choice", "claim"):
        verb = "press" if keys and is_one_key(variant) else "type"
        return f"{verb} a letter, a to {letter(len(options(variant)) - 1)}"
    unit = f" in {variant.unit}" if variant.unit else ""
    return f"type {_ANSWERS[variant.kind]}{unit}{_precision(variant)}{_greek(variant)}"


def _greek(variant: Variant) -> str:
    """How the question's Greek letters are typed."""
    if not variant.domains:
        return ""
    from quizkit.values.expressions.symbols import GREEK_LETTERS

    told = [
        f"{name} for {GREEK_LETTERS[name]}" for name in variant.domains if name in GREEK_LETTERS
    ]
    return f"; {', '.join(told)}" if told else ""


def _precision(variant: Variant) -> str:
    """How near is near enough, where numbers are compared."""
    if variant.kind not in ("number", "array"):
        return f"; symbols: {', '.join(variant.symbols)}" if variant.symbols else ""
    if variant.fermi is not None:
        return f", an estimate: within a factor of {variant.fermi[0]:g} counts in full"
    if variant.within is None:
        return ", exact"
    amount, _, kind = variant.within.partition(" ")
    plural = "" if amount == "1" else "s"
    if kind == "sig":
        return f", to {amount} significant figure{plural}"
    if kind == "dp":
        return f", to {amount} decimal{plural}"
    return f", within {variant.within}"


def actions(variant: Variant, hints_shown: int) -> list[tuple[str, str]]:
    """The keys of the footer; no hint where none is left, and a word where `h` is an option."""
    takes_h = variant.kind in ("choice", "multi") and len(variant.options) > MAX_ONE_KEY
    hint = ("hint", "a hint") if takes_h else ("h", "hint")
    hints = [hint] if hints_shown < len(variant.hints) else []
    return [*hints, ("s", "skip"), ("q", "quit"), ("?", "help")]


def verdict(grade: Grade) -> str:
    """`✗ not right`; what is right under another convention has a sign and words of its own."""
    if is_otherwise_right(grade):
        return OTHERWISE
    return f"{MARKS[grade.verdict]} {VERDICTS[grade.verdict]}"


def is_otherwise_right(grade: Grade) -> bool:
    """Whether only another convention parts the answer from the key."""
    return grade.convention is not None and grade.verdict in ("partly", "wrong")


def told(grade: Grade) -> str:
    """What grading has to say beyond the verdict and the key, which are shown beside it."""
    is_repetition = grade.verdict == "right" and grade.feedback.startswith("Right")
    return "" if is_repetition else grade.feedback


def named(variant: Variant, grade: Grade) -> str:
    """The recognised mistake or convention in words; nothing for a written option's own name."""
    from quizkit.grading.choice import COMPUTED

    if grade.convention is not None:
        return grade.convention
    is_written = (
        bool(variant.options)
        and variant.kind != "parts"
        and COMPUTED not in [o.slug for o in variant.options]
    )
    return in_words(grade.misconception) if grade.misconception and not is_written else ""


def in_words(slug: str) -> str:
    """`forgot plus one` of `forgot-plus-one`."""
    return slug.replace("-", " ")


def badge(evidence: Sequence[Proof], *, stale: bool) -> str:
    """How the key is known, by its strongest proof; a stale one proves something else."""
    if not evidence:
        return "stated: not verified yet"
    text = _BADGES[evidence[-1]]
    if not stale:
        return text
    return f"stale: it was {text.partition(':')[0]}, but question or solver changed since"


def explanation(variant: Variant, key: str) -> list[tuple[str, str]]:
    """What is shown after every answer, line by line with its label."""
    rows = [
        ("key", key.replace("; ", "\n") if variant.kind in _SEVERAL else key),
        ("why", variant.why),
        ("source", variant.reference or ""),
        ("see also", ", ".join(variant.see_also)),
        ("evidence", badge(variant.evidence, stale=variant.stale)),
        ("id", f"{variant.id}, seed {variant.seed}"),
    ]
    return [(label, text) for label, text in rows if text]


def help_rows(variant: Variant, *, keys: bool) -> list[tuple[str, str]]:
    """The help: what can be typed, and what it does."""
    own = (
        [("m, mark", "judge your last answer in words yourself")] if variant.kind == "text" else []
    )
    doubt = f"quizkit report {variant.id} --seed {variant.seed}"
    return [
        ("answer", how(variant, keys=keys)),
        ("h, hint", "show a hint, if there is one"),
        ("s, skip", "go on without an answer"),
        *own,
        ("q, quit", "stop; all answers are kept"),
        ("?, help", "show this"),
        ("doubt a key?", doubt),
    ]


def marking(id_: str) -> str:
    """The question for a learner's own mark."""
    return f"Your own mark for {id_}: r right · p partly · w wrong · enter leaves it"


def marked(verdict: Verdict) -> str:
    """That a mark is kept."""
    return f"Marked {VERDICTS[verdict]}: your mark counts, and the program's is kept beside it."


def score(summary: Summary) -> str:
    """`7.5 of 10 points · 75 %`, or that there is nothing to score."""
    if not summary.answered:
        return "nothing answered"
    percent = int(100 * summary.score / summary.answered + 0.5)
    points = "point" if summary.answered == 1 else "points"
    return f"{amount(summary.score)} of {summary.answered} {points} · {percent} %"


def beside(summary: Summary) -> str:
    """What else happened: `1 skipped · 2 hints`."""
    counts = [
        (summary.skipped, "skipped"),
        (summary.passed, "could not be asked"),
        (summary.hints, "hint" if summary.hints == 1 else "hints"),
        (summary.marked, "marked by yourself"),
    ]
    return " · ".join(f"{count} {what}" for count, what in counts if count)


def mistakes(summary: Summary) -> list[tuple[str, str]]:
    """Each mistake in words, and where it was made."""
    return [(in_words(name), id_) for id_, name in summary.mistakes]


def conventions(summary: Summary) -> list[tuple[str, str]]:
    """Each other convention that an answer was right under, and where."""
    return [(name, id_) for id_, name in summary.conventions]


def amount(points: float) -> str:
    """A score without needless digits."""
    return f"{points:.2f}".rstrip("0").rstrip(".")
