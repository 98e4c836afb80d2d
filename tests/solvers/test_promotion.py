"""Dtypes of results for every pair of formats, and mistakes that give others."""

from __future__ import annotations

from itertools import product
from typing import get_args

import numpy as np
import pytest
import torch

from solvers import promotion
from solvers.mistakes import promotion as mistakes
from tests.solvers.drawn import assert_differs

INTEGERS = ("int8", "uint8", "int16", "int32", "int64")
FLOATS = ("float16", "float32", "float64")


@pytest.mark.parametrize(("integer", "floating"), list(product(INTEGERS, FLOATS)))
def test_mixed_formats_by_the_libraries_own_tables(integer, floating):
    by_torch = torch.promote_types(getattr(torch, integer), getattr(torch, floating))
    by_numpy = np.promote_types(integer, floating)
    for function in (promotion.mixed, promotion.mixed_by_torch):
        assert function(integer, floating, "PyTorch") == str(by_torch).removeprefix("torch.")
        assert function(integer, floating, "NumPy") == str(by_numpy)


@pytest.mark.parametrize("number", get_args(promotion.Scalar))
@pytest.mark.parametrize("tensor", ["bool", *INTEGERS, *FLOATS])
def test_a_python_number_by_torch_result_type(tensor, number):
    wanted = torch.result_type(
        torch.ones(3, dtype=getattr(torch, tensor)), {"2": 2, "2.0": 2.0}[number]
    )
    for function in (promotion.scaled, promotion.scaled_by_torch):
        assert function(tensor, number) == str(wanted).removeprefix("torch.")


@pytest.mark.parametrize("pair", [("float32", "float32"), ("int32", "int64"), ("int7", "float16")])
def test_other_pairs_are_refused(pair):
    for function in (promotion.mixed, promotion.mixed_by_torch):
        with pytest.raises(ValueError, match="expected an integer and a floating dtype"):
            function(*pair, "NumPy")


def test_an_unknown_tensor_is_refused():
    for function in (promotion.scaled, promotion.scaled_by_torch):
        with pytest.raises(ValueError, match="'float7'"):
            function("float7", "2")


def a_pair(random):
    library = random.choice(get_args(promotion.Library))
    return {
        "integer": random.choice(INTEGERS),
        "floating": random.choice(FLOATS),
        "library": library,
    }


def a_product(random):
    number = random.choice(get_args(promotion.Scalar))
    return {"tensor": random.choice(["bool", *INTEGERS, *FLOATS]), "number": number}


@pytest.mark.parametrize("name", ["by_the_other_library", "always_double"])
def test_mistakes_with_two_arrays(name):
    assert_differs(getattr(mistakes, name), promotion.mixed, a_pair)


@pytest.mark.parametrize("name", ["number_counts_fully", "tensor_wins"])
def test_mistakes_with_a_number(name):
    assert_differs(getattr(mistakes, name), promotion.scaled, a_product)
