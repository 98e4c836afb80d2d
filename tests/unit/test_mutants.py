"""The mutants' tool: what it changes, what it leaves alone, and that its verdicts can go either way."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.mutants.__main__ import mutants
from tests.mutants.changes import changes, guard_functions
from tests.mutants.report import Equivalents, Result, share, table

QUESTION = """\
doubled-and-one:
  kind: number
  level: fresher
  difficulty: 1
  ask: What is twice {{n}}, and one?
  given: {n: {one_of: [2, 3]}}
  solver: sums.doubled
  why: 2·{{n}} + 1 = {{answer}}.
  reference: counted
  examples:
  - {given: {n: 2}, answer: 5, reference: two and two and one, reject: ["4"]}
  - {given: {n: 3}, answer: 7, reference: three and three and one}
"""
SOLVER = '''
def doubled(n: int) -> int:
    """2 n + 1"""
    if n < 1:
        raise ValueError(f"n must be at least 1, found {n + 1}")
    return _twice(n) + 1


def doubled_by_counting(n: int) -> int:
    """Counted one by one."""
    return len([0, *range(n), *range(n)])


def _twice(n: int) -> int:
    return 2 * n
'''


def bank(folder: Path, question: str = QUESTION, solver: str = SOLVER) -> Path:
    (folder / "questions").mkdir(parents=True)
    (folder / "solvers").mkdir()
    (folder / "questions" / "sums.yaml").write_text(question, encoding="utf-8")
    (folder / "solvers" / "__init__.py").write_text('"""Sums."""\n', encoding="utf-8")
    (folder / "solvers" / "sums.py").write_text(f'"""Sums."""\n{solver}', encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QUIZKIT_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))


def found(root: Path, **options: Path) -> list[Result]:
    results, faulty, _ = mutants(root, [], jobs=0, seconds=0.2, **options)  # type: ignore[arg-type]
    assert not faulty
    return results


def survivors(results: list[Result]) -> list[str]:
    return [result.change.text for result in results if result.state == "survivor"]


def test_every_change_of_a_well_kept_solver_is_caught(tmp_path: Path) -> None:
    results = found(bank(tmp_path / "strong"))
    assert survivors(results) == []
    assert share(results) == 1
    assert len([result for result in results if not result.change.guard]) > 7


def test_a_witness_that_runs_the_solvers_code_and_no_examples_lets_changes_through(
    tmp_path: Path,
) -> None:
    question = QUESTION.partition("  examples:")[0].replace(
        "given: {n: {one_of: [2, 3]}}", "given: {n: 2}"
    )
    solver = SOLVER.replace("len([0, *range(n), *range(n)])", "_twice(n) + 1")
    results = found(bank(tmp_path / "weak", question + "  answer: 5\n  within: 3\n", solver))
    left = survivors(results)
    assert "sums._twice: return 2 * n -> return 3 * n" in left
    assert "sums.doubled: return _twice(n) + 1 -> return _twice(n) + 2" not in left  # its own code
    assert {result.shared for result in results if result.change.name == "_twice"} == {True}


def test_a_question_whose_arguments_do_not_tell_is_found_out(tmp_path: Path) -> None:
    question = (
        QUESTION.replace("[2, 3]", "[2]").replace("n: 3", "n: 2").replace("answer: 7", "answer: 5")
    )
    results = found(bank(tmp_path / "narrow", question))
    # 2 · 2 and 2 ** 2 and 2 + 2 are one; so is 4 // 2 where nothing but n = 2 is asked
    solver = SOLVER.replace("2 * n", "n**2")
    assert "sums._twice: return n ** 2 -> return n * 2" in survivors(
        found(bank(tmp_path / "square", question, solver))
    )
    assert survivors(results) == []


def test_a_change_judged_equivalent_is_no_survivor(tmp_path: Path) -> None:
    question = (
        QUESTION.replace("[2, 3]", "[2]").replace("n: 3", "n: 2").replace("answer: 7", "answer: 5")
    )
    root = bank(tmp_path / "square", question, SOLVER.replace("2 * n", "n**2"))
    judged = tmp_path / "equivalent.txt"
    judged.write_text(
        "# why\nsums._twice: return n ** 2 -> …: only n = 2 is asked\n", encoding="utf-8"
    )
    results = found(root, equivalent=judged)
    assert survivors(results) == []
    assert [result.equivalent for result in results if result.state == "equivalent"] == [
        "only n = 2 is asked"
    ]


def test_code_that_no_question_runs_is_told_apart(tmp_path: Path) -> None:
    solver = f"{SOLVER}\n\ndef tripled(n: int) -> int:\n    return 3 * n\n"
    results = found(bank(tmp_path / "more", solver=solver))
    assert {r.state for r in results if r.change.name == "tripled"} == {"unasked"}
    assert share(results) == 1


@pytest.mark.parametrize(("kind", "left"), [("Literal[2]", []), ("int", [1])])
def test_what_is_the_same_for_every_argument_there_is_is_no_survivor(
    tmp_path: Path, kind: str, left: list[int]
) -> None:
    question = (
        QUESTION.replace("[2, 3]", "[2]").replace("n: 3", "n: 2").replace("answer: 7", "answer: 5")
    )
    solver = SOLVER.replace("2 * n", "n**2").replace("n: int", f"n: {kind}")
    root = bank(tmp_path / "square", question, f"\nfrom typing import Literal\n{solver}")
    assert [1 for text in survivors(found(root)) if text.endswith("n ** 2 -> return n * 2")] == left


def test_a_line_that_fits_no_change_is_told(tmp_path: Path) -> None:
    judged = tmp_path / "equivalent.txt"
    judged.write_text("sums.gone: a -> b: gone\n", encoding="utf-8")
    _, _, stale = mutants(bank(tmp_path / "strong"), [], jobs=0, equivalent=judged)
    assert stale == ["sums.gone: a -> b: gone"]


def test_a_line_without_reason_is_refused(tmp_path: Path) -> None:
    judged = tmp_path / "equivalent.txt"
    judged.write_text("sums.doubled\n", encoding="utf-8")
    with pytest.raises(
        ValueError, match=r"expected `module.function: original -> mutated: reason`"
    ):
        Equivalents(judged)


def test_a_change_that_never_ends_is_caught(tmp_path: Path) -> None:
    solver = SOLVER.replace(
        "    return 2 * n\n", "    t = 0\n    while t < 2 * n:\n        t += 1\n    return t\n"
    )
    results = found(bank(tmp_path / "loop", solver=solver))
    hung = {result.change.text for result in results if result.verdict.by == "hang"}
    assert "sums._twice: t += 1 -> t -= 1" in hung


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")  # other tests' threads
def test_forked_processes_find_the_same(tmp_path: Path) -> None:
    root = bank(tmp_path / "strong")
    alone = found(root)
    together, _, _ = mutants(root, [], jobs=2)
    assert [(r.change.text, r.state) for r in together] == [(r.change.text, r.state) for r in alone]


def texts(source: str) -> list[str]:
    body = ast.parse(source).body
    return [
        f"{change.original} -> {change.mutated}"
        for statement in body
        for change in changes("m", statement, guard_functions(body))
    ]


def test_messages_annotations_defaults_and_docstrings_stay_as_they_are() -> None:
    source = '''
def f(n: Literal[1, 2] = 3) -> list[4]:
    """5 + 6"""
    rest: Literal[7] = n
    raise ValueError(f"{8 + 9}")
'''
    assert texts(source) == []


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("a + b", "a - b"),
        ("a // b", "a / b"),
        ("a < b", "a <= b"),
        ("a == b", "a != b"),
        ("a and b", "a or b"),
        ("f(0)", "f(1)"),
        ("f(7)", "f(6)"),
        ("f(0.5)", "f(1.0)"),
        ("f(-a)", "f(a)"),
        ("min(a, b)", "max(a, b)"),
        ("math.floor(a)", "math.ceil(a)"),
        ("abs(a)", "a"),
        ("range(a)", "range(a + 1)"),
        ("range(a, b)", "range(a, b + 1)"),
        ("[x for x in a if x < 1]", "[x for x in a if not x < 1]"),
        ("a if b else c", "a if not b else c"),
    ],
)
def test_what_an_expression_is_changed_into(expression: str, expected: str) -> None:
    assert any(
        text.endswith(f"-> x = {expected}") for text in texts(f"def f():\n    x = {expression}")
    )


def test_conditions_that_only_refuse_are_guards() -> None:
    source = """
def _positive(n):
    if n < 1:
        raise ValueError(f"n must be positive, found {n}")

def f(n, m):
    _positive(n - 1)
    if m > 2:
        raise ValueError("m")
    return n if m > 1 else m
"""
    body = ast.parse(source).body
    every = [each for node in body for each in changes("m", node, guard_functions(body))]
    unguarded = {each.original for each in every if not each.guard}
    assert unguarded == {"m > 1", "return n if m > 1 else m"} or all(
        "m > 1" in o for o in unguarded
    )
    assert any(each.guard and each.original == "m > 2" for each in every)
    assert any(each.guard and each.original == "_positive(n - 1)" for each in every)


def test_the_table_counts_by_module_and_in_all(tmp_path: Path) -> None:
    lines = table(found(bank(tmp_path / "strong"))).splitlines()
    assert lines[0].split() == [
        "module",
        "mutants",
        "caught",
        "guards",
        "unasked",
        "equivalent",
        "survivors",
        "share",
    ]
    assert [line.split()[0] for line in lines[1:]] == ["sums", "all"]
    assert lines[1].endswith("100.0%")
