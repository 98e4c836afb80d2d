"""Which dtype a result has: by the bits that each format holds, in PyTorch and in NumPy."""

from __future__ import annotations

from typing import Literal

from .ranges import _one_of

Library = Literal["PyTorch", "NumPy"]
Scalar = Literal["2", "2.0"]

# Significant bits, the sign left out; integers hold all of theirs.
_INTEGERS = {"int8": 7, "uint8": 8, "int16": 15, "int32": 31, "int64": 63}
_FLOATS = {"float16": 11, "float32": 24, "float64": 53}


def mixed(integer: str, floating: str, library: Library) -> str:
    """Of an integer array + a float array: PyTorch keeps the float; NumPy widens to hold the integers."""
    _one_of(Library, library=library)
    digits = _INTEGERS.get(integer)
    if digits is None or floating not in _FLOATS:
        raise ValueError(
            f"expected an integer and a floating dtype, found {integer!r}, {floating!r}"
        )
    if library == "PyTorch":
        return floating
    wide = [name for name, bits in _FLOATS.items() if bits >= digits] or ["float64"]
    return max(floating, wide[0], key=lambda name: _FLOATS[name])


def mixed_by_torch(integer: str, floating: str, library: Library) -> str:
    """What adding two real arrays of the library gives."""
    import numpy as np
    import torch

    if integer not in _INTEGERS or floating not in _FLOATS:
        raise ValueError(
            f"expected an integer and a floating dtype, found {integer!r}, {floating!r}"
        )
    if library == "NumPy":
        return str((np.zeros(1, integer) + np.zeros(1, floating)).dtype)
    one, two = (torch.zeros(1, dtype=getattr(torch, name)) for name in (integer, floating))
    return str((one + two).dtype).removeprefix("torch.")


def scaled(tensor: str, number: Scalar) -> str:
    """Of a PyTorch tensor times a Python number: the number counts only if its category is higher."""
    _one_of(Scalar, number=number)
    category = {"bool": 0, **dict.fromkeys(_INTEGERS, 1), **dict.fromkeys(_FLOATS, 2)}
    if tensor not in category:
        raise ValueError(f"a dtype must be one of {', '.join(category)}, found {tensor!r}")
    higher, default = {"2": (1, "int64"), "2.0": (2, "float32")}[number]
    return default if higher > category[tensor] else tensor


def scaled_by_torch(tensor: str, number: Scalar) -> str:
    """What a real tensor times the number gives."""
    import torch

    if not isinstance(getattr(torch, tensor, None), torch.dtype):
        raise ValueError(f"found {tensor!r}; expected the name of a dtype")
    factor: int | float = {"2": 2, "2.0": 2.0}[number]
    found = torch.ones(1, dtype=getattr(torch, tensor)) * factor
    return str(found.dtype).removeprefix("torch.")
