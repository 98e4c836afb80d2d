"""Calls a bank's functions by name, with checked arguments; the only place where bank code runs."""

from __future__ import annotations

import os
import sys
import zlib
from collections.abc import Callable, Mapping
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Any

from quizkit.errors import (
    QuizkitError,
    Refused,
    SolverBroken,
    SolverUnavailable,
    UsageProblem,
    did_you_mean,
)
from quizkit.model import Given, Value
from quizkit.values.carry import canonical

if TYPE_CHECKING:
    from inspect import Parameter

# Arguments that the engine supplies from the question itself.
SUPPLIED = ("options", "items")
SLIPS = "slips:"


class Solvers:
    """The functions below `root/solvers`, imported as a private package when first needed.

    Two banks can so both have a `convolution.py`, and neither is importable by accident.
    """

    def __init__(self, root: str | os.PathLike[str]) -> None:
        self.folder = os.path.join(os.fspath(root), "solvers")
        self.package = f"_quizkit_bank_{zlib.crc32(self.folder.encode()):08x}"

    def function(self, name: str) -> Callable[..., Any]:
        """The function `module.function`, or `mistakes.module.function`."""
        module_name, _, function_name = name.rpartition(".")
        parts = name.split(".")
        if len(parts) < 2 or any(part.startswith("_") or not part.isidentifier() for part in parts):
            raise UsageProblem(f"{name!r} is not the name of a solver; expected module.function")
        module = self._module(module_name)
        function = vars(module).get(function_name)
        # A package may offer its modules' functions as its own.
        home = f"{getattr(function, '__module__', '')}."
        if not callable(function) or not home.startswith(f"{module.__name__}."):
            known = [key for key, value in vars(module).items() if callable(value)]
            raise UsageProblem(f"no solver {name}{did_you_mean(function_name, known)}")
        return function  # type: ignore[no-any-return]

    def call(self, name: str, given: Given) -> Value:
        """What the function returns for `given`; see the errors for what may go wrong.

        `slips:module.function` gives pairs of a slip in its formula and the value that follows.
        """
        if name.startswith(SLIPS):
            return self._slips(name.removeprefix(SLIPS), given)
        function = self.function(name)
        arguments = checked(function, name, given)
        try:
            return canonical(function(**arguments))
        except QuizkitError:
            raise
        except ValueError as error:
            raise Refused(str(error)) from error
        except ImportError as error:
            raise SolverUnavailable(f"{name} needs {error.name}, which is not installed") from error
        except RecursionError as error:
            raise SolverBroken(f"{name} recursed too deeply") from error
        except Exception as error:
            raise SolverBroken(
                f"{name} failed: {type(error).__name__}: {error}{_place(error)}"
            ) from error

    def _slips(self, name: str, given: Given) -> Value:
        from quizkit.bank.slips import slips

        function = self.function(name)
        found = []
        for phrase, raw in slips(function, checked(function, name, given)):
            try:
                found.append((phrase, canonical(raw)))
            except SolverBroken:  # without that part it is no value any more
                continue
        return tuple(found)

    def _module(self, name: str) -> ModuleType:
        from importlib import import_module

        if self.package not in sys.modules:
            package = ModuleType(self.package)
            package.__path__ = [self.folder]
            sys.modules[self.package] = package
        try:
            return import_module(f"{self.package}.{name}")
        except ModuleNotFoundError as error:
            if error.name and error.name.startswith(self.package):
                raise UsageProblem(f"no solver module {name!r} in {self.folder}") from error
            raise SolverUnavailable(f"{name} needs {error.name}, which is not installed") from error
        except Exception as error:
            raise SolverBroken(f"solvers/{name}.py cannot be imported: {error}") from error


def checked(function: Callable[..., Any], name: str, given: Given) -> Given:
    """The arguments, each of the type that the function declares; all faults in one `UsageProblem`."""
    import msgspec

    parameters, hints = _declared(function)
    faults = [
        f"unknown argument {key!r}{did_you_mean(key, list(parameters))}"
        for key in given
        if key not in parameters
    ]
    faults += [
        f"argument {key!r} is missing"
        for key, parameter in parameters.items()
        if parameter.default is parameter.empty and key not in given
    ]
    arguments: Given = {}
    for key, value in given.items():
        try:
            arguments[key] = msgspec.convert(value, hints[key]) if key in hints else value
        except msgspec.ValidationError as error:
            faults.append(f"argument {key}={value!r}: {str(error)[0].lower()}{str(error)[1:]}")
    if faults:
        raise UsageProblem(f"{name}: " + "; ".join(faults))
    return arguments


@cache
def _declared(function: Callable[..., Any]) -> tuple[Mapping[str, Parameter], Given]:
    """The parameters of a function, and their types: looked up once, as that takes longer than most calls."""
    import typing
    from inspect import signature

    return signature(function).parameters, typing.get_type_hints(function)


def _place(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return (
        f" ({os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno})"
        if trace
        else ""
    )
