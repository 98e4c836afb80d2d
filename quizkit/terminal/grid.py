"""An experiment under many conditions: a verdict for each cell of a grid, and one for the whole."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import click

from quizkit.errors import UsageProblem
from quizkit.terminal.clean import clean
from quizkit.terminal.experiment import (
    about,
    check_device,
    measured,
    named,
    named_by,
    seeds_in_words,
    spread,
    unjudged,
    wished_seeds,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quizkit.bank.bank import Bank, Shelf
    from quizkit.bank.index import Function
    from quizkit.model import Given
    from quizkit.terminal.experiment import Wish
    from quizkit.verify.grid import Cell

_CELLS = 100


def run(shelf: Shelf, bank: Bank, function: Function, given: Given, wish: Wish) -> dict[str, Any]:
    """Measures every cell and judges all of them, as plain data."""
    from quizkit.verify.effects import agreed, declared
    from quizkit.verify.grid import crossed, judged, overall, sentence

    if wish.plot is not None:
        raise UsageProblem("--plot draws one experiment; leave out --grid")
    check_device(wish.device)
    axes = read_axes(wish.grid, given)
    try:
        givens = crossed(axes)
    except ValueError as error:
        raise UsageProblem(f"--grid: {error}") from None
    if len(givens) > _CELLS:
        raise UsageProblem(f"--grid: at most {_CELLS} cells, found {len(givens)}")
    seeds = wished_seeds(given, wish)
    effects = declared(bank, function)
    above = agreed(effects) if wish.above is None else wish.above
    if above is None:
        plain = [{"above": each.above, "by": each.by} for each in effects]
        raise UsageProblem(f"--grid wants a bound to judge by: {unjudged(plain)}")
    runs = [
        measured(shelf, bank, function, {**given, **cell}, seeds, wish.device) for cell in givens
    ]
    values = [each for each, _ in runs]
    cells = judged(givens, values, above)
    whole = overall(cells)
    return {
        "experiment": function.name,
        "given": {key: value for key, value in given.items() if key != "seeds"},
        "grid": axes,
        "seeds": seeds,
        "above": above,
        "above_by": named_by(effects, above, wish),
        "cells": [_cell(*pair) for pair in zip(cells, values, strict=True)],
        "verdict": whole.verdict,
        "where": whole.where,
        "sentence": sentence(whole),
        "evidence": ["measured"],
        "seconds": round(sum(seconds for _, seconds in runs), 6),
    }


def read_axes(texts: Sequence[str], given: Given) -> dict[str, list[Any]]:
    """The values of each axis, from texts such as rate=0.1,0.3"""
    axes: dict[str, list[Any]] = {}
    for text in texts:
        name, equals, values = text.partition("=")
        if not equals or not name:
            raise UsageProblem(f"--grid: found {text!r}; expected NAME=V,V, such as rate=0.1,0.3")
        if name in ("seeds", "first"):
            raise UsageProblem(f"--grid: {name} is no condition; every cell has the same seeds")
        if name in axes or name in given:
            raise UsageProblem(f"{name} is given twice")
        axes[name] = _values(values)
    return axes


def _values(text: str) -> list[Any]:
    """JSON where it is JSON, as 0.1,true,[1,2]; else texts between commas."""
    import json

    try:
        found: list[Any] = json.loads(f"[{text}]")
    except (ValueError, RecursionError):
        return [_value(each) for each in text.split(",")]
    return found


def _value(text: str) -> Any:
    import json

    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _cell(cell: Cell, values: Sequence[float]) -> dict[str, Any]:
    """A cell's verdict, which may need but the first seeds, and the median of all."""
    from quizkit.values.carry import to_json
    from quizkit.verify.judgement import judge

    whole = judge(values, math.nan)  # nothing lies on either side of it: no look ends early
    return {
        "given": dict(cell.given),
        "median": to_json(whole.effect),
        "interval": to_json([whole.low, whole.high]),
        "censored": whole.censored,
        "nan": whole.nan,
        "verdict": cell.found.verdict,
        "judged_seeds": cell.found.seeds,
    }


def show(function: Function, result: Mapping[str, Any]) -> None:
    """The claim, a line a cell, and what holds where."""
    from quizkit.terminal.console import screen_for
    from quizkit.terminal.plain import labelled, wrapped

    width = min(screen_for(plain=True).width, 88)
    click.echo(wrapped(clean(f"{function.name}({_arguments(result['given'])})"), width) + "\n")
    click.echo(labelled(about(function.doc), width) + "\n")
    click.echo(labelled([_line(cell) for cell in result["cells"]], width) + "\n")
    rows = [
        ("verdict", result["sentence"]),
        ("seeds", f"{seeds_in_words(result['seeds'])} in each cell"),
        ("bound", f"above {result['above']:.3g}"),
        ("CPU time", f"{result['seconds']:.2g} s"),
    ]
    if result["above_by"] != ["--above"]:
        smallest = f", the smallest effect of interest by {named(result['above_by'])}"
        rows[2] = ("bound", rows[2][1] + smallest)
    click.echo(labelled(rows, width))


def _arguments(given: Mapping[str, Any]) -> str:
    from quizkit.values.show import show as shown

    return ", ".join(f"{name}={shown(value)}" for name, value in given.items())


def _line(cell: Mapping[str, Any]) -> tuple[str, str]:
    """The cell's conditions, its median, and its verdict."""
    beside = [f"{cell['censored']} not there yet"] * bool(cell["censored"])
    beside += [f"{cell['nan']} blown up"] * bool(cell["nan"])
    judged = ", ".join([f"after {seeds_in_words(cell['judged_seeds'])}", *beside])
    text = f"{spread(cell['median'], cell['interval'])}: {cell['verdict']} {judged}"
    return _arguments(cell["given"]), text
