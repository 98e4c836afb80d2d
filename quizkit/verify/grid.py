"""One claim under many conditions: a verdict for each cell of a grid, and one for the whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, Literal, get_args

from quizkit.model import Given
from quizkit.values.show import show
from quizkit.verify.judgement import Judgement, Verdict, judge

Overall = Verdict | Literal["conditional"]
Blocks = list[dict[str, list[Any]]]


@dataclass(frozen=True)
class Cell:
    """The conditions of one cell, in words where a claim has words for them, and what came out."""

    given: Given
    found: Judgement
    when: str = ""


@dataclass(frozen=True)
class Whole:
    """The verdict on all cells, and which cells came to which verdict."""

    verdict: Overall
    where: dict[Verdict, list[str]]


def crossed(axes: Mapping[str, Sequence[Any]]) -> list[Given]:
    """Every choice of one value an axis, the last axis changing fastest."""
    for name, values in axes.items():
        if not values:
            raise ValueError(f"{name} must have at least one value, found none")
        if any(value in values[:place] for place, value in enumerate(values)):
            raise ValueError(f"{name} must have each value once, found {show(list(values))}")
    return [dict(zip(axes, values, strict=True)) for values in product(*axes.values())]


def judged(
    givens: Sequence[Given], measurements: Sequence[Sequence[float]], above: float
) -> list[Cell]:
    """The cells of a grid, each by a level so small that the whole seldom decides falsely."""
    cells = len(givens)
    return [
        Cell(given, judge(values, above, cells))
        for given, values in zip(givens, measurements, strict=True)
    ]


def overall(cells: Sequence[Cell]) -> Whole:
    """What can be said of all cells together

    conditional: supported in some, refuted in others, whatever the rest. supported, refuted: in every one.
    invalid: no cell was valid. Else inconclusive: some cells decide nothing, and the rest do not differ.
    """
    if not cells:
        raise ValueError("cells must be at least 1, found 0")
    kinds = {cell.found.verdict for cell in cells}
    where: dict[Verdict, list[str]] = {
        verdict: _names([cell for cell in cells if cell.found.verdict == verdict])
        for verdict in get_args(Verdict)
        if verdict in kinds
    }
    if {"supported", "refuted"} <= kinds:
        return Whole("conditional", where)
    return Whole(kinds.pop() if len(kinds) == 1 else "inconclusive", where)


def sentence(whole: Whole) -> str:
    """Such as: conditional: supported where rate=0.1, layers=1 or 2; refuted where rate=0.6, layers=1"""
    parts = [f"{verdict} where {' / '.join(names)}" for verdict, names in whole.where.items()]
    if len(parts) == 1:
        return f"{whole.verdict} in every cell: {parts[0].partition(' where ')[2]}"
    return f"{whole.verdict}: {'; '.join(parts)}"


def _names(cells: Sequence[Cell]) -> list[str]:
    """The cells' own words; without them, blocks of neighbours: rate=0.1 or 0.3, layers=1"""
    worded = [cell.when for cell in cells if cell.when]
    return worded + [_named(block) for block in _blocks([c.given for c in cells if not c.when])]


def _named(block: Mapping[str, Sequence[Any]]) -> str:
    return ", ".join(
        f"{name}={' or '.join(show(value) for value in values)}" for name, values in block.items()
    )


def _blocks(givens: Sequence[Given]) -> Blocks:
    """The same cells in fewer pieces: two that differ on one axis only become one, while there are any."""
    blocks: Blocks = []
    for given in givens:
        block = {name: [value] for name, value in given.items()}
        while (joined := _joined(blocks, block)) is not None:
            place, block = joined
            del blocks[place]
        blocks.append(block)
    return blocks


def _joined(blocks: Blocks, block: dict[str, list[Any]]) -> tuple[int, dict[str, list[Any]]] | None:
    """The first piece that differs from this one on one axis only, and both as one."""
    for place, other in enumerate(blocks):
        apart = [name for name in block if block[name] != other.get(name)]
        if len(apart) == 1 and block.keys() == other.keys():
            (name,) = apart
            return place, {**other, name: [*other[name], *block[name]]}
    return None
