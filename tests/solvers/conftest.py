"""Fixtures of the solvers' tests."""

from __future__ import annotations

import pytest

from tests.solvers.experiments.judging import DEVICES


@pytest.fixture(params=DEVICES)
def device(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The CPU, and a GPU where there is one: experiments train there."""
    name: str = request.param
    monkeypatch.setenv("QUIZKIT_DEVICE", name)
    return name
