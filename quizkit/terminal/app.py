"""The entry point: runs a command; what goes wrong becomes a message and an exit code."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable

from quizkit.errors import Exit, QuizkitError

_OBJECTS = 50_000  # more than a start makes


def main() -> None:
    """The console script `quizkit`."""
    # Imports make much and drop nothing: looking for garbage among it is a tenth of the start.
    gc.set_threshold(_OBJECTS)
    if sys.stdout is None:  # closed by whoever started this
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - until the end
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # no answer and no bank can crash a print
    raise SystemExit(outcome(lambda: _run(sys.argv[1:])))


def outcome(action: Callable[[], int]) -> int:
    """The exit code of an action; what went wrong is said on standard error."""
    try:
        code = action()
        if sys.stdout is not None:
            sys.stdout.flush()
        return code
    except QuizkitError as error:
        return _said(str(error), error.exit_code, error)
    except KeyboardInterrupt as error:
        return _said("", Exit.INTERRUPTED, error)
    except BrokenPipeError:
        _silence()  # the reader, such as `head`, has seen enough
        return Exit.FINE
    except Exception as error:
        return _unexpected(error)


def _run(arguments: list[str]) -> int:
    """Runs the command line; usage errors are shown as click shows them."""
    import click

    from quizkit.terminal.group import group

    if "_QUIZKIT_COMPLETE" in os.environ:
        group.main(arguments, prog_name="quizkit")
    try:
        with group.make_context("quizkit", arguments) as context:
            group.invoke(context)
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.Abort:
        raise KeyboardInterrupt from None
    except click.ClickException as error:
        error.show()
        return Exit.USAGE
    return Exit.FINE


def _unexpected(error: Exception) -> int:
    kind = type(error)
    if kind.__module__ == "sqlite3":
        advice = "close other programs that use it; a damaged cache may be deleted (QUIZKIT_CACHE)"
        return _said(f"a database failed: {error}; {advice}", Exit.BROKEN, error)
    if isinstance(error, OSError):
        return _said(str(error), Exit.BROKEN, error)
    text = f"{kind.__name__}: {error}" if str(error) else kind.__name__
    return _said(
        f"internal error ({text}). This is a fault of quizkit, and all answers given are saved. "
        "QUIZKIT_DEBUG=1 shows where; please report it.",
        Exit.BROKEN,
        error,
    )


def _said(message: str, code: int, error: BaseException) -> int:
    if os.environ.get("QUIZKIT_DEBUG"):
        raise error
    from quizkit.terminal.clean import clean

    try:
        if message:
            sys.stderr.write(f"quizkit: {clean(message)}\n")
    except (OSError, AttributeError):  # nobody is there to read it
        pass
    return code


def _silence() -> None:
    """Sends what is left in the buffers nowhere, so that the interpreter ends in silence."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, AttributeError):
            os.dup2(nowhere, stream.fileno())
