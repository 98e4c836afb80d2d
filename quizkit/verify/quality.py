"""The bank seen from above: what it holds, and whether an answer can be guessed from its looks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from quizkit.bank.bank import Bank
from quizkit.bank.traits import varies
from quizkit.errors import QuizkitError
from quizkit.evidence import read
from quizkit.model import ChoiceQuestion, ClaimQuestion, Entry
from quizkit.variant import Compute, make
from quizkit.verify.run import COMPUTED

SEEDS = 100
SHOWN = 4  # most choices have four options; positions are counted over those

# What the whole bank must keep; each bound says what a guesser would gain beyond it.
LEAST_POSITION, MOST_POSITION = 0.20, 0.30  # of the right one among four options
MOST_LONGEST = 0.45  # share of choices whose right option is the longest; 1 in 4 by chance
MOST_RATIO = 1.25  # length of the right option against the mean of the others
LEAST_CLEAN = 0.85  # share of draws that no solver refuses
LEAST_KNOWN = 1.0  # share of questions whose evidence stands in the ledger
LEAST_COVERED = 1.0  # share of the source questions that the bank sets out to answer
LEAST_TESTED = 1.0  # share of questions, claims aside, with answers to take and to refuse
LEAST_HINTED = 1.0  # share of questions with a hint


class Limit(Struct, frozen=True):
    """A figure of the bank, and whether it keeps within its bounds."""

    name: str
    figure: float
    bounds: str
    kept: bool


class Quality(Struct, frozen=True, kw_only=True):
    """Counts per topic, and the limits."""

    topics: dict[str, dict[str, Any]]
    limits: tuple[Limit, ...]

    @property
    def is_kept(self) -> bool:
        """Whether every figure keeps within its bounds."""
        return all(limit.kept for limit in self.limits)


def quality(bank: Bank, compute: Compute, seeds: int = SEEDS) -> Quality:
    """Looks at every question of a bank, over several seeds where its looks depend on them."""
    entries = [bank.entry(row.id.rpartition(":")[2]) for row in bank.rows()]
    ledger = read(bank)
    topics: dict[str, dict[str, Any]] = {}
    for row, entry in zip(bank.rows(), entries, strict=True):
        record = ledger.get(entry.id)
        best = record.evidence[-1] if record and record.evidence else "none"
        _count(topics.setdefault(row.topic, _empty()), row, best)
    limits = (*_limits(entries, ledger, compute, seeds), *_coverage(bank, ledger))
    return Quality(topics=topics, limits=limits)


def _empty() -> dict[str, Any]:
    return {
        "questions": 0,
        "varying": 0,
        "kinds": Counter(),
        "levels": Counter(),
        "difficulty": Counter(),
        "evidence": Counter(),
    }


def _count(topic: dict[str, Any], row: Any, evidence: str) -> None:
    topic["questions"] += 1
    topic["varying"] += row.varies
    topic["kinds"][row.kind] += 1
    topic["levels"][row.level] += 1
    topic["difficulty"][str(row.difficulty)] += 1
    topic["evidence"][evidence] += 1


def _limits(
    entries: list[Entry], ledger: dict[str, Any], compute: Compute, seeds: int
) -> tuple[Limit, ...]:
    choices = [entry for entry in entries if isinstance(entry.question, ChoiceQuestion)]
    places: Counter[int] = Counter()
    for entry in choices:
        places.update(_places(entry, compute, seeds))
    total = sum(places.values()) or 1
    shares = [places[place] / total for place in range(SHOWN)]
    longest, ratio = _lengths(choices)
    current = [e for e in entries if e.id in ledger and ledger[e.id].stamp == e.stamp]
    return (
        _within("the right option stands least often at one place", min(shares), LEAST_POSITION, 1),
        _within("... and most often at one place", max(shares), 0, MOST_POSITION),
        _within("choices whose right option is the longest", longest, 0, MOST_LONGEST),
        _within("length of the right option / of the others", ratio, 0, MOST_RATIO),
        _within("draws that no solver refuses", _clean(entries, compute, seeds), LEAST_CLEAN, 1),
        _within(
            "questions with evidence that is not stale",
            len(current) / max(1, len(entries)),
            LEAST_KNOWN,
            1,
        ),
        _within("questions with accept and reject", _share(_tested(entries)), LEAST_TESTED, 1),
        _within(
            "questions with a hint",
            _share([bool(e.question.hints) for e in entries]),
            LEAST_HINTED,
            1,
        ),
    )


def _tested(entries: list[Entry]) -> list[bool]:
    """Whether each question that is no claim has tests of its own, both ways.

    A claim's are its `said` and `rival`, or its cases.
    """
    asked = [e.question for e in entries if not isinstance(e.question, ClaimQuestion)]
    tests = [(each, *getattr(each, "examples", ())) for each in asked]
    return [
        any(each.accept for each in places) and any(each.reject for each in places)
        for places in tests
    ]


def _coverage(bank: Bank, ledger: dict[str, Any]) -> Iterator[Limit]:
    answered = bank.answers()
    covered = [bool(ids) for ids in answered.values()]
    yield _within("source questions answered", _share(covered), LEAST_COVERED, 1)
    computed = [
        any(
            id_ in ledger and COMPUTED.intersection(ledger[id_].evidence)
            for id_ in answered[each.id]
        )
        for each in bank.source_questions()
        if each.computable == "yes"
    ]
    yield _within("computable ones with a computed key", _share(computed), LEAST_COVERED, 1)


def _share(kept: list[bool]) -> float:
    return sum(kept) / len(kept) if kept else 1.0


def _within(name: str, figure: float, least: float, most: float) -> Limit:
    bounds = f"at least {least:g}" if least else f"at most {most:g}"
    return Limit(name, round(figure, 4), bounds, least <= figure <= most)


def _places(entry: Entry, compute: Compute, seeds: int) -> list[int]:
    """Where the right one of four options stands, seed by seed."""
    found = []
    for seed in range(seeds):
        try:
            variant = make(entry, seed, compute)
        except QuizkitError:  # verify says so; it is no matter of looks
            continue
        slugs = [option.slug for option in variant.options]
        if len(slugs) == SHOWN:
            found.append(slugs.index(str(variant.key)))
    return found


def _lengths(choices: list[Entry]) -> tuple[float, float]:
    """How often the right written option is the longest, and how long it is against the others."""
    longest, ratios = 0, []
    for entry in choices:
        options = getattr(entry.question, "options", {})
        if not options:
            continue
        right = len(options[entry.question.answer].text)  # type: ignore[union-attr]
        others = [len(each.text) for slug, each in options.items() if slug != entry.question.answer]  # type: ignore[union-attr]
        longest += right > max(others)
        ratios.append(right / (sum(others) / len(others)))
    count = max(1, len(ratios))
    return longest / count, sum(ratios) / count


def _clean(entries: list[Entry], compute: Compute, seeds: int) -> float:
    """The share of draws that were not refused, over the questions that vary."""
    kept = drawn = 0
    for entry in entries:
        if not varies(entry.question):
            continue
        for seed in range(min(seeds, 5)):
            try:
                variant = make(entry, seed, compute)
            except QuizkitError:
                continue
            kept += 1
            drawn += 1 + variant.refused
    return kept / max(1, drawn)
