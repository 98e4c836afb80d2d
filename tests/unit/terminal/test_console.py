"""Rich or plain, keys or lines, and how long a line may be."""

from __future__ import annotations

import io
import sys

import pytest

from quizkit.terminal import console, keys
from quizkit.terminal import plain as plain_views
from quizkit.terminal.console import screen_for


class Stream(io.StringIO):
    def __init__(self, text: str = "", *, terminal: bool) -> None:
        super().__init__(text)
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


@pytest.mark.parametrize(
    ("stdin", "stdout", "term", "plain", "is_rich", "has_keys"),
    [
        (True, True, "xterm", False, True, True),
        (True, True, "xterm", True, False, True),
        (True, True, "dumb", False, False, False),
        (False, True, "xterm", False, True, False),
        (True, False, "xterm", False, False, False),
        (False, False, "xterm", False, False, False),
    ],
)
def test_the_screen_suits_where_it_runs(
    stdin: bool,
    stdout: bool,
    term: str,
    plain: bool,
    is_rich: bool,
    has_keys: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stdin", Stream(terminal=stdin))
    monkeypatch.setattr(sys, "stdout", Stream(terminal=stdout))
    monkeypatch.setenv("TERM", term)
    screen = screen_for(plain=plain)
    assert (screen.views is not plain_views) == is_rich
    assert screen.keys == has_keys


@pytest.mark.parametrize(("columns", "width"), [("40", 40), ("300", 84), ("5", 20), ("x", 80)])
def test_the_width_is_the_window_s_within_reason(
    columns: str, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", Stream(terminal=False))
    monkeypatch.setenv("COLUMNS", columns)
    assert screen_for(plain=True).width == width


def test_a_piped_answer_is_echoed_after_the_prompt(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("12\x1b[31m\n"))
    seen = []
    raw = screen_for(plain=True).line(lambda: seen.append(capsys.readouterr().out))
    assert seen == ["> "]  # ready when the prompt stands
    assert raw == "12\x1b[31m"
    assert capsys.readouterr().out == "12␛[31m\n\n"


def test_the_end_of_the_input_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    for stdin in (io.StringIO(""), None):
        monkeypatch.setattr(sys, "stdin", stdin)
        with pytest.raises(EOFError):
            screen_for(plain=True).line(lambda: None)


def test_an_endless_line_is_cut_and_the_next_one_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("x" * 3_000_000 + "\nb\n"))
    screen = screen_for(plain=True)
    assert len(screen.line(lambda: None)) == keys.LONGEST + 1
    assert screen.line(lambda: None) == "b"


@pytest.mark.parametrize(("pressed", "key"), [("\r", "\n"), ("a", "a"), ("b\r", "b"), (" ", " ")])
def test_a_key_is_one_press(pressed: str, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("click.getchar", lambda: pressed)
    assert keys.read_key() == key


def test_a_terminal_that_went_away_ends_the_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("click.getchar", lambda: "")
    with pytest.raises(EOFError):
        keys.read_key()


def test_a_pipe_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("click.getchar", lambda: pytest.fail("it waits"))
    assert screen_for(plain=True).pause() == ""


def test_what_takes_long_says_so_in_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import time

    monkeypatch.setattr(console, "_MOMENT", 0.01)
    screen = screen_for(plain=True)
    screen.keys = True
    with screen.patience():
        time.sleep(0.2)
    assert capsys.readouterr().out == "computing …\n"
    monkeypatch.setattr(console, "_MOMENT", 10)
    with screen.patience():
        pass
    assert capsys.readouterr().out == ""
