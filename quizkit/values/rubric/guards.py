"""What is no answer although it holds the right words: the question copied, and key words strung together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from quizkit.values.rubric import lexicon
from quizkit.values.rubric.clauses import Clause, is_verb
from quizkit.values.rubric.words import Word, words

COPIED = 0.8  # share of the answer's content that the question holds
ASKED = 0.5  # share of the question's content that a copy holds
LONG = 8  # words without any that a sentence needs
REPEATED = 4  # times the same word
SPARSE = 0.12  # share of function words below which a long row of words is no sentence
ODD = 0.12  # share of neighbours that no sentence has

_OPENING = lexicon.DETERMINERS - {"any", "some", "each", "every", "her", "his"}


def is_copied(said: Sequence[Clause], ask: str) -> bool:
    """Whether nearly all that is said stands in the question."""
    asked = {word.stem for word in words(ask) if _is_content(word)}
    own = {word.stem for clause in said for word in clause.words if _is_content(word)}
    if not own or not asked:
        return False
    shared = len(own & asked)
    return shared >= COPIED * len(own) and shared >= ASKED * len(asked)


def is_stuffed(said: Sequence[Clause]) -> bool:
    """Whether words stand together as in no sentence: none joining them, or joined at random."""
    flat = [word for clause in said for word in clause.words]
    return _repeats(flat) or _lacks_grammar(said, flat) or _is_shuffled(said, flat)


def _is_content(word: Word) -> bool:
    return bool(word.stem) and word.text not in lexicon.FUNCTION


def _repeats(flat: Sequence[Word]) -> bool:
    content = [word.stem for word in flat if _is_content(word)]
    most = max(map(content.count, set(content)), default=0)
    return most >= REPEATED and most > len(content) / 4


def _lacks_grammar(said: Sequence[Clause], flat: Sequence[Word]) -> bool:
    """A row of names: long, and with neither function words nor verbs to speak of."""
    if len(flat) < LONG - 2:
        return False
    joining = sum(word.text in lexicon.FUNCTION for word in flat)
    verbs = sum(is_verb(word) for word in flat)
    longest = max(len(clause.words) for clause in said)
    if joining + verbs <= len(flat) / 10:
        return True
    return joining < SPARSE * len(flat) and longest >= LONG


def _is_shuffled(said: Sequence[Clause], flat: Sequence[Word]) -> bool:
    """Determiners before verbs, prepositions at the end: the words of a sentence in no order."""
    odd = sum(map(_odd, said))
    return odd >= 2 and odd >= ODD * len(flat)


def _odd(clause: Clause) -> int:
    texts = [word.text for word in clause.words]
    pairs = pairwise(texts)
    return sum(map(_is_odd, pairs)) + (
        texts[-1] in {"the", "a", "an", "of", "their", "its", "every"}
    )


def _is_odd(pair: tuple[str, str]) -> bool:
    one, other = pair
    closing = lexicon.AUXILIARIES | lexicon.PREPOSITIONS | {"and", "or", "than"}
    if one in _OPENING:
        return other in closing | _OPENING | lexicon.PRONOUNS - {"one", "which"}
    if one == "of":
        return other in lexicon.AUXILIARIES | {"of", "to", "and", "or", "on"}
    return one in ("is", "are", "be") and other in ("is", "are", "be", "do", "does", "can", "will")
