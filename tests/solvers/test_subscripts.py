"""Subscripts put into numpy's einsum do what loops over the axes do."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest

from solvers import subscripts

SHAPES = {
    "traces": [(4, 3, 3)],
    "bilinear forms": [(4, 3), (3, 2), (4, 2)],
    "gradient of a weight": [(4, 3), (4, 2)],
    "output of heads": [(2, 3, 4, 5), (2, 3, 5, 6)],
    "merged heads": [(2, 3, 4, 5), (3, 5, 6)],
}


def looped(task, arrays):
    if task == "traces":
        return [np.diag(each).sum() for each in arrays[0]]
    if task == "bilinear forms":
        left, weight, right = arrays
        return [x @ weight @ y for x, y in zip(left, right, strict=True)]
    if task == "gradient of a weight":
        return sum(np.outer(g, x) for g, x in zip(*arrays, strict=True))
    if task == "output of heads":
        return [[a @ v for a, v in zip(*pair, strict=True)] for pair in zip(*arrays, strict=True)]
    heads, weight = arrays
    return [sum(own @ w for own, w in zip(item, weight, strict=True)) for item in heads]


@pytest.mark.parametrize("task", get_args(subscripts.Task))
def test_both_routes_find_the_rule_that_the_loops_follow(task):
    random = np.random.default_rng(1)
    arrays = [random.normal(size=shape) for shape in SHAPES[task]]
    rule = subscripts.multilinear(task)
    assert rule == subscripts.multilinear_by_torch(task)
    np.testing.assert_allclose(np.einsum(rule, *arrays), looped(task, arrays))


def test_a_transposed_result_is_another_rule():
    random = np.random.default_rng(1)
    arrays = [random.normal(size=(4, 3)), random.normal(size=(4, 3))]
    wrong = np.einsum("bo,bi->io", *arrays)
    assert not np.allclose(wrong, looped("gradient of a weight", arrays))


def test_names_that_do_not_fit_the_task_are_refused(monkeypatch):
    run, _ = subscripts._TASKS["traces"]
    monkeypatch.setitem(subscripts._TASKS, "traces", (run, ("bij",)))
    with pytest.raises(ValueError, match="do not share places"):
        subscripts.multilinear("traces")
