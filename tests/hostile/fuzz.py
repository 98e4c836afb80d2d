"""`make fuzz`: bytes turned into answers, for every reader, until something raises or hangs.

With atheris the inputs are steered by coverage; without it, mutants of the hostile inputs are drawn at
random. An input that does harm is printed and written to `fuzz-found.txt`.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from quizkit import grading
from quizkit.model import Understood, Variant
from tests.effort import at_most
from tests.hostile.inputs import HONEST, HOSTILE
from tests.hostile.variants import READERS, spellings, variant_of

SECONDS = 0.5
FOUND = Path("fuzz-found.txt")
VARIANTS = {reader: variant_of(reader) for reader in READERS}


def harm(raw: str) -> str:
    """What an answer does that none may do, for any reader; nothing where all is well."""
    for reader, variant in VARIANTS.items():
        for typed in spellings(raw, reader):
            if found := _harm(typed, variant):
                return f"{reader}: {found}"
    return ""


def _harm(raw: str, variant: Variant) -> str:
    try:
        with at_most(SECONDS):
            reading = grading.read(raw, variant)
            if isinstance(reading, Understood):
                grading.grade(reading.value, variant)
            elif not 0 <= reading.position <= len(raw):
                return f"position {reading.position} of {len(raw)}"
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return ""


def tried(data: bytes) -> None:
    """One input; `AssertionError` where it does harm."""
    raw = data.decode("utf-8", "surrogateescape")
    if found := harm(raw):
        with FOUND.open("a") as file:
            file.write(f"{found}\t{raw!r}\n")
        raise AssertionError(f"{found} by {raw!r}")


def mutants(seed: int) -> Iterator[bytes]:
    """Hostile and honest inputs without end, cut, spliced with one another, and with some bytes changed."""
    random = Random(seed)
    while True:
        sources = (random.choice((HOSTILE, HONEST)) for _ in range(2))
        one, other = (random.choice(each)[:2000].encode("utf-8", "replace") for each in sources)
        start, end = random.randrange(len(one) + 1), random.randrange(len(other) + 1)
        data = bytearray(one[:start] + other[end:])
        for _ in range(random.randrange(8) if data else 0):
            data[random.randrange(len(data))] = random.randrange(256)
        yield bytes(data)


def by_chance(seconds: float, seed: int) -> int:
    """How many random mutants were tried in so many seconds."""
    until = time.monotonic() + seconds
    for tries, data in enumerate(mutants(seed)):
        if time.monotonic() > until:
            return tries
        tried(data)
    return 0


def main() -> None:
    parser = argparse.ArgumentParser(description="Fuzz every reader of answers.")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    print(f"{by_chance(chosen.seconds, chosen.seed):,} mutants of hostile inputs, no harm")
    try:
        import atheris
    except ImportError:
        print("atheris is not installed (extra `fuzz`): no steered inputs")
        return
    atheris.instrument_all()
    atheris.Setup([sys.argv[0], f"-max_total_time={chosen.seconds}", "-max_len=4096"], tried)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
