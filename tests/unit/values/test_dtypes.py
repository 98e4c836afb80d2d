"""Number formats by their names; torch and numpy themselves say which name is which."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from quizkit.values.dtypes import bits, canonical
from quizkit.values.numbers import Unreadable

TORCH = ["float", "double", "half", "bfloat16", "long", "int", "short", "int8", "uint8", "bool"]
TORCH += ["float16", "float32", "float64", "int16", "int32", "int64", "cfloat", "cdouble"]
TORCH += ["complex64", "complex128", "float8_e4m3fn", "float8_e5m2"]
NUMPY = ["half", "single", "double", "float32", "float64", "int64", "uint16", "bool_", "cdouble"]
TENSORS = ["Float", "Double", "Half", "BFloat16", "Long", "Int", "Short", "Char", "Byte", "Bool"]


@pytest.mark.parametrize("name", TORCH)
def test_torch_s_names(name: str) -> None:
    assert f"torch.{canonical(f'torch.{name}')}" == str(getattr(torch, name))


@pytest.mark.parametrize("name", NUMPY)
def test_numpy_s_names(name: str) -> None:
    assert canonical(f"np.{name}") == np.dtype(getattr(np, name)).name


@pytest.mark.parametrize("name", TENSORS)
def test_torch_s_tensor_types(name: str) -> None:
    kind = getattr(torch, f"{name}Tensor")
    assert f"torch.{canonical(f'torch.{name}Tensor')}" == str(kind.dtype)


@pytest.mark.parametrize("name", ["float64", "float16", "bfloat16", "int8", "complex64", "bool"])
def test_widths_are_torch_s(name: str) -> None:
    assert bits(name) == 8 * getattr(torch, name).itemsize


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("FP16", "float16"),
        (" bf16 ", "bfloat16"),
        ("brain float 16", "bfloat16"),
        ("single-precision floating point", "float32"),
        ("half precision float", "float16"),
        ("dtype=torch.int64", "int64"),
        ("np.dtype('float32')", "float32"),
        ("32-bit float", "float32"),
        ("double precision", "float64"),
        ("unsigned 8-bit integer", "uint8"),
        ("float32.", "float32"),
    ],
)
def test_other_ways_to_say_it(text: str, name: str) -> None:
    assert canonical(text) == name


@pytest.mark.parametrize(
    "text",
    ["float", "int", "fp8", "byte", "", "float31", "<f4", "x" * 81, "torch", "32", "float 32 16"],
)
def test_what_is_none_or_two_is_unreadable(text: str) -> None:
    with pytest.raises(Unreadable):
        canonical(text)


def test_both_names_and_words_of_a_format() -> None:
    assert canonical("torch.int64 (long)") == "int64"
    assert canonical("64-bit signed integer") == "int64"
    assert canonical("unsigned 8-bit integer") == "uint8"
    with pytest.raises(Unreadable, match="expected one format, found int64 and int32"):
        canonical("int64 (int32)")
