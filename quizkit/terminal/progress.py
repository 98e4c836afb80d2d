"""A progress bar for what takes over a second."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def bar(quiet: bool = False) -> Iterator[Callable[[int, int, str], None] | None]:
    """Says on standard error how far a long task is, if someone watches: call with done, total, name."""
    if quiet or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield None
        return
    with _Bar() as shown:
        yield shown.move


class _Bar:
    """A progress bar that imports rich only once there is something to show."""

    def __init__(self) -> None:
        self._progress: Any = None
        self._task: Any = None

    def __enter__(self) -> _Bar:
        return self

    def __exit__(self, *exception: object) -> None:
        if self._progress is not None:
            self._progress.stop()

    def move(self, done: int, total: int, name: str) -> None:
        """`done` of `total` parts are through; `name` was the last."""
        if self._progress is None:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

            columns = (
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.fields[name]}", markup=False),
            )
            self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
            self._task = self._progress.add_task("", total=total, name=name)
            self._progress.start()
        self._progress.update(self._task, completed=done, name=name)
