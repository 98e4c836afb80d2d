"""The door to all kinds."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from quizkit import grading
from quizkit.model import Misread, Variant
from tests.effort import at_most

Make = Callable[..., Variant]

KEYS: dict[str, Any] = {
    "choice": "relu",
    "claim": "holds",
    "multi": ("relu",),
    "number": 1,
    "shape": (1,),
    "array": (1,),
    "order": (("relu", "tanh"),),
    "match": (0, 1),
}
HOSTILE = [
    "a" * 10_000_000,
    "\x00",
    "\x1b[2J",
    "__import__('os').system('true')",
    "9**9**9",
    "(" * 9_999 + "x",
    "\u202eabc",
    "\ud800",
    "'; drop table answers; --",
]


@pytest.mark.parametrize("kind", KEYS)
@pytest.mark.parametrize("raw", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_answers_are_misread_soon(make: Make, kind: str, raw: str) -> None:
    options = {"relu": "ReLU", "tanh": "tanh"}
    variant = make(kind, KEYS[kind], options=options, rights=("x", "y"))
    with at_most(0.5):
        reading = grading.read(raw, variant)
    assert isinstance(reading, Misread)
    assert 0 <= reading.position <= len(raw)
    assert reading.problem.isprintable()
    assert len(reading.problem) < 200


@pytest.mark.parametrize("kind", KEYS)
def test_evidence_is_attached(make: Make, kind: str) -> None:
    options = {"relu": "ReLU", "tanh": "tanh"}
    more = {"options": options, "rights": ("x", "y"), "evidence": ("proved",)}
    variant = make(kind, KEYS[kind], **more)
    value = ("tanh", "relu") if kind == "order" else KEYS[kind]
    assert grading.grade(value, variant).evidence == ("proved",)


def test_choices_and_claims_take_one_key() -> None:
    assert {kind for kind in KEYS if not grading.is_typed(kind)} == {"choice", "claim"}


@pytest.mark.parametrize(("use", "loaded"), [("", False), ("grading._kind(variant)", True)])
def test_a_kind_is_imported_when_it_is_met(use: str, loaded: bool) -> None:
    code = (
        "import sys; from types import SimpleNamespace; from quizkit import grading;"
        f"variant = SimpleNamespace(kind='number'); {use or 'pass'};"
        "assert 'quizkit.grading.order' not in sys.modules;"
        f"assert ('quizkit.grading.number' in sys.modules) is {loaded}"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
