"""Where experiments train: every one heeds the device that it is told."""

from __future__ import annotations

from inspect import getmembers, isfunction
from typing import Any

import pytest

from solvers import experiments

PUBLIC = [
    (name, function)
    for name, function in getmembers(experiments, isfunction)
    if function.__module__.startswith(experiments.__name__)
]


@pytest.mark.parametrize(("name", "experiment"), PUBLIC)
def test_a_device_that_is_not_there_is_refused_by_name(
    name: str, experiment: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIZKIT_DEVICE", "banana")
    with pytest.raises(ValueError, match="device must be cpu or one that torch can use"):
        experiment(seeds=2)
