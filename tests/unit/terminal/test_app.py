"""The entry point: what is imported, which command was meant, and how every fault ends."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from importlib import import_module

import click
import pytest
from click.testing import CliRunner

from quizkit.errors import Exit, SolverBroken, UsageProblem
from quizkit.terminal.app import outcome
from quizkit.terminal.group import COMMANDS, group


def raising(error: BaseException) -> Callable[[], int]:
    def action() -> int:
        raise error

    return action


def an_sqlite_error() -> Exception:
    import sqlite3

    return sqlite3.OperationalError("disk I/O error")


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (UsageProblem("no topic 'cn'"), Exit.USAGE, "quizkit: no topic 'cn'\n"),
        (SolverBroken("it failed"), Exit.BROKEN, "quizkit: it failed\n"),
        (SolverBroken("\x1b[31mred"), Exit.BROKEN, "quizkit: ␛[31mred\n"),
        (KeyboardInterrupt(), Exit.INTERRUPTED, ""),
        (an_sqlite_error(), Exit.BROKEN, "a database failed: disk I/O error"),
        (PermissionError(13, "Permission denied", "x"), Exit.BROKEN, "Permission denied: 'x'"),
        (ZeroDivisionError("oh"), Exit.BROKEN, "internal error (ZeroDivisionError: oh)"),
    ],
)
def test_every_fault_ends_in_a_message_and_a_code(
    error: BaseException, code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert outcome(raising(error)) == code
    found = capsys.readouterr().err
    assert said in found
    assert "Traceback" not in found


def test_debugging_shows_the_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIZKIT_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        outcome(raising(ZeroDivisionError()))


def test_what_goes_well_has_the_code_of_the_action() -> None:
    assert outcome(lambda: 0) == 0


def quizkit(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "quizkit", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_closed_pipe_is_quiet() -> None:
    program = f"{sys.executable} -m quizkit --help | true"
    found = subprocess.run(
        ["bash", "-c", f"{program}; exit ${{PIPESTATUS[0]}}"], capture_output=True, check=False
    )
    assert (found.returncode, found.stderr) == (0, b"")


def test_version_and_help() -> None:
    assert quizkit("--version").stdout == "quizkit, version 0.1.0\n"
    found = quizkit("--help")
    assert found.returncode == 0
    for name, (_, text) in COMMANDS.items():
        assert f"  {name}" in found.stdout
        assert text in found.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["qiuz"], "no command 'qiuz'; did you mean 'quiz'?"),
        (["xyzzy"], "no command 'xyzzy'; `quizkit --help` lists them"),
        (["quiz", "--sed", "1"], "No such option"),
        (["quiz", "--questions", "0"], "0 is not in the range"),
        (["--nonsense"], "No such option"),
    ],
)
def test_a_wrong_command_line_is_a_usage_error(arguments: list[str], said: str) -> None:
    found = quizkit(*arguments)
    assert found.returncode == Exit.USAGE
    assert said in found.stderr


IMPORTS = """
import io, sys
from contextlib import redirect_stdout, suppress
from quizkit.terminal.app import main
sys.argv = ["quizkit", *{arguments}]
with suppress(SystemExit), redirect_stdout(io.StringIO()):
    main()
print(*sorted(sys.modules))
"""


def imported(*arguments: str) -> set[str]:
    program = IMPORTS.format(arguments=list(arguments))
    found = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        stdin=subprocess.DEVNULL,
    )
    return set(found.stdout.split())


HEAVY = {"numpy", "sympy", "torch", "yaml"}


def test_help_imports_no_command_and_no_library() -> None:
    found = imported("--help")
    assert not found & ({module for module, _ in COMMANDS.values()} | HEAVY)
    assert not found & {"rich", "msgspec", "sqlite3", "quizkit.model"}


def test_the_help_of_one_command_imports_that_command_only() -> None:
    found = imported("quiz", "--help")
    assert "quizkit.terminal.quiz" in found  # so the tests here can fail
    assert not found & {"quizkit.terminal.practice", "quizkit.terminal.verify", "rich"}


def test_a_plain_quiz_imports_neither_rich_nor_a_heavy_library() -> None:
    imported("quiz", "--plain", "--new", "--questions", "1")  # the bank compiles, which needs yaml
    found = imported("quiz", "--plain", "--new", "--questions", "1")
    assert "quizkit.terminal.plain" in found
    assert not found & (HEAVY | {"rich"})


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_of_the_table_is_there(name: str) -> None:
    module, text = COMMANDS[name]
    command = import_module(module).command
    assert isinstance(command, click.Command)
    assert command.name == name
    assert text.endswith(".")


def test_banks_may_stand_before_and_after_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    @click.command("probe")
    @click.pass_obj
    def probe(banks: tuple[str, ...]) -> None:
        seen.append(banks)

    from quizkit.terminal import group as module

    monkeypatch.setattr(
        module.LazyGroup, "get_command", lambda self, ctx, name: module._with_bank(probe)
    )
    monkeypatch.setitem(COMMANDS, "probe", ("none", "."))
    for arguments in (
        ["--bank", "a", "--bank", "b", "probe"],
        ["--bank", "a", "probe", "--bank", "b"],
        ["probe"],
    ):
        assert CliRunner().invoke(group, arguments).exit_code == 0
    assert seen == [("a", "b"), ("a", "b"), ()]


def test_msgspec_is_imported_without_typing_extensions() -> None:
    found = imported("quiz", "--plain", "--new", "--questions", "1")
    assert "msgspec" in found
    assert "typing_extensions" not in found
