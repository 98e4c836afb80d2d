"""Claims: the quantity that decides, compared as the claim says, with what was said and what is so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizkit.bank.check import expected_names
from quizkit.errors import SolverBroken
from quizkit.evidence import Measured
from quizkit.model import ClaimQuestion, Expect, Given, Value
from quizkit.values.carry import canonical, to_json
from quizkit.values.show import show
from quizkit.values.tolerance import agrees, read_tolerance
from quizkit.variant import Compute, asked
from quizkit.verify.grid import Cell, overall, sentence
from quizkit.verify.judgement import LOOKS, Judgement, in_words, judge, mirrored
from quizkit.verify.report import Findings

if TYPE_CHECKING:
    from quizkit.verify.keys import Functions


def check(question: ClaimQuestion, functions: Functions, compute: Compute, found: Findings) -> None:
    """The verdict against every case: what was said and its rival must come out opposite."""
    found.stated.append(question.answer)
    if question.solver is None:
        return
    found.solved = True
    if functions[question.solver].is_experiment:
        _check_measured(question, compute, found)
        return
    for label, given, holds in _cases(question):
        arguments = {**question.given, **given}
        quantity = _quantity(question, arguments, functions, compute, found)
        outcome = comes_out(question.expect, quantity, arguments)
        found.computed.append(to_json(quantity))
        message = f"{label}: {question.solver} gives {show(quantity)}, so it {_says(outcome)}"
        found.expect(outcome == holds, f"{message}, but stated is {question.answer!r}")


def _check_measured(question: ClaimQuestion, compute: Compute, found: Findings) -> None:
    """Each case measured over as many seeds as it takes; one that stays undecided is a fault."""
    assert question.solver is not None
    side = _side(question.expect)
    if side is None:
        found.problems.append(
            f"{question.solver} is an experiment; expected above or below, a plain number"
        )
        return
    cells = []
    for label, given, holds in _cases(question):
        measured = measure(compute, question.solver, {**question.given, **given}, *side)
        found.measured[label] = Measured(
            effect=_short(measured.effect),
            low=_short(measured.low),
            high=_short(measured.high),
            seeds=measured.seeds,
        )
        found.computed.append(measured.verdict)
        cells.append(Cell(given, measured, label))
        message = f"{label}: {question.solver} says {measured.verdict}, {in_words(measured)}"
        wanted = "supported" if holds else "refuted"
        found.expect(measured.verdict == wanted, f"{message}, but stated is {question.answer!r}")
    if question.answer == "depends":
        whole = overall(cells)
        found.computed.insert(0, sentence(whole))  # what a report shows
        message = f"{question.solver} says {sentence(whole)}, but stated is 'depends'"
        found.expect(whole.verdict == "conditional", message)


def measure(
    compute: Compute, experiment: str, given: Given, bound: float, sign: int = 1
) -> Judgement:
    """Whether the typical seed lies above the bound (below it with `sign` −1), look by look."""
    values: list[float] = []
    for look in LOOKS:
        block = {**given, "first": len(values), "seeds": look - len(values)}
        values += [sign * number for number in floats(compute(experiment, block))]
        found = judge(values, sign * bound)
        if found.verdict in ("supported", "refuted"):
            break
    return found if sign > 0 else mirrored(found)


def floats(measurements: Value) -> list[float]:
    """One measurement a seed, as an experiment returns them."""
    if not isinstance(measurements, tuple):
        raise SolverBroken(f"an experiment returns a list of numbers, found {measurements!r}")
    return [float(number) for number in measurements]


def _side(expect: Expect | None) -> tuple[float, int] | None:
    """The smallest effect of interest, and 1 where more than it is claimed, −1 where less."""
    if expect is not None and isinstance(expect.above, int | float):
        return expect.above, 1
    if expect is not None and isinstance(expect.below, int | float):
        return expect.below, -1
    return None


def _short(number: float) -> float:
    """Three figures: more would differ from machine to machine."""
    return float(f"{number:.3g}")


def _cases(question: ClaimQuestion) -> list[tuple[str, Given, bool]]:
    if question.answer == "depends":
        return [(case.when, case.given, case.verdict == "holds") for case in question.cases]
    holds = question.answer == "holds"
    return [("as said", question.said, holds), ("the rival", question.rival, not holds)]


def _quantity(
    question: ClaimQuestion,
    arguments: Given,
    functions: Functions,
    compute: Compute,
    found: Findings,
) -> Value:
    from quizkit.verify.keys import check_witnesses

    assert question.solver is not None
    own = expected_names(question)
    passed = {key: value for key, value in arguments.items() if key not in own}
    passed |= asked(question)
    check_witnesses(question.solver, passed, functions, compute, found)
    return compute(question.solver, passed)


def comes_out(expect: Expect | None, quantity: Value, arguments: Given) -> bool:
    """Whether the quantity is as the claim expects."""
    assert expect is not None
    if expect.equal is not None:
        wanted = _bound(expect.equal, arguments)
        return agrees(quantity, canonical(wanted), read_tolerance(expect.within))
    number: Any = quantity
    if expect.above is not None:
        return bool(number > _bound(expect.above, arguments))
    if expect.below is not None:
        return bool(number < _bound(expect.below, arguments))
    assert expect.between is not None
    low, high = (_bound(bound, arguments) for bound in expect.between)
    return bool(low <= number <= high)


def _bound(bound: Any, arguments: Given) -> Any:
    return arguments[bound] if isinstance(bound, str) and bound in arguments else bound


def _says(outcome: bool) -> str:
    return "holds" if outcome else "fails"
