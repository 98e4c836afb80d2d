"""The screen: where views go and answers come from, be it a terminal or a pipe."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from quizkit.model import Grade, Misread, Variant
from quizkit.study.session import Summary
from quizkit.terminal.clean import clean_line
from quizkit.terminal.keys import read_key, read_line

WIDEST = 84  # longer lines are hard to read
_NARROWEST = 20
_USUAL = 80
_ERASE_LINE = "\r\x1b[2K"
_MOMENT = 0.8  # seconds


class Views(Protocol):
    """What `plain` and `views` both offer: one prints text, the other Rich renderables."""

    def question(self, variant: Variant, place: str, hints: int, *, keys: bool, width: int) -> Any:
        """A question as it is put."""

    def hint(self, variant: Variant, number: int, *, width: int) -> Any:
        """One hint, the first being number 0."""

    def misread(self, raw: str, found: Misread, *, width: int) -> Any:
        """What could not be read, and where."""

    def feedback(self, variant: Variant, grade: Grade, *, width: int) -> Any:
        """What an answer was worth."""

    def notice(self, text: str, *, width: int) -> Any:
        """Something about the session."""

    def guide(self, variant: Variant, *, keys: bool, width: int) -> Any:
        """The help."""

    def summary(self, found: Summary, title: str, again: str, *, width: int) -> Any:
        """What a session came to."""


class Screen:
    """Prints views and reads answers; `keys` says whether single key presses can be read."""

    def __init__(
        self,
        views: Views,
        show: Callable[[Any], None],
        width: Callable[[], int],
        *,
        keys: bool,
        erase: str = "\n\n",
    ) -> None:
        self.views = views
        self.keys = keys
        self._erase = erase  # what follows a prompt that has served
        self._show = show
        self._width = width

    @property
    def width(self) -> int:
        """Columns to fill, as wide as the window is now."""
        return max(_NARROWEST, min(self._width(), WIDEST))

    def show(self, view: Any) -> None:
        """A view and a blank line after it."""
        self._show(view)
        sys.stdout.write("\n")
        sys.stdout.flush()

    def notice(self, text: str) -> None:
        """A line about the session."""
        self.show(self.views.notice(text, width=self.width))

    def line(self, ready: Callable[[], None]) -> str:
        """A typed line; `ready` is called once the prompt stands. `EOFError` at the end."""
        try:
            raw = self._edited(ready) if self.keys else self._piped(ready)
        except EOFError:
            sys.stdout.write("\n\n")  # nobody pressed enter
            raise
        return self._typed(raw)

    def _edited(self, ready: Callable[[], None]) -> str:
        ready()
        return read_line("› ", editing=True)

    def _piped(self, ready: Callable[[], None]) -> str:
        sys.stdout.write("> ")
        sys.stdout.flush()
        ready()
        raw = read_line("", editing=False)
        if not is_terminal(sys.stdin):
            sys.stdout.write(clean_line(raw[:WIDEST]) + "\n")
        return raw

    def key(self, ready: Callable[[], None]) -> str:
        """One key press, echoed if it is printable."""
        sys.stdout.write("› ")
        sys.stdout.flush()
        ready()
        key = read_key()
        sys.stdout.write((clean_line(key) if key.isprintable() else "") + "\n")
        return self._typed(key)

    def pause(self, *actions: str) -> str:
        """Waits until the learner has read, in a terminal; what was pressed."""
        if not self.keys:
            return ""
        sys.stdout.write(" · ".join(("enter next", *actions, "q quit")) + " › ")
        sys.stdout.flush()
        try:
            return read_key()
        finally:
            sys.stdout.write(self._erase)
            sys.stdout.flush()

    @contextmanager
    def patience(self) -> Iterator[None]:
        """Says in a terminal that something is being computed, if it takes longer than a moment."""
        if not self.keys:
            yield
            return
        from threading import Timer

        timer = Timer(_MOMENT, _write, ["computing …"])
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _typed(self, raw: str) -> str:
        sys.stdout.write("\n")
        return raw


def screen_for(*, plain: bool) -> Screen:
    """Rich on a terminal that can; plain text in a pipe, on a dumb terminal, or on demand."""
    terminal = is_terminal(sys.stdout) and os.environ.get("TERM") not in ("dumb", "unknown")
    keys = terminal and is_terminal(sys.stdin)
    if plain or not terminal:
        from quizkit.terminal import plain as plain_views

        return Screen(plain_views, _write, _columns, keys=keys)
    from rich.console import Console

    from quizkit.terminal import views

    console = Console(highlight=False, markup=False, emoji=False)

    def show(view: Any) -> None:
        console.print(view, width=max(_NARROWEST, min(console.width, WIDEST)))

    return Screen(views, show, lambda: console.width, keys=keys, erase=_ERASE_LINE)


def is_interactive() -> bool:
    """Whether a person sits at both ends."""
    return is_terminal(sys.stdin) and is_terminal(sys.stdout)


def _write(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _columns() -> int:
    if (columns := os.environ.get("COLUMNS", "")).isdecimal() and int(columns):
        return int(columns)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or _USUAL
    except (OSError, ValueError, AttributeError):
        return _USUAL


def is_terminal(stream: Any) -> bool:
    """Whether a stream is one, rather than a file or a pipe."""
    try:
        return bool(stream.isatty())
    except (AttributeError, ValueError):  # none, or closed
        return False
