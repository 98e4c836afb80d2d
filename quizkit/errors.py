"""One family of errors: each knows where, what was found, what was expected and what to do."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes are an API."""

    FINE = 0
    WRONG = 1
    USAGE = 2
    BROKEN = 3
    INTERRUPTED = 130


class QuizkitError(Exception):
    """Base of every error that a user may see; `str(error)` is the whole message."""

    exit_code: Exit = Exit.BROKEN


class UsageProblem(QuizkitError):
    """The caller asked for something that cannot be: an unknown id, an unusable option."""

    exit_code = Exit.USAGE


class Problem(QuizkitError):
    """One fault at one place of a bank: `where` is `file:line`."""

    def __init__(self, where: str, message: str) -> None:
        super().__init__(f"{where}: {message}")
        self.where = where
        self.message = message


class BankBroken(QuizkitError):
    """A bank that cannot be loaded: all problems of all its files at once."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class Refused(QuizkitError):
    """A solver raised `ValueError`: these arguments have no answer. A draw is then drawn again."""

    exit_code = Exit.USAGE


class SolverBroken(QuizkitError):
    """A solver failed with anything but `ValueError`, or returned what no question can hold."""


class SolverUnavailable(QuizkitError):
    """A solver needs a library that is not installed here, such as torch."""


class SolverTimedOut(QuizkitError):
    """A solver exceeded its time; says nothing about the answer."""


def did_you_mean(found: str, known: list[str]) -> str:
    """`; did you mean 'kernel'?`, or nothing when no known name is near."""
    from difflib import get_close_matches

    near = get_close_matches(found, known, n=1, cutoff=0.6)
    return f"; did you mean {near[0]!r}?" if near else ""
