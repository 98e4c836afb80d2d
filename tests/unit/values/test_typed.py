"""Numbers among words: what stands around one is left out, and nothing that would change it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from quizkit.model import Misread, Understood
from quizkit.values.numbers import read_number
from quizkit.values.typed import read_typed
from tests.effort import at_most


def value(text: str, unit: str | None = None, ask: str = "", **more: bool) -> object:
    reading = read_number(text, unit)
    if isinstance(reading, Misread):
        reading = read_typed(text, unit, reading, ask, **more)
    return reading.value if isinstance(reading, Understood) else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("n_params = 784*256 + 256 = 200960", 200960),
        ("σ(2) ≈ 0.88", Fraction("0.88")),
        ("P(D|+) = 2/13", Fraction(2, 13)),
        ("approx. 0.69315", Fraction("0.69315")),
        ("ca. 6.91", Fraction("6.91")),
        ("loss: about 3", 3),
        ("lr: 3.0E-5", Fraction("3e-5")),
        ("top-5 accuracy: 87.5%", Fraction("0.875")),
        ("exactly 0", 0),
        ("I think it is 12", 12),
        ("0, because ReLU is flat there", 0),
        ("0.6652 is the largest of the three", Fraction("0.6652")),
        ("391 (390 full + 1)", 391),
        ("391 it/epoch", 391),
        ("10×", 10),
        ("10-fold", 10),
        ("7840 weights + 10 biases", 7850),
        ("９４０８", 9408),
        ("١٩٧", 197),
        ("e³ ≈ 20.1", Fraction("20.1")),
        ("0.(6)", Fraction(2, 3)),
        ("0.16 recurring", Fraction(16, 100) + Fraction(6, 900)),
        ("925‰", Fraction("0.925")),
        ("about 3", 3),
        ("391 steps", 391),
        ("391 weight updates.", 391),
        ("4 million parameters", 4_000_000),
        ("3.15×10^23 FLOPs", 315 * 10**21),
        ("768 × 50 257", 768 * 50257),
    ],
)
def test_what_stands_around_a_number_is_left_out(text: str, expected: object) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("92,5 %", None, Fraction("0.925")),
        ("0,693", None, Fraction("0.693")),
        ("1,4142", None, Fraction("1.4142")),
        ("1,234", None, 1234),  # thousands, as ever
        ("23.440.896", None, 23_440_896),
        ("1.234,5", None, Fraction("1234.5")),
        ("12,44,39,808", None, 124_439_808),
        ("3,15·10²³ FLOP", "FLOP", 315 * 10**21),
        ("9,6 kWh", "kWh", Fraction("9.6")),
    ],
)
def test_groups_and_points_of_other_countries(
    text: str, unit: str | None, expected: object
) -> None:
    assert value(text, unit) == expected


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("50000/128 = 390.625 → 391", None, 391),
        ("390 full batches + 1 partial = 391", None, 391),
        ("147 weights per filter, 64 filters, so 9408", None, 9408),
        ("TP/(TP+FP) = 12/16 = 0.75", None, Fraction("0.75")),
        (r"e^{-0.25} \approx 0.779", None, Fraction("0.779")),
        ("7e9 params * 2 bytes = 14 GB", "GB", 14),
        ("m: 28 GB, v: 28 GB, together 56 GB", "GB", 56),
        ("28 GB + 28 GB", "GB", 56),
        ("312 TFLOP/s / 2.039 TB/s = 153 FLOP/B", "FLOP/B", 153),
        ("140.4/312 = 45 %", "%", 45),
        ("100%-5.5%", "%", Fraction("94.5")),
        ("90 + 4.5 %", "%", Fraction("94.5")),
        ("189 % / 2", "%", Fraction("94.5")),
        ("24.5 GB per GPU", "GB", Fraction("24.5")),
        ("312 x 10^12 FLOPS (bf16, dense)", "TFLOPS", 312),
        ("3646 petaflop/s-days", "FLOP", 3646 * 86400 * 10**15),
    ],
)
def test_the_result_at_the_end_of_its_way_is_the_answer(
    text: str, unit: str | None, expected: object
) -> None:
    assert value(text, unit) == expected


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("300 GB per second", "GB"),
        ("14 per second", "GB"),
        ("12 GB, 13 GB with cache", "GB"),
        ("12 GB (not 12 GiB)", "GB"),
        ("12 GB, GiB really", "GB"),
        ("5 GB times 2", "GB"),
        ("double: 14 GB", "GB"),
        ("14 GB each", "GB"),
        ("140.4/312 = 54 %", "%"),
    ],
)
def test_a_quantity_of_another_kind_is_asked_about(text: str, unit: str) -> None:
    assert value(text, unit) is None


@pytest.mark.parametrize(
    "text",
    [
        "lr = 0.1, momentum = 0.9",
        "!= 28",
        "=/= 28",
        "wrong: 28",
        "28 is too small",
        "28 is off by one",
        "28 (hex)",
        "28 plus bias",
        "28 times",
        "12 → 13?",
        "391, maybe 392",
        "0.5 (or 0.6)",
        "3 +- 1",
        "1.1 nats = 1.6 bits",
        "7 is prime, 5 too",
        "3 is wrong",
        "12, thousand",
        "10x more",
        "0.1(6)",
        "1,2,3",
        "n = 5 and m = 6",
        "390 + 2 = 380 = 392",
        "391 or 400 steps",
        "not 391",
        "at least 391",
        "2 = 391",
        "391 = 400",
        "391 = 400 steps",
        "x > 3 = 391",
        "391 MB",
        "391 kilobytes",
        "391 thousandths",
        "steps",
        "step 391 of 400",
    ],
)
def test_what_says_something_else_is_asked_about(text: str) -> None:
    assert value(text) is None


def test_where_the_question_names_what_is_counted_nothing_else_is() -> None:
    ask = "How many epochs do 391 iterations make, at one byte an image?"
    assert value("7 epochs", ask=ask) == 7
    assert value("7 batches", ask=ask) is None
    assert value("7 bytes", ask=ask) == 7
    assert value("7 bytes", ask="How many are there?") is None


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("1 h 30 min", "h", Fraction(3, 2)),
        ("1h30min", "min", 90),
        ("2 days, 3 h and 30 min", "h", Fraction(103, 2)),
        ("1 min 30 s", "h", Fraction(1, 40)),
        ("30 min 1 h", "h", None),
        ("1 h 90 min", "h", None),
        ("1 h 30 GB", "h", None),
        ("approx. 14 GB", "GB", 14),
        (r"14\,\text{GB}", "GB", 14),
        ("14 steps", "GB", None),
    ],
)
def test_with_units(text: str, unit: str, expected: object) -> None:
    assert value(text, unit) == expected


def test_a_range_is_a_difference_only_where_a_negative_number_is_asked_for() -> None:
    assert value("0.7 - 1") is None
    assert value("0.7 - 1", is_negative=True) == Fraction(-3, 10)


def test_what_cannot_be_read_is_told_as_the_plain_reader_tells_it() -> None:
    plainly = Misread("as the plain reader tells it", 0)
    assert read_typed("seven or 8", None, plainly) is plainly


@pytest.mark.parametrize("text", ["a" * 200, "1 h " * 50, "= " * 100 + "1", "1 steps " * 25])
def test_long_texts_are_read_soon(text: str) -> None:
    with at_most(0.1):
        value(text, "h")
        value(text, ask=text)
