"""Bounds on the neutral set: no looser or tighter one is taken, nearly every equal one is."""

from __future__ import annotations

from tests.neutral.scores import score

LEAST = 0.97


def test_the_set_is_judged_as_labelled() -> None:
    found = score("complexity")
    assert found.accepted == []
    assert found.slow == []
    assert found.accuracy >= LEAST, found.refused
