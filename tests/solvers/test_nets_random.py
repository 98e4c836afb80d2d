from __future__ import annotations

from statistics import NormalDist

import numpy
import pytest

from solvers.nets import data
from solvers.nets.initial import deviation, initial
from solvers.nets.random import normals, orders, philox, quantile, uniforms

ONES = 2**32 - 1


@pytest.mark.parametrize(
    ("counter", "key", "expected"),
    [  # Random123's published known answers for philox4x32-10
        ((0,) * 4, (0,) * 2, (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
        ((ONES,) * 4, (ONES,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
        (
            (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
            (0xA4093822, 0x299F31D0),
            (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
        ),
    ],
)
def test_the_generator_gives_the_published_words(
    counter: tuple[int, ...], key: tuple[int, ...], expected: tuple[int, ...]
) -> None:
    assert tuple(int(word) for word in philox(counter, key)) == expected


def test_a_net_gets_the_same_draws_whatever_else_is_drawn() -> None:
    many = normals(3, "weights", range(200), (5, 7))
    assert (many[..., 40:48] == normals(3, "weights", range(40, 48), (5, 7))).all()
    more = uniforms(3, "weights", range(8), (6, 7)).reshape(42, 8)
    assert (more[:35].reshape(5, 7, 8) == uniforms(3, "weights", range(8), (5, 7))).all()


def test_seed_stream_net_and_element_each_matter() -> None:
    values = [
        uniforms(seed, stream, range(2), (2,))
        for seed in (0, 1, 2**32)
        for stream in ("weights", "biases")
    ]
    assert len(numpy.unique(values)) == 24


def test_quantiles_agree_with_the_standard_library() -> None:
    shares = numpy.concatenate(
        [uniforms(1, "shares", range(50), (40,)).ravel(), [1e-16, 1e-12, 0.5, 0.075, 1 - 1e-9]]
    )
    exact = [NormalDist().inv_cdf(float(share)) for share in shares]
    assert quantile(shares) == pytest.approx(exact, rel=4e-15, abs=4e-15)


def test_draws_have_the_moments_of_their_laws() -> None:
    flat, bell = (draw(5, "moments", range(500), (400,)) for draw in (uniforms, normals))
    assert 0 < flat.min() < flat.max() < 1
    assert flat.mean() == pytest.approx(1 / 2, abs=0.003)
    assert flat.var() == pytest.approx(1 / 12, abs=0.001)
    assert [(bell**power).mean() for power in (1, 2, 3, 4)] == pytest.approx([0, 1, 0, 3], abs=0.05)


def test_orders_are_permutations_of_each_net_its_own() -> None:
    drawn = orders(1, "order 0", range(20), 10)
    assert (numpy.sort(drawn, axis=0) == numpy.arange(10)[:, None]).all()
    assert len({tuple(column) for column in drawn.T}) == 20


def test_initial_weights_have_the_deviation_of_their_rule() -> None:
    for rule in ("glorot", "he", "lecun", "normal"):
        first, second = initial((30, 20, 5), range(200), rule)
        assert first[:-1].std() == pytest.approx(deviation(rule, 30, 20), rel=0.01)
        assert second[:-1].std() == pytest.approx(deviation(rule, 20, 5), rel=0.02)
        assert not first[-1].any()
    weights = initial((4, 3), range(9), "uniform")[0]
    assert abs(weights).max() <= 0.5
    assert weights[-1].any()
    assert (initial((2, 2), range(3), "constant", scale=0.3)[0][:-1] == 0.3).all()


def test_unknown_rule_and_negative_seed_are_refused() -> None:
    with pytest.raises(ValueError, match="rule must be one of"):
        deviation("zero", 2, 2)
    with pytest.raises(ValueError, match="at least 0"):
        uniforms(-1, "x", range(2), (1,))


def test_data_sets_are_what_they_say() -> None:
    inputs, targets = data.xor()
    assert [int(a) ^ int(b) for a, b in inputs] == targets[:, 0].tolist()
    inputs, targets = data.moons(8, noise=0.0)
    upper = (inputs[:4] ** 2).sum(axis=1)
    lower = ((inputs[4:] - [1, 0.5]) ** 2).sum(axis=1)
    assert numpy.concatenate([upper, lower]) == pytest.approx(numpy.ones(8))
    assert targets[:, 0].tolist() == [0] * 4 + [1] * 4
    assert data.moons(64)[0].tobytes() == data.moons(64)[0].tobytes()
    inputs, targets = data.linear_regression(range(5), 16, 3, noise=0.0)
    for net in range(5):
        fitted = numpy.linalg.lstsq(inputs[..., net], targets[..., net], rcond=None)[0]
        assert inputs[..., net] @ fitted == pytest.approx(targets[..., net])
    inputs, targets = data.blobs(range(40), 50, apart=3.0)
    gap = inputs[1::2, 0].mean() - inputs[::2, 0].mean()
    assert gap == pytest.approx(3.0, abs=0.1)
    assert data.wave(3)[1][:, 0] == pytest.approx([0, 0, 0], abs=1e-15)
    assert 0.4 < data.random_labels(range(50), 20, 2)[1].mean() < 0.6
    with pytest.raises(ValueError, match="points must be even"):
        data.moons(7)
