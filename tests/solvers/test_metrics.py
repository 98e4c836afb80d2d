"""Scores of classifiers, rankings and forecasts: counted one at a time, torch, numpy, by hand."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Any

import pytest

from solvers import metrics, ranking
from solvers.mistakes import metrics as wrong_metrics
from solvers.mistakes import ranking as wrong_ranking
from tests.agreement import routes_differ
from tests.solvers.drawn import Draw, Solver, assert_differs, assert_routes_agree


def counts(*names: str, **more: float) -> Draw:
    return lambda random: {**{name: random.randint(0, 12) for name in names}, **more}


def table(random: Random) -> dict[str, Any]:
    classes = random.choice([2, 3])
    return {"table": [[random.randint(0, 6) for _ in range(classes)] for _ in range(classes)]}


def averaged(random: Random) -> dict[str, Any]:
    score = random.choice(["precision", "recall", "f1"])
    return {**table(random), "score": score, "average": random.choice(["macro", "micro"])}


def weighted(random: Random) -> dict[str, Any]:
    return {**averaged(random), "average": "weighted"}


def top_k(random: Random) -> dict[str, Any]:
    rows = [random.sample(range(20), 5) for _ in range(6)]
    return {"scores": rows, "labels": random.choices(range(5), k=6), "k": random.randint(0, 5)}


def regression(random: Random) -> dict[str, Any]:
    targets = [random.randint(0, 9) / 2 for _ in range(6)]
    return {"targets": targets, "predictions": [y + random.gauss(0, 1) for y in targets]}


def many_features(random: Random) -> dict[str, Any]:
    return {**regression(random), "features": random.randint(1, 5)}


def ranked(random: Random) -> dict[str, Any]:
    size = random.randint(2, 9)
    scores = [random.randint(1, 9) / 10 for _ in range(size)]
    return {"scores": scores, "labels": random.choices([0, 1], k=size)}


def forecasts(random: Random) -> dict[str, Any]:
    drawn = ranked(random)
    return {"probabilities": drawn["scores"], "labels": drawn["labels"]}


def confidences(random: Random) -> dict[str, Any]:
    size = random.randint(3, 12)
    return {
        "confidences": [random.randint(1, 20) / 20 for _ in range(size)],
        "correct": random.choices([0, 1], k=size),
        "bins": random.choice([4, 5, 10, 20]),
    }


def ranks(random: Random) -> dict[str, Any]:
    return {"ranks": random.choices(range(1, 9), k=4)}


def words(random: Random) -> dict[str, Any]:
    return {"probabilities": [random.randint(1, 20) / 20 for _ in range(5)]}


four = counts("tp", "fp", "fn", "tn")
f2 = counts("tp", "fp", "fn", beta=2.0)

ROUTES: list[tuple[Solver, Solver, Draw]] = [
    (metrics.f_beta, metrics.f_beta_by_fractions, f2),
    (metrics.specificity, metrics.specificity_by_counting, counts("fp", "tn")),
    (metrics.balanced_accuracy, metrics.balanced_accuracy_by_counting, four),
    (metrics.matthews, metrics.matthews_by_numpy, four),
    (metrics.kappa, metrics.kappa_by_counting, table),
    (metrics.averaged, metrics.averaged_by_counting, weighted),
    (metrics.top_k_accuracy, metrics.top_k_accuracy_by_torch, top_k),
    (metrics.r_squared, metrics.r_squared_by_fractions, regression),
    (metrics.adjusted_r_squared, metrics.adjusted_r_squared_by_numpy, many_features),
    (ranking.roc_auc, ranking.roc_auc_by_counting, ranked),
    (ranking.roc_auc, ranking.roc_auc_by_loop, ranked),
    (ranking.average_precision, ranking.average_precision_by_counting, ranked),
    (ranking.reciprocal_rank, ranking.reciprocal_rank_by_loop, ranks),
    (ranking.log_loss, ranking.log_loss_by_torch, forecasts),
    (ranking.brier, ranking.brier_by_fractions, forecasts),
    (ranking.calibration_error, ranking.calibration_error_by_loop, confidences),
    (ranking.perplexity, ranking.perplexity_by_fractions, words),
]

MISTAKES: list[tuple[Solver, Solver, Draw]] = [
    (wrong_metrics.beta_not_squared, metrics.f_beta, f2),
    (wrong_metrics.beta_favours_precision, metrics.f_beta, f2),
    (wrong_metrics.arithmetic_mean, metrics.f_beta, f2),
    (wrong_metrics.false_positive_rate, metrics.specificity, counts("fp", "tn")),
    (wrong_metrics.plain_accuracy, metrics.balanced_accuracy, four),
    (wrong_metrics.mean_of_precision_and_recall, metrics.balanced_accuracy, four),
    (wrong_metrics.rootless, metrics.matthews, four),
    (wrong_metrics.f1_for_matthews, metrics.matthews, four),
    (wrong_metrics.agreement, metrics.kappa, table),
    (wrong_metrics.uniform_chance, metrics.kappa, table),
    (wrong_metrics.micro_for_macro, metrics.averaged, averaged),
    (wrong_metrics.rows_for_columns, metrics.averaged, averaged),
    (wrong_metrics.best_only, metrics.top_k_accuracy, top_k),
    (wrong_metrics.off_by_one, metrics.top_k_accuracy, top_k),
    (wrong_metrics.squared_correlation, metrics.r_squared, regression),
    (wrong_metrics.unexplained, metrics.r_squared, regression),
    (wrong_metrics.intercept_forgotten, metrics.adjusted_r_squared, many_features),
    (wrong_metrics.unadjusted, metrics.adjusted_r_squared, many_features),
    (wrong_ranking.ties_won, ranking.roc_auc, ranked),
    (wrong_ranking.ties_lost, ranking.roc_auc, ranked),
    (wrong_ranking.negatives_ranked, ranking.roc_auc, ranked),
    (wrong_ranking.rate_at_half, ranking.roc_auc, ranked),
    (wrong_ranking.precision_averaged_everywhere, ranking.average_precision, ranked),
    (wrong_ranking.mean_rank_inverted, ranking.reciprocal_rank, ranks),
    (wrong_ranking.positives_only, ranking.log_loss, forecasts),
    (wrong_ranking.summed, ranking.log_loss, forecasts),
    (wrong_ranking.distance_not_squared, ranking.brier, forecasts),
    (wrong_ranking.rooted, ranking.brier, forecasts),
    (wrong_ranking.bins_counted_alike, ranking.calibration_error, confidences),
    (wrong_ranking.one_bin, ranking.calibration_error, confidences),
    (wrong_ranking.arithmetic_inverse, ranking.perplexity, words),
    (wrong_ranking.entropy_for_perplexity, ranking.perplexity, words),
]


@pytest.mark.parametrize(("solver", "witness", "draw"), ROUTES)
def test_routes_agree(solver: Solver, witness: Solver, draw: Draw) -> None:
    assert_routes_agree(solver, witness, draw)


@pytest.mark.parametrize("average", ["macro", "micro", "weighted"])
@pytest.mark.parametrize("score", ["precision", "recall", "f1"])
def test_averages_agree_with_counted_examples(score: str, average: str) -> None:
    setting = {"table": [[5, 2, 1], [1, 6, 0], [2, 0, 3]], "score": score, "average": average}
    assert not routes_differ(metrics.averaged, metrics.averaged_by_counting, **setting)


@pytest.mark.parametrize(("mistake", "solver", "draw"), MISTAKES)
def test_mistakes_are_wrong(mistake: Solver, solver: Solver, draw: Draw) -> None:
    assert_differs(mistake, solver, draw)


def test_averages_by_hand() -> None:
    confused = [[8, 2], [1, 1]]
    assert metrics.averaged(confused, "recall", "macro") == Fraction(13, 20)
    assert metrics.averaged(confused, "recall", "weighted") == Fraction(9, 12)
    assert metrics.averaged(confused, "f1", "micro") == Fraction(9, 12)
    with pytest.raises(ValueError, match="predictions must be more than 0"):
        metrics.averaged([[2, 0], [1, 0]], "precision", "macro")


def test_scores_by_hand() -> None:
    assert metrics.kappa([[20, 5], [10, 15]]) == Fraction(2, 5)
    assert metrics.f_beta(6, 2, 3, 1.0) == pytest.approx(12 / 17)
    assert metrics.matthews(3, 0, 0, 4) == 1
    assert metrics.r_squared([1.0, 2.0, 3.0], [2.0, 2.0, 2.0]) == 0


def test_ties_and_edges_of_bins() -> None:
    assert ranking.roc_auc([0.5, 0.5], [0, 1]) == Fraction(1, 2)
    assert ranking.average_precision([0.5, 0.5], [0, 1]) == Fraction(1, 2)
    # 0.3 is the upper end of the third bin of ten, though 0.3 · 10 is not 3 in every rounding.
    assert ranking.calibration_error([0.3, 0.2], [0, 1], 10) == pytest.approx(0.55)
    assert ranking.calibration_error([0.3, 0.21], [0, 1], 10) == pytest.approx(0.245)


def test_base_of_the_logarithm() -> None:
    assert ranking.log_loss([0.5, 0.5], [0, 1], 2) == pytest.approx(1)
    assert ranking.perplexity([0.25] * 7) == pytest.approx(4)


@pytest.mark.parametrize(
    ("solver", "arguments", "said"),
    [
        (metrics.f_beta, (1, 0, 0, 0.0), "beta and tp"),
        (metrics.specificity, (-1, 2), "fp must be 0 or more, found -1"),
        (metrics.kappa, ([[1, 2]],), "table must be square"),
        (metrics.kappa, ([[3, 0], [0, 0]],), "chance agreement"),
        (metrics.top_k_accuracy, ([[1.0, 1.0]], [0], 1), "distinct"),
        (metrics.top_k_accuracy, ([[1.0, 2.0]], [2], 1), "labels"),
        (metrics.top_k_accuracy, ([[1.0, 2.0]], [0], 3), "k must be from 1 to"),
        (metrics.r_squared, ([1.0, 1.0], [0.0, 0.0]), "targets"),
        (metrics.adjusted_r_squared, ([1.0, 2.0, 4.0], [0.0] * 3, 2), "features"),
        (ranking.roc_auc, ([0.1, 0.2], [1, 1]), "both present"),
        (ranking.log_loss, ([1.0], [1]), "probabilities"),
        (ranking.log_loss, ([0.5], [1], 1.0), "base"),
        (ranking.brier, ([], []), "labels"),
        (ranking.calibration_error, ([0.0], [1], 5), "confidences"),
        (ranking.calibration_error, ([0.5], [1], 0), "bins"),
        (ranking.perplexity, ([0.0],), "probabilities"),
        (ranking.reciprocal_rank, ([0],), "ranks"),
    ],
)
def test_bad_arguments_are_named(solver: Solver, arguments: tuple[Any, ...], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        solver(*arguments)


def test_wrong_routes_and_right_mistakes_are_found_out() -> None:
    with pytest.raises(AssertionError):
        assert_routes_agree(metrics.f_beta, wrong_metrics.beta_not_squared, f2)
    with pytest.raises(AssertionError):
        assert_routes_agree(metrics.kappa, metrics.kappa, lambda _: {"table": []})
    with pytest.raises(AssertionError):
        assert_differs(metrics.f_beta, metrics.f_beta, f2)
    with pytest.raises(AssertionError):
        assert_differs(wrong_metrics.rootless, metrics.kappa, table)
