"""`sources.yaml`: the questions of other people's articles that a bank sets out to answer."""

from __future__ import annotations

from typing import Literal

import msgspec
from msgspec import Struct

from quizkit.bank.source import Source
from quizkit.errors import Problem


class SourceQuestion(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One question of an article, its title in our own words."""

    id: str
    title: str
    topic: str
    computable: Literal["yes", "partly", "no"]


_ARTICLES = "articles"


def articles(source: Source) -> dict[str, str]:
    """What each article is called, by what the ids of its questions begin with: `ib` of `ib-f01`."""
    found = source.data.get(_ARTICLES) if isinstance(source.data, dict) else None
    return {str(key): str(name) for key, name in found.items()} if isinstance(found, dict) else {}


def source_questions(source: Source) -> tuple[list[SourceQuestion], list[Problem]]:
    """The list of source questions, and what is wrong with the file."""
    problems = list(source.problems)
    if not isinstance(source.data, dict):
        if not problems:
            problems.append(
                Problem(f"{source.name}:1", "expected a mapping of ids to source questions")
            )
        return [], problems
    items = []
    for key, data in source.data.items():
        if key == _ARTICLES:
            continue
        try:
            items.append(msgspec.convert({"id": key, **data}, SourceQuestion))
        except (msgspec.ValidationError, TypeError) as error:
            problems.append(Problem(source.where((key,)), f"{key}: {error}"))
    return items, problems
