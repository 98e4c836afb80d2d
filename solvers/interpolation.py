"""Which of many perfect fits an update rule finds, where weights are more than examples.

The task of Wilson et al. 2017, section 3.3. Feature 1 is the label (±1); then come `shared` features that are
always 1; each example also has features of its own, 1 in no other: one if its label is 1, five if it is −1.
"""

from __future__ import annotations

from .optimiser_runs import _UPDATES, Rule, _torch_optimiser
from .optimisers import _in_double
from .ranges import _count, _not_negative, _numbers, _one_of, _positive, _steps

Examples = list[dict[int, int]]  # each by its features other than 0
MOST_EXAMPLES = 12
DESCENT_RATE = 0.1
FITTED = 0.5


def excess_test_error(
    rule: Rule, positives: int, negatives: int, shared: int, rate: float, steps: int = 1000
) -> float:
    """Error rate on new examples after the rule, less that after plain gradient descent (rate 0.1)

    Both from 0, all examples a step, on Σ (w · x − y)²/2n, until each training example is on its side by
    1/2, or refused; as many new examples as trained on   [Wilson et al. 2017, sec. 3.3]
    """
    _numbers(rate=rate)
    _one_of(Rule, rule=rule)
    _check(positives, negatives, shared, rate, steps)
    return _test_error(rule, positives, negatives, shared, rate, steps) - _test_error(
        "sgd", positives, negatives, shared, DESCENT_RATE, steps
    )


def excess_test_error_by_torch(
    rule: Rule, positives: int, negatives: int, shared: int, rate: float, steps: int = 1000
) -> float:
    """A real Linear layer, torch's optimisers, slopes by autograd."""
    import torch

    _check(positives, negatives, shared, rate, steps)
    labels = torch.tensor(2 * ([1.0] * positives + [-1.0] * negatives), dtype=torch.float64)
    count, own = len(labels), [1 if label > 0 else 5 for label in labels]
    blocks = [torch.ones(1, size, dtype=torch.float64) for size in own]
    private = torch.block_diag(*blocks)  # type: ignore[no-untyped-call]
    ones = torch.ones(count, shared, dtype=torch.float64)
    features = torch.cat([labels[:, None], ones, private], 1)
    half = count // 2

    def error(rule: Rule, rate: float) -> float:
        layer = torch.nn.Linear(features.shape[1], 1, bias=False, dtype=torch.float64)
        torch.nn.init.zeros_(layer.weight)
        optimiser = _torch_optimiser(rule, [layer.weight], rate)
        for _ in range(steps):
            optimiser.zero_grad()
            loss = torch.nn.functional.mse_loss(layer(features[:half])[:, 0], labels[:half])
            torch.autograd.backward(loss / 2)
            with _in_double():
                optimiser.step()
        margins = layer(features)[:, 0].detach() * labels
        if margins[:half].min() < FITTED:
            raise ValueError(f"steps must suffice to fit the examples, found {steps} for {rule}")
        return float((margins[half:] <= 0).double().mean())

    return error(rule, rate) - error("sgd", DESCENT_RATE)


def _test_error(
    rule: Rule, positives: int, negatives: int, shared: int, rate: float, steps: int
) -> float:
    labels = [1] * positives + [-1] * negatives
    known, width = _examples(labels, shared, 1 + shared)
    new, width = _examples(labels, shared, width)
    weights, updates = [0.0] * width, [_UPDATES[rule](rate) for _ in range(width)]
    for _ in range(steps):
        slopes = [0.0] * width
        for example, label in zip(known, labels, strict=True):
            miss = (_output(weights, example) - label) / len(known)
            for place, value in example.items():
                slopes[place] += miss * value
        weights = [f(w, g) for f, w, g in zip(updates, weights, slopes, strict=True)]
    margins = [y * _output(weights, example) for y, example in zip(labels, known, strict=True)]
    if min(margins) < FITTED:
        raise ValueError(f"steps must suffice to fit the examples, found {steps} for {rule}")
    wrong = [y * _output(weights, example) <= 0 for y, example in zip(labels, new, strict=True)]
    return sum(wrong) / len(new)


def _examples(labels: list[int], shared: int, start: int) -> tuple[Examples, int]:
    """Features of each example, those of its own from `start` on, and the first place left free."""
    found, place = Examples(), start
    for label in labels:
        own = 1 if label > 0 else 5
        found.append(
            {0: label, **dict.fromkeys([*range(1, 1 + shared), *range(place, place + own)], 1)}
        )
        place += own
    return found, place


def _output(weights: list[float], example: dict[int, int]) -> float:
    return sum(weights[place] * value for place, value in example.items())


def _check(positives: int, negatives: int, shared: int, rate: float, steps: int) -> None:
    _count(positives=positives, negatives=negatives)
    _not_negative(shared=shared)
    _positive(rate=rate)
    _steps(steps)
    if max(positives + negatives, shared) > MOST_EXAMPLES:
        raise ValueError(
            f"examples and shared features must be at most {MOST_EXAMPLES} each, "
            f"found {positives + negatives} and {shared}"
        )
