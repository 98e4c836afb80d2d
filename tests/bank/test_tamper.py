"""A wrong key cannot stand: each computed key, changed to something plausible, is found out."""

from __future__ import annotations

from collections import Counter

import pytest
from msgspec.structs import replace

from quizkit.bank.bank import Bank, Shelf
from quizkit.verify.keys import check, remembering
from quizkit.verify.tamper import tampered
from quizkit.worker import Compute

CERTAIN = {"computed", "agreed", "measured", "proved"}


class Tampering:
    """What became of the changed keys of a bank: `caught` and `tried` by kind, and each miss."""

    def __init__(self, bank: Bank, *, also_cited: bool = False) -> None:
        self.tried: Counter[str] = Counter()
        self.caught: Counter[str] = Counter()
        self.misses: list[str] = []
        self.uncertain: list[str] = []
        self.wrong: list[str] = []
        # A changed key must disagree with its solver; witnesses would only add to the time.
        self.functions = {
            name: replace(function, witnesses=()) for name, function in bank.functions().items()
        }
        with Compute(Shelf([bank])) as compute:
            self.compute = remembering(compute.of(bank))
            for id_ in bank.ids():
                self.question(bank, id_, also_cited)

    def question(self, bank: Bank, id_: str, also_cited: bool) -> None:
        entry = bank.entry(id_)
        honest = check(entry, self.functions, self.compute, seeds=1)
        if honest.status in ("wrong", "broken"):
            self.wrong.append(id_)
            return
        if not (also_cited or CERTAIN & set(honest.evidence)):
            self.uncertain.append(id_)
            return
        for change, question in tampered(entry.question):
            report = check(replace(entry, question=question), self.functions, self.compute, seeds=1)
            self.tried[honest.kind] += 1
            if set(report.problems) - set(honest.problems):
                self.caught[honest.kind] += 1
            else:
                self.misses.append(f"{id_}: {change}")

    def table(self) -> str:
        lines = [
            f"  {kind:8} {self.caught[kind]:4} of {n}" for kind, n in sorted(self.tried.items())
        ]
        caught, tried = self.caught.total(), self.tried.total()
        head = f"changed keys that verify refuses: {caught} of {tried} ({caught / tried:.1%})"
        rest = f"  {len(self.uncertain)} questions are only cited (or need torch), and not tried"
        return "\n".join([head, *lines, rest])


def test_every_changed_key_is_found_out(
    built_in_bank: Bank, capsys: pytest.CaptureFixture[str]
) -> None:
    found = Tampering(built_in_bank)
    with capsys.disabled():
        print(f"\n{found.table()}")
    assert found.wrong == []
    assert found.misses == []
    assert found.tried.total() >= len(built_in_bank.ids()) - len(found.uncertain)


def test_a_key_that_nothing_computes_would_be_missed(tiny: Bank) -> None:
    certain, all_of_them = Tampering(tiny), Tampering(tiny, also_cited=True)
    assert certain.misses == []
    assert certain.uncertain == ["basics/what-relu-does", "basics/which-loss"]
    assert all_of_them.misses == [
        "basics/what-relu-does: answer: same",
        "basics/what-relu-does: answer: plus",
        "basics/which-loss: real and class swapped",
    ]
    assert "(100.0%)" in certain.table()
