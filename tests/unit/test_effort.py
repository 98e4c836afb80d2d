"""The measure of cost that other tests rely on can fail, and says nothing of work that is not the block's."""

from __future__ import annotations

import gc
import time

import pytest

from tests.effort import TooSlow, at_most, work


def test_what_is_quick_passes_and_what_is_slow_does_not() -> None:
    with at_most(0.5):
        work()
    with pytest.raises(TooSlow, match="are allowed now"), at_most(1e-5):
        work()


def test_waiting_costs_nothing() -> None:
    with at_most(0.05):
        time.sleep(0.1)


def test_an_error_of_the_block_comes_through_and_the_collector_goes_on() -> None:
    with pytest.raises(ZeroDivisionError), at_most(1):
        _ = 1 / 0
    assert gc.isenabled()
