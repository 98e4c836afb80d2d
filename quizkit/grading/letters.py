"""Options by their letters: shared by the kinds that are answered with letters or slugs."""

from __future__ import annotations

from collections.abc import Sequence

from quizkit.model import Option
from quizkit.values.numbers import Cursor, Unreadable, quoted

_WORD = r"[\w-]+"
_BETWEEN = r"[\s,;>→().:]*"


def letter(index: int) -> str:
    """`a` for the first."""
    return chr(ord("a") + index)


def span(count: int) -> str:
    """The letters in use: `a to d`."""
    return f"a to {letter(count - 1)}" if count > 1 else "a"


def labelled(options: Sequence[Option], slug: str) -> str:
    """An option as it stands on the screen: `b) kernel`."""
    index = [option.slug for option in options].index(slug)
    return f"{letter(index)}) {options[index].text}"


def sentence(text: str) -> str:
    """The text with a full stop, unless it ends with one."""
    return text if not text or text.endswith((".", "!", "?", "…")) else f"{text}."


def picked(raw: str, options: Sequence[Option]) -> list[str]:
    """The slugs of the options named, in the order typed: `cab`, `c, a, b`, `c > a`, or slugs."""
    named: list[str] = []
    for word, at in _words(raw):
        for slug, place in _named(word, at, options):
            if slug in named:
                name = letter([option.slug for option in options].index(slug))
                raise Unreadable(f"expected each letter once, found {name} again", place)
            named.append(slug)
    return named


def _words(raw: str) -> list[tuple[str, int]]:
    """The words between separators, and where each stands."""
    words: list[tuple[str, int]] = []
    cursor = Cursor(raw)
    cursor.take(_BETWEEN)
    while cursor.at < len(raw):
        at = cursor.at
        word = cursor.take(_WORD)
        if word is None:
            raise Unreadable(f"expected letters, found {quoted(cursor.rest)}", at)
        words.append((word[0], at))
        cursor.take(_BETWEEN)
    return words


def _named(word: str, at: int, options: Sequence[Option]) -> list[tuple[str, int]]:
    """The option whose slug the word is, or one option for each of its letters."""
    slugs = {option.slug for option in options}
    letters = {letter(index): option.slug for index, option in enumerate(options)}
    lower = word.lower()
    are_letters = set(lower) <= set(letters)
    if lower in slugs and not (are_letters and len(set(lower)) == len(lower)):
        return [(lower, at)]
    chars = [(char.lower(), place) for place, char in enumerate(word, at) if char != "-"]
    for char, place in chars:
        if char not in letters:
            raise Unreadable(f"expected letters, {span(len(options))}, found {quoted(word)}", place)
    return [(letters[char], place) for char, place in chars]
