"""A question for each reader, whose key no hostile input states."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from quizkit.model import KeyPoint, Option, Step, Variant

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
X = {"x": "real", "a": "positive"}
AXES = ("N", "H", "n_heads")
DOMAINS = {"domains": {**X, "n": "positive integer", "p": "probability"}}
MATRICES = {"domains": {"A": "matrix", "B": "matrix", "b": "real"}}
# Keys that no hostile input states; a kind that is missing here fails a test.
ASKED: dict[str, tuple[str, Any, dict[str, Any]]] = {
    "choice": ("choice", "three", OPTIONS),
    "claim": ("claim", "depends", {}),
    "multi": ("multi", ("three", "two"), OPTIONS),
    "number": ("number", 31337, {}),
    "negative number": ("number", -31337, {"within": "1 %"}),
    "number with unit": ("number", 31337, {"unit": "MiB", "within": "3 sig"}),
    "rate": ("number", 31337, {"unit": "images/s", "within": "0.5"}),
    "per cent": ("number", 31337, {"unit": "%", "within": "1 dp"}),
    "estimate": ("number", 31337 * 10**400, {"unit": "FLOP", "fermi": (2.0, 10.0)}),
    "what is counted": ("number", 31337, {"ask": "How many steps make an epoch?"}),
    "shape": ("shape", (31337, 7), {}),
    "symbolic shape": ("shape", ("N", "2*H", 31337), {"symbols": AXES}),
    "layouts": ("shape", ("N", 31337, 7, 5), {"symbols": AXES, "layouts": {"last": (0, 2, 3, 1)}}),
    "vector": ("array", (31337, 1), {"within": "1 %"}),
    "array": ("array", ((31337, 1), (2, 3)), {}),
    "gradient": ("array", ((31337, 1),), {"either_layout": True, "within": "2 dp"}),
    "order": ("order", (("three", "one"),), OPTIONS),
    "einsum": ("einsum", "bij,bjk->bik", {}),
    "dtype": ("dtype", "bfloat16", {}),
    "complexity": ("complexity", "Theta(n^2 d)", {"symbols": ("n", "d")}),
    "upper bound": ("complexity", "O(n log(n) 31337^d)", {"symbols": ("n", "d")}),
    "expression": ("expression", "31337 x^7 + sqrt(a)", {"domains": X}),
    "tuple": ("expression", "[31337 x, a]", {"domains": X}),
    "matrix": ("expression", "[[31337 x, 1], [0, a]]", {"domains": X}),
    "matrices": ("expression", "31337 A B - B A", MATRICES),
    "equation": ("expression", "31337 x = a", {"domains": X}),
    "inequality": ("expression", "x > 31337", {"domains": X}),
    "set": ("expression", "{31337, x}", {"domains": X}),
    "interval": ("expression", "(0, 31337)", {"domains": X, "sort": "interval"}),
    "sum": ("expression", "sum_{i=1}^{n} x^i/31337", DOMAINS),
    "functions": ("expression", "sigmoid(31337 x) log(p) n!", DOMAINS),
    "factored": ("expression", "(x - 31337)(x + 1)", {"domains": X, "form": ("factored",)}),
    "simplified": ("expression", "31337 x/a", {"domains": X, "form": ("simplified",)}),
    "lowest terms": ("expression", "31337/7", {"domains": X, "form": ("lowest terms",)}),
    "match": ("match", (1, 0, 2), RIGHTS),
    "text": ("text", "Dropout removes units at random.", {"points": POINTS}),
}
IN_PARTS = ("number", "number with unit", "array", "symbolic shape")
READERS = (*ASKED, "parts")


def variant_of(reader: str) -> Variant:
    """A question that is answered by this reader."""
    if reader == "parts":
        steps = tuple(Step(variant=variant_of(part), solver="m.f", uses={}) for part in IN_PARTS)
        return _variant("parts", tuple(step.variant.key for step in steps), {"steps": steps})
    return _variant(*ASKED[reader])


def _variant(kind: str, key: Any, more: dict[str, Any]) -> Variant:
    named: dict[str, Any] = {"id": "t/q", "level": "fresher", "difficulty": 1, "seed": 1}
    named |= {"fingerprint": "f", "given": {}, "ask": "?", "why": "!"}
    return Variant(kind=kind, key=key, **{**named, **more})


def spellings(raw: str, reader: str) -> Iterator[str]:
    """The input, and where values are parted, also in each place among harmless ones."""
    yield raw
    if reader == "parts":
        harmless = ["1", "1 MiB", "[[1, 2], [3, 4]]", "(N, H, 3)"]
        for place in range(len(IN_PARTS)):
            yield "; ".join([*harmless[:place], raw, *harmless[place + 1 :]])
