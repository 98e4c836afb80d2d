"""Variants to grade."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from quizkit.model import Alternative, Option, Variant

Make = Callable[..., Variant]


@pytest.fixture
def make() -> Make:
    """Makes a variant of a kind; options as `{slug: text}`, alternatives as `{name: value}`."""

    def variant(kind: str, key: Any, **more: Any) -> Variant:
        for field in ("conventions", "misconceptions"):
            more[field] = tuple(
                Alternative(name=name, value=value, because=f"{name} explained.")
                for name, value in more.get(field, {}).items()
            )
        more["options"] = tuple(
            Option(slug=slug, text=text, because=f"{slug} explained.")
            for slug, text in more.get("options", {}).items()
        )
        named: dict[str, Any] = {"id": "t/q", "level": "fresher", "difficulty": 1, "seed": 1}
        return Variant(
            kind=kind, key=key, fingerprint="f", given={}, ask="?", why="!", **named, **more
        )

    return variant
