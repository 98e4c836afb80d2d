"""The wheel, in an environment of its own: it owns one name, and its bank is found."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    subprocess.run([*command, str(ROOT)], check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `quizkit` of a fresh environment, which shares with this one only the dependencies."""
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, with_pip=False)
    python = home / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps"]
    subprocess.run([*pip, "--no-index", str(wheel)], check=True)
    site = next(home.glob("lib/python*/site-packages"))
    # A path file of ours brings the libraries; the editable quizkit's own path file is not followed.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    return home / "bin" / "quizkit"


def run(program: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    return subprocess.run(
        [program, *arguments],
        env=environment | more,
        cwd=program.parent,
        input="",
        text=True,
        capture_output=True,
        check=False,
    )


def test_owns_the_one_name(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"quizkit"}


def test_holds_the_whole_bank(installed: Path) -> None:
    (bank,) = json.loads(run(installed, "bank", "list", "--json").stdout)
    (here,) = json.loads(
        run(Path(sys.executable).parent / "quizkit", "bank", "list", "--json").stdout
    )
    assert str(installed.parents[1]) in bank["root"]
    assert bank["questions"] == here["questions"] >= 60
    assert bank["topics"] == here["topics"]


def test_solves_and_asks(installed: Path, tmp_path: Path) -> None:
    solved = run(installed, "solve", "convolution.output_size", "size=28", "kernel=7", "--json")
    assert json.loads(solved.stdout)["value"] == 22
    assert json.loads(solved.stdout)["agree"]
    asked = run(
        installed, "quiz", "--new", "--plain", "--questions", "1", QUIZKIT_HOME=str(tmp_path)
    )
    assert asked.returncode == 0, asked.stderr
    assert "1 of 1" in asked.stdout
