"""A tiny bank, and a way to run command lines on it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quizkit.terminal import app

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def root(write_bank: Any, tiny_files: dict[str, str]) -> Path:
    return write_bank(tiny_files)


@pytest.fixture
def run(root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command line on the tiny bank, in this process."""

    def run(*arguments: str, bank: Path = root, stdin: str | None = None) -> tuple[int, str, str]:
        if stdin is not None:
            import io

            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        code = app.outcome(lambda: app._run(["--bank", str(bank), *arguments]))
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run
