"""The views in plain text: the same words as `views`, and no rich."""

from __future__ import annotations

from collections.abc import Iterable

from quizkit.grading import key_text
from quizkit.model import Grade, Misread, Variant
from quizkit.study.session import Summary
from quizkit.terminal import words
from quizkit.terminal.clean import clean, clean_line

_NARROW = 50
_LONGEST_QUOTE = 200

Rows = Iterable[tuple[str, str]]


def question(variant: Variant, place: str, hints: int, *, keys: bool, width: int) -> str:
    """A question as it is put, with what can be answered and done."""
    head = f"{words.about(variant)} · difficulty {variant.difficulty} of {words.HARDEST} · {place}"
    blocks = [
        wrapped(head, width) + "\n" + "-" * min(len(head), width),
        _joined(words.lead(variant), wrapped(variant.ask, width)),
        labelled(words.options(variant), width, ")"),
        labelled(words.partners(variant), width, ")"),
        _joined(*(hint(variant, n, width=width) for n in range(hints))),
        _joined(
            wrapped(words.how(variant, keys=keys), width),
            wrapped(_footer(words.actions(variant, hints)), width),
        ),
    ]
    return "\n\n".join(block for block in blocks if block)


def hint(variant: Variant, number: int, *, width: int) -> str:
    """One hint, the first being number 0."""
    head = f"hint {number + 1} of {len(variant.hints)}: "
    return wrapped(head + variant.hints[number], width)


def misread(raw: str, found: Misread, *, width: int) -> str:
    """The learner's own text, a caret under the character where reading it failed, and why."""
    text, column = quoted(raw, found.position, width - 4)
    return f"    {text}\n    {' ' * column}^\n{wrapped(found.problem, width)}"


def feedback(variant: Variant, grade: Grade, *, width: int) -> str:
    """The verdict, the named mistake, the key, why, and how it is known."""
    name = words.named(variant, grade)
    head = words.verdict(grade) + (f" · {name}" if name else "")
    rows = labelled(words.explanation(variant, key_text(variant)), width)
    said = [wrapped(text, width) for text in (head, words.told(grade)) if text]
    return _joined(*said, "", rows)


def notice(text: str, *, width: int) -> str:
    """Something about the session itself."""
    return wrapped(text, width)


def guide(variant: Variant, *, keys: bool, width: int) -> str:
    """The help."""
    return labelled(words.help_rows(variant, keys=keys), width)


def summary(found: Summary, title: str, again: str, *, width: int) -> str:
    """What a session came to, and how to repeat it."""
    topics = [(one.topic, f"{words.amount(one.score)} of {one.answered}") for one in found.topics]
    blocks = [
        f"{wrapped(title, width)}\n{'-' * min(len(title), width)}",
        _joined(wrapped(words.score(found), width), wrapped(words.beside(found), width)),
        labelled(topics, width),
        _titled("mistakes", labelled(words.mistakes(found), width)),
        _titled("other conventions", labelled(words.conventions(found), width)),
        _titled("look at again", "\n".join(wrapped(f"  {id_}", width) for id_ in found.again)),
        _titled("the same again", wrapped(f"  {again}", width)) if again else "",
    ]
    return "\n\n".join(block for block in blocks if block)


def quoted(raw: str, position: int, room: int) -> tuple[str, int]:
    """A part of the text around a position, on one line, and the position's column in it."""
    from unicodedata import combining, east_asian_width

    def cells(text: str) -> int:
        return sum(0 if combining(char) else 1 + (east_asian_width(char) in "WF") for char in text)

    position = max(0, min(position, len(raw)))
    room = max(min(room, _LONGEST_QUOTE), 8) // 2  # characters may be two columns wide
    start = max(0, position - room + 4) if len(raw) > 2 * room else 0
    before = clean_line(raw[start:position])
    after = clean_line(raw[position : start + 2 * room])
    mark = "…" if start else ""
    more = "…" if len(raw) > start + 2 * room else ""
    return f"{mark}{before}{after}{more}", cells(mark + before)


def wrapped(text: str, width: int) -> str:
    """Text broken between words at `width`; its own line ends and leading blanks stay."""
    return "\n".join(line for part in clean(text).split("\n") for line in _lines(part, width))


def _lines(text: str, width: int) -> list[str]:
    if len(text) <= width:
        return [text.rstrip()]  # as it is: code and tables keep their blanks
    indent = text[: len(text) - len(text.lstrip())][: width // 2]
    lines, line = [], indent
    for word in text.split():
        if line != indent and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = indent
        line += word if line == indent else f" {word}"
        while len(line) > width:
            end = _break(line, width, len(indent))
            lines.append(line[:end])
            line = indent + line[end:]
    return [*lines, line]


def _break(line: str, width: int, start: int) -> int:
    """Where to break a word that is too wide: after a slash or hyphen if it has one."""
    return max(line.rfind(mark, start + 1, width) for mark in "/-") + 1 or width


def labelled(rows: Rows, width: int, mark: str = "") -> str:
    """Two columns, or label above text where that is too narrow."""
    pairs = [(clean(label) + mark, text) for label, text in rows]
    if not pairs:
        return ""
    room = max(len(label) for label, _ in pairs) + 2
    if width < _NARROW and room > width // 3:
        lines = (f"{wrapped(label, width)}\n{_indented(text, 2, width)}" for label, text in pairs)
    else:
        lines = (f"{label:{room}}{_indented(text, room, width).lstrip()}" for label, text in pairs)
    return "\n".join(lines)


def _indented(text: str, indent: int, width: int) -> str:
    lines = wrapped(text, max(width - indent, 8)).split("\n")
    return "\n".join(" " * indent + line for line in lines)


def _footer(actions: Rows) -> str:
    return " · ".join(f"{key} {word}" for key, word in actions)


def _titled(title: str, body: str) -> str:
    return f"{title}\n{body}" if body else ""


def _joined(*lines: str) -> str:
    """The lines below each other; empty ones at the start or end go."""
    return "\n".join(lines).strip("\n")
