"""Components, positions and transforms: singular vectors, complex factors, fast transforms."""

from __future__ import annotations

import math
from random import Random
from typing import Any

import numpy
import pytest

from solvers import fourier, generative, positions, principal
from solvers.mistakes import fourier as wrong_fourier
from solvers.mistakes import positions as wrong_positions
from solvers.mistakes import principal as wrong_principal
from tests.solvers.drawn import Draw, Solver, assert_differs, assert_routes_agree, settings


def points(random: Random) -> dict[str, Any]:
    axes = random.choice([2, 2, 3])
    count = random.randint(2, 6)
    return {"points": [[float(random.randint(-5, 9)) for _ in range(axes)] for _ in range(count)]}


def sampled(random: Random) -> dict[str, Any]:
    return {**points(random), "sample": random.random() < 0.5}


def kept(random: Random) -> dict[str, Any]:
    return {**points(random), "components": random.randint(1, 2)}


def classes(random: Random) -> dict[str, Any]:
    names = ("first", "second")
    return {
        name: [[random.randint(0, 6) for _ in range(2)] for _ in range(random.randint(1, 4))]
        for name in names
    }


def placed(random: Random) -> dict[str, Any]:
    return {"position": random.randint(0, 50), "width": random.choice([1, 2, 4, 8])}


def offset(random: Random) -> dict[str, Any]:
    names = ("first", "second")
    return {**{name: random.randint(0, 50) for name in names}, "width": random.choice([2, 6, 8])}


def vector(random: Random, width: int) -> list[float]:
    return [random.randint(-8, 8) / 4 for _ in range(width)]


def turned(random: Random) -> dict[str, Any]:
    pairing = random.choice(["adjacent", "halves"])
    return {"vector": vector(random, 4), "position": random.randint(0, 20), "pairing": pairing}


def scored(random: Random) -> dict[str, Any]:
    width = random.choice([2, 4, 6])
    rows = {name: vector(random, width) for name in ("query", "key")}
    return {**rows, "at": random.randint(0, 9), "key_at": random.randint(0, 9)}


def signal(random: Random) -> dict[str, Any]:
    return {"values": [float(random.randint(-9, 9)) for _ in range(random.randint(1, 8))]}


def pair(random: Random) -> dict[str, Any]:
    size = random.randint(2, 6)
    return {name: [random.randint(-5, 5) for _ in range(size)] for name in ("first", "second")}


def pulse(random: Random) -> dict[str, Any]:
    return {"width": random.randint(1, 8) / 2, "frequency": random.randint(-7, 7) / 3}


def impulses(random: Random) -> dict[str, Any]:
    period = random.choice([0.05, 0.5, 1.0, 2.0, 4.0])
    spacing = random.choice([1 / period, random.uniform(0.2, 3.0)])
    widths = [random.uniform(0.2, 3.0) for _ in range(random.randint(0, 3))]
    return {"period": period, "spacing": spacing, "widths": widths}


def size(random: Random) -> dict[str, Any]:
    return {"size": random.choice([1, 2, 4, 6, 8, 32, 64])}


ROUTES: list[tuple[Solver, Solver, Draw]] = [
    (principal.component_variances, principal.component_variances_by_numpy, sampled),
    (principal.explained_share, principal.explained_share_by_torch, kept),
    (principal.first_direction, principal.first_direction_by_numpy, points),
    (principal.fisher_direction, principal.fisher_direction_by_numpy, classes),
    (positions.sinusoid, positions.sinusoid_by_torch, placed),
    (positions.sinusoid_product, positions.sinusoid_product_by_numpy, offset),
    (positions.rotated, positions.rotated_by_numpy, turned),
    (positions.rotary_score, positions.rotary_score_by_numpy, scored),
    (fourier.dft, fourier.dft_by_numpy, signal),
    (fourier.power_spectrum, fourier.power_spectrum_by_numpy, signal),
    (fourier.circular_convolution, fourier.circular_convolution_by_numpy, pair),
    (fourier.linear_convolution, fourier.linear_convolution_by_numpy, pair),
    (fourier.pulse_spectrum, fourier.pulse_spectrum_by_quadrature, pulse),
    (fourier.impulse_gap, fourier.impulse_gap_by_quadrature, impulses),
    (fourier.radix_two_products, fourier.radix_two_products_by_counting, size),
    (fourier.fast_saving, fourier.fast_saving_by_loop, size),
]

MISTAKES: list[tuple[Solver, Solver, Draw]] = [
    (wrong_principal.second_moments, principal.component_variances, sampled),
    (wrong_principal.singular_values, principal.component_variances, sampled),
    (wrong_principal.variances_of_features, principal.explained_share, kept),
    (wrong_principal.share_of_deviations, principal.explained_share, kept),
    (wrong_principal.share_lost, principal.explained_share, kept),
    (wrong_principal.towards_the_mean, principal.first_direction, points),
    (wrong_principal.difference_of_means, principal.fisher_direction, classes),
    (wrong_positions.cosine_first, positions.sinusoid, placed),
    (wrong_positions.own_frequency_per_entry, positions.sinusoid, placed),
    (wrong_positions.counted_from_one, positions.sinusoid, placed),
    (wrong_positions.sum_of_positions, positions.sinusoid_product, offset),
    (wrong_positions.width_terms, positions.sinusoid_product, offset),
    (wrong_positions.turned_backwards, positions.rotated, turned),
    (wrong_positions.added, positions.rotated, turned),
    (wrong_positions.other_pairing, positions.rotated, turned),
    (wrong_positions.positions_ignored, positions.rotary_score, scored),
    (wrong_positions.key_not_turned, positions.rotary_score, scored),
    (wrong_fourier.sign_of_the_inverse, fourier.dft, signal),
    (wrong_fourier.divided_by_size, fourier.dft, signal),
    (wrong_fourier.amplitudes, fourier.power_spectrum, signal),
    (wrong_fourier.elementwise, fourier.circular_convolution, pair),
    (wrong_fourier.correlation, fourier.circular_convolution, pair),
    (wrong_fourier.cut_off, fourier.linear_convolution, pair),
    (wrong_fourier.second_flipped, fourier.linear_convolution, pair),
    (wrong_fourier.pi_forgotten, fourier.pulse_spectrum, pulse),
    (wrong_fourier.of_height_one, fourier.pulse_spectrum, pulse),
    (wrong_fourier.half_forgotten, fourier.radix_two_products, size),
    (wrong_fourier.direct, fourier.radix_two_products, size),
    (wrong_fourier.saving_without_half, fourier.fast_saving, size),
]


@pytest.mark.parametrize(("solver", "witness", "draw"), ROUTES)
def test_routes_agree(solver: Solver, witness: Solver, draw: Draw) -> None:
    assert_routes_agree(solver, witness, draw)


@pytest.mark.parametrize(("mistake", "solver", "draw"), MISTAKES)
def test_mistakes_are_wrong(mistake: Solver, solver: Solver, draw: Draw) -> None:
    assert_differs(mistake, solver, draw)


def test_what_components_leave_is_the_error_of_a_linear_autoencoder() -> None:
    for drawn in settings(points, 20):
        left = math.fsum(principal.component_variances(**drawn)[1:])
        error = generative.copying_error(drawn["points"], 1)
        assert left == pytest.approx(error, rel=1e-9, abs=1e-9)


def test_points_on_a_line() -> None:
    line = [[0.0, 0.0], [3.0, 4.0], [6.0, 8.0]]
    assert principal.first_direction(line) == pytest.approx([0.6, 0.8])
    assert principal.explained_share(line, 1) == pytest.approx(1)
    assert principal.component_variances(line, True) == pytest.approx([25, 0])


def test_products_of_encodings_depend_on_the_offset_only() -> None:
    by_offset = {positions.sinusoid_product(p, p + 3, 8) for p in range(20)}
    assert len(by_offset) == 1
    codes = [positions.sinusoid(p, 8) for p in range(20)]
    products = [float(numpy.dot(a, b)) for a, b in zip(codes, codes[3:], strict=False)]
    assert products == pytest.approx([positions.sinusoid_product(0, 3, 8)] * 17)
    assert positions.sinusoid(0, 4) == [0, 1, 0, 1]


def test_transforms_of_an_impulse_and_of_a_constant() -> None:
    assert fourier.dft([1.0, 0.0, 0.0, 0.0]) == [[1, 0]] * 4
    spectrum = fourier.dft([1.0] * 4)
    assert spectrum[0] == [4, 0]
    assert sum(abs(x) for pair in spectrum[1:] for x in pair) < 1e-12
    assert sum(fourier.power_spectrum([3.0, 1.0, 2.0])) == pytest.approx(14)


@pytest.mark.parametrize("period", [0.5, 1.0, 2.0, 3.0])
def test_impulses_of_a_periodic_signal_stand_at_multiples_of_its_frequency(period: float) -> None:
    widths = [0.3, 1.0, 2.5]
    assert fourier.impulse_gap(period, 1 / period, widths) == 0
    assert fourier.impulse_gap(period, 1.2 / period, widths) > 0.01
    assert fourier.impulse_gap(period, 0.5 / period, widths) > 0.01


def test_products_of_a_fast_transform_of_1024_values() -> None:
    assert fourier.radix_two_products(1024) == 5120
    assert fourier.fast_saving(1024) == pytest.approx(204.8)


@pytest.mark.parametrize(
    ("solver", "arguments", "said"),
    [
        (principal.component_variances, ([[1.0]],), "two at least"),
        (principal.explained_share, ([[1.0], [2.0]], 2), "components"),
        (principal.explained_share, ([[1.0], [1.0]], 1), "the same"),
        (principal.first_direction, ([[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0], [0.0, -1.0]],), "one"),
        (principal.fisher_direction, ([[0, 0]], [[1, 1]]), "both dimensions"),
        (principal.fisher_direction, ([], [[1, 1]]), "plane"),
        (positions.sinusoid, (1, 3), "width must be even"),
        (positions.sinusoid, (1, 2, 1.0), "base"),
        (positions.rotary_score, ([1.0, 2.0], [1.0], 0, 0), "key"),
        (fourier.dft, ([],), "one value"),
        (fourier.circular_convolution, ([1], [1, 2]), "as long"),
        (fourier.pulse_spectrum, (0.0, 1.0), "width"),
        (fourier.impulse_gap, (2.0, 0.5, []), "widths"),
        (fourier.impulse_gap, (0.0, 0.5, [1.0]), "period"),
        (fourier.impulse_gap, (2.0, 6.0, [1.0]), "spacing"),
        (fourier.radix_two_products, (12,), "power of 2"),
        (fourier.fast_saving, (1,), "at least 2"),
    ],
)
def test_bad_arguments_are_named(solver: Solver, arguments: tuple[Any, ...], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        solver(*arguments)
