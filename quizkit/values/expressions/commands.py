"""LaTeX commands as tokens."""

from __future__ import annotations

import re

from quizkit.values.expressions.scanner import Scanner, closing
from quizkit.values.expressions.signs import (
    ACCENT_COMMANDS,
    BASED,
    INLINE,
    LATEX,
    LAYOUTS,
    SKIPPED,
    SPACES,
)
from quizkit.values.numbers import Unreadable, quoted

_SPACE = re.compile(r"\*?\s*(?:\{\s*-?[\d.]+\s*[a-z]{2}\s*\}|-?[\d.]+\s*[a-z]{2}(?![A-Za-z]))")
_TAG = re.compile(r"\*?\{[\w.:*'()\s-]{1,40}\}(?=[\s$.,]*\Z|\s*\\\\)")
_COLOUR = re.compile(r"\{[A-Za-z]{1,20}\}")
_REFERENCE = re.compile(r"\{[\w.:*\s-]{1,40}\}")


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
        if sign in ",;:!> \n":
            self.spaced = True
        elif sign in "()[]":
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
        elif name in SPACES:
            self._passed(_SPACE, name, at)
        elif name in ("color", "textcolor"):
            self._passed(_COLOUR, name, at)
        elif name in ("tag", "label"):
            self._passed(_TAG if name == "tag" else _REFERENCE, name, at)
        elif name == "R" or (
            name == "mathbb" and self._accepts(r"\s*(?:\{\s*R\s*\}|R)(?![A-Za-z])")
        ):
            self._reals(at)
        elif name == "not" and self._accepts(r"\s*="):
            self._emit("operator", "≠", at)
        elif name in ("mathbb", "mathbf", "bm") and self.text.startswith(("{1}", "1"), self.at):
            self._emit("name", "indicator", at)
            self.at += 3 if self._peek() == "{" else 1
        elif name in INLINE:
            self._inline()
        elif name in ACCENT_COMMANDS:
            inner = self._argument()
            self._emit("name", f"{inner}_{ACCENT_COMMANDS[name]}{self._subscripts()}", at)
        elif name in LAYOUTS:
            self._emit("command", LAYOUTS[name], at)
        elif name in LATEX:
            self._emit("operator", LATEX[name], at)
        elif name in BASED:
            self._emit("name", name, at)
            self._scripts()
        else:
            self._emit("name", name + self._subscripts(), at)

    def _accepts(self, pattern: str) -> bool:
        """Moves over what matches here."""
        found = re.compile(pattern).match(self.text, self.at, self.end)
        self.at = found.end() if found else self.at
        return found is not None

    def _passed(self, pattern: re.Pattern[str], name: str, at: int) -> None:
        """Moves over the argument of a command that stands for nothing in the formula."""
        found = pattern.match(self.text, self.at, self.end)
        if found is None:
            raise Unreadable(f"expected what {quoted(chr(92) + name)} usually takes", at)
        self.at = found.end()
        self.spaced = True

    def _reals(self, at: int) -> None:
        """The real numbers, as the interval that they are."""
        for kind, text in (("operator", "("), ("operator", "-"), ("name", "inf"), ("operator", ","),
                           ("name", "inf"), ("operator", ")")):  # fmt: skip
            self._emit(kind, text, at)

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
        if self._peek() == "*" and self._peek(1) == "{":
            self.at += 1  # the star of \\operatorname* only moves what stands below
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
