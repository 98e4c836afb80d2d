"""What came of it: counts per module, the survivors one by one, those judged equivalent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.mutants.changes import Change
from tests.mutants.judge import UNASKED, Verdict

COLUMNS = (
    "module",
    "mutants",
    "caught",
    "guards",
    "unasked",
    "equivalent",
    "survivors",
    "share",
)


@dataclass(frozen=True)
class Result:
    """One mutant and what became of it."""

    change: Change
    verdict: Verdict
    where: str
    shared: bool  # a witness of a solver concerned runs the same code
    equivalent: str = ""  # why nothing can notice it
    hint: str = ""

    @property
    def state(self) -> str:
        """`caught`, `equivalent`, `survivor`, `unasked`; for a guard `guard caught` or `guard`."""
        if self.verdict.detail == UNASKED and not self.verdict.caught:
            return "unasked"
        if self.equivalent and not self.verdict.caught:
            return "equivalent"
        if self.change.guard:
            return "guard caught" if self.verdict.caught else "guard"
        return "caught" if self.verdict.caught else "survivor"


class Equivalents:
    """The lines `module.function: original -> mutated: reason` of a file."""

    def __init__(self, path: Path) -> None:
        lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
        self.lines = [line for line in lines if line.strip() and not line.startswith("#")]
        self.patterns = [(line, *_pattern(line)) for line in self.lines]
        self.used: set[str] = set()

    def reason(self, change: Change) -> str:
        """Why a change is equivalent; empty where nobody judged it so."""
        for line, pattern, reason in self.patterns:
            if pattern.fullmatch(change.text):
                self.used.add(line)
                return reason
        return ""

    def unused(self, modules: set[str]) -> list[str]:
        """Lines about these modules that fit no change any more, or one that is caught."""
        return [
            line
            for line in self.lines
            if line not in self.used and line.partition(".")[0] in modules
        ]


def _pattern(line: str) -> tuple[re.Pattern[str], str]:
    """A line's change, in which … stands for anything, and its reason, after the last `: `."""
    change, colon, reason = line.rpartition(": ")
    if not colon or " -> " not in change:
        raise ValueError(f"expected `module.function: original -> mutated: reason`, found {line!r}")
    return re.compile(".*".join(map(re.escape, change.split("…")))), reason


def share(results: list[Result]) -> float:
    """Caught of all mutants but guards, equivalent ones and those of code that no question runs."""
    states = [result.state for result in results]
    judged = states.count("caught") + states.count("survivor")
    return states.count("caught") / judged if judged else 1.0


def unasked(results: list[Result]) -> dict[str, int]:
    """How many mutants each function has that no question runs."""
    found: dict[str, int] = {}
    for result in results:
        if result.state == "unasked":
            name = f"{result.change.module}.{result.change.name}"
            found[name] = found.get(name, 0) + 1
    return found


def counts(results: list[Result]) -> dict[str, Any]:
    """The columns of the table for some results."""
    states = [result.state for result in results]
    return {
        "mutants": len(states),
        "caught": states.count("caught"),
        "guards": f"{states.count('guard caught')}/{states.count('guard caught') + states.count('guard')}",
        "unasked": states.count("unasked"),
        "equivalent": states.count("equivalent"),
        "survivors": states.count("survivor"),
        "share": round(share(results), 4),
    }


def table(results: list[Result]) -> str:
    """The counts per module and in all, aligned."""
    modules = sorted({result.change.module for result in results})
    rows = [COLUMNS]
    for name in [*modules, "all"]:
        chosen = [r for r in results if name in ("all", r.change.module)]
        found = counts(chosen)
        rows.append((name, *(str(found[key]) for key in COLUMNS[1:-1]), _percent(chosen)))
    widths = [max(len(row[place]) for row in rows) for place in range(len(COLUMNS))]
    return "\n".join(
        "  ".join(
            text.ljust(width) if place == 0 else text.rjust(width)
            for place, (text, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )


def _percent(results: list[Result]) -> str:
    judged = any(result.state in ("caught", "survivor") for result in results)
    return f"{share(results):.1%}" if judged else "-"


def listed(result: Result) -> str:
    """A survivor as people look at it."""
    shared = " [its witness runs this code too]" if result.shared else ""
    lines = [f"{result.where}: {result.change.text}{shared}", f"    {result.verdict.detail}"]
    return "\n".join([*lines, *([f"    {result.hint}"] if result.hint else [])])


def as_json(results: list[Result], faulty: dict[str, str]) -> dict[str, Any]:
    """The same for programs."""
    modules = sorted({result.change.module for result in results})
    return {
        "all": counts(results),
        "modules": {
            name: counts([r for r in results if r.change.module == name]) for name in modules
        },
        "mutants": [
            {
                "where": result.where,
                "change": result.change.text,
                "state": result.state,
                "by": result.verdict.by,
                "detail": result.verdict.detail,
                "shared": result.shared,
                **({"hint": result.hint} if result.hint else {}),
                **({"reason": result.equivalent} if result.equivalent else {}),
            }
            for result in results
        ],
        "faulty": faulty,
    }
