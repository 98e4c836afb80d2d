"""Arguments near those of the questions, for which a mutant would give something else."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import product
from typing import Any, Literal, get_args, get_origin, get_type_hints

from quizkit.bank.solvers import SUPPLIED
from quizkit.errors import QuizkitError
from quizkit.model import Given
from quizkit.values.tolerance import close
from tests.mutants.changes import Change
from tests.mutants.judge import Call, Hang, Judge, _arguments, _at_most, _outcome_text

CALLS = 6  # of each function, from which to set out
SECONDS = 2.0  # for all of one mutant's


def telling(judge: Judge, change: Change) -> str:
    """A call that tells the mutant from the solver, or that none was found."""
    names = judge.reach.functions_reaching((change.module, change.name))
    tried = 0
    until = time.monotonic() + SECONDS
    for name in sorted(names):
        if not judge.is_solver(name):
            continue
        for given in _near(judge, name):
            if time.monotonic() > until:
                break
            before = judge.outcome(name, given)
            if isinstance(before, QuizkitError):
                continue
            tried += 1
            try:
                with judge.applied(change), _at_most(1.0):
                    after = judge.outcome(name, given)
            except Hang:
                return f"{name}({_arguments(given)}) hangs"
            except Exception as error:
                return f"{name}({_arguments(given)}) raises {error}"
            if isinstance(after, QuizkitError) or not close(before, after, 1e-9):
                seen = f"{_outcome_text(after)} instead of {_outcome_text(before)}"
                return f"{name}({_arguments(given)}) would give {seen}"
    return f"no difference in {tried} calls nearby"


def exhausted(judge: Judge, change: Change) -> str:
    """Why no argument whatever can tell: all there are give the same; empty where that is not so."""
    names = judge.reach.functions_reaching((change.module, change.name))
    solvers = [name for name in sorted(names) if judge.is_solver(name)]
    calls = {name: _domain(judge, name) for name in solvers}
    if not all(calls.values()):
        return ""
    everything = [(name, given) for name in solvers for given in calls[name]]
    before = [judge.outcome(name, given) for name, given in everything]
    try:
        with judge.applied(change), _at_most(SECONDS):
            after = [judge.outcome(name, given) for name, given in everything]
    except (Hang, Exception):
        return ""
    same = all(repr(one) == repr(other) for one, other in zip(before, after, strict=True))
    return f"the same for every argument there is ({len(everything)})" if same else ""


def _domain(judge: Judge, name: str) -> list[Given]:
    """All arguments that a function can be given, if it takes only names, flags and the options."""
    function = judge.bank.solvers.function(name)
    hints = get_type_hints(function)
    asked = [
        call.given for calls in judge.calls.values() for call in calls.values() if call.name == name
    ]
    values: list[list[Any]] = []
    parameters = judge.functions[name].parameters
    for parameter in parameters:
        if hints[parameter] is bool:
            values.append([False, True])
        elif get_origin(hints[parameter]) is Literal:
            values.append(list(get_args(hints[parameter])))
        elif parameter in SUPPLIED:
            values.append([list(x) for x in {tuple(given[parameter]) for given in asked}])
        else:
            return []
    return [dict(zip(parameters, chosen, strict=True)) for chosen in product(*values)]


def _near(judge: Judge, name: str) -> Iterator[Given]:
    calls: dict[str, Call] = {}
    for each in judge.calls.values():
        calls.update({key: call for key, call in each.items() if call.name == name})
    for call in list(calls.values())[:CALLS]:
        for key, value in call.given.items():
            for other in _moved(value):
                yield {**call.given, key: other}


def _moved(value: Any) -> Iterator[Any]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield from (value + 1, value - 1, value + 2, value * 2, 0, 1, -value)
    elif isinstance(value, float):
        yield from (value * 2, value / 2, value + 0.5, -value, 0.0, 1.0)
    elif isinstance(value, list):
        for place, item in enumerate(value):
            for other in _moved(item):
                yield [*value[:place], other, *value[place + 1 :]]
        if value:
            yield value[:-1]
            yield [*value, value[0]]
            yield value[::-1]
