"""An experiment on demand: so many nets trained, and the distribution of what they show."""

from __future__ import annotations

import math
import os
from typing import TYPE_CHECKING, Any

import click
from msgspec import Struct

from quizkit.errors import QuizkitError, UsageProblem
from quizkit.terminal.clean import clean

if TYPE_CHECKING:
    from quizkit.bank.bank import Bank, Shelf
    from quizkit.bank.index import Function
    from quizkit.model import Given
    from quizkit.verify.judgement import Judgement

_SEEDS = 256
_BLOCK = (
    128  # seeds a call: net k is the same in any company, so blocks only serve the progress bar
)


class Wish(Struct, frozen=True, kw_only=True):
    """What is asked of a run besides the experiment's own conditions."""

    seeds: int | None = None
    above: float | None = None
    plot: str | None = None
    device: str | None = None

    def refuse(self, solver: str) -> None:
        """These options mean something for experiments only."""
        for name in ("seeds", "above", "plot", "device"):
            if getattr(self, name) is not None:
                raise UsageProblem(f"--{name} is for experiments; {solver} computes one value")


def run(shelf: Shelf, bank: Bank, function: Function, given: Given, wish: Wish) -> dict[str, Any]:
    """Runs it and says what was measured, as plain data; a plot is written on the way."""
    from quizkit.values.carry import to_json
    from quizkit.verify.judgement import judge, wilson

    _check_plot(wish.plot)
    seeds = int(given.get("seeds", _SEEDS)) if wish.seeds is None else wish.seeds
    above = wish.above or 0.0
    values, seconds = _measured(shelf, bank, function, given, seeds, wish.device)
    found = judge(values, above)
    over = sum(value > above for value in values if math.isfinite(value))
    if wish.plot is not None:
        _plot(values, wish.plot, function.name, found, above)
    return {
        "experiment": function.name,
        "given": {key: value for key, value in given.items() if key != "seeds"},
        "seeds": seeds,
        "measurements": to_json(values),
        "median": to_json(found.effect),
        "interval": to_json([found.low, found.high]),
        "above": above,
        "share_above": [over / seeds, *wilson(over, seeds)],
        "verdict": found.verdict,
        "judged_seeds": found.seeds,
        "censored": found.censored,
        "nan": found.nan,
        "evidence": ["measured"],
        "seconds": round(seconds, 6),
    }


def _measured(
    shelf: Shelf, bank: Bank, function: Function, given: Given, seeds: int, device: str | None
) -> tuple[list[float], float]:
    """The measurements, one a seed, and the CPU seconds that they took."""
    from quizkit.terminal.progress import bar
    from quizkit.verify.claims import floats
    from quizkit.worker import Compute

    if seeds < 1:
        raise UsageProblem(f"seeds must be at least 1, found {seeds}")
    if device is not None:
        os.environ["QUIZKIT_DEVICE"] = device  # the worker's nets read it
    first = int(given.get("first", 0))
    values: list[float] = []
    seconds = 0.0
    with Compute(shelf, 600.0, here=False) as compute, bar() as progress:
        worker = compute.worker(bank)
        while len(values) < seeds:
            count = min(_BLOCK, seeds - len(values))
            block = {**given, "seeds": count, "first": first + len(values)}
            values += floats(worker.call(function.name, block))
            seconds += worker.took
            if progress is not None:
                progress(len(values), seeds, function.name)
    return values, seconds


def _check_plot(path: str | None) -> None:
    """Faults that are known before any net is trained."""
    from importlib.util import find_spec

    if path is None:
        return
    if find_spec("matplotlib") is None:
        raise UsageProblem('--plot needs matplotlib: pip install "quizkit[plot]"')
    if not os.path.isdir(os.path.dirname(path) or "."):
        raise UsageProblem(f"--plot {path}: no such folder")


def _plot(values: list[float], path: str, title: str, found: Judgement, above: float) -> None:
    from quizkit.terminal.histogram import save

    try:
        save(values, path, title, found.effect, above)
    except OSError as error:
        raise QuizkitError(f"{path} cannot be written: {error.strerror}") from None


def show(function: Function, result: dict[str, Any]) -> None:
    """The claim, how it was measured, the picture, and what follows from it."""
    from quizkit.terminal.console import screen_for
    from quizkit.terminal.histogram import drawn
    from quizkit.terminal.plain import labelled, wrapped
    from quizkit.values.carry import from_json
    from quizkit.values.show import show as shown

    width = min(screen_for(plain=True).width, 88)
    arguments = ", ".join(f"{name}={shown(value)}" for name, value in result["given"].items())
    values: Any = from_json(result["measurements"])
    click.echo(wrapped(clean(f"{function.name}({arguments})"), width) + "\n")
    click.echo(labelled(_about(function.doc), width) + "\n")
    if picture := drawn(values, width):
        click.echo(picture + "\n")
    click.echo(labelled(_findings(result), width))


def _about(doc: str) -> list[tuple[str, str]]:
    """An experiment's docstring is its claim, how it is measured, and in brackets its source."""
    claim, _, rest = doc.partition("\n\n")
    text, bracket, source = " ".join(rest.split()).rpartition(" [")
    if not (bracket and source.endswith("]")):
        text, source = " ".join(rest.split()), ""
    rows = [
        ("claim", " ".join(claim.split()).removeprefix("Claim: ")),
        ("measured", text),
        ("source", source.removesuffix("]")),
    ]
    return [(label, text) for label, text in rows if text]


def _findings(result: dict[str, Any]) -> list[tuple[str, str]]:
    from quizkit.values.carry import from_json

    effect: Any = from_json(result["median"])
    low, high = (float(str(from_json(end))) for end in result["interval"])
    share, least, most = result["share_above"]
    bound = f"{result['above']:.3g}"
    rows = [
        ("median", f"{effect:.3g} ({low:.3g} to {high:.3g})"),
        (f"above {bound}", f"{share:.1%} of {result['seeds']} seeds ({least:.1%} to {most:.1%})"),
        ("verdict", _VERDICTS[result["verdict"]].format(bound=bound)),
    ]
    if result["censored"] or result["nan"]:
        rows.append(("beside", f"{result['censored']} not there yet, {result['nan']} blown up"))
    return [*rows, ("CPU time", f"{result['seconds']:.2g} s")]


_VERDICTS = {
    "supported": "supported: the typical seed lies above {bound}",
    "refuted": "refuted: the typical seed lies below {bound}",
    "inconclusive": "inconclusive: these seeds do not tell on which side of {bound} the typical one lies",
    "invalid": "invalid: more than a tenth of the runs had not got there when their steps ended",
}
