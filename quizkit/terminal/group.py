"""The commands: a table of names, so that one command starts without the others."""

from __future__ import annotations

import sys
from typing import Any

import click

import quizkit
from quizkit.errors import did_you_mean

# name: (module with the click command `command`, help in one line)
COMMANDS = {
    "quiz": ("quizkit.terminal.quiz", "Questions at the terminal, graded at once."),
    "practice": ("quizkit.terminal.practice", "Fresh exercises without end, or a sheet of them."),
    "grade": ("quizkit.terminal.grade", "Grade a file of answers."),
    "solve": ("quizkit.terminal.solve", "Run a solver and its witnesses."),
    "verify": ("quizkit.terminal.verify", "Recompute the answer keys of the bank."),
    "errata": ("quizkit.terminal.errata", "What widely read articles get wrong."),
    "bank": ("quizkit.terminal.bank", "Look at banks and write questions."),
    "report": ("quizkit.terminal.report", "Write up a key that you doubt."),
}


class LazyGroup(click.Group):
    """Imports a command's module when it is called, and takes the help from the table."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command, imported now."""
        if cmd_name not in COMMANDS:
            return None
        from importlib import import_module

        _import_msgspec()
        command: click.Command = import_module(COMMANDS[cmd_name][0]).command
        return _with_bank(command)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """As click does, but it says which command may have been meant."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            hint = did_you_mean(name, list(COMMANDS)) or "; `quizkit --help` lists them"
            raise click.UsageError(f"no command {name!r}{hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The table."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


def _import_msgspec() -> None:
    """Imports msgspec without typing_extensions, which takes longer than all of quizkit's modules.

    msgspec asks it for three names, and takes them from `typing` where it is not installed.
    """
    if "typing_extensions" in sys.modules:
        return
    sys.modules["typing_extensions"] = None  # type: ignore[assignment]  # as if not installed
    try:
        import msgspec  # noqa: F401
    finally:
        del sys.modules["typing_extensions"]


def _add_banks(ctx: click.Context, _parameter: click.Parameter, banks: tuple[str, ...]) -> None:
    ctx.obj = (*(ctx.obj or ()), *banks)


def _bank_option() -> click.Option:
    return click.Option(
        ["--bank"],
        multiple=True,
        metavar="DIR|NAME",
        expose_value=False,
        callback=_add_banks,
        help="A bank to use instead of the built-in one; may be repeated.",
    )


def _with_bank(command: click.Command) -> click.Command:
    """The command with `--bank`, so that it may stand after the command's name too."""
    if not any("--bank" in parameter.opts for parameter in command.params):
        command.params.append(_bank_option())
    if isinstance(command, click.Group):
        for below in command.commands.values():
            _with_bank(below)
    return command


group = LazyGroup(
    "quizkit",
    help="Interview preparation whose answer key is computed, not typed.",
    params=[_bank_option()],
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
click.version_option(quizkit.__version__, prog_name="quizkit")(group)
