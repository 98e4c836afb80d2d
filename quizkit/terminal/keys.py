"""What the learner types: a key, or a line."""

from __future__ import annotations

import sys

LONGEST = 10_000  # characters of a line; what is beyond is read and dropped
ENTER = "\n"


def read_key() -> str:
    """One key press; `EOFError` for Ctrl-D, `KeyboardInterrupt` for Ctrl-C."""
    import click

    while True:
        key = click.getchar()
        if key == "":  # the terminal went away
            raise EOFError
        if key != "\x1a":
            return ENTER if key in ("\r", "\n") else key.rstrip("\r\n")
        _suspend()


def read_line(prompt: str, *, editing: bool) -> str:
    """A line without its end; `EOFError` where there is none. In a pipe the answer is echoed."""
    if editing:
        _load_readline()
        return input(prompt)[: LONGEST + 1]
    sys.stdout.write(prompt)
    sys.stdout.flush()
    line = _bounded_line()
    return line.rstrip("\r\n")


def _bounded_line() -> str:
    """The next line of standard input, cut where it is too long for any answer."""
    if sys.stdin is None or sys.stdin.closed:
        raise EOFError
    line = part = sys.stdin.readline(LONGEST + 1)
    if not line:
        raise EOFError
    while part and not part.endswith("\n"):
        part = sys.stdin.readline(LONGEST)
    return line


def _load_readline() -> None:
    """Line editing, where Python has it: `input` uses it once it is imported."""
    try:
        import readline
    except ImportError:
        return
    if hasattr(readline, "set_auto_history"):
        readline.set_auto_history(False)  # an earlier answer is no help here


def tidy_on_termination() -> None:
    """A polite kill while a key is awaited ends this program in the normal way, the echo on again."""
    import signal

    def end(number: int, _frame: object) -> None:
        raise SystemExit(128 + number)

    signal.signal(signal.SIGTERM, end)


def _suspend() -> None:
    """Ctrl-Z, which a terminal in raw mode does not handle itself."""
    import signal

    if hasattr(signal, "SIGTSTP"):
        signal.raise_signal(signal.SIGTSTP)
