"""What the two libraries do not share, against mpmath and torch's autograd."""

from __future__ import annotations

from itertools import product
from typing import Any

import mpmath
import numpy
import pytest
import torch

from solvers.nets.arrays import Dtype, Library, Space
from solvers.nets.model import Activation, back_through

from .test_nets_wide import DEVICES

ENDS = [-1e4, -800.0, -89.0, -20.0, 20.0, 89.0, 800.0, 1e4]
MIDDLE = numpy.linspace(-9, 9, 1001)
SPACES = [(*where, dtype) for where in DEVICES for dtype in ("float32", "float64")]


def ran(space: Space, name: str, values: Any) -> Any:
    made = space.put(values)
    with numpy.errstate(over="ignore"):
        for call in getattr(space, name)(made):
            call()
    return space.get(made)


@pytest.mark.parametrize(("library", "device", "dtype"), SPACES)
@pytest.mark.parametrize("name", ["tanh", "sigmoid"])
def test_values_to_some_units_of_the_last_place_of_one(
    library: Library, device: str, dtype: Dtype, name: str
) -> None:
    space = Space(library, device, dtype)
    values = numpy.array([*MIDDLE, *ENDS])
    seen = space.get(space.put(values))  # as the dtype holds them
    exact = {"tanh": mpmath.tanh, "sigmoid": lambda z: 1 / (1 + mpmath.exp(-z))}[name]
    expected = numpy.array([float(exact(mpmath.mpf(float(z)))) for z in seen])
    assert abs(ran(space, name, values) - expected).max() <= 3 * numpy.finfo(dtype).eps


@pytest.mark.parametrize(("library", "device", "dtype"), SPACES)
def test_tanh_of_nothing_is_nothing_and_its_ends_are_whole(
    library: Library, device: str, dtype: Dtype
) -> None:
    found = ran(Space(library, device, dtype), "tanh", [0.0, -1e4, 1e4])
    assert found.tolist() == [0.0, -1.0, 1.0]


@pytest.mark.parametrize(("library", "device"), DEVICES)
@pytest.mark.parametrize(
    ("name", "one_delta"),
    [
        *product(
            ["tanh", "sigmoid", "relu", "leaky_relu", "centred_sigmoid", "raised_tanh"],
            [True, False],
        ),
        ("linear", False),
    ],
)
def test_deltas_are_autograd_s(
    library: Library, device: str, name: Activation, one_delta: bool
) -> None:
    drawn = numpy.random.default_rng(3)
    z = drawn.normal(size=(5, 3, 8))
    delta = drawn.normal(size=(5, 1 if one_delta else 3, 8))
    leaf = torch.tensor(z, requires_grad=True)
    functions = {
        "linear": lambda x: x * 1,
        "leaky_relu": torch.nn.functional.leaky_relu,
        "centred_sigmoid": lambda x: torch.sigmoid(x) - 0.5,
        "raised_tanh": lambda x: torch.tanh(x) + 1,
    }
    after = functions.get(name) or getattr(torch, name)
    after(leaf).backward(torch.tensor(numpy.broadcast_to(delta, z.shape).copy()))
    space = Space(library, device)
    values, given = space.put(after(leaf).detach().numpy()), space.put(delta)
    out = given if not one_delta else space.full(z.shape)
    for call in back_through(space, name, values, given, space.full(z.shape), out):
        call()
    assert space.get(out) == pytest.approx(leaf.grad.numpy(), rel=1e-13, abs=1e-15)


@pytest.mark.parametrize("outputs", [1, 3])
@pytest.mark.parametrize("rule", ["pik,iok->pok", "pik,pok->iok", "pok,iok->pik"])
def test_a_gpu_s_contractions_are_einsums(rule: str, outputs: int) -> None:
    drawn = numpy.random.default_rng(4)
    sizes = {"p": 5, "i": 4, "o": outputs, "k": 7}
    left, right, out = (
        numpy.ascontiguousarray(drawn.normal(size=[sizes[axis] for axis in axes]))
        for axes in rule.replace("->", ",").split(",")
    )
    space = Space("torch")
    made = space.put(out)
    space._contract_on_device(rule, space.put(left), space.put(right), made)()
    assert space.get(made) == pytest.approx(numpy.einsum(rule, left, right), rel=1e-13, abs=1e-15)
