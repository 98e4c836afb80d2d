"""Growth against the multiplications that torch's profiler of operations counts."""

from __future__ import annotations

import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

from quizkit.values.same import same
from solvers import growth


def multiplications(run, *shapes):
    tensors = [torch.empty(shape, device="meta") for shape in shapes]
    with FlopCounterMode(display=False) as counter:
        run(*tensors)
    return counter.get_total_flops() / 2


RUNS = {
    "matrix product": (
        ("p", "q", "r"),
        lambda p, q, r: multiplications(torch.matmul, (p, q), (q, r)),
    ),
    "keys first": (
        ("n", "d"),
        lambda n, d: multiplications(lambda q, k, v: q @ (k.T @ v), *[(n, d)] * 3),
    ),
    "vector last": (
        ("n", "d"),
        lambda n, d: multiplications(lambda a, b, v: a @ (b @ v), (n, d), (d, n), (n, 1)),
    ),
    "convolution": (
        ("n", "k", "c", "f"),
        lambda n, k, c, f: multiplications(
            torch.nn.functional.conv2d,
            (1, c, n + k - 1, n + k - 1),
            (f, c, k, k),
        ),
    ),
}


@pytest.mark.parametrize("task", RUNS)
def test_doubling_a_size_multiplies_the_work_by_the_power_that_the_bound_says(task):
    names, count = RUNS[task]
    powers = []
    for name in names:
        sizes = dict.fromkeys(names, 8)
        ratio = count(**{**sizes, name: 16}) / count(**sizes)
        powers.append(f"{name}^{int(ratio).bit_length() - 1}")
    bound = f"O({' '.join(powers)})"
    for function in (growth.multiplications, growth.multiplications_by_counting):
        assert same("complexity", function(task), bound, symbols=names), bound


def test_other_growth_is_told_apart():
    assert not same(
        "complexity", growth.multiplications("keys first"), "O(n^2 d)", symbols=("n", "d")
    )


@pytest.mark.parametrize("n", [3, 50, 1000, 12_345])
def test_checkpoints_need_twice_the_root(n):
    least = min(k + n / k for k in range(1, n + 1))
    assert 2 * n**0.5 <= least + 1e-9
    assert least <= 2 * n**0.5 + 1
    for bound in (growth.checkpointed_memory(), growth.checkpointed_memory_by_counting()):
        assert same("complexity", bound, "O(n^(1/2))", symbols=("n",))
