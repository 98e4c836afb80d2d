"""Answers that may be dear are graded in a process of their own, and what does not come back is killed."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from quizkit.bank.bank import BUILT_IN, Bank, Shelf
from quizkit.study import batch
from quizkit.study.apart import Apart, is_dear
from quizkit.study.batch import Batch
from quizkit.worker import Compute

posix = pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")

FORMULA = "activations/slope-of-softsign"
NUMBER = "cnn/valid-output-size"


class Stuck(Apart):
    module = "tests.hostile.stuck"


@pytest.fixture
def shelf(built_in_bank: Bank) -> Shelf:
    return Shelf([built_in_bank])


@pytest.fixture
def graded(shelf: Shelf) -> Iterator[Callable[..., list[dict[str, Any]]]]:
    with Compute(shelf) as compute:

        def all_of(*answers: tuple[str, str], **more: Any) -> list[dict[str, Any]]:
            lines = [json.dumps({"question": id_, "answer": raw}).encode() for id_, raw in answers]
            return list(Batch(shelf, compute, **more).grade(lines))

        yield all_of


ANSWERS = [
    (FORMULA, "1/(1+|x|)^2"),
    (FORMULA, "1/(1+x)^2"),
    (FORMULA, "1/(1+"),
    (FORMULA, "1/(1+y)"),
    (FORMULA, ""),
    (NUMBER, "1" * 300),
    (NUMBER, "1"),
    ("no/such", "x" * 300),
]


@pytest.mark.parametrize("explain", [False, True])
def test_what_is_said_does_not_depend_on_where_it_is_found(
    graded: Callable[..., list[dict[str, Any]]], explain: bool
) -> None:
    here = graded(*ANSWERS, explain=explain, apart=False)
    assert graded(*ANSWERS, explain=explain) == here
    assert [each["verdict"] for each in here[:3]] == ["right", "wrong", "misread"]


@posix
def test_an_answer_that_does_not_come_back_ends_alone(
    monkeypatch: pytest.MonkeyPatch, graded: Callable[..., list[dict[str, Any]]]
) -> None:
    monkeypatch.setattr(batch, "Apart", lambda shelf: Stuck(shelf, seconds=3))
    began = time.monotonic()
    found = graded(
        (FORMULA, "1/(1+|x|)^2"), (FORMULA, "stuck"), (FORMULA, "gone"), (FORMULA, "1/(1+|x|)^2")
    )
    assert time.monotonic() - began < 60
    assert [each["verdict"] for each in found] == ["right", "timed out", None, "right"]
    assert "was stopped" in found[1]["error"]
    assert found[1]["answer"] == "stuck"
    assert "ended its process" in found[2]["error"]


def test_the_child_ends_with_the_workers(tiny: Bank) -> None:
    shelf = Shelf([Bank(BUILT_IN, tiny.root)])
    with Compute(shelf) as compute:
        line = json.dumps({"question": "sizes/doubled", "answer": "2, 4" + " " * 300}).encode()
        (found,) = Batch(shelf, compute).grade([line])
        assert found["verdict"] == "right"
        child = compute.kept("apart", lambda: pytest.fail("none was started"))
        assert child._child is not None
    assert child._child is None


def test_short_numbers_need_no_process() -> None:
    assert not is_dear("number", "25.6M")
    assert not is_dear("shape", "28x28x64")
    assert is_dear("expression", "x")
    assert is_dear("number", "1" * 1000)
