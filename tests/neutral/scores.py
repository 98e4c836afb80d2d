"""How the graders judge a neutral set: which cases they take wrongly, and which they wrongly refuse."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from msgspec import Struct

from quizkit import grading
from quizkit.model import Understood, Variant
from quizkit.values.arrays import read_shape
from quizkit.values.numbers import read_number
from tests.effort import TooSlow, at_most

HERE = Path(__file__).parent
SLOWEST = 0.5

Case = dict[str, Any]


class Score(Struct, frozen=True):
    """The cases judged as labelled, and the others by the way in which they err."""

    agreeing: list[str]
    accepted: list[str]
    refused: list[str]
    slow: list[str]

    @property
    def accuracy(self) -> float:
        return len(self.agreeing) / (len(self.agreeing) + len(self.accepted) + len(self.refused))


def cases(name: str) -> list[Case]:
    lines = (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def score(name: str) -> Score:
    found = Score([], [], [], [])
    for case in cases(name):
        try:
            with at_most(SLOWEST):
                right = is_taken(case["answer"], variant_of(name, case))
        except TooSlow:
            found.slow.append(case["id"])
        if right == case["right"]:
            found.agreeing.append(case["id"])
        else:
            (found.accepted if right else found.refused).append(case["id"])
    return found


def is_taken(raw: str, variant: Variant) -> bool:
    """What cannot be read counts as not right, as a learner would see."""
    reading = grading.read(raw, variant)
    if not isinstance(reading, Understood):
        return False
    return grading.grade(reading.value, variant).verdict == "right"


def variant_of(name: str, case: Case) -> Variant:
    name = name.rstrip("_0123456789")  # the later sets are of the same kinds
    kind = {"numbers": "number", "units": "number"}.get(name, case.get("kind", name))
    more: dict[str, Any] = {"symbols": tuple(case.get("symbols", ()))}
    key: Any = case["key"]
    if kind == "number":
        more = {"unit": case["unit"], "within": case["within"]}
        key = _value(read_number(key, case["unit"]))
    elif kind == "shape":
        more["symbols"] = tuple(dict.fromkeys(re.findall(r"(?!x\b)[A-Za-z_]\w*", key)))
        key = _value(read_shape(key, more["symbols"]))
    named: dict[str, Any] = {"id": "t/q", "level": "fresher", "difficulty": 1, "seed": 1}
    return Variant(kind=kind, key=key, fingerprint="f", given={}, ask="?", why="!", **named, **more)


def _value(reading: Any) -> Any:
    assert isinstance(reading, Understood), reading
    return reading.value
