"""The clauses of an answer as they are held against a rubric, each with what the ones before it imply."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from quizkit.values.rubric import lexicon
from quizkit.values.rubric.clauses import Clause, is_verb
from quizkit.values.rubric.points import Heard
from quizkit.values.rubric.readings import Reading, joined, reading
from quizkit.values.rubric.rubric import Rubric, content, names
from quizkit.values.rubric.words import Word

ASSERTING = 5  # words of the shortest clause that is told of if no point knows of it
_TYING = ("when", "if", "where", "which", "who", "whenever")
_APART = ("but", "whereas", "while", "instead", "than", "unlike", "versus", "although", "though")
_AT = ("at", "during", "in")
_PHASES = ("training", "test", "testing", "inference", "evaluation", "validation", "deployment")
_Stems = frozenset[str]
_NONE: _Stems = frozenset()


class _Past(Struct, frozen=True):
    """What the clauses so far spoke of, as far as the next one may leave it out."""

    sentence: int = -1
    subject: _Stems = _NONE
    opening: _Stems = _NONE  # the subject with which the sentence began
    content: _Stems = _NONE  # of the clause before
    named: _Stems = _NONE  # in all clauses
    compared: _Stems = _NONE  # the things compared that were named last
    last: _Stems = _NONE  # what the clause before ended with, to which `which` belongs


def heard(said: list[Clause], rubric: Rubric, *, counts: bool) -> list[Heard]:
    """Each clause, and each two neighbours of one sentence together, but for what others say."""
    found: list[Heard] = []
    instead = _instead(said)
    before: tuple[Clause, Reading] | None = None
    every = list(_read(said, rubric))
    for index, (clause, own, past) in enumerate(every):
        if not clause.reported:
            kept = counts and not clause.asks
            rivals = _of_the_other(every, index, rubric) if index in instead else _NONE
            turned = clause.turned or (index in instead and not rivals)
            span = (clause.start, clause.end)
            about = _about(clause, own, past.compared)
            near = rubric.near(own)
            if about is not own:
                near = [
                    each._replace(contradict=more.contradict)
                    for each, more in zip(near, rubric.near(about), strict=True)
                ]
            asserts = len(clause.words) >= ASSERTING and any(map(is_verb, clause.words))
            named = rivals or past.compared
            found.append(
                Heard(
                    own,
                    near,
                    span,
                    kept,
                    turned,
                    named=named,
                    asserts=asserts,
                    trails=clause.trails,
                    about=about,
                    corrected=clause.corrected,
                )
            )
            if before and _belong_together(before[0], clause):
                found.append(_together(before, (clause, own), rubric, past, kept=kept))
        before = (clause, own)
    return found


def _about(clause: Clause, own: Reading, compared: _Stems) -> Reading:
    """Words without a subject, as `with a low error`, speak of what was last named of the things compared."""
    opens = clause.words[0].text in ("with", "has", "have", "having")
    if not opens or _is_whole(clause) or not compared or own.places.keys() & compared:
        return own
    return replace(own, implied=own.implied | compared)


def _together(
    one: tuple[Clause, Reading],
    other: tuple[Clause, Reading],
    rubric: Rubric,
    past: _Past,
    *,
    kept: bool,
) -> Heard:
    both = joined(one[1], other[1])
    span = (one[0].start, other[0].end)
    # What `and` leads to is not under the condition before it: `slow if too low, and ...`.
    depends = _is_condition(one[0]) and other[0].bound not in ("and", "or", "but")
    tied = other[0].bound in _TYING or depends or _is_heading(one[0], other[0])
    near = rubric.near(both)
    return Heard(both, near, span, kept, named=past.compared, is_whole=False, is_tied=tied)


def _read(said: list[Clause], rubric: Rubric) -> Iterator[tuple[Clause, Reading, _Past]]:
    """Each clause with its reading, and what has been spoken of up to its end."""
    slips: dict[str, str | None] = {}
    past = _Past()
    for clause in said:
        typed = rubric.mended(clause.words, slips)
        own = content(typed)
        # A new sentence goes on with what the last one was about.
        subject = past.subject if clause.sentence == past.sentence else past.opening
        if clause.bound == "which" and past.last & rubric.subjects:
            subject = past.last
        has_pronoun = _has_pronoun(clause)
        is_named = not has_pronoun and bool(own & rubric.asked)
        is_known = (has_pronoun and past.content) or (past.named | own) & rubric.asked
        yield (
            clause,
            reading(
                typed,
                implied=_NONE if is_named else _implied(clause, subject),
                asked=_NONE if is_known else rubric.asked,
                before=past.content if has_pronoun and not _is_dependent(clause) else _NONE,
                topic=rubric.asked,
                subjects=rubric.subjects,
            ),
            past := _after(clause, typed, own, subject, past, rubric),
        )


def _after(
    clause: Clause,
    typed: tuple[Word, ...],
    own: _Stems,
    subject: _Stems,
    past: _Past,
    rubric: Rubric,
) -> _Past:
    goes_on = clause.sentence == past.sentence
    subject = _subject(clause) or subject
    compared = rubric.compared.intersection(word.stem for word in typed)
    if not compared and (goes_on or _implied(clause, past.compared)):
        compared = past.compared
    opening = past.opening if goes_on else subject
    last = frozenset((typed[-1].stem,))
    return _Past(clause.sentence, subject, opening, own, past.named | own, compared, last)


def _instead(said: list[Clause]) -> set[int]:
    """The clauses that say what is not so: `rather than being multiplied`, and what is joined on."""
    found: set[int] = set()
    for index, clause in enumerate(said):
        goes_on = index - 1 in found and clause.bound in ("and", "or")
        if clause.bound == "instead" or (goes_on and not _is_whole(clause)):
            found.add(index)
    return found


def _of_the_other(every: list[tuple[Clause, Reading, _Past]], index: int, rubric: Rubric) -> _Stems:
    """Of two things compared the one of which `instead of ...` then speaks: not that of the main clause."""
    clause, main = every[index][0], index - 1
    if not index or every[main][0].sentence != clause.sentence:
        main = index + 1
    if main == len(every) or every[main][0].sentence != clause.sentence:
        return _NONE
    named = every[main][2].compared
    alike = [point.role.own for point in rubric.points if point.role.own & named]
    others = rubric.compared.difference(*alike) if alike else _NONE
    return others if named and len(alike) < len(rubric.points) else _NONE


def _has_pronoun(clause: Clause) -> bool:
    """Whether it begins with a pronoun; `one update` and `it is L1 that sets` name what they mean."""
    if _is_cleft(clause):
        return False
    follows = clause.words[1] if len(clause.words) > 1 else None
    if clause.words[0].text == "one" and follows and names(follows) and not is_verb(follows):
        return False
    return any(word.text in lexicon.PRONOUNS for word in clause.words[:2])


def _is_cleft(clause: Clause) -> bool:
    texts = [word.text for word in clause.words]
    return texts[:2] == ["it", "is"] and bool({"that", "who"} & set(texts[3:6]))


def _is_dependent(clause: Clause) -> bool:
    """Whether its `it` or `that` stands for less than what was said before."""
    return clause.bound == "than" or _is_condition(clause)


def _is_condition(clause: Clause) -> bool:
    """`if it is too high`, which alone says nothing of what then is so."""
    return clause.bound in ("if", "when") or clause.words[0].text in ("if", "when")


def _is_heading(one: Clause, other: Clause) -> bool:
    """`High bias: the model is too simple`, `At test time, units are dropped`"""
    is_marked = other.bound == ":" or other.bound.startswith(("-", "–", "—"))
    texts = {word.text for word in one.words}
    is_setting = other.bound == "," and one.words[0].text in _AT and not texts.isdisjoint(_PHASES)
    return (is_marked or is_setting) and not any(map(is_verb, one.words))


def _belong_together(one: Clause, other: Clause) -> bool:
    is_plain = not (one.turned or other.turned or one.reported)
    if other.bound not in _TYING and all(map(_is_whole, (one, other))):
        return False  # each speaks of its own
    return is_plain and one.sentence == other.sentence and other.bound not in _APART


def _subject(clause: Clause) -> _Stems:
    """The content words before the clause's first verb; of `it is X that` the X."""
    found: list[str] = []
    is_cleft = [word.text for word in clause.words[:2]] == ["it", "is"]
    for word in clause.words[2 if is_cleft else 0 :]:
        if is_verb(word):
            break
        if names(word):
            found.append(word.stem)
    return frozenset(found[:4])


def _is_whole(clause: Clause) -> bool:
    """Whether a clause has a subject of its own, with content, and a verb."""
    verbs = [at for at, word in enumerate(clause.words) if is_verb(word)]
    return bool(verbs) and any(map(names, clause.words[: verbs[0]]))


def _implied(clause: Clause, subject: _Stems) -> _Stems:
    """The subject before a clause, if it has a pronoun instead of one, or none."""
    first = clause.words[0]
    is_open = (
        _has_pronoun(clause)
        or is_verb(first)
        or first.text.endswith("ing")
        or clause.bound in ("and", "-", ":", "->")
        or first.text in ("by", "to", "so", "then", "also")
    )
    return subject if is_open else _NONE
