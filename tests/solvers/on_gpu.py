"""`pytest -p tests.solvers.on_gpu tests/solvers`: each torch and autograd witness computes on the GPU

The tests stay as they are: they hold the solver, computed on the CPU, against its witness on the GPU.
QUIZKIT_WITNESSES names another device.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from importlib import import_module
from inspect import isfunction
from pkgutil import iter_modules
from typing import Any

import solvers

ROUTES = ("_by_torch", "_by_autograd")
called: set[str] = set()


def pytest_configure() -> None:
    """Before any test imports a witness."""
    device = os.environ.get("QUIZKIT_WITNESSES", "cuda")
    for name, (module, function) in witnesses().items():
        setattr(module, function.__name__, moved(name, function, device))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Says which witnesses no test has called."""
    missed = sorted(witnesses().keys() - called)
    terminalreporter.line(f"witnesses called: {len(called)}, not called: {' '.join(missed)}")


def witnesses() -> dict[str, tuple[Any, Callable[..., Any]]]:
    """By `module.function`, with their modules."""
    modules = [import_module(f"solvers.{each.name}") for each in iter_modules(solvers.__path__)]
    return {
        f"{module.__name__.removeprefix('solvers.')}.{name}": (module, function)
        for module in modules
        for name, function in vars(module).items()
        if name.endswith(ROUTES) and isfunction(function) and function.__module__ == module.__name__
    }


def moved(name: str, witness: Callable[..., Any], device: str) -> Callable[..., Any]:
    """The witness with all tensors that it makes on the device."""

    @functools.wraps(witness)
    def on_device(*arguments: Any, **named: Any) -> Any:
        import torch

        called.add(name)
        with torch.device(device):
            return witness(*arguments, **named)

    return on_device
