"""The views in Rich: functions that return renderables. Bank text is never read as markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.segment import Segment
from rich.style import Style
from rich.table import Table
from rich.text import Text

from quizkit.grading import key_text
from quizkit.model import Grade, Misread, Variant, Verdict
from quizkit.study.session import Summary, TopicScore
from quizkit.terminal import words
from quizkit.terminal.clean import clean
from quizkit.terminal.plain import quoted, wrapped

# Colours that can be read on a light and on a dark ground; the words say the same without them.
COLOURS: dict[Verdict, str] = {
    "right": "green",
    "partly": "dark_orange3",
    "wrong": "red",
    "undecided": "cyan",
}
_ACCENT = "bold cyan"
_QUIET = "dim"
_NARROW = 50
_METER = 12

Rows = Iterable[tuple[str, str]]


class Barred:
    """A renderable with a coloured bar down its left side."""

    def __init__(self, inner: RenderableType, colour: str) -> None:
        self.inner = inner
        self.colour = colour

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        room = options.update_width(max(options.max_width - 2, 1))
        bar = Segment("▌ ", Style.parse(self.colour))
        for line in console.render_lines(self.inner, room, pad=False):
            yield bar
            yield from line
            yield Segment.line()


def question(variant: Variant, place: str, hints: int, *, keys: bool, width: int) -> RenderableType:
    """A question as it is put, with what can be answered and done."""
    lead, options, partners = words.lead(variant), words.options(variant), words.partners(variant)
    blocks: list[RenderableType] = [
        _head(variant, place, width),
        Group(*([Text(lead, style=_QUIET)] if lead else []), _text(variant.ask)),
        _lettered(options) if options else "",
        _lettered(partners) if partners else "",
        *(hint(variant, number, width=width) for number in range(hints)),
        Group(_quiet(words.how(variant, keys=keys)), _footer(words.actions(variant, hints))),
    ]
    return _spaced(blocks)


def hint(variant: Variant, number: int, *, width: int) -> RenderableType:  # noqa: ARG001
    """One hint, the first being number 0."""
    head = Text(f"hint {number + 1} of {len(variant.hints)}: ", style="bold")
    return Barred(Text.assemble(head, _text(variant.hints[number])), "cyan")


def misread(raw: str, found: Misread, *, width: int) -> RenderableType:
    """The learner's own text, a caret under the character where reading it failed, and why."""
    text, column = quoted(raw, found.position, width - 4)
    caret = Text(" " * column + "^", style="bold")
    return Barred(Group(_text(text), caret, _text(found.problem)), "dark_orange3")


def feedback(variant: Variant, grade: Grade, *, width: int) -> RenderableType:
    """The verdict, the named mistake, the key, why, and how it is known."""
    colour = COLOURS["partly" if words.is_otherwise_right(grade) else grade.verdict]
    head = Text(words.verdict(grade), style=f"bold {colour}")
    if name := words.named(variant, grade):
        head = Text.assemble(head, _quiet(" · "), _text(name))
    rows = _labelled(words.explanation(variant, key_text(variant)), width)
    said = [_text(told)] if (told := words.told(grade)) else []
    return Barred(Group(head, *said, "", rows), colour)


def notice(text: str, *, width: int) -> RenderableType:  # noqa: ARG001
    """Something about the session itself."""
    return _quiet(text)


def guide(variant: Variant, *, keys: bool, width: int) -> RenderableType:
    """The help."""
    return Barred(_labelled(words.help_rows(variant, keys=keys), width), "cyan")


def summary(found: Summary, title: str, again: str, *, width: int) -> RenderableType:
    """What a session came to, and how to repeat it."""
    head = Group(
        _rule(_title(title), Text(), width),
        "",
        Text(words.score(found), style="bold"),
        *([_quiet(rest)] if (rest := words.beside(found)) else []),
    )
    ids = [_text(f"  {id_}") for id_ in found.again]
    blocks: list[RenderableType] = [
        head,
        _topics(found.topics, width) if found.topics else "",
        _mistakes(found, width) if found.mistakes else "",
        _conventions(found, width) if found.conventions else "",
        Group(_title("look at again"), *ids) if ids else "",
        Group(_title("the same again"), _text(wrapped(f"  {again}", width))) if again else "",
    ]
    return _spaced(blocks)


def _text(text: str, style: str = "") -> Text:
    """The only way of foreign text to the screen."""
    return Text(clean(text), style=style)


def _quiet(text: str) -> Text:
    return _text(text, _QUIET)


def _title(text: str) -> Text:
    return _text(text, "bold")


def _spaced(blocks: list[RenderableType]) -> Group:
    """The blocks that are not empty, a blank line between them."""
    kept = [block for block in blocks if block != ""]
    return Group(*(part for block in kept[:-1] for part in (block, "")), kept[-1])


def _head(variant: Variant, place: str, width: int) -> RenderableType:
    topic, _, level = words.about(variant).rpartition(" · ")
    dots = Text(words.dots(variant.difficulty), style="cyan")
    left = Text.assemble(_text(topic, "bold"), _quiet(f" · {level} · "), dots)
    return _rule(left, _text(place), width)


def _rule(left: Text, right: Text, width: int) -> RenderableType:
    """A line across with a text at both ends, or both below it where they do not fit."""
    ends = [_quiet("── "), left, _quiet(" ")]
    if right.cell_len:
        ends += [_quiet(" "), right, _quiet(" ──")]
    room = width - sum(part.cell_len for part in ends)
    if room < 1:
        below = [left, _quiet(" · "), right] if right.cell_len else [left]
        return Group(_quiet("─" * width), Text.assemble(*below))
    return Text.assemble(*ends[:3], _quiet("─" * room), *ends[3:])


def _lettered(rows: Rows) -> Table:
    """Options, each with its letter."""
    table = Table.grid(padding=(0, 2))
    table.add_column()
    table.add_column(style=_ACCENT, no_wrap=True)
    table.add_column(overflow="fold")
    for label, text in rows:
        table.add_row("", Text(label), _text(text))
    return table


def _labelled(rows: Rows, width: int, indent: str = "") -> RenderableType:
    """Two columns, the labels dimmed; one below the other where that is too narrow."""
    pairs = list(rows)
    room = max(cell_len(label) for label, _ in pairs)
    if width < _NARROW and room > width // 3:
        lines = [
            part
            for label, text in pairs
            for part in (_quiet(indent + label), _text(wrapped(f"  {indent}{text}", width - 2)))
        ]
        return Group(*lines)
    left = width - 2 - room - 2 - len(indent)
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style=_QUIET, no_wrap=True)
    table.add_column(overflow="fold")
    for label, text in pairs:
        table.add_row(_text(indent + label), _text(wrapped(text, left)))
    return table


def _footer(actions: Rows) -> Text:
    keys = [(_quiet(" · "), Text(key, style=_ACCENT), _quiet(f" {word}")) for key, word in actions]
    return Text.assemble(*[part for key in keys for part in key][1:])


def _mistakes(found: Summary, width: int) -> Group:
    return Group(_title("mistakes"), _labelled(words.mistakes(found), width, "  "))


def _conventions(found: Summary, width: int) -> Group:
    return Group(_title("other conventions"), _labelled(words.conventions(found), width, "  "))


def _topics(topics: Iterable[TopicScore], width: int) -> RenderableType:
    if width < _NARROW:
        rows = [(one.topic, f"{words.amount(one.score)} of {one.answered}") for one in topics]
        return _labelled(rows, width)
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(overflow="fold")
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    for one in topics:
        full = round(_METER * one.score / one.answered)
        meter = Text.assemble(("━" * full, "green"), ("─" * (_METER - full), _QUIET))
        table.add_row(_text(one.topic), meter, f"{words.amount(one.score)} of {one.answered}")
    return table
