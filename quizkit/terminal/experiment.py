"""An experiment on demand: so many nets trained, and the distribution of what they show."""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click
from msgspec import Struct

from quizkit.errors import QuizkitError, UsageProblem, did_you_mean
from quizkit.terminal.clean import clean

if TYPE_CHECKING:
    from quizkit.bank.bank import Bank, Shelf
    from quizkit.bank.index import Function
    from quizkit.model import Given
    from quizkit.verify.effects import Effect

_SEEDS = 256
# Kinds of devices that compute in float64; a number may follow, as in cuda:1.
_DEVICES = ("cpu", "cuda", "xpu")
_BLOCK = (
    128  # seeds a call: net k is the same in any company, so blocks only serve the progress bar
)


class Wish(Struct, frozen=True, kw_only=True):
    """What is asked of a run besides the experiment's own conditions."""

    seeds: int | None = None
    above: float | None = None
    plot: str | None = None
    device: str | None = None
    grid: tuple[str, ...] = ()

    def refuse(self, solver: str) -> None:
        """These options mean something for experiments only."""
        for name in ("seeds", "above", "plot", "device", "grid"):
            if getattr(self, name) not in (None, ()):
                raise UsageProblem(f"--{name} is for experiments; {solver} computes one value")


def run(shelf: Shelf, bank: Bank, function: Function, given: Given, wish: Wish) -> dict[str, Any]:
    """Runs it and says what was measured, as plain data; a plot is written on the way."""
    from quizkit.values.carry import to_json
    from quizkit.verify.effects import agreed, declared
    from quizkit.verify.judgement import judge

    _check_plot(wish.plot)
    check_device(wish.device)
    seeds = wished_seeds(given, wish)
    effects = declared(bank, function)
    above = agreed(effects) if wish.above is None else wish.above
    values, seconds = measured(shelf, bank, function, given, seeds, wish.device)
    whole = judge(values, math.nan)  # nothing lies on either side of it: no look ends early
    if wish.plot is not None:
        _plot(values, wish.plot, function.name, whole.effect, above)
    return {
        "experiment": function.name,
        "given": {key: value for key, value in given.items() if key != "seeds"},
        "seeds": seeds,
        "measurements": to_json(values),
        "median": to_json(whole.effect),
        "interval": to_json([whole.low, whole.high]),
        "censored": whole.censored,
        "nan": whole.nan,
        "above": above,
        "above_by": named_by(effects, above, wish),
        "declared": [{"above": each.above, "by": each.by} for each in effects],
        **_judged(values, above),
        "evidence": ["measured"],
        "seconds": round(seconds, 6),
    }


def wished_seeds(given: Given, wish: Wish) -> int:
    """How many, from the option, or else from the arguments."""
    return int(given.get("seeds", _SEEDS)) if wish.seeds is None else wish.seeds


def named_by(effects: Sequence[Effect], above: float | None, wish: Wish) -> list[str]:
    """Who named the bound."""
    if wish.above is not None:
        return ["--above"]
    return [] if above is None else [each.by for each in effects]


def _judged(values: list[float], above: float | None) -> dict[str, Any]:
    """The share above the bound, of all seeds; the verdict, which may need but the first of them."""
    from quizkit.values.carry import to_json
    from quizkit.verify.judgement import judge, wilson

    if above is None:
        names = ("share_above", "verdict", "judged_seeds", "judged_median", "judged_interval")
        return dict.fromkeys(names)
    found = judge(values, above)
    over = sum(value > above for value in values if math.isfinite(value))
    return {
        "share_above": [over / len(values), *wilson(over, len(values))],
        "verdict": found.verdict,
        "judged_seeds": found.seeds,
        "judged_median": to_json(found.effect),
        "judged_interval": to_json([found.low, found.high]),
    }


def measured(
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


def check_device(device: str | None) -> None:
    """A name that torch may know; whether the device is there the worker finds out."""
    if device is None:
        return
    kind, colon, number = device.partition(":")
    if kind not in _DEVICES or (colon and not number.isdecimal()):
        known = ", ".join(_DEVICES)
        raise UsageProblem(
            f"device must be one of {known}, with a number as in cuda:1 where there are several; "
            f"found {device!r}{did_you_mean(device, list(_DEVICES))}"
        )


def _plot(values: list[float], path: str, title: str, median: float, above: float | None) -> None:
    from quizkit.terminal.histogram import save

    try:
        save(values, path, title, median, above)
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
    click.echo(labelled(about(function.doc), width) + "\n")
    if picture := drawn(values, width):
        click.echo(picture + "\n")
    click.echo(labelled(_findings(result), width))


def about(doc: str) -> list[tuple[str, str]]:
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
    seeds = result["seeds"]
    rows = [
        ("median", f"{spread(result['median'], result['interval'])} over {seeds_in_words(seeds)}")
    ]
    if result["censored"] or result["nan"]:
        rows.append(("beside", f"{result['censored']} not there yet, {result['nan']} blown up"))
    if result["verdict"] is None:
        rows.append(("verdict", f"none: {unjudged(result['declared'])}"))
        return [*rows, ("CPU time", f"{result['seconds']:.2g} s")]
    share, least, most = result["share_above"]
    bound = f"{result['above']:.3g}"
    rows.append(
        (f"above {bound}", f"{share:.1%} of {seeds_in_words(seeds)} ({least:.1%} to {most:.1%})")
    )
    verdict = _VERDICTS[result["verdict"]].format(bound=bound)
    rows.append(("verdict", f"{verdict}; judged after {_after(result)}"))
    if result["above_by"] != ["--above"]:
        rows.append(("bound", f"the smallest effect of interest by {named(result['above_by'])}"))
    return [*rows, ("CPU time", f"{result['seconds']:.2g} s")]


def spread(median: Any, interval: Any) -> str:
    """A median with its interval."""
    from quizkit.values.carry import from_json

    effect, low, high = (float(str(from_json(end))) for end in (median, *interval))
    return f"{effect:.3g} ({low:.3g} to {high:.3g})"


def named(names: list[str]) -> str:
    """The first two, and how many there are besides."""
    rest = len(names) - 2
    return ", ".join(names[:2]) + (f" and {rest} more" if rest > 0 else "")


def seeds_in_words(count: int) -> str:
    """Such as 64 seeds."""
    return "1 seed" if count == 1 else f"{count} seeds"


def _after(result: dict[str, Any]) -> str:
    """The seeds that the verdict rests on, with their median where they are not all."""
    judged = result["judged_seeds"]
    if judged == result["seeds"]:
        return f"all {seeds_in_words(judged)}" if judged > 1 else seeds_in_words(judged)
    median = spread(result["judged_median"], result["judged_interval"])
    return f"{seeds_in_words(judged)} (median {median})"


def unjudged(effects: list[dict[str, Any]]) -> str:
    """Why there is no verdict, and how to get one."""
    if not effects:
        return "the bank declares no smallest effect of interest; name one, such as --above 0"
    bounds = ", ".join(f"{each['above']:.3g} ({each['by']})" for each in effects)
    example = f"--above {effects[0]['above']:.3g}"
    return f"the bank declares several smallest effects, {bounds}; choose one, such as {example}"


_VERDICTS = {
    "supported": "supported: the typical seed lies above {bound}",
    "refuted": "refuted: the typical seed lies below {bound}",
    "inconclusive": "inconclusive: these seeds do not tell on which side of {bound} the typical one lies",
    "invalid": "invalid: more than a tenth of the runs had not got there when their steps ended",
}
