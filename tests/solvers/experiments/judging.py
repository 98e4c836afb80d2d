"""What the tests of all experiments share: fresh seeds, verdicts, controls, and company."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest
import torch

from quizkit.verify.judgement import judge

DEVICES = ["cpu", *(["cuda"] if torch.cuda.is_available() else [])]
FRESH = 10_000
SEEDS = 64

Experiment = Callable[..., list[float]]


def assert_verdict(
    experiment: Experiment, conditions: dict[str, Any], above: float, verdict: str
) -> None:
    """64 seeds that chose nothing come to the verdict."""
    found = judge(experiment(seeds=SEEDS, first=FRESH, **conditions), above)
    assert found.verdict == verdict, found


def assert_no_effect(experiment: Experiment, conditions: dict[str, Any], above: float) -> None:
    """Where nothing differs nothing is found."""
    values = experiment(seeds=16, first=FRESH, **conditions)
    assert max(map(abs, values)) < 1e-6
    assert judge(values, above).verdict == "refuted"


def assert_any_company(experiment: Experiment, conditions: dict[str, Any]) -> None:
    """A seed measures the same whichever seeds are measured with it

    A GPU chooses its routines by the number of nets, so that last bits differ there.
    """
    near = 1e-9 if os.environ.get("QUIZKIT_DEVICE", "cpu") == "cpu" else 1e-6
    whole = experiment(seeds=12, first=FRESH, **conditions)
    few = experiment(seeds=5, first=FRESH, **conditions)
    assert few == pytest.approx(whole[:5], rel=near)
    late = experiment(seeds=4, first=FRESH + 8, **conditions)
    assert late == pytest.approx(whole[8:], rel=near)
