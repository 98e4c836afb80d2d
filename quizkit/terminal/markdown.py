"""Questions and tables as Markdown that shows foreign text as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from quizkit.model import Variant
from quizkit.terminal import words
from quizkit.terminal.clean import clean, clean_line

_SPECIAL = re.compile(r"`[^`\n]*`|[\\`*<>#|~\[\]]|\b_|_\b|(?<!\w)_")


def escaped(text: str) -> str:
    """Text that Markdown shows as it is; what stands between backticks stays code."""
    return _SPECIAL.sub(lambda m: m[0] if len(m[0]) > 1 else f"\\{m[0]}", clean(text))


def question(variant: Variant) -> str:
    """What is asked, its options lettered, and how to answer."""
    is_claim = variant.kind == "claim"  # its letters exist only on the screen
    how = "type holds, fails or depends" if is_claim else words.how(variant, keys=False)
    parts = [
        words.lead(variant),
        escaped(variant.ask).replace("\n", "  \n"),
        *(
            "\n".join(f"- {label}) {escaped(text)}" for label, text in rows)
            for rows in ([] if is_claim else words.options(variant), words.partners(variant))
        ),
        f"*{escaped(how[:1].upper() + how[1:])}.*",
    ]
    return "\n\n".join(part for part in parts if part)


def quoted(text: str) -> str:
    """A block quote; nothing of nothing."""
    return "\n".join(f"> {escaped(line)}" for line in text.split("\n")) if text else ""


def listed(rows: Iterable[tuple[str, str]]) -> str:
    """A list of names and values."""
    return "\n".join(f"- {escaped(name)}: {escaped(value)}" for name, value in rows)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; line ends within a cell become visible."""
    lines = [head, ["---"] * len(head), *([_cell(text) for text in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(text: str) -> str:
    return escaped(clean_line(text)) or " "
