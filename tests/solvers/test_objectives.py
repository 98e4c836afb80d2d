"""Losses against torch, autograd, brute force and known limits."""

from __future__ import annotations

from inspect import signature
from itertools import groupby, product
from math import cosh, exp, isclose, log
from random import Random

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers import contrastive, likelihoods, objectives
from solvers.mistakes import objectives as mistakes
from solvers.objectives import MARGINS

NAMES = list(objectives._FORMULAS)
REDUCTIONS = ("mean", "sum", "half mean", "half sum")
PROBABILITIES = [0.001, 0.2, 0.5, 0.9, 0.999999]
MODERATE = [-3.5, -0.25, 0.75, 2.0, 6.0]


def same(one, other, within=1e-9):
    if isinstance(one, list):
        return len(one) == len(other) and all(
            same(*p, within) for p in zip(one, other, strict=True)
        )
    if "refused" in (one, other):
        return one == other
    return one == other or isclose(one, other, rel_tol=within, abs_tol=1e-3 * within)


def outcome(function, *args):
    try:
        return function(*args)
    except ValueError:
        return "refused"


def setting(name, random):
    """Predictions, targets and parameter as a loss wants them."""
    n = random.randint(1, 4)
    targets = [random.choice([-1.0, 1.0]) for _ in range(n)]
    if "binary" in name or name == "focal":
        targets = [random.choice([0.0, 1.0]) for _ in range(n)]
    elif name not in MARGINS:
        targets = [random.choice([0.0, 1.0, 2.5, 7.0]) for _ in range(n)]
    if name == "binary-cross-entropy":
        predictions = [random.choice(PROBABILITIES) for _ in range(n)]
    elif name == "squared-log":
        predictions = [random.choice([-0.5, 0.0, 3.0, 1e6]) for _ in range(n)]
    elif name in ("poisson", "exponential"):
        predictions = [random.choice([*MODERATE, -500.0, 500.0]) for _ in range(n)]
    else:
        predictions = [random.choice([*MODERATE, 1.0, 0.0, -1000.0, 1000.0]) for _ in range(n)]
    parameter = random.choice([0.25, 0.9, 1.0]) if name in objectives.PARAMETERS else None
    return predictions, targets, parameter


@pytest.mark.parametrize("name", NAMES)
def test_losses_and_gradients_are_those_of_torch(name):
    random, answered = Random(name), 0
    for _ in range(80):
        predictions, targets, parameter = setting(name, random)
        args = name, predictions, targets, random.choice(REDUCTIONS), parameter
        assert same(objectives.loss(*args), objectives.loss_by_torch(*args)), args
        slopes = outcome(objectives.loss_gradient, *args)
        assert same(slopes, outcome(objectives.loss_gradient_by_autograd, *args)), args
        answered += slopes != "refused"
    assert answered > 30


@pytest.mark.parametrize(
    "name", [n for n in NAMES if n not in ("zero-one", "binary-cross-entropy")]
)
def test_gradient_is_the_difference_quotient(name):
    target, parameter = 1.0, 0.8 if name in objectives.PARAMETERS else None
    for p in (-0.4, 0.3, 2.2):
        ends = [objectives.loss(name, [p + h], [target], "sum", parameter) for h in (1e-6, -1e-6)]
        (slope,) = objectives.loss_gradient(name, [p], [target], "sum", parameter)
        assert (ends[0] - ends[1]) / 2e-6 == pytest.approx(slope, abs=1e-6)


def test_losses_by_hand():
    loss = objectives.loss
    assert loss("squared", [1, 4], [3, 1], "mean") == 6.5
    assert loss("squared", [1, 4], [3, 1], "half sum") == 6.5
    assert loss("huber", [5], [0], "mean", 2) == 8
    assert loss("smooth-l1", [5], [0], "mean", 2) == 4
    assert loss("quantile", [10, 10], [12, 8], "sum", 0.9) == pytest.approx(0.9 * 2 + 0.1 * 2)
    assert loss("hinge", [0.5, 2, -1], [1, 1, 1], "sum", 1) == 2.5
    assert loss("log-cosh", [1.5], [0], "sum") == pytest.approx(log(cosh(1.5)))
    assert loss("focal", [0], [1], "sum", 2) == pytest.approx(log(2) / 4)
    assert loss("logistic", [1000, -1000], [1, 1], "sum") == 1000
    assert objectives.loss_gradient("squared", [3], [1], "half mean") == [2]


@given(st.floats(-40, 40), st.sampled_from([0.0, 0.3, 1.0]))
def test_logit_and_probability_give_one_loss(z, t):
    p = min(max(1 / (1 + exp(-z)), 1e-12), 1 - 1e-12)
    args = [t], "mean"
    direct = objectives.loss("binary-cross-entropy", [p], *args)
    if abs(z) < 20:
        assert objectives.loss("binary-cross-entropy-logits", [z], *args) == pytest.approx(direct)


def test_surrogates_bound_the_zero_one_loss_from_above():
    for score in (-3, -0.5, 0.2, 4):
        count = objectives.loss("zero-one", [score], [1], "sum")
        for name, k in (("hinge", 1), ("squared-hinge", 1), ("exponential", None)):
            assert objectives.loss(name, [score], [1], "sum", k) >= count
        assert objectives.loss("logistic", [score], [1], "sum") / log(2) >= count


rows = st.lists(
    st.lists(st.floats(-30, 30) | st.sampled_from([-1e3, 1e3]), min_size=3, max_size=3),
    min_size=1,
    max_size=3,
)
shares = (
    st.lists(st.floats(0.01, 5) | st.just(0.0), min_size=3, max_size=3)
    .filter(any)
    .map(lambda w: [x / sum(w) for x in w])
)


@given(rows, st.randoms(use_true_random=False), st.sampled_from([0.0, 0.1, 0.6]))
@settings(max_examples=30)
def test_class_losses_agree_with_torch(logits, random, smoothing):
    labels = [random.randrange(3) for _ in logits]
    for reduction in ("mean", "sum"):
        args = logits, labels, reduction, smoothing
        entropy = likelihoods.class_cross_entropy, likelihoods.class_cross_entropy_by_torch
        assert same(*(f(*args) for f in entropy))
        slopes = likelihoods.class_cross_entropy_gradient(*args)
        assert same(slopes, likelihoods.class_cross_entropy_gradient_by_autograd(*args))
        args = logits, labels, [0.5, 1.0, 4.0], reduction
        weighted = likelihoods.weighted_cross_entropy, likelihoods.weighted_cross_entropy_by_torch
        assert same(*(f(*args) for f in weighted))


@given(shares, shares)
@settings(max_examples=30)
def test_divergences_agree_with_torch(q, p):
    for unit in ("nats", "bits"):
        divergence = likelihoods.kullback_leibler, likelihoods.kullback_leibler_by_torch
        assert same(*(f(q, p, unit) for f in divergence))
        mixed = likelihoods.jensen_shannon, likelihoods.jensen_shannon_by_torch
        first, second = (f(q, p, unit) for f in mixed)
        assert first == pytest.approx(second, abs=1e-12)
    assert likelihoods.kullback_leibler(q, p) >= -1e-12
    assert likelihoods.jensen_shannon(q, p) == pytest.approx(likelihoods.jensen_shannon(p, q))
    assert likelihoods.jensen_shannon(q, p, "bits") <= 1 + 1e-12


def test_divergences_at_their_ends():
    assert likelihoods.jensen_shannon([1, 0], [0, 1], "bits") == 1
    assert likelihoods.kullback_leibler([0.5, 0.5], [1, 0]) == float("inf")
    assert likelihoods.kullback_leibler([1, 0], [0.5, 0.5], "bits") == 1


@given(st.lists(st.tuples(*[st.floats(-9, 9)] * 2, st.floats(0.01, 9)), min_size=1, max_size=3))
@settings(max_examples=20)
def test_gaussian_and_likelihood_agree_with_torch(triples):
    means, targets, variances = (list(each) for each in zip(*triples, strict=True))
    for reduction, constant in product(("mean", "sum"), (True, False)):
        args = means, variances, targets, reduction, constant
        one, other = likelihoods.gaussian_loss(*args), likelihoods.gaussian_loss_by_torch(*args)
        assert one == pytest.approx(other, rel=1e-9, abs=1e-9)
        chances = [v / 10 for v in variances]
        likelihood = (
            likelihoods.negative_log_likelihood,
            likelihoods.negative_log_likelihood_by_torch,
        )
        assert same(*(f(chances, reduction) for f in likelihood))
    normal = torch.distributions.Normal(torch.tensor(means), torch.tensor(variances).sqrt())
    density = -float(normal.log_prob(torch.tensor(targets)).sum())
    found = likelihoods.gaussian_loss(means, variances, targets, "sum", True)
    assert found == pytest.approx(density, rel=1e-4, abs=1e-4)


def collapsed(path, blank):
    return [label for label, _ in groupby(path) if label != blank]


@pytest.mark.parametrize("seed", range(8))
def test_alignments_are_all_paths_that_spell_the_labels(seed):
    random = Random(seed)
    rows = [[random.uniform(0.1, 1) for _ in range(3)] for _ in range(5)]
    rows = [[x / sum(row) for x in row] for row in rows]
    blank = random.randrange(3)
    labels = [
        random.choice([k for k in range(3) if k != blank]) for _ in range(random.randint(1, 3))
    ]
    total = 0.0
    for path in product(range(3), repeat=5):
        if collapsed(path, blank) == labels:
            chance = 1.0
            for row, state in zip(rows, path, strict=True):
                chance *= row[state]
            total += chance
    args = rows, labels, blank
    assert likelihoods.alignment_loss(*args) == pytest.approx(-log(total))
    assert same(likelihoods.alignment_loss(*args), likelihoods.alignment_loss_by_torch(*args))


def test_an_alignment_without_room_is_impossible():
    assert likelihoods.alignment_loss([[0.5, 0.5], [0.5, 0.5]], [1, 1]) == float("inf")
    assert likelihoods.bits_per_byte(2 * log(2), 30, 120) == pytest.approx(0.5)
    assert likelihoods.bits_per_byte_by_loop(2 * log(2), 30, 120) == pytest.approx(0.5)


vectors = st.lists(st.floats(-4, 4).map(lambda x: round(x, 2) or 0.5), min_size=3, max_size=3)


@given(vectors, vectors, vectors, st.sampled_from([0.0, 0.3, 2.0]), st.booleans())
@settings(max_examples=30)
def test_pair_losses_agree_with_torch(a, b, c, margin, flag):
    pairs = (
        ("contrastive_loss", "torch", (a, b, flag, margin)),
        ("cosine_embedding_loss", "torch", (a, b, flag, margin)),
        ("info_nce", "torch", ([a, b, c], margin + 0.1, flag)),
        ("info_nce_gradient", "autograd", ([a, b, c], margin + 0.1)),
        ("triplet_gradient", "autograd", (a, b, c, margin + 0.1)),
    )
    for name, route, args in pairs:
        one, other = (getattr(contrastive, n)(*args) for n in (name, f"{name}_by_{route}"))
        assert same(one, other) or one == pytest.approx(other, abs=1e-9), name


@given(
    st.lists(st.tuples(st.floats(0, 1), st.sampled_from([0.0, 1.0])), min_size=1, max_size=4),
    st.sampled_from([0.0, 1.0]),
    st.booleans(),
)
@settings(max_examples=30)
def test_overlap_losses_have_two_routes(pixels, smooth, squared):
    p, t = (list(each) for each in zip(*pixels, strict=True))
    c = contrastive
    dice = [
        outcome(f, p, t, smooth, squared) for f in (c.soft_dice_loss, c.soft_dice_loss_by_numpy)
    ]
    if "refused" in dice:
        assert dice == ["refused"] * 2
    else:
        assert dice[0] == pytest.approx(dice[1], abs=1e-9)
        tversky = [f(p, t, 0.5, 0.5) for f in (c.soft_tversky_loss, c.soft_tversky_loss_by_loop)]
        assert tversky[0] == pytest.approx(tversky[1], abs=1e-9)
        assert tversky[0] == pytest.approx(c.soft_dice_loss(p, t), abs=1e-9)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: objectives.loss("mse", [1], [1], "mean"), "name must be one of .* found mse"),
        (lambda: objectives.loss("squared", [1], [], "mean"), "as many as targets, found 1 and 0"),
        (lambda: objectives.loss("squared", [1], [1], "mean", 2), "left out for squared, found 2"),
        (lambda: objectives.loss("huber", [1], [1], "mean"), "huber must be the distance.*None"),
        (lambda: objectives.loss("quantile", [1], [1], "mean", 2), "from 0 to 1, found 2"),
        (
            lambda: objectives.loss("hinge", [1], [0], "mean", 1),
            "targets must be -1 or 1 for hinge",
        ),
        (
            lambda: objectives.loss("focal", [1], [0.5], "mean", 1),
            "targets must be 0 or 1 for focal",
        ),
        (
            lambda: objectives.loss("binary-cross-entropy", [1.0], [0], "mean"),
            "predictions must be from .* for binary-cross-entropy, found",
        ),
        (
            lambda: objectives.loss_gradient("absolute", [1], [1], "mean"),
            "kink of absolute, found 1",
        ),
        (lambda: likelihoods.class_cross_entropy([], [], "mean"), "logits must be one row per"),
        (
            lambda: likelihoods.class_cross_entropy([[1, 2]], [2], "mean"),
            "labels must be from 0 to 1",
        ),
        (
            lambda: likelihoods.class_cross_entropy([[1]], [0], "mean", 2),
            "smoothing must be from 0 to",
        ),
        (
            lambda: likelihoods.weighted_cross_entropy([[1]], [0], [0], "mean"),
            "weights must be 1 above",
        ),
        (lambda: likelihoods.negative_log_likelihood([0], "mean"), "probabilities must be above 0"),
        (lambda: likelihoods.kullback_leibler([0.4], [1]), "sum 1, found .0.4."),
        (lambda: likelihoods.kullback_leibler([1], [0.5, 0.5]), "of a length, found 1 and 2"),
        (lambda: likelihoods.gaussian_loss([1], [0], [1], "mean"), "variances must be above"),
        (lambda: likelihoods.gaussian_loss([1], [], [1], "mean"), "equally many, found 1, 0 and 1"),
        (lambda: likelihoods.bits_per_byte(1, 0, 1), "size 1 or more, found 1, 0, 1"),
        (lambda: likelihoods.alignment_loss([[1.0]], [0]), "other than the blank 0, found .0."),
        (lambda: likelihoods.alignment_loss([], [1]), "at least one row, found none"),
        (lambda: contrastive.contrastive_loss([1], [], True, 1), "of a length, found 1 and 0"),
        (lambda: contrastive.contrastive_loss([1], [1], True, -1), "margin must be 0 or more.*-1"),
        (lambda: contrastive.cosine_embedding_loss([0], [1], True, 0), "must not be 0, found"),
        (lambda: contrastive.info_nce([[1, 2]], 1), "must be a square matrix"),
        (lambda: contrastive.info_nce([[1]], 0), "temperature must be positive, found 0"),
        (lambda: contrastive.soft_dice_loss([2], [1]), "must be from 0 to 1, found .2."),
        (lambda: contrastive.soft_dice_loss([0], [0]), "targets must not be all 0"),
    ],
)
def test_invalid_arguments_are_named(call, said):
    with pytest.raises(ValueError, match=said):
        call()


TWO = ([1.0, 4.0], [3.0, 1.0])
ROWS = ([[1.0, 2.0, 0.5], [0.0, 3.0, 1.0]], [1, 2], "mean")
POINTS = ([1.0, 2.0], [3.0, 1.0])
GAUSS = ([0.0, 1.0], [4.0, 0.5], [1.0, 3.0], "mean")
loss, gradient = objectives.loss, objectives.loss_gradient
entropy, nce = likelihoods.class_cross_entropy, contrastive.info_nce
WRONG = {
    "forgot_half": (loss, ("squared", *TWO, "half mean")),
    "sum_for_mean": (loss, ("squared", *TWO, "mean")),
    "mean_for_sum": (loss, ("squared", *TWO, "sum")),
    "root_of_loss": (loss, ("squared", *TWO, "mean")),
    "absolute_errors": (loss, ("squared", *TWO, "mean")),
    "squares_everywhere": (loss, ("huber", *TWO, "mean", 1.0)),
    "swapped_arguments": (loss, ("quantile", *TWO, "mean", 0.9)),
    "binary_logarithm": (loss, ("binary-cross-entropy", [0.2], [1.0], "mean")),
    "only_positive_term": (loss, ("binary-cross-entropy", [0.2], [0.0], "mean")),
    "no_focus": (loss, ("focal", [1.0], [1.0], "mean", 2.0)),
    "no_margin": (loss, ("hinge", [0.5], [1.0], "mean", 1.0)),
    "wrong_signs": (loss, ("hinge", [0.5], [1.0], "mean", 1.0)),
    "gradient_without_two": (gradient, ("squared", *TWO, "mean")),
    "gradient_of_sum": (gradient, ("squared", *TWO, "mean")),
    "target_minus_prediction": (gradient, ("squared", *TWO, "mean")),
    "smoothing_on_others": (entropy, (*ROWS, 0.1)),
    "smoothing_ignored": (entropy, (*ROWS, 0.1)),
    "softmax_before_loss": (entropy, ROWS),
    "probabilities_only": (likelihoods.class_cross_entropy_gradient, ROWS),
    "mean_over_rows": (likelihoods.weighted_cross_entropy, (*ROWS[:2], [1.0, 2.0, 4.0], "mean")),
    "log_of_mean": (likelihoods.negative_log_likelihood, ([0.1, 0.9], "mean")),
    "bits_for_nats": (likelihoods.negative_log_likelihood, ([0.1, 0.9], "mean")),
    "reversed_divergence": (likelihoods.kullback_leibler, ([0.5, 0.5], [0.9, 0.1])),
    "cross_entropy_for_divergence": (likelihoods.kullback_leibler, ([0.5, 0.5], [0.9, 0.1])),
    "symmetrised_divergence": (likelihoods.jensen_shannon, ([0.5, 0.5], [0.9, 0.1])),
    "deviation_for_variance": (likelihoods.gaussian_loss, GAUSS),
    "without_log_variance": (likelihoods.gaussian_loss, GAUSS),
    "per_token": (likelihoods.bits_per_byte, (1.0, 30, 120)),
    "best_path_only": (likelihoods.alignment_loss, ([[0.6, 0.4], [0.6, 0.4]], [1])),
    "distance_unsquared": (contrastive.contrastive_loss, (*POINTS, True, 1.0)),
    "roles_swapped": (contrastive.contrastive_loss, (*POINTS, True, 1.0)),
    "dot_for_cosine": (contrastive.cosine_embedding_loss, (*POINTS, True, 0.0)),
    "without_temperature": (nce, ([[0.9, 0.1], [0.2, 0.8]], 0.1)),
    "negatives_only": (nce, ([[0.9, 0.1], [0.2, 0.8]], 1.0)),
    "inner_factor_forgotten": (contrastive.info_nce_gradient, ([[0.9, 0.1], [0.2, 0.8]], 0.1)),
    "always_pulling": (contrastive.triplet_gradient, ([0.0], [1.0], [9.0], 1.0)),
    "two_forgotten": (contrastive.soft_dice_loss, ([0.5, 1.0], [0.0, 1.0])),
    "overlap_itself": (contrastive.soft_dice_loss, ([0.5, 1.0], [0.0, 1.0])),
    "alpha_on_misses": (contrastive.soft_tversky_loss, ([0.5, 1.0], [0.0, 1.0], 0.3, 0.7)),
}


@pytest.mark.parametrize("name", WRONG)
def test_mistakes_have_the_solvers_parameters_and_differ(name):
    mistake, (solver, args) = getattr(mistakes, name), WRONG[name]
    assert [*signature(mistake).parameters] == [*signature(solver).parameters]
    assert "Wrong on purpose" in mistake.__doc__
    assert not same(mistake(*args), solver(*args), 1e-3)


def test_every_mistake_is_tried():
    functions = vars(mistakes).items()
    public = [n for n, f in functions if getattr(f, "__module__", "") == mistakes.__name__]
    assert sorted(public) == sorted(WRONG)
