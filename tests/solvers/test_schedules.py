"""schedules: step decay against torch's schedule."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers import schedules


@given(st.integers(1, 12), st.integers(0, 40))
@settings(max_examples=15, deadline=None)
def test_step_decay_is_torchs_schedule(every: int, epoch: int) -> None:
    assert schedules.step_decay(0.4, 0.5, every, epoch) == pytest.approx(
        schedules.step_decay_by_torch(0.4, 0.5, every, epoch)
    )


def test_an_epoch_before_the_first_is_refused() -> None:
    for decay in (schedules.step_decay, schedules.step_decay_by_torch):
        with pytest.raises(ValueError, match="at least 1, found 0"):
            decay(0.1, 0.5, 10, 0, first_epoch=1)
