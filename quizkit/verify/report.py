"""What verification says of one question."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct

from quizkit.evidence import Measured
from quizkit.model import Proof

SEEDS = 5  # variants tried of a question whose parameters vary

Status = Literal["right", "wrong", "unavailable", "broken", "unchanged"]


class Report(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One question's keys: how they are known, or what is wrong with them.

    `witnesses` says per route `agrees`, or what it found instead, or why it could not run.
    """

    id: str
    kind: str
    where: str
    status: Status
    stamp: str
    evidence: tuple[Proof, ...] = ()
    stated: Any = None
    computed: Any = None
    witnesses: dict[str, str] = {}
    problems: tuple[str, ...] = ()
    variants: int = 1
    refused: int = 0
    keys: int = 1
    slow: tuple[str, ...] = ()  # functions that took longer than a quiz can wait
    measured: dict[str, Measured] = {}

    @property
    def is_complete(self) -> bool:
        """Whether every route could run; without torch, say, less is known than the ledger holds."""
        return self.status == "right" and all(
            state == "agrees" for state in self.witnesses.values()
        )


class Findings:
    """Collects what one question's check finds out; the only mutable thing here."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self.missing: list[str] = []
        self.witnesses: dict[str, str] = {}
        self.stated: list[Any] = []
        self.computed: list[Any] = []
        self.solved = False
        self.measured: dict[str, Measured] = {}

    def expect(self, holds: bool, problem: str) -> None:
        """Notes a problem unless something holds; each only once."""
        if not holds and problem not in self.problems:
            self.problems.append(problem)

    def witness(self, route: str, state: str) -> None:
        """Notes what a route said; a disagreement is never overwritten by a later agreement."""
        if self.witnesses.get(route, "agrees") == "agrees":
            self.witnesses[route] = state
