"""generative: enumeration, Gibbs chains, real layers and the papers' own values as oracles."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers import generative
from solvers.mistakes import generative as mistakes

SIZES = st.integers(1, 15)
MACHINES = st.sampled_from(["general Boltzmann machine", "restricted Boltzmann machine"])


@given(MACHINES, SIZES, SIZES)
@settings(deadline=None)
def test_links_are_counted_pairs(machine: generative.Machine, visible: int, hidden: int) -> None:
    links = generative.links(machine, visible, hidden)
    assert links == generative.links_by_counting(machine, visible, hidden)
    assert mistakes.ordered_pairs(machine, visible, hidden) == 2 * links


def test_no_hidden_units_are_refused() -> None:
    for route in (generative.links, generative.links_by_counting):
        with pytest.raises(ValueError, match="hidden must be at least 1, found 0"):
            route("general Boltzmann machine", 3, 0)


@st.composite
def machines(draw: st.DrawFn) -> tuple[list[list[float]], list[float], list[int]]:
    units = draw(st.integers(1, 4))
    entries = st.floats(-2, 2)
    weights = [[0.0] * units for _ in range(units)]
    for i in range(units):
        for j in range(i):
            weights[i][j] = weights[j][i] = draw(entries)
    offsets = draw(st.lists(entries, min_size=units, max_size=units))
    return weights, offsets, draw(st.lists(st.integers(0, 1), min_size=units, max_size=units))


@given(machines())
@settings(max_examples=40, deadline=None)
def test_gibbs_sampling_visits_states_as_the_energies_say(
    machine: tuple[list[list[float]], list[float], list[int]],
) -> None:
    assert generative.energy(*machine) == pytest.approx(generative.energy_by_numpy(*machine))
    share = generative.state_probability_by_numpy(*machine)
    assert generative.state_probability(*machine) == pytest.approx(share, rel=1e-8, abs=1e-12)


def test_two_units_from_a_table_of_exponentials() -> None:
    machine = ([[0, 2], [2, 0]], [0.5, 1], [1, 1])
    assert generative.energy(*machine) == -3.5
    assert generative.state_probability(*machine) == pytest.approx(33.1155 / 38.4825, rel=1e-5)


@pytest.mark.parametrize("route", [generative.energy, generative.state_probability_by_numpy])
def test_directed_links_are_refused(route: object) -> None:
    with pytest.raises(ValueError, match="weights must be symmetric"):
        route([[0, 1], [2, 0]], [0, 0], [1, 1])  # type: ignore[operator]


@given(st.floats(-5, 5).filter(bool), st.sampled_from([0, 0.5, 1, 4]))
@settings(deadline=None)
def test_on_probability(net_input: float, temperature: float) -> None:
    chance = generative.on_probability(net_input, temperature)
    assert chance == pytest.approx(generative.on_probability_by_torch(net_input, temperature))
    assert (chance in (0, 1)) == (temperature == 0)


@given(st.floats(0.01, 5), st.floats(0.01, 5))
@settings(max_examples=15, deadline=None)
def test_the_best_answer_of_the_discriminator(real: float, generated: float) -> None:
    best = generative.discriminator(real, generated)
    assert best == pytest.approx(generative.discriminator_by_autograd(real, generated), rel=1e-9)
    assert best + mistakes.turned_round(real, generated) == pytest.approx(1)


def test_the_game_is_worth_minus_log_4_where_both_agree() -> None:
    # Goodfellow et al. 2014, theorem 1
    for shares in ([0.5, 0.5], [0.2, 0.3, 0.5], [1.0, 0.0]):
        assert generative.gan_value(shares, shares) == pytest.approx(-math.log(4), rel=1e-12)
    assert generative.gan_value([1, 0], [0, 1]) == 0


@given(st.floats(0.01, 0.99), st.floats(0.01, 0.99))
@settings(deadline=None)
def test_value_and_excess_by_two_routes(p: float, q: float) -> None:
    pair = ([p, 1 - p], [q, 1 - q])
    assert generative.gan_value(*pair) == pytest.approx(generative.gan_value_by_numpy(*pair))
    excess = generative.generator_excess(*pair)
    assert excess == pytest.approx(generative.generator_excess_by_numpy(*pair), abs=1e-12)
    assert -1e-12 <= excess <= 2 * math.log(2)


def test_what_is_no_distribution_is_refused() -> None:
    for route in (generative.gan_value, generative.gan_value_by_numpy):
        with pytest.raises(ValueError, match="generated must be 2 probabilities of sum 1"):
            route([0.5, 0.5], [0.5, 0.6])


@given(st.lists(st.integers(1, 40), min_size=1, max_size=5), st.booleans())
@settings(max_examples=25, deadline=None)
def test_autoencoder_parameters(sizes: list[int], tied: bool) -> None:
    routes = (generative.autoencoder_parameters, generative.autoencoder_parameters_by_torch)
    if len(sizes) < 2:
        for route in routes:
            with pytest.raises(ValueError, match="at least 2 positive numbers"):
                route(sizes, tied)
    else:
        assert routes[0](sizes, tied) == routes[1](sizes, tied)


def test_autoencoder_parameters_worked_by_hand() -> None:
    assert generative.autoencoder_parameters([784, 32]) == 25_120 + 25_872
    assert generative.autoencoder_parameters([784, 32], tied=True) == 25_088 + 32 + 784


@given(st.lists(st.integers(1, 40), min_size=2, max_size=5), st.integers(0, 5), st.booleans())
@settings(max_examples=25, deadline=None)
def test_decoder_weight_shape(sizes: list[int], layer: int, first: bool) -> None:
    routes = (generative.decoder_weight_shape, generative.decoder_weight_shape_by_torch)
    if 1 <= layer < len(sizes):
        assert routes[0](sizes, layer, first) == routes[1](sizes, layer, first)
    else:
        for route in routes:
            with pytest.raises(ValueError, match="layer must be from 1"):
                route(sizes, layer, first)


@given(st.lists(st.floats(0.1, 9), min_size=2, max_size=5), st.integers(1, 5))
@settings(max_examples=40, deadline=None)
def test_the_best_linear_code_loses_the_tail(eigenvalues: list[float], code: int) -> None:
    routes = (generative.tail_sum, generative.tail_sum_by_numpy)
    if code <= len(eigenvalues):
        assert routes[0](eigenvalues, code) == pytest.approx(
            routes[1](eigenvalues, code), rel=1e-9, abs=1e-9
        )
    else:
        for route in routes:
            with pytest.raises(ValueError, match="code must be from 1"):
                route(eigenvalues, code)


def test_gradient_descent_reaches_the_tail_and_goes_no_lower() -> None:
    """A linear autoencoder really trained on points with covariance eigenvalues 4, 1 and 0.25."""
    import torch

    torch.manual_seed(0)
    axes = torch.diag(torch.tensor([4.0, 1.0, 0.25], dtype=torch.float64)).sqrt() * math.sqrt(3)
    points = torch.cat([axes, -axes])
    encoder = torch.randn(3, 1, dtype=torch.float64, requires_grad=True)
    decoder = torch.randn(1, 3, dtype=torch.float64, requires_grad=True)
    steps = torch.optim.LBFGS([encoder, decoder], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        steps.zero_grad()
        error = ((points @ encoder @ decoder - points) ** 2).sum(1).mean()
        error.backward()
        return error

    steps.step(loss)
    assert loss().item() == pytest.approx(generative.tail_sum([4, 1, 0.25], 1), rel=1e-6)


def test_points_on_a_line_are_copied_through_one_number() -> None:
    line = [[0, 0, 1], [1, 2, 2], [2, 4, 3], [3, 6, 4]]
    scattered = [[0, 0, 1], [1, 2, 0], [2, 0, 3], [3, 1, 1]]
    for route in (generative.copying_error, generative.copying_error_by_torch):
        assert route(line, 1) == 0
        assert route(scattered, 3) == 0
        with pytest.raises(ValueError, match="code must be from 1"):
            route(line, 4)
    assert generative.copying_error(scattered, 1) == pytest.approx(
        generative.copying_error_by_torch(scattered, 1), rel=1e-9
    )


def test_a_unit_more_helps_until_the_points_are_copied() -> None:
    flat = [[0, 0, 1], [1, 2, 0], [2, 0, 3], [3, 2, 2]]  # a parallelogram about (1.5, 1, 1.5)
    for route in (generative.copying_gain, generative.copying_gain_by_torch):
        assert [route(flat, code) for code in (1, 2, 3)] == pytest.approx([1.5, 0, 0], abs=1e-9)
        assert route([[0, 0, 1], [1, 2, 0], [2, 0, 3], [3, 1, 1]], 2) > 0.1
        with pytest.raises(ValueError, match="code must be from 1"):
            route(flat, 4)


@pytest.mark.parametrize("divergence", ["forward KL", "reverse KL", "twice JS"])
@pytest.mark.parametrize("pair", [([0.5, 0.5], [0.9, 0.1]), ([0.2, 0.3, 0.5], [0.6, 0.3, 0.1])])
def test_only_twice_js_is_what_the_generator_can_gain(divergence: Any, pair: Any) -> None:
    ratio = generative.excess_over(divergence, *pair)
    assert ratio == pytest.approx(generative.excess_over_by_numpy(divergence, *pair), rel=1e-9)
    assert (abs(ratio - 1) < 1e-12) == (divergence == "twice JS")
