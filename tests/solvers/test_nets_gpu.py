"""The engines of the GPU benchmark do what the trainer does; captured ones are tried where there is a GPU."""

from __future__ import annotations

import pytest
import torch

from tests.benchmarks.gpu import CLOSE, apart, captured, checked, eager
from tests.benchmarks.nets import SETS

DEVICES = ["cpu", *(["cuda"] if torch.cuda.is_available() else [])]


@pytest.mark.parametrize("dtype", CLOSE)
@pytest.mark.parametrize("points", SETS)
@pytest.mark.parametrize("device", DEVICES)
def test_a_step_is_the_trainer_s(points: str, dtype: str, device: str) -> None:
    assert apart(eager(points, 32, device, dtype), points, dtype) < CLOSE[dtype]


@pytest.mark.parametrize("points", SETS)
def test_another_step_would_be_noticed(points: str) -> None:
    engine = eager(points, 32, "cpu", "float64")
    engine.step()
    with pytest.raises(SystemExit, match="apart"):
        checked(engine, points, "float64")


@pytest.mark.skipif(not torch.cuda.is_available(), reason="no GPU")
@pytest.mark.parametrize("dtype", CLOSE)
@pytest.mark.parametrize("points", SETS)
def test_a_graph_is_the_trainer_s(points: str, dtype: str) -> None:
    assert apart(captured(eager(points, 32, "cuda", dtype)), points, dtype) < CLOSE[dtype]
