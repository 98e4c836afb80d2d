"""`python -m tests.benchmarks.grading`: answers read and graded in a second of CPU time."""

from __future__ import annotations

import time
from collections.abc import Sequence

from quizkit import grading
from quizkit.model import Understood, Variant

SECONDS = 0.5


def variant(kind: str, key: object, **more: object) -> Variant:
    named = {"id": "t/q", "level": "fresher", "difficulty": 1, "seed": 1}
    return Variant(kind=kind, key=key, fingerprint="f", given={}, ask="?", why="!", **named, **more)  # type: ignore[arg-type]


def mixes() -> dict[str, tuple[Variant, list[str], list[str]]]:
    """Questions with answers as they are typed: right ones, and wrong ones, whose error is sought."""
    whole = variant("number", 25_557_032)
    share = variant("number", 2 / 3, within="3 dp")
    size = variant("number", 512, unit="MiB", within="1 %")
    shape = variant("shape", (64, 28, 28))
    batch = variant("shape", ("N", 64, 28, 28), symbols=("N",))
    bound = variant("complexity", "O(n^2 d)", symbols=("n", "d"))
    return {
        "whole numbers": (whole, ["25557032", "25,557,032"], ["25557033", "25.6M"]),
        "decimals": (share, ["0.667", "0.6667"], ["0.5", "0.67"]),
        "fractions, powers": (share, ["2/3", "6.67e-1"], ["3/2", "10^-3"]),
        "numbers with units": (size, ["512 MiB", "0.5 GiB"], ["512 MB", "4 GiB"]),
        "shapes": (shape, ["64x28x28", "(64, 28, 28)"], ["(28, 28, 64)", "64x28x27"]),
        "symbolic shapes": (batch, ["(N, 64, 28, 28)"], ["N×28×28×64"]),
        "bounds": (bound, ["O(n²d)", "n^2 d + n"], ["O(n^2 d^2)"]),
        "einsum": (variant("einsum", "bij,bjk->bik"), ["xyz,xzw->xyw"], ["bij,bkj->bik"]),
        "dtypes": (variant("dtype", "bfloat16"), ["torch.bfloat16", "bf16"], ["half"]),
    }


def per_second(question: Variant, answers: Sequence[str]) -> float:
    """Answers read and graded in a second of CPU time, the first round not counted."""
    graded, start = 0, 0.0
    while graded == 0 or time.thread_time() - start < SECONDS:
        for raw in answers:
            reading = grading.read(raw, question)
            if isinstance(reading, Understood):
                grading.grade(reading.value, question)
        if not start:
            start = time.thread_time()
        else:
            graded += len(answers)
    return graded / (time.thread_time() - start)


def main() -> None:
    """One line for each mix."""
    print(f"{'answers a second':<24}{'right':>12}{'wrong':>12}")
    for name, (question, right, wrong) in mixes().items():
        rates = (per_second(question, answers) for answers in (right, wrong))
        print(f"{name:<24}" + "".join(f"{rate:>12,.0f}" for rate in rates))


if __name__ == "__main__":
    main()
