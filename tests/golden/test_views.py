"""Every view at two widths, in plain text and in Rich, against a text file that people have looked at.

`QUIZKIT_UPDATE_GOLDEN=1 pytest tests/golden` writes the files anew; look at the difference.
"""

from __future__ import annotations

import inspect
import io
import os
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from rich.cells import cell_len
from rich.console import Console

from quizkit.model import Misread
from quizkit.terminal import plain, views
from quizkit.terminal.clean import clean, clean_line
from tests.golden.samples import CHOICE, MATCH, NUMBER, SUMMARY, graded, screens

FOLDER = Path(__file__).parent
WIDTHS = (80, 40)
HOSTILE = "\x1b[31mred\x1b]0;title\x07 \x9b5m\u202eback\u200b [bold]x[/bold] \x00\r\x08"


def printed(view: Any, width: int, **options: Any) -> str:
    """What stands on the screen after a view."""
    if isinstance(view, str):
        return view + "\n"
    console = Console(file=io.StringIO(), width=width, highlight=False, markup=False, **options)
    console.print(view, width=width)
    return console.file.getvalue()  # type: ignore[attr-defined, no-any-return]


def drawn(module: Any, width: int) -> str:
    """All views below each other; blanks at line ends, which nobody sees, are left out."""
    parts = [
        f"=== {title}\n{printed(view, width)}" for title, view in screens(module, width).items()
    ]
    return "\n".join(line.rstrip() for line in "\n".join(parts).splitlines()) + "\n"


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("module", [plain, views], ids=["plain", "rich"])
def test_golden(module: Any, width: int) -> None:
    file = FOLDER / f"{'plain' if module is plain else 'rich'}-{width}.txt"
    found = drawn(module, width)
    if os.environ.get("QUIZKIT_UPDATE_GOLDEN"):
        file.write_text(found, encoding="utf-8")
    assert found == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [20, 40, 50, 80, 84])
@pytest.mark.parametrize("module", [plain, views], ids=["plain", "rich"])
def test_nothing_is_wider_than_the_screen(module: Any, width: int) -> None:
    for title, view in screens(module, width).items():
        for line in printed(view, width).splitlines():
            assert cell_len(line.rstrip()) <= width, (title, line)


def words(text: str) -> list[str]:
    """What is said, without how it is laid out and how difficulty is drawn."""
    text = re.sub(r"difficulty \d of 3|[●○]+", "", text)
    return sorted(re.findall(r"\w+", text))


def test_plain_and_rich_say_the_same() -> None:
    rich = screens(views, 80)
    for title, text in screens(plain, 80).items():
        assert words(text) == words(printed(rich[title], 80)), title


def test_plain_and_rich_are_called_the_same_way() -> None:
    for name in ("question", "hint", "misread", "feedback", "notice", "guide", "summary"):
        one, other = (inspect.signature(getattr(module, name)) for module in (plain, views))
        assert list(one.parameters) == list(other.parameters), name


def hostile() -> list[Any]:
    """Views in which every foreign text attacks."""
    fields = {"ask": HOSTILE, "why": HOSTILE, "hints": (HOSTILE,), "reference": HOSTILE}
    options = tuple(replace(one, text=HOSTILE, because=HOSTILE) for one in CHOICE.options)
    choice = replace(CHOICE, id=f"cnn/{HOSTILE}", options=options, **fields)
    match = replace(MATCH, rights=(HOSTILE,) * 3, options=options[:2], **fields)
    number = replace(NUMBER, unit=HOSTILE, within=f"1 {HOSTILE}", **fields)
    right = replace(graded(CHOICE, "c"), feedback=HOSTILE, misconception=HOSTILE)
    named = ((HOSTILE, HOSTILE),)
    told = replace(SUMMARY, mistakes=named, conventions=named, again=(HOSTILE,))
    return [
        view
        for module in (plain, views)
        for view in (
            *(
                module.question(one, HOSTILE, 1, keys=True, width=80)
                for one in (choice, match, number)
            ),
            module.feedback(choice, right, width=80),
            module.misread(HOSTILE * 9, Misread(HOSTILE, 40), width=80),
            module.notice(HOSTILE, width=80),
            module.guide(choice, keys=True, width=80),
            module.summary(told, HOSTILE, HOSTILE, width=80),
        )
    ]


def test_no_foreign_text_can_steer_the_terminal_or_the_layout() -> None:
    for view in hostile():
        text = printed(view, 80)
        assert not [
            char for char in text if unicodedata.category(char) in ("Cc", "Cf") and char != "\n"
        ]
        assert "[bold]" in text  # markup is shown, not obeyed


def test_the_attack_would_work_without_cleaning() -> None:
    from rich.text import Text

    assert "\x1b" in printed(Text(HOSTILE), 80)


def test_no_colour_is_needed_to_tell_right_from_wrong() -> None:
    shown = screens(views, 80)
    assert "✗ not right" in printed(shown["feedback: choice, wrong"], 80, no_color=True)
    assert "✓ right" in printed(shown["feedback: choice, right"], 80, no_color=True)


def test_what_is_right_under_another_convention_is_not_called_wrong() -> None:
    title = "feedback: number, under another convention"
    for text in (screens(plain, 80)[title], printed(screens(views, 80)[title], 80, no_color=True)):
        assert "⇄ right under another convention · MB for MiB" in text
        assert "not right" not in text
        assert "✗" not in text


def test_a_caret_stands_under_the_character_that_was_not_read() -> None:
    for raw, position in (("12 x 3", 3), ("日本 x", 3), ("e\u0301 x", 3), ("a" * 300 + "x!", 300)):
        text, column = plain.quoted(raw, position, 40)
        assert cell_len(text[: text.index("x")]) == column, raw


def test_cleaning_leaves_ordinary_text_alone() -> None:
    text = "∂L/∂w = σ(z)·x — “naïve” 日本\nnext line"
    assert clean(text) == text
    assert clean("a\r\nb\tc\x1b\ud800") == "a\nb    c␛?"
    assert clean_line("a\nb") == "a␊b"
