"""One question of each kind, whose key no hostile input states."""

from __future__ import annotations

from typing import Any

from quizkit.model import KeyPoint, Option, Variant

OPTIONS = {"options": tuple(Option(slug=s, text=s, because="") for s in ("one", "two", "three"))}
RIGHTS = {**OPTIONS, "rights": ("x", "y", "z")}
POINTS = (
    KeyPoint(
        slug="drops",
        says="Dropout removes units at random.",
        weight=1,
        accept=("dropout removes|drops units|neurons random",),
        contradict=("dropout adds units|neurons",),
    ),
)
# Keys that no hostile input states; a kind that is missing here fails the test below.
KEYS: dict[str, tuple[Any, dict[str, Any]]] = {
    "choice": ("three", OPTIONS),
    "claim": ("depends", {}),
    "multi": (("three", "two"), OPTIONS),
    "number": (31337, {}),
    "shape": ((31337, 7), {}),
    "array": (((31337, 1), (2, 3)), {}),
    "order": ((("three", "one"),), OPTIONS),
    "einsum": ("bij,bjk->bik", {}),
    "dtype": ("bfloat16", {}),
    "complexity": ("Theta(n^2 d)", {"symbols": ("n", "d")}),
    "expression": ("31337 x^7 + sqrt(a)", {"domains": {"x": "real", "a": "positive"}}),
    "match": ((1, 0, 2), RIGHTS),
    "text": ("Dropout removes units at random.", {"points": POINTS}),
}


def variant_of(kind: str) -> Variant:
    key, more = KEYS[kind]
    return Variant(
        id="t/q",
        kind=kind,
        level="fresher",
        difficulty=1,
        seed=1,
        fingerprint="f",
        given={},
        ask="?",
        key=key,
        why="!",
        **more,
    )
