"""Claims: the quantity that decides, compared as the claim says, with what was said and what is so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizkit.bank.check import expected_names
from quizkit.model import ClaimQuestion, Expect, Given, Value
from quizkit.values.carry import canonical, to_json
from quizkit.values.show import show
from quizkit.values.tolerance import agrees, read_tolerance
from quizkit.variant import Compute, asked
from quizkit.verify.report import Findings

if TYPE_CHECKING:
    from quizkit.verify.keys import Functions


def check(question: ClaimQuestion, functions: Functions, compute: Compute, found: Findings) -> None:
    """The verdict against every case: what was said and its rival must come out opposite."""
    found.stated.append(question.answer)
    if question.solver is None:
        return
    found.solved = True
    for label, given, holds in _cases(question):
        arguments = {**question.given, **given}
        quantity = _quantity(question, arguments, functions, compute, found)
        outcome = comes_out(question.expect, quantity, arguments)
        found.computed.append(to_json(quantity))
        message = f"{label}: {question.solver} gives {show(quantity)}, so it {_says(outcome)}"
        found.expect(outcome == holds, f"{message}, but stated is {question.answer!r}")


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
