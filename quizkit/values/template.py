"""`{{name}}` and `{{name:.3f}}` in a question's text."""

from __future__ import annotations

import re
from typing import Any

from quizkit.values.show import show

Computed = tuple[Any, str]  # a value, and how it is shown where no format is given

_HOLE = re.compile(r"\{\{ *([A-Za-z_][A-Za-z0-9_]*) *(?::(\.\d{1,2}[fge%]))? *\}\}")


def names(text: str) -> list[str]:
    """The names that a text refers to."""
    return [match[1] for match in _HOLE.finditer(text)]


def malformed(text: str) -> str | None:
    """A stretch that looks like a placeholder but is none, such as `{{ size+1 }}`; None if all is well."""
    rest = _HOLE.sub("", text)
    at = rest.find("{{")
    return rest[at : at + 20] if at >= 0 else None


def fill(text: str, given: dict[str, Any], computed: dict[str, Computed] | None = None) -> str:
    """The text with every placeholder replaced: parameters as they stand, computed values as shown.

    A format in the placeholder applies to the number itself. `KeyError` for an unknown name.
    """

    def replacement(match: re.Match[str]) -> str:
        name, spec = match[1], match[2] or ""
        if name in given:
            return show(given[name], spec)
        value, shown = (computed or {})[name]
        return show(value, spec) if spec else shown

    return _HOLE.sub(replacement, text)
