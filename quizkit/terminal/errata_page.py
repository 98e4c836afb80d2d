"""The errata as a page of Markdown: what each article says, whether it holds, and how that is known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_VERDICTS = {"holds": "holds", "fails": "does not hold", "depends": "depends"}
_HEAD = """\
# What the articles say, tried

Made by `quizkit errata --all --markdown`; do not edit. Each statement is in our own words. *Measured* means
that many small nets were trained; *computed*, that a solver gives the deciding quantity; *agreed*, that a
second, independent route gives the same; *proved*, that it holds for every case; *cited*, that the
reference says so.
"""


def page(claims: list[dict[str, Any]], articles: dict[str, str]) -> str:
    """The page. A claim that several articles make stands with the first, and is pointed at by the others."""
    parts = [_HEAD, _counts(claims, articles)]
    told: set[str] = set()
    for key, name in [*articles.items(), ("", "Said elsewhere")]:
        own = [claim for claim in claims if key in _articles_of(claim, articles)]
        if own:
            parts.append(f"## {name}\n\n{_section(own, told)}")
            told |= {claim["id"] for claim in own}
    return "\n".join(parts)


def _counts(claims: list[dict[str, Any]], articles: dict[str, str]) -> str:
    rows = ["| article | holds | depends | does not hold |", "|---|--:|--:|--:|"]
    for key, name in [*articles.items(), (None, "all together")]:
        own = [c for c in claims if key is None or key in _articles_of(c, articles)]
        counts = [sum(c["verdict"] == each for c in own) for each in ("holds", "depends", "fails")]
        rows.append(f"| {name} | {' | '.join(map(str, counts))} |")
    return "\n".join(rows) + "\n"


def _section(claims: list[dict[str, Any]], told: set[str]) -> str:
    fresh = [claim for claim in claims if claim["id"] not in told]
    again = [claim["id"] for claim in claims if claim["id"] in told]
    blocks = ["\n".join(_entry(claim)) for claim in sorted(fresh, key=lambda claim: claim["id"])]
    if again:
        links = ", ".join(f"[{id_}](#{_anchor(id_)})" for id_ in sorted(again))
        blocks.append(f"Also: {links}.\n")
    return "\n".join(blocks)


def _entry(claim: dict[str, Any]) -> Iterator[str]:
    yield f"### {claim['id']}\n"
    yield f"> {_line(claim['said'])}\n"
    yield f"**{_VERDICTS[claim['verdict']].capitalize()}.** {_line(claim['right'])}\n"
    for when, verdict in claim["when"]:
        yield f"- {_VERDICTS[verdict]}: {_line(when)}"
    yield f"- known: {_known(claim)}"
    if claim["reference"]:
        yield f"- reference: {_line(claim['reference'])}"
    if claim["sources"]:
        yield f"- said in: {', '.join(claim['sources'])}"
    yield ""


def _known(claim: dict[str, Any]) -> str:
    text = ", ".join(claim["evidence"]) or "stated, not verified yet"
    text += f", by `{claim['solver']}`" if claim["solver"] else ""
    for case, found in claim["measured"].items():
        figures = f"median {found.effect:g} ({found.low:g} to {found.high:g}), {found.seeds} seeds"
        text += f"; {_line(case)}: {figures}"
    return text


def _articles_of(claim: dict[str, Any], articles: dict[str, str]) -> set[str]:
    """The articles that say it; nobody's where none does."""
    found = {source.partition("-")[0] for source in claim["sources"]} & articles.keys()
    return found or {""}


def _anchor(id_: str) -> str:
    """As GitHub makes an anchor of a heading."""
    return id_.replace("/", "").lower()


def _line(text: str) -> str:
    """On one line, with nothing that Markdown would take for a mark of its own."""
    plain = " ".join(text.split())
    for mark in "\\`*_<>|":
        plain = plain.replace(mark, f"\\{mark}")
    return plain
