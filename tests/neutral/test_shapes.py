"""Shapes, subscripts and dtypes on the neutral set: no other one is taken, nearly every equal one is."""

from __future__ import annotations

from tests.neutral.scores import score

LEAST = 0.97


def test_the_set_is_judged_as_labelled() -> None:
    found = score("shapes")
    assert found.accepted == []
    assert found.slow == []
    assert found.accuracy >= LEAST, found.refused
