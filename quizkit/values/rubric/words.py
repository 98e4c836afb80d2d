"""A text as words: contractions opened, hyphens settled, each with its stem and its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from quizkit.values.rubric.spellings import (
    AFTER_WORDS,
    ARROWS,
    OPENED,
    SAYINGS,
    SHORTENED,
    SIGNS,
    SLIPS,
)
from quizkit.values.rubric.stems import stem

NEAR = 6  # words from a `no` to a `without` that belongs to it
SYMBOL = 2  # letters of which a symbol has at most
_BOUND = ("non", "co", "over", "under", "un", "re", "pre", "anti", "multi", "semi", "sub", "auto")


class Word(NamedTuple):
    """A word as typed in lower case, its stem, and where it stands; a mark has no stem."""

    text: str
    stem: str
    start: int
    end: int


_TOKEN = re.compile(
    r"w/o\b|\d+(?:[.,]\d+)+|[^\W_]+(?:['’][^\W_]+)*|-+>|=+>|<-+|:=|[<>]=|→|←|⇒|\n|[-–—−]+|[.,;:!?()\[\]{}…•+=≈&*×·<>≤≥~]",
)
_WRITTEN = OPENED | SLIPS
_VERBS = {"re": "are", "ve": "have", "ll": "will"}  # what is left of them in `they're`


def _by_last_word() -> dict[str, list[tuple[list[str], str]]]:
    """The sayings by the word at which they are recognised."""
    found: dict[str, list[tuple[list[str], str]]] = {}
    for saying, meant in SAYINGS.items():
        found.setdefault(saying.split()[-1], []).append((saying.split(), meant))
    return found


_SAID = _by_last_word()


def words(text: str) -> list[Word]:
    """The words and marks of a text, in order."""
    return _joined(_affirmed(list(_opened(text))))


def _affirmed(tokens: list[Word]) -> list[Word]:
    """`nothing but` is only, `not above` is below: what looks like a denial of what follows is none."""
    kept: list[Word] = []
    for token in tokens:
        kept.append(token)
        for idiom, meant in _SAID.get(token.text, ()):
            last = kept[-len(idiom) :]
            if [word.text for word in last] == idiom:
                kept[-len(idiom) :] = [Word(meant, stem(meant), last[0].start, token.end)]
        is_other = token.text == "than" and len(kept) > 1 and kept[-2].text == "other"
        if token.text == "without" or is_other:
            _affirm_both(kept, is_other=is_other)
    return kept


def _affirm_both(kept: list[Word], *, is_other: bool) -> None:
    """`no pixel without a class` is every pixel with one; `cannot learn without` is only with it.

    `not updated other than by adding` is only updated with adding.
    """
    for back in range(2, min(NEAR, len(kept)) + 1):
        word, before = kept[-back], kept[-back - 1].text if back < len(kept) else ""
        if not word.stem:
            return
        is_modal = word.text == "not" and (is_other or before in ("can", "could"))
        if word.text in ("no", "never") or is_modal:
            meant = {"no": "every", "never": "always", "not": "only"}[word.text]
            kept[-back] = word._replace(text=meant, stem=stem(meant))
            kept[-1] = kept[-1]._replace(text="with", stem="with")
            return


def _opened(text: str) -> Iterator[Word]:
    before = ""  # the word before, if no sign is
    lowered = _lower(text)
    for found in _TOKEN.finditer(lowered):
        piece, start, end = found[0], found.start(), found.end()
        if piece[0].isalnum():
            before = piece
            for part in _parts(piece).split():
                yield Word(part, stem(part), start, end)
        elif piece == "." and before and lowered[end : end + 1].isalpha() and text[end].islower():
            before = ""  # `optimizer.step()` is no end of a sentence
        elif piece != "." or before not in SHORTENED:
            read = SIGNS.get(piece) or (AFTER_WORDS.get(piece) if before else None)
            mark = "->" if piece in ARROWS else piece
            yield Word(read, stem(read), start, end) if read else Word(mark, "", start, end)
            before = ""


def _lower(text: str) -> str:
    """In lower case, letter by letter, since some capital letters are two small ones."""
    lowered = text.lower().replace("’", "'").replace("e.g.", "eg. ").replace("i.e.", "ie. ")
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def _parts(token: str) -> str:
    if token in _WRITTEN:
        return _WRITTEN[token]
    if token.endswith("n't"):
        return f"{token[:-3]} not"
    head, mark, tail = token.partition("'")
    head = _WRITTEN.get(head, head)
    if tail in _VERBS:
        return f"{head} {_VERBS[tail]}"
    return f"{head} is" if mark and head in ("it", "that", "there", "what") else head or tail


def _joined(tokens: list[Word]) -> list[Word]:
    """A hyphen between words goes; a bound prefix joins the word that follows it."""
    kept: list[Word] = []
    for index, token in enumerate(tokens):
        if _is_minus(tokens, index):
            kept.append(token._replace(text="minus", stem="minus"))
            continue
        if (
            token.text.startswith(("-", "–", "−"))
            and token.text != "->"
            and _is_tied(tokens, index)
        ):
            continue
        last = kept[-1] if kept else None
        if last is not None and token.stem and last.text in _BOUND:
            tied = last.text == "non" or (last.end + 1 == token.start and tokens[index - 1] != last)
            if tied:
                joined = last.text + token.text
                kept[-1] = Word(joined, stem(joined), last.start, token.end)
                continue
        kept.append(token)
    return kept


def _is_minus(tokens: list[Word], index: int) -> bool:
    """Whether a dash stands between two symbols, with blanks: `p - y`."""
    if tokens[index].text not in ("-", "–", "−") or not 0 < index < len(tokens) - 1:
        return False
    sides = (tokens[index - 1], tokens[index + 1])
    return not _is_tied(tokens, index) and all(
        side.stem and len(side.text) <= SYMBOL for side in sides
    )


def _is_tied(tokens: list[Word], index: int) -> bool:
    """Whether the mark stands between two words without a blank."""
    if not 0 < index < len(tokens) - 1:
        return False
    before, mark, after = tokens[index - 1 : index + 2]
    return bool(before.stem and after.stem) and before.end == mark.start and mark.end == after.start
