"""The torch and autograd witnesses on a GPU: all tests of the solvers, with every witness moved there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import torch

from quizkit.bank.bank import built_in
from tests.solvers import on_gpu

HERE = Path(__file__).parent


@pytest.mark.skipif(not torch.cuda.is_available(), reason="no GPU")
def test_the_solvers_agree_with_their_witnesses_on_a_gpu() -> None:
    files = [
        str(path)
        for path in sorted(HERE.glob("test_*.py"))
        if path.name not in (Path(__file__).name, "test_experiments.py")
        and not path.name.startswith("test_nets_")  # these go to the GPU themselves
    ]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    command += ["-p", on_gpu.__name__, *files]
    done = subprocess.run(command, cwd=HERE.parents[1], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-2000:]


def test_all_torch_and_autograd_witnesses_are_moved() -> None:
    known = {
        f"{function.name}_by_{route}"
        for function in built_in().functions().values()
        for route in function.witnesses
        if f"_by_{route}" in on_gpu.ROUTES and not function.is_experiment
    }
    assert known
    assert known <= on_gpu.witnesses().keys()


def test_what_a_moved_witness_makes_lies_on_the_device() -> None:
    def made_by_torch(count: int) -> str:
        """Where."""
        return str((torch.ones(count) + torch.tensor([1.0])).device)

    moved = on_gpu.moved("made_by_torch", made_by_torch, "meta")
    assert (made_by_torch(2), moved(2), made_by_torch(2)) == ("cpu", "meta", "cpu")
    assert moved.__doc__ == "Where."
    assert "made_by_torch" in on_gpu.called
