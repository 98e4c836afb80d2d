"""step_orders: every order really run."""

from __future__ import annotations

import pytest

from solvers import step_orders

STEPS = ["draw", "predict", "compare", "correct", "repeat"]
CALLS = ["clear", "forward", "loss", "backward", "step"]


def test_only_one_order_trains() -> None:
    assert step_orders.training_orders(STEPS) == [STEPS]
    assert step_orders.training_orders_by_torch(list(reversed(STEPS))) == [STEPS]


def test_three_orders_make_one_right_iteration() -> None:
    found = step_orders.iteration_orders(CALLS)
    assert found == step_orders.iteration_orders_by_torch(CALLS)
    chain = ["forward", "loss", "backward", "step"]
    assert sorted(found) == sorted([*chain[:k], "clear", *chain[k:]] for k in range(3))


@pytest.mark.parametrize(
    "orders",
    [
        step_orders.training_orders,
        step_orders.training_orders_by_torch,
        step_orders.iteration_orders,
        step_orders.iteration_orders_by_torch,
    ],
)
def test_unknown_steps_are_refused(orders: object) -> None:
    with pytest.raises(ValueError, match="items must be"):
        orders(["dance"])  # type: ignore[operator]
