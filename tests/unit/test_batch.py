"""Answers line by line: each line has its result, and nothing of the input is lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizkit import evidence
from quizkit.bank.bank import BUILT_IN, Bank, Shelf
from quizkit.errors import SolverBroken, SolverTimedOut
from quizkit.study import batch
from quizkit.study.batch import Batch
from quizkit.worker import Compute

ROWS = "sizes/rows-of-output"
SEED = 1


@pytest.fixture
def trusted(tiny: Bank) -> Iterator[Bank]:
    """The tiny bank as if it were built in, so that its solvers run here."""
    bank = Bank(BUILT_IN, tiny.root)
    yield bank
    bank.db.close()


@pytest.fixture
def batch_of(trusted: Bank) -> Iterator[Batch]:
    shelf = Shelf([trusted])
    with Compute(shelf) as compute:
        yield Batch(shelf, compute)


def graded(one: Batch, *lines: Any) -> list[dict[str, Any]]:
    raw = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    return list(one.grade(line + b"\n" for line in raw))


def answer_to(one: Batch, seed: int = SEED) -> int:
    given = one._variant(ROWS, seed).given
    return (given["size"] - given["kernel"]) // given["stride"] + 1


def test_a_right_and_a_wrong_answer(batch_of: Batch) -> None:
    key = answer_to(batch_of)
    right, wrong, mistaken = graded(
        batch_of,
        {"question": ROWS, "seed": SEED, "answer": str(key)},
        {"question": ROWS, "seed": SEED, "answer": "999"},
        {"question": ROWS, "seed": SEED, "answer": key - 1},
    )
    assert (right["question"], right["seed"], right["verdict"]) == (ROWS, SEED, "right")
    assert right["score"] == 1.0
    assert (wrong["verdict"], wrong["score"], wrong["misconception"]) == ("wrong", 0.0, None)
    assert (mistaken["verdict"], mistaken["misconception"]) == ("wrong", "off-by-one")
    fields = {"question", "seed", "verdict", "score", "misconception", "convention", "feedback"}
    assert set(right) == set(wrong) == fields | {"evidence"}


def test_an_answer_under_another_convention_says_so(batch_of: Batch) -> None:
    cases = [("33.3", "as a percentage", "partly"), ("34", None, "wrong")]
    for answer, convention, verdict in cases:
        (found,) = graded(batch_of, {"question": "sizes/one-third", "answer": answer})
        assert (found["verdict"], found["convention"]) == (verdict, convention)


NO_VERDICT = [
    ({"question": ROWS, "answer": "a dozen"}, "misread", "expected a number"),
    ({"question": ROWS, "answer": ""}, "unanswered", ""),
    ({"question": ROWS, "answer": "  "}, "unanswered", ""),
    ({"question": ROWS}, "unanswered", ""),
    ({"question": ROWS, "answer": None}, "unanswered", ""),
    ({"question": ROWS, "answer": "3", "fingerprint": "old"}, "stale", "was edited"),
    ({"question": ROWS, "answer": "3", "fingerprint": ["old"]}, "stale", "was edited"),
]


@pytest.mark.parametrize(("line", "verdict", "feedback"), NO_VERDICT)
def test_what_is_not_graded_scores_nothing(
    batch_of: Batch, line: dict[str, Any], verdict: str, feedback: str
) -> None:
    (found,) = graded(batch_of, line)
    assert (found["verdict"], found["score"]) == (verdict, 0.0)
    assert feedback in found["feedback"]


def test_a_misread_answer_keeps_its_text_and_place(batch_of: Batch) -> None:
    (found,) = graded(batch_of, {"question": ROWS, "answer": "12 dozen"})
    assert (found["verdict"], found["answer"], found["position"]) == ("misread", "12 dozen", 3)


def test_the_questions_own_fingerprint_is_not_stale(batch_of: Batch, trusted: Bank) -> None:
    line = {"question": ROWS, "answer": "1", "fingerprint": trusted.entry(ROWS).fingerprint}
    assert graded(batch_of, line)[0]["verdict"] == "wrong"


FAULTS: list[tuple[Any, str]] = [
    (b"not json", "not JSON"),
    (b"\xff\xfe", "not JSON"),
    (b"[" * 50_000, "not JSON"),
    (b"[1, 2]", "expected an object"),
    (b"3", "expected an object"),
    (b'{"a": NaN}', "not JSON"),
    (b" " * batch.MAX_LINE + b"x", "the line has 1,000,002 bytes; expected at most 1,000,000"),
    ({"answer": "3"}, "no question; expected its id"),
    ({"question": 7, "answer": "3"}, "no question; expected its id"),
    ({"question": "sizes/rows-of-outputs"}, "did you mean 'sizes/rows-of-output'"),
    ({"question": "tiny:sizes/one-third"}, "no bank 'tiny' is open"),
    ({"question": ROWS, "seed": -1}, "seed must be a whole number from 0 to 2^53"),
    ({"question": ROWS, "seed": 2**53 + 1}, "seed must be"),
    ({"question": ROWS, "seed": 1.5}, "seed must be"),
    ({"question": ROWS, "seed": True}, "seed must be"),
    ({"question": ROWS, "seed": "1"}, "seed must be"),
]


@pytest.mark.parametrize(("line", "message"), FAULTS)
def test_a_fault_has_its_own_line_and_ends_nothing(
    batch_of: Batch, line: Any, message: str
) -> None:
    good = {"question": ROWS, "seed": SEED, "answer": str(answer_to(batch_of))}
    before, found, after = graded(batch_of, good, line, good)
    assert before == after
    assert after["verdict"] == "right"
    assert (found["line"], found["verdict"]) == (2, None)
    assert message in found["error"]


def test_a_line_that_cannot_be_read_is_handed_back(batch_of: Batch) -> None:
    (found,) = graded(batch_of, b"anna; 12; {")
    assert found["raw"] == "anna; 12; {"


def test_blank_lines_are_skipped_but_counted(batch_of: Batch) -> None:
    (found,) = graded(batch_of, b"", b"  ", b"oops")
    assert found["line"] == 3


def test_unknown_fields_pass_through_and_none_is_overwritten(batch_of: Batch) -> None:
    own = {"student": "Ada", "verdict": "mine", "line": 9, "passed": True, "n": [1, {"x": None}]}
    for answer in ("3", "huh"):
        (found,) = graded(batch_of, {"question": ROWS, "answer": answer, **own})
        kept = {**found, **found.get("passed", {})}
        assert {key: kept[key] for key in own} == own
        assert found["verdict"] in ("wrong", "misread")


def test_one_of_them_alone_is_passed_as_it_is(batch_of: Batch) -> None:
    (found,) = graded(batch_of, {"question": ROWS, "answer": "3", "passed": True})
    assert found["passed"] is True


def test_evidence_comes_with_the_grade(tiny: Bank, batch_of: Batch, trusted: Bank) -> None:
    trusted.db.close()
    record = evidence.Record(stamp=tiny.entry(ROWS).stamp, evidence=("cited", "agreed"))
    evidence.write(tiny.root, {ROWS: record})
    bank = Bank(BUILT_IN, tiny.root)
    shelf = Shelf([bank])
    with Compute(shelf) as compute:
        (found,) = graded(Batch(shelf, compute), {"question": ROWS, "answer": "3"})
    assert found["evidence"] == ["cited", "agreed"]
    bank.db.close()


@pytest.mark.parametrize(
    ("error", "verdict"),
    [(SolverTimedOut("took over 1 s"), "timed out"), (SolverBroken("m.f failed"), None)],
)
def test_a_solver_that_fails_is_never_a_wrong_answer(
    batch_of: Batch, error: Exception, verdict: str | None
) -> None:
    class Failing:
        def of(self, bank: Bank) -> Any:
            def compute(name: str, given: Any) -> Any:
                raise error

            return compute

    failing: Any = Failing()
    (found,) = graded(Batch(batch_of.shelf, failing), {"question": ROWS, "answer": "3", "id": 7})
    assert (found["verdict"], found["error"], found["answer"]) == (verdict, str(error), "3")
    assert found["id"] == 7
    assert "score" not in found


def test_a_variant_is_computed_once(batch_of: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    original = batch.make

    def counted(*args: Any, **kwargs: Any) -> Any:
        made.append(args[1])
        return original(*args, **kwargs)

    monkeypatch.setattr(batch, "make", counted)
    monkeypatch.setattr(batch, "KEPT_VARIANTS", 2)
    graded(batch_of, *[{"question": ROWS, "seed": seed, "answer": "1"} for seed in (1, 1, 2, 1)])
    assert made == [1, 2]
    graded(batch_of, *[{"question": ROWS, "seed": seed, "answer": "1"} for seed in (3, 3)])
    assert len(batch_of._variants) == 1  # what is kept is bounded


def test_results_stream(batch_of: Batch) -> None:
    taken = []

    def lines() -> Iterator[bytes]:
        for n in range(3):
            taken.append(n)
            yield b'{"question": "sizes/doubled", "answer": "2, 4"}\n'

    results = batch_of.grade(lines())
    assert next(results)["verdict"] == "right"
    assert taken == [0]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)
lines = st.dictionaries(
    st.sampled_from(["question", "seed", "answer", "fingerprint", "passed", "line", "x"]),
    json_values | st.sampled_from(["cnn/valid-output-size", "backprop/none", "q:a/b"]),
).map(lambda data: json.dumps(data).encode())


@pytest.fixture(scope="module")
def module_batch(built_in_bank: Bank) -> Iterator[Batch]:
    shelf = Shelf([built_in_bank])
    with Compute(shelf) as compute:
        yield Batch(shelf, compute)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.binary(max_size=60) | lines, max_size=4))
def test_no_input_whatever_ends_a_batch(module_batch: Batch, raw: list[bytes]) -> None:
    raw = [line.replace(b"\n", b" ") for line in raw]
    results = list(module_batch.grade(raw))
    assert len(results) == sum(1 for line in raw if line.strip())
    for result in results:
        json.dumps(result)
