"""No hostile input runs, hangs, raises or is taken for right, whatever the kind of question."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from quizkit import grading
from quizkit.model import Misread, Understood
from tests.effort import TooSlow, at_most
from tests.hostile.fuzz import harm, mutants
from tests.hostile.inputs import HOSTILE
from tests.hostile.variants import READERS, spellings, variant_of

SECONDS = 0.5
PLANTED = Path("/tmp/quizkit-was-here")  # what the code in the inputs would leave behind


def shown(text: str) -> str:
    return ascii(text[:30]) + (f"...{len(text)}" if len(text) > 30 else "")


@pytest.mark.parametrize("reader", READERS)
def test_hostile_input_is_refused_quickly(reader: str) -> None:
    variant = variant_of(reader)
    taken, slow = [], []
    for raw in (typed for each in HOSTILE for typed in spellings(each, reader)):
        reading, verdict = None, ""
        try:
            with at_most(SECONDS):
                reading = grading.read(raw, variant)
                is_read = isinstance(reading, Understood)
                verdict = grading.grade(reading.value, variant).verdict if is_read else "misread"
        except TooSlow:
            slow.append(shown(raw))
        if isinstance(reading, Misread):
            assert 0 <= reading.position <= len(raw)
            assert reading.problem
        elif verdict == "right":
            taken.append(shown(raw))
    assert taken == []
    assert slow == []
    assert not PLANTED.exists()


def test_there_are_enough_of_them() -> None:
    assert len(set(HOSTILE)) >= 200


def test_each_kind_is_attacked() -> None:
    assert {variant_of(reader).kind for reader in READERS} == set(grading._MODULES)


@pytest.mark.parametrize("reader", READERS)
def test_each_key_can_be_told_from_another_answer(reader: str) -> None:
    variant = variant_of(reader)
    assert grading.grade(variant.key, variant).verdict == "right"


@pytest.mark.filterwarnings("ignore:.*planted")  # the attack leaves its file open
def test_an_input_that_is_run_would_be_noticed(tmp_path: Path) -> None:
    attack = next(raw for raw in HOSTILE if raw.startswith("open("))
    exec(attack.replace(str(PLANTED), str(tmp_path / "planted")))
    assert (tmp_path / "planted").exists()


def test_mutants_of_hostile_input_do_no_harm() -> None:
    found = [harm(data.decode("utf-8", "surrogateescape")) for data in islice(mutants(7), 300)]
    assert set(found) == {""}


def test_harm_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def falling(raw: str, variant: object) -> object:
        raise RecursionError("too deep")

    monkeypatch.setattr(grading, "read", falling)
    assert "RecursionError" in harm("(((")
