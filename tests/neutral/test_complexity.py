"""Bounds on the neutral set: no looser or tighter one is taken, nearly every equal one is."""

from __future__ import annotations

import pytest

from tests.neutral.scores import score

LEAST = 0.97


@pytest.mark.parametrize("name", ["complexity", *(f"complexity_{number}" for number in (2, 3, 4))])
def test_the_set_is_judged_as_labelled(name: str) -> None:
    found = score(name)
    assert found.accepted == []
    assert found.slow == []
    assert found.accuracy >= LEAST, found.refused
