"""`quizkit solve`: a solver, its witnesses and its evidence, for numbers of one's own."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import click

from quizkit.errors import Exit, QuizkitError, SolverUnavailable, UsageProblem, did_you_mean
from quizkit.terminal.clean import clean

if TYPE_CHECKING:
    from quizkit.bank.bank import Bank, Shelf
    from quizkit.bank.index import Function
    from quizkit.model import Given, Value
    from quizkit.terminal.experiment import Wish

_MAX_ARGUMENT = 100_000


@click.command("solve", short_help="Run a solver and its witnesses.")
@click.argument("solver", required=False)
@click.argument("arguments", nargs=-1, metavar="[NAME=VALUE]...")
@click.option("--json", "as_json", is_flag=True, help="Report as JSON.")
@click.option(
    "--seeds", type=click.IntRange(1, 1_000_000), help="Experiments: nets to train. [default: 256]"
)
@click.option(
    "--above",
    type=float,
    help="Experiments: the bound to judge by. [default: what the bank's claims declare]",
)
@click.option(
    "--grid",
    multiple=True,
    metavar="NAME=V,V",
    help="Experiments: try these values, each with each where repeated.",
)
@click.option("--plot", metavar="FILE", help="Experiments: also write the picture as a PNG.")
@click.option("--device", help="Experiments: where to train, such as cuda. [default: cpu]")
@click.pass_obj
def command(
    banks: tuple[str, ...],
    /,
    solver: str | None,
    arguments: tuple[str, ...],
    as_json: bool,
    **wishes: Any,
) -> None:
    """List the solvers, or run SOLVER: quizkit solve convolution.output_size size=28 kernel=7

    Values are written as in JSON: 7, 0.5, true, [1, 2]; anything else is text. Exits with 1 if a
    witness disagrees.
    """
    from quizkit.bank.bank import open_banks
    from quizkit.terminal.experiment import Wish
    from quizkit.worker import Compute

    wish = Wish(**wishes)

    shelf = open_banks(banks)
    if solver is None:
        _list([(bank, bank.functions()) for bank in shelf.banks], as_json)
        return
    bank, function = _found(shelf.banks, solver)
    given = _given(function, arguments)
    if function.is_experiment:
        _experiment(shelf, bank, function, given, wish, as_json)
        return
    wish.refuse(function.name)
    with Compute(shelf) as compute:
        result = _solved(function, given, compute.of(bank))
    if as_json:
        import msgspec

        click.echo(msgspec.json.format(msgspec.json.encode(result)).decode())
    else:
        _print(function, result)
    if not result["agree"]:
        raise click.exceptions.Exit(Exit.WRONG)


def _experiment(
    shelf: Shelf, bank: Bank, function: Function, given: Given, wish: Wish, as_json: bool
) -> None:
    from quizkit.terminal import experiment, grid

    if wish.grid:
        result = grid.run(shelf, bank, function, given, wish)
    else:
        result = experiment.run(shelf, bank, function, given, wish)
    if as_json:
        import msgspec

        click.echo(msgspec.json.format(msgspec.json.encode(result)).decode())
    elif wish.grid:
        grid.show(function, result)
    else:
        experiment.show(function, result)


def _found(banks: list[Bank], name: str) -> tuple[Bank, Function]:
    known: list[str] = []
    for bank in banks:
        functions = bank.functions()
        if name in functions:
            return bank, functions[name]
        known += functions
    hint = did_you_mean(name, known) or "; `quizkit solve` lists them"
    raise UsageProblem(f"no solver {name!r}{hint}")


def _given(function: Function, arguments: tuple[str, ...]) -> Given:
    given: dict[str, Any] = {}
    for argument in arguments:
        name, equals, text = argument.partition("=")
        if not equals or not name:
            expected = f"{function.parameters[0]}=VALUE" if function.parameters else "no arguments"
            raise UsageProblem(f"found {argument!r}; expected NAME=VALUE, such as {expected}")
        if name in given:
            raise UsageProblem(f"{name} is given twice")
        given[name] = _value(text)
    return given


def _value(text: str) -> Any:
    """JSON where it is JSON, else text as it stands."""
    import json

    if len(text) > _MAX_ARGUMENT:
        raise UsageProblem(f"an argument of {len(text):,} characters; at most {_MAX_ARGUMENT:,}")
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _solved(function: Function, given: Given, compute: Any) -> dict[str, Any]:
    """Value, witnesses and evidence as plain data."""
    from quizkit.bank.index import PROVING_ROUTES, ROUTES
    from quizkit.values.carry import to_json
    from quizkit.values.tolerance import close

    began = time.perf_counter()
    value: Value = compute(function.name, given)
    seconds = time.perf_counter() - began
    witnesses: dict[str, Any] = {}
    agreeing: list[str] = []
    agree = True
    for route in function.witnesses:
        try:
            other = compute(f"{function.name}_by_{route}", given)
        except SolverUnavailable as error:
            witnesses[route] = {"error": str(error)}
            continue
        except QuizkitError as error:
            witnesses[route] = {"error": str(error)}
            agree = False
            continue
        same = close(value, other, ROUTES[route])
        witnesses[route] = {"value": to_json(other), "agrees": same}
        agree = agree and same
        agreeing += [route] if same else []
    evidence = ["computed"] + ["agreed"] * bool(agreeing)
    evidence += ["proved"] * bool(PROVING_ROUTES.intersection(agreeing))
    return {
        "solver": function.name,
        "given": given,
        "value": to_json(value),
        "witnesses": witnesses,
        "agree": agree,
        "evidence": evidence if agree else [],
        "seconds": round(seconds, 6),
    }


def _print(function: Function, result: dict[str, Any]) -> None:
    from quizkit.values.carry import from_json
    from quizkit.values.show import show

    formula, reference = _formula_and_reference(function.doc)
    arguments = ", ".join(f"{name}={show(value)}" for name, value in result["given"].items())
    rows = [("", f"{function.name}({arguments}) = {show(from_json(result['value']))}"), ("", "")]
    rows += [("formula", formula)] if formula else []
    rows += [("reference", reference)] if reference else []
    for route, found in result["witnesses"].items():
        if "error" in found:
            text = f"? {found['error']}"
        else:
            mark = "✓" if found["agrees"] else "✗ DISAGREES:"
            text = f"{mark} {show(from_json(found['value']))}"
        rows.append((f"by {route}", text))
    rows.append(("evidence", ", ".join(result["evidence"]) or "none: the routes disagree"))
    width = max(len(label) for label, _ in rows) + 2
    for label, text in rows:
        click.echo(clean(f"{label:<{width}}{text}" if label else text))


def _formula_and_reference(doc: str) -> tuple[str, str]:
    """A solver's docstring is its formula and, in brackets at the end, its source."""
    text = " ".join(doc.split())
    formula, bracket, reference = text.rpartition(" [")
    if bracket and reference.rstrip(".").endswith("]"):
        return formula.strip(), reference.rstrip(".").removesuffix("]")
    return text, ""


def _list(found: list[tuple[Bank, dict[str, Function]]], as_json: bool) -> None:
    solvers = [
        (bank, function)
        for bank, functions in found
        for name, function in functions.items()
        if _is_solver(name, functions)
    ]
    if as_json:
        import msgspec

        data = [
            {
                "solver": function.name,
                "bank": bank.name,
                "signature": function.signature,
                "doc": function.doc,
                "witnesses": function.witnesses,
            }
            for bank, function in solvers
        ]
        click.echo(msgspec.json.format(msgspec.json.encode(data)).decode())
        return
    module = ""
    for bank, function in solvers:
        own, _, name = function.name.partition(".")
        if own != module:
            module = own
            click.echo(clean(module))
        routes = f"   by {', '.join(function.witnesses)}" if function.witnesses else ""
        place = "" if bank is found[0][0] else f"   ({bank.name})"
        click.echo(clean(f"  {name}({', '.join(function.parameters)}){routes}{place}"))


def _is_solver(name: str, functions: dict[str, Function]) -> bool:
    """Neither a witness, nor a mistake or a part of a package within `solvers/`."""
    solver, _, route = name.rpartition("_by_")
    is_witness = solver in functions and route in functions[solver].witnesses
    return name.count(".") == 1 and not is_witness
