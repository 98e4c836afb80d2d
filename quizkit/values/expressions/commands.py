"""LaTeX commands as tokens."""

from __future__ import annotations

import re

from quizkit.values.expressions.scanner import Scanner, closing
from quizkit.values.expressions.signs import ACCENT_COMMANDS, BASED, INLINE, LATEX, LAYOUTS, SKIPPED
from quizkit.values.numbers import Unreadable, quoted


class Commands(Scanner):
    """Readers for what begins with a backslash."""

    def _command(self) -> None:
        at = self.at
        found = re.compile(r"\\([A-Za-z]+|.)", re.DOTALL).match(self.text, at, self.end)
        if found is None:
            raise Unreadable("expected a LaTeX command after the backslash", at)
        name = found[1]
        self.at = found.end()
        if not name[0].isalpha():
            self._punctuation(name, at)
            return
        spaced = self.spaced
        while self._peek() == " ":
            self.at += 1
        self._word(name, at)
        if name not in SKIPPED:
            self.spaced = False
        elif spaced:
            self.spaced = True

    def _punctuation(self, sign: str, at: int) -> None:
        if sign in ",;:! ":
            self.spaced = True
        elif sign in "()[]":
            if self.at != self.end and at != 0:
                raise Unreadable("expected formula marks only around the whole answer", at)
        elif sign in "{}\\":
            self._emit("operator", "\\" + sign, at)
        elif sign == "|":
            self._emit("operator", "‖", at)
        elif sign == "%":
            self._emit("operator", "%", at)
        elif sign == "_":
            self._emit("operator", "_", at)
        else:
            raise Unreadable(f"expected a LaTeX command, found {quoted(chr(92) + sign)}", at)

    def _word(self, name: str, at: int) -> None:
        if name in SKIPPED:
            if self._peek() == ".":
                self.at += 1
        elif name in ("mathbb", "mathbf", "bm") and self.text.startswith(("{1}", "1"), self.at):
            self._emit("name", "indicator", at)
            self.at += 3 if self._peek() == "{" else 1
        elif name in INLINE:
            self._inline()
        elif name in ACCENT_COMMANDS:
            inner = self._argument()
            self._emit("name", f"{inner}_{ACCENT_COMMANDS[name]}{self._subscripts()}", at)
        elif name in LAYOUTS:
            self._emit(
                "command", name.lstrip("dtc") if name.endswith(("frac", "binom")) else name, at
            )
        elif name in LATEX:
            self._emit("operator", LATEX[name], at)
        elif name in BASED:
            self._emit("name", name, at)
            self._scripts()
        else:
            self._emit("name", name + self._subscripts(), at)

    def _argument(self) -> str:
        """The one name that an accent stands over."""
        at = self.at
        if self._peek() == "{":
            inner = self._braced()
        else:
            found = re.compile(r"\\?[A-Za-z]+").match(self.text, at, self.end)
            inner = (found[0] if found[0][0] == "\\" else found[0][0]) if found else ""
            self.at += len(inner)
        inner = inner.lstrip("\\")
        if not re.fullmatch(r"[A-Za-z]+(_\w+)?", inner):
            raise Unreadable("expected one name under the accent", at)
        return inner

    def _inline(self) -> None:
        """The words of `\\text{...}`, as if they stood there plainly."""
        if self._peek() != "{":
            return
        close = closing(self.text, self.at, self.end)
        inner = type(self)(self.text, self.at + 1, close)
        inner.spaced = self.spaced
        self.tokens += inner.run()
        self.at = close + 1
        last = self.tokens[-1] if self.tokens else None
        if last is not None and last.kind == "name" and last.text not in ("sum", "prod", "log"):
            self.tokens[-1] = last._replace(text=last.text + self._subscripts())
        self.spaced = False
