"""Grids of conditions: what can be said of all cells together, and where."""

from __future__ import annotations

import math
from itertools import product
from typing import Any

import pytest

from quizkit.verify.grid import Cell, Whole, crossed, judged, overall, sentence
from quizkit.verify.judgement import LEVEL, false_decisions, judge
from solvers.nets.random import normals

ABOVE, BELOW = [1.0] * 64, [-1.0] * 64
SPLIT = [(-1.0) ** k for k in range(256)]
NEVER = [math.inf] * 64
SEEN = {"supported": ABOVE, "refuted": BELOW, "inconclusive": SPLIT, "invalid": NEVER}


def whole(*kinds: str) -> Whole:
    return overall([Cell({}, judge(SEEN[kind], 0.0), kind) for kind in kinds])


@pytest.mark.parametrize(
    ("kinds", "verdict"),
    [
        (["supported"], "supported"),
        (["supported", "supported"], "supported"),
        (["refuted", "refuted"], "refuted"),
        (["inconclusive"], "inconclusive"),
        (["invalid", "invalid"], "invalid"),
        (["supported", "refuted"], "conditional"),
        (["refuted", "invalid", "inconclusive", "supported"], "conditional"),
        (["supported", "inconclusive"], "inconclusive"),
        (["supported", "invalid"], "inconclusive"),
        (["refuted", "invalid"], "inconclusive"),
        (["invalid", "inconclusive"], "inconclusive"),
    ],
)
def test_the_verdict_on_all_cells(kinds: list[str], verdict: str) -> None:
    for order in (kinds, kinds[::-1]):
        found = whole(*order)
        assert found.verdict == verdict
        assert {kind: sorted(names) for kind, names in found.where.items()} == {
            kind: [name for name in order if name == kind] for kind in order
        }


def test_each_combination_has_one_verdict() -> None:
    """Only cells of both sides make it conditional; one side alone needs all cells."""
    for kinds in product(SEEN, repeat=3):
        verdict = whole(*kinds).verdict
        assert (verdict == "conditional") == ({"supported", "refuted"} <= set(kinds))
        for side in ("supported", "refuted", "invalid"):
            assert (verdict == side) == (set(kinds) == {side})


def test_a_claim_s_own_words_name_its_cells() -> None:
    cells = [
        Cell({"rate": 0.1}, judge(ABOVE, 0.0), "the rate is small"),
        Cell({"rate": 9.0}, judge(BELOW, 0.0), "the rate is large"),
    ]
    assert sentence(overall(cells)) == (
        "conditional: supported where the rate is small; refuted where the rate is large"
    )
    assert sentence(overall(cells[:1])) == "supported in every cell: the rate is small"


def test_a_grid_is_every_combination() -> None:
    assert crossed({"rate": [0.1, 0.3], "layers": [1, 2]}) == [
        {"rate": 0.1, "layers": 1},
        {"rate": 0.1, "layers": 2},
        {"rate": 0.3, "layers": 1},
        {"rate": 0.3, "layers": 2},
    ]
    with pytest.raises(ValueError, match="rate must have at least one value"):
        crossed({"rate": []})
    with pytest.raises(ValueError, match="rate must have each value once"):
        crossed({"rate": [0.1, 0.1]})


def test_neighbouring_cells_are_named_together() -> None:
    givens = crossed({"layers": [1, 2, 3], "rate": [0.1, 0.3]})
    measured = [ABOVE, ABOVE, ABOVE, ABOVE, ABOVE, BELOW]
    found = overall(judged(givens, measured, 0.0))
    assert sentence(found) == (
        "conditional: supported where layers=1 or 2, rate=0.1 or 0.3 / layers=3, rate=0.1; "
        "refuted where layers=3, rate=0.3"
    )


def test_names_hold_exactly_the_cells() -> None:
    """Whatever the pattern, the blocks of a verdict are its cells, each once."""
    from quizkit.verify.grid import _blocks

    givens = crossed({"a": [1, 2, 3], "b": ["x", "y"], "c": [True, False]})
    for pattern in range(0, 2 ** len(givens), 7):
        chosen = [given for bit, given in enumerate(givens) if pattern >> bit & 1]
        opened = [given for block in _blocks(chosen) for given in crossed(block)]
        assert sorted(map(str, opened)) == sorted(map(str, chosen))


def test_a_grid_without_effect_seldom_decides_anything() -> None:
    grids, cells = 100, 8
    drawn = normals(21, "grids", range(grids * cells), (256,))
    decided = 0
    for grid in range(grids):
        columns = [drawn[:, grid * cells + cell].tolist() for cell in range(cells)]
        givens: list[dict[str, Any]] = [{"cell": cell} for cell in range(cells)]
        kinds = {cell.found.verdict for cell in judged(givens, columns, 0.0)}
        decided += kinds != {"inconclusive"}
    assert decided / grids <= 0.10
    loose = sum(judge(drawn[:, k].tolist(), 0.0).verdict != "inconclusive" for k in range(800))
    assert loose / grids > 0.2  # cells judged as if each were the only one


@pytest.mark.parametrize("cells", [1, 2, 4, 8, 12, 50])
def test_the_level_of_a_cell_holds_for_the_whole_grid(cells: int) -> None:
    whole_grid = 1 - (1 - false_decisions(level=LEVEL / cells)) ** cells
    assert whole_grid < 0.054


def test_no_cell_and_no_grid_are_refused() -> None:
    with pytest.raises(ValueError, match="cells must be at least 1"):
        overall([])
    with pytest.raises(ValueError, match="cells must be at least 1"):
        judge([1.0], 0.0, 0)
