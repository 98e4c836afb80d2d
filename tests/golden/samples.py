"""Variants, grades and a summary for the views; nothing of them is computed."""

from __future__ import annotations

from typing import Any

from quizkit.grading import grade, read
from quizkit.model import Grade, Misread, Option, Understood, Variant
from quizkit.study.session import Summary, TopicScore


def variant(kind: str, **fields: Any) -> Variant:
    usual = {
        "level": "fresher",
        "difficulty": 1,
        "seed": 4711,
        "fingerprint": "f",
        "given": {},
        "why": "Because it is so.",
    }
    return Variant(kind=kind, **{**usual, **fields})  # type: ignore[arg-type]


def option(slug: str, text: str, because: str = "") -> Option:
    return Option(slug=slug, text=text, because=because)


CHOICE = variant(
    "choice",
    id="cnn/valid-output-size",
    difficulty=2,
    ask="A 3×3 kernel slides over a 28×28 image with stride 2 and no padding. "
    "How many rows has the output?",
    key="key",
    why="The kernel's last start is 28 − 3 = 25, so ⌊25/2⌋ + 1 = 13.",
    hints=("Where may the kernel start?", "Count the starts 0, 2, 4, …"),
    options=(
        option("one-too-many", "14", "The last start would hang over the edge."),
        option("key", "13"),
        option("forgot-plus-one", "12", "You counted the steps between the positions."),
        option(
            "same-padding",
            "28, as large as the input, whatever the kernel and whatever the stride",
            "That is with padding.",
        ),
    ),
    reference="Dumoulin & Visin 2016, A guide to convolution arithmetic, relationship 6",
    evidence=("computed", "agreed"),
)
NUMBER = variant(
    "number",
    id="attention-transformers/key-value-cache",
    level="experienced",
    difficulty=3,
    ask="How large is the key-value cache?",
    key=512,
    unit="MiB",
    within="1 %",
    hints=("Two tensors for each layer.",),
    evidence=("computed",),
    stale=True,
)
CLAIM = variant(
    "claim",
    id="activations/tanh-slope-at-zero",
    ask="The slope of tanh at 0 is the same as the sigmoid's, 1/4.",
    key="fails",
    right_statement="tanh′(0) = 1, four times σ′(0) = 1/4.",
    evidence=("proved",),
)
MULTI = variant(
    "multi",
    id="activations/smooth-ones",
    ask="Which of these have a derivative everywhere?",
    key=("sigmoid", "tanh"),
    options=(
        option("sigmoid", "the sigmoid", "It is smooth."),
        option("relu", "ReLU", "It has a corner at 0."),
        option("tanh", "tanh", "It is smooth."),
        option("leaky", "leaky ReLU", "It has a corner at 0."),
        option("step", "the step function", "It jumps at 0."),
    ),
    evidence=("cited",),
    reference="Goodfellow et al. 2016, section 6.3",
)
MATCH = variant(
    "match",
    id="loss/which-loss",
    ask="Which loss goes with which output?",
    key=(1, 0),
    options=(option("class", "softmax over ten classes"), option("real", "a real number")),
    rights=("mean squared error", "cross-entropy", "triplet loss"),
    evidence=("measured",),
)
ORDER = variant(
    "order",
    id="optimisation/one-step",
    ask="Put the steps of one iteration in order.",
    key=(("forward", "backward"),),
    options=(option("backward", "compute the gradient"), option("forward", "compute the loss")),
)
CODE = variant(
    "shape",
    id="tensors/indexing",
    ask="What is the shape of `y`?\n\n    x = zeros(2, 3, 4)\n    y = x[:,  0]",
    key=(2, 4),
)

ANSWERS = {
    "choice, wrong": (CHOICE, "c"),
    "choice, right": (CHOICE, "b"),
    "number, stale": (NUMBER, "490"),
    "number, under another convention": (NUMBER, "488.28"),
    "claim, right": (CLAIM, "fails"),
    "multi, partly": (MULTI, "a"),
    "match, wrong": (MATCH, "1a 2b"),
    "order, right": (ORDER, "ba"),
    "shape, wrong": (CODE, "2x3"),
}
SUMMARY = Summary(
    score=2.5,
    answered=4,
    skipped=1,
    passed=1,
    hints=2,
    topics=(TopicScore("attention-transformers", 1.0, 2), TopicScore("cnn", 1.5, 2)),
    mistakes=(("cnn/valid-output-size", "forgot-plus-one"),),
    again=("cnn/valid-output-size", "activations/tanh-slope-at-zero"),
    conventions=(("attention-transformers/key-value-cache", "MB for MiB"),),
)
EMPTY = Summary(
    score=0.0, answered=0, skipped=1, passed=0, hints=0, topics=(), mistakes=(), again=("cnn/a",)
)
REPEAT = "quizkit quiz cnn --questions 4 --seed 482913"


def graded(asked: Variant, raw: str) -> Grade:
    reading = read(raw, asked)
    assert isinstance(reading, Understood)
    return grade(reading.value, asked)


def misread(asked: Variant, raw: str) -> Misread:
    reading = read(raw, asked)
    assert isinstance(reading, Misread)
    return reading


def screens(views: Any, width: int) -> dict[str, Any]:
    """Every view, by a title."""
    asked = (CHOICE, NUMBER, CLAIM, MULTI, MATCH, ORDER, CODE)
    shown = {
        f"question: {one.kind}": views.question(one, "3 of 10", 0, keys=True, width=width)
        for one in asked
    }
    shown["question resumed after a hint"] = views.question(
        CHOICE, "exercise 12", 1, keys=False, width=width
    )
    shown["hint"] = views.hint(CHOICE, 1, width=width)
    shown["misread"] = views.misread("512 MiBs", misread(NUMBER, "512 MiBs"), width=width)
    for title, (one, raw) in ANSWERS.items():
        shown[f"feedback: {title}"] = views.feedback(one, graded(one, raw), width=width)
    unsure = Grade(verdict="undecided", score=0.0, feedback="It could not be decided.")
    shown["feedback: undecided"] = views.feedback(CODE, unsure, width=width)
    shown["notice"] = views.notice(
        "Saved. `quizkit quiz --resume` goes on at question 4 of 10.", width=width
    )
    shown["guide"] = views.guide(CHOICE, keys=True, width=width)
    shown["summary"] = views.summary(SUMMARY, "quiz", REPEAT, width=width)
    shown["summary of nothing"] = views.summary(EMPTY, "practice", REPEAT, width=width)
    return shown
