"""`quizkit solve` of experiments: what is shown, by which bound it is judged, and grids."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from quizkit.errors import Exit

Run = Callable[..., tuple[int, str, str]]

EXPERIMENT = """
def coin(seeds: int = 256, level: float = 1.0, first: int = 0) -> list[float]:
    \"\"\"Claim: a coin shows more than its level

    Thrown once a seed. Smallest effect: 0.5   [Bernoulli 1713]
    \"\"\"
    return [level + (-1) ** seed * 0.25 for seed in range(first, first + seeds)]


def clock(seeds: int = 256, first: int = 0) -> list[float]:
    \"\"\"Claim: it is late\"\"\"
    return [1.0 + (seed >= 64) for seed in range(first, first + seeds)]
"""
# judged by 0.25, which is not what the coin says of itself
COIN_CLAIM = """
coin-falls-high:
  kind: claim
  level: fresher
  difficulty: 1
  ask: A coin of level {level} shows more than 0.25.
  solver: experiments.coin
  answer: holds
  said: {level: 1.0}
  rival: {level: -1.0}
  expect: {above: 0.25}
  right: It does.
  why: It was thrown.
"""


@pytest.fixture
def coin(root: Path) -> None:
    (root / "solvers" / "experiments").mkdir()
    (root / "solvers" / "experiments" / "coins.py").write_text(EXPERIMENT)
    (root / "solvers" / "experiments" / "__init__.py").write_text(
        "from .coins import clock as clock\nfrom .coins import coin as coin\n"
    )


@pytest.mark.usefixtures("coin")
def test_an_experiment_is_shown_as_a_picture_with_its_verdict(run: Run) -> None:
    code, out, _ = run("solve", "experiments.coin", "--seeds", "300", "--above", "0.5")
    assert code == Exit.FINE
    assert "a coin shows more than its level" in out
    assert "Bernoulli 1713" in out
    assert [line.split()[-1] for line in out.splitlines() if "│█" in line] == ["150", "150"]
    assert "supported: the typical seed lies above 0.5" in out


@pytest.mark.usefixtures("coin")
def test_an_experiment_as_json(run: Run) -> None:
    command = ("solve", "experiments.coin", "level=0.0", "--seeds", "130", "--json")
    code, out, _ = run(*command, "--above", "0")
    found = json.loads(out)
    assert code == Exit.FINE
    assert found["measurements"] == [0.25, -0.25] * 65
    assert (found["seeds"], found["verdict"]) == (130, "inconclusive")
    assert found["share_above"][0] == 0.5
    assert found["above_by"] == ["--above"]


@pytest.mark.usefixtures("coin")
def test_the_bound_is_the_smallest_effect_that_the_bank_declares(run: Run, root: Path) -> None:
    command = ("solve", "experiments.coin", "level=0.0", "--json")
    found = json.loads(run(*command)[1])
    assert (found["above"], found["above_by"]) == (0.5, ["experiments.coin"])
    assert (found["verdict"], found["share_above"][0]) == ("refuted", 0.0)
    assert "the smallest effect of interest by experiments.coin" in run(*command[:-1])[1]
    claims = root / "questions" / "coins.yaml"
    claims.write_text(COIN_CLAIM.replace("0.25", "0.50"))
    found = json.loads(run(*command)[1])
    assert (found["above"], found["above_by"]) == (
        0.5,
        ["tiny:coins/coin-falls-high", "experiments.coin"],
    )


@pytest.mark.usefixtures("coin")
def test_where_the_bank_disagrees_or_is_silent_there_is_no_verdict(run: Run, root: Path) -> None:
    (root / "questions" / "coins.yaml").write_text(COIN_CLAIM)
    found = json.loads(run("solve", "experiments.coin", "--json")[1])
    assert [effect["above"] for effect in found["declared"]] == [0.25, 0.5]
    assert (found["above"], found["verdict"], found["share_above"]) == (None, None, None)
    assert (found["median"], found["interval"]) == (1.0, [0.75, 1.25])
    out = " ".join(run("solve", "experiments.coin")[1].split())
    assert "supported" not in out
    assert "choose one, such as --above 0.25" in out
    out = " ".join(run("solve", "experiments.clock")[1].split())
    assert "median 2 (2 to 2) over 256 seeds" in out
    assert (
        "none: the bank declares no smallest effect of interest; name one, such as --above 0" in out
    )


@pytest.mark.usefixtures("coin")
def test_a_verdict_on_the_first_seeds_says_so_beside_the_median_of_all(run: Run) -> None:
    command = ("solve", "experiments.clock", "--above", "0.5")
    found = json.loads(run(*command, "--json")[1])
    assert (found["median"], found["seeds"]) == (2.0, 256)
    assert (found["judged_median"], found["judged_seeds"]) == (1.0, 64)
    out = " ".join(run(*command)[1].split())
    assert "median 2 (2 to 2) over 256 seeds" in out
    assert "judged after 64 seeds (median 1 (1 to 1))" in out
    assert "judged after all 30 seeds" in " ".join(run(*command, "--seeds", "30")[1].split())


@pytest.mark.usefixtures("coin")
def test_a_grid_names_the_cells_in_which_an_experiment_holds(run: Run) -> None:
    command = ("solve", "experiments.coin", "--grid", "level=-1.0,0.0,1.0", "--seeds", "70")
    found = json.loads(run(*command, "--json")[1])
    assert found["verdict"] == "conditional"
    assert found["where"] == {"supported": ["level=1"], "refuted": ["level=-1 or 0"]}
    assert [cell["median"] for cell in found["cells"]] == [-1.0, 0.0, 1.0]
    assert (found["above"], found["above_by"]) == (0.5, ["experiments.coin"])
    out = run(*command)[1]
    assert "level=1   1 (0.75 to 1.25): supported after 64 seeds" in out
    assert "conditional: supported where level=1; refuted where level=-1 or 0" in out
    found = json.loads(run(*command, "--above", "-9", "--json")[1])
    assert (found["verdict"], found["above_by"]) == ("supported", ["--above"])


@pytest.mark.usefixtures("coin")
def test_an_experiment_is_plotted(run: Run, tmp_path: Path) -> None:
    for above in (("--above", "0.5"), ()):
        path = tmp_path / f"clock{len(above)}.png"
        command = ("solve", "experiments.clock", "--seeds", "9", "--plot", str(path))
        assert run(*command, *above)[0] == Exit.FINE
        assert path.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["experiments.coin", "--plot", "no/such/folder/x.png"], "no such folder"),
        (["experiments.coin", "--seeds", "0"], "--seeds"),
        (["experiments.clock", "--grid", "level=1"], "--grid wants a bound to judge by"),
        (["experiments.coin", "--grid", "level"], "expected NAME=V,V"),
        (["experiments.coin", "--grid", "level=1,1"], "each value once"),
        (["experiments.coin", "--grid", "seeds=1,2"], "every cell has the same seeds"),
        (["experiments.coin", "level=1", "--grid", "level=2"], "level is given twice"),
        (["experiments.coin", "--grid", "level=1", "--plot", "x.png"], "leave out --grid"),
        (["experiments.coin", "--grid", "sides=1,2"], "unknown argument 'sides'"),
        (["sizes.output_size", "size=9", "--grid", "size=3"], "--grid is for experiments"),
        (["experiments.coin", "--device", "banana"], "device must be one of cpu, cuda"),
        (["experiments.coin", "--device", "cuda:x"], "found 'cuda:x'"),
        (["experiments.coin", "--device", "cud"], "did you mean"),
        (["experiments.coin", "sides=2"], "unknown argument 'sides'"),
        (["sizes.output_size", "size=9", "--seeds", "3"], "--seeds is for experiments"),
    ],
)
@pytest.mark.usefixtures("coin")
def test_what_cannot_be_measured_is_usage(run: Run, arguments: list[str], said: str) -> None:
    code, _, err = run("solve", *arguments)
    assert code == Exit.USAGE
    assert said in err
