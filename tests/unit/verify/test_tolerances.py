"""A tolerance that takes a mistake for the key at one draw in many is found without luck."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quizkit.bank.bank import Bank
from quizkit.verify import variants
from quizkit.verify.keys import check
from quizkit.verify.report import Report
from quizkit.verify.variants import every_given

Write = Callable[..., Path]

SOLVERS = '''
from fractions import Fraction


def share(n: int) -> Fraction:
    """n / (n + 1)"""
    return Fraction(n, n + 1)


def decimal(n: int) -> float:
    return n / (n + 1)


def shares(n: int) -> list[float]:
    return [n / (n + 1), 1.0]


def half(share: float) -> float:
    return share / 2


def odd(n: int) -> Fraction:
    if n % 2 == 0:
        raise ValueError("n must be odd")
    return share(n)
'''
MISTAKES = """
from fractions import Fraction


def one_fewer(n: int) -> Fraction:
    return Fraction(n - 1, n)


def ones_fewer(n: int) -> list[float]:
    return [(n - 1) / n, 1.0]


def half_of_fewer(share: float) -> float:
    return (1 - (1 - share) / share) / 2
"""
QUESTION = """
share:
  kind: number
  level: fresher
  difficulty: 1
  ask: Which share are {{n}} of one more?
  given: {n: {from: 2, to: 40}}
  solver: shares.share
  within: 0.064 %
  misconceptions:
    one-fewer: {mistake: shares.one_fewer, because: You counted one too few.}
  hints: [Count them.]
  why: It is {{answer}}.
  examples:
  - {given: {n: 2}, answer: 2/3, reference: by hand, accept: ["2/3"], reject: ["1/2"]}
  - {given: {n: 3}, answer: 3/4, reference: by hand, accept: ["3/4"], reject: ["2/3"]}
"""
EVEN = "the tolerance takes one-fewer (39/40) for the key 40/41, for n=40"


def report(write_bank: Write, *edits: tuple[str, str], question: str = QUESTION) -> Report:
    for old, new in edits:
        assert old in question
        question = question.replace(old, new)
    files = {
        "questions/shares.yaml": question,
        "solvers/shares.py": SOLVERS,
        "solvers/mistakes/shares.py": MISTAKES,
    }
    bank = Bank("b", write_bank(files))
    found = check(bank.entry("shares/share"), bank.functions(), bank.solvers.call)
    bank.db.close()
    return found


def test_one_draw_of_many_is_found(write_bank: Write) -> None:
    found = report(write_bank)
    assert (found.status, found.problems) == ("wrong", (EVEN,))


@pytest.mark.parametrize("edit", [("0.064 %", "0.06 %"), ("to: 40", "to: 39")])
def test_where_no_draw_is_taken_all_is_well(write_bank: Write, edit: tuple[str, str]) -> None:
    assert report(write_bank, edit).problems == ()


def test_a_draw_that_is_refused_is_never_asked(write_bank: Write) -> None:
    edits = [
        ("shares.share", "shares.odd"),
        ("{n: 2}, answer: 2/3", "{n: 5}, answer: 5/6"),
        ('accept: ["2/3"]', 'accept: ["5/6"]'),
    ]
    assert report(write_bank, *edits).problems == ()


def test_an_array_and_an_estimate_are_held_to_account_as_well(write_bank: Write) -> None:
    array = [
        ("kind: number", "kind: array"),
        ("shares.share", "shares.shares"),
        ("shares.one_fewer", "shares.ones_fewer"),
        ("answer: 2/3", "answer: [0.66667, 1]"),
        ("answer: 3/4", "answer: [0.75, 1]"),
        ('accept: ["2/3"], reject: ["1/2"]', 'accept: ["2/3, 1"]'),
        ('accept: ["3/4"], reject: ["2/3"]', 'accept: ["0.75 1"]'),
    ]
    (problem,) = report(write_bank, *array).problems
    assert problem.endswith("for n=40")
    estimate = [("within: 0.064 %", "within: 3 sig\n  fermi: {full: 1.00063, part: 2}")]
    (problem,) = report(write_bank, *estimate).problems
    assert problem.endswith("for n=40")


PARTS = """
share:
  kind: parts
  level: fresher
  difficulty: 1
  ask: Which share are {{n}} of one more, and half of it?
  given: {n: {from: 2, to: 40}}
  parts:
    whole: {ask: The share?, solver: shares.decimal, within: 0.01 %}
    half:
      ask: Its half?
      solver: shares.half
      uses: {share: whole}
      within: 0.064 %
      misconceptions:
        one-fewer: {mistake: shares.half_of_fewer, because: You counted one too few.}
  hints: [Count them.]
  why: It is {{answer}}.
  examples:
  - {given: {n: 3}, answer: [0.75, 0.375], reference: by hand}
  - {given: {n: 4}, answer: [0.8, 0.4], reference: by hand}
"""


def test_each_part_is_held_against_its_own_tolerance(write_bank: Write) -> None:
    files = {
        "questions/shares.yaml": PARTS,
        "solvers/shares.py": SOLVERS,
        "solvers/mistakes/shares.py": MISTAKES,
    }
    bank = Bank("b", write_bank(files))
    found = check(bank.entry("shares/share"), bank.functions(), bank.solvers.call)
    bank.db.close()
    (problem,) = found.problems
    assert "the tolerance takes one-fewer (0.4875" in problem


def given_of(write_bank: Write, given: str) -> list[dict[str, Any]]:
    question = QUESTION.replace("{n: {from: 2, to: 40}}", given).replace("{{n}}", "{{n}} {{m}}")
    question = question.replace("{n: 2}", "{n: 2, m: 5}").replace("{n: 3}", "{n: 5, m: 5}")
    files = {
        "questions/shares.yaml": question,
        "solvers/shares.py": SOLVERS.replace("(n: int)", "(n: int, m: int = 1)"),
        "solvers/mistakes/shares.py": MISTAKES.replace("(n: int)", "(n: int, m: int = 1)"),
    }
    bank = Bank("b", write_bank(files))
    found = list(every_given(bank.entry("shares/share")))
    bank.db.close()
    return found


def test_a_small_domain_is_gone_through_whole(write_bank: Write) -> None:
    found = given_of(write_bank, "{n: {from: 2, to: 8, step: 3}, m: {one_of: [5, 7]}}")
    assert found == [{"n": n, "m": m} for n in (2, 5, 8) for m in (5, 7)]


def test_of_a_large_one_the_ends_are_tried_and_many_others(
    write_bank: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(variants, "MOST_DRAWS", 100)
    found = given_of(write_bank, "{n: {from: 2, to: 400}, m: {from: 1, to: 9}}")
    assert all({"n": n, "m": m} in found for n in (2, 400) for m in (1, 9))
    assert len({tuple(each.values()) for each in found}) > 40
