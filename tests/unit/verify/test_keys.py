"""One question's promises: each broken once, each noticed."""
# ruff: noqa: E501 (one case, one line)

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quizkit.bank.bank import Bank
from quizkit.errors import Refused, SolverTimedOut, SolverUnavailable
from quizkit.model import Given, Value
from quizkit.verify.keys import check, linear_extensions, remembering
from quizkit.verify.report import Report

Write = Callable[..., Path]


def report(bank: Bank, id_: str, **more: Any) -> Report:
    compute = more.pop("compute", bank.solvers.call)
    return check(bank.entry(id_), bank.functions(), compute, **more)


RIGHT: dict[str, tuple[tuple[str, ...], Any, Any]] = {
    "sizes/rows-of-output": (("cited", "computed", "agreed"), [10, 5], [10, 5]),
    "sizes/one-third": (("computed",), {"fraction": "1/3"}, {"fraction": "1/3"}),
    "sizes/output-shape": (("computed",), [4, 6, 6], [4, 6, 6]),
    "sizes/doubled": (("computed",), [2, 4], [2, 4]),
    "sizes/computed-choice": (("computed", "agreed"), [2, 4], [2, 4]),
    "basics/what-relu-does": (("cited",), "zero", None),
    "basics/which-are-smooth": (("computed",), ["sigmoid", "tanh"], ["sigmoid", "tanh"]),
    "basics/stride-halves": (("computed", "agreed"), "fails", 4),
}


@pytest.mark.parametrize("id_", RIGHT)
def test_a_question_that_keeps_its_promises(tiny: Bank, id_: str) -> None:
    found = report(tiny, id_)
    evidence, stated, computed = RIGHT[id_]
    assert (found.status, found.problems) == ("right", ())
    assert found.evidence == evidence
    assert (found.stated, found.computed) == (stated, computed)
    assert found.where.startswith("questions/")


def test_all_questions_of_the_tiny_bank_are_right(tiny: Bank) -> None:
    assert {report(tiny, id_).status for id_ in tiny.ids()} == {"right"}


EDITS = [
    ("one-third", "answer: 1/3", "answer: 0.334", (), ""),
    ("one-third", "answer: 1/3", "answer: 0.335", ("stated 0.335, computed 1/3 for part=1, whole=3; correct the stated answer",), ""),
    ("one-third", 'accept: ["0.333", "1/3"]', 'accept: ["0.3"]', ("accept '0.3' is graded wrong",), ""),
    ("one-third", 'accept: ["0.333", "1/3"]', 'accept: ["a third"]', ("accept 'a third' cannot be read: expected a number",), ""),
    ("one-third", 'reject: ["0.4"]', 'reject: ["2/6"]', ("reject '2/6' is graded right",), ""),
    ("one-third", 'reject: ["0.4"]', 'reject: ["who knows"]', (), ""),
    ("one-third", "within: 3 sig", "within: 40", ("the tolerance takes as a percentage (100/3) for the key 1/3",), ""),
    ("one-third", "  why: It is", "  hints: [Close to 0.333.]\n  why: It is", ("hint 1 contains the answer",), ""),
    ("one-third", "  why: It is", "  misconceptions: {same: {value: 1/3, because: b}}\n  why: It is", ("misconception same gives the key itself",), ""),
    ("one-third", "  why: It is", "  misconceptions: {none: {given: {whole: 0}, because: b}}\n  why: It is", (), "ZeroDivisionError"),
    ("rows-of-output", "answer: 5", "answer: 6", ("stated 6, computed 5 for size=13, kernel=5, stride=2",), ""),
    ("rows-of-output", 'accept: ["10.0"]', 'accept: ["11"]', ("accept '11' is graded wrong",), ""),
    ("rows-of-output", 'reject: ["9"]', 'reject: ["5"]', ("reject '5' is graded right",), ""),
    ("rows-of-output", "[Where is the last start?]", '["The last start is {{size}} − {{kernel}}."]', (), ""),
    ("rows-of-output", "{from: 12, to: 40}", "{from: -400, to: 40}", ("draws; narrow the given",), ""),
    ("output-shape", "answer: [4, 6, 6]", "answer: [4, 6]", ("stated [4, 6], computed [4, 6, 6]",), ""),
    ("doubled", "answer: [2, 4]", "answer: [2, 5]", ("stated [2, 5], computed [2, 4]",), ""),
    ("doubled", "given: {row: [1, 2]}", "given: {row: [1, 2]}\n  accept: ['2 4', '2 5']", ("accept '2 5' is graded",), ""),
]  # fmt: skip


@pytest.mark.parametrize(("slug", "old", "new", "problems", "broken"), EDITS)
def test_a_broken_promise_is_noticed(
    tiny_files: dict[str, str],
    write_bank: Write,
    slug: str,
    old: str,
    new: str,
    problems: tuple[str, ...],
    broken: str,
) -> None:
    text = tiny_files["questions/sizes.yaml"]
    assert old in text
    bank = Bank("b", write_bank({**tiny_files, "questions/sizes.yaml": text.replace(old, new, 1)}))
    found = report(bank, f"sizes/{slug}")
    bank.db.close()
    if broken:
        assert found.status == "broken"
        assert broken in found.problems[0]
        return
    assert found.status == ("wrong" if problems else "right"), found.problems
    for problem in problems:
        assert any(problem in each for each in found.problems), found.problems
    assert (found.evidence == ()) == bool(problems)


SELECTED = [
    ("which-are-smooth", "answer: [tanh, sigmoid]", "answer: [tanh]", "stated [tanh], computed [sigmoid, tanh]"),
    ("steps-of-training", "[[loss, gradient, update]]", "[[loss, update, gradient]]", "computed"),
    ("steps-of-training", "[[loss, gradient, update]]", "[[loss, gradient]]", "correct the stated answer"),
    ("stride-halves", "answer: fails", "answer: holds", "as said: sizes.output_size gives 4, so it fails"),
    ("stride-halves", "rival: {outputs: 4}", "rival: {outputs: 5}", "the rival: sizes.output_size gives 4"),
]  # fmt: skip


@pytest.mark.parametrize(("slug", "old", "new", "problem"), SELECTED)
def test_a_wrong_selection_is_noticed(
    tiny_files: dict[str, str], write_bank: Write, slug: str, old: str, new: str, problem: str
) -> None:
    text = tiny_files["questions/basics.yaml"]
    assert old in text
    bank = Bank("b", write_bank({**tiny_files, "questions/basics.yaml": text.replace(old, new)}))
    found = report(bank, f"basics/{slug}")
    bank.db.close()
    assert found.status == "wrong"
    assert any(problem in each for each in found.problems), found.problems


def test_a_solver_that_goes_by_the_place_of_an_option_is_found_out(
    tiny_files: dict[str, str], write_bank: Write
) -> None:
    sham = "def smooth(options: list[str]) -> list[str]:\n    return [options[0], options[2]]\n"
    rules = tiny_files["solvers/rules.py"].partition("def smooth")
    steps = "\n\ndef steps" + rules[2].partition("def steps")[2]
    bank = Bank("b", write_bank({**tiny_files, "solvers/rules.py": sham + steps}))
    assert report(bank, "basics/which-are-smooth").status == "right"  # the first and last are right
    moved = tiny_files["questions/basics.yaml"].replace(
        "    relu: {text: ReLU, because: It has a corner.}\n", ""
    )
    moved = moved.replace(
        "  answer: [tanh, sigmoid]",
        "    relu: {text: ReLU, because: A corner.}\n  answer: [tanh, sigmoid]",
    )
    shifted = sham.replace("options[2]", "options[1]")
    write_bank({"questions/basics.yaml": moved, "solvers/rules.py": shifted + steps})
    bank.db.close()
    bank = Bank("b", bank.root)
    found = report(bank, "basics/which-are-smooth")
    bank.db.close()
    assert found.status == "wrong"


WITNESS = "    return sum(1 for start in range(0, size, stride) if start + kernel <= size)"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("    return size", "one of the two is wrong"),
        ("    raise ValueError('not here')", "sizes.output_size_by_counting(size="),
        ("    return 1 / 0", "ZeroDivisionError"),
    ],
)
def test_a_witness_that_disagrees_or_fails_is_a_problem(
    tiny_files: dict[str, str], write_bank: Write, line: str, problem: str
) -> None:
    assert WITNESS in tiny_files["solvers/sizes.py"]
    sizes = tiny_files["solvers/sizes.py"].replace(WITNESS, line)
    bank = Bank("b", write_bank({**tiny_files, "solvers/sizes.py": sizes}))
    for id_ in ("sizes/rows-of-output", "sizes/computed-choice", "basics/stride-halves"):
        found = report(bank, id_)
        assert found.status == "wrong"
        assert any(problem in each for each in found.problems), found.problems
        assert found.evidence == ()
    bank.db.close()


def test_a_witness_that_needs_what_is_missing_leaves_the_key_computed(
    tiny_files: dict[str, str], write_bank: Write
) -> None:
    sizes = tiny_files["solvers/sizes.py"].replace(WITNESS, "    import no_such_library")
    bank = Bank("b", write_bank({**tiny_files, "solvers/sizes.py": sizes}))
    found = report(bank, "sizes/rows-of-output")
    bank.db.close()
    assert found.evidence == ("cited", "computed")
    assert "needs no_such_library" in found.witnesses["counting"]


def test_a_route_that_proves(tiny_files: dict[str, str], write_bank: Write) -> None:
    files = {
        name: text.replace("_by_counting", "_by_enumeration") for name, text in tiny_files.items()
    }
    bank = Bank("b", write_bank(files))
    assert report(bank, "sizes/rows-of-output").evidence == (
        "cited",
        "computed",
        "agreed",
        "proved",
    )
    bank.db.close()


FAILURES = [
    (SolverUnavailable("needs torch"), "unavailable", "needs torch"),
    (SolverTimedOut("took over 1 s"), "broken", "took over 1 s"),
    (Refused("no such size"), "wrong", "no draw of 200 has an answer; the last: no such size"),
]


@pytest.mark.parametrize(("error", "status", "problem"), FAILURES)
def test_a_solver_that_gives_nothing_is_not_a_wrong_key(
    tiny: Bank, error: Exception, status: str, problem: str
) -> None:
    def compute(name: str, given: Given) -> Value:
        raise error

    found = report(tiny, "sizes/rows-of-output", compute=compute)
    assert (found.status, found.evidence) == (status, ())
    assert problem in found.problems[0]


def test_a_float_without_tolerance_is_a_problem(
    tiny_files: dict[str, str], write_bank: Write
) -> None:
    text = (
        tiny_files["questions/sizes.yaml"]
        .replace("  within: 3 sig\n", "")
        .replace("answer: 1/3", "answer: 0.1")
    )
    solver = tiny_files["solvers/sizes.py"].replace(
        "return Fraction(part, whole) *", "return 0.1 *"
    )
    bank = Bank(
        "b", write_bank({**tiny_files, "questions/sizes.yaml": text, "solvers/sizes.py": solver})
    )
    found = report(bank, "sizes/one-third")
    bank.db.close()
    assert any("is no exact number; `within` is needed" in each for each in found.problems)


def test_seeds_are_variants_of_questions_that_vary(tiny: Bank) -> None:
    assert report(tiny, "sizes/rows-of-output", seeds=3).variants == 3
    assert report(tiny, "sizes/doubled", seeds=3).variants == 1


def test_all_orders_that_respect_the_pairs() -> None:
    assert linear_extensions(["a", "b", "c"], {("a", "c"), ("b", "c")}) == [
        ("a", "b", "c"),
        ("b", "a", "c"),
    ]


def test_a_remembering_compute_calls_once_and_remembers_refusals() -> None:
    calls = []

    def compute(name: str, given: Given) -> Value:
        calls.append((name, given))
        if given["n"] < 0:
            raise Refused("negative")
        return given["n"]

    remembered = remembering(compute)
    for _ in range(2):
        assert remembered("m.f", {"n": 1}) == 1
        assert remembered("m.g", {"n": 1}) == 1
        assert remembered("m.f", {"n": 2}) == 2
        with pytest.raises(Refused, match="negative"):
            remembered("m.f", {"n": -1})
    assert len(calls) == 4


def test_what_only_looks_the_same_is_not_remembered_as_the_same() -> None:
    remembered = remembering(lambda name, given: repr(given["n"]))
    values: list[Any] = [1, 1.0, True, "1", [1], ["1"]]
    assert [remembered("m.f", {"n": value}) for value in values] == [
        repr(value) for value in values
    ]
