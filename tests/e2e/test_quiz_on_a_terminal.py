"""A whole quiz on a pseudo-terminal: keys, colours, Ctrl-C, a kill, and the way back."""

from __future__ import annotations

import os
import re
import signal
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pexpect
import pyte
import pytest

from quizkit.errors import Exit
from tests.conftest import TINY, WriteBank

PROMPT = "› "
NEXT = "enter next · q quit › "
ROWS = 200
LONGEST_WAIT = 2.0  # seconds

pytestmark = pytest.mark.slow

Start = Callable[..., Any]


@pytest.fixture
def bank(write_bank: WriteBank) -> Path:
    return write_bank(TINY)


@pytest.fixture
def start(bank: Path) -> Iterator[Start]:
    children: list[Any] = []

    # A test runner may set the width for its workers, which would beat the terminal's own.
    inherited = {key: value for key, value in os.environ.items() if key not in ("COLUMNS", "LINES")}

    def begin(*options: str, columns: int = 80, **environment: str) -> Any:
        child = Awaited(
            sys.executable,
            ["-m", "quizkit", "quiz", "--bank", str(bank), *options],
            env={**inherited, "TERM": "xterm-256color", **environment},
            dimensions=(ROWS, columns),
            encoding="utf-8",
            timeout=30,
        )
        child.seen = Seen()
        child.logfile_read = child.seen
        children.append(child)
        return child

    yield begin
    for child in children:
        child.close(force=True)


class Awaited(pexpect.spawn):
    """Types only once a key is awaited: a terminal drops what comes while its mode changes."""

    def send(self, s: str) -> int:
        end = time.monotonic() + LONGEST_WAIT  # a line may be awaited in the usual mode
        while termios.tcgetattr(self.child_fd)[3] & termios.ICANON and time.monotonic() < end:
            time.sleep(0.01)
        return int(super().send(s))

    def sendcontrol(self, char: str) -> int:
        return self.send(chr(ord(char) - ord("a") + 1))


class Seen:
    """All that was written to the terminal."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> None:
        self.text += text

    def flush(self) -> None:
        pass

    def screen(self, columns: int = 80) -> str:
        """What a person sees."""
        screen = pyte.Screen(columns, ROWS)
        pyte.Stream(screen).feed(self.text)
        return "\n".join(line.rstrip() for line in screen.display).rstrip() + "\n"


def echoes(child: Any) -> bool:
    """Whether the terminal shows what is typed, as a shell needs it."""
    return bool(termios.tcgetattr(child.child_fd)[3] & termios.ECHO)


def ended(child: Any) -> int:
    child.expect(pexpect.EOF)
    child.close()
    return int(child.exitstatus if child.exitstatus is not None else -child.signalstatus)


SEED = ("--seed", "2", "sizes", "basics", "-n", "3")


# How each kind asks for its answer, and one that it can read.
ANSWERS = {
    "press a letter": "a",
    "type a number": "1\r",
    "type every letter": "a\r",
    "type all the letters": "abc\r",
    "type a letter for": "1a 2b\r",
    "type a shape": "1x2x3\r",
    "type an array": "1 2\r",
}


def answer(child: Any) -> None:
    """Answers whatever is asked."""
    found = child.expect_exact(list(ANSWERS))
    child.expect_exact(PROMPT)
    child.send(list(ANSWERS.values())[found])


def skip_to(child: Any, wanted: str) -> None:
    """Skips questions until one is answered in the wanted way."""
    while list(ANSWERS)[child.expect_exact(list(ANSWERS))] != wanted:
        child.expect_exact(PROMPT)
        child.send("s" if "press" in child.match else "s\r")
    child.expect_exact(PROMPT)


def test_a_whole_quiz(start: Start) -> None:
    child = start(*SEED)
    for number in range(3):
        answer(child)
        if number < 2:
            child.expect_exact(NEXT)
            child.send("\r")
    child.expect_exact("the same again")
    assert ended(child) == Exit.FINE
    seen = child.seen.screen()
    assert "1 of 3 ──" in seen
    assert "── quiz ──" in seen
    assert "enter next" not in seen  # prompts that have served are gone
    assert "\x1b[" in child.seen.text
    assert "\x1b[?25l" not in child.seen.text  # the cursor is never hidden
    assert "\x1b[?1049h" not in child.seen.text  # and the screen never taken over


def test_forty_columns_are_enough(start: Start) -> None:
    child = start(*SEED, columns=40)
    answer(child)
    child.expect_exact(NEXT)
    child.send("q")
    assert ended(child) == Exit.FINE
    assert "▌" in child.seen.screen(40)
    plain = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]|[^\r]*\r(?!\n)", "", child.seen.text)
    assert [line for line in plain.split("\r\n") if len(line.strip("\r")) > 40] == []


def test_no_color_has_no_colour(start: Start) -> None:
    child = start(*SEED, NO_COLOR="1")
    answer(child)
    child.expect_exact(NEXT)
    child.send("q")
    ended(child)
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]", child.seen.text)


@pytest.mark.parametrize("environment", [{"TERM": "dumb"}, {}])
def test_a_dumb_terminal_and_plain_have_no_escape_sequence(
    start: Start, environment: dict[str, str]
) -> None:
    child = start(*SEED, *([] if environment else ["--plain"]), **environment)
    child.expect_exact("of 3 · 1 of 3")
    child.expect("[›>] ")
    child.send("q\r")
    assert ended(child) == Exit.FINE
    drawn = child.seen.text.replace("\x1b[?2004h", "").replace("\x1b[?2004l", "")  # readline's own
    assert "\x1b" not in drawn


def test_ctrl_c_saves_and_leaves_the_terminal_as_it_was(start: Start) -> None:
    child = start(*SEED)
    child.expect_exact(PROMPT)
    child.sendcontrol("c")
    child.expect_exact("Saved. `quizkit quiz --resume` goes on at question 1 of 3.")
    assert echoes(child)
    assert ended(child) == Exit.INTERRUPTED
    assert "Traceback" not in child.seen.text


def test_a_polite_kill_leaves_the_terminal_as_it_was(start: Start) -> None:
    child = start(*SEED)
    child.expect_exact(PROMPT)
    child.expect(pexpect.TIMEOUT, timeout=1.0)  # the handler is set once the prompt stands
    child.kill(signal.SIGTERM)
    assert ended(child) == 128 + signal.SIGTERM


def test_a_killed_quiz_is_offered_where_it_was(start: Start) -> None:
    child = start(*SEED)
    answer(child)
    child.expect_exact(NEXT)
    child.send("\r")
    child.expect_exact("2 of 3")
    child.expect_exact(PROMPT)
    child.kill(signal.SIGKILL)
    ended(child)
    left = child.seen.screen().rpartition("──\n")[2]

    again = start("sizes", "basics")
    again.expect_exact("You left a quiz (sizes, basics) at question 2 of 3. Go on with it? [Y/n]")
    again.expect_exact(PROMPT)
    again.send("\r")
    again.expect_exact("2 of 3")
    again.expect_exact(PROMPT)
    assert again.seen.screen().rpartition("──\n")[2].split("›")[0] == left.split("›")[0]
    again.sendcontrol("c")
    assert ended(again) == Exit.INTERRUPTED


def test_a_declined_quiz_is_not_offered_again(start: Start) -> None:
    child = start("basics")
    child.expect_exact(PROMPT)
    child.sendcontrol("c")
    ended(child)
    again = start("basics")
    again.expect_exact("Go on with it?")
    again.send("n")
    again.expect_exact("1 of 5")
    again.expect_exact(PROMPT)
    again.sendcontrol("c")
    ended(again)
    # The new one is offered now, the declined one never again.
    third = start("--resume")
    third.expect_exact("1 of 5")


def test_the_end_of_the_input_is_like_q(start: Start) -> None:
    child = start(*SEED)
    child.expect_exact(PROMPT)
    child.sendeof()
    child.expect_exact("goes on at question 1 of 3")
    assert ended(child) == Exit.FINE


def test_a_wrong_key_is_said(start: Start) -> None:
    child = start("--seed", "2", "-n", "10")
    skip_to(child, "press a letter")
    for key in ("z", "\x1b[A", "\r"):
        child.send(key)
        child.expect_exact("Please press a letter")
    child.send("?")
    child.expect_exact("doubt a key?")


def test_a_line_can_be_edited_and_a_misread_one_is_asked_again(start: Start) -> None:
    child = start("sizes", "--seed", "1", "-n", "5")
    skip_to(child, "type a number")
    child.send("2y2\r")
    child.expect_exact("expected nothing after the number, found 'y2'")
    child.expect_exact(PROMPT)
    assert "\n▌ 2y2\n▌  ^\n" in child.seen.screen()
    child.send("7x\x7f\x1b[D9\r")  # erase the x, step to the left
    child.expect_exact("Not 97")
