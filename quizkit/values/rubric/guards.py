"""What is no answer although it holds the right words: the question copied, and key words strung together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from quizkit.values.rubric import lexicon
from quizkit.values.rubric.clauses import Clause, is_verb
from quizkit.values.rubric.words import SYMBOL, Word

COPIED = 0.8  # share of the answer's content that the question holds
ASKED = 0.5  # share of the question's content that a copy holds
MAIN = 0.4  # share of the words that such a row must make up to spoil an answer
LONG = 9  # words in a row, none of which relates others, that are no sentence
DOUBTFUL = 7  # such words that may be one
SPARSE = 0.1  # share of relating words below which there are none to speak of
ROW = 5  # words in a row, in a text that has neither joining words nor verbs
TERSE = 6  # words of which mere notes are made
RUN = 6  # names in a row, within a clause, that claim nothing of each other
LISTED = 8  # words without a verb or an article that may be a list
NOTES = 0.1  # share of joining words and verbs up to which a text is notes at best
MARKS = 2  # that relate words, from which on notes are taken at their word
NOTE = 8  # words of the longest of such notes
REPEATED = 4  # times the same word
ODD = 0.12  # share of neighbours that no sentence has

_AMOUNTS = frozenset(
    ("more", "most", "few", "fewer", "many", "some", "all", "only", "large", "small")
)
_RELATED = frozenset((":", "->", "-", "–", "—", "+"))
_LINKING = frozenset(
    ("is", "are", "was", "were", "does", "do", "has", "have", "what", "without", "like")
)
_OPENING = lexicon.DETERMINERS - {"any", "some", "each", "every", "her", "his"}


def is_copied(said: Sequence[Clause], asked: frozenset[str]) -> bool:
    """Whether nearly all that is said stands in the question, whose content words are `asked`."""
    own = {word.stem for clause in said for word in clause.words if is_content(word)}
    if not own or not asked:
        return False
    shared = len(own & asked)
    return shared >= COPIED * len(own) and shared >= ASKED * len(asked)


def is_stuffed(said: Sequence[Clause]) -> bool:
    """Whether words stand together as in no sentence: none joining them, or joined at random."""
    flat = [word for clause in said for word in clause.words]
    is_repeated = _repeats(flat) and not _is_marked(said)
    is_row = _is_row(said) and not _has_predicate(said)
    return is_repeated or is_row or _is_shuffled(said, flat)


def _has_predicate(said: Sequence[Clause]) -> bool:
    """Whether a verb takes an object, or `that` a clause: a row with one may be a sentence after all."""
    pairs = [pair for clause in said for pair in pairwise(clause.words)]
    return any(
        (is_verb(one) and one.text not in lexicon.AUXILIARIES and _opens(other))
        or (one.text == "that" and _joins(other))
        for one, other in pairs
    )


def _opens(word: Word) -> bool:
    """Whether an object, or how something is done, may begin with the word: `makes the`, `trains faster`."""
    return word.text in lexicon.RELATING or word.text in _AMOUNTS


def is_terse(said: Sequence[Clause]) -> bool:
    """Whether hardly a word joins the others: notes, or key words; which of them cannot be told."""
    if _is_marked(said):
        return False
    doubtful = [len(clause.words) for clause in said if _is_doubtful(clause)]
    total = sum(len(clause.words) for clause in said)
    is_like_notes = _lacks_words(said) or _is_list(said) or _is_row(said)
    return is_like_notes or 2 * sum(doubtful) > total


def _is_marked(said: Sequence[Clause]) -> bool:
    """Whether marks relate the words of notes to each other: `hardware: GPUs`, `x -> y`."""
    related = sum(clause.bound in _RELATED for clause in said)
    return related >= MARKS and max(len(clause.words) for clause in said) <= NOTE


def _is_doubtful(clause: Clause) -> bool:
    """Whether it may be a row of names: no word joins them, or many stand without relation."""
    is_bare = len(clause.words) >= TERSE and not any(map(_joins, clause.words))
    is_list = len(clause.words) >= LISTED and not any(map(_builds, clause.words))
    is_row = _longest_row([clause]) >= DOUBTFUL or _longest_run(clause) >= RUN
    return is_bare or is_list or is_row


def _longest_run(clause: Clause) -> int:
    """The words of the longest run without a verb or any word that joins: names strung together."""
    runs = [0]
    for word in clause.words:
        if _is_symbol(word):
            continue
        runs.append(0 if _joins(word) or is_verb(word) else runs[-1] + 1)
    return max(runs)


def _is_list(said: Sequence[Clause]) -> bool:
    """Whether no word joins others: in `training set, update, pass` what might be verbs are names."""
    flat = [word for clause in said for word in clause.words]
    return len(flat) >= LISTED and not any(map(_joins, flat))


def _builds(word: Word) -> bool:
    """Whether a word builds sentences: a verb, or what stands before a name."""
    return is_verb(word) or word.text in lexicon.DETERMINERS or word.text in lexicon.NEGATORS


def _lacks_words(said: Sequence[Clause]) -> bool:
    """Whether a text of some length has next to no function words, negations or verbs."""
    flat = [word for clause in said for word in clause.words]
    if len(flat) < TERSE:
        return False
    joining = sum(map(_joins, flat))
    verbs = sum(is_verb(word) and not _joins(word) for word in flat)
    return joining + verbs <= NOTES * len(flat)


def _longest_row(said: Sequence[Clause]) -> int:
    """The words of the longest clause in which hardly one relates others to each other."""
    rows = [[word for word in clause.words if not _is_symbol(word)] for clause in said]
    return max(
        (len(row) for row in rows if sum(map(_relates, row)) <= SPARSE * len(row)), default=0
    )


def _is_symbol(word: Word) -> bool:
    """A number, or a letter that stands for one: what a formula is made of."""
    is_letter = len(word.text) == 1 and word.text not in lexicon.FUNCTION
    return is_letter or word.text[0].isdigit()


def is_content(word: Word) -> bool:
    """Whether a word has content of its own."""
    return bool(word.stem) and word.text not in lexicon.FUNCTION


def _repeats(flat: Sequence[Word]) -> bool:
    content = [word.stem for word in flat if is_content(word) and len(word.text) > SYMBOL]
    most = max(map(content.count, set(content)), default=0)
    return most >= REPEATED and 2 * most > len(content)


def _is_row(said: Sequence[Clause]) -> bool:
    """A long row of names without a mark between them, and hardly a word that joins them."""
    if (
        _lacks_words(said)
        and not _is_marked(said)
        and max(len(clause.words) for clause in said) >= ROW
    ):
        return True
    longest, total = _longest_row(said), sum(len(clause.words) for clause in said)
    return longest >= LONG and longest >= MAIN * total


def _joins(word: Word) -> bool:
    return word.text in lexicon.FUNCTION or word.text in lexicon.NEGATORS


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


def _relates(word: Word) -> bool:
    """Whether a word sets others in relation, which `cannot` does not."""
    return word.text in lexicon.RELATING or word.text in _LINKING
