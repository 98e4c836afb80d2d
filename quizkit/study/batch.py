"""Grades answers line by line: one JSON object in, one out, and nothing of the input is lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from quizkit import grading
from quizkit.diagnosis import Compute as Solve
from quizkit.errors import QuizkitError, SolverTimedOut
from quizkit.evidence import known
from quizkit.model import Given, Misread, Value, Variant, kind_of
from quizkit.study.apart import Apart, is_dear
from quizkit.variant import make

if TYPE_CHECKING:
    from quizkit.bank.bank import Shelf
    from quizkit.worker import Compute

MAX_LINE = 1_000_000
MAX_SEED = 2**53  # what every JSON reader keeps exactly
KEPT_VARIANTS = 1_000

_KNOWN = ("question", "seed", "answer", "fingerprint")


class Unusable(Exception):
    """A line that cannot be graded; its message says why."""


class Batch:
    """Grades lines against the open banks; variants that come again are computed once."""

    def __init__(
        self, shelf: Shelf, compute: Compute, *, explain: bool = False, apart: bool = True
    ) -> None:
        self.shelf = shelf
        self.compute = compute
        self.explain = explain  # say each step of each decision
        self.apart = apart  # grade what may be dear in another process
        self._variants: dict[tuple[str, int], Variant] = {}
        self._calls: dict[tuple[str, str], Value] = {}

    def grade(self, lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
        """One result per line that is not blank; a line with a fault gives an `error`."""
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                data = _parsed(line)
            except Unusable as error:
                raw = line.decode(errors="replace").rstrip("\r\n")
                yield {"line": number, "verdict": None, "error": str(error), "raw": raw}
                continue
            result = self._graded(number, data)
            clashing = {
                key: value for key, value in data.items() if key in result and key not in _KNOWN
            }
            passed = {
                key: value for key, value in data.items() if key not in result and key not in _KNOWN
            }
            if clashing and "passed" in passed:
                clashing["passed"] = passed.pop("passed")
            yield {**result, **passed, **({"passed": clashing} if clashing else {})}

    def _graded(self, number: int, data: dict[str, Any]) -> dict[str, Any]:
        head = {"question": data.get("question"), "seed": data.get("seed", 0)}
        try:
            identity, seed = _addressed(data)
            answer = _answer(data.get("answer"))
            return {**head, **self._judged(identity, seed, answer, data.get("fingerprint"))}
        except Unusable as error:
            return {**head, "line": number, "verdict": None, "error": str(error), **_answered(data)}
        except SolverTimedOut as error:
            return {
                **head,
                "line": number,
                "verdict": "timed out",
                "error": str(error),
                **_answered(data),
            }
        except QuizkitError as error:
            return {**head, "line": number, "verdict": None, "error": str(error), **_answered(data)}

    def _judged(self, identity: str, seed: int, answer: str, fingerprint: Any) -> dict[str, Any]:
        if fingerprint not in (None, self.shelf.entry(identity).fingerprint):
            feedback = "The question was edited after this sheet was written; ask it anew."
            return _result("stale", 0.0, feedback) | {"answer": answer}
        if self.apart and is_dear(kind_of(self.shelf.entry(identity).question), answer):
            child = self.compute.kept("apart", lambda: Apart(self.shelf))
            return child.judged(identity, seed, answer, explain=self.explain)
        return self.judged(identity, seed, answer)

    def judged(self, identity: str, seed: int, answer: str) -> dict[str, Any]:
        """What an answer is worth, found out in this process."""
        variant = self._variant(identity, seed)
        if not answer.strip():
            return _result("unanswered", 0.0, "", evidence=variant.evidence)
        reading = grading.read(answer, variant)
        if isinstance(reading, Misread):
            found = _result("misread", 0.0, reading.problem, evidence=variant.evidence)
            found |= {"answer": answer, "position": reading.position}
            return found | self._explained(answer, variant)
        grade = grading.grade(reading.value, variant, self._remembering(variant))
        return self._explained(answer, variant) | _result(
            grade.verdict,
            grade.score,
            grade.feedback,
            misconception=grade.misconception,
            convention=grade.convention,
            evidence=grade.evidence,
            proof=grade.proof,
        )

    def _explained(self, answer: str, variant: Variant) -> dict[str, Any]:
        if not self.explain:
            return {}
        from quizkit.grading.explain import explained

        return {"explain": explained(answer, variant, self._remembering(variant))}

    def _remembering(self, variant: Variant) -> Solve:
        """Solver calls for a grade; what one learner's slip needed is kept for the next one's."""
        compute = self.compute.of(self.shelf.bank_of(variant.id))

        def remembered(name: str, given: Given) -> Value:
            key = (name, repr(given))
            if key not in self._calls:
                if len(self._calls) >= KEPT_VARIANTS:
                    self._calls.clear()
                self._calls[key] = compute(name, given)
            return self._calls[key]

        return remembered

    def _variant(self, identity: str, seed: int) -> Variant:
        if (identity, seed) not in self._variants:
            if len(self._variants) >= KEPT_VARIANTS:
                self._variants.clear()
            entry = self.shelf.entry(identity)
            bank = self.shelf.bank_of(entry.id)
            proofs, stale = known(bank, entry.id.rpartition(":")[2], entry.stamp)
            variant = make(entry, seed, self.compute.of(bank), proofs, stale=stale)
            self._variants[identity, seed] = variant
        return self._variants[identity, seed]


def _parsed(line: bytes) -> dict[str, Any]:
    if len(line) > MAX_LINE:
        raise Unusable(f"the line has {len(line):,} bytes; expected at most {MAX_LINE:,}")
    try:
        data = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unusable(f"not JSON: {error}") from None
    if not isinstance(data, dict):
        raise Unusable("expected an object such as {question, seed, answer}")
    return data


def _addressed(data: dict[str, Any]) -> tuple[str, int]:
    identity, seed = data.get("question"), data.get("seed", 0)
    if not isinstance(identity, str):
        raise Unusable("no question; expected its id, such as cnn/valid-output-size")
    if not isinstance(seed, int) or isinstance(seed, bool) or not 0 <= seed <= MAX_SEED:
        raise Unusable("seed must be a whole number from 0 to 2^53")
    return identity, seed


def _answer(answer: Any) -> str:
    """What was typed; a JSON number or list stands for its own text."""
    if answer is None:
        return ""
    return answer if isinstance(answer, str) else msgspec.json.encode(answer).decode()


def _answered(data: dict[str, Any]) -> dict[str, Any]:
    return {"answer": data["answer"]} if "answer" in data else {}


def _result(
    verdict: str,
    score: float,
    feedback: str,
    misconception: str | None = None,
    convention: str | None = None,
    evidence: tuple[str, ...] = (),
    proof: str | None = None,
) -> dict[str, Any]:
    result = {
        "verdict": verdict,
        "score": score,
        "misconception": misconception,
        "convention": convention,
        "feedback": feedback,
        "evidence": list(evidence),
    }
    return result | ({"proof": proof} if proof else {})
