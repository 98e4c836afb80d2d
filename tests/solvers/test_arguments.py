"""Every solver, called directly, answers or says by `ValueError` what is not allowed, and soon."""

from __future__ import annotations

import math
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from types import FrameType
from typing import Any, Literal, get_args, get_origin

import pytest

from quizkit.bank.bank import Bank
from quizkit.bank.solvers import SUPPLIED
from quizkit.model import Given
from quizkit.values.carry import canonical
from tests.solvers.calls import WRITTEN, Calls, asked_calls, calls, direct, solvers, types_of

CALLS = 2  # of each solver
SECONDS = 1.0  # of CPU time a call
NOT_FINITE = (math.nan, math.inf, -math.inf)
HUGE = (1e308, -1e50, 1e50, -1000.0, 1000.0, 1e-300)
# What such a curve does far out, or what it grows to, is infinite.
INFINITE = ("curves.", "loss_curves.")
Changed = tuple[str, Given, bool]  # what was changed, the arguments, whether they must be refused


class TooLong(BaseException):
    """Not an `Exception`, so that no solver takes it for one of its own."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    def stop(number: int, frame: FrameType | None) -> None:
        raise TooLong

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def fault(function: Callable[..., Any], given: Given, refused: bool, finite: bool = True) -> str:
    """What is wrong with how a function takes these arguments; nothing if it does as it should."""
    try:
        with at_most(SECONDS):
            value = canonical(function(**given))
    except ValueError as error:
        return "" if str(error) else "refuses without a word"
    except TooLong:
        return f"does not return within {SECONDS} s"
    except Exception as error:
        return f"raises {type(error).__name__}: {error}"
    if refused:
        return f"gives {value!r}"
    return f"gives {value!r}" if finite and not all(map(math.isfinite, numbers(value))) else ""


def numbers(value: Any) -> Iterator[float]:
    if isinstance(value, tuple):
        for each in value:
            yield from numbers(each)
    elif isinstance(value, float):
        yield value


def changes(given: Given, types: dict[str, Any]) -> Iterator[Changed]:
    """One argument, or one entry of it, changed to 0, −1, nothing, NaN, infinite, huge or unknown."""
    for name, value in given.items():
        if name in SUPPLIED:
            continue
        for place, entry in entries(value):
            for other, refused in instead(entry, types[name], bool(place)):
                where = "".join(f"[{index}]" for index in place)
                yield f"{name}{where}={other!r}", changed(given, name, place, other), refused


def entries(value: Any, place: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], Any]]:
    """The value, and the first and last entries of lists."""
    yield place, value
    if isinstance(value, list):
        for index in sorted({0, len(value) - 1} if value else ()):
            yield from entries(value[index], (*place, index))


def instead(entry: Any, kind: Any, within: bool) -> Iterator[tuple[Any, bool]]:
    """Other values, and whether such a one must be refused."""
    known = literals(kind)
    if known and not isinstance(entry, list):
        yield (f"{entry}e" if isinstance(entry, str) else -1), True
    elif isinstance(entry, list):
        yield [], False
    elif isinstance(entry, str | bool) or entry is None:
        return
    elif "float" in str(kind):
        yield from ((other, True) for other in NOT_FINITE)
        yield from ((other, False) for other in (0.0, -1.0, *HUGE))
    else:
        yield from ((other, False) for other in (0, -1))


def literals(kind: Any) -> tuple[Any, ...]:
    """The names, or numbers, of a Literal somewhere in a type."""
    if get_origin(kind) is Literal:
        return get_args(kind)
    return tuple(each for part in get_args(kind) for each in literals(part))


def changed(given: Given, name: str, place: tuple[int, ...], other: Any) -> Given:
    given = deepcopy(given)
    inside: Any = given
    for step in (name, *place)[:-1]:
        inside = inside[step]
    inside[(name, *place)[-1]] = other
    return given


def with_choices(name: str, given: Given, types: dict[str, Any]) -> Given:
    """The call with those defaults that are names, so that they are misspelt, too."""
    from inspect import signature

    parameters = signature(direct(name)).parameters.values()
    left_out = {
        each.name: each.default
        for each in parameters
        if each.name not in given and each.default is not each.empty and literals(types[each.name])
    }
    return {**given, **{key: value for key, value in left_out.items() if value is not None}}


def faults_of(name: str, given: Given) -> list[str]:
    types = types_of(name)
    given = with_choices(name, given, types)
    return [
        f"{name} with {what}: {found}"
        for what, arguments, refused in changes(given, types)
        if (found := fault(direct(name), arguments, refused, not name.startswith(INFINITE)))
    ]


@pytest.fixture(scope="module")
def every_call(built_in_bank: Bank) -> Calls:
    return calls(built_in_bank)


def test_there_is_a_call_of_every_solver(built_in_bank: Bank, every_call: Calls) -> None:
    assert set(solvers(built_in_bank)) - set(every_call) == set()


def test_the_written_calls_are_needed_and_answered(built_in_bank: Bank) -> None:
    """One that a question makes by now can go."""
    refused = [
        (name, given)
        for name, givens in WRITTEN.items()
        for given in givens
        if fault(direct(name), given, refused=True) == ""
    ]
    assert refused == []
    asked = asked_calls(built_in_bank, built_in_bank.solvers.call)
    assert [name for name in WRITTEN if asked[name]] == []


def test_solvers_answer_or_refuse(every_call: Calls) -> None:
    faults = [
        found
        for name, givens in every_call.items()
        for given in givens[:CALLS]
        for found in faults_of(name, given)
    ]
    assert faults == []


def test_slips_of_someone_who_calls_by_hand(every_call: Calls) -> None:
    from solvers import classical, initialisation, ranking, shapes, transformers, variational

    for function, given in (
        (classical.descent_cost_ratio, {"samples": 1, "features": 0, "steps": 1}),
        (classical.nearest_tour, {"cities": []}),
        (classical.nearest_tour_excess, {"cities": []}),
        (initialisation.hidden_weights, {"targets": [0, 1, 1, 0], "output_weights": [], "rate": 1}),
        (variational.kl_to_standard, {"means": [0], "log_variances": [1000]}),
        (ranking.roc_auc, {"scores": [math.nan, 0.2], "labels": [1, 0]}),
        (
            shapes.convolution_in_mode,
            {**every_call["shapes.convolution_in_mode"][0], "mode": "sme"},
        ),
        (
            transformers.block_parameters,
            {**every_call["transformers.block_parameters"][0], "norm": "rms"},
        ),
    ):
        assert fault(function, given, refused=True) == ""


# --- The sweep can fail ---------------------------------------------------------------------------


def hangs(rate: float) -> float:
    while True:
        rate *= 1.0


@pytest.mark.parametrize(
    ("function", "given", "refused", "found"),
    [
        (lambda rate: 1 / rate, {"rate": 0}, False, "raises ZeroDivisionError: division by zero"),
        (lambda rate: rate * 1e10, {"rate": 1e308}, False, "gives inf"),
        (lambda rate: max(rate, 0.0), {"rate": math.nan}, True, "gives nan"),
        (lambda name: {"sum": 1}[name], {"name": "sume"}, True, "raises KeyError: 'sume'"),
        (hangs, {"rate": 1.0}, False, "does not return within 1.0 s"),
    ],
)
def test_a_fault_is_seen(
    function: Callable[..., Any], given: Given, refused: bool, found: str
) -> None:
    assert fault(function, given, refused) == found


def test_every_kind_of_change_is_made() -> None:
    types = {"rows": list[list[float]], "count": int, "mode": Literal["sum", "mean"]}
    made = list(changes({"rows": [[1.0, 2.0]], "count": 3, "mode": "sum"}, types))
    assert {what for what, _, refused in made if not refused} >= {
        "rows=[]",
        "rows[0]=[]",
        "rows[0][1]=0.0",
        "rows[0][0]=1e+308",
        "count=0",
        "count=-1",
    }
    assert [what for what, _, refused in made if refused] == [
        *(f"rows[0][{place}]={value}" for place in (0, 1) for value in ("nan", "inf", "-inf")),
        "mode='sume'",
    ]
