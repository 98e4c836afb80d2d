"""Formulas of layers against real layers of sizes that no witness has seen."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from solvers import layer_algebra
from tests.solvers.spelled import assert_is, value


def both(name, **arguments):
    (route,) = [each for each in vars(layer_algebra) if each.startswith(f"{name}_by_")]
    return [vars(layer_algebra)[each](**arguments) for each in (name, route)]


def whole(**ranges):
    return lambda random: {name: random.randint(*ends) for name, ends in ranges.items()}


def weights(layer):
    return sum(p.numel() for p in layer.parameters())


def test_the_receptive_field_by_the_gradient():
    def oracle(n, k):
        layers = nn.Sequential(*(nn.Conv1d(1, 1, k, bias=False) for _ in range(n)))
        for each in layers:
            nn.init.ones_(each.weight)
        x = torch.zeros(1, 1, 40, requires_grad=True)
        layers(x)[0, 0, 0].backward()
        return int((x.grad != 0).sum())

    assert_is(both("receptive_field"), oracle, whole(n=(1, 6), k=(1, 7)))


def test_with_this_padding_the_size_stays():
    def oracle(d, k):
        with torch.no_grad():
            short = nn.Conv1d(1, 1, k, dilation=d)(torch.zeros(1, 1, 99)).shape[-1]
        return 99 - short

    assert_is(both("same_padding"), oracle, whole(d=(1, 6), k=(1, 9)))


def test_share_of_a_separable_layer_by_its_multiplications():
    """The two shares are the same, as each weight is used at every place."""

    def oracle(k, f):
        c, places = 6, 49
        pair = places * c * k * k + places * c * f
        return pair / (places * f * c * k * k)

    assert_is(both("separable_share"), oracle, whole(k=(1, 9), f=(1, 99)))


@pytest.mark.parametrize("biases", [0, 1, 2])
def test_parameters_of_an_lstm_by_four_linear_layers(biases):
    def oracle(d, h):
        reads = nn.Linear(d, h, bias=biases > 0, device="meta")
        keeps = nn.Linear(h, h, bias=biases > 1, device="meta")
        return 4 * (weights(reads) + weights(keeps))

    assert_is(both("lstm_parameters", biases=biases), oracle, whole(d=(1, 40), h=(1, 40)))


def test_three_biases_are_refused():
    for function in (layer_algebra.lstm_parameters, layer_algebra.lstm_parameters_by_torch):
        with pytest.raises(ValueError, match="0, 1 or 2, found 3"):
            function(3)


def test_parameters_of_attention_by_linear_layers():
    def oracle(d, h):
        return sum(weights(nn.Linear(d, d, device="meta")) for _ in range(4))

    assert_is(both("attention_parameters"), oracle, whole(d=(1, 64), h=(1, 8)))


def test_parameters_of_a_block_by_its_parts():
    def oracle(d):
        parts = [
            nn.MultiheadAttention(d, 1, device="meta"),
            nn.Linear(d, 4 * d, device="meta"),
            nn.Linear(4 * d, d, device="meta"),
            nn.LayerNorm(d, device="meta"),
            nn.LayerNorm(d, device="meta"),
        ]
        return sum(map(weights, parts))

    assert_is(both("block_parameters"), oracle, whole(d=(1, 50)))


def test_a_cache_filled_token_by_token():
    def oracle(l, g, d, n, b):  # noqa: E741 - the letter of the question
        held = 0
        for _ in range(n):
            for _ in range(l):
                held += 2 * len(bytes(g * d * b))  # a key and a value for each head
        return held

    draw = whole(l=(1, 6), g=(1, 4), d=(1, 16), n=(1, 9), b=(1, 4))
    assert_is(both("cache_bytes"), oracle, draw)


def test_a_folded_unit_puts_out_the_same():
    for route in range(2):
        weight, bias = (both("folded", part=part)[route] for part in ("weight", "bias"))
        given = {"w": 1.3, "b": -0.4, "m": 0.7, "v": 2.5, "epsilon": 0.1, "g": -1.5, "c": 0.2}
        for x in (-2.0, 0.0, 3.5):
            unfolded = torch.nn.functional.batch_norm(
                torch.tensor([[given["w"] * x + given["b"]]], dtype=torch.float64),
                *(torch.tensor([given[name]], dtype=torch.float64) for name in "mvgc"),
                eps=given["epsilon"],
            )
            folded = value(weight, **given) * x + value(bias, **given)
            assert folded == pytest.approx(float(unfolded))


def test_rescaling_takes_the_ends_to_the_ends_and_the_middle_to_0():
    for text in both("rescaled"):
        for a, b in ((-3.0, 5.0), (1.0, 2.0)):
            found = [value(text, x=x, a=a, b=b) for x in (a, b, (a + b) / 2, 2 * b - a)]
            assert found == pytest.approx([-1, 1, 0, 3])
