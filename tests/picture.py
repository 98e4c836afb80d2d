"""Records a real session at a pseudo-terminal and draws it: `python -m tests.picture FILE.svg`."""

from __future__ import annotations

import io
import os
import re
import sys
import tempfile
from itertools import groupby
from pathlib import Path

import pexpect
import pyte
from rich.console import Console
from rich.style import Style
from rich.text import Text

COLUMNS, LINES = 84, 80
QUIZKIT = str(Path(sys.executable).parent / "quizkit")

SESSION = ["quiz", "cnn", "--seed", "5", "--questions", "2"]
# What is awaited, and what is then pressed: products of one channel only, go on, the right matrix.
PRESSED = [
    ("type a number", "184320\r"),
    ("enter next", "\r"),
    ("type an array", "[[8, 6], [7, 9]]\r"),
]


def recorded(arguments: list[str], pressed: list[tuple[str, str]]) -> pyte.Screen:
    """The screen after the session."""
    screen = pyte.Screen(COLUMNS, LINES)
    stream = pyte.Stream(screen)
    with tempfile.TemporaryDirectory() as home:
        environment = {
            **os.environ,
            "QUIZKIT_HOME": home,
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
        }
        environment.pop("NO_COLOR", None)
        child = pexpect.spawn(
            QUIZKIT,
            arguments,
            env=environment,
            encoding="utf-8",
            dimensions=(LINES, COLUMNS),
            timeout=60,
        )
        for awaited, keys in pressed:
            child.expect_exact(awaited)
            stream.feed(child.before + child.after)
            child.expect_exact("› ")
            stream.feed(child.before + child.after)
            child.send(keys)
        child.expect(pexpect.EOF)
        stream.feed(child.before)
    return screen


def as_text(screen: pyte.Screen) -> Text:
    """The screen's characters with their colours."""
    lines = []
    for row in range(LINES):
        line = Text()
        cells = [screen.buffer[row][column] for column in range(COLUMNS)]
        for style, run in groupby(cells, _style):
            line.append("".join(cell.data for cell in run), style)
        line.rstrip()
        lines.append(line)
    while lines and not lines[-1].plain:
        lines.pop()
    return Text("\n").join(lines)


def _style(cell: pyte.screens.Char) -> Style:
    colour = None if cell.fg == "default" else cell.fg
    if colour and len(colour) == 6 and all(digit in "0123456789abcdef" for digit in colour):
        colour = f"#{colour}"
    elif colour:
        colour = {"brown": "yellow"}.get(colour, colour.replace("bright", "bright_"))
    return Style(
        color=colour, bold=cell.bold, italic=cell.italics, dim=getattr(cell, "faint", False)
    )


def main() -> None:
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True)
    console.print(as_text(recorded(SESSION, PRESSED)))
    Path(sys.argv[1]).parent.mkdir(parents=True, exist_ok=True)
    svg = console.export_svg(title=" ".join(["quizkit", *SESSION]))
    # The reader's own monospaced font will do: a picture needs nothing from the network.
    Path(sys.argv[1]).write_text(re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL))


if __name__ == "__main__":
    main()
