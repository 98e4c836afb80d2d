"""Autoencoders: the verdicts on fresh seeds, the controls, and PCA's bound."""

from __future__ import annotations

import math
from typing import Any

import numpy
import pytest
import torch

from solvers.experiments import autoencoders
from solvers.nets.initial import initial
from solvers.nets.model import Net
from solvers.nets.random import normals
from tests.solvers.experiments.judging import (
    assert_any_company,
    assert_no_effect,
    assert_verdict,
)

LN = math.log

# experiment, conditions, smallest effect of interest, verdict
EXPECTED: list[tuple[str, dict[str, Any], float, str]] = [
    ("linear_autoencoder_error", {}, 1e-9, "refuted"),
    ("linear_autoencoder_error", {}, -0.01, "supported"),
    ("linear_autoencoder_error", {"updates": 50}, -0.01, "refuted"),
    ("linear_autoencoder_space", {}, 0.99, "supported"),
    ("linear_autoencoder_space", {"tied": True}, 0.99, "supported"),
    ("linear_autoencoder_space", {"axes": True}, 0.99, "refuted"),
    ("linear_autoencoder_space", {"axes": True, "tied": True}, 0.99, "refuted"),
    ("linear_autoencoder_space", {"axes": True, "code": 1}, 0.99, "supported"),
    ("encoder_not_orthonormal", {}, 0.02, "supported"),
    ("encoder_not_orthonormal", {"tied": True}, 0.02, "refuted"),
    ("bent_against_pca", {}, LN(1.5), "supported"),
    ("bent_against_pca", {"points": 8}, LN(1.5), "supported"),
    ("bent_against_pca", {"cloud": "gaussian"}, LN(1.5), "refuted"),
    ("bent_against_pca", {"cloud": "gaussian", "points": 8}, LN(1.5), "refuted"),
    (
        "bent_against_pca",
        {"cloud": "gaussian", "points": 8, "fresh": False},
        LN(1.5),
        "supported",
    ),
    ("denoising_against_plain", {}, LN(1.2), "supported"),
    ("denoising_against_plain", {"code": 2, "updates": 400}, LN(1.2), "refuted"),
    ("denoising_against_plain", {"noise": 0.1}, LN(1.2), "refuted"),
    ("denoising_against_plain", {"noise": 0.1, "fed": 1.0}, -LN(2), "refuted"),
    ("identity_learned", {}, 0.99, "supported"),
    ("identity_learned", {"code": 3}, 0.99, "refuted"),
    ("identity_learned", {"fed": 0.5}, 0.99, "refuted"),
]
CONTROLS: list[tuple[str, dict[str, Any], float]] = [
    ("bent_against_pca", {"activation": "linear", "updates": 500}, LN(1.5)),
    ("denoising_against_plain", {"fed": 0.0}, LN(1.2)),
]
COMPANY: list[tuple[str, dict[str, Any]]] = [
    ("linear_autoencoder_error", {"updates": 20}),
    ("linear_autoencoder_space", {"updates": 20, "tied": True}),
    ("bent_against_pca", {"updates": 10}),
    ("denoising_against_plain", {"updates": 10}),
    ("identity_learned", {"updates": 10}),
]


@pytest.mark.usefixtures("device")
@pytest.mark.parametrize(("name", "conditions", "above", "verdict"), EXPECTED)
def test_the_verdict_repeats_on_fresh_seeds(
    name: str, conditions: dict[str, Any], above: float, verdict: str
) -> None:
    assert_verdict(getattr(autoencoders, name), conditions, above, verdict)


@pytest.mark.usefixtures("device")
@pytest.mark.parametrize(("name", "conditions", "above"), CONTROLS)
def test_where_nothing_differs_no_effect_is_found(
    name: str, conditions: dict[str, Any], above: float
) -> None:
    assert_no_effect(getattr(autoencoders, name), conditions, above)


@pytest.mark.usefixtures("device")
@pytest.mark.parametrize(("name", "conditions"), COMPANY)
def test_a_seed_measures_the_same_in_any_company(name: str, conditions: dict[str, Any]) -> None:
    assert_any_company(getattr(autoencoders, name), conditions)


@pytest.mark.usefixtures("device")
def test_at_no_time_is_a_linear_autoencoder_better_than_pca() -> None:
    for updates in (1, 30, 300):
        for code in (1, 3):
            values = autoencoders.linear_autoencoder_error(32, code, updates=updates)
            assert max(values) < 1e-12


@pytest.mark.usefixtures("device")
def test_tied_weights_end_orthonormal_far_below_the_smallest_effect() -> None:
    tied, free = (sorted(autoencoders.encoder_not_orthonormal(32, tied)) for tied in (True, False))
    assert tied[16] < 1e-8 < 0.1 < free[16]


@pytest.mark.usefixtures("device")
def test_a_code_as_wide_as_the_points_spans_everything() -> None:
    assert autoencoders.linear_autoencoder_space(8, code=4) == pytest.approx([1.0] * 8)


def test_pca_is_that_of_torch() -> None:
    known, asked = (normals(3, name, range(3), (12, 2)) for name in ("known", "asked"))
    errors = autoencoders._pca_error(known, asked)
    for net in range(3):
        x, y = (torch.tensor(points[..., net]) for points in (known, asked))
        vectors = torch.linalg.eigh(torch.cov(x.T)).eigenvectors
        along = (y - x.mean(0)) @ vectors[:, -1:]
        gap = ((y - x.mean(0) - along @ vectors[:, -1:].T) ** 2).mean()
        assert errors[net] == pytest.approx(gap.item())


def test_tied_weights_follow_the_gradient_of_both_their_uses() -> None:
    points = normals(3, "points", range(4), (9, 4))
    weights = autoencoders._linear(range(4), points, 2, True, 5)
    start = initial(Net((4, 2, 4), "linear").sizes, range(4), "glorot")
    for net in range(4):
        x = torch.tensor(points[..., net])
        square = torch.tensor(start[0][:-1, :, net], requires_grad=True)
        biases = [torch.zeros(size, dtype=torch.float64, requires_grad=True) for size in (2, 4)]
        adam = torch.optim.Adam([square, *biases], 0.02)
        for _ in range(5):
            adam.zero_grad()
            again = (x @ square + biases[0]) @ square.T + biases[1]
            ((again - x) ** 2).mean().backward()
            adam.step()
        found = square.detach().numpy()
        assert weights[0][:-1, :, net] == pytest.approx(found, rel=1e-12)
        assert numpy.array_equal(weights[1][:-1, :, net], weights[0][:-1, :, net].T)
