"""Kinds written as text, symbolic shapes and estimates, from the file to the verdict of `verify`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quizkit.bank import check as rules
from quizkit.bank.bank import Bank
from quizkit.bank.schema import questions
from quizkit.bank.source import Source
from quizkit.grading.explain import explained
from quizkit.grading.tries import tries
from quizkit.model import Given, Value
from quizkit.terminal import words
from quizkit.variant import make
from quizkit.verify.keys import check
from quizkit.verify.report import Report

Write = Callable[..., Path]

QUESTIONS = """
cost-of-attention:
  kind: complexity
  level: fresher
  difficulty: 1
  ask: How does the time of self-attention grow in T and d?
  symbols: [T, d]
  solver: forms.attention
  answer: O(d T^2)
  misconceptions:
    linear: {value: O(T d), because: Each token looks at every other one.}
  accept: ["T²·d", "Θ(T^2 d)"]
  reject: ["O(T d)", "O(T^3)"]
  why: T² products of length d.
scores:
  kind: einsum
  level: fresher
  difficulty: 1
  ask: Which einsum gives the scores?
  solver: forms.scores
  answer: "xqd,xkd->xqk"
  misconceptions:
    turned: {value: "bij,bkj->bki", because: That is transposed.}
  accept: ["bid,bjd->bij"]
  reject: ["bij,bjk->bik"]
  why: Rows with rows.
format:
  kind: dtype
  level: fresher
  difficulty: 1
  ask: Which format has the exponent of float32 in 16 bits?
  solver: forms.wide
  answer: bf16
  misconceptions:
    half: {value: half, because: It has five bits of exponent.}
  accept: [torch.bfloat16]
  reject: [fp16]
  why: It is the upper half of float32.
batch:
  kind: shape
  level: fresher
  difficulty: 1
  ask: Which shape?
  symbols: [N]
  layouts: {channels last: [0, 2, 3, 1]}
  solver: forms.batch
  answer: [N*2, 64, 7, 9]
  misconceptions:
    no-batch: {value: [64, 7, 9, 1], because: The batch is an axis.}
  accept: ["(2N, 64, 7, 9)"]
  reject: ["2N×7×9×64"]
  why: Two images for each of N.
slope:
  kind: expression
  level: fresher
  difficulty: 1
  ask: What is the slope of x²?
  symbols: {x: real}
  solver: forms.slope
  answer: 2*x
  misconceptions:
    halved: {value: x, because: Two factors change.}
  accept: ["x + x"]
  reject: ["x^2"]
  why: Both factors change.
estimate:
  kind: number
  level: fresher
  difficulty: 1
  ask: How many in {{days}} days, roughly?
  given: {days: {from: 10, to: 20}}
  solver: forms.seconds
  fermi: {full: 2, part: 10}
  misconceptions:
    minutes: {mistake: forms.minutes, because: Those are minutes.}
  why: 86,400 a day.
  examples:
  - {given: {days: 10}, answer: 864000, reference: by hand, accept: ["1M"], reject: ["3M"]}
  - {given: {days: 20}, answer: 1728000, reference: by hand}
"""

SOLVERS = '''
"""Answers in text."""


def attention() -> str:
    """T^2 d"""
    return "O(T^2 d)"


def attention_by_counting() -> str:
    """The same with what is lower."""
    return "O(d T^2 + T d)"


def scores() -> str:
    """q k"""
    return "bij,bkj->bik"


def wide() -> str:
    """bfloat16"""
    return "bfloat16"


def batch() -> tuple[str, int, int, int]:
    """2N images"""
    return ("2*N", 64, 7, 9)


def batch_by_loop() -> tuple[str, int, int, int]:
    """The same, added up."""
    return ("N + N", 64, 7, 9)


def slope() -> str:
    """d/dx x^2"""
    return "(x**2 + x**2)/x"


def seconds(days: int) -> int:
    """86400 days"""
    return 86400 * days
'''
MISTAKES = '''
"""Wrong on purpose."""


def minutes(days: int) -> int:
    """Wrong on purpose."""
    return 1440 * days
'''


@pytest.fixture
def files(tiny_files: dict[str, str]) -> dict[str, str]:
    return {
        **tiny_files,
        "questions/forms.yaml": QUESTIONS,
        "solvers/forms.py": SOLVERS,
        "solvers/mistakes/forms.py": MISTAKES,
    }


def report(folder: Path, slug: str) -> Report:
    bank = Bank("tiny", folder)
    found = check(bank.entry(f"forms/{slug}"), bank.functions(), bank.solvers.call)
    bank.db.close()
    return found


@pytest.mark.parametrize(
    "slug", ["cost-of-attention", "scores", "format", "batch", "slope", "estimate"]
)
def test_equality_is_the_kind_s_own(files: dict[str, str], write_bank: Write, slug: str) -> None:
    found = report(write_bank(files), slug)
    assert (found.status, found.problems) == ("right", ())


EDITS = [
    ("cost-of-attention", "answer: O(d T^2)", "answer: O(T^2)", "correct the stated answer"),
    ("cost-of-attention", "value: O(T d)", "value: O(T d + 3 d T^2)", "takes linear"),
    ("cost-of-attention", '["T²·d"', '["T²"', "is graded wrong"),
    ("scores", '"xqd,xkd->xqk"', '"xqd,xkd->xkq"', "correct the stated answer"),
    ("scores", '"bij,bkj->bki"', '"abc,adc->abd"', "takes turned"),
    ("format", "answer: bf16", "answer: fp16", "correct the stated answer"),
    ("format", "value: half", "value: bf16", "takes half"),
    ("batch", "answer: [N*2,", "answer: [N*3,", "correct the stated answer"),
    ("batch", "value: [64, 7, 9, 1]", "value: [2N, 64, 7, 9]", "takes no-batch"),
    ("slope", "answer: 2*x", "answer: 3*x", "correct the stated answer"),
    ("slope", "value: x,", "value: x + x,", "takes halved"),
    ("estimate", "full: 2", "full: 60, part: 60}  # ", "takes minutes"),
    ("estimate", "answer: 864000", "answer: 864001", "correct the stated answer"),
]


@pytest.mark.parametrize(("slug", "old", "new", "problem"), EDITS)
def test_a_broken_promise_is_noticed(
    files: dict[str, str], write_bank: Write, slug: str, old: str, new: str, problem: str
) -> None:
    assert old in files["questions/forms.yaml"]
    files["questions/forms.yaml"] = files["questions/forms.yaml"].replace(old, new, 1)
    found = report(write_bank(files), slug)
    assert found.status == "wrong"
    assert any(problem in message for message in found.problems), found.problems


def test_a_key_that_cannot_be_read_is_a_problem(files: dict[str, str], write_bank: Write) -> None:
    files["solvers/forms.py"] = SOLVERS.replace('return "O(T^2 d)"', 'return "O(T^2 d"')
    found = report(write_bank(files), "cost-of-attention")
    assert found.status == "wrong"
    assert any("is no complexity: expected ')'" in message for message in found.problems)


def test_a_formula_is_shown_as_its_author_spells_it(
    files: dict[str, str], write_bank: Write
) -> None:
    def never(name: str, given: Given) -> Value:
        raise AssertionError(f"{name} was called")

    bank = Bank("tiny", write_bank(files))
    assert make(bank.entry("forms/slope"), 0, never).key == "2*x"
    bank.db.close()


HEAD: dict[str, Any] = {
    "level": "fresher",
    "difficulty": 1,
    "ask": "?",
    "why": "!",
    "reference": "r",
}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ({"kind": "complexity", "symbols": ["n"], "answer": "O(n)"}, None),
        ({"kind": "complexity", "symbols": ["n"], "answer": "O(m)"}, "expression in n"),
        ({"kind": "einsum", "answer": "ij->k"}, "each index of the result"),
        ({"kind": "dtype", "answer": "float"}, "float32 or float64"),
        ({"kind": "dtype", "answer": 32}, "expected text"),
        ({"kind": "number", "answer": 1, "fermi": {"full": 3, "part": 2}}, "at least full"),
        ({"kind": "number", "answer": 1, "fermi": {"full": 2, "part": 9}}, None),
        ({"kind": "shape", "answer": [1, 2], "layouts": {"turned": [1, 0]}}, None),
        ({"kind": "shape", "answer": [1, 2], "layouts": {"turned": [0, 1]}}, "another order"),
        ({"kind": "shape", "answer": [1, 2], "layouts": {"turned": [2, 1]}}, "another order"),
    ],
)
def test_a_question_is_held_to_its_kind(question: dict[str, Any], expected: str | None) -> None:
    source = Source("f", {"one-question": {**HEAD, **question}}, {}, [])
    read, problems = questions(source)
    assert problems == []
    found = [message for _, message in rules.problems(read["one-question"])]
    assert found == [] if expected is None else any(expected in message for message in found)


@pytest.mark.parametrize(
    ("slug", "expected"),
    [
        ("cost-of-attention", "type a bound, such as O(n log n); symbols: T, d"),
        ("batch", "type a shape, such as (28, 28, 64) or 28x28x64; symbols: N"),
        ("estimate", "type a number, an estimate: within a factor of 2 counts in full"),
        ("scores", "type the subscripts, such as bij,bjk->bik"),
        ("format", "type a number format, such as float32"),
    ],
)
def test_the_learner_is_told_what_to_type(
    files: dict[str, str], write_bank: Write, slug: str, expected: str
) -> None:
    bank = Bank("tiny", write_bank(files))
    variant = make(bank.entry(f"forms/{slug}"), 1, bank.solvers.call)
    bank.db.close()
    assert words.how(variant, keys=False) == expected


@pytest.mark.parametrize("slug", ["cost-of-attention", "scores", "format", "batch", "estimate"])
def test_each_try_is_graded_as_it_deserves(
    files: dict[str, str], write_bank: Write, slug: str
) -> None:
    bank = Bank("tiny", write_bank(files))
    variant = make(bank.entry(f"forms/{slug}"), 1, bank.solvers.call)
    bank.db.close()
    for each in tries(variant):
        assert explained(each.raw, variant)[-1].startswith("so it is right") is each.right, each
