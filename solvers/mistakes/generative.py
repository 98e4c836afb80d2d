"""Mistakes about autoencoders and generative models: everything here is wrong on purpose."""

from __future__ import annotations

import math
from itertools import pairwise, product
from typing import Literal

Machine = Literal["general Boltzmann machine", "restricted Boltzmann machine"]


def ordered_pairs(machine: Machine, visible: int, hidden: int) -> int:
    """Wrong on purpose: counts every link from both ends."""
    units = visible + hidden
    return 2 * visible * hidden if machine.startswith("restricted") else units * (units - 1)


def other_machine(machine: Machine, visible: int, hidden: int) -> int:
    """Wrong on purpose: takes the restricted machine for the general one and vice versa."""
    units = visible + hidden
    return units * (units - 1) // 2 if machine.startswith("restricted") else visible * hidden


def with_self_links(machine: Machine, visible: int, hidden: int) -> int:
    """Wrong on purpose: links every unit with itself too."""
    units = visible + hidden
    if machine.startswith("restricted"):
        return visible * hidden + units
    return units * (units + 1) // 2


def pairs_twice(weights: list[list[float]], offsets: list[float], state: list[int]) -> float:
    """Wrong on purpose: adds w_ij and w_ji."""
    return -2 * _coupled(weights, state) - _field(offsets, state)


def sign_lost(weights: list[list[float]], offsets: list[float], state: list[int]) -> float:
    """Wrong on purpose: leaves the minus signs out."""
    return _coupled(weights, state) + _field(offsets, state)


def no_offsets(weights: list[list[float]], offsets: list[float], state: list[int]) -> float:
    """Wrong on purpose: leaves the biases out."""
    return -_coupled(weights, state)


def unnormalised(weights: list[list[float]], offsets: list[float], state: list[int]) -> float:
    """Wrong on purpose: forgets to divide by Z."""
    return _factor(weights, offsets, state, 1)


def sign_turned(weights: list[list[float]], offsets: list[float], state: list[int]) -> float:
    """Wrong on purpose: uses e^E in place of e^-E."""
    return _normalised(weights, offsets, state, -1)


def zero_state_left_out(
    weights: list[list[float]], offsets: list[float], state: list[int]
) -> float:
    """Wrong on purpose: leaves the state with all units off out of Z, though e^0 = 1."""
    every = (list(other) for other in product((0, 1), repeat=len(state)) if any(other))
    partition = sum(_factor(weights, offsets, other, 1) for other in every)
    return _factor(weights, offsets, state, 1) / partition


def turned_round(real: float, generated: float) -> float:
    """Wrong on purpose: gives the probability of being generated."""
    return generated / (real + generated)


def odds(real: float, generated: float) -> float:
    """Wrong on purpose: gives the likelihood ratio, which is not a probability."""
    return real / generated


def undecided(real: float, generated: float) -> float:
    """Wrong on purpose: gives 1/2, which is right only where both densities agree."""
    return 0.5


def data_term_only(real: list[float], generated: list[float]) -> float:
    """Wrong on purpose: leaves the generator's term out."""
    return sum(p * math.log(p / (p + q)) for p, q in zip(real, generated, strict=True))


def in_bits(real: list[float], generated: list[float]) -> float:
    """Wrong on purpose: takes logarithms to base 2."""
    pairs = zip(real, generated, strict=True)
    return sum(p * math.log2(p / (p + q)) + q * math.log2(q / (p + q)) for p, q in pairs)


def encoder_only(sizes: list[int], tied: bool = False) -> int:
    """Wrong on purpose: forgets the decoder."""
    return sum((a + 1) * b for a, b in pairwise(sizes))


def no_biases(sizes: list[int], tied: bool = False) -> int:
    """Wrong on purpose: forgets all the biases."""
    return sum((1 if tied else 2) * a * b for a, b in pairwise(sizes))


def encoder_doubled(sizes: list[int], tied: bool = False) -> int:
    """Wrong on purpose: doubles the encoder's count, although the decoder's biases are others."""
    return 2 * sum((a + 1) * b for a, b in pairwise(sizes))


def encoder_weight(sizes: list[int], layer: int, outputs_first: bool = True) -> tuple[int, int]:
    """Wrong on purpose: gives the encoder's weight of that number."""
    return sizes[layer], sizes[layer - 1]


def next_layer(sizes: list[int], layer: int, outputs_first: bool = True) -> tuple[int, int]:
    """Wrong on purpose: counts the code as the decoder's first layer."""
    if layer < 2:
        raise ValueError(f"layer must be at least 2, found {layer}")
    return sizes[::-1][layer - 1], sizes[::-1][layer - 2]


def head_sum(eigenvalues: list[float], code: int) -> float:
    """Wrong on purpose: adds up what is kept."""
    return sum(sorted(eigenvalues, reverse=True)[:code])


def next_only(eigenvalues: list[float], code: int) -> float:
    """Wrong on purpose: takes the largest lost eigenvalue in place of their sum."""
    return sorted(eigenvalues, reverse=True)[code]


def as_listed(eigenvalues: list[float], code: int) -> float:
    """Wrong on purpose: keeps the first ones as they are listed, not the largest."""
    return sum(eigenvalues[code:])


def _coupled(weights: list[list[float]], state: list[int]) -> float:
    units = range(len(state))
    return sum(weights[i][j] * state[i] * state[j] for i in units for j in units if i < j)


def _field(offsets: list[float], state: list[int]) -> float:
    return sum(b * s for b, s in zip(offsets, state, strict=True))


def _factor(weights: list[list[float]], offsets: list[float], state: list[int], sign: int) -> float:
    return math.exp(sign * (_coupled(weights, state) + _field(offsets, state)))


def _normalised(
    weights: list[list[float]], offsets: list[float], state: list[int], sign: int
) -> float:
    every = (list(other) for other in product((0, 1), repeat=len(state)))
    partition = sum(_factor(weights, offsets, other, sign) for other in every)
    return _factor(weights, offsets, state, sign) / partition
