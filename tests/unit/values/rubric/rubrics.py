"""Rubrics to judge answers by, and answers to them with the verdicts that they deserve."""

from __future__ import annotations

from quizkit.values.rubric.judge import Judgement, judge
from quizkit.values.rubric.points import Point, point
from quizkit.values.rubric.rubric import rubric

DROPOUT = (
    "Why does dropout reduce overfitting?",
    (
        point(
            "alone",
            1,
            ("units|neurons cannot|not rely|depend", "prevents|reduces|breaks co-adaptation"),
            ("encourages|increases co-adaptation", "units rely on other units more"),
        ),
        point("ensemble", 1, ("ensemble|average|averaging networks|models|subnetworks",)),
    ),
)
SATURATION = (
    "Why do ReLU networks suffer less from vanishing gradients than sigmoid networks?",
    (
        point(
            "one",
            1,
            ("derivative|gradient|slope 1 positive", "relu not saturate"),
            ("relu saturates",),
        ),
        point(
            "small",
            1,
            ("sigmoid derivative|slope|gradient small|quarter|0.25", "sigmoid saturates"),
            ("sigmoid not saturate",),
        ),
    ),
)
RATE = (
    "What happens if the learning rate is too high?",
    (
        point(
            "diverges",
            1,
            ("loss diverges|oscillates|explodes", "overshoot minimum|optimum", "increases loss"),
            ("converges faster",),
        ),
    ),
)
PARALLEL = (
    "Compare self-attention and RNNs with respect to parallel computation.",
    (
        point("rnn", 1, ("rnn sequential|step|previous",), ("rnn parallel",)),
        point(
            "attention",
            1,
            ("attention|transformer parallel", "attention|transformer all positions at-once|same"),
            ("attention|transformer sequential",),
        ),
    ),
)
DECAY = (
    "How does L2 regularisation act on the weights and on overfitting?",
    (
        point(
            "weights",
            1,
            ("weights small", "shrinks|reduces|penalises weights", "penalises large weights"),
            ("increases weights", "encourages large weights"),
        ),
        point(
            "overfitting",
            1,
            ("reduces overfitting", "better generalisation", "reduces variance"),
            ("increases overfitting|variance",),
        ),
    ),
)
RUBRICS: dict[str, tuple[str, tuple[Point, ...]]] = {
    "dropout": DROPOUT,
    "saturation": SATURATION,
    "rate": RATE,
    "parallel": PARALLEL,
    "decay": DECAY,
}

COMPILED = {name: rubric(points, ask) for name, (ask, points) in RUBRICS.items()}

RIGHT = [
    ("dropout", "Units cannot rely on particular other units, and it acts like averaging models."),
    ("dropout", "it breaks up co-adaption between nodes and approximates model averaging"),
    ("dropout", "Co-adaptation is reduced; the network becomes an ensemble of subnetworks."),
    (
        "dropout",
        "Neurons rely less on each other and you get an implicit ensemble of many networks",
    ),
    ("dropout", "Not only does it prevent co-adaptation but it also averages models."),
    ("dropout", "Neurons no longer rely on specific partners. Model averaging over networks."),
    ("saturation", "relu doesnt saturate on the positive side whereas sigmoid saturates"),
    (
        "saturation",
        "The sigmoid's slope is at most 0.25; relu's gradient is 1 on the positive side",
    ),
    ("rate", "The loss diverges"),
    ("rate", "it overshoots the minimum"),
    ("rate", "The loss goes up instead of down"),
    ("rate", "the loss may oscilate"),
    ("parallel", "RNNs are sequential, attention is parallel"),
    ("parallel", "Unlike RNNs, which are sequential, attention is parallel"),
    (
        "parallel",
        "An RNN needs the previous state, while self-attention handles all positions at once",
    ),
    ("decay", "It penalises large weights and thereby reduces overfitting"),
    ("decay", "It keeps the weights small, so it generalises better"),
    ("decay", "Weights shrink and the variance decreases."),
    ("decay", "It makes sure that weights don't get large, which prevents overfitting"),
]
PARTLY = [
    ("dropout", "Neurons can't depend on each other."),
    ("dropout", "It is an ensemble of networks."),
    ("parallel", "Attention is parallel."),
    ("decay", "Weights get smaller."),
]
WRONG = [
    ("dropout", "Dropout increases co-adaptation."),
    ("dropout", "It does not reduce co-adaptation."),
    ("dropout", "It fails to reduce co-adaptation"),
    ("dropout", "Because units rely on each other more."),
    ("dropout", "Because the units never fail to rely on each other"),
    ("dropout", "Why does dropout reduce overfitting"),
    (
        "dropout",
        "dropout overfitting co-adaptation prevents units cannot rely ensemble networks average",
    ),
    ("dropout", "units rely on the cannot of average networks co-adaptation prevents is the of"),
    ("dropout", "asdf qwer zxcv"),
    ("saturation", "ReLU saturates and sigmoid does not saturate."),
    ("saturation", "ReLU is faster to compute."),
    ("rate", "The loss does not diverge."),
    ("rate", "It converges faster"),
    ("rate", "it never overshoots the minimum"),
    ("parallel", "RNNs are parallel, attention is sequential"),
    ("parallel", "Attention is not parallel"),
    ("decay", "It increases the weights and overfitting increases"),
    ("decay", "it doesn't shrink the weights and does not reduce overfitting"),
    ("decay", "It encourages large weights"),
]
UNDECIDED = [
    ("dropout", "co-adaptation of the units; an ensemble of networks"),
    ("saturation", "the derivative of relu at positive inputs; the sigmoid saturates"),
]


def judged(name: str, answer: str) -> Judgement:
    return judge(answer, COMPILED[name])
